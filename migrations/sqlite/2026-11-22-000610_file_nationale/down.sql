DROP INDEX demande_file_nationale;
CREATE INDEX demande_file_nationale ON demande (prochaine_echeance, id)
    WHERE etat IN ('deposee', 'incomplete', 'complete', 'proposee', 'accordee');

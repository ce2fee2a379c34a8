-- The counts around the queue (mine, nobody's) read the index alone: without the state in it, each open request was looked up.
CREATE INDEX demande_file_comptes ON demande (organisme_code, etat, assigne_a)
    WHERE etat IN ('deposee', 'incomplete', 'complete', 'proposee', 'accordee');

-- What begins with some text is asked as a range in the order of the bytes: its plan holds whatever the text is.
DROP INDEX commune_nom_recherche;
DROP INDEX commune_codes_postaux;
CREATE INDEX commune_nom_recherche ON commune (nom_recherche);
CREATE INDEX commune_codes_postaux ON commune (codes_postaux);

-- The day of the last import, shown at the foot of every page.
CREATE INDEX evenement_import ON evenement (id) WHERE nature IN ('import.organismes', 'import.communes', 'import.zonage');

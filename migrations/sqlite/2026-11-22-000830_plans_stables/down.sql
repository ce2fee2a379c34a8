DROP INDEX evenement_import;
DROP INDEX demande_file_comptes;
DROP INDEX commune_nom_recherche;
DROP INDEX commune_codes_postaux;
CREATE INDEX commune_nom_recherche ON commune (nom_recherche COLLATE NOCASE);
CREATE INDEX commune_codes_postaux ON commune (codes_postaux COLLATE NOCASE);

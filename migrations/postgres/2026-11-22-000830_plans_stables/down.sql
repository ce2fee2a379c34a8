DROP INDEX evenement_import;
DROP INDEX demande_file_comptes;
DROP INDEX commune_nom_recherche;
DROP INDEX commune_codes_postaux;
ALTER TABLE demande ALTER COLUMN numero TYPE TEXT COLLATE "default";
ALTER TABLE commune ALTER COLUMN codes_postaux TYPE TEXT COLLATE "default";
ALTER TABLE commune ALTER COLUMN nom_recherche TYPE TEXT COLLATE "default";
CREATE INDEX commune_nom_recherche ON commune (nom_recherche text_pattern_ops);
CREATE INDEX commune_codes_postaux ON commune (codes_postaux text_pattern_ops);

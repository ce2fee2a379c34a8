DROP INDEX commune_codes_multiples;
DROP INDEX commune_codes_postaux;
DROP INDEX commune_nom_recherche;
CREATE INDEX commune_nom_recherche ON commune (nom_recherche);
DROP TABLE commune_prepare;
DROP TABLE bassin_prepare;

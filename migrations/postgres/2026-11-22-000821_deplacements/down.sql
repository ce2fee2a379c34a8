DROP TABLE arrete_deplacement;
ALTER TABLE arrete DROP COLUMN population_comparee;

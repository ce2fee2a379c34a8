DROP TABLE index_a_refaire;
ALTER TABLE kine DROP COLUMN version;

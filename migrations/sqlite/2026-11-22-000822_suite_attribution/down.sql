PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, ', ''defaillante'')', ')') WHERE type = 'table' AND name = 'candidature';
PRAGMA writable_schema = RESET;
DROP INDEX appel_depot;
ALTER TABLE designation DROP COLUMN candidature_id;
ALTER TABLE appel DROP COLUMN cpd_saisi_le;
ALTER TABLE appel DROP COLUMN cpd_par;
ALTER TABLE appel DROP COLUMN depot_limite;

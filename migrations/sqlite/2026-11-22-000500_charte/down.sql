PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
    '''pourvue'', ''caduque'', ''a_attribuer'')', '''pourvue'', ''caduque'')')
    WHERE type = 'table' AND name = 'place';
UPDATE sqlite_schema SET sql = replace(sql,
    'CHECK ((demande_id IS NOT NULL) + (cessation_id IS NOT NULL) + (candidature_id IS NOT NULL) = 1)',
    'CHECK ((demande_id IS NULL) <> (cessation_id IS NULL))')
    WHERE type = 'table' AND name = 'piece';
PRAGMA writable_schema = RESET;
DROP INDEX piece_candidature;
ALTER TABLE piece DROP COLUMN candidature_id;
DROP TABLE candidature_valeur;
DROP TABLE candidature;
DROP TABLE appel;
DROP TABLE charte_critere;
DROP TABLE charte;

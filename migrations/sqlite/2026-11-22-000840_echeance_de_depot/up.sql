-- REG-12: the delay of the winner of a call to file becomes a deadline of its place. SQLite keeps a CHECK in the text
-- of its table, and changes it there: the rows are the same.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''reduction_collaborateur'')', '''reduction_collaborateur'', ''depot_demande'')')
    WHERE type = 'table' AND name = 'echeance';
PRAGMA writable_schema = RESET;

DELETE FROM rappel WHERE echeance_id IN (SELECT id FROM echeance WHERE nature = 'depot_demande');
DELETE FROM echeance WHERE nature = 'depot_demande';
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''reduction_collaborateur'', ''depot_demande'')', '''reduction_collaborateur'')')
    WHERE type = 'table' AND name = 'echeance';
PRAGMA writable_schema = RESET;

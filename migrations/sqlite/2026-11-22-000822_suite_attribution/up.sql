-- REG-12: until when the winner may file, and who recorded the ranking of the commission.
ALTER TABLE appel ADD COLUMN depot_limite TEXT;
ALTER TABLE appel ADD COLUMN cpd_par INTEGER REFERENCES utilisateur (id);
ALTER TABLE appel ADD COLUMN cpd_saisi_le TEXT;
ALTER TABLE designation ADD COLUMN candidature_id INTEGER REFERENCES candidature (id);
CREATE INDEX appel_depot ON appel (id) WHERE etat = 'attribue' AND depot_limite IS NOT NULL;

-- SQLite keeps a CHECK in the text of its table, and changes it there: the rows are the same.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''retenue'', ''non_retenue'')', '''retenue'', ''non_retenue'', ''defaillante'')')
    WHERE type = 'table' AND name = 'candidature';
PRAGMA writable_schema = RESET;

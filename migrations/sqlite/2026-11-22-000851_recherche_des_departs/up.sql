-- Search: the folded words of the name of who leaves, as dossier_mot holds those of a request.
CREATE TABLE depart_mot (
    organisme_code TEXT NOT NULL,
    mot            TEXT NOT NULL,
    cessation_id   INTEGER NOT NULL REFERENCES cessation (id),
    PRIMARY KEY (organisme_code, mot, cessation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX depart_mot_national ON depart_mot (mot, cessation_id);
CREATE INDEX depart_mot_cessation ON depart_mot (cessation_id, mot);

WITH RECURSIVE morceau (organisme_code, cessation_id, mot, reste) AS (
    SELECT c.organisme_code, c.id, '', k.nom_recherche || ' '
    FROM cessation c JOIN kine k ON k.id = c.kine_id
    UNION ALL
    SELECT organisme_code, cessation_id, substr(reste, 1, instr(reste, ' ') - 1), substr(reste, instr(reste, ' ') + 1)
    FROM morceau WHERE reste <> ''
)
INSERT INTO depart_mot (organisme_code, mot, cessation_id)
SELECT DISTINCT organisme_code, mot, cessation_id FROM morceau WHERE mot <> '';
WITH RECURSIVE rang (mot, place) AS (
    SELECT DISTINCT mot, 0 FROM depart_mot WHERE length(mot) >= 4
    UNION ALL
    SELECT mot, place + 1 FROM rang WHERE place < length(mot)
)
INSERT OR IGNORE INTO mot_variante (variante, mot)
SELECT DISTINCT CASE place WHEN 0 THEN mot ELSE substr(mot, 1, place - 1) || substr(mot, place + 1) END, mot FROM rang;

-- Search: the folded words of the name of who leaves, as dossier_mot holds those of a request.
CREATE TABLE depart_mot (
    organisme_code TEXT NOT NULL,
    mot            TEXT COLLATE "C" NOT NULL,
    cessation_id   BIGINT NOT NULL REFERENCES cessation (id),
    PRIMARY KEY (organisme_code, mot, cessation_id)
);
CREATE INDEX depart_mot_national ON depart_mot (mot, cessation_id);
CREATE INDEX depart_mot_cessation ON depart_mot (cessation_id, mot);

INSERT INTO depart_mot (organisme_code, mot, cessation_id)
SELECT DISTINCT c.organisme_code, m.mot, c.id
FROM cessation c
JOIN kine k ON k.id = c.kine_id
CROSS JOIN LATERAL regexp_split_to_table(k.nom_recherche, ' ') AS m (mot)
WHERE m.mot <> '';
INSERT INTO mot_variante (variante, mot)
SELECT mot, mot FROM (SELECT DISTINCT mot FROM depart_mot WHERE length(mot) >= 4) AS connus
UNION
SELECT substr(mot, 1, rang - 1) || substr(mot, rang + 1), mot
FROM (SELECT DISTINCT mot FROM depart_mot WHERE length(mot) >= 4) AS connus,
     generate_series(1, length(mot)) AS rang
ON CONFLICT DO NOTHING;

-- What a CPAM corrects of the data of a practitioner, and the files whose search words are to be written again.

ALTER TABLE kine ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

CREATE TABLE index_a_refaire (
    demande_id BIGINT PRIMARY KEY REFERENCES demande (id)
);

-- The first words were written without the key of the address, which SQL cannot fold.
INSERT INTO index_a_refaire (demande_id)
SELECT d.id FROM demande d
WHERE d.adresse <> ''
  AND NOT EXISTS (SELECT 1 FROM dossier_mot m WHERE m.demande_id = d.id AND m.mot >= '@' AND m.mot < 'A');

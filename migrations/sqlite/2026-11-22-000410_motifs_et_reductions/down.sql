CREATE TABLE rappel_garde AS SELECT * FROM rappel WHERE echeance_id IN (SELECT id FROM echeance WHERE nature NOT LIKE 'reduction_%');
DELETE FROM rappel;
CREATE TABLE echeance_refaite (
    id               INTEGER PRIMARY KEY,
    organisme_code   TEXT NOT NULL REFERENCES organisme (code),
    nature           TEXT NOT NULL CHECK (nature IN ('designation_successeur', 'installation', 'pieces', 'decision_implicite')),
    demande_id       INTEGER REFERENCES demande (id),
    place_id         INTEGER REFERENCES place (id),
    regle            TEXT NOT NULL,
    depart           TEXT NOT NULL,
    delai            TEXT NOT NULL,
    brute            TEXT NOT NULL,
    suspensions      TEXT NOT NULL,
    apres_suspensions TEXT NOT NULL,
    finale           TEXT NOT NULL,
    explication      TEXT NOT NULL,
    etat             TEXT NOT NULL CHECK (etat IN ('en_cours', 'satisfaite', 'annulee', 'remplacee')),
    motif            TEXT,
    cree_le          TEXT NOT NULL,
    cree_par         INTEGER REFERENCES utilisateur (id),
    close_le         TEXT,
    CONSTRAINT echeance_rattachement CHECK ((demande_id IS NULL) <> (place_id IS NULL))
) STRICT;
INSERT INTO echeance_refaite (id, organisme_code, nature, demande_id, place_id, regle, depart, delai, brute, suspensions, apres_suspensions, finale, explication, etat, motif, cree_le, cree_par, close_le)
    SELECT id, organisme_code, nature, demande_id, place_id, regle, depart, delai, brute, suspensions, apres_suspensions, finale, explication, etat, motif, cree_le, cree_par, close_le FROM echeance WHERE nature NOT LIKE 'reduction_%';
DROP TABLE echeance;
ALTER TABLE echeance_refaite RENAME TO echeance;
CREATE UNIQUE INDEX echeance_demande_active ON echeance (demande_id, nature) WHERE etat = 'en_cours' AND demande_id IS NOT NULL;
CREATE UNIQUE INDEX echeance_place_active ON echeance (place_id, nature) WHERE etat = 'en_cours' AND place_id IS NOT NULL;
CREATE INDEX echeance_demande ON echeance (demande_id, id);
CREATE INDEX echeance_place ON echeance (place_id, id);
CREATE INDEX echeance_en_cours ON echeance (finale, id) WHERE etat = 'en_cours';
INSERT INTO rappel (id, echeance_id, code, envoye_le) SELECT id, echeance_id, code, envoye_le FROM rappel_garde;
DROP TABLE rappel_garde;
DROP TABLE reduction;
DROP TABLE motif_derogation;

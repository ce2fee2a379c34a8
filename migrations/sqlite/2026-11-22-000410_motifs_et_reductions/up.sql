-- DER-2: grounds of derogation added, or ended, in this installation, each by two people. Those that ship with the
-- product are in reglement/derogations.toml; nothing is ever deleted.

CREATE TABLE motif_derogation (
    id              INTEGER PRIMARY KEY,
    acte            TEXT NOT NULL CHECK (acte IN ('ajout', 'fin')),
    code            TEXT NOT NULL,
    famille         TEXT NOT NULL CHECK (famille IN ('A', 'B', 'C')),
    libelle         TEXT NOT NULL,
    pieces          TEXT NOT NULL,
    precision       TEXT,
    suivi           TEXT CHECK (suivi IN ('reduction')),
    source          TEXT NOT NULL,
    statut          TEXT NOT NULL CHECK (statut IN ('S', 'E', 'L', 'D')),
    le              TEXT NOT NULL,
    raison          TEXT NOT NULL,
    etat            TEXT NOT NULL CHECK (etat IN ('propose', 'approuve', 'rejete')),
    propose_par     INTEGER NOT NULL REFERENCES utilisateur (id),
    propose_le      TEXT NOT NULL,
    examine_par     INTEGER REFERENCES utilisateur (id),
    examine_le      TEXT,
    examen_raison   TEXT,
    cle_idempotence TEXT NOT NULL,
    version         INTEGER NOT NULL,
    -- Two people: whoever proposed does not approve.
    CONSTRAINT motif_deux_personnes CHECK (etat <> 'approuve' OR (examine_par IS NOT NULL AND examine_par <> propose_par)),
    CONSTRAINT motif_examen CHECK ((etat = 'propose') = (examine_par IS NULL) AND (examine_par IS NULL) = (examine_le IS NULL)
        AND (etat <> 'rejete' OR examen_raison IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX motif_derogation_idempotence ON motif_derogation (cle_idempotence);
-- A code names one ground for ever, and ends once.
CREATE UNIQUE INDEX motif_derogation_code ON motif_derogation (code, acte) WHERE etat IN ('propose', 'approuve');
CREATE INDEX motif_derogation_etat ON motif_derogation (etat, id);

-- DER-4: what a derogation for a reduction of activity says of it.
CREATE TABLE reduction (
    demande_id  INTEGER PRIMARY KEY REFERENCES demande (id),
    rpps        TEXT NOT NULL,
    baisse      INTEGER NOT NULL CHECK (baisse BETWEEN 0 AND 100),
    debut       TEXT NOT NULL,
    duree_mois  INTEGER NOT NULL CHECK (duree_mois > 0)
) STRICT;
CREATE INDEX reduction_rpps ON reduction (rpps);

-- DER-4: two more kinds of deadlines. SQLite changes a CHECK only by making the table again; the reminders, which refer
-- to it, are set aside meanwhile.
CREATE TABLE rappel_garde AS SELECT * FROM rappel;
DELETE FROM rappel;
CREATE TABLE echeance_refaite (
    id               INTEGER PRIMARY KEY,
    organisme_code   TEXT NOT NULL REFERENCES organisme (code),
    nature           TEXT NOT NULL CHECK (nature IN ('designation_successeur', 'installation', 'pieces', 'decision_implicite',
                         'reduction_titulaire', 'reduction_collaborateur')),
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
    SELECT id, organisme_code, nature, demande_id, place_id, regle, depart, delai, brute, suspensions, apres_suspensions, finale, explication, etat, motif, cree_le, cree_par, close_le FROM echeance;
DROP TABLE echeance;
ALTER TABLE echeance_refaite RENAME TO echeance;
CREATE UNIQUE INDEX echeance_demande_active ON echeance (demande_id, nature) WHERE etat = 'en_cours' AND demande_id IS NOT NULL;
CREATE UNIQUE INDEX echeance_place_active ON echeance (place_id, nature) WHERE etat = 'en_cours' AND place_id IS NOT NULL;
CREATE INDEX echeance_demande ON echeance (demande_id, id);
CREATE INDEX echeance_place ON echeance (place_id, id);
CREATE INDEX echeance_en_cours ON echeance (finale, id) WHERE etat = 'en_cours';
INSERT INTO rappel (id, echeance_id, code, envoye_le) SELECT id, echeance_id, code, envoye_le FROM rappel_garde;
DROP TABLE rappel_garde;

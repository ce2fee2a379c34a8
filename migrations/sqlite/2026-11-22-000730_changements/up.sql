-- What a practitioner tells the CPAM without asking for anything: a move inside the zone (REG-13), another address,
-- an absence; and the data that she asks to correct.

CREATE TABLE changement (
    id              INTEGER PRIMARY KEY,
    kine_id         INTEGER NOT NULL REFERENCES kine (id),
    organisme_code  TEXT NOT NULL REFERENCES organisme (code),
    nature          TEXT NOT NULL CHECK (nature IN ('demenagement', 'correspondance', 'absence', 'rectification')),
    insee_avant     TEXT REFERENCES commune (insee),
    adresse_avant   TEXT,
    insee           TEXT REFERENCES commune (insee),
    adresse         TEXT,
    bassin_code     TEXT REFERENCES bassin (code),
    du              TEXT,
    au              TEXT,
    expose          TEXT,
    cle_idempotence TEXT NOT NULL,
    declare_le      TEXT NOT NULL,
    traite_le       TEXT,
    traite_par      INTEGER REFERENCES utilisateur (id),
    reponse         TEXT,
    CONSTRAINT changement_dates CHECK (au IS NULL OR au >= du)
) STRICT;
CREATE UNIQUE INDEX changement_idempotence ON changement (kine_id, cle_idempotence);
CREATE INDEX changement_kine ON changement (kine_id, id);
CREATE INDEX changement_organisme ON changement (organisme_code, id);
CREATE INDEX changement_a_traiter ON changement (organisme_code, id) WHERE traite_le IS NULL;

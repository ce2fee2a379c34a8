-- REG-7: who designates in the name of a leaver who died or is incapacitated, on proof.
-- REG-8: an accepted designation may be given up. SQLite cannot change a CHECK: the table is made again.

CREATE TABLE ayant_droit (
    id              INTEGER PRIMARY KEY,
    cessation_id    INTEGER NOT NULL REFERENCES cessation (id),
    nom             TEXT NOT NULL,
    qualite         TEXT NOT NULL CHECK (qualite IN ('heritier', 'representant')),
    courriel        TEXT NOT NULL,
    telephone       TEXT,
    piece_id        INTEGER NOT NULL REFERENCES piece (id),
    jeton_empreinte TEXT NOT NULL,
    habilite_par    INTEGER NOT NULL REFERENCES utilisateur (id),
    habilite_le     TEXT NOT NULL,
    retire_le       TEXT
) STRICT;
CREATE UNIQUE INDEX ayant_droit_jeton ON ayant_droit (jeton_empreinte);
CREATE UNIQUE INDEX ayant_droit_actif ON ayant_droit (cessation_id) WHERE retire_le IS NULL;
CREATE INDEX ayant_droit_cessation ON ayant_droit (cessation_id, id);

CREATE TABLE designation_nouvelle (
    id              INTEGER PRIMARY KEY,
    place_id        INTEGER NOT NULL REFERENCES place (id),
    rpps            TEXT NOT NULL,
    courriel        TEXT NOT NULL,
    kine_id         INTEGER REFERENCES kine (id),
    etat            TEXT NOT NULL CHECK (etat IN ('en_attente', 'acceptee', 'declinee', 'remplacee', 'renoncee')),
    jeton_empreinte TEXT NOT NULL,
    auteur_id       INTEGER REFERENCES utilisateur (id),
    ayant_droit_id  INTEGER REFERENCES ayant_droit (id),
    cree_le         TEXT NOT NULL,
    close_le        TEXT,
    CONSTRAINT designation_auteur CHECK ((auteur_id IS NULL) <> (ayant_droit_id IS NULL))
) STRICT;
INSERT INTO designation_nouvelle (id, place_id, rpps, courriel, kine_id, etat, jeton_empreinte, auteur_id, cree_le, close_le)
    SELECT id, place_id, rpps, courriel, kine_id, etat, jeton_empreinte, auteur_id, cree_le, close_le FROM designation;
DROP TABLE designation;
ALTER TABLE designation_nouvelle RENAME TO designation;
CREATE UNIQUE INDEX designation_active ON designation (place_id) WHERE etat IN ('en_attente', 'acceptee');
CREATE UNIQUE INDEX designation_jeton ON designation (jeton_empreinte);
CREATE INDEX designation_rpps ON designation (rpps);
CREATE INDEX designation_place ON designation (place_id, id);

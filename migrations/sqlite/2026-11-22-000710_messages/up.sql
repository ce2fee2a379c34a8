-- Messages on a file, between the practitioner and the CPAM. A message is never changed; it is read once by the other side.

CREATE TABLE message (
    id              INTEGER PRIMARY KEY,
    organisme_code  TEXT NOT NULL REFERENCES organisme (code),
    kine_id         INTEGER NOT NULL REFERENCES kine (id),
    demande_id      INTEGER REFERENCES demande (id),
    cessation_id    INTEGER REFERENCES cessation (id),
    cote            TEXT NOT NULL CHECK (cote IN ('kine', 'caisse')),
    auteur_id       INTEGER NOT NULL REFERENCES utilisateur (id),
    auteur          TEXT NOT NULL,
    texte           TEXT NOT NULL,
    cle_idempotence TEXT NOT NULL,
    envoye_le       TEXT NOT NULL,
    lu_le           TEXT,
    lu_par          INTEGER REFERENCES utilisateur (id),
    CONSTRAINT message_rattachement CHECK ((demande_id IS NULL) <> (cessation_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX message_idempotence ON message (auteur_id, cle_idempotence);
CREATE INDEX message_demande ON message (demande_id, id);
CREATE INDEX message_cessation ON message (cessation_id, id);
CREATE INDEX message_non_lu_caisse ON message (organisme_code, id) WHERE lu_le IS NULL AND cote = 'kine';
CREATE INDEX message_non_lu_kine ON message (kine_id, id) WHERE lu_le IS NULL AND cote = 'caisse';

CREATE TABLE message_piece (
    id         INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES message (id),
    nom        TEXT NOT NULL,
    media      TEXT NOT NULL CHECK (media IN ('application/pdf', 'image/jpeg', 'image/png')),
    taille     INTEGER NOT NULL,
    empreinte  TEXT NOT NULL,
    cle        TEXT NOT NULL
) STRICT;
CREATE INDEX message_piece_message ON message_piece (message_id, id);
CREATE INDEX message_piece_cle ON message_piece (cle);

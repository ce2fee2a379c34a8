-- What somebody is writing and has not sent: kept on the server, read again on any device.
-- formulaire «envoi»: what was sent once the session was over, to be sent again after logging in.

CREATE TABLE brouillon (
    id             INTEGER PRIMARY KEY,
    utilisateur_id INTEGER NOT NULL REFERENCES utilisateur (id),
    formulaire     TEXT NOT NULL CHECK (formulaire IN ('cessation', 'demande', 'envoi')),
    chemin         TEXT NOT NULL,
    cle            TEXT NOT NULL,
    champs         TEXT NOT NULL,
    cree_le        TEXT NOT NULL,
    modifie_le     TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX brouillon_cle ON brouillon (utilisateur_id, cle);
CREATE INDEX brouillon_modifie ON brouillon (modifie_le, id);

CREATE TABLE brouillon_piece (
    id           INTEGER PRIMARY KEY,
    brouillon_id INTEGER NOT NULL REFERENCES brouillon (id) ON DELETE CASCADE,
    champ        TEXT NOT NULL,
    nom          TEXT NOT NULL,
    media        TEXT NOT NULL CHECK (media IN ('application/pdf', 'image/jpeg', 'image/png')),
    taille       INTEGER NOT NULL,
    empreinte    TEXT NOT NULL,
    cle          TEXT NOT NULL,
    deposee_le   TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX brouillon_piece_unique ON brouillon_piece (brouillon_id, champ, nom, empreinte);
CREATE INDEX brouillon_piece_cle ON brouillon_piece (cle);

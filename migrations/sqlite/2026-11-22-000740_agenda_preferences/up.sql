-- The secret link of a calendar of deadlines (one per account, its fingerprint only), and which mails one wants.

CREATE TABLE agenda (
    utilisateur_id  INTEGER PRIMARY KEY REFERENCES utilisateur (id),
    jeton_empreinte TEXT NOT NULL,
    cree_le         TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX agenda_jeton ON agenda (jeton_empreinte);

CREATE TABLE preference (
    utilisateur_id INTEGER NOT NULL REFERENCES utilisateur (id),
    sujet          TEXT NOT NULL CHECK (sujet IN ('messages', 'rappels', 'confirmations')),
    frequence      TEXT NOT NULL CHECK (frequence IN ('chaque_fois', 'essentiel', 'une_fois_par_jour', 'jamais')),
    modifiee_le    TEXT NOT NULL,
    PRIMARY KEY (utilisateur_id, sujet)
) STRICT;

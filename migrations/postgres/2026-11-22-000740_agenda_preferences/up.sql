-- The secret link of a calendar of deadlines (one per account, its fingerprint only), and which mails one wants.

CREATE TABLE agenda (
    utilisateur_id  BIGINT PRIMARY KEY REFERENCES utilisateur (id),
    jeton_empreinte TEXT NOT NULL,
    cree_le         TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX agenda_jeton ON agenda (jeton_empreinte);

CREATE TABLE preference (
    utilisateur_id BIGINT NOT NULL REFERENCES utilisateur (id),
    sujet          TEXT NOT NULL CHECK (sujet IN ('messages', 'rappels', 'confirmations')),
    frequence      TEXT NOT NULL CHECK (frequence IN ('chaque_fois', 'essentiel', 'une_fois_par_jour', 'jamais')),
    modifiee_le    TIMESTAMP NOT NULL,
    PRIMARY KEY (utilisateur_id, sujet)
);

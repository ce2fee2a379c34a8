-- What an heir designated has no author to go back to: it is removed. What was given up counts as declined.
CREATE TABLE designation_ancienne (
    id              INTEGER PRIMARY KEY,
    place_id        INTEGER NOT NULL REFERENCES place (id),
    rpps            TEXT NOT NULL,
    courriel        TEXT NOT NULL,
    kine_id         INTEGER REFERENCES kine (id),
    etat            TEXT NOT NULL CHECK (etat IN ('en_attente', 'acceptee', 'declinee', 'remplacee')),
    jeton_empreinte TEXT NOT NULL,
    auteur_id       INTEGER NOT NULL REFERENCES utilisateur (id),
    cree_le         TEXT NOT NULL,
    close_le        TEXT
) STRICT;
INSERT INTO designation_ancienne (id, place_id, rpps, courriel, kine_id, etat, jeton_empreinte, auteur_id, cree_le, close_le)
    SELECT id, place_id, rpps, courriel, kine_id, CASE etat WHEN 'renoncee' THEN 'declinee' ELSE etat END, jeton_empreinte,
        auteur_id, cree_le, close_le FROM designation WHERE auteur_id IS NOT NULL;
DROP TABLE designation;
ALTER TABLE designation_ancienne RENAME TO designation;
CREATE UNIQUE INDEX designation_active ON designation (place_id) WHERE etat IN ('en_attente', 'acceptee');
CREATE UNIQUE INDEX designation_jeton ON designation (jeton_empreinte);
CREATE INDEX designation_rpps ON designation (rpps);
CREATE INDEX designation_place ON designation (place_id, id);
DROP TABLE ayant_droit;

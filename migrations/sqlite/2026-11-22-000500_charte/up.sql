-- REG-12: the charter of a CPAM, the calls for candidates, the applications and their values.

CREATE TABLE charte (
    id             INTEGER PRIMARY KEY,
    organisme_code TEXT NOT NULL REFERENCES organisme (code),
    du             TEXT NOT NULL,
    appliquee      INTEGER NOT NULL CHECK (appliquee IN (0, 1)),
    auteur_id      INTEGER NOT NULL REFERENCES utilisateur (id),
    cree_le        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX charte_jour ON charte (organisme_code, du);

CREATE TABLE charte_critere (
    id        INTEGER PRIMARY KEY,
    charte_id INTEGER NOT NULL REFERENCES charte (id),
    rang      INTEGER NOT NULL,
    code      TEXT NOT NULL,
    libelle   TEXT NOT NULL,
    genre     TEXT NOT NULL CHECK (genre IN ('nombre', 'oui_non', 'degre')),
    sens      TEXT NOT NULL CHECK (sens IN ('croissant', 'decroissant')),
    poids     INTEGER NOT NULL CHECK (poids BETWEEN 1 AND 100),
    maximum   INTEGER NOT NULL CHECK (maximum > 0)
) STRICT;
CREATE UNIQUE INDEX charte_critere_code ON charte_critere (charte_id, code);

-- What a charter said when it was written never changes: a new one is dated.
CREATE TRIGGER charte_immuable BEFORE UPDATE ON charte
BEGIN
    SELECT RAISE(ABORT, 'charte is never changed');
END;
CREATE TRIGGER charte_critere_immuable BEFORE UPDATE ON charte_critere
BEGIN
    SELECT RAISE(ABORT, 'charte_critere is never changed');
END;

CREATE TABLE appel (
    id              INTEGER PRIMARY KEY,
    place_id        INTEGER NOT NULL REFERENCES place (id),
    organisme_code  TEXT NOT NULL REFERENCES organisme (code),
    charte_id       INTEGER NOT NULL REFERENCES charte (id),
    etat            TEXT NOT NULL CHECK (etat IN ('ouvert', 'attribue', 'sans_suite')),
    ouvert_le       TEXT NOT NULL,
    cloture         TEXT NOT NULL,
    explication     TEXT NOT NULL,
    ouvert_par      INTEGER NOT NULL REFERENCES utilisateur (id),
    cpd_le          TEXT,
    cpd_motif       TEXT,
    clos_le         TEXT,
    clos_par        INTEGER REFERENCES utilisateur (id),
    motif           TEXT,
    classement      TEXT,
    version         INTEGER NOT NULL
) STRICT;
-- One call at a time for a place.
CREATE UNIQUE INDEX appel_en_cours ON appel (place_id) WHERE etat = 'ouvert';
CREATE INDEX appel_organisme ON appel (organisme_code, id);
CREATE INDEX appel_ouvert ON appel (cloture, id) WHERE etat = 'ouvert';

CREATE TABLE candidature (
    id         INTEGER PRIMARY KEY,
    appel_id   INTEGER NOT NULL REFERENCES appel (id),
    kine_id    INTEGER NOT NULL REFERENCES kine (id),
    etat       TEXT NOT NULL CHECK (etat IN ('deposee', 'retiree', 'ecartee', 'retenue', 'non_retenue')),
    motif      TEXT,
    rang_cpd   INTEGER CHECK (rang_cpd > 0),
    deposee_le TEXT NOT NULL,
    close_le   TEXT
) STRICT;
-- REG-2, REG-12: one call, one attribution.
CREATE UNIQUE INDEX candidature_retenue ON candidature (appel_id) WHERE etat = 'retenue';
CREATE UNIQUE INDEX candidature_unique ON candidature (appel_id, kine_id) WHERE etat <> 'retiree';
CREATE INDEX candidature_appel ON candidature (appel_id, id);
CREATE INDEX candidature_kine ON candidature (kine_id, id);

CREATE TABLE candidature_valeur (
    candidature_id INTEGER NOT NULL REFERENCES candidature (id),
    critere_id     INTEGER NOT NULL REFERENCES charte_critere (id),
    declaree       INTEGER,
    retenue        INTEGER,
    verifiee_par   INTEGER REFERENCES utilisateur (id),
    verifiee_le    TEXT,
    PRIMARY KEY (candidature_id, critere_id)
) STRICT;

ALTER TABLE piece ADD COLUMN candidature_id INTEGER REFERENCES candidature (id);
CREATE INDEX piece_candidature ON piece (candidature_id, id);

-- SQLite keeps a CHECK in the text of its table, and changes it there: the rows are the same.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
    '''pourvue'', ''caduque'')', '''pourvue'', ''caduque'', ''a_attribuer'')')
    WHERE type = 'table' AND name = 'place';
UPDATE sqlite_schema SET sql = replace(sql,
    'CHECK ((demande_id IS NULL) <> (cessation_id IS NULL))',
    'CHECK ((demande_id IS NOT NULL) + (cessation_id IS NOT NULL) + (candidature_id IS NOT NULL) = 1)')
    WHERE type = 'table' AND name = 'piece';
PRAGMA writable_schema = RESET;

-- Imports are written here in batches, out of sight, then applied in one short transaction.
-- A `lot` is one run of an import; what a crash left behind is removed by the next run.

CREATE TABLE bassin_prepare (
    lot                TEXT NOT NULL,
    code               TEXT NOT NULL,
    nom                TEXT NOT NULL,
    nature             TEXT NOT NULL,
    region_attribution TEXT NOT NULL,
    population         BIGINT NOT NULL,
    interregional      BOOLEAN NOT NULL,
    PRIMARY KEY (lot, code)
);

CREATE TABLE commune_prepare (
    lot               TEXT NOT NULL,
    insee             TEXT NOT NULL,
    nom               TEXT NOT NULL,
    nom_recherche     TEXT NOT NULL,
    nature            TEXT NOT NULL,
    codes_postaux     TEXT NOT NULL,
    departement       TEXT NOT NULL,
    region            TEXT NOT NULL,
    population        BIGINT NOT NULL,
    bassin_code       TEXT,
    organisme_code    TEXT,
    organisme_methode TEXT NOT NULL,
    commune_parente   TEXT,
    note              TEXT,
    PRIMARY KEY (lot, insee)
);

CREATE INDEX commune_codes_postaux ON commune (codes_postaux text_pattern_ops);
-- The few hundred communes with several postal codes, searched by the ones after the first.
CREATE INDEX commune_codes_multiples ON commune (codes_postaux) WHERE codes_postaux LIKE '% %';

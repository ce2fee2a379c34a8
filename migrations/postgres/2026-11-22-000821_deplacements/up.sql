-- ZON-7: what the ARS moved against the national method, told by the import. No population: the file did not say.
ALTER TABLE arrete ADD COLUMN population_comparee BIGINT CHECK (population_comparee >= 0);
CREATE TABLE arrete_deplacement (
    arrete_id    BIGINT NOT NULL REFERENCES arrete (id) ON DELETE CASCADE,
    categorie    TEXT NOT NULL,
    bassins      BIGINT NOT NULL CHECK (bassins > 0),
    population   BIGINT NOT NULL CHECK (population >= 0),
    limite_mille BIGINT NOT NULL CHECK (limite_mille >= 0),
    PRIMARY KEY (arrete_id, categorie)
);

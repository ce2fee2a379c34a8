-- The figures of every CPAM together, counted by the worker: for so many months up to a day, as JSON.
CREATE TABLE statistique_nationale (
    mois      INTEGER PRIMARY KEY,
    du        TEXT NOT NULL,
    releve_le TEXT NOT NULL,
    figures   TEXT NOT NULL
) STRICT;

-- Bulk acts that a stop interrupted.
CREATE INDEX lot_inacheve ON lot (id) WHERE etat IN ('en_cours', 'annulation');

-- The workspace of a CPAM: labels, saved views, internal notes, presence, absences, bulk acts, and the search index.

-- Labels of a CPAM, put on its files -----------------------------------------------------------

CREATE TABLE etiquette (
    id             INTEGER PRIMARY KEY,
    organisme_code TEXT NOT NULL REFERENCES organisme (code),
    nom            TEXT NOT NULL,
    nom_recherche  TEXT NOT NULL,
    cree_par       INTEGER NOT NULL REFERENCES utilisateur (id),
    cree_le        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX etiquette_nom ON etiquette (organisme_code, nom_recherche);

CREATE TABLE demande_etiquette (
    etiquette_id INTEGER NOT NULL REFERENCES etiquette (id),
    demande_id   INTEGER NOT NULL REFERENCES demande (id),
    PRIMARY KEY (etiquette_id, demande_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX demande_etiquette_demande ON demande_etiquette (demande_id);

-- Saved views of the queue ----------------------------------------------------------------------

CREATE TABLE vue_enregistree (
    id             INTEGER PRIMARY KEY,
    utilisateur_id INTEGER NOT NULL REFERENCES utilisateur (id),
    organisme_code TEXT NOT NULL REFERENCES organisme (code),
    nom            TEXT NOT NULL,
    requete        TEXT NOT NULL,
    partagee       INTEGER NOT NULL CHECK (partagee IN (0, 1)),
    cree_le        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX vue_enregistree_nom ON vue_enregistree (utilisateur_id, nom);
CREATE INDEX vue_enregistree_organisme ON vue_enregistree (organisme_code, partagee);

-- What agents write to each other on a file: never shown to its author -----------------------------

CREATE TABLE note_interne (
    id              INTEGER PRIMARY KEY,
    demande_id      INTEGER NOT NULL REFERENCES demande (id),
    auteur_id       INTEGER NOT NULL REFERENCES utilisateur (id),
    texte           TEXT NOT NULL,
    cle_idempotence TEXT NOT NULL,
    cree_le         TEXT NOT NULL
) STRICT;
CREATE INDEX note_interne_demande ON note_interne (demande_id, id);
CREATE UNIQUE INDEX note_interne_idempotence ON note_interne (cle_idempotence);

-- Who has a file under their eyes ------------------------------------------------------------------

CREATE TABLE presence (
    demande_id     INTEGER NOT NULL REFERENCES demande (id),
    utilisateur_id INTEGER NOT NULL REFERENCES utilisateur (id),
    vue_le         TEXT NOT NULL,
    PRIMARY KEY (demande_id, utilisateur_id)
) STRICT, WITHOUT ROWID;

-- Absences of agents, and who stands in -------------------------------------------------------------

CREATE TABLE absence (
    id             INTEGER PRIMARY KEY,
    organisme_code TEXT NOT NULL REFERENCES organisme (code),
    utilisateur_id INTEGER NOT NULL REFERENCES utilisateur (id),
    remplacant_id  INTEGER REFERENCES utilisateur (id),
    du             TEXT NOT NULL,
    au             TEXT NOT NULL,
    cree_par       INTEGER NOT NULL REFERENCES utilisateur (id),
    cree_le        TEXT NOT NULL,
    CONSTRAINT absence_dates CHECK (au >= du),
    CONSTRAINT absence_remplacant CHECK (remplacant_id IS NULL OR remplacant_id <> utilisateur_id)
) STRICT;
CREATE INDEX absence_utilisateur ON absence (utilisateur_id, au);
CREATE INDEX absence_organisme ON absence (organisme_code, au);

-- Bulk acts: what was chosen, what happened to each file ---------------------------------------------

CREATE TABLE lot (
    id              INTEGER PRIMARY KEY,
    organisme_code  TEXT NOT NULL REFERENCES organisme (code),
    auteur_id       INTEGER NOT NULL REFERENCES utilisateur (id),
    acte            TEXT NOT NULL CHECK (acte IN ('assigner', 'liberer', 'etiqueter', 'desetiqueter')),
    cible_id        INTEGER,
    cible_nom       TEXT NOT NULL,
    selection       TEXT NOT NULL,
    total           INTEGER NOT NULL,
    etat            TEXT NOT NULL CHECK (etat IN ('prepare', 'en_cours', 'termine', 'annulation', 'annule')),
    cree_le         TEXT NOT NULL,
    fini_le         TEXT
) STRICT;
CREATE INDEX lot_organisme ON lot (organisme_code, id);

CREATE TABLE lot_dossier (
    lot_id     INTEGER NOT NULL REFERENCES lot (id) ON DELETE CASCADE,
    demande_id INTEGER NOT NULL REFERENCES demande (id),
    etat       TEXT NOT NULL CHECK (etat IN ('a_faire', 'fait', 'inchange', 'refuse', 'annule', 'garde')),
    avant      INTEGER,
    message    TEXT,
    PRIMARY KEY (lot_id, demande_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lot_dossier_etat ON lot_dossier (lot_id, etat, demande_id);

-- Search: the folded words of a file (name of the applicant, commune), and each word less one letter ---------

CREATE TABLE dossier_mot (
    organisme_code TEXT NOT NULL,
    mot            TEXT NOT NULL,
    demande_id     INTEGER NOT NULL REFERENCES demande (id),
    PRIMARY KEY (organisme_code, mot, demande_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_mot_national ON dossier_mot (mot, demande_id);
CREATE INDEX dossier_mot_demande ON dossier_mot (demande_id, mot);

CREATE TABLE mot_variante (
    variante TEXT NOT NULL,
    mot      TEXT NOT NULL,
    PRIMARY KEY (variante, mot)
) STRICT, WITHOUT ROWID;

WITH RECURSIVE morceau (organisme_code, demande_id, mot, reste) AS (
    SELECT d.organisme_code, d.id, '', k.nom_recherche || ' ' || c.nom_recherche || ' '
    FROM demande d JOIN kine k ON k.id = d.kine_id JOIN commune c ON c.insee = d.insee
    UNION ALL
    SELECT organisme_code, demande_id, substr(reste, 1, instr(reste, ' ') - 1), substr(reste, instr(reste, ' ') + 1)
    FROM morceau WHERE reste <> ''
)
INSERT INTO dossier_mot (organisme_code, mot, demande_id)
SELECT DISTINCT organisme_code, mot, demande_id FROM morceau WHERE mot <> '';
WITH RECURSIVE rang (mot, place) AS (
    SELECT DISTINCT mot, 0 FROM dossier_mot WHERE length(mot) >= 4
    UNION ALL
    SELECT mot, place + 1 FROM rang WHERE place < length(mot)
)
INSERT INTO mot_variante (variante, mot)
SELECT DISTINCT CASE place WHEN 0 THEN mot ELSE substr(mot, 1, place - 1) || substr(mot, place + 1) END, mot FROM rang;

-- The queue seen by zone, by commune, and over every CPAM ------------------------------------------------

CREATE INDEX demande_file_bassin ON demande (organisme_code, bassin_code, prochaine_echeance, id);
CREATE INDEX demande_file_commune ON demande (organisme_code, insee, prochaine_echeance, id);
CREATE INDEX demande_file_nationale ON demande (prochaine_echeance, id)
    WHERE etat IN ('deposee', 'incomplete', 'complete', 'proposee', 'accordee');
CREATE INDEX demande_file_etat_nationale ON demande (etat, prochaine_echeance, id);
CREATE INDEX demande_depot ON demande (organisme_code, deposee_le);

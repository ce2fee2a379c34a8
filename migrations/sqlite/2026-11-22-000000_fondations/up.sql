-- Foundations. Same tables, columns and index names as on the PostgreSQL side, from which src/db/schema.rs is generated.
-- Dates and instants are ISO text, booleans 0 or 1.

-- Reference data -----------------------------------------------------------------------------

CREATE TABLE organisme (
    code            TEXT PRIMARY KEY,
    nom             TEXT NOT NULL,
    type_organisme  TEXT NOT NULL,
    departements    TEXT NOT NULL,
    region          TEXT NOT NULL,
    siege           TEXT NOT NULL,
    territoire      TEXT NOT NULL,
    adresse         TEXT,
    courriel        TEXT,
    telephone       TEXT
) STRICT;

CREATE TABLE bassin (
    code               TEXT PRIMARY KEY,
    nom                TEXT NOT NULL,
    nature             TEXT NOT NULL,
    region_attribution TEXT NOT NULL,
    population         INTEGER NOT NULL,
    interregional      INTEGER NOT NULL CHECK (interregional IN (0, 1))
) STRICT;

CREATE TABLE commune (
    insee             TEXT PRIMARY KEY,
    nom               TEXT NOT NULL,
    nom_recherche     TEXT NOT NULL,
    nature            TEXT NOT NULL,
    codes_postaux     TEXT NOT NULL,
    departement       TEXT NOT NULL,
    region            TEXT NOT NULL,
    population        INTEGER NOT NULL,
    bassin_code       TEXT REFERENCES bassin (code),
    organisme_code    TEXT REFERENCES organisme (code),
    organisme_methode TEXT NOT NULL,
    commune_parente   TEXT,
    note              TEXT
) STRICT;
CREATE INDEX commune_nom_recherche ON commune (nom_recherche);
CREATE INDEX commune_bassin ON commune (bassin_code);
CREATE INDEX commune_organisme ON commune (organisme_code);

CREATE TABLE arrete (
    id               INTEGER PRIMARY KEY,
    profession       TEXT NOT NULL,
    region           TEXT NOT NULL,
    reference        TEXT,
    date_signature   TEXT,
    date_publication TEXT,
    date_effet       TEXT NOT NULL,
    date_fin         TEXT,
    regime           TEXT NOT NULL CHECK (regime IN ('avenant5', 'avenant7')),
    empreinte        TEXT NOT NULL,
    etat             TEXT NOT NULL CHECK (etat IN ('prepare', 'actif')),
    importe_le       TEXT NOT NULL,
    CONSTRAINT arrete_dates CHECK (date_fin IS NULL OR date_fin > date_effet)
) STRICT;

-- PostgreSQL holds the same promise with an exclusion constraint of this name.
CREATE TRIGGER arrete_sans_recouvrement_ajout BEFORE INSERT ON arrete
WHEN NEW.etat = 'actif' AND EXISTS (
    SELECT 1 FROM arrete a WHERE a.etat = 'actif' AND a.profession = NEW.profession AND a.region = NEW.region
        AND a.date_effet < coalesce(NEW.date_fin, '9999-12-31') AND NEW.date_effet < coalesce(a.date_fin, '9999-12-31'))
BEGIN
    SELECT RAISE(ABORT, 'arrete_sans_recouvrement');
END;
CREATE TRIGGER arrete_sans_recouvrement_modification BEFORE UPDATE ON arrete
WHEN NEW.etat = 'actif' AND EXISTS (
    SELECT 1 FROM arrete a WHERE a.id <> NEW.id AND a.etat = 'actif' AND a.profession = NEW.profession AND a.region = NEW.region
        AND a.date_effet < coalesce(NEW.date_fin, '9999-12-31') AND NEW.date_effet < coalesce(a.date_fin, '9999-12-31'))
BEGIN
    SELECT RAISE(ABORT, 'arrete_sans_recouvrement');
END;

CREATE TABLE zonage_bassin (
    arrete_id   INTEGER NOT NULL REFERENCES arrete (id) ON DELETE CASCADE,
    bassin_code TEXT NOT NULL REFERENCES bassin (code),
    categorie   TEXT NOT NULL,
    mixte       INTEGER NOT NULL CHECK (mixte IN (0, 1)),
    PRIMARY KEY (arrete_id, bassin_code)
) STRICT;
CREATE INDEX zonage_bassin_code ON zonage_bassin (bassin_code);

CREATE TABLE zonage_commune (
    arrete_id   INTEGER NOT NULL REFERENCES arrete (id) ON DELETE CASCADE,
    insee       TEXT NOT NULL,
    bassin_code TEXT NOT NULL,
    categorie   TEXT NOT NULL,
    PRIMARY KEY (arrete_id, insee)
) STRICT;

-- Accounts -----------------------------------------------------------------------------------

CREATE TABLE utilisateur (
    id                 INTEGER PRIMARY KEY,
    courriel           TEXT NOT NULL,
    courriel_verifie_le TEXT,
    mot_de_passe       TEXT,
    prenom             TEXT NOT NULL,
    nom                TEXT NOT NULL,
    role               TEXT NOT NULL CHECK (role IN ('kine', 'instructeur', 'responsable', 'signataire',
                           'secretaire_cpd', 'membre_cpd', 'ars', 'administrateur_national', 'auditeur')),
    qualite            TEXT,
    organisme_code     TEXT REFERENCES organisme (code),
    actif              INTEGER NOT NULL CHECK (actif IN (0, 1)),
    echecs             INTEGER NOT NULL,
    verrouille_jusqua  TEXT,
    cree_le            TEXT NOT NULL,
    CONSTRAINT utilisateur_organisme CHECK (
        (role IN ('instructeur', 'responsable', 'signataire', 'secretaire_cpd', 'membre_cpd')) = (organisme_code IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX utilisateur_courriel ON utilisateur (courriel);
CREATE INDEX utilisateur_organisme_code ON utilisateur (organisme_code);

CREATE TABLE session (
    empreinte      TEXT PRIMARY KEY,
    utilisateur_id INTEGER NOT NULL REFERENCES utilisateur (id),
    cree_le        TEXT NOT NULL,
    vue_le         TEXT NOT NULL,
    expire_le      TEXT NOT NULL,
    adresse_ip     TEXT NOT NULL,
    navigateur     TEXT NOT NULL
) STRICT;
CREATE INDEX session_utilisateur ON session (utilisateur_id);
CREATE INDEX session_expire ON session (expire_le);

CREATE TABLE jeton (
    empreinte      TEXT PRIMARY KEY,
    utilisateur_id INTEGER NOT NULL REFERENCES utilisateur (id),
    usage          TEXT NOT NULL CHECK (usage IN ('verification', 'reinitialisation')),
    cree_le        TEXT NOT NULL,
    expire_le      TEXT NOT NULL,
    utilise_le     TEXT
) STRICT;
CREATE INDEX jeton_utilisateur ON jeton (utilisateur_id);

CREATE TABLE kine (
    id             INTEGER PRIMARY KEY,
    utilisateur_id INTEGER NOT NULL REFERENCES utilisateur (id),
    rpps           TEXT NOT NULL,
    cle_confirmee  INTEGER NOT NULL CHECK (cle_confirmee IN (0, 1)),
    prenom         TEXT NOT NULL,
    nom            TEXT NOT NULL,
    nom_recherche  TEXT NOT NULL,
    telephone      TEXT,
    cree_le        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX kine_rpps ON kine (rpps);
CREATE UNIQUE INDEX kine_utilisateur ON kine (utilisateur_id);
CREATE INDEX kine_nom_recherche ON kine (nom_recherche);

-- Departures and places (REG-1 to REG-9) ---------------------------------------------------------

CREATE TABLE cessation (
    id              INTEGER PRIMARY KEY,
    kine_id         INTEGER NOT NULL REFERENCES kine (id),
    organisme_code  TEXT NOT NULL REFERENCES organisme (code),
    insee           TEXT NOT NULL REFERENCES commune (insee),
    bassin_code     TEXT NOT NULL REFERENCES bassin (code),
    categorie       TEXT NOT NULL,
    adresse         TEXT NOT NULL,
    date_cessation  TEXT NOT NULL,
    actes_12_mois   INTEGER CHECK (actes_12_mois >= 0),
    etat            TEXT NOT NULL CHECK (etat IN ('declaree', 'confirmee', 'rejetee', 'retiree')),
    motif           TEXT,
    cle_idempotence TEXT,
    version         INTEGER NOT NULL,
    declaree_le     TEXT NOT NULL,
    traitee_le      TEXT,
    traitee_par     INTEGER REFERENCES utilisateur (id)
) STRICT;
CREATE UNIQUE INDEX cessation_idempotence ON cessation (cle_idempotence);
CREATE UNIQUE INDEX cessation_unique_par_zone ON cessation (kine_id, bassin_code) WHERE etat IN ('declaree', 'confirmee');
CREATE INDEX cessation_a_traiter ON cessation (organisme_code, etat, date_cessation, id);

CREATE TABLE place (
    id                 INTEGER PRIMARY KEY,
    cessation_id       INTEGER NOT NULL REFERENCES cessation (id),
    organisme_code     TEXT NOT NULL REFERENCES organisme (code),
    bassin_code        TEXT NOT NULL REFERENCES bassin (code),
    limite_designation TEXT,
    avis_cpd           TEXT CHECK (avis_cpd IN ('favorable', 'defavorable')),
    etat               TEXT NOT NULL CHECK (etat IN ('a_examiner', 'non_transmissible', 'ouverte', 'reservee', 'pourvue', 'caduque')),
    explication        TEXT NOT NULL,
    parametres         TEXT NOT NULL,
    version            INTEGER NOT NULL,
    cree_le            TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX place_cessation ON place (cessation_id);
CREATE INDEX place_bassin ON place (bassin_code, organisme_code, id);
CREATE INDEX place_organisme ON place (organisme_code, etat, id);

CREATE TABLE designation (
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
CREATE UNIQUE INDEX designation_active ON designation (place_id) WHERE etat IN ('en_attente', 'acceptee');
CREATE UNIQUE INDEX designation_jeton ON designation (jeton_empreinte);
CREATE INDEX designation_rpps ON designation (rpps);
CREATE INDEX designation_place ON designation (place_id, id);

-- Requests (PRO) ---------------------------------------------------------------------------------

CREATE TABLE numerotation (
    organisme_code TEXT NOT NULL REFERENCES organisme (code),
    annee          INTEGER NOT NULL,
    dernier        INTEGER NOT NULL,
    PRIMARY KEY (organisme_code, annee)
) STRICT;

CREATE TABLE demande (
    id                     INTEGER PRIMARY KEY,
    numero                 TEXT NOT NULL,
    organisme_code         TEXT NOT NULL REFERENCES organisme (code),
    kine_id                INTEGER NOT NULL REFERENCES kine (id),
    nature                 TEXT NOT NULL CHECK (nature IN ('succession', 'derogation', 'hors_regulation')),
    place_id               INTEGER REFERENCES place (id),
    derogation_famille     TEXT CHECK (derogation_famille IN ('A', 'B', 'C')),
    derogation_motif       TEXT,
    derogation_expose      TEXT,
    derogation_avis_cpd    TEXT CHECK (derogation_avis_cpd IN ('favorable', 'defavorable', 'partage', 'ajourne', 'repute_rendu')),
    insee                  TEXT NOT NULL REFERENCES commune (insee),
    bassin_code            TEXT NOT NULL REFERENCES bassin (code),
    categorie_depot        TEXT NOT NULL,
    adresse                TEXT NOT NULL,
    deja_conventionne_zone INTEGER CHECK (deja_conventionne_zone IN (0, 1)),
    entree_formation       INTEGER,
    heures_etablissement   INTEGER CHECK (heures_etablissement >= 0),
    heures_clinicat        INTEGER CHECK (heures_clinicat >= 0),
    engagement_zone        INTEGER CHECK (engagement_zone IN (0, 1)),
    etat                   TEXT NOT NULL CHECK (etat IN ('deposee', 'incomplete', 'complete', 'proposee', 'accordee',
                               'installee', 'refusee', 'caduque', 'retiree', 'sans_suite')),
    assigne_a              INTEGER REFERENCES utilisateur (id),
    deposee_le             TEXT NOT NULL,
    complete_le            TEXT,
    notifiee_le            TEXT,
    notification_mode      TEXT CHECK (notification_mode IN ('recommande', 'portail')),
    installee_le           TEXT,
    prochaine_echeance     TEXT NOT NULL,
    echeance_nature        TEXT NOT NULL,
    cle_idempotence        TEXT,
    version                INTEGER NOT NULL,
    CONSTRAINT demande_place CHECK ((nature = 'succession') = (place_id IS NOT NULL)),
    CONSTRAINT demande_derogation CHECK ((nature = 'derogation') = (derogation_famille IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX demande_numero ON demande (numero);
CREATE UNIQUE INDEX demande_idempotence ON demande (cle_idempotence);
-- REG-2: one departure opens at most one arrival, whatever two people decide at the same instant.
CREATE UNIQUE INDEX demande_place_consommee ON demande (place_id) WHERE etat IN ('accordee', 'installee');
CREATE INDEX demande_place_id ON demande (place_id);
CREATE INDEX demande_kine ON demande (kine_id, id);
CREATE INDEX demande_file ON demande (organisme_code, prochaine_echeance, id)
    WHERE etat IN ('deposee', 'incomplete', 'complete', 'proposee', 'accordee');
CREATE INDEX demande_file_assignee ON demande (organisme_code, assigne_a, prochaine_echeance, id)
    WHERE etat IN ('deposee', 'incomplete', 'complete', 'proposee', 'accordee');
CREATE INDEX demande_file_etat ON demande (organisme_code, etat, prochaine_echeance, id);
CREATE INDEX demande_bassin ON demande (bassin_code, organisme_code, etat, id);

CREATE TABLE piece (
    id           INTEGER PRIMARY KEY,
    demande_id   INTEGER REFERENCES demande (id),
    cessation_id INTEGER REFERENCES cessation (id),
    nature       TEXT NOT NULL,
    nom          TEXT NOT NULL,
    media        TEXT NOT NULL CHECK (media IN ('application/pdf', 'image/jpeg', 'image/png')),
    taille       INTEGER NOT NULL,
    empreinte    TEXT NOT NULL,
    cle          TEXT NOT NULL,
    etat         TEXT NOT NULL CHECK (etat IN ('recue', 'acceptee', 'refusee')),
    motif        TEXT,
    deposee_par  INTEGER NOT NULL REFERENCES utilisateur (id),
    deposee_le   TEXT NOT NULL,
    CONSTRAINT piece_rattachement CHECK ((demande_id IS NULL) <> (cessation_id IS NULL))
) STRICT;
CREATE INDEX piece_demande ON piece (demande_id, id);
CREATE INDEX piece_cessation ON piece (cessation_id, id);

CREATE TABLE piece_demandee (
    id          INTEGER PRIMARY KEY,
    demande_id  INTEGER NOT NULL REFERENCES demande (id),
    nature      TEXT NOT NULL,
    precision   TEXT,
    demandee_le TEXT NOT NULL,
    limite      TEXT NOT NULL,
    recue_le    TEXT
) STRICT;
CREATE INDEX piece_demandee_demande ON piece_demandee (demande_id, id);

CREATE TABLE decision (
    id                 INTEGER PRIMARY KEY,
    demande_id         INTEGER NOT NULL REFERENCES demande (id),
    sens               TEXT NOT NULL CHECK (sens IN ('accord', 'refus')),
    fondement          TEXT NOT NULL CHECK (fondement IN ('succession', 'derogation', 'hors_regulation', 'refus')),
    motifs             TEXT NOT NULL,
    ecart_motive       TEXT,
    categorie          TEXT NOT NULL,
    faits              TEXT NOT NULL,
    resultat           TEXT NOT NULL,
    explication        TEXT NOT NULL,
    parametres         TEXT NOT NULL,
    etat               TEXT NOT NULL CHECK (etat IN ('proposee', 'renvoyee', 'decidee')),
    proposee_par       INTEGER NOT NULL REFERENCES utilisateur (id),
    proposee_le        TEXT NOT NULL,
    decidee_par        INTEGER REFERENCES utilisateur (id),
    decidee_le         TEXT,
    signataire         TEXT,
    signataire_qualite TEXT
) STRICT;
CREATE UNIQUE INDEX decision_active ON decision (demande_id) WHERE etat IN ('proposee', 'decidee');
CREATE INDEX decision_demande ON decision (demande_id, id);

-- Deadlines and reminders (ECH) ------------------------------------------------------------------

CREATE TABLE echeance (
    id               INTEGER PRIMARY KEY,
    organisme_code   TEXT NOT NULL REFERENCES organisme (code),
    nature           TEXT NOT NULL CHECK (nature IN ('designation_successeur', 'installation', 'pieces', 'decision_implicite')),
    demande_id       INTEGER REFERENCES demande (id),
    place_id         INTEGER REFERENCES place (id),
    regle            TEXT NOT NULL,
    depart           TEXT NOT NULL,
    delai            TEXT NOT NULL,
    brute            TEXT NOT NULL,
    suspensions      TEXT NOT NULL,
    apres_suspensions TEXT NOT NULL,
    finale           TEXT NOT NULL,
    explication      TEXT NOT NULL,
    etat             TEXT NOT NULL CHECK (etat IN ('en_cours', 'satisfaite', 'annulee', 'remplacee')),
    motif            TEXT,
    cree_le          TEXT NOT NULL,
    cree_par         INTEGER REFERENCES utilisateur (id),
    close_le         TEXT,
    CONSTRAINT echeance_rattachement CHECK ((demande_id IS NULL) <> (place_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX echeance_demande_active ON echeance (demande_id, nature) WHERE etat = 'en_cours' AND demande_id IS NOT NULL;
CREATE UNIQUE INDEX echeance_place_active ON echeance (place_id, nature) WHERE etat = 'en_cours' AND place_id IS NOT NULL;
CREATE INDEX echeance_demande ON echeance (demande_id, id);
CREATE INDEX echeance_place ON echeance (place_id, id);
CREATE INDEX echeance_en_cours ON echeance (finale, id) WHERE etat = 'en_cours';

CREATE TABLE rappel (
    id          INTEGER PRIMARY KEY,
    echeance_id INTEGER NOT NULL REFERENCES echeance (id),
    code        TEXT NOT NULL,
    envoye_le   TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX rappel_une_fois ON rappel (echeance_id, code);

-- Mail (outbox) ----------------------------------------------------------------------------------

CREATE TABLE courriel (
    id              INTEGER PRIMARY KEY,
    cle             TEXT NOT NULL,
    modele          TEXT NOT NULL,
    destinataire    TEXT NOT NULL,
    sujet           TEXT NOT NULL,
    texte           TEXT NOT NULL,
    html            TEXT NOT NULL,
    etat            TEXT NOT NULL CHECK (etat IN ('a_envoyer', 'en_cours', 'envoye', 'echec', 'incertain')),
    tentatives      INTEGER NOT NULL,
    prochain_essai  TEXT NOT NULL,
    reclame_le      TEXT,
    envoye_le       TEXT,
    derniere_erreur TEXT,
    cree_le         TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX courriel_cle ON courriel (cle);
CREATE INDEX courriel_a_envoyer ON courriel (prochain_essai, id) WHERE etat = 'a_envoyer';
CREATE INDEX courriel_en_cours ON courriel (reclame_le) WHERE etat = 'en_cours';

-- Timeline and audit: append-only ----------------------------------------------------------------

CREATE TABLE evenement (
    id             INTEGER PRIMARY KEY,
    le             TEXT NOT NULL,
    acteur_id      INTEGER REFERENCES utilisateur (id),
    acteur         TEXT NOT NULL,
    organisme_code TEXT REFERENCES organisme (code),
    demande_id     INTEGER REFERENCES demande (id),
    cessation_id   INTEGER REFERENCES cessation (id),
    place_id       INTEGER REFERENCES place (id),
    nature         TEXT NOT NULL,
    resume         TEXT NOT NULL,
    details        TEXT NOT NULL
) STRICT;
CREATE INDEX evenement_demande ON evenement (demande_id, id);
CREATE INDEX evenement_cessation ON evenement (cessation_id, id);
CREATE INDEX evenement_place ON evenement (place_id, id);

CREATE TRIGGER evenement_immuable_modification BEFORE UPDATE ON evenement
BEGIN
    SELECT RAISE(ABORT, 'evenement is append-only');
END;
CREATE TRIGGER evenement_immuable_suppression BEFORE DELETE ON evenement
BEGIN
    SELECT RAISE(ABORT, 'evenement is append-only');
END;

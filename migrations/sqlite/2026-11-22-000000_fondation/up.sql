-- Foundation: every table of the product. The same tables, columns and names of indexes on both databases; crates/db/src/schema.rs is
-- generated from the PostgreSQL side. Here dates and instants are ISO text, booleans 0 or 1.

-- Reference data ----------------------------------------------------------------------------------

CREATE TABLE caisse (
    code           TEXT PRIMARY KEY,
    nom            TEXT NOT NULL,
    type_caisse TEXT NOT NULL,
    departements   TEXT NOT NULL,
    region         TEXT NOT NULL,
    siege          TEXT NOT NULL,
    territoire     TEXT NOT NULL,
    adresse        TEXT,
    courriel       TEXT,
    telephone      TEXT,
    service                TEXT,
    horaires               TEXT,
    cra_adresse            TEXT,
    ta_ville               TEXT,
    ta_adresse             TEXT,
    directeur              TEXT,
    directeur_qualite      TEXT,
    dpo                    TEXT,
    siret                  TEXT,
    -- Its logo, kept with the documents.
    logo_cle               TEXT,
    logo_empreinte         TEXT,
    logo_media             TEXT,
    version                INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT caisse_logo CHECK ((logo_cle IS NULL) = (logo_empreinte IS NULL) AND (logo_cle IS NULL) = (logo_media IS NULL))
) STRICT;

CREATE TABLE bassin (
    code               TEXT PRIMARY KEY,
    nom                TEXT NOT NULL,
    nature             TEXT NOT NULL,
    region_attribution TEXT NOT NULL,
    population         INTEGER NOT NULL,
    interregional      INTEGER NOT NULL CHECK (interregional IN (0, 1))
) STRICT;
CREATE INDEX bassin_region_attribution ON bassin (region_attribution);

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
    caisse_code    TEXT REFERENCES caisse (code),
    caisse_methode TEXT NOT NULL,
    commune_parente   TEXT,
    note              TEXT
) STRICT;
CREATE INDEX commune_bassin ON commune (bassin_code);
CREATE INDEX commune_caisse ON commune (caisse_code, bassin_code);
CREATE INDEX commune_caisse_nom ON commune (caisse_code, nom_recherche, insee);
CREATE INDEX commune_codes_multiples ON commune (codes_postaux) WHERE codes_postaux LIKE '% %';
CREATE INDEX commune_region ON commune (region);
CREATE INDEX commune_nom_recherche ON commune (nom_recherche);
CREATE INDEX commune_codes_postaux ON commune (codes_postaux);

-- The court of where a person lives (PRO-6).
CREATE TABLE tribunal (
    insee      TEXT PRIMARY KEY REFERENCES commune (insee),
    ville      TEXT NOT NULL,
    adresse    TEXT NOT NULL,
    verifie_le TEXT NOT NULL
) STRICT;

CREATE TABLE bassin_prepare (
    lot                TEXT NOT NULL,
    code               TEXT NOT NULL,
    nom                TEXT NOT NULL,
    nature             TEXT NOT NULL,
    region_attribution TEXT NOT NULL,
    population         INTEGER NOT NULL,
    interregional      INTEGER NOT NULL CHECK (interregional IN (0, 1)),
    PRIMARY KEY (lot, code)
) STRICT;

CREATE TABLE commune_prepare (
    lot               TEXT NOT NULL,
    insee             TEXT NOT NULL,
    nom               TEXT NOT NULL,
    nom_recherche     TEXT NOT NULL,
    nature            TEXT NOT NULL,
    codes_postaux     TEXT NOT NULL,
    departement       TEXT NOT NULL,
    region            TEXT NOT NULL,
    population        INTEGER NOT NULL,
    bassin_code       TEXT,
    caisse_code    TEXT,
    caisse_methode TEXT NOT NULL,
    commune_parente   TEXT,
    note              TEXT,
    PRIMARY KEY (lot, insee)
) STRICT;

CREATE TABLE arrete (
    id                  INTEGER PRIMARY KEY,
    profession          TEXT NOT NULL,
    region              TEXT NOT NULL,
    reference           TEXT,
    date_signature      TEXT,
    date_publication    TEXT,
    date_effet          TEXT NOT NULL,
    date_fin            TEXT,
    regime              TEXT NOT NULL CHECK (regime IN ('avenant5', 'avenant7')),
    empreinte           TEXT NOT NULL,
    etat                TEXT NOT NULL CHECK (etat IN ('prepare', 'actif')),
    importe_le          TEXT NOT NULL,
    population_comparee INTEGER CHECK (population_comparee >= 0),
    CONSTRAINT arrete_dates CHECK (date_fin IS NULL OR date_fin > date_effet)
) STRICT;
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
CREATE INDEX arrete_region ON arrete (region, profession, etat, date_effet);

CREATE TABLE arrete_deplacement (
    arrete_id    INTEGER NOT NULL REFERENCES arrete (id) ON DELETE CASCADE,
    categorie    TEXT NOT NULL,
    bassins      INTEGER NOT NULL CHECK (bassins > 0),
    population   INTEGER NOT NULL CHECK (population >= 0),
    limite_mille INTEGER NOT NULL CHECK (limite_mille >= 0),
    PRIMARY KEY (arrete_id, categorie)
) STRICT;

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

-- Accounts ----------------------------------------------------------------------------------------

CREATE TABLE compte (
    id                  INTEGER PRIMARY KEY,
    courriel            TEXT NOT NULL,
    courriel_verifie_le TEXT,
    mot_de_passe        TEXT,
    prenom              TEXT NOT NULL,
    nom                 TEXT NOT NULL,
    actif               INTEGER NOT NULL CHECK (actif IN (0, 1)),
    echecs              INTEGER NOT NULL,
    verrouille_jusqua   TEXT,
    -- No form shown before is kept for its author any more: she logged out, or changed her password.
    sceaux_depuis       TEXT,
    cree_le             TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX compte_courriel ON compte (courriel);

-- The roles, and what a mandate of each extends over. A practitioner needs none: her own line in `kine` is her right.
CREATE TABLE code_role (
    code    TEXT PRIMARY KEY,
    etendue TEXT NOT NULL CHECK (etendue IN ('caisse', 'region', 'nation')),
    UNIQUE (code, etendue)
) STRICT;
INSERT INTO code_role (code, etendue) VALUES
    ('instructeur', 'caisse'), ('responsable', 'caisse'), ('signataire', 'caisse'), ('secretaire_cpd', 'caisse'),
    ('membre_cpd', 'caisse'), ('praticien_conseil', 'caisse'), ('ars', 'region'), ('administrateur_national', 'nation'), ('auditeur', 'nation');

-- A role held by an account for a caisse, a region or the nation, between two days (`au` included).
CREATE TABLE mandat (
    id          INTEGER PRIMARY KEY,
    compte_id   INTEGER NOT NULL REFERENCES compte (id),
    role        TEXT NOT NULL,
    etendue     TEXT NOT NULL,
    caisse_code TEXT REFERENCES caisse (code),
    region      TEXT,
    qualite     TEXT,
    du          TEXT NOT NULL,
    au          TEXT,
    cree_le     TEXT NOT NULL,
    FOREIGN KEY (role, etendue) REFERENCES code_role (code, etendue),
    CONSTRAINT mandat_caisse CHECK ((etendue = 'caisse') = (caisse_code IS NOT NULL)),
    CONSTRAINT mandat_region CHECK ((etendue = 'region') = (region IS NOT NULL)),
    CONSTRAINT mandat_dates CHECK (au IS NULL OR au >= du)
) STRICT;
CREATE INDEX mandat_compte ON mandat (compte_id, id);
CREATE INDEX mandat_de_caisse ON mandat (caisse_code, role);

CREATE TABLE session (
    empreinte      TEXT PRIMARY KEY,
    compte_id INTEGER NOT NULL REFERENCES compte (id),
    mandat_id      INTEGER REFERENCES mandat (id),
    cree_le        TEXT NOT NULL,
    vue_le         TEXT NOT NULL,
    expire_le      TEXT NOT NULL,
    adresse_ip     TEXT NOT NULL,
    navigateur     TEXT NOT NULL
) STRICT;
CREATE INDEX session_compte ON session (compte_id);
CREATE INDEX session_expire ON session (expire_le);

-- The page that answered a form, which a GET shows. cle and contenu are made from whose it is, its address and a token that only
-- that address carries: what is here shows nothing by itself. session: of somebody logged in, with whom it goes; visiteur:
-- the fingerprint of an anonymous cookie.
CREATE TABLE reponse_gardee (
    id        INTEGER PRIMARY KEY,
    cle       TEXT NOT NULL,
    session   TEXT REFERENCES session (empreinte) ON DELETE CASCADE,
    visiteur  TEXT,
    statut    INTEGER NOT NULL CHECK (statut BETWEEN 200 AND 499),
    apercu    INTEGER NOT NULL CHECK (apercu IN (0, 1)),
    contenu   BLOB NOT NULL,
    gardee_le TEXT NOT NULL,
    CONSTRAINT reponse_gardee_a_qui CHECK ((session IS NULL) <> (visiteur IS NULL))
) STRICT;
CREATE UNIQUE INDEX reponse_gardee_cle ON reponse_gardee (cle);
CREATE INDEX reponse_gardee_session ON reponse_gardee (session, id);
CREATE INDEX reponse_gardee_visiteur ON reponse_gardee (visiteur, id);
CREATE INDEX reponse_gardee_le ON reponse_gardee (gardee_le);

-- remplace_le: a newer link of the same account and usage was sent. courriel: the new address that the link confirms.
CREATE TABLE jeton (
    empreinte      TEXT PRIMARY KEY,
    compte_id INTEGER NOT NULL REFERENCES compte (id),
    usage          TEXT NOT NULL CHECK (usage IN ('verification', 'reinitialisation', 'invitation', 'adresse')),
    cree_le        TEXT NOT NULL,
    expire_le      TEXT NOT NULL,
    utilise_le     TEXT,
    remplace_le    TEXT,
    courriel       TEXT,
    CONSTRAINT jeton_adresse CHECK ((usage = 'adresse') = (courriel IS NOT NULL))
) STRICT;
CREATE INDEX jeton_compte ON jeton (compte_id);

-- PRO-13: without an account, somebody known by the paper that a caisse entered: no session reads what hangs on this line.
CREATE TABLE kine (
    id             INTEGER PRIMARY KEY,
    compte_id INTEGER REFERENCES compte (id),
    rpps           TEXT NOT NULL,
    cle_confirmee  INTEGER NOT NULL CHECK (cle_confirmee IN (0, 1)),
    prenom         TEXT NOT NULL,
    nom            TEXT NOT NULL,
    nom_recherche  TEXT NOT NULL,
    telephone      TEXT,
    courriel       TEXT,
    cree_le        TEXT NOT NULL,
    version        INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT kine_courriel CHECK (compte_id IS NULL OR courriel IS NULL)
) STRICT;
CREATE UNIQUE INDEX kine_rpps ON kine (rpps) WHERE compte_id IS NOT NULL;
CREATE UNIQUE INDEX kine_papier ON kine (rpps) WHERE compte_id IS NULL;
CREATE INDEX kine_numero ON kine (rpps);
CREATE UNIQUE INDEX kine_compte ON kine (compte_id);
CREATE INDEX kine_nom_recherche ON kine (nom_recherche);

-- Who is behind a RPPS, which is a public number: checked once by a caisse, before anything rests on it.
CREATE TABLE identite_verifiee (
    kine_id     INTEGER PRIMARY KEY REFERENCES kine (id),
    caisse_code TEXT REFERENCES caisse (code),
    moyen       TEXT NOT NULL CHECK (moyen IN ('piece', 'ordre', 'telephone', 'guichet')),
    observation TEXT,
    verifiee_le TEXT NOT NULL,
    par         INTEGER REFERENCES compte (id)
) STRICT;

CREATE TABLE domicile (
    kine_id INTEGER PRIMARY KEY REFERENCES kine (id),
    adresse TEXT NOT NULL,
    insee   TEXT NOT NULL REFERENCES commune (insee),
    dit_le  TEXT NOT NULL
) STRICT;

-- The consent to be notified in the portal (PRO-8): `effet_le` is the last day on which it still counts, once withdrawn.
CREATE TABLE consentement (
    id        INTEGER PRIMARY KEY,
    kine_id   INTEGER NOT NULL REFERENCES kine (id),
    texte     TEXT NOT NULL,
    donne_le  TEXT NOT NULL,
    retire_le TEXT,
    effet_le  TEXT
) STRICT;
CREATE UNIQUE INDEX consentement_en_vigueur ON consentement (kine_id) WHERE retire_le IS NULL;
CREATE INDEX consentement_kine ON consentement (kine_id, id);

CREATE TABLE agenda (
    compte_id  INTEGER PRIMARY KEY REFERENCES compte (id),
    jeton_empreinte TEXT NOT NULL,
    cree_le         TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX agenda_jeton ON agenda (jeton_empreinte);

CREATE TABLE preference (
    compte_id INTEGER NOT NULL REFERENCES compte (id),
    sujet          TEXT NOT NULL CHECK (sujet IN ('messages', 'rappels', 'confies', 'a_signer', 'renvois', 'envois', 'mentions', 'reste')),
    frequence      TEXT NOT NULL CHECK (frequence IN ('chaque_fois', 'essentiel', 'une_fois_par_jour', 'jamais')),
    modifiee_le    TEXT NOT NULL,
    PRIMARY KEY (compte_id, sujet)
) STRICT;

CREATE TABLE absence (
    id             INTEGER PRIMARY KEY,
    caisse_code TEXT NOT NULL REFERENCES caisse (code),
    compte_id INTEGER NOT NULL REFERENCES compte (id),
    remplacant_id  INTEGER REFERENCES compte (id),
    du             TEXT NOT NULL,
    au             TEXT NOT NULL,
    cree_par       INTEGER NOT NULL REFERENCES compte (id),
    cree_le        TEXT NOT NULL,
    CONSTRAINT absence_dates CHECK (au >= du),
    CONSTRAINT absence_remplacant CHECK (remplacant_id IS NULL OR remplacant_id <> compte_id)
) STRICT;
CREATE INDEX absence_compte ON absence (compte_id, au);
CREATE INDEX absence_caisse ON absence (caisse_code, au);

-- Parameters and grounds, dated, by two people ----------------------------------------------------

CREATE TABLE parametre_valeur (
    id              INTEGER PRIMARY KEY,
    cle             TEXT NOT NULL,
    valeur          TEXT NOT NULL,
    du              TEXT NOT NULL,
    source          TEXT NOT NULL,
    statut          TEXT NOT NULL CHECK (statut IN ('S', 'E', 'L', 'D')),
    motif           TEXT NOT NULL,
    etat            TEXT NOT NULL CHECK (etat IN ('proposee', 'approuvee', 'rejetee', 'retiree')),
    proposee_par    INTEGER NOT NULL REFERENCES compte (id),
    proposee_le     TEXT NOT NULL,
    proposee_jour   TEXT NOT NULL,
    examinee_par    INTEGER REFERENCES compte (id),
    examinee_le     TEXT,
    examinee_jour   TEXT,
    examen_motif    TEXT,
    retiree_par     INTEGER REFERENCES compte (id),
    retiree_le      TEXT,
    retrait_motif   TEXT,
    cle_idempotence TEXT NOT NULL,
    version         INTEGER NOT NULL,
    -- Two people: whoever proposed does not approve, nor reject.
    CONSTRAINT parametre_deux_personnes CHECK (examinee_par IS NULL OR examinee_par <> proposee_par),
    -- Nothing retroactive: a value starts after the day it is proposed, and after the day it is approved.
    CONSTRAINT parametre_non_retroactif CHECK (du > proposee_jour AND (examen_motif IS NOT NULL OR examinee_jour IS NULL OR du > examinee_jour)),
    CONSTRAINT parametre_examen CHECK ((examinee_par IS NULL) = (examinee_le IS NULL) AND (examinee_le IS NULL) = (examinee_jour IS NULL)
        AND (etat NOT IN ('approuvee', 'rejetee') OR examinee_par IS NOT NULL)
        AND (etat <> 'rejetee' OR examen_motif IS NOT NULL) AND (etat <> 'approuvee' OR examen_motif IS NULL)),
    CONSTRAINT parametre_retrait CHECK ((etat = 'retiree') = (retiree_par IS NOT NULL)
        AND (retiree_par IS NULL) = (retiree_le IS NULL) AND (retiree_par IS NULL) = (retrait_motif IS NULL))
) STRICT;
CREATE UNIQUE INDEX parametre_valeur_idempotence ON parametre_valeur (cle_idempotence);
CREATE UNIQUE INDEX parametre_valeur_proposee ON parametre_valeur (cle) WHERE etat = 'proposee';
CREATE UNIQUE INDEX parametre_valeur_approuvee ON parametre_valeur (cle, du) WHERE etat = 'approuvee';
CREATE INDEX parametre_valeur_etat ON parametre_valeur (etat, id);
CREATE INDEX parametre_valeur_cle ON parametre_valeur (cle, id);
CREATE TRIGGER parametre_valeur_immuable_modification BEFORE UPDATE ON parametre_valeur
WHEN OLD.etat IN ('rejetee', 'retiree') OR (OLD.etat = 'approuvee' AND NEW.etat <> 'retiree')
    OR NEW.cle <> OLD.cle OR NEW.valeur <> OLD.valeur OR NEW.du <> OLD.du OR NEW.source <> OLD.source
    OR NEW.statut <> OLD.statut OR NEW.motif <> OLD.motif OR NEW.proposee_par <> OLD.proposee_par
    OR NEW.examinee_par IS NOT coalesce(OLD.examinee_par, NEW.examinee_par)
BEGIN
    SELECT RAISE(ABORT, 'parametre_valeur is append-only');
END;
CREATE TRIGGER parametre_valeur_immuable_suppression BEFORE DELETE ON parametre_valeur
BEGIN
    SELECT RAISE(ABORT, 'parametre_valeur is append-only');
END;

CREATE TABLE reglement_conserve (
    version     TEXT PRIMARY KEY,
    contenu     TEXT NOT NULL,
    conserve_le TEXT NOT NULL
) STRICT;
CREATE TRIGGER reglement_conserve_immuable_modification BEFORE UPDATE ON reglement_conserve
BEGIN
    SELECT RAISE(ABORT, 'reglement_conserve is append-only');
END;
CREATE TRIGGER reglement_conserve_immuable_suppression BEFORE DELETE ON reglement_conserve
BEGIN
    SELECT RAISE(ABORT, 'reglement_conserve is append-only');
END;

CREATE TABLE motif_derogation (
    id              INTEGER PRIMARY KEY,
    acte            TEXT NOT NULL CHECK (acte IN ('ajout', 'fin')),
    code            TEXT NOT NULL,
    famille         TEXT NOT NULL CHECK (famille IN ('A', 'B', 'C')),
    libelle         TEXT NOT NULL,
    pieces          TEXT NOT NULL,
    precision       TEXT,
    suivi           TEXT CHECK (suivi IN ('reduction')),
    source          TEXT NOT NULL,
    statut          TEXT NOT NULL CHECK (statut IN ('S', 'E', 'L', 'D')),
    le              TEXT NOT NULL,
    raison          TEXT NOT NULL,
    etat            TEXT NOT NULL CHECK (etat IN ('propose', 'approuve', 'rejete')),
    propose_par     INTEGER NOT NULL REFERENCES compte (id),
    propose_le      TEXT NOT NULL,
    examine_par     INTEGER REFERENCES compte (id),
    examine_le      TEXT,
    examen_raison   TEXT,
    cle_idempotence TEXT NOT NULL,
    version         INTEGER NOT NULL,
    -- Two people: whoever proposed does not approve.
    CONSTRAINT motif_deux_personnes CHECK (etat <> 'approuve' OR (examine_par IS NOT NULL AND examine_par <> propose_par)),
    CONSTRAINT motif_examen CHECK ((etat = 'propose') = (examine_par IS NULL) AND (examine_par IS NULL) = (examine_le IS NULL)
        AND (etat <> 'rejete' OR examen_raison IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX motif_derogation_idempotence ON motif_derogation (cle_idempotence);
CREATE UNIQUE INDEX motif_derogation_code ON motif_derogation (code, acte) WHERE etat IN ('propose', 'approuve');
CREATE INDEX motif_derogation_etat ON motif_derogation (etat, id);

-- CAT: the aids added or corrected here. contenu: the entry, JSON. caisse_code: whose local aid it is; none for the nation.
CREATE TABLE incitation (
    id              INTEGER PRIMARY KEY,
    code            TEXT NOT NULL,
    contenu         TEXT NOT NULL,
    caisse_code     TEXT REFERENCES caisse (code),
    du              TEXT NOT NULL,
    raison          TEXT NOT NULL,
    etat            TEXT NOT NULL CHECK (etat IN ('proposee', 'approuvee', 'rejetee')),
    proposee_par    INTEGER NOT NULL REFERENCES compte (id),
    proposee_le     TEXT NOT NULL,
    examinee_par    INTEGER REFERENCES compte (id),
    examinee_le     TEXT,
    examen_raison   TEXT,
    cle_idempotence TEXT NOT NULL,
    version         INTEGER NOT NULL,
    -- Two people: whoever proposed does not approve.
    CONSTRAINT incitation_deux_personnes CHECK (etat <> 'approuvee' OR (examinee_par IS NOT NULL AND examinee_par <> proposee_par)),
    CONSTRAINT incitation_examen CHECK ((etat = 'proposee') = (examinee_par IS NULL) AND (examinee_par IS NULL) = (examinee_le IS NULL)
        AND (etat <> 'rejetee' OR examen_raison IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX incitation_idempotence ON incitation (cle_idempotence);
CREATE UNIQUE INDEX incitation_proposee ON incitation (code) WHERE etat = 'proposee';
CREATE INDEX incitation_etat ON incitation (etat, id);

-- The trunk: what a CPAM handles, whatever its nature ---------------------------------------------

CREATE TABLE code_nature_dossier (
    code TEXT PRIMARY KEY
) STRICT;
INSERT INTO code_nature_dossier (code) VALUES ('depart'), ('demande'), ('appel'), ('recours');

CREATE TABLE code_etat_dossier (
    nature TEXT NOT NULL REFERENCES code_nature_dossier (code),
    code   TEXT NOT NULL,
    PRIMARY KEY (nature, code)
) STRICT;
INSERT INTO code_etat_dossier (nature, code) VALUES
    ('depart', 'declaree'), ('depart', 'confirmee'), ('depart', 'rejetee'), ('depart', 'retiree'),
    ('demande', 'deposee'), ('demande', 'incomplete'), ('demande', 'complete'), ('demande', 'proposee'),
    ('demande', 'accordee'), ('demande', 'installee'), ('demande', 'refusee'), ('demande', 'caduque'),
    ('demande', 'retiree'), ('demande', 'sans_suite'),
    ('appel', 'ouvert'), ('appel', 'attribue'), ('appel', 'sans_suite'),
    ('recours', 'devant_la_commission'), ('recours', 'repondu'), ('recours', 'rejete_par_silence'),
    ('recours', 'devant_le_juge'), ('recours', 'juge'), ('recours', 'abandonne');

CREATE TABLE numerotation (
    caisse_code TEXT NOT NULL REFERENCES caisse (code),
    nature         TEXT NOT NULL REFERENCES code_nature_dossier (code),
    annee          INTEGER NOT NULL,
    dernier        INTEGER NOT NULL,
    PRIMARY KEY (caisse_code, nature, annee)
) STRICT;

-- Each nature has a table of its own that shares this identifier; whatever hangs on a case hangs on dossier_id.
-- place_id: the place that a request or a call is about, which a departure opened.
-- arrivee: whether it is an arrival of the ledger (REG-14) once granted: a succession or a derogation. The nature of a request
-- says it too; here an index can.
CREATE TABLE dossier (
    id              INTEGER PRIMARY KEY,
    nature          TEXT NOT NULL,
    numero          TEXT NOT NULL,
    caisse_code  TEXT NOT NULL REFERENCES caisse (code),
    kine_id         INTEGER REFERENCES kine (id),
    insee           TEXT NOT NULL REFERENCES commune (insee),
    bassin_code     TEXT NOT NULL REFERENCES bassin (code),
    place_id        INTEGER REFERENCES place (id),
    etat            TEXT NOT NULL,
    ouvert          INTEGER NOT NULL CHECK (ouvert IN (0, 1)),
    arrivee         INTEGER NOT NULL DEFAULT 0 CHECK (arrivee IN (0, 1)),
    assigne_a       INTEGER REFERENCES compte (id),
    echeance        TEXT NOT NULL,
    echeance_nature TEXT NOT NULL,
    depose_le       TEXT NOT NULL,
    cle_idempotence TEXT,
    version         INTEGER NOT NULL,
    CONSTRAINT dossier_etat FOREIGN KEY (nature, etat) REFERENCES code_etat_dossier (nature, code),
    CONSTRAINT dossier_kine CHECK ((nature = 'appel') = (kine_id IS NULL)),
    CONSTRAINT dossier_place CHECK (nature <> 'depart' OR place_id IS NULL),
    CONSTRAINT dossier_appel CHECK (nature <> 'appel' OR place_id IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX dossier_numero ON dossier (numero);
CREATE UNIQUE INDEX dossier_idempotence ON dossier (cle_idempotence);
-- REG-2: one departure opens at most one arrival, whatever two people decide at the same instant.
CREATE UNIQUE INDEX dossier_place_consommee ON dossier (place_id) WHERE nature = 'demande' AND etat IN ('accordee', 'installee');
-- One request of one person on one place, whatever two tabs send at the same instant.
CREATE UNIQUE INDEX dossier_place_kine ON dossier (place_id, kine_id) WHERE nature = 'demande' AND ouvert;
-- REG-12: one call under way on a place. SQLite tells broken promises apart by their columns: hence nature.
CREATE UNIQUE INDEX dossier_appel_en_cours ON dossier (place_id, nature) WHERE nature = 'appel' AND etat = 'ouvert';
-- One departure of one person that counts in a zone.
CREATE UNIQUE INDEX dossier_depart_par_zone ON dossier (kine_id, bassin_code) WHERE nature = 'depart' AND etat IN ('declaree', 'confirmee');
CREATE INDEX dossier_place ON dossier (place_id, id);
CREATE INDEX dossier_kine ON dossier (kine_id, nature, id);
CREATE INDEX dossier_bassin ON dossier (bassin_code, nature, caisse_code, etat, id);
CREATE INDEX dossier_lieu ON dossier (insee, nature, id);
CREATE INDEX dossier_lieu_caisse ON dossier (insee, caisse_code, id);
-- The activity of a period. Wider than those of the queue, which SQLite then prefers where both would do.
CREATE INDEX dossier_depot ON dossier (caisse_code, nature, depose_le, id, ouvert, echeance);
-- The same lists as those of the queue, by filing, within a CPAM.
CREATE INDEX dossier_depot_tout ON dossier (caisse_code, depose_le, id) WHERE ouvert IN (TRUE, FALSE);
CREATE INDEX dossier_depot_ouvert ON dossier (caisse_code, depose_le, id, ouvert) WHERE ouvert;
CREATE INDEX dossier_depot_file ON dossier (caisse_code, nature, depose_le, id, ouvert) WHERE ouvert;
CREATE INDEX dossier_depot_suivi ON dossier (caisse_code, assigne_a, depose_le, id, ouvert) WHERE ouvert;
CREATE INDEX dossier_depot_etat ON dossier (caisse_code, nature, etat, depose_le, id);
CREATE INDEX dossier_depot_nature ON dossier (caisse_code, nature, depose_le, id) WHERE ouvert IN (TRUE, FALSE);
-- The queue: of every nature or of one, of one CPAM or of all, open or of one state, in the order of what falls due. Each
-- list is also read whatever the state: those indexes say so by a condition that always holds, without which SQLite, that has
-- no statistics here, takes them for what is open too. SQLite counts in an index alone when it holds the column of its own
-- condition.
CREATE INDEX dossier_file_toutes ON dossier (caisse_code, echeance, id, ouvert, echeance_nature) WHERE ouvert;
CREATE INDEX dossier_file ON dossier (caisse_code, nature, echeance, id, ouvert, echeance_nature) WHERE ouvert;
CREATE INDEX dossier_file_suivi ON dossier (caisse_code, assigne_a, echeance, id, ouvert, depose_le, echeance_nature) WHERE ouvert;
CREATE INDEX dossier_file_assignee ON dossier (caisse_code, nature, assigne_a, echeance, id, ouvert, depose_le) WHERE ouvert;
CREATE INDEX dossier_file_comptes ON dossier (caisse_code, nature, etat, assigne_a, ouvert) WHERE ouvert;
CREATE INDEX dossier_file_etat ON dossier (caisse_code, nature, etat, echeance, id);
CREATE INDEX dossier_file_bassin ON dossier (caisse_code, nature, bassin_code, echeance, id);
CREATE INDEX dossier_file_commune ON dossier (caisse_code, nature, insee, echeance, id);
CREATE INDEX dossier_file_nature ON dossier (caisse_code, nature, echeance, id) WHERE ouvert IN (TRUE, FALSE);
CREATE INDEX dossier_file_tout ON dossier (caisse_code, echeance, id) WHERE ouvert IN (TRUE, FALSE);
CREATE INDEX dossier_nationale_toutes ON dossier (echeance, id) WHERE ouvert;
CREATE INDEX dossier_nationale ON dossier (nature, echeance, id) WHERE ouvert;
CREATE INDEX dossier_nationale_nature ON dossier (nature, echeance, id) WHERE ouvert IN (TRUE, FALSE);
CREATE INDEX dossier_nationale_tout ON dossier (echeance, id) WHERE ouvert IN (TRUE, FALSE);
CREATE INDEX dossier_nationale_etat ON dossier (nature, etat, echeance, id);
CREATE INDEX dossier_arrivee ON dossier (caisse_code, bassin_code, place_id, id) WHERE arrivee AND etat IN ('accordee', 'installee');

-- Departures and places (REG-1 to REG-9) ----------------------------------------------------------

-- par_derogation: REG-15, null where nobody said. categorie_cessation: REG-16, of the zone on the day of the cessation.
CREATE TABLE depart (
    id             INTEGER PRIMARY KEY REFERENCES dossier (id),
    categorie      TEXT NOT NULL,
    adresse        TEXT NOT NULL,
    date_cessation TEXT NOT NULL,
    actes_12_mois  INTEGER CHECK (actes_12_mois >= 0),
    par_derogation INTEGER CHECK (par_derogation IN (0, 1)),
    -- REG-7: opened by the caisse after a death, whose day is that of the departure.
    deces          INTEGER NOT NULL DEFAULT 0 CHECK (deces IN (0, 1)),
    categorie_cessation TEXT,
    motif          TEXT,
    traitee_le     TEXT,
    traitee_par    INTEGER REFERENCES compte (id),
    -- The count of the acts, and its contest (REG-3).
    actes_du               TEXT,
    actes_au               TEXT,
    actes_auteur           TEXT CHECK (actes_auteur IN ('caisse', 'partant')),
    actes_extrait_le       TEXT,
    decompte_communique_le TEXT,
    contestation_le        TEXT,
    contestation_actes     INTEGER CHECK (contestation_actes >= 0),
    contestation_raisons   TEXT,
    contestation_reponse_le TEXT,
    contestation_reponse   TEXT
) STRICT;

-- A departure opens at most one place (REG-2), which shares its identifier.
CREATE TABLE place (
    id                 INTEGER PRIMARY KEY REFERENCES depart (id),
    caisse_code     TEXT NOT NULL REFERENCES caisse (code),
    bassin_code        TEXT NOT NULL REFERENCES bassin (code),
    limite_designation TEXT,
    avis_cpd           TEXT CHECK (avis_cpd IN ('favorable', 'defavorable')),
    etat               TEXT NOT NULL CHECK (etat IN ('a_examiner', 'non_transmissible', 'ouverte', 'reservee', 'pourvue', 'caduque', 'a_attribuer', 'annulee', 'sans_objet')),
    explication        TEXT NOT NULL,
    parametres         TEXT NOT NULL,
    version            INTEGER NOT NULL,
    cree_le            TEXT NOT NULL,
    faits              TEXT
) STRICT;
CREATE INDEX place_bassin ON place (bassin_code, caisse_code, id);
CREATE INDEX place_caisse ON place (caisse_code, etat, id);

-- Requests (PRO) ----------------------------------------------------------------------------------

-- reserve_*: REG-17, the condition of the grant: its last day, the day it was met, the document that proves it.
CREATE TABLE demande (
    id                     INTEGER PRIMARY KEY REFERENCES dossier (id),
    nature                 TEXT NOT NULL CHECK (nature IN ('succession', 'derogation', 'hors_regulation')),
    derogation_famille     TEXT CHECK (derogation_famille IN ('A', 'B', 'C')),
    derogation_motif       TEXT,
    derogation_expose      TEXT,
    derogation_avis_cpd    TEXT CHECK (derogation_avis_cpd IN ('favorable', 'defavorable', 'partage', 'ajourne', 'repute_rendu')),
    categorie_depot        TEXT NOT NULL,
    adresse                TEXT NOT NULL,
    deja_conventionne_zone INTEGER CHECK (deja_conventionne_zone IN (0, 1)),
    entree_formation       INTEGER,
    heures_etablissement   INTEGER CHECK (heures_etablissement >= 0),
    heures_clinicat        INTEGER CHECK (heures_clinicat >= 0),
    engagement_zone        INTEGER CHECK (engagement_zone IN (0, 1)),
    actes_zone_sous_dotee  INTEGER CHECK (actes_zone_sous_dotee >= 0),
    complete_le            TEXT,
    notifiee_le            TEXT,
    notification_mode      TEXT CHECK (notification_mode IN ('recommande', 'portail')),
    installee_le           TEXT,
    reserve_au             TEXT,
    reserve_levee_le       TEXT,
    reserve_piece_id       INTEGER REFERENCES piece (id),
    generales              TEXT,
    premier_acte           TEXT,
    sur_papier             INTEGER NOT NULL DEFAULT 0 CHECK (sur_papier IN (0, 1)),
    -- PRO-5: who sent the last proposal back, and why; nothing once another is made.
    renvoi_par             TEXT,
    renvoi_motif           TEXT,
    pieces_attendues       TEXT,
    pieces_venues_le       TEXT,
    CONSTRAINT demande_pieces CHECK (pieces_venues_le IS NULL OR pieces_attendues IS NOT NULL),
    CONSTRAINT demande_derogation CHECK ((nature = 'derogation') = (derogation_famille IS NOT NULL))
) STRICT;

CREATE TABLE reduction (
    demande_id INTEGER PRIMARY KEY REFERENCES demande (id),
    rpps       TEXT NOT NULL,
    baisse     INTEGER NOT NULL CHECK (baisse BETWEEN 0 AND 100),
    debut      TEXT NOT NULL,
    duree_mois INTEGER NOT NULL CHECK (duree_mois > 0)
) STRICT;
CREATE INDEX reduction_rpps ON reduction (rpps);

CREATE TABLE decision (
    id                 INTEGER PRIMARY KEY,
    dossier_id         INTEGER NOT NULL REFERENCES dossier (id),
    sens               TEXT NOT NULL CHECK (sens IN ('accord', 'refus')),
    fondement          TEXT NOT NULL CHECK (fondement IN ('succession', 'derogation', 'hors_regulation', 'refus')),
    motifs             TEXT NOT NULL,
    ecart_motive       TEXT,
    reserve            TEXT,
    malgre_recours     TEXT,
    categorie          TEXT NOT NULL,
    faits              TEXT NOT NULL,
    resultat           TEXT NOT NULL,
    explication        TEXT NOT NULL,
    parametres         TEXT NOT NULL,
    etat               TEXT NOT NULL CHECK (etat IN ('proposee', 'renvoyee', 'decidee', 'annulee')),
    proposee_par       INTEGER NOT NULL REFERENCES compte (id),
    proposee_le        TEXT NOT NULL,
    decidee_par        INTEGER REFERENCES compte (id),
    decidee_le         TEXT,
    signataire         TEXT,
    signataire_qualite TEXT,
    effet              TEXT,
    document           TEXT,
    empreinte          TEXT,
    CHECK ((document IS NULL) = (empreinte IS NULL))
) STRICT;
CREATE UNIQUE INDEX decision_active ON decision (dossier_id) WHERE etat IN ('proposee', 'decidee');
CREATE INDEX decision_dossier ON decision (dossier_id, id);

-- How a decision was sent, and what is known of it since (PRO-8).
-- PRO-7: what is born of a silence, and what was asked for and given since.
CREATE TABLE silence (
    dossier_id  INTEGER PRIMARY KEY REFERENCES dossier (id),
    effet       TEXT NOT NULL CHECK (effet IN ('rejet', 'acceptation')),
    le          TEXT NOT NULL,
    demande_le  TEXT,
    reponse_le  TEXT,
    reponse     TEXT,
    repondu_par INTEGER REFERENCES compte (id),
    recue_le    TEXT,
    CHECK ((reponse_le IS NULL) = (repondu_par IS NULL)),
    CHECK (recue_le IS NULL OR reponse_le IS NOT NULL)
) STRICT;

-- PRO-13: the hearing of the applicant by the commission: asked for, its day, what became of it. `heure` is that of the caisse.
CREATE TABLE audition (
    dossier_id  INTEGER PRIMARY KEY REFERENCES dossier (id),
    demandee_le TEXT,
    assistance  TEXT,
    le          TEXT,
    heure       TEXT,
    lieu        TEXT,
    entendue    INTEGER CHECK (entendue IN (0, 1)),
    raison      TEXT,
    CONSTRAINT audition_objet CHECK (demandee_le IS NOT NULL OR le IS NOT NULL),
    CONSTRAINT audition_seance CHECK ((le IS NULL) = (heure IS NULL) AND (le IS NULL) = (lieu IS NULL))
) STRICT;

-- PRO-4: what the opinion of the commission on a request says beside its sense: its day, and why.
CREATE TABLE avis_rendu (
    dossier_id INTEGER PRIMARY KEY REFERENCES dossier (id),
    le         TEXT NOT NULL,
    motif      TEXT
) STRICT;

-- decision_id: none for the reasons of a refusal born of silence.
CREATE TABLE envoi (
    id          INTEGER PRIMARY KEY,
    dossier_id  INTEGER NOT NULL REFERENCES dossier (id),
    decision_id INTEGER REFERENCES decision (id),
    moyen       TEXT NOT NULL CHECK (moyen IN ('portail', 'recommande', 'main_propre')),
    envoye_le   TEXT NOT NULL,
    par         INTEGER REFERENCES compte (id),
    numero      TEXT,
    avisee_le   TEXT,
    remise_le   TEXT,
    retour      TEXT CHECK (retour IN ('non_reclamee', 'inconnue')),
    ouverte_le  TEXT,
    terme       TEXT,
    notifiee_le TEXT
) STRICT;
CREATE INDEX envoi_decision ON envoi (decision_id, id);
CREATE INDEX envoi_dossier ON envoi (dossier_id, id);
-- The daily look reads those that wait to be opened.
CREATE INDEX envoi_attendu ON envoi (terme) WHERE moyen = 'portail' AND notifiee_le IS NULL AND terme IS NOT NULL;

-- GEN-2: an attestation, frozen with its digest; whoever holds its code may ask whether it still holds.
CREATE TABLE attestation (
    id         INTEGER PRIMARY KEY,
    dossier_id INTEGER NOT NULL REFERENCES dossier (id),
    nature     TEXT NOT NULL CHECK (nature IN ('conventionnement', 'place')),
    code       TEXT NOT NULL,
    document   TEXT NOT NULL,
    empreinte  TEXT NOT NULL,
    faite_le   TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX attestation_code ON attestation (code);
CREATE INDEX attestation_dossier ON attestation (dossier_id, id);
CREATE TRIGGER attestation_immuable BEFORE UPDATE ON attestation
BEGIN
    SELECT RAISE(ABORT, 'attestation is never changed');
END;

-- Calls to candidates (REG-12) --------------------------------------------------------------------

CREATE TABLE charte (
    id             INTEGER PRIMARY KEY,
    caisse_code TEXT NOT NULL REFERENCES caisse (code),
    du             TEXT NOT NULL,
    appliquee      INTEGER NOT NULL CHECK (appliquee IN (0, 1)),
    auteur_id      INTEGER NOT NULL REFERENCES compte (id),
    cree_le        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX charte_jour ON charte (caisse_code, du);
CREATE TRIGGER charte_immuable BEFORE UPDATE ON charte
BEGIN
    SELECT RAISE(ABORT, 'charte is never changed');
END;

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
CREATE TRIGGER charte_critere_immuable BEFORE UPDATE ON charte_critere
BEGIN
    SELECT RAISE(ABORT, 'charte_critere is never changed');
END;

CREATE TABLE appel (
    id           INTEGER PRIMARY KEY REFERENCES dossier (id),
    charte_id    INTEGER NOT NULL REFERENCES charte (id),
    ouvert_le    TEXT NOT NULL,
    cloture      TEXT NOT NULL,
    explication  TEXT NOT NULL,
    ouvert_par   INTEGER NOT NULL REFERENCES compte (id),
    cpd_le       TEXT,
    cpd_motif    TEXT,
    clos_le      TEXT,
    clos_par     INTEGER REFERENCES compte (id),
    motif        TEXT,
    classement   TEXT,
    delai        TEXT,
    depot_limite TEXT,
    cpd_par      INTEGER REFERENCES compte (id),
    cpd_saisi_le TEXT
) STRICT;
CREATE INDEX appel_depot ON appel (id) WHERE depot_limite IS NOT NULL;

CREATE TABLE candidature (
    id         INTEGER PRIMARY KEY,
    appel_id   INTEGER NOT NULL REFERENCES appel (id),
    kine_id    INTEGER NOT NULL REFERENCES kine (id),
    etat       TEXT NOT NULL CHECK (etat IN ('deposee', 'retiree', 'ecartee', 'retenue', 'non_retenue', 'defaillante')),
    motif      TEXT,
    rang_cpd   INTEGER CHECK (rang_cpd > 0),
    deposee_le TEXT NOT NULL,
    close_le   TEXT
) STRICT;
CREATE UNIQUE INDEX candidature_retenue ON candidature (appel_id) WHERE etat = 'retenue';
CREATE UNIQUE INDEX candidature_unique ON candidature (appel_id, kine_id) WHERE etat <> 'retiree';
CREATE INDEX candidature_appel ON candidature (appel_id, id);
CREATE INDEX candidature_kine ON candidature (kine_id, id);

CREATE TABLE candidature_valeur (
    candidature_id INTEGER NOT NULL REFERENCES candidature (id),
    critere_id     INTEGER NOT NULL REFERENCES charte_critere (id),
    declaree       INTEGER,
    retenue        INTEGER,
    verifiee_par   INTEGER REFERENCES compte (id),
    verifiee_le    TEXT,
    PRIMARY KEY (candidature_id, critere_id)
) STRICT;

-- Documents ---------------------------------------------------------------------------------------

-- candidature_id: whose document it is, among those sent to a call.
CREATE TABLE piece (
    id             INTEGER PRIMARY KEY,
    dossier_id     INTEGER NOT NULL REFERENCES dossier (id),
    candidature_id INTEGER REFERENCES candidature (id),
    nature         TEXT NOT NULL,
    sante          INTEGER NOT NULL DEFAULT 0 CHECK (sante IN (0, 1)),
    nom            TEXT NOT NULL,
    media          TEXT NOT NULL CHECK (media IN ('application/pdf', 'image/jpeg', 'image/png')),
    taille         INTEGER NOT NULL,
    empreinte      TEXT NOT NULL,
    cle            TEXT NOT NULL,
    etat           TEXT NOT NULL CHECK (etat IN ('recue', 'acceptee', 'refusee')),
    motif          TEXT,
    deposee_par    INTEGER NOT NULL REFERENCES compte (id),
    deposee_le     TEXT NOT NULL,
    examinee_le    TEXT,
    examinee_par   INTEGER REFERENCES compte (id),
    remplacee_le   TEXT,
    remplacee_par  INTEGER REFERENCES piece (id)
) STRICT;
CREATE INDEX piece_dossier ON piece (dossier_id, id);
CREATE INDEX piece_candidature ON piece (candidature_id, id);
-- PRO-14: the compartment of health.
CREATE INDEX piece_sante ON piece (dossier_id) WHERE sante;

CREATE TABLE piece_demandee (
    id          INTEGER PRIMARY KEY,
    dossier_id  INTEGER NOT NULL REFERENCES dossier (id),
    nature      TEXT NOT NULL,
    precision   TEXT,
    demandee_le TEXT NOT NULL,
    limite      TEXT NOT NULL,
    recue_le    TEXT,
    piece_id    INTEGER REFERENCES piece (id)
) STRICT;
CREATE INDEX piece_demandee_dossier ON piece_demandee (dossier_id, id);

-- Heirs and designations (REG-5 to REG-8) ---------------------------------------------------------

CREATE TABLE ayant_droit (
    id              INTEGER PRIMARY KEY,
    depart_id    INTEGER NOT NULL REFERENCES depart (id),
    nom             TEXT NOT NULL,
    qualite         TEXT NOT NULL CHECK (qualite IN ('heritier', 'representant')),
    courriel        TEXT NOT NULL,
    telephone       TEXT,
    piece_id        INTEGER NOT NULL REFERENCES piece (id),
    jeton_empreinte TEXT NOT NULL,
    habilite_par    INTEGER NOT NULL REFERENCES compte (id),
    habilite_le     TEXT NOT NULL,
    retire_le       TEXT
) STRICT;
CREATE UNIQUE INDEX ayant_droit_jeton ON ayant_droit (jeton_empreinte);
CREATE UNIQUE INDEX ayant_droit_actif ON ayant_droit (depart_id) WHERE retire_le IS NULL;
CREATE INDEX ayant_droit_depart ON ayant_droit (depart_id, id);

-- PRO-13: who acts for an applicant, on a written mandate that the caisse receives or refuses.
CREATE TABLE representant (
    id         INTEGER PRIMARY KEY,
    dossier_id INTEGER NOT NULL REFERENCES dossier (id),
    nom        TEXT NOT NULL,
    courriel   TEXT NOT NULL,
    du         TEXT NOT NULL,
    au         TEXT,
    piece_id   INTEGER NOT NULL REFERENCES piece (id),
    etat       TEXT NOT NULL CHECK (etat IN ('propose', 'verifie', 'refuse', 'revoque')),
    motif      TEXT,
    cree_le    TEXT NOT NULL,
    change_le  TEXT,
    change_par INTEGER REFERENCES compte (id),
    CONSTRAINT representant_dates CHECK (au IS NULL OR au >= du)
) STRICT;
CREATE UNIQUE INDEX representant_actif ON representant (dossier_id) WHERE etat IN ('propose', 'verifie');
CREATE INDEX representant_dossier ON representant (dossier_id, id);

CREATE TABLE designation (
    id              INTEGER PRIMARY KEY,
    place_id        INTEGER NOT NULL REFERENCES place (id),
    rpps            TEXT NOT NULL,
    courriel        TEXT NOT NULL,
    kine_id         INTEGER REFERENCES kine (id),
    etat            TEXT NOT NULL CHECK (etat IN ('en_attente', 'acceptee', 'declinee', 'remplacee', 'renoncee', 'annulee', 'retiree', 'sans_objet')),
    jeton_empreinte TEXT NOT NULL,
    auteur_id       INTEGER REFERENCES compte (id),
    ayant_droit_id  INTEGER REFERENCES ayant_droit (id),
    cree_le         TEXT NOT NULL,
    close_le        TEXT,
    candidature_id  INTEGER REFERENCES candidature (id),
    CONSTRAINT designation_auteur CHECK ((auteur_id IS NULL) <> (ayant_droit_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX designation_active ON designation (place_id) WHERE etat IN ('en_attente', 'acceptee');
CREATE UNIQUE INDEX designation_jeton ON designation (jeton_empreinte);
CREATE INDEX designation_rpps ON designation (rpps);
CREATE INDEX designation_place ON designation (place_id, id);

-- Deadlines and reminders (ECH) -------------------------------------------------------------------

-- Its rows are the kinds that the program declares, written by «releve migrate»; so are those of code_nature_tache.
CREATE TABLE code_nature_echeance (
    code TEXT PRIMARY KEY
) STRICT;

CREATE TABLE echeance (
    id                INTEGER PRIMARY KEY,
    caisse_code    TEXT NOT NULL REFERENCES caisse (code),
    nature            TEXT NOT NULL REFERENCES code_nature_echeance (code),
    dossier_id        INTEGER NOT NULL REFERENCES dossier (id),
    regle             TEXT NOT NULL,
    depart            TEXT NOT NULL,
    delai             TEXT NOT NULL,
    brute             TEXT NOT NULL,
    suspensions       TEXT NOT NULL,
    apres_suspensions TEXT NOT NULL,
    finale            TEXT NOT NULL,
    explication       TEXT NOT NULL,
    etat              TEXT NOT NULL CHECK (etat IN ('en_cours', 'satisfaite', 'annulee', 'remplacee')),
    motif             TEXT,
    cree_le           TEXT NOT NULL,
    cree_par          INTEGER REFERENCES compte (id),
    close_le          TEXT
) STRICT;
CREATE UNIQUE INDEX echeance_active ON echeance (dossier_id, nature) WHERE etat = 'en_cours';
CREATE INDEX echeance_dossier ON echeance (dossier_id, id);
CREATE INDEX echeance_silence ON echeance (caisse_code, finale, dossier_id) WHERE etat = 'en_cours' AND nature = 'decision_implicite';
CREATE INDEX echeance_silence_nationale ON echeance (finale, dossier_id) WHERE etat = 'en_cours' AND nature = 'decision_implicite';
CREATE INDEX echeance_en_cours ON echeance (finale, id) WHERE etat = 'en_cours';

CREATE TABLE rappel (
    id          INTEGER PRIMARY KEY,
    echeance_id INTEGER NOT NULL REFERENCES echeance (id),
    code        TEXT NOT NULL,
    envoye_le   TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX rappel_une_fois ON rappel (echeance_id, code);

-- What a practitioner tells, and what she writes --------------------------------------------------

-- PRO-1: a case that changed caisse. The former one keeps that it forwarded this number, nothing else.
CREATE TABLE transmission (
    id           INTEGER PRIMARY KEY,
    dossier_id   INTEGER NOT NULL REFERENCES dossier (id),
    de           TEXT NOT NULL REFERENCES caisse (code),
    vers         TEXT NOT NULL REFERENCES caisse (code),
    transmise_le TEXT NOT NULL,
    par          INTEGER NOT NULL REFERENCES compte (id),
    raison       TEXT NOT NULL,
    CHECK (de <> vers)
) STRICT;
CREATE INDEX transmission_dossier ON transmission (dossier_id, id);
CREATE INDEX transmission_de ON transmission (de, id);

CREATE TABLE changement (
    id              INTEGER PRIMARY KEY,
    kine_id         INTEGER NOT NULL REFERENCES kine (id),
    caisse_code  TEXT NOT NULL REFERENCES caisse (code),
    nature          TEXT NOT NULL CHECK (nature IN ('demenagement', 'correspondance', 'absence', 'rectification')),
    insee_avant     TEXT REFERENCES commune (insee),
    adresse_avant   TEXT,
    insee           TEXT REFERENCES commune (insee),
    adresse         TEXT,
    bassin_code     TEXT REFERENCES bassin (code),
    du              TEXT,
    au              TEXT,
    expose          TEXT,
    cle_idempotence TEXT NOT NULL,
    declare_le      TEXT NOT NULL,
    traite_le       TEXT,
    traite_par      INTEGER REFERENCES compte (id),
    reponse         TEXT,
    CONSTRAINT changement_dates CHECK (au IS NULL OR au >= du)
) STRICT;
CREATE UNIQUE INDEX changement_idempotence ON changement (kine_id, cle_idempotence);
CREATE INDEX changement_kine ON changement (kine_id, id);
CREATE INDEX changement_caisse ON changement (caisse_code, id);
CREATE INDEX changement_a_traiter ON changement (caisse_code, id) WHERE traite_le IS NULL;

-- mises_a_part: how many of its documents touch health: they are documents of the case, in their compartment (PRO-14).
CREATE TABLE message (
    id              INTEGER PRIMARY KEY,
    caisse_code  TEXT NOT NULL REFERENCES caisse (code),
    kine_id         INTEGER NOT NULL REFERENCES kine (id),
    dossier_id      INTEGER NOT NULL REFERENCES dossier (id),
    cote            TEXT NOT NULL CHECK (cote IN ('kine', 'caisse')),
    auteur_id       INTEGER NOT NULL REFERENCES compte (id),
    auteur          TEXT NOT NULL,
    texte           TEXT NOT NULL,
    cle_idempotence TEXT NOT NULL,
    envoye_le       TEXT NOT NULL,
    lu_le           TEXT,
    lu_par          INTEGER REFERENCES compte (id),
    mises_a_part    INTEGER NOT NULL DEFAULT 0 CHECK (mises_a_part >= 0)
) STRICT;
CREATE UNIQUE INDEX message_idempotence ON message (auteur_id, cle_idempotence);
CREATE INDEX message_dossier ON message (dossier_id, id);
CREATE INDEX message_non_lu_caisse ON message (caisse_code, id) WHERE lu_le IS NULL AND cote = 'kine';
CREATE INDEX message_non_lu_kine ON message (kine_id, id) WHERE lu_le IS NULL AND cote = 'caisse';

CREATE TABLE message_piece (
    id         INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES message (id),
    nom        TEXT NOT NULL,
    media      TEXT NOT NULL CHECK (media IN ('application/pdf', 'image/jpeg', 'image/png')),
    taille     INTEGER NOT NULL,
    empreinte  TEXT NOT NULL,
    cle        TEXT NOT NULL
) STRICT;
CREATE INDEX message_piece_message ON message_piece (message_id, id);
CREATE INDEX message_piece_cle ON message_piece (cle);

CREATE TABLE brouillon (
    id             INTEGER PRIMARY KEY,
    compte_id INTEGER NOT NULL REFERENCES compte (id),
    formulaire     TEXT NOT NULL CHECK (formulaire IN ('depart', 'demande', 'candidature', 'papier', 'recours', 'envoi')),
    chemin         TEXT NOT NULL,
    cle            TEXT NOT NULL,
    champs         TEXT NOT NULL,
    cree_le        TEXT NOT NULL,
    modifie_le     TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX brouillon_cle ON brouillon (compte_id, cle);
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

-- Work of a CPAM ----------------------------------------------------------------------------------

CREATE TABLE etiquette (
    id             INTEGER PRIMARY KEY,
    caisse_code TEXT NOT NULL REFERENCES caisse (code),
    nom            TEXT NOT NULL,
    nom_recherche  TEXT NOT NULL,
    cree_par       INTEGER NOT NULL REFERENCES compte (id),
    cree_le        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX etiquette_nom ON etiquette (caisse_code, nom_recherche);

CREATE TABLE dossier_etiquette (
    etiquette_id INTEGER NOT NULL REFERENCES etiquette (id),
    dossier_id   INTEGER NOT NULL REFERENCES dossier (id),
    PRIMARY KEY (etiquette_id, dossier_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_etiquette_dossier ON dossier_etiquette (dossier_id);

CREATE TABLE vue_enregistree (
    id             INTEGER PRIMARY KEY,
    compte_id INTEGER NOT NULL REFERENCES compte (id),
    caisse_code TEXT NOT NULL REFERENCES caisse (code),
    nom            TEXT NOT NULL,
    requete        TEXT NOT NULL,
    partagee       INTEGER NOT NULL CHECK (partagee IN (0, 1)),
    cree_le        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX vue_enregistree_nom ON vue_enregistree (compte_id, nom);
CREATE INDEX vue_enregistree_caisse ON vue_enregistree (caisse_code, partagee);

CREATE TABLE note (
    id              INTEGER PRIMARY KEY,
    dossier_id      INTEGER NOT NULL REFERENCES dossier (id),
    auteur_id       INTEGER NOT NULL REFERENCES compte (id),
    texte           TEXT NOT NULL,
    cle_idempotence TEXT NOT NULL,
    cree_le         TEXT NOT NULL
) STRICT;
CREATE INDEX note_dossier ON note (dossier_id, id);
CREATE UNIQUE INDEX note_idempotence ON note (cle_idempotence);

CREATE TABLE presence (
    dossier_id     INTEGER NOT NULL REFERENCES dossier (id),
    compte_id INTEGER NOT NULL REFERENCES compte (id),
    vue_le         TEXT NOT NULL,
    PRIMARY KEY (dossier_id, compte_id)
) STRICT, WITHOUT ROWID;

-- What is new for whom: on which case, since which instant and until which, and when she read it. What happened is in
-- `evenement`. caisse_code: for which caisse she follows the case; none for the practitioner whose case it is.
CREATE TABLE nouveaute (
    compte_id   INTEGER NOT NULL REFERENCES compte (id),
    dossier_id  INTEGER NOT NULL REFERENCES dossier (id),
    caisse_code TEXT REFERENCES caisse (code),
    depuis      TEXT NOT NULL,
    dernier     TEXT NOT NULL,
    lue_le      TEXT,
    PRIMARY KEY (compte_id, dossier_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX nouveaute_a_lire ON nouveaute (compte_id, caisse_code) WHERE lue_le IS NULL;
CREATE INDEX nouveaute_derniere ON nouveaute (compte_id, dernier, dossier_id);
CREATE INDEX nouveaute_dossier ON nouveaute (dossier_id);

-- The sentences that a caisse uses again, with their marks.
CREATE TABLE phrase (
    id          INTEGER PRIMARY KEY,
    caisse_code TEXT NOT NULL REFERENCES caisse (code),
    emploi      TEXT NOT NULL CHECK (emploi IN ('decision', 'refus_piece', 'message')),
    titre       TEXT NOT NULL,
    texte       TEXT NOT NULL,
    modifie_par INTEGER NOT NULL REFERENCES compte (id),
    modifie_le  TEXT NOT NULL,
    version     INTEGER NOT NULL
) STRICT;
CREATE INDEX phrase_caisse ON phrase (caisse_code, id);

CREATE TABLE lot (
    id             INTEGER PRIMARY KEY,
    caisse_code TEXT NOT NULL REFERENCES caisse (code),
    auteur_id      INTEGER NOT NULL REFERENCES compte (id),
    acte           TEXT NOT NULL CHECK (acte IN ('assigner', 'liberer', 'etiqueter', 'desetiqueter', 'ecrire', 'relancer')),
    cible_id       INTEGER,
    cible_nom      TEXT NOT NULL,
    message        TEXT,
    selection      TEXT NOT NULL,
    total          INTEGER NOT NULL,
    etat           TEXT NOT NULL CHECK (etat IN ('prepare', 'en_cours', 'termine', 'annulation', 'annule')),
    cree_le        TEXT NOT NULL,
    fini_le        TEXT
) STRICT;
CREATE INDEX lot_caisse ON lot (caisse_code, id);
CREATE INDEX lot_inacheve ON lot (id) WHERE etat IN ('en_cours', 'annulation');

CREATE TABLE lot_dossier (
    lot_id     INTEGER NOT NULL REFERENCES lot (id) ON DELETE CASCADE,
    dossier_id INTEGER NOT NULL REFERENCES dossier (id),
    etat       TEXT NOT NULL CHECK (etat IN ('a_faire', 'fait', 'inchange', 'refuse', 'annule', 'garde')),
    avant      INTEGER,
    message    TEXT,
    PRIMARY KEY (lot_id, dossier_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lot_dossier_etat ON lot_dossier (lot_id, etat, dossier_id);

-- Search ------------------------------------------------------------------------------------------

CREATE TABLE dossier_mot (
    caisse_code TEXT NOT NULL,
    mot            TEXT NOT NULL,
    dossier_id     INTEGER NOT NULL REFERENCES dossier (id),
    nature         TEXT NOT NULL,
    PRIMARY KEY (caisse_code, mot, dossier_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_mot_national ON dossier_mot (mot, dossier_id);
CREATE INDEX dossier_mot_dossier ON dossier_mot (dossier_id, mot);

CREATE TABLE mot_variante (
    variante TEXT NOT NULL,
    mot      TEXT NOT NULL,
    PRIMARY KEY (variante, mot)
) STRICT, WITHOUT ROWID;

-- The cases whose words are to be written again.
CREATE TABLE mot_a_refaire (
    dossier_id INTEGER PRIMARY KEY REFERENCES dossier (id)
) STRICT;

-- Figures -----------------------------------------------------------------------------------------

CREATE TABLE statistique_nationale (
    mois      INTEGER PRIMARY KEY,
    du        TEXT NOT NULL,
    releve_le TEXT NOT NULL,
    figures   TEXT NOT NULL
) STRICT;

-- Durable work, and mail (outbox) --------------------------------------------------------------------

CREATE TABLE code_nature_tache (
    code TEXT PRIMARY KEY
) STRICT;

-- bail: the number of the last claim. Who concludes says his: an older claim no longer counts.
-- engagee_le: from here on the effect may have left; a claim that died before is simply taken again.
-- dossier_id: the case it works for, if it is one. donnees: what its nature needs to know, in JSON.
CREATE TABLE tache (
    id              INTEGER PRIMARY KEY,
    nature          TEXT NOT NULL REFERENCES code_nature_tache (code),
    cle             TEXT NOT NULL,
    etat            TEXT NOT NULL CHECK (etat IN ('a_faire', 'en_cours', 'faite', 'echec', 'incertaine', 'classee')),
    tentatives      INTEGER NOT NULL CHECK (tentatives >= 0),
    prochain_essai  TEXT NOT NULL,
    bail            INTEGER NOT NULL CHECK (bail >= 0),
    reclame_le      TEXT,
    engagee_le      TEXT,
    derniere_erreur TEXT,
    cree_le         TEXT NOT NULL,
    conclue_le      TEXT,
    dossier_id      INTEGER REFERENCES dossier (id),
    donnees         TEXT NOT NULL,
    CONSTRAINT tache_reclamee CHECK (etat <> 'en_cours' OR reclame_le IS NOT NULL),
    CONSTRAINT tache_conclue CHECK ((etat IN ('a_faire', 'en_cours')) = (conclue_le IS NULL))
) STRICT;
CREATE UNIQUE INDEX tache_cle ON tache (cle);
CREATE INDEX tache_a_faire ON tache (nature, prochain_essai, id) WHERE etat = 'a_faire';
CREATE INDEX tache_en_cours ON tache (nature, reclame_le) WHERE etat = 'en_cours';
CREATE INDEX tache_morte ON tache (nature, etat) WHERE etat IN ('echec', 'incertaine');
CREATE INDEX tache_dossier ON tache (dossier_id) WHERE dossier_id IS NOT NULL;

-- A mail shares the identifier of the task that sends it.
CREATE TABLE courriel (
    id           INTEGER PRIMARY KEY REFERENCES tache (id),
    modele       TEXT NOT NULL,
    destinataire TEXT NOT NULL,
    sujet        TEXT NOT NULL,
    texte        TEXT NOT NULL,
    html         TEXT NOT NULL
) STRICT;

-- A mail is filed with its task by one statement, and never without it.
CREATE VIEW courriel_depose AS
    SELECT t.cle, c.modele, c.destinataire, c.sujet, c.texte, c.html, t.cree_le, t.dossier_id
    FROM courriel c JOIN tache t ON t.id = c.id;
CREATE TRIGGER courriel_deposer INSTEAD OF INSERT ON courriel_depose
BEGIN
    INSERT INTO tache (nature, cle, etat, tentatives, prochain_essai, bail, cree_le, dossier_id, donnees)
    VALUES ('courriel', NEW.cle, 'a_faire', 0, NEW.cree_le, 0, NEW.cree_le, NEW.dossier_id, '{}');
    INSERT INTO courriel (id, modele, destinataire, sujet, texte, html)
    VALUES (last_insert_rowid(), NEW.modele, NEW.destinataire, NEW.sujet, NEW.texte, NEW.html);
END;

-- PRO-13: what would be mailed to somebody who has no account is printed and posted. Who it goes to is as it was that day.
CREATE TABLE lettre (
    id           INTEGER PRIMARY KEY,
    dossier_id   INTEGER NOT NULL REFERENCES dossier (id),
    cle          TEXT NOT NULL,
    modele       TEXT NOT NULL,
    destinataire TEXT NOT NULL,
    sujet        TEXT NOT NULL,
    texte        TEXT NOT NULL,
    cree_le      TEXT NOT NULL,
    postee_le    TEXT,
    postee_par   INTEGER REFERENCES compte (id),
    CONSTRAINT lettre_postee CHECK ((postee_le IS NULL) = (postee_par IS NULL))
) STRICT;
CREATE UNIQUE INDEX lettre_cle ON lettre (cle);
CREATE INDEX lettre_dossier ON lettre (dossier_id, id);

-- A letter as a document: the text that was frozen with its digest, the code that verifies it, and its print, made once by the
-- task whose identifier it shares. decision_id: the decision that it notifies, if it is one.
CREATE TABLE document_emis (
    id            INTEGER PRIMARY KEY REFERENCES tache (id),
    dossier_id    INTEGER NOT NULL REFERENCES dossier (id),
    decision_id   INTEGER REFERENCES decision (id),
    nature        TEXT NOT NULL CHECK (nature IN ('accord_succession', 'accord_derogation', 'accord_libre', 'accord_conditionnel', 'refus', 'motifs_implicite', 'attestation_conventionnement', 'attestation_place')),
    document      TEXT NOT NULL,
    empreinte     TEXT NOT NULL,
    code          TEXT NOT NULL,
    emis_le       TEXT NOT NULL,
    pdf_cle       TEXT,
    pdf_empreinte TEXT,
    imprime_le    TEXT,
    CONSTRAINT document_emis_imprime CHECK ((pdf_cle IS NULL) = (imprime_le IS NULL) AND (pdf_cle IS NULL) = (pdf_empreinte IS NULL))
) STRICT;
CREATE UNIQUE INDEX document_emis_code ON document_emis (code);
CREATE INDEX document_emis_dossier ON document_emis (dossier_id, id);
CREATE INDEX document_emis_decision ON document_emis (decision_id) WHERE decision_id IS NOT NULL;
CREATE INDEX document_emis_pdf ON document_emis (pdf_cle) WHERE pdf_cle IS NOT NULL;
-- Printed once; what it says never changes.
CREATE TRIGGER document_emis_immuable BEFORE UPDATE ON document_emis
WHEN OLD.imprime_le IS NOT NULL OR NEW.dossier_id <> OLD.dossier_id OR NEW.decision_id IS NOT OLD.decision_id
    OR NEW.nature <> OLD.nature OR NEW.document <> OLD.document OR NEW.empreinte <> OLD.empreinte OR NEW.code <> OLD.code
    OR NEW.emis_le <> OLD.emis_le
BEGIN
    SELECT RAISE(ABORT, 'document_emis is never changed');
END;

-- Appeals (PRO-6, PRO-9) --------------------------------------------------------------------------

-- conteste_id: the case whose act is contested. degre: where it stands; what happened before the courts is in recours_tribunal.
-- terme: the last day to contest; none where no delay ran. tribunal_avant: the last day to go to the court.
CREATE TABLE recours (
    id             INTEGER PRIMARY KEY REFERENCES dossier (id),
    conteste_id    INTEGER NOT NULL REFERENCES dossier (id),
    decision_id    INTEGER REFERENCES decision (id),
    contestee      TEXT NOT NULL,
    contestee_le   TEXT,
    terme          TEXT,
    degre          TEXT NOT NULL,
    envoye_le      TEXT NOT NULL,
    recu_le        TEXT NOT NULL,
    papier         INTEGER NOT NULL CHECK (papier IN (0, 1)),
    moyens         TEXT NOT NULL,
    accuse_le      TEXT,
    repondre_avant TEXT NOT NULL,
    issue          TEXT,
    decide_le      TEXT,
    motifs         TEXT,
    reponses       TEXT,
    document       TEXT,
    empreinte      TEXT,
    notifiee_le    TEXT,
    tribunal_avant TEXT,
    CONSTRAINT recours_soi CHECK (conteste_id <> id),
    CONSTRAINT recours_document CHECK ((document IS NULL) = (empreinte IS NULL))
) STRICT;
CREATE INDEX recours_conteste ON recours (conteste_id, id);
CREATE INDEX recours_decision ON recours (decision_id) WHERE decision_id IS NOT NULL;

CREATE TABLE recours_tribunal (
    recours_id INTEGER NOT NULL REFERENCES recours (id),
    degre      TEXT NOT NULL,
    saisi_le   TEXT NOT NULL,
    numero     TEXT,
    juge_le    TEXT,
    issue      TEXT,
    motifs     TEXT,
    PRIMARY KEY (recours_id, degre),
    CONSTRAINT recours_juge CHECK ((juge_le IS NULL) = (issue IS NULL))
) STRICT;

-- Timeline and audit: append-only -----------------------------------------------------------------

-- The events of a caisse, or those of the nation, are a chain: each holds the digest of the one before. Here stands the last
-- of each, locked last by who writes.
CREATE TABLE chaine (
    code           TEXT PRIMARY KEY,
    caisse_code TEXT REFERENCES caisse (code),
    seq            INTEGER NOT NULL CHECK (seq >= 0),
    empreinte      BLOB NOT NULL CHECK (length(empreinte) = 32),
    CHECK (code = COALESCE(caisse_code, 'nation'))
) STRICT;

-- texte: what is hashed, as it was written; the columns before it only repeat what it says, to be searched.
-- lie_id: another case that this happened to as well: the departure whose place a request is about.
-- acteur_id, sel, personnel: who, and what is said of people. The text holds a commitment to them, so that the three can be
-- erased, at once and nothing else, while the chain still holds.
CREATE TABLE evenement (
    id         INTEGER PRIMARY KEY,
    chaine     TEXT NOT NULL REFERENCES chaine (code),
    seq        INTEGER NOT NULL CHECK (seq > 0),
    code       TEXT NOT NULL,
    le         TEXT NOT NULL,
    dossier_id INTEGER REFERENCES dossier (id),
    lie_id     INTEGER REFERENCES dossier (id),
    texte      TEXT NOT NULL,
    precedente BLOB NOT NULL CHECK (length(precedente) = 32),
    empreinte  BLOB NOT NULL CHECK (length(empreinte) = 32),
    acteur_id  INTEGER REFERENCES compte (id),
    sel        BLOB,
    personnel  TEXT,
    UNIQUE (chaine, seq),
    CHECK ((sel IS NULL) = (personnel IS NULL)),
    CHECK (personnel IS NOT NULL OR acteur_id IS NULL)
) STRICT;
CREATE UNIQUE INDEX evenement_precedente ON evenement (chaine, precedente);
CREATE INDEX evenement_dossier ON evenement (dossier_id, id);
CREATE INDEX evenement_lie ON evenement (lie_id, id);
CREATE INDEX evenement_import ON evenement (id)
    WHERE code IN ('import.organismes', 'import.communes', 'import.zonage', 'import.zonage_complete');
CREATE TRIGGER evenement_immuable_modification BEFORE UPDATE ON evenement
WHEN NOT (NEW.acteur_id IS NULL AND NEW.sel IS NULL AND NEW.personnel IS NULL
    AND NEW.id IS OLD.id AND NEW.chaine IS OLD.chaine AND NEW.seq IS OLD.seq AND NEW.code IS OLD.code
    AND NEW.le IS OLD.le AND NEW.dossier_id IS OLD.dossier_id AND NEW.lie_id IS OLD.lie_id
    AND NEW.texte IS OLD.texte AND NEW.precedente IS OLD.precedente AND NEW.empreinte IS OLD.empreinte)
BEGIN
    SELECT RAISE(ABORT, 'evenement is append-only');
END;
CREATE TRIGGER evenement_immuable_suppression BEFORE DELETE ON evenement
BEGIN
    SELECT RAISE(ABORT, 'evenement is append-only');
END;

-- The state of all chains at an instant, signed. Kept elsewhere too, it proves that nothing was rewritten since, even by who
-- can rewrite the whole database.
CREATE TABLE jalon (
    id   INTEGER PRIMARY KEY,
    le   TEXT NOT NULL,
    note TEXT NOT NULL,
    -- The token of an authority of time stamps (RFC 3161), once it answered.
    jeton BLOB
) STRICT;
-- The tree of each chain in it, in the order of their codes.
CREATE TABLE jalon_chaine (
    jalon_id INTEGER NOT NULL REFERENCES jalon (id),
    rang     INTEGER NOT NULL CHECK (rang >= 0),
    chaine   TEXT NOT NULL REFERENCES chaine (code),
    taille   INTEGER NOT NULL CHECK (taille >= 0),
    racine   BLOB NOT NULL CHECK (length(racine) = 32),
    PRIMARY KEY (jalon_id, rang),
    UNIQUE (chaine, jalon_id)
) STRICT;

-- Who signs, under what ---------------------------------------------------------------------------

-- PRO-5: what lets somebody sign for a caisse: they direct it, or who directs it gave them a delegation, by an act.
CREATE TABLE delegation (
    id               INTEGER PRIMARY KEY,
    caisse_code      TEXT NOT NULL REFERENCES caisse (code),
    compte_id        INTEGER NOT NULL REFERENCES compte (id),
    titre            TEXT NOT NULL CHECK (titre IN ('direction', 'delegation')),
    delegant         TEXT,
    delegant_qualite TEXT,
    -- Kinds of act, separated by a space.
    actes            TEXT NOT NULL,
    acte_du          TEXT NOT NULL,
    reference        TEXT NOT NULL,
    du               TEXT NOT NULL,
    au               TEXT,
    cree_par         INTEGER REFERENCES compte (id),
    cree_le          TEXT NOT NULL,
    finie_le         TEXT,
    finie_par        INTEGER REFERENCES compte (id),
    CONSTRAINT delegation_titre CHECK ((titre = 'delegation') = (delegant IS NOT NULL)
        AND (delegant IS NULL) = (delegant_qualite IS NULL)),
    CONSTRAINT delegation_dates CHECK (acte_du <= du AND (au IS NULL OR au >= du)),
    CONSTRAINT delegation_autrui CHECK (cree_par IS NULL OR cree_par <> compte_id)
) STRICT;
CREATE INDEX delegation_caisse ON delegation (caisse_code, compte_id, id);

-- PRO-5: what a caisse signs with, the last line being in force; no line: the hand.
CREATE TABLE moyen_signature (
    id            INTEGER PRIMARY KEY,
    caisse_code   TEXT NOT NULL REFERENCES caisse (code),
    moyen         TEXT NOT NULL CHECK (moyen IN ('main', 'teleservice')),
    reference     TEXT,
    homologuee_le TEXT,
    homologuee_au TEXT,
    choisi_par    INTEGER REFERENCES compte (id),
    choisi_le     TEXT NOT NULL,
    CONSTRAINT moyen_signature_homologation CHECK ((moyen = 'teleservice') = (reference IS NOT NULL)
        AND (reference IS NULL) = (homologuee_le IS NULL))
) STRICT;
CREATE INDEX moyen_signature_caisse ON moyen_signature (caisse_code, id);

-- Under what a decision was signed, with what, and the letter that a hand signed.
CREATE TABLE signature (
    decision_id   INTEGER PRIMARY KEY REFERENCES decision (id),
    moyen         TEXT NOT NULL CHECK (moyen IN ('main', 'teleservice')),
    delegation_id INTEGER NOT NULL REFERENCES delegation (id),
    reference     TEXT,
    cle           TEXT,
    empreinte     TEXT,
    media         TEXT,
    octets        INTEGER,
    nom           TEXT,
    deposee_le    TEXT,
    deposee_par   INTEGER REFERENCES compte (id),
    CONSTRAINT signature_reference CHECK ((moyen = 'teleservice') = (reference IS NOT NULL)),
    CONSTRAINT signature_lettre CHECK ((cle IS NULL) = (empreinte IS NULL) AND (cle IS NULL) = (media IS NULL)
        AND (cle IS NULL) = (octets IS NULL) AND (cle IS NULL) = (nom IS NULL) AND (cle IS NULL) = (deposee_le IS NULL)
        AND (cle IS NULL) = (deposee_par IS NULL))
) STRICT;

-- A clerical error of the letter of a decision, mended by another letter: the decision never changes.
CREATE TABLE correction (
    id          INTEGER PRIMARY KEY,
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    faux        TEXT NOT NULL,
    juste       TEXT NOT NULL,
    document    TEXT NOT NULL,
    empreinte   TEXT NOT NULL,
    faite_par   INTEGER NOT NULL REFERENCES compte (id),
    faite_le    TEXT NOT NULL
) STRICT;
CREATE INDEX correction_decision ON correction (decision_id, id);

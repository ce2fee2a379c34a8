-- Dated values of the parameters added in this installation, and the sets of parameters that decisions rest on.

CREATE TABLE parametre_valeur (
    id               INTEGER PRIMARY KEY,
    cle              TEXT NOT NULL,
    valeur           TEXT NOT NULL,
    du               TEXT NOT NULL,
    source           TEXT NOT NULL,
    statut           TEXT NOT NULL CHECK (statut IN ('S', 'E', 'L', 'D')),
    motif            TEXT NOT NULL,
    etat             TEXT NOT NULL CHECK (etat IN ('proposee', 'approuvee', 'rejetee', 'retiree')),
    proposee_par     INTEGER NOT NULL REFERENCES utilisateur (id),
    proposee_le      TEXT NOT NULL,
    proposee_jour    TEXT NOT NULL,
    examinee_par     INTEGER REFERENCES utilisateur (id),
    examinee_le      TEXT,
    examinee_jour    TEXT,
    examen_motif     TEXT,
    retiree_par      INTEGER REFERENCES utilisateur (id),
    retiree_le       TEXT,
    retrait_motif    TEXT,
    cle_idempotence  TEXT NOT NULL,
    version          INTEGER NOT NULL,
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
-- One proposal of a key at a time, one approved value of a key on a date.
CREATE UNIQUE INDEX parametre_valeur_proposee ON parametre_valeur (cle) WHERE etat = 'proposee';
CREATE UNIQUE INDEX parametre_valeur_approuvee ON parametre_valeur (cle, du) WHERE etat = 'approuvee';
CREATE INDEX parametre_valeur_etat ON parametre_valeur (etat, id);
CREATE INDEX parametre_valeur_cle ON parametre_valeur (cle, id);

-- What was proposed never changes; what was rejected or withdrawn is over.
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

-- EXP-2: each set of parameters that a decision or a place rests on, whole, so that it can be replayed
-- whatever values are added or shipped afterwards.
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

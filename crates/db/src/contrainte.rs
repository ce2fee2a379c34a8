//! The promises that the database keeps by itself, recognised on both sides.
//!
//! PostgreSQL names the constraint; SQLite names the columns, or the text of the trigger: two unique indexes of one
//! table never have the same columns.

use diesel::result::DatabaseErrorInformation;

/// A promise that the database refused to break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contrainte {
    /// Two accounts with one e-mail address.
    CourrielCompte,
    /// Two practitioners with one RPPS.
    Rpps,
    /// One account, one practitioner.
    KineCompte,
    /// REG-2: the place already has its arrival.
    PlaceConsommee,
    /// A second running request of one person on one place.
    DemandeDePlace,
    /// REG-2: the departure already opened its place.
    PlaceDeDepart,
    /// REG-8: one active designation per place.
    DesignationActive,
    /// The same cessation declared twice in one zone.
    DepartUnique,
    /// The same form sent twice.
    Idempotence,
    /// One decision in progress per request.
    DecisionActive,
    /// One running deadline of a kind per object.
    EcheanceActive,
    /// ECH-5: a reminder is sent once.
    RappelUneFois,
    /// The same task filed twice: a mail, for one.
    TacheUneFois,
    /// REG-12: two charters of a CPAM beginning on one day.
    CharteDuJour,
    /// REG-12: a second call on a place while one is under way.
    AppelEnCours,
    /// REG-12: a second application of one person to one call.
    CandidatureUnique,
    /// REG-12: a second attribution of one call.
    Attribution,
    /// DER-2: a code names one ground, which ends once.
    MotifUnique,
    /// CAT: one proposal of an aid at a time.
    AideEnAttente,
    /// Two arrêtés of one region and profession overlap.
    ArreteRecouvrement,
    /// One proposal of a parameter at a time.
    ParametreEnAttente,
    /// One approved value of a parameter on a date.
    ParametreApprouve,
    /// Whoever proposes a value does not examine it.
    ParametreDeuxPersonnes,
    /// No value starts before it is approved.
    ParametreNonRetroactif,
}

const TABLE: &[(Contrainte, &str, &str)] = &[
    (
        Contrainte::CourrielCompte,
        "compte_courriel",
        "compte.courriel",
    ),
    (Contrainte::Rpps, "kine_rpps", "kine.rpps"),
    // Of somebody known by paper: SQLite tells the two apart by nothing.
    (Contrainte::Rpps, "kine_papier", "kine.rpps"),
    (Contrainte::KineCompte, "kine_compte", "kine.compte_id"),
    (
        Contrainte::PlaceConsommee,
        "dossier_place_consommee",
        "dossier.place_id",
    ),
    (
        Contrainte::DemandeDePlace,
        "dossier_place_kine",
        "dossier.place_id, dossier.kine_id",
    ),
    (Contrainte::PlaceDeDepart, "place_pkey", "place.id"),
    (
        Contrainte::DesignationActive,
        "designation_active",
        "designation.place_id",
    ),
    (
        Contrainte::DepartUnique,
        "dossier_depart_par_zone",
        "dossier.kine_id, dossier.bassin_code",
    ),
    (
        Contrainte::Idempotence,
        "dossier_idempotence",
        "dossier.cle_idempotence",
    ),
    (
        Contrainte::DecisionActive,
        "decision_active",
        "decision.dossier_id",
    ),
    (
        Contrainte::EcheanceActive,
        "echeance_active",
        "echeance.dossier_id, echeance.nature",
    ),
    (
        Contrainte::RappelUneFois,
        "rappel_une_fois",
        "rappel.echeance_id, rappel.code",
    ),
    (Contrainte::TacheUneFois, "tache_cle", "tache.cle"),
    (
        Contrainte::CharteDuJour,
        "charte_jour",
        "charte.caisse_code, charte.du",
    ),
    (
        Contrainte::AppelEnCours,
        "dossier_appel_en_cours",
        "dossier.place_id, dossier.nature",
    ),
    (
        Contrainte::CandidatureUnique,
        "candidature_unique",
        "candidature.appel_id, candidature.kine_id",
    ),
    (
        Contrainte::Attribution,
        "candidature_retenue",
        "candidature.appel_id",
    ),
    (
        Contrainte::MotifUnique,
        "motif_derogation_code",
        "motif_derogation.code, motif_derogation.acte",
    ),
    (
        Contrainte::Idempotence,
        "motif_derogation_idempotence",
        "motif_derogation.cle_idempotence",
    ),
    (
        Contrainte::AideEnAttente,
        "incitation_proposee",
        "incitation.code",
    ),
    (
        Contrainte::Idempotence,
        "incitation_idempotence",
        "incitation.cle_idempotence",
    ),
    (
        Contrainte::ArreteRecouvrement,
        "arrete_sans_recouvrement",
        "arrete_sans_recouvrement",
    ),
    (
        Contrainte::Idempotence,
        "parametre_valeur_idempotence",
        "parametre_valeur.cle_idempotence",
    ),
    (
        Contrainte::ParametreEnAttente,
        "parametre_valeur_proposee",
        "parametre_valeur.cle",
    ),
    (
        Contrainte::ParametreApprouve,
        "parametre_valeur_approuvee",
        "parametre_valeur.cle, parametre_valeur.du",
    ),
    (
        Contrainte::ParametreDeuxPersonnes,
        "parametre_deux_personnes",
        "parametre_deux_personnes",
    ),
    (
        Contrainte::ParametreNonRetroactif,
        "parametre_non_retroactif",
        "parametre_non_retroactif",
    ),
];

/// Names the promise behind a refusal, if it is one of ours.
pub fn reconnaitre(info: &dyn DatabaseErrorInformation) -> Option<Contrainte> {
    if let Some(nom) = info.constraint_name() {
        return TABLE
            .iter()
            .find(|(_, postgres, _)| *postgres == nom)
            .map(|(c, _, _)| *c);
    }
    let message = info.message();
    let colonnes = message
        .strip_prefix("UNIQUE constraint failed: ")
        .or_else(|| message.strip_prefix("CHECK constraint failed: "))
        .unwrap_or(message);
    TABLE
        .iter()
        .find(|(_, _, sqlite)| *sqlite == colonnes)
        .map(|(c, _, _)| *c)
}

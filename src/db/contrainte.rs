//! The promises that the database keeps by itself, recognised on both sides.
//!
//! PostgreSQL names the constraint; SQLite names the columns, or the text of the trigger.

use diesel::result::DatabaseErrorInformation;

/// A promise that the database refused to break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contrainte {
    /// Two accounts with one e-mail address.
    CourrielUtilisateur,
    /// Two practitioners with one RPPS.
    Rpps,
    /// One account, one practitioner.
    KineUtilisateur,
    /// REG-2: the place already has its arrival.
    PlaceConsommee,
    /// REG-2: the departure already opened its place.
    PlaceDeCessation,
    /// REG-8: one active designation per place.
    DesignationActive,
    /// The same cessation declared twice in one zone.
    CessationUnique,
    /// The same form sent twice.
    Idempotence,
    /// One decision in progress per request.
    DecisionActive,
    /// One running deadline of a kind per object.
    EcheanceActive,
    /// ECH-5: a reminder is sent once.
    RappelUneFois,
    /// The same mail queued twice.
    CourrielUneFois,
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
        Contrainte::CourrielUtilisateur,
        "utilisateur_courriel",
        "utilisateur.courriel",
    ),
    (Contrainte::Rpps, "kine_rpps", "kine.rpps"),
    (
        Contrainte::KineUtilisateur,
        "kine_utilisateur",
        "kine.utilisateur_id",
    ),
    (
        Contrainte::PlaceConsommee,
        "demande_place_consommee",
        "demande.place_id",
    ),
    (
        Contrainte::PlaceDeCessation,
        "place_cessation",
        "place.cessation_id",
    ),
    (
        Contrainte::DesignationActive,
        "designation_active",
        "designation.place_id",
    ),
    (
        Contrainte::CessationUnique,
        "cessation_unique_par_zone",
        "cessation.kine_id, cessation.bassin_code",
    ),
    (
        Contrainte::Idempotence,
        "cessation_idempotence",
        "cessation.cle_idempotence",
    ),
    (
        Contrainte::Idempotence,
        "demande_idempotence",
        "demande.cle_idempotence",
    ),
    (
        Contrainte::DecisionActive,
        "decision_active",
        "decision.demande_id",
    ),
    (
        Contrainte::EcheanceActive,
        "echeance_demande_active",
        "echeance.demande_id, echeance.nature",
    ),
    (
        Contrainte::EcheanceActive,
        "echeance_place_active",
        "echeance.place_id, echeance.nature",
    ),
    (
        Contrainte::RappelUneFois,
        "rappel_une_fois",
        "rappel.echeance_id, rappel.code",
    ),
    (Contrainte::CourrielUneFois, "courriel_cle", "courriel.cle"),
    (
        Contrainte::CharteDuJour,
        "charte_jour",
        "charte.organisme_code, charte.du",
    ),
    (Contrainte::AppelEnCours, "appel_en_cours", "appel.place_id"),
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

//! What the timeline and the leaver read about a departure.

use regles::grand_livre::EtatPlace;
use regles::place::ConclusionPlace;
use regles::texte;

use crate::db::depart::DepartComplet;
use crate::mail::lettre::Lettre;

/// A letter to the leaver, with whom to call.
pub(super) fn lettre(depart: &DepartComplet, modele: &'static str, sujet: &str) -> Lettre {
    Lettre::new(modele, sujet)
        .a(depart.kine.nom_complet())
        .contact(depart.service.lignes())
}

/// What the leaver reads: what is certain, what to do, by when.
pub(super) fn explication_au_cedant(
    etat: Option<EtatPlace>,
    conclusion: &ConclusionPlace,
) -> String {
    let raisons: Vec<String> = conclusion
        .explication
        .non_remplies()
        .filter(|e| !e.regle.starts_with("ECH"))
        .map(|e| format!("{} ({})", texte::minuscule_initiale(&e.libelle), e.regle))
        .collect();
    match (etat, conclusion.valeurs.limite_designation) {
        (Some(EtatPlace::Ouverte), Some(limite)) => format!(
            "Votre départ ouvre une place dans votre zone. Vous pouvez désigner votre successeur jusqu’au {} inclus (REG-5).",
            texte::date_longue(limite)
        ),
        (None, _) => "Votre zone n’est pas régulée : votre départ n’ouvre pas de place, et un confrère peut s’y installer \
             sans vous succéder (REG-10)."
            .to_owned(),
        (Some(EtatPlace::AExaminer), _) => "Votre activité des douze derniers mois est inférieure au seuil : la commission paritaire dira si votre \
             place peut être transmise (REG-4). Vous n’avez rien à faire d’ici là."
            .to_owned(),
        (Some(EtatPlace::AAttribuer), _) => "Le délai pour désigner un successeur est passé : la caisse attribuera la place selon sa charte, après un appel à \
             candidatures (REG-12)."
            .to_owned(),
        _ => format!(
            "Votre départ n’ouvre pas de place que vous puissiez transmettre. Condition non remplie : {}.",
            raisons.join(" ; ")
        ),
    }
}

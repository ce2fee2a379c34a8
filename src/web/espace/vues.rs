//! What the pages of a practitioner share: the timeline as she may see it, states in words.

use regles::demande::EtatDemande;
use regles::depart::EtatDepart;
use regles::designation::EtatDesignation;
use regles::evenement::Public;
use regles::grand_livre::EtatPlace;

use crate::db::evenement::Evenement;
use crate::web::correction;
use crate::web::ui::{ChronologieVue, Etat, EvenementVue, Pastille};

/// Whether an event is shown to the practitioner; what the CPAM prepares stays inside it.
pub fn visible(e: &Evenement) -> bool {
    e.fait.code().public() == Public::Kine
}

/// The timeline, without what is internal to the CPAM, and without raw details.
pub fn chronologie(evenements: &[Evenement]) -> ChronologieVue {
    let vues = evenements
        .iter()
        .filter(|e| visible(e))
        .map(|e| {
            let vue = EvenementVue::new(e.le, &e.acteur.nom, e.fait.phrase())
                .icone(e.fait.code().signe().into());
            // What was corrected of her own data is told in full.
            match e.fait.correction() {
                None => vue,
                Some(faite) => correction::details(&faite)
                    .into_iter()
                    .fold(vue, |vue, (libelle, valeur)| vue.detail(libelle, valeur)),
            }
        })
        .collect();
    ChronologieVue::new(vues)
}

/// State of a request, for its author.
pub fn etat_demande(etat: EtatDemande, notifiee: bool) -> Pastille {
    use EtatDemande as E;
    if matches!(etat, E::Accordee | E::Refusee) && !notifiee {
        // PRO-8: what was decided is said by the document, not before it.
        return Pastille::new(Etat::AFaire, "Réponse à lire");
    }
    let (couleur, mot) = match etat {
        E::Deposee => (Etat::EnCours, "Déposée"),
        E::Incomplete => (Etat::AFaire, "À compléter"),
        E::Complete | E::Proposee => (Etat::EnCours, "En instruction"),
        E::Accordee => (Etat::Fait, "Accordée"),
        E::Installee => (Etat::Fait, "Installée"),
        E::Refusee => (Etat::Retard, "Refusée"),
        E::Caduque => (Etat::Neutre, "Caduque"),
        E::Retiree => (Etat::Neutre, "Retirée"),
        E::SansSuite => (Etat::Neutre, "Classée sans suite"),
    };
    Pastille::new(couleur, mot)
}

/// State of a departure, with that of its place once there is one.
pub fn etat_depart(
    depart: EtatDepart,
    place: Option<EtatPlace>,
    designation: Option<EtatDesignation>,
) -> Pastille {
    let (couleur, mot) = match (depart, place) {
        (EtatDepart::Declaree, _) => (Etat::EnCours, "En attente de la caisse"),
        (EtatDepart::Rejetee, _) => (Etat::Retard, "Rejetée"),
        (EtatDepart::Retiree, _) => (Etat::Neutre, "Retirée"),
        (EtatDepart::Confirmee, None) => (Etat::Fait, "Confirmée"),
        (EtatDepart::Confirmee, Some(place)) => match (place, designation) {
            (EtatPlace::Ouverte, None) => (Etat::AFaire, "Successeur à désigner"),
            // PRO-8: nothing of the grant before it is notified to whom it is for.
            (EtatPlace::Ouverte, Some(EtatDesignation::Acceptee)) | (EtatPlace::Reservee, _) => {
                (Etat::Fait, "Successeur désigné")
            }
            (EtatPlace::Ouverte, Some(_)) => (Etat::EnCours, "Réponse attendue"),
            (EtatPlace::AExaminer, _) => (Etat::EnCours, "À examiner par la commission"),
            (EtatPlace::NonTransmissible, _) => (Etat::Neutre, "Place non transmissible"),
            (EtatPlace::Pourvue, _) => (Etat::Fait, "Place pourvue"),
            (EtatPlace::AAttribuer, _) => (Etat::Neutre, "Place attribuée par la caisse"),
            (EtatPlace::Caduque, _) => (Etat::Neutre, "Place caduque"),
            (EtatPlace::Annulee, _) => (Etat::Neutre, "Départ annulé"),
            (EtatPlace::SansObjet, _) => (Etat::Neutre, "Place sans objet"),
        },
    };
    Pastille::new(couleur, mot)
}

/// State of a designation, for whom it names.
pub fn etat_designation(etat: EtatDesignation) -> Pastille {
    let couleur = match etat {
        EtatDesignation::EnAttente => Etat::AFaire,
        EtatDesignation::Acceptee => Etat::Fait,
        EtatDesignation::Declinee
        | EtatDesignation::Remplacee
        | EtatDesignation::Renoncee
        | EtatDesignation::Annulee
        | EtatDesignation::Retiree
        | EtatDesignation::SansObjet => Etat::Neutre,
    };
    Pastille::new(couleur, etat.libelle())
}

//! Letters about a departure and its place: to the leaver, to who designates in her name, to the team.

mod annule;
mod au_nom_de;
mod avis;
mod ayant_droit;
mod commission_saisie;
mod confirmee;
mod declaree;
mod decompte_conteste;
mod decompte_conteste_agent;
mod decompte_repondu;
mod piece_refusee;
mod piece_remplacee_agent;
mod pieces_recues;
mod place_a_attribuer;
mod place_a_attribuer_equipe;
mod place_caduque;
mod place_caduque_equipe;
mod place_pourvue;
mod place_reservee;
mod place_rouverte;
mod place_sans_objet;
mod rejetee;
mod sous_seuil;

pub use annule::{DepartAnnule, DepartAnnuleEquipe};
pub use au_nom_de::AuNomDe;
pub use avis::PlaceAvis;
pub use ayant_droit::AyantDroit;
pub use commission_saisie::PlaceCommissionSaisie;
pub use confirmee::DepartConfirmee;
pub use declaree::DepartDeclaree;
pub use decompte_conteste::DecompteConteste;
pub use decompte_conteste_agent::DecompteContesteAgent;
pub use decompte_repondu::DecompteRepondu;
pub use piece_refusee::PieceRefusee;
pub use piece_remplacee_agent::PieceRemplaceeAgent;
pub use pieces_recues::PiecesRecues;
pub use place_a_attribuer::PlaceAAttribuer;
pub use place_a_attribuer_equipe::PlaceAAttribuerEquipe;
pub use place_caduque::PlaceCaduque;
pub use place_caduque_equipe::PlaceCaduqueEquipe;
pub use place_pourvue::PlacePourvue;
pub use place_reservee::PlaceReservee;
pub use place_rouverte::PlaceRouverte;
pub use place_sans_objet::{PlaceSansObjet, PlaceSansObjetEquipe};
pub use rejetee::DepartRejetee;
pub use sous_seuil::DepartSousSeuil;

use chrono::NaiveDate;
use regles::grand_livre::EtatPlace;
use regles::place::ConclusionPlace;
use regles::texte;

/// What the leaver reads of her place: what is certain, what to do, by when.
#[derive(Debug, Clone, Copy)]
pub struct Suite<'a> {
    /// The state of the place; none when the departure opens none.
    pub etat: Option<EtatPlace>,
    /// What the rules say of it.
    pub conclusion: &'a ConclusionPlace,
}

impl Suite<'_> {
    fn phrase(&self) -> String {
        let raisons: Vec<String> = self
            .conclusion
            .explication
            .non_remplies()
            .filter(|e| !e.regle.starts_with("ECH"))
            .map(|e| texte::minuscule_initiale(&e.libelle))
            .collect();
        match (self.etat, self.conclusion.valeurs.limite_designation) {
            (Some(EtatPlace::Ouverte), Some(limite)) => format!(
                "Votre départ ouvre une place dans votre zone. Vous pouvez désigner la personne qui vous succède au plus tard le {} (inclus).",
                texte::date_longue(limite)
            ),
            (None, _) => "Votre zone n’est pas régulée : votre départ n’ouvre pas de place, et un autre professionnel peut s’y installer \
                 sans vous succéder."
                .to_owned(),
            (Some(EtatPlace::AAttribuer), _) => "Le délai pour désigner un successeur est passé : la caisse attribuera la place selon sa charte, après un appel à \
                 candidatures."
                .to_owned(),
            _ => format!(
                "Votre départ n’ouvre pas de place que vous puissiez transmettre. Condition non remplie : {}.",
                raisons.join(" ; ")
            ),
        }
    }
}

fn terme(limite: Option<NaiveDate>) -> String {
    limite.map_or_else(|| "à temps".to_owned(), texte::au_plus_tard)
}

fn sans_successeur(kine: &str, commune: &str, bassin: &str) -> String {
    format!(
        "Personne n’a accepté à temps de désignation pour le départ {} à {commune} ({bassin})",
        texte::de(kine)
    )
}

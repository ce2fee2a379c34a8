//! The second step: what will be declared, to check; the button that sends.

use askama::Template;
use regles::texte;

use crate::actions::brouillon::Garde;
use crate::actions::depart::declaration::{Declaration, Lieu};
use crate::web::brouillon;
use crate::web::filters;
use crate::web::page::Page;
use crate::web::ui::{Champ, Message};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "depart/verification.html")]
struct VerificationPage {
    page: Page,
    caches: Vec<Champ>,
    faits: Vec<(&'static str, String)>,
    avertissements: Vec<Message>,
    pieces: Vec<String>,
    caisse: String,
    etat: String,
}

/// What was typed and given, read once more by who is about to send it.
pub(super) fn montrer(
    visite: &Visite,
    declaration: &Declaration,
    lieu: &Lieu,
    garde: &Garde,
) -> Reponse {
    let date = texte::date_courte(declaration.date);
    let actes = declaration.actes.map(|n| n.to_string()).unwrap_or_default();
    visite.rendre(&VerificationPage {
        page: visite
            .page("Vérifiez et envoyez votre déclaration")
            .surtitre("Étape 2 sur 2")
            .ariane("Mon espace", "/espace")
            .ariane("Déclarer ma cessation d’activité", "/cessations/nouvelle")
            .rubrique("/espace"),
        caches: vec![
            Champ::cache("commune", declaration.insee.as_str()),
            Champ::cache("adresse", declaration.adresse.as_str()),
            Champ::cache("date_cessation", date),
            Champ::cache("actes", actes),
            Champ::cache("cle", declaration.cle.as_str()),
        ],
        faits: faits(declaration, lieu),
        avertissements: lieu
            .zone
            .avertissements
            .iter()
            .map(|a| Message::attention(a.clone()))
            .collect(),
        pieces: declaration
            .pieces
            .iter()
            .map(|p| format!("{} : {}", p.nature.libelle(), p.nom))
            .collect(),
        caisse: lieu.service.nom.clone(),
        etat: brouillon::etat(visite, garde),
    })
}

fn faits(declaration: &Declaration, lieu: &Lieu) -> Vec<(&'static str, String)> {
    vec![
        (
            "Lieu quitté",
            format!("{}, {}", declaration.adresse, lieu.commune.nom),
        ),
        (
            "Zone",
            format!("{} ({})", lieu.zone.bassin_nom, lieu.zone.categorie),
        ),
        ("Cessation définitive", texte::date_fr(declaration.date)),
        (
            "Actes des douze mois précédents",
            declaration
                .actes
                .map_or_else(|| "non renseignés".to_owned(), texte::nombre),
        ),
    ]
}

//! `/mes-recours/{numero}`: an appeal as its author follows it: the receipt, the answer to open, what follows.

use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDate;
use courriers::decision::{Bloc, Document};
use regles::contestation::EtatRecours;
use regles::decision::ModeNotification;
use regles::dossier::NatureDossier;
use regles::evenement::Fait;
use regles::texte;

use super::super::caisse::tribunal;
use super::super::mots;
use super::adresse;
use crate::actions::recours::{accuse, organes, ouvrir_par_la_personne, route};
use crate::db::message::Cote;
use crate::db::{echeance, evenement, piece, recours as stockes};
use crate::web::dossiers::dossier::fichier;
use crate::web::erreur::WebError;
use crate::web::espace::vues;
use crate::web::filters;
use crate::web::messages::{self, MessagesVue};
use crate::web::nouveautes;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Bandeau, ChronologieVue, EcheanceVue, FichierVue};
use crate::web::visite::{Reponse, Visite};
use crate::web::vues::echeances_en_cours;

#[derive(Template)]
#[template(path = "recours/detail.html")]
struct DetailPage {
    page: Page,
    chemin: String,
    bandeau: Bandeau,
    a_ouvrir: Option<NaiveDate>,
    document: Option<Document>,
    accuse: Vec<String>,
    faits: Vec<(&'static str, String)>,
    conteste: Lien,
    moyens: String,
    pieces: Vec<FichierVue>,
    tribunaux: Vec<String>,
    echeances: Vec<EcheanceVue>,
    contact: Vec<String>,
    messages_du_dossier: MessagesVue,
    chronologie: ChronologieVue,
}

/// `GET /mes-recours/{numero}`
///
/// # Errors
/// The appeal is not this person's, or the database does not answer.
pub async fn page(visite: Visite, numero: Path<String>) -> Reponse {
    let (scope, cherche) = (visite.qui()?.scope(), numero.into_inner());
    let jour = visite.aujourd_hui();
    let (lu, organes, tribunaux, envois, pieces, echeances, evenements, messages) = visite
        .read(move |conn| {
            let lu = stockes::complet(conn, &scope, &cherche)?;
            let r = &lu.recours;
            let organes = organes(conn, route(r), &lu.service, r.kine_id)?;
            let tribunaux = stockes::tribunaux(conn, r.id)?;
            let envois = stockes::envois(conn, r.id)?;
            let pieces = piece::de(conn, &scope, r.id)?;
            let echeances = echeance::de(conn, r.id)?;
            let evenements = evenement::de(conn, r.id)?;
            let fil = format!("{}/messages", adresse(&r.numero));
            let messages = messages::resume(conn, r.id, Cote::Kine, fil)?;
            Ok::<_, crate::actions::ActionError>((
                lu, organes, tribunaux, envois, pieces, echeances, evenements, messages,
            ))
        })
        .await?;
    let r = &lu.recours;
    let notifiee = r.notifiee_le.is_some();
    let a_ouvrir = envois
        .iter()
        .filter(|e| !notifiee && e.moyen == ModeNotification::Portail && e.notifiee_le.is_none())
        .find_map(|e| e.terme);
    let (nom, contact) = (lu.kine.nom_complet(), lu.service.lignes());
    let reglement = visite.etat.reglement();
    let accuse = accuse(&reglement, &lu, (&nom, &contact, &organes))
        .map_err(WebError::from)?
        .phrases();
    // PRO-8: what was answered is said by the document, not before it.
    let mut dits = evenements;
    dits.retain(|e| notifiee || !matches!(e.fait, Fait::RecoursRepondu { .. }));
    let document = match (&r.document, notifiee) {
        (Some(json), true) => Some(serde_json::from_str(json).map_err(WebError::interne)?),
        _ => None,
    };
    let page = visite
        .page(format!("Recours {}", r.numero))
        .chapeau(format!(
            "Contre : {}, dossier {}",
            texte::minuscule_initiale(r.contestee.libelle()),
            lu.conteste.0
        ))
        .ariane("Mon espace", "/espace")
        .rubrique("/espace")
        .largeur(Largeur::Dossier);
    nouveautes::lue(&visite, r.id).await?;
    let tour = match (r.etat, a_ouvrir) {
        (EtatRecours::DevantLaCommission, _) => "La commission de recours amiable",
        (EtatRecours::Repondu, Some(_)) => "Vous",
        (EtatRecours::DevantLeJuge, _) => "Le tribunal",
        _ => "Personne",
    };
    visite.rendre(&DetailPage {
        chemin: adresse(&r.numero),
        bandeau: Bandeau::new(
            mots::pastille_pour_la_personne(r),
            mots::phrase_pour_la_personne(r, a_ouvrir),
        )
        .detail("Qui doit agir", tour)
        .detail("Caisse", lu.service.nom.clone()),
        a_ouvrir,
        document,
        accuse,
        faits: mots::faits(r, &lu.conteste.0),
        conteste: Lien::new(
            format!("Voir le dossier {}", lu.conteste.0),
            match lu.conteste.1 {
                NatureDossier::Demande => format!("/demandes/{}", lu.conteste.0),
                NatureDossier::Depart => format!("/mes-departs/{}", r.conteste_id),
                NatureDossier::Appel => format!("/appels/{}", r.conteste_id),
                NatureDossier::Recours => adresse(&lu.conteste.0),
            },
        ),
        moyens: r.moyens.clone(),
        pieces: pieces.iter().map(fichier).collect(),
        tribunaux: tribunaux.iter().map(tribunal).collect(),
        echeances: echeances_en_cours(&echeances, jour)?,
        contact: contact.clone(),
        messages_du_dossier: messages,
        chronologie: vues::chronologie(&dits),
        page,
    })
}

/// `POST /mes-recours/{numero}/document`: opens the answer, which notifies it; a second time changes nothing.
///
/// # Errors
/// The appeal is not this person's, or nothing waits.
pub async fn ouvrir_le_document(visite: Visite, numero: Path<String>, _saisie: Saisie) -> Reponse {
    let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
    visite
        .write(move |tx| ouvrir_par_la_personne(tx, &acte, &scope, &n))
        .await
        .map_err(WebError::from)?;
    visite.rediriger(&format!("{}#reponse", adresse(&numero)))
}

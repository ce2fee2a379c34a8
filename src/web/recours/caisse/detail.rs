//! `/recours/{numero}`: an appeal as the caisse follows it.

use actix_web::web::Path;
use askama::Template;
use courriers::decision::{Bloc, Document};
use regles::contestation::{EtatRecours, Evenement, saisir, transition};
use regles::droits::{AGENTS, INSTRUCTION};
use regles::texte;

use super::super::mots;
use super::adresse;
use crate::actions::recours::route;
use crate::db::message::Cote;
use crate::db::recours::{self as stockes, Recours, RecoursComplet, Tribunal};
use crate::db::{CpamScope, DbError, fiche};
use crate::web::dossiers::dossier::fichier;
use crate::web::dossiers::dossier::travail::{Cas, CoteVue, NotesVue, Travail, presents_depuis};
use crate::web::dossiers::historique::{HistoriqueVue, Portee};
use crate::web::dossiers::objet;
use crate::web::dossiers::parcours::{ParcoursVue, Voisins};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::entre_temps;
use crate::web::kit::requete::Requete;
use crate::web::messages::MessagesVue;
use crate::web::nouveautes;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::ui::{Bandeau, EcheanceVue, FichierVue, Message};
use crate::web::visite::{Reponse, Visite};
use crate::web::vues::echeances_en_cours;

#[derive(Template)]
#[template(path = "recours/recours.html")]
struct RecoursPage {
    page: Page,
    parcours: ParcoursVue,
    bandeau: Bandeau,
    actes: Vec<Lien>,
    presences: Vec<Message>,
    faits: Vec<(&'static str, String)>,
    /// The case contested.
    conteste: Lien,
    moyens: String,
    pieces: Vec<FichierVue>,
    document: Option<Document>,
    tribunaux: Vec<String>,
    echeances: Vec<EcheanceVue>,
    messages_du_dossier: MessagesVue,
    historique: HistoriqueVue,
    notes: NotesVue,
    cote: CoteVue,
}

/// `GET /recours/{numero}`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page(visite: Visite, numero: Path<String>, portee: Requete<Portee>) -> Reponse {
    let (numero, limite) = (numero.into_inner(), portee.limite());
    let (moi, provenance) = (visite.qui()?.clone(), visite.provenance.clone());
    let (jour, maintenant) = (visite.aujourd_hui(), visite.maintenant());
    let cherche = numero.clone();
    let (lu, tribunaux, fiche, travail, voisins) = visite
        .read(move |conn| {
            let scope: CpamScope = moi.scope();
            let lu = stockes::complet(conn, &scope, &cherche)?;
            let r = &lu.recours;
            let tribunaux = stockes::tribunaux(conn, r.id)?;
            let mut fiche = fiche::lire(conn, &scope, r.id, presents_depuis(maintenant), limite)?;
            let cas = (r.numero.as_str(), r.caisse_code.as_str());
            let travail = Travail::sans_voisins(conn, &mut fiche, cas, jour)?;
            let voisins = Voisins::lire(conn, &moi, provenance.as_ref(), (r.id, None), jour)?;
            Ok::<_, DbError>((lu, tribunaux, fiche, travail, voisins))
        })
        .await?;
    let r = &lu.recours;
    let (role, nom) = (Some(visite.qui()?.role), lu.kine.nom_complet());
    let page = visite
        .page(format!("Recours {}", texte::de(&nom)))
        .surtitre(format!("Recours {}", r.numero))
        .ariane("Dossiers", "/dossiers")
        .rubrique("/dossiers")
        .largeur(Largeur::Dossier);
    let (qui, vu) = (visite.qui()?, entre_temps::dernier(&fiche.evenements));
    travail.signaler(&visite, r.id).await?;
    nouveautes::lue(&visite, r.id).await?;
    let document = match &r.document {
        Some(json) => Some(serde_json::from_str(json).map_err(WebError::interne)?),
        None => None,
    };
    let mut faits = mots::faits(r, &lu.conteste.0);
    faits.push(("Délai", mots::delai(r)));
    let notifiee = r.notifiee_le.is_some();
    let agent = travail.suivi_par(r.into());
    let tour = mots::acteur(r.etat, notifiee, agent.clone());
    let messages = MessagesVue::new(
        &fiche.messages,
        Cote::Caisse,
        visite.garder(&objet::adresse(&r.numero, "messages")),
    );
    let conteste = objet::page(lu.conteste.1, &lu.conteste.0, r.conteste_id);
    visite.rendre(&RecoursPage {
        parcours: voisins.vue(&visite, "/dossiers"),
        presences: travail.presences(qui.compte_id),
        notes: travail.notes(r.into(), qui.role, page.csrf()),
        cote: travail
            .cote(r.into(), qui.role, vu, page.csrf())
            .a_prendre(qui.compte_id),
        bandeau: Bandeau::new(mots::pastille(r.etat, r.issue), mots::phrase(r, &nom))
            .detail(
                "Qui doit agir",
                tour.unwrap_or_else(|| "Personne".to_owned()),
            )
            .detail("Suivi par", agent),
        actes: actes(&visite, &lu, &tribunaux)
            .into_iter()
            .filter(|(verbe, _)| match *verbe {
                "notifier" => AGENTS.permet(role),
                _ => INSTRUCTION.permet(role),
            })
            .map(|(_, lien)| lien)
            .collect(),
        faits,
        conteste: Lien::new(
            format!("Voir le dossier {}", lu.conteste.0),
            visite.garder(&conteste),
        ),
        moyens: r.moyens.clone(),
        pieces: fiche.pieces.iter().map(fichier).collect(),
        document,
        tribunaux: tribunaux.iter().map(tribunal).collect(),
        echeances: echeances_en_cours(&fiche.echeances, jour)?,
        messages_du_dossier: messages,
        historique: HistoriqueVue::new(&visite, &adresse(&r.numero), &portee, &fiche.evenements),
        page,
    })
}

/// What may be recorded now, the main thing first: its verb, and where.
fn actes(
    visite: &Visite,
    lu: &RecoursComplet,
    tribunaux: &[Tribunal],
) -> Vec<(&'static str, Lien)> {
    let r = &lu.recours;
    let issue = match tribunaux.last() {
        Some(dernier) => dernier.issue,
        None => r.issue,
    };
    let peut = |evenement| transition(r.etat, evenement).is_ok();
    let offerts = [
        (
            "repondre",
            "Enregistrer la réponse de la commission",
            peut(Evenement::Repondre),
        ),
        (
            "notifier",
            "Suivre la notification",
            r.etat == EtatRecours::Repondu && r.notifiee_le.is_none(),
        ),
        ("juger", "Enregistrer un jugement", peut(Evenement::Juger)),
        (
            "saisir",
            "Enregistrer la saisine d’un tribunal",
            saisir(route(r), r.etat, r.degre, issue).is_ok(),
        ),
        (
            "abandonner",
            "Enregistrer l’abandon",
            peut(Evenement::Abandonner),
        ),
    ];
    offerts
        .into_iter()
        .filter(|(_, _, possible)| *possible)
        .map(|(verbe, mots, _)| {
            let url = visite.garder(&format!("{}/{verbe}", adresse(&r.numero)));
            (verbe, Lien::new(mots, url))
        })
        .collect()
}

/// A court in one sentence.
pub(in crate::web) fn tribunal(t: &Tribunal) -> String {
    let saisi = match &t.numero {
        Some(numero) => format!("saisi le {} (numéro {numero})", texte::date_fr(t.saisi_le)),
        None => format!("saisi le {}", texte::date_fr(t.saisi_le)),
    };
    let juge = match (t.juge_le, t.issue) {
        (Some(le), Some(issue)) => format!(
            ", {} le {}",
            texte::minuscule_initiale(issue.libelle()),
            texte::date_fr(le)
        ),
        _ => ", jugement attendu".to_owned(),
    };
    let motifs = t
        .motifs
        .as_ref()
        .map_or_else(String::new, |m| format!(". {m}"));
    format!("{} : {saisi}{juge}{motifs}", t.degre.libelle())
}

impl<'a> From<&'a Recours> for Cas<'a> {
    fn from(r: &'a Recours) -> Cas<'a> {
        Cas {
            numero: &r.numero,
            ouvert: r.etat.a_la_file(r.notifiee_le.is_some()),
            assigne_a: r.assigne_a,
            version: r.version,
        }
    }
}

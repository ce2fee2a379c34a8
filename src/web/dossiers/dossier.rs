//! `/dossiers/{numero}`: everything about one request, and what may be done next.

mod actions;
mod blocs;
mod decide;
mod documents;
mod lecture;
pub(in crate::web) mod travail;
mod zone;

use actix_web::web;
use askama::Template;
use regles::conventionnement::ResultatConventionnement;
use regles::dossier::{NatureDossier, nature_du_numero};
use regles::fuseau::jour_local;
use regles::geste::noter_generales;
use regles::texte;

use super::audition;
use super::domicile::Domicile;
use super::generales::{self, ConditionVue};
use super::historique::{HistoriqueVue, Portee};
use super::identite;
use super::mandat;
use super::mots::Attente;
use super::objet::{self, Tronc, adresse, attente, bandeau};
use super::papier::{self, LettreVue};
use super::parcours::ParcoursVue;
use super::retrait::Retrait;
use crate::actions::generales::bloquantes;
use crate::db::demande::Demande;
use crate::web::ecrits::{self, EcritVue};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::entre_temps;
use crate::web::kit::geste::Objet;
use crate::web::kit::requete::Requete;
use crate::web::liste_pieces;
use crate::web::messages::MessagesVue;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::recours::{self, signales};
use crate::web::ui::{
    Bandeau, EcheanceVue, Etat, FichierVue, ListePiecesVue, Message, Pastille, PourquoiVue,
};
use crate::web::visite::{Reponse, Visite};
use crate::web::vues;
pub(in crate::web) use documents::fichier;

use actions::ActionVue;
use blocs::Fait;
use decide::DecisionVue;
use lecture::{Lecture, lire};
use travail::{CoteVue, NotesVue};

#[derive(Template)]
#[template(path = "dossiers/dossier.html")]
struct DossierPage {
    page: Page,
    parcours: ParcoursVue,
    bandeau: Bandeau,
    messages: Vec<Message>,
    titre_evaluation: &'static str,
    evaluation: Option<(Pastille, String, PourquoiVue)>,
    decision: Option<DecisionVue>,
    faits: Vec<Fait>,
    /// What was left empty, in a sentence.
    faits_tus: Option<String>,
    generales: Vec<ConditionVue>,
    /// How many of them hold.
    generales_dites: String,
    /// Where the general conditions are recorded, by who may.
    noter: Option<String>,
    /// Where the data are corrected, by who may.
    corriger: Option<String>,
    depart: Vec<Fait>,
    pieces: ListePiecesVue,
    /// Where the documents are examined, or only read.
    examen: Option<Lien>,
    /// Where documents that came by post are added, by who may.
    recevoir: Option<String>,
    /// PRO-13: what the caisse does for somebody without an account: the address of their home, the withdrawal of the request.
    domicile: Option<String>,
    retirer: Option<String>,
    lettres: Vec<LettreVue>,
    ecrits: Vec<EcritVue>,
    demandees: Vec<FichierVue>,
    historique: HistoriqueVue,
    notes: NotesVue,
    cote: CoteVue,
    archive: Option<String>,
    liasse: String,
    echeances: Vec<EcheanceVue>,
    actions: Vec<ActionVue>,
    /// What is hardly needed.
    rares: Vec<ActionVue>,
    consigne: Option<String>,
    messages_du_dossier: MessagesVue,
    version: i32,
    vu: i64,
}

/// How a result of the rules is shown.
pub(super) fn pastille_resultat(resultat: ResultatConventionnement) -> Pastille {
    use ResultatConventionnement as R;
    let (etat, mot) = match resultat {
        R::AccordableSuccession => (Etat::Fait, "Accordable par succession"),
        R::AccordableDerogation => (Etat::Fait, "Accordable par dérogation"),
        R::HorsRegulation => (Etat::Fait, "Accordable, installation libre"),
        R::NonAccordable => (Etat::Retard, "Non accordable"),
        R::Incomplet => (Etat::AFaire, "Il manque un fait pour conclure"),
    };
    Pastille::new(etat, mot)
}

/// PRO-5: why the last proposal was sent back, until another is made.
fn remarque(d: &Demande) -> Option<Message> {
    let (par, motif) = d.renvoi.dit()?;
    Some(Message::attention(format!(
        "{par} a renvoyé la proposition, avec cette remarque : « {motif} »"
    )))
}

/// `GET /dossiers/{numero}`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page(visite: Visite, numero: web::Path<String>, portee: Requete<Portee>) -> Reponse {
    let numero = numero.into_inner();
    if nature_du_numero(&numero) != NatureDossier::Demande {
        // What hangs on a case is addressed by its number, whatever its nature; each nature has its page.
        let Tronc(d) = Tronc::ouvrir(&visite, &numero).await?;
        return visite.rediriger(&objet::page(d.nature, &d.numero, d.id));
    }
    let reglement = visite.etat.reglement();
    let (jour, maintenant) = (visite.aujourd_hui(), visite.maintenant());
    let limite = portee.limite();
    let mut lecture = visite
        .read({
            let (numero, qui) = (numero.clone(), visite.qui()?.clone());
            let provenance = visite.provenance.clone();
            move |conn| {
                lire(
                    conn,
                    &qui,
                    provenance.as_ref(),
                    &reglement,
                    &numero,
                    maintenant,
                    limite,
                )
            }
        })
        .await?;
    let vu = entre_temps::dernier(&lecture.evenements);
    let qui = visite.qui()?;
    let instruit = actions::instruit(qui.role);
    let dossier = &lecture.dossier;
    let d = &dossier.demande;
    let page = visite
        .page(format!("Demande {}", texte::de(dossier.kine.nom_complet())))
        .surtitre(format!("Dossier {}", d.numero))
        .ariane("Dossiers", "/dossiers")
        .rubrique("/dossiers")
        .largeur(Largeur::Pleine);
    let (titre_evaluation, evaluation) = blocs::evaluation(&visite.etat.reglement(), &lecture)?;
    lecture.messages.url = visite.garder(&lecture.messages.url);
    let separation = visite
        .etat
        .reglement()
        .oui("decision.separation", jour)
        .map_err(WebError::interne)?;
    let bloquantes = bloquantes(
        &visite.etat.reglement(),
        &lecture.dossier.demande,
        &lecture.lignes,
        jour,
    )?;
    let faits = actions::sur(&lecture, separation, bloquantes);
    // What may be done is counted in the days of the caisse, as the acts themselves count (ECH-2).
    let la_bas = jour_local(maintenant, lecture.dossier.service.territoire()?);
    let mut actions = actions::possibles(&faits, &lecture, qui, la_bas);
    if instruit && lecture.dossier.demande.etat.en_cours() {
        let attendent = lecture
            .pieces
            .iter()
            .filter(|p| liste_pieces::a_examiner(p));
        actions::examiner(&mut actions, attendent.count(), adresse(&numero, "pieces"));
    }
    if instruit && !lecture.dossier.demande.etat.en_cours() {
        actions.push(actions::enregistrer_un_recours(&numero));
    }
    for action in &mut actions {
        action.url = visite.garder(&action.url);
    }
    let (rares, actions): (Vec<_>, Vec<_>) = actions.into_iter().partition(|a| a.rare);
    let dossier = &lecture.dossier;
    let d = &dossier.demande;
    let examen = ((d.etat.en_cours() || !instruit) && !lecture.pieces.is_empty())
        .then(|| visite.garder(&adresse(&numero, "pieces")));
    let generales = generales::liste(
        &visite.etat.reglement(),
        d,
        &lecture.lignes,
        jour,
        generales::Lecteur::Caisse,
    )?;
    let (dits, faits_tus) = blocs::tus(blocs::faits(&lecture, jour)?);
    let vue = DossierPage {
        parcours: lecture.voisins.vue(&visite, "/dossiers"),
        bandeau: bandeau(
            &visite,
            dossier,
            Attente {
                chemin: lecture.travail.voisinage.chemin,
                ..attente(&lecture.demandees)
            },
        ),
        messages: {
            let mut messages: Vec<Message> = remarque(d).into_iter().collect();
            messages.extend(blocs::messages(&lecture));
            messages.extend(signales(&lecture.recours, recours::caisse::adresse));
            messages.extend(papier::message(dossier, instruit));
            messages.extend(identite::message(
                &d.numero,
                lecture.identite.as_ref(),
                d.etat.en_cours(),
                instruit,
            ));
            messages.extend(mandat::message(d, instruit));
            messages.extend(audition::message(d, instruit));
            messages.extend(lecture.travail.messages(d, qui.compte_id));
            messages
        },
        titre_evaluation,
        evaluation,
        decision: decide::decision(&lecture, qui.role)?,
        faits: dits,
        faits_tus,
        generales_dites: generales::dites(&generales),
        generales,
        noter: (instruit && noter_generales(d.etat).is_ok())
            .then(|| visite.garder(&adresse(&numero, "conditions"))),
        corriger: instruit.then(|| visite.garder(&adresse(&numero, "corriger"))),
        depart: blocs::depart(&lecture),
        pieces: documents::pieces(&lecture, examen.is_some()),
        examen: examen.map(|url| match instruit {
            true => Lien::new("Examiner les pièces", url),
            false => Lien::new("Lire les pièces", url),
        }),
        recevoir: (d.etat.en_cours() && instruit)
            .then(|| visite.garder(&adresse(&numero, "recevoir"))),
        domicile: Domicile::url(&visite, dossier, qui.role),
        retirer: Retrait::url(&visite, dossier, qui.role),
        lettres: papier::lettres(&numero, &lecture.lettres, instruit),
        ecrits: ecrits::liste(&lecture.ecrits),
        demandees: lecture
            .demandees
            .iter()
            .map(|p| documents::demandee(p, jour))
            .collect(),
        historique: HistoriqueVue::new(
            &visite,
            &adresse(&numero, ""),
            &portee,
            &lecture.evenements,
        )
        .plie(&portee),
        notes: lecture.travail.notes(d.into(), qui.role, page.csrf()),
        cote: lecture
            .travail
            .cote(d.into(), qui.role, vu, page.csrf())
            .a_rendre(qui.compte_id),
        archive: (!lecture.pieces.is_empty()).then(|| adresse(&numero, "pieces.zip")),
        liasse: adresse(&numero, "liasse.zip"),
        echeances: vues::echeances_en_cours(&lecture.echeances, jour)?,
        actions,
        rares,
        consigne: actions::consigne(&faits, &lecture, qui),
        messages_du_dossier: lecture.messages.clone(),
        version: d.version,
        vu,
        page,
    };
    lecture.travail.signaler(&visite, d.id).await?;
    visite.rendre(&vue)
}

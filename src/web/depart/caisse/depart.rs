//! `/departs/{id}`: the facts, what confirming would give, and the three answers.

use actix_web::web;
use askama::Template;
use chrono::NaiveDate;
use regles::depart::{Contestation, EtatDepart, periode_des_actes};
use regles::droits::INSTRUCTION;
use regles::echeance::{EtatEcheance, NatureEcheance};
use regles::geste::{GesteDepart, Qui, SurDepart, avis_defavorable};
use regles::liste_pieces::Manques;
use regles::place::AvisSousSeuil;
use regles::texte;

use super::bandeau::{bandeau, pastille_place};
use super::faits::faits;
use super::reponses::{Avis, Confirmation, Rejet, a_confirmer};
use super::zone;
use crate::actions::ActionError;
use crate::actions::depart::decompte::{contestation, provisoire};
use crate::actions::depart::{etat_de_la_place, pieces_ouvertes, sans_place};
use crate::actions::evaluation::{evaluer_depart, faits_du_depart};
use crate::actions::piece::liste;
use crate::clock::jour_a_paris;
use crate::db::depart::{self, Depart, DepartComplet};
use crate::db::designation;
use crate::db::echeance::EcheanceStockee;
use crate::db::evenement::Evenement;
use crate::db::fiche;
use crate::db::message::Cote;
use crate::db::piece::Piece;
use crate::db::place::{self, Place};
use crate::db::recours::Bref;
use crate::web::dossiers;
use crate::web::dossiers::dossier::travail::{CoteVue, NotesVue, Travail, presents_depuis};
use crate::web::dossiers::file::DEPARTS;
use crate::web::dossiers::historique::{HistoriqueVue, Portee};
use crate::web::dossiers::instruction::utiles_manquantes;
use crate::web::dossiers::parcours::{ParcoursVue, Voisins};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::entre_temps;
use crate::web::kit::essai::Essai;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Geste, Objet};
use crate::web::kit::requete::Requete;
use crate::web::liste_pieces::{self, Fonds};
use crate::web::messages::MessagesVue;
use crate::web::page::{Largeur, Page};
use crate::web::recours::{d_un_depart, dits_du_depart};
use crate::web::saisie::Saisie;
use crate::web::ui::{
    Bandeau, Champ, EcheanceVue, Etat, ListePiecesVue, Message, Pastille, PourquoiVue,
};
use crate::web::visite::{Reponse, Visite};
use crate::web::vues;

struct Lecture {
    depart: DepartComplet,
    place: Option<Place>,
    pieces: Vec<Piece>,
    echeances: Vec<EcheanceStockee>,
    evenements: Vec<Evenement>,
    designations: Vec<designation::DesignationSuivie>,
    alerte: Option<Message>,
    messages: MessagesVue,
    travail: Travail,
    /// PRO-9: the appeals against it, and those that run on its place.
    recours: Vec<Bref>,
    voisins: Voisins,
}

impl Lecture {
    /// PRO-4: the deadline of the opinion that the commission was asked for and has not given.
    fn avis_attendu(&self) -> Option<&EcheanceStockee> {
        self.echeances
            .iter()
            .find(|e| e.nature == NatureEcheance::AvisPlace && e.etat == EtatEcheance::EnCours)
    }
}

#[derive(Template)]
#[template(path = "depart/depart.html")]
struct DepartPage {
    page: Page,
    parcours: ParcoursVue,
    bandeau: Bandeau,
    message: Option<Message>,
    alerte: Option<Message>,
    recours: Vec<Message>,
    titre_evaluation: &'static str,
    evaluation: Option<(Pastille, PourquoiVue)>,
    faits: Vec<(&'static str, String)>,
    livre: String,
    designations: Vec<(String, Pastille)>,
    pieces: ListePiecesVue,
    /// Where the documents are examined, when they may be.
    examen: Option<String>,
    /// What the documents leave to do before answering.
    reste: Vec<Message>,
    historique: HistoriqueVue,
    echeances: Vec<EcheanceVue>,
    id: i64,
    version: [Champ; 2],
    /// What was done since the page of a form.
    changements: Vec<String>,
    /// The three answers: their fields, when they may be given.
    confirmer: Option<Champs>,
    rejeter: Option<Champs>,
    avis: Option<Champs>,
    /// Whether the commission may be asked for its opinion.
    saisir: bool,
    /// REG-3: what is contested of the count of acts, and where it is answered.
    contestation: Vec<(&'static str, String)>,
    repondre: Option<String>,
    /// Whether this person may correct the declaration.
    corrige: bool,
    messages_du_dossier: MessagesVue,
    presences: Vec<Message>,
    notes: NotesVue,
    cote: CoteVue,
}

/// `GET /departs/{id}`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page(visite: Visite, id: web::Path<i64>, portee: Requete<Portee>) -> Reponse {
    montrer(&visite, *id, Essai::default(), &portee).await
}

/// Shows a departure; with an error, what was typed is still there and the error is beside its field.
///
/// # Errors
/// Out of scope, or an error that is ours.
pub(super) async fn montrer(
    visite: &Visite,
    id: i64,
    essai: Essai<'_>,
    portee: &Portee,
) -> Reponse {
    let dit = essai.dire("Ce départ")?;
    let (qui, provenance) = (visite.qui()?.clone(), visite.provenance.clone());
    let scope = qui.scope();
    let limite = portee.limite();
    let (jour, maintenant) = (visite.aujourd_hui(), visite.maintenant());
    let reglement = visite.etat.reglement();
    let lecture = visite
        .read(move |conn| {
            let depart = depart::complete(conn, &scope, id)?;
            let place = place::de_depart(conn, id)?;
            let mut fiche = fiche::lire(conn, &scope, id, presents_depuis(maintenant), limite)?;
            let designations = match &place {
                Some(p) => designation::de_place(conn, p.id)?,
                None => Vec::new(),
            };
            let cas = (
                depart.depart.numero.as_str(),
                depart.depart.caisse_code.as_str(),
            );
            let travail = Travail::sans_voisins(conn, &mut fiche, cas, jour)?;
            let url = dossiers::objet::adresse(&depart.depart.numero, "messages");
            let alerte = match &place {
                Some(p) => zone::alerte(conn, &reglement, &depart.depart, p, jour)?,
                None => None,
            };
            let sans_place = sans_place(&reglement, &depart, place.as_ref(), jour)?;
            let siens = std::mem::take(&mut fiche.recours);
            let recours = d_un_depart(conn, siens, id, place.as_ref())?;
            let alerte = alerte.or(sans_place.map(Message::attention));
            Ok::<_, ActionError>(Lecture {
                alerte,
                depart,
                place,
                pieces: fiche.pieces,
                echeances: fiche.echeances,
                evenements: fiche.evenements,
                designations,
                recours,
                messages: MessagesVue::new(&fiche.messages, Cote::Caisse, url),
                travail,
                voisins: Voisins::lire(conn, &qui, provenance.as_ref(), (id, None), jour)?,
            })
        })
        .await?;
    let c = &lecture.depart.depart;
    let ouvert = pieces_ouvertes(c, lecture.place.as_ref());
    let lignes = liste::lignes_du_depart(&visite.etat.reglement(), c, &lecture.pieces, ouvert)?;
    let contestation = contestation(&visite.acte()?, &lecture.depart, lecture.place.as_ref())?;
    let peut = peut(visite, &lecture, Manques::de(&lignes), contestation)?;
    let (mut confirmer, mut rejeter, mut avis) = (None, None, None);
    let vide = Saisie::default();
    let saisie = dit.saisie.unwrap_or(&vide);
    if peut(GesteDepart::Confirmer) {
        let champs = Confirmation::champs(&a_confirmer(c, saisie), &dit.erreurs);
        confirmer = Some(match utiles_manquantes(&lignes) {
            Some(phrase) => champs.regler(Confirmation::SANS, |c| c.aide(phrase)),
            None => champs.sans(Confirmation::SANS),
        });
    }
    if peut(GesteDepart::Rejeter) {
        rejeter = Some(Rejet::champs(saisie, &dit.erreurs));
    }
    if peut(GesteDepart::NoterAvis) {
        let delai = visite
            .etat
            .reglement()
            .delai("place.delai_designation", jour)
            .map_err(WebError::interne)?;
        let defavorable =
            avis_defavorable(AvisSousSeuil::Defavorable, contestation, provisoire(c)).err();
        let champs = Avis::champs(saisie, &dit.erreurs);
        avis = Some(Avis::a_rendre(champs, delai, defavorable));
    }
    let vu = entre_temps::vu(saisie).filter(|_| dit.conflit());
    let changements = match vu {
        Some(_) => entre_temps::changements(visite, id, vu).await?.0,
        None => Vec::new(),
    };
    let mut page = visite
        .page(format!(
            "Départ {}",
            texte::de(lecture.depart.kine.nom_complet())
        ))
        .surtitre(format!("Dossier {}", c.numero))
        .ariane("Départs", DEPARTS)
        .rubrique(DEPARTS)
        .largeur(Largeur::Dossier);
    let formulaires = [&confirmer, &rejeter, &avis].into_iter().flatten();
    page = Champs::ensemble(formulaires).resumer(page, &dit.erreurs);
    let (titre_evaluation, evaluation) = evaluation(visite, &lecture, jour)?;
    let examen = (peut(GesteDepart::ExaminerPieces) && !lecture.pieces.is_empty())
        .then(|| format!("/departs/{id}/pieces"));
    let url = |piece| match &examen {
        Some(url) => format!("{url}?piece={piece}#apercu"),
        None => format!("/pieces/{piece}"),
    };
    let fonds = Fonds {
        pieces: &lecture.pieces,
        decidee: c.traitee_le,
    };
    let lue = dit.lue();
    let (role, moi) = (visite.qui()?.role, visite.qui()?.compte_id);
    let dernier = entre_temps::dernier(&lecture.evenements);
    let travail = &lecture.travail;
    let suivi_par = travail.suivi_par(c.into());
    // REG-8: the one that counts, with the request that followed it.
    let active = lecture.designations.iter().find_map(|d| d.en_file());
    let vue = DepartPage {
        presences: travail.presences(moi),
        notes: travail.notes(c.into(), role, page.csrf()),
        cote: travail
            .cote(c.into(), role, dernier, page.csrf())
            .a_prendre(moi),
        bandeau: bandeau(
            &super::bandeau::Lu {
                depart: &lecture.depart,
                place: lecture.place.as_ref(),
                avis: lecture.avis_attendu(),
                contestation,
                designation: active.as_ref(),
                agent: c.assigne_a.map(|_| suivi_par.as_str()),
            },
            jour,
        )
        .detail("Suivi par", &suivi_par),
        contestation: super::contestation::faits(c),
        repondre: peut(GesteDepart::RepondreALaContestation)
            .then(|| DepartComplet::url(&id, super::Contestation::VERBE)),
        message: dit.message,
        alerte: lecture.alerte.clone(),
        recours: dits_du_depart(&lecture.recours, c, lecture.place.as_ref(), role),
        titre_evaluation,
        evaluation,
        faits: faits(&lecture.depart),
        livre: format!("/grand-livre/{}", c.bassin_code),
        designations: super::designations::vues(&lecture.designations),
        reste: match rejeter.is_some() || avis.is_some() {
            true => super::pieces::reste(&super::pieces::Avant {
                etat: c.etat,
                lignes: &lignes,
                pieces: &lecture.pieces,
                non_lus: lecture.messages.non_lus,
                periode: periode_en_cours(visite, c)?,
            }),
            false => Vec::new(),
        },
        pieces: liste_pieces::pour_la_caisse(&lignes, fonds, url, None),
        examen,
        historique: HistoriqueVue::new(
            visite,
            &format!("/departs/{id}"),
            portee,
            &lecture.evenements,
        ),
        parcours: lecture.voisins.vue(visite, DEPARTS),
        echeances: vues::echeances_en_cours(&lecture.echeances, jour)?,
        id,
        version: entre_temps::reperes(c.version, dernier, lue),
        changements,
        corrige: INSTRUCTION.permet(Some(visite.qui()?.role)),
        messages_du_dossier: lecture.messages.clone(),
        confirmer,
        rejeter,
        avis,
        saisir: peut(GesteDepart::Saisir),
        page,
    };
    lecture.travail.signaler(visite, id).await?;
    visite.rendre_avec(&vue, dit.statut)
}

/// What this person may do on the departure today.
fn peut(
    visite: &Visite,
    lecture: &Lecture,
    manques: Manques,
    contestation: Option<Contestation>,
) -> Result<impl Fn(GesteDepart) -> bool, WebError> {
    let (c, place) = (&lecture.depart.depart, lecture.place.as_ref());
    let jour = visite.aujourd_hui();
    let moi = Qui {
        role: visite.qui()?.role,
        compte: visite.qui()?.compte_id,
    };
    let faits = SurDepart {
        etat: c.etat,
        place: place.map(|p| p.etat),
        cessation: c.date_cessation,
        limite: place.and_then(|p| p.limite_designation),
        // Who leaves designates on another page.
        avant_cessation: false,
        attribuee: false,
        saisie: lecture.avis_attendu().is_some(),
        manques,
        contestation,
    };
    Ok(move |geste: GesteDepart| geste.possible(&faits, moi, jour).is_ok())
}

/// REG-3: the last day over which the acts are counted, while that day is not over.
fn periode_en_cours(visite: &Visite, c: &Depart) -> Result<Option<NaiveDate>, WebError> {
    let reglement = visite.etat.reglement();
    let (_, fin) = periode_des_actes(&reglement, c.date_cessation).map_err(ActionError::from)?;
    Ok(Some(fin).filter(|fin| c.etat == EtatDepart::Declaree && visite.aujourd_hui() <= *fin))
}

/// The title of the block, and what the rules say.
type Evaluation = (&'static str, Option<(Pastille, PourquoiVue)>);

fn evaluation(visite: &Visite, lecture: &Lecture, jour: NaiveDate) -> Result<Evaluation, WebError> {
    if let Some(place) = &lecture.place {
        let resultat = format!("la place est {}", place.etat.libelle().to_lowercase());
        let pourquoi = vues::pourquoi_stocke(resultat, &place.explication)?;
        return Ok((
            "La place ouverte par ce départ",
            Some((pastille_place(place.etat), pourquoi)),
        ));
    }
    let c = &lecture.depart.depart;
    if matches!(c.etat, EtatDepart::Rejetee | EtatDepart::Retiree) {
        return Ok(("", None));
    }
    let territoire = lecture
        .depart
        .service
        .territoire
        .parse()
        .map_err(WebError::interne)?;
    let date = c.traitee_le.map_or(jour, jour_a_paris);
    let conclusion = evaluer_depart(
        &visite.etat.reglement(),
        &faits_du_depart(c, territoire),
        c,
        date,
    )?;
    let (pastille, resultat) = match etat_de_la_place(&conclusion) {
        Ok(Some(etat)) => (
            Pastille {
                mot: format!("Place {}", etat.libelle().to_lowercase()),
                ..pastille_place(etat)
            },
            format!("la place serait {}", etat.libelle().to_lowercase()),
        ),
        Ok(None) => (
            Pastille::new(Etat::Neutre, "Aucune place : zone non régulée"),
            "ce départ n’ouvre pas de place".to_owned(),
        ),
        Err(_) => (
            Pastille::new(Etat::AFaire, "Il manque un fait pour conclure"),
            "il manque un fait pour conclure".to_owned(),
        ),
    };
    let titre = match c.etat {
        EtatDepart::Declaree => "Ce que donnerait la confirmation aujourd’hui",
        _ => "Pourquoi ce départ n’ouvre pas de place",
    };
    let pourquoi = vues::pourquoi(resultat, &conclusion.explication)?;
    Ok((titre, Some((pastille, pourquoi))))
}

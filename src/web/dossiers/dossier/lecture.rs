//! What the page of a file reads.

use super::travail::{self, Travail};
use super::zone;
use crate::actions::ActionError;
use crate::actions::evaluation::{Appuis, EvaluationDemande, conclure};
use crate::actions::piece::liste;
use crate::clock::jour_a_paris;
use crate::db::decision::Decision;
use crate::db::demande::{self, DemandeComplete};
use crate::db::depart::DepartComplet;
use crate::db::document_emis;
use crate::db::echeance::EcheanceStockee;
use crate::db::evenement::Evenement;
use crate::db::fiche;
use crate::db::identite::IdentiteVerifiee;
use crate::db::lettre::EnListe;
use crate::db::message::Cote;
use crate::db::piece::{Piece, PieceDemandee};
use crate::db::place::Place;
use crate::db::recours::Bref;
use crate::db::session::Identite;
use crate::db::signature::{self, Signature};
use crate::db::{AnyConn, voisinage};
use crate::web::dossiers::objet::adresse;
use crate::web::dossiers::parcours::Voisins;
use crate::web::messages::MessagesVue;
use crate::web::provenance::Provenance;
use regles::decision::EtatDecision;
use regles::demande::EtatDemande;
use regles::derogation::Motif;
use regles::liste_pieces::Ligne;
use regles::reduction::Reduction;
use regles::reglement::Reglement;

/// Everything the page reads, in four statements: the request; what it rests on; what hangs on it; what is around it; and a
/// fifth once it is decided: under what it was signed.
pub(super) struct Lecture {
    pub(super) dossier: DemandeComplete,
    pub(super) evaluation: Option<EvaluationDemande>,
    pub(super) pieces: Vec<Piece>,
    pub(super) demandees: Vec<PieceDemandee>,
    /// Where each document stands.
    pub(super) lignes: Vec<Ligne>,
    pub(super) echeances: Vec<EcheanceStockee>,
    pub(super) decision: Option<(Decision, String, String)>,
    /// PRO-5: under what it was signed.
    pub(super) signature: Option<Signature>,
    pub(super) evenements: Vec<Evenement>,
    pub(super) depart: Option<(Place, DepartComplet)>,
    pub(super) zones: zone::Zones,
    pub(super) motif: Option<Motif>,
    pub(super) reduction: Option<Reduction>,
    pub(super) travail: Travail,
    pub(super) identite: Option<IdentiteVerifiee>,
    pub(super) messages: MessagesVue,
    /// PRO-13: the letters to print.
    pub(super) lettres: Vec<EnListe>,
    /// The letters frozen as documents.
    pub(super) ecrits: Vec<document_emis::EnListe>,
    /// PRO-9: the appeals against it.
    pub(super) recours: Vec<Bref>,
    pub(super) voisins: Voisins,
}

pub(super) fn lire(
    conn: &mut AnyConn,
    qui: &Identite,
    provenance: Option<&Provenance>,
    reglement: &Reglement,
    numero: &str,
    maintenant: chrono::NaiveDateTime,
    evenements: i64,
) -> Result<Lecture, ActionError> {
    let jour = jour_a_paris(maintenant);
    let scope = &qui.scope();
    let dossier = demande::complete(conn, scope, numero)?;
    let d = &dossier.demande;
    let appuis = Appuis::lire(conn, d)?;
    let fiche = fiche::lire(
        conn,
        scope,
        d.id,
        travail::presents_depuis(maintenant),
        evenements,
    )?;
    let prise = fiche.decision.as_ref().map(|(decision, _, _)| decision);
    let signature = match prise.filter(|d| d.etat == EtatDecision::Decidee) {
        Some(decision) => signature::de(conn, decision.id)?,
        None => None,
    };
    let evaluation = if d.etat.en_cours() && d.etat != EtatDemande::Accordee {
        Some(conclure(reglement, d, &appuis, jour)?)
    } else {
        None
    };
    let lignes = liste::lignes(
        reglement,
        d,
        appuis.motif.as_ref(),
        &fiche.pieces,
        &fiche.demandees,
    )?;
    Ok(Lecture {
        lignes,
        evaluation,
        zones: zone::lire(&appuis.zone, reglement, d, jour)?,
        motif: appuis.motif,
        reduction: appuis.reduction,
        pieces: fiche.pieces,
        demandees: fiche.demandees,
        echeances: fiche.echeances,
        decision: fiche.decision,
        signature,
        identite: fiche.identite,
        depart: appuis.succession.map(|visee| (visee.place, visee.depart)),
        travail: Travail {
            notes: fiche.notes,
            posees: fiche.etiquettes,
            presents: fiche.presents,
            perdus: fiche.perdus,
            prise_par: travail::prise_par(&fiche.evenements),
            numero: numero.to_owned(),
            voisinage: voisinage::lire(conn, scope, d, jour)?,
        },
        evenements: fiche.evenements,
        lettres: fiche.lettres,
        ecrits: fiche.documents,
        recours: fiche.recours,
        messages: MessagesVue::new(&fiche.messages, Cote::Caisse, adresse(numero, "messages")),
        voisins: Voisins::lire(
            conn,
            qui,
            provenance,
            (d.id, Some(d.prochaine_echeance)),
            jour,
        )?,
        dossier,
    })
}

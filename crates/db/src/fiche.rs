//! What hangs on a case, in one statement.

use chrono::NaiveDateTime;
use regles::mots::fold;

use super::courriel::{self, CourrielPerdu};
use super::decision::{self, Decision};
use super::document_emis;
use super::echeance::{self, EcheanceStockee};
use super::ensemble::Lectures;
use super::etiquette::{self, Etiquette};
use super::evenement::{self, Evenement};
use super::identite::{self, IdentiteVerifiee};
use super::lettre::{self, EnListe};
use super::message::{self, Ecrits};
use super::note::{self, Note};
use super::piece::{self, Piece, PieceDemandee};
use super::presence::{self, Present};
use super::recours::{self, Bref};
use super::{AnyConn, CpamScope, DbResult};

/// All that hangs on a case, as its CPAM sees it: the caller made sure that the reader is of it.
pub struct Fiche {
    /// Documents received, oldest first.
    pub pieces: Vec<Piece>,
    /// Documents asked for, oldest first.
    pub demandees: Vec<PieceDemandee>,
    /// Deadlines, running and past, oldest first.
    pub echeances: Vec<EcheanceStockee>,
    /// The proposal under way or the decision taken, with the name of its proposer.
    pub decision: Option<(Decision, String, String)>,
    /// The last events of the timeline, oldest first.
    pub evenements: Vec<Evenement>,
    /// What each side wrote.
    pub messages: Vec<Ecrits>,
    /// Internal notes, oldest first.
    pub notes: Vec<Note>,
    /// Labels, by name.
    pub etiquettes: Vec<Etiquette>,
    /// Those who look at it, by name.
    pub presents: Vec<Present>,
    /// Letters to print (PRO-13), oldest first.
    pub lettres: Vec<EnListe>,
    /// Letters frozen as documents, oldest first.
    pub documents: Vec<document_emis::EnListe>,
    /// Mails that did not arrive, or perhaps not, oldest first.
    pub perdus: Vec<CourrielPerdu>,
    /// How a caisse made sure of who the practitioner is.
    pub identite: Option<IdentiteVerifiee>,
    /// PRO-9: the appeals against it, newest first.
    pub recours: Vec<Bref>,
}

/// Reads what hangs on a case; `presents_depuis`: those who read its page since are said to look at it; `evenements`: how
/// many events at most.
pub fn lire(
    conn: &mut AnyConn,
    scope: &CpamScope,
    dossier_id: i64,
    presents_depuis: NaiveDateTime,
    evenements: i64,
) -> DbResult<Fiche> {
    let (
        mut pieces,
        mut demandees,
        mut echeances,
        mut decisions,
        mut evenements,
        messages,
        mut notes,
        etiquettes,
        mut presents,
        mut lettres,
        mut documents,
        mut perdus,
        mut identites,
        mut recours,
    ) = (
        piece::lecture_de(scope, dossier_id),
        piece::lecture_demandees(dossier_id),
        echeance::lecture_de(dossier_id),
        decision::lecture_active(dossier_id),
        evenement::lecture_derniers(dossier_id, evenements),
        message::lecture_ecrits(dossier_id),
        note::lecture_de(dossier_id),
        etiquette::lecture_de_dossiers(vec![dossier_id]),
        presence::lecture_depuis(dossier_id, presents_depuis),
        lettre::lecture_de(dossier_id),
        document_emis::lecture_de(dossier_id),
        courriel::lecture_perdus(dossier_id),
        identite::lecture_du_dossier(dossier_id),
        recours::lecture_contre(dossier_id),
    )
        .ensemble(conn)?;
    pieces.sort_by_key(|p| p.id);
    demandees.sort_by_key(|p| p.id);
    echeances.sort_by_key(|e| e.id);
    evenements.sort_by_key(|e| e.0);
    notes.sort_by_key(|n| n.id);
    perdus.sort_by_key(|c| c.id);
    recours.sort_by_key(|r| std::cmp::Reverse(r.id));
    let mut etiquettes: Vec<Etiquette> = etiquettes.into_iter().map(|(_, e)| e).collect();
    etiquettes.sort_by_cached_key(|e| fold(&e.nom));
    lettres.sort_by_key(|l| l.0);
    documents.sort_by_key(|d| d.0);
    presents.sort_by_cached_key(|p| (fold(&p.nom), p.compte_id));
    Ok(Fiche {
        pieces,
        demandees,
        echeances,
        decision: decisions.pop(),
        evenements: evenements
            .into_iter()
            .map(evenement::lire)
            .collect::<DbResult<_>>()?,
        messages,
        notes,
        etiquettes,
        presents,
        lettres,
        documents,
        perdus,
        identite: identites.pop(),
        recours,
    })
}

//! PRO-3: where each document of a file stands: to provide, received, accepted, refused and why.

use chrono::NaiveDate;

use super::demande::EtatDemande;
use super::piece::{EtatPiece, NaturePiece};
use super::pieces_requises::PieceRequise;

text_enum! {
    /// Where a line of the list stands.
    pub enum EtatLigne {
        /// Nothing received, or asked for again.
        AFournir = "a_fournir", "À fournir";
        /// Received, not examined.
        Recue = "recue", "Reçue";
        /// Accepted.
        Acceptee = "acceptee", "Acceptée";
        /// Refused, and nothing came since.
        Refusee = "refusee", "Refusée";
    }
}

/// A document received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recue<'a> {
    /// Its identifier.
    pub id: i64,
    /// What it shows.
    pub nature: NaturePiece,
    /// What the CPAM said of it.
    pub etat: EtatPiece,
    /// Why it was refused.
    pub motif: Option<&'a str>,
    /// Another one took its place.
    pub remplacee: bool,
    /// PRO-14: it touches health.
    pub sante: bool,
}

/// A document asked for and not received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendue {
    /// Its identifier.
    pub id: i64,
    /// What it must show.
    pub nature: NaturePiece,
    /// What is expected of it, in words.
    pub precision: Option<String>,
    /// Last day to send it.
    pub limite: NaiveDate,
}

/// A line of the list: one kind of document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ligne {
    /// What the document shows.
    pub nature: NaturePiece,
    /// Why the case calls for it; none when it was added or asked for beyond that.
    pub requise: Option<PieceRequise>,
    /// Where it stands.
    pub etat: EtatLigne,
    /// What the CPAM asked for and waits for.
    pub attendues: Vec<Attendue>,
    /// The documents that count, oldest first.
    pub pieces: Vec<i64>,
    /// Those that another one took the place of, oldest first.
    pub remplacees: Vec<i64>,
    /// Why the last refused one was.
    pub motif: Option<String>,
    /// PRO-14: what came touches health, and the praticien-conseil has concluded on none of it.
    pub a_conclure: bool,
}

impl Ligne {
    /// Whether the case calls for this document and nothing came.
    pub fn manque(&self) -> bool {
        self.etat == EtatLigne::AFournir && self.requise.as_ref().is_some_and(|r| r.requise)
    }
}

/// PRO-3, REG-9: the list of a request in this state. Documents asked for are awaited while it is incomplete; once it is
/// decided, only its installation is still to be shown.
pub fn d_une_demande(
    etat: EtatDemande,
    requises: Vec<PieceRequise>,
    attendues: &[Attendue],
    recues: &[Recue<'_>],
) -> Vec<Ligne> {
    let attendues = if etat == EtatDemande::Incomplete {
        attendues
    } else {
        &[]
    };
    let mut lignes = liste(requises, attendues, recues);
    if !etat.en_cours() || etat.consomme() {
        lignes.retain(|l| {
            l.etat != EtatLigne::AFournir
                || (etat == EtatDemande::Accordee
                    && l.requise.as_ref().is_some_and(|r| r.regle == "REG-9"))
        });
    }
    lignes
}

/// PRO-3: the list of a departure; once it was answered (`ouvert` is false), nothing is to be provided any more.
pub fn d_un_depart(ouvert: bool, requises: Vec<PieceRequise>, recues: &[Recue<'_>]) -> Vec<Ligne> {
    let mut lignes = liste(requises, &[], recues);
    lignes.retain(|l| ouvert || l.etat != EtatLigne::AFournir);
    lignes
}

/// PRO-3: what the case calls for, and that is not among the kinds received.
pub fn non_recues(requises: Vec<PieceRequise>, recues: &[NaturePiece]) -> Vec<NaturePiece> {
    requises
        .into_iter()
        .filter(|r| r.requise && !recues.contains(&r.nature))
        .map(|r| r.nature)
        .collect()
}

/// The list of a file: what the case calls for, then what was asked for or sent beyond that.
pub fn liste(
    requises: Vec<PieceRequise>,
    attendues: &[Attendue],
    recues: &[Recue<'_>],
) -> Vec<Ligne> {
    let mut natures: Vec<(NaturePiece, Option<PieceRequise>)> =
        requises.into_iter().map(|r| (r.nature, Some(r))).collect();
    let autres = attendues.iter().map(|a| a.nature);
    for nature in autres.chain(recues.iter().map(|r| r.nature)) {
        if natures.iter().all(|(n, _)| *n != nature) {
            natures.push((nature, None));
        }
    }
    natures
        .into_iter()
        .map(|(nature, requise)| ligne(nature, requise, attendues, recues))
        .collect()
}

fn ligne(
    nature: NaturePiece,
    requise: Option<PieceRequise>,
    attendues: &[Attendue],
    recues: &[Recue<'_>],
) -> Ligne {
    let attendues: Vec<Attendue> = attendues
        .iter()
        .filter(|a| a.nature == nature)
        .cloned()
        .collect();
    let siennes = || recues.iter().filter(move |r| r.nature == nature);
    let comptent = || siennes().filter(|r| !r.remplacee);
    let refusee = comptent().rfind(|r| r.etat == EtatPiece::Refusee);
    let etat = if comptent().any(|r| r.etat == EtatPiece::Recue) && attendues.is_empty() {
        EtatLigne::Recue
    } else if comptent().any(|r| r.etat == EtatPiece::Acceptee) && attendues.is_empty() {
        EtatLigne::Acceptee
    } else if refusee.is_some() {
        EtatLigne::Refusee
    } else {
        EtatLigne::AFournir
    };
    Ligne {
        nature,
        requise,
        etat,
        attendues,
        pieces: comptent().map(|r| r.id).collect(),
        remplacees: siennes().filter(|r| r.remplacee).map(|r| r.id).collect(),
        motif: refusee
            .filter(|_| etat == EtatLigne::Refusee)
            .and_then(|r| r.motif)
            .map(str::to_owned),
        a_conclure: comptent().any(|r| r.sante && r.etat == EtatPiece::Recue)
            && !comptent().any(|r| r.etat == EtatPiece::Acceptee),
    }
}

/// PRO-3, PRO-14: what the list of a file still lacks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manques {
    /// Indispensable, and nothing came.
    pub absentes: Vec<NaturePiece>,
    /// Indispensable, refused, and nothing came since.
    pub refusees: Vec<NaturePiece>,
    /// Indispensable, and the praticien-conseil, who alone reads them, has not concluded.
    pub a_conclure: Vec<NaturePiece>,
    /// Not indispensable, missing or refused.
    pub utiles: Vec<NaturePiece>,
    /// Indispensable, missing or refused, and asked for: the person has it to send.
    pub demandees: Vec<NaturePiece>,
}

impl Manques {
    /// What this list lacks.
    pub fn de(liste: &[Ligne]) -> Manques {
        let mut manques = Manques::default();
        for ligne in liste {
            let Some(requise) = &ligne.requise else {
                continue;
            };
            let liste = match (ligne.etat, requise.indispensable) {
                (EtatLigne::AFournir, true) => &mut manques.absentes,
                (EtatLigne::Refusee, true) => &mut manques.refusees,
                (EtatLigne::Recue, true) if ligne.a_conclure => &mut manques.a_conclure,
                (EtatLigne::AFournir | EtatLigne::Refusee, false) => &mut manques.utiles,
                (EtatLigne::Recue | EtatLigne::Acceptee, _) => continue,
            };
            liste.push(ligne.nature);
            let absente = matches!(ligne.etat, EtatLigne::AFournir | EtatLigne::Refusee);
            if absente && requise.indispensable && !ligne.attendues.is_empty() {
                manques.demandees.push(ligne.nature);
            }
        }
        manques
    }

    /// Whether something indispensable lacks that nobody asked for.
    pub fn a_demander(&self) -> bool {
        let mut manquent = self.absentes.iter().chain(&self.refusees);
        manquent.any(|nature| !self.demandees.contains(nature))
    }

    /// Whether everything indispensable is there, not refused, and concluded on.
    pub fn rien_d_indispensable(&self) -> bool {
        self.absentes.is_empty() && self.refusees.is_empty() && self.a_conclure.is_empty()
    }
}

/// CRPA L114-5-1: whether asking for one of these documents suspends the delay of silence: only what is indispensable does.
pub fn suspend(liste: &[Ligne], demandees: &[NaturePiece]) -> bool {
    liste.iter().any(|ligne| {
        ligne.requise.as_ref().is_some_and(|r| r.indispensable) && demandees.contains(&ligne.nature)
    })
}

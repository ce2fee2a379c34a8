//! What happened: every kind of event, declared once in [`Fait`], and the canonical text under which it is kept and chained.
//!
//! Like `evaluer` and `texte`, a room that no rule knows: it borrows their words to say what people did. Adding a kind is an
//! entry in `fait` and its sentence in `phrase`.

#[macro_use]
mod declaration;
mod canon;
mod chaine;
mod correction;
mod donnees;
mod effacement;
mod fait;
pub mod nouveaute;
mod phrase;

pub use canon::{Acteur, CanonError, Entree, Lu, Nouvelle, Scellee, canonique};
pub use chaine::{Empreinte, Faute, Maillon, ORIGINE, Suite, engagement, maillon};
pub use donnees::{EtatDelai, LignesImportees, MoyenMotDePasse, PieceDeposee, RefusConnexion};
pub use effacement::{EFFACE, Effacable};
pub use fait::{Code, Fait};

text_enum! {
    /// What an event is about: what timelines are filtered by.
    pub enum Famille {
        /// The request itself.
        Demande = "demande", "Demande";
        /// Documents.
        Pieces = "pieces", "Pièces";
        /// Deadlines and their reminders.
        Echeances = "echeances", "Échéances";
        /// Decisions.
        Decisions = "decisions", "Décisions";
        /// Messages.
        Messages = "messages", "Messages";
        /// What the CPAM says to itself.
        Interne = "interne", "Interne";
        /// A departure, its place and its successor.
        Depart = "depart", "Départ";
        /// A call to candidates, and the charter that ranks them.
        Appel = "appel", "Appel à candidatures";
        /// Accounts, sessions and passwords.
        Compte = "compte", "Compte";
        /// Parameters and grounds.
        Reglement = "reglement", "Paramètres et motifs";
        /// Reference data.
        Import = "import", "Imports";
    }
}

impl Famille {
    /// The codes of the family, in the order of their declaration.
    pub fn codes(self) -> impl Iterator<Item = Code> {
        Code::TOUS
            .iter()
            .copied()
            .filter(move |c| c.famille() == self)
    }
}

/// Who may see an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Public {
    /// The practitioner whose case it is, and her CPAM.
    Kine,
    /// The CPAM alone.
    Caisse,
    /// Those who administer for the nation.
    Nation,
    /// Who holds the account, and who administers it.
    Titulaire,
}

/// The sign shown beside an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signe {
    /// An arrival.
    Arrivee,
    /// A date.
    Calendrier,
    /// Anything else.
    Cercle,
    /// A decision.
    Decision,
    /// A departure.
    Depart,
    /// A letter.
    Enveloppe,
    /// A document.
    Fichier,
    /// A person.
    Personne,
}

//! Bulk acts: what may be done to many files at once, and what happened to each.

use crate::passage::Passage;
use crate::refus::Refus;

text_enum! {
    /// What is done to every file of the lot.
    pub enum ActeLot {
        /// Somebody handles them from now on.
        Assigner = "assigner", "Confier";
        /// Nobody handles them any more.
        Liberer = "liberer", "Retirer l’assignation";
        /// A label is put on them.
        Etiqueter = "etiqueter", "Poser une étiquette";
        /// A label is taken off them.
        Desetiqueter = "desetiqueter", "Retirer une étiquette";
        /// The same message is written to whose file it is, on each.
        Ecrire = "ecrire", "Écrire un message";
        /// What each file lacks is written to whose it is, where it lacks something.
        Relancer = "relancer", "Rappeler ce qui manque";
    }
}

impl ActeLot {
    /// Whether a message leaves for each file.
    pub fn ecrit(self) -> bool {
        matches!(self, ActeLot::Ecrire | ActeLot::Relancer)
    }

    /// Whether each file can be put back as it was: what somebody has read cannot.
    pub fn se_defait(self) -> bool {
        !self.ecrit()
    }
}

text_enum! {
    /// Where a lot stands.
    pub enum EtatLot {
        /// Files are chosen, nothing is done yet.
        Prepare = "prepare", "À confirmer";
        /// Files are being changed.
        EnCours = "en_cours", "En cours";
        /// Every file was tried.
        Termine = "termine", "Terminé";
        /// Files are being put back as they were.
        Annulation = "annulation", "Annulation en cours";
        /// Every file that could be was put back.
        Annule = "annule", "Annulé";
    }
}

impl EtatLot {
    /// Where a lot begins.
    pub const DEBUT: EtatLot = EtatLot::Prepare;

    /// Whether files remain to be worked on.
    pub fn travaille(self) -> bool {
        matches!(self, EtatLot::EnCours | EtatLot::Annulation)
    }
}

text_enum! {
    /// What can happen to a lot.
    pub enum Evenement {
        /// It is confirmed: it begins.
        Lancer = "lancer", "Le lancement";
        /// Every file was tried.
        Terminer = "terminer", "La fin";
        /// It is to be undone.
        Annuler = "annuler", "L’annulation";
        /// Every file that could be was put back.
        FinirAnnulation = "finir_annulation", "La fin de l’annulation";
    }
}

/// The state that follows.
///
/// # Errors
/// A refusal when it cannot happen in this state, or to what was done.
pub fn transition(
    acte: ActeLot,
    etat: EtatLot,
    evenement: Evenement,
) -> Result<Passage<EtatLot>, Refus> {
    use EtatLot as E;
    use Evenement as V;
    let vers = match (etat, evenement) {
        (E::Prepare, V::Lancer) => E::EnCours,
        (E::EnCours, V::Terminer) => E::Termine,
        (E::Termine, V::Annuler) if !acte.se_defait() => {
            return Err(Refus::fixe(
                "lot_envoye",
                "Un message envoyé ne se reprend pas : écrivez-en un autre aux mêmes personnes.",
            ));
        }
        (E::Termine, V::Annuler) => E::Annulation,
        (E::Annulation, V::FinirAnnulation) => E::Annule,
        (_, V::Lancer) => {
            return Err(Refus::fixe(
                "lot_lance",
                "Cette action a déjà été lancée : sa page dit où elle en est.",
            ));
        }
        (_, V::Annuler) => {
            return Err(Refus::fixe(
                "lot_non_termine",
                "Seule une action terminée peut être annulée : sa page dit où elle en est.",
            ));
        }
        (_, V::Terminer | V::FinirAnnulation) => {
            return Err(Refus::fixe(
                "lot_inactif",
                "Cette action n’est pas en cours : sa page dit où elle en est.",
            ));
        }
    };
    Ok(Passage::new(etat, vers))
}

text_enum! {
    /// What happened to one file.
    pub enum EtatLigne {
        /// Not tried yet.
        AFaire = "a_faire", "À faire";
        /// Changed.
        Fait = "fait", "Fait";
        /// Was already so.
        Inchange = "inchange", "Déjà ainsi";
        /// Could not be changed; the message says why.
        Refuse = "refuse", "Refusé";
        /// Put back as it was.
        Annule = "annule", "Annulé";
        /// Changed by somebody else since: left as it is.
        Garde = "garde", "Laissé tel quel";
    }
}

impl EtatLigne {
    /// Where a file of a lot begins.
    pub const DEBUT: EtatLigne = EtatLigne::AFaire;
}

text_enum! {
    /// What can happen to one file of a lot.
    pub enum EvenementLigne {
        /// It is changed.
        Faire = "faire", "Le changement";
        /// It was already so.
        Laisser = "laisser", "L’absence de changement";
        /// It cannot be changed.
        Refuser = "refuser", "Le refus";
        /// It is put back as it was.
        Defaire = "defaire", "La remise en état";
        /// Somebody changed it since: it is left as it is.
        Garder = "garder", "Le maintien";
    }
}

/// The state of one file that follows: it is tried once, and put back once.
///
/// # Errors
/// A refusal when it cannot happen in this state.
pub fn transition_ligne(
    etat: EtatLigne,
    evenement: EvenementLigne,
) -> Result<Passage<EtatLigne>, Refus> {
    use EtatLigne as E;
    use EvenementLigne as V;
    let vers = match (etat, evenement) {
        (E::AFaire, V::Faire) => E::Fait,
        (E::AFaire, V::Laisser) => E::Inchange,
        (E::AFaire, V::Refuser) => E::Refuse,
        (E::Fait, V::Defaire) => E::Annule,
        (E::Fait, V::Garder) => E::Garde,
        _ => {
            return Err(Refus::dit(
                "ligne_traitee",
                format!(
                    "{evenement} n’est pas possible : ce dossier est à l’état « {etat} » dans ce lot. Rechargez sa page."
                ),
            ));
        }
    };
    Ok(Passage::new(etat, vers))
}

/// Largest lot, in files.
pub const DOSSIERS_MAX: usize = 10_000;

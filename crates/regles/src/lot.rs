//! Bulk acts: what may be done to many files at once, and what happened to each.

text_enum! {
    /// What is done to every file of the lot.
    pub enum ActeLot {
        /// Somebody handles them from now on.
        Assigner = "assigner", "Assigner";
        /// Nobody handles them any more.
        Liberer = "liberer", "Retirer l’assignation";
        /// A label is put on them.
        Etiqueter = "etiqueter", "Poser une étiquette";
        /// A label is taken off them.
        Desetiqueter = "desetiqueter", "Retirer une étiquette";
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
    /// Whether files remain to be worked on.
    pub fn travaille(self) -> bool {
        matches!(self, EtatLot::EnCours | EtatLot::Annulation)
    }
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

/// Largest lot, in files.
pub const DOSSIERS_MAX: usize = 10_000;

//! REG-12: a call for candidates and their applications.

text_enum! {
    /// Where a call stands.
    pub enum EtatAppel {
        /// Candidates apply until the deadline, then are ranked.
        Ouvert = "ouvert", "Ouvert";
        /// The director attributed the place.
        Attribue = "attribue", "Place attribuée";
        /// Closed without attribution; another call may be opened.
        SansSuite = "sans_suite", "Sans suite";
    }
}

text_enum! {
    /// What became of an application.
    pub enum EtatCandidature {
        /// In the running.
        Deposee = "deposee", "Déposée";
        /// Withdrawn by its author.
        Retiree = "retiree", "Retirée";
        /// Set aside by the CPAM, with a reason.
        Ecartee = "ecartee", "Écartée";
        /// The place is attributed to it.
        Retenue = "retenue", "Retenue";
        /// The place is attributed to another.
        NonRetenue = "non_retenue", "Non retenue";
        /// The place was attributed to it, and nothing was filed in time.
        Defaillante = "defaillante", "Sans suite de son auteur";
    }
}

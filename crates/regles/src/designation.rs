//! REG-5, REG-8: the successor whom a leaver designates.

text_enum! {
    /// What became of a designation.
    pub enum EtatDesignation {
        /// The successor has not answered.
        EnAttente = "en_attente", "En attente de réponse";
        /// The successor accepted.
        Acceptee = "acceptee", "Acceptée";
        /// The successor declined.
        Declinee = "declinee", "Déclinée";
        /// The leaver designated somebody else.
        Remplacee = "remplacee", "Remplacée";
        /// The successor had accepted, and gave it up.
        Renoncee = "renoncee", "Abandonnée par le successeur";
    }
}

impl EtatDesignation {
    /// The two states that count: one designation at most is in them, per place.
    pub const ACTIVES: [EtatDesignation; 2] =
        [EtatDesignation::EnAttente, EtatDesignation::Acceptee];

    /// Whether the designation counts.
    pub fn est_active(self) -> bool {
        EtatDesignation::ACTIVES.contains(&self)
    }
}

//! PRO-5: the decision on a request, proposed by one person and taken by another.

text_enum! {
    /// Where a decision stands.
    pub enum EtatDecision {
        /// Proposed by the handler.
        Proposee = "proposee", "Proposée";
        /// Sent back by the signatory.
        Renvoyee = "renvoyee", "Renvoyée";
        /// Taken (PRO-5).
        Decidee = "decidee", "Prise";
    }
}

text_enum! {
    /// How a decision is notified (PRO-8).
    pub enum ModeNotification {
        /// Registered letter; the date is that of its first presentation.
        Recommande = "recommande", "lettre recommandée avec avis de réception";
        /// In the portal; the date is that of the first opening.
        Portail = "portail", "portail";
    }
}

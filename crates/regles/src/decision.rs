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

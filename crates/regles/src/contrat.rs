//! CTR: the incentive contracts of masseurs-kinésithérapeutes.

text_enum! {
    /// An incentive contract.
    pub enum TypeContrat {
        /// Creating, or taking over, a main cabinet.
        Caccmk = "caccmk", "CACCMK";
        /// Joining an existing cabinet.
        Caimk = "caimk", "CAIMK";
        /// Staying in activity.
        Cammk = "cammk", "CAMMK";
        /// Former incentive contract, kept for history.
        Cimk = "cimk", "CIMK (ancien)";
    }
}

impl TypeContrat {
    /// The parameter key `contrat.<type>.<suite>`.
    pub fn cle(self, suite: &str) -> String {
        format!("contrat.{}.{suite}", self.as_str())
    }

    /// Whether an ARS may modulate it, and acts prorate it (CTR-7, CTR-10).
    pub fn a_plancher_d_actes(self) -> bool {
        matches!(self, TypeContrat::Caccmk | TypeContrat::Caimk)
    }
}

text_enum! {
    /// Result of a computation.
    pub enum ResultatCalcul {
        /// Computed.
        Calcule = "calcule", "calculé";
        /// A fact needed is unknown.
        Incomplet = "incomplet", "incomplet";
    }
}

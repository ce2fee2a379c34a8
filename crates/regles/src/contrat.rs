//! CTR: the incentive contracts of masseurs-kinésithérapeutes.

use chrono::NaiveDate;

use super::reglement::{Reglement, ReglementError};

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

text_enum! {
    /// CTR-13: the regional standard contract on which a contract was signed, which it keeps until its end.
    pub enum Regime {
        /// That of avenant 5, until the region adopted its contracts of avenant 7.
        Avenant5 = "avenant5", "avenant 5";
        /// That of avenant 7.
        Avenant7 = "avenant7", "avenant 7";
    }
}

impl Regime {
    /// The regime of a contract that does not say it: avenant 7 from its day of effect on.
    ///
    /// # Errors
    /// The day of effect is not known on that day, or is not a date.
    pub fn du(reglement: &Reglement, signature: NaiveDate) -> Result<Regime, ReglementError> {
        Ok(if signature < reglement.effet_avenant7()? {
            Regime::Avenant5
        } else {
            Regime::Avenant7
        })
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

//! PRO-1: a request sent to the wrong caisse goes to the right one, and who sent it is told.

use chrono::NaiveDate;

use super::silence::{EffetSilence, Reception, depart_du_silence};

/// A request that changed hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transmission<'a> {
    /// The caisse it was sent to.
    pub premiere: &'a str,
    /// The caisse of the place of practice.
    pub competente: &'a str,
    /// Day the first one received it.
    pub recue_le: NaiveDate,
    /// Day the right one received it.
    pub transmise_le: NaiveDate,
}

impl Transmission<'_> {
    /// Whether there was anything to forward.
    pub fn a_lieu(&self) -> bool {
        self.premiere != self.competente
    }

    /// Who sends the receipt: the caisse in charge, whoever received the request first (CRPA L114-2).
    pub fn accuse_par(&self) -> &str {
        self.competente
    }

    /// The day from which silence counts: where it rejects, the first reception; where it accepts, the complete file of
    /// the right caisse (CRPA L114-3); `None` while it is not complete.
    pub fn depart_du_silence(
        &self,
        effet: EffetSilence,
        complete: Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let competente = match self.a_lieu() {
            true => self.transmise_le,
            false => self.recue_le,
        };
        depart_du_silence(
            effet,
            &Reception {
                premiere: self.recue_le,
                competente,
                complete,
            },
        )
    }
}

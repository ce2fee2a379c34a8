//! REG-14: the ledger of a zone. Each eligible departure credits one place; derogations are counted apart.

text_enum! {
    /// Where a place stands.
    pub enum EtatPlace {
        /// REG-4: below the floor of acts, the commission has not advised.
        AExaminer = "a_examiner", "À examiner";
        /// REG-4: below the floor, unfavourable opinion.
        NonTransmissible = "non_transmissible", "Non transmissible";
        /// May be granted to a designated successor.
        Ouverte = "ouverte", "Ouverte";
        /// Granted, installation awaited (REG-9).
        Reservee = "reservee", "Réservée";
        /// The successor is installed (REG-2).
        Pourvue = "pourvue", "Pourvue";
        /// REG-12: nobody in time, and the CPAM applies a charter: a call for candidates decides.
        AAttribuer = "a_attribuer", "À attribuer";
        /// REG-6: nobody in time.
        Caduque = "caduque", "Caduque";
        /// REG-19: its departure was cancelled; it is nowhere in the balance.
        Annulee = "annulee", "Annulée";
        /// REG-16: its zone is no longer regulated; it is nowhere in the balance, and never comes back.
        SansObjet = "sans_objet", "Sans objet";
    }
}

impl EtatPlace {
    /// Whether the departure was eligible: it credits one place (REG-3, REG-4).
    pub fn eligible(self) -> bool {
        !matches!(
            self,
            EtatPlace::AExaminer
                | EtatPlace::NonTransmissible
                | EtatPlace::Annulee
                | EtatPlace::SansObjet
        )
    }

    /// Whether somebody has to act on the departure that opened it. A place that is reserved waits for the request of
    /// its successor, which has its own deadlines.
    pub fn attend(self) -> bool {
        use EtatPlace::*;
        matches!(self, AExaminer | Ouverte | AAttribuer)
    }

    /// Whether the rules alone may say it of a departure: never that somebody took the place, nor what happened to it or to
    /// its zone since.
    pub fn se_dit(self) -> bool {
        !self.prise() && !matches!(self, EtatPlace::Annulee | EtatPlace::SansObjet)
    }

    /// Whether the place already has its arrival (REG-2).
    pub fn prise(self) -> bool {
        matches!(self, EtatPlace::Reservee | EtatPlace::Pourvue)
    }
}

/// The counts of a ledger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bilan {
    /// Confirmed departures that were found eligible, counted on the departures' side.
    pub departs_eligibles: i64,
    /// Places open: to a designated successor, or to candidates under a charter (REG-12).
    pub ouvertes: i64,
    /// Places granted, installation awaited.
    pub reservees: i64,
    /// Places filled.
    pub pourvues: i64,
    /// Places lapsed.
    pub caduques: i64,
    /// Places whose departure the commission still has to examine: not eligible yet.
    pub a_examiner: i64,
    /// Places that cannot be transmitted: never eligible.
    pub non_transmissibles: i64,
    /// Places whose departure was cancelled.
    pub annulees: i64,
    /// Places whose zone is no longer regulated.
    pub sans_objet: i64,
    /// Arrivals by derogation, granted or installed; they debit nothing.
    pub derogations: i64,
}

impl Bilan {
    /// Counts one place in its state.
    pub fn compter(&mut self, etat: EtatPlace, nombre: i64) {
        *match etat {
            EtatPlace::AExaminer => &mut self.a_examiner,
            EtatPlace::NonTransmissible => &mut self.non_transmissibles,
            EtatPlace::Ouverte | EtatPlace::AAttribuer => &mut self.ouvertes,
            EtatPlace::Reservee => &mut self.reservees,
            EtatPlace::Pourvue => &mut self.pourvues,
            EtatPlace::Caduque => &mut self.caduques,
            EtatPlace::Annulee => &mut self.annulees,
            EtatPlace::SansObjet => &mut self.sans_objet,
        } += nombre;
    }

    /// Places of eligible departures, whatever became of them.
    pub fn places(&self) -> i64 {
        self.ouvertes + self.reservees + self.pourvues + self.caduques
    }

    /// REG-14: open + reserved + filled + lapsed = eligible departures.
    pub fn equilibre(&self) -> bool {
        self.places() == self.departs_eligibles
    }
}

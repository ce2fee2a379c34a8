//! What a CPAM handles, whatever its nature, and the numbers that people are given.

text_enum! {
    /// What a case is about.
    pub enum NatureDossier {
        /// A departure: the cessation declared, the place that it opens.
        Depart = "depart", "Départ";
        /// A request for conventionnement.
        Demande = "demande", "Demande";
        /// REG-12: a call for candidates on a place.
        Appel = "appel", "Appel à candidatures";
        /// PRO-9: an appeal against a decision.
        Recours = "recours", "Recours";
    }
}

/// What a number is of: that of a request has no letter.
pub fn nature_du_numero(numero: &str) -> NatureDossier {
    match numero
        .rsplit('-')
        .next()
        .and_then(|rang| rang.chars().next())
    {
        Some('D') => NatureDossier::Depart,
        Some('A') => NatureDossier::Appel,
        Some('R') => NatureDossier::Recours,
        _ => NatureDossier::Demande,
    }
}

/// The number of a case: `131-2026-000042` for a request, `131-2026-D00042` for a departure, `131-2026-A00042` for a
/// call, `131-2026-R00042` for an appeal, so that no two natures share one. `rang`: how many the CPAM opened in the year, this one included.
pub fn numero(caisse: &str, annee: i32, nature: NatureDossier, rang: i32) -> String {
    match nature {
        NatureDossier::Demande => format!("{caisse}-{annee}-{rang:06}"),
        NatureDossier::Depart => format!("{caisse}-{annee}-D{rang:05}"),
        NatureDossier::Appel => format!("{caisse}-{annee}-A{rang:05}"),
        NatureDossier::Recours => format!("{caisse}-{annee}-R{rang:05}"),
    }
}

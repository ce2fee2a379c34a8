//! Who is behind a RPPS. The number is public: anybody can write it. The caisse checks once who the person is, before a
//! right rests on it: a place confirmed by a designation, a decision notified in the portal.

text_enum! {
    /// How the caisse made sure.
    pub enum MoyenIdentite {
        /// An identity document and the professional card were seen.
        Piece = "piece", "Pièce d’identité et carte professionnelle vues";
        /// The council of the Ordre, or the national directory, was asked.
        Ordre = "ordre", "Confirmée par l’Ordre ou l’annuaire santé";
        /// Called back on the number that the caisse had.
        Telephone = "telephone", "Rappel au numéro que la caisse connaissait";
        /// Met at the caisse.
        Guichet = "guichet", "Rencontre à la caisse";
    }
}

/// Why a designation is not confirmed yet, and what to do.
pub const AVANT_LA_PLACE: &str = "Vérifiez d’abord qui est cette personne : son numéro RPPS est public, quelqu’un d’autre \
    a pu l’inscrire. Ouvrez «\u{a0}Vérifier l’identité\u{a0}» sur son dossier.";

//! ZON: the categories of an arrêté de zonage.

text_enum! {
    /// Category of a bassin in an arrêté (ZON-1). Whether it is regulated depends on the regime of the
    /// arrêté (avenant 5 or 7), which is why the categories of both are distinct.
    pub enum Categorie {
        /// Avenant 7, category 1.
        TresSousDotee = "tres_sous_dotee", "très sous-dotée";
        /// Avenant 7, category 2.
        SousDotee = "sous_dotee", "sous-dotée";
        /// Avenant 7, category 3.
        Intermediaire = "intermediaire", "intermédiaire";
        /// Avenant 7, category 4: the regulated one.
        NonPrioritaire = "non_prioritaire", "non prioritaire";
        /// Avenants 5 and 6.
        TresDoteeAv5 = "tres_dotee_av5", "très dotée (avenant 5)";
        /// Avenants 5 and 6: the category regulated then.
        SurDoteeAv5 = "sur_dotee_av5", "sur-dotée (avenant 5)";
    }
}

impl Categorie {
    /// Whether one departure opens one arrival there (REG-1): the category regulated by its regime.
    pub fn est_regulee(self) -> bool {
        matches!(self, Categorie::NonPrioritaire | Categorie::SurDoteeAv5)
    }

    /// Whether a commitment of ALT-1 (b), or a clinicat of ALT-2, may be made there.
    pub fn est_sous_dotee(self) -> bool {
        matches!(self, Categorie::TresSousDotee | Categorie::SousDotee)
    }
}

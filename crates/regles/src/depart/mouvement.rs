//! REG-13, REG-19: what is a departure, and what is not: moving, a second place of practice, a stop that is not for good.

text_enum! {
    /// What an MK does of the place of practice.
    pub enum Mouvement {
        /// Ceases for good all conventioned activity there.
        Cessation = "cessation", "cessation définitive";
        /// Moves to another zone.
        SortieDeZone = "sortie_de_zone", "départ vers une autre zone";
        /// Moves inside the zone.
        DansLaZone = "dans_la_zone", "déménagement dans la zone";
        /// Opens a second place of practice, keeping the first.
        ActiviteSecondaire = "activite_secondaire", "activité secondaire";
        /// Stops for a time: illness, maternity, abroad.
        ArretTemporaire = "arret_temporaire", "arrêt temporaire";
    }
}

text_enum! {
    /// Who is told of it.
    pub enum Destinataire {
        /// The caisse.
        Caisse = "caisse", "la caisse";
        /// The Ordre of the département.
        Ordre = "ordre", "l’Ordre du département";
    }
}

impl Mouvement {
    /// A move, by whether it stays in the zone; `None` while one of the two zones is not known.
    pub fn demenagement(meme_zone: Option<bool>) -> Option<Mouvement> {
        meme_zone.map(|reste| match reste {
            true => Mouvement::DansLaZone,
            false => Mouvement::SortieDeZone,
        })
    }

    /// Whether it is a departure, to which REG-3 applies: the others open nothing and consume nothing.
    pub fn est_un_depart(self) -> bool {
        matches!(self, Mouvement::Cessation | Mouvement::SortieDeZone)
    }

    /// REG-13: whether those who stay in the former cabinet may replace who left it: not where the move stays in the zone,
    /// nobody having left. `None` where nobody left a cabinet.
    pub fn cabinet_remplacable(self) -> Option<bool> {
        match self {
            Mouvement::Cessation | Mouvement::SortieDeZone => Some(true),
            Mouvement::DansLaZone => Some(false),
            Mouvement::ActiviteSecondaire | Mouvement::ArretTemporaire => None,
        }
    }

    /// REG-13, REG-19: what to do instead of declaring a departure; none where it is one.
    pub fn au_lieu_d_un_depart(self) -> Option<&'static str> {
        match self {
            Mouvement::Cessation | Mouvement::SortieDeZone => None,
            Mouvement::ArretTemporaire => Some(
                "Un arrêt temporaire n’est pas une cessation : vous gardez votre conventionnement et votre place, et il n’y a pas \
                 de successeur à désigner. Annoncez votre absence à la caisse depuis « Mon espace », « Signaler un changement », \
                 et faites-vous remplacer si vous le souhaitez.",
            ),
            Mouvement::DansLaZone => Some(
                "Un déménagement dans la zone n’est pas un départ : vous gardez votre conventionnement. Annoncez votre nouvelle \
                 adresse à la caisse depuis « Mon espace », « Signaler un changement ».",
            ),
            Mouvement::ActiviteSecondaire => Some(
                "Ouvrir une activité secondaire n’est pas un départ : vous gardez votre lieu d’exercice. Elle se déclare à \
                 l’Ordre de votre département, pas ici.",
            ),
        }
    }

    /// Who must be told: of a secondary activity, the Ordre only.
    pub fn se_declare_a(self) -> &'static [Destinataire] {
        match self {
            Mouvement::ActiviteSecondaire => &[Destinataire::Ordre],
            _ => &[Destinataire::Caisse, Destinataire::Ordre],
        }
    }
}

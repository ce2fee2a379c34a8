//! What a CPAM may correct of what a practitioner declared, and which of it the rules look at.

use serde::{Deserialize, Serialize};

text_enum! {
    /// A datum that may be corrected.
    pub enum Donnee {
        /// First name.
        Prenom = "prenom", "Prénom";
        /// Name.
        Nom = "nom", "Nom";
        /// Telephone.
        Telephone = "telephone", "Téléphone";
        /// PRO-6: where the person lives, which says the court of an appeal.
        Domicile = "domicile", "Adresse du domicile";
        /// Address of practice, or left.
        Adresse = "adresse", "Adresse professionnelle";
        /// Commune of practice: its zone and its CPAM follow (ZON-6, PRO-1).
        Commune = "commune", "Commune d’exercice";
        /// REG-10 (a).
        DejaConventionne = "deja_conventionne_zone", "Exerce déjà sous convention dans la zone";
        /// ALT-3.
        EntreeFormation = "entree_formation", "Entrée en formation";
        /// ALT-1 (a).
        HeuresEtablissement = "heures_etablissement", "Heures en établissement";
        /// ALT-2.
        HeuresClinicat = "heures_clinicat", "Heures de clinicat";
        /// ALT-1 (b).
        Engagement = "engagement_zone", "Engagement en zone sous-dotée";
        /// ALT-5.
        ActesZoneSousDotee = "actes_zone_sous_dotee", "Actes en zone sous-dotée";
        /// REG-3, REG-5: what the delays run from.
        DateCessation = "date_cessation", "Date de cessation";
        /// REG-3.
        Actes = "actes_12_mois", "Actes des douze mois";
        /// REG-15.
        ParDerogation = "par_derogation", "Exerçait par dérogation";
        /// REG-3: the day of the extract that counts them.
        ReleveActes = "extrait_le", "Date du relevé d’actes";
    }
}

impl Donnee {
    /// Whether the datum is of the person, whatever she asks for; the others are of one file.
    pub fn de_la_personne(self) -> bool {
        matches!(
            self,
            Donnee::Prenom | Donnee::Nom | Donnee::Telephone | Donnee::Domicile
        )
    }

    /// Whether the rules look at it: they are applied again once it is corrected.
    pub fn pese(self) -> bool {
        !self.de_la_personne() && self != Donnee::Adresse
    }

    /// Whether the search finds a file by it.
    pub fn se_cherche(self) -> bool {
        matches!(
            self,
            Donnee::Prenom | Donnee::Nom | Donnee::Adresse | Donnee::Commune
        )
    }
}

/// A datum before and after its correction, in words; empty when it is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ecart {
    /// Which.
    pub donnee: Donnee,
    /// What it said.
    pub avant: String,
    /// What it says.
    pub apres: String,
}

/// What differs, in the order of the pairs (datum, before, after).
pub fn ecarts(paires: impl IntoIterator<Item = (Donnee, String, String)>) -> Vec<Ecart> {
    paires
        .into_iter()
        .filter(|(_, avant, apres)| avant != apres)
        .map(|(donnee, avant, apres)| Ecart {
            donnee,
            avant,
            apres,
        })
        .collect()
}

/// What was corrected, as a list in a sentence: «nom, adresse professionnelle».
pub fn liste(ecarts: &[Ecart]) -> String {
    ecarts
        .iter()
        .map(|e| e.donnee.libelle().to_lowercase())
        .collect::<Vec<_>>()
        .join(", ")
}

/// A correction as the timeline keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Why.
    pub motif: String,
    /// What changed.
    pub corrections: Vec<Ecart>,
    /// What the rules said before and say since, when they look at what changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reevaluation: Option<(String, String)>,
}

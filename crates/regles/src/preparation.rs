//! PRO-2, PRO-5, PRO-6: what a caisse must have recorded before it opens, and what fails without it.

use super::caisse::{DonneeCaisse, Moyens};
use super::recours::Voie;

/// A receipt that lacks one of its particulars.
const ACCUSE: &str = "L’accusé de réception est incomplet : les délais de recours ne peuvent pas être opposés (code des relations entre le public et l’administration, articles L112-3, L112-6 et R112-5).";
/// A refusal that does not say where to contest it.
const RECOURS: &str =
    "Aucun refus ne peut être signé : il doit dire où le contester, sinon aucun délai ne court";
/// A decision whose author is not named.
const SIGNATURE: &str = "Une lettre nomme la direction de la caisse : prénom, nom et qualité (code des relations entre le public et l’administration, article L212-1).";

impl DonneeCaisse {
    /// What fails without it under a route of appeal, with its fondement; nothing for what the caisse may leave empty.
    pub fn consequence(self, voie: Voie) -> Option<String> {
        let recours = |article: &str| Some(format!("{RECOURS} ({article})."));
        match self {
            DonneeCaisse::Service
            | DonneeCaisse::Adresse
            | DonneeCaisse::Courriel
            | DonneeCaisse::Telephone => Some(ACCUSE.to_owned()),
            DonneeCaisse::Directeur | DonneeCaisse::DirecteurQualite => Some(SIGNATURE.to_owned()),
            DonneeCaisse::Dpo => Some(
                "Les personnes doivent savoir à qui écrire au sujet de leurs données (règlement général sur la protection des données, article 13)."
                    .to_owned(),
            ),
            DonneeCaisse::Cra if voie == Voie::SecuriteSociale => {
                recours("code de la sécurité sociale, article R142-1-A")
            }
            DonneeCaisse::TaVille | DonneeCaisse::TaAdresse if voie == Voie::Administrative => {
                recours("code de justice administrative, article R421-5")
            }
            DonneeCaisse::Cra
            | DonneeCaisse::TaVille
            | DonneeCaisse::TaAdresse
            | DonneeCaisse::Horaires
            | DonneeCaisse::Siret => None,
        }
    }
}

/// What a caisse lacks before it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manque {
    /// The datum of the record; none for what is not typed there.
    pub donnee: Option<DonneeCaisse>,
    /// What is missing, in words.
    pub libelle: &'static str,
    /// What fails without it.
    pub consequence: String,
}

/// What is missing, in the order of the record; nothing: the caisse is ready to open. `valeur` gives what is recorded.
pub fn manques<'a>(
    voie: Voie,
    valeur: impl Fn(DonneeCaisse) -> Option<&'a str>,
    moyens: Moyens,
) -> Vec<Manque> {
    let fiche = DonneeCaisse::TOUS.iter().filter_map(|&donnee| {
        let vide = valeur(donnee).is_none_or(|v| v.trim().is_empty());
        let consequence = donnee.consequence(voie).filter(|_| vide)?;
        Some(Manque {
            donnee: Some(donnee),
            libelle: donnee.libelle(),
            consequence,
        })
    });
    let hors_fiche = [
        (
            moyens.instruction == 0,
            "Un compte qui suit les dossiers",
            "Personne ne reçoit les demandes ni n’est averti des délais.",
        ),
        (
            moyens.signature == 0,
            "Un compte qui signe",
            "Aucune décision ne peut être signée.",
        ),
        (
            voie == Voie::SecuriteSociale && !moyens.tribunaux,
            "La table des tribunaux judiciaires",
            "Aucun refus ne peut être signé : il nomme le tribunal du domicile (code de la sécurité sociale, article R142-10).",
        ),
    ];
    fiche
        .chain(hors_fiche.into_iter().filter(|(manque, ..)| *manque).map(
            |(_, libelle, consequence)| Manque {
                donnee: None,
                libelle,
                consequence: consequence.to_owned(),
            },
        ))
        .collect()
}

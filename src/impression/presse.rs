//! The printer itself. Its fonts are read once, by the first letter.

use std::sync::LazyLock;

use courriers::decision::Document;
use imprimerie::{Format, Image, ImpressionError as Refus, Imprimerie, Verification, feuille};

use super::{ImpressionError, Imprimeur, Marques};

static IMPRIMERIE: LazyLock<Result<Imprimerie, String>> =
    LazyLock::new(|| Imprimerie::new().map_err(|e| e.to_string()));

/// Letters as PDF/A-2a and PDF/UA-1.
pub struct Presse;

impl Imprimeur for Presse {
    fn imprimer(
        &self,
        document: &Document,
        marques: &Marques<'_>,
    ) -> Result<Vec<u8>, ImpressionError> {
        let imprimerie = IMPRIMERIE
            .as_ref()
            .map_err(|e| ImpressionError::Refusee(e.clone()))?;
        let papier = document
            .papier
            .as_ref()
            .ok_or(ImpressionError::SansPapier)?;
        let media = papier.entete.logo.as_ref().map(|l| l.media.as_str());
        let logo = marques.logo.zip(media).map(|(octets, media)| Image {
            octets,
            format: match media {
                "image/png" => Format::Png,
                _ => Format::Jpeg,
            },
        });
        let adresse = marques.code.map(|c| format!("{}/{c}", papier.verifier));
        let verification = marques.code.zip(adresse.as_deref());
        let page = papier
            .verifier
            .split_once("://")
            .map_or(papier.verifier.as_str(), |(_, page)| page);
        let verification = verification.map(|(code, adresse)| Verification {
            code,
            page,
            adresse,
        });
        let feuille = feuille(document, papier, marques.identifiant, logo, verification);
        let sans_logo = logo.is_some().then(|| imprimerie::Feuille {
            entete: imprimerie::Entete {
                logo: None,
                ..feuille.entete
            },
            ..feuille.clone()
        });
        match (imprimerie.imprimer(&feuille), sans_logo) {
            // A logo that does not read must not keep a decision from leaving.
            (Err(Refus::Composition(cause)), Some(sans_logo)) => {
                tracing::warn!(cause, "the logo does not print: the letter goes without");
                imprimerie.imprimer(&sans_logo)
            }
            (autre, _) => autre,
        }
        .map_err(|e| ImpressionError::Refusee(e.to_string()))
    }
}

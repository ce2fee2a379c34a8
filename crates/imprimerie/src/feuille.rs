//! What is printed: the parts of a letter, in the order of the letter book.

use chrono::NaiveDate;
use courriers::decision::{Bloc, Document};
use courriers::ecrit::Papier;
use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use serde::{Serialize, Serializer};

use super::ImpressionError;

/// A letter.
#[derive(Debug, Clone, Serialize)]
pub struct Feuille<'a> {
    /// What makes this document itself: the same for the same letter, another for any other.
    #[serde(skip)]
    pub identifiant: &'a str,
    /// The day written in the document; never that of the printing.
    #[serde(skip)]
    pub le: NaiveDate,
    /// Who writes.
    pub entete: Entete<'a>,
    /// File, who follows it, how it is sent: label and value.
    pub reperes: &'a [(String, String)],
    /// Name and address, a line each.
    pub destinataire: &'a [String],
    /// «Marseille, le 23 novembre 2026».
    pub lieu_et_date: &'a str,
    /// The title of the document.
    pub objet: &'a str,
    /// «Bonjour Inès Garcia,»; empty on what is for whoever it is shown to.
    pub appel: &'a str,
    /// Its text.
    pub corps: &'a [Bloc],
    /// Who signs; none on a receipt or an attestation that nobody signs.
    pub signature: Option<Signature<'a>>,
    /// How to verify it.
    pub verification: Option<Verification<'a>>,
    /// At the foot of each page, beside its number.
    pub pied: &'a str,
}

/// A letter that was frozen, as it is printed.
pub fn feuille<'a>(
    document: &'a Document,
    papier: &'a Papier,
    identifiant: &'a str,
    logo: Option<Image<'a>>,
    verification: Option<Verification<'a>>,
) -> Feuille<'a> {
    Feuille {
        identifiant,
        le: papier.le,
        entete: Entete {
            caisse: &papier.entete.caisse,
            service: &papier.entete.service,
            lignes: &papier.entete.lignes,
            logo,
        },
        reperes: &papier.reperes,
        destinataire: &papier.destinataire,
        lieu_et_date: &papier.lieu_et_date,
        objet: &document.objet,
        appel: &papier.appel,
        corps: &document.blocs,
        signature: document.signature.as_ref().map(|s| Signature {
            nom: &s.nom,
            qualite: &s.qualite,
            caisse: &s.caisse,
            delegation: &s.delegation,
        }),
        verification,
        pied: &papier.pied,
    }
}

/// The letterhead.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Entete<'a> {
    /// The caisse.
    pub caisse: &'a str,
    /// Its service.
    pub service: &'a str,
    /// Address, telephone, e-mail: a line each.
    pub lignes: &'a [String],
    /// Its logo.
    #[serde(serialize_with = "fichier")]
    pub logo: Option<Image<'a>>,
}

/// A picture that was examined.
#[derive(Debug, Clone, Copy)]
pub struct Image<'a> {
    /// Its bytes.
    pub octets: &'a [u8],
    /// What they are.
    pub format: Format,
}

/// What a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

/// Who signs (CRPA L212-1).
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Signature<'a> {
    /// First name and name.
    pub nom: &'a str,
    /// Capacity.
    pub qualite: &'a str,
    /// The caisse; empty when the letterhead is enough.
    pub caisse: &'a str,
    /// «Pour le directeur et par délégation, acte du 5 janvier 2026»; empty when nobody delegates.
    pub delegation: &'a str,
}

/// How to verify that the document is genuine.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Verification<'a> {
    /// The code.
    pub code: &'a str,
    /// Where it is typed, as people read it.
    pub page: &'a str,
    /// The address that the square opens.
    pub adresse: &'a str,
}

impl Verification<'_> {
    /// The square, as SVG.
    pub(super) fn qr(&self) -> Result<Vec<u8>, ImpressionError> {
        let code = QRBuilder::new(self.adresse)
            .build()
            .map_err(|_| ImpressionError::Code)?;
        let svg = SvgBuilder::default().margin(0).to_str(&code);
        Ok(svg.into_bytes())
    }
}

/// The name under which the template finds the picture.
fn fichier<S: Serializer>(logo: &Option<Image<'_>>, s: S) -> Result<S::Ok, S::Error> {
    let format = logo.map(|l| match l.format {
        Format::Png => "png",
        Format::Jpeg => "jpg",
    });
    format.serialize(s)
}

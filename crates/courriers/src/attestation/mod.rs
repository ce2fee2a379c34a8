//! What the caisse attests: a text frozen with its digest, that whoever receives it may check by its code.

mod conventionnement;
mod place;

pub use conventionnement::Conventionnement;
pub use place::Place;

/// Who checks an attestation, and where.
#[derive(Debug, Clone, Copy)]
pub struct Verification<'a> {
    /// The code, as it is typed.
    pub code: &'a str,
    /// Address of the service.
    pub url: &'a str,
}

impl Verification<'_> {
    fn phrase(&self) -> String {
        format!(
            "Document authentique ? Saisissez le code {} sur {}/verifier.",
            self.code, self.url
        )
    }
}

//! Letter 27: the attestation of an acceptance born of silence (CRPA L232-3). It dates from the silence.

use chrono::NaiveDate;
use regles::generales::ne_pas_commencer;
use regles::texte;

/// The text of the attestation, on the page of who asked for it.
#[derive(Debug)]
pub struct Attestation<'a> {
    /// Number of the request.
    pub numero: &'a str,
    /// First name and name.
    pub kine: &'a str,
    /// Day on which the file was complete, where it is known.
    pub complete_le: Option<NaiveDate>,
    /// Last day of the silence.
    pub silence_le: NaiveDate,
    /// Where they may practise.
    pub adresse: &'a str,
}

impl Attestation<'_> {
    /// One sentence, and its articles.
    pub fn texte(&self) -> String {
        let complete = self.complete_le.map_or_else(String::new, |le| {
            format!(", complète le {}", texte::date_fr(le))
        });
        format!(
            "La demande {} {}{complete}, n’avait pas reçu de réponse le {}. Elle est acceptée depuis ce jour, pour exercer au {} (code des relations entre le public et l’administration, articles L231-1 et L232-3). {}",
            self.numero,
            texte::de(self.kine),
            texte::date_longue(self.silence_le),
            self.adresse,
            ne_pas_commencer(self.silence_le)
        )
    }
}

//! Practitioners who file a request again and again, each with a session and a form of their own.

use std::sync::atomic::{AtomicUsize, Ordering};

use releve::dev::{DEPOSANTS, jeton_de_deposant};
use releve::secret;

use super::charge::{self, CONNEXIONS, Mesure};
use super::serveur::SECRET;

/// The forms that are sent.
pub struct Depots {
    adresse: String,
    jetons: Vec<String>,
    /// Every form has a key of its own, or it would be filed once.
    cles: AtomicUsize,
}

impl Depots {
    pub fn nouveaux(adresse: &str) -> Depots {
        Depots {
            adresse: adresse.to_owned(),
            jetons: (0..CONNEXIONS as u32)
                .map(|rang| secret::empreinte(&jeton_de_deposant(rang % DEPOSANTS)))
                .map(|session| secret::signer(SECRET, "csrf", &session))
                .collect(),
            cles: AtomicUsize::new(0),
        }
    }

    /// Every answer must be the receipt of a request: the bench stops when the form is no longer the one it sends.
    pub fn tirer(&self, duree: u32) -> Mesure {
        charge::tirer(&self.adresse, duree, (303, "/accuse"), |rang, _| {
            self.formulaire(rang)
        })
    }

    fn formulaire(&self, rang: usize) -> Vec<u8> {
        let cle = self.cles.fetch_add(1, Ordering::Relaxed);
        let cle = format!("banc{cle:039}");
        let corps = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("_csrf", &self.jetons[rang])
            .append_pair("_etape", "envoyer")
            .append_pair("cle", &cle)
            .append_pair("nature", "hors_regulation")
            .append_pair("commune", "13000")
            .append_pair("adresse", "1 rue du Banc")
            .append_pair("deja_conventionne_zone", "oui")
            .append_pair("entree_formation", "2015")
            .finish();
        format!(
            "POST /demandes/nouvelle HTTP/1.1\r\nHost: {}\r\nCookie: releve={}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{corps}",
            self.adresse,
            jeton_de_deposant(rang as u32 % DEPOSANTS),
            corps.len()
        )
        .into_bytes()
    }
}

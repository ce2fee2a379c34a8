//! Where the reader of a file came from: the list that the address keeps, and the place of the file in it. What the
//! address says is all there is: two tabs follow two lists, and a link that is shared leads through its own.

use crate::db::file::Rang;
use actix_web::HttpRequest;
use actix_web::http::{Method, header};

use super::dossiers::file::{Adresse, DEPARTS};

/// Where the pages of a case are, by nature.
const PAGES: [&str; 3] = ["/dossiers/", "/departs/", "/attributions/"];

/// The list by which a file was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// What that list shows.
    pub liste: Adresse,
    /// Its rank when the file was in that list: what is done to the file moves it, not its reader.
    pub rang: Option<Rang>,
    /// `/dossiers/131-2026-000042`, `/departs/42`.
    dossier: String,
}

/// The query string that a row of a list gives to the address of its file, but for its place.
pub fn suffixe(liste: &Adresse) -> String {
    let mut requete = url::form_urlencoded::Serializer::new(String::new());
    requete.append_pair("liste", &liste.changee("vue", None).requete());
    requete.finish()
}

impl Provenance {
    /// What the address of a file says; what is posted from a page comes from the list of that page.
    pub fn lire(requete: &HttpRequest) -> Option<Provenance> {
        let chemin = requete.path();
        let prefixe = PAGES.into_iter().find(|p| chemin.starts_with(p))?;
        let cle = chemin.strip_prefix(prefixe)?.split('/').next()?;
        let dossier = format!("{prefixe}{cle}");
        Provenance::dire(&dossier, requete.query_string()).or_else(|| {
            if *requete.method() != Method::POST {
                return None;
            }
            let page = requete.headers().get(header::REFERER)?.to_str().ok()?;
            let page = url::Url::parse(page).ok()?;
            let meme = page.path().strip_prefix(dossier.as_str())?;
            (meme.is_empty() || meme.starts_with('/'))
                .then(|| Provenance::dire(&dossier, page.query()?))?
        })
    }

    fn dire(dossier: &str, requete: &str) -> Option<Provenance> {
        let dit = |nom| {
            url::form_urlencoded::parse(requete.as_bytes())
                .find(|(n, _)| n == nom)
                .map(|(_, valeur)| valeur)
        };
        let liste = Adresse::lire(&dit("liste")?);
        Some(Provenance {
            rang: dit("rang").and_then(|r| liste.tri().lire_rang(&r)),
            liste,
            dossier: dossier.to_owned(),
        })
    }

    /// The address of another file of the list, at its place.
    pub fn vers(&self, dossier: &str, rang: Rang) -> String {
        format!("{dossier}?{}&rang={rang}", suffixe(&self.liste))
    }

    /// An address as a link of this visit says it: the queue is the list, a page of the file keeps the list.
    pub fn garder(&self, adresse: &str) -> String {
        if matches!(adresse, "/dossiers" | DEPARTS) {
            return self.liste.url();
        }
        let (chemin, ancre) = match adresse.split_once('#') {
            Some((chemin, ancre)) => (chemin, format!("#{ancre}")),
            None => (adresse, String::new()),
        };
        let Some(suite) = chemin.strip_prefix(&self.dossier) else {
            return adresse.to_owned();
        };
        let lien = match suite.chars().next() {
            None | Some('/') if !suite.contains('?') => '?',
            None | Some('/' | '?') => '&',
            Some(_) => return adresse.to_owned(),
        };
        let rang = self.rang.map_or_else(String::new, |r| format!("&rang={r}"));
        format!("{chemin}{lien}{}{rang}{ancre}", suffixe(&self.liste))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_adresse_du_dossier_garde_la_liste_et_les_autres_non() {
        let p = Provenance::dire(
            "/dossiers/131-2026-000001",
            "liste=nature%3Ddemande%26etat%3Ddeposee%26q%3DL%25C3%25A9a&rang=2026-03-16",
        )
        .expect("a list");
        let garde = "liste=nature%3Ddemande%26etat%3Ddeposee%26q%3DL%25C3%25A9a&rang=2026-03-16";
        for (adresse, attendue) in [
            (
                "/dossiers",
                "/dossiers?nature=demande&etat=deposee&q=L%C3%A9a".to_owned(),
            ),
            (
                "/dossiers/131-2026-000001",
                format!("/dossiers/131-2026-000001?{garde}"),
            ),
            (
                "/dossiers/131-2026-000001/avis",
                format!("/dossiers/131-2026-000001/avis?{garde}"),
            ),
            (
                "/dossiers/131-2026-000001?historique=pieces#h",
                format!("/dossiers/131-2026-000001?historique=pieces&{garde}#h"),
            ),
            (
                "/dossiers/131-2026-0000012",
                "/dossiers/131-2026-0000012".to_owned(),
            ),
            ("/lots", "/lots".to_owned()),
        ] {
            assert_eq!(p.garder(adresse), attendue);
        }
        assert_eq!(
            p.vers(
                "/dossiers/131-2026-000002",
                Rang::Echeance("2026-04-01".parse().expect("a day"))
            ),
            "/dossiers/131-2026-000002?liste=nature%3Ddemande%26etat%3Ddeposee%26q%3DL%25C3%25A9a&rang=2026-04-01"
        );
        assert_eq!(Provenance::dire("/dossiers/1", "historique=x"), None);
    }
}

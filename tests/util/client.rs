//! A client that behaves as a browser without JavaScript: cookies, forms with their hidden fields, redirects.

use std::sync::Arc;

use releve::web::acces::{cookie, cookie_session};
use reqwest::cookie::Jar;
use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;

use super::{mots, pages, route};

/// What a client is built from. It speaks in clear: reading the authorities of the system would cost more than a page.
fn http() -> reqwest::ClientBuilder {
    // rustls wants its library chosen once, even for plain HTTP.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().tls_certs_only([])
}

/// A client without cookies, for what is no page.
pub fn sans_cookies() -> reqwest::Client {
    http().build().expect("a client")
}

pub struct Client {
    http: reqwest::Client,
    adresse: String,
}

/// An answer, read whole.
pub struct Page {
    pub statut: u16,
    pub chemin: String,
    pub html: String,
    pub entetes: reqwest::header::HeaderMap,
}

impl Client {
    pub fn new(adresse: &str) -> Client {
        Client::avec(adresse, Policy::limited(5), Jar::default())
    }

    /// A client that shows redirects instead of following them.
    pub fn sans_suivre(adresse: &str) -> Client {
        Client::avec(adresse, Policy::none(), Jar::default())
    }

    /// A client that holds the token of a session.
    pub fn de_session(adresse: &str, jeton: String) -> Client {
        let jar = Jar::default();
        let cookie = cookie(cookie_session(false), jeton, false).to_string();
        jar.add_cookie_str(&cookie, &adresse.parse().expect("an address"));
        Client::avec(adresse, Policy::limited(5), jar)
    }

    fn avec(adresse: &str, suivre: Policy, jar: Jar) -> Client {
        let http = http()
            .cookie_provider(Arc::new(jar))
            .redirect(suivre)
            // A connection kept by a slow test may be closed by the server at the very moment it is used again.
            .pool_max_idle_per_host(0)
            .build()
            .expect("a client");
        Client {
            http,
            adresse: adresse.to_owned(),
        }
    }

    pub async fn get(&self, chemin: &str) -> Page {
        self.envoyer(self.http.get(format!("{}{chemin}", self.adresse)))
            .await
    }

    /// The answer as a person sees it: a page that answers a form comes after a redirection, which every client follows.
    async fn envoyer(&self, envoi: reqwest::RequestBuilder) -> Page {
        let reponse = envoi.send().await.expect("an answer");
        let gardee = reponse
            .headers()
            .get("location")
            .and_then(|l| l.to_str().ok())
            .filter(|l| l.contains("reponse="))
            .map(|l| format!("{}{l}", self.adresse));
        let Some(gardee) = gardee else {
            return Page::lire(reponse).await;
        };
        assert_eq!(reponse.status().as_u16(), 303, "{gardee}");
        let montree = self.http.get(gardee).send().await.expect("an answer");
        Page::lire(montree).await
    }

    /// A request of any method, with headers of one's own.
    pub async fn demander(
        &self,
        methode: reqwest::Method,
        chemin: &str,
        entetes: &[(&str, &str)],
    ) -> Page {
        let mut envoi = self
            .http
            .request(methode.clone(), format!("{}{chemin}", self.adresse));
        for (nom, valeur) in entetes {
            envoi = envoi.header(*nom, *valeur);
        }
        if methode == reqwest::Method::HEAD {
            let reponse = envoi.send().await.expect("an answer");
            return Page {
                statut: reponse.status().as_u16(),
                chemin: chemin.to_owned(),
                html: String::new(),
                entetes: reponse.headers().clone(),
            };
        }
        self.envoyer(envoi).await
    }

    /// What an address sends, as bytes.
    pub async fn octets(&self, chemin: &str) -> Vec<u8> {
        let reponse = self
            .http
            .get(format!("{}{chemin}", self.adresse))
            .send()
            .await
            .expect("an answer");
        assert_eq!(reponse.status().as_u16(), 200, "{chemin}");
        let octets = reponse.bytes().await.expect("a body").to_vec();
        if [".xlsx", ".ods"].iter().any(|f| chemin.contains(f)) {
            mots::tenir_un_classeur(chemin, &octets);
        }
        octets
    }

    /// Opens the page of the form at `page`, then sends the fields to `action` with its token.
    pub async fn post(&self, page: &str, action: &str, champs: &[(&str, &str)]) -> Page {
        let mut envoi = self.caches(page).await;
        envoi.extend(
            champs
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
        );
        self.post_brut(action, &envoi).await
    }

    /// Sends exactly these fields, with headers of the test's own.
    pub async fn post_entetes(
        &self,
        action: &str,
        champs: &[(String, String)],
        entetes: &[(&str, &str)],
    ) -> Page {
        let mut requete = self
            .http
            .post(format!("{}{action}", self.adresse))
            .form(champs);
        for (nom, valeur) in entetes {
            requete = requete.header(*nom, *valeur);
        }
        self.envoyer(requete).await
    }

    /// Sends exactly these fields.
    pub async fn post_brut(&self, action: &str, champs: &[(String, String)]) -> Page {
        let requete = self
            .http
            .post(format!("{}{action}", self.adresse))
            .form(champs);
        self.envoyer(requete).await
    }

    /// Sends these fields as a browser does; where it is sent next, with nothing followed (see [`Client::sans_suivre`]).
    pub async fn post_seul(&self, action: &str, champs: &[(String, String)]) -> (u16, String) {
        let envoi = self
            .http
            .post(format!("{}{action}", self.adresse))
            .header("accept", "text/html,application/xhtml+xml")
            .form(champs);
        let reponse = envoi.send().await.expect("an answer");
        let vers = reponse.headers().get("location");
        let vers = vers.and_then(|l| l.to_str().ok()).unwrap_or_default();
        (reponse.status().as_u16(), vers.to_owned())
    }

    /// Sends a form with files: `(field, file name, bytes)`.
    pub async fn post_fichiers(
        &self,
        page: &str,
        action: &str,
        champs: &[(&str, &str)],
        fichiers: &[(&str, &str, &[u8])],
    ) -> Page {
        let mut form = Form::new();
        for (nom, valeur) in self.caches(page).await {
            form = form.text(nom, valeur);
        }
        for (nom, valeur) in champs {
            form = form.text((*nom).to_owned(), (*valeur).to_owned());
        }
        for (champ, nom, octets) in fichiers {
            form = form.part(
                (*champ).to_owned(),
                Part::bytes(octets.to_vec()).file_name((*nom).to_owned()),
            );
        }
        let requete = self
            .http
            .post(format!("{}{action}", self.adresse))
            .multipart(form);
        self.envoyer(requete).await
    }

    /// The hidden fields of the page (the first of each name).
    pub async fn caches(&self, page: &str) -> Vec<(String, String)> {
        self.get(page).await.caches()
    }
}

impl Page {
    async fn lire(reponse: reqwest::Response) -> Page {
        let statut = reponse.status().as_u16();
        let adresse = reponse.url().clone();
        let requete = adresse.query().unwrap_or_default();
        // The address of the page that answered a form, without its token.
        let dits: Vec<&str> = requete
            .split('&')
            .filter(|dit| !dit.is_empty() && !dit.starts_with("reponse="))
            .collect();
        let chemin = match dits.join("&") {
            dits if dits.is_empty() => adresse.path().to_owned(),
            dits => format!("{}?{dits}", adresse.path()),
        };
        let entetes = reponse.headers().clone();
        let html = reponse.text().await.expect("a body");
        if entetes
            .get("content-type")
            .is_some_and(|t| t.as_bytes().starts_with(b"text/html"))
        {
            let lecture = strict_html::lire(&html, &|chemin| {
                route::de(chemin, |r| r.methode == "POST").is_some_and(|r| r.documents)
            });
            let fautes = &lecture.fautes;
            assert!(fautes.is_empty(), "{chemin} is not valid HTML: {fautes:?}");
            mots::tenir(adresse.path(), statut, &lecture.textes);
            pages::garder(adresse.path(), statut, &html, &lecture.tournures);
        } else if entetes.get("content-type").is_some_and(|t| {
            let t = t.as_bytes();
            t.starts_with(b"text/csv") || t.starts_with(b"text/calendar")
        }) {
            let lignes: Vec<String> = html.lines().map(str::to_owned).collect();
            mots::tenir(adresse.path(), statut, &lignes);
        }
        Page {
            statut,
            chemin,
            html,
            entetes,
        }
    }

    /// The hidden fields: `<input type="hidden" … name="…" … value="…">`, the first of each name.
    pub fn caches(&self) -> Vec<(String, String)> {
        let mut champs: Vec<(String, String)> = Vec::new();
        for balise in self.html.split("<input").skip(1) {
            let balise = &balise[..balise.find('>').unwrap_or(balise.len())];
            if !balise.contains("type=\"hidden\"") {
                continue;
            }
            let attribut = |nom: &str| {
                let debut = balise.find(&format!("{nom}=\""))? + nom.len() + 2;
                let valeur = balise[debut..].split('"').next()?;
                Some(valeur.replace("&#38;", "&").replace("&amp;", "&"))
            };
            if let Some(nom) = attribut("name")
                && !champs.iter().any(|(n, _)| *n == nom)
            {
                champs.push((nom, attribut("value").unwrap_or_default()));
            }
        }
        champs
    }

    /// The text a person reads: without tags, with spaces folded (non-breaking ones too).
    pub fn texte(&self) -> String {
        let mut texte = String::new();
        let mut dans_balise = false;
        // What is kept on one line is one word with what surrounds it.
        let html: String = self
            .html
            .split("<span class=\"insecable\">")
            .enumerate()
            .map(|(i, m)| {
                if i == 0 {
                    m.to_owned()
                } else {
                    m.replacen("</span>", "", 1)
                }
            })
            .collect();
        for c in html.chars() {
            match c {
                '<' => dans_balise = true,
                '>' => {
                    dans_balise = false;
                    texte.push(' ');
                }
                c if !dans_balise => texte.push(c),
                _ => {}
            }
        }
        let texte = texte
            .replace("&nbsp;", " ")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
        texte
            .split(|c: char| c.is_whitespace())
            .filter(|m| !m.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

//! What the body of a request may take of the server: memory, time; and that nothing is taken for somebody unknown.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use regles::droits::Role;
use releve::web::corps::Reserve;

use crate::util::compte::MOT_DE_PASSE;
use crate::util::{Client, TestApp};

const PARTIES: &str = "Content-Type: multipart/form-data; boundary=limite\r\n";
const CHAMPS: &str = "Content-Type: application/x-www-form-urlencoded\r\n";
const EN_MORCEAUX: &str = "Transfer-Encoding: chunked\r\n";

/// A request written by hand: its body comes when the test sends it.
struct Envoi(TcpStream);

impl Envoi {
    fn ouvrir(app: &TestApp, chemin: &str, entetes: &[&str]) -> Envoi {
        let hote = app.adresse.trim_start_matches("http://");
        let flux = TcpStream::connect(hote).expect("a connection");
        // Far beyond what any answer takes here: one that does not come is the fault that these tests look for.
        flux.set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a patience");
        let mut envoi = Envoi(flux);
        // What a script reads is given as it is: a page would come after a redirection.
        let entetes = format!("Accept: application/json\r\n{}", entetes.concat());
        envoi
            .envoyer(format!("POST {chemin} HTTP/1.1\r\nHost: {hote}\r\n{entetes}\r\n").as_bytes());
        envoi
    }

    fn envoyer(&mut self, octets: &[u8]) {
        self.0.write_all(octets).expect("sent");
    }

    fn morceau(&mut self, octets: &[u8]) {
        self.envoyer(format!("{:x}\r\n", octets.len()).as_bytes());
        self.envoyer(octets);
        self.envoyer(b"\r\n");
    }

    /// The answer, up to the end of the connection.
    fn reponse(mut self) -> String {
        let mut lu = Vec::new();
        self.0
            .read_to_end(&mut lu)
            .expect("an answer, then the end of the connection");
        String::from_utf8_lossy(&lu).into_owned()
    }
}

/// A part of a form: a field, or a file when it has a name.
fn partie(champ: &str, fichier: Option<&str>, contenu: &[u8]) -> Vec<u8> {
    let nom = fichier.map_or_else(String::new, |nom| format!("; filename=\"{nom}\""));
    let tete = format!("--limite\r\nContent-Disposition: form-data; name=\"{champ}\"{nom}\r\n\r\n");
    [tete.as_bytes(), contenu, b"\r\n"].concat()
}

/// The token of somebody, then the beginning of a large file.
fn jeton_puis_fichier(jeton: &str) -> Vec<u8> {
    let mut debut = partie("_csrf", None, jeton.as_bytes());
    debut.extend(partie("justificatif", Some("radiation.pdf"), b"%PDF-1.7 "));
    debut
}

/// A session written by hand: its cookie, and the token of its forms.
async fn session(app: &TestApp, role: Role) -> (String, String) {
    let compte = app.compte(role, None);
    let client = Client::sans_suivre(&app.adresse);
    let page = client.connexion(&compte.courriel, MOT_DE_PASSE).await;
    let poses = page.entetes.get_all("set-cookie").iter();
    let cookie = poses
        .filter_map(|c| c.to_str().ok()?.split(';').next())
        .find(|c| c.starts_with("releve="))
        .expect("a session");
    let mut caches = client.caches("/compte").await;
    caches.retain(|(nom, _)| nom == "_csrf");
    (format!("Cookie: {cookie}\r\n"), caches.remove(0).1)
}

#[actix_web::test]
async fn un_document_derriere_un_mauvais_jeton_est_refuse_sans_attendre_la_suite() {
    let app = TestApp::start();
    let (cookie, jeton) = session(&app, Role::Kine).await;
    let faux = "x".repeat(43);
    for (chemin, cookie, jeton, attendu) in [
        ("/connexion", "", &faux, "403 Forbidden"),
        ("/mes-departs/nouveau", "", &faux, "303 See Other"),
        ("/mes-departs/nouveau", &cookie, &faux, "403 Forbidden"),
        ("/brouillons", &cookie, &faux, "403 Forbidden"),
        // Right, on a form without documents.
        ("/compte/prolonger", &cookie, &jeton, "400 Bad Request"),
    ] {
        let mut envoi = Envoi::ouvrir(&app, chemin, &[PARTIES, EN_MORCEAUX, cookie]);
        envoi.morceau(&jeton_puis_fichier(jeton));
        let reponse = envoi.reponse();
        assert!(
            reponse.starts_with(&format!("HTTP/1.1 {attendu}")),
            "{chemin}: {reponse}"
        );
    }
}

#[actix_web::test]
async fn un_corps_annonce_trop_grand_est_refuse_avant_d_etre_lu() {
    let app = TestApp::start();
    let (cookie, _) = session(&app, Role::Kine).await;
    let petit = "Content-Length: 400000\r\n";
    for (chemin, entetes, attendu) in [
        ("/connexion", [PARTIES, petit, ""], "413 Payload Too Large"),
        ("/connexion", [CHAMPS, petit, ""], "413 Payload Too Large"),
        (
            "/compte/prolonger",
            [PARTIES, petit, &cookie],
            "413 Payload Too Large",
        ),
        (
            "/brouillons",
            [CHAMPS, petit, &cookie],
            "413 Payload Too Large",
        ),
        ("/compte/prolonger", [PARTIES, petit, ""], "303 See Other"),
        ("/espace/reglages", [CHAMPS, petit, ""], "303 See Other"),
        (
            "/brouillons",
            [PARTIES, "Content-Length: 90000000\r\n", &cookie],
            "413 Payload Too Large",
        ),
        (
            "/api/v1/evaluations",
            ["", "Content-Length: 9000000\r\n", ""],
            "413 Payload Too Large",
        ),
    ] {
        let reponse = Envoi::ouvrir(&app, chemin, &entetes).reponse();
        assert!(
            reponse.starts_with(&format!("HTTP/1.1 {attendu}")),
            "{chemin}: {reponse}"
        );
    }
}

#[actix_web::test]
async fn un_corps_qui_n_annonce_rien_s_arrete_a_la_meme_limite() {
    let app = TestApp::start();
    let texte = vec![b'a'; 300 * 1024];
    let partie = partie("courriel", None, &texte);
    for (chemin, entete, debut, attendu) in [
        ("/connexion", CHAMPS, &texte, "413"),
        ("/connexion", PARTIES, &partie, "413"),
        // What is kept for somebody whose session ended.
        ("/espace/reglages", CHAMPS, &texte, "303"),
        ("/mes-departs/nouveau", PARTIES, &partie, "303"),
    ] {
        let mut envoi = Envoi::ouvrir(&app, chemin, &[entete, EN_MORCEAUX]);
        envoi.morceau(debut);
        let reponse = envoi.reponse();
        assert!(
            reponse.starts_with(&format!("HTTP/1.1 {attendu}")),
            "{chemin} {entete}: {reponse}"
        );
    }
}

/// Waits until the server has come where the test wants it.
fn attendre(quoi: &str, vrai: impl Fn() -> bool) {
    for _ in 0..6_000 {
        if vrai() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{quoi} does not come");
}

#[actix_web::test]
async fn mille_envois_anonymes_ne_prennent_que_la_memoire_commune() {
    const COMMUNE: usize = 1 << 20;
    let app = TestApp::start_change(&[], |etat| {
        etat.corps = Reserve::new(COMMUNE);
        etat.delais.corps = Duration::from_secs(600);
    });
    let texte = partie("courriel", None, &[b'a'; 240 * 1024]);
    let tenir = || {
        let mut envoi = Envoi::ouvrir(&app, "/connexion", &[PARTIES, EN_MORCEAUX]);
        envoi.morceau(&texte);
        envoi
    };
    let mut tenus = Vec::new();
    while app.state.corps.reste() > texte.len() {
        let avant = app.state.corps.reste();
        tenus.push(tenir());
        attendre("the text of a form", || {
            avant - app.state.corps.reste() > 220 * 1024
        });
    }
    assert_eq!(tenus.len(), 4, "each is counted for what it holds");
    let reponse = tenir().reponse();
    assert!(reponse.starts_with("HTTP/1.1 503"), "{reponse}");
    assert!(reponse.contains("retry-after: 60"), "{reponse}");
    assert!(reponse.contains("Attendez une minute"), "{reponse}");
    // Somebody who logs in holds little.
    session(&app, Role::Ars).await;
    for envoi in tenus {
        envoi.0.shutdown(Shutdown::Both).expect("hung up");
    }
    attendre("the memory", || app.state.corps.reste() == COMMUNE);
}

/// What the process has open in a folder without a name, in bytes.
fn sans_nom(dossier: &std::path::Path) -> u64 {
    let ouverts = std::fs::read_dir("/proc/self/fd").expect("the open files");
    let du_dossier = ouverts
        .flatten()
        .map(|lien| lien.path())
        .filter(|lien| std::fs::read_link(lien).is_ok_and(|vers| vers.starts_with(dossier)));
    du_dossier
        .filter_map(|lien| std::fs::metadata(lien).ok())
        .map(|fichier| fichier.len())
        .sum()
}

#[actix_web::test]
async fn un_document_attend_sur_le_disque_et_disparait_avec_qui_l_envoyait() {
    let app = TestApp::start_change(&[], |etat| etat.delais.corps = Duration::from_secs(600));
    let (cookie, jeton) = session(&app, Role::Kine).await;
    let releve::config::Depot::Dossier(dossier) = &app.state.config.pieces else {
        panic!("a folder");
    };
    let dossier = dossier.canonicalize().expect("the folder");
    let libre = app.state.corps.reste();
    let annonce = "Content-Length: 9000000\r\n";
    let mut envois: Vec<Envoi> = (0..3)
        .map(|_| Envoi::ouvrir(&app, "/brouillons", &[PARTIES, annonce, &cookie]))
        .collect();
    for envoi in &mut envois {
        envoi.envoyer(&jeton_puis_fichier(&jeton)[..]);
        envoi.envoyer(&[b'a'; 2_000_000]);
    }
    attendre("what was sent", || sans_nom(&dossier) > 5_800_000);
    assert_eq!(
        app.state.corps.reste(),
        libre,
        "none of it is held in memory"
    );
    let noms = std::fs::read_dir(&dossier).expect("the folder").count();
    assert_eq!(noms, 0, "nothing is in the store yet");
    for envoi in envois {
        envoi.0.shutdown(Shutdown::Both).expect("hung up");
    }
    attendre("the disk", || sans_nom(&dossier) == 0);
}

#[actix_web::test]
async fn un_corps_qui_n_arrive_pas_est_coupe_avec_une_phrase() {
    let app = TestApp::start_change(&[], |etat| etat.delais.corps = Duration::from_secs(1));
    let (cookie, jeton) = session(&app, Role::Kine).await;
    let cent = "Content-Length: 100\r\n";
    let debut = jeton_puis_fichier(&jeton);
    for (chemin, entetes, debut) in [
        ("/connexion", [CHAMPS, cent, ""], &b""[..]),
        ("/connexion", [PARTIES, cent, ""], b"--limite\r\n"),
        ("/mes-departs/nouveau", [CHAMPS, EN_MORCEAUX, ""], b""),
        (
            "/brouillons",
            [PARTIES, "Content-Length: 9000000\r\n", &cookie],
            &debut,
        ),
        ("/api/v1/evaluations", ["", cent, ""], b"[{"),
    ] {
        let mut envoi = Envoi::ouvrir(&app, chemin, &entetes);
        envoi.envoyer(debut);
        let reponse = envoi.reponse();
        assert!(reponse.starts_with("HTTP/1.1 408"), "{chemin}: {reponse}");
        assert!(
            reponse.contains("n’est pas arrivé à temps"),
            "{chemin}: {reponse}"
        );
        assert_eq!(
            chemin.starts_with("/api/"),
            reponse.contains("\"champ\":\"tableau\"")
        );
    }
}

#[actix_web::test]
async fn un_corps_goutte_a_goutte_est_coupe_aussi() {
    let app = TestApp::start_change(&[], |etat| etat.delais.corps = Duration::from_millis(500));
    let envoi = Envoi::ouvrir(&app, "/connexion", &[CHAMPS, "Content-Length: 100000\r\n"]);
    let mut goutte = envoi.0.try_clone().expect("the same connection");
    let fil = std::thread::spawn(move || {
        // Until the server hangs up.
        while goutte.write_all(b"a").is_ok() {
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    let reponse = envoi.reponse();
    assert!(reponse.starts_with("HTTP/1.1 408"), "{reponse}");
    fil.join().expect("the drops end");
}

/// Answered at once, whatever was announced: the connection does not wait for what nobody will read.
#[actix_web::test]
async fn un_corps_que_personne_ne_lit_ne_tient_pas_la_connexion() {
    let app = TestApp::start();
    for (chemin, annonce, attendu) in [
        ("/nulle-part", EN_MORCEAUX, "404"),
        ("/nulle-part", "Content-Length: 100\r\n", "404"),
        ("/static/releve.css", EN_MORCEAUX, "404"),
    ] {
        let reponse = Envoi::ouvrir(&app, chemin, &[CHAMPS, annonce]).reponse();
        assert!(
            reponse.starts_with(&format!("HTTP/1.1 {attendu}")),
            "{chemin} {annonce}: {reponse}"
        );
    }
    let mut envoi = Envoi::ouvrir(
        &app,
        "/connexion",
        &[CHAMPS, EN_MORCEAUX, "Origin: null\r\n"],
    );
    envoi.morceau(b"_csrf=");
    assert!(envoi.reponse().starts_with("HTTP/1.1 403"));
}

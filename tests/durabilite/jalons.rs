//! Jalons: what a chain alone cannot tell, that it was cut with its head or written again whole, a signed state of before
//! tells; a false signature is seen, and a file leaves with a proof that stands without the database.

use std::io::{Cursor, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use chrono::TimeDelta;
use diesel::prelude::*;
use preuve::{Confiance, Horodatage, Limites};
use regles::droits::Role;
use regles::evenement::{Empreinte, maillon};
use releve::actions::jalon;
use releve::actions::verification::{self, Anomalie, Temoins};
use releve::db::schema::{chaine, evenement, jalon as jalons, jalon_chaine};
use releve::db::{DbError, DbResult};
use releve::taches::horodatage;

use super::chaines::{cinq, sans_garde, sql};
use crate::util::TestApp;
use crate::web::praticien::PDF;
use crate::web::sante_pieces::{NUMERO, sans_preuve};

const LIASSE: &str = "/dossiers/131-2026-000001/liasse.zip";
const PIECE: &str = "piece_justificatif_derogation";

fn poser(app: &TestApp) {
    let etat = &app.state;
    jalon::poser(&etat.db, &etat.cle_du_journal, etat.clock.now()).expect("signed");
}

fn temoins(app: &TestApp) -> Temoins {
    let exporte = app.state.db.read(jalon::exporter).expect("read");
    let mut temoins = app.state.temoins();
    temoins.ailleurs =
        verification::ailleurs(&exporte.expect("a jalon"), &temoins.cle).expect("it holds");
    temoins
}

fn anomalies(app: &TestApp, temoins: &Temoins) -> Vec<String> {
    let mut lues = Vec::new();
    let mut dire = |a: &Anomalie| lues.push(a.to_string());
    verification::audit(&app.state.db, temoins, &mut dire).expect("verified");
    lues
}

/// What a hand does to the journal.
type Main = fn(&TestApp);

/// Cuts the last event with the head, as somebody does who knows how chains are made.
fn couper(app: &TestApp) {
    let avant: Vec<u8> = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(evenement::table
                .filter(evenement::seq.eq(4))
                .select(evenement::empreinte)
                .first(conn)?)
        })
        .expect("read");
    sql(app, "DELETE FROM evenement WHERE seq = 5").expect("cut");
    app.state
        .db
        .write(|tx| -> DbResult<()> {
            diesel::update(chaine::table)
                .set((chaine::seq.eq(4), chaine::empreinte.eq(avant)))
                .execute(&mut **tx)?;
            Ok(())
        })
        .expect("moved");
}

/// Writes the third event again, and every digest after it.
fn recrire(app: &TestApp) {
    let ecrire = |app: &TestApp| -> DbResult<()> {
        app.state.db.write(|tx| {
            let lignes: Vec<(i64, i64, String, Vec<u8>)> = evenement::table
                .filter(evenement::seq.ge(3))
                .order(evenement::seq)
                .select((
                    evenement::id,
                    evenement::seq,
                    evenement::texte,
                    evenement::precedente,
                ))
                .load(&mut **tx)?;
            let mut precedente =
                Empreinte::try_from(lignes[0].3.as_slice()).map_err(DbError::Incoherent)?;
            for (id, seq, texte, _) in lignes {
                let texte = texte.replace("\"note\":3", "\"note\":33");
                let empreinte = maillon(&precedente, seq, &texte);
                diesel::update(evenement::table.find(id))
                    .set((
                        evenement::texte.eq(texte),
                        evenement::precedente.eq(precedente.0.to_vec()),
                        evenement::empreinte.eq(empreinte.0.to_vec()),
                    ))
                    .execute(&mut **tx)?;
                precedente = empreinte;
            }
            diesel::update(chaine::table)
                .set(chaine::empreinte.eq(precedente.0.to_vec()))
                .execute(&mut **tx)?;
            Ok::<(), DbError>(())
        })
    };
    ecrire(app).expect("written again");
}

#[test]
fn un_jalon_garde_ailleurs_voit_la_queue_coupee_et_l_histoire_recrite() {
    for (main, attendu) in [
        (couper as Main, "sa fin a été coupée"),
        (recrire, "des événements ont été récrits"),
    ] {
        let app = cinq();
        poser(&app);
        let ailleurs = temoins(&app);
        assert_eq!(anomalies(&app, &ailleurs), Vec::<String>::new());
        sql(&app, sans_garde()).expect("the guards are down");
        main(&app);
        let vues = anomalies(&app, &app.state.temoins());
        assert!(vues.iter().any(|a| a.contains(attendu)), "{vues:?}");
        // The jalons of the database go too: nothing in it tells any more, what was kept elsewhere does.
        sql(&app, "DELETE FROM jalon_chaine; DELETE FROM jalon").expect("gone");
        assert_eq!(anomalies(&app, &app.state.temoins()), Vec::<String>::new());
        let vues = anomalies(&app, &ailleurs);
        assert!(vues.iter().any(|a| a.contains(attendu)), "{vues:?}");
    }
}

#[test]
fn un_jalon_change_est_vu() {
    let change = |quoi: fn(&TestApp) -> DbResult<usize>| {
        let app = cinq();
        poser(&app);
        assert_eq!(quoi(&app).expect("changed"), 1);
        anomalies(&app, &app.state.temoins())
    };
    let note = change(|app| {
        app.state.db.write(|tx| {
            let note: String = jalons::table.select(jalons::note).first(&mut **tx)?;
            Ok::<_, DbError>(
                diesel::update(jalons::table)
                    .set(jalons::note.eq(note.replacen("\n1\n", "\n2\n", 1)))
                    .execute(&mut **tx)?,
            )
        })
    });
    assert!(
        note[0].contains("la signature n’est pas celle de la clé"),
        "{note:?}"
    );
    let arbre = change(|app| {
        app.state.db.write(|tx| {
            Ok::<_, DbError>(
                diesel::update(jalon_chaine::table)
                    .set(jalon_chaine::taille.eq(4))
                    .execute(&mut **tx)?,
            )
        })
    });
    assert!(
        arbre
            .iter()
            .any(|a| a.contains("ne sont pas ceux qu’il signe")),
        "{arbre:?}"
    );
    assert!(
        arbre.iter().any(|a| a.contains("récrits depuis")),
        "{arbre:?}"
    );
    let instant = change(|app| {
        app.state.db.write(|tx| {
            let le = app.state.clock.now() + TimeDelta::days(1);
            Ok::<_, DbError>(
                diesel::update(jalons::table)
                    .set(jalons::le.eq(le))
                    .execute(&mut **tx)?,
            )
        })
    });
    assert!(
        instant[0].contains("l’instant n’est pas celui"),
        "{instant:?}"
    );
}

#[test]
fn un_jour_a_son_jalon() {
    let app = cinq();
    let etat = &app.state;
    let poser = |jours| {
        let le = etat.clock.now() + TimeDelta::days(jours);
        jalon::du_jour(&etat.db, &etat.cle_du_journal, le)
            .expect("taken")
            .is_some()
    };
    assert!(poser(0), "the first of the day");
    assert!(!poser(0), "one is enough");
    assert!(poser(1), "the next day has its own");
    assert_eq!(anomalies(&app, &etat.temoins()), Vec::<String>::new());
}

#[test]
fn un_jalon_d_une_autre_cle_n_est_pas_cru() {
    let app = cinq();
    let autre = TestApp::start_with(&[("RELEVE_CLE_JOURNAL", &"7e".repeat(32))]);
    poser(&app);
    let exporte = app
        .state
        .db
        .read(jalon::exporter)
        .expect("read")
        .expect("a jalon");
    let refus = verification::ailleurs(&exporte, &autre.state.temoins().cle);
    assert!(refus.is_err(), "another key");
    let change = TestApp::start();
    let connu = verification::ailleurs(&exporte, &change.state.temoins().cle);
    assert!(connu.is_ok(), "the same key, whose address changed");
}

#[actix_web::test]
async fn un_dossier_part_avec_une_preuve_qui_tient_seule() {
    let (caisse, kine) = sans_preuve("A-CONJOINT");
    let page = format!("/demandes/{NUMERO}");
    let recue = caisse
        .app
        .connecte(&kine)
        .await
        .post_fichiers(
            &page,
            &format!("{page}/pieces"),
            &[("envoi", PIECE)],
            &[(PIECE, "contrat.pdf", PDF)],
        )
        .await;
    assert_eq!(recue.statut, 200, "{}", recue.texte());
    let agent = caisse.instructeur().await;
    poser(&caisse.app);
    let zip = agent.octets(LIASSE).await;
    let cle = caisse.app.state.cle_du_journal.publique();
    let confiance = Confiance {
        cle: Some(cle.clone()),
        ..Confiance::default()
    };
    let publiee = agent.get("/journal/cle").await.texte();
    assert_eq!(publiee.trim(), cle.to_string());
    let rapport =
        preuve::verifier(Cursor::new(&zip), &confiance, &Limites::default()).expect("read");
    assert!(rapport.tient(), "{:?}", rapport.constats);
    assert!(rapport.prouves > 0 && rapport.a_sceller == 0, "{rapport:?}");
    assert_eq!(rapport.cites, 1, "the document is named by a proven event");
    // One byte of the document.
    let ici = zip
        .windows(PDF.len())
        .position(|octets| octets == PDF)
        .expect("stored as it is");
    let mut fausse = zip.clone();
    fausse[ici + PDF.len() / 2] ^= 1;
    let lu = preuve::verifier(Cursor::new(&fausse), &confiance, &Limites::default());
    assert!(lu.is_err() || lu.is_ok_and(|r| !r.tient()));
    let ailleurs = caisse.app.compte(Role::Instructeur, Some("831"));
    let refus = caisse.app.connecte(&ailleurs).await.get(LIASSE).await;
    assert_eq!(refus.statut, 404);
}

/// An authority of time stamps on this machine, OpenSSL's, that answers one request; where it listens, and its certificate.
fn autorite(ici: &Path) -> (String, Vec<u8>) {
    std::fs::write(ici.join("conf"), CONF).expect("written");
    std::fs::write(ici.join("serie"), "01").expect("written");
    let ec = "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out";
    for mots in [
        format!("{ec} ca.cle"),
        format!("{ec} tsa.cle"),
        "req -x509 -config conf -extensions ca -key ca.cle -subj /CN=CA -days 30 -out ca.pem".to_owned(),
        "req -new -config conf -key tsa.cle -subj /CN=TSA -out tsa.csr".to_owned(),
        "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.cle -CAcreateserial -days 30 -extfile conf -extensions horodate -out tsa.pem".to_owned(),
        "x509 -in ca.pem -outform DER -out ca.der".to_owned(),
    ] {
        openssl(ici, &mots);
    }
    let ecoute = TcpListener::bind("127.0.0.1:0").expect("a port");
    let adresse = format!("http://{}/tsa", ecoute.local_addr().expect("an address"));
    let dossier = ici.to_path_buf();
    std::thread::spawn(move || {
        let (mut client, _) = ecoute.accept().expect("a client");
        let mut recu = Vec::new();
        // The request is 69 bytes after its head.
        let corps = loop {
            let mut tampon = [0; 1024];
            let n = client.read(&mut tampon).expect("bytes");
            recu.extend_from_slice(&tampon[..n]);
            if let Some(fin) = recu.windows(4).position(|o| o == b"\r\n\r\n")
                && recu.len() >= fin + 4 + 69
            {
                break recu[fin + 4..].to_vec();
            }
        };
        std::fs::write(dossier.join("q"), corps).expect("written");
        openssl(
            &dossier,
            "ts -reply -config conf -section ici -queryfile q -out r",
        );
        let reponse = std::fs::read(dossier.join("r")).expect("an answer");
        let tete = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/timestamp-reply\r\ncontent-length: {}\r\n\r\n",
            reponse.len()
        );
        client.write_all(tete.as_bytes()).expect("sent");
        client.write_all(&reponse).expect("sent");
    });
    (
        adresse,
        std::fs::read(ici.join("ca.der")).expect("a certificate"),
    )
}

const CONF: &str = "
[ici]
serial = serie
crypto_device = builtin
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.cle
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
[ca]
basicConstraints = critical,CA:TRUE
[horodate]
extendedKeyUsage = critical,timeStamping
[req]
distinguished_name = nom
prompt = no
[nom]
CN = Essai
";

fn openssl(ici: &Path, mots: &str) {
    let sortie = Command::new("openssl")
        .args(mots.split(' '))
        .current_dir(ici)
        .output()
        .expect("openssl runs");
    let dit = String::from_utf8_lossy(&sortie.stderr);
    assert!(sortie.status.success(), "{mots}: {dit}");
}

#[actix_web::test]
async fn une_autorite_horodate_le_jalon_et_sa_panne_n_arrete_rien() {
    let ici = tempfile::tempdir().expect("a folder");
    let (adresse, ca) = autorite(ici.path());
    // Nobody listens there.
    let app = TestApp::start_with(&[("RELEVE_HORODATAGE", "http://127.0.0.1:9/tsa")]);
    poser(&app);
    assert_eq!(horodatage::passer(&app.state).await.expect("tried"), 0);
    let app = TestApp::start_with(&[("RELEVE_HORODATAGE", &adresse)]);
    poser(&app);
    assert_eq!(horodatage::passer(&app.state).await.expect("asked"), 1);
    assert_eq!(horodatage::passer(&app.state).await.expect("none lacks"), 0);
    let pose = app
        .state
        .db
        .read(releve::db::jalon::dernier)
        .expect("read")
        .expect("a jalon");
    let jeton = Horodatage::lire(&pose.jeton.expect("stamped")).expect("a token");
    let empreinte: Empreinte = releve::secret::sha256(pose.note.as_bytes())
        .parse()
        .expect("a digest");
    jeton.verifier(&empreinte, &[ca]).expect("it holds");
}

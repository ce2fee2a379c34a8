//! What the tests of a practitioner's space share: the zones, people who log in, documents, the fields of the forms.

use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::grand_livre::EtatPlace;
use releve::db::schema::{courriel, dossier, place};
use releve::db::{DbError, DbResult};

use crate::util::TestApp;
use crate::util::builders::{Decor, jour};
use crate::util::client::{Client, Page};
use crate::util::compte::CompteTest;

/// The smallest documents that are what they say.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
/// A second PDF.
pub const AUTRE: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Size 2>>\n%%EOF\n";
/// A Windows program.
pub const EXE: &[u8] = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0\0\0\0\0\0\0\x40\0\0\0";

/// An application with region 93, and a practitioner logged in.
pub async fn application() -> (TestApp, CompteTest, Client) {
    let app = TestApp::start();
    Decor::new(&app).region_93();
    let compte = app.compte(Role::Kine, None);
    let client = app.connecte(&compte).await;
    (app, compte, client)
}

/// The fields of a good declaration, some of them changed.
pub fn declaration<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    changer(
        vec![
            ("mouvement", "cessation"),
            ("commune", "13056"),
            ("adresse", "12 quai des Anglais"),
            ("date_cessation", "31/12/2025"),
            ("actes", "2 400"),
            ("_etape", "envoyer"),
        ],
        changes,
    )
}

fn changer<'a>(
    mut champs: Vec<(&'a str, &'a str)>,
    changes: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    champs.retain(|(nom, _)| !changes.iter().any(|(n, _)| n == nom));
    champs.extend(changes);
    champs
}

/// Says something of a document, as the agent does from the page of the documents.
pub async fn examiner(agent: &Client, page: &str, id: i64, action: &str, motif: &str) -> Page {
    let champ = format!("motif_{id}");
    agent
        .post(
            page,
            &format!("{page}/{id}"),
            &[("action", action), (champ.as_str(), motif)],
        )
        .await
}

pub const JUSTIFICATIF: &[(&str, &str, &[u8])] = &[("justificatif", "radiation.pdf", PDF)];

/// Sends the declaration form.
pub async fn declarer(client: &Client, changes: &[(&str, &str)]) -> Page {
    client
        .post_fichiers(
            "/mes-departs/nouveau",
            "/mes-departs/nouveau",
            &declaration(changes),
            JUSTIFICATIF,
        )
        .await
}

/// The identifier at the end of the path of a page.
pub fn numero(page: &Page) -> i64 {
    page.chemin
        .rsplit('/')
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or_else(|| panic!("{} {}", page.chemin, page.texte()))
}

/// A departure of this account in Martigues, with its place in a state.
pub fn depart(app: &TestApp, compte: &CompteTest, etat: EtatPlace) -> (i64, i64) {
    let decor = Decor::new(app);
    let kine_id = compte.kine_id.expect("a practitioner");
    let depart = decor.depart(kine_id, "13056", jour(2025, 12, 31), Some(2400));
    (depart, decor.place(depart, etat))
}

/// Designates somebody through the form; who was designated before is replaced without being asked again.
pub async fn designer(client: &Client, depart: i64, rpps: &str, courriel: &str) -> Page {
    client
        .post(
            &format!("/mes-departs/{depart}"),
            &format!("/mes-departs/{depart}/designations"),
            &[("rpps", rpps), ("courriel", courriel), ("confirmer", "oui")],
        )
        .await
}

/// The path of the secret link last sent to an address.
pub fn lien(app: &TestApp, adresse: &str) -> String {
    let texte: String = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(courriel::table
                .filter(courriel::modele.eq("designation_creee"))
                .filter(courriel::destinataire.eq(adresse))
                .order(courriel::id.desc())
                .select(courriel::texte)
                .first(conn)?)
        })
        .expect("a designation was mailed");
    let debut = texte.find("/designations/").expect("a link");
    texte[debut..]
        .split_whitespace()
        .next()
        .expect("a path")
        .to_owned()
}

/// A place in Martigues designated to and accepted by a second account, which is returned with its browser.
pub async fn succession(
    app: &TestApp,
    cedant: &CompteTest,
    client: &Client,
) -> (i64, i64, CompteTest, Client) {
    let (depart, place) = depart(app, cedant, EtatPlace::Ouverte);
    let successeur = app.compte(Role::Kine, None);
    let autre = app.connecte(&successeur).await;
    let rpps = successeur.rpps.clone().expect("a RPPS");
    let page = designer(client, depart, &rpps, &successeur.courriel).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let lien = lien(app, &successeur.courriel);
    let page = autre.post(&lien, &lien, &[("reponse", "accepter")]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    (depart, place, successeur, autre)
}

/// The fields of a good project out of regulation, in Aix-en-Provence, some of them changed.
pub fn projet<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    changer(
        vec![
            ("nature", "hors_regulation"),
            ("commune", "13001"),
            ("adresse", "3 cours Mirabeau"),
            ("deja_conventionne_zone", "non"),
            ("entree_formation", "2015"),
            ("_etape", "envoyer"),
        ],
        changes,
    )
}

/// Sends the last step of a request.
pub async fn deposer(
    client: &Client,
    changes: &[(&str, &str)],
    fichiers: &[(&str, &str, &[u8])],
) -> Page {
    let champs = projet(changes);
    let nature = champs
        .iter()
        .find(|(n, _)| *n == "nature")
        .map_or("", |(_, v)| v);
    client
        .post_fichiers(
            &format!("/demandes/nouvelle?nature={nature}&etape=autre"),
            "/demandes/nouvelle",
            &champs,
            fichiers,
        )
        .await
}

/// The number of the request whose receipt is on screen.
pub fn numero_de_demande(page: &Page) -> String {
    page.chemin
        .strip_prefix("/demandes/")
        .and_then(|c| c.strip_suffix("/accuse"))
        .unwrap_or_else(|| panic!("{} {}", page.chemin, page.texte()))
        .to_owned()
}

/// Changes a request by hand, as if the CPAM had.
pub fn mettre_demande(app: &TestApp, numero: &str, etat: &str) -> i64 {
    app.state
        .db
        .write(|tx| -> Result<i64, DbError> {
            let vers: EtatDemande = etat.parse().expect("a state");
            Ok(
                diesel::update(dossier::table.filter(dossier::numero.eq(numero)))
                    .set((
                        dossier::etat.eq(vers),
                        dossier::ouvert.eq(vers.en_cours()),
                        dossier::version.eq(dossier::version + 1),
                    ))
                    .returning(dossier::id)
                    .get_result(&mut **tx)?,
            )
        })
        .expect("the request changes")
}

/// Changes a place by hand, as if the CPAM had.
pub fn mettre_place(app: &TestApp, id: i64, etat: EtatPlace) {
    app.state
        .db
        .write(|tx| -> Result<(), DbError> {
            diesel::update(place::table.find(id))
                .set((place::etat.eq(etat), place::version.eq(place::version + 1)))
                .execute(&mut **tx)?;
            Ok(())
        })
        .expect("the place changes");
}

/// Asks for two documents, as an agent of the CPAM does, and returns the identifier of the request.
pub fn demander_pieces(app: &TestApp, numero: &str, agent: &CompteTest) -> i64 {
    use regles::piece::NaturePiece;
    use releve::actions::instruction::{PieceAttendue, demander_pieces};
    use releve::db::CpamScope;
    let acte = releve::actions::Acte {
        acteur: releve::actions::Acteur {
            id: Some(agent.id),
            nom: agent.nom.clone(),
            le: app.state.clock.now(),
        },
        reglement: app.state.reglement(),
        url_publique: app.adresse.clone(),
    };
    let attendue = |nature, precision: &str| PieceAttendue {
        nature,
        precision: Some(precision.to_owned()),
    };
    let attendues = [
        attendue(NaturePiece::Diplome, "Recto et verso"),
        attendue(NaturePiece::Identite, "En cours de validité"),
    ];
    let scope = CpamScope::Caisse("131".to_owned());
    app.state
        .db
        .write(|tx| -> Result<i64, releve::actions::ActionError> {
            let d = releve::db::demande::lire(tx, &scope, numero)?;
            demander_pieces(tx, &acte, &scope, numero, d.version, &attendues)?;
            Ok(d.id)
        })
        .expect("the documents are asked for")
}

/// The names of the file fields of the documents asked for, in order.
pub fn demandees(page: &Page) -> Vec<String> {
    page.html
        .split("name=\"demandee_")
        .skip(1)
        .map(|suite| format!("demandee_{}", suite.split('"').next().unwrap_or_default()))
        .collect()
}

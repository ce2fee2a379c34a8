//! The practitioner's side in Chromium: documents from one side to the other, files dropped and cut off, drafts that
//! keep what is typed, pages accessible in both themes and at 320 pixels.

use std::path::Path;

use diesel::prelude::*;
use fantoccini::key::Key;
use futures_util::StreamExt;
use regles::droits::Role;
use releve::db::DbResult;
use releve::db::schema::piece;
use serde_json::{Value, json};

use super::coupure::Fil;
use super::document::pdf;
use super::harness::Browser;
use super::sans_script::prouver;
use crate::util::TestApp;
use crate::util::builders::{Decor, UneDemande, jour};
use crate::util::compte::{CompteTest, MOT_DE_PASSE};

const NUMERO: &str = "131-2026-000001";

fn ecrire(dossier: &Path, nom: &str) -> String {
    let chemin = dossier.join(nom);
    std::fs::write(&chemin, pdf(nom)).expect("a document");
    chemin.display().to_string()
}

struct Monde {
    app: TestApp,
    fil: Fil,
    kine: CompteTest,
    agent: CompteTest,
    n: Browser,
}

impl Monde {
    /// A practitioner with a request, an agent, a browser in which the practitioner is logged in.
    async fn new(javascript: bool) -> Monde {
        let app = TestApp::start();
        let decor = Decor::new(&app);
        decor.region_93();
        let kine = app.compte(Role::Kine, None);
        let agent = app.compte(Role::Instructeur, Some("131"));
        decor.demande(&UneDemande {
            kine_id: kine.kine_id.expect("a practitioner"),
            pieces: false,
            ..UneDemande::default()
        });
        let n = if javascript {
            Browser::start().await
        } else {
            Browser::without_javascript().await
        };
        let fil = Fil::tendre(&app.adresse);
        let monde = Monde {
            app,
            fil,
            kine,
            agent,
            n,
        };
        monde.connecter(&monde.kine).await;
        monde
    }

    async fn ouvrir(&self, chemin: &str) {
        self.n.goto(&format!("{}{chemin}", self.fil.adresse)).await;
    }

    async fn connecter(&self, qui: &CompteTest) {
        self.n.client.delete_all_cookies().await.expect("cookies");
        self.ouvrir("/connexion").await;
        self.identifier(qui).await;
    }

    async fn identifier(&self, qui: &CompteTest) {
        self.n.fill("Adresse électronique", &qui.courriel).await;
        self.n.fill("Mot de passe", MOT_DE_PASSE).await;
        self.n.press(Key::Enter).await;
        self.n.see(&qui.nom).await;
    }

    async fn hors_ligne(&self, oui: bool) {
        self.n.cdp("Network.enable", json!({})).await;
        self.n
            .cdp(
                "Network.emulateNetworkConditions",
                json!({"offline": oui, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}),
            )
            .await;
    }

    async fn js(&self, script: &str) -> Value {
        let lu = self.n.client.execute(script, vec![]).await;
        lu.unwrap_or_else(|erreur| panic!("{script}: {erreur}"))
    }

    /// What is recorded, and what the store holds.
    async fn pieces(&self) -> (i64, usize) {
        let lues = self
            .app
            .state
            .db
            .read(|conn| -> DbResult<_> { Ok(piece::table.count().get_result(conn)?) })
            .expect("documents");
        (lues, self.app.state.pieces.cles().count().await)
    }
}

#[actix_web::test]
async fn une_piece_va_et_vient_jusqu_a_son_acceptation() {
    aller_retour(true, &DEMANDE).await;
}

#[actix_web::test]
async fn une_piece_va_et_vient_jusqu_a_son_acceptation_sans_javascript() {
    let n = aller_retour(false, &DEMANDE).await.n;
    prouver(&n, "une pièce va et vient").await;
}

#[actix_web::test]
async fn la_piece_d_un_depart_va_et_vient_jusqu_a_son_acceptation() {
    aller_retour(true, &DEPART).await;
}

#[actix_web::test]
async fn la_piece_d_un_depart_va_et_vient_jusqu_a_son_acceptation_sans_javascript() {
    let n = aller_retour(false, &DEPART).await.n;
    prouver(&n, "la pièce d’un départ va et vient").await;
}

/// A file that documents come and go in.
struct Dossier {
    /// Its page in the practitioner's space, and the CPAM's.
    pages: [&'static str; 2],
    /// The document that it calls for.
    piece: &'static str,
    /// The pictures.
    nom: &'static str,
}

const DEMANDE: Dossier = Dossier {
    pages: ["/demandes/131-2026-000001", "/dossiers/131-2026-000001"],
    piece: "Diplôme ou autorisation d’exercice",
    nom: "pieces",
};

const DEPART: Dossier = Dossier {
    pages: ["/mes-departs/2", "/departs/2"],
    piece: "Justificatif de cessation définitive",
    nom: "pieces-depart",
};

async fn aller_retour(javascript: bool, objet: &Dossier) -> Monde {
    let piece = objet.piece;
    let m = Monde::new(javascript).await;
    let kine_id = m.kine.kine_id.expect("a practitioner");
    Decor::new(&m.app).depart_sans_piece(kine_id, "13056", jour(2025, 12, 31), Some(2400));
    let regarder = async |nom: &str| {
        if javascript {
            m.n.inspect(&format!("{}-{nom}", objet.nom)).await;
        }
    };
    let dossier = tempfile::tempdir().expect("a folder");
    let (premier, second) = (
        ecrire(dossier.path(), "recto.pdf"),
        ecrire(dossier.path(), "recto-verso.pdf"),
    );
    let [demande, chez_la_caisse] = objet.pages;
    let examen = format!("{chez_la_caisse}/pieces");

    m.ouvrir(demande).await;
    m.n.see("À fournir").await;
    regarder("kine-liste").await;
    m.n.click(&format!("Envoyer cette pièce : {piece}")).await;
    m.n.fill(piece, &premier).await;
    m.n.click(&format!("Envoyer {piece}")).await;
    m.n.see("Votre pièce est jointe").await;
    m.n.click("recto.pdf").await;
    m.n.see("Fermer l’aperçu").await;
    regarder("kine-apercu").await;

    m.connecter(&m.agent).await;
    m.ouvrir(&examen).await;
    m.n.click("Refuser cette pièce…").await;
    m.n.see("Pourquoi la refuser").await;
    regarder("caisse-examen").await;
    m.n.click(&format!("Refuser {piece}")).await;
    m.n.see("Écrivez pourquoi la pièce est refusée").await;
    m.n.fill("Pourquoi la refuser", "Le verso manque").await;
    m.n.click(&format!("Refuser {piece}")).await;
    m.n.see("La pièce est refusée").await;

    m.connecter(&m.kine).await;
    m.ouvrir(demande).await;
    m.n.see("Pourquoi elle est refusée : Le verso manque").await;
    regarder("kine-refusee").await;
    m.n.fill(piece, &second).await;
    m.n.click(&format!("Envoyer {piece}")).await;
    m.n.see("1 document remplacé").await;

    m.connecter(&m.agent).await;
    m.ouvrir(chez_la_caisse).await;
    m.n.see("recto-verso.pdf").await;
    regarder("caisse-dossier").await;
    m.ouvrir(&examen).await;
    m.n.see("recto-verso.pdf").await;
    m.n.click(&format!("Accepter {piece}")).await;
    m.n.see("La pièce est acceptée").await;

    m.connecter(&m.kine).await;
    m.ouvrir(demande).await;
    m.n.see("Acceptée").await;
    regarder("kine-acceptee").await;
    assert_eq!(m.pieces().await, (2, 2));
    m
}

/// Drops a file of nine megabytes and a half in the frame of the field of this identifier.
const DEPOSER: &str = "
    const champ = document.getElementById(arguments[0]);
    const contenu = new Uint8Array(arguments[1] || 9500000);
    contenu.set(new TextEncoder().encode(arguments[2] || '%PDF-1.4\\n'));
    contenu.set(new TextEncoder().encode('%%EOF'), contenu.length - 5);
    const transfert = new DataTransfer();
    transfert.items.add(new File([contenu], 'grand.pdf', { type: 'application/pdf' }));
    const zone = champ.closest('.depot');
    for (const type of ['dragenter', 'dragover', 'drop']) {
        zone.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfert }));
    }
    return champ.files.length;";

const EN_ROUTE: &str = "const j = document.querySelector('.suivi progress:not([hidden])');
    return Boolean(j && j.value > 0 && j.value < 100);";

#[actix_web::test]
async fn un_fichier_depose_a_la_souris_s_envoie_et_une_coupure_ne_perd_rien() {
    let m = Monde::new(true).await;
    m.ouvrir(&format!("/demandes/{NUMERO}")).await;
    m.n.click("Envoyer cette pièce : Diplôme").await;
    // Too large: said with its size, and not sent. An office document: the server says what to do.
    m.n.client
        .execute(
            DEPOSER,
            vec![json!("champ-piece_diplome"), json!(12_000_000)],
        )
        .await
        .expect("dropped");
    m.n.see("fait 12 Mo, pour 10 Mo au plus").await;
    m.n.click("Envoyer Diplôme").await;
    m.n.see("Rien n’est envoyé").await;
    m.n.axe().await;
    m.n.client
        .execute(
            DEPOSER,
            vec![
                json!("champ-piece_diplome"),
                json!(4_000),
                json!("PK\u{3}\u{4} word/document.xml"),
            ],
        )
        .await
        .expect("dropped");
    m.n.click("Envoyer Diplôme").await;
    m.n.see("s’ouvre dans un traitement de texte").await;
    assert_eq!(m.pieces().await, (0, 0));
    let deposes =
        m.n.client
            .execute(DEPOSER, vec![json!("champ-piece_diplome")])
            .await
            .expect("dropped");
    assert_eq!(deposes, json!(1));
    m.fil.ralentir();
    m.n.click("Envoyer Diplôme").await;
    m.n.until(EN_ROUTE, json!(true)).await;
    m.fil.couper();
    m.n.see("La connexion a été coupée : rien n’est enregistré")
        .await;
    m.n.axe().await;
    assert_eq!(m.pieces().await, (0, 0), "nothing half stored");
    let choisis = m
        .js("return document.getElementById('champ-piece_diplome').files[0].name")
        .await;
    assert_eq!(choisis, json!("grand.pdf"), "the choice stays");
    m.fil.reparer();
    m.n.click("Envoyer Diplôme").await;
    m.n.see("Votre pièce est jointe au dossier").await;
    assert_eq!(m.pieces().await, (1, 1));
}

#[actix_web::test]
async fn le_brouillon_s_enregistre_en_tapant_et_previent_quand_il_ne_peut_pas() {
    const ADRESSE: &str = "Adresse du lieu d’exercice";
    let m = Monde::new(true).await;
    m.ouvrir("/mes-departs/nouveau").await;
    m.n.fill(ADRESSE, "12 quai des Anglais").await;
    m.n.see("Enregistré à").await;
    m.n.client.refresh().await.expect("read again");
    assert_eq!(m.n.value(ADRESSE).await, "12 quai des Anglais");
    // Cut off: said at once, and kept as soon as the network is back.
    m.hors_ligne(true).await;
    m.n.fill(ADRESSE, "14 quai des Anglais").await;
    m.n.see("Votre brouillon n’a pas pu être enregistré").await;
    m.n.see("Pas encore enregistré").await;
    m.n.axe().await;
    m.hors_ligne(false).await;
    m.n.see("Enregistré à").await;
    m.n.client.refresh().await.expect("read again");
    assert_eq!(m.n.value(ADRESSE).await, "14 quai des Anglais");
    // A document of a draft: dropped, received, seen, taken back before anything is sent.
    m.n.client
        .execute(DEPOSER, vec![json!("champ-justificatif")])
        .await
        .expect("dropped");
    m.n.see("grand.pdf : reçu").await;
    m.n.click("Aperçu de grand.pdf").await;
    m.n.until(
        "return document.querySelector('iframe.apercu__cadre') !== null",
        json!(true),
    )
    .await;
    m.n.inspect("brouillon-avec-piece").await;
    m.n.click("Retirer grand.pdf").await;
    m.n.see("Le document est retiré de votre brouillon").await;
    assert_eq!(m.pieces().await, (0, 0));
}

#[actix_web::test]
async fn une_session_qui_finit_au_milieu_d_un_formulaire_ne_perd_rien() {
    fin_de_session(true).await;
}

#[actix_web::test]
async fn une_session_qui_finit_au_milieu_d_un_formulaire_ne_perd_rien_sans_javascript() {
    fin_de_session(false).await;
}

async fn fin_de_session(javascript: bool) {
    let m = Monde::new(javascript).await;
    m.ouvrir("/mes-departs/nouveau").await;
    let plus_tard = m.app.state.clock.now() + chrono::TimeDelta::hours(3);
    m.app.state.clock.set(plus_tard);
    m.n.fill("Adresse du lieu d’exercice", "Écrit trop tard")
        .await;
    m.n.click(if javascript {
        "Vérifier ma déclaration"
    } else {
        "Enregistrer le brouillon"
    })
    .await;
    m.n.see("Ce que vous avez écrit est conservé").await;
    m.identifier(&m.kine).await;
    m.n.see("Adresse du lieu d’exercice").await;
    assert_eq!(
        m.n.value("Adresse du lieu d’exercice").await,
        "Écrit trop tard"
    );
}

#[actix_web::test]
async fn les_ecrans_du_kine_sont_accessibles_partout() {
    let m = Monde::new(true).await;
    m.ouvrir("/mes-departs/nouveau").await;
    m.n.fill("Adresse du lieu d’exercice", "12 quai des Anglais")
        .await;
    m.n.see("Enregistré à").await;
    let brouillon = m.n.path().await;
    let id = brouillon.rsplit('=').next().expect("a draft").to_owned();
    for (nom, chemin) in [
        ("kine_espace", "/espace".to_owned()),
        (
            "kine_brouillon_supprimer",
            format!("/brouillons/{id}/supprimer"),
        ),
        ("kine_messages", format!("/demandes/{NUMERO}/messages")),
        ("kine_projet", "/projet".to_owned()),
        ("kine_regles", "/regles".to_owned()),
        ("kine_regle", "/regles/delai-pour-designer".to_owned()),
        (
            "kine_projet_examine",
            "/projet?commune=13056&entree_formation=2024".to_owned(),
        ),
        ("kine_changements_choix", "/changements/nouveau".to_owned()),
        (
            "kine_demenagement",
            "/changements/nouveau?nature=demenagement".to_owned(),
        ),
        (
            "kine_absence",
            "/changements/nouveau?nature=absence".to_owned(),
        ),
        ("kine_changements", "/changements/miens".to_owned()),
        ("kine_reglages", "/espace/reglages".to_owned()),
        ("kine_coordonnees", "/espace/coordonnees".to_owned()),
        ("kine_consentement", "/espace/consentement".to_owned()),
        ("kine_renoncer", "/espace/renoncer".to_owned()),
        ("kine_donnees", "/donnees-personnelles".to_owned()),
    ] {
        m.ouvrir(&chemin).await;
        m.n.inspect(nom).await;
    }
}

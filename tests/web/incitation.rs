//! CAT: the catalogue, searched and filtered; a local aid and a correction take two people.

use regles::droits::Role;

use crate::util::TestApp;
use crate::util::builders::{Decor, jour};
use crate::util::client::{Client, Page};

struct Siege {
    app: TestApp,
    alice: Client,
    bruno: Client,
}

async fn siege(role: Role, caisse: Option<&str>) -> Siege {
    let app = TestApp::start();
    Decor::new(&app).region_93();
    let comptes = [app.compte(role, caisse), app.compte(role, caisse)];
    let alice = app.connecte(&comptes[0]).await;
    let bruno = app.connecte(&comptes[1]).await;
    Siege { app, alice, bruno }
}

const TEXTE: &[(&str, &str)] = &[
    ("montant", "Jusqu’à 8 000,00 €"),
    ("zone", "Communes du Verdon"),
    (
        "conditions",
        "S’installer dans une commune du Verdon\nY rester trois ans",
    ),
    ("fondement", "Délibération du 12 décembre 2025"),
    ("source", "Site de la communauté de communes"),
    ("du", "01/02/2026"),
    ("raison", "Votée en décembre"),
];

async fn proposer(client: &Client, nom: &str) -> Page {
    let mut champs = vec![
        ("nom", nom),
        ("profession", "kine"),
        ("payeur", "collectivite"),
    ];
    champs.extend(TEXTE);
    client
        .post("/aides/proposer", "/aides/proposer", &champs)
        .await
}

fn proposition(page: &Page) -> String {
    let id = page
        .html
        .split("href=\"/aides/propositions/")
        .nth(1)
        .and_then(|h| h.split('"').next())
        .expect("a proposal");
    format!("/aides/propositions/{id}")
}

#[actix_web::test]
async fn le_catalogue_se_cherche_se_filtre_et_garde_les_anciennes_valeurs() {
    let app = TestApp::start();
    Decor::new(&app).region_93();
    let visiteur = app.client();
    let texte = visiteur.get("/aides").await.texte();
    for attendu in [
        "23 aides recensées",
        "49 000,00 €",
        "50 000,00 € en deux moitiés",
        "Fermée aux nouvelles demandes",
        "remplacée le 26 août 2023 : 9 000,00 €",
        "150,00 € par mois de stage",
        "Fondement",
        "Vérifié le",
        "Pass installation",
    ] {
        assert!(texte.contains(attendu), "«{attendu}» is not in {texte}");
    }
    let texte = visiteur.get("/aides?profession=sage_femme").await.texte();
    assert!(
        texte.contains("CAPISF") && !texte.contains("CACCMK"),
        "{texte}"
    );
    let texte = visiteur.get("/aides?q=RURALES+auvergne").await.texte();
    assert!(
        texte.contains("Pass installation") && texte.contains("1 aide recensée"),
        "{texte}"
    );
    let texte = visiteur
        .get("/aides?payeur=collectivite&zone=locale")
        .await
        .texte();
    assert!(texte.contains("2 aides recensées"), "{texte}");
    let texte = visiteur.get("/aides?profession=podologue").await.texte();
    assert!(texte.contains("Aucune aide recensée"), "{texte}");
    assert!(
        visiteur
            .get("/aides?q=xyz")
            .await
            .texte()
            .contains("Aucune aide ne répond")
    );
}

#[actix_web::test]
async fn une_aide_locale_est_proposee_par_une_personne_et_approuvee_par_une_autre() {
    let Siege { app, alice, bruno } = siege(Role::Responsable, Some("131")).await;
    let page = proposer(&alice, "Bourse du Verdon").await;
    assert!(
        page.texte().contains("une autre personne l’approuve"),
        "{}",
        page.texte()
    );
    let chemin = proposition(&page);
    let visiteur = app.client();
    assert!(
        !visiteur
            .get("/aides")
            .await
            .texte()
            .contains("Bourse du Verdon")
    );
    let sienne = alice
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    assert_ne!(sienne.statut, 200, "one's own proposal");
    let autre = app
        .connecte(&app.compte(Role::Responsable, Some("831")))
        .await;
    assert_eq!(autre.get(&chemin).await.statut, 404, "of another caisse");
    let page = bruno
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    assert!(page.texte().contains("est approuvée"), "{}", page.texte());
    let encore = bruno
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    assert_eq!(encore.statut, 409);
    app.state
        .clock
        .set(jour(2026, 2, 1).and_hms_opt(10, 0, 0).expect("ten"));
    assert!(
        visiteur
            .get("/aides")
            .await
            .texte()
            .contains("Bourse du Verdon")
    );
}

#[actix_web::test]
async fn une_correction_de_la_nation_garde_l_ancienne_valeur() {
    let Siege { app, alice, bruno } = siege(Role::AdministrateurNational, None).await;
    let mut champs = vec![("ouvert", "oui")];
    champs.extend(TEXTE);
    let page = alice
        .post("/aides/ptmg/corriger", "/aides/ptmg/corriger", &champs)
        .await;
    let chemin = proposition(&page);
    let examen = bruno.get(&chemin).await;
    assert!(
        examen.texte().contains("6 900,00 €") && examen.texte().contains("8 000,00 €"),
        "{}",
        examen.texte()
    );
    // A second proposal waits for the answer to the first.
    let seconde = alice
        .post("/aides/ptmg/corriger", "/aides/ptmg/corriger", &champs)
        .await;
    assert_ne!(seconde.statut, 200);
    bruno
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    app.state
        .clock
        .set(jour(2026, 2, 1).and_hms_opt(10, 0, 0).expect("ten"));
    let texte = app.client().get("/aides?profession=medecin").await.texte();
    assert!(
        texte.contains("Jusqu’à 8 000,00 €")
            && texte.contains("remplacée le 1er février 2026 : 6 900,00 € brut garantis par mois"),
        "{texte}"
    );
}

#[actix_web::test]
async fn une_proposition_se_rejette_avec_une_raison() {
    let Siege {
        app: _app,
        alice,
        bruno,
    } = siege(Role::AdministrateurNational, None).await;
    let chemin = proposition(&proposer(&alice, "Bourse du Verdon").await);
    let rejeter = format!("{chemin}/rejeter");
    let sans = bruno.post(&chemin, &rejeter, &[("raison", " ")]).await;
    assert!(sans.texte().contains("Dites pourquoi"), "{}", sans.texte());
    let page = bruno
        .post(&chemin, &rejeter, &[("raison", "Pas votée")])
        .await;
    assert!(page.texte().contains("est rejetée"), "{}", page.texte());
    let texte = bruno.get(&chemin).await.texte();
    assert!(texte.contains("Rejetée : Pas votée"), "{texte}");
    // A caisse does not correct what the nation says.
    let Siege {
        app: _autre, alice, ..
    } = siege(Role::Signataire, Some("131")).await;
    assert_eq!(alice.get("/aides/ptmg/corriger").await.statut, 404);
}

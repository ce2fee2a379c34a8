//! DER-2: grounds of derogation are added and ended by two national administrators, dated, audited, never deleted.

use regles::droits::Role;

use crate::util::TestApp;
use crate::util::builders::{Decor, jour};
use crate::util::client::{Client, Page};

struct Siege {
    app: TestApp,
    alice: Client,
    bruno: Client,
}

async fn siege() -> Siege {
    let app = TestApp::start();
    Decor::new(&app).region_93();
    let comptes = [
        app.compte(Role::AdministrateurNational, None),
        app.compte(Role::AdministrateurNational, None),
    ];
    let alice = app.connecte(&comptes[0]).await;
    let bruno = app.connecte(&comptes[1]).await;
    Siege { app, alice, bruno }
}

const AJOUT: &[(&str, &str)] = &[
    ("famille", "B"),
    ("code", "B-GERIATRIE"),
    ("libelle", "Offre insuffisante de soins de gériatrie"),
    ("pieces", "Attestation de formation"),
    ("source", "Instruction du 5 janvier 2026"),
    ("statut", "D"),
    ("du", "01/02/2026"),
    ("raison", "Demandée par trois caisses"),
];

async fn proposer(client: &Client, changes: &[(&str, &str)]) -> Page {
    let mut champs: Vec<(&str, &str)> = AJOUT
        .iter()
        .filter(|(n, _)| !changes.iter().any(|(c, _)| c == n))
        .copied()
        .collect();
    champs.extend(changes);
    client
        .post("/motifs/nouveau", "/motifs/nouveau", &champs)
        .await
}

fn proposition(page: &Page) -> String {
    let chemin = page
        .html
        .split("href=\"/motifs/propositions/")
        .nth(1)
        .and_then(|h| h.split('"').next())
        .expect("a proposal");
    format!("/motifs/propositions/{chemin}")
}

/// The grounds that the form of a request offers.
async fn offerts(app: &TestApp) -> String {
    let compte = app.compte(Role::Kine, None);
    let kine = app.connecte(&compte).await;
    kine.get("/demandes/nouvelle?nature=derogation").await.html
}

#[actix_web::test]
async fn der_2_un_motif_s_ajoute_a_deux_et_s_offre_a_partir_de_son_jour() {
    let Siege { app, alice, bruno } = siege().await;
    let page = proposer(&alice, &[]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert!(
        page.texte()
            .contains("Ajouter B-GERIATRIE à partir du 1er février 2026"),
        "{}",
        page.texte()
    );
    let chemin = proposition(&page);
    // The author sees no button, and is refused if she insists.
    let vue = alice.get(&chemin).await;
    assert!(!vue.html.contains("/approuver"), "{}", vue.texte());
    let refus = alice
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    assert_eq!(refus.statut, 409);
    assert!(
        refus.texte().contains("une autre personne l’approuve"),
        "{}",
        refus.texte()
    );

    let approuve = bruno
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    assert!(
        approuve.texte().contains("est approuvée"),
        "{}",
        approuve.texte()
    );
    assert!(
        approuve
            .texte()
            .contains("B-GERIATRIE Offre insuffisante de soins de gériatrie")
    );
    assert!(approuve.texte().contains("À venir"));
    // A second approval finds nothing to do.
    let encore = bruno
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    assert_eq!(encore.statut, 409);

    assert!(
        !offerts(&app).await.contains("B-GERIATRIE"),
        "its day has not come"
    );
    app.state
        .clock
        .set(jour(2026, 2, 1).and_hms_opt(10, 0, 0).expect("ten"));
    let html = offerts(&app).await;
    assert!(html.contains("B-GERIATRIE") && html.contains("B-OFFRE"));
    assert!(
        html.find("B-OFFRE") < html.find("B-GERIATRIE"),
        "those that ship come first"
    );
}

#[actix_web::test]
async fn der_2_un_motif_prend_fin_et_n_est_jamais_efface() {
    let Siege { app, alice, bruno } = siege().await;
    let page = alice
        .post(
            "/motifs/B-OFFRE/fermer",
            "/motifs/B-OFFRE/fermer",
            &[("au", "31/01/2026"), ("raison", "Remplacé")],
        )
        .await;
    assert!(
        page.texte()
            .contains("Mettre fin à B-OFFRE après le 31 janvier 2026"),
        "{}",
        page.texte()
    );
    let deux = bruno
        .post(
            "/motifs/B-OFFRE/fermer",
            "/motifs/B-OFFRE/fermer",
            &[("au", "28/02/2026"), ("raison", "Aussi")],
        )
        .await;
    assert_eq!(deux.statut, 409, "{}", deux.texte());
    assert!(
        deux.texte().contains("déjà enregistrée"),
        "{}",
        deux.texte()
    );
    assert!(deux.html.contains("28/02/2026"), "nothing typed is lost");
    let chemin = proposition(&page);
    bruno
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    assert!(
        offerts(&app).await.contains("B-OFFRE"),
        "the last day has not come"
    );
    app.state
        .clock
        .set(jour(2026, 2, 1).and_hms_opt(10, 0, 0).expect("ten"));
    assert!(!offerts(&app).await.contains("B-OFFRE"));
    let compte = app.compte(Role::Auditeur, None);
    let liste = app.connecte(&compte).await.get("/motifs").await;
    let texte = liste.texte();
    assert!(
        texte.contains("B-OFFRE") && texte.contains("Clos"),
        "{texte}"
    );
    assert!(
        !liste.html.contains("/fermer") && !liste.html.contains("/motifs/nouveau"),
        "an auditor reads"
    );
}

#[actix_web::test]
async fn der_2_rien_de_retroactif_et_ce_qui_manque_est_dit() {
    let Siege { app, alice, bruno } = siege().await;
    for (changes, phrase) in [
        (&[("du", "14/01/2026")][..], "ne peut pas être passée"),
        (&[("code", "C-GERIATRIE")][..], "commence par la famille"),
        (&[("code", "B-gériatrie")][..], "commence par la famille"),
        (&[("code", "B-OFFRE")][..], "désigne déjà un motif"),
        (&[("source", "")][..], "d’où vient ce motif"),
        (&[("raison", "")][..], "pourquoi ce motif est ajouté"),
        (&[("du", "bientôt")][..], "n’est pas une date"),
        (&[("statut", "P")][..], "le statut de la source"),
        (&[("famille", "D")][..], "la famille du motif"),
    ] {
        let page = proposer(&alice, changes).await;
        assert_eq!(page.statut, 422, "{changes:?}");
        assert!(
            page.texte().contains(phrase),
            "{changes:?}: {}",
            page.texte()
        );
        assert!(
            page.html.contains("Attestation de formation"),
            "nothing typed is lost"
        );
    }
    // Today is not past.
    let page = proposer(&alice, &[("du", "15/01/2026")]).await;
    let chemin = proposition(&page);
    app.state
        .clock
        .set(jour(2026, 1, 16).and_hms_opt(10, 0, 0).expect("ten"));
    let compte = app.compte(Role::AdministrateurNational, None);
    let chloe = app.connecte(&compte).await;
    let tard = chloe
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    assert!(
        tard.texte().contains("rien n’est rétroactif"),
        "{}",
        tard.texte()
    );
    let sans = chloe
        .post(&chemin, &format!("{chemin}/rejeter"), &[("raison", "")])
        .await;
    assert_eq!(sans.statut, 422);
    let rejete = chloe
        .post(
            &chemin,
            &format!("{chemin}/rejeter"),
            &[("raison", "Trop tard")],
        )
        .await;
    assert!(rejete.texte().contains("est rejetée"), "{}", rejete.texte());
    assert!(
        !rejete.texte().contains("B-GERIATRIE Offre"),
        "a rejected ground is no ground"
    );
    drop(bruno);
}

#[actix_web::test]
async fn der_2_chaque_acte_est_dans_l_historique_et_un_code_inconnu_n_existe_pas() {
    use diesel::prelude::*;
    use releve::db::schema::evenement;
    let Siege { app, alice, bruno } = siege().await;
    let chemin = proposition(&proposer(&alice, &[]).await);
    bruno
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    let natures: Vec<String> = app
        .state
        .db
        .read(|conn| {
            Ok::<_, releve::db::DbError>(
                evenement::table
                    .filter(evenement::code.eq_any(regles::evenement::Famille::Reglement.codes()))
                    .order(evenement::id)
                    .select(evenement::code)
                    .load(conn)?,
            )
        })
        .expect("read");
    assert_eq!(natures, ["motif.propose", "motif.approuve"]);
    assert_eq!(alice.get("/motifs/B-RIEN/fermer").await.statut, 404);
    assert_eq!(alice.get("/motifs/propositions/999").await.statut, 404);
    // The same form sent twice proposes once.
    let mut envoi = alice.caches("/motifs/nouveau").await;
    envoi.extend(AJOUT.iter().map(|(n, v)| {
        let v = if *n == "code" { "B-AUTRE" } else { v };
        ((*n).to_owned(), v.to_owned())
    }));
    alice.post_brut("/motifs/nouveau", &envoi).await;
    let page = alice.post_brut("/motifs/nouveau", &envoi).await;
    assert_eq!(
        page.texte().matches("Ajouter B-AUTRE").count(),
        1,
        "{}",
        page.texte()
    );
}

//! The list by which a file was opened: what its address says, and nothing else.

use regles::demande::EtatDemande;

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::client::Page;

/// Six requests a week apart: odd ones filed, even ones complete; the first to fall due is the last filed.
fn peupler(caisse: &Caisse) {
    for n in 1..=6 {
        let kine = caisse.decor.kine(
            &format!("lea.martin{n}@example.fr"),
            &format!("1000000000{n}"),
        );
        caisse.decor.demande(&UneDemande {
            numero: &format!("131-2026-{n:06}"),
            kine_id: kine.id,
            etat: if n % 2 == 1 {
                EtatDemande::Deposee
            } else {
                EtatDemande::Complete
            },
            prochaine_echeance: jour(2026, 3, 1) - chrono::Duration::weeks(n),
            ..UneDemande::default()
        });
    }
}

/// Where a link of the page leads, by what its tag says.
fn lien(page: &Page, marque: &str) -> Option<String> {
    let avant = &page.html[..page.html.find(marque)?];
    let href = &page.html[avant.rfind("<a ")?..];
    let url = href.split("href=\"").nth(1)?.split('"').next()?;
    Some(url.replace("&#38;", "&").replace("&amp;", "&"))
}

fn suivant(page: &Page) -> Option<String> {
    lien(page, "rel=\"next\"")
}

fn precedent(page: &Page) -> Option<String> {
    lien(page, "rel=\"prev\"")
}

fn du_dossier(url: Option<String>) -> Option<u32> {
    let (_, suite) = url.as_deref()?.split_once("/dossiers/131-2026-")?;
    suite.get(..6)?.parse().ok()
}

#[actix_web::test]
async fn un_dossier_mene_au_suivant_de_la_liste_de_son_adresse() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let agent = caisse.instructeur().await;
    // Two lists, one reader: each goes its own way.
    let tous = agent.get("/dossiers").await;
    let deposes = agent.get("/dossiers?etat=deposee&lignes=50").await;
    let dans_tous = agent
        .get(&lien(&tous, ">131-2026-000005<").expect("a row"))
        .await;
    let dans_deposes = agent
        .get(&lien(&deposes, ">131-2026-000005<").expect("a row"))
        .await;
    assert_eq!(du_dossier(suivant(&dans_tous)), Some(4));
    assert_eq!(du_dossier(precedent(&dans_tous)), Some(6));
    assert_eq!(du_dossier(suivant(&dans_deposes)), Some(3));
    assert_eq!(du_dossier(precedent(&dans_deposes)), None);
    // The next one keeps the list, and leads back to it.
    let page = agent.get(&suivant(&dans_deposes).expect("a link")).await;
    assert_eq!(du_dossier(suivant(&page)), Some(1));
    assert_eq!(du_dossier(precedent(&page)), Some(5));
    let ariane = page
        .html
        .split("class=\"ariane\"")
        .nth(1)
        .expect("a breadcrumb");
    let debut = ariane.split("href=\"").nth(1).expect("a link");
    assert!(
        debut.starts_with("/dossiers?nature=demande&#38;etat=deposee&#38;lignes=50\"")
            || debut.starts_with("/dossiers?nature=demande&amp;etat=deposee&amp;lignes=50\""),
        "{debut}"
    );
    // Opened from elsewhere, it follows no list.
    let seul = agent.get("/dossiers/131-2026-000005").await;
    assert_eq!((suivant(&seul), precedent(&seul)), (None, None));
    // A list that names a commune or words leads through what it names.
    for (liste, attendu) in [
        ("q%3Dmartind", Some(3)),
        ("commune%3DMartigues%26etat%3Dcomplete", Some(4)),
        ("commune%3DNulle-Part", None),
        ("inconnu%3D1", Some(4)),
    ] {
        let page = agent
            .get(&format!("/dossiers/131-2026-000005?liste={liste}"))
            .await;
        assert_eq!(du_dossier(suivant(&page)), attendu, "{liste}");
    }
}

#[actix_web::test]
async fn ce_que_l_on_fait_au_dossier_garde_la_liste_et_la_place() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let agent = caisse.instructeur().await;
    let deposes = agent.get("/dossiers?etat=deposee").await;
    let url = lien(&deposes, ">131-2026-000005<").expect("a row");
    let page = agent.get(&url).await;
    // What the browser says of where it posts from. The file leaves the list, and falls due months later.
    let page = agent
        .post_entetes(
            "/dossiers/131-2026-000005/completer",
            &page.caches(),
            &[("referer", &format!("{}{url}", caisse.app.adresse))],
        )
        .await;
    assert!(page.texte().contains("complet"), "{}", page.texte());
    assert_eq!(du_dossier(suivant(&page)), Some(3), "{}", page.texte());
    // Pages of the file keep it by their address.
    let acte = lien(&page, ">Demander des pièces<").expect("an act");
    assert!(
        acte.contains("liste=nature%3Ddemande%26etat%3Ddeposee"),
        "{acte}"
    );
    let acte = agent.get(&acte).await;
    let retour = lien(&acte, ">Revenir au dossier sans rien changer<").expect("a way back");
    let page = agent.get(&retour).await;
    assert_eq!(du_dossier(suivant(&page)), Some(3));
    // A page of another site, or of another file, says nothing.
    for ailleurs in [
        "https://example.org/".to_owned(),
        format!("{}/dossiers/131-2026-000003?liste=", caisse.app.adresse),
    ] {
        let page = agent
            .post_entetes(
                "/dossiers/131-2026-000005/prendre",
                &page.caches(),
                &[("referer", &ailleurs)],
            )
            .await;
        assert_eq!(suivant(&page), None, "{ailleurs}");
    }
}

#[actix_web::test]
async fn qui_lit_toutes_les_caisses_suit_sa_liste_aussi() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let auditeur = caisse.app.compte(regles::droits::Role::Auditeur, None);
    let client = caisse.app.connecte(&auditeur).await;
    let toutes = client.get("/dossiers?caisse=toutes&etat=complete").await;
    let page = client
        .get(&lien(&toutes, ">131-2026-000006<").expect("a row"))
        .await;
    assert_eq!(du_dossier(suivant(&page)), Some(4));
}

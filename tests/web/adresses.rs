//! What somebody writes in the address of a list: nothing that it says makes a page fail, nor shows what is not hers.

use crate::util::Caisse;
use crate::util::builders::UneDemande;

#[actix_web::test]
async fn une_adresse_forgee_ne_fait_echouer_aucune_liste() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("lea.martin@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        ..UneDemande::default()
    });
    let agent = caisse.instructeur().await;
    for requete in [
        // A byte that PostgreSQL refuses in a text.
        "q=a%00b",
        "bassin=%00",
        "commune=a%00b",
        "caisse=%00",
        "etat=%00",
        // Days that no calendar of a database holds.
        "apres=-262143-01-01_1",
        "apres=%2B262142-01-01_1",
        "apres=2026-01-01_99999999999999999999",
        "lignes=-1",
        "colonnes=,,,",
        "q=%25%27--",
    ] {
        let liste = requete.replace('%', "%25").replace('=', "%3D");
        for adresse in [
            format!("/dossiers?{requete}"),
            format!("/dossiers/export.csv?{requete}"),
            format!("/departs?{requete}"),
            format!("/departs/export.csv?{requete}"),
            format!("/dossiers/131-2026-000001?liste={liste}"),
        ] {
            // In an address, the door refuses the byte; in what an address says of another, it is left out.
            let attendu = if adresse.contains("%00") { 400 } else { 200 };
            assert_eq!(agent.get(&adresse).await.statut, attendu, "{adresse}");
        }
    }
    for rang in ["-262143-01-01", "%2B262142-01-01", "hier"] {
        let adresse = format!("/dossiers/131-2026-000001?liste=lignes%3D25&rang={rang}");
        assert_eq!(agent.get(&adresse).await.statut, 200, "{adresse}");
    }
    assert_eq!(agent.get("/recherche?q=a%00b").await.statut, 400);
    assert_eq!(agent.get("/dossiers/a%00b").await.statut, 400);
    // In a form, it is left out of what was typed.
    let chemin = "/dossiers/131-2026-000001";
    let page = agent
        .post(
            chemin,
            &format!("{chemin}/notes"),
            &[("note", "Rappeler\0 lundi")],
        )
        .await;
    assert_eq!(page.statut, 200);
    assert!(page.texte().contains("Rappeler lundi"), "{}", page.texte());
}

#[actix_web::test]
async fn une_liste_forgee_ne_montre_rien_d_une_autre_caisse() {
    let caisse = Caisse::start();
    for (n, code) in ["131", "831", "131"].into_iter().enumerate() {
        let kine = caisse
            .decor
            .kine(&format!("k{n}@example.fr"), &format!("1000000000{n}"));
        caisse.decor.demande(&UneDemande {
            numero: &format!("{code}-2026-00000{n}"),
            caisse: code,
            kine_id: kine.id,
            ..UneDemande::default()
        });
        caisse.decor.depart(
            kine.id,
            if code == "131" { "13056" } else { "83137" },
            crate::util::builders::jour(2026, 2, 1),
            None,
        );
    }
    let agent = caisse.instructeur().await;
    for liste in ["caisse=toutes", "caisse=831", "q=831-2026"] {
        let liste = liste.replace('=', "%3D");
        let page = agent
            .get(&format!("/dossiers/131-2026-000000?liste={liste}"))
            .await;
        assert_eq!(page.statut, 200);
        assert!(!page.html.contains("href=\"/dossiers/831-"), "{liste}");
        let page = agent
            .get(&format!("/dossiers/831-2026-000001?liste={liste}"))
            .await;
        assert_eq!(page.statut, 404, "{liste}");
    }
    for requete in ["caisse=toutes&etat=toutes", "caisse=831", "q=83000"] {
        let page = agent.get(&format!("/departs?{requete}")).await;
        assert!(!page.texte().contains("Toulon"), "{requete}");
        let csv = agent.get(&format!("/departs/export.csv?{requete}")).await;
        assert!(!csv.html.contains("Toulon"), "{requete}: {}", csv.html);
    }
    assert!(
        agent
            .get("/departs?caisse=831")
            .await
            .texte()
            .contains("À confirmer 2"),
        "the counts are those of one's own CPAM"
    );
}

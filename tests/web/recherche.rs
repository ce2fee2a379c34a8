//! The search box: number, RPPS, name, commune; accents, case and one typing error forgiven.

use regles::droits::Role;

use crate::util::Caisse;
use crate::util::builders::UneDemande;

fn peupler(caisse: &Caisse) {
    for (n, nom, code, insee, bassin) in [
        (1, "elodie.lefevre", "131", "13056", "BV13056"),
        (2, "karim.benali", "131", "13001", "BV13001"),
        (3, "paul.benaliste", "131", "13077", "BV13056"),
        (4, "sonia.benali", "831", "83137", "BV83137"),
    ] {
        let kine = caisse
            .decor
            .kine(&format!("{nom}@example.fr"), &format!("1000000000{n}"));
        caisse.decor.demande(&UneDemande {
            numero: &format!("{code}-2026-{n:06}"),
            caisse: code,
            kine_id: kine.id,
            insee,
            bassin,
            ..UneDemande::default()
        });
    }
}

#[actix_web::test]
async fn la_recherche_pardonne_accents_casse_et_une_faute() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let agent = caisse.instructeur().await;
    for (q, attendus) in [
        ("BENALI", vec!["000002", "000003"]),
        ("bena", vec!["000002", "000003"]),
        ("karim benali", vec!["000002"]),
        ("benali aix", vec!["000002"]),
        ("lefèvre", vec!["000001"]),
        // One letter wrong, missing, added, or swapped.
        ("lefebvre", vec!["000001"]),
        ("lefvre", vec!["000001"]),
        ("lefevrre", vec!["000001"]),
        ("lefeevr", vec![]),
        ("elodei", vec!["000001"]),
        ("port-de-bouc", vec!["000003"]),
        ("martigue", vec!["000001"]),
        ("10000000001", vec!["000001"]),
        ("10000000004", vec![]),
        ("131-2026-00000", vec!["000003", "000002", "000001"]),
        // The last digits; the number as a letter, a mail or a PDF writes it.
        ("000002", vec!["000002"]),
        ("0001", vec!["000001"]),
        ("2026 000002", vec!["000002"]),
        ("RPPS\u{a0}:\u{a0}10.000.000.001", vec!["000001"]),
        ("Port\u{2011}de\u{a0}Bouc", vec!["000003"]),
        ("Le\u{301}fevre\u{200b}", vec!["000001"]),
        ("lefe\u{300}vre\u{200b}", vec!["000001"]),
        ("13500", vec!["000001"]),
        ("%", vec![]),
        ("", vec![]),
    ] {
        let page = agent
            .get(&format!(
                "/recherche?q={}",
                q.replace('%', "%25").replace(' ', "+")
            ))
            .await;
        let trouves: Vec<&str> = page
            .html
            .split("class=\"numero\"")
            .skip(1)
            .filter_map(|m| m.split("-2026-").nth(1)?.get(..6))
            .collect();
        assert_eq!(trouves, attendus, "{q}");
    }
    let corrigee = agent.get("/recherche?q=lefebvre").await;
    assert!(
        corrigee.texte().contains("voici ceux qui s’en approchent"),
        "{}",
        corrigee.texte()
    );
    let colle = agent
        .get("/recherche?q=Dossier%20n%C2%B0%C2%A0131%E2%80%912026%E2%80%91000002")
        .await;
    assert_eq!(colle.chemin, "/dossiers/131-2026-000002", "as it is pasted");
    let numero = agent.get("/recherche?q=131-2026-000002").await;
    assert_eq!(
        numero.chemin, "/dossiers/131-2026-000002",
        "a number typed in full opens its file"
    );
}

#[actix_web::test]
async fn la_recherche_reste_dans_la_caisse() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let var = caisse.app.compte(Role::Instructeur, Some("831"));
    let page = caisse
        .app
        .connecte(&var)
        .await
        .get("/recherche?q=benali")
        .await;
    assert!(page.html.contains("831-2026-000004") && !page.html.contains("131-2026-000002"));
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let nationale = caisse
        .app
        .connecte(&auditeur)
        .await
        .get("/recherche?q=benali")
        .await;
    assert!(
        nationale.html.contains("831-2026-000004") && nationale.html.contains("131-2026-000002")
    );
}

#[actix_web::test]
async fn un_depart_se_trouve_par_la_personne_qui_cesse() {
    use crate::web::praticien::{declarer, numero};
    let caisse = Caisse::start();
    peupler(&caisse);
    let compte = caisse.app.compte(Role::Kine, None);
    let client = caisse.app.connecte(&compte).await;
    let depart = numero(&declarer(&client, &[]).await);
    let lien = format!("href=\"/departs/{depart}\"");
    let agent = caisse.instructeur().await;
    let nom = compte.nom.rsplit(' ').next().expect("a name").to_owned();
    let rpps = compte.rpps.clone().expect("a RPPS");
    let debut: String = nom.chars().take(3).collect();
    for q in [nom.clone(), nom.to_uppercase(), debut, rpps] {
        let page = agent.get(&format!("/recherche?q={q}")).await;
        assert!(page.html.contains(&lien), "{q}: {}", page.texte());
        assert!(page.texte().contains("À confirmer"), "{}", page.texte());
    }
    // What is typed is a request's: no departure comes near it. And nothing of another CPAM.
    let page = agent.get("/recherche?q=benali").await;
    assert!(!page.html.contains("/departs/"), "{}", page.texte());
    let ailleurs = caisse.app.compte(Role::Instructeur, Some("831"));
    let page = caisse
        .app
        .connecte(&ailleurs)
        .await
        .get(&format!("/recherche?q={nom}"))
        .await;
    assert!(!page.html.contains(&lien), "{}", page.texte());
    // A name corrected by the CPAM is found under the new one, one typing error forgiven.
    let champs = [
        ("nom", "Quintard"),
        ("motif_correction", "Relevé sur la pièce d’identité"),
    ];
    let formulaire = format!("/departs/{depart}/corriger");
    let mut tous = vec![
        ("prenom", "Camille"),
        ("telephone", ""),
        ("adresse", "12 quai des Anglais"),
        ("date_cessation", "31/12/2025"),
        ("actes_12_mois", "2400"),
    ];
    tous.extend(champs);
    let page = agent.agir(&formulaire, &tous).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    for (q, trouve) in [
        ("quintard", true),
        ("quintrad", true),
        (nom.as_str(), false),
    ] {
        let page = agent.get(&format!("/recherche?q={q}")).await;
        assert_eq!(page.html.contains(&lien), trouve, "{q}: {}", page.texte());
    }
}

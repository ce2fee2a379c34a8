//! ZON-4, ZON-5, ZON-8, ZON-10: the arrêtés, what each one changes, by CPAM, and its export.

use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};

/// From 1 June 2026 Martigues stops being regulated, Aix becomes so, Toulon stays as it is.
fn arrete_a_venir(caisse: &Caisse) -> i64 {
    caisse.decor.clore_arretes(jour(2026, 6, 1));
    caisse.decor.arrete(
        jour(2026, 6, 1),
        None,
        &[
            ("BV13056", "intermediaire"),
            ("BV13001", "non_prioritaire"),
            ("BV83137", "non_prioritaire"),
            ("BV04022", "tres_sous_dotee"),
        ],
    )
}

fn demande(caisse: &Caisse, numero: &str, code: &str, insee: &str, bassin: &str, categorie: &str) {
    let rang = &numero[9..];
    let kine = caisse.decor.kine(
        &format!("ines.costa{rang}x{code}@example.fr"),
        &format!("21{code}{rang}"),
    );
    caisse.decor.demande(&UneDemande {
        numero,
        caisse: code,
        kine_id: kine.id,
        nature: NatureDemande::HorsRegulation,
        insee,
        bassin,
        categorie,
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
}

#[actix_web::test]
async fn zon_10_un_arrete_a_venir_montre_ce_qu_il_change_pour_la_caisse() {
    let caisse = Caisse::start();
    let (depart, _) = caisse.depart_confirme(1);
    demande(
        &caisse,
        "131-2026-000001",
        "131",
        "13001",
        "BV13001",
        "intermediaire",
    );
    demande(
        &caisse,
        "131-2026-000002",
        "131",
        "04022",
        "BV04022",
        "tres_sous_dotee",
    );
    demande(
        &caisse,
        "831-2026-000001",
        "831",
        "13056",
        "BV13056",
        "non_prioritaire",
    );
    let id = arrete_a_venir(&caisse);
    let agent = caisse.instructeur().await;

    let liste = agent.get("/arretes").await;
    let texte = liste.texte();
    assert!(
        texte.contains("À venir") && texte.contains("En vigueur"),
        "{texte}"
    );
    assert!(texte.contains("Provence-Alpes-Côte d’Azur (93)"), "{texte}");

    let page = agent.get(&format!("/arretes/{id}")).await;
    let texte = page.texte();
    assert!(
        texte.contains(
            "1 place ouverte et 1 demande à décider de la caisse changeront de catégorie"
        ),
        "{texte}"
    );
    assert!(texte.contains("cesse d’être régulée 1 0"), "{texte}");
    assert!(texte.contains("devient régulée 0 1"), "{texte}");
    assert!(texte.contains("non prioritaire → intermédiaire"), "{texte}");
    assert!(
        texte.contains("on s’y installe sans succéder à personne"),
        "{texte}"
    );
    assert!(page.html.contains(&format!("href=\"/departs/{depart}\"")));
    let demandes = agent.get(&format!("/arretes/{id}?objet=demandes")).await;
    let texte = demandes.texte();
    assert!(texte.contains("131-2026-000001"), "{texte}");
    // Barrême does not change; Toulon's CPAM is another one: its object does not exist here.
    assert!(!texte.contains("131-2026-000002"), "{texte}");
    assert!(!texte.contains("831-2026-000001"), "{texte}");

    // Asking for another CPAM changes nothing.
    let force = agent
        .get(&format!("/arretes/{id}?caisse=831&objet=demandes"))
        .await;
    assert!(
        !force.texte().contains("831-2026-000001"),
        "{}",
        force.texte()
    );
    let csv = agent
        .get(&format!("/arretes/{id}/effets.csv?caisse=831"))
        .await;
    assert!(!csv.html.contains("831-2026-000001"), "{}", csv.html);
}

#[actix_web::test]
async fn zon_10_le_lecteur_national_voit_le_compte_par_caisse_puis_la_liste() {
    let caisse = Caisse::start();
    caisse.depart_confirme(1);
    demande(
        &caisse,
        "831-2026-000001",
        "831",
        "13056",
        "BV13056",
        "non_prioritaire",
    );
    let id = arrete_a_venir(&caisse);
    for role in [Role::AdministrateurNational, Role::Auditeur] {
        let compte = caisse.app.compte(role, None);
        let national = caisse.app.connecte(&compte).await;
        let texte = national.get(&format!("/arretes/{id}")).await.texte();
        assert!(
            texte.contains("CPAM des Bouches-du-Rhône (131) 1 0"),
            "{texte}"
        );
        assert!(texte.contains("CPAM du Var (831) 0 1"), "{texte}");
        assert!(texte.contains("Ensemble 1 1"), "{texte}");
        let liste = national
            .get(&format!("/arretes/{id}?caisse=831&objet=demandes"))
            .await
            .texte();
        assert!(liste.contains("831-2026-000001"), "{liste}");
        assert!(!liste.contains("131-2026"), "{liste}");
        let csv = national
            .get(&format!("/arretes/{id}/effets.csv"))
            .await
            .html;
        assert_eq!(csv.lines().count(), 3, "{csv}");
    }
}

#[actix_web::test]
async fn zon_10_l_export_s_ouvre_dans_un_tableur_et_ne_calcule_rien() {
    let caisse = Caisse::start();
    for n in 1..=3 {
        demande(
            &caisse,
            &format!("131-2026-00000{n}"),
            "131",
            "13001",
            "BV13001",
            "intermediaire",
        );
    }
    let piege = caisse.decor.kine("=cmd.a1@example.fr", "10000000777");
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000009",
        kine_id: piege.id,
        insee: "13001",
        bassin: "BV13001",
        categorie: "intermediaire",
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let id = arrete_a_venir(&caisse);
    let agent = caisse.instructeur().await;
    let csv = agent.get(&format!("/arretes/{id}/effets.csv")).await;
    assert_eq!(csv.statut, 200);
    assert_eq!(csv.entetes["content-type"], "text/csv; charset=utf-8");
    assert!(
        csv.entetes["content-disposition"]
            .to_str()
            .expect("text")
            .starts_with("attachment; filename=\"effets-arrete-"),
    );
    assert!(
        csv.html.starts_with("\u{feff}Caisse;Dossier;"),
        "{}",
        csv.html
    );
    assert!(csv.html.contains("\r\n"), "lines of a spreadsheet");
    assert_eq!(csv.html.lines().count(), 5, "{}", csv.html);
    assert!(csv.html.contains(";'="), "a formula is text: {}", csv.html);
    assert!(
        csv.html
            .contains("131;Demande 131-2026-000001;Installation libre;À instruire;"),
        "{}",
        csv.html
    );
    assert!(
        csv.html
            .contains("intermédiaire;non prioritaire;la zone devient régulée;"),
        "{}",
        csv.html
    );
}

#[actix_web::test]
async fn zon_10_la_liste_se_lit_page_a_page_sans_doublon() {
    let caisse = Caisse::start();
    for n in 1..=53 {
        demande(
            &caisse,
            &format!("131-2026-{n:06}"),
            "131",
            "13001",
            "BV13001",
            "intermediaire",
        );
    }
    let id = arrete_a_venir(&caisse);
    let agent = caisse.instructeur().await;
    let premiere = agent.get(&format!("/arretes/{id}?objet=demandes")).await;
    assert_eq!(premiere.html.matches("data-titre=\"Lieu\"").count(), 50);
    let suite = premiere
        .html
        .split("rel=\"next\"")
        .next()
        .and_then(|avant| avant.rsplit("href=\"").next())
        .and_then(|h| h.split('"').next())
        .expect("a next page")
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    let seconde = agent.get(&suite).await;
    assert_eq!(
        seconde.html.matches("data-titre=\"Lieu\"").count(),
        3,
        "{suite}"
    );
    assert!(seconde.texte().contains("131-2026-000053"));
    assert!(!seconde.texte().contains("131-2026-000050 "));
}

#[actix_web::test]
async fn zon_5_un_arrete_au_dela_de_deux_ans_le_dit() {
    let caisse = Caisse::start();
    caisse.au(jour(2027, 6, 6));
    let agent = caisse.instructeur().await;
    let liste = agent.get("/arretes").await.texte();
    assert!(liste.contains("Échu, non remplacé"), "{liste}");
    assert!(liste.contains("appuie le signale"), "{liste}");
    caisse.au(jour(2027, 6, 5));
    let agent = caisse.instructeur().await;
    let liste = agent.get("/arretes").await.texte();
    assert!(
        !liste.contains("Échu"),
        "the last day is still valid: {liste}"
    );
}

#[actix_web::test]
async fn un_arrete_inconnu_n_existe_pas() {
    let caisse = Caisse::start();
    let agent = caisse.instructeur().await;
    for chemin in [
        "/arretes/99",
        "/arretes/99/effets.csv",
        "/arretes/99/synthese",
    ] {
        assert_eq!(agent.get(chemin).await.statut, 404, "{chemin}");
    }
}

#[actix_web::test]
async fn zon_10_le_dossier_montre_les_zones_et_alerte_sur_l_arrete_a_venir() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Deposee);
    let agent = caisse.instructeur().await;
    let chemin = format!("/dossiers/{}", s.numero);
    let avant = agent.get(&chemin).await.texte();
    assert!(!avant.contains("arrêté à venir"), "{avant}");
    agent
        .post(&chemin, &format!("{chemin}/completer"), &[])
        .await;
    arrete_a_venir(&caisse);
    let page = agent.get(&chemin).await.texte();
    assert!(
        page.contains("À partir du 1er juin 2026, un arrêté à venir change la zone de cette demande : elle sera intermédiaire"),
        "{page}"
    );
    assert!(
        page.contains("Zone au jour du dossier complet non prioritaire (15 janvier 2026)"),
        "{page}"
    );
    assert!(
        page.contains("Zone pour une décision prise aujourd’hui non prioritaire"),
        "{page}"
    );
    // The departure that opened the place says what becomes of it (REG-10).
    let depart = agent
        .get(&format!("/departs/{}", s.depart_id))
        .await
        .texte();
    assert!(
        depart.contains(
            "la zone sera intermédiaire, et la place « sans objet, la zone n’est pas régulée » selon les règles"
        ),
        "{depart}"
    );
    caisse.au(jour(2026, 6, 1));
    let agent = caisse.instructeur().await;
    let page = agent.get(&chemin).await.texte();
    assert!(
        page.contains("La zone a changé depuis que le dossier est complet : non prioritaire le 15 janvier 2026, intermédiaire aujourd’hui"),
        "{page}"
    );
    assert!(
        page.contains("Zone pour une décision prise aujourd’hui intermédiaire"),
        "{page}"
    );
    let depart = agent
        .get(&format!("/departs/{}", s.depart_id))
        .await
        .texte();
    assert!(
        depart.contains("la place est « sans objet, la zone n’est pas régulée »"),
        "{depart}"
    );
}

#[actix_web::test]
async fn zon_8_la_synthese_additionne_par_pole_et_montre_le_publie() {
    let caisse = Caisse::start();
    let agent = caisse.instructeur().await;
    let page = agent.get("/arretes").await;
    let url = page
        .html
        .split("href=\"/arretes/")
        .nth(1)
        .and_then(|h| h.split('"').next())
        .expect("an arrêté")
        .to_owned();
    let texte = agent.get(&format!("/arretes/{url}/synthese")).await.texte();
    // Four bassins of the test: one très sous-dotée (30 000), one intermédiaire (30 000), two NP (90 000).
    assert!(
        texte.contains("non prioritaire 90 000 3 433 489 −3 343 489"),
        "{texte}"
    );
    assert!(texte.contains("Ensemble 150 000 5 118 636"), "{texte}");
    assert!(texte.contains("méthode nationale : 30 %"), "{texte}");
    assert!(texte.contains("Le nombre de BVCV diffère"), "{texte}");
    assert!(
        texte.contains("Brochure de l’ARS Provence-Alpes-Côte d’Azur"),
        "{texte}"
    );
    assert!(
        texte.contains("ses tableaux, eux, s’additionnent"),
        "{texte}"
    );
}

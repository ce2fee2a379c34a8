//! REG-12: a charter is off by default, and is set without losing what is wrong.

use super::*;

#[actix_web::test]
async fn reg_12_sans_charte_rien_ne_change() {
    let caisse = Caisse::start();
    let (_, place) = caisse.depart_confirme(1);
    caisse.au(jour(2028, 1, 14));
    caisse.app.passer_la_journee().await;
    assert_eq!(caisse.place(place.id).etat, EtatPlace::Caduque);
    let page = caisse.instructeur().await.get("/charte").await;
    assert!(
        page.texte().contains("n’applique pas de charte"),
        "{}",
        page.texte()
    );
    assert!(!page.texte().contains("Appliquer une charte"));
}

#[actix_web::test]
async fn reg_12_une_charte_se_fixe_sans_rien_perdre_de_ce_qui_est_faux() {
    let caisse = Caisse::start();
    let client = caisse.signataire().await;
    let fautes: [(&[(&str, &str)], &str); 6] = [
        (
            &[("poids_0", "50")],
            "Les poids font 90 en tout : ils doivent faire 100.",
        ),
        (
            &[("libelle_1", "années d’experience")],
            "Ce critère est déjà dans la charte.",
        ),
        (&[("libelle_0", "")], "Donnez un nom à ce critère."),
        (
            &[("maximum_0", "")],
            "La valeur maximale est un nombre entier",
        ),
        (&[("poids_1", "cent")], "n’est pas un nombre entier"),
        (
            &[("du", "14/01/2026")],
            "Une charte ne s’applique pas au passé",
        ),
    ];
    for (faute, phrase) in fautes {
        let page = fixer(&client, &sauf(faute)).await;
        assert_eq!(page.statut, 422, "{faute:?}");
        assert!(
            page.texte().contains(phrase),
            "{faute:?} : {}",
            page.texte()
        );
        assert!(page.html.contains("Déjà remplaçant") || faute[0].0 == "libelle_1");
    }
    let plus = fixer(&client, &[sauf(&[]), vec![("_ajouter", "oui")]].concat()).await;
    assert!(plus.texte().contains("Critère 3") && plus.html.contains("Déjà remplaçant"));

    let page = fixer(&client, &sauf(&[])).await;
    assert_eq!(page.chemin, "/charte", "{}", page.texte());
    assert!(page.texte().contains("Appliquée") && page.texte().contains("60 points"));
    let encore = fixer(&client, &sauf(&[])).await;
    assert_eq!(encore.statut, 422);
    assert!(
        encore.texte().contains("commence déjà"),
        "{}",
        encore.texte()
    );
    // The end is dated too, and everything stays in the history.
    let fin = client.agir("/charte/fin", &[("du", "01/02/2026")]).await;
    assert_eq!(fin.chemin, "/charte", "{}", fin.texte());
    let texte = fin.texte();
    assert!(
        texte.contains("Du 15 janvier 2026 au 31 janvier 2026"),
        "{texte}"
    );
    let en_vigueur = |le| caisse.lire(|conn| charte::en_vigueur(conn, "131", le));
    assert!(en_vigueur(jour(2026, 1, 14)).is_none());
    assert!(en_vigueur(jour(2026, 1, 31)).is_some());
    assert!(en_vigueur(jour(2026, 2, 1)).is_none());
    // Only the signatory fixes a charter.
    let agent = caisse.instructeur().await;
    assert_eq!(agent.get("/charte/nouvelle").await.statut, 403);
}

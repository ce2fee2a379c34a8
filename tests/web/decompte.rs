//! REG-3: below the floor of acts, the count is told, contested and answered before the place is said not to be transmissible.

use regles::depart::Auteur;
use regles::droits::Role;
use regles::echeance::{EtatEcheance, NatureEcheance};
use regles::grand_livre::EtatPlace;
use regles::piece::NaturePiece;
use releve::db::depart::{self, Depart};
use releve::db::{CpamScope, evenement, piece};

use crate::util::builders::jour;
use crate::util::client::Page;
use crate::util::compte::CompteTest;
use crate::util::{Caisse, Client};

pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n";

/// A departure below the floor, confirmed on 15 January 2026 with the extract of the fifth: its count may be contested until
/// the thirtieth.
pub async fn sous_le_seuil(caisse: &Caisse) -> (CompteTest, i64) {
    let cedant = caisse.app.compte(Role::Kine, None);
    let kine_id = cedant.kine_id.expect("a practitioner");
    let id = caisse
        .decor
        .depart(kine_id, "13056", jour(2025, 12, 31), Some(900));
    caisse.au(jour(2026, 1, 15));
    let page = caisse
        .instructeur()
        .await
        .post(
            &format!("/departs/{id}"),
            &format!("/departs/{id}/confirmer"),
            &[("actes_12_mois", "980"), ("extrait_le", "05/01/2026")],
        )
        .await;
    assert!(
        page.texte()
            .contains("la personne peut contester le nombre d’actes"),
        "{}",
        page.texte()
    );
    (cedant, id)
}

fn lire(caisse: &Caisse, id: i64) -> Depart {
    caisse.lire(|conn| depart::lire(conn, &CpamScope::National, id))
}

fn court(caisse: &Caisse, id: i64) -> Vec<(NatureEcheance, chrono::NaiveDate)> {
    let toutes = caisse.echeances(id).into_iter();
    let courent = toutes.filter(|e| e.etat == EtatEcheance::EnCours);
    courent.map(|e| (e.nature, e.finale)).collect()
}

async fn defavorable(caisse: &Caisse, id: i64) -> Page {
    let chemin = format!("/departs/{id}");
    caisse
        .instructeur()
        .await
        .post(
            &chemin,
            &format!("{chemin}/avis"),
            &[("avis", "defavorable")],
        )
        .await
}

async fn contester(kine: &Client, id: i64, actes: &str, raisons: &str) -> Page {
    let chemin = format!("/mes-departs/{id}/contester");
    let champs = [("actes", actes), ("raisons", raisons)];
    let preuve: (&str, &str, &[u8]) = ("releve", "releve.pdf", PDF);
    kine.post_fichiers(&chemin, &chemin, &champs, &[preuve])
        .await
}

#[actix_web::test]
async fn reg_3_le_decompte_garde_sa_periode_son_auteur_et_son_releve_et_se_dit_au_partant() {
    let caisse = Caisse::start();
    let (cedant, id) = sous_le_seuil(&caisse).await;
    let d = lire(&caisse, id).decompte;
    assert_eq!(
        (d.actes_du, d.actes_au, d.actes_auteur, d.actes_extrait_le),
        (
            Some(jour(2024, 12, 31)),
            Some(jour(2025, 12, 30)),
            Some(Auteur::Caisse),
            Some(jour(2026, 1, 5))
        )
    );
    assert_eq!(d.decompte_communique_le, Some(jour(2026, 1, 15)));
    assert_eq!(
        court(&caisse, id),
        [(NatureEcheance::ContestationDecompte, jour(2026, 1, 30))]
    );
    let deposes = caisse.app.deposes();
    let lettre = deposes.last().expect("a mail");
    assert_eq!(lettre.modele, "depart_sous_seuil");
    let kine = caisse.app.connecte(&cedant).await;
    let page = kine.get(&format!("/mes-departs/{id}")).await;
    for attendu in ["980", "relevé du 5", "vendredi 30"] {
        assert!(
            lettre.texte.contains(attendu),
            "{attendu}: {}",
            lettre.texte
        );
        assert!(
            page.texte().contains(attendu),
            "{attendu}: {}",
            page.texte()
        );
    }
    assert!(
        page.texte().contains("Contester ce nombre"),
        "{}",
        page.texte()
    );
    assert!(
        kine.get("/espace")
            .await
            .texte()
            .contains("Vérifiez le nombre d’actes"),
        "the first page says it"
    );
    let file = caisse.instructeur().await.get("/dossiers").await.texte();
    assert!(
        file.contains("Nombre d’actes communiqué, contestable par la personne"),
        "{file}"
    );
}

#[actix_web::test]
async fn reg_3_le_delai_de_qui_part_n_est_pas_un_retard_de_la_caisse() {
    let caisse = Caisse::start();
    let (_, id) = sous_le_seuil(&caisse).await;
    // The last day to contest was the 30th.
    caisse.au(jour(2026, 2, 10));
    let agent = caisse.instructeur().await;
    let file = agent.get("/dossiers?nature=depart").await.texte();
    for attendu in [
        "Commission à saisir",
        "Qui doit agir : la caisse",
        "En retard 0",
    ] {
        assert!(file.contains(attendu), "{attendu}: {file}");
    }
    assert!(!file.contains("dépassée"), "{file}");
    let retard = agent
        .get("/dossiers?nature=depart&echeance=retard")
        .await
        .texte();
    assert!(!retard.contains("Commission à saisir"), "{retard}");
    let page = agent.get(&format!("/departs/{id}")).await.texte();
    assert!(page.contains("est à saisir"), "{page}");
    assert!(page.contains("Qui doit agir La caisse"), "{page}");
    let chemin = format!("/departs/{id}/saisir");
    agent.agir(&chemin, &[("le", "10/02/2026")]).await;
    let file = agent.get("/dossiers?nature=depart").await.texte();
    for attendu in [
        "Commission saisie, avis attendu",
        "Qui doit agir : la commission",
        "13/04/2026",
    ] {
        assert!(file.contains(attendu), "{attendu}: {file}");
    }
}

#[actix_web::test]
async fn reg_3_un_nombre_qui_n_est_pas_celui_declare_demande_son_releve() {
    let caisse = Caisse::start();
    let cedant = caisse.decor.kine("helene.martin@example.fr", "10000001009");
    let id = caisse
        .decor
        .depart(cedant.id, "13056", jour(2025, 12, 31), Some(1430));
    let agent = caisse.instructeur().await;
    let (chemin, confirmer) = (format!("/departs/{id}"), format!("/departs/{id}/confirmer"));
    let sans = agent
        .post(&chemin, &confirmer, &[("actes_12_mois", "980")])
        .await;
    assert_eq!(sans.statut, 422);
    assert!(
        sans.texte().contains("Indiquez la date du relevé"),
        "{}",
        sans.texte()
    );
    let a_venir = [("actes_12_mois", "980"), ("extrait_le", "05/01/2030")];
    assert_eq!(agent.post(&chemin, &confirmer, &a_venir).await.statut, 422);
    agent.post(&chemin, &confirmer, &[]).await;
    let d = lire(&caisse, id).decompte;
    assert_eq!(d.actes_auteur, Some(Auteur::Partant));
    assert_eq!(
        d.decompte_communique_le, None,
        "enough acts hold nothing against who leaves"
    );
}

#[actix_web::test]
async fn reg_3_la_place_n_est_pas_dite_non_transmissible_avant_la_fin_du_delai() {
    let caisse = Caisse::start();
    let (_, id) = sous_le_seuil(&caisse).await;
    caisse.au(jour(2026, 1, 30));
    let trop_tot = defavorable(&caisse, id).await;
    assert_eq!(trop_tot.statut, 409, "{}", trop_tot.texte());
    assert!(
        trop_tot
            .texte()
            .contains("vendredi 30 janvier 2026 (inclus)"),
        "{}",
        trop_tot.texte()
    );
    assert_eq!(caisse.place(id).etat, EtatPlace::AExaminer);
    caisse.au(jour(2026, 1, 31));
    defavorable(&caisse, id).await;
    assert_eq!(caisse.place(id).etat, EtatPlace::NonTransmissible);
    assert!(court(&caisse, id).is_empty());
}

#[actix_web::test]
async fn reg_3_un_decompte_conteste_attend_la_reponse_de_la_caisse_et_se_dit_aux_deux() {
    let caisse = Caisse::start();
    let (cedant, id) = sous_le_seuil(&caisse).await;
    let kine = caisse.app.connecte(&cedant).await;
    assert_eq!(contester(&kine, id, "1250", " ").await.statut, 422);
    assert_eq!(
        contester(&kine, id, "980", "Le même nombre.").await.statut,
        422
    );
    let page = contester(&kine, id, "1250", "Les actes de décembre manquent.").await;
    assert!(
        page.texte().contains("Votre contestation est envoyée"),
        "{}",
        page.texte()
    );
    let d = lire(&caisse, id).decompte;
    assert_eq!(
        (d.contestation_le, d.contestation_actes),
        (Some(jour(2026, 1, 15)), Some(1250))
    );
    let pieces = caisse.lire(|conn| piece::de(conn, &CpamScope::National, id));
    assert!(pieces.iter().any(|p| p.nature == NaturePiece::ReleveActes));
    // Once only.
    let encore = contester(&kine, id, "1300", "Encore.").await;
    assert_eq!(encore.statut, 409, "{}", encore.texte());

    let agent = caisse.instructeur().await;
    let file = agent.get("/dossiers").await.texte();
    assert!(
        file.contains("Nombre d’actes contesté, réponse à donner"),
        "{file}"
    );
    caisse.au(jour(2026, 2, 20));
    let conteste = defavorable(&caisse, id).await;
    assert_eq!(conteste.statut, 409);
    assert!(
        conteste.texte().contains("répondez-lui d’abord"),
        "{}",
        conteste.texte()
    );

    let agent = caisse.instructeur().await;
    let page = agent.get(&format!("/departs/{id}")).await.texte();
    assert!(page.contains("Les actes de décembre manquent."), "{page}");
    let url = format!("/departs/{id}/contestation");
    let sans = agent.agir(&url, &[("suite", "maintenu")]).await;
    assert_eq!(sans.statut, 422, "{}", sans.texte());
    let raisons = "Le relevé du 5 janvier les compte déjà.";
    let page = agent
        .agir(&url, &[("suite", "maintenu"), ("raisons", raisons)])
        .await;
    assert!(
        page.texte().contains("La réponse est envoyée"),
        "{}",
        page.texte()
    );
    assert_eq!(
        caisse.courriels_de(&cedant.courriel),
        ["depart_sous_seuil", "decompte_conteste", "decompte_repondu"]
    );
    let kine = caisse.app.connecte(&cedant).await;
    let page = kine.get(&format!("/mes-departs/{id}")).await.texte();
    assert!(page.contains(raisons), "{page}");
    assert_eq!(
        agent
            .agir(&url, &[("suite", "maintenu"), ("raisons", raisons)])
            .await
            .statut,
        409
    );
    defavorable(&caisse, id).await;
    assert_eq!(caisse.place(id).etat, EtatPlace::NonTransmissible);
    let phrases: Vec<_> = caisse
        .lire(|conn| evenement::de(conn, id))
        .into_iter()
        .map(|e| e.fait.phrase())
        .filter(|p| p.contains("nombre d’actes"))
        .collect();
    assert_eq!(phrases.len(), 3, "{phrases:?}");
}

#[actix_web::test]
async fn reg_3_un_decompte_corrige_avec_son_releve_ouvre_la_place() {
    let caisse = Caisse::start();
    let (cedant, id) = sous_le_seuil(&caisse).await;
    let kine = caisse.app.connecte(&cedant).await;
    contester(&kine, id, "1250", "Les actes de décembre manquent.").await;
    let agent = caisse.instructeur().await;
    let url = format!("/departs/{id}/contestation");
    let corrige = |extrait: &'static str| {
        [
            ("suite", "corrige"),
            ("actes_12_mois", "1200"),
            ("extrait_le", extrait),
            ("raisons", "Les actes de décembre sont arrivés."),
        ]
    };
    assert_eq!(agent.agir(&url, &corrige("")).await.statut, 422);
    agent.agir(&url, &corrige("14/01/2026")).await;
    let c = lire(&caisse, id);
    assert_eq!(
        (c.actes_12_mois, c.decompte.actes_extrait_le),
        (Some(1200), Some(jour(2026, 1, 14)))
    );
    assert_eq!(caisse.place(id).etat, EtatPlace::Ouverte);
    assert_eq!(
        court(&caisse, id),
        [(NatureEcheance::DesignationSuccesseur, jour(2027, 12, 31))]
    );
}

#[actix_web::test]
async fn reg_3_un_releve_anterieur_a_la_fin_de_sa_periode_est_provisoire() {
    let caisse = Caisse::start();
    let cedant = caisse.decor.kine("helene.martin@example.fr", "10000001009");
    let id = caisse
        .decor
        .depart(cedant.id, "13056", jour(2026, 3, 31), Some(900));
    caisse.au(jour(2026, 1, 15));
    let chemin = format!("/departs/{id}");
    let agent = caisse.instructeur().await;
    agent
        .post(&chemin, &format!("{chemin}/confirmer"), &[])
        .await;
    caisse.au(jour(2026, 4, 10));
    let provisoire = defavorable(&caisse, id).await;
    assert_eq!(provisoire.statut, 409);
    assert!(
        provisoire
            .texte()
            .contains("antérieur à la fin de sa période")
    );
    // Counted again, it is told again, and may be contested again.
    let agent = caisse.instructeur().await;
    let corriger = agent
        .agir(
            &format!("{chemin}/corriger"),
            &[
                ("prenom", "Helene"),
                ("nom", "Martin"),
                ("adresse", "12 quai des Anglais"),
                ("date_cessation", "31/03/2026"),
                ("actes_12_mois", "910"),
                ("extrait_le", "09/04/2026"),
                ("motif_correction", "Période entière"),
            ],
        )
        .await;
    assert_eq!(corriger.statut, 200, "{}", corriger.texte());
    assert_eq!(
        court(&caisse, id),
        [(NatureEcheance::ContestationDecompte, jour(2026, 4, 27))]
    );
    caisse.au(jour(2026, 4, 28));
    defavorable(&caisse, id).await;
    assert_eq!(caisse.place(id).etat, EtatPlace::NonTransmissible);
}

#[actix_web::test]
async fn reg_3_le_depart_d_un_autre_ne_se_conteste_pas() {
    let caisse = Caisse::start();
    let (_, id) = sous_le_seuil(&caisse).await;
    let autre = caisse.app.compte(Role::Kine, None);
    let kine = caisse.app.connecte(&autre).await;
    assert_eq!(
        kine.get(&format!("/mes-departs/{id}/contester"))
            .await
            .statut,
        404
    );
}

#[actix_web::test]
async fn reg_19_un_depart_annule_n_a_plus_de_nombre_a_contester() {
    let caisse = Caisse::start();
    let (cedant, id) = sous_le_seuil(&caisse).await;
    let kine = caisse.app.connecte(&cedant).await;
    let url = format!("/mes-departs/{id}/retirer");
    assert_eq!(kine.agir(&url, &[]).await.statut, 200);
    assert_eq!(caisse.place(id).etat, EtatPlace::Annulee);
    assert!(court(&caisse, id).is_empty());
}

//! After filing: documents asked for (PRO-3), withdrawal, the declared installation (REG-9).

use diesel::prelude::*;
use regles::droits::Role;
use regles::parametre::ValeurParametre;
use regles::piece::NaturePiece;
use releve::db::DbResult;
use releve::db::schema::{demande, dossier, echeance, piece};

use crate::util::builders::jour;
use crate::util::{Caisse, TestApp};
use crate::web::praticien::*;

#[actix_web::test]
async fn pro_7_ou_le_silence_accepte_le_delai_part_du_dossier_complet() {
    let caisse = Caisse::start();
    let acceptation = ValeurParametre::Texte("acceptation".to_owned());
    caisse
        .app
        .fixer_valeur("silence.effet", acceptation, jour(2026, 2, 1));
    caisse.au(jour(2026, 2, 2));
    let kine = caisse.app.compte(Role::Kine, None);
    let client = caisse.app.connecte(&kine).await;
    let accuse = deposer(&client, &[], &[]).await;
    let (numero, texte) = (numero_de_demande(&accuse), accuse.texte());
    assert!(
        texte.contains("2 avril 2026 au plus tard")
            && texte.contains("considérée comme acceptée, à condition qu’elle soit complète")
            && !texte.contains("Comment contester un refus"),
        "{texte}"
    );
    caisse.au(jour(2026, 2, 5));
    let agent = caisse.instructeur().await;
    let chemin = format!("/dossiers/{numero}");
    agent
        .agir(
            &format!("{chemin}/demander-pieces"),
            &[("pieces", "diplome")],
        )
        .await;
    caisse.au(jour(2026, 2, 10));
    let d = caisse.demande(&numero);
    caisse.decor.fournir(
        d.id,
        d.kine_id,
        &[
            NaturePiece::Diplome,
            NaturePiece::JustificatifLocal,
            NaturePiece::Assurance,
        ],
    );
    let agent = caisse.instructeur().await;
    let page = agent
        .post(&chemin, &format!("{chemin}/completer"), &[])
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    // Two months from the complete file; where silence rejects, the five days of suspension would give 7 April.
    assert_eq!(
        caisse.demande(&numero).prochaine_echeance,
        jour(2026, 4, 10)
    );
}

#[actix_web::test]
async fn les_pieces_demandees_arrivent_et_le_delai_reprend() {
    let (app, compte, client) = application().await;
    let numero = numero_de_demande(&deposer(&client, &[], &[]).await);
    let agent = app.compte(Role::Instructeur, Some("131"));
    let id = demander_pieces(&app, &numero, &agent);
    let chemin = format!("/demandes/{numero}");
    let page = client.get(&chemin).await;
    assert!(
        page.texte().contains(
            "Nous attendons de vous deux pièces au plus tard le lundi 16 février 2026 (inclus)"
        ),
        "{}",
        page.texte()
    );
    assert!(page.texte().contains("Recto et verso."), "{}", page.texte());
    assert!(
        client
            .get("/espace")
            .await
            .texte()
            .contains("Des pièces manquent à votre demande")
    );
    let envoi = format!("{chemin}/pieces");
    let page = client.post_fichiers(&chemin, &envoi, &[], &[]).await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte().contains("Choisissez au moins un fichier"),
        "{}",
        page.texte()
    );
    app.state.clock.advance(chrono::TimeDelta::minutes(90));
    let champs: Vec<String> = demandees(&page);
    let page = client
        .post_fichiers(&chemin, &envoi, &[], &[(&champs[0], "diplome.pdf", PDF)])
        .await;
    assert!(
        page.texte().contains("Il manque encore 1 pièce"),
        "{}",
        page.texte()
    );
    assert!(page.texte().contains("À compléter"));
    app.state
        .clock
        .set(jour(2026, 1, 25).and_hms_opt(10, 0, 0).expect("an hour"));
    let client = app.connecte(&compte).await;
    let page = client
        .post_fichiers(&chemin, &envoi, &[], &[(&champs[1], "cni.png", PNG)])
        .await;
    assert!(
        page.texte().contains("l’étude de votre demande reprend"),
        "{}",
        page.texte()
    );
    let (etat, echeances): (String, Vec<(String, String, chrono::NaiveDate)>) = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok((
                dossier::table.select(dossier::etat).first(conn)?,
                echeance::table
                    .filter(echeance::dossier_id.eq(id))
                    .order(echeance::id)
                    .select((echeance::nature, echeance::etat, echeance::finale))
                    .load(conn)?,
            ))
        })
        .expect("the request");
    assert_eq!(etat, "deposee");
    // Ten days of suspension: 15 March + 10 = 25 March 2026, a Wednesday.
    let derniere = echeances.last().expect("a deadline");
    assert_eq!(
        (derniere.0.as_str(), derniere.1.as_str(), derniere.2),
        ("decision_implicite", "en_cours", jour(2026, 3, 25))
    );
    assert!(
        echeances
            .iter()
            .any(|(n, e, _)| n == "pieces" && e == "satisfaite")
    );
    // The same form sent twice: the document is kept once.
    let page = client
        .post_fichiers(&chemin, &envoi, &[], &[(&champs[1], "cni.png", PNG)])
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let pieces: i64 = app
        .state
        .db
        .read(|conn| -> DbResult<_> { Ok(piece::table.count().get_result(conn)?) })
        .expect("documents");
    assert_eq!(pieces, 2);
    // The receipt still says what was true that day.
    assert!(
        client
            .get(&format!("{chemin}/accuse"))
            .await
            .texte()
            .contains("16 mars 2026")
    );
}

#[actix_web::test]
async fn une_demande_se_retire_avant_la_decision_et_pas_apres() {
    let (app, _, client) = application().await;
    let numero = numero_de_demande(&deposer(&client, &[], &[]).await);
    let chemin = format!("/demandes/{numero}/retirer");
    let perime = client.caches(&chemin).await;
    mettre_demande(&app, &numero, "complete");
    // The file changed meanwhile: said, and nothing done.
    let page = client.post_brut(&chemin, &perime).await;
    assert_eq!(page.statut, 409);
    assert!(
        page.texte().contains("Quelqu’un a modifié ce dossier"),
        "{}",
        page.texte()
    );
    let page = client.post(&chemin, &chemin, &[]).await;
    assert!(
        page.texte().contains("Votre demande est retirée"),
        "{}",
        page.texte()
    );
    let running: i64 = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(echeance::table
                .filter(echeance::etat.eq("en_cours"))
                .count()
                .get_result(conn)?)
        })
        .expect("deadlines");
    assert_eq!(running, 0);
    let envoi = client
        .post_fichiers(
            &format!("/demandes/{numero}"),
            &format!("/demandes/{numero}/pieces"),
            &[("nature", "autre")],
            &[("piece", "x.pdf", PDF)],
        )
        .await;
    assert!(
        envoi.statut == 409 || envoi.statut == 403,
        "{}",
        envoi.texte()
    );
    let autre = numero_de_demande(&deposer(&client, &[], &[]).await);
    mettre_demande(&app, &autre, "refusee");
    let page = client.get(&format!("/demandes/{autre}/retirer")).await;
    assert_eq!(page.statut, 409);
}

/// The decision is notified today, as if it had been opened.
fn notifier(app: &TestApp, numero: &str) {
    let jour = releve::clock::jour_a_paris(app.state.clock.now());
    app.state
        .db
        .write(|tx| -> DbResult<()> {
            let id: i64 = dossier::table
                .filter(dossier::numero.eq(numero))
                .select(dossier::id)
                .first(&mut **tx)?;
            diesel::update(demande::table.find(id))
                .set(demande::notifiee_le.eq(jour))
                .execute(&mut **tx)?;
            Ok(())
        })
        .expect("notified");
}

#[actix_web::test]
async fn l_installation_se_declare_avec_sa_preuve() {
    let (app, _, client) = application().await;
    let numero = numero_de_demande(&deposer(&client, &[], &[]).await);
    let chemin = format!("/demandes/{numero}");
    mettre_demande(&app, &numero, "accordee");
    notifier(&app, &numero);
    let envoi = format!("{chemin}/installation");
    let preuve: &[(&str, &str, &[u8])] = &[("preuve", "bail.pdf", PDF)];
    for (date, fichiers, attendu) in [
        ("15/01/2027", preuve, "ne peut pas être à venir"),
        ("14/01/2026", preuve, "ne peut pas précéder le dépôt"),
        ("", preuve, "Indiquez la date"),
        ("15/01/2026", &[][..], "Joignez une preuve"),
    ] {
        let page = client
            .post_fichiers(&chemin, &envoi, &[("date_installation", date)], fichiers)
            .await;
        assert_eq!(page.statut, 422, "{date}");
        assert!(page.texte().contains(attendu), "{date} {}", page.texte());
    }
    let page = client
        .post_fichiers(
            &chemin,
            &envoi,
            &[("date_installation", "15/01/2026")],
            preuve,
        )
        .await;
    assert!(
        page.texte().contains("Votre installation est déclarée"),
        "{}",
        page.texte()
    );
    assert!(
        page.texte().contains("La caisse vérifie votre preuve"),
        "{}",
        page.texte()
    );
    assert!(!page.html.contains("name=\"date_installation\""));
    // The same form sent twice: declared once.
    let compte = || {
        app.deposes()
            .iter()
            .filter(|m| m.modele == "installation_declaree")
            .count()
    };
    assert_eq!(compte(), 1);
    let page = client
        .post_fichiers(
            &format!("{chemin}/accuse"),
            &envoi,
            &[("date_installation", "15/01/2026"), ("version", "2")],
            preuve,
        )
        .await;
    assert_eq!((page.statut, compte()), (200, 1), "{}", page.texte());
}

#[actix_web::test]
async fn la_demande_d_une_autre_personne_n_existe_pas() {
    let (app, _, client) = application().await;
    let numero = numero_de_demande(&deposer(&client, &[], &[]).await);
    let autre = app.connecte(&app.compte(Role::Kine, None)).await;
    for suite in ["", "/accuse", "/retirer"] {
        assert_eq!(
            autre
                .get(&format!("/demandes/{numero}{suite}"))
                .await
                .statut,
            404
        );
    }
    let page = autre
        .post_fichiers("/espace", &format!("/demandes/{numero}/pieces"), &[], &[])
        .await;
    assert!(page.statut == 404 || page.statut == 403, "{}", page.statut);
}

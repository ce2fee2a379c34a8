//! REG-7, REG-8, REG-9: giving up, heirs, and what a refused proof of installation changes.

use diesel::prelude::*;
use regles::calendrier::Territoire;
use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::echeance::{Delai, EtatEcheance, NatureEcheance};
use regles::grand_livre::EtatPlace;
use regles::piece::{Evenement, NaturePiece};
use releve::actions::echeance::{Ouverture, ouvrir};
use releve::actions::instruction::examiner_piece;
use releve::actions::piece::Examen;

use releve::db::schema::{demande, designation, dossier, piece};
use releve::db::{CpamScope, DbError, DbResult};

use super::praticien::*;
use crate::util::builders::{UneDemande, jour};
use crate::util::caisse::Caisse;
use crate::util::client::Client;
use crate::util::compte::rpps;

fn etats(app: &crate::util::TestApp) -> Vec<String> {
    app.state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(designation::table
                .order(designation::id)
                .select(designation::etat)
                .load(conn)?)
        })
        .expect("designations")
}

#[actix_web::test]
async fn reg_8_le_successeur_renonce_et_la_place_se_designe_de_nouveau() {
    let (app, cedant, client) = application().await;
    let (depart, _, successeur, autre) = succession(&app, &cedant, &client).await;
    let page = deposer(
        &autre,
        &[
            ("nature", "succession"),
            ("designation", "1"),
            ("commune", "13056"),
        ],
        &[],
    )
    .await;
    let numero = numero_de_demande(&page);
    let chemin = "/designations/1/renoncer";
    // Nobody else may.
    let voisin = app.connecte(&app.compte(Role::Kine, None)).await;
    assert_eq!(voisin.get(chemin).await.statut, 404);
    assert_eq!(voisin.post("/espace", chemin, &[]).await.statut, 404);
    assert_eq!(client.get(chemin).await.statut, 404);
    let page = autre.get(chemin).await;
    assert!(
        page.texte().contains(&format!(
            "Votre demande {numero} sur cette place est retirée"
        )),
        "{}",
        page.texte()
    );
    let page = autre.post(chemin, chemin, &[]).await;
    assert!(
        page.texte().contains("Vous avez renoncé à succéder"),
        "{}",
        page.texte()
    );
    assert_eq!(etats(&app), ["renoncee"]);
    let etat: String = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(dossier::table
                .filter(dossier::nature.eq("demande"))
                .select(dossier::etat)
                .first(conn)?)
        })
        .expect("the request");
    assert_eq!(etat, "retiree");
    let mails = app.deposes();
    let mail = mails
        .iter()
        .find(|m| m.modele == "designation_renoncee")
        .expect("the leaver is told");
    assert_eq!(mail.destinataire, cedant.courriel);
    assert!(
        mail.texte.contains("de nouveau à transmettre"),
        "{}",
        mail.texte
    );
    // The leaver designates somebody else, days left on screen.
    let page = client.get(&format!("/mes-departs/{depart}")).await;
    assert!(
        page.texte().contains("Abandonnée par le successeur"),
        "{}",
        page.texte()
    );
    assert!(
        page.texte()
            .contains("désignez votre successeur au plus tard le"),
        "{}",
        page.texte()
    );
    let troisieme = app.compte(Role::Kine, None);
    let page = designer(
        &client,
        depart,
        troisieme.rpps.as_deref().expect("a RPPS"),
        &troisieme.courriel,
    )
    .await;
    assert!(
        page.texte().contains("Votre désignation est enregistrée"),
        "{}",
        page.texte()
    );
    assert_eq!(etats(&app), ["renoncee", "en_attente"]);
    assert!(successeur.kine_id.is_some());
}

#[actix_web::test]
async fn on_ne_renonce_pas_a_une_place_deja_accordee() {
    let (app, cedant, client) = application().await;
    let (_, place, _, autre) = succession(&app, &cedant, &client).await;
    mettre_place(&app, place, EtatPlace::Reservee);
    let chemin = "/designations/1/renoncer";
    let page = autre.post("/espace", chemin, &[]).await;
    assert_eq!(page.statut, 409);
    assert!(
        page.texte().contains("écrivez à la caisse"),
        "{}",
        page.texte()
    );
    assert_eq!(etats(&app), ["acceptee"]);
}

#[actix_web::test]
async fn reg_7_les_ayants_droit_designent_par_un_lien_sur_preuve() {
    let caisse = Caisse::start();
    let (id, _) = caisse.depart_confirme(1);
    let agent = caisse.instructeur().await;
    let chemin = format!("/departs/{id}/ayants-droit");
    let champs = [
        ("qualite", "heritier"),
        ("nom", "Paul Martin"),
        ("courriel", "paul@example.fr"),
    ];
    let page = agent.post(&chemin, &chemin, &champs).await;
    assert_eq!(page.statut, 422, "no proof");
    assert!(
        page.texte().contains("Joignez la preuve"),
        "{}",
        page.texte()
    );
    let page = agent
        .post_fichiers(&chemin, &chemin, &champs, &[("preuve", "acte.pdf", PDF)])
        .await;
    assert!(
        page.texte().contains("Cette personne est habilitée"),
        "{}",
        page.texte()
    );
    let lien = |modele: &str| {
        let texte = caisse
            .app
            .deposes()
            .into_iter()
            .rfind(|m| m.modele == modele)
            .expect("a mail")
            .texte;
        let debut = texte.find("/ayants-droit/").expect("a link");
        texte[debut..]
            .split_whitespace()
            .next()
            .expect("a path")
            .to_owned()
    };
    let secret = lien("ayant_droit");
    let heritier = caisse.app.client();
    let page = heritier.get(&secret).await;
    assert!(
        page.texte().contains("Au nom de"),
        "{} {}",
        page.statut,
        page.texte()
    );
    assert_eq!(heritier.get("/ayants-droit/inconnu").await.statut, 404);
    let page = heritier
        .post(
            &secret,
            &secret,
            &[("rpps", "123"), ("courriel", "karim@example.fr")],
        )
        .await;
    assert_eq!(page.statut, 422);
    assert!(page.html.contains("karim@example.fr"));
    let page = heritier
        .post(
            &secret,
            &secret,
            &[("rpps", &rpps(777)), ("courriel", "karim@example.fr")],
        )
        .await;
    // REG-8: who, at which address, and what the mail says, before it leaves.
    let resume = page.texte();
    for attendu in [
        &*rpps(777),
        "karim@example.fr",
        "Voici ce que dit le courriel",
        "par Paul Martin, que la caisse a habilité",
    ] {
        assert!(resume.contains(attendu), "«{attendu}»: {resume}");
    }
    assert!(etats(&caisse.app).is_empty(), "nothing written yet");
    let page = heritier.post_brut(&secret, &page.caches()).await;
    assert!(
        page.texte().contains("Votre désignation est enregistrée"),
        "{}",
        page.texte()
    );
    assert_eq!(etats(&caisse.app), ["en_attente"]);
    let depart = agent.get(&format!("/departs/{id}")).await.texte();
    assert!(depart.contains("désignation par Paul Martin"), "{depart}");
    assert!(depart.contains("a habilité Paul Martin"), "{depart}");
    let mail = caisse
        .app
        .deposes()
        .into_iter()
        .find(|m| m.modele == "designation_envoyee")
        .expect("a copy");
    assert_eq!(mail.destinataire, "paul@example.fr");
    // Changing one's mind asks first, and tells nothing of the address that was written to.
    let autre = [("rpps", &*rpps(779)), ("courriel", "lea@example.fr")];
    let page = heritier.post(&secret, &secret, &autre).await;
    assert!(
        page.texte().contains(&format!(
            "Remplacer RPPS {} par RPPS {}",
            rpps(777),
            rpps(779)
        )) && !page.texte().contains("karim@example.fr"),
        "{}",
        page.texte()
    );
    assert_eq!(etats(&caisse.app), ["en_attente"]);
    heritier.post_brut(&secret, &page.caches()).await;
    assert_eq!(etats(&caisse.app), ["remplacee", "en_attente"]);
    // The same for them: taken back, nobody named, and nothing said to who had been told nothing.
    let annuler = format!("{secret}/annuler");
    let page = heritier.post(&annuler, &annuler, &[]).await;
    assert!(
        page.texte().contains("La désignation est retirée"),
        "{}",
        page.texte()
    );
    assert_eq!(etats(&caisse.app), ["remplacee", "retiree"]);
    assert!(
        caisse
            .app
            .deposes()
            .iter()
            .all(|m| m.modele != "designation_remplacee")
    );
    // Taken back: the link opens nothing; another CPAM never saw it.
    let var = caisse
        .app
        .connecte(&caisse.app.compte(Role::Instructeur, Some("831")))
        .await;
    assert_eq!(var.get(&chemin).await.statut, 404);
    agent.post(&chemin, &format!("{chemin}/retirer"), &[]).await;
    assert_eq!(heritier.get(&secret).await.statut, 404);
    let page = heritier
        .post(
            "/zones",
            &secret,
            &[("rpps", &rpps(778)), ("courriel", "x@example.fr")],
        )
        .await;
    assert!([403, 404].contains(&page.statut), "{}", page.statut);
}

/// A grant notified on 15 January 2026, whose installation is then declared by the applicant.
async fn declaree() -> (Caisse, String, i64, i64) {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let numero = "131-2026-000001".to_owned();
    let id = caisse.decor.demande(&UneDemande {
        kine_id: compte.kine_id.expect("a practitioner"),
        etat: EtatDemande::Accordee,
        ..UneDemande::default()
    });
    caisse
        .agir(|tx| {
            diesel::update(demande::table.find(id))
                .set(demande::notifiee_le.eq(jour(2026, 1, 15)))
                .execute(&mut **tx)
                .map_err(DbError::from)?;
            Ok(())
        })
        .expect("notified");
    let acte = caisse.acte(&caisse.signataire);
    let delai = Ouverture {
        caisse_code: "131",
        territoire: Territoire::Metropole,
        dossier_id: id,
        nature: NatureEcheance::Installation,
        depart: jour(2026, 1, 15),
        delai: Delai::Mois(6),
        suspensions: &[],
    };
    caisse
        .agir(|tx| ouvrir(tx, &acte, &delai))
        .expect("six months from the notification");
    caisse.au(jour(2026, 3, 2));
    let client = caisse.app.connecte(&compte).await;
    let page = client
        .post_fichiers(
            &format!("/demandes/{numero}"),
            &format!("/demandes/{numero}/installation"),
            &[("date_installation", "01/03/2026")],
            &[("preuve", "bail.pdf", PDF)],
        )
        .await;
    assert!(
        page.texte().contains("Votre installation est déclarée"),
        "{}",
        page.texte()
    );
    let piece_id = caisse.lire(|conn| {
        Ok(piece::table
            .filter(piece::dossier_id.eq(id))
            .filter(piece::nature.eq(NaturePiece::PreuveInstallation))
            .select(piece::id)
            .first(conn)?)
    });
    (caisse, numero, id, piece_id)
}

fn delais(caisse: &Caisse, id: i64) -> Vec<(EtatEcheance, chrono::NaiveDate)> {
    caisse
        .echeances(id)
        .into_iter()
        .filter(|e| e.nature == NatureEcheance::Installation)
        .map(|e| (e.etat, e.finale))
        .collect()
}

/// Whose request it is, logged in.
async fn demandeur(caisse: &Caisse, numero: &str) -> Client {
    let kine_id = caisse.demande(numero).kine_id;
    let courriel: String = caisse.lire(|conn| {
        use releve::db::schema::{compte, kine};
        Ok(kine::table
            .inner_join(compte::table)
            .filter(kine::id.eq(kine_id))
            .select(compte::courriel)
            .first(conn)?)
    });
    let client = caisse.app.client();
    client
        .connexion(&courriel, crate::util::compte::MOT_DE_PASSE)
        .await;
    client
}

/// The agent refuses a proof, with this reason.
fn refuser(caisse: &Caisse, numero: &str, piece_id: i64, motif: &str) {
    let acte = caisse.acte(&caisse.instructeur);
    let scope = CpamScope::Caisse("131".into());
    let version = caisse.demande(numero).version;
    let examen = Examen {
        piece_id,
        verdict: Evenement::Refuser,
        motif,
    };
    caisse
        .agir(|tx| examiner_piece(tx, &acte, &scope, numero, version, &examen))
        .expect("refused");
}

#[actix_web::test]
async fn reg_9_une_preuve_pas_encore_examinee_se_remplace_sans_rien_changer_d_autre() {
    let (caisse, numero, id, illisible) = declaree().await;
    let chemin = format!("/demandes/{numero}");
    let client = demandeur(&caisse, &numero).await;
    let avant = caisse.demande(&numero);
    let remplace = format!("remplace_{illisible}");
    let page = client.get(&chemin).await;
    assert!(page.html.contains(&remplace), "{}", page.texte());
    let autre: &[u8] = b"%PDF-1.4\n2\n%%EOF\n";
    let page = client
        .post_fichiers(
            &chemin,
            &format!("{chemin}/pieces"),
            &[("envoi", &remplace)],
            &[(&remplace, "bail-net.pdf", autre)],
        )
        .await;
    let texte = page.texte();
    for attendu in [
        "bail-net.pdf",
        "1 document remplacé",
        "La caisse vérifie votre preuve",
    ] {
        assert!(texte.contains(attendu), "«{attendu}» is not in {texte}");
    }
    // Declared once, in time, on the same day: nothing of that moves.
    assert!(!texte.contains("Déclarer mon installation"), "{texte}");
    assert_eq!(
        delais(&caisse, id),
        [(EtatEcheance::Satisfaite, jour(2026, 7, 15))]
    );
    let declarees = caisse.app.deposes();
    let declarees = declarees
        .iter()
        .filter(|m| m.modele == "installation_declaree");
    assert_eq!(declarees.count(), 1);
    assert_eq!(caisse.demande(&numero).etat, avant.etat);
    let preuves: Vec<(i64, String, String, Option<i64>)> = caisse.lire(|conn| {
        Ok(piece::table
            .filter(piece::dossier_id.eq(id))
            .filter(piece::nature.eq(NaturePiece::PreuveInstallation))
            .order(piece::id)
            .select((piece::id, piece::nature, piece::etat, piece::remplacee_par))
            .load(conn)?)
    });
    let [ancienne, nouvelle] = &preuves[..] else {
        panic!("two proofs, not {preuves:?}")
    };
    assert_eq!((ancienne.0, ancienne.3), (illisible, Some(nouvelle.0)));
    assert_eq!(
        (nouvelle.1.as_str(), nouvelle.2.as_str(), nouvelle.3),
        (NaturePiece::PreuveInstallation.as_str(), "recue", None)
    );
    // The agent examines the one that took its place, and the former no more.
    let acte = caisse.acte(&caisse.instructeur);
    let scope = CpamScope::Caisse("131".into());
    let version = caisse.demande(&numero).version;
    let examen = Examen {
        piece_id: illisible,
        verdict: Evenement::Accepter,
        motif: "",
    };
    caisse
        .agir(|tx| examiner_piece(tx, &acte, &scope, &numero, version, &examen))
        .expect_err("replaced");
    refuser(&caisse, &numero, nouvelle.0, "Le bail n’est pas signé");
    assert_eq!(
        delais(&caisse, id).last().map(|d| d.0),
        Some(EtatEcheance::EnCours)
    );
}

#[actix_web::test]
async fn reg_9_une_preuve_refusee_fait_courir_le_delai_de_nouveau_sans_les_jours_d_examen() {
    let (caisse, numero, id, piece_id) = declaree().await;
    assert_eq!(
        delais(&caisse, id),
        [(EtatEcheance::Satisfaite, jour(2026, 7, 15))]
    );
    caisse.au(jour(2026, 3, 12));
    // No delay runs against the applicant: the file waits for the CPAM, since the day of the declaration.
    let agent = caisse.instructeur().await;
    let texte = agent.get("/dossiers").await.texte();
    assert!(
        texte.contains("Installation déclarée, preuve à vérifier") && texte.contains("02/03/2026"),
        "{texte}"
    );
    let texte = agent.get(&format!("/dossiers/{numero}")).await.texte();
    assert!(
        texte.contains("a déclaré son installation : la preuve est à vérifier"),
        "{texte}"
    );
    refuser(&caisse, &numero, piece_id, "Le bail n’est pas signé");
    let texte = agent.get("/dossiers").await.texte();
    assert!(
        texte.contains("Installation attendue") && texte.contains("27/07/2026"),
        "{texte}"
    );
    let espace = demandeur(&caisse, &numero).await.get("/espace").await;
    assert!(
        espace.texte().contains(
            "La preuve de votre installation à Martigues est refusée : lisez pourquoi, et envoyez-en une autre"
        ),
        "{}",
        espace.texte()
    );
    // Ten days of examination: 15 July becomes 25 July, a Saturday, hence Monday 27 July.
    assert_eq!(
        delais(&caisse, id),
        [
            (EtatEcheance::Satisfaite, jour(2026, 7, 15)),
            (EtatEcheance::EnCours, jour(2026, 7, 27)),
        ]
    );
    let mail = caisse
        .app
        .deposes()
        .into_iter()
        .find(|m| m.modele == "preuve_installation_refusee")
        .expect("the applicant is told");
    let plat = mail.texte.replace('\u{a0}', " ");
    assert!(
        plat.contains("Le bail n’est pas signé") && plat.contains("27 juillet 2026"),
        "{plat}"
    );
    // Sent again, even the very same document: the delay is met again.
    let client = demandeur(&caisse, &numero).await;
    let page = client.get(&format!("/demandes/{numero}")).await;
    // From the line of the proof, with the day that was declared; and nowhere else.
    let texte = page.texte();
    for attendu in [
        "La preuve de votre installation est refusée",
        "Pourquoi elle est refusée : Le bail n’est pas signé",
        "Envoyer une autre preuve",
    ] {
        assert!(texte.contains(attendu), "«{attendu}» is not in {texte}");
    }
    assert!(!texte.contains("Déclarer mon installation"), "{texte}");
    let declaree = "value=\"01/03/2026\"";
    assert!(page.html.contains(declaree), "{}", page.html);
    let envoyer = async |fichiers: &[(&str, &str, &[u8])]| {
        let envoi = format!("/demandes/{numero}/installation");
        let champs = [("date_installation", "01/03/2026")];
        client
            .post_fichiers(&format!("/demandes/{numero}"), &envoi, &champs, fichiers)
            .await
    };
    let vide = envoyer(&[]).await;
    assert!(
        vide.statut == 422 && vide.html.contains("href=\"#champ-preuve\""),
        "{}",
        vide.html
    );
    let page = envoyer(&[("preuve", "bail.pdf", PDF)]).await;
    assert!(
        page.texte().contains("1 document remplacé"),
        "{}",
        page.texte()
    );
    assert_eq!(
        delais(&caisse, id).last(),
        Some(&(EtatEcheance::Satisfaite, jour(2026, 7, 27)))
    );
}

#[actix_web::test]
async fn reg_9_declaree_apres_le_terme_une_installation_ne_satisfait_pas_le_delai() {
    let (caisse, numero, id, piece_id) = declaree().await;
    refuser(&caisse, &numero, piece_id, "Illisible");
    // Refused the same day: nothing is added. Nobody looked for the lapse yet.
    assert_eq!(
        delais(&caisse, id).last(),
        Some(&(EtatEcheance::EnCours, jour(2026, 7, 15)))
    );
    caisse.au(jour(2026, 7, 16));
    let d = caisse.demande(&numero);
    let acte = caisse.acte(&caisse.instructeur);
    let preuve = releve::actions::piece::PieceRecue {
        nature: NaturePiece::PreuveInstallation,
        nom: "bail2.pdf".to_owned(),
        stockee: caisse
            .app
            .state
            .pieces
            .garder(actix_web::web::Bytes::from_static(b"%PDF-1.4\n2\n%%EOF\n"))
            .await
            .expect("kept"),
        sante: false,
    };
    caisse
        .agir(|tx| {
            releve::actions::demande::installation::declarer(
                tx,
                &acte,
                d.kine_id,
                &numero,
                d.version,
                jour(2026, 7, 16),
                &[preuve],
            )
        })
        .expect("recorded all the same");
    assert_eq!(
        delais(&caisse, id).last(),
        Some(&(EtatEcheance::EnCours, jour(2026, 7, 15)))
    );
}

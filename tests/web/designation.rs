//! Step 2 of the journey: the leaver designates, the successor answers (REG-5, REG-8).

use diesel::prelude::*;
use regles::droits::Role;
use regles::evenement::Code;
use regles::grand_livre::EtatPlace;
use releve::db::DbResult;
use releve::db::schema::{designation, echeance, evenement};

use super::praticien::*;
use crate::util::TestApp;
use crate::util::builders::{Decor, jour};
use crate::util::client::{Client, Page};
use crate::util::compte::rpps;

fn designations(app: &TestApp) -> Vec<(String, String)> {
    app.state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(designation::table
                .order(designation::id)
                .select((designation::rpps, designation::etat))
                .load(conn)?)
        })
        .expect("designations")
}

fn delais(app: &TestApp, place: i64) -> Vec<(String, chrono::NaiveDate)> {
    app.state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(echeance::table
                .filter(echeance::dossier_id.eq(place))
                .order(echeance::id)
                .select((echeance::etat, echeance::finale))
                .load(conn)?)
        })
        .expect("deadlines")
}

#[actix_web::test]
async fn un_successeur_est_designe_recoit_un_lien_et_accepte() {
    let (app, cedant, client) = application().await;
    let (depart, place) = depart(&app, &cedant, EtatPlace::Ouverte);
    let successeur = app.compte(Role::Kine, None);
    let numero = successeur.rpps.clone().expect("a RPPS");
    // Before the mail leaves: who, at which address, what it says; and a way to correct that loses nothing.
    let chemin = format!("/mes-departs/{depart}");
    let envoi = format!("{chemin}/designations");
    let saisie = [("rpps", &*numero), ("courriel", &*successeur.courriel)];
    let resume = client.post(&chemin, &envoi, &saisie).await;
    for attendu in [
        &*numero,
        &*successeur.courriel,
        "vous désigne pour lui succéder",
    ] {
        assert!(resume.texte().contains(attendu), "{}", resume.texte());
    }
    assert!(designations(&app).is_empty() && app.deposes().is_empty());
    let mut corriger = resume.caches();
    corriger.push(("_corriger".to_owned(), "oui".to_owned()));
    let page = client.post_brut(&envoi, &corriger).await;
    assert!(
        page.html
            .contains(&format!("value=\"{}\"", successeur.courriel))
    );
    assert!(designations(&app).is_empty());
    let page = client.post_brut(&envoi, &resume.caches()).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    // A number is nobody's name yet.
    assert!(!page.texte().contains(&successeur.nom), "{}", page.texte());
    assert!(
        page.texte().contains("Votre désignation est enregistrée"),
        "{}",
        page.texte()
    );
    assert!(
        page.texte().contains("n’a pas encore répondu"),
        "{}",
        page.texte()
    );
    // The delay runs until somebody accepts: 31 December 2025 + 2 years, a Friday.
    assert_eq!(
        delais(&app, place),
        [("en_cours".to_owned(), jour(2027, 12, 31))]
    );

    // The link explains before it asks for anything, and is kept through the login.
    let lien = lien(&app, &successeur.courriel);
    let inconnu = app.client();
    let page = inconnu.get(&lien).await;
    assert_eq!(page.statut, 200);
    assert!(
        page.texte().contains("Créer mon compte"),
        "{}",
        page.texte()
    );
    let suite = format!("suite={}", lien.replace('/', "%2F"));
    assert!(page.html.contains(&suite), "{suite} not in {}", page.html);

    let autre = app.connecte(&successeur).await;
    assert!(
        autre
            .get("/espace")
            .await
            .texte()
            .contains("acceptez ou déclinez au plus tard le vendredi 31 décembre 2027 (inclus)")
    );
    let page = autre.post(&lien, &lien, &[("reponse", "accepter")]).await;
    assert!(
        page.chemin
            .starts_with("/demandes/nouvelle?nature=succession"),
        "{}",
        page.chemin
    );
    assert!(
        page.texte().contains("Vous acceptez de succéder à"),
        "{}",
        page.texte()
    );
    assert_eq!(designations(&app), [(numero, "acceptee".to_owned())]);
    assert_eq!(delais(&app, place)[0].0, "satisfaite");
    // Answering twice changes nothing more.
    let avant = app.deposes().len();
    assert_eq!(
        autre
            .post(&lien, &lien, &[("reponse", "accepter")])
            .await
            .statut,
        200
    );
    assert_eq!(app.deposes().len(), avant);
    let recus: Vec<String> = app.deposes().into_iter().map(|m| m.modele).collect();
    for modele in [
        "designation_creee",
        "designation_envoyee",
        "designation_acceptee",
        "designation_acceptee_copie",
    ] {
        assert!(
            recus.iter().any(|m| m == modele),
            "{modele} not in {recus:?}"
        );
    }
    let page = client.get(&format!("/mes-departs/{depart}")).await;
    // Known since the account answered: to who leaves, and to the caisse.
    let nommee = format!("{} (RPPS", successeur.nom);
    assert!(page.texte().contains(&nommee), "{}", page.texte());
    let agent = app
        .connecte(&app.compte(Role::Instructeur, Some("131")))
        .await;
    let lue = agent.get(&format!("/departs/{depart}")).await.texte();
    assert!(lue.contains(&nommee), "{lue}");
    assert!(
        page.texte().contains("a accepté la désignation"),
        "{}",
        page.texte()
    );
    assert!(
        page.texte().contains("Successeur désigné"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn un_refus_rend_la_main_au_cedant() {
    let (app, cedant, client) = application().await;
    let (depart, place) = depart(&app, &cedant, EtatPlace::Ouverte);
    let successeur = app.compte(Role::Kine, None);
    designer(
        &client,
        depart,
        successeur.rpps.as_deref().expect("a RPPS"),
        &successeur.courriel,
    )
    .await;
    let lien = lien(&app, &successeur.courriel);
    let autre = app.connecte(&successeur).await;
    // Declining asks first, and names what is declined.
    let page = autre.post(&lien, &lien, &[("reponse", "decliner")]).await;
    assert!(
        page.texte().contains("Décliner la désignation")
            && page
                .texte()
                .contains("Vous ne pourrez revenir que si l’on vous désigne de nouveau"),
        "{}",
        page.texte()
    );
    assert_eq!(designations(&app)[0].1, "en_attente");
    let page = autre.post_brut(&lien, &page.caches()).await;
    assert_eq!(page.chemin, "/espace");
    assert_eq!(designations(&app)[0].1, "declinee");
    assert_eq!(delais(&app, place)[0].0, "en_cours");
    let page = client.get(&format!("/mes-departs/{depart}")).await;
    assert!(
        page.texte().contains("désignez votre successeur"),
        "{}",
        page.texte()
    );
    // Once declined, it cannot be accepted any more.
    let page = autre
        .post("/espace", &lien, &[("reponse", "accepter")])
        .await;
    assert!(page.statut == 409 || page.statut == 403, "{}", page.statut);
    assert_eq!(designations(&app)[0].1, "declinee");
}

#[actix_web::test]
async fn le_successeur_ne_peut_pas_etre_le_cedant() {
    let (app, cedant, client) = application().await;
    let (depart, _) = depart(&app, &cedant, EtatPlace::Ouverte);
    let moi = cedant.rpps.clone().expect("a RPPS");
    let page = designer(&client, depart, &moi, "autre@example.fr").await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte().contains("Ce numéro est le vôtre"),
        "{}",
        page.texte()
    );
    assert!(
        page.html.contains("value=\"autre@example.fr\""),
        "what was typed is lost"
    );
    let page = designer(&client, depart, &rpps(900), &cedant.courriel.to_uppercase()).await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte().contains("Cette adresse est la vôtre"),
        "{}",
        page.texte()
    );
    assert!(designations(&app).is_empty());
}

#[actix_web::test]
async fn un_rpps_est_verifie_et_sa_cle_peut_etre_confirmee() {
    let (app, cedant, client) = application().await;
    let (depart, _) = depart(&app, &cedant, EtatPlace::Ouverte);
    let bon = rpps(901);
    let douteux = format!(
        "{}{}",
        &bon[..10],
        (bon[10..].parse::<u32>().expect("a digit") + 1) % 10
    );
    for (saisi, attendu) in [
        ("123", "11 chiffres sont attendus"),
        ("", "Indiquez le numéro RPPS"),
        (
            douteux.as_str(),
            "La clé de ce numéro RPPS ne correspond pas",
        ),
    ] {
        let page = designer(&client, depart, saisi, "successeur@example.fr").await;
        assert_eq!(page.statut, 422, "{saisi}");
        assert!(page.texte().contains(attendu), "{saisi} {}", page.texte());
    }
    let page = designer(&client, depart, &bon, "pas une adresse").await;
    assert!(
        page.texte().contains("adresse électronique est incomplète"),
        "{}",
        page.texte()
    );
    let chemin = format!("/mes-departs/{depart}");
    let page = client
        .post(
            &chemin,
            &format!("{chemin}/designations"),
            &[
                ("rpps", douteux.as_str()),
                ("courriel", "successeur@example.fr"),
                ("confirmer_rpps", "oui"),
                ("confirmer", "oui"),
            ],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(designations(&app), [(douteux, "en_attente".to_owned())]);
}

#[actix_web::test]
async fn changer_de_successeur_remplace_et_garde_tout() {
    let (app, cedant, client) = application().await;
    let (depart, place, premier, autre) = succession(&app, &cedant, &client).await;
    assert_eq!(delais(&app, place)[0].0, "satisfaite");
    let second = rpps(902);
    let page = designer(&client, depart, &second, "second@example.fr").await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(
        designations(&app),
        [
            (
                premier.rpps.clone().expect("a RPPS"),
                "remplacee".to_owned()
            ),
            (second, "en_attente".to_owned())
        ]
    );
    // Nobody has accepted any more: the delay runs again, under the same dates.
    assert_eq!(
        delais(&app, place)[1],
        ("en_cours".to_owned(), jour(2027, 12, 31))
    );
    assert!(
        app.deposes()
            .iter()
            .any(|m| m.modele == "designation_remplacee" && m.destinataire == premier.courriel)
    );
    let page = autre.get(&lien(&app, &premier.courriel)).await;
    assert!(
        page.texte().contains("n’a plus d’effet"),
        "{}",
        page.texte()
    );
    let traces: Vec<(String, Option<i64>)> = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(evenement::table
                .filter(evenement::code.eq_any([Code::DesignationCreee, Code::DesignationAcceptee]))
                .order(evenement::id)
                .select((evenement::code, evenement::acteur_id))
                .load(conn)?)
        })
        .expect("the timeline");
    let (moi, lui) = (Some(cedant.id), Some(premier.id));
    assert_eq!(
        traces,
        [
            ("designation.creee".to_owned(), moi),
            ("designation.acceptee".to_owned(), lui),
            ("designation.creee".to_owned(), moi)
        ]
    );
}

#[actix_web::test]
async fn ce_qui_serait_refuse_ne_demande_pas_confirmation() {
    let (app, cedant, client) = application().await;
    let (depart, _, premier, autre) = succession(&app, &cedant, &client).await;
    let chemin = format!("/mes-departs/{depart}");
    let page = client
        .post(
            &chemin,
            &format!("{chemin}/designations"),
            &[("rpps", &rpps(905)), ("courriel", "pas une adresse")],
        )
        .await;
    assert_eq!(page.statut, 422, "{}", page.texte());
    assert!(
        page.texte().contains("adresse électronique est incomplète")
            && page.html.contains(&rpps(905)),
        "{}",
        page.texte()
    );
    // Accepted, it is not declined any more: the refusal comes at once, not after a question.
    let lien = lien(&app, &premier.courriel);
    let page = autre
        .post("/espace/reglages", &lien, &[("reponse", "decliner")])
        .await;
    assert_eq!(page.statut, 409, "{}", page.texte());
    assert!(
        page.texte().contains("Vous avez déjà accepté"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn un_formulaire_perime_le_dit_et_ne_perd_rien() {
    let (app, cedant, client) = application().await;
    let (depart, _) = depart(&app, &cedant, EtatPlace::Ouverte);
    let chemin = format!("/mes-departs/{depart}");
    // Two windows: the second one designates first.
    let mut perime = client.caches(&chemin).await;
    let mut double = perime.clone();
    double.push(("rpps".to_owned(), rpps(903)));
    double.push(("courriel".to_owned(), "un@example.fr".to_owned()));
    designer(&client, depart, &rpps(903), "un@example.fr").await;
    // The very same form sent twice is no conflict.
    let page = client
        .post_brut(&format!("{chemin}/designations"), &double)
        .await;
    assert_eq!(
        (page.statut, designations(&app).len()),
        (200, 1),
        "{}",
        page.texte()
    );
    perime.push(("rpps".to_owned(), rpps(904)));
    perime.push(("courriel".to_owned(), "deux@example.fr".to_owned()));
    let page = client
        .post_brut(&format!("{chemin}/designations"), &perime)
        .await;
    assert_eq!(page.statut, 409);
    assert!(
        page.texte()
            .contains("La désignation a changé depuis que vous avez ouvert cette page"),
        "{}",
        page.texte()
    );
    assert!(page.html.contains("value=\"deux@example.fr\"") && page.html.contains(&rpps(904)));
    assert_eq!(designations(&app).len(), 1);
    // The page shown again is up to date: sending it works.
    let mut neuf = page.caches();
    neuf.push(("rpps".to_owned(), rpps(904)));
    neuf.push(("courriel".to_owned(), "deux@example.fr".to_owned()));
    let page = client
        .post_brut(&format!("{chemin}/designations"), &neuf)
        .await;
    // REG-8: it replaces somebody, and asks before it does.
    assert!(
        page.texte().contains(&format!(
            "Remplacer RPPS {} par RPPS {} comme successeur à Martigues",
            rpps(903),
            rpps(904)
        )),
        "{}",
        page.texte()
    );
    assert_eq!(designations(&app).len(), 1, "nothing written yet");
    let page = client
        .post_brut(&format!("{chemin}/designations"), &page.caches())
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(designations(&app).len(), 2);
}

#[actix_web::test]
async fn une_place_qui_n_est_pas_ouverte_ne_recoit_pas_de_designation() {
    let (app, cedant, client) = application().await;
    let (depart, place) = depart(&app, &cedant, EtatPlace::Ouverte);
    let chemin = format!("/mes-departs/{depart}");
    let formulaire = client.caches(&chemin).await;
    for (etat, attendu) in [
        (
            EtatPlace::AExaminer,
            "La commission paritaire doit d’abord dire",
        ),
        (EtatPlace::NonTransmissible, "ne peut pas être transmise"),
        (EtatPlace::Reservee, "la désignation ne peut plus changer"),
        (EtatPlace::Pourvue, "la place est pourvue"),
        (EtatPlace::Caduque, "la place est caduque"),
    ] {
        mettre_place(&app, place, etat);
        let page = client.get(&chemin).await;
        assert!(page.texte().contains(attendu), "{etat:?} {}", page.texte());
        assert!(
            !page.html.contains("name=\"rpps\""),
            "{etat:?}: the form is offered"
        );
        let mut envoi = formulaire.clone();
        envoi.push(("rpps".to_owned(), rpps(905)));
        envoi.push(("courriel".to_owned(), "x@example.fr".to_owned()));
        let page = client
            .post_brut(&format!("{chemin}/designations"), &envoi)
            .await;
        assert_eq!(page.statut, 422, "{etat:?}");
        assert!(page.texte().contains(attendu), "{etat:?} {}", page.texte());
    }
    assert!(designations(&app).is_empty());
}

#[actix_web::test]
async fn avant_la_confirmation_de_la_caisse_on_ne_designe_pas() {
    let (app, _, client) = application().await;
    let id = numero(&declarer(&client, &[]).await);
    let chemin = format!("/mes-departs/{id}");
    let mut envoi = client.caches(&format!("{chemin}/retirer")).await;
    envoi.push(("rpps".to_owned(), rpps(906)));
    envoi.push(("courriel".to_owned(), "x@example.fr".to_owned()));
    let page = client
        .post_brut(&format!("{chemin}/designations"), &envoi)
        .await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte()
            .contains("La caisse n’a pas encore confirmé votre départ"),
        "{}",
        page.texte()
    );
    assert!(designations(&app).is_empty());
}

#[actix_web::test]
async fn seul_le_professionnel_designe_peut_repondre() {
    let (app, cedant, client) = application().await;
    let (depart, _) = depart(&app, &cedant, EtatPlace::Ouverte);
    designer(&client, depart, &rpps(907), "successeur@example.fr").await;
    let lien = lien(&app, "successeur@example.fr");
    let intrus = app.connecte(&app.compte(Role::Kine, None)).await;
    let page = intrus.get(&lien).await;
    assert!(
        page.texte().contains("votre compte porte le numéro"),
        "{}",
        page.texte()
    );
    assert!(!page.html.contains("value=\"accepter\""));
    let page = intrus
        .post("/espace", &lien, &[("reponse", "accepter")])
        .await;
    assert_eq!(page.statut, 409);
    assert!(
        page.texte()
            .contains("Cette désignation nomme le professionnel de numéro RPPS"),
        "{}",
        page.texte()
    );
    assert_eq!(designations(&app)[0].1, "en_attente");
    // Its number is no key: only its secret is, or the account it was sent to.
    assert_eq!(intrus.get("/designations/1").await.statut, 404);
    assert_eq!(app.client().get("/designations/1").await.statut, 404);
    assert_eq!(app.client().get("/designations/inconnu").await.statut, 404);
    let agent = app
        .connecte(&app.compte(Role::Instructeur, Some("131")))
        .await;
    assert!(agent.get(&lien).await.texte().contains("celui d’un agent"));
}

#[actix_web::test]
async fn passe_le_delai_on_ne_designe_ni_n_accepte() {
    let (app, cedant, client) = application().await;
    let decor = Decor::new(&app);
    let depart = decor.depart(
        cedant.kine_id.expect("a practitioner"),
        "13056",
        jour(2024, 1, 20),
        Some(2400),
    );
    decor.place(depart, EtatPlace::Ouverte);
    let successeur = app.compte(Role::Kine, None);
    designer(
        &client,
        depart,
        successeur.rpps.as_deref().expect("a RPPS"),
        &successeur.courriel,
    )
    .await;
    let lien = lien(&app, &successeur.courriel);
    app.state
        .clock
        .set(jour(2026, 1, 21).and_hms_opt(9, 0, 0).expect("an hour"));
    let autre = app.connecte(&successeur).await;
    let page = autre.post(&lien, &lien, &[("reponse", "accepter")]).await;
    assert_eq!(page.statut, 409);
    assert!(
        page.texte().contains("La place n’est plus ouverte"),
        "{}",
        page.texte()
    );
    let client = app.connecte(&cedant).await;
    let page = designer(&client, depart, &rpps(908), "y@example.fr").await;
    assert!(
        page.texte()
            .contains("Le délai pour désigner un successeur est passé"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn l_adresse_de_la_meme_personne_se_corrige_et_le_lien_se_renvoie_sans_rien_dire_de_faux() {
    let (app, cedant, client) = application().await;
    let (depart, _) = depart(&app, &cedant, EtatPlace::Ouverte);
    let successeur = app.compte(Role::Kine, None);
    let numero = successeur.rpps.clone().expect("a RPPS");
    designer(&client, depart, &numero, "faute@example.fr").await;
    let perdu = lien(&app, "faute@example.fr");
    // Asked first, without a word of replacement.
    let chemin = format!("/mes-departs/{depart}");
    let page = client
        .post(
            &chemin,
            &format!("{chemin}/designations"),
            &[
                ("rpps", numero.as_str()),
                ("courriel", successeur.courriel.as_str()),
            ],
        )
        .await;
    assert!(
        page.texte().contains("Envoyer de nouveau la désignation")
            && !page.texte().contains("Remplacer RPPS"),
        "{}",
        page.texte()
    );
    // Corrected, then sent again to the same address.
    for _ in 0..2 {
        let page = designer(&client, depart, &numero, &successeur.courriel).await;
        assert_eq!(page.statut, 200, "{}", page.texte());
    }
    assert!(
        app.deposes()
            .iter()
            .all(|m| m.modele != "designation_remplacee")
    );
    let etats: Vec<String> = designations(&app)
        .into_iter()
        .map(|(_, etat)| etat)
        .collect();
    assert_eq!(etats, ["remplacee", "remplacee", "en_attente"]);
    let page = app.client().get(&perdu).await;
    assert!(
        page.texte().contains("message plus récent") && !page.texte().contains("autre personne"),
        "{}",
        page.texte()
    );
    let autre = app.connecte(&successeur).await;
    let dernier = lien(&app, &successeur.courriel);
    autre
        .post(&dernier, &dernier, &[("reponse", "accepter")])
        .await;
    assert_eq!(designations(&app)[2].1, "acceptee");
    let page = designer(&client, depart, &numero, "ailleurs@example.fr").await;
    assert!(
        page.texte().contains("déjà désignée et a accepté"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn nul_ne_recoit_plus_de_cinq_designations_en_un_jour() {
    let (app, cedant, client) = application().await;
    let (depart, _) = depart(&app, &cedant, EtatPlace::Ouverte);
    for n in 0..5 {
        let page = designer(&client, depart, &rpps(910 + n), "tiers@example.fr").await;
        assert_eq!(page.statut, 200, "{}", page.texte());
    }
    let page = designer(&client, depart, &rpps(915), "tiers@example.fr").await;
    assert_eq!(page.statut, 422, "{}", page.texte());
    assert!(page.texte().contains("attendez demain"), "{}", page.texte());
    assert_eq!(designations(&app).len(), 5);
    app.state.clock.advance(chrono::TimeDelta::hours(25));
    let client = app.connecte(&cedant).await;
    let page = designer(&client, depart, &rpps(915), "tiers@example.fr").await;
    assert_eq!(page.statut, 200, "{}", page.texte());
}

/// Takes back the designation that counts, through the page that asks.
async fn retirer(client: &Client, depart: i64) -> Page {
    let url = format!("/mes-departs/{depart}/designations/annuler");
    client.post(&url, &url, &[]).await
}

#[actix_web::test]
async fn une_designation_se_retire_sans_nommer_personne_ni_rien_dire_de_faux() {
    let (app, cedant, client) = application().await;
    let (depart, place, premier, autre) = succession(&app, &cedant, &client).await;
    let page = retirer(&client, depart).await;
    assert!(
        page.texte().contains("La désignation est retirée"),
        "{}",
        page.texte()
    );
    assert_eq!(designations(&app)[0].1, "retiree");
    // The delay runs again, under the same dates.
    assert_eq!(
        delais(&app, place)[1],
        ("en_cours".to_owned(), jour(2027, 12, 31))
    );
    // Who had accepted knew of it: told that it counts no more, and of nobody else.
    let deposes = app.deposes();
    let dit = deposes
        .iter()
        .find(|m| m.modele == "designation_remplacee")
        .expect("told");
    assert_eq!(dit.destinataire, premier.courriel);
    assert!(
        dit.texte.contains("plus d’effet") && !dit.texte.contains("autre personne"),
        "{}",
        dit.texte
    );
    let espace = autre.get("/espace").await.texte();
    assert!(
        espace.contains("n’a plus d’effet") && !espace.contains("autre personne"),
        "{espace}"
    );
    let page = autre.get("/designations/1").await;
    assert!(page.texte().contains("a été retirée"), "{}", page.texte());
    let page = autre
        .post("/espace", "/designations/1", &[("reponse", "accepter")])
        .await;
    assert!([403, 409].contains(&page.statut), "{}", page.texte());
    // Nobody is designated any more: there is nothing to take back, and somebody may be designated.
    let url = format!("/mes-departs/{depart}/designations/annuler");
    assert_eq!(client.get(&url).await.statut, 409);
    let page = designer(&client, depart, &rpps(930), "suivant@example.fr").await;
    assert_eq!(page.statut, 200, "{}", page.texte());
}

#[actix_web::test]
async fn un_courriel_qui_n_est_pas_parti_ne_part_plus_et_rien_n_est_dit() {
    use releve::db::tache::EtatTache;
    let (app, cedant, client) = application().await;
    let (depart, _) = depart(&app, &cedant, EtatPlace::Ouverte);
    let etat = |cle: &'static str| {
        app.state
            .db
            .read(move |conn| releve::db::courriel::par_cle(conn, cle))
            .expect("the outbox")
            .expect("a mail")
            .tache
            .etat
    };
    designer(&client, depart, &rpps(931), "un@example.fr").await;
    retirer(&client, depart).await;
    assert_eq!(etat("designation_creee:1"), EtatTache::Classee);
    assert_eq!(etat("designation_envoyee:1"), EtatTache::Classee);
    assert!(
        app.deposes()
            .iter()
            .all(|m| m.modele != "designation_remplacee")
    );
    // Left by now: it is told, once.
    designer(&client, depart, &rpps(932), "deux@example.fr").await;
    app.vider_courriels().await;
    assert_eq!(etat("designation_creee:2"), EtatTache::Faite);
    retirer(&client, depart).await;
    let dits: Vec<String> = app
        .deposes()
        .into_iter()
        .filter(|m| m.modele == "designation_remplacee")
        .map(|m| m.destinataire)
        .collect();
    assert_eq!(dits, ["deux@example.fr"]);
}

#[actix_web::test]
async fn on_ne_retire_pas_ce_sur_quoi_une_decision_repose_ni_ce_qui_est_a_autrui() {
    let (app, cedant, client) = application().await;
    let (depart, place, _, autre) = succession(&app, &cedant, &client).await;
    let url = format!("/mes-departs/{depart}/designations/annuler");
    assert_eq!(autre.get(&url).await.statut, 404);
    let mut formulaire = client.caches(&url).await;
    mettre_place(&app, place, EtatPlace::Reservee);
    let page = client.post_brut(&url, &formulaire).await;
    assert_eq!(page.statut, 409, "{}", page.texte());
    assert_eq!(designations(&app)[0].1, "acceptee");
    formulaire.retain(|(nom, _)| nom != "active");
    let page = client.post_brut(&url, &formulaire).await;
    assert_eq!(page.statut, 409, "{}", page.texte());
}

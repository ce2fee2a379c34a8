//! The parameters on screen: read by agents, changed by two national administrators, never backwards.

use diesel::prelude::*;
use releve::actions::evaluation::evaluer_demande;
use releve::actions::parametre as actes;
use releve::actions::{ActionError, ActionResult};
use releve::app::AppState;
use releve::db::contrainte::Contrainte;
use releve::db::schema::parametre_valeur;
use releve::db::{AnyConn, DbError, parametre};
use releve::domain::conventionnement::ResultatConventionnement;
use releve::domain::demande::EtatDemande;
use releve::domain::droits::Role;

use crate::util::builders::jour;
use crate::util::client::Page;
use crate::util::compte::CompteTest;
use crate::util::{Caisse, Client, TestApp};

const SEUIL: &str = "/parametres/place.seuil_actes/proposer";

fn administrateur(app: &TestApp) -> CompteTest {
    app.compte(Role::AdministrateurNational, None)
}

/// The fields of a proposal of the floor of acts.
fn champs<'a>(valeur: &'a str, du: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("valeur", valeur),
        ("du", du),
        ("statut", "D"),
        ("source", "Décision nationale du 12 janvier 2026"),
        (
            "motif",
            "L’activité moyenne a augmenté depuis la convention",
        ),
    ]
}

/// Fills the form, then confirms the preview: the preview, then the page of the proposal.
async fn proposer(client: &Client, chemin: &str, champs: &[(&str, &str)]) -> (Page, Page) {
    let apercu = client.post(chemin, chemin, champs).await;
    assert_eq!(apercu.statut, 200, "{}", apercu.texte());
    let proposee = client.post_brut(chemin, &apercu.caches()).await;
    (apercu, proposee)
}

fn resultat(caisse: &Caisse, numero: &str) -> ResultatConventionnement {
    let jour = releve::clock::jour_a_paris(caisse.app.state.clock.now());
    let demande = caisse.demande(numero);
    caisse
        .app
        .state
        .db
        .read(|conn| evaluer_demande(conn, &caisse.app.state.reglement(), &demande, jour))
        .expect("an answer")
        .conclusion
        .resultat
}

#[actix_web::test]
async fn la_liste_se_lit_se_cherche_et_se_filtre() {
    let caisse = Caisse::start();
    let agent = caisse.instructeur().await;
    let tous = agent.get("/parametres").await;
    let texte = tous.texte();
    assert_eq!(tous.statut, 200);
    assert!(
        texte.contains("Actes requis du partant")
            && texte.contains("1 200 actes")
            && texte.contains("REG-3 · place.seuil_actes")
            && texte.contains("paramètre national (D)")
            && texte.contains("depuis le 26 août 2023"),
        "{texte}"
    );
    let fiche = agent.get("/parametres/place.seuil_actes").await.texte();
    assert!(fiche.contains("20 novembre 2026"), "{fiche}");
    let cherche = agent.get("/parametres?q=SEUIL%20partant").await.texte();
    assert!(
        cherche.contains("1 paramètre ") && cherche.contains("place.seuil_actes"),
        "{cherche}"
    );
    let regle = agent.get("/parametres?q=REG-3").await.texte();
    assert!(
        regle.contains("3 paramètres") && regle.contains("place.periode_actes"),
        "{regle}"
    );
    let nationaux = agent.get("/parametres?statut=D").await.texte();
    assert!(
        nationaux.contains("decision.separation") && !nationaux.contains("place.seuil_actes"),
        "{nationaux}"
    );
    let rien = agent.get("/parametres?q=licorne").await.texte();
    assert!(rien.contains("Aucun paramètre ne correspond"), "{rien}");

    let fiche = agent.get("/parametres/place.seuil_actes").await.texte();
    assert!(
        fiche.contains("du 16 mai 2007 au 25 août 2023") && fiche.contains("En vigueur"),
        "{fiche}"
    );
    assert!(!fiche.contains("Proposer une valeur"));
    assert_eq!(agent.get("/parametres/place.inconnu").await.statut, 404);
    assert_eq!(agent.get(SEUIL).await.statut, 403);
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let auditeur = caisse.app.connecte(&auditeur).await;
    assert_eq!(auditeur.get("/parametres").await.statut, 200);
    assert_eq!(auditeur.get(SEUIL).await.statut, 403);
}

#[actix_web::test]
async fn une_valeur_proposee_par_l_un_et_approuvee_par_l_autre_vaut_a_sa_date_pas_avant() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    caisse.depart_confirme(2);
    let (un, autre) = (administrateur(&caisse.app), administrateur(&caisse.app));
    let client = caisse.app.connecte(&un).await;
    let (apercu, proposee) = proposer(&client, SEUIL, &champs("1 500", "01/02/2026")).await;

    // The preview names the files that would change, before and after.
    let texte = apercu.texte();
    for attendu in [
        "1 demande en cours, 2 places ouvertes et 0 départ à confirmer évalués au 1er février 2026 : 3 résultats changent.",
        &format!("Demande {}", s.numero),
        "accordable par succession",
        "à examiner",
        "CPAM",
    ] {
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
    }
    assert!(
        proposee.chemin.starts_with("/parametres/propositions/"),
        "{}",
        proposee.chemin
    );
    assert!(
        proposee.texte().contains("La valeur est proposée"),
        "{}",
        proposee.texte()
    );

    // Sent twice, proposed once.
    let encore = client.post_brut(SEUIL, &apercu.caches()).await;
    assert_eq!(encore.chemin, proposee.chemin);

    // Whoever proposes does not approve: no button, and no way around.
    let chemin = proposee.chemin.clone();
    assert!(!proposee.html.contains("/approuver"), "no button");
    let refus = client
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    assert_eq!(refus.statut, 409);
    assert!(
        refus.texte().contains("une autre personne doit l’examiner"),
        "{}",
        refus.texte()
    );
    let refus = client
        .post(
            &chemin,
            &format!("{chemin}/rejeter"),
            &[("motif_rejet", "Non")],
        )
        .await;
    assert_eq!(refus.statut, 409);

    let client = caisse.app.connecte(&autre).await;
    let attente = client.get("/parametres?statut=attente").await.texte();
    assert!(attente.contains("Une valeur est à examiner"), "{attente}");
    let avant = client.get(&format!("{chemin}?caisse=131")).await.texte();
    assert!(
        avant.contains("3 résultats changent") && avant.contains("Voir toutes les caisses"),
        "{avant}"
    );
    let approuvee = client
        .post(&chemin, &format!("{chemin}/approuver"), &[])
        .await;
    assert_eq!(approuvee.statut, 200);
    assert!(
        approuvee.texte().contains("La valeur est approuvée"),
        "{}",
        approuvee.texte()
    );
    let fiche = client.get("/parametres/place.seuil_actes").await.texte();
    assert!(
        fiche.contains("1 500 actes du 1er février 2026 À venir")
            && fiche.contains("au 31 janvier 2026")
            && fiche.contains("Proposition approuvée"),
        "{fiche}"
    );

    // The running server applies it on its date, and not before; so does another process.
    assert_eq!(
        resultat(&caisse, &s.numero),
        ResultatConventionnement::AccordableSuccession
    );
    caisse.au(jour(2026, 1, 31));
    assert_eq!(
        resultat(&caisse, &s.numero),
        ResultatConventionnement::AccordableSuccession
    );
    caisse.au(jour(2026, 2, 1));
    assert_eq!(
        resultat(&caisse, &s.numero),
        ResultatConventionnement::NonAccordable
    );
    let autre_processus = AppState::open(
        (*caisse.app.state.config).clone(),
        caisse.app.state.clock.clone(),
    )
    .expect("opened");
    assert_eq!(
        autre_processus.reglement().version(),
        caisse.app.state.reglement().version()
    );
    assert_ne!(
        autre_processus.reglement().version(),
        autre_processus.reglement_livre().version()
    );

    // The evaluation contract keeps the shipped national values.
    let corps = r#"[{"id":"c","evaluation":"place","date":"2026-02-02","faits":{"categorie":"non_prioritaire",
        "cessation":"2025-12-31","actes_12_mois":1430,"pourvue":false,"successeur_designe":false}}]"#;
    let reponse = reqwest::Client::new()
        .post(format!("{}/api/v1/evaluations", caisse.app.adresse))
        .header("content-type", "application/json")
        .body(corps)
        .send()
        .await
        .expect("an answer")
        .text()
        .await
        .expect("a body");
    assert!(reponse.contains(r#""resultat":"ouverte""#), "{reponse}");

    // Every step is in the journal.
    let natures: Vec<String> = caisse.lire(|conn| {
        use releve::db::schema::evenement;
        Ok(evenement::table
            .filter(evenement::nature.like("parametre.%"))
            .order(evenement::id)
            .select(evenement::nature)
            .load(conn)?)
    });
    assert_eq!(natures, ["parametre.propose", "parametre.approuve"]);
}

#[actix_web::test]
async fn une_saisie_refusee_dit_pourquoi_et_ne_perd_rien() {
    let app = TestApp::start();
    let client = app.connecte(&administrateur(&app)).await;
    let cas = [
        ("beaucoup", "01/03/2026", "Écrivez un nombre entier"),
        ("1500", "15/01/2026", "Rien n’est rétroactif"),
        ("1500", "hier", "Écrivez la date d’effet"),
        ("5000000000", "01/03/2026", "Cette valeur n’est pas admise"),
    ];
    for (valeur, du, attendu) in cas {
        let page = client.post(SEUIL, SEUIL, &champs(valeur, du)).await;
        assert_eq!(page.statut, 422, "{valeur} {du}");
        let texte = page.texte();
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
        assert!(
            page.html.contains(&format!("value=\"{valeur}\"")) && page.html.contains("a augmenté"),
            "nothing is lost"
        );
    }
    let mut sans_motif = champs("1500", "01/03/2026");
    sans_motif[4].1 = "ok";
    let page = client.post(SEUIL, SEUIL, &sans_motif).await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte()
            .contains("Écrivez pourquoi cette valeur est proposée")
    );

    // One proposal of a key at a time; and each unit has its field.
    proposer(&client, SEUIL, &champs("1500", "01/03/2026")).await;
    let (_, seconde) = proposer(&client, SEUIL, &champs("1600", "01/04/2026")).await;
    assert_eq!(seconde.statut, 422);
    assert!(
        seconde.texte().contains("attend déjà un examen"),
        "{}",
        seconde.texte()
    );
    let autres = [
        (
            "contrat.cammk.versement",
            "valeur",
            "4 500,50",
            "4 500,50 €",
        ),
        ("contrat.versement_avant", "valeur", "31/05", "31 mai"),
        (
            "decision.separation",
            "valeur",
            "non",
            "Valeur proposée non",
        ),
        (
            "place.sans_successeur",
            "valeur",
            "charte",
            "Valeur proposée charte",
        ),
        (
            "avenant7.effet",
            "valeur",
            "1er septembre 2023",
            "1er septembre 2023",
        ),
        (
            "rappels.installation",
            "code_3m",
            "oui",
            "Valeur proposée 3 mois avant Valeur précédente",
        ),
    ];
    for (cle, champ, valeur, attendu) in autres {
        let chemin = format!("/parametres/{cle}/proposer");
        let mut champs = champs("", "01/03/2026");
        champs[0] = (champ, valeur);
        let (apercu, proposee) = proposer(&client, &chemin, &champs).await;
        assert!(
            apercu.texte().contains(attendu),
            "{cle}: {}",
            apercu.texte()
        );
        assert!(
            proposee.chemin.starts_with("/parametres/propositions/"),
            "{cle}: {}",
            proposee.texte()
        );
    }
    let chemin = "/parametres/rappels.pieces/proposer";
    let page = client.post(chemin, chemin, &champs("", "01/03/2026")).await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte().contains("Cochez au moins une valeur"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn une_valeur_a_venir_se_retire_une_valeur_en_vigueur_jamais() {
    let caisse = Caisse::start();
    let app = &caisse.app;
    let avant = app.state.reglement().version();
    let id = app.fixer("place.seuil_actes", 1500, jour(2026, 2, 1));
    assert_ne!(app.state.reglement().version(), avant);
    let un = administrateur(app);
    let client = app.connecte(&un).await;
    let chemin = format!("/parametres/propositions/{id}");
    let sans = client
        .post(
            &chemin,
            &format!("{chemin}/retirer"),
            &[("motif_retrait", " ")],
        )
        .await;
    assert_eq!(sans.statut, 422);
    assert!(
        sans.texte()
            .contains("Écrivez pourquoi cette valeur est retirée")
    );
    let retiree = client
        .post(
            &chemin,
            &format!("{chemin}/retirer"),
            &[("motif_retrait", "Le texte est reporté")],
        )
        .await;
    assert!(
        retiree.texte().contains("Retirée avant sa date d’effet"),
        "{}",
        retiree.texte()
    );
    assert_eq!(
        app.state.reglement().version(),
        avant,
        "as if it had never been"
    );

    let id = app.fixer("place.seuil_actes", 1400, jour(2026, 2, 1));
    caisse.au(jour(2026, 2, 1));
    let client = app.connecte(&un).await;
    let chemin = format!("/parametres/propositions/{id}");
    let page = client.get(&chemin).await;
    assert!(!page.html.contains("/retirer"), "no button");
    let mut envoi = client.caches("/parametres").await;
    envoi.retain(|(n, _)| n == "_csrf");
    envoi.push(("version".to_owned(), "2".to_owned()));
    envoi.push(("motif_retrait".to_owned(), "Trop tard".to_owned()));
    let refus = client.post_brut(&format!("{chemin}/retirer"), &envoi).await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());
    assert!(
        refus.texte().contains("entrée en vigueur"),
        "{}",
        refus.texte()
    );

    // A proposal whose date came before its approval is refused: nothing retroactive.
    let id = app.proposer(&un, "place.seuil_actes", 1700, jour(2026, 2, 10));
    caisse.au(jour(2026, 2, 10));
    let acte = app.acte_de(&administrateur(app));
    let tard = caisse.agir(|tx| actes::approuver(tx, &acte, id, 1));
    assert!(
        matches!(tard, Err(ActionError::Refus(ref phrase)) if phrase.contains("rétroactif")),
        "{tard:?}"
    );
    let rejet = caisse.agir(|tx| actes::rejeter(tx, &acte, id, 1, "Date passée"));
    assert!(rejet.is_ok(), "{rejet:?}");
}

#[actix_web::test]
async fn deux_approbations_simultanees_une_seule_passe() {
    let app = TestApp::start();
    let [un, deux, trois] = [(); 3].map(|()| administrateur(&app));
    for rang in 0..5 {
        let id = app.proposer(
            &un,
            "place.seuil_actes",
            1500 + rang,
            jour(2026, 3, 1) + chrono::Days::new(rang.cast_unsigned()),
        );
        let resultats: Vec<ActionResult<()>> = std::thread::scope(|s| {
            let taches: Vec<_> = [&deux, &trois]
                .into_iter()
                .map(|qui| {
                    let acte = app.acte_de(qui);
                    let db = &app.state.db;
                    s.spawn(move || db.write(|tx| actes::approuver(tx, &acte, id, 1)))
                })
                .collect();
            taches
                .into_iter()
                .map(|t| t.join().expect("joined"))
                .collect()
        });
        assert_eq!(
            resultats.iter().filter(|r| r.is_ok()).count(),
            1,
            "{resultats:?}"
        );
        assert!(
            resultats
                .iter()
                .any(|r| matches!(r, Err(ActionError::Perime))),
            "{resultats:?}"
        );
    }
    let stockees = app.state.db.read(parametre::approuvees).expect("read");
    assert_eq!(stockees.len(), 5);
}

#[actix_web::test]
async fn la_base_elle_meme_tient_les_deux_personnes_et_la_date() {
    let app = TestApp::start();
    let un = administrateur(&app);
    let autre = administrateur(&app);
    let id = app.proposer(&un, "place.seuil_actes", 1500, jour(2026, 3, 1));
    let approuver = |qui: i64, le: chrono::NaiveDate| {
        app.state.db.write(|tx| {
            diesel::update(parametre_valeur::table.find(id))
                .set((
                    parametre_valeur::etat.eq("approuvee"),
                    parametre_valeur::examinee_par.eq(qui),
                    parametre_valeur::examinee_le.eq(le.and_hms_opt(9, 0, 0)),
                    parametre_valeur::examinee_jour.eq(le),
                ))
                .execute(&mut **tx)
                .map_err(DbError::from)
        })
    };
    let lui_meme = approuver(un.id, jour(2026, 1, 16));
    assert!(
        matches!(
            lui_meme,
            Err(DbError::Contrainte(Contrainte::ParametreDeuxPersonnes))
        ),
        "{lui_meme:?}"
    );
    let trop_tard = approuver(autre.id, jour(2026, 3, 1));
    assert!(
        matches!(
            trop_tard,
            Err(DbError::Contrainte(Contrainte::ParametreNonRetroactif))
        ),
        "{trop_tard:?}"
    );
    assert_eq!(approuver(autre.id, jour(2026, 2, 28)).expect("approved"), 1);
    // From then on nothing of it changes, and nothing is deleted.
    for sql in [
        "UPDATE parametre_valeur SET valeur = '1'",
        "UPDATE parametre_valeur SET du = '2026-12-31'",
        "UPDATE parametre_valeur SET etat = 'proposee'",
        "DELETE FROM parametre_valeur",
    ] {
        let refus = app.state.db.write(|tx| {
            let conn: &mut AnyConn = tx;
            diesel::sql_query(sql).execute(conn).map_err(DbError::from)
        });
        assert!(refus.is_err(), "{sql}");
    }
}

#[actix_web::test]
async fn une_liste_de_rappels_montre_les_echeances_ouvertes_et_tout_s_exporte() {
    let caisse = Caisse::start();
    caisse.depart_confirme(1);
    let client = caisse.app.connecte(&administrateur(&caisse.app)).await;
    let chemin = "/parametres/rappels.designation_successeur/proposer";
    let mut saisis = champs("", "01/02/2026");
    saisis.retain(|(nom, _)| *nom != "valeur");
    saisis.extend([("code_6m", "oui"), ("code_7j", "oui")]);
    let (apercu, proposee) = proposer(&client, chemin, &saisis).await;
    let texte = apercu.texte();
    assert!(
        texte.contains("1 échéance ouverte")
            && texte.contains("Échéance « Désigner un successeur »")
            && texte.contains("1 résultat change"),
        "{texte}"
    );
    let csv = client.get(&format!("{}/effets.csv", proposee.chemin)).await;
    assert_eq!(csv.statut, 200);
    assert_eq!(csv.html.lines().count(), 2, "{}", csv.html);
    assert!(csv.html.contains("Désigner un successeur"), "{}", csv.html);
    // A delay moves no deadline that runs: the page says how many keep their date.
    let (delai, _) = proposer(
        &client,
        "/parametres/place.delai_designation/proposer",
        &champs("3", "01/02/2026"),
    )
    .await;
    assert!(
        delai
            .texte()
            .contains("1 échéance déjà ouverte garde sa date"),
        "{}",
        delai.texte()
    );
}

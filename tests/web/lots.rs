//! Bulk acts: chosen, confirmed, followed, undone.

use std::time::Duration;

use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::evenement::{Code, Entree};
use regles::lot::{ActeLot, DOSSIERS_MAX, EtatLigne, EtatLot};
use releve::actions::ActionError;
use releve::actions::lot::{self as actes, Choix};
use releve::db::schema::{demande, evenement};
use releve::db::{CpamScope, DbError, lot as lots};
use releve::dev::{Taille, generer};
use releve::taches;
use tokio::sync::watch;

use crate::util::builders::{UneDemande, jour};
use crate::util::compte::CompteTest;
use crate::util::{Caisse, Client, TestApp};

fn peupler(caisse: &Caisse, nombre: i64) {
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    for n in 1..=nombre {
        caisse.decor.demande(&UneDemande {
            numero: &format!("131-2026-{n:06}"),
            kine_id: kine.id,
            etat: if n % 10 == 0 {
                EtatDemande::Complete
            } else {
                EtatDemande::Deposee
            },
            prochaine_echeance: jour(2026, 2, 1) + chrono::Duration::days(n % 50),
            ..UneDemande::default()
        });
    }
}

/// Waits until a lot is over, and says what happened to its files.
pub async fn attendre(caisse: &Caisse, id: i64, fin: EtatLot) -> Vec<(EtatLigne, i64)> {
    for _ in 0..600 {
        let lot = caisse.lire(|conn| lots::lire(conn, "131", id));
        if lot.etat == fin {
            let mut bilan = caisse.lire(|conn| lots::bilan(conn, id));
            bilan.sort();
            return bilan;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the lot {id} never ends");
}

async fn choisir_tout(agent: &Client, filtre: &str) -> i64 {
    let page = agent
        .post(&format!("/lots/nouveau?{filtre}"), "/lots", &[])
        .await;
    page.chemin
        .trim_start_matches("/lots/")
        .parse()
        .unwrap_or_else(|_| panic!("{} {}", page.chemin, page.texte()))
}

#[actix_web::test]
async fn toute_une_liste_se_confie_puis_se_reprend() {
    let caisse = Caisse::start();
    peupler(&caisse, 250);
    let collegue = caisse.app.compte(Role::Instructeur, Some("131"));
    let agent = caisse.instructeur().await;
    let apercu = agent.get("/lots/nouveau?etat=deposee").await;
    assert!(
        apercu.texte().contains("225 dossiers dans cette liste"),
        "{}",
        apercu.texte()
    );
    let id = choisir_tout(&agent, "etat=deposee").await;
    // Nothing has changed yet; who is chosen must be said.
    let refus = agent
        .post(
            &format!("/lots/{id}"),
            &format!("/lots/{id}/lancer"),
            &[("acte", "assigner")],
        )
        .await;
    assert_eq!(refus.statut, 422);
    assert!(
        refus.texte().contains("Choisissez la personne"),
        "{}",
        refus.texte()
    );
    // Files that are closed or already hers have their own result.
    caisse
        .agir(|tx| {
            let acte = caisse.acte(&caisse.instructeur);
            let scope = releve::db::CpamScope::Caisse("131".to_owned());
            releve::actions::suivi::assigner(tx, &acte, &scope, "131-2026-000001", 1, collegue.id)
        })
        .expect("given");
    let champs = [("acte", "assigner"), ("agent", &*collegue.id.to_string())];
    agent
        .post(
            &format!("/lots/{id}"),
            &format!("/lots/{id}/lancer"),
            &champs,
        )
        .await;
    let bilan = attendre(&caisse, id, EtatLot::Termine).await;
    assert_eq!(bilan, [(EtatLigne::Fait, 224), (EtatLigne::Inchange, 1)]);
    assert_eq!(
        caisse.demande("131-2026-000002").assigne_a,
        Some(collegue.id)
    );
    assert_eq!(
        caisse.demande("131-2026-000010").assigne_a,
        None,
        "not in the list"
    );
    let recap: Vec<_> = caisse
        .app
        .deposes()
        .into_iter()
        .filter(|c| c.modele == "dossiers_confies")
        .collect();
    assert_eq!(recap.len(), 1, "one mail, not 224");
    // A second confirmation does nothing.
    let encore = agent
        .post(
            &format!("/lots/{id}"),
            &format!("/lots/{id}/lancer"),
            &champs,
        )
        .await;
    assert_eq!(encore.statut, 409);
    // Undone, except what somebody changed since.
    caisse
        .agir(|tx| {
            let acte = caisse.acte(&caisse.instructeur);
            let scope = releve::db::CpamScope::Caisse("131".to_owned());
            releve::actions::suivi::assigner(
                tx,
                &acte,
                &scope,
                "131-2026-000003",
                2,
                caisse.instructeur.id,
            )
        })
        .expect("taken back");
    let confirmation = agent.get(&format!("/lots/{id}/annuler")).await;
    assert!(
        confirmation
            .texte()
            .contains(&format!("Annuler : confier à {} ?", collegue.nom)),
        "{}",
        confirmation.texte()
    );
    agent
        .post(
            &format!("/lots/{id}/annuler"),
            &format!("/lots/{id}/annuler"),
            &[],
        )
        .await;
    let bilan = attendre(&caisse, id, EtatLot::Annule).await;
    assert_eq!(
        bilan,
        [
            (EtatLigne::Inchange, 1),
            (EtatLigne::Annule, 223),
            (EtatLigne::Garde, 1)
        ]
    );
    assert_eq!(caisse.demande("131-2026-000002").assigne_a, None);
    assert_eq!(
        caisse.demande("131-2026-000003").assigne_a,
        Some(caisse.instructeur.id)
    );
    let page = agent.get(&format!("/lots/{id}?resultat=garde")).await;
    assert!(
        page.html.contains("131-2026-000003") && !page.html.contains("131-2026-000004"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn une_selection_s_etiquette() {
    let caisse = Caisse::start();
    peupler(&caisse, 5);
    let agent = caisse.instructeur().await;
    let page = agent.get("/dossiers").await;
    let ids: Vec<&str> = page
        .html
        .split("name=\"dossier\" value=\"")
        .skip(1)
        .filter_map(|m| m.split('"').next())
        .take(2)
        .collect();
    let page = agent
        .post(
            "/dossiers",
            "/dossiers",
            &[
                ("dossier", ids[0]),
                ("dossier", ids[1]),
                ("action", "etiqueter"),
            ],
        )
        .await;
    let id: i64 = page
        .chemin
        .trim_start_matches("/lots/")
        .parse()
        .expect("a lot");
    assert!(
        page.texte().contains("2 dossiers choisis"),
        "{}",
        page.texte()
    );
    agent
        .post(
            &page.chemin,
            &format!("/lots/{id}/lancer"),
            &[("acte", "etiqueter"), ("etiquette", "Vague 1")],
        )
        .await;
    assert_eq!(
        attendre(&caisse, id, EtatLot::Termine).await,
        [(EtatLigne::Fait, 2)]
    );
    let etiquette = caisse.lire(|conn| releve::db::etiquette::de_caisse(conn, "131"))[0].id;
    let file = agent.get(&format!("/dossiers?etiquette={etiquette}")).await;
    assert_eq!(file.html.matches("data-ligne").count(), 2);
    let ailleurs = caisse.app.compte(Role::Instructeur, Some("831"));
    assert_eq!(
        caisse
            .app
            .connecte(&ailleurs)
            .await
            .get(&format!("/lots/{id}"))
            .await
            .statut,
        404
    );
}

#[actix_web::test]
async fn un_lot_interrompu_se_reprend_sans_rien_refaire() {
    let caisse = Caisse::start();
    peupler(&caisse, 150);
    let agent = caisse.instructeur().await;
    let id = choisir_tout(&agent, "").await;
    let acte = caisse.acte(&caisse.instructeur);
    let scope = releve::db::CpamScope::Caisse("131".to_owned());
    let choix = releve::actions::lot::Choix {
        acte: regles::lot::ActeLot::Assigner,
        agent: Some(caisse.instructeur.id),
        etiquette: String::new(),
        message: String::new(),
    };
    // Confirmed, one batch done, then the service stops.
    caisse
        .agir(|tx| releve::actions::lot::lancer(tx, &acte, &scope, id, &choix))
        .expect("confirmed");
    assert!(
        caisse
            .agir(|tx| releve::actions::lot::avancer(tx, &acte, &scope, id))
            .expect("a batch")
    );
    let page = agent.get(&format!("/lots/{id}")).await;
    assert!(
        page.texte().contains("100 sur 150 dossiers traités"),
        "{}",
        page.texte()
    );
    agent
        .post(
            &format!("/lots/{id}"),
            &format!("/lots/{id}/reprendre"),
            &[],
        )
        .await;
    assert_eq!(
        attendre(&caisse, id, EtatLot::Termine).await,
        [(EtatLigne::Fait, 150)]
    );
    assert_eq!(caisse.demande("131-2026-000001").version, 2, "changed once");
}

#[actix_web::test]
async fn un_message_s_ecrit_a_chaque_personne_une_fois_et_ne_se_reprend_pas() {
    let caisse = Caisse::start();
    peupler(&caisse, 3);
    let agent = caisse.instructeur().await;
    let prepare = agent
        .post(
            "/dossiers",
            "/dossiers",
            &[
                ("dossier", tous(&caisse.app)[0].to_string().as_str()),
                ("dossier", tous(&caisse.app)[1].to_string().as_str()),
                ("action", "ecrire"),
            ],
        )
        .await;
    let chemin = prepare.chemin.clone();
    let id: i64 = chemin.trim_start_matches("/lots/").parse().expect("a lot");
    assert!(
        prepare.texte().contains("Écrire un message"),
        "{}",
        prepare.texte()
    );
    let vide = agent
        .post(&chemin, &format!("{chemin}/lancer"), &[("acte", "ecrire")])
        .await;
    assert_eq!(vide.statut, 422);
    assert!(
        vide.texte().contains("Écrivez votre message."),
        "{}",
        vide.texte()
    );
    let mots = "La caisse sera fermée le lundi 5 janvier.";
    agent
        .post(
            &chemin,
            &format!("{chemin}/lancer"),
            &[("acte", "ecrire"), ("message", mots)],
        )
        .await;
    assert_eq!(
        attendre(&caisse, id, EtatLot::Termine).await,
        [(EtatLigne::Fait, 2)]
    );
    for (numero, attendus) in [("000001", 1), ("000002", 1), ("000003", 0)] {
        let fil = agent
            .get(&format!("/dossiers/131-2026-{numero}/messages"))
            .await;
        assert_eq!(fil.html.matches(mots).count(), attendus, "{numero}");
    }
    // The mail says that a message waits, never what it says.
    let recus = caisse.app.deposes();
    assert_eq!(recus.len(), 2);
    assert!(
        recus
            .iter()
            .all(|m| m.destinataire == "ines.costa@example.fr" && !m.texte.contains("fermée"))
    );
    // What was read cannot be unread.
    let fini = agent.get(&chemin).await;
    assert!(
        fini.texte().contains(mots) && !fini.texte().contains("Annuler cette action"),
        "{}",
        fini.texte()
    );
    let refus = agent.post(&chemin, &format!("{chemin}/annuler"), &[]).await;
    assert!(
        refus
            .texte()
            .contains("Un message envoyé ne se reprend pas"),
        "{}",
        refus.texte()
    );
    // Done again after an interruption, a file keeps its one message.
    let acte = caisse.acte(&caisse.instructeur);
    let scope = CpamScope::Caisse("131".to_owned());
    assert!(
        !caisse
            .agir(|tx| actes::avancer(tx, &acte, &scope, id))
            .expect("nothing is left")
    );
}

/// Every file, whatever its CPAM.
fn tous(app: &TestApp) -> Vec<i64> {
    app.state
        .db
        .read(|conn| {
            demande::table
                .select(demande::id)
                .order(demande::id)
                .load(conn)
                .map_err(DbError::from)
        })
        .expect("the files read")
}

/// A lot on every file of a CPAM, at most as many as a lot takes, that puts a label, confirmed; nothing is done yet.
pub fn etiqueter_tout(app: &TestApp, qui: &CompteTest, caisse: &str) -> i64 {
    let acte = app.acte_de(qui);
    let scope = CpamScope::Caisse(caisse.to_owned());
    let mut ids = tous(app);
    ids.truncate(DOSSIERS_MAX);
    app.state
        .db
        .write(|tx| {
            let id = actes::preparer(tx, &acte, &scope, ActeLot::Etiqueter, &ids, "tous")?;
            let choix = Choix {
                acte: ActeLot::Etiqueter,
                agent: None,
                etiquette: "Campagne".to_owned(),
                message: String::new(),
            };
            actes::lancer(tx, &acte, &scope, id, &choix)?;
            Ok::<_, ActionError>(id)
        })
        .expect("the lot begins")
}

/// Who put labels on files: the account and the name.
fn evenements(app: &TestApp) -> Vec<(Option<i64>, String)> {
    let lues: Vec<(String, Option<String>)> = app
        .state
        .db
        .read(|conn| {
            evenement::table
                .filter(evenement::code.eq(Code::EtiquettePosee))
                .select((evenement::texte, evenement::personnel))
                .load(conn)
                .map_err(DbError::from)
        })
        .expect("the timeline reads");
    lues.iter()
        .map(|(texte, personnel)| {
            let lu = Entree::lire(texte)
                .and_then(|e| e.evenement(personnel.as_deref()))
                .expect("it reads");
            (lu.acteur.id, lu.acteur.nom)
        })
        .collect()
}

#[actix_web::test]
async fn un_lot_interrompu_reprend_au_demarrage() {
    let caisse = Caisse::start();
    peupler(&caisse, 250);
    let id = etiqueter_tout(&caisse.app, &caisse.instructeur, "131");
    let acte = caisse.acte(&caisse.instructeur);
    let scope = CpamScope::Caisse("131".to_owned());
    // One batch, then the server stops.
    let encore = caisse.agir(|tx| actes::avancer(tx, &acte, &scope, id));
    assert!(encore.expect("a batch"));
    assert_eq!(evenements(&caisse.app).len(), 100);
    let (arreter, arret) = watch::channel(false);
    let veilleur = actix_web::rt::spawn(taches::veiller(caisse.app.state.clone(), arret));
    let bilan = attendre(&caisse, id, EtatLot::Termine).await;
    assert_eq!(bilan, [(EtatLigne::Fait, 250)]);
    arreter.send_replace(true);
    veilleur.await.expect("the watch ends");
    let faits = evenements(&caisse.app);
    assert_eq!(faits.len(), 250, "each file once");
    let moi = (Some(caisse.instructeur.id), caisse.instructeur.nom.clone());
    assert!(faits.iter().all(|f| *f == moi), "in the name of its author");
    // A second start has nothing to do.
    let state = &caisse.app.state;
    assert_eq!(taches::lots::reprendre(state, &|| false).expect("read"), 0);
    // An undoing that was interrupted is taken up too; one asked to stop stops between two batches.
    caisse
        .agir(|tx| actes::annuler(tx, &scope, id))
        .expect("undone");
    assert_eq!(taches::lots::reprendre(state, &|| true).expect("read"), 0);
    let reste = caisse.lire(|conn| lots::lire(conn, "131", id));
    assert_eq!(reste.etat, EtatLot::Annulation);
    assert_eq!(taches::lots::reprendre(state, &|| false).expect("read"), 1);
    let bilan = attendre(&caisse, id, EtatLot::Annule).await;
    assert_eq!(bilan, [(EtatLigne::Annule, 250)]);
}

#[test]
fn dix_mille_dossiers_en_un_lot() {
    let app = TestApp::start();
    let state = &app.state;
    let taille = Taille {
        caisses: 1,
        demandes: 10_001,
        graine: 7,
    };
    generer(&state.db, taille, state.clock.now()).expect("ten thousand files");
    let agent = app.compte(Role::Instructeur, Some("001"));
    // One more is refused, in words, before anything is prepared.
    let (acte, scope) = (app.acte_de(&agent), CpamScope::Caisse("001".to_owned()));
    let trop = tous(&app);
    assert_eq!(trop.len(), DOSSIERS_MAX + 1);
    let refus = state
        .db
        .write(|tx| actes::preparer(tx, &acte, &scope, ActeLot::Etiqueter, &trop, "tous"));
    assert!(
        matches!(&refus, Err(ActionError::Refus(phrase)) if phrase.contains("10 000 dossiers au plus")),
        "{refus:?}"
    );
    let id = etiqueter_tout(&app, &agent, "001");
    let debut = std::time::Instant::now();
    assert_eq!(taches::lots::reprendre(state, &|| false).expect("done"), 1);
    println!("10 000 files: {:.1} s", debut.elapsed().as_secs_f64());
    let bilan = state.db.read(|conn| lots::bilan(conn, id)).expect("read");
    assert_eq!(bilan, [(EtatLigne::Fait, 10_000)]);
    assert_eq!(evenements(&app).len(), 10_000);
}

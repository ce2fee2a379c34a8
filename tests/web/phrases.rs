//! The sentences of a caisse: written by who leads, taken by who instructs, filled by the file.

use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::lot::{EtatLigne, EtatLot};

use releve::db::schema::evenement;

use super::lots::attendre;
use crate::util::builders::UneDemande;
use crate::util::{Caisse, Client};

const NOUVEAU: &str = "/phrases/nouveau";

async fn chef(caisse: &Caisse) -> Client {
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    caisse.app.connecte(&responsable).await
}

async fn ecrire(chef: &Client, emploi: &str, titre: &str, texte: &str) {
    let page = chef
        .post(
            NOUVEAU,
            NOUVEAU,
            &[("emploi", emploi), ("titre", titre), ("texte", texte)],
        )
        .await;
    assert_eq!(page.chemin, "/phrases", "{}", page.texte());
    assert!(page.texte().contains("La phrase est enregistrée"));
}

#[actix_web::test]
async fn la_personne_responsable_ecrit_change_et_supprime_une_phrase() {
    let caisse = Caisse::start();
    let chef = chef(&caisse).await;
    let refus = chef
        .post(
            NOUVEAU,
            NOUVEAU,
            &[
                ("emploi", "decision"),
                ("titre", "Place prise"),
                ("texte", "Il manque {manque}."),
            ],
        )
        .await;
    assert_eq!(refus.statut, 422);
    assert!(
        refus.texte().contains("« {manque} » ne se remplit pas ici"),
        "{}",
        refus.texte()
    );
    ecrire(&chef, "decision", "Place prise", "La place est prise.").await;
    let agent = caisse.instructeur().await;
    let liste = agent.get("/phrases").await;
    assert!(liste.texte().contains("La place est prise."));
    assert!(
        !liste.html.contains("/phrases/1/changer"),
        "she reads them only"
    );
    assert_eq!(agent.get("/phrases/1/changer").await.statut, 403);
    let changee = chef
        .post(
            "/phrases/1/changer",
            "/phrases/1/changer",
            &[
                ("titre", "Place pourvue"),
                ("texte", "La place est pourvue."),
            ],
        )
        .await;
    assert!(
        changee.texte().contains("La place est pourvue."),
        "{}",
        changee.texte()
    );
    // Another caisse has its own.
    let autre = caisse.app.compte(Role::Responsable, Some("831"));
    let autre = caisse.app.connecte(&autre).await;
    assert_eq!(autre.get("/phrases/1/changer").await.statut, 404);
    let supprimee = chef
        .post("/phrases/1/supprimer", "/phrases/1/supprimer", &[])
        .await;
    assert!(
        supprimee.texte().contains("Aucune phrase"),
        "{}",
        supprimee.texte()
    );
    // Every change is in the journal, with its words before and after.
    let notes = caisse.lire(|conn| {
        evenement::table
            .filter(evenement::code.eq("caisse.phrase"))
            .order(evenement::id)
            .select(evenement::personnel)
            .load::<Option<String>>(conn)
            .map_err(releve::db::DbError::from)
    });
    let dites: Vec<String> = notes.into_iter().flatten().collect();
    assert_eq!(dites.len(), 3, "{dites:?}");
    assert!(dites[1].contains("La place est prise.") && dites[1].contains("La place est pourvue."));
    assert!(dites[2].contains("La place est pourvue."));
}

#[actix_web::test]
async fn une_phrase_se_prend_sans_script_et_le_dossier_la_remplit() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chef = chef(&caisse).await;
    ecrire(
        &chef,
        "message",
        "Bonjour",
        "Bonjour, votre dossier {numero} avance.",
    )
    .await;
    ecrire(
        &chef,
        "decision",
        "Motif",
        "La place de {lieu} est ouverte.",
    )
    .await;
    let agent = caisse.instructeur().await;
    let dossier = format!("/dossiers/{}", s.numero);
    let fil = agent.get(&format!("{dossier}/messages")).await;
    assert!(fil.html.contains("phrase=1") && !fil.html.contains("phrase=2"));
    let pris = agent.get(&format!("{dossier}/messages?phrase=1")).await;
    let rempli = format!("Bonjour, votre dossier {} avance.</textarea>", s.numero);
    assert!(pris.html.contains(&rempli), "{}", pris.html);
    let motif = agent.get(&format!("{dossier}/proposer?phrase=2")).await;
    assert!(
        motif
            .html
            .contains("La place de Martigues est ouverte.</textarea>")
    );
}

#[actix_web::test]
async fn un_rappel_par_lot_ne_part_que_la_ou_quelque_chose_manque() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000001",
        kine_id: kine.id,
        pieces: false,
        ..UneDemande::default()
    });
    let close = caisse.succession(2, EtatDemande::Refusee);
    let agent = caisse.instructeur().await;
    let ids: Vec<String> = caisse
        .lire(|conn| {
            use diesel::prelude::*;
            use releve::db::schema::dossier;
            Ok::<Vec<i64>, releve::db::DbError>(
                dossier::table
                    .order(dossier::id)
                    .select(dossier::id)
                    .load(conn)?,
            )
        })
        .into_iter()
        .map(|id| id.to_string())
        .collect();
    let mut champs: Vec<(&str, &str)> = ids.iter().map(|id| ("dossier", id.as_str())).collect();
    champs.push(("action", "relancer"));
    let prepare = agent.post("/dossiers", "/dossiers", &champs).await;
    assert!(
        prepare
            .texte()
            .contains("Il manque encore à votre dossier {numéro}")
    );
    let chemin = prepare.chemin.clone();
    let lancer = format!("{chemin}/lancer");
    let inconnue = agent
        .post(
            &chemin,
            &lancer,
            &[("acte", "relancer"), ("message", "Bonjour {nom}")],
        )
        .await;
    assert_eq!(inconnue.statut, 422);
    agent
        .post(
            &chemin,
            &lancer,
            &[
                ("acte", "relancer"),
                ("message", "{personne}, il manque : {manque}."),
            ],
        )
        .await;
    let id: i64 = chemin.trim_start_matches("/lots/").parse().expect("a lot");
    assert_eq!(
        attendre(&caisse, id, EtatLot::Termine).await,
        [
            (EtatLigne::Fait, 1),
            (EtatLigne::Inchange, 1),
            // A departure.
            (EtatLigne::Refuse, 1)
        ]
    );
    let rien = agent
        .get(&format!("/dossiers/{}/messages", close.numero))
        .await;
    assert!(!rien.texte().contains("il manque :"), "{}", rien.texte());
    let fil = agent
        .get("/dossiers/131-2026-000001/messages")
        .await
        .texte();
    assert!(
        fil.contains(", il manque : ") && !fil.contains("{manque}") && !fil.contains("{personne}"),
        "{fil}"
    );
}

//! The journal of a caisse, as who audits reads it: everything, by kind, between two days, on one case, in order; of no other
//! caisse.

use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::evenement::Fait;
use releve::db::evenement::{self, NouvelEvenement};

use crate::util::builders::UneDemande;
use crate::util::caisse::Caisse;

const NUMERO: &str = "131-2026-000001";

/// Notes of this caisse, one an hour, on no case but the first.
fn noter(caisse: &Caisse, code: &str, notes: std::ops::RangeInclusive<i64>, dossier: Option<i64>) {
    let debut = caisse.app.state.clock.now();
    caisse
        .app
        .state
        .db
        .write(|tx| {
            for note in notes {
                let nouvel = NouvelEvenement {
                    le: debut + chrono::TimeDelta::hours(note),
                    acteur_id: None,
                    acteur: "Sophie Arnaud",
                    caisse_code: Some(code),
                    dossier_id: dossier,
                    lie_id: None,
                    fait: &Fait::NoteEcrite { note },
                };
                evenement::inscrire(tx, &nouvel)?;
            }
            Ok::<(), releve::db::DbError>(())
        })
        .expect("written");
}

#[actix_web::test]
async fn le_journal_se_lit_se_filtre_se_suit_et_s_exporte() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    let id = caisse.decor.demande(&UneDemande {
        numero: NUMERO,
        kine_id: kine.id,
        etat: EtatDemande::Deposee,
        ..UneDemande::default()
    });
    noter(&caisse, "131", 1..=70, None);
    noter(&caisse, "131", 71..=71, Some(id));
    noter(&caisse, "831", 1..=3, None);
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let auditeur = caisse.app.connecte(&auditeur).await;
    let choix = auditeur.get("/supervision/journal").await.texte();
    assert!(choix.contains("Choisissez une caisse"), "{choix}");

    let lu = |adresse: &str| {
        let adresse = format!("/supervision/journal?caisse=131{adresse}");
        let auditeur = &auditeur;
        async move { auditeur.get(&adresse).await }
    };
    let premiere = lu("&sujet=interne").await;
    assert!(
        premiere.texte().contains("50 événements montrés"),
        "{}",
        premiere.texte()
    );
    assert!(premiere.texte().contains(NUMERO));
    let corps = premiere.html.clone();
    let suite = corps
        .split('"')
        .find(|mot| mot.starts_with("/supervision/journal") && mot.contains("apres="))
        .expect("there is more")
        .replace("&#38;", "&");
    let seconde = auditeur.get(&suite).await.texte();
    assert!(seconde.contains("21 événements montrés"), "{seconde}");
    let un = lu(&format!("&numero={NUMERO}&sujet=interne")).await.texte();
    assert!(
        un.contains("1 événement montré") && un.contains("a écrit une note interne"),
        "{un}"
    );
    let aucun = lu("&du=01/01/2030").await.texte();
    assert!(aucun.contains("0 événement"), "{aucun}");
    let faux = lu("&du=hier").await;
    assert!(faux.texte().contains("ne se lit pas") && faux.html.contains("value=\"hier\""));

    let csv = auditeur
        .octets("/supervision/journal.csv?caisse=131&sujet=interne")
        .await;
    let csv = String::from_utf8(csv).expect("text");
    assert_eq!(
        csv.lines().count(),
        72,
        "a head and each note, beyond what one page shows"
    );

    let agent = caisse.instructeur().await;
    assert_eq!(agent.get("/supervision/journal").await.statut, 403);
    let voisin = caisse.app.compte(Role::Responsable, Some("831"));
    let voisin = caisse.app.connecte(&voisin).await;
    let sien = voisin
        .get("/supervision/journal?caisse=131&sujet=interne")
        .await
        .texte();
    assert!(
        sien.contains("3 événements montrés"),
        "his own caisse, whatever is asked: {sien}"
    );
}

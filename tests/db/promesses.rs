//! The promises of the trunk are kept by the database itself, and each is told apart from the others.

use regles::dossier::NatureDossier;
use regles::echeance::{EtatEcheance, NatureEcheance};
use regles::grand_livre::EtatPlace;
use releve::actions::ActionError;
use releve::db::contrainte::Contrainte;
use releve::db::dossier::{self, NouveauDossier};
use releve::db::echeance::{self, NouvelleEcheance};
use releve::db::place::{self, NouvellePlace};
use releve::db::{DbError, DbResult};

use crate::util::Caisse;
use crate::util::builders::jour;

/// A case of Martigues that nobody handles; its key and its state make its number.
struct Cas<'a> {
    nature: NatureDossier,
    kine_id: Option<i64>,
    place_id: Option<i64>,
    etat: &'a str,
    ouvert: bool,
    cle: &'a str,
}

fn ouvrir(caisse: &Caisse, cas: &Cas<'_>) -> DbResult<i64> {
    caisse.app.state.db.write(|tx| {
        dossier::ouvrir(
            tx,
            &NouveauDossier {
                nature: cas.nature,
                numero: &format!("131-2026-{}-{}", cas.cle, cas.etat),
                caisse_code: "131",
                kine_id: cas.kine_id,
                insee: "13056",
                bassin_code: "BV13056",
                place_id: cas.place_id,
                etat: cas.etat,
                ouvert: cas.ouvert,
                arrivee: false,
                echeance: jour(2026, 3, 16),
                echeance_nature: "decision_implicite",
                depose_le: caisse.decor.le,
                cle_idempotence: Some(cas.cle),
                version: 1,
            },
        )
    })
}

fn refusee<T: std::fmt::Debug>(resultat: DbResult<T>, attendue: Contrainte) {
    match resultat {
        Err(DbError::Contrainte(contrainte)) => assert_eq!(contrainte, attendue),
        autre => panic!("{attendue:?} expected, not {autre:?}"),
    }
}

#[actix_web::test]
async fn ce_que_le_tronc_promet_est_refuse_sous_son_nom() {
    let caisse = Caisse::start();
    let decor = &caisse.decor;
    let cedant = decor.kine("helene.martin@example.fr", "10000000001");
    let un = decor.kine("karim.benali@example.fr", "10000000002").id;
    let autre = decor.kine("ines.costa@example.fr", "10000000003").id;
    let depart = decor.depart(cedant.id, "13056", jour(2025, 12, 31), Some(1_430));
    let place_id = decor.place(depart, EtatPlace::Ouverte);
    let demande = |kine_id, etat, ouvert, cle| {
        ouvrir(
            &caisse,
            &Cas {
                nature: NatureDossier::Demande,
                kine_id: Some(kine_id),
                place_id: Some(place_id),
                etat,
                ouvert,
                cle,
            },
        )
    };
    let appel = |cle| {
        ouvrir(
            &caisse,
            &Cas {
                nature: NatureDossier::Appel,
                kine_id: None,
                place_id: Some(place_id),
                etat: "ouvert",
                ouvert: true,
                cle,
            },
        )
    };

    let premiere = demande(un, "deposee", true, "a").expect("filed");
    refusee(
        demande(un, "complete", true, "b"),
        Contrainte::DemandeDePlace,
    );
    // Another person may, and the same one once hers is closed.
    demande(autre, "accordee", true, "c").expect("granted");
    demande(un, "retiree", false, "d").expect("withdrawn");
    refusee(
        demande(cedant.id, "installee", false, "e"),
        Contrainte::PlaceConsommee,
    );
    refusee(
        demande(un, "sans_suite", false, "d"),
        Contrainte::Idempotence,
    );

    appel("f").expect("called");
    refusee(appel("g"), Contrainte::AppelEnCours);
    let second_depart = Cas {
        nature: NatureDossier::Depart,
        kine_id: Some(cedant.id),
        place_id: None,
        etat: "declaree",
        ouvert: true,
        cle: "h",
    };
    refusee(ouvrir(&caisse, &second_depart), Contrainte::DepartUnique);

    let seconde_place = NouvellePlace {
        id: depart,
        caisse_code: "131",
        bassin_code: "BV13056",
        limite_designation: None,
        etat: EtatPlace::Ouverte,
        explication: "[]",
        faits: "{}",
        parametres: "test",
        version: 1,
        cree_le: decor.le,
    };
    refusee(
        caisse
            .app
            .state
            .db
            .write(|tx| place::inserer(tx, &seconde_place)),
        Contrainte::PlaceDeDepart,
    );

    let delai = NouvelleEcheance {
        caisse_code: "131",
        nature: NatureEcheance::DecisionImplicite,
        dossier_id: premiere,
        regle: "PRO-7",
        depart: jour(2026, 1, 15),
        delai: "2 mois",
        brute: jour(2026, 3, 15),
        suspensions: "[]",
        apres_suspensions: jour(2026, 3, 15),
        finale: jour(2026, 3, 16),
        explication: "[]",
        etat: EtatEcheance::EnCours,
        cree_le: decor.le,
        cree_par: None,
    };
    let inserer = || {
        caisse
            .app
            .state
            .db
            .write(|tx| echeance::inserer(tx, &delai))
    };
    inserer().expect("running");
    refusee(inserer(), Contrainte::EcheanceActive);
}

/// Two tabs that file on one place at the same instant: the second one gets a sentence.
#[test]
fn une_seconde_demande_sur_la_place_a_sa_phrase() {
    let erreur = ActionError::from(DbError::Contrainte(Contrainte::DemandeDePlace));
    assert!(
        matches!(&erreur, ActionError::Refus(phrase) if phrase.contains("déjà une demande en cours")),
        "{erreur:?}"
    );
}

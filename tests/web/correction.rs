//! A CPAM corrects what a practitioner declared: reason, before and after, search, rules applied again, what she sees.

use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::echeance::{EtatEcheance, NatureEcheance};
use regles::grand_livre::EtatPlace;
use releve::db::{CpamScope, commune, depart, kine, mots, preparation};

use crate::util::builders::{UneDemande, jour};
use crate::util::client::Page;
use crate::util::{Caisse, Client};

const NUMERO: &str = "131-2026-000001";
const CHEMIN: &str = "/dossiers/131-2026-000001/corriger";

/// The form of a file as it is, with these fields typed over.
fn champs<'a>(tapes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut tous = vec![
        ("prenom", "Elodie"),
        ("nom", "Lefevre"),
        ("telephone", ""),
        ("adresse", "12 quai des Anglais"),
        ("commune", "13056"),
        ("commune_recherche", ""),
        ("deja_conventionne_zone", "non"),
        ("entree_formation", "2015"),
        ("heures_etablissement", ""),
        ("heures_clinicat", ""),
        ("engagement_zone", "inconnu"),
        ("motif_correction", "Relevé sur le bail du 3 mars"),
    ];
    for (nom, valeur) in tapes {
        let place = tous.iter_mut().find(|(n, _)| n == nom).expect(nom);
        place.1 = valeur;
    }
    tous
}

fn peupler(caisse: &Caisse, etat: EtatDemande, nature: NatureDemande) -> i64 {
    let kine = caisse
        .decor
        .kine("elodie.lefevre@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        etat,
        nature,
        ..UneDemande::default()
    });
    kine.id
}

async fn trouve(agent: &Client, q: &str) -> bool {
    agent
        .get(&format!("/recherche?q={q}"))
        .await
        .html
        .contains("class=\"numero\"")
}

fn dit(page: &Page, quoi: &str) {
    assert!(
        page.texte().contains(quoi),
        "«{quoi}» in:\n{}",
        page.texte()
    );
}

#[actix_web::test]
async fn la_recherche_trouve_le_nouveau_nom_et_non_l_ancien() {
    let caisse = Caisse::start();
    let kine_id = peupler(&caisse, EtatDemande::Deposee, NatureDemande::HorsRegulation);
    let agent = caisse.instructeur().await;
    assert!(trouve(&agent, "lefevre").await && trouve(&agent, "martigues").await);
    let page = agent
        .agir(
            CHEMIN,
            &champs(&[
                ("nom", "Quintard"),
                ("telephone", "04 91 00 00 00"),
                ("commune_recherche", "Port-de-Bouc"),
                ("adresse", "3 rue de la République"),
            ]),
        )
        .await;
    assert_eq!(
        page.chemin,
        format!("/dossiers/{NUMERO}"),
        "{}",
        page.texte()
    );
    dit(&page, "C’est corrigé");
    for (mot, attendu) in [
        ("quintard", true),
        ("quintar", true),
        ("lefevre", false),
        ("port-de-bouc", true),
        ("martigues", false),
    ] {
        assert_eq!(trouve(&agent, mot).await, attendu, "{mot}");
    }
    let (moi, d) = (
        caisse.lire(|c| kine::par_id(c, kine_id)).expect("her"),
        caisse.demande(NUMERO),
    );
    assert_eq!((moi.nom.as_str(), moi.version), ("Quintard", 2));
    assert_eq!(
        (d.insee.as_str(), d.bassin_code.as_str(), d.version),
        ("13077", "BV13056", 2)
    );
    // The same door: the key of the address moved too.
    let autre = caisse.decor.kine("paul.roux@example.fr", "10000000002");
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000002",
        kine_id: autre.id,
        ..UneDemande::default()
    });
    let page = agent.get("/dossiers/131-2026-000002").await;
    assert!(!page.texte().contains("Même adresse"), "{}", page.texte());
}

#[actix_web::test]
async fn la_personne_voit_ce_qui_a_change_par_qui_et_pourquoi() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        kine_id: compte.kine_id.expect("a practitioner"),
        ..UneDemande::default()
    });
    let agent = caisse.instructeur().await;
    let (prenom, nom) = compte.nom.split_once(' ').expect("two names");
    let tapes = champs(&[
        ("prenom", prenom),
        ("nom", nom),
        ("adresse", "3 rue de la République"),
    ]);
    agent.agir(CHEMIN, &tapes).await;
    let page = agent.get(&format!("/dossiers/{NUMERO}")).await;
    dit(&page, "12 quai des Anglais → 3 rue de la République");
    dit(&page, "Relevé sur le bail du 3 mars");
    let kine = caisse.app.connecte(&compte).await;
    let vue = kine.get(&format!("/demandes/{NUMERO}")).await;
    dit(&vue, "Données corrigées par la caisse");
    dit(&vue, "Le 15 janvier 2026, par la CPAM des Bouches-du-Rhône");
    dit(&vue, "Motif : Relevé sur le bail du 3 mars");
    dit(
        &vue,
        "3 rue de la République (au lieu de 12 quai des Anglais)",
    );
    let courriels = caisse.app.deposes();
    let mail = courriels
        .iter()
        .find(|c| c.modele == "donnees_corrigees")
        .expect("a mail");
    assert_eq!(mail.destinataire, compte.courriel);
    assert!(
        mail.texte
            .contains("3 rue de la République (au lieu de 12 quai des Anglais)")
    );
}

#[actix_web::test]
async fn une_correction_est_motivee_et_change_quelque_chose() {
    let caisse = Caisse::start();
    peupler(&caisse, EtatDemande::Deposee, NatureDemande::HorsRegulation);
    let agent = caisse.instructeur().await;
    for (tapes, statut, phrase) in [
        (
            vec![("nom", "Quintard"), ("motif_correction", " ")],
            422,
            "Écrivez pourquoi vous corrigez",
        ),
        (vec![], 409, "Rien n’est changé"),
        (vec![("nom", "")], 422, "Indiquez le nom"),
        (
            vec![("telephone", "demain")],
            422,
            "Écrivez un numéro de téléphone",
        ),
        (
            vec![("commune_recherche", "Toulon")],
            422,
            "relève d’une autre caisse",
        ),
        (
            vec![("commune_recherche", "Atlantide")],
            422,
            "Aucune commune",
        ),
        (
            vec![("heures_etablissement", "beaucoup")],
            422,
            "n’est pas un nombre entier",
        ),
        (
            vec![("entree_formation", "1815")],
            422,
            "L’année d’entrée en formation",
        ),
    ] {
        let page = agent.agir(CHEMIN, &champs(&tapes)).await;
        assert_eq!(page.statut, statut, "{tapes:?}: {}", page.texte());
        dit(&page, phrase);
    }
    assert_eq!(caisse.demande(NUMERO).version, 1);
    assert!(caisse.app.deposes().is_empty());
    let ailleurs = caisse.app.compte(Role::Instructeur, Some("831"));
    let var = caisse.app.connecte(&ailleurs).await;
    assert_eq!(var.get(CHEMIN).await.statut, 404);
}

#[actix_web::test]
async fn la_commune_se_cherche_sans_javascript_et_rien_ne_se_perd() {
    let caisse = Caisse::start();
    peupler(&caisse, EtatDemande::Deposee, NatureDemande::HorsRegulation);
    let agent = caisse.instructeur().await;
    let page = agent.get(CHEMIN).await;
    // The commune of the file is chosen, in the search box of every form.
    assert!(
        page.html.contains("value=\"13056\"") && page.html.contains("name=\"commune_recherche\""),
        "{}",
        page.html
    );
    let mut tapes = champs(&[
        ("commune_recherche", "port de"),
        ("nom", "Quintard"),
        ("motif_correction", "Lu sur le bail"),
    ]);
    tapes.push(("_chercher", "commune"));
    let page = agent.agir(CHEMIN, &tapes).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    dit(&page, "Port-de-Bouc (13110, Bouches-du-Rhône)");
    for garde in ["Quintard", "Lu sur le bail", "port de"] {
        assert!(page.html.contains(garde), "{garde} is lost");
    }
    assert_eq!(caisse.demande(NUMERO).version, 1);
    // A part of a name is not taken for one.
    let page = agent
        .agir(CHEMIN, &champs(&[("commune_recherche", "port")]))
        .await;
    assert!(
        page.statut == 422 && page.html.contains("href=\"#champ-commune\""),
        "{}",
        page.texte()
    );
    dit(&page, "Choisissez la commune dans la liste");
    let choisie = champs(&[("commune", "13077"), ("commune_recherche", "")]);
    let page = agent.agir(CHEMIN, &choisie).await;
    assert_eq!(caisse.demande(NUMERO).insee, "13077", "{}", page.texte());
}

#[actix_web::test]
async fn les_regles_sont_appliquees_de_nouveau() {
    let caisse = Caisse::start();
    peupler(
        &caisse,
        EtatDemande::Complete,
        NatureDemande::HorsRegulation,
    );
    let agent = caisse.instructeur().await;
    let page = agent
        .agir(CHEMIN, &champs(&[("deja_conventionne_zone", "oui")]))
        .await;
    dit(&page, "Les règles, appliquées de nouveau, disent");
    dit(&page, "Accordable, installation libre");
    // Once a decision is proposed, it rests on these facts; a name does not.
    let kine = caisse.decor.kine("karim.benali@example.fr", "10000000009");
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000002",
        kine_id: kine.id,
        etat: EtatDemande::Proposee,
        ..UneDemande::default()
    });
    let chemin = "/dossiers/131-2026-000002/corriger";
    let siennes = [("prenom", "Karim"), ("nom", "Benali")];
    let refus = agent
        .agir(
            chemin,
            &champs(&[siennes[0], siennes[1], ("adresse", "ailleurs")]),
        )
        .await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());
    dit(&refus, "la renvoyer à l’instruction");
    let fait = agent
        .agir(chemin, &champs(&[siennes[0], ("nom", "Benalie")]))
        .await;
    dit(&fait, "C’est corrigé : nom.");
}

#[actix_web::test]
async fn deux_corrections_ne_s_ecrasent_pas() {
    let caisse = Caisse::start();
    peupler(&caisse, EtatDemande::Deposee, NatureDemande::HorsRegulation);
    let (lui, elle) = (
        caisse.instructeur().await,
        caisse.app.compte(Role::Responsable, Some("131")),
    );
    let elle = caisse.app.connecte(&elle).await;
    let caches = lui.caches(CHEMIN).await;
    elle.agir(CHEMIN, &champs(&[("nom", "Quintard")])).await;
    let mut envoi = caches;
    for (n, v) in champs(&[("adresse", "7 rue tapée")]) {
        envoi.push((n.to_owned(), v.to_owned()));
    }
    let page = lui.post_brut(CHEMIN, &envoi).await;
    assert_eq!(page.statut, 409);
    dit(&page, "Ce qui a changé entre-temps");
    dit(&page, "Nom : Lefevre → Quintard");
    dit(&page, "Le dossier dit maintenant : Quintard.");
    // A reason has no earlier value to be compared with.
    let (_, motif) = page
        .html
        .split_once("Motif de la correction")
        .expect("a field");
    assert!(!motif.contains("Le dossier dit maintenant"), "{motif}");
    assert!(page.html.contains("7 rue tapée"), "what was typed is kept");
    assert_eq!(caisse.demande(NUMERO).adresse, "12 quai des Anglais");
}

#[actix_web::test]
async fn corriger_un_depart_confirme_reevalue_sa_place() {
    let caisse = Caisse::start();
    let (id, place) = caisse.depart_confirme(1);
    let agent = caisse.instructeur().await;
    let chemin = format!("/departs/{id}/corriger");
    let corriger = async |date: &str, actes: &str| {
        let tapes = [
            ("prenom", "Helene"),
            ("nom", "Martinb"),
            ("telephone", ""),
            ("adresse", "12 quai des Anglais"),
            ("date_cessation", date),
            ("actes_12_mois", actes),
            ("extrait_le", "05/01/2026"),
            ("motif_correction", "Relevé de remboursement"),
        ];
        agent.agir(&chemin, &tapes).await
    };
    let page = corriger("15/12/2025", "1430").await;
    dit(
        &page,
        "C’est corrigé : date de cessation, date du relevé d’actes.",
    );
    assert_eq!(
        caisse.place(place.id).limite_designation,
        Some(jour(2027, 12, 15))
    );
    let page = corriger("15/12/2025", "1100").await;
    dit(
        &page,
        "disent : place à examiner (auparavant : place ouverte)",
    );
    assert_eq!(caisse.place(place.id).etat, EtatPlace::AExaminer);
    let courantes = caisse.echeances(place.id);
    assert!(
        !courantes
            .iter()
            .any(|e| e.nature == NatureEcheance::DesignationSuccesseur
                && e.etat == EtatEcheance::EnCours)
    );
    corriger("15/12/2025", "1200").await;
    assert_eq!(caisse.place(place.id).etat, EtatPlace::Ouverte);
    // Somebody relies on the place: what would close it is refused.
    let successeur = caisse.successeur(1);
    caisse.decor.designation(place.id, &successeur, "acceptee");
    let refus = corriger("15/12/2025", "900").await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());
    dit(&refus, "un successeur y est désigné");
    let scope = CpamScope::National;
    let c = caisse.lire(|conn| depart::lire(conn, &scope, id));
    assert_eq!(c.actes_12_mois, Some(1200));
}

#[actix_web::test]
async fn une_commune_renommee_se_cherche_sous_son_nouveau_nom() {
    let caisse = Caisse::start();
    peupler(&caisse, EtatDemande::Deposee, NatureDemande::HorsRegulation);
    let agent = caisse.instructeur().await;
    caisse
        .agir(|tx| {
            let mut communes = commune::toutes(tx)?;
            communes.retain(|c| c.insee == "13056");
            communes[0].nom = "Martigues-sur-Mer".to_owned();
            communes[0].nom_recherche = "martigues sur mer".to_owned();
            preparation::preparer_communes(tx, "lot", &communes)?;
            preparation::appliquer(tx, "lot")?;
            Ok(())
        })
        .expect("the commune is renamed");
    assert!(caisse.lire(mots::attend));
    let db = caisse.app.state.db.clone();
    assert_eq!(
        releve::taches::index::rattraper(&db).expect("the words are written"),
        1
    );
    assert!(trouve(&agent, "martigues+sur+mer").await && !caisse.lire(mots::attend));
}

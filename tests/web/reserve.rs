//! REG-17: a grant on a condition, from its proposal to what becomes of it.

use chrono::NaiveDate;
use regles::demande::EtatDemande;
use regles::echeance::{EtatEcheance, NatureEcheance};
use regles::grand_livre::EtatPlace;
use releve::actions::grand_livre::seuils;
use releve::db::verification::CONTROLES;
use releve::db::{grand_livre, piece};

use crate::util::Caisse;
use crate::util::builders::jour;
use crate::util::caisse::{Succession, remise};
use crate::util::client::Page;

pub const MOTIFS: &str = "La personne à qui vous succédez exerce encore : votre conventionnement suppose qu’elle ait cessé son activité.";

const RESERVE: [(&str, &str); 5] = [
    ("sens", "accord"),
    ("motifs", MOTIFS),
    (
        "reserve_condition",
        "la cessation effective d’Helene Martin",
    ),
    ("reserve_au", "31/03/2026"),
    (
        "reserve_preuve",
        "Attestation de radiation du tableau de l’Ordre",
    ),
];

fn sauf<'a>(change: (&'a str, &'a str)) -> Vec<(&'a str, &'a str)> {
    let champs = RESERVE.iter();
    champs
        .map(|c| if c.0 == change.0 { change } else { *c })
        .collect()
}

async fn proposer(caisse: &Caisse, s: &Succession, champs: &[(&str, &str)]) -> Page {
    let agent = caisse.instructeur().await;
    agent
        .agir(&format!("/dossiers/{}/proposer", s.numero), champs)
        .await
}

async fn accorder(caisse: &Caisse, s: &Succession) {
    let page = proposer(caisse, s, &RESERVE).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    signer(caisse, s).await;
}

pub async fn signer(caisse: &Caisse, s: &Succession) {
    let signataire = caisse.signataire().await;
    let chemin = format!("/dossiers/{}/decider", s.numero);
    let avant = signataire.get(&chemin).await.texte();
    assert!(
        avant.contains("sous réserve de la cessation effective d’Helene Martin, au plus tard le mardi 31 mars 2026 (inclus)"),
        "{avant}"
    );
    let page = signataire.agir(&chemin, &[]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
}

pub async fn notifier(caisse: &Caisse, s: &Succession, le: NaiveDate) {
    caisse.au(le);
    caisse.signer_la_lettre(&s.numero);
    let agent = caisse.instructeur().await;
    let jour = le.format("%d/%m/%Y").to_string();
    let page = agent
        .agir(&format!("/dossiers/{}/notifier", s.numero), &remise(&jour))
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
}

/// The deadline of a kind that runs on the request.
fn court(caisse: &Caisse, s: &Succession, nature: NatureEcheance) -> Option<NaiveDate> {
    caisse
        .echeances(s.demande_id)
        .into_iter()
        .find(|e| e.nature == nature && e.etat == EtatEcheance::EnCours)
        .map(|e| e.finale)
}

async fn lever(caisse: &Caisse, s: &Succession, le: &str) -> Page {
    let id = s.demande_id;
    let scope = releve::db::CpamScope::Caisse("131".into());
    let preuve = caisse.lire(|conn| piece::de(conn, &scope, id))[0]
        .id
        .to_string();
    let agent = caisse.instructeur().await;
    agent
        .agir(
            &format!("/dossiers/{}/reserve", s.numero),
            &[("le", le), ("preuve", &preuve)],
        )
        .await
}

fn juste(caisse: &Caisse) {
    let jour = caisse.app.state.clock.now().date();
    let seuils = seuils(&caisse.app.state.reglement(), jour).expect("floors");
    for zone in caisse.lire(|conn| grand_livre::zones(conn, "131", &seuils)) {
        assert!(zone.bilan.equilibre(), "{:?}", zone.bilan);
        assert_eq!(zone.bilan.departs_eligibles, 1, "{:?}", zone.bilan);
    }
    for controle in CONTROLES
        .iter()
        .filter(|c| ["REG-2", "REG-14"].contains(&c.regle))
    {
        let objets = caisse.lire(|conn| controle.objets(conn));
        assert!(objets.is_empty(), "{}: {objets:?}", controle.phrase);
    }
}

#[actix_web::test]
async fn reg_17_une_condition_se_dit_entiere_et_se_motive() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let cas = [
        (("motifs", ""), "Un accord sous réserve énonce ses motifs"),
        (("reserve_au", ""), "Indiquez le dernier jour"),
        (("reserve_au", "01/01/2020"), "doit être à venir"),
        (("reserve_condition", ""), "Écrivez la condition"),
        (("reserve_preuve", ""), "Écrivez ce qui prouve"),
        (("sens", "refus"), "Un refus ne dépend d’aucune condition"),
    ];
    for (change, attendu) in cas {
        let page = proposer(&caisse, &s, &sauf(change)).await;
        assert_eq!(page.statut, 422, "{change:?}");
        assert!(page.texte().contains(attendu), "{}", page.texte());
    }
    assert_eq!(caisse.demande(&s.numero).etat, EtatDemande::Complete);
}

#[actix_web::test]
async fn reg_17_la_condition_remplie_l_accord_prend_effet_et_les_six_mois_courent_de_ce_jour() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    accorder(&caisse, &s).await;
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Reservee);
    notifier(&caisse, &s, jour(2026, 2, 2)).await;
    juste(&caisse);
    // Nothing runs against the successor but the condition.
    assert_eq!(court(&caisse, &s, NatureEcheance::Installation), None);
    assert_eq!(
        court(&caisse, &s, NatureEcheance::ReserveAccord),
        Some(jour(2026, 3, 31))
    );
    let agent = caisse.instructeur().await;
    let dossier = format!("/dossiers/{}", s.numero);
    let texte = agent.get(&dossier).await.texte();
    for attendu in [
        "Accord sous réserve : sa condition est à remplir",
        "Sous réserve de la cessation effective d’Helene Martin",
        "Preuve attendue : attestation de radiation",
        "Constater que la condition est remplie",
    ] {
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
    }
    let refus = agent
        .agir(&format!("{dossier}/installer"), &[("date", "02/02/2026")])
        .await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());
    assert!(refus.texte().contains("sous réserve"), "{}", refus.texte());
    // Past its last day, or tomorrow: no.
    caisse.au(jour(2026, 3, 16));
    let demain = lever(&caisse, &s, "17/03/2026").await;
    assert_eq!(demain.statut, 422, "{}", demain.texte());
    let page = lever(&caisse, &s, "15/03/2026").await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    // Six months from 15 March: 15 September 2026, a Tuesday.
    assert_eq!(
        court(&caisse, &s, NatureEcheance::Installation),
        Some(jour(2026, 9, 15))
    );
    assert_eq!(court(&caisse, &s, NatureEcheance::ReserveAccord), None);
    let modeles: Vec<String> = caisse.app.deposes().into_iter().map(|c| c.modele).collect();
    assert!(modeles.contains(&"reserve_levee".to_owned()), "{modeles:?}");
    let encore = lever(&caisse, &s, "15/03/2026").await;
    assert_eq!(encore.statut, 409, "{}", encore.texte());
    // Begun before the condition, the installation does not count.
    let agent = caisse.instructeur().await;
    let avant = agent
        .agir(&format!("{dossier}/installer"), &[("date", "14/03/2026")])
        .await;
    assert_eq!(avant.statut, 422, "{}", avant.texte());
    let page = agent
        .agir(&format!("{dossier}/installer"), &[("date", "16/03/2026")])
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Pourvue);
    juste(&caisse);
}

#[actix_web::test]
async fn reg_17_constatee_avant_la_notification_la_condition_n_avance_pas_les_six_mois() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    accorder(&caisse, &s).await;
    caisse.au(jour(2026, 2, 2));
    let page = lever(&caisse, &s, "01/02/2026").await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(court(&caisse, &s, NatureEcheance::Installation), None);
    // PRO-8: nothing is written that says a grant before its notification.
    let modeles: Vec<String> = caisse.app.deposes().into_iter().map(|c| c.modele).collect();
    assert!(
        !modeles.contains(&"reserve_levee".to_owned()),
        "{modeles:?}"
    );
    notifier(&caisse, &s, jour(2026, 2, 9)).await;
    // Six months from 9 February: 9 August 2026, a Sunday.
    assert_eq!(
        court(&caisse, &s, NatureEcheance::Installation),
        Some(jour(2026, 8, 10))
    );
}

#[actix_web::test]
async fn reg_17_la_condition_defaillie_l_accord_est_sans_effet_et_la_place_se_designe_de_nouveau() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    accorder(&caisse, &s).await;
    notifier(&caisse, &s, jour(2026, 2, 2)).await;
    // The last day is included.
    caisse.au(jour(2026, 3, 31));
    caisse.app.passer_la_journee().await;
    assert_eq!(caisse.demande(&s.numero).etat, EtatDemande::Accordee);
    caisse.au(jour(2026, 4, 1));
    caisse.app.passer_la_journee().await;
    assert_eq!(caisse.demande(&s.numero).etat, EtatDemande::Caduque);
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Ouverte);
    juste(&caisse);
    let courriels = caisse.app.deposes();
    let dit = courriels
        .iter()
        .find(|c| c.modele == "reserve_defaillie")
        .expect("the applicant is told");
    assert!(
        dit.texte.contains("la cessation effective d’Helene Martin"),
        "{}",
        dit.texte
    );
    for modele in ["place_rouverte", "demande_caduque_equipe"] {
        assert!(courriels.iter().any(|c| c.modele == modele), "{modele}");
    }
    let page = lever(&caisse, &s, "31/03/2026").await;
    assert_eq!(page.statut, 409, "{}", page.texte());
}

#[actix_web::test]
async fn reg_17_apres_les_deux_ans_la_place_d_un_accord_defailli_est_caduque() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    // The two years of the departure of 31 December 2025 are over on 31 December 2027.
    caisse.au(jour(2027, 12, 1));
    let page = proposer(&caisse, &s, &sauf(("reserve_au", "10/01/2028"))).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    caisse
        .signataire()
        .await
        .agir(&format!("/dossiers/{}/decider", s.numero), &[])
        .await;
    notifier(&caisse, &s, jour(2027, 12, 2)).await;
    caisse.au(jour(2028, 1, 11));
    caisse.app.passer_la_journee().await;
    assert_eq!(caisse.demande(&s.numero).etat, EtatDemande::Caduque);
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Caduque);
    juste(&caisse);
}

//! PRO-9: an appeal from its filing to its effect: filed by the person or entered by an agent, answered, rejected by silence,
//! judged; what it reopens, and what it keeps from being granted silently.

use regles::contestation::{Contestee, EtatRecours, Issue};
use regles::decision::EtatDecision;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::echeance::{EtatEcheance, NatureEcheance};
use regles::grand_livre::EtatPlace;
use releve::db::recours::{self, RecoursComplet};
use releve::db::verification::CONTROLES;
use releve::db::{CpamScope, decision};

use crate::util::builders::{UneDemande, jour};
use crate::util::compte::CompteTest;
use crate::util::{Caisse, remise};

pub const NUMERO: &str = "131-2026-000007";
pub const RECOURS: &str = "131-2026-R00001";
const MOTIFS: &str = "La convention nationale, article 1.2, ne permet l’accès qu’en succédant. Aucune place n’est ouverte à Martigues à ce jour.";
const MOYENS: &str = "La place de Martigues était libre le jour de la décision.";

/// A request refused on 1 December 2026, and its author, who can log in and accepted the portal.
pub async fn refusee(caisse: &Caisse) -> CompteTest {
    caisse.au(jour(2026, 12, 1));
    let compte = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        numero: NUMERO,
        kine_id: compte.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let chemin = format!("/dossiers/{NUMERO}");
    let motifs = [("sens", "refus"), ("motifs", MOTIFS)];
    let agent = caisse.instructeur().await;
    agent.agir(&format!("{chemin}/proposer"), &motifs).await;
    let signe = caisse.signataire().await;
    let page = signe.agir(&format!("{chemin}/decider"), &[]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    compte
}

/// The same, opened by its author, who contests it that very day.
async fn contestee(caisse: &Caisse) -> CompteTest {
    let compte = refusee(caisse).await;
    let kine = caisse.app.connecte(&compte).await;
    let page = format!("/demandes/{NUMERO}");
    let avant = kine.get(&page).await.texte();
    assert!(!avant.contains("Contester cette décision"), "{avant}");
    kine.post(&page, &format!("{page}/decision"), &[]).await;
    let lue = kine.get(&page).await.texte();
    assert!(lue.contains("Contester cette décision"), "{lue}");
    let contester = format!("/contester/{NUMERO}");
    let vide = kine
        .post(&contester, &contester, &[("_etape", "verifier")])
        .await;
    assert_eq!(vide.statut, 422, "{}", vide.texte());
    let relu = kine
        .post(
            &contester,
            &contester,
            &[("moyens", MOYENS), ("_etape", "verifier")],
        )
        .await;
    assert!(
        relu.texte().contains("Envoyer mon recours") && relu.texte().contains(MOYENS),
        "{}",
        relu.texte()
    );
    let envoye = kine
        .post(
            &contester,
            &contester,
            &[("moyens", MOYENS), ("_etape", "envoyer")],
        )
        .await;
    assert_eq!(envoye.chemin, format!("/mes-recours/{RECOURS}"));
    compte
}

fn lire(caisse: &Caisse) -> RecoursComplet {
    caisse.lire(|conn| recours::complet(conn, &CpamScope::National, RECOURS))
}

fn en_cours(caisse: &Caisse, dossier_id: i64) -> Vec<NatureEcheance> {
    let mut natures: Vec<_> = caisse
        .echeances(dossier_id)
        .into_iter()
        .filter(|e| e.etat == EtatEcheance::EnCours)
        .map(|e| e.nature)
        .collect();
    natures.sort();
    natures
}

/// Nothing that `releve check` looks for, but the lines of a timeline that the fixtures do not write.
fn sain(caisse: &Caisse) {
    for controle in CONTROLES.iter().filter(|c| c.regle != "historique") {
        let faux = caisse.lire(|conn| controle.objets(conn));
        assert!(faux.is_empty(), "{}: {faux:?}", controle.phrase);
    }
}

fn reponse<'a>(issue: &'a str, le: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("issue", issue),
        ("decide_le", le),
        (
            "motifs",
            "La place était libre, selon le relevé de la zone.",
        ),
        ("reponses", "L’argument tiré de la place libre est exact."),
        ("signataire", "Anne Roche"),
        ("qualite", "Présidente de la commission"),
    ]
}

#[actix_web::test]
async fn pro_9_un_refus_se_conteste_la_commission_annule_et_la_demande_est_rouverte() {
    let caisse = Caisse::start();
    let compte = contestee(&caisse).await;
    let kine = caisse.app.connecte(&compte).await;
    let mien = format!("/mes-recours/{RECOURS}");
    let page = kine.get(&mien).await.texte();
    for attendu in [
        "Nous avons reçu le 1er décembre 2026 votre recours contre la décision du 1er décembre 2026",
        "répondra au plus tard le lundi 1er février 2027 (inclus)",
        "pôle social du tribunal judiciaire",
        "au plus tard le jeudi 1er avril 2027 (inclus)",
        MOYENS,
    ] {
        assert!(page.contains(attendu), "«{attendu}» is not in {page}");
    }
    let courriels = caisse.courriels_de(&compte.courriel);
    assert!(
        courriels.contains(&"recours_accuse".to_owned()),
        "{courriels:?}"
    );
    let lu = lire(&caisse);
    assert_eq!(
        (lu.recours.contestee, lu.recours.terme, lu.recours.etat),
        (
            Contestee::Refus,
            Some(jour(2027, 2, 1)),
            EtatRecours::DevantLaCommission
        )
    );
    assert_eq!(
        en_cours(&caisse, lu.recours.id),
        [NatureEcheance::ReponseCra]
    );
    // The case contested says it, on both sides; it is contested once at a time.
    let demande = kine.get(&format!("/demandes/{NUMERO}")).await.texte();
    assert!(
        demande.contains("Un recours est en cours")
            && !demande.contains("Contester cette décision"),
        "{demande}"
    );
    let agent = caisse.instructeur().await;
    let file = agent.get("/dossiers").await.texte();
    assert!(
        file.contains("Recours à instruire") && file.contains(RECOURS),
        "{file}"
    );
    let dossier = agent.get(&format!("/dossiers/{NUMERO}")).await.texte();
    assert!(dossier.contains("Un recours est en cours"), "{dossier}");
    sain(&caisse);

    let repondre = format!("/recours/{RECOURS}/repondre");
    let trop_tot = agent
        .agir(&repondre, &reponse("annulation", "30/11/2026"))
        .await;
    assert_eq!(trop_tot.statut, 422, "{}", trop_tot.texte());
    let faite = agent
        .agir(&repondre, &reponse("annulation", "01/12/2026"))
        .await;
    assert!(
        faite.texte().contains("La décision contestée est annulée"),
        "{}",
        faite.texte()
    );
    // PRO-9: another decision is due, on the same request; the one undone is kept.
    let d = caisse.demande(NUMERO);
    assert_eq!((d.etat, d.notifiee_le), (EtatDemande::Complete, None));
    assert_eq!(
        en_cours(&caisse, d.id),
        [NatureEcheance::DecisionImplicite, NatureEcheance::Reexamen]
    );
    let decisions = caisse.lire(|conn| decision::de(conn, d.id));
    assert_eq!(decisions[0].etat, EtatDecision::Annulee);
    sain(&caisse);
    // PRO-8: the answer is said by its document, which is notified once opened.
    let attend = kine.get(&mien).await.texte();
    assert!(
        attend.contains("Un document vous attend") && !attend.contains("fait droit"),
        "{attend}"
    );
    let ouvert = kine.post(&mien, &format!("{mien}/document"), &[]).await;
    assert!(
        ouvert
            .texte()
            .contains("La commission de recours amiable, réunie le 1er décembre 2026, fait droit à votre recours."),
        "{}",
        ouvert.texte()
    );
    assert_eq!(lire(&caisse).recours.notifiee_le, Some(jour(2026, 12, 1)));
    assert_eq!(
        lire(&caisse).recours.tribunal_avant,
        None,
        "nothing is left to contest"
    );
    sain(&caisse);
    let motifs = [("sens", "refus"), ("motifs", MOTIFS)];
    let encore = agent
        .agir(&format!("/dossiers/{NUMERO}/proposer"), &motifs)
        .await;
    assert_eq!(encore.statut, 200, "{}", encore.texte());
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Proposee);
}

#[actix_web::test]
async fn pro_9_le_silence_rejette_le_lendemain_puis_le_tribunal_annule() {
    let caisse = Caisse::start();
    let compte = contestee(&caisse).await;
    caisse.au(jour(2027, 2, 1));
    caisse.app.passer_la_journee().await;
    assert_eq!(lire(&caisse).recours.etat, EtatRecours::DevantLaCommission);
    let agent = caisse.instructeur().await;
    let saisir = format!("/recours/{RECOURS}/saisir");
    let trop_tot = agent.agir(&saisir, &[("le", "01/02/2027")]).await;
    assert_eq!(trop_tot.statut, 409, "{}", trop_tot.texte());
    caisse.au(jour(2027, 2, 2));
    caisse.app.passer_la_journee().await;
    caisse.app.passer_la_journee().await;
    let r = lire(&caisse).recours;
    assert_eq!(
        (r.etat, r.issue, r.tribunal_avant),
        (
            EtatRecours::RejeteParSilence,
            Some(Issue::RejetImplicite),
            Some(jour(2027, 4, 1))
        )
    );
    let courriels = caisse.courriels_de(&compte.courriel);
    let rejets = courriels
        .iter()
        .filter(|m| *m == "recours_rejete_par_silence");
    assert_eq!(rejets.count(), 1, "{courriels:?}");
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Refusee);
    sain(&caisse);

    caisse.au(jour(2027, 3, 1));
    let agent = caisse.instructeur().await;
    let saisi = agent
        .agir(&saisir, &[("le", "20/02/2027"), ("numero", "27/00123")])
        .await;
    assert_eq!(saisi.statut, 200, "{}", saisi.texte());
    assert!(
        saisi
            .texte()
            .contains("Pôle social du tribunal judiciaire : saisi le 20 février 2027"),
        "{}",
        saisi.texte()
    );
    sain(&caisse);
    let juger = format!("/recours/{RECOURS}/juger");
    let rendu = [
        ("issue", "annulation"),
        ("le", "01/03/2027"),
        (
            "motifs",
            "Le tribunal annule le refus, faute de motif en fait.",
        ),
    ];
    let juge = agent.agir(&juger, &rendu).await;
    assert_eq!(juge.statut, 200, "{}", juge.texte());
    assert_eq!(lire(&caisse).recours.etat, EtatRecours::Juge);
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Complete);
    // The caisse may go on to the next court.
    let appel = agent.agir(&saisir, &[("le", "01/03/2027")]).await;
    assert!(
        appel.texte().contains("Cour d’appel : saisi le"),
        "{}",
        appel.texte()
    );
    sain(&caisse);
}

#[actix_web::test]
async fn pro_9_une_lettre_tardive_s_enregistre_et_qui_n_est_pas_du_dossier_ne_voit_rien() {
    let caisse = Caisse::start();
    let compte = refusee(&caisse).await;
    let kine = caisse.app.connecte(&compte).await;
    let page = format!("/demandes/{NUMERO}");
    kine.post(&page, &format!("{page}/decision"), &[]).await;
    caisse.au(jour(2027, 3, 10));
    let agent = caisse.instructeur().await;
    let enregistrer = format!("/dossiers/{NUMERO}/recours");
    let lettre = |envoye, recu| {
        [
            ("contestee", "refus"),
            ("envoye_le", envoye),
            ("recu_le", recu),
            ("moyens", MOYENS),
        ]
    };
    for (envoye, recu) in [("09/03/2027", "08/03/2027"), ("09/03/2027", "11/03/2027")] {
        let refus = agent.agir(&enregistrer, &lettre(envoye, recu)).await;
        assert_eq!(refus.statut, 422, "{envoye} {recu}: {}", refus.texte());
    }
    let faite = agent
        .agir(&enregistrer, &lettre("05/03/2027", "08/03/2027"))
        .await;
    assert_eq!(faite.statut, 200, "{}", faite.texte());
    let numero = faite.chemin.trim_start_matches("/recours/").to_owned();
    assert_eq!(numero, "131-2027-R00001");
    assert!(
        faite
            .texte()
            .contains("après le délai, la commission se prononce"),
        "{}",
        faite.texte()
    );
    let lu = caisse.lire(|conn| recours::complet(conn, &CpamScope::National, &numero));
    assert_eq!(
        (
            lu.recours.recu_le,
            lu.recours.repondre_avant,
            lu.recours.papier
        ),
        (jour(2027, 3, 8), jour(2027, 5, 10), true)
    );
    sain(&caisse);
    // Given up by letter: nothing changes any more.
    let abandonner = format!("/recours/{numero}/abandonner");
    let fini = agent.agir(&abandonner, &[("le", "09/03/2027")]).await;
    assert!(
        fini.texte().contains("abandonné ce recours"),
        "{}",
        fini.texte()
    );
    sain(&caisse);

    let ailleurs = caisse.app.compte(Role::Instructeur, Some("831"));
    let var = caisse.app.connecte(&ailleurs).await;
    let autre = caisse.app.compte(Role::Kine, None);
    let autre = caisse.app.connecte(&autre).await;
    for chemin in [
        format!("/recours/{numero}"),
        format!("/dossiers/{numero}"),
        enregistrer,
    ] {
        assert_eq!(var.get(&chemin).await.statut, 404, "{chemin}");
    }
    for chemin in [
        format!("/mes-recours/{numero}"),
        format!("/mes-recours/{numero}/messages"),
        format!("/contester/{NUMERO}"),
    ] {
        assert_eq!(autre.get(&chemin).await.statut, 404, "{chemin}");
    }
}

#[actix_web::test]
async fn pro_9_un_message_qui_conteste_est_transmis_a_la_commission_et_notifie_par_lettre() {
    let caisse = Caisse::start();
    let compte = refusee(&caisse).await;
    let kine = caisse.app.connecte(&compte).await;
    let page = format!("/demandes/{NUMERO}");
    kine.post(&page, &format!("{page}/decision"), &[]).await;
    let fil = format!("{page}/messages");
    kine.post(&fil, &fil, &[("texte", MOYENS)]).await;
    let agent = caisse.instructeur().await;
    let messages = agent.get(&format!("/dossiers/{NUMERO}/messages")).await;
    assert!(
        messages.texte().contains("Transmettre à la commission"),
        "{}",
        messages.texte()
    );
    let transmettre = messages
        .html
        .split("href=\"")
        .find_map(|l| l.split('"').next().filter(|u| u.ends_with("/recours")))
        .expect("a link")
        .to_owned();
    let form = agent.get(&transmettre).await;
    assert!(form.html.contains(MOYENS), "{}", form.html);
    let fait = agent
        .agir(&transmettre, &[("contestee", "refus"), ("moyens", MOYENS)])
        .await;
    assert!(fait.texte().contains(RECOURS), "{}", fait.texte());
    assert_eq!(lire(&caisse).recours.recu_le, jour(2026, 12, 1));
    // It is a message thread of its own from then on.
    let suite = format!("/mes-recours/{RECOURS}/messages");
    let ecrit = kine
        .post(&suite, &suite, &[("texte", "Voici le bail.")])
        .await;
    assert!(
        ecrit.texte().contains("Voici le bail."),
        "{}",
        ecrit.texte()
    );
    // Rejected, then notified by a letter handed over: the court's delay runs from that day.
    agent
        .agir(
            &format!("/recours/{RECOURS}/repondre"),
            &reponse("rejet", "01/12/2026"),
        )
        .await;
    caisse.au(jour(2026, 12, 4));
    let agent = caisse.instructeur().await;
    let notifier = format!("/recours/{RECOURS}/notifier");
    let notifiee = agent.agir(&notifier, &remise("04/12/2026")).await;
    assert!(
        notifiee
            .texte()
            .contains("La réponse est notifiée le 4 décembre 2026"),
        "{}",
        notifiee.texte()
    );
    let r = lire(&caisse).recours;
    assert_eq!(r.tribunal_avant, Some(jour(2027, 2, 4)));
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Refusee);
    sain(&caisse);
}

#[actix_web::test]
async fn pro_9_une_place_sous_recours_ne_s_accorde_pas_en_silence() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    // Who left contests that the place lapsed: an appeal on the same place, entered by an agent.
    let depart =
        caisse.lire(|conn| releve::db::depart::complete(conn, &CpamScope::National, s.depart_id));
    let agent = caisse.instructeur().await;
    let lettre = [
        ("contestee", "place_caduque"),
        ("envoye_le", "14/01/2026"),
        ("recu_le", "15/01/2026"),
        ("moyens", MOYENS),
    ];
    let chemin = format!("/dossiers/{}/recours", depart.depart.numero);
    let faite = agent.agir(&chemin, &lettre).await;
    assert_eq!(faite.statut, 200, "{}", faite.texte());
    let livre = agent
        .get(&format!("/grand-livre/{}", depart.depart.bassin_code))
        .await
        .texte();
    assert!(livre.contains("place sous recours"), "{livre}");
    let zone = agent
        .get(&format!("/zones/{}", depart.depart.insee))
        .await
        .texte();
    assert!(zone.contains("1 place sous recours"), "{zone}");

    let proposer = format!("/dossiers/{}/proposer", s.numero);
    let avertie = agent.get(&proposer).await.texte();
    assert!(
        avertie.contains("Un recours est en cours sur cette place"),
        "{avertie}"
    );
    let muette = agent.agir(&proposer, &[("sens", "accord")]).await;
    assert_eq!(muette.statut, 422, "{}", muette.texte());
    let dite = [
        ("sens", "accord"),
        (
            "malgre_recours",
            "Le recours porte sur le délai, que la place n’a pas dépassé.",
        ),
    ];
    let proposee = agent.agir(&proposer, &dite).await;
    assert_eq!(proposee.statut, 200, "{}", proposee.texte());
    let signe = caisse
        .signataire()
        .await
        .agir(&format!("/dossiers/{}/decider", s.numero), &[])
        .await;
    assert_eq!(signe.statut, 200, "{}", signe.texte());
    assert_eq!(caisse.place(s.place_id).etat, EtatPlace::Reservee);
}

#[actix_web::test]
async fn pro_9_un_depart_non_retenu_se_conteste_et_sa_declaration_est_rouverte() {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 12, 1));
    let compte = caisse.app.compte(Role::Kine, None);
    let kine_id = compte.kine_id.expect("a practitioner");
    let id = caisse
        .decor
        .depart(kine_id, "13056", jour(2026, 11, 18), Some(2_400));
    let agent = caisse.instructeur().await;
    let fiche = format!("/departs/{id}");
    agent
        .post(
            &fiche,
            &format!("{fiche}/rejeter"),
            &[("motif", "La date de cessation n’est pas établie.")],
        )
        .await;
    let kine = caisse.app.connecte(&compte).await;
    let mien = format!("/mes-departs/{id}");
    let page = kine.get(&mien).await;
    assert!(
        page.texte().contains("Contester cette décision"),
        "{}",
        page.texte()
    );
    let numero = caisse.lire(|conn| releve::db::dossier::numero(conn, id));
    let contester = format!("/contester/{numero}");
    let champs = [("moyens", MOYENS), ("_etape", "envoyer")];
    let envoye = kine.post(&contester, &contester, &champs).await;
    assert_eq!(
        envoye.chemin,
        format!("/mes-recours/{RECOURS}"),
        "{}",
        envoye.texte()
    );
    assert_eq!(lire(&caisse).recours.terme, None, "nothing was notified");
    let faite = agent
        .agir(
            &format!("/recours/{RECOURS}/repondre"),
            &reponse("annulation", "01/12/2026"),
        )
        .await;
    assert_eq!(faite.statut, 200, "{}", faite.texte());
    let rouverte = agent.get(&fiche).await.texte();
    assert!(rouverte.contains("Confirmer"), "{rouverte}");
    sain(&caisse);
}

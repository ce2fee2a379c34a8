//! PRO-5: who signs for a caisse and under what, what signs, and the letter that a hand signs before anything is notified.

use regles::decision::Acte;
use regles::delegation::Titre;
use regles::demande::EtatDemande;
use regles::droits::Role;
use releve::db::delegation::{self, NouvelleDelegation};
use releve::db::{decision, signature};

use crate::util::builders::jour;
use crate::util::{Caisse, remise};
use crate::web::praticien::PDF;

const PAGE: &str = "/caisses/131/signatures";

/// A delegation of the director, of this day, for these kinds of act.
fn deleguer(caisse: &Caisse, acte_du: (i32, u32, u32), actes: &str) {
    let le = jour(acte_du.0, acte_du.1, acte_du.2);
    caisse
        .app
        .state
        .db
        .write(|tx| {
            delegation::creer(
                tx,
                &NouvelleDelegation {
                    caisse_code: "131",
                    compte_id: caisse.signataire.id,
                    titre: Titre::Delegation,
                    delegant: Some("Jeanne Durand"),
                    delegant_qualite: Some("la directrice"),
                    actes,
                    acte_du: le,
                    reference: "DS 2026-01",
                    du: le,
                    au: None,
                    cree_par: None,
                    cree_le: caisse.app.state.clock.now(),
                },
            )
        })
        .expect("written");
}

async fn proposee(caisse: &Caisse, rang: u32) -> String {
    let s = caisse.succession(rang, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    let agent = caisse.instructeur().await;
    let page = agent
        .agir(&format!("{chemin}/proposer"), &[("sens", "accord")])
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    chemin
}

#[actix_web::test]
async fn pro_5_une_signature_hors_de_sa_delegation_est_impossible() {
    let caisse = Caisse::start();
    let chemin = proposee(&caisse, 1).await;
    let numero = chemin.trim_start_matches("/dossiers/").to_owned();
    let decider = format!("{chemin}/decider");
    let signataire = caisse.signataire().await;
    caisse.sans_titre(caisse.signataire.id);
    for (preparer, phrase) in [
        (None, "Votre délégation a pris fin"),
        (Some(((2026, 1, 15), "accord refus")), "daté d’aujourd’hui"),
        (Some(((2026, 1, 5), "refus")), "ne couvre pas cet acte"),
    ] {
        if let Some((le, actes)) = preparer {
            deleguer(&caisse, le, actes);
        }
        let vue = signataire.get(&decider).await.texte();
        assert!(vue.contains(phrase), "«{phrase}»: {vue}");
        let refus = signataire.agir(&decider, &[]).await;
        assert_eq!(refus.statut, 409);
        assert!(refus.texte().contains(phrase), "{}", refus.texte());
        assert_eq!(caisse.demande(&numero).etat, EtatDemande::Proposee);
    }
    deleguer(&caisse, (2026, 1, 6), Acte::Accord.as_str());
    let vue = signataire.get(&decider).await.texte();
    let sous = "Par délégation de la directrice, acte du mardi 6 janvier 2026.";
    assert!(vue.contains(sous), "{vue}");
    let page = signataire.agir(&decider, &[]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let lettre = caisse
        .instructeur()
        .await
        .get(&format!("{chemin}/decision"))
        .await
        .texte();
    assert!(lettre.contains(sous), "{lettre}");
    let fiche = signataire.get(&chemin).await.texte();
    assert!(fiche.contains(sous), "{fiche}");
}

#[actix_web::test]
async fn pro_5_la_responsable_enregistre_qui_signe_et_y_met_fin() {
    let caisse = Caisse::start();
    caisse.sans_titre(caisse.signataire.id);
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let r = caisse.app.connecte(&responsable).await;
    let nouvelle = format!("{PAGE}/nouvelle");
    let qui = caisse.signataire.id.to_string();
    let base = [
        ("signataire", qui.as_str()),
        ("titre", "delegation"),
        ("delegant", "Jeanne Durand"),
        ("delegant_qualite", "la directrice"),
        ("refus", "oui"),
        ("acte_du", "05/01/2026"),
        ("reference", "DS 2026-01"),
        ("du", "06/01/2026"),
    ];
    for (champ, valeur, phrase) in [
        ("refus", "", "Choisissez au moins un acte"),
        ("acte_du", "07/01/2026", "ne vaut pas pour le passé"),
        ("delegant_qualite", "directrice", "avec son article"),
        ("reference", "", "Indiquez la référence de l’acte"),
        ("signataire", "999999", "le rôle de signataire"),
    ] {
        let champs: Vec<_> = base
            .into_iter()
            .map(|(c, v)| (c, if c == champ { valeur } else { v }))
            // A box that is not ticked is not sent.
            .filter(|(c, v)| *c != "refus" || !v.is_empty())
            .collect();
        let page = r.agir(&nouvelle, &champs).await;
        assert_eq!(page.statut, 422, "{champ}: {}", page.texte());
        assert!(page.texte().contains(phrase), "{champ}: {}", page.texte());
    }
    let page = r.agir(&nouvelle, &base).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert!(page.texte().contains("DS 2026-01"), "{}", page.texte());
    assert!(page.texte().contains("En vigueur"), "{}", page.texte());
    let id = caisse.lire(|conn| delegation::de(conn, "131", caisse.signataire.id));
    let id = id.last().expect("one").id;
    // Of another caisse, it does not exist; who signs reads the page and changes nothing.
    let ailleurs = caisse.app.compte(Role::Responsable, Some("831"));
    let ailleurs = caisse.app.connecte(&ailleurs).await;
    assert_eq!(ailleurs.get(PAGE).await.statut, 404);
    let signataire = caisse.signataire().await;
    assert_eq!(signataire.get(PAGE).await.statut, 200);
    assert_eq!(signataire.get(&nouvelle).await.statut, 403);
    let finie = r.agir(&format!("{PAGE}/{id}/finir"), &[]).await;
    assert_eq!(finie.statut, 200, "{}", finie.texte());
    assert!(
        finie.texte().contains("finie le 15 janvier 2026"),
        "{}",
        finie.texte()
    );
    assert_eq!(r.agir(&format!("{PAGE}/{id}/finir"), &[]).await.statut, 409);
}

/// The caisse signs by hand, as every caisse until it chooses.
async fn a_la_main(caisse: &Caisse) {
    let r = caisse.app.compte(Role::Responsable, Some("131"));
    let r = caisse.app.connecte(&r).await;
    let url = "/caisses/131/signature";
    for (moyen, phrase) in [
        ("electronique", "pas encore disponible"),
        ("teleservice", "Rien n’a changé"),
    ] {
        let champs = [
            ("moyen", moyen),
            ("reference", "homologation d’essai"),
            ("homologuee_le", "15/01/2026"),
        ];
        let page = r.agir(url, &champs).await;
        assert_ne!(page.statut, 200);
        assert!(page.texte().contains(phrase), "{moyen}: {}", page.texte());
    }
    let page = r.agir(url, &[("moyen", "main")]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert!(page.texte().contains("L212-1"), "{}", page.texte());
}

#[actix_web::test]
async fn pro_5_une_lettre_est_signee_a_la_main_avant_toute_notification() {
    let caisse = Caisse::start();
    a_la_main(&caisse).await;
    let chemin = proposee(&caisse, 1).await;
    let numero = chemin.trim_start_matches("/dossiers/").to_owned();
    let signataire = caisse.signataire().await;
    signataire.agir(&format!("{chemin}/decider"), &[]).await;
    let agent = caisse.instructeur().await;
    let fiche = agent.get(&chemin).await;
    assert!(
        fiche.texte().contains("à imprimer et à signer"),
        "{}",
        fiche.texte()
    );
    assert!(
        !fiche.html.contains(&format!("{chemin}/notifier")),
        "not before the letter"
    );
    let lettre = agent.get(&format!("{chemin}/decision")).await.texte();
    assert!(lettre.contains("Signature"), "{lettre}");
    assert!(!lettre.contains("se passe de signature"), "{lettre}");
    // Nothing is in the portal, nothing leaves by post.
    let demande_id = caisse.demande(&numero).id;
    let refus = agent
        .agir(&format!("{chemin}/notifier"), &remise("15/01/2026"))
        .await;
    assert_eq!(refus.statut, 409);
    assert!(
        refus.texte().contains("déposez d’abord sa numérisation"),
        "{}",
        refus.texte()
    );
    assert_eq!(caisse.demande(&numero).notifiee_le, None);
    let decision = caisse
        .lire(|conn| decision::active(conn, demande_id))
        .expect("a decision");
    let envois = caisse.lire(|conn| {
        releve::db::envoi::dernier(
            conn,
            decision.id,
            regles::decision::ModeNotification::Portail,
        )
    });
    assert!(envois.is_none(), "{envois:?}");

    let url = format!("{chemin}/lettre-signee");
    let faux = agent
        .post_fichiers(&url, &url, &[], &[("lettre", "lettre.txt", b"rien")])
        .await;
    assert_eq!(faux.statut, 422, "{}", faux.texte());
    assert_eq!(agent.agir(&url, &[]).await.statut, 422);
    let deposee = agent
        .post_fichiers(&url, &url, &[], &[("lettre", "lettre.pdf", PDF)])
        .await;
    assert_eq!(deposee.statut, 200, "{}", deposee.texte());
    let s = caisse
        .lire(|conn| signature::de(conn, decision.id))
        .expect("signed");
    assert_eq!(s.empreinte, Some(releve::secret::sha256(PDF)));
    assert_eq!(agent.octets(&format!("{url}/lire")).await, PDF);
    // Once: a letter that was signed does not change.
    let encore = agent
        .post_fichiers(&url, &url, &[], &[("lettre", "lettre.pdf", PDF)])
        .await;
    assert_eq!(encore.statut, 409, "{}", encore.texte());
    // It now waits in the portal of who consented, and may go by post.
    let envois = caisse.lire(|conn| {
        releve::db::envoi::dernier(
            conn,
            decision.id,
            regles::decision::ModeNotification::Portail,
        )
    });
    assert!(envois.is_some());
    agent
        .agir(&format!("{chemin}/notifier"), &remise("15/01/2026"))
        .await;
    assert_eq!(caisse.demande(&numero).notifiee_le, Some(jour(2026, 1, 15)));
}

#[actix_web::test]
async fn pro_5_la_dispense_ne_vaut_que_pour_l_espace_de_la_personne() {
    let caisse = Caisse::start();
    let chemin = proposee(&caisse, 1).await;
    let numero = chemin.trim_start_matches("/dossiers/").to_owned();
    caisse
        .signataire()
        .await
        .agir(&format!("{chemin}/decider"), &[])
        .await;
    let agent = caisse.instructeur().await;
    let lettre = agent.get(&format!("{chemin}/decision")).await.texte();
    assert!(lettre.contains("homologation d’essai"), "{lettre}");
    let refus = agent
        .agir(&format!("{chemin}/notifier"), &remise("15/01/2026"))
        .await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());
    caisse.signer_la_lettre(&numero);
    let page = agent
        .agir(&format!("{chemin}/notifier"), &remise("15/01/2026"))
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
}

#[actix_web::test]
async fn une_erreur_de_la_lettre_se_corrige_sans_que_la_decision_change() {
    let caisse = Caisse::start();
    let chemin = proposee(&caisse, 1).await;
    let numero = chemin.trim_start_matches("/dossiers/").to_owned();
    let s = caisse.signataire().await;
    s.agir(&format!("{chemin}/decider"), &[]).await;
    let corriger = format!("{chemin}/corriger-lettre");
    let juste = [("faux", "J’accorde"), ("juste", "Nous accordons")];
    assert_eq!(
        s.agir(&corriger, &juste).await.statut,
        409,
        "nothing is notified"
    );
    caisse.signer_la_lettre(&numero);
    caisse.notifier(&numero);
    let avant = caisse.demande(&numero);
    for (faux, lisez, phrase) in [
        (
            "Je refuse",
            "Nous refusons",
            "La lettre ne contient pas ce texte",
        ),
        ("J’accorde", "J’accorde", "autrement qu’avant"),
        ("J’accorde", "REG-1", "ne dit rien à la personne"),
    ] {
        let page = s.agir(&corriger, &[("faux", faux), ("juste", lisez)]).await;
        assert_eq!(page.statut, 422, "{faux}: {}", page.texte());
        assert!(page.texte().contains(phrase), "{faux}: {}", page.texte());
    }
    let page = s.agir(&corriger, &juste).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let dite = "au lieu de « J’accorde », lisez « Nous accordons »";
    let imprimee = s.get(&format!("{chemin}/decision")).await.texte();
    assert!(imprimee.contains(dite), "{imprimee}");
    assert!(
        imprimee.contains("J’accorde votre conventionnement"),
        "the decision stays"
    );
    let apres = caisse.demande(&numero);
    assert_eq!(
        (avant.etat, avant.notifiee_le),
        (apres.etat, apres.notifiee_le)
    );
    assert_eq!(avant.prochaine_echeance, apres.prochaine_echeance);
    let ecrits = caisse.courriels_de("karim.benali1@example.fr");
    assert!(ecrits.contains(&"correction".to_owned()), "{ecrits:?}");
    // Out of what lets them sign, nothing is corrected either.
    caisse.sans_titre(caisse.signataire.id);
    assert_eq!(s.agir(&corriger, &juste).await.statut, 409);
}

//! PRO-13: a request that came on paper is entered by an agent: same form, same rules, delays that run from the day it was
//! received; who has no account is written to by post, and reads the file once the caisse has checked who they are.

use chrono::NaiveDate;
use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::echeance::NatureEcheance;
use releve::db::{CpamScope, demande, designation};

use super::praticien::{PDF, projet};
use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::client::{Client, Page};
use crate::util::compte::CompteTest;

/// Of somebody who has no account.
pub const RPPS: &str = "10009990006";

/// The fields of a good paper received on 2 March 2026, some of them changed.
fn papier<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let de_la_personne = [
        ("recue_le", "02/03/2026"),
        ("rpps", RPPS),
        ("cle_confirmee", "oui"),
        ("prenom", "Nadia"),
        ("nom", "Berger"),
        ("domicile", "4 rue des Lilas"),
        ("domicile_commune", "13056"),
        ("courriel_papier", "nadia.berger@example.fr"),
        ("telephone", "06 12 34 56 78"),
    ];
    let mut champs = projet(changes);
    champs.extend(
        de_la_personne
            .into_iter()
            .filter(|(nom, _)| !changes.iter().any(|(n, _)| n == nom)),
    );
    // A box that is not ticked sends nothing.
    champs.retain(|champ| *champ != ("cle_confirmee", ""));
    champs
}

async fn saisir(agent: &Client, changes: &[(&str, &str)]) -> Page {
    let champs = papier(changes);
    agent
        .post_fichiers("/dossiers/nouveau", "/dossiers/nouveau", &champs, &[])
        .await
}

/// The number of the file on screen.
fn numero(page: &Page) -> String {
    let numero = page.chemin.strip_prefix("/dossiers/");
    numero
        .unwrap_or_else(|| panic!("{} {}", page.chemin, page.texte()))
        .to_owned()
}

fn lettres(caisse: &Caisse, numero: &str) -> Vec<(String, String, Option<NaiveDate>)> {
    use diesel::prelude::*;
    use releve::db::schema::{dossier, lettre};
    caisse.lire(|conn| {
        Ok(lettre::table
            .inner_join(dossier::table)
            .filter(dossier::numero.eq(numero))
            .order(lettre::id)
            .select((lettre::modele, lettre::texte, lettre::postee_le))
            .load(conn)?)
    })
}

/// The identifier of the first letter of a file.
fn premiere(caisse: &Caisse) -> i64 {
    use diesel::prelude::*;
    use releve::db::schema::lettre;
    caisse.lire(|conn| {
        Ok(lettre::table
            .order(lettre::id)
            .select(lettre::id)
            .first(conn)?)
    })
}

#[actix_web::test]
async fn pro_13_une_demande_sur_papier_court_du_jour_ou_elle_est_recue() {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let agent = caisse.instructeur().await;
    let debut = agent.get("/dossiers").await.texte();
    assert!(
        debut.contains("Saisir une demande reçue sur papier"),
        "{debut}"
    );
    let page = saisir(&agent, &[("_etape", "verifier")]).await;
    let texte = page.texte();
    for attendu in ["Étape 3 sur 3", "Berger", "2 mars 2026", "4 rue des Lilas"] {
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
    }
    let page = saisir(&agent, &[]).await;
    let n = numero(&page);
    let texte = page.texte();
    for attendu in [
        "Reçue sur papier le 2 mars 2026",
        "nadia.berger@example.fr (écrit sur la demande",
        "Cette personne n’a pas de compte",
        "Lettres à imprimer",
        "Nadia Berger a déposé la demande",
        "a saisi la demande, reçue sur papier le 2 mars 2026",
    ] {
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
    }
    let echeance = caisse
        .echeances(caisse.demande(&n).id)
        .into_iter()
        .find(|e| e.nature == NatureEcheance::DecisionImplicite)
        .expect("a delay");
    assert_eq!(echeance.depart, jour(2026, 3, 2));
    assert!(caisse.app.deposes().is_empty(), "nothing leaves by e-mail");

    let lue = lettres(&caisse, &n);
    assert_eq!(lue.len(), 1);
    let (modele, texte, _) = &lue[0];
    assert_eq!(modele, "demande_deposee");
    for attendu in [
        "le 2 mars 2026",
        "nous est parvenue sur papier",
        "Vous n’avez pas de compte",
    ] {
        let dit = texte.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(dit.contains(attendu), "«{attendu}»: {dit}");
    }
    // The same form sent twice files once.
    let cle = "p".repeat(43);
    let une = saisir(&agent, &[("cle", &cle)]).await;
    let deux = saisir(&agent, &[("cle", &cle)]).await;
    assert_eq!(numero(&une), numero(&deux));
}

#[actix_web::test]
async fn pro_13_ce_qui_est_mal_recopie_a_sa_phrase() {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let kine = caisse.app.compte(Role::Kine, None);
    let agent = caisse.instructeur().await;
    let sien = kine.rpps.clone().expect("a RPPS");
    let cas: &[(&[(&str, &str)], &str)] = &[
        (&[("recue_le", "13/03/2026")], "est à venir"),
        (&[("recue_le", "")], "le jour où la demande est arrivée"),
        (&[("cle_confirmee", "")], "erreur de frappe"),
        (&[("nom", "")], "Indiquez le nom"),
        (&[("domicile", "")], "son domicile"),
        (&[("courriel_papier", "nadia")], "incomplète"),
        (&[("rpps", &sien)], "sous un autre nom"),
        (&[("commune", "83137")], "dépend d’une autre caisse"),
        (&[("entree_formation", "")], "Indiquez l’année"),
    ];
    for (changes, phrase) in cas {
        let page = saisir(&agent, changes).await;
        assert_eq!(page.statut, 422, "{changes:?}: {}", page.texte());
        let texte = page.texte();
        assert!(texte.contains(phrase), "«{phrase}»: {texte}");
        assert!(
            texte.contains("Berger") || page.html.contains("Nadia"),
            "{texte}"
        );
    }
    let signataire = caisse.signataire().await;
    assert_eq!(signataire.get("/dossiers/nouveau").await.statut, 403);
}

#[actix_web::test]
async fn pro_13_qui_a_un_compte_lit_la_demande_et_en_est_informe() {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let kine = caisse.app.compte(Role::Kine, None);
    let agent = caisse.instructeur().await;
    let (rpps, nom) = (
        kine.rpps.clone().expect("a RPPS"),
        kine.nom.replace("Camille ", ""),
    );
    let page = saisir(&agent, &[("rpps", &rpps), ("nom", &nom)]).await;
    let n = numero(&page);
    assert!(lettres(&caisse, &n).is_empty());
    let mail = caisse.app.deposes();
    let mail = mail
        .iter()
        .find(|c| c.destinataire == kine.courriel)
        .expect("told by mail");
    let dit = mail.texte.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(dit.contains("Si elle ne vient pas de vous"), "{dit}");
    let elle = caisse.app.connecte(&kine).await;
    let suivi = elle.get(&format!("/demandes/{n}")).await.texte();
    assert!(suivi.contains("Reçue sur papier le 2 mars 2026"), "{suivi}");
    let accuse = elle.get(&format!("/demandes/{n}/accuse")).await.texte();
    assert!(accuse.contains("Reçue sur papier le"), "{accuse}");
    let deja = agent
        .agir(&format!("/dossiers/{n}/rattacher"), &[("moyen", "guichet")])
        .await;
    assert_eq!(deja.statut, 409, "{}", deja.texte());
}

/// A request of [`RPPS`] on paper.
pub async fn sur_papier(caisse: &Caisse) -> (Client, String) {
    caisse.au(jour(2026, 3, 12));
    let agent = caisse.instructeur().await;
    let page = saisir(&agent, &[]).await;
    (agent, numero(&page))
}

/// An account that bears [`RPPS`], whoever holds it.
pub fn titulaire(caisse: &Caisse) -> CompteTest {
    let kine = caisse.decor.kine("nadia.berger@example.fr", RPPS);
    // Nobody has checked yet who is behind this account, nor who wrote the paper.
    caisse
        .agir(|tx| {
            use diesel::prelude::*;
            use releve::db::schema::identite_verifiee;
            diesel::delete(identite_verifiee::table)
                .execute(&mut **tx)
                .map_err(releve::db::DbError::from)?;
            Ok(())
        })
        .expect("nothing is checked");
    CompteTest {
        id: caisse.lire(|conn| {
            let lu = releve::db::kine::par_id(conn, kine.id)?;
            Ok(lu.and_then(|k| k.compte_id).expect("an account"))
        }),
        courriel: "nadia.berger@example.fr".to_owned(),
        nom: "Nadia Berger".to_owned(),
        kine_id: Some(kine.id),
        rpps: Some(RPPS.to_owned()),
    }
}

#[actix_web::test]
async fn pro_13_sans_compte_on_ecrit_par_la_poste_et_les_pieces_arrivent_de_meme() {
    let caisse = Caisse::start();
    let (agent, n) = sur_papier(&caisse).await;
    let fiche = format!("/dossiers/{n}");
    let id = premiere(&caisse);
    let lue = agent.get(&format!("{fiche}/lettres/{id}")).await.texte();
    for attendu in [
        "Nadia Berger",
        "4 rue des Lilas",
        "Martigues",
        "Cette page s’imprime",
    ] {
        assert!(lue.contains(attendu), "«{attendu}»: {lue}");
    }
    let poster = format!("{fiche}/lettres/{id}/poster");
    for (le, statut) in [
        ("11/03/2026", 409),
        ("13/03/2026", 409),
        ("12/03/2026", 200),
    ] {
        let page = agent.agir(&poster, &[("le", le)]).await;
        assert_eq!(page.statut, statut, "{le}: {}", page.texte());
    }
    let texte = agent.get(&fiche).await.texte();
    assert!(texte.contains("postée le 12 mars 2026"), "{texte}");
    let encore = agent.agir(&poster, &[("le", "12/03/2026")]).await;
    assert_eq!(encore.statut, 409, "{}", encore.texte());

    let message = format!("{fiche}/messages");
    let page = agent
        .post(
            &message,
            &message,
            &[("texte", "Votre bail est-il signé ?")],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let toutes = lettres(&caisse, &n);
    assert!(
        toutes
            .iter()
            .any(|(m, t, _)| m == "message_recu" && t.contains("Votre bail est-il signé")),
        "{toutes:?}"
    );
    assert!(caisse.app.deposes().is_empty(), "nothing leaves by e-mail");

    let recevoir = format!("{fiche}/recevoir");
    let page = agent
        .post_fichiers(
            &recevoir,
            &recevoir,
            &[("nature", "autre")],
            &[("piece", "bail.pdf", PDF)],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert!(page.texte().contains("bail.pdf"), "{}", page.texte());
    let vide = agent
        .post_fichiers(&recevoir, &recevoir, &[("nature", "autre")], &[])
        .await;
    assert_eq!(vide.statut, 422, "{}", vide.texte());
    assert!(
        lettres(&caisse, &n)
            .iter()
            .any(|(m, ..)| m == "pieces_recues"),
        "what was received is said"
    );
}

#[actix_web::test]
async fn pro_13_le_dossier_ne_se_lit_qu_une_fois_rattache_au_compte() {
    let caisse = Caisse::start();
    let (agent, n) = sur_papier(&caisse).await;
    let fiche = format!("/dossiers/{n}");
    let rattacher = format!("{fiche}/rattacher");
    let seule = agent.agir(&rattacher, &[("moyen", "guichet")]).await;
    assert_eq!(seule.statut, 409, "{}", seule.texte());

    let compte = titulaire(&caisse);
    let elle = caisse.app.connecte(&compte).await;
    let demande_a_elle = format!("/demandes/{n}");
    assert_eq!(elle.get(&demande_a_elle).await.statut, 404);
    let texte = agent.get(&fiche).await.texte();
    assert!(texte.contains("Un compte porte maintenant"), "{texte}");
    let vide = agent.agir(&rattacher, &[]).await;
    assert_eq!(vide.statut, 422, "{}", vide.texte());
    assert_eq!(elle.get(&demande_a_elle).await.statut, 404);
    let page = agent
        .agir(
            &rattacher,
            &[("moyen", "piece"), ("observation", "présentée à l’accueil")],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let texte = page.texte();
    assert!(
        texte.contains("a rattaché le dossier au compte de la personne")
            && texte.contains("pièce d’identité")
            && texte.contains("présentée à l’accueil"),
        "{texte}"
    );
    assert_eq!(elle.get(&demande_a_elle).await.statut, 200);
    let (kine_id, _) = caisse.lire(|conn| {
        let d = demande::complete(conn, &CpamScope::National, &n)?;
        Ok((d.demande.kine_id, d.courriel))
    });
    assert_eq!(Some(kine_id), compte.kine_id);
    let reste = caisse.lire(|conn| {
        use diesel::prelude::*;
        use releve::db::schema::kine;
        Ok(kine::table
            .filter(kine::compte_id.is_null())
            .count()
            .get_result::<i64>(conn)?)
    });
    assert_eq!(reste, 0, "nobody is known by a paper any more");
}

#[actix_web::test]
async fn pro_13_une_succession_sur_papier_vaut_acceptation_de_la_designation() {
    let caisse = Caisse::start();
    let (_, place) = caisse.depart_confirme(1);
    let mut elle = caisse.successeur(1);
    elle.rpps = RPPS.to_owned();
    let id = caisse.decor.designation(place.id, &elle, "en_attente");
    caisse.au(jour(2026, 3, 12));
    let agent = caisse.instructeur().await;
    let page = saisir(
        &agent,
        &[
            ("nature", "succession"),
            ("designation", &id.to_string()),
            ("commune", "13056"),
            ("adresse", "1 quai des Anglais"),
        ],
    )
    .await;
    let n = numero(&page);
    let d = caisse.demande(&n);
    assert_eq!((d.place_id, d.etat), (Some(place.id), EtatDemande::Deposee));
    let lue = caisse.lire(|conn| designation::pour_rpps(conn, RPPS));
    let etat = lue[0].designation.etat;
    assert_eq!(etat, regles::designation::EtatDesignation::Acceptee);
}

/// A request of somebody who has an account.
fn en_ligne(caisse: &Caisse) {
    let kine = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        numero: "131-2026-000077",
        kine_id: kine.kine_id.expect("a practitioner"),
        etat: EtatDemande::Deposee,
        ..UneDemande::default()
    });
}

#[actix_web::test]
async fn pro_13_l_identite_deja_verifiee_suffit_au_rattachement() {
    let caisse = Caisse::start();
    let (agent, n) = sur_papier(&caisse).await;
    let compte = titulaire(&caisse);
    let fiche = format!("/dossiers/{n}");
    assert!(
        agent
            .get(&fiche)
            .await
            .texte()
            .contains("Diplôme ou autorisation")
    );
    let page = agent
        .agir(&format!("{fiche}/identite"), &[("moyen", "ordre")])
        .await;
    assert!(
        page.texte().contains("L’identité est vérifiée"),
        "{}",
        page.texte()
    );
    // PRO-3: what the RPPS gives is asked of nobody any more.
    assert!(
        !page.texte().contains("Diplôme ou autorisation"),
        "{}",
        page.texte()
    );
    let rattacher = format!("{fiche}/rattacher");
    let page = agent.get(&rattacher).await;
    assert!(
        page.texte().contains("déjà vérifiée") && !page.html.contains("name=\"moyen\""),
        "{}",
        page.texte()
    );
    let page = agent.agir(&rattacher, &[]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert!(
        page.texte().contains("Le dossier est rattaché"),
        "{}",
        page.texte()
    );
    // And linking suffices: nothing asks any more who this person is.
    assert!(
        !page.texte().contains("n’est pas encore vérifiée"),
        "{}",
        page.texte()
    );
    let elle = caisse.app.connecte(&compte).await;
    assert_eq!(elle.get(&format!("/demandes/{n}")).await.statut, 200);
}

#[actix_web::test]
async fn pro_13_un_retrait_sur_papier_clot_la_demande_et_une_lettre_le_dit() {
    let caisse = Caisse::start();
    let (agent, n) = sur_papier(&caisse).await;
    let fiche = format!("/dossiers/{n}");
    let retirer = format!("{fiche}/retirer");
    assert!(
        agent
            .get(&fiche)
            .await
            .texte()
            .contains("Enregistrer le retrait de la demande")
    );
    for jour in ["01/03/2026", "13/03/2026"] {
        let page = agent.agir(&retirer, &[("recu_le", jour)]).await;
        assert_eq!(page.statut, 409, "{jour} {}", page.texte());
    }
    let page = agent.agir(&retirer, &[("recu_le", "10/03/2026")]).await;
    let texte = page.texte();
    assert!(
        texte.contains("a enregistré le retrait de la demande, reçu sur papier le 10 mars 2026"),
        "{texte}"
    );
    assert_eq!(caisse.demande(&n).etat, EtatDemande::Retiree);
    let lues = lettres(&caisse, &n);
    let (_, dite, _) = lues
        .iter()
        .find(|(modele, ..)| modele == "demande_retiree")
        .expect("a letter to print");
    let dite = dite.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(dite.contains("10 mars 2026"), "{dite}");
    assert!(caisse.app.deposes().is_empty(), "nothing leaves by e-mail");
    // Who has an account withdraws in their space.
    en_ligne(&caisse);
    let page = agent
        .agir(
            "/dossiers/131-2026-000077/retirer",
            &[("recu_le", "10/03/2026")],
        )
        .await;
    assert_eq!(page.statut, 409, "{}", page.texte());
    assert!(page.texte().contains("dans son espace"), "{}", page.texte());
}

#[actix_web::test]
async fn pro_13_l_adresse_du_domicile_se_corrige_et_le_tribunal_la_suit() {
    use releve::db::destinataire::{TribunalDeCommune, enregistrer, ressort};
    let caisse = Caisse::start();
    let (agent, n) = sur_papier(&caisse).await;
    let tribunal = TribunalDeCommune {
        insee: "13001".to_owned(),
        ville: "Aix-en-Provence".to_owned(),
        adresse: "40 boulevard Carnot".to_owned(),
        verifie_le: jour(2026, 1, 1),
    };
    caisse
        .agir(|tx| Ok(enregistrer(tx, &tribunal)?))
        .expect("a court");
    let url = format!("/dossiers/{n}/domicile");
    let page = agent.get(&url).await;
    assert!(page.html.contains("4 rue des Lilas"), "{}", page.texte());
    let meme = [
        ("domicile", "4 rue des Lilas"),
        ("domicile_commune", "13056"),
        ("motif_correction", "relu"),
    ];
    assert_eq!(agent.agir(&url, &meme).await.statut, 409);
    let mut autre = meme;
    autre[0].1 = "5 cours Mirabeau";
    autre[1].1 = "13001";
    let sans_motif = [autre[0], autre[1], ("motif_correction", "")];
    assert_eq!(agent.agir(&url, &sans_motif).await.statut, 422);
    let page = agent.agir(&url, &autre).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert!(
        page.texte().contains("5 cours Mirabeau") && page.texte().contains("4 rue des Lilas"),
        "before and after are in the timeline: {}",
        page.texte()
    );
    let kine_id = caisse.demande(&n).kine_id;
    let trouve = caisse.lire(|conn| ressort(conn, kine_id)).expect("a home");
    assert_eq!(trouve.ville.as_deref(), Some("Aix-en-Provence"));
    assert!(
        lettres(&caisse, &n)
            .iter()
            .any(|(modele, ..)| modele == "donnees_corrigees")
    );
    // Who has an account says it themselves.
    en_ligne(&caisse);
    let page = agent
        .agir("/dossiers/131-2026-000077/domicile", &autre)
        .await;
    assert_eq!(page.statut, 409, "{}", page.texte());
}

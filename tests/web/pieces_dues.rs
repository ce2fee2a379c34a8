//! PRO-3: what is indispensable keeps a file, what is useful asks why; nothing replaces what a decision rests on.

use diesel::prelude::*;
use regles::demande::{EtatDemande, Sens};
use regles::droits::Role;
use regles::echeance::NatureEcheance;
use regles::piece::{EtatPiece, NaturePiece};
use releve::actions::decision::{Proposition, decider, proposer};
use releve::db::schema::piece;
use releve::db::{CpamScope, DbError};

use crate::util::builders::{UneDemande, jour};
use crate::util::caisse::Caisse;
use crate::util::client::Page;
use crate::web::praticien::PNG;

const NUMERO: &str = "131-2026-000001";
const DOSSIER: &str = "/dossiers/131-2026-000001";

/// A request out of regulation in Aix-en-Provence, by this practitioner, with all its documents, in this state.
fn demande(caisse: &Caisse, kine_id: i64, etat: EtatDemande) -> i64 {
    caisse.decor.demande(&UneDemande {
        numero: NUMERO,
        kine_id,
        insee: "13001",
        bassin: "BV13001",
        categorie: "intermediaire",
        etat,
        ..UneDemande::default()
    })
}

fn kine(caisse: &Caisse) -> i64 {
    caisse.decor.kine("ines.costa@example.fr", "10000001009").id
}

/// Puts the documents of a kind in this state, or takes them away.
fn mettre(caisse: &Caisse, id: i64, nature: NaturePiece, etat: Option<EtatPiece>) {
    caisse
        .app
        .state
        .db
        .write(|tx| -> Result<(), DbError> {
            let siennes = piece::table
                .filter(piece::dossier_id.eq(id))
                .filter(piece::nature.eq(nature));
            match etat {
                None => diesel::delete(siennes).execute(&mut **tx)?,
                Some(etat) => diesel::update(siennes)
                    .set((piece::etat.eq(etat), piece::motif.eq("Illisible.")))
                    .execute(&mut **tx)?,
            };
            Ok(())
        })
        .expect("the documents change");
}

fn dit(page: &Page, attendus: &[&str]) {
    let texte = page.texte();
    for attendu in attendus {
        assert!(texte.contains(attendu), "«{attendu}» is not in {texte}");
    }
}

#[actix_web::test]
async fn pro_3_un_dossier_ne_se_complete_pas_sans_l_indispensable() {
    let caisse = Caisse::start();
    let id = demande(&caisse, kine(&caisse), EtatDemande::Deposee);
    mettre(&caisse, id, NaturePiece::Diplome, None);
    let agent = caisse.instructeur().await;
    let page = agent.get(DOSSIER).await;
    dit(
        &page,
        &[
            "Une pièce indispensable manque : « Diplôme ou autorisation d’exercice » (pas reçue)",
            "Indispensable : sans elle, le dossier n’est pas complet",
        ],
    );
    assert!(!page.html.contains("/completer"), "{}", page.html);
    let refus = agent
        .post(DOSSIER, &format!("{DOSSIER}/completer"), &[])
        .await;
    assert_eq!(refus.statut, 409);
    dit(&refus, &["Une pièce indispensable manque"]);
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Deposee);
}

#[actix_web::test]
async fn pro_3_l_acte_conseille_et_la_phrase_disent_la_meme_chose() {
    let caisse = Caisse::start();
    let id = demande(&caisse, kine(&caisse), EtatDemande::Complete);
    mettre(&caisse, id, NaturePiece::Diplome, None);
    let agent = caisse.instructeur().await;
    let principal = |verbe: &str| format!("class=\"bouton\" href=\"{DOSSIER}/{verbe}\"");
    let page = agent.get(DOSSIER).await;
    dit(&page, &["demandez-la à la personne"]);
    assert!(
        page.html.contains(&principal("demander-pieces")),
        "{}",
        page.html
    );
    assert!(!page.html.contains(&principal("proposer")), "{}", page.html);
    let demander = format!("{DOSSIER}/demander-pieces");
    agent.agir(&demander, &[("pieces", "diplome")]).await;
    let page = agent.get(DOSSIER).await;
    dit(&page, &["elle est demandée à la personne, attendez-la"]);
    assert!(!page.texte().contains("demandez-la"), "{}", page.texte());
    for verbe in ["demander-pieces", "proposer", "completer"] {
        assert!(!page.html.contains(&principal(verbe)), "{verbe}");
    }
}

#[actix_web::test]
async fn complet_et_la_signature_disent_ce_qui_n_est_pas_examine() {
    let caisse = Caisse::start();
    let id = demande(&caisse, kine(&caisse), EtatDemande::Deposee);
    for nature in [NaturePiece::Diplome, NaturePiece::Assurance] {
        mettre(&caisse, id, nature, Some(EtatPiece::Recue));
    }
    let agent = caisse.instructeur().await;
    let phrase = "Deux pièces ne sont pas examinées : « Diplôme ou autorisation d’exercice » et « ";
    // One click would not say it: the button leads to a page that does.
    let fiche = agent.get(DOSSIER).await;
    assert!(
        fiche
            .html
            .contains(&format!("href=\"{DOSSIER}/completer\"")),
        "{}",
        fiche.html
    );
    let completer = format!("{DOSSIER}/completer");
    dit(&agent.get(&completer).await, &[phrase]);
    let complet = agent.agir(&completer, &[]).await;
    assert_eq!(complet.statut, 200, "nothing keeps it: {}", complet.texte());
    mettre(
        &caisse,
        id,
        NaturePiece::Assurance,
        Some(EtatPiece::Acceptee),
    );
    let une = "Une pièce n’est pas examinée : « Diplôme ou autorisation d’exercice ».";
    let proposer = format!("{DOSSIER}/proposer");
    dit(&agent.get(&proposer).await, &[une]);
    agent.agir(&proposer, &[("sens", "accord")]).await;
    let signe = caisse.signataire().await;
    let signer = format!("{DOSSIER}/decider");
    dit(&signe.get(&signer).await, &[une]);
    mettre(&caisse, id, NaturePiece::Diplome, Some(EtatPiece::Acceptee));
    let page = signe.get(&signer).await.texte();
    assert!(!page.contains("pas examinée"), "{page}");
}

#[actix_web::test]
async fn pro_3_rien_ne_se_propose_ni_ne_se_signe_sans_l_indispensable() {
    let caisse = Caisse::start();
    let id = demande(&caisse, kine(&caisse), EtatDemande::Complete);
    let agent = caisse.instructeur().await;
    mettre(&caisse, id, NaturePiece::Diplome, Some(EtatPiece::Refusee));
    let chemin = format!("{DOSSIER}/proposer");
    dit(
        &agent.get(DOSSIER).await,
        &["« Diplôme ou autorisation d’exercice » (refusée)"],
    );
    let refus = agent.agir(&chemin, &[("sens", "accord")]).await;
    assert_eq!(refus.statut, 422);
    dit(&refus, &["(refusée)", "rien ne peut être accordé"]);
    // Proposed while it was accepted; refused since: it is not signed, and goes back.
    mettre(&caisse, id, NaturePiece::Diplome, Some(EtatPiece::Acceptee));
    let proposee = agent.agir(&chemin, &[("sens", "accord")]).await;
    assert_eq!(proposee.statut, 200, "{}", proposee.texte());
    mettre(&caisse, id, NaturePiece::Diplome, Some(EtatPiece::Refusee));
    let signe = caisse.signataire().await;
    let page = signe.get(DOSSIER).await;
    dit(&page, &["(refusée)"]);
    assert!(!page.html.contains(&format!("{DOSSIER}/decider")));
    let refus = signe.agir(&format!("{DOSSIER}/decider"), &[]).await;
    assert_eq!(refus.statut, 409);
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Proposee);
    let renvoyee = signe
        .agir(&format!("{DOSSIER}/renvoyer"), &[("motif", "Le diplôme.")])
        .await;
    assert_eq!(renvoyee.statut, 200);
}

#[actix_web::test]
async fn pro_3_un_refus_se_fonde_sur_la_piece_refusee() {
    let caisse = Caisse::start();
    let id = demande(&caisse, kine(&caisse), EtatDemande::Deposee);
    let agent = caisse.instructeur().await;
    let chemin = format!("{DOSSIER}/proposer");
    assert!(!agent.get(DOSSIER).await.html.contains(&chemin));
    mettre(&caisse, id, NaturePiece::Diplome, Some(EtatPiece::Refusee));
    assert!(agent.get(DOSSIER).await.html.contains(&chemin));
    let motifs = "Le code de la santé publique exige ce diplôme. Le diplôme joint ne se lit pas : le droit d’exercer n’est pas établi.";
    let refus = agent
        .agir(&chemin, &[("sens", "refus"), ("motifs", motifs)])
        .await;
    assert_eq!(refus.statut, 200, "{}", refus.texte());
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Proposee);
    // Sent back, the file was never complete.
    let signe = caisse.signataire().await;
    signe
        .agir(&format!("{DOSSIER}/renvoyer"), &[("motif", "À revoir.")])
        .await;
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Deposee);
    agent
        .agir(&chemin, &[("sens", "refus"), ("motifs", motifs)])
        .await;
    let signee = signe.agir(&format!("{DOSSIER}/decider"), &[]).await;
    assert_eq!(signee.statut, 200, "{}", signee.texte());
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Refusee);
}

#[actix_web::test]
async fn pro_3_sans_une_piece_utile_on_dit_pourquoi_et_c_est_garde() {
    let caisse = Caisse::start();
    let id = demande(&caisse, kine(&caisse), EtatDemande::Deposee);
    mettre(&caisse, id, NaturePiece::JustificatifLocal, None);
    let agent = caisse.instructeur().await;
    let chemin = format!("{DOSSIER}/completer");
    assert!(agent.get(DOSSIER).await.html.contains(&chemin));
    dit(
        &agent.get(&chemin).await,
        &["sans être indispensable : « Justificatif du lieu d’exercice »"],
    );
    let refus = agent.agir(&chemin, &[]).await;
    assert_eq!(refus.statut, 422);
    dit(&refus, &["écrivez pourquoi vous poursuivez sans elle"]);
    let complet = agent
        .agir(
            &chemin,
            &[("sans", "Le bail est signé la semaine prochaine.")],
        )
        .await;
    assert_eq!(complet.statut, 200, "{}", complet.texte());
    dit(
        &agent.get(DOSSIER).await,
        &[
            "a poursuivi sans « Justificatif du lieu d’exercice » : Le bail est signé la semaine prochaine.",
        ],
    );
}

#[actix_web::test]
async fn pro_3_une_piece_utile_ne_suspend_pas_le_silence() {
    let caisse = Caisse::start();
    let agent = caisse.instructeur().await;
    for (rang, piece, suspendu) in [(1, "identite", false), (2, "diplome", true)] {
        let numero = format!("131-2026-00000{rang}");
        let kine = caisse.decor.kine(
            &format!("ines.costa{rang}@example.fr"),
            &format!("1000000100{rang}"),
        );
        let id = caisse.decor.demande(&UneDemande {
            numero: &numero,
            kine_id: kine.id,
            insee: "13001",
            bassin: "BV13001",
            categorie: "intermediaire",
            ..UneDemande::default()
        });
        let acte = caisse.acte(&caisse.instructeur);
        caisse
            .agir(|tx| {
                releve::actions::echeance::ouvrir(
                    tx,
                    &acte,
                    &releve::actions::echeance::Ouverture {
                        caisse_code: "131",
                        territoire: regles::calendrier::Territoire::Metropole,
                        dossier_id: id,
                        nature: NatureEcheance::DecisionImplicite,
                        depart: acte.jour(),
                        delai: acte
                            .reglement
                            .delai("silence.delai", acte.jour())
                            .expect("a delay"),
                        suspensions: &[],
                    },
                )
            })
            .expect("the delay runs");
        let page = agent
            .agir(
                &format!("/dossiers/{numero}/demander-pieces"),
                &[("pieces", piece)],
            )
            .await;
        assert_eq!(page.statut, 200, "{}", page.texte());
        let silences = caisse
            .echeances(id)
            .into_iter()
            .filter(|e| e.nature == NatureEcheance::DecisionImplicite)
            .count();
        assert_eq!(silences == 2, suspendu, "{piece}");
        let lettre = caisse
            .app
            .deposes()
            .into_iter()
            .rfind(|c| c.modele == "pieces_demandees")
            .expect("a letter");
        assert_eq!(
            lettre.texte.contains("est suspendu"),
            suspendu,
            "{}",
            lettre.texte
        );
    }
    // What the caisse obtains by itself is offered to nobody, and refused.
    let chemin = "/dossiers/131-2026-000001/demander-pieces";
    let page = agent.get(chemin).await;
    assert!(!page.html.contains("value=\"inscription_ordre\""));
    assert_eq!(
        agent
            .agir(chemin, &[("pieces", "releve_actes")])
            .await
            .statut,
        422
    );
}

#[actix_web::test]
async fn pro_3_rien_ne_remplace_ce_sur_quoi_repose_une_decision() {
    let caisse = Caisse::start();
    let kine = caisse.app.compte(Role::Kine, None);
    let id = demande(
        &caisse,
        kine.kine_id.expect("a practitioner"),
        EtatDemande::Complete,
    );
    mettre(
        &caisse,
        id,
        NaturePiece::JustificatifLocal,
        Some(EtatPiece::Recue),
    );
    caisse.au(jour(2026, 1, 16));
    let (agent, signe) = (
        caisse.acte(&caisse.instructeur),
        caisse.acte(&caisse.signataire),
    );
    let scope = CpamScope::Caisse("131".into());
    let accord = Proposition {
        reserve: None,
        sens: Sens::Accord,
        motifs: String::new(),
        ecart: String::new(),
        malgre_recours: String::new(),
    };
    caisse
        .agir(|tx| proposer(tx, &agent, &scope, NUMERO, 1, &accord))
        .expect("proposed");
    caisse
        .agir(|tx| decider(tx, &signe, &scope, NUMERO, 2, "Directrice"))
        .expect("decided");
    caisse.au(jour(2026, 1, 20));
    let local: i64 = caisse.lire(|conn| {
        Ok(piece::table
            .filter(piece::dossier_id.eq(id))
            .filter(piece::nature.eq(NaturePiece::JustificatifLocal))
            .select(piece::id)
            .first(conn)?)
    });
    let client = caisse.app.connecte(&kine).await;
    let page = format!("/demandes/{NUMERO}");
    let sienne = client.get(&page).await;
    assert!(!sienne.html.contains(&format!("remplace_{local}")));
    // A form that is too old still asks to replace it: the document is added.
    let remplace = format!("remplace_{local}");
    let recue = client
        .post_fichiers(
            &page,
            &format!("{page}/pieces"),
            &[("envoi", remplace.as_str())],
            &[(remplace.as_str(), "bail.png", PNG)],
        )
        .await;
    assert_eq!(recue.statut, 200, "{}", recue.texte());
    let (etats, remplacees): (i64, i64) = caisse.lire(|conn| {
        let locaux = || {
            piece::table
                .filter(piece::dossier_id.eq(id))
                .filter(piece::nature.eq(NaturePiece::JustificatifLocal))
        };
        Ok((
            locaux().count().get_result(conn)?,
            locaux()
                .filter(piece::remplacee_par.is_not_null())
                .count()
                .get_result(conn)?,
        ))
    });
    assert_eq!((etats, remplacees), (2, 0));
    let ajoutee = "ajoutée après la décision du 16 janvier 2026";
    let instructeur = caisse.instructeur().await;
    dit(&instructeur.get(DOSSIER).await, &[ajoutee]);
    // Nobody examines it again.
    let page = format!("{DOSSIER}/pieces");
    let refus = instructeur
        .post(
            &format!("{page}?piece={local}"),
            &format!("{page}/{local}"),
            &[
                ("action", "accepter"),
                ("version", &caisse.demande(NUMERO).version.to_string()),
            ],
        )
        .await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());
    dit(&refus, &["La décision repose sur cette pièce"]);
    // The applicant does not learn from it that a decision was taken, before it is notified.
    assert!(
        !client
            .get(&format!("/demandes/{NUMERO}"))
            .await
            .texte()
            .contains("après la décision")
    );
}

#[actix_web::test]
async fn pro_3_un_depart_ne_se_confirme_pas_sans_sa_preuve() {
    let caisse = Caisse::start();
    let cedant = caisse.decor.kine("helene.martin@example.fr", "10000001009");
    let id = caisse
        .decor
        .depart(cedant.id, "13056", jour(2025, 12, 31), Some(1430));
    let agent = caisse.instructeur().await;
    let (page, champs) = (
        format!("/departs/{id}"),
        [("actes_12_mois", "1430"), ("date_cessation", "31/12/2025")],
    );
    let confirmer = format!("{page}/confirmer");
    mettre(
        &caisse,
        id,
        NaturePiece::JustificatifCessation,
        Some(EtatPiece::Refusee),
    );
    let vue = agent.get(&page).await;
    dit(
        &vue,
        &["« Justificatif de cessation définitive » (refusée)"],
    );
    assert!(!vue.html.contains(&confirmer), "{}", vue.html);
    let mut envoi = champs.to_vec();
    envoi.push(("version", "1"));
    assert_eq!(agent.post(&page, &confirmer, &envoi).await.statut, 409);
    // Only the useful one lacks: it asks why.
    mettre(
        &caisse,
        id,
        NaturePiece::JustificatifCessation,
        Some(EtatPiece::Acceptee),
    );
    mettre(&caisse, id, NaturePiece::ReleveActes, None);
    dit(&agent.get(&page).await, &["sans être indispensable"]);
    assert_eq!(agent.post(&page, &confirmer, &champs).await.statut, 422);
    let raison = [
        champs[0],
        champs[1],
        ("sans", "Nos remboursements suffisent."),
    ];
    let confirmee = agent.post(&page, &confirmer, &raison).await;
    assert_eq!(confirmee.statut, 200, "{}", confirmee.texte());
    dit(&agent.get(&page).await, &["Nos remboursements suffisent."]);
}

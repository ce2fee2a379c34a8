//! Letters as documents: frozen with the act, shown before it is signed, printed once after commit, served to who may read
//! them, verified by whoever holds their code.

use std::sync::Arc;

use courriers::decision::Document;
use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::ecrit::NatureEcrit;
use releve::actions::verification;
use releve::app::AppState;
use releve::db::DbError;
use releve::db::document_emis::{self, DocumentEmis, EnListe};
use releve::db::ensemble::Lecture;
use releve::db::schema::{caisse as caisses, tache};
use releve::db::tache::{EtatTache, NatureTache};
use releve::impression::{ImpressionError, Imprimeur, Marques, SansPresse, de_ce_programme};
use releve::taches;

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::compte::CompteTest;
use crate::web::logo::PNG;

const MOTIFS: &str = "La convention nationale, article 1.2, n’admet qu’un conventionnement par lieu. Le lieu d’exercice demandé est déjà celui d’un autre.";

/// A request of a practitioner who can log in, proposed.
async fn proposee(
    caisse: &Caisse,
    rang: u32,
    sens: &str,
    motifs: &str,
) -> (CompteTest, i64, String) {
    let compte = caisse.app.compte(Role::Kine, None);
    let numero = format!("131-2026-{rang:06}");
    let id = caisse.decor.demande(&UneDemande {
        numero: &numero,
        kine_id: compte.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        insee: "13001",
        bassin: "BV13001",
        categorie: "intermediaire",
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let agent = caisse.instructeur().await;
    let page = agent
        .agir(
            &format!("/dossiers/{numero}/proposer"),
            &[("sens", sens), ("motifs", motifs)],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    (compte, id, numero)
}

/// The same, signed.
async fn signee(caisse: &Caisse, rang: u32, sens: &str, motifs: &str) -> (CompteTest, i64, String) {
    let (compte, id, numero) = proposee(caisse, rang, sens, motifs).await;
    let signataire = caisse.signataire().await;
    let page = signataire
        .agir(&format!("/dossiers/{numero}/decider"), &[])
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    (compte, id, numero)
}

fn emis(caisse: &Caisse, dossier_id: i64) -> DocumentEmis {
    let lus: Vec<EnListe> = caisse.lire(|conn| document_emis::lecture_de(dossier_id).toutes(conn));
    assert_eq!(lus.len(), 1, "one letter");
    caisse.lire(|conn| document_emis::par_id(conn, lus[0].0))
}

fn etat_de_la_tache(caisse: &Caisse, id: i64) -> EtatTache {
    caisse.lire(|conn| {
        tache::table
            .find(id)
            .select(tache::etat)
            .first::<EtatTache>(conn)
            .map_err(DbError::from)
    })
}

async fn imprimer(etat: &AppState) -> taches::Bilan {
    taches::tournee(etat, NatureTache::Impression)
        .await
        .expect("a round")
}

#[actix_web::test]
async fn une_decision_signee_est_une_lettre_imprimee_une_fois_et_lue_apres_sa_notification() {
    let caisse = Caisse::start();
    let (compte, id, numero) = signee(&caisse, 7, "refus", MOTIFS).await;
    let lettre = emis(&caisse, id);
    assert_eq!(lettre.nature, NatureEcrit::Refus);
    let decision = caisse
        .lire(|conn| releve::db::decision::active(conn, id))
        .expect("a decision");
    assert_eq!(
        decision.empreinte.as_ref(),
        Some(&lettre.empreinte),
        "one text, one digest"
    );
    let chemin = format!("/documents/{}", lettre.id);

    // Before it is printed, the text is there.
    let agent = caisse.instructeur().await;
    let page = agent.get(&chemin).await.texte();
    for attendu in [
        "en cours d’impression",
        "Je refuse votre demande",
        MOTIFS,
        "Vu la convention nationale",
    ] {
        assert!(page.contains(attendu), "«{attendu}»: {page}");
    }
    assert_eq!(agent.get(&format!("{chemin}/pdf")).await.statut, 404);
    let dossier = agent.get(&format!("/dossiers/{numero}")).await.texte();
    assert!(
        dossier.contains("Refus de conventionnement du 15 janvier 2026"),
        "{dossier}"
    );

    // Its addressee reads nothing of it before it is notified.
    let kine = caisse.app.connecte(&compte).await;
    assert_eq!(kine.get(&chemin).await.statut, 404);

    let bilan = imprimer(&caisse.app.state).await;
    assert_eq!((bilan.faites, bilan.echecs), (1, 0));
    let pdf = agent.octets(&format!("{chemin}/pdf")).await;
    assert!(pdf.starts_with(b"%PDF-"), "a PDF");
    if let Some(dossier) = std::env::var_os("RELEVE_LETTRES") {
        std::fs::write(std::path::Path::new(&dossier).join("refus.pdf"), &pdf).expect("kept");
    }
    let imprimee = emis(&caisse, id).pdf().expect("a print");
    assert_eq!(imprimer(&caisse.app.state).await.faites, 0, "never again");
    assert_eq!(emis(&caisse, id).pdf(), Some(imprimee.clone()));
    assert_eq!(kine.get(&format!("{chemin}/pdf")).await.statut, 404);

    kine.post(
        &format!("/demandes/{numero}"),
        &format!("/demandes/{numero}/decision"),
        &[],
    )
    .await;
    let page = kine.get(&format!("/demandes/{numero}")).await;
    assert!(
        page.texte().contains("Télécharger la lettre (PDF)"),
        "{}",
        page.texte()
    );
    assert_eq!(kine.octets(&format!("{chemin}/pdf")).await, pdf);
    let autre = caisse.app.compte(Role::Kine, None);
    let autre = caisse.app.connecte(&autre).await;
    assert_eq!(autre.get(&chemin).await.statut, 404);

    // `check` reads both the text and the print again.
    let etat = &caisse.app.state;
    let mut dites = Vec::new();
    verification::pieces(&etat.db, &etat.pieces, &mut |a| {
        dites.push(format!("{a:?}"))
    })
    .await
    .expect("checked");
    assert_eq!(dites, Vec::<String>::new());
    etat.pieces.supprimer(&imprimee.cle).await.expect("removed");
    verification::pieces(&etat.db, &etat.pieces, &mut |a| {
        dites.push(format!("{a:?}"))
    })
    .await
    .expect("checked");
    assert_eq!(dites.len(), 1, "{dites:?}");
}

#[actix_web::test]
async fn ce_qui_est_montre_avant_de_signer_est_ce_qui_est_signe() {
    let caisse = Caisse::start();
    let (_, id, numero) = proposee(&caisse, 8, "refus", MOTIFS).await;
    let signataire = caisse.signataire().await;
    let url = format!("/dossiers/{numero}/decider");
    let page = signataire.get(&url).await;
    for attendu in [
        "Lire telle qu’elle sera imprimée",
        "Je refuse votre demande",
        "56 chemin Joseph-Aiguier",
    ] {
        assert!(
            page.texte().contains(attendu),
            "«{attendu}»: {}",
            page.texte()
        );
    }
    let pdf = signataire
        .octets(&format!("/dossiers/{numero}/apercu/pdf"))
        .await;
    assert!(pdf.starts_with(b"%PDF-"), "what is not signed prints too");
    let apercu = signataire
        .get(&format!("/dossiers/{numero}/apercu"))
        .await
        .texte();
    assert!(
        apercu.contains("n’est pas signée") && apercu.contains(MOTIFS),
        "{apercu}"
    );

    // The record of the caisse changes while the page is read.
    caisse
        .agir(|tx| {
            diesel::update(caisses::table.find("131"))
                .set(caisses::telephone.eq("04 91 11 11 11"))
                .execute(&mut **tx)
                .map_err(DbError::from)?;
            Ok(())
        })
        .expect("another telephone");
    let refus = signataire.post_brut(&url, &page.caches()).await;
    assert!(
        refus
            .texte()
            .contains("La lettre a changé depuis que vous l’avez lue"),
        "{}",
        refus.texte()
    );
    assert!(
        refus.texte().contains("04 91 11 11 11"),
        "shown again: {}",
        refus.texte()
    );
    let encore = signataire.post_brut(&url, &refus.caches()).await;
    assert!(
        encore.texte().contains("Le conventionnement est refusé"),
        "{}",
        encore.texte()
    );
    let lettre = emis(&caisse, id);
    assert!(lettre.document.contains("04 91 11 11 11"));
    assert!(
        refus.html.contains(&lettre.empreinte),
        "the digest that was shown"
    );
}

#[actix_web::test]
async fn un_code_dit_si_la_lettre_est_authentique_et_rien_de_la_personne() {
    let caisse = Caisse::start();
    let (_, id, numero) = signee(&caisse, 9, "accord", "").await;
    let lettre = emis(&caisse, id);
    let visiteur = caisse.app.client();
    let dit = visiteur
        .get(&format!("/verifier/{}", lettre.code))
        .await
        .texte();
    assert!(
        dit.contains("Accord de conventionnement du 15 janvier 2026 : ce document est authentique et vaut aujourd’hui."),
        "{dit}"
    );
    assert!(!dit.contains(&numero), "{dit}");
    let tape = lettre.code.replace('-', " ");
    let meme = visiteur
        .get(&format!("/verifier?code={}", tape.replace(' ', "+")))
        .await
        .texte();
    assert!(
        meme.contains("ce document est authentique et vaut aujourd’hui"),
        "{meme}"
    );
    let inconnu = visiteur.get("/verifier/0000-0000-0000-0001").await.texte();
    assert!(
        inconnu.contains("Aucun document ne porte ce code"),
        "{inconnu}"
    );
    // A grant that lapsed no longer holds.
    caisse
        .agir(|tx| {
            diesel::update(releve::db::schema::dossier::table.find(id))
                .set(releve::db::schema::dossier::etat.eq("caduque"))
                .execute(&mut **tx)
                .map_err(DbError::from)?;
            Ok(())
        })
        .expect("lapsed");
    let dit = visiteur
        .get(&format!("/verifier/{}", lettre.code))
        .await
        .texte();
    assert!(dit.contains("n’est plus valable"), "{dit}");
}

#[actix_web::test]
async fn l_attestation_demandee_s_imprime_sous_son_code() {
    let caisse = Caisse::start();
    let (compte, id, numero) = signee(&caisse, 10, "accord", "").await;
    let kine = caisse.app.connecte(&compte).await;
    let fiche = format!("/demandes/{numero}");
    kine.post(&fiche, &format!("{fiche}/decision"), &[]).await;
    let page = kine
        .post(&fiche, &format!("{fiche}/attestation"), &[])
        .await;
    assert!(
        page.texte().contains("en cours d’impression"),
        "{}",
        page.texte()
    );
    assert_eq!(imprimer(&caisse.app.state).await.faites, 2);
    let attestation = caisse
        .lire(|conn| releve::db::attestation::derniere(conn, id))
        .expect("an attestation");
    let lettre = caisse
        .lire(|conn| document_emis::par_code(conn, &attestation.code))
        .expect("its letter");
    assert_eq!(lettre.empreinte, attestation.empreinte);
    assert_eq!(lettre.nature, NatureEcrit::AttestationConventionnement);
    let page = kine.get(&format!("{fiche}/attestation")).await.texte();
    assert!(page.contains("Télécharger le PDF"), "{page}");
    let pdf = kine.octets(&format!("/documents/{}/pdf", lettre.id)).await;
    assert!(pdf.starts_with(b"%PDF-"));
    if let Some(dossier) = std::env::var_os("RELEVE_LETTRES") {
        let dossier = std::path::Path::new(&dossier);
        std::fs::write(dossier.join("attestation.pdf"), &pdf).expect("kept");
        let accord = caisse.lire(|conn| document_emis::lecture_de(id).toutes(conn))[0];
        let pdf = kine.octets(&format!("/documents/{}/pdf", accord.0)).await;
        std::fs::write(dossier.join("accord.pdf"), &pdf).expect("kept");
    }
}

#[actix_web::test]
async fn la_lettre_se_voit_avant_d_etre_proposee_et_rien_n_en_reste() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let numero = "131-2026-000021";
    let id = caisse.decor.demande(&UneDemande {
        numero,
        kine_id: compte.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        insee: "13001",
        bassin: "BV13001",
        categorie: "intermediaire",
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let agent = caisse.instructeur().await;
    let url = format!("/dossiers/{numero}/proposer");
    let champs = [("sens", "refus"), ("motifs", MOTIFS), ("_apercu", "page")];
    let page = agent.agir(&url, &champs).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    for attendu in [
        "Je refuse votre demande",
        "Nom de la personne qui signera",
        "Proposer cette décision",
    ] {
        assert!(
            page.texte().contains(attendu),
            "«{attendu}»: {}",
            page.texte()
        );
    }
    // What the form lacks is said as when it is sent.
    let vide = agent
        .agir(
            &url,
            &[("sens", "refus"), ("motifs", ""), ("_apercu", "page")],
        )
        .await;
    assert_eq!(vide.statut, 422, "{}", vide.texte());
    let mut envoi = agent.caches(&url).await;
    let pdf = [("sens", "refus"), ("motifs", MOTIFS), ("_apercu", "pdf")];
    envoi.extend(pdf.map(|(n, v)| (n.to_owned(), v.to_owned())));
    let pdf = agent.post_brut(&url, &envoi).await;
    assert_eq!(pdf.statut, 200);
    let media = pdf
        .entetes
        .get("content-type")
        .and_then(|v| v.to_str().ok());
    assert_eq!(media, Some("application/pdf"));
    // Nothing was proposed.
    assert_eq!(caisse.demande(numero).etat, EtatDemande::Complete);
    let active = caisse.lire(|conn| releve::db::decision::active(conn, id));
    assert!(active.is_none());
    let proposee = agent.agir(&url, &champs[..2]).await;
    assert!(
        proposee.texte().contains("La décision est proposée"),
        "{}",
        proposee.texte()
    );
}

/// A printer that falls, or refuses, on one letter.
struct Capricieuse(Arc<dyn Imprimeur>);

impl Imprimeur for Capricieuse {
    fn imprimer(
        &self,
        document: &Document,
        marques: &Marques<'_>,
    ) -> Result<Vec<u8>, ImpressionError> {
        let dit = document.blocs.iter().any(|b| b.texte().contains("tombe"));
        assert!(!dit, "the printer falls");
        match document.blocs.iter().any(|b| b.texte().contains("bloque")) {
            true => Err(ImpressionError::Refusee("essai".to_owned())),
            false => self.0.imprimer(document, marques),
        }
    }
}

#[actix_web::test]
async fn une_lettre_qui_ne_s_imprime_pas_n_arrete_pas_les_autres() {
    let caisse = Caisse::start();
    let motifs = |mot: &str| format!("{MOTIFS} Ce mot {mot} l’essai.");
    let (_, tombe, _) = signee(&caisse, 11, "refus", &motifs("tombe")).await;
    let (_, bloque, _) = signee(&caisse, 12, "refus", &motifs("bloque")).await;
    let (_, passe, _) = signee(&caisse, 13, "refus", MOTIFS).await;
    let etat = |imprimeur: Arc<dyn Imprimeur>| {
        let mut etat = caisse.app.state.clone();
        etat.imprimeur = imprimeur;
        etat
    };
    // A program without a printer leaves them all to one that has it.
    let bilan = imprimer(&etat(Arc::new(SansPresse))).await;
    assert_eq!(bilan, taches::Bilan::default());
    for id in [tombe, bloque, passe] {
        let lettre = emis(&caisse, id).id;
        assert_eq!(etat_de_la_tache(&caisse, lettre), EtatTache::AFaire);
    }
    let bilan = imprimer(&etat(Arc::new(Capricieuse(de_ce_programme())))).await;
    assert_eq!((bilan.faites, bilan.echecs), (1, 2), "{bilan:?}");
    assert!(emis(&caisse, passe).pdf().is_some());
    for (id, attendu) in [(tombe, EtatTache::Echec), (bloque, EtatTache::Echec)] {
        let lettre = emis(&caisse, id);
        assert_eq!(etat_de_la_tache(&caisse, lettre.id), attendu);
        assert!(lettre.pdf().is_none());
    }
}

#[actix_web::test]
async fn un_long_nom_une_autre_ecriture_de_longs_motifs_et_un_faux_logo_s_impriment() {
    let caisse = Caisse::start();
    // A logo whose bytes are none, as a store that was tampered with would hold it.
    let faux = caisse
        .app
        .state
        .pieces
        .garder(actix_web::web::Bytes::from_static(PNG))
        .await
        .expect("kept");
    caisse
        .agir(|tx| {
            diesel::update(caisses::table.find("131"))
                .set((
                    caisses::logo_cle.eq(&faux.cle),
                    caisses::logo_empreinte.eq(&faux.empreinte),
                    caisses::logo_media.eq("image/jpeg"),
                ))
                .execute(&mut **tx)
                .map_err(DbError::from)?;
            Ok(())
        })
        .expect("a logo that says it is something else");
    let longs = format!("{MOTIFS} {}", "Autant qu’on en tape. ".repeat(440));
    let (compte, id, _) = proposee(&caisse, 14, "refus", &longs).await;
    let nom = format!("Ωμέγα 日本 {}", "a".repeat(66));
    caisse
        .agir(|tx| {
            let kine =
                releve::db::schema::kine::table.find(compte.kine_id.expect("a practitioner"));
            diesel::update(kine)
                .set(releve::db::schema::kine::nom.eq(&nom))
                .execute(&mut **tx)
                .map_err(DbError::from)?;
            Ok(())
        })
        .expect("another name");
    let signataire = caisse.signataire().await;
    signataire
        .agir("/dossiers/131-2026-000014/decider", &[])
        .await;
    caisse.au(jour(2026, 1, 15));
    let bilan = imprimer(&caisse.app.state).await;
    assert_eq!((bilan.faites, bilan.echecs), (1, 0), "{bilan:?}");
    assert!(emis(&caisse, id).pdf().is_some());
}

//! GEN-1, GEN-2: the general conditions hold a grant back; nobody begins before its date of effect; its attestation is
//! verified by whoever receives it.

use diesel::prelude::*;
use regles::condition::NatureAttestation;
use regles::condition::{Condition, EtatCondition};
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::piece::NaturePiece;
use releve::actions::verification;
use releve::db::attestation;
use releve::db::schema::{demande, piece};

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::caisse::remise;
use crate::util::compte::CompteTest;
use crate::web::praticien::PDF;

pub const NUMERO: &str = "131-2026-000031";

/// A complete request of a practitioner who can log in, in a zone that is not regulated.
pub fn complete(caisse: &Caisse) -> (CompteTest, i64) {
    let compte = caisse.app.compte(Role::Kine, None);
    let id = caisse.decor.demande(&UneDemande {
        numero: NUMERO,
        kine_id: compte.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        insee: "13001",
        bassin: "BV13001",
        categorie: "intermediaire",
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    (compte, id)
}

/// Every condition, with the state of the insurance.
fn etats(assurance: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("ordre", "etablie"),
        ("assurance", assurance),
        ("urssaf", "a_transmettre"),
        ("contrats", "a_transmettre"),
        ("carte_cps", "a_transmettre"),
        ("lieu", "etablie"),
    ]
}

#[actix_web::test]
async fn gen_1_une_condition_qui_manque_retient_l_accord_et_se_dit_aux_deux() {
    let caisse = Caisse::start();
    let (compte, _) = complete(&caisse);
    let (dossier, agent) = (format!("/dossiers/{NUMERO}"), caisse.instructeur().await);
    let noter = format!("{dossier}/conditions");
    let mut champs = etats("manque");
    champs.push(("constat", "Le contrat envoyé est arrivé à son terme."));
    agent.agir(&noter, &champs).await;
    let notee = caisse.demande(NUMERO).generales().expect("they read");
    assert!(notee.contains(&(Condition::Assurance, EtatCondition::Manque)));
    let page = agent.get(&dossier).await.texte();
    for attendu in [
        "Conditions générales",
        "Rien n’est accordé sans elle",
        "a noté l’état des conditions générales",
        "Le contrat envoyé est arrivé à son terme.",
    ] {
        assert!(page.contains(attendu), "«{attendu}» is not in {page}");
    }
    let kine = caisse.app.connecte(&compte).await;
    let sienne = kine.get(&format!("/demandes/{NUMERO}")).await.texte();
    for attendu in [
        "Souscrivez une assurance",
        "plus tôt que la date d’effet d’un accord",
    ] {
        assert!(sienne.contains(attendu), "«{attendu}» is not in {sienne}");
    }

    // Who proposes reads what the signature would refuse: on the file, then on the form; nothing keeps the proposal.
    assert!(
        page.contains("Une condition générale n’est pas établie : « Assurance"),
        "{page}"
    );
    let proposer = agent.get(&format!("{dossier}/proposer")).await.texte();
    assert!(
        proposer.contains(
            "Un accord ne pourrait pas être signé aujourd’hui. Une condition générale n’est pas établie"
        ),
        "{proposer}"
    );
    let fiche = agent.get(&dossier).await.html;
    assert!(
        fiche.contains(&format!("class=\"bouton\" href=\"{noter}\"")),
        "what is advised is to record them: {fiche}"
    );
    caisse.accorder(&dossier).await;
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Proposee);
    let proposee = agent.get(&dossier).await.texte();
    assert!(
        proposee.contains("Une condition générale n’est pas établie"),
        "{proposee}"
    );
    let signe = caisse.signataire().await;
    let page = signe.get(&dossier).await.texte();
    assert!(
        page.contains("Une condition générale n’est pas établie : « Assurance"),
        "{page}"
    );
    let refus = signe.agir(&format!("{dossier}/decider"), &[]).await;
    assert_eq!(refus.statut, 409, "{}", refus.texte());
    agent.agir(&noter, &etats("etablie")).await;
    signe.agir(&format!("{dossier}/decider"), &[]).await;
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Accordee);
    let signe = agent.get(&dossier).await.texte();
    assert!(signe.contains("Date d’effet de l’accord"), "{signe}");
}

#[actix_web::test]
async fn gen_2_le_premier_acte_facture_se_compare_a_la_date_d_effet() {
    let caisse = Caisse::start();
    let _ = complete(&caisse);
    let dossier = format!("/dossiers/{NUMERO}");
    caisse.accorder(&dossier).await;
    let agent = caisse.instructeur().await;
    let noter = format!("{dossier}/conditions");
    let dire = async |le: &'static str| {
        let mut champs = etats("etablie");
        champs.push(("premier_acte", le));
        agent.agir(&noter, &champs).await
    };
    let a_venir = dire("16/01/2026").await;
    assert_eq!(a_venir.statut, 422, "{}", a_venir.texte());
    dire("14/01/2026").await;
    let alerte = "Le premier acte facturé est du 14 janvier 2026, avant la date d’effet";
    let page = agent.get(&dossier).await.texte();
    assert!(page.contains(alerte), "{page}");
    dire("15/01/2026").await;
    let page = agent.get(&dossier).await.texte();
    assert!(
        !page.contains("avant la date d’effet de l’accord"),
        "{page}"
    );
    assert!(page.contains("Premier acte facturé"), "{page}");
}

#[actix_web::test]
async fn gen_2_une_attestation_se_demande_en_vigueur_et_se_verifie_sans_rien_dire_de_la_personne() {
    let caisse = Caisse::start();
    let (compte, id) = complete(&caisse);
    let demande = format!("/demandes/{NUMERO}");
    let attestation = format!("{demande}/attestation");
    caisse.accorder(&format!("/dossiers/{NUMERO}")).await;
    let kine = caisse.app.connecte(&compte).await;
    let tot = kine.post(&demande, &attestation, &[]).await;
    assert_eq!(tot.statut, 409, "not notified: {}", tot.texte());
    assert_eq!(kine.get(&attestation).await.statut, 404);
    kine.post(&demande, &format!("{demande}/decision"), &[])
        .await;
    let page = kine.post(&demande, &attestation, &[]).await.texte();
    for attendu in ["atteste que", "exerce sous convention au", &compte.nom] {
        assert!(page.contains(attendu), "«{attendu}» is not in {page}");
    }
    let derniere = || {
        let lue = caisse.lire(|conn| attestation::derniere(conn, id));
        lue.expect("an attestation")
    };
    let code = derniere().code;
    assert!(page.contains(&code), "{code}: {page}");
    // The same day, the same one.
    kine.post(&demande, &attestation, &[]).await;
    assert_eq!(derniere().code, code);

    // Who takes their data away has it, as it was given.
    let octets = kine.octets("/espace/donnees.zip").await;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(octets)).expect("a ZIP");
    let donnees: serde_json::Value =
        serde_json::from_reader(archive.by_name("donnees.json").expect("the data")).expect("JSON");
    let prise = &donnees["attestations"][0];
    assert_eq!(donnees["attestations"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&prise["code"], &prise["dossier"]),
        (&code.clone().into(), &NUMERO.into())
    );
    assert_eq!(prise["sha256"], derniere().empreinte);
    assert!(prise["document"]["objet"].is_string(), "{prise}");

    let passant = caisse.app.client();
    let verifier = async |code: &str| passant.get(&format!("/verifier?code={code}")).await.texte();
    let valable = verifier(&code.replace('-', "%20")).await;
    for attendu in [
        "Attestation de conventionnement du 15 janvier 2026",
        "vaut aujourd’hui",
    ] {
        assert!(valable.contains(attendu), "«{attendu}» is not in {valable}");
    }
    assert!(!valable.contains(&compte.nom), "{valable}");
    let inconnu = verifier("0000-0000-0000-0001").await;
    assert!(
        inconnu.contains("Aucun document ne porte ce code"),
        "{inconnu}"
    );

    // Nothing began within six months: the grant lapses.
    caisse.au(jour(2026, 8, 15));
    caisse.app.passer_la_journee().await;
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Caduque);
    let caduque = verifier(&code).await;
    assert!(caduque.contains("n’est plus valable"), "{caduque}");
    let kine = caisse.app.connecte(&compte).await;
    let encore = kine.post(&demande, &attestation, &[]).await;
    assert_eq!(encore.statut, 409, "{}", encore.texte());
}

/// REG-17: a condition put on the grant of this request, and the day it was met.
fn sous_reserve(caisse: &Caisse, id: i64, levee: Option<chrono::NaiveDate>) {
    caisse
        .agir(|tx| {
            diesel::update(demande::table.find(id))
                .set((
                    demande::reserve_au.eq(jour(2026, 3, 31)),
                    demande::reserve_levee_le.eq(levee),
                ))
                .execute(&mut **tx)
                .map_err(releve::db::DbError::from)?;
            Ok(())
        })
        .expect("a condition");
}

#[actix_web::test]
async fn gen_2_un_accord_sous_reserve_ne_s_atteste_qu_une_fois_sa_condition_remplie() {
    let caisse = Caisse::start();
    let (compte, id) = complete(&caisse);
    let page = format!("/demandes/{NUMERO}");
    let attestation = format!("{page}/attestation");
    caisse.accorder(&format!("/dossiers/{NUMERO}")).await;
    let kine = caisse.app.connecte(&compte).await;
    kine.post(&page, &format!("{page}/decision"), &[]).await;
    sous_reserve(&caisse, id, None);
    let attend = kine.post(&page, &attestation, &[]).await;
    assert_eq!(attend.statut, 409, "{}", attend.texte());
    caisse.au(jour(2026, 2, 3));
    sous_reserve(&caisse, id, Some(jour(2026, 2, 2)));
    let kine = caisse.app.connecte(&compte).await;
    let texte = kine.post(&page, &attestation, &[]).await.texte();
    assert!(texte.contains("depuis le 2 février 2026"), "{texte}");
}

#[actix_web::test]
async fn gen_2_qui_essaie_trop_de_codes_attend() {
    let caisse = Caisse::start();
    let passant = caisse.app.client();
    let mut statuts = Vec::new();
    for rang in 0..70 {
        let url = format!("/verifier?code={rang:016}");
        statuts.push(passant.get(&url).await.statut);
    }
    assert_eq!(statuts.first(), Some(&200));
    assert!(statuts.contains(&429), "{statuts:?}");
}

#[actix_web::test]
async fn gen_2_une_place_ouverte_s_atteste_a_qui_part() {
    let caisse = Caisse::start();
    let cedant = caisse.app.compte(Role::Kine, None);
    let id = caisse.decor.depart(
        cedant.kine_id.expect("a practitioner"),
        "13056",
        jour(2025, 12, 31),
        Some(1430),
    );
    let page = format!("/mes-departs/{id}");
    let attestation = format!("{page}/attestation");
    let kine = caisse.app.connecte(&cedant).await;
    let tot = kine.post(&page, &attestation, &[]).await;
    assert_eq!(tot.statut, 409, "{}", tot.texte());
    let agent = caisse.instructeur().await;
    let depart = format!("/departs/{id}");
    agent
        .post(&depart, &format!("{depart}/confirmer"), &[])
        .await;
    let texte = kine.post(&page, &attestation, &[]).await.texte();
    for attendu in ["une place est ouverte à ce jour", "31 décembre 2027"] {
        assert!(texte.contains(attendu), "«{attendu}» is not in {texte}");
    }
    let code = caisse
        .lire(|conn| attestation::derniere(conn, id))
        .expect("an attestation")
        .code;
    let passant = caisse.app.client();
    let lue = passant.get(&format!("/verifier?code={code}")).await.texte();
    assert!(
        lue.contains("Attestation de place") && lue.contains("vaut aujourd’hui"),
        "{lue}"
    );
}

#[actix_web::test]
async fn gen_2_une_attestation_dont_le_texte_a_change_se_voit_a_la_verification() {
    let caisse = Caisse::start();
    let (id, _) = caisse.depart_confirme(1);
    let anomalies = || {
        let mut lues = Vec::new();
        let mut dire = |a: &verification::Anomalie| lues.push(a.to_string());
        let etat = &caisse.app.state;
        verification::base(
            &etat.db,
            &etat.reglement(),
            etat.clock.now(),
            &etat.temoins(),
            &mut dire,
        )
        .expect("verified");
        lues.retain(|a| a.contains("GEN-2"));
        lues
    };
    for (document, attendues) in [("{}", 0), ("{ }", 1)] {
        caisse
            .agir(|tx| {
                let nouvelle = attestation::NouvelleAttestation {
                    dossier_id: id,
                    nature: NatureAttestation::Place,
                    code: &format!("123456781234567{}", document.len()),
                    document,
                    empreinte: &releve::secret::sha256(b"{}"),
                    faite_le: caisse.decor.le,
                };
                Ok(attestation::inserer(tx, &nouvelle)?)
            })
            .expect("kept");
        assert_eq!(anomalies().len(), attendues, "{:?}", anomalies());
    }
}

/// CRPA L114-5-1: a grant signed while a useful document is missing takes effect the day it arrives, and says so until then.
#[actix_web::test]
async fn pro_3_un_accord_signe_sans_une_piece_utile_prend_effet_quand_elle_arrive() {
    let caisse = Caisse::start();
    let (compte, id) = complete(&caisse);
    caisse
        .agir(|tx| {
            diesel::delete(
                piece::table
                    .filter(piece::dossier_id.eq(id))
                    .filter(piece::nature.eq(NaturePiece::JustificatifLocal)),
            )
            .execute(&mut **tx)
            .map_err(releve::db::DbError::from)?;
            Ok(())
        })
        .expect("a document is missing");
    let dossier = format!("/dossiers/{NUMERO}");
    let agent = caisse.instructeur().await;
    agent
        .agir(&format!("{dossier}/conditions"), &etats("etablie"))
        .await;
    caisse.accorder(&dossier).await;
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Accordee);
    assert_eq!(
        caisse
            .demande(NUMERO)
            .pieces_attendues()
            .expect("they read"),
        [NaturePiece::JustificatifLocal]
    );
    caisse.signer_la_lettre(NUMERO);
    agent
        .agir(&format!("{dossier}/notifier"), &remise("15/01/2026"))
        .await;
    let sienne = caisse.app.connecte(&compte).await;
    let chemin = format!("/demandes/{NUMERO}");
    let page = sienne.get(&chemin).await.texte();
    assert!(
        page.contains("prend effet le jour où la caisse a reçu"),
        "{page}"
    );
    assert_eq!(caisse.demande(NUMERO).effet(Some(jour(2026, 1, 15))), None);
    // Five days later, the document: the grant takes effect, and a letter gives the day.
    caisse.au(jour(2026, 1, 20));
    let sienne = caisse.app.connecte(&compte).await;
    let fichiers: &[(&str, &str, &[u8])] = &[("piece_justificatif_local", "bail.pdf", PDF)];
    let page = sienne
        .post_fichiers(&chemin, &format!("{chemin}/pieces"), &[], fichiers)
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let d = caisse.demande(NUMERO);
    assert_eq!(d.pieces_attendues().expect("they read"), []);
    assert_eq!(d.effet(Some(jour(2026, 1, 15))), Some(jour(2026, 1, 20)));
    assert!(
        caisse
            .courriels_de(&compte.courriel)
            .contains(&"pieces_venues".to_owned())
    );
    let page = sienne.get(&chemin).await.texte();
    assert!(!page.contains("prend effet le jour où"), "{page}");
}

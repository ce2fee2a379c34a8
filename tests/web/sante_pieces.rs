//! PRO-14: what touches health is read by who sent it and by the praticien-conseil of the caisse, by nobody else.

use std::io::{Cursor, Read};

use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::piece::NaturePiece;
use releve::db::schema::{demande, piece};
use releve::db::{CpamScope, DbError, piece as pieces};

use crate::util::builders::UneDemande;
use crate::util::caisse::Caisse;
use crate::util::client::{Client, Page};
use crate::util::compte::CompteTest;
use crate::web::praticien::PDF;

pub const NUMERO: &str = "131-2026-000001";
const DOSSIER: &str = "/dossiers/131-2026-000001";
const CONSEIL: &str = "/praticien-conseil/131-2026-000001";
const NOM: &str = "certificat-oncologie.pdf";

/// A derogation whose proof is still to be sent, for this ground.
pub fn sans_preuve(motif: &str) -> (Caisse, CompteTest) {
    let caisse = Caisse::start();
    let kine = caisse.app.compte(Role::Kine, None);
    let id = caisse.decor.demande(&UneDemande {
        numero: NUMERO,
        kine_id: kine.kine_id.expect("a practitioner"),
        nature: regles::demande::NatureDemande::Derogation,
        etat: EtatDemande::Deposee,
        ..UneDemande::default()
    });
    caisse
        .app
        .state
        .db
        .write(|tx| -> Result<(), DbError> {
            diesel::update(demande::table.find(id))
                .set(demande::derogation_motif.eq(motif))
                .execute(&mut **tx)?;
            let preuve = piece::table
                .filter(piece::dossier_id.eq(id))
                .filter(piece::nature.eq(NaturePiece::JustificatifDerogation));
            diesel::delete(preuve).execute(&mut **tx)?;
            Ok(())
        })
        .expect("for this ground");
    (caisse, kine)
}

/// A derogation for health, whose proof its author sends from her space.
async fn envoyee() -> (Caisse, CompteTest, i64, Page) {
    let (caisse, kine) = sans_preuve("A-SANTE");
    let page = envoyer(&caisse, &kine, "piece_justificatif_derogation", NOM, false).await;
    let derniere: i64 = caisse.lire(|conn| {
        Ok(piece::table
            .order(piece::id.desc())
            .select(piece::id)
            .first(conn)?)
    });
    (caisse, kine, derniere, page)
}

async fn envoyer(caisse: &Caisse, kine: &CompteTest, champ: &str, nom: &str, sante: bool) -> Page {
    let client = caisse.app.connecte(kine).await;
    let page = format!("/demandes/{NUMERO}");
    let coche = format!("sante_{champ}");
    let mut champs = vec![("envoi", champ)];
    if sante {
        champs.push((coche.as_str(), "oui"));
    }
    let recue = client
        .post_fichiers(
            &page,
            &format!("{page}/pieces"),
            &champs,
            &[(champ, nom, PDF)],
        )
        .await;
    assert_eq!(recue.statut, 200, "{}", recue.texte());
    recue
}

async fn conseil(caisse: &Caisse, code: &str) -> Client {
    let compte = caisse.app.compte(Role::PraticienConseil, Some(code));
    caisse.app.connecte(&compte).await
}

#[actix_web::test]
async fn pro_14_la_preuve_d_un_motif_de_sante_est_a_part_par_sa_nature() {
    let (caisse, kine, id, page) = envoyee().await;
    // Who sent it reads it.
    assert!(page.texte().contains(NOM), "{}", page.texte());
    let sienne = caisse.app.connecte(&kine).await;
    assert_eq!(sienne.octets(&format!("/pieces/{id}")).await, PDF);
    // Nobody else, whatever the role; they see that it exists.
    for role in [
        Role::Instructeur,
        Role::Responsable,
        Role::Signataire,
        Role::SecretaireCpd,
        Role::AdministrateurNational,
        Role::Auditeur,
    ] {
        let client = caisse
            .app
            .connecte(
                &caisse
                    .app
                    .compte(role, Some("131").filter(|_| role.de_caisse())),
            )
            .await;
        assert_eq!(
            client.get(&format!("/pieces/{id}")).await.statut,
            404,
            "{role}"
        );
        assert_eq!(
            client.get(&format!("/pieces/{id}?voir=1")).await.statut,
            404,
            "{role}"
        );
        let dossier = client.get(DOSSIER).await;
        assert!(
            dossier.texte().contains("Document de santé"),
            "{role}: {}",
            dossier.texte()
        );
        assert!(!dossier.html.contains("oncologie"), "{role}");
        let trouvee = client.get("/recherche?q=oncologie").await;
        assert!(!trouvee.html.contains(NUMERO), "{role}");
        let octets = client.octets(&format!("{DOSSIER}/pieces.zip")).await;
        let mut archive = zip::ZipArchive::new(Cursor::new(octets)).expect("an archive");
        let noms: Vec<String> = archive
            .file_names()
            .map(|n| n.expect("a name").into_owned())
            .collect();
        assert!(noms.iter().all(|n| !n.contains("oncologie")), "{noms:?}");
        let mut dit = String::new();
        archive
            .by_name("A-PART.txt")
            .expect("said")
            .read_to_string(&mut dit)
            .expect("a text");
        assert!(dit.contains("Justificatif du motif de dérogation"), "{dit}");
    }
    let autre = caisse
        .app
        .connecte(&caisse.app.compte(Role::Kine, None))
        .await;
    assert_eq!(autre.get(&format!("/pieces/{id}")).await.statut, 404);
    // No mail names it.
    assert!(
        caisse
            .app
            .deposes()
            .iter()
            .all(|c| !c.texte.contains("oncologie"))
    );
}

#[actix_web::test]
async fn pro_14_le_praticien_conseil_lit_conclut_et_l_agent_complete() {
    let (caisse, kine, id, _) = envoyee().await;
    let agent = caisse.instructeur().await;
    let page = agent.get(DOSSIER).await;
    assert!(
        page.texte()
            .contains("La conclusion du praticien-conseil est attendue"),
        "{}",
        page.texte()
    );
    assert!(!page.html.contains("/completer"));
    assert_eq!(
        agent
            .post(DOSSIER, &format!("{DOSSIER}/completer"), &[])
            .await
            .statut,
        409
    );
    assert_eq!(agent.get("/praticien-conseil").await.statut, 403);

    // Another caisse's does not see it.
    let voisin = conseil(&caisse, "831").await;
    assert_eq!(voisin.get(CONSEIL).await.statut, 404);
    assert_eq!(voisin.get(&format!("/pieces/{id}")).await.statut, 404);
    assert!(!voisin.get("/praticien-conseil").await.html.contains(NUMERO));

    let medecin = conseil(&caisse, "131").await;
    assert!(
        medecin
            .get("/praticien-conseil")
            .await
            .html
            .contains(NUMERO)
    );
    assert_eq!(medecin.get(DOSSIER).await.statut, 403);
    let lue = medecin.get(CONSEIL).await;
    assert!(
        lue.texte().contains(NOM) && lue.texte().contains("sans aucun détail médical"),
        "{}",
        lue.texte()
    );
    // The other documents of the file are not the praticien-conseil's.
    assert!(!lue.texte().contains("diplome.pdf"), "{}", lue.texte());
    assert_eq!(medecin.octets(&format!("/pieces/{id}")).await, PDF);
    let zip = medecin.octets(&format!("{CONSEIL}/pieces.zip")).await;
    let archive = zip::ZipArchive::new(Cursor::new(zip)).expect("an archive");
    let noms: Vec<String> = archive
        .file_names()
        .map(|n| n.expect("a name").into_owned())
        .collect();
    assert_eq!(
        noms.iter().filter(|n| n.starts_with("pieces/")).count(),
        1,
        "{noms:?}"
    );

    let verdict = format!("{CONSEIL}/pieces/{id}");
    let motif = format!("motif_{id}");
    let longue = "x".repeat(201);
    for fausse in ["", longue.as_str()] {
        let refus = medecin
            .post(
                CONSEIL,
                &verdict,
                &[("action", "accepter"), (motif.as_str(), fausse)],
            )
            .await;
        assert_eq!(refus.statut, 422);
    }
    let conclu = medecin
        .post(
            CONSEIL,
            &verdict,
            &[
                ("action", "accepter"),
                (motif.as_str(), "La situation entre dans le motif invoqué."),
            ],
        )
        .await;
    assert_eq!(conclu.statut, 200, "{}", conclu.texte());
    // Who concludes handles nothing.
    assert_eq!(caisse.demande(NUMERO).assigne_a, None);
    let page = agent.get(DOSSIER).await;
    for attendu in [
        "conclusion du praticien-conseil",
        "La situation entre dans le motif invoqué.",
        "a lu une pièce de santé",
    ] {
        assert!(
            page.texte().contains(attendu),
            "«{attendu}» is not in {}",
            page.texte()
        );
    }
    assert!(!page.html.contains("oncologie"));
    let complet = agent
        .post(DOSSIER, &format!("{DOSSIER}/completer"), &[])
        .await;
    assert_eq!(complet.statut, 200, "{}", complet.texte());
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Complete);
    let sienne = caisse.app.connecte(&kine).await;
    assert!(
        sienne
            .get(&format!("/demandes/{NUMERO}"))
            .await
            .texte()
            .contains("La situation entre")
    );
}

#[actix_web::test]
async fn pro_14_qui_envoie_peut_mettre_a_part_et_l_agent_aussi() {
    let (caisse, kine, _, _) = envoyee().await;
    let derniere = || -> i64 {
        caisse.lire(|conn| {
            Ok(piece::table
                .order(piece::id.desc())
                .select(piece::id)
                .first(conn)?)
        })
    };
    let agent = caisse.instructeur().await;
    envoyer(&caisse, &kine, "piece_autre", "irm.pdf", true).await;
    let cochee = derniere();
    assert_eq!(agent.get(&format!("/pieces/{cochee}")).await.statut, 404);
    assert!(!agent.get(DOSSIER).await.html.contains("irm.pdf"));

    envoyer(&caisse, &kine, "piece_identite", "ordonnance.pdf", false).await;
    let ouverte = derniere();
    assert_eq!(agent.octets(&format!("/pieces/{ouverte}")).await, PDF);
    let chemin = format!("/pieces/{ouverte}/sante");
    assert_eq!(agent.agir(&chemin, &[]).await.statut, 422);
    let mise = agent
        .agir(&chemin, &[("raison", "Elle porte un diagnostic.")])
        .await;
    assert_eq!(mise.statut, 200, "{}", mise.texte());
    assert_eq!(agent.get(&format!("/pieces/{ouverte}")).await.statut, 404);
    assert_eq!(agent.get(&chemin).await.statut, 404);
    assert!(
        agent
            .get(DOSSIER)
            .await
            .texte()
            .contains("a mis à part une pièce de santé")
    );
    let medecin = conseil(&caisse, "131").await;
    assert_eq!(medecin.octets(&format!("/pieces/{ouverte}")).await, PDF);
}

/// By construction: in no scope but two does a row of the compartment carry what leads to its bytes.
#[actix_web::test]
async fn pro_14_aucune_requete_ne_rend_le_contenu_hors_du_compartiment() {
    let (caisse, kine, id, _) = envoyee().await;
    let dossier = caisse.demande(NUMERO).id;
    let moi = kine.kine_id.expect("a practitioner");
    for (scope, lit) in [
        (CpamScope::Caisse("131".into()), false),
        (CpamScope::Region("93".into()), false),
        (CpamScope::Zone("BV13056".into()), false),
        (CpamScope::National, false),
        (CpamScope::Kine(moi + 1), false),
        (CpamScope::Kine(moi), true),
        (CpamScope::Sante("131".into()), true),
    ] {
        let lues = caisse.lire(|conn| pieces::de(conn, &scope, dossier));
        let preuve = lues.iter().find(|p| p.id == id).expect("it exists for all");
        assert_eq!(preuve.contenu.is_some(), lit, "{scope:?}");
        let seule = caisse
            .app
            .state
            .db
            .read(|conn| pieces::lire(conn, &scope, id));
        assert_eq!(seule.is_ok(), lit, "{scope:?}");
    }
    let ailleurs = CpamScope::Sante("831".into());
    let seule = caisse
        .app
        .state
        .db
        .read(|conn| pieces::lire(conn, &ailleurs, id));
    assert!(matches!(seule, Err(DbError::Introuvable)));
}

/// The thread of the case, as one side reads it, and the documents of the case in the compartment.
async fn du_fil(client: &Client, page: &str) -> String {
    client.get(&format!("{page}/messages")).await.texte()
}

fn apart(caisse: &Caisse) -> Vec<i64> {
    caisse.lire(|conn| {
        Ok(piece::table
            .filter(piece::sante.eq(true))
            .order(piece::id)
            .select(piece::id)
            .load(conn)?)
    })
}

#[actix_web::test]
async fn pro_14_un_document_de_sante_joint_a_un_message_est_a_part() {
    let (caisse, kine) = sans_preuve("A-CONJOINT");
    let client = caisse.app.connecte(&kine).await;
    let page = format!("/demandes/{NUMERO}");
    let envoyer = async |cle: &str, champs: &[(&str, &str)]| {
        let mut tous = vec![("cle", cle), ("texte", "Voici mon certificat.")];
        tous.extend(champs);
        client
            .post_fichiers(
                &format!("{page}/messages"),
                &format!("{page}/messages"),
                &tous,
                &[("pieces", NOM, PDF)],
            )
            .await
    };
    let recue = envoyer("cle-1", &[("sante_pieces", "oui")]).await;
    assert_eq!(recue.statut, 200, "{}", recue.texte());
    let [id] = apart(&caisse)[..] else {
        panic!("one document apart: {:?}", apart(&caisse));
    };
    let mien = du_fil(&client, &page).await;
    assert!(mien.contains("1 document de santé, mis à part"), "{mien}");
    assert_eq!(client.octets(&format!("/pieces/{id}")).await, PDF);
    let agent = caisse.instructeur().await;
    let fil = du_fil(&agent, DOSSIER).await;
    assert!(
        fil.contains("1 document de santé, mis à part") && !fil.contains("oncologie"),
        "{fil}"
    );
    assert_eq!(agent.get(&format!("/pieces/{id}")).await.statut, 404);
    let conseil = conseil(&caisse, "131").await;
    assert_eq!(conseil.octets(&format!("/pieces/{id}")).await, PDF);

    // Sent without the box: an agent moves it, with a reason, and reads it no more.
    envoyer("cle-2", &[]).await;
    let fil = du_fil(&agent, DOSSIER).await;
    assert!(fil.contains(NOM) && fil.contains("Mettre à part"), "{fil}");
    assert!(!du_fil(&client, &page).await.contains("Mettre à part"));
    let jointe: i64 = caisse.lire(|conn| {
        use releve::db::schema::message_piece;
        Ok(message_piece::table.select(message_piece::id).first(conn)?)
    });
    let url = format!("/messages/pieces/{jointe}/sante");
    let sans_raison = agent.agir(&url, &[("raison", "")]).await;
    assert_eq!(sans_raison.statut, 422, "{}", sans_raison.texte());
    let faite = agent
        .agir(
            &url,
            &[("raison", "Elle parle de la santé de la personne.")],
        )
        .await;
    assert!(
        faite.texte().contains("La pièce est mise à part"),
        "{}",
        faite.texte()
    );
    assert_eq!(
        agent
            .get(&format!("/messages/pieces/{jointe}"))
            .await
            .statut,
        404
    );
    assert!(!du_fil(&agent, DOSSIER).await.contains("oncologie"));
    let deux = apart(&caisse);
    assert_eq!(deux.len(), 2);
    assert_eq!(client.octets(&format!("/pieces/{}", deux[1])).await, PDF);
    assert_eq!(agent.get(&format!("/pieces/{}", deux[1])).await.statut, 404);
    // Of another caisse, neither exists.
    let var = caisse.app.compte(Role::Instructeur, Some("831"));
    let var = caisse.app.connecte(&var).await;
    assert_eq!(var.get(&url).await.statut, 404);
}

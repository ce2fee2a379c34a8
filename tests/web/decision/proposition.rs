//! Proposing: what the rules allow, reasons of a refusal, what departs from an opinion (DER-3, PRO-5, PRO-6).

use regles::conventionnement::AvisCpd;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::grand_livre::EtatPlace;

use crate::util::builders::{UneDemande, jour};
use crate::util::{Caisse, remise};

const MOTIFS: &str = "La convention nationale réserve ce conventionnement à la personne que désigne qui cesse son activité. La place n’est pas désignée au nom du demandeur : la désignation vise un autre RPPS.";

#[actix_web::test]
async fn un_accord_que_les_regles_refusent_ne_se_propose_pas() {
    let caisse = Caisse::start();
    let (_, place) = caisse.depart_confirme(1);
    let autre = caisse.successeur(2);
    caisse.decor.demande(&UneDemande {
        kine_id: autre.id,
        nature: NatureDemande::Succession,
        place_id: Some(place.id),
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let agent = caisse.instructeur().await;
    let proposer = "/dossiers/131-2026-000001/proposer";
    let page = agent
        .agir(
            proposer,
            &[("sens", "accord"), ("motifs", "À accorder malgré tout")],
        )
        .await;
    assert_eq!(page.statut, 422);
    assert!(
        page.texte().contains("les conditions ne sont pas remplies")
            && page
                .texte()
                .contains("Le professionnel succède à un confrère"),
        "{}",
        page.texte()
    );
    assert!(
        page.html.contains("À accorder malgré tout"),
        "what was typed is kept"
    );
    assert_eq!(agent.agir(proposer, &[]).await.statut, 422);
}

#[actix_web::test]
async fn pro_5_pro_6_un_refus_porte_ses_motifs_et_les_voies_de_recours() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let chemin = format!("/dossiers/{}", s.numero);
    let agent = caisse.instructeur().await;
    let proposer = format!("{chemin}/proposer");
    for motifs in ["", "Sans objet"] {
        let page = agent
            .agir(&proposer, &[("sens", "refus"), ("motifs", motifs)])
            .await;
        assert_eq!(page.statut, 422, "{motifs}");
        assert!(page.texte().contains("L211-5"));
    }
    // EXP-5: the document says nothing that only the house understands.
    for mot in ["REG-1", "place.seuil_actes", "hors_regulation", "Milo"] {
        let motifs = format!("{MOTIFS} Voir {mot}.");
        let page = agent
            .agir(&proposer, &[("sens", "refus"), ("motifs", &motifs)])
            .await;
        assert_eq!(page.statut, 422, "{mot}");
        let phrase = format!("« {mot} » ne dit rien à la personne");
        assert!(page.texte().contains(&phrase), "{}", page.texte());
    }
    agent
        .agir(&proposer, &[("sens", "refus"), ("motifs", MOTIFS)])
        .await;
    let signataire = caisse.signataire().await;
    let page = signataire.agir(&format!("{chemin}/decider"), &[]).await;
    assert!(page.texte().contains("refusé"), "{}", page.texte());
    assert_eq!(
        caisse.place(s.place_id).etat,
        EtatPlace::Ouverte,
        "a refusal takes no place"
    );
    caisse.signer_la_lettre(&s.numero);
    agent
        .agir(&format!("{chemin}/notifier"), &remise("15/01/2026"))
        .await;
    let demande = caisse.demande(&s.numero);
    // Two months from 15 January 2026: Sunday 15 March, so Monday 16.
    assert_eq!(
        (demande.prochaine_echeance, demande.echeance_nature.as_str()),
        (jour(2026, 3, 16), "recours")
    );
    let courriels: Vec<_> = caisse
        .app
        .deposes()
        .into_iter()
        .filter(|c| c.destinataire == "karim.benali1@example.fr")
        .collect();
    // No e-mail says what was decided: the document does.
    let modeles: Vec<&str> = courriels.iter().map(|c| c.modele.as_str()).collect();
    assert_eq!(modeles, ["avis_depot", "decision_notifiee"]);
    for courriel in &courriels {
        for tu in ["autre RPPS", "refus"] {
            assert!(!courriel.texte.contains(tu), "«{tu}»: {}", courriel.texte);
        }
    }
    let (document, empreinte): (Option<String>, Option<String>) = caisse.lire(|conn| {
        use diesel::prelude::*;
        use releve::db::schema::decision::dsl as d;
        d::decision
            .select((d::document, d::empreinte))
            .first(conn)
            .map_err(Into::into)
    });
    let document = document.expect("a document");
    assert_eq!(empreinte, Some(releve::secret::sha256(document.as_bytes())));
    for attendu in [
        "Je refuse votre demande",
        "autre RPPS",
        "Un recours gracieux",
        "tribunal administratif de Marseille, 31 rue Jean-François-Leca, 13002 Marseille",
        "R421-1",
    ] {
        assert!(
            document
                .replace(['\u{a0}', '\u{202f}'], " ")
                .contains(attendu),
            "«{attendu}»: {document}"
        );
    }
}

/// A complete request of derogation, `131-2026-000001`.
fn derogation_complete() -> Caisse {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        nature: NatureDemande::Derogation,
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    caisse
}

#[actix_web::test]
async fn der_3_une_derogation_attend_l_avis_et_s_en_ecarter_se_motive() {
    let caisse = derogation_complete();
    let agent = caisse.instructeur().await;
    let chemin = "/dossiers/131-2026-000001";
    let proposer = format!("{chemin}/proposer");
    let sans_avis = agent.agir(&proposer, &[("sens", "accord")]).await;
    assert_eq!(sans_avis.statut, 422);
    assert!(
        sans_avis.texte().contains("il manque"),
        "{}",
        sans_avis.texte()
    );
    assert_eq!(agent.agir(&format!("{chemin}/avis"), &[]).await.statut, 422);
    agent
        .agir(&format!("{chemin}/avis"), &[("avis", "defavorable")])
        .await;
    let sans_ecart = agent.agir(&proposer, &[("sens", "accord")]).await;
    assert_eq!(sans_ecart.statut, 422);
    assert!(
        sans_ecart.texte().contains("s’écarte de l’avis"),
        "{}",
        sans_ecart.texte()
    );
    agent
        .agir(
            &proposer,
            &[
                ("sens", "accord"),
                (
                    "ecart",
                    "L’état de santé du conjoint impose ce rapprochement.",
                ),
            ],
        )
        .await;
    assert_eq!(
        caisse.demande("131-2026-000001").etat,
        EtatDemande::Proposee
    );
    caisse
        .signataire()
        .await
        .agir(&format!("{chemin}/decider"), &[])
        .await;
    assert_eq!(
        caisse.demande("131-2026-000001").etat,
        EtatDemande::Accordee
    );
    let livre = agent.get("/grand-livre/BV13056").await.texte();
    assert!(
        livre.contains("1 arrivée par dérogation, hors du compte des places"),
        "{livre}"
    );
}

#[actix_web::test]
async fn pro_4_qui_demande_lit_la_date_projetee_jusqu_a_l_avis() {
    let caisse = Caisse::start();
    let kine = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        kine_id: kine.kine_id.expect("a practitioner"),
        nature: NatureDemande::Derogation,
        etat: EtatDemande::Deposee,
        ..UneDemande::default()
    });
    let demandeur = caisse.app.connecte(&kine).await;
    let suivi = async || demandeur.get("/demandes/131-2026-000001").await.texte();
    let projection = "c’est une projection, pas un engagement";
    assert!(!suivi().await.contains(projection), "not complete yet");
    let agent = caisse.instructeur().await;
    let chemin = "/dossiers/131-2026-000001";
    let complete = format!("{chemin}/completer");
    agent.post(chemin, &complete, &[]).await;
    let texte = suivi().await;
    // 15 January: thirty days to refer, sixty to advise until November 2026, fifteen to decide.
    assert!(
        texte.contains(projection) && texte.contains("4 mai 2026"),
        "{texte}"
    );
    agent
        .agir(&format!("{chemin}/avis"), &[("avis", "favorable")])
        .await;
    assert!(
        !suivi().await.contains(projection),
        "the commission advised"
    );
}

#[actix_web::test]
async fn pro_4_un_avis_n_est_repute_rendu_qu_au_terme_du_delai() {
    let caisse = derogation_complete();
    let avis = |caisse: &Caisse| caisse.demande("131-2026-000001").derogation_avis_cpd;
    let chemin = "/dossiers/131-2026-000001/avis";
    // Received on 15 January: sixty days, the last one included.
    caisse.au(jour(2026, 3, 16));
    let trop_tot = caisse
        .instructeur()
        .await
        .agir(chemin, &[("avis", "repute_rendu")])
        .await;
    assert_eq!(trop_tot.statut, 422);
    assert!(
        trop_tot.texte().contains("16 mars 2026")
            && trop_tot.texte().contains("réputé rendu qu’ensuite"),
        "{}",
        trop_tot.texte()
    );
    assert_eq!(avis(&caisse), None);
    caisse.au(jour(2026, 3, 17));
    caisse
        .instructeur()
        .await
        .agir(chemin, &[("avis", "repute_rendu")])
        .await;
    assert_eq!(avis(&caisse), Some(AvisCpd::ReputeRendu));
}

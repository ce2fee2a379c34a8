//! PRO-6: the routes of appeal are one text. The receipt (page and mail), what is said of a silence, and the document of a
//! refusal, on screen and in print, say the same sentences, which are kept here once.

use regles::accuse::silence;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use regles::recours::{Conteste, Destinataires, Tribunal, textes};

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::web::silence::{NUMERO, muette};

fn adresses() -> Destinataires {
    Destinataires {
        cra: Some("Secrétariat de la CRA, 13009 Marseille".to_owned()),
        tribunal: Some(Tribunal {
            ville: "Marseille".to_owned(),
            adresse: "6 rue Joseph-Autran, 13006 Marseille".to_owned(),
        }),
    }
}

/// The sentences with ordinary spaces, as [`Page::texte`](crate::util::client::Page::texte) reads a page.
fn dites(textes: &[String]) -> Vec<String> {
    let ordinaire = |t: &String| t.replace(['\u{a0}', '\u{202f}'], " ");
    textes.iter().map(ordinaire).collect()
}

#[actix_web::test]
async fn pro_6_l_accuse_et_le_document_disent_les_memes_recours() {
    let caisse = Caisse::start();
    let le = jour(2026, 12, 1);
    caisse.au(le);
    let compte = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        numero: NUMERO,
        kine_id: compte.kine_id.expect("a practitioner"),
        nature: NatureDemande::HorsRegulation,
        etat: EtatDemande::Complete,
        ..UneDemande::default()
    });
    let agent = caisse.instructeur().await;
    let chemin = format!("/dossiers/{NUMERO}");
    let motifs = [
        ("sens", "refus"),
        (
            "motifs",
            "La convention nationale réserve ce conventionnement à la personne que désigne qui cesse son activité. Le lieu d’exercice est en zone non prioritaire, où aucune place n’est ouverte.",
        ),
    ];
    let proposee = agent.agir(&format!("{chemin}/proposer"), &motifs).await;
    assert_eq!(proposee.statut, 200, "{}", proposee.texte());
    let signe = caisse
        .signataire()
        .await
        .agir(&format!("{chemin}/decider"), &[])
        .await;
    assert_eq!(signe.statut, 200, "{}", signe.texte());
    let kine = caisse.app.connecte(&compte).await;
    let page = format!("/demandes/{NUMERO}");
    let document = kine
        .post(&page, &format!("{page}/decision"), &[])
        .await
        .texte();

    let reglement = caisse.app.state.reglement();
    let decision = dites(&textes(&reglement, le, Conteste::Decision, &adresses()).expect("texts"));
    for phrase in &decision {
        assert!(document.contains(phrase), "«{phrase}» is not in {document}");
    }
    let refus = silence(&reglement, le, &adresses())
        .expect("silence")
        .recours;
    insta::assert_snapshot!(format!(
        "{}\n---\n{}",
        decision.join("\n"),
        dites(&refus).join("\n")
    ));
    // What a receipt and a silence say differs by what is contested, and by the day from which one counts.
    for (ce, cette) in dites(&refus).iter().zip(&decision) {
        let comme_une_decision = ce.replace("ce refus", "cette décision").replace(
            "où votre demande est considérée comme refusée",
            "où cette décision vous est notifiée",
        );
        assert_eq!(comme_une_decision, *cette);
    }
}

#[actix_web::test]
async fn pro_6_l_accuse_dit_les_recours_du_jour_de_la_reception() {
    let caisse = Caisse::start();
    let (compte, _) = muette(&caisse);
    let kine = caisse.app.connecte(&compte).await;
    let accuse = kine
        .get(&format!("/demandes/{NUMERO}/accuse"))
        .await
        .texte();
    let adresses = Destinataires {
        cra: None,
        tribunal: Some(Tribunal {
            ville: "Marseille".to_owned(),
            adresse: "31 rue Jean-François-Leca, 13002 Marseille".to_owned(),
        }),
    };
    let reglement = caisse.app.state.reglement();
    let attendus = silence(&reglement, jour(2026, 1, 15), &adresses).expect("silence");
    assert!(!attendus.recours.is_empty());
    for phrase in dites(&attendus.recours) {
        assert!(accuse.contains(&phrase), "«{phrase}» is not in {accuse}");
    }
}

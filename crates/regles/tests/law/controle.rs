//! PRO-5, EXP-5: what a signatory answers for, and the reasons without which a refusal is not signed.

use chrono::NaiveDate;
use regles::controle::{Proposition, Sujet, Verdict, controler, signable};
use regles::conventionnement::AvisCpd;
use regles::demande::{NatureDemande, Sens};
use regles::liste_pieces::Manques;
use regles::motivation::en_droit_et_en_fait;
use regles::piece::NaturePiece;
use regles::refus::Refus;
use regles::silence::EffetSilence;

const MOTIFS: &str = "La convention nationale réserve ce conventionnement à qui succède. Aucune place n’est ouverte dans cette zone.";

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

#[test]
fn exp_5_un_refus_dit_une_regle_de_droit_et_un_fait_du_dossier() {
    let code = |motifs| en_droit_et_en_fait(motifs).map_err(|refus| refus.code());
    for (motifs, attendu) in [
        (MOTIFS, Ok(())),
        (
            "Condition non remplie : le professionnel succède à un confrère qui cesse (convention nationale, article 1.2).",
            Ok(()),
        ),
        (
            "Les travaux ont été engagés après l’arrêté de zonage : le risque antérieur au classement n’est pas établi.",
            Ok(()),
        ),
        (
            "Aucune place n’est ouverte dans cette zone, et personne ne vous a désigné.",
            Err("motifs_sans_droit"),
        ),
        (
            "L’article 1.2 de la convention nationale s’y oppose.",
            Err("motifs_sans_fait"),
        ),
        (
            "Article 1.2 de la convention. Sans objet.",
            Err("motifs_sans_fait"),
        ),
        ("", Err("motifs_sans_droit")),
    ] {
        assert_eq!(code(motifs), attendu, "{motifs}");
    }
}

fn proposition<'a>(manques: &'a Manques, titre: Result<&'a str, &'a Refus>) -> Proposition<'a> {
    Proposition {
        sens: Sens::Refus,
        nature: NatureDemande::Derogation,
        avis: Some(AvisCpd::Defavorable),
        ecart: None,
        motifs: MOTIFS,
        manques,
        titre,
        silence: None,
    }
}

fn verdict(p: &Proposition<'_>, sujet: Sujet) -> Option<Verdict> {
    let controles = controler(p, d("2026-06-01"));
    controles
        .iter()
        .find(|c| c.sujet == sujet)
        .map(|c| c.verdict)
}

#[test]
fn pro_5_qui_signe_repond_de_l_avis_des_pieces_des_motifs_et_de_son_titre() {
    let rien = Manques::default();
    let bon = proposition(&rien, Ok("Par délégation."));
    assert!(signable(&controler(&bon, d("2026-06-01"))));
    let contraire = Proposition {
        sens: Sens::Accord,
        ..bon
    };
    assert_eq!(verdict(&contraire, Sujet::Avis), Some(Verdict::Empeche));
    let motivee = Proposition {
        ecart: Some("Un fait nouveau."),
        ..contraire
    };
    assert_eq!(verdict(&motivee, Sujet::Avis), Some(Verdict::ANoter));
    let succession = Proposition {
        nature: NatureDemande::Succession,
        ..contraire
    };
    assert_eq!(verdict(&succession, Sujet::Avis), None);
    let manque = Manques {
        absentes: vec![NaturePiece::Diplome],
        ..Manques::default()
    };
    let sans_piece = proposition(&manque, Ok("Par délégation."));
    assert_eq!(
        verdict(&sans_piece, Sujet::Pieces),
        Some(Verdict::Bon),
        "a refusal"
    );
    let accord = Proposition {
        sens: Sens::Accord,
        ..sans_piece
    };
    assert_eq!(verdict(&accord, Sujet::Pieces), Some(Verdict::Empeche));
    let muet = Proposition {
        motifs: "Sans objet.",
        ..bon
    };
    assert_eq!(verdict(&muet, Sujet::Motifs), Some(Verdict::Empeche));
    let refus = Refus::rapporte("Rien ne dit que vous pouvez signer.".to_owned());
    let sans_titre = proposition(&rien, Err(&refus));
    assert_eq!(
        verdict(&sans_titre, Sujet::Habilitation),
        Some(Verdict::Empeche)
    );
    assert!(!signable(&controler(&sans_titre, d("2026-06-01"))));
}

#[test]
fn pro_7_le_silence_qui_court_se_dit_a_qui_signe() {
    let rien = Manques::default();
    let p = Proposition {
        silence: Some((EffetSilence::Rejet, d("2026-06-08"))),
        ..proposition(&rien, Ok("Par délégation."))
    };
    let dites = |jour| -> String {
        let controles = controler(&p, d(jour));
        let silence = controles.into_iter().find(|c| c.sujet == Sujet::Silence);
        silence.expect("it is said").phrase
    };
    assert!(dites("2026-06-01").contains("vaudra refus"));
    assert!(dites("2026-06-09").contains("passé depuis le 8"));
}

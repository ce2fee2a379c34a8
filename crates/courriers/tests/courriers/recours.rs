//! Letters 30 and 31 of the letter book, and what surrounds them.

use chrono::NaiveDate;
use courriers::decision::{Document, Signature};
use courriers::recours::{
    CraDecision, DossierRouvert, Organes, PlaceRendue, RecoursAccuse, RecoursDeposeAgent,
    RecoursRejeteParSilence, ReponseNotifiee,
};
use courriers::{Courrier, Lettre};
use regles::contestation::Issue;
use regles::echeance::Delai;
use regles::recours::{Tribunal, Voie};

const KINE: &str = "Claire Martin";
const RECOURS: &str = "131-2026-R00003";
const DEMANDE: &str = "131-2026-000042";

fn jour(an: i32, mois: u32, jour: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(an, mois, jour).expect("a day")
}

fn organes(voie: Voie, connu: bool) -> Organes {
    Organes {
        voie,
        tribunal: connu.then(|| Tribunal {
            ville: "Aix-en-Provence".to_owned(),
            adresse: "40 boulevard Carnot, 13100 Aix-en-Provence".to_owned(),
        }),
    }
}

fn accuse<'a>(organes: &'a Organes, contact: &'a [String], papier: bool) -> RecoursAccuse<'a> {
    RecoursAccuse {
        kine: KINE,
        numero: RECOURS,
        conteste: DEMANDE,
        contestee: "Refus de conventionnement",
        contestee_le: (!papier).then(|| jour(2026, 12, 1)),
        recu_le: jour(2026, 12, 13),
        organes,
        secretariat: "Secrétariat de la CRA, 13009 Marseille",
        repondre_avant: jour(2027, 2, 15),
        tribunal_avant: jour(2027, 4, 15),
        sur_papier: papier,
        contact,
    }
}

/// Each letter, and each of its turns.
pub fn exemples() -> Vec<Lettre> {
    let contact = &vec!["CPAM des Bouches-du-Rhône".to_owned()];
    let (connu, general) = (
        organes(Voie::SecuriteSociale, true),
        organes(Voie::SecuriteSociale, false),
    );
    let autre = organes(Voie::Administrative, true);
    let silence = |tribunal_avant| {
        RecoursRejeteParSilence {
            kine: KINE,
            numero: RECOURS,
            organes: &connu,
            le: jour(2027, 2, 15),
            tribunal_avant,
            contact,
        }
        .lettre()
    };
    let notifiee = |tribunal_avant| {
        ReponseNotifiee {
            kine: KINE,
            numero: RECOURS,
            le: jour(2027, 1, 20),
            tribunal_avant,
            contact,
        }
        .lettre()
    };
    let rouvert = |chemin, decider_avant| {
        DossierRouvert {
            kine: KINE,
            numero: DEMANDE,
            chemin,
            decider_avant,
            contact,
        }
        .lettre()
    };
    vec![
        accuse(&connu, contact, false).lettre(),
        accuse(&general, contact, true).lettre(),
        accuse(&autre, contact, false).lettre(),
        RecoursDeposeAgent {
            numero: RECOURS,
            conteste: DEMANDE,
            repondre_avant: jour(2027, 2, 15),
        }
        .lettre(),
        silence(Some(jour(2027, 4, 15))),
        silence(None),
        notifiee(Some(jour(2027, 3, 22))),
        notifiee(None),
        rouvert("/demandes/131-2026-000042", Some(jour(2027, 2, 20))),
        rouvert("/mes-departs/3", None),
        PlaceRendue {
            kine: KINE,
            commune: "Martigues",
            id: 3,
            limite: Some(jour(2027, 12, 20)),
            contact,
        }
        .lettre(),
    ]
}

fn reponse(issue: Issue, motifs: &str) -> Option<Document> {
    CraDecision {
        numero: RECOURS,
        organes: &organes(Voie::SecuriteSociale, true),
        reunie_le: jour(2027, 1, 18),
        issue,
        conteste: DEMANDE,
        contestee_le: Some(jour(2026, 12, 1)),
        motifs,
        reponses: "Vous dites que la place est libre : elle l’est.",
        suite: issue
            .annule()
            .then_some("votre demande est examinée de nouveau"),
        delai: Delai::Mois(2),
        signature: Signature {
            nom: "Anne Roche",
            qualite: "présidente de la commission de recours amiable",
            caisse: "CPAM des Bouches-du-Rhône",
            le: jour(2027, 1, 18),
            delegation: None,
            homologation: None,
        },
    }
    .document()
}

fn dit(document: &Document) -> String {
    let mut textes: Vec<String> = document
        .blocs
        .iter()
        .map(|bloc| bloc.texte().to_owned())
        .collect();
    textes.extend(document.signature.as_ref().map(|s| s.ligne()));
    textes.join("\n").replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn un_accuse_de_recours_a_toutes_ses_mentions_et_ne_juge_pas_du_delai() {
    let organes = organes(Voie::SecuriteSociale, true);
    let contact = ["CPAM".to_owned()];
    let lettre = accuse(&organes, &contact, false).lettre();
    let (texte, _) = lettre.rendre("https://releve.example.fr").expect("a text");
    let texte = texte.replace(['\u{a0}', '\u{202f}'], " ");
    let dit: String = texte.split_whitespace().collect::<Vec<_>>().join(" ");
    for mention in [
        "le 13 décembre 2026 votre recours contre la décision du 1er décembre 2026",
        "répondra au plus tard le lundi 15 février 2027 (inclus)",
        "pôle social du tribunal judiciaire d’Aix-en-Provence, 40 boulevard Carnot",
        "au plus tard le jeudi 15 avril 2027 (inclus)",
        "Ne le saisissez pas plus tôt",
        "Secrétariat de la CRA",
        "ajouter des documents",
        "131-2026-000042",
    ] {
        assert!(dit.contains(mention), "«{mention}» is not in {dit}");
    }
    for banni in ["tardif", "hors délai"] {
        assert!(!dit.contains(banni), "{banni}");
    }
    assert_eq!(
        lettre.sujet.replace(['\u{a0}', '\u{202f}'], " "),
        "Dossier 131-2026-R00003 : recours reçu"
    );
}

#[test]
fn la_reponse_de_la_commission_dit_le_sens_puis_pourquoi_puis_le_tribunal_seul() {
    let rejet = dit(&reponse(Issue::Rejet, "La place est prise.").expect("a document"));
    assert!(
        rejet.starts_with(
            "La commission de recours amiable, réunie le 18 janvier 2027, rejette votre recours."
        ),
        "{rejet}"
    );
    for mention in [
        "La place est prise.",
        "Vous dites que la place est libre",
        "Vous avez 2 mois à compter du jour où cette lettre vous est notifiée pour saisir le pôle social",
        "Anne Roche, présidente de la commission",
    ] {
        assert!(rejet.contains(mention), "«{mention}» is not in {rejet}");
    }
    assert!(!rejet.contains("D’abord, obligatoirement"), "{rejet}");
    let admis = dit(&reponse(Issue::Annulation, "La place est libre.").expect("a document"));
    assert!(
        admis.contains(
            "La décision du 1er décembre 2026 est annulée : votre demande est examinée de nouveau."
        ),
        "{admis}"
    );
    assert!(!admis.contains("saisir"), "{admis}");
    assert!(reponse(Issue::Rejet, "  ").is_none());
}

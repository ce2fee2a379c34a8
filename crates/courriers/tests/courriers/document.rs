//! The document that notifies a decision: complete or not written, and without a day that depends on its notification.

use chrono::NaiveDate;
use courriers::decision::{Accord, Bloc, Document, Recherche, Refus, Signature};
use regles::demande::Fondement;
use regles::echeance::Delai;
use regles::reserve::Reserve;

fn le(jour: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, jour).expect("a day")
}

fn signature() -> Signature<'static> {
    Signature {
        nom: "Sophie Girard",
        qualite: "directrice adjointe",
        caisse: "CPAM des Bouches-du-Rhône",
        le: le(27),
    }
}

fn refus<'a>(motifs: &'a str, voies: &'a [String]) -> Option<Document> {
    Refus {
        numero: "131-2026-000042",
        adresse: "12 rue des Lilas, Marseille",
        motifs,
        ecart: None,
        voies,
        recherche: Recherche {
            ecrire_a: "professionnels@exemple.fr",
            cada: Delai::Mois(2),
        },
        signature: signature(),
    }
    .document()
}

fn textes(document: &Document) -> String {
    let textes: Vec<&str> = document
        .blocs
        .iter()
        .map(|bloc| match bloc {
            Bloc::Titre(t) | Bloc::Fort(t) | Bloc::Paragraphe(t) | Bloc::Mention(t) => t.as_str(),
        })
        .collect();
    textes.join("\n").replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn a_refusal_without_reasons_or_without_routes_is_not_written() {
    let voies = ["D’abord la commission.".to_owned(), "Articles.".to_owned()];
    assert!(refus("La place est prise.", &voies).is_some());
    assert!(refus("  ", &voies).is_none());
    assert!(refus("La place est prise.", &[]).is_none());
}

#[test]
fn a_refusal_says_it_first_then_why_then_how_to_contest() {
    let voies = ["D’abord la commission.".to_owned(), "Articles.".to_owned()];
    let texte = textes(&refus("La place est prise.", &voies).expect("a document"));
    let places: Vec<usize> = [
        "Je refuse votre demande",
        "La place est prise.",
        "Si vous contestez cette décision",
        "D’abord la commission.",
        "Articles.",
        "cada.fr",
        "Sophie Girard, directrice adjointe, CPAM des Bouches-du-Rhône",
    ]
    .iter()
    .map(|attendu| {
        texte
            .find(attendu)
            .unwrap_or_else(|| panic!("«{attendu}»: {texte}"))
    })
    .collect();
    assert!(places.is_sorted(), "{texte}");
}

#[test]
fn a_grant_says_from_when_and_names_no_day_of_notification() {
    let accord = |fondement, reserve: Option<Reserve>| {
        textes(
            &Accord {
                numero: "131-2026-000042",
                adresse: "12 rue des Lilas, Marseille",
                fondement,
                effet: le(30),
                delai: Delai::Mois(6),
                reste: Some("Cet accord ne remplace pas ce qui reste à faire."),
                motifs: "Vous succédez à Claire Martin.",
                ecart: None,
                reserve: reserve.as_ref(),
                attendues: &[],
                recherche: Recherche {
                    ecrire_a: "professionnels@exemple.fr",
                    cada: Delai::Mois(2),
                },
                signature: signature(),
            }
            .document(),
        )
    };
    let texte = accord(Fondement::Succession, None);
    for attendu in [
        "J’accorde votre conventionnement pour exercer au 12 rue des Lilas, Marseille, à compter du 30 novembre 2026.",
        "6 mois à compter du jour où cette décision vous est notifiée",
        "plus tôt que le 30 novembre 2026",
        "ce qui reste à faire",
        "attestation de conventionnement",
    ] {
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
    }
    assert!(!texte.contains("contestez"), "nothing adverse: {texte}");
    assert!(accord(Fondement::Derogation, None).contains("à titre dérogatoire"));
    // REG-17: under a condition, no day of effect is promised.
    let reserve = Reserve {
        condition: "la cessation effective d’Hélène Martin".to_owned(),
        au_plus_tard: le(30),
        preuve: "Attestation de radiation".to_owned(),
    };
    let texte = accord(Fondement::Succession, Some(reserve));
    for attendu in [
        "sous réserve de la cessation effective d’Hélène Martin, au plus tard le lundi 30 novembre 2026 (inclus).",
        "Cette condition se prouve par : attestation de radiation.",
        "6 mois à compter du jour où la condition est remplie",
        "avant que la caisse vous ait écrit que la condition est remplie",
    ] {
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
    }
    assert!(!texte.contains("à compter du 30"), "{texte}");
}

//! The document that notifies a decision: complete or not written, and without a day that depends on its notification.

use chrono::NaiveDate;
use courriers::decision::{
    Accord, Bloc, Correction, Delegation, Document, IntentionRetrait, Recherche, Refus, Retrait,
    Signature,
};
use regles::demande::Fondement;
use regles::echeance::Delai;
use regles::reserve::Reserve;
use regles::retrait::Cause;

fn le(jour: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, jour).expect("a day")
}

fn signature() -> Signature<'static> {
    Signature {
        nom: "Sophie Girard",
        qualite: "directrice adjointe",
        caisse: "CPAM des Bouches-du-Rhône",
        le: le(27),
        delegation: None,
        homologation: None,
    }
}

/// The same, by a delegation, dispensed with a hand.
fn deleguee(de: &'static str) -> Signature<'static> {
    Signature {
        delegation: Some(Delegation { de, acte_du: le(5) }),
        homologation: Some("RGS 2026-12"),
        ..signature()
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

#[test]
fn a_letter_says_under_what_it_is_signed_and_what_dispenses_with_a_hand() {
    let correction = |signature| {
        let correction = Correction {
            numero: "131-2026-000042",
            lettre: le(20),
            faux: "12 rue des Lilas",
            juste: "21 rue des Lilas",
            signature,
        };
        textes(&correction.document())
    };
    let nue = correction(signature());
    assert!(nue.contains("au lieu de « 12 rue des Lilas », lisez « 21 rue des Lilas »"));
    assert!(nue.contains("Le reste est inchangé."));
    assert!(
        !nue.contains("délégation") && !nue.contains("manuscrite"),
        "{nue}"
    );
    let sous = correction(deleguee("la directrice"));
    for dit in [
        "Par délégation de la directrice, acte du jeudi 5 novembre 2026.",
        "se passe de signature manuscrite",
        "homologation RGS 2026-12",
        "(CPAM des Bouches-du-Rhône)",
    ] {
        assert!(sous.contains(dit), "«{dit}»: {sous}");
    }
    let du = correction(deleguee("le sous-directeur"));
    assert!(du.contains("Par délégation du sous-directeur"), "{du}");
}

fn retrait(cause: Cause, droit: &str, fait: &str, voies: &[String]) -> Option<String> {
    let document = Retrait {
        numero: "131-2026-000042",
        decision: le(2),
        cause,
        droit,
        fait,
        observations: Some((le(20), "Le bail produit est postérieur à la décision.")),
        effet: le(27),
        voies,
        signature: signature(),
    }
    .document()?;
    Some(textes(&document))
}

#[test]
fn a_withdrawal_states_law_fact_answer_and_routes_or_is_not_written() {
    let voies = ["D’abord la commission.".to_owned(), "Articles.".to_owned()];
    let (droit, fait) = (
        "l’article 1.2 de la convention nationale",
        "la place était déjà prise.",
    );
    for (droit, fait, voies) in [
        ("", fait, voies.as_slice()),
        (droit, " . ", voies.as_slice()),
        (droit, fait, &[]),
    ] {
        assert_eq!(retrait(Cause::Illegalite, droit, fait, voies), None);
    }
    let texte = retrait(Cause::Illegalite, droit, fait, &voies).expect("a document");
    for dit in [
        "Je retire la décision du 2 novembre 2026 : elle est censée n’avoir jamais existé.",
        "En droit. L’article 1.2 de la convention nationale.",
        "En fait. La place était déjà prise.",
        "Vous avez présenté des observations, reçues le 20 novembre 2026. Le bail produit",
        "D’abord la commission.",
        "article L242-1",
    ] {
        assert!(texte.contains(dit), "«{dit}»: {texte}");
    }
    let fin = retrait(Cause::Condition, droit, fait, &voies).expect("a document");
    assert!(
        fin.contains("Je mets fin, à compter du 27 novembre 2026"),
        "{fin}"
    );
    assert!(
        !fin.contains("jamais existé") && !fin.contains("annul"),
        "{fin}"
    );
}

#[test]
fn what_is_considered_is_not_decided_and_waits_for_an_answer() {
    let intention = IntentionRetrait {
        numero: "131-2026-000042",
        decision: le(2),
        cause: Cause::Illegalite,
        droit: "l’article 1.2 de la convention nationale",
        fait: "la place était déjà prise",
        terme: le(30),
        signature: signature(),
    };
    let texte = textes(&intention.document().expect("a document"));
    for dit in [
        "nous paraît contraire à l’article 1.2 de la convention nationale, car la place était déjà prise.",
        "Rien n’est décidé.",
        "au plus tard le lundi 30 novembre 2026 (inclus)",
        "avec la personne de votre choix",
    ] {
        assert!(texte.contains(dit), "«{dit}»: {texte}");
    }
    let sans_fait = IntentionRetrait {
        fait: "",
        ..intention
    };
    assert!(sans_fait.document().is_none());
}

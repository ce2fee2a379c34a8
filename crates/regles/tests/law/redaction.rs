//! EXP-4: what a text for a person does not say, and that every rule has its words.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use regles::echeance::NatureEcheance;
use regles::reglement::Reglement;
use regles::{enonce, fondement, redaction};

#[test]
fn exp_4_un_code_une_cle_un_site_ne_s_ecrivent_a_personne() {
    for (texte, attendu) in [
        ("Accord caduc (REG-9).", Some("REG-9")),
        ("Motif invoqué : A-CONJOINT", Some("A-CONJOINT")),
        ("voir pieces.delai", Some("pieces.delai")),
        ("voir rappels.*", Some("rappels.*")),
        ("résultat hors_regulation", Some("hors_regulation")),
        ("« Exercer en kiné » (Milo)", Some("Milo")),
        (
            "Dossier 131-2026-000042, article L311-3-1, Aix-en-Provence",
            None,
        ),
        ("Y a-t-il un bail ? A-t-elle signé ? B-12", None),
        (
            "https://exemple.fr/a_b zoe_m@exemple.fr bail_2026.pdf",
            None,
        ),
        ("Au 3e-étage, REG-, _ et __", None),
    ] {
        assert_eq!(redaction::premier_illisible(texte), attendu, "{texte}");
    }
}

#[test]
fn exp_4_chaque_regle_a_un_nom_une_phrase_et_une_adresse() {
    let tous = enonce::tous().expect("sentences");
    let reglement = Reglement::embarque().expect("parameters");
    let mut citees: BTreeSet<&str> = reglement.tous().map(|p| p.regle.as_str()).collect();
    citees.extend(NatureEcheance::TOUS.iter().map(|n| n.fiche().regle));
    citees.extend(
        fondement::tous()
            .expect("texts")
            .iter()
            .map(|t| t.regle.as_str()),
    );
    citees.extend(["REG-14", "ZON-6", "CTR-13", "ECH-3", "ZON-8"]);
    for regle in citees {
        let dit = enonce::de(regle).expect("sentences");
        assert!(dit.is_some(), "{regle} has no sentence");
    }
    let adresses: BTreeSet<&str> = tous.iter().map(|e| e.adresse.as_str()).collect();
    let regles: BTreeSet<&str> = tous.iter().map(|e| e.regle.as_str()).collect();
    assert_eq!((adresses.len(), regles.len()), (tous.len(), tous.len()));
    for e in tous {
        let permis = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(e.adresse.chars().all(permis), "{}", e.adresse);
        assert!(
            e.phrase.ends_with('.') && !e.nom.ends_with('.'),
            "{}",
            e.regle
        );
        for texte in [&e.nom, &e.phrase] {
            assert_eq!(redaction::premier_illisible(texte), None, "{}", e.regle);
        }
    }
    let trouve = enonce::a_l_adresse("delai-pour-designer").expect("sentences");
    assert_eq!(trouve.map(|e| e.regle.as_str()), Some("REG-5"));
    assert_eq!(enonce::a_l_adresse("REG-5").expect("sentences"), None);
    assert_eq!(enonce::de("REG-99").expect("sentences"), None);
}

#[test]
fn exp_4_une_regle_sans_texte_est_de_gestion_nationale() {
    let jour = NaiveDate::from_ymd_opt(2026, 1, 15).expect("date");
    let dit = |regle| fondement::de_la_regle(regle, jour).expect("texts");
    assert_eq!(
        dit("PRO-7"),
        "code des relations entre le public et l’administration, articles L231-1, L232-3 et L232-4"
    );
    assert_eq!(dit("REG-14"), "règle de gestion nationale");
}

//! What may be declared: the bounds of a departure (REG-3, REG-5), the grounds of derogation (DER-2),
//! the delay and effect of silence (PRO-2, PRO-7).

use chrono::NaiveDate;
use regles::accuse::silence;
use regles::depart::{DeclarationError, verifier, verifier_deces};
use regles::derogation::{famille, motif, motifs};
use regles::echeance::Delai;
use regles::recours::{Conteste, Destinataires, textes};
use regles::reglement::Reglement;
use regles::silence::EffetSilence;

fn jour(annee: i32, mois: u32, jour: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(annee, mois, jour).expect("a date")
}

#[test]
fn les_bornes_d_une_declaration_sont_incluses() {
    let reglement = Reglement::embarque().expect("parameters");
    let aujourd_hui = jour(2026, 1, 15);
    // (cessation, acts, field refused)
    let cas = [
        (jour(2028, 1, 15), None, None),
        (jour(2028, 1, 16), None, Some("date_cessation")),
        (jour(2021, 1, 15), None, None),
        (jour(2021, 1, 14), None, Some("date_cessation")),
        (aujourd_hui, Some(0), None),
        (aujourd_hui, Some(30_000), None),
        (aujourd_hui, Some(30_001), Some("actes")),
        (aujourd_hui, Some(-1), Some("actes")),
    ];
    for (cessation, actes, attendu) in cas {
        let trouve = verifier(&reglement, aujourd_hui, cessation, actes)
            .err()
            .map(|e| e.champ());
        assert_eq!(trouve, attendu, "{cessation} {actes:?}");
    }
}

#[test]
fn reg_7_un_deces_est_passe_et_pas_trop_ancien() {
    let reglement = Reglement::embarque().expect("parameters");
    let aujourd_hui = jour(2026, 1, 15);
    // (death, acts, field refused)
    let cas = [
        (aujourd_hui, None, None),
        (jour(2026, 1, 16), None, Some("deces_le")),
        (jour(2021, 1, 15), Some(2_400), None),
        (jour(2021, 1, 14), None, Some("deces_le")),
        (aujourd_hui, Some(30_001), Some("actes")),
    ];
    for (deces, actes, attendu) in cas {
        let trouve = verifier_deces(&reglement, aujourd_hui, deces, actes)
            .err()
            .map(|e| e.champ());
        assert_eq!(trouve, attendu, "{deces} {actes:?}");
    }
    let refus = verifier_deces(&reglement, aujourd_hui, jour(2020, 1, 1), None).unwrap_err();
    assert!(
        refus.to_string().contains("décès") && !refus.to_string().contains("cessation"),
        "{refus}"
    );
}

#[test]
fn un_refus_dit_la_borne() {
    let reglement = Reglement::embarque().expect("parameters");
    let refus = verifier(&reglement, jour(2026, 1, 15), jour(2020, 1, 1), None).unwrap_err();
    assert_eq!(
        refus,
        DeclarationError::TropTot {
            limite: jour(2021, 1, 15),
            delai: "5 ans".to_owned()
        }
    );
    assert!(refus.to_string().contains("Vérifiez l’année"), "{refus}");
}

#[test]
fn chaque_famille_a_ses_motifs_sources() {
    let en_vigueur = motifs(jour(2026, 1, 15)).expect("grounds");
    for code in ["A", "B", "C"] {
        assert!(en_vigueur.iter().any(|m| m.famille == code), "{code}");
        assert_ne!(famille(code), famille("Z"));
    }
    for m in &en_vigueur {
        assert!(!m.source.is_empty() && !m.pieces.is_empty(), "{}", m.code);
        assert_eq!(
            motif(&m.code).expect("grounds"),
            Some(*m),
            "{}: twice",
            m.code
        );
    }
    assert!(motifs(jour(2000, 1, 1)).expect("grounds").is_empty());
    assert_eq!(motif("INCONNU").expect("grounds"), None);
}

#[test]
fn le_silence_de_deux_mois_vaut_rejet_et_donne_les_recours() {
    let reglement = Reglement::embarque().expect("parameters");
    let jour_du_depot = jour(2026, 1, 15);
    let regle = silence(&reglement, jour_du_depot, &Destinataires::default()).expect("parameters");
    assert_eq!(
        (regle.delai, regle.effet),
        (Delai::Mois(2), EffetSilence::Rejet)
    );
    let voies = textes(
        &reglement,
        jour_du_depot,
        Conteste::Decision,
        &Destinataires::default(),
    )
    .expect("parameters");
    assert_eq!(regle.recours.len(), voies.len());
    let (references, phrases) = regle.recours.split_last().expect("routes");
    assert!(phrases.iter().all(|v| v.contains("2 mois")) && references.contains("R421-1"));
    assert!(regle.recours[0].contains("considérée comme refusée"));
    assert!(voies[0].contains("vous est notifiée"));
    let phrase = regle.phrase(jour(2026, 3, 16)).replace('\u{a0}', " ");
    assert!(
        phrase.contains("le 16 mars 2026 au plus tard") && phrase.contains("refusée"),
        "{phrase}"
    );
}

//! PRO-5: under what a decision is signed.

use chrono::NaiveDate;
use regles::decision::Acte;
use regles::delegation::{Habilitation, Titre, verifier};
use regles::demande::{Fondement, Sens};
use regles::geste::signer_sous;

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

fn delegation(acte_du: &str, du: &str, actes: &[Acte]) -> Habilitation {
    Habilitation {
        titre: Titre::Delegation,
        actes: actes.to_vec(),
        acte_du: d(acte_du),
        du: d(du),
        au: None,
        finie_le: None,
    }
}

fn direction(du: &str) -> Habilitation {
    Habilitation {
        titre: Titre::Direction,
        ..delegation(du, du, &[])
    }
}

/// The code of the refusal, or the rank of what lets one sign.
fn dit(h: &[Habilitation], actes: &[Acte], jour: &str) -> Result<usize, &'static str> {
    signer_sous(h, actes, d(jour)).map_err(|refus| refus.code())
}

#[test]
fn pro_5_une_delegation_couvre_un_acte_des_jours_et_precede_la_decision() {
    let h = [Habilitation {
        au: Some(d("2026-12-31")),
        ..delegation("2026-01-05", "2026-01-06", &[Acte::Refus, Acte::Accord])
    }];
    for (cas, actes, jour, attendu) in [
        ("premier jour", Acte::Refus, "2026-01-06", Ok(0)),
        ("dernier jour", Acte::Accord, "2026-12-31", Ok(0)),
        (
            "la veille",
            Acte::Refus,
            "2026-01-05",
            Err("delegation_a_venir"),
        ),
        (
            "le lendemain",
            Acte::Refus,
            "2027-01-01",
            Err("delegation_finie"),
        ),
        (
            "un acte qu’elle ne couvre pas",
            Acte::AccordDerogation,
            "2026-06-01",
            Err("delegation_hors_objet"),
        ),
    ] {
        assert_eq!(dit(&h, &[actes], jour), attendu, "{cas}");
    }
    assert_eq!(
        dit(&[], &[Acte::Accord], "2026-06-01"),
        Err("sans_delegation")
    );
}

#[test]
fn pro_5_l_acte_de_delegation_est_anterieur_a_la_decision() {
    let du_jour = [delegation("2026-06-01", "2026-06-01", &[Acte::Refus])];
    assert_eq!(
        dit(&du_jour, &[Acte::Refus], "2026-06-01"),
        Err("delegation_trop_recente")
    );
    assert_eq!(dit(&du_jour, &[Acte::Refus], "2026-06-02"), Ok(0));
    let nommee = [direction("2026-06-01")];
    assert_eq!(dit(&nommee, &[Acte::Refus], "2026-06-01"), Ok(0));
}

#[test]
fn pro_5_une_delegation_finie_ne_permet_plus_rien_ce_jour_la() {
    let h = [Habilitation {
        finie_le: Some(d("2026-06-10")),
        ..delegation("2026-01-05", "2026-01-06", &[Acte::Refus])
    }];
    assert_eq!(dit(&h, &[Acte::Refus], "2026-06-09"), Ok(0));
    assert_eq!(
        dit(&h, &[Acte::Refus], "2026-06-10"),
        Err("delegation_finie")
    );
}

#[test]
fn pro_5_qui_dirige_signe_en_son_nom_propre() {
    let h = [
        delegation("2026-01-05", "2026-01-06", Acte::TOUS),
        direction("2026-03-01"),
    ];
    assert_eq!(dit(&h, &[Acte::AccordDerogation], "2026-02-01"), Ok(0));
    assert_eq!(dit(&h, &[Acte::AccordDerogation], "2026-03-01"), Ok(1));
}

#[test]
fn pro_5_un_acte_double_demande_une_delegation_qui_couvre_les_deux() {
    let double = Acte::de(Sens::Accord, Fondement::Derogation, true);
    assert_eq!(double, [Acte::AccordDerogation, Acte::AccordSousReserve]);
    assert_eq!(
        Acte::de(Sens::Accord, Fondement::Succession, false),
        [Acte::Accord]
    );
    assert_eq!(
        Acte::de(Sens::Refus, Fondement::Refus, false),
        [Acte::Refus]
    );
    let une = |actes: &[Acte]| delegation("2026-01-05", "2026-01-06", actes);
    let separees = [
        une(&[Acte::AccordDerogation]),
        une(&[Acte::AccordSousReserve]),
    ];
    assert_eq!(
        dit(&separees, &double, "2026-06-01"),
        Err("delegation_hors_objet")
    );
    assert_eq!(dit(&[une(&double)], &double, "2026-06-01"), Ok(0));
}

#[test]
fn pro_5_une_delegation_ne_vaut_pas_pour_le_passe() {
    let champ = |h: &Habilitation| verifier(h).map_err(|(champ, _)| champ);
    let bonne = delegation("2026-01-05", "2026-01-05", &[Acte::Refus]);
    assert_eq!(champ(&bonne), Ok(()));
    let cas = [
        (
            "acte_du",
            Habilitation {
                acte_du: d("2026-01-06"),
                ..bonne.clone()
            },
        ),
        (
            "au",
            Habilitation {
                au: Some(d("2026-01-04")),
                ..bonne.clone()
            },
        ),
        (
            "actes",
            Habilitation {
                actes: Vec::new(),
                ..bonne.clone()
            },
        ),
    ];
    for (attendu, h) in cas {
        assert_eq!(champ(&h), Err(attendu));
    }
    assert_eq!(champ(&direction("2026-01-05")), Ok(()));
}

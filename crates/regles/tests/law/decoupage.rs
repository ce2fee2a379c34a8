//! ZON-2, ZON-3, ZON-4, ZON-7: the bassins, who classifies them, who is heard before, what an ARS moved.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use regles::arrete::prealables::{Constat, Prealable, liste};
use regles::reglement::Reglement;
use regles::synthese::publiee;
use regles::zonage::Categorie as C;
use regles::zonage::decoupage::{NatureBassin, nature_attendue, region_d_attribution};
use regles::zonage::deplacement::{Classement, Mouvement, mouvements};

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

#[test]
fn zon_2_canton_ou_ville_au_dela_de_trente_mille_habitants_bassin_de_vie_ailleurs() {
    let r = Reglement::embarque().expect("parameters");
    let nature = |habitants| nature_attendue(&r, d("2026-12-01"), habitants).expect("a value");
    assert_eq!(nature(Some(30_001)), NatureBassin::CantonOuVille);
    assert_eq!(nature(Some(30_000)), NatureBassin::BassinDeVie);
    assert_eq!(nature(None), NatureBassin::BassinDeVie);
    for (code, attendue) in [
        ("CV1398", Some(NatureBassin::CantonOuVille)),
        ("BV04070", Some(NatureBassin::BassinDeVie)),
        ("04070", None),
        ("é", None),
    ] {
        assert_eq!(NatureBassin::du_code(code), attendue, "{code}");
    }
}

#[test]
fn zon_3_la_region_qui_a_le_plus_d_habitants_classe_le_bassin_entier() {
    let region = region_d_attribution;
    assert_eq!(region(&[("93", 4_000), ("84", 3_999)]), Some("93"));
    assert_eq!(region(&[("84", 3_999), ("93", 4_000)]), Some("93"));
    assert_eq!(region(&[("93", 4_000), ("84", 4_000)]), None, "no guess");
    assert_eq!(region(&[("93", 0)]), None);
    assert_eq!(region(&[]), None);
}

#[test]
fn zon_4_les_consultations_d_avant_l_arrete_se_montrent_avec_leurs_dates() {
    let dates = [
        (Prealable::Urps, d("2025-03-01")),
        (Prealable::Crsa, d("2025-06-04")),
        (Prealable::CommissionRegionale, d("2025-06-05")),
    ];
    let attendu = |signature| {
        liste(signature, &dates)
            .into_iter()
            .map(|(_, constat)| constat)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        attendu(Some(d("2025-06-04"))),
        [
            Constat::Fait(d("2025-03-01")),
            Constat::Tardif(d("2025-06-05")),
            Constat::Fait(d("2025-06-04")),
            Constat::NonDit,
        ]
    );
    assert_eq!(attendu(None)[1], Constat::Fait(d("2025-06-05")));
    assert_eq!(liste(None, &[]).len(), Prealable::TOUS.len());
}

#[test]
fn zon_7_ce_que_l_ars_deplace_se_compense_et_a_une_limite() {
    let bassin = |population, nationale, retenue| Classement {
        population,
        nationale,
        retenue,
    };
    let bassins = [
        bassin(9_000, C::Intermediaire, C::TresSousDotee),
        bassin(8_000, C::TresSousDotee, C::Intermediaire),
        bassin(500, C::Intermediaire, C::NonPrioritaire),
        bassin(100_000, C::NonPrioritaire, C::NonPrioritaire),
    ];
    let m = mouvements(&bassins);
    let attendus = BTreeMap::from([
        (C::TresSousDotee, (9_000, 8_000)),
        (C::Intermediaire, (8_000, 9_500)),
        (C::NonPrioritaire, (500, 0)),
    ]);
    let lus: BTreeMap<C, (i64, i64)> = m.iter().map(|(c, m)| (*c, (m.entres, m.sortis))).collect();
    assert_eq!(lus, attendus);
    assert!(m[&C::TresSousDotee].compense() && m[&C::Intermediaire].compense());
    assert!(!m[&C::NonPrioritaire].compense(), "it only gains");
    assert_eq!(m[&C::Intermediaire].net(), -1_500);
    assert!(mouvements(&[]).is_empty());

    // PACA: 2.5 % of 5 118 636 inhabitants, 128 000 rounded.
    let r = Reglement::embarque().expect("parameters");
    let depasse = |entres| {
        Mouvement { entres, sortis: 0 }
            .depasse(&r, d("2025-06-06"), 5_118_636)
            .expect("a value")
    };
    assert!(!depasse(127_965) && depasse(127_966));
}

#[test]
fn zon_7_les_parts_retenues_par_paca_sont_celles_de_ses_tableaux() {
    let paca = publiee("93", d("2025-06-06"))
        .expect("figures")
        .expect("PACA");
    let table = paca.table();
    for (categorie, mille) in [
        (C::TresSousDotee, 14),
        (C::SousDotee, 0),
        (C::Intermediaire, 315),
        (C::NonPrioritaire, 671),
    ] {
        assert_eq!(paca.part_retenue(categorie), Some(mille), "{categorie}");
        assert_eq!(table.part_mille(categorie), Some(mille), "{categorie}");
    }
    assert_eq!(paca.part_retenue(C::SurDoteeAv5), None);
    let vide = regles::synthese::Synthese::default();
    assert_eq!(vide.part_mille(C::SousDotee), None, "of nothing");
}

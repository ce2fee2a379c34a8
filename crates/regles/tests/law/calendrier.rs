//! ECH-1, ECH-2: deadlines and public holidays.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use regles::calendrier::{Territoire, jour_ferie, jours_feries};
use regles::echeance::{self, Delai, EcheanceError, Suspension};

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

/// The official list; its first line says whose it is.
const JOURS_FERIES: &str = include_str!("jours_feries.csv");

fn plier(nom: &str) -> String {
    nom.to_lowercase().replace('’', "'").replace("2ème", "2e")
}

#[test]
fn jours_feries_de_la_liste_officielle() {
    let mut lecteur = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(JOURS_FERIES.as_bytes());
    let noms: BTreeMap<String, Territoire> = Territoire::TOUS
        .iter()
        .map(|t| (t.libelle().to_lowercase(), *t))
        .collect();
    // Two holidays may fall on one day (Ascension on 8 May): all its names are kept.
    let mut attendus: BTreeMap<(&str, NaiveDate), Vec<String>> = BTreeMap::new();
    let mut lignes = 0;
    for ligne in lecteur.records() {
        let ligne = ligne.expect("ligne");
        lignes += 1;
        for zone in ligne[2].split('|') {
            let zone = zone.to_lowercase().replace("barthélémy", "barthélemy");
            attendus
                .entry((noms[&zone].as_str(), d(&ligne[0])))
                .or_default()
                .push(plier(&ligne[1]));
        }
    }
    assert_eq!(lignes, 508);
    let mut calcules = 0;
    for territoire in Territoire::TOUS.iter().copied() {
        for (jour, nom) in (2006..=2031).flat_map(|a| jours_feries(a, territoire)) {
            calcules += 1;
            assert_eq!(jour_ferie(jour, territoire), Some(nom));
            let noms = attendus
                .get(&(territoire.as_str(), jour))
                .unwrap_or_else(|| panic!("{jour} {territoire}"));
            assert!(
                noms.contains(&plier(nom)),
                "{jour} {territoire} : {nom} / {noms:?}"
            );
        }
    }
    assert_eq!(calcules, attendus.len());
}

#[test]
fn exemples_de_ech_4() {
    let metropole = Territoire::Metropole;
    let cas = [
        // départ, délai, terme brut, terme final, article
        (
            "2024-02-29",
            Delai::Annees(2),
            "2026-02-28",
            "2026-03-02",
            "ECH-4, cessation un 29 février",
        ),
        (
            "2025-08-31",
            Delai::Mois(6),
            "2026-02-28",
            "2026-03-02",
            "ECH-4, notification un 31",
        ),
        (
            "2023-08-15",
            Delai::Annees(2),
            "2025-08-15",
            "2025-08-18",
            "ECH-4, terme un jour férié",
        ),
        (
            "2026-01-05",
            Delai::Jours(60),
            "2026-03-06",
            "2026-03-06",
            "ECH-1, jours francs du départ",
        ),
        (
            "2026-01-05",
            Delai::Jours(0),
            "2026-01-05",
            "2026-01-05",
            "ECH-1, délai nul",
        ),
        (
            "2025-12-31",
            Delai::Mois(2),
            "2026-02-28",
            "2026-03-02",
            "ECH-1, dernier jour du mois",
        ),
        (
            "2026-03-06",
            Delai::Mois(1),
            "2026-04-06",
            "2026-04-07",
            "ECH-2, lundi de Pâques",
        ),
    ];
    for (depart, delai, brute, finale, article) in cas {
        let e = echeance::calculer(d(depart), delai, metropole, &[]).expect("calcul");
        assert_eq!((e.brute, e.finale), (d(brute), d(finale)), "{article}");
        assert_eq!(e.report.is_some(), e.brute != e.finale, "{article}");
        assert!(!e.explication.etapes().is_empty());
    }
}

fn suspension(du: &str, au: &str) -> Suspension {
    Suspension {
        du: d(du),
        au: d(au),
        motif: None,
    }
}

#[test]
fn suspensions() {
    // Periods, end expected, what the case shows.
    type Cas<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);
    let cas: [Cas<'_>; 7] = [
        (&[], "2026-03-05", "sans suspension"),
        (&[("2026-01-10", "2026-01-20")], "2026-03-15", "dix jours"),
        (
            &[("2026-01-10", "2026-01-20"), ("2026-01-15", "2026-01-25")],
            "2026-03-20",
            "chevauchement compté une fois",
        ),
        (
            &[("2026-01-15", "2026-01-25"), ("2026-01-10", "2026-01-20")],
            "2026-03-20",
            "l’ordre n’importe pas",
        ),
        (
            &[("2026-03-06", "2026-03-10")],
            "2026-03-05",
            "commencée après le terme : ne compte pas",
        ),
        (
            &[("2026-03-05", "2026-03-10")],
            "2026-03-10",
            "commencée le jour du terme : compte",
        ),
        (
            &[("2026-02-01", "2026-02-06"), ("2026-03-08", "2026-03-10")],
            "2026-03-12",
            "le terme atteint compte",
        ),
    ];
    for (suspensions, attendu, cas) in cas {
        let suspensions: Vec<Suspension> = suspensions
            .iter()
            .map(|(du, au)| suspension(du, au))
            .collect();
        let e = echeance::calculer(
            d("2026-01-05"),
            Delai::Mois(2),
            Territoire::Metropole,
            &suspensions,
        )
        .expect("calcul");
        assert_eq!(e.apres_suspensions, d(attendu), "{cas}");
    }
    let inverse = echeance::calculer(
        d("2026-01-05"),
        Delai::Mois(2),
        Territoire::Metropole,
        &[suspension("2026-01-10", "2026-01-09")],
    );
    assert!(matches!(
        inverse,
        Err(EcheanceError::SuspensionInversee { rang: 0, .. })
    ));
    let loin = echeance::calculer(
        d("9999-12-30"),
        Delai::Annees(2),
        Territoire::Metropole,
        &[],
    );
    assert_eq!(loin.err(), Some(EcheanceError::HorsCalendrier));
}

#[test]
fn territoires_et_report() {
    // 26 December 2025 is a Friday, a holiday in Alsace-Moselle only.
    let fin = |t| {
        echeance::calculer(d("2025-12-25"), Delai::Jours(1), t, &[])
            .expect("calcul")
            .finale
    };
    assert_eq!(fin(Territoire::Metropole), d("2025-12-26"));
    assert_eq!(fin(Territoire::AlsaceMoselle), d("2025-12-29"));
    assert_eq!(Territoire::du_departement("67"), Territoire::AlsaceMoselle);
    assert_eq!(Territoire::du_departement("13"), Territoire::Metropole);
}

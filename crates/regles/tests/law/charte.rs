//! REG-12: the ranking of candidates under a charter.

use std::collections::BTreeMap;

use proptest::prelude::*;
use regles::bareme::bareme;
use regles::charte::{
    Candidat, Charte, CharteError, Critere, GenreCritere, Points, SensCritere, classer,
};
use regles::regle::Constat;

fn critere(code: &str, genre: GenreCritere, sens: SensCritere, poids: i64, max: i64) -> Critere {
    Critere {
        code: code.to_owned(),
        libelle: format!("Critère {code}"),
        genre,
        sens,
        poids,
        maximum: max,
    }
}

/// Experience over 10 years (40), lives in the zone (35), distance up to 30 km (25, the nearer the better).
fn charte() -> Charte {
    use GenreCritere::{Nombre, OuiNon};
    use SensCritere::{Croissant, Decroissant};
    Charte {
        du: "2026-01-01".parse().expect("date"),
        criteres: vec![
            critere("C1", Nombre, Croissant, 40, 10),
            critere("C2", OuiNon, Croissant, 35, 1),
            critere("C3", Nombre, Decroissant, 25, 30),
        ],
    }
}

fn candidat(id: i64, valeurs: &[(&str, i64)]) -> Candidat {
    Candidat {
        id,
        valeurs: valeurs.iter().map(|(c, v)| ((*c).to_owned(), *v)).collect(),
    }
}

#[test]
fn les_points_sont_exacts_et_arrondis_au_centieme_inferieur() {
    let charte = charte();
    let [experience, zone, distance] = &charte.criteres[..] else {
        panic!("trois critères")
    };
    let cas = [
        (experience, 0, "0"),
        (experience, 1, "4"),
        (experience, 10, "40"),
        (experience, 25, "40"),
        (zone, 0, "0"),
        (zone, 1, "35"),
        (distance, 0, "25"),
        (distance, 1, "24,16"),
        (distance, 29, "0,83"),
        (distance, 30, "0"),
        (distance, 99, "0"),
    ];
    for (critere, valeur, attendu) in cas {
        assert_eq!(
            critere.points(valeur).to_string(),
            attendu,
            "{} = {valeur}",
            critere.code
        );
    }
    let ecrits = [(5, "0,05"), (50, "0,5"), (105, "1,05"), (1250, "12,5")];
    for (points, attendu) in ecrits {
        assert_eq!(Points(points).to_string(), attendu);
    }
}

#[test]
fn le_classement_dit_les_rangs_et_les_ex_aequo() {
    let candidats = [
        candidat(1, &[("C1", 5), ("C2", 0), ("C3", 0)]),
        candidat(2, &[("C1", 10), ("C2", 1), ("C3", 0)]),
        candidat(3, &[("C1", 5), ("C2", 0), ("C3", 0)]),
        candidat(4, &[("C1", 0), ("C2", 0), ("C3", 30)]),
    ];
    let classement = classer(&charte(), &candidats);
    let lu: Vec<_> = classement
        .notes
        .iter()
        .map(|n| (n.candidat, n.rang, n.ex_aequo, n.points))
        .collect();
    assert_eq!(
        lu,
        [
            (2, Some(1), false, Some(Points(10_000))),
            (1, Some(2), true, Some(Points(4500))),
            (3, Some(2), true, Some(Points(4500))),
            (4, Some(4), false, Some(Points(0))),
        ]
    );
    assert!(classement.est_complet());
    let premier = classement.note(2).expect("note");
    assert_eq!(
        premier.detail,
        [Some(Points(4000)), Some(Points(3500)), Some(Points(2500))]
    );
    let etapes = premier.explication.etapes();
    assert_eq!(etapes.len(), 3);
    assert!(
        etapes
            .iter()
            .all(|e| e.regle == "REG-12" && e.constat == Constat::Rempli)
    );
    assert_eq!(etapes[0].libelle, "Critère C1 : 40 sur 40");
    assert_eq!(etapes[0].attendu, "40 points pour 10 et plus");
    assert_eq!(etapes[1].valeur, serde_json::json!(true));
    assert_eq!(etapes[1].attendu, "35 points pour oui");
    assert_eq!(etapes[2].attendu, "25 points pour 0");
    assert_eq!(
        etapes[2].source,
        "charte de la caisse du 1er\u{a0}janvier\u{a0}2026"
    );
    let dernier = classement.note(4).expect("note");
    assert!(
        dernier
            .explication
            .etapes()
            .iter()
            .all(|e| e.constat == Constat::NonRempli)
    );
    assert_eq!(classement.note(5), None);
}

#[test]
fn un_critere_inconnu_n_est_jamais_zero() {
    let candidats = [
        candidat(1, &[("C1", 10), ("C3", 0)]),
        candidat(2, &[("C1", 0), ("C2", 0), ("C3", 30)]),
    ];
    let classement = classer(&charte(), &candidats);
    assert!(!classement.est_complet());
    let inconnu = classement.note(1).expect("note");
    assert_eq!((inconnu.rang, inconnu.points), (None, None));
    assert_eq!(inconnu.manquants, ["Critère C2"]);
    assert_eq!(inconnu.detail[1], None);
    assert_eq!(inconnu.explication.etapes()[1].constat, Constat::Inconnu);
    assert_eq!(
        inconnu.explication.etapes()[1].libelle,
        "Critère C2 : valeur inconnue"
    );
    // The one who is known comes first, even with nothing.
    assert_eq!(classement.notes[0].candidat, 2);
    assert_eq!(classement.notes[0].rang, Some(1));
    assert!(!classement.notes[0].ex_aequo);
}

#[test]
fn une_charte_se_tient_ou_dit_ce_qui_manque() {
    assert_eq!(charte().verifier(), Ok(()));
    let sauf = |changer: &dyn Fn(&mut Charte)| {
        let mut charte = charte();
        changer(&mut charte);
        charte.verifier().expect_err("refusée")
    };
    assert_eq!(sauf(&|c| c.criteres.clear()), CharteError::Nombre);
    assert_eq!(
        sauf(&|c| {
            let un = c.criteres[0].clone();
            c.criteres = (0..11).map(|_| un.clone()).collect();
        }),
        CharteError::Nombre
    );
    assert_eq!(sauf(&|c| c.criteres[0].poids = 39), CharteError::Somme(99));
    assert_eq!(
        sauf(&|c| c.criteres[1].poids = 0),
        CharteError::Poids { rang: 1 }
    );
    assert_eq!(
        sauf(&|c| c.criteres[1].poids = 101),
        CharteError::Poids { rang: 1 }
    );
    assert_eq!(
        sauf(&|c| c.criteres[0].maximum = 0),
        CharteError::Maximum { rang: 0 }
    );
    assert_eq!(
        sauf(&|c| c.criteres[0].maximum = 100_001),
        CharteError::Maximum { rang: 0 }
    );
    assert_eq!(
        sauf(&|c| c.criteres[1].maximum = 2),
        CharteError::Maximum { rang: 1 }
    );
    assert_eq!(
        sauf(&|c| c.criteres[2].libelle = " ".to_owned()),
        CharteError::Libelle { rang: 2 }
    );
    assert_eq!(
        sauf(&|c| c.criteres[2].libelle = "critere c1".to_owned()),
        CharteError::Doublon { rang: 2 }
    );
    // A charter of ten criteria is the largest, one the smallest.
    let dix = Charte {
        criteres: (0..10)
            .map(|i| {
                critere(
                    &format!("C{i}"),
                    GenreCritere::Degre,
                    SensCritere::Croissant,
                    10,
                    5,
                )
            })
            .collect(),
        ..charte()
    };
    assert_eq!(dix.verifier(), Ok(()));
    let [experience, zone, _] = &charte().criteres[..] else {
        panic!("trois critères")
    };
    assert!(zone.accepte(0) && zone.accepte(1) && !zone.accepte(2) && !zone.accepte(-1));
    assert!(experience.accepte(100_000) && !experience.accepte(100_001) && !experience.accepte(-1));
    let note = &dix.criteres[0];
    assert!(note.accepte(5) && !note.accepte(6));
}

fn valeurs() -> impl Strategy<Value = BTreeMap<String, i64>> {
    let connue = |max: i64| proptest::option::weighted(0.9, 0..=max);
    (connue(12), connue(1), connue(40)).prop_map(|(a, b, c)| {
        [("C1", a), ("C2", b), ("C3", c)]
            .into_iter()
            .filter_map(|(code, v)| Some((code.to_owned(), v?)))
            .collect()
    })
}

fn candidats() -> impl Strategy<Value = Vec<Candidat>> {
    prop::collection::vec(valeurs(), 1..8).prop_map(|tous| {
        (1..)
            .zip(tous)
            .map(|(id, valeurs)| Candidat { id, valeurs })
            .collect()
    })
}

proptest! {
    #[test]
    fn le_classement_ne_depend_pas_de_l_ordre(tous in candidats(), decalage in 0usize..8) {
        let mut autres = tous.clone();
        autres.reverse();
        let n = autres.len();
        autres.rotate_left(decalage % n);
        prop_assert_eq!(classer(&charte(), &tous), classer(&charte(), &autres));
    }

    #[test]
    fn un_meilleur_critere_ne_fait_jamais_reculer(tous in candidats(), gain in 1i64..10) {
        let avant = classer(&charte(), &tous);
        for (code, pas) in [("C1", gain), ("C2", gain), ("C3", -gain)] {
            let mut mieux = tous.clone();
            let Some(valeur) = mieux[0].valeurs.get_mut(code) else { continue };
            *valeur = (*valeur + pas).max(0);
            let apres = classer(&charte(), &mieux);
            let (a, b) = (avant.note(1).expect("note"), apres.note(1).expect("note"));
            prop_assert!(a.points <= b.points);
            prop_assert!(a.rang >= b.rang);
        }
    }

    #[test]
    fn la_somme_montree_est_la_somme_comparee(tous in candidats()) {
        for note in classer(&charte(), &tous).notes {
            let somme: Option<i64> = note.detail.iter().map(|p| p.map(|p| p.0)).sum();
            prop_assert_eq!(note.points.map(|p| p.0), somme);
            prop_assert_eq!(note.points.is_none(), !note.manquants.is_empty());
            prop_assert!(somme.is_none_or(|s| (0..=10_000).contains(&s)));
        }
    }
}

/// REG-12 with ECH: attributed on, last day to file, under two months then under the delay of another value.
#[test]
fn le_gagnant_a_deux_mois_pour_deposer() {
    use regles::calendrier::Territoire::{self, Guadeloupe, Metropole};
    use regles::echeance::calculer;
    use regles::parametre::ValeurParametre;
    use regles::reglement::Reglement;

    let le = |texte: &str| texte.parse::<chrono::NaiveDate>().expect("date");
    let livre = Reglement::embarque().expect("reglement");
    let mut autre = livre
        .parametre("charte.delai_depot", le("2026-01-01"))
        .expect("shipped")
        .clone();
    (autre.valeur, autre.du) = (ValeurParametre::Entier(3), le("2027-01-01"));
    let change = livre.avec(autre).expect("valid");
    let cas: [(&str, Territoire, &str, &str); 7] = [
        // REG-12 ✓: a plain working day.
        ("2026-01-15", Metropole, "2026-03-16", "2026-03-16"),
        // ECH-1: no 31 February, and the last of February 2026 is a Saturday.
        ("2025-12-31", Metropole, "2026-03-02", "2026-03-02"),
        // ECH-2: 1 May 2028 is a holiday.
        ("2028-03-01", Metropole, "2028-05-02", "2028-06-01"),
        // 27 May 2026 in Guadeloupe only.
        ("2026-03-27", Guadeloupe, "2026-05-28", "2026-05-28"),
        ("2026-03-27", Metropole, "2026-05-27", "2026-05-27"),
        // Nothing retroactive: the value of the day of the attribution.
        ("2026-12-31", Metropole, "2027-03-01", "2027-03-01"),
        ("2027-01-01", Metropole, "2027-03-01", "2027-04-01"),
    ];
    for (attribuee, territoire, deux_mois, sous_l_autre) in cas {
        for (reglement, attendu) in [(&livre, deux_mois), (&change, sous_l_autre)] {
            let delai = reglement
                .delai("charte.delai_depot", le(attribuee))
                .expect("in force");
            let calculee = calculer(le(attribuee), delai, territoire, &[]).expect("dated");
            assert_eq!(calculee.finale, le(attendu), "{attribuee} {territoire:?}");
        }
    }
}

#[test]
fn chaque_critere_dit_ce_que_rapportent_ses_valeurs() {
    use GenreCritere::{Degre, Nombre, OuiNon};
    use SensCritere::{Croissant, Decroissant};
    for (genre, sens, poids, max, attendu) in [
        (
            Nombre,
            Croissant,
            60,
            10,
            "0 ne rapporte rien, 10 ou plus rapporte 60 points ; entre les deux, les points suivent la valeur : 5 en rapporte 30.",
        ),
        (
            Nombre,
            Decroissant,
            25,
            30,
            "0 rapporte 25 points, 30 ou plus ne rapporte rien ; entre les deux, les points suivent la valeur : 15 en rapporte 12,5.",
        ),
        (
            Degre,
            Croissant,
            20,
            1,
            "0 ne rapporte rien, 1 rapporte 20 points.",
        ),
        (
            OuiNon,
            Croissant,
            1,
            1,
            "« Oui » rapporte 1 point, « non » aucun.",
        ),
        (
            OuiNon,
            Decroissant,
            35,
            1,
            "« Non » rapporte 35 points, « oui » aucun.",
        ),
    ] {
        let dit = bareme(&critere("C1", genre, sens, poids, max));
        assert_eq!(dit.replace('\u{a0}', " "), attendu);
    }
}

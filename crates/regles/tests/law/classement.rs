//! ZON-4 to ZON-6: which arrêté answers for a commune at a date, and with which category.

use chrono::NaiveDate;
use regles::parametre::ValeurParametre;
use regles::reglement::Reglement;
use regles::zonage::Categorie as K;
use regles::zonage::classement::{Classee, Dit, NonClassee, categorie};

fn jour(texte: &str) -> NaiveDate {
    texte.parse().expect("a date")
}

fn dit(effet: &str, fin: Option<&str>, ligne: Option<K>, bassin: Option<K>, mixte: bool) -> Dit {
    Dit {
        effet: jour(effet),
        fin: fin.map(jour),
        ligne,
        bassin,
        mixte,
    }
}

#[test]
fn zon_6_l_arrete_en_vigueur_repond_par_la_ligne_de_la_commune_ou_par_son_bassin() {
    let reglement = Reglement::embarque().expect("reglement");
    let dits = [
        dit(
            "2024-11-01",
            Some("2026-03-01"),
            None,
            Some(K::NonPrioritaire),
            false,
        ),
        dit(
            "2026-03-01",
            Some("2027-01-01"),
            Some(K::SousDotee),
            Some(K::Intermediaire),
            true,
        ),
        dit(
            "2027-01-01",
            Some("2027-06-01"),
            None,
            Some(K::Intermediaire),
            true,
        ),
        dit("2027-06-01", None, None, None, false),
    ];
    let lue = |date| categorie(&reglement, &dits, jour(date));
    let classee = |rang, categorie, mixte| {
        Ok(Classee {
            rang,
            categorie,
            echu_depuis: None,
            mixte,
        })
    };
    for (date, attendu) in [
        ("2024-10-31", Err(NonClassee::SansArrete)),
        ("2024-11-01", classee(0, K::NonPrioritaire, false)),
        ("2026-02-28", classee(0, K::NonPrioritaire, false)),
        // The line of the commune is retained, and its bassin said to be mixed.
        ("2026-03-01", classee(1, K::SousDotee, true)),
        ("2027-01-01", Err(NonClassee::Mixte { rang: 2 })),
        ("2027-06-01", Err(NonClassee::BassinNonClasse { rang: 3 })),
    ] {
        assert_eq!(lue(date), attendu, "{date}");
    }
}

#[test]
fn zon_5_passe_sa_validite_l_arrete_s_applique_jusqu_a_son_remplacement_sauf_parametre() {
    let reglement = Reglement::embarque().expect("reglement");
    let dits = [dit(
        "2024-11-01",
        None,
        None,
        Some(K::NonPrioritaire),
        false,
    )];
    let annees = reglement
        .nombre("zonage.duree_validite", jour("2026-01-01"))
        .expect("a parameter");
    let terme = jour("2024-11-01")
        .checked_add_months(chrono::Months::new(12 * annees))
        .expect("a date");
    let veille = terme.pred_opt().expect("a date");
    let echu = |reglement: &Reglement, le| {
        categorie(reglement, &dits, le).map(|classee| classee.echu_depuis)
    };
    assert_eq!(echu(&reglement, veille), Ok(None));
    assert_eq!(echu(&reglement, terme), Ok(Some(terme)));
    let mut sans = reglement
        .parametre("zonage.apres_echeance", terme)
        .expect("a parameter")
        .clone();
    sans.valeur = ValeurParametre::Texte("sans_reponse".to_owned());
    sans.du = terme;
    let sans = reglement.avec(sans).expect("a later value");
    assert_eq!(echu(&sans, veille), Ok(None));
    assert_eq!(
        echu(&sans, terme),
        Err(NonClassee::Echu {
            rang: 0,
            depuis: terme
        })
    );
}

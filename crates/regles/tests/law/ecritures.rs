//! How amounts, numbers, dates, delays and identifiers are read and written, on each side of each border.

use regles::catalogue::valider;
use regles::dates_fr::{self, DateError};
use regles::decimale::{Decimale, DecimaleError};
use regles::echeance::Delai;
use regles::identifiants::{CodeCaisse, Rpps};
use regles::montant::{Montant, MontantError, grouper};
use regles::parametre::{Parametre, Unite, ValeurParametre, couvre};
use regles::reglement::{Reglement, ReglementError};
use serde_json::json;

fn d(texte: &str) -> chrono::NaiveDate {
    texte.parse().expect("date")
}

#[test]
fn un_montant_se_lit_et_s_ecrit() {
    let ecrits = [
        (0, "0,00 €"),
        (-5, "−0,05 €"),
        (99_900, "999,00 €"),
        (100_000, "1 000,00 €"),
        (12_345_600, "123 456,00 €"),
        (123_456_789, "1 234 567,89 €"),
    ];
    for (centimes, attendu) in ecrits {
        let ecrit = Montant::centimes(centimes).to_string();
        assert_eq!(ecrit.replace(['\u{202f}', '\u{a0}'], " "), attendu);
        assert_eq!(ecrit.parse(), Ok(Montant::centimes(centimes)));
    }
    assert_eq!("-5".parse(), Ok(Montant::centimes(-500)));
    for illisible in ["", ",50", "a,50", "1,a", "1,234", "1,2,3"] {
        let lu: Result<Montant, _> = illisible.parse();
        assert!(
            matches!(lu, Err(MontantError::Illisible(_))),
            "{illisible} : {lu:?}"
        );
    }
    let (un, deux) = (Montant::centimes(150), Montant::centimes(-40));
    assert_eq!(un.plus(deux), Ok(Montant::centimes(110)));
    assert_eq!(un.moins(deux), Ok(Montant::centimes(190)));
    let max = Montant::centimes(i64::MAX);
    assert_eq!(max.plus(un), Err(MontantError::HorsLimites));
    assert_eq!(
        Montant::centimes(i64::MIN).moins(un),
        Err(MontantError::HorsLimites)
    );
}

#[test]
fn un_nombre_se_groupe_par_milliers() {
    for (nombre, attendu) in [
        (0, "0"),
        (-5, "−5"),
        (240, "240"),
        (-240, "−240"),
        (2_240, "2 240"),
        (-123_456, "−123 456"),
        (1_234_567, "1 234 567"),
        (i64::MIN, "−9 223 372 036 854 775 808"),
    ] {
        assert_eq!(grouper(nombre).replace('\u{202f}', " "), attendu);
    }
}

#[test]
fn une_periode_va_de_son_premier_a_son_dernier_jour() {
    for (du, au, jour, attendu) in [
        ("2026-01-10", None, "2026-01-09", false),
        ("2026-01-10", None, "2026-01-10", true),
        ("2026-01-10", None, "9999-12-31", true),
        ("2026-01-10", Some("2026-03-10"), "2026-01-09", false),
        ("2026-01-10", Some("2026-03-10"), "2026-03-10", true),
        ("2026-01-10", Some("2026-03-10"), "2026-03-11", false),
    ] {
        assert_eq!(
            couvre(d(du), au.map(d), d(jour)),
            attendu,
            "{du} {au:?} {jour}"
        );
    }
}

#[test]
fn un_decimal_garde_ses_chiffres() {
    for (texte, ecrit) in [
        ("12", "12"),
        ("0", "0"),
        ("-0.5", "-0.5"),
        ("12,050", "12.05"),
        ("007.10", "7.1"),
        ("-3", "-3"),
    ] {
        assert_eq!(texte.parse::<Decimale>().expect(texte).to_string(), ecrit);
    }
    for illisible in ["", ".", "5.", ".5", "a.5", "5.a", "1.2.3", "1e3", "--1"] {
        let lu: Result<Decimale, _> = illisible.parse();
        assert!(
            matches!(lu, Err(DecimaleError::Illisible(_))),
            "{illisible} : {lu:?}"
        );
    }
    for (chiffres, tient) in [(33, true), (34, true), (35, false), (36, false)] {
        let lu: Result<Decimale, _> = "7".repeat(chiffres).parse();
        assert_eq!(lu.is_ok(), tient, "{chiffres}");
        assert_eq!(lu.err(), (!tient).then_some(DecimaleError::TropLong));
    }
    let en_json = |texte: &str| texte.parse::<Decimale>().expect(texte).en_json();
    assert_eq!(en_json("70"), json!(70));
    assert_eq!(en_json("69.9"), json!(69.9));
    assert_eq!(
        en_json("49.9999999999999999999"),
        json!("49.9999999999999999999")
    );
}

#[test]
fn une_date_se_lit_et_s_ecrit() {
    let lundi = d("2026-03-02");
    assert_eq!(dates_fr::courte(lundi), "02/03/2026");
    let semaine: Vec<&str> = lundi
        .iter_days()
        .take(7)
        .map(dates_fr::jour_de_semaine)
        .collect();
    assert_eq!(
        semaine,
        [
            "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"
        ]
    );
    assert_eq!(
        dates_fr::avec_jour(d("2026-03-01")).replace('\u{a0}', " "),
        "dimanche 1er mars 2026"
    );
    let illisible = |texte: &str| Err(DateError::Illisible(texte.to_owned()));
    for texte in ["12345/03/2026", "1a/03/2026", "12/03/2", "12/2026", "mars"] {
        assert_eq!(dates_fr::lire(texte), illisible(texte));
    }
    for texte in ["2026-03-1", "2026-03-012", "2026/03/12", "2026-0a-12", ""] {
        assert_eq!(dates_fr::lire_iso(texte), illisible(texte));
    }
    assert_eq!(dates_fr::lire_iso("2026-03-02"), Ok(lundi));
}

#[test]
fn un_delai_se_relit_tel_qu_il_s_ecrit() {
    for delai in [
        Delai::Annees(1),
        Delai::Annees(2),
        Delai::Mois(1),
        Delai::Mois(6),
        Delai::Jours(0),
        Delai::Jours(1),
        Delai::Jours(60),
    ] {
        assert_eq!(delai.to_string().parse(), Ok(delai));
    }
    for faux in ["2 siècles", "deux ans", "2"] {
        assert!(faux.parse::<Delai>().is_err(), "{faux}");
    }
    let reglement = Reglement::embarque().expect("reglement");
    let jour = d("2026-01-15");
    assert_eq!(reglement.delai("pieces.delai", jour), Ok(Delai::Mois(1)));
    assert_eq!(
        reglement.delai("cpd.delai_avis", jour),
        Ok(Delai::Jours(60))
    );
    assert_eq!(
        reglement.delai("place.delai_designation", jour),
        Ok(Delai::Annees(2))
    );
    assert!(matches!(
        reglement.delai("place.seuil_actes", jour),
        Err(ReglementError::Type(_))
    ));
}

/// The key that makes a number valid, by adding the digits of each doubled one.
fn cle_de_luhn(dix: &str) -> u32 {
    let somme: u32 = dix
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(rang, c)| {
            let c = if rang % 2 == 0 { c * 2 } else { c };
            c / 10 + c % 10
        })
        .sum();
    (10 - somme % 10) % 10
}

#[test]
fn une_seule_cle_convient_a_un_numero_rpps() {
    for n in (0u64..2_000).map(|n| n * 4_999_037 % 10_000_000_000) {
        let dix = format!("{n:010}");
        let bonne = cle_de_luhn(&dix);
        for cle in 0..10 {
            let rpps: Rpps = format!("{dix}{cle}").parse().expect("rpps");
            assert_eq!(rpps.cle_luhn_valide(), cle == bonne, "{dix}{cle}");
        }
    }
}

#[test]
fn un_code_de_caisse_a_trois_caracteres() {
    for (code, valide) in [
        ("131", true),
        ("2A1", true),
        ("13", false),
        ("1311", false),
        ("1-1", false),
        ("", false),
    ] {
        assert_eq!(code.parse::<CodeCaisse>().is_ok(), valide, "{code}");
    }
}

#[test]
fn un_parametre_defectueux_est_refuse() {
    let reglement = Reglement::embarque().expect("reglement");
    let jour = d("2026-01-15");
    let lu = |cle: &str| reglement.parametre(cle, jour).expect("parametre").clone();
    let seuil = lu("place.seuil_actes");
    assert_eq!(valider(&seuil), Ok(()));
    let sauf = |changer: &dyn Fn(&mut Parametre)| {
        let mut p = seuil.clone();
        changer(&mut p);
        matches!(valider(&p), Err(ReglementError::Invalide { .. }))
    };
    assert!(sauf(&|p| p.source.clear()));
    assert!(sauf(&|p| p.regle = " ".to_owned()));
    assert!(sauf(&|p| p.libelle.clear()));
    assert!(sauf(&|p| p.au = p.du.pred_opt()));
    assert!(!sauf(&|p| p.au = Some(p.du)));
    assert!(!sauf(&|p| p.au = p.du.succ_opt()));
    assert!(sauf(&|p| p.valeur = ValeurParametre::Entier(-1)));
    let mut rappels = lu("rappels.installation");
    for (codes, tient) in [
        (vec!["3m"], true),
        (vec![], false),
        (vec!["zzz"], false),
        (vec!["3m", "zzz"], false),
    ] {
        rappels.valeur = ValeurParametre::Liste(codes.iter().map(|c| (*c).to_owned()).collect());
        assert_eq!(valider(&rappels).is_ok(), tient, "{codes:?}");
    }
}

#[test]
fn une_unite_se_dit() {
    let dites = [
        (Unite::Actes, "actes"),
        (Unite::Heures, "heures"),
        (Unite::Jours, "jours"),
        (Unite::Mois, "mois"),
        (Unite::Annees, "ans"),
        (Unite::Centimes, "centimes"),
        (Unite::Pourcent, "%"),
        (Unite::PourMille, "‰"),
        (Unite::Personnes, "personnes"),
        (Unite::OuiNon, ""),
    ];
    for (unite, attendu) in dites {
        assert_eq!(unite.libelle(), attendu);
    }
}

#[test]
fn une_recherche_defait_les_ligatures() {
    let fold = regles::mots::fold;
    assert_eq!(fold("Bœrsch, Æsch, Straße"), "boersch aesch strasse");
}

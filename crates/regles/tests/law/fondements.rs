//! EXP-4: the text that founds a rule or a parameter is apart from where the product read it, and never a site.

use std::collections::BTreeSet;

use regles::fondement;
use regles::regle::Statut;
use regles::reglement::Reglement;

/// Where the product read the rules; none of them founds anything.
const SITES: [&str; 16] = [
    "milo",
    "indy",
    "yotera",
    "urps",
    "paps",
    "snmkr",
    "rézone",
    "rezone",
    "omk",
    "kiné actualité",
    "ameli",
    "brochure",
    "faq",
    "blog",
    "http",
    "www",
];

fn refuse(texte: &str) -> Option<String> {
    let bas = texte.to_lowercase();
    let site = SITES.iter().find(|site| bas.contains(**site));
    // An identifier such as REG-9, a key such as `rappels.pieces`, a code in capitals.
    let mots = texte.split(|c: char| c.is_whitespace() || "(),;".contains(c));
    let code = mots.into_iter().find(|mot| {
        let famille = mot.split_once('-').is_some_and(|(f, n)| {
            (2..=3).contains(&f.len())
                && f.chars().all(|c| c.is_ascii_uppercase())
                && n.starts_with(|c: char| c.is_ascii_digit())
        });
        let pointe = mot.trim_end_matches('.').contains('.')
            && mot.starts_with(|c: char| c.is_ascii_lowercase());
        let cle = mot.contains('_') || pointe;
        famille || cle
    });
    site.map(|s| (*s).to_owned())
        .or_else(|| code.map(str::to_owned))
}

#[test]
fn aucun_fondement_ne_nomme_un_site_un_identifiant_ni_une_cle() {
    for t in fondement::tous().expect("texts") {
        assert_eq!(refuse(&t.texte), None, "{} : {}", t.regle, t.texte);
    }
    // The test sees what it looks for.
    for faute in [
        "FAQ SNMKR (zonage)",
        "yotera.fr, 02/08/2023",
        "règle REG-9",
        "rappels.pieces",
        "cpd_avis",
    ] {
        assert!(refuse(faute).is_some(), "{faute}");
    }
}

#[test]
fn chaque_parametre_a_son_fondement_et_ceux_a_confirmer_se_listent() {
    let r = Reglement::embarque().expect("parameters");
    let mut sans = BTreeSet::new();
    for p in r.tous() {
        let dit = fondement::du_parametre(p).expect("texts");
        assert_eq!(refuse(&dit), None, "{} : {dit}", p.cle);
        if dit == "fondement à confirmer" {
            sans.insert(format!("{} ({})", p.regle, p.cle));
        }
        match p.statut {
            Statut::D | Statut::P => assert_eq!(dit, "règle de gestion nationale", "{}", p.cle),
            Statut::S | Statut::E | Statut::L => {}
        }
    }
    assert!(sans.is_empty(), "{sans:?}");
    let regles: BTreeSet<&str> = fondement::a_confirmer()
        .expect("texts")
        .iter()
        .map(|t| t.regle.as_str())
        .collect();
    assert!(regles.contains("REG-1") && !regles.contains("ECH-1"));
}

/// Two texts of one rule never hold on one day: which founds it would be a guess.
#[test]
fn une_regle_n_a_qu_un_fondement_par_jour() {
    let textes = fondement::tous().expect("texts");
    for (rang, un) in textes.iter().enumerate() {
        for autre in &textes[rang + 1..] {
            let ensemble = un.regle == autre.regle
                && un.au.is_none_or(|au| autre.du <= au)
                && autre.au.is_none_or(|au| un.du <= au);
            assert!(!ensemble, "{}", un.regle);
        }
    }
}

//! Words as a search compares them.

use regles::mots::{cle_adresse, fold, mots, proches, variantes};

#[test]
fn fold_forgets_case_accents_and_punctuation() {
    assert_eq!(fold("L'Haÿ-les-Roses"), "l hay les roses");
    assert_eq!(fold("  Œuilly  "), "oeuilly");
    assert_eq!(
        fold("Saint\u{2019}Étienne–du—Bois"),
        "saint etienne du bois"
    );
    assert_eq!(fold("Lyon 1er Arrondissement"), "lyon 1er arrondissement");
    assert_eq!(fold("' - "), "");
}

#[test]
fn fold_is_idempotent() {
    for name in ["Ærø-sur-Mer", "Les Trois-Îlets", "İstanbul", "Bœrsch"] {
        assert_eq!(fold(&fold(name)), fold(name));
    }
}

#[test]
fn un_texte_donne_ses_mots_une_fois() {
    assert_eq!(
        mots("Martin-Roux  Élodie MARTIN"),
        ["martin", "roux", "elodie"]
    );
    assert!(mots(" ' ").is_empty());
}

#[test]
fn deux_mots_a_une_faute_sont_proches_et_partagent_une_variante() {
    for (a, b) in [
        ("martin", "martin"),
        ("martin", "martni"),
        ("martin", "marin"),
        ("martin", "marttin"),
        ("martin", "mortin"),
        ("benali", "benaly"),
        ("lefevre", "lefebvre"),
    ] {
        assert!(proches(a, b) && proches(b, a), "{a} {b}");
        assert!(
            variantes(a).iter().any(|v| variantes(b).contains(v)),
            "{a} {b}"
        );
    }
    for (a, b) in [("martin", "morton"), ("martin", "mart"), ("abcd", "dcba")] {
        assert!(!proches(a, b), "{a} {b}");
    }
    assert!(variantes("roy").is_empty() && variantes("banc42").is_empty());
}

#[test]
fn une_meme_porte_a_une_meme_cle() {
    let cle = cle_adresse("13056", "12, quai des Anglais");
    assert_eq!(cle, cle_adresse("13056", "12 QUAI des anglais "));
    assert_ne!(cle, cle_adresse("13077", "12 quai des Anglais"));
    assert_eq!(cle_adresse("13056", " "), None);
}

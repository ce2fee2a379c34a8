//! The colours of the stylesheet keep their contrast, in both themes: AAA for text, 3:1 for what delimits a control.

use std::collections::BTreeMap;

type Palette = BTreeMap<String, [f64; 3]>;

/// The colours of a block `:root { … }`.
fn palette(bloc: &str) -> Palette {
    let mut couleurs = Palette::new();
    for morceau in bloc.split(';') {
        let morceau = morceau.rsplit("*/").next().unwrap();
        let Some((nom, valeur)) = morceau.split_once(':') else {
            continue;
        };
        let (Some(nom), Some(hexa)) = (
            nom.trim().strip_prefix("--"),
            valeur.trim().strip_prefix('#'),
        ) else {
            continue;
        };
        let chiffres: String = match hexa.len() {
            3 => hexa.chars().flat_map(|c| [c, c]).collect(),
            _ => hexa.to_owned(),
        };
        let canal =
            |i: usize| f64::from(u8::from_str_radix(&chiffres[i..i + 2], 16).unwrap()) / 255.0;
        couleurs.insert(nom.to_owned(), [canal(0), canal(2), canal(4)]);
    }
    couleurs
}

/// Relative luminance (WCAG 2.2).
fn luminance(couleur: [f64; 3]) -> f64 {
    let [r, v, b] = couleur.map(|c| {
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * r + 0.7152 * v + 0.0722 * b
}

fn contraste(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn les_couleurs_se_lisent_dans_les_deux_themes() {
    let css =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/static/releve.css")).unwrap();
    let blocs: Vec<&str> = css
        .split(":root {")
        .skip(1)
        .map(|b| b.split('}').next().unwrap())
        .collect();
    let clair = palette(blocs[0]);
    let mut sombre = clair.clone();
    sombre.extend(palette(blocs[1]));
    let etats = ["todo", "progress", "done", "late", "neutral"];
    let mut paires: Vec<(String, String, f64)> = Vec::new();
    let mut exiger = |devant: &str, fonds: &[&str], minimum| {
        paires.extend(
            fonds
                .iter()
                .map(|f| (devant.to_owned(), (*f).to_owned(), minimum)),
        );
    };
    exiger(
        "ink",
        &[
            "paper",
            "raised",
            "sunken",
            "todo-soft",
            "progress-soft",
            "done-soft",
            "late-soft",
        ],
        7.0,
    );
    exiger("quiet", &["paper", "raised", "sunken"], 7.0);
    exiger("accent", &["paper", "raised", "progress-soft"], 4.5);
    exiger("accent-strong", &["progress-soft"], 4.5);
    exiger("on-accent", &["accent", "accent-strong"], 7.0);
    exiger("on-bar", &["bar"], 7.0);
    exiger("on-bar-quiet", &["bar"], 4.5);
    exiger("edge", &["paper", "raised"], 3.0);
    exiger("focus", &["paper", "raised"], 3.0);
    for etat in etats {
        let doux = format!("{etat}-soft");
        exiger(etat, &[&doux, "raised", "paper"], 4.5);
        exiger(&format!("{etat}-line"), &["raised", "sunken"], 3.0);
    }
    for (theme, couleurs) in [("light", &clair), ("dark", &sombre)] {
        for (devant, fond, minimum) in &paires {
            let mesure = contraste(couleurs[devant], couleurs[fond]);
            assert!(
                mesure >= *minimum,
                "{theme}: {devant} on {fond} is {mesure:.2}, below {minimum}"
            );
        }
    }
}

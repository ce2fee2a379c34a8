//! Each letter of the list, made once from plausible data: it exists, it reads, and its words change on purpose only.

use std::collections::BTreeSet;

use courriers::Modele;

use crate::exemples;

const URL: &str = "https://releve.example.fr";

#[test]
fn chaque_lettre_a_son_code_et_son_exemple() {
    let codes: BTreeSet<&str> = Modele::TOUS.iter().map(|m| m.code()).collect();
    assert_eq!(codes.len(), Modele::TOUS.len(), "two letters have one code");
    let montrees: BTreeSet<Modele> = exemples::toutes().iter().map(|l| l.modele).collect();
    let oubliees: Vec<&str> = Modele::TOUS
        .iter()
        .filter(|m| !montrees.contains(m))
        .map(|m| m.code())
        .collect();
    assert!(oubliees.is_empty(), "without an example: {oubliees:?}");
    assert!(Modele::TOUS.iter().all(|m| !m.objet().is_empty()));
}

#[test]
fn aucune_lettre_ne_dit_de_valeur_vide() {
    for lettre in exemples::toutes() {
        let code = lettre.modele.code();
        let mut dits = vec![lettre.sujet.clone()];
        dits.extend(lettre.paragraphes.iter().map(|p| p.texte.clone()));
        dits.extend(
            lettre
                .paragraphes
                .iter()
                .flat_map(|p| p.liste.iter().map(|(libelle, _)| libelle.clone())),
        );
        for (libelle, valeur) in &lettre.points {
            dits.extend([libelle.clone(), valeur.clone()]);
        }
        if let Some((mots, chemin)) = &lettre.action {
            assert!(chemin.starts_with('/'), "{code}: {chemin}");
            dits.extend([mots.clone(), chemin.clone()]);
        }
        assert!(!lettre.paragraphes.is_empty(), "{code}: says nothing");
        for dit in dits {
            assert!(!dit.trim().is_empty(), "{code}: an empty value");
            for faute in ["  ", "()", " ,", " .", "«\u{a0}\u{a0}»"] {
                assert!(!dit.contains(faute), "{code}: «{faute}» in {dit}");
            }
        }
        let (texte, html) = lettre.rendre(URL).unwrap();
        assert!(texte.starts_with("Bonjour") && html.contains("<title>"));
    }
}

/// What a sentence announces by a colon stands right under it, in the text and on the screen.
#[test]
fn une_liste_annoncee_est_ou_elle_est_annoncee() {
    let mut annonces = 0;
    for lettre in exemples::toutes() {
        let code = lettre.modele.code();
        for p in &lettre.paragraphes {
            assert_eq!(
                p.texte.ends_with(':'),
                !p.liste.is_empty(),
                "{code}: {}",
                p.texte
            );
        }
        let (texte, html) = lettre.rendre(URL).unwrap();
        let lignes: Vec<&str> = texte.lines().map(str::trim_end).collect();
        for (rang, ligne) in lignes.iter().enumerate() {
            if ligne.ends_with(':') {
                annonces += 1;
                let suite = lignes.get(rang + 1).copied().unwrap_or("");
                assert!(!suite.is_empty(), "{code}: nothing after «{ligne}»");
            }
        }
        for suite in html.split(":</p>").skip(1) {
            assert!(suite.starts_with("\n<ul"), "{code}: nothing after a colon");
        }
    }
    assert!(annonces > 3, "the letters announce nothing any more");
}

/// A letter whose list turned out empty says so by its full stop.
#[test]
fn une_annonce_sans_rien_ne_finit_pas_par_deux_points() {
    let rien: [(&str, &str); 0] = [];
    let lettre = courriers::Lettre::new(Modele::Mention, "Essai").annonce("Il y manque", rien);
    let (texte, _) = lettre.rendre(URL).unwrap();
    assert!(texte.contains("Il y manque.\n"), "{texte}");
    let sans_precision =
        courriers::Lettre::new(Modele::Mention, "Essai").annonce("Il y manque", [("Diplôme", "")]);
    let (texte, _) = sans_precision.rendre(URL).unwrap();
    assert!(texte.contains("Il y manque\u{a0}:\n— Diplôme\n"), "{texte}");
}

#[test]
fn les_mots_de_chaque_lettre() {
    let mut tout = String::new();
    for lettre in exemples::toutes() {
        let (texte, _) = lettre.rendre(URL).unwrap();
        let code = lettre.modele.code();
        tout += &format!("=== {code}\n{}\n\n{texte}\n\n", lettre.sujet);
    }
    let ordinaires = tout.replace(['\u{a0}', '\u{202f}'], "~");
    insta::assert_snapshot!("toutes", ordinaires);
}

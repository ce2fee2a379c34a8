//! What no person reads: the identifier of a rule, the key of a parameter, a code of the house, the name of a private site.
//! Every page, e-mail and export that a test meets is read here (issue 11, item 6).

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;
use std::sync::LazyLock;

use calamine::Reader;
use regles::mots::fold;
use regles::redaction::{illisible, mots};
use releve::mail::Courriel;

/// Where codes are managed as such: the parameters and the grounds of derogation, by the national team.
const ECRANS_DES_PARAMETRES: &[&str] = &["/parametres", "/motifs"];

/// The stored values and the names of variants that are no French word.
static CODES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut codes = BTreeSet::from(["Apres", "Ecart"].map(str::to_owned));
    let racine = Path::new(env!("CARGO_MANIFEST_DIR"));
    for dossier in ["crates", "src"] {
        parcourir(&racine.join(dossier), &mut codes);
    }
    assert!(
        codes.contains("HorsRegulation") && codes.contains("defavorable"),
        "{codes:?}"
    );
    codes
});

fn parcourir(chemin: &Path, codes: &mut BTreeSet<String>) {
    for entree in std::fs::read_dir(chemin).expect("a folder of sources") {
        let chemin = entree.expect("an entry").path();
        if chemin.is_dir() {
            parcourir(&chemin, codes);
        } else if chemin.extension().is_some_and(|e| e == "rs") {
            let source = std::fs::read_to_string(&chemin).expect("a source");
            source.lines().for_each(|ligne| relever(ligne, codes));
        }
    }
}

/// Of a line `Variant = "value", "label";`, what would show that the label was forgotten: a word with a capital inside, and
/// a word of the label that lost its accents.
fn relever(ligne: &str, codes: &mut BTreeSet<String>) {
    let Some((variante, reste)) = ligne.trim().split_once(" = \"") else {
        return;
    };
    let Some((valeur, libelle)) = reste.split_once("\", \"") else {
        return;
    };
    if variante.chars().skip(1).any(char::is_uppercase) && variante.chars().all(char::is_alphabetic)
    {
        codes.insert(variante.to_owned());
    }
    let dits = libelle.to_lowercase();
    // «remplacé» without its last accent is «remplace», a word.
    let nu = |d: &str| {
        fold(d) == valeur && d != valeur && d.strip_suffix('é') != valeur.strip_suffix('e')
    };
    if mots(&dits).any(nu) {
        codes.insert(valeur.to_owned());
        codes.insert(variante.to_owned());
    }
}

/// What of these texts no person should read, with why.
pub fn interdits<'a>(textes: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut trouves = Vec::new();
    for texte in textes {
        for mot in mots(texte) {
            if illisible(mot) || CODES.contains(mot) {
                trouves.push(format!("«{mot}» in «{texte}»"));
            }
        }
    }
    trouves
}

/// Stops the test that met a page or an export with such a word.
pub fn tenir(chemin: &str, statut: u16, textes: &[String]) {
    // A form that came back shows what was typed in it, and why it is refused.
    if statut == 422 || ECRANS_DES_PARAMETRES.iter().any(|e| chemin.starts_with(e)) {
        return;
    }
    let trouves = interdits(textes.iter().map(String::as_str));
    assert!(
        trouves.is_empty(),
        "{chemin} shows what no person should read:\n{}",
        trouves.join("\n")
    );
}

/// Stops the test that downloaded a workbook with such a word.
pub fn tenir_un_classeur(chemin: &str, octets: &[u8]) {
    let mut classeur =
        calamine::open_workbook_auto_from_rs(Cursor::new(octets)).expect("a workbook");
    let cellules: Vec<String> = classeur
        .worksheets()
        .iter()
        .flat_map(|(_, feuille)| feuille.rows().flatten().map(ToString::to_string))
        .collect();
    tenir(chemin, 200, &cellules);
}

/// Stops the test that received such a mail.
pub fn tenir_un_courriel(courriel: &Courriel) {
    let trouves = interdits([courriel.sujet.as_str(), courriel.texte.as_str()]);
    assert!(
        trouves.is_empty(),
        "the mail «{}» says what no person should read:\n{}",
        courriel.sujet,
        trouves.join("\n")
    );
}

#[test]
fn les_codes_des_sources_se_reconnaissent() {
    for mot in ["HorsRegulation", "defavorable", "Apres", "Ecart", "REG-9"] {
        let texte = format!("L’avis ({mot}).");
        assert_eq!(interdits([texte.as_str()]).len(), 1, "{mot}");
    }
    for permis in [
        "L’avis est défavorable.",
        "Écart",
        "Après",
        "qui la remplace",
    ] {
        assert!(interdits([permis]).is_empty(), "{permis}");
    }
}

//! States are decided by the transitions of the rules. What the compiler holds (a writer takes a `Passage`, that only the
//! rules make) is completed here: no floor writes a state by its name, neither in a statement nor in a row to insert.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::{File, files, holds};

/// States of the software's own work, that no rule decides: a task under way, a deadline of the register.
const NOT_OF_THE_RULES: &[&str] = &["EtatTache", "EtatEcheance"];

/// A state by its name: `etat: Some(EtatPlace::Ouverte)`, `place::etat.eq(EtatPlace::Ouverte)`, `etat: "ouverte"`. Where a
/// life begins is `EtatPlace::DEBUT`.
static ROW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\betat:\s*(?:Some\(\s*)?(?:(Etat\w+)::[A-Z][a-z]|")"#).expect("a pattern")
});
static COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\betat\s*\.eq\(\s*(?:(Etat\w+)::[A-Z][a-z]|")"#).expect("a pattern")
});
static STATEMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)\b(?:SET|INSERT)\b[^"]*\betat\s*=\s*'"#).expect("a pattern")
});
static WRITES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\.(?:set|values)\(").expect("a pattern"));

/// What stands between a parenthesis and the one that closes it.
fn inside(text: &str) -> &str {
    let mut depth = 1;
    for (index, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..index];
        }
    }
    text
}

fn names(pattern: &Regex, text: &str) -> bool {
    pattern.captures_iter(text).any(|found| {
        found
            .get(1)
            .is_none_or(|state| !NOT_OF_THE_RULES.contains(&state.as_str()))
    })
}

fn writes_a_state(file: &File) -> Vec<String> {
    let code: Vec<&str> = file.code().map(|(_, line)| line).collect();
    let code = code.join("\n");
    let mut found = Vec::new();
    if names(&ROW, &code) || STATEMENT.is_match(&code) {
        found.push(format!("{}: a row names its state", file.path));
    }
    for start in WRITES.find_iter(&code) {
        if names(&COLUMN, inside(&code[start.end()..])) {
            found.push(format!("{}: a statement names its state", file.path));
        }
    }
    found
}

#[test]
fn no_floor_writes_a_state_that_the_rules_did_not_decide() {
    let mut all = files("src/actions", ".rs");
    all.extend(files("crates/db/src", ".rs"));
    all.extend(files("src/taches", ".rs"));
    all.extend(files("src/cli", ".rs"));
    for faulty in [
        "let n = NouvelleDecision { etat: EtatDecision::Decidee };",
        "let c = ChangementDemande {\n    etat: Some(\n        EtatDemande::Accordee,\n    ),\n};",
        "let a = NouvelArrete { etat: \"actif\" };",
        ".set((place::version.eq(f(1)), place::etat.eq(EtatPlace::Ouverte)))",
        ".values((candidature::id.eq(1), candidature::etat.eq(\"deposee\")))",
        "sql_query(\"UPDATE place SET etat = 'ouverte'\")",
    ] {
        holds(writes_a_state, &all, ("crates/db/src/a.rs", faulty));
    }
    // What is only asked for, or begins a life, is not written.
    for right in [
        ".filter(place::etat.eq(EtatPlace::Ouverte)).set(place::version.eq(2))",
        "let n = NouvelleDecision { etat: EtatDecision::DEBUT };",
        ".set(place::etat.eq(passage.vers()))",
    ] {
        let file = File {
            path: "crates/db/src/a.rs".to_owned(),
            text: right.to_owned(),
        };
        assert_eq!(writes_a_state(&file), Vec::<String>::new(), "{right}");
    }
}

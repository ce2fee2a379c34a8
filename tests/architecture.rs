//! The house rules that a compiler does not know. Each check is first shown a fault, so that it can be trusted.

mod etats;
mod noms;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex_lite::Regex;

/// Who may import whom, by the first name under `src/` and after `crate::`. What is not written is refused. That the
/// rules know nothing of the house is for the compiler; here, that they know neither what asks them nor their wording.
const ROOMS: &[(&str, &[&str])] = &[
    (
        "actions",
        &[
            "adresse",
            "clock",
            "config",
            "courriers",
            "db",
            "regles",
            "regles::evenement",
            "import",
            "pieces",
            "secret",
            "regles::texte",
            "regles::phrases",
        ],
    ),
    ("adresse", &["regles"]),
    (
        "app",
        &[
            "actions",
            "clock",
            "config",
            "db",
            "disque",
            "impression",
            "regles",
            "mail",
            "pieces",
            "web",
        ],
    ),
    (
        "cli",
        &[
            "actions",
            "adresse",
            "app",
            "clock",
            "config",
            "db",
            "demo",
            "dev",
            "disque",
            "regles",
            "regles::evaluer",
            "import",
            "mail",
            "mot_de_passe",
            "regles::texte",
            "taches",
        ],
    ),
    ("clock", &[]),
    ("config", &["db", "regles::evenement"]),
    ("courriers", &["regles", "regles::phrases", "regles::texte"]),
    ("db", &["regles", "regles::evenement", "regles::texte"]),
    (
        "demo",
        &[
            "actions",
            "app",
            "clock",
            "db",
            "disque",
            "regles",
            "mot_de_passe",
            "pieces",
            "secret",
        ],
    ),
    ("disque", &["config", "db"]),
    (
        "dev",
        &[
            "actions",
            "db",
            "regles",
            "regles::evenement",
            "secret",
            "regles::texte",
        ],
    ),
    ("import", &["db", "regles", "regles::texte"]),
    ("impression", &["courriers"]),
    ("lib", &[]),
    ("mail", &["adresse", "config", "disque"]),
    ("main", &[]),
    ("mot_de_passe", &["regles", "regles::texte"]),
    ("pieces", &["config", "disque", "secret"]),
    ("regles", &[]),
    ("regles::evaluer", &["regles"]),
    ("regles::evenement", &["regles", "regles::texte"]),
    ("regles::phrases", &["regles", "regles::texte"]),
    ("regles::texte", &["regles"]),
    ("secret", &[]),
    ("tableur", &["regles"]),
    (
        "taches",
        &[
            "actions",
            "app",
            "clock",
            "courriers",
            "db",
            "impression",
            "regles",
            "regles::evenement",
            "mail",
            "secret",
            "pieces",
            "regles::texte",
        ],
    ),
    (
        "web",
        &[
            "actions",
            "adresse",
            "app",
            "clock",
            "config",
            "courriers",
            "db",
            "impression",
            "regles",
            "regles::evenement",
            "regles::evaluer",
            "mot_de_passe",
            "pieces",
            "secret",
            "tableur",
            "regles::texte",
            "regles::phrases",
        ],
    ),
];

/// What the rules and the letters may not touch: they are pure functions of their arguments.
const NOT_IN_RULES: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::time",
    "diesel",
    "actix",
    "tokio",
    "rand::",
];

/// Where the rules are written.
const RULES: &str = "crates/regles/src/";

/// Where the letters are written.
const LETTERS: &str = "crates/courriers/src/";

/// Where the queries are written.
const STORE: &str = "crates/db/src/";

/// Writes how the base stores a text, under the feature that only the house asks for.
const STORED_TEXT: &str = "crates/regles/src/text_enum.rs";

/// The room of a module of the crate of the rules.
fn room_of_rules(module: &str) -> &'static str {
    match module {
        "evaluer" => "regles::evaluer",
        "evenement" => "regles::evenement",
        "texte" => "regles::texte",
        // What a decision, a list of steps, a date on a letter, whose turn it is, why not, what a criterion is worth say: wording, made
        // of rules.
        "accuse" | "attente" | "bareme" | "controle" | "fuseau" | "generales" | "geste"
        | "manque" | "preparation" | "recours" | "retrait" => "regles::phrases",
        _ => "regles",
    }
}

fn first_name(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or(path)
}

struct File {
    path: String,
    text: String,
}

impl File {
    /// The part of the path that names a room: `src/web/page.rs` and `src/web.rs` are of `web`.
    fn room(&self) -> &str {
        match self.path.strip_prefix(RULES) {
            Some(inside) => room_of_rules(first_name(inside)),
            None if self.path.starts_with(LETTERS) => "courriers",
            None if self.path.starts_with(STORE) => "db",
            None => first_name(self.path.trim_start_matches("src/")),
        }
    }

    /// The lines of code, numbered from one, without comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self
            .text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line.trim()));
        lines.filter(|(_, line)| !line.starts_with("//"))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder of the project whose name ends so, in order.
fn files(folder: &str, ending: &str) -> Vec<File> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    let files = found
        .into_iter()
        .filter(|path| path.to_string_lossy().ends_with(ending));
    let read = |path: PathBuf| File {
        path: path
            .strip_prefix(root())
            .expect("below the project")
            .to_string_lossy()
            .into_owned(),
        text: String::from_utf8_lossy(&fs::read(&path).expect("a readable file")).into_owned(),
    };
    files.map(read).collect()
}

/// The sources of the program, rules, letters and queries included.
fn sources() -> Vec<File> {
    let mut sources = files("src", ".rs");
    sources.extend(files(RULES, ".rs"));
    sources.extend(files(LETTERS, ".rs"));
    sources.extend(files(STORE, ".rs"));
    sources
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if path.is_dir() && !matches!(name.as_str(), "target" | ".git" | "donnees") {
            walk(&path, found);
        } else if path.is_file()
            && !matches!(name.as_str(), ".git" | "Cargo.lock")
            && !name.ends_with(".sqlite")
        {
            found.push(path);
        }
    }
}

fn holds(check: fn(&File) -> Vec<String>, files: &[File], faulty: (&str, &str)) {
    let faulty = File {
        path: faulty.0.to_owned(),
        text: faulty.1.to_owned(),
    };
    assert!(
        !check(&faulty).is_empty(),
        "the check does not see the fault it is shown: {}",
        faulty.text
    );
    let found: Vec<String> = files.iter().flat_map(check).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

static PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(crate|regles|courriers|(?:super::)*super)::(?:\{([^}]*)\}|([A-Za-z_]+))")
        .expect("a pattern")
});

/// The rooms that a line of code names.
fn rooms_named(file: &File, line: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for captures in PATH.captures_iter(line) {
        let names = captures.get(2).or(captures.get(3));
        let names = names
            .into_iter()
            .flat_map(|names| names.as_str().split(','));
        for name in names {
            let name = name.trim().split("::").next().unwrap_or_default();
            let of_rules = file.path.starts_with(RULES);
            // A crate of one room: the compiler holds its walls.
            let of_one_room = file.path.starts_with(LETTERS) || file.path.starts_with(STORE);
            match &captures[1] {
                "regles" => rooms.push(room_of_rules(name).to_owned()),
                "courriers" => rooms.push("courriers".to_owned()),
                _ if of_rules => rooms.push(room_of_rules(name).to_owned()),
                // A type named by itself stands at the root: it is of no room.
                "crate" if !of_one_room && name.starts_with(|c: char| c.is_lowercase()) => {
                    rooms.push(name.to_owned());
                }
                _ => {}
            }
        }
    }
    rooms
}

fn imports(file: &File) -> Vec<String> {
    let Some((room, allowed)) = ROOMS.iter().find(|(room, _)| *room == file.room()) else {
        return vec![format!(
            "{}: the room «{}» is not in ROOMS",
            file.path,
            file.room()
        )];
    };
    let mut found = Vec::new();
    for (number, line) in file.code() {
        if line.ends_with("crate::{") || line.ends_with("regles::{") {
            found.push(format!("{}:{number}: one room per `use` line", file.path));
        }
        for name in rooms_named(file, line) {
            if name != *room && name != "per_backend" && !allowed.contains(&name.as_str()) {
                found.push(format!(
                    "{}:{number}: «{room}» may not use «{name}»",
                    file.path
                ));
            }
        }
    }
    found
}

#[test]
fn each_floor_uses_only_the_floors_below() {
    let files = sources();
    for faulty in [
        ("src/import/a.rs", "use crate::{actions, mail};"),
        ("src/import/a.rs", "fn f() { crate::web::page::show() }"),
        ("crates/db/src/place.rs", "use regles::evaluer::evaluer;"),
        ("src/mail/mod.rs", "use regles::place::Place;"),
        ("crates/db/src/place.rs", "use courriers::Lettre;"),
        (
            "crates/courriers/src/demande/mod.rs",
            "use regles::evenement::Fait;",
        ),
        ("crates/regles/src/place.rs", "use crate::texte::date_fr;"),
        ("crates/regles/src/place.rs", "use crate::evenement::Fait;"),
        (
            "crates/regles/src/eligibilite/examen.rs",
            "use super::super::evaluer::evaluer;",
        ),
    ] {
        holds(imports, &files, faulty);
    }
}

fn impure(file: &File) -> Vec<String> {
    let found = file.code().flat_map(|(number, line)| {
        let named = NOT_IN_RULES
            .iter()
            .filter(move |name| line.contains(**name));
        named.map(move |name| {
            format!(
                "{}:{number}: rules and letters do not know «{name}»",
                file.path
            )
        })
    });
    found.collect()
}

#[test]
fn the_rules_and_the_letters_are_pure() {
    let mut pure = files(RULES, ".rs");
    pure.retain(|file| file.path != STORED_TEXT);
    pure.extend(files(LETTERS, ".rs"));
    holds(
        impure,
        &pure,
        ("crates/regles/src/a.rs", "use std::fs::read;"),
    );
}

fn writes_a_letter(file: &File) -> Vec<String> {
    let lines = file
        .code()
        .filter(|(_, line)| file.room() != "courriers" && line.contains("Lettre::new"));
    lines
        .map(|(number, _)| {
            format!(
                "{}:{number}: a letter has its file in crates/courriers",
                file.path
            )
        })
        .collect()
}

#[test]
fn letters_are_written_in_their_room() {
    holds(
        writes_a_letter,
        &sources(),
        (
            "src/actions/a.rs",
            "let lettre = Lettre::new(modele, sujet);",
        ),
    );
}

fn tests_beside_a_rule(file: &File) -> Vec<String> {
    let lines = file.code().filter(|(_, line)| line.contains("cfg(test)"));
    lines
        .map(|(number, _)| {
            format!(
                "{}:{number}: never run there; it goes to crates/regles/tests/law",
                file.path
            )
        })
        .collect()
}

#[test]
fn the_tests_of_a_rule_are_where_they_run() {
    holds(
        tests_beside_a_rule,
        &files(RULES, ".rs"),
        ("crates/regles/src/a.rs", "#[cfg(test)]"),
    );
}

fn knows_sql(file: &File) -> Vec<String> {
    // The generator of measurements fills tables by the hundred thousand.
    if matches!(file.room(), "db" | "dev") || file.path == STORED_TEXT {
        return vec![];
    }
    let lines = file.code().filter(|(_, line)| line.contains("diesel"));
    lines
        .map(|(number, _)| format!("{}:{number}: only `db` knows SQL", file.path))
        .collect()
}

#[test]
fn only_the_store_knows_sql() {
    holds(
        knows_sql,
        &sources(),
        ("src/web/a.rs", "use diesel::prelude::*;"),
    );
}

fn writes_a_condition_out(file: &File) -> Vec<String> {
    let literal = Regex::new(r"\bsql::<\s*(diesel::sql_types::)?Bool").expect("a pattern");
    let lines = file.code().filter(|(_, line)| literal.is_match(line));
    lines
        .map(|(number, _)| {
            format!(
                "{}:{number}: its statement would be planned anew each time; see db/condition.rs",
                file.path
            )
        })
        .collect()
}

#[test]
fn a_condition_written_out_keeps_its_statement_prepared() {
    holds(
        writes_a_condition_out,
        &sources(),
        ("crates/db/src/a.rs", ".filter(sql::<Bool>(EN_COURS))"),
    );
}

fn reads_the_clock(file: &File) -> Vec<String> {
    let clock = Regex::new(r"(Utc|Local|SystemTime|OffsetDateTime)::now").expect("a pattern");
    let lines = file
        .code()
        .filter(|(_, line)| file.path != "src/clock.rs" && clock.is_match(line));
    lines
        .map(|(number, _)| format!("{}:{number}: time is an argument", file.path))
        .collect()
}

#[test]
fn only_the_clock_knows_what_time_it_is() {
    holds(
        reads_the_clock,
        &sources(),
        ("src/web/a.rs", "let now = Utc::now();"),
    );
}

fn spells_a_delay_out(file: &File) -> Vec<String> {
    let delay = Regex::new(
        r"\b(un an|(deux|trois|six|soixante) (ans|mois|jours))\b|\b1[\s\u{202f}]?200 actes",
    )
    .expect("a pattern");
    let speaks = ["src/actions/", LETTERS, "src/web/", "src/taches/"]
        .iter()
        .any(|room| file.path.starts_with(room));
    // The specimen shows components, with made-up sentences.
    let specimen = file.path.starts_with("src/web/specimen");
    file.code()
        .filter(|(_, line)| speaks && !specimen && delay.is_match(line))
        .map(|(number, _)| format!("{}:{number}: the length is a dated parameter", file.path))
        .collect()
}

#[test]
fn no_letter_nor_screen_spells_out_a_delay_that_is_a_parameter() {
    holds(
        spells_a_delay_out,
        &sources(),
        ("src/actions/a.rs", "\"dans les six mois (REG-9)\""),
    );
}

fn too_long(file: &File) -> Vec<String> {
    let lines = file.text.lines().count();
    // The schema is generated, one block per table; the routes are one table, on one page.
    let tables = ["crates/db/src/schema.rs", "src/web/routes.rs"];
    if lines <= 400 || tables.contains(&file.path.as_str()) {
        vec![]
    } else {
        vec![format!("{}: {lines} lines", file.path)]
    }
}

#[test]
fn no_file_exceeds_400_lines() {
    holds(too_long, &sources(), ("src/a.rs", &"\n".repeat(401)));
}

fn undocumented(file: &File) -> Vec<String> {
    let item = Regex::new(r"^pub (const |async )*(fn|struct|enum|trait|type|const|static) ")
        .expect("a pattern");
    let (mut found, mut documented, mut in_attribute) = (Vec::new(), false, false);
    for (number, line) in file
        .text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()))
    {
        if item.is_match(line) && !documented {
            found.push(format!("{}:{number}: no docstring: {line}", file.path));
        }
        // Attributes stand between a docstring and its item; they may run over several lines.
        in_attribute = in_attribute || line.starts_with("#[");
        documented =
            line.starts_with("///") || line.starts_with("$(#[$doc") || (documented && in_attribute);
        in_attribute = in_attribute && !line.ends_with(']');
    }
    found
}

#[test]
fn public_items_say_what_they_are() {
    let sources: Vec<File> = sources()
        .into_iter()
        .filter(|file| file.path != "crates/db/src/schema.rs")
        .collect();
    holds(
        undocumented,
        &sources,
        ("src/a.rs", "#[derive(Debug)]\npub struct Place;"),
    );
    let silent = sources
        .iter()
        .filter(|file| !file.text.trim_start().starts_with("//!"));
    assert_eq!(
        silent.map(|file| file.path.as_str()).collect::<Vec<_>>(),
        Vec::<&str>::new(),
        "files that do not say what they are"
    );
}

fn inline(file: &File) -> Vec<String> {
    let forbidden = Regex::new(r#"\sstyle=|<style|\son[a-z]+=|<script[^>]*>[^<\s]|javascript:"#)
        .expect("a pattern");
    let lines = file
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| forbidden.is_match(line));
    lines
        .map(|(index, line)| format!("{}:{}: {}", file.path, index + 1, line.trim()))
        .collect()
}

#[test]
fn pages_hold_no_inline_script_or_style() {
    let templates = files("templates", ".html");
    holds(
        inline,
        &templates,
        ("templates/a.html", "<p style=\"color: red\">"),
    );
    holds(
        inline,
        &templates,
        ("templates/a.html", "<a onclick=\"go()\">"),
    );
    holds(
        inline,
        &templates,
        ("templates/a.html", "<script>go()</script>"),
    );
}

#[test]
fn migrations_have_the_same_names_on_both_databases() {
    let names = |side: &str| {
        let found = files(&format!("migrations/{side}"), ".sql").into_iter();
        found
            .map(|file| file.path.replace(&format!("migrations/{side}/"), ""))
            .collect::<Vec<_>>()
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

/// What belongs to the place where the project is written, not to the project.
fn foreign(file: &File) -> Vec<String> {
    let words = [
        concat!("crates", ".io"),
        concat!("npm", "js.org"),
        concat!("pypi", ".org"),
        concat!("/wo", "rk/"),
    ];
    let found = words.into_iter().filter(|word| file.text.contains(word));
    found
        .map(|word| format!("{}: «{word}»", file.path))
        .collect()
}

#[test]
fn the_project_speaks_of_itself_alone() {
    holds(
        foreign,
        &files(".", ""),
        ("a.md", concat!("see /wo", "rk/notes")),
    );
}

//! The house rules that a compiler does not know. Each check is first shown a fault, so that it can be trusted.

use std::fs;
use std::path::{Path, PathBuf};

use regex_lite::Regex;

/// Who may import whom, by the first name under `src/` and after `crate::`. What is not written is refused.
const ROOMS: &[(&str, &[&str])] = &[
    (
        "actions",
        &[
            "clock", "config", "db", "domain", "import", "mail", "pieces", "secret", "texte",
        ],
    ),
    (
        "app",
        &[
            "actions", "clock", "config", "db", "domain", "mail", "pieces", "web",
        ],
    ),
    (
        "cli",
        &[
            "actions",
            "app",
            "clock",
            "config",
            "db",
            "demo",
            "dev",
            "domain",
            "evaluer",
            "import",
            "mail",
            "mot_de_passe",
            "texte",
            "worker",
        ],
    ),
    ("clock", &[]),
    ("config", &["db"]),
    ("db", &["domain", "texte"]),
    (
        "demo",
        &[
            "actions",
            "app",
            "clock",
            "db",
            "domain",
            "mot_de_passe",
            "pieces",
            "secret",
        ],
    ),
    ("dev", &["actions", "db", "domain", "secret", "texte"]),
    ("domain", &[]),
    ("evaluer", &["domain"]),
    ("import", &["db", "domain", "texte"]),
    ("lib", &[]),
    ("mail", &["config", "texte"]),
    ("main", &[]),
    ("mot_de_passe", &["domain", "texte"]),
    ("pieces", &["config", "secret"]),
    ("secret", &[]),
    ("text_enum", &[]),
    ("tableur", &[]),
    ("texte", &["domain"]),
    (
        "web",
        &[
            "actions",
            "app",
            "clock",
            "config",
            "db",
            "domain",
            "evaluer",
            "mot_de_passe",
            "pieces",
            "secret",
            "tableur",
            "texte",
        ],
    ),
    (
        "worker",
        &["actions", "app", "clock", "db", "domain", "mail", "texte"],
    ),
];

/// What the rules may not touch: they are pure functions of their arguments.
const NOT_IN_DOMAIN: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::time",
    "diesel",
    "actix",
    "tokio",
    "rand::",
];

struct File {
    path: String,
    text: String,
}

impl File {
    /// The part of the path that names a room: `src/web/page.rs` and `src/web.rs` are of `web`.
    fn room(&self) -> &str {
        let inside = self.path.trim_start_matches("src/");
        inside.split(['/', '.']).next().unwrap_or(inside)
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

fn imports(file: &File) -> Vec<String> {
    let named = Regex::new(r"crate::(?:\{([^}]*)\}|([a-z_]+))").expect("a pattern");
    let allowed = ROOMS.iter().find(|(room, _)| *room == file.room());
    let Some((room, allowed)) = allowed else {
        return vec![format!(
            "{}: the room «{}» is not in ROOMS",
            file.path,
            file.room()
        )];
    };
    let mut found = Vec::new();
    for (number, line) in file.code() {
        if line.ends_with("crate::{") {
            found.push(format!(
                "{}:{number}: one room per `use crate::` line",
                file.path
            ));
        }
        let names = named
            .captures_iter(line)
            .filter_map(|captures| captures.get(1).or(captures.get(2)));
        for name in names.flat_map(|names| names.as_str().split(',')) {
            let name = name.trim().split("::").next().unwrap_or_default();
            if name != *room && name != "per_backend" && !allowed.contains(&name) {
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
    let files = files("src", ".rs");
    holds(
        imports,
        &files,
        ("src/domain/place.rs", "use crate::db::Db;"),
    );
    holds(
        imports,
        &files,
        ("src/db/place.rs", "use crate::{actions, domain};"),
    );
    holds(
        imports,
        &files,
        ("src/db/place.rs", "fn f() { crate::web::page::show() }"),
    );
}

fn impure(file: &File) -> Vec<String> {
    let found = file.code().flat_map(|(number, line)| {
        let named = NOT_IN_DOMAIN
            .iter()
            .filter(move |name| line.contains(**name));
        named.map(move |name| format!("{}:{number}: the rules do not know «{name}»", file.path))
    });
    found.collect()
}

#[test]
fn the_rules_are_pure() {
    holds(
        impure,
        &files("src/domain", ".rs"),
        ("src/domain/a.rs", "use std::fs::read;"),
    );
}

fn knows_sql(file: &File) -> Vec<String> {
    // `text_enum` writes how a text is stored; the generator of measurements fills tables by the hundred thousand.
    if matches!(file.room(), "db" | "dev" | "text_enum") {
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
        &files("src", ".rs"),
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
        &files("src", ".rs"),
        ("src/db/a.rs", ".filter(sql::<Bool>(EN_COURS))"),
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
        &files("src", ".rs"),
        ("src/web/a.rs", "let now = Utc::now();"),
    );
}

fn spells_a_delay_out(file: &File) -> Vec<String> {
    let delay = Regex::new(
        r"\b(un an|(deux|trois|six|soixante) (ans|mois|jours))\b|\b1[\s\u{202f}]?200 actes",
    )
    .expect("a pattern");
    let speaks = ["src/actions/", "src/mail/", "src/web/", "src/worker/"]
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
        &files("src", ".rs"),
        ("src/actions/a.rs", "\"dans les six mois (REG-9)\""),
    );
}

fn too_long(file: &File) -> Vec<String> {
    let lines = file.text.lines().count();
    // The schema is generated, one block per table.
    if lines <= 400 || file.path == "src/db/schema.rs" {
        vec![]
    } else {
        vec![format!("{}: {lines} lines", file.path)]
    }
}

#[test]
fn no_file_exceeds_400_lines() {
    holds(
        too_long,
        &files("src", ".rs"),
        ("src/a.rs", &"\n".repeat(401)),
    );
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
    let sources: Vec<File> = files("src", ".rs")
        .into_iter()
        .filter(|file| file.path != "src/db/schema.rs")
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
    // Mail programs read no stylesheet: their markup is styled in place, and never served.
    let lines =
        file.text.lines().enumerate().filter(|(_, line)| {
            !file.path.starts_with("templates/mail/") && forbidden.is_match(line)
        });
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

//! One name per subject on every floor: the words that the glossary refuses appear in no identifier.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::{File, files, holds, sources};

/// What is refused, what is written instead, and the words of others that keep it: columns of imported files, the act of
/// ceasing itself and the parameters and documents named after it.
const REFUSED: &[(&str, &str, &[&str])] = &[
    ("organisme", "caisse", &["code_organisme", "organismes"]),
    ("utilisateur", "compte", &[]),
    (
        "cessation",
        "depart",
        &[
            "cessation",
            "cessations",
            "date_cessation",
            "avant_cessation",
            "categorie_a_la_cessation",
            "categorie_cessation",
            "echeance_cessation",
            "cessation_totale_titulaire",
            "justificatif_cessation",
        ],
    ),
];

/// Rooms and addresses that a subject has under its own name already. The words themselves are of the field: a place is
/// attributed, and calls are listed.
const ROOMS: &[(&str, &str)] = &[
    ("appels", "appel"),
    ("attribution", "appel"),
    ("attributions", "appel"),
];

/// Addresses that name a subject by another word.
const ADDRESSES: &[(&str, &str)] = &[
    ("\"/cessations", "/mes-departs"),
    ("\"/organismes", "/caisses"),
    ("\"/utilisateurs", "/compte"),
];

/// What is not code: texts, then comments (a text may hold what begins one).
static NOT_CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#""(?:\\[\s\S]|[^"\\])*"|'\\?"'|//[^\n]*|--[^\n]*"#).expect("a pattern")
});
static WORDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[A-Za-z_][A-Za-z0-9_]*").expect("a pattern"));
static CAPITALS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"([a-z0-9])([A-Z])").expect("a pattern"));

/// `DateCessation` as `date_cessation`.
fn snake(word: &str) -> String {
    CAPITALS.replace_all(word, "${1}_${2}").to_lowercase()
}

fn refused_words(file: &File) -> Vec<String> {
    let text = NOT_CODE.replace_all(&file.text, " ");
    let mut found = Vec::new();
    for word in WORDS.find_iter(&text) {
        let name = snake(word.as_str());
        for (refused, instead, kept) in REFUSED {
            if name.contains(refused) && !kept.contains(&name.as_str()) {
                found.push(format!(
                    "{}: «{}»: the glossary says {instead}",
                    file.path,
                    word.as_str()
                ));
            }
        }
    }
    for (refused, instead, _) in REFUSED {
        let room = file.path.split('/').any(|part| {
            let part = part.split('.').next().unwrap_or_default();
            part == *refused || part == format!("{refused}s")
        });
        if room && !file.path.ends_with(".csv") {
            found.push(format!("{}: the glossary says {instead}", file.path));
        }
    }
    found
}

fn refused_rooms(file: &File) -> Vec<String> {
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let rooms = ROOMS
        .iter()
        .filter(|(room, _)| folder.split('/').any(|part| part == *room));
    let addresses = ADDRESSES
        .iter()
        .filter(|(address, _)| file.text.contains(address));
    let refused = rooms.chain(addresses);
    refused
        .map(|(refused, instead)| {
            format!("{}: «{refused}»: the glossary says {instead}", file.path)
        })
        .collect()
}

#[test]
fn each_subject_has_its_one_room_and_address() {
    let mut all = sources();
    all.extend(files("templates", ".html"));
    for faulty in [
        ("src/web/appels/page.rs", ""),
        ("templates/attributions/liste.html", ""),
        ("src/web/a.rs", "visite.rediriger(\"/cessations/3\")"),
        ("templates/a.html", "<a href=\"/cessations/3\">"),
    ] {
        holds(refused_rooms, &all, faulty);
    }
}

#[test]
fn each_subject_has_its_one_name() {
    let mut all = sources();
    all.extend(files("migrations", ".sql"));
    for faulty in [
        ("src/a.rs", "let utilisateur_id = 3;"),
        ("src/a.rs", "pub struct EtatCessation;"),
        ("crates/db/src/organisme.rs", ""),
    ] {
        holds(refused_words, &all, faulty);
    }
}

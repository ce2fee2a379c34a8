//! French typography: dates, times of Paris, amounts, spaces; and the templates keep to it.

use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveDateTime};
use regles::texte;

fn jour(annee: i32, mois: u32, jour: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(annee, mois, jour).unwrap()
}

fn instant(texte: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(texte, "%Y-%m-%d %H:%M:%S").unwrap()
}

#[test]
fn les_dates_se_lisent_en_francais() {
    assert_eq!(texte::date_fr(jour(2026, 3, 12)), "12\u{a0}mars 2026");
    assert_eq!(texte::date_fr(jour(2026, 8, 1)), "1er\u{a0}août 2026");
    assert_eq!(
        texte::date_longue(jour(2026, 3, 2)),
        "lundi 2\u{a0}mars 2026"
    );
    assert_eq!(texte::date_courte(jour(2026, 3, 2)), "02/03/2026");
}

#[test]
fn un_nom_s_elide_ou_se_contracte_apres_de() {
    for (nom, attendu) in [
        ("Martigues", "de Martigues"),
        ("Aix-en-Provence", "d’Aix-en-Provence"),
        ("Élise Roux", "d’Élise Roux"),
        ("Le Havre", "du Havre"),
        ("Les Abymes", "des Abymes"),
        ("La Ciotat", "de La Ciotat"),
        ("Hugo Perrin", "de Hugo Perrin"),
        ("Yann Le Goff", "de Yann Le Goff"),
        ("Yves Martin", "d’Yves Martin"),
        ("Yssingeaux", "d’Yssingeaux"),
    ] {
        assert_eq!(texte::de(nom), attendu);
    }
}

#[test]
fn les_instants_se_lisent_a_l_heure_de_paris() {
    for (utc, attendu) in [
        (
            "2026-03-12 13:30:00",
            "12\u{a0}mars 2026 à 14\u{a0}h\u{a0}30",
        ),
        (
            "2026-07-12 13:05:00",
            "12\u{a0}juillet 2026 à 15\u{a0}h\u{a0}05",
        ),
        // The clock passes from 2 to 3 o'clock at 01:00 UTC on 29 March, from 3 to 2 on 25 October.
        (
            "2026-03-29 00:59:59",
            "29\u{a0}mars 2026 à 1\u{a0}h\u{a0}59",
        ),
        (
            "2026-03-29 01:00:00",
            "29\u{a0}mars 2026 à 3\u{a0}h\u{a0}00",
        ),
        (
            "2026-10-25 00:59:59",
            "25\u{a0}octobre 2026 à 2\u{a0}h\u{a0}59",
        ),
        (
            "2026-10-25 01:00:00",
            "25\u{a0}octobre 2026 à 2\u{a0}h\u{a0}00",
        ),
        // A year whose last day of March is a Sunday.
        (
            "2024-03-31 00:59:59",
            "31\u{a0}mars 2024 à 1\u{a0}h\u{a0}59",
        ),
        (
            "2024-03-31 01:00:00",
            "31\u{a0}mars 2024 à 3\u{a0}h\u{a0}00",
        ),
        // The day of Paris is not the day of UTC.
        (
            "2025-12-31 23:10:00",
            "1er\u{a0}janvier 2026 à 0\u{a0}h\u{a0}10",
        ),
    ] {
        assert_eq!(
            texte::datetime_fr(instant(utc)),
            format!("{attendu}, heure de Paris"),
            "{utc}"
        );
    }
}

#[test]
fn les_nombres_et_les_montants_prennent_des_espaces_fines() {
    assert_eq!(texte::nombre(0), "0");
    assert_eq!(texte::nombre(999), "999");
    assert_eq!(texte::nombre(34_922), "34\u{202f}922");
    assert_eq!(texte::nombre(-1_234_567), "−1\u{202f}234\u{202f}567");
    assert_eq!(
        texte::nombre(i64::MIN),
        "−9\u{202f}223\u{202f}372\u{202f}036\u{202f}854\u{202f}775\u{202f}808"
    );
    assert_eq!(texte::montant(720_000), "7\u{202f}200,00\u{a0}€");
    assert_eq!(texte::montant(5), "0,05\u{a0}€");
    assert_eq!(texte::montant(-499_833), "−4\u{202f}998,33\u{a0}€");
    assert_eq!(texte::montant(-5), "−0,05\u{a0}€");
}

#[test]
fn le_pluriel_commence_a_deux() {
    for (n, attendu) in [
        (0, "0\u{a0}pièce"),
        (1, "1\u{a0}pièce"),
        (2, "2\u{a0}pièces"),
    ] {
        assert_eq!(texte::pluriel(n, "pièce", "pièces"), attendu);
    }
    assert_eq!(texte::dans(9), "dans 9\u{a0}jours");
    assert_eq!(texte::dans(1), "demain");
    assert_eq!(texte::dans(0), "aujourd’hui");
    assert_eq!(texte::dans(-1), "depuis hier");
    assert_eq!(texte::dans(-3), "depuis 3\u{a0}jours");
}

#[test]
fn les_tailles_de_fichier_s_arrondissent() {
    for (octets, attendu) in [
        (0, "0\u{a0}octet"),
        (999, "999\u{a0}octets"),
        (1_000, "1\u{a0}ko"),
        (1_430_000, "1,4\u{a0}Mo"),
        (10_000_000, "10\u{a0}Mo"),
    ] {
        assert_eq!(texte::taille(octets), attendu);
    }
}

#[test]
fn les_espaces_deviennent_insecables_ou_le_francais_le_veut() {
    assert_eq!(
        texte::insecables("« Quoi ? » : 1 200 actes ; rien ! https://exemple.fr 14:30 ?q=1"),
        "«\u{a0}Quoi\u{a0}?\u{a0}»\u{a0}: 1\u{202f}200 actes\u{a0}; rien\u{a0}! https://exemple.fr 14:30\u{a0}?q=1"
    );
    assert_eq!(
        texte::insecables("le 12 mars 2026 131 personnes"),
        "le 12\u{a0}mars 2026 131 personnes"
    );
    assert_eq!(
        texte::insecables("30 000 €, 13500 Martigues"),
        "30\u{202f}000\u{a0}€, 13500 Martigues"
    );
}

fn gabarits(dossier: &Path, liste: &mut Vec<PathBuf>) {
    for entree in std::fs::read_dir(dossier).unwrap() {
        let chemin = entree.unwrap().path();
        if chemin.is_dir() {
            gabarits(&chemin, liste);
        } else if chemin.extension().is_some_and(|e| e == "html") {
            liste.push(chemin);
        }
    }
}

pub fn tous_les_gabarits() -> Vec<PathBuf> {
    let mut liste = Vec::new();
    gabarits(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"),
        &mut liste,
    );
    assert!(liste.len() > 10);
    liste
}

/// The text of a template, without its tags, expressions and comments.
fn texte_seul(source: &str) -> String {
    let mut texte = source.to_owned();
    for (debut, fin) in [
        ("{#", "#}"),
        ("{%", "%}"),
        ("{{", "}}"),
        ("<style", "</style>"),
        ("<", ">"),
    ] {
        while let Some(i) = texte.find(debut) {
            let longueur = texte[i..]
                .find(fin)
                .unwrap_or_else(|| panic!("{debut} is not closed: {}", &texte[i..]));
            texte.replace_range(i..i + longueur + fin.len(), "");
        }
    }
    texte
}

#[test]
fn les_gabarits_portent_leurs_espaces_insecables() {
    let mut fautes = Vec::new();
    let mut tous = tous_les_gabarits();
    gabarits(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/courriers/templates"),
        &mut tous,
    );
    for chemin in tous {
        let source = std::fs::read_to_string(&chemin).unwrap();
        for ligne in texte_seul(&source).lines() {
            if [" ;", " :", " !", " ?", " »", "« "]
                .iter()
                .any(|f| ligne.contains(f))
            {
                fautes.push(format!("{}: {}", chemin.display(), ligne.trim()));
            }
        }
    }
    assert!(
        fautes.is_empty(),
        "ordinary spaces where French wants &nbsp;:\n{}",
        fautes.join("\n")
    );
}

#[test]
fn les_numeros_restent_d_une_piece() {
    for (texte, attendu) in [
        (
            "Demande 131-2026-000042",
            "Demande <span class=\"insecable\">131-2026-000042</span>",
        ),
        (
            "article L311-3-1",
            "article <span class=\"insecable\">L311-3-1</span>",
        ),
        ("8 cours du 4-Septembre", "8 cours du 4-Septembre"),
        ("Aix-en-Provence", "Aix-en-Provence"),
        ("A&B <i> \"l'un\"", "A&amp;B &lt;i&gt; &#34;l&#39;un&#34;"),
        ("Attention : −2", "Attention\u{a0}: −2"),
    ] {
        let html = releve::web::filters::composer(texte).to_string();
        assert_eq!(html, attendu, "{texte}");
    }
}

#[test]
fn une_periode_dit_si_elle_dure_encore() {
    let jour = |texte: &str| texte.parse::<chrono::NaiveDate>().expect("date");
    for (du, au, attendu) in [
        ("2023-08-26", None, "depuis le 26 août 2023"),
        ("2026-01-15", None, "depuis le 15 janvier 2026"),
        ("2026-01-16", None, "à partir du 16 janvier 2026"),
        (
            "2007-05-16",
            Some("2023-08-25"),
            "du 16 mai 2007 au 25 août 2023",
        ),
        ("2026-03-01", Some("2026-03-01"), "le 1er mars 2026"),
    ] {
        let dite = texte::periode(jour(du), au.map(jour), jour("2026-01-15"));
        assert_eq!(dite.replace('\u{a0}', " "), attendu);
    }
}

#[test]
fn les_petits_nombres_d_une_phrase_s_ecrivent_en_lettres() {
    for (n, attendu) in [
        (0, "aucune pièce"),
        (1, "une pièce"),
        (2, "deux pièces"),
        (9, "neuf pièces"),
        (10, "10\u{a0}pièces"),
    ] {
        assert_eq!(texte::en_lettres(n, "pièce", "pièces"), attendu);
    }
}

#[test]
fn ce_qui_manque_pour_conclure_se_dit_en_mots() {
    for (codes, attendu) in [
        (
            &["derogation.avis_cpd"][..],
            "l’avis de la commission (CPD)",
        ),
        (
            &["heures_etablissement", "heures_clinicat"],
            "les heures exercées en établissement et les heures de stage de clinicat",
        ),
        (
            &["categorie", "succession.place", "entree_formation"],
            "la catégorie de la zone, l’état de la place et l’année d’entrée en formation",
        ),
    ] {
        let codes: Vec<String> = codes.iter().map(|c| (*c).to_owned()).collect();
        assert_eq!(texte::faits(&codes), attendu);
    }
}

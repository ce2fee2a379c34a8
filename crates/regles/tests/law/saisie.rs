//! What people type and paste, as it enters and as it is compared.

use chrono::NaiveDate;
use proptest::prelude::*;
use regles::dates_fr::{self, DateError};
use regles::departement;
use regles::identifiants::{CodeCaisse, Insee, Rpps};
use regles::lieu::Lieu;
use regles::mots::{fold, lieu, mots};
use regles::saisie::{NOM_MAX, NombreError, entier, est_un_nom, ligne, nette, secret};
use regles::texte::Heure;

#[test]
fn ce_qui_ne_se_voit_pas_ne_rentre_pas_et_ce_qui_se_voit_reste() {
    // A decomposed accent, as a Mac names its files.
    assert_eq!(nette("Ele\u{301}onore"), "Eléonore");
    for invisible in [
        "\u{200b}", "\u{feff}", "\u{ad}", "\u{200e}", "\u{200f}", "\u{2060}", "\u{200d}",
        "\u{200c}", "\u{202a}", "\u{61c}", "\u{0}", "\u{7}",
    ] {
        assert_eq!(
            nette(&format!("Mar{invisible}tin")),
            "Martin",
            "{invisible:?}"
        );
        assert_eq!(nette(invisible), "");
    }
    for garde in [
        "Søren",
        "Đorđe",
        "Łucja",
        "O’Brien",
        "D'Arc",
        "e\u{a0}: €",
        "ﬁ",
        "a\n\tb",
        "👩\u{200d}⚕\u{fe0f}",
    ] {
        assert_eq!(nette(garde), garde);
    }
    assert_eq!(nette("a\r\nb\rc\u{2028}d"), "a\nb\nc\nd");
    assert_eq!(
        ligne(" Anne\u{a0}\u{202f} Marie\r\n \u{200b}"),
        "Anne Marie"
    );
    // A secret is composed, and nothing else.
    assert_eq!(secret("e\u{301}\u{200b} "), "é\u{200b} ");
}

#[test]
fn ce_qui_se_ressemble_se_compare_pareil() {
    for (a, b) in [
        ("Søren", "soren"),
        ("ĐORĐE", "dorde"),
        ("Łucja", "lucja"),
        ("Cœur", "COEUR"),
        ("Ægir", "aegir"),
        ("Strauß", "strauss"),
        ("ﬁls", "fils"),
        ("Ｍａｒｔｉｎ", "martin"),
        ("D’Arc", "d'arc"),
        ("Jean‑Marc", "jean-marc"),
        ("Jean\u{ad}ne", "jeanne"),
        ("Anne\u{a0}Marie", "anne  marie"),
        ("e\u{301}lan", "élan"),
        ("1\u{1d49}\u{2b3}", "1er"),
    ] {
        assert_eq!(fold(a), fold(b), "{a} {b}");
    }
}

#[test]
fn un_nom_est_fait_de_lettres_jusqu_a_cent() {
    for nom in [
        "Søren",
        "D’Arc",
        "O'Brien",
        "Jean-Marc",
        "Jean‑Marc",
        "Saint Clair",
        "J. P.",
        "Λάμπρος",
    ] {
        assert!(est_un_nom(nom), "{nom}");
    }
    for autre in [
        "",
        " ",
        "-",
        "12",
        "=1+1",
        "\"><script>",
        "Martin, gagnez 1000 €",
        "a\nb",
        "@lea",
    ] {
        assert!(!est_un_nom(autre), "{autre}");
    }
    assert!(est_un_nom(&"é".repeat(NOM_MAX)));
    assert!(!est_un_nom(&"é".repeat(NOM_MAX + 1)));
}

#[test]
fn un_lieu_s_ecrit_en_entier() {
    for (abrege, entier) in [
        ("St-Étienne", "Saint-Étienne"),
        ("ste colombe", "Sainte-Colombe"),
        ("Les Trois Sts", "Les Trois-Saints"),
        ("Stes-Maries-de-la-Mer", "Saintes-Maries-de-la-Mer"),
        ("Chalon s/ Saône", "Chalon-sur-Saône"),
        ("Chalon s/Saone", "Chalon-sur-Saône"),
        ("Fontaine lez Dijon", "Fontaine-lès-Dijon"),
        ("ND de Bondeville", "Notre-Dame-de-Bondeville"),
        ("Mt de Marsan", "Mont-de-Marsan"),
    ] {
        assert_eq!(lieu(abrege), lieu(entier));
    }
    assert_eq!(mots("st étienne"), ["saint", "etienne"]);
    // The beginning of a first name, perhaps.
    assert_eq!(mots("martin st"), ["martin", "st"]);
}

#[test]
fn un_lieu_se_lit_comme_on_le_tape() {
    let lu = |nom: &str, code: &str, departement| Lieu {
        nom: nom.to_owned(),
        code: Some(code.to_owned()).filter(|c| !c.is_empty()),
        insee: None,
        departement,
    };
    for (tape, attendu) in [
        ("Martigues", lu("martigues", "", None)),
        ("13500", lu("", "13500", None)),
        ("135", lu("", "135", None)),
        ("13500 Martigues", lu("martigues", "13500", None)),
        ("Martigues\u{a0}13500", lu("martigues", "13500", None)),
        (
            "Martigues (13500, Bouches-du-Rhône)",
            lu("martigues", "13500", Some("13")),
        ),
        ("Beaulieu (Ardèche)", lu("beaulieu", "", Some("07"))),
        ("Saint-Denis (974)", lu("saint denis", "", Some("974"))),
        ("st denis 93", lu("saint denis", "", Some("93"))),
        ("Havre (Le)", lu("le havre", "", None)),
        ("13637 ARLES CEDEX 2", lu("arles", "13637", None)),
        ("Marseille cedex 08", lu("marseille", "", None)),
        ("LYON 03", lu("lyon 3e arrondissement", "", None)),
        ("Paris 8eme", lu("paris 8e arrondissement", "", None)),
        ("Paris 8 ème arr.", lu("paris 8e arrondissement", "", None)),
        (
            "Marseille 13e",
            lu("marseille 13e arrondissement", "", None),
        ),
        (
            "Marseille (1er)",
            lu("marseille 1er arrondissement", "", None),
        ),
        (
            "Paris 1er Arrondissement",
            lu("paris 1er arrondissement", "", None),
        ),
        ("69003 Lyon", lu("lyon", "69003", None)),
        ("Paris l'hôpital", lu("paris l hopital", "", None)),
        ("Ô", lu("o", "", None)),
        ("", Lieu::default()),
    ] {
        assert_eq!(Lieu::lire(tape), attendu, "{tape}");
    }
    assert_eq!(Lieu::lire("2a004").insee.as_deref(), Some("2A004"));
    assert_eq!(departement::nom("13"), "Bouches-du-Rhône");
    assert_eq!(departement::lire("cote d'or"), Some("21"));
    assert_eq!(departement::du_code_postal("97400"), Some("974"));
}

#[test]
fn un_identifiant_se_lit_comme_on_le_colle() {
    for colle in [
        "10003456789",
        "10 003 456 789",
        "10\u{a0}003\u{202f}456 789",
        "10.003.456.789",
        "10-003-456-789",
        "10‑003–456—789",
        "RPPS : 10003456789",
        "N° RPPS 10003456789",
        "n\u{ba}\u{a0}RPPS\u{a0}:\u{a0}10003456789.",
        "Numéro RPPS : 10003456789",
        "\u{feff}1000\u{200b}3456789\u{ad}",
        "１０００３４５６７８９",
        "10003456789 (RPPS)",
    ] {
        assert_eq!(
            colle.parse::<Rpps>().map(String::from).as_deref(),
            Ok("10003456789"),
            "{colle}"
        );
    }
    for faux in [
        "",
        "1000345678",
        "100034567890",
        "ADELI 10003456789",
        "1000345678A",
    ] {
        assert!(faux.parse::<Rpps>().is_err(), "{faux}");
    }
    for (colle, insee) in [
        ("2a004", "2A004"),
        (" 2B 033", "2B033"),
        ("01 004", "01004"),
        ("INSEE : 13055", "13055"),
    ] {
        assert_eq!(
            colle.parse::<Insee>().map(String::from).as_deref(),
            Ok(insee)
        );
    }
    assert_eq!(
        "1\u{200b}31"
            .parse::<CodeCaisse>()
            .map(String::from)
            .as_deref(),
        Ok("131")
    );
}

#[test]
fn une_date_se_lit_comme_on_l_ecrit() {
    let trois_mars = NaiveDate::from_ymd_opt(2026, 3, 3);
    for ecrite in [
        "03/03/2026",
        "3/3/26",
        "3-3-2026",
        "3.3.2026",
        "03 03 2026",
        "3–3–2026",
        "3\u{2011}3\u{2011}2026",
        "2026-03-03",
        "2026/03/03",
        "3 mars 2026",
        "3 MARS 26",
        "mardi 3 mars 2026",
        "mar. 3 mars 2026",
        "le mardi 3 mars 2026",
        "Mardi, 3 mars 2026",
        "3\u{a0}mars\u{202f}2026",
        "3mars2026",
        "\u{200e}3 mars 2026\u{200b}",
        "03,03,2026",
        "3 / 03 / 2026",
    ] {
        assert_eq!(dates_fr::lire(ecrite).ok(), trois_mars, "{ecrite}");
    }
    for (ecrite, mois, jour) in [
        ("3 févr. 2026", 2, 3),
        ("3 fev 26", 2, 3),
        ("3 sept 26", 9, 3),
        ("1er janv. 2026", 1, 1),
        ("1 er avr 2026", 4, 1),
        ("1ᵉʳ juil. 2026", 7, 1),
        ("15 août 2026", 8, 15),
        ("15 aout 26", 8, 15),
        ("25 déc. 2026", 12, 25),
    ] {
        assert_eq!(
            dates_fr::lire(ecrite).ok(),
            NaiveDate::from_ymd_opt(2026, mois, jour),
            "{ecrite}"
        );
    }
    assert_eq!(
        dates_fr::lire("1/2/69").ok(),
        NaiveDate::from_ymd_opt(2069, 2, 1)
    );
    assert_eq!(
        dates_fr::lire("1/2/70").ok(),
        NaiveDate::from_ymd_opt(1970, 2, 1)
    );
    // A year is never guessed, nor which of two months, nor whether the day or its name is wrong.
    assert!(matches!(
        dates_fr::lire("3 mars"),
        Err(DateError::SansAnnee(_))
    ));
    assert!(matches!(
        dates_fr::lire("3 jui 2026"),
        Err(DateError::Illisible(_))
    ));
    assert_eq!(
        dates_fr::lire("lundi 3 mars 2026").map_err(|e| e.to_string()),
        Err("« lundi 3 mars 2026 » : le 03/03/2026 est un mardi".to_owned())
    );
    assert!(matches!(
        dates_fr::lire("30 févr. 2026"),
        Err(DateError::Impossible(_))
    ));
    for heure in [
        "14 h 30",
        "14H30",
        "14:30",
        "14 heures 30",
        "à 14 h 30 min",
        "14\u{a0}h\u{202f}30",
    ] {
        assert_eq!(
            heure.parse::<Heure>().map(|h| h.to_string()).as_deref(),
            Ok("14\u{a0}h\u{a0}30"),
            "{heure}"
        );
    }
}

#[test]
fn un_nombre_se_lit_comme_on_l_ecrit() {
    for (ecrit, lu) in [
        ("1200", Ok(1200)),
        ("1\u{202f}200", Ok(1200)),
        ("1 200,00", Ok(1200)),
        ("30 %", Ok(30)),
        ("−5", Ok(-5)),
        ("1’200", Ok(1200)),
        ("\u{feff}12", Ok(12)),
        ("33,5", Err(NombreError::Decimal)),
        ("33.5 %", Err(NombreError::Decimal)),
        ("1.200", Err(NombreError::Decimal)),
        ("douze", Err(NombreError::Illisible)),
        ("", Err(NombreError::Illisible)),
    ] {
        assert_eq!(entier(ecrit), lu, "{ecrit}");
    }
}

proptest! {
    #[test]
    fn lire_deux_fois_ne_change_rien(texte in "\\PC{0,40}|[\\x00-\\x{2fff}\\x{fe00}-\\x{ffff}]{0,20}|[a-zœßøđł '’\\-\\x{300}\\x{301}\\x{200b}\\x{200d}\\x{1f469}]{0,20}") {
        let net = nette(&texte);
        prop_assert_eq!(nette(&net), net.clone());
        let une = ligne(&texte);
        prop_assert_eq!(ligne(&une), une.clone());
        let plie = fold(&texte);
        prop_assert_eq!(fold(&plie), plie.clone());
        let place = lieu(&texte);
        prop_assert_eq!(lieu(&place), place);
        // What entered compares as what was typed.
        prop_assert_eq!(fold(&net), plie);
        prop_assert_eq!(secret(&secret(&texte)), secret(&texte));
        let _ = (dates_fr::lire(&texte), texte.parse::<Rpps>(), entier(&texte), Lieu::lire(&texte), mots(&texte), texte.parse::<Heure>());
    }

    #[test]
    fn une_date_ecrite_se_relit(jours in 0i32..40_000) {
        let date = NaiveDate::from_num_days_from_ce_opt(719_163 + jours).expect("a date");
        for ecrite in [dates_fr::courte(date), dates_fr::longue(date), dates_fr::avec_jour(date), date.to_string()] {
            prop_assert_eq!(dates_fr::lire(&ecrite), Ok(date));
        }
    }

    #[test]
    fn un_rpps_habille_se_lit_nu(chiffres in "[0-9]{11}", separateur in "[ .\\-\\x{a0}\\x{202f}\\x{2011}]") {
        let habille: Vec<String> = chiffres.chars().map(String::from).collect();
        let habille = format!("N° RPPS : {}", habille.join(&separateur));
        prop_assert_eq!(habille.parse::<Rpps>().map(String::from).ok(), Some(chiffres));
    }
}

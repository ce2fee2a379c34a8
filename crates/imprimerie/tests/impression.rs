//! What is printed is a letter that a machine keeps, reads aloud and finds unchanged. The standards are checked by the
//! printer itself (what breaks one is not exported), the file by qpdf, the words and their order by pdftotext.

#![allow(
    clippy::expect_used,
    reason = "a test that cannot prepare its case fails, and says on what"
)]

use std::io::Write;
use std::process::{Command, Stdio};

use chrono::NaiveDate;
use courriers::decision::Bloc;
use imprimerie::{
    Entete, Feuille, Format, Image, ImpressionError, Imprimerie, Signature, Verification,
};

fn lignes(textes: &[&str]) -> Vec<String> {
    textes.iter().map(|t| (*t).to_owned()).collect()
}

fn paragraphe(texte: &str) -> Bloc {
    Bloc::Paragraphe(texte.to_owned())
}

/// A letter with this text.
fn imprimer(corps: &[Bloc], logo: Option<Image<'_>>) -> Result<Vec<u8>, ImpressionError> {
    let caisse = lignes(&[
        "56 chemin de l’Exemple",
        "13000 Marseille",
        "04 65 71 00 13",
    ]);
    let elle = lignes(&[
        "Madame Inès Garcia",
        "27 avenue de l’Exemple",
        "13600 La Ciotat",
    ]);
    let reperes = [
        ("Dossier", "131-2026-000188"),
        ("Suivi par", "Sophie Arnaud"),
    ]
    .map(|(nom, dit)| (nom.to_owned(), dit.to_owned()));
    Imprimerie::new()?.imprimer(&Feuille {
        identifiant: "131-2026-000188/decision",
        le: NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day"),
        entete: Entete {
            caisse: "CPAM des Bouches-du-Rhône",
            service: "Relations avec les professionnels de santé",
            lignes: &caisse,
            logo,
        },
        reperes: &reperes,
        destinataire: &elle,
        lieu_et_date: "Marseille, le lundi 23 novembre 2026",
        objet: "refus de conventionnement à La Ciotat",
        appel: "Bonjour Inès Garcia,",
        corps,
        signature: Some(Signature {
            nom: "Isabelle Caron",
            qualite: "Sous-directrice",
            caisse: "CPAM des Bouches-du-Rhône",
            delegation: "Pour le directeur et par délégation, acte du 5 janvier 2026",
        }),
        verification: Some(Verification {
            code: "K7M4-2QXD-9HTR",
            page: "releve.example.fr/verifier",
            adresse: "https://releve.example.fr/verifier/K7M4-2QXD-9HTR",
        }),
        pied: "CPAM des Bouches-du-Rhône — dossier 131-2026-000188",
    })
}

fn refus() -> Vec<Bloc> {
    vec![
        Bloc::Fort("Je refuse cette demande.".to_owned()),
        Bloc::Titre("Pourquoi".to_owned()),
        paragraphe("La Ciotat est en zone non prioritaire\u{202f}; « un départ, une arrivée »."),
        Bloc::Mention("Convention nationale, article 1.2.".to_owned()),
    ]
}

/// What a program answers to a document; it is said how to get the program.
fn demander(programme: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let mut fichier = tempfile::NamedTempFile::new().expect("a temporary file");
    fichier.write_all(pdf).expect("the document is written");
    let sortie = Command::new(programme)
        .args(arguments)
        .arg(fichier.path())
        .args(["-"].iter().filter(|_| programme == "pdftotext"))
        .stderr(Stdio::null())
        .output()
        .unwrap_or_else(|e| panic!("{programme}: {e} (`scripts/outils tests` installs it)"));
    let dit = String::from_utf8_lossy(&sortie.stdout).into_owned();
    assert!(sortie.status.success(), "{programme}: {dit}");
    dit
}

/// The words of each page, in the order in which they are read aloud.
fn pages(pdf: &[u8]) -> Vec<String> {
    let texte = demander("pdftotext", &[], pdf);
    let mut pages: Vec<String> = texte.split('\u{c}').map(str::to_owned).collect();
    pages.pop();
    pages
}

#[test]
fn les_memes_donnees_donnent_les_memes_octets_et_se_lisent_dans_l_ordre() {
    let une = imprimer(&refus(), None).expect("it prints");
    assert_eq!(une, imprimer(&refus(), None).expect("it prints"));
    demander("qpdf", &["--check"], &une);
    insta::assert_snapshot!(pages(&une).join("\n—\n"));
}

#[test]
fn ce_que_l_on_ecrit_se_montre_et_ne_s_execute_pas() {
    let texte = "#read(\"/etc/passwd\") @cite $x$ <a> *b* _c_ \\ = d";
    let corps = [
        Bloc::Fort(texte.to_owned()),
        Bloc::Titre(texte.to_owned()),
        paragraphe(texte),
    ];
    let pdf = imprimer(&corps, None).expect("it prints");
    assert_eq!(pages(&pdf).join("").matches(texte).count(), 3);
}

#[test]
fn un_signe_sans_police_devient_un_carre_et_n_arrete_rien() {
    let texte = "日本 👩\u{200d}⚕\u{fe0f} Ωω Жж\u{1}\u{7f} fin";
    let corps = [
        Bloc::Fort(texte.to_owned()),
        Bloc::Titre(texte.to_owned()),
        paragraphe(texte),
    ];
    let pdf = imprimer(&corps, None).expect("it prints");
    let lu = pages(&pdf).join("");
    assert_eq!(lu.matches("□□").count(), 3, "{lu}");
    assert_eq!(lu.matches("Ωω Жж fin").count(), 3, "{lu}");
}

#[test]
fn qui_signe_n_est_jamais_seul_sur_une_page() {
    let phrase = "Cette phrase remplit une ligne, et la suivante aussi, pour que la fin tombe partout dans la page. ";
    for n in 14..26 {
        let mut corps = vec![paragraphe(&phrase.repeat(2)); n];
        corps.push(paragraphe("Voilà la dernière phrase."));
        let lues = pages(&imprimer(&corps, None).expect("it prints"));
        let signee = lues.iter().find(|p| p.contains("Isabelle Caron"));
        let signee = signee.expect("a signature");
        assert!(
            signee.contains("Voilà la dernière phrase."),
            "{n}: {signee}"
        );
    }
}

#[test]
fn ce_qui_est_long_continue_sur_d_autres_pages() {
    let raison = "Vingt mille signes. ".repeat(1_000);
    let nom = "a".repeat(75);
    let corps = [Bloc::Titre(nom), paragraphe(&raison)];
    let lues = pages(&imprimer(&corps, None).expect("it prints"));
    assert!(lues.len() > 4, "{} pages", lues.len());
    for (i, page) in lues.iter().enumerate() {
        assert!(
            page.contains(&format!("page {} sur {}", i + 1, lues.len())),
            "{page}"
        );
    }
}

#[test]
fn un_logo_se_dit_et_ce_qui_n_est_pas_une_image_n_imprime_rien() {
    // One grey point.
    let png: &[u8] = &[
        0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0,
        0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, b'I', b'D',
        b'A', b'T', 0x78, 0x9c, 0x63, 0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0,
        0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
    ];
    let logo = |octets| Image {
        octets,
        format: Format::Png,
    };
    let pdf = imprimer(&refus(), Some(logo(png))).expect("it prints");
    demander("qpdf", &["--check"], &pdf);
    let faux = imprimer(&refus(), Some(logo(b"<svg/>")));
    assert!(
        matches!(faux, Err(ImpressionError::Composition(_))),
        "{faux:?}"
    );
}

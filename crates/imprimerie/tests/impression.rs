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
    Entete, Feuille, Format, Image, ImpressionError, Imprimerie, Signature, Verification, feuille,
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

/// A refusal as the house freezes it: departed from the opinion, signed by delegation, on two pages.
fn refus_entier() -> courriers::decision::Document {
    use courriers::decision::{Arrete, Avis, Delegation, Recherche, Refus, Visas};
    use courriers::ecrit::{Caisse, Enveloppe, Personne, Suivi};
    use regles::conventionnement::AvisCpd;
    use regles::decision::ModeNotification;
    use regles::echeance::Delai;
    let le = |mois, jour| NaiveDate::from_ymd_opt(2026, mois, jour).expect("a day");
    let domicile = lignes(&["27 avenue de l’Exemple", "13600 La Ciotat"]);
    let voies = lignes(&[
        "D’abord, obligatoirement, la commission de recours amiable. Vous avez 2 mois à compter du jour où cette décision vous est \
         notifiée. Passé ce délai, votre recours sera rejeté sans être examiné. Écrivez à : Commission de recours amiable, 56 chemin \
         de l’Exemple, 13000 Marseille. Dites pourquoi vous contestez cette décision ; joignez-y une copie et vos justificatifs. La \
         commission se prononcera d’après les règles et les faits du jour de sa décision.",
        "Ensuite, le tribunal. Si la commission rejette votre recours, vous aurez 2 mois à compter de la notification de sa réponse \
         pour saisir le pôle social du tribunal judiciaire de Marseille, 6 rue de l’Exemple, 13000 Marseille. Si elle n’a pas \
         répondu 2 mois après avoir reçu votre recours, c’est un rejet : vous aurez 2 mois à compter de ce jour. Votre requête est \
         remise au greffe, ou envoyée en recommandé avec avis de réception, avec la copie de cette décision et de votre recours.",
        "Une demande de réexamen adressée à la direction ne prolonge pas ces délais.",
        "Code de la sécurité sociale, articles L142-4, R142-1, R142-1-A, R142-10, R142-10-1 ; code des relations entre le public et \
         l’administration, articles L412-3 à L412-5.",
    ]);
    let avis = Avis {
        sens: AvisCpd::Favorable,
        le: Some(le(11, 12)),
        motif: Some("La mutation du conjoint est établie"),
        saisie: Some(le(10, 14)),
        delai: Delai::Jours(30),
    };
    Refus {
        adresse: "3 quai de l’Exemple, La Ciotat",
        motifs: "En droit. Dans une zone non prioritaire, la caisse ne peut conventionner qu’une personne qui succède à un \
                 professionnel cessant définitivement son activité dans cette zone, sauf dérogation (convention nationale, article \
                 1.2.3).\nEn fait. Vous invoquez la mutation de votre conjoint. L’attestation du 28 août 2026 fait état d’une embauche \
                 au 1er septembre 2026 chez un nouvel employeur. Aucune autre voie d’accès n’est ouverte à votre demande.",
        ecart: Some("L’attestation est celle d’une embauche, non d’une mutation."),
        visas: Visas {
            article: "article 1.2.3",
            arrete: Some(Arrete {
                reference: Some("2025-093-17"),
                region: "Provence-Alpes-Côte d’Azur",
                du: Some(le(6, 2)),
                effet: le(6, 6),
            }),
            recue_le: le(9, 4),
            avis: Some(avis),
        },
        voies: &voies,
        recherche: Recherche {
            ecrire_a: "kines@cpam13.example.fr",
            cada: Delai::Mois(2),
        },
        signature: courriers::decision::Signature {
                homologation: None,
            nom: "Isabelle Caron",
            qualite: "Sous-directrice des relations avec les professionnels de santé",
            caisse: "CPAM des Bouches-du-Rhône",
            le: le(11, 23),
            delegation: Some(Delegation {
                de: "la directrice de la caisse",
                acte_du: le(1, 5),
            }),
        },
    }
    .document(&Enveloppe {
        caisse: Caisse {
            nom: "CPAM des Bouches-du-Rhône",
            service: Some("Service des relations avec les professionnels de santé"),
            adresse: Some("56 chemin de l’Exemple, 13000 Marseille"),
            telephone: Some("04 65 71 00 13"),
            courriel: Some("kines@cpam13.example.fr"),
            logo: None,
        },
        a: Personne {
            nom: "Inès Garcia",
            adresse: &domicile,
        },
        numero: "131-2026-000188",
        suivi: Some(Suivi {
            nom: "Sophie Arnaud",
            qualite: Some("chargée de dossiers"),
        }),
        envoi: Some(ModeNotification::Recommande),
        le: le(11, 23),
        url: "https://releve.example.fr",
    })
    .expect("nothing lacks")
}

#[test]
fn un_refus_entier_se_lit_dans_l_ordre_du_livre() {
    let document = refus_entier();
    let papier = document.papier.as_ref().expect("a paper");
    let verification = Verification {
        code: "4821-0937-5566-1042",
        page: "releve.example.fr/verifier",
        adresse: "https://releve.example.fr/verifier/4821-0937-5566-1042",
    };
    let lettre = feuille(&document, papier, "4821", None, Some(verification));
    let pdf = Imprimerie::new()
        .and_then(|i| i.imprimer(&lettre))
        .expect("it prints");
    if let Some(dossier) = std::env::var_os("RELEVE_LETTRES") {
        std::fs::write(std::path::Path::new(&dossier).join("refus.pdf"), &pdf).expect("kept");
    }
    demander("qpdf", &["--check"], &pdf);
    let lu = pages(&pdf).join("").replace('\n', " ");
    let places: Vec<Option<usize>> = [
        "56 chemin de l’Exemple",
        "27 avenue de l’Exemple",
        "Marseille, le lundi 23 novembre 2026",
        "Objet : Refus",
        "Bonjour Inès Garcia,",
        "Je refuse votre demande",
        "Sur quoi repose cette décision",
        "Cet avis ne lie pas la caisse",
        "Vu la convention nationale",
        "Si vous contestez cette décision",
        "cada.fr",
        "donnees-personnelles",
        "Isabelle Caron",
        "4821-0937-5566-1042",
    ]
    .iter()
    .map(|attendu| lu.find(attendu))
    .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?} {lu}"
    );
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

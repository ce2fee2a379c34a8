//! Settings are checked at start: what is unknown, unreadable or unsafe is refused with a sentence.

use releve::config::{Config, MailTransport};

fn lire(environnement: &[(&str, &str)], fichier: Option<&str>) -> Result<Config, String> {
    let paires = environnement
        .iter()
        .map(|(c, v)| ((*c).to_owned(), (*v).to_owned()));
    Config::lire(paires, fichier).map_err(|e| e.to_string())
}

const PRODUCTION: &[(&str, &str)] = &[
    ("RELEVE_MODE", "production"),
    ("DATABASE_URL", "postgres://releve@localhost/releve"),
    ("RELEVE_URL_PUBLIQUE", "https://releve.example.fr"),
    (
        "RELEVE_SECRET",
        "un-secret-de-production-assez-long-0123456789",
    ),
    ("RELEVE_COURRIEL", "smtps://relais.example.fr"),
    ("RELEVE_MANDATAIRES", "10.0.0.1"),
];

#[test]
fn sans_reglage_tout_a_une_valeur_de_developpement() {
    let config = lire(&[("PATH", "/bin")], None).expect("defaults");
    assert_eq!(config.url_publique, "http://127.0.0.1:8080");
}

#[test]
fn l_environnement_l_emporte_sur_le_fichier() {
    let fichier = "RELEVE_POOL = \"7\"\nRELEVE_COURRIEL = \"memory://\"\n";
    let config = lire(&[("RELEVE_POOL", "9")], Some(fichier)).expect("accepted");
    assert_eq!((config.pool, config.courriel), (9, MailTransport::Memory));
}

#[test]
fn une_cle_inconnue_est_refusee_par_son_nom() {
    let refus = lire(&[("RELEVE_POOOL", "9")], None).expect_err("refused");
    assert!(refus.contains("RELEVE_POOOL est inconnu"), "{refus}");
    let refus = lire(&[], Some("couleur = \"bleu\"")).expect_err("refused");
    assert!(refus.contains("couleur est inconnu"), "{refus}");
}

#[test]
fn une_adresse_de_base_non_reconnue_est_refusee_sans_etre_repetee() {
    for adresse in [
        "mysql://root:motdepasse@base/x",
        "releve.sqlite",
        "sqlite:",
        "",
    ] {
        let refus = lire(&[("DATABASE_URL", adresse)], None).expect_err("refused");
        assert!(refus.contains("DATABASE_URL n’est pas reconnue"), "{refus}");
        assert!(!refus.contains("motdepasse"), "{refus}");
    }
}

#[test]
fn une_production_sure_est_acceptee_et_chaque_reglage_dangereux_refuse() {
    lire(PRODUCTION, None).expect("accepted");
    for (cle, dangereux, mot) in [
        (
            "RELEVE_URL_PUBLIQUE",
            "http://releve.example.fr",
            "https://",
        ),
        ("RELEVE_COURRIEL", "file://courriels", "smtp://"),
        ("RELEVE_COURRIEL", "memory://", "smtp://"),
        (
            "RELEVE_SECRET",
            "secret-de-developpement-a-remplacer-en-production",
            "tiré au hasard",
        ),
        ("RELEVE_SECRET", "court", "32 caractères"),
        (
            "RELEVE_SECRET",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "tiré au hasard",
        ),
        ("RELEVE_COURRIEL", "smtp://relais.example.fr", "chiffrement"),
        (
            "RELEVE_COURRIEL",
            "smtp://relais.example.fr?tls=none",
            "chiffrement",
        ),
        ("RELEVE_MANDATAIRES", "", "RELEVE_MANDATAIRES"),
    ] {
        let mut reglages = PRODUCTION.to_vec();
        reglages.push((cle, dangereux));
        let refus = lire(&reglages, None).expect_err(cle);
        assert!(refus.contains(mot), "{cle}: {refus}");
    }
}

#[test]
fn un_relais_chiffre_ou_sur_la_machine_est_accepte_en_production() {
    for relais in [
        "smtp://relais.example.fr?tls=required",
        "smtp://localhost",
        "smtp://127.0.0.1:2525",
        "smtp://[::1]:25",
    ] {
        let mut reglages = PRODUCTION.to_vec();
        reglages.push(("RELEVE_COURRIEL", relais));
        lire(&reglages, None).expect(relais);
    }
}

/// The mode was forgotten on a public site: the secret that is in the source would sign its forms.
#[test]
fn une_adresse_publique_sans_secret_est_refusee_dans_tous_les_modes() {
    for mode in ["developpement", "demo"] {
        let reglages = [
            ("RELEVE_MODE", mode),
            ("RELEVE_URL_PUBLIQUE", "https://releve.example.fr"),
        ];
        let refus = lire(&reglages, None).expect_err(mode);
        assert!(refus.contains("RELEVE_MODE=production"), "{refus}");
    }
}

#[test]
fn une_valeur_illisible_dit_ce_qui_est_attendu() {
    for (cle, valeur) in [
        ("RELEVE_POOL", "beaucoup"),
        ("RELEVE_POOL", "0"),
        ("RELEVE_ECOUTE", "partout"),
        ("RELEVE_MODE", "test"),
        ("RELEVE_PIECES", "ftp://ailleurs"),
        ("RELEVE_EXPEDITEUR", "pas une adresse"),
        ("RELEVE_MANDATAIRES", "10.0.0.300"),
    ] {
        let refus = lire(&[(cle, valeur)], None).expect_err(cle);
        assert!(refus.contains(cle), "{refus}");
    }
}

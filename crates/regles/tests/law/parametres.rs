//! The shipped parameters: complete, dated, cited; defects refused with a sentence.

use chrono::NaiveDate;
use regles::dates_fr::{self, DateError};
use regles::identifiants::{Insee, Rpps};
use regles::montant::Montant;
use regles::parametre::{Parametre, ValeurParametre};
use regles::regle::Statut;
use regles::reglement::{Reglement, ReglementError};

const FICHIERS: [(&str, &str); 3] = [
    (
        "avenant5.toml",
        include_str!("../../../../reglement/avenant5.toml"),
    ),
    (
        "avenant7.toml",
        include_str!("../../../../reglement/avenant7.toml"),
    ),
    (
        "produit.toml",
        include_str!("../../../../reglement/produit.toml"),
    ),
];

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

/// The shipped files, one of them changed.
fn avec(nom: &str, de: &str, a: &str) -> Result<Reglement, ReglementError> {
    let changes: Vec<(&str, String)> = FICHIERS
        .iter()
        .map(|(n, contenu)| {
            assert!(*n != nom || contenu.contains(de), "{de} absent de {nom}");
            (
                *n,
                if *n == nom {
                    contenu.replacen(de, a, 1)
                } else {
                    (*contenu).to_owned()
                },
            )
        })
        .collect();
    Reglement::lire(
        &changes
            .iter()
            .map(|(n, c)| (*n, c.as_str()))
            .collect::<Vec<_>>(),
    )
}

#[test]
fn tout_parametre_d_du_recueil_est_livre() {
    let reglement = Reglement::embarque().expect("reglement");
    let le = d("2026-01-10");
    let cas = [
        ("zonage.apres_echeance", "maintenu"),
        ("zonage.date_de_reference", "decision"),
        ("designation.avant_cessation", "oui"),
        ("place.sans_successeur", "caduque"),
        ("designation.ayants_droit", "oui"),
        ("derogation.avis_cpd", "obligatoire"),
        ("pieces.delai", "1"),
        ("cpd.delai_avis", "60"),
        ("alt.cumul", "prorata"),
        ("place.depart_anterieur_zonage", "exclu"),
        ("cammk.renouvelable", "non"),
        ("cpd.quorum", "moitie_de_chaque_section"),
        ("decision.ecart_avis", "motiver"),
        ("decision.separation", "oui"),
        ("silence.delai", "2"),
        ("silence.effet", "rejet"),
        (
            "rappels.designation_successeur",
            "12m, 6m, 3m, 1m, 7j, depassee",
        ),
        ("caccmk.exercice_groupe_ou_remplacant", "exige"),
    ];
    for (cle, attendu) in cas {
        let p = reglement.parametre(cle, le).expect(cle);
        assert_eq!(p.valeur.to_string(), attendu, "{cle}");
        assert_eq!(p.statut, Statut::D, "{cle}");
        assert_eq!(p.citation().source, cle, "la source d’un [D] est sa clé");
    }
    assert_eq!(
        reglement.entier("alt.entree_en_formation_depuis", le),
        Ok(2023)
    );
    assert_eq!(reglement.entier("place.seuil_actes", le), Ok(1200));
}

#[test]
fn une_valeur_depend_de_la_date() {
    let reglement = Reglement::embarque().expect("reglement");
    let effet = reglement
        .texte("avenant7.effet", d("2026-01-01"))
        .expect("effet")
        .to_owned();
    assert_eq!(
        reglement.montant("contrat.cammk.versement", d("2023-08-25")),
        Ok(Montant::centimes(300_000))
    );
    assert_eq!(
        reglement.montant("contrat.cammk.versement", d(&effet)),
        Ok(Montant::centimes(400_000))
    );
    assert!(matches!(
        reglement.entier("place.seuil_actes", d("1990-01-01")),
        Err(ReglementError::HorsPeriode { .. })
    ));
    // Everything avenant 7 changes starts on its date of effect.
    let debuts = FICHIERS[1].1.lines().filter(|l| l.starts_with("du = "));
    assert!(debuts.clone().count() > 30);
    for debut in debuts {
        assert_eq!(debut, format!("du = \"{effet}\""));
    }
}

#[test]
fn fichiers_defectueux_refuses() {
    let seuil_du = "Actes requis du partant pendant la période précédant la cessation\"\nvaleur = 1200\nunite = \"actes\"\ndu = \"2023-08-26\"";
    let a7 = |de: &str, a: &str| avec("avenant7.toml", de, a);
    assert!(matches!(
        a7(seuil_du, &seuil_du.replace("08-26", "08-27")),
        Err(ReglementError::Trou { .. })
    ));
    assert!(matches!(
        a7(seuil_du, &seuil_du.replace("08-26", "08-25")),
        Err(ReglementError::Chevauchement { .. })
    ));
    assert!(matches!(
        a7(seuil_du, &seuil_du.replace("\"actes\"", "\"heures\"")),
        Err(ReglementError::Invalide { .. })
    ));
    assert!(matches!(
        a7(seuil_du, &seuil_du.replace("\"actes\"", "\"boisseaux\"")),
        Err(ReglementError::Fichier { .. })
    ));
    assert!(matches!(
        a7(seuil_du, &seuil_du.replace("1200", "-1")),
        Err(ReglementError::Invalide { .. })
    ));
    assert!(matches!(
        a7("cle = \"place.seuil_actes\"", "cle = \"place.seuil\""),
        Err(ReglementError::CleInconnue(_))
    ));
    assert!(matches!(
        avec(
            "produit.toml",
            "cle = \"silence.effet\"",
            "cle = \"silence.sens\""
        ),
        Err(ReglementError::CleInconnue(_))
    ));
    assert!(matches!(
        avec(
            "produit.toml",
            "valeur = \"rejet\"",
            "valeur = \"peut-être\""
        ),
        Err(ReglementError::Invalide { .. })
    ));
    assert!(matches!(
        Reglement::lire(&[]),
        Err(ReglementError::CleAbsente(_))
    ));
    let phrase = a7(seuil_du, &seuil_du.replace("08-26", "08-27"))
        .expect_err("trou")
        .to_string();
    assert_eq!(
        phrase,
        "le paramètre « place.seuil_actes » n’a aucune valeur entre le 2023-08-26 et le 2023-08-26"
    );
}

#[test]
fn une_nouvelle_valeur_datee_ne_change_pas_le_passe() {
    let avant = Reglement::embarque().expect("reglement");
    let mut nouveau: Parametre = avant
        .parametre("place.seuil_actes", d("2026-01-01"))
        .expect("seuil")
        .clone();
    nouveau.du = d("2027-01-01");
    nouveau.valeur = ValeurParametre::Entier(1300);
    let apres = avant.avec(nouveau.clone()).expect("ajout");
    assert_eq!(apres.entier("place.seuil_actes", d("2026-12-31")), Ok(1200));
    assert_eq!(apres.entier("place.seuil_actes", d("2027-01-01")), Ok(1300));
    assert_ne!(avant.version(), apres.version());
    nouveau.du = d("2020-01-01");
    assert!(apres.avec(nouveau).is_err());
    let json = serde_json::to_string(&apres).expect("json");
    let relu: Reglement = serde_json::from_str(&json).expect("relu");
    assert_eq!(relu.version(), apres.version());
}

#[test]
fn identifiants_montants_dates() {
    assert!("1234567890".parse::<Rpps>().is_err());
    assert!("10 00 12 345 67".parse::<Rpps>().is_ok());
    assert!(
        "12345678903"
            .parse::<Rpps>()
            .expect("rpps")
            .cle_luhn_valide()
    );
    assert!(
        !"12345678904"
            .parse::<Rpps>()
            .expect("rpps")
            .cle_luhn_valide()
    );
    for (code, departement) in [
        ("13055", Some("13")),
        ("2a004", Some("2A")),
        ("97411", Some("974")),
        ("2C004", None),
        ("1305", None),
    ] {
        assert_eq!(
            code.parse::<Insee>().ok().as_ref().map(Insee::departement),
            departement,
            "{code}"
        );
    }
    assert_eq!(
        Montant::centimes(720_000).to_string(),
        "7\u{202f}200,00\u{a0}€"
    );
    assert_eq!(Montant::centimes(-5).to_string(), "−0,05\u{a0}€");
    assert_eq!("7 200,5 €".parse(), Ok(Montant::centimes(720_050)));
    assert_eq!(
        Montant::centimes(1).fraction(1, 2),
        Ok(Montant::centimes(1))
    );
    assert_eq!(
        Montant::centimes(500_000).fraction(2999, 3000),
        Ok(Montant::centimes(499_833))
    );
    for texte in [
        "12 mars 2026",
        "12/03/2026",
        " 12 / 03 / 2026",
        "2026-03-12",
        "12\u{a0}MARS 2026",
        "12.3.2026",
    ] {
        assert_eq!(dates_fr::lire(texte), Ok(d("2026-03-12")), "{texte}");
    }
    assert_eq!(dates_fr::lire("1er février 2026"), Ok(d("2026-02-01")));
    assert!(matches!(
        dates_fr::lire("30/02/2026"),
        Err(DateError::Impossible(_))
    ));
    assert!(matches!(
        dates_fr::lire("demain"),
        Err(DateError::Illisible(_))
    ));
    assert_eq!(dates_fr::longue(d("2026-03-12")), "12\u{a0}mars\u{a0}2026");
}

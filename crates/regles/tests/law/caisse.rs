//! PRO-2, PRO-5, PRO-6: what a caisse lacks before it opens.

use regles::caisse::{DonneeCaisse, Moyens, siret_valide};
use regles::preparation::manques;
use regles::recours::Voie;

const PRETS: Moyens = Moyens {
    instruction: 1,
    signature: 1,
    tribunaux: true,
};

fn lacunes(voie: Voie, remplies: &[DonneeCaisse], moyens: Moyens) -> Vec<&'static str> {
    manques(
        voie,
        |d| Some(if remplies.contains(&d) { "x" } else { " " }),
        moyens,
    )
    .into_iter()
    .map(|m| m.libelle)
    .collect()
}

#[test]
fn une_caisse_complete_est_prete() {
    for voie in Voie::TOUS {
        assert!(lacunes(*voie, DonneeCaisse::TOUS, PRETS).is_empty());
    }
}

#[test]
fn ce_qui_manque_depend_de_la_voie_de_recours() {
    let de = |voie| lacunes(voie, &[], PRETS);
    let commun = [
        "Service qui suit les dossiers",
        "Adresse postale",
        "Adresse électronique du service",
        "Téléphone du service",
    ];
    let signe = [
        "Prénom et nom de la direction",
        "Qualité de la direction",
        "Adresse du délégué à la protection des données",
    ];
    assert_eq!(
        de(Voie::SecuriteSociale),
        [
            &commun[..],
            &["Adresse de la commission de recours amiable"],
            &signe
        ]
        .concat()
    );
    assert_eq!(
        de(Voie::Administrative),
        [
            &commun[..],
            &[
                "Ville du tribunal administratif",
                "Adresse du tribunal administratif"
            ],
            &signe
        ]
        .concat()
    );
}

#[test]
fn sans_personne_ni_tribunaux_elle_n_ouvre_pas() {
    let toutes = DonneeCaisse::TOUS;
    assert_eq!(
        lacunes(Voie::SecuriteSociale, toutes, Moyens::default()),
        [
            "Un compte qui suit les dossiers",
            "Un compte qui signe",
            "La table des tribunaux judiciaires"
        ]
    );
    assert_eq!(
        lacunes(Voie::Administrative, toutes, Moyens::default()),
        ["Un compte qui suit les dossiers", "Un compte qui signe"]
    );
}

#[test]
fn chaque_manque_dit_ce_qui_echoue_sans_lui() {
    for voie in Voie::TOUS {
        for manque in manques(*voie, |_| None, Moyens::default()) {
            assert!(manque.consequence.ends_with('.'), "{manque:?}");
        }
    }
}

#[test]
fn un_siret_a_quatorze_chiffres_et_sa_cle() {
    for (texte, valide) in [
        ("73282932000074", true),
        ("73282932000075", false),
        ("35600000049837", true),
        ("35600000049838", false),
        ("7328293200007", false),
        ("732829320000741", false),
        ("7328293200007a", false),
        ("", false),
    ] {
        assert_eq!(siret_valide(texte), valide, "{texte}");
    }
}

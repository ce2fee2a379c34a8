//! ZON-6: the category of a place at a date, or what is missing to say it.

use regles::reglement::Reglement;
use regles::zonage::Categorie;
use releve::db::zonage::{self, ZoneError};
use releve::import::rapport::Nature;

use super::appui::{Atelier, LIGNES, ZONAGE, description, jour, simple};

pub fn zone(atelier: &Atelier, insee: &str, date: &str) -> Result<zonage::ZoneTrouvee, ZoneError> {
    let reglement = Reglement::embarque().expect("the rules load");
    let insee = insee.parse().expect("a code");
    atelier
        .db
        .read(|conn| zonage::categorie(conn, &reglement, &insee, jour(date)))
}

pub fn categorie(atelier: &Atelier, insee: &str, date: &str) -> Categorie {
    zone(atelier, insee, date).expect("a category").categorie
}

pub fn manque(atelier: &Atelier, insee: &str, date: &str) -> String {
    simple(
        &zone(atelier, insee, date)
            .expect_err("no category")
            .to_string(),
    )
}

#[test]
fn what_is_missing_is_named_never_guessed() {
    let atelier = Atelier::fictif();
    assert_eq!(
        manque(&atelier, "90001", "2026-03-01"),
        "aucun arrêté de zonage de la région 99 n’est en vigueur le 1er mars 2026"
    );
    let sans_bassin_91102 = LIGNES
        .lines()
        .take(3)
        .map(|l| format!("{l}\n"))
        .collect::<String>();
    let bilan = atelier
        .zonage("2026-03-01", "A-1", &sans_bassin_91102)
        .expect("imported");
    let dits = &bilan.rapport.signalements[&Nature::BassinAbsent];
    assert_eq!(
        simple(&dits[0].message),
        "AM91102 Montbourg 2e Arrondissement"
    );
    assert_eq!(
        manque(&atelier, "13055", "2026-03-01"),
        "la commune 13055 est inconnue"
    );
    assert_eq!(
        manque(&atelier, "91001", "2026-03-01"),
        "Montbourg (91001) n’appartient à aucun bassin de vie ou canton-ou-ville : précisez l’arrondissement"
    );
    assert_eq!(
        manque(&atelier, "91102", "2026-03-01"),
        "l’arrêté A-1 (région 99, effet au 1er mars 2026) ne classe pas le bassin AM91102 Montbourg 2e Arrondissement"
    );
    assert_eq!(
        manque(&atelier, "90001", "2026-02-28"),
        "aucun arrêté de zonage de la région 99 n’est en vigueur le 28 février 2026"
    );
    // The neighbour of another region follows its bassin (ZON-3).
    assert_eq!(
        categorie(&atelier, "90003", "2026-03-01"),
        Categorie::Intermediaire
    );
}

#[test]
fn a_mixed_bassin_answers_only_where_the_commune_has_its_own_line() {
    let atelier = Atelier::fictif();
    let mixte = LIGNES.replacen("intermediaire", "sous_dotee", 1);
    let bilan = atelier
        .zonage("2026-03-01", "A-1", &mixte)
        .expect("imported");
    let dits = &bilan.rapport.signalements[&Nature::BassinMixte];
    assert_eq!(
        simple(&dits[0].message),
        "BV90001 Valbourg : sous-dotée (1), intermédiaire (1)"
    );

    let valbourg = zone(&atelier, "90001", "2026-03-01").expect("its own line");
    assert_eq!(valbourg.categorie, Categorie::SousDotee);
    assert!(
        valbourg.avertissements[0].contains("plusieurs catégories"),
        "{:?}",
        valbourg.avertissements
    );
    assert_eq!(
        categorie(&atelier, "90002", "2026-03-01"),
        Categorie::Intermediaire
    );
    assert!(manque(&atelier, "90003", "2026-03-01").starts_with("classement mixte"));
}

#[test]
fn a_line_without_category_is_said_and_never_filled() {
    let atelier = Atelier::fictif();
    let troue = LIGNES.replacen(
        "Petit-Val,90,BV90001,Valbourg,intermediaire",
        "Petit-Val,90,BV90001,Valbourg,",
        1,
    );
    let bilan = atelier
        .zonage("2026-03-01", "A-1", &troue)
        .expect("imported");
    assert_eq!(bilan.rapport.signales(Nature::SansCategorie), 1);
    assert_eq!((bilan.rapport.ecartees, bilan.compte.ajoutes), (1, 3));
    assert_eq!(
        categorie(&atelier, "90001", "2026-03-01"),
        Categorie::Intermediaire
    );
    assert!(manque(&atelier, "90002", "2026-03-01").starts_with("classement mixte"));
}

#[test]
fn lines_of_the_neighbour_s_arrete_are_said_and_left_to_it() {
    let atelier = Atelier::fictif();
    let voisine = LIGNES.replacen("non_prioritaire,99", "non_prioritaire,98", 1);
    let bilan = atelier
        .zonage("2026-03-01", "A-1", &voisine)
        .expect("imported");
    assert_eq!((bilan.rapport.ecartees, bilan.compte.ajoutes), (1, 3));
    let dits = &bilan.rapport.signalements[&Nature::AutreRegion];
    assert_eq!(simple(&dits[0].message), "région 98 : 1 commune");
    assert!(zone(&atelier, "91101", "2026-03-01").is_err());
}

#[test]
fn several_files_make_one_arrete() {
    let atelier = Atelier::fictif();
    let region = atelier.fichier("r99.csv", format!("{ZONAGE}{LIGNES}"));
    let ligne = "90003,Lointain-sur-Val,90,BV90001,Valbourg,sous_dotee,99,,\n";
    let voisine = atelier.fichier("r98.csv", format!("{ZONAGE}{ligne}"));
    let acte = description("99", "2026-03-01", Some("A-1"));
    let bilan = atelier
        .arrete(&[region, voisine], &acte, false)
        .expect("imported");
    assert_eq!(bilan.compte.ajoutes, 5);
    assert_eq!(bilan.rapport.signales(Nature::BassinMixte), 1);
    assert_eq!(
        categorie(&atelier, "90003", "2026-03-01"),
        Categorie::SousDotee
    );
}

#[test]
fn past_its_validity_an_arrete_applies_with_a_warning() {
    let atelier = Atelier::fictif();
    atelier
        .zonage("2026-03-01", "A-1", LIGNES)
        .expect("imported");
    let veille = zone(&atelier, "90001", "2028-02-29").expect("in its two years");
    assert!(veille.avertissements.is_empty());
    let apres = zone(&atelier, "90001", "2028-03-01").expect("still applies (ZON-5)");
    assert_eq!(
        simple(&apres.avertissements[0]),
        "l’arrêté A-1 (région 99, effet au 1er mars 2026) a dépassé sa durée de validité le 1er mars 2028 ; \
         il s’applique jusqu’à son remplacement"
    );
}

#[test]
fn the_older_classes_keep_their_regime() {
    let atelier = Atelier::fictif();
    let ancien = LIGNES.replace("non_prioritaire", "sur_dotee_av5");
    let bilan = atelier
        .zonage("2019-05-28", "A-0", &ancien)
        .expect("imported");
    assert_eq!(bilan.rapport.signales(Nature::ClassesAvenant5), 1);
    let trouvee = zone(&atelier, "91101", "2020-01-01").expect("a category");
    assert_eq!(
        (trouvee.categorie, trouvee.arrete.regime.as_str()),
        (Categorie::SurDoteeAv5, "avenant5")
    );
    assert!(trouvee.categorie.est_regulee());
    atelier
        .zonage("2026-03-01", "A-1", LIGNES)
        .expect("imported");
    assert_eq!(
        zone(&atelier, "91101", "2026-03-01")
            .expect("found")
            .arrete
            .regime,
        "avenant7"
    );
}

#[test]
fn what_contradicts_the_map_or_the_calendar_is_said() {
    let atelier = Atelier::fictif();
    let communes = super::appui::COMMUNES.replace("bassin de vie,200,", "bassin de vie,90000,");
    atelier
        .communes(&communes)
        .expect("most of Valbourg now lives in region 98");
    let bilan = atelier
        .zonage("2020-03-01", "A-0", LIGNES)
        .expect("imported");
    let dits = |nature| -> Vec<String> {
        let remarques = bilan.rapport.signalements.get(&nature);
        remarques
            .into_iter()
            .flatten()
            .map(|r| simple(&r.message))
            .collect()
    };
    assert_eq!(
        dits(Nature::AttributionDifferente),
        ["BV90001 Valbourg : région 98"]
    );
    assert_eq!(
        dits(Nature::RegimeAnterieur),
        ["2 communes (avenant 7 : 26 août 2023)"]
    );
    // ZON-6: the arrêté of the région d'attribution answers, and there is none.
    assert!(manque(&atelier, "90001", "2020-03-01").contains("région 98"));
}

//! ZON-4, ZON-5, ZON-10: where an arrêté stands on a day, and what it changes.

use chrono::NaiveDate;
use regles::arrete::{Effet, EtatArrete, consequence, effet, etat, fin_de_validite, nom_region};
use regles::demande::NatureDemande;
use regles::echeance::Delai;
use regles::zonage::Categorie;

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

const DEUX_ANS: Delai = Delai::Annees(2);

/// In force from 6 June 2025, replaced or not; each day says on which side of the border it falls.
#[test]
fn zon_4_un_arrete_a_venir_en_vigueur_echu_ou_remplace() {
    use EtatArrete as E;
    let cas = [
        ("2025-06-05", None, E::AVenir),
        ("2025-06-06", None, E::EnVigueur),
        ("2027-06-05", None, E::EnVigueur),
        ("2027-06-06", None, E::Echu),
        ("2030-01-01", None, E::Echu),
        ("2025-06-05", Some("2026-01-01"), E::AVenir),
        ("2025-12-31", Some("2026-01-01"), E::EnVigueur),
        ("2026-01-01", Some("2026-01-01"), E::Remplace),
        ("2026-01-02", Some("2026-01-01"), E::Remplace),
        // Replaced after its validity was over: maintained in between (ZON-5).
        ("2027-09-01", Some("2027-10-01"), E::Echu),
        ("2027-10-01", Some("2027-10-01"), E::Remplace),
    ];
    for (jour, fin, attendu) in cas {
        let obtenu = etat(d("2025-06-06"), fin.map(d), DEUX_ANS, d(jour));
        assert_eq!(obtenu, attendu, "{jour} {fin:?}");
    }
    // A validity that ends past the calendar never ends.
    let loin = etat(d("9998-06-06"), None, DEUX_ANS, d("9999-12-31"));
    assert_eq!(loin, E::EnVigueur);
}

#[test]
fn zon_4_la_validite_finit_le_jour_de_meme_quantieme() {
    assert_eq!(
        fin_de_validite(d("2024-11-01"), DEUX_ANS),
        Some(d("2026-11-01"))
    );
    assert_eq!(
        fin_de_validite(d("2024-02-29"), DEUX_ANS),
        Some(d("2026-02-28"))
    );
    assert_eq!(fin_de_validite(d("9998-01-01"), DEUX_ANS), None);
}

/// Every pair of categories of both regimes, said once more and apart.
#[test]
fn zon_10_l_effet_d_un_changement_de_categorie() {
    let regulees = [Categorie::NonPrioritaire, Categorie::SurDoteeAv5];
    for avant in Categorie::TOUS {
        for apres in Categorie::TOUS {
            let attendu = if avant == apres {
                None
            } else if regulees.contains(avant) == regulees.contains(apres) {
                Some(Effet::AutreCategorie)
            } else if regulees.contains(apres) {
                Some(Effet::DevientRegulee)
            } else {
                Some(Effet::CesseRegulee)
            };
            let obtenu = effet(Some(*avant), Some(*apres));
            assert_eq!(obtenu, attendu, "{avant} → {apres}");
        }
        assert_eq!(effet(Some(*avant), None), Some(Effet::NonClassee));
        assert_eq!(effet(None, Some(*avant)), Some(Effet::Classee));
    }
    assert_eq!(effet(None, None), None);
}

#[test]
fn zon_10_chaque_consequence_se_dit_sans_code() {
    use Effet as E;
    use NatureDemande as N;
    let cas: [(Effet, Option<NatureDemande>, &str); 13] = [
        (E::CesseRegulee, None, "la place ne sert plus"),
        (
            E::CesseRegulee,
            Some(N::HorsRegulation),
            "quoi qu’il en soit",
        ),
        (E::CesseRegulee, Some(N::Succession), "n’a plus besoin"),
        (E::CesseRegulee, Some(N::Derogation), "n’a plus besoin"),
        (E::DevientRegulee, None, "la place compte"),
        (
            E::DevientRegulee,
            Some(N::HorsRegulation),
            "Il faudra succéder",
        ),
        (E::DevientRegulee, Some(N::Succession), "devient nécessaire"),
        (E::AutreCategorie, None, "ne change pas"),
        (E::AutreCategorie, Some(N::Succession), "à relire"),
        (E::NonClassee, None, "Aucune catégorie"),
        (E::NonClassee, Some(N::Succession), "Aucune catégorie"),
        (E::Classee, None, "pour la première fois"),
        (E::Classee, Some(N::Derogation), "pour la première fois"),
    ];
    for (effet, nature, mots) in cas {
        let dite = consequence(effet, nature);
        assert!(
            dite.contains(mots) && regles::redaction::premier_illisible(dite).is_none(),
            "{effet} {nature:?} : {dite}"
        );
    }
}

#[test]
fn une_region_se_nomme() {
    let noms = [
        ("01", "Guadeloupe"),
        ("02", "Martinique"),
        ("03", "Guyane"),
        ("04", "La Réunion"),
        ("06", "Mayotte"),
        ("11", "Île-de-France"),
        ("24", "Centre-Val de Loire"),
        ("27", "Bourgogne-Franche-Comté"),
        ("28", "Normandie"),
        ("32", "Hauts-de-France"),
        ("44", "Grand Est"),
        ("52", "Pays de la Loire"),
        ("53", "Bretagne"),
        ("75", "Nouvelle-Aquitaine"),
        ("76", "Occitanie"),
        ("84", "Auvergne-Rhône-Alpes"),
        ("93", "Provence-Alpes-Côte d’Azur"),
        ("94", "Corse"),
        ("99", "99"),
        ("", ""),
    ];
    for (code, nom) in noms {
        assert_eq!(nom_region(code), nom);
    }
}

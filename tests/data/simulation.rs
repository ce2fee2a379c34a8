//! ZON-10: what an import says that it would change is what its screen shows afterwards.

use regles::arrete::{Effet, EtatArrete, Genre, consequence, effet, etat};
use regles::demande::{EtatDemande, NatureDemande};
use regles::echeance::Delai;
use regles::zonage::Categorie as C;
use releve::db::{DbError, arrete_effet, arrete_liste};

use super::appui::{Atelier, LIGNES, ZONAGE, description, jour};
use crate::util::app::debut;
use crate::util::builders::{Decor, UneDemande};

#[test]
fn zon_10_la_simulation_compte_ce_que_l_ecran_montrera() {
    let atelier = Atelier::fictif();
    atelier
        .zonage("2024-03-01", "A-1", LIGNES)
        .expect("imported");
    let decor = Decor {
        db: atelier.db.clone(),
        le: debut(),
        depot: None,
    };
    let kine = decor.kine("ines.costa@example.fr", "10000000001");
    for (numero, caisse, insee, bassin, etat) in [
        (
            "901-2026-000001",
            "901",
            "90001",
            "BV90001",
            EtatDemande::Complete,
        ),
        // A commune of the region beside, without a line of its own: its bassin decides (ZON-3).
        (
            "901-2026-000002",
            "901",
            "90003",
            "BV90001",
            EtatDemande::Deposee,
        ),
        (
            "902-2026-000001",
            "902",
            "91101",
            "AM91101",
            EtatDemande::Proposee,
        ),
        // Decided: no arrêté changes it any more.
        (
            "901-2026-000003",
            "901",
            "90001",
            "BV90001",
            EtatDemande::Accordee,
        ),
        // Does not change of category.
        (
            "902-2026-000002",
            "902",
            "91102",
            "AM91102",
            EtatDemande::Deposee,
        ),
    ] {
        decor.demande(&UneDemande {
            numero,
            caisse,
            kine_id: kine.id,
            nature: NatureDemande::HorsRegulation,
            insee,
            bassin,
            categorie: "intermediaire",
            etat,
            ..UneDemande::default()
        });
    }
    let suivant = LIGNES
        .replace("intermediaire", "non_prioritaire")
        .replacen("91101,Montbourg 1er Arrondissement,91,AM91101,Montbourg 1er Arrondissement,non_prioritaire", "91101,Montbourg 1er Arrondissement,91,AM91101,Montbourg 1er Arrondissement,sous_dotee", 1);
    let fichier = atelier.fichier("suivant.csv", format!("{ZONAGE}{suivant}"));
    let acte = description("99", "2026-03-01", Some("A-2"));
    let annonce = atelier
        .arrete(std::slice::from_ref(&fichier), &acte, true)
        .expect("previewed")
        .apercu
        .expect("a preview")
        .effets;
    let dits: Vec<_> = annonce
        .iter()
        .map(|e| (e.caisse.as_str(), e.genre, e.effet, e.nombre))
        .collect();
    assert_eq!(
        dits,
        [
            ("901", Genre::Demande, Effet::DevientRegulee, 2),
            ("902", Genre::Demande, Effet::CesseRegulee, 1),
        ]
    );
    atelier.arrete(&[fichier], &acte, false).expect("imported");
    let montre = atelier
        .db
        .read(|conn| {
            let arrete = arrete_liste::lister(conn, None)?.remove(0);
            let precedent = arrete_liste::precedent(conn, &arrete)?;
            let de = arrete_effet::Succession {
                nouveau: arrete.id,
                ancien: precedent.map(|p| p.id),
                region: arrete.region.clone(),
            };
            assert_eq!(
                arrete_effet::compter(conn, &de, Some("902"))?.len(),
                1,
                "one CPAM alone"
            );
            arrete_effet::compter(conn, &de, None)
        })
        .unwrap_or_else(|e: DbError| panic!("{e}"));
    assert_eq!(montre, annonce);
}

#[test]
fn zon_10_l_effet_se_lit_sur_la_regulation() {
    for (avant, apres, attendu) in [
        (Some(C::NonPrioritaire), Some(C::NonPrioritaire), None),
        (
            Some(C::Intermediaire),
            Some(C::NonPrioritaire),
            Some(Effet::DevientRegulee),
        ),
        (
            Some(C::NonPrioritaire),
            Some(C::SousDotee),
            Some(Effet::CesseRegulee),
        ),
        (
            Some(C::SousDotee),
            Some(C::TresSousDotee),
            Some(Effet::AutreCategorie),
        ),
        // The regulated category of the former regime becomes that of the new one (ZON-1).
        (
            Some(C::SurDoteeAv5),
            Some(C::NonPrioritaire),
            Some(Effet::AutreCategorie),
        ),
        (Some(C::NonPrioritaire), None, Some(Effet::NonClassee)),
        (None, Some(C::NonPrioritaire), Some(Effet::Classee)),
        (None, None, None),
    ] {
        assert_eq!(effet(avant, apres), attendu, "{avant:?} {apres:?}");
    }
    for e in Effet::TOUS {
        for nature in NatureDemande::TOUS.iter().map(|n| Some(*n)).chain([None]) {
            assert!(consequence(*e, nature).ends_with('.'));
        }
    }
}

#[test]
fn zon_5_l_etat_d_un_arrete_change_a_son_jour() {
    let deux_ans = Delai::Annees(2);
    let effet = jour("2025-06-06");
    for (fin, le, attendu) in [
        (None, "2025-06-05", EtatArrete::AVenir),
        (None, "2025-06-06", EtatArrete::EnVigueur),
        (None, "2027-06-05", EtatArrete::EnVigueur),
        (None, "2027-06-06", EtatArrete::Echu),
        (Some("2026-06-01"), "2026-05-31", EtatArrete::EnVigueur),
        (Some("2026-06-01"), "2026-06-01", EtatArrete::Remplace),
    ] {
        assert_eq!(
            etat(effet, fin.map(jour), deux_ans, jour(le)),
            attendu,
            "{le}"
        );
    }
}

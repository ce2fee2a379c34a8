//! CTR-7, CTR-8: the days whose acts count, the statement of activity, what the share is a share of.

use chrono::NaiveDate;
use regles::contrat::Regime;
use regles::parametre::ValeurParametre;
use regles::reglement::Reglement;
use regles::versement::activite::{Releve, part, periode, releve};

use super::contrat_evaluation::reponse;

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

#[test]
fn ctr_7_la_premiere_annee_dure_douze_mois_les_suivantes_sont_civiles() {
    let r = Reglement::embarque().expect("parameters");
    let jours = |annee| periode(&r, d("2026-11-20"), annee);
    assert_eq!(jours(1), Ok((d("2026-11-20"), d("2027-11-19"))));
    assert_eq!(jours(2), Ok((d("2027-01-01"), d("2027-12-31"))));
    assert_eq!(jours(5), Ok((d("2030-01-01"), d("2030-12-31"))));
    for hors in [0, 6] {
        assert_eq!(jours(hors).expect_err("no such year").champ(), "annee");
    }
    let mut civile = r
        .parametre("ctr.premiere_annee", d("2026-12-31"))
        .expect("a value")
        .clone();
    civile.du = d("2027-01-01");
    civile.valeur = ValeurParametre::Texte("annee_civile".to_owned());
    let r = r.avec(civile).expect("a later value");
    assert_eq!(
        periode(&r, d("2027-11-20"), 1),
        Ok((d("2027-11-20"), d("2027-12-31")))
    );
}

#[test]
fn ctr_7_le_versement_attend_le_releve_d_activite() {
    let annee = (d("2027-01-01"), d("2027-12-31"));
    let le = |envoye: Option<&str>, rendu: Option<&str>, jour| {
        releve(annee, envoye.map(d), rendu.map(d), d(jour))
    };
    assert_eq!(le(None, None, "2027-12-31"), Releve::AVenir);
    assert_eq!(le(None, None, "2028-01-01"), Releve::AEnvoyer);
    assert_eq!(
        le(Some("2028-01-05"), None, "2028-03-01"),
        Releve::ACompleter
    );
    assert_eq!(
        le(Some("2028-01-05"), Some("2028-02-01"), "2028-03-01"),
        Releve::Rendu
    );
}

#[test]
fn ctr_8_sous_l_avenant_5_la_part_se_compte_en_actes_aupres_des_patients_de_la_zone() {
    assert_ne!(part(Regime::Avenant5), part(Regime::Avenant7));
    let libelle = |faits: &str| -> String {
        let r = reponse(&format!(
            r#"{{"evaluation":"versement","faits":{{"annee":1,"actes":3000,"part_zone_pct":50,{faits}}}}}"#
        ));
        assert_eq!(r["resultat"], "calcule", "{r}");
        let etapes = r["explication"].as_array().expect("steps");
        let etape = etapes
            .iter()
            .find(|e| e["regle"] == "CTR-8")
            .expect("CTR-8");
        etape["libelle"].as_str().expect("words").to_owned()
    };
    for (faits, regime) in [
        (
            r#""contrat":"caccmk","signature":"2025-03-01""#,
            Regime::Avenant7,
        ),
        (
            r#""contrat":"caccmk","signature":"2025-03-01","regime":"avenant5""#,
            Regime::Avenant5,
        ),
        (
            r#""contrat":"cammk","signature":"2023-08-25""#,
            Regime::Avenant5,
        ),
        (
            r#""contrat":"cammk","signature":"2023-08-26""#,
            Regime::Avenant7,
        ),
    ] {
        assert_eq!(libelle(faits), part(regime), "{faits}");
    }
}

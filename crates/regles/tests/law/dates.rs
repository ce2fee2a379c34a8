//! Dated values: a second one never breaks an evaluation without a date, never changes the past, and is laid
//! over what is shipped without gap or overlap.

use chrono::{Days, NaiveDate};
use regles::catalogue::CATALOGUE;
use regles::dates_fr;
use regles::evaluer::evaluer;
use regles::parametre::{Parametre, Unite, ValeurParametre};
use regles::reglement::{Reglement, ReglementError};
use serde_json::{Value, json};

use super::tables::ZonageDeTest;

fn d(texte: &str) -> NaiveDate {
    dates_fr::lire_iso(texte).expect("date")
}

fn reponse(reglement: &Reglement, evaluation: &str, date: Option<&str>, faits: &Value) -> Value {
    let objet = json!({"id": 1, "evaluation": evaluation, "date": date, "faits": faits});
    serde_json::to_value(evaluer(reglement, &objet.to_string(), &ZonageDeTest)).expect("json")
}

/// The latest value of a key, with another value from a date.
fn autre(reglement: &Reglement, cle: &str, du: NaiveDate) -> Parametre {
    let mut p = reglement.derniere(cle).expect(cle).clone();
    let permis = CATALOGUE
        .iter()
        .find(|c| c.cle == cle)
        .expect("known")
        .permis;
    p.valeur = match (&p.valeur, p.unite) {
        (ValeurParametre::OuiNon(b), _) => ValeurParametre::OuiNon(!b),
        (ValeurParametre::Entier(n), _) => ValeurParametre::Entier(n.abs_diff(1).cast_signed()),
        (ValeurParametre::Texte(_), Unite::Date) => ValeurParametre::Texte("2023-09-01".to_owned()),
        (ValeurParametre::Texte(_), Unite::JourMois) => ValeurParametre::Texte("06-15".to_owned()),
        (ValeurParametre::Texte(t), _) => {
            let code = permis.iter().find(|code| *code != t).unwrap_or(&permis[0]);
            ValeurParametre::Texte((*code).to_owned())
        }
        (ValeurParametre::Liste(l), _) => {
            let code = permis
                .iter()
                .find(|code| !l.iter().any(|c| c == *code))
                .unwrap_or(&permis[0]);
            ValeurParametre::Liste(vec![(*code).to_owned()])
        }
    };
    p.du = du;
    p.au = None;
    p
}

fn seuil(reglement: &Reglement, actes: i64, du: &str) -> Reglement {
    let mut p = reglement
        .derniere("place.seuil_actes")
        .expect("seuil")
        .clone();
    p.valeur = ValeurParametre::Entier(actes);
    p.du = d(du);
    reglement.avec(p).expect("une valeur de plus")
}

#[test]
fn reg_3_sans_date_un_seuil_qui_a_change_ne_bloque_que_s_il_decide() {
    let reglement = seuil(&Reglement::embarque().expect("livre"), 1300, "2027-01-01");
    let faits = |actes: Value, avis: Value| {
        json!({"categorie": "non_prioritaire", "cessation": "2025-12-31", "actes_12_mois": actes,
            "avis_cpd_sous_seuil": avis, "pourvue": false, "successeur_designe": true, "successeur_accepte": true})
    };
    // actes, avis, résultat, manquants
    let cas = [
        (json!(1250), json!(null), "incomplet", json!(["date"])),
        (json!(1300), json!(null), "designee", json!([])),
        (json!(1199), json!(null), "a_examiner", json!([])),
        (
            json!(1199),
            json!("defavorable"),
            "non_transmissible",
            json!([]),
        ),
        (json!(1199), json!("favorable"), "designee", json!([])),
        (
            json!(null),
            json!(null),
            "incomplet",
            json!(["actes_12_mois"]),
        ),
    ];
    for (actes, avis, resultat, manquants) in cas {
        let r = reponse(
            &reglement,
            "place",
            None,
            &faits(actes.clone(), avis.clone()),
        );
        assert_eq!(
            (&r["resultat"], &r["manquants"]),
            (&json!(resultat), &manquants),
            "{actes} {avis}: {r}"
        );
        let derniere = r["explication"]
            .as_array()
            .and_then(|e| e.last())
            .expect("a step");
        assert_ne!(derniere["source"], "", "{r}");
    }
    let r = reponse(&reglement, "place", None, &faits(json!(1250), json!(null)));
    let etape = r["explication"]
        .as_array()
        .and_then(|e| e.last())
        .expect("a step");
    assert_eq!(
        (&etape["regle"], &etape["fait"], &etape["constat"]),
        (&json!("REG-3"), &json!("date"), &json!("inconnu"))
    );
    // With a date, each value on its side.
    for (date, resultat) in [("2026-12-31", "designee"), ("2027-01-01", "a_examiner")] {
        let r = reponse(
            &reglement,
            "place",
            Some(date),
            &faits(json!(1250), json!(null)),
        );
        assert_eq!(r["resultat"], resultat, "{date}");
    }
}

#[test]
fn une_seconde_valeur_de_n_importe_quelle_cle_ne_casse_aucune_evaluation_sans_date() {
    let livre = Reglement::embarque().expect("livre");
    let demande = json!({"categorie": "non_prioritaire", "deja_conventionne_zone": false, "entree_formation": 2023,
        "heures_etablissement": 2239, "heures_clinicat": 0, "engagement_zone": false, "derogation": {"famille": "A", "avis_cpd": "defavorable"}});
    let mut ancien = demande.clone();
    ancien["entree_formation"] = json!(2010);
    let mut loin = demande.clone();
    loin["categorie"] = json!("sous_dotee");
    loin["engagement_zone"] = json!(true);
    let candidat = |contrat: &str| {
        json!({"contrat": contrat, "categorie": "tres_sous_dotee", "mode": "creation", "contrats": [],
        "installation_le": "2026-01-01", "exercice": "groupe", "remplacant_regulier": false, "logiciel_dmp": true, "sesam_vitale": true,
        "scor": true, "teletransmission_pct": 90, "messagerie_securisee": true, "cessation_totale_titulaire": true})
    };
    let faits = [
        (
            "place",
            json!({"categorie": "non_prioritaire", "cessation": "2023-09-01", "actes_12_mois": 1199, "pourvue": false,
            "successeur_designe": true, "successeur_accepte": false}),
        ),
        (
            "place",
            json!({"categorie": "non_prioritaire", "cessation": "2023-09-01", "actes_12_mois": 1200, "pourvue": false,
            "successeur_designe": false}),
        ),
        ("conventionnement", demande),
        ("conventionnement", ancien),
        ("conventionnement", loin),
        ("stage", json!({"mois": 1, "quotite_pct": 100})),
        (
            "restitution",
            json!({"debut": "2024-01-01", "fin": "2027-01-01", "resiliation": "2026-01-01", "percu": 100}),
        ),
        ("eligibilite_contrat", candidat("caccmk")),
        ("eligibilite_contrat", candidat("caimk")),
        ("eligibilite_contrat", candidat("cammk")),
        (
            "versement",
            json!({"contrat": "caccmk", "annee": 2, "actes": 1200, "part_zone_pct": 40}),
        ),
        ("rappels", json!({"type": "pieces", "finale": "2026-06-08"})),
        ("zone", json!({"commune": "97411"})),
    ];
    for connue in CATALOGUE {
        let change = livre
            .avec(autre(&livre, connue.cle, d("2027-01-01")))
            .expect(connue.cle);
        for (evaluation, faits) in &faits {
            let r = reponse(&change, evaluation, None, faits);
            assert_eq!(r["erreur"], Value::Null, "{} {evaluation}: {r}", connue.cle);
            let explication = r["explication"].as_array().expect("steps");
            assert!(!explication.is_empty(), "{} {evaluation}", connue.cle);
            assert!(
                explication.iter().all(|e| e["source"] != ""),
                "{} {evaluation}",
                connue.cle
            );
            // What blocks is shown as unknown.
            for manquant in r["manquants"].as_array().expect("a list") {
                assert!(
                    *manquant != "date" || explication.iter().any(|e| e["constat"] == "inconnu"),
                    "{} {evaluation}: {r}",
                    connue.cle
                );
            }
        }
    }
}

#[test]
fn une_valeur_approuvee_se_superpose_sans_trou_ni_recouvrement() {
    let livre = Reglement::embarque().expect("livre");
    for connue in CATALOGUE {
        let derniere = livre.derniere(connue.cle).expect(connue.cle).du;
        let mut plus_tot = autre(&livre, connue.cle, derniere);
        plus_tot.source = "Décision nationale de test".to_owned();
        let tard = autre(&livre, connue.cle, d("2028-01-01"));
        let milieu = autre(&livre, connue.cle, d("2027-01-01"));
        // Whatever the order in which they come, and even on the day of a shipped value.
        let un = livre
            .superposer([tard.clone(), milieu.clone(), plus_tot.clone()])
            .expect(connue.cle);
        let autre = livre
            .superposer([plus_tot, milieu, tard])
            .expect(connue.cle);
        assert_eq!(un, autre, "{}", connue.cle);
        assert_eq!(un.version(), autre.version());
        assert_ne!(un.version(), livre.version());
        let historique = un.historique(connue.cle);
        assert_eq!(
            historique.len(),
            livre.historique(connue.cle).len() + 2,
            "{}",
            connue.cle
        );
        for paire in historique.windows(2) {
            assert_eq!(paire[0].au, paire[1].du.checked_sub_days(Days::new(1)));
        }
    }
}

#[test]
fn une_valeur_retroactive_ou_qui_ne_convient_pas_est_refusee() {
    let livre = Reglement::embarque().expect("livre");
    let futur = seuil(&livre, 1300, "2027-01-01");
    for du in ["2027-01-01", "2026-06-01", "2010-01-01"] {
        let mut p = futur.derniere("place.seuil_actes").expect("seuil").clone();
        p.du = d(du);
        assert!(
            matches!(futur.avec(p), Err(ReglementError::Chevauchement { .. })),
            "{du}"
        );
    }
    let mut p = livre.derniere("place.seuil_actes").expect("seuil").clone();
    p.du = d("2027-01-01");
    p.valeur = ValeurParametre::OuiNon(true);
    assert!(matches!(
        livre.avec(p.clone()),
        Err(ReglementError::Invalide { .. })
    ));
    p.unite = Unite::OuiNon;
    assert!(matches!(
        livre.avec(p.clone()),
        Err(ReglementError::Invalide { .. })
    ));
    p.cle = "place.inconnu".to_owned();
    assert!(matches!(
        livre.superposer([p]),
        Err(ReglementError::CleInconnue(_))
    ));
}

#[test]
fn exp_2_un_reglement_relu_donne_la_meme_version() {
    let reglement = seuil(&Reglement::embarque().expect("livre"), 1300, "2027-01-01");
    let relu: Reglement =
        serde_json::from_str(&serde_json::to_string(&reglement).expect("json")).expect("relu");
    assert_eq!(relu, reglement);
    assert_eq!(relu.version(), reglement.version());
    // Another source is another set: it is shown in explanations.
    let mut p = reglement
        .derniere("place.seuil_actes")
        .expect("seuil")
        .clone();
    p.source = "Autre source".to_owned();
    let autre = reglement.superposer([p]).expect("superposé");
    assert_ne!(autre.version(), reglement.version());
}

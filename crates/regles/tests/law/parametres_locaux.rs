//! What another value of a parameter changes: no [D] is buried in the code.

use chrono::NaiveDate;
use regles::evaluer::evaluer;
use regles::parametre::ValeurParametre;
use regles::reglement::Reglement;
use serde_json::{Value, json};

use super::tables::ZonageDeTest;

/// Two objects a row apart from the facts: the shipped answer, then the one under the other value.
fn reponse(reglement: &Reglement, evaluation: &str, date: Option<&str>, faits: &Value) -> Value {
    let objet = json!({"id": 1, "evaluation": evaluation, "date": date, "faits": faits});
    serde_json::to_value(evaluer(reglement, &objet.to_string(), &ZonageDeTest)).expect("json")
}

fn texte(t: &str) -> ValeurParametre {
    ValeurParametre::Texte(t.to_owned())
}

#[test]
fn une_autre_valeur_change_la_reponse() {
    let place = json!({"categorie": "non_prioritaire", "cessation": "2023-09-01", "actes_12_mois": 1250,
        "pourvue": false, "successeur_designe": false});
    let avec = |base: &Value, cle: &str, valeur: Value| {
        let mut faits = base.clone();
        faits[cle] = valeur;
        faits
    };
    let demande = json!({"categorie": "non_prioritaire", "deja_conventionne_zone": false, "entree_formation": 2023,
        "heures_etablissement": 2000, "heures_clinicat": 0, "engagement_zone": false,
        "derogation": {"famille": "A", "avis_cpd": "defavorable"}});
    let ancien = avec(&demande, "entree_formation", json!(2010));
    let contrat = json!({"contrat": "caccmk", "signature": "2026-06-01", "annee": 2, "actes": 1200, "part_zone_pct": 40});
    let actif = avec(&contrat, "part_zone_pct", json!(80));
    let candidat = json!({"contrat": "caccmk", "categorie": "tres_sous_dotee", "signature": "2026-06-01",
        "mode": "creation", "contrats": [{"contrat": "caccmk", "debut": "2015-01-01", "fin": "2020-01-01"}],
        "installation_le": "2026-01-01", "exercice": "seul", "remplacant_regulier": false, "logiciel_dmp": true,
        "sesam_vitale": true, "scor": true, "teletransmission_pct": 90, "messagerie_securisee": true});
    let groupe = avec(&candidat, "exercice", json!("groupe"));
    let neuf = avec(&candidat, "contrats", json!([]));
    let renouvele = avec(
        &avec(
            &avec(&groupe, "contrat", json!("cammk")),
            "mode",
            json!("maintien"),
        ),
        "contrats",
        json!([{"contrat": "cammk", "debut": "2020-01-01", "fin": "2023-01-01"}]),
    );
    let rejoint = avec(
        &avec(
            &avec(&neuf, "contrat", json!("caimk")),
            "mode",
            json!("installation"),
        ),
        "zonage_effet",
        json!("2020-01-01"),
    );
    let un = |n| ValeurParametre::Entier(n);
    let non = ValeurParametre::OuiNon(false);
    // clé, autre valeur, évaluation, faits, chemin de la réponse, livré, changé
    let cas = [
        (
            "place.sans_successeur",
            texte("charte"),
            "place",
            place.clone(),
            "resultat",
            json!("caduque"),
            json!("a_attribuer"),
        ),
        (
            "place.delai_designation",
            un(3),
            "place",
            place.clone(),
            "resultat",
            json!("caduque"),
            json!("ouverte"),
        ),
        (
            "place.seuil_actes",
            un(1300),
            "place",
            place.clone(),
            "resultat",
            json!("caduque"),
            json!("a_examiner"),
        ),
        (
            "designation.acceptation",
            non.clone(),
            "place",
            avec(&place, "successeur_designe", json!(true)),
            "resultat",
            json!("incomplet"),
            json!("designee"),
        ),
        (
            "alt.entree_en_formation_depuis",
            un(2024),
            "conventionnement",
            demande.clone(),
            "resultat",
            json!("non_accordable"),
            json!("accordable_derogation"),
        ),
        (
            "alt.heures",
            un(2000),
            "conventionnement",
            demande.clone(),
            "resultat",
            json!("non_accordable"),
            json!("accordable_derogation"),
        ),
        (
            "decision.ecart_avis",
            texte("saisir_cpn"),
            "conventionnement",
            ancien.clone(),
            "valeurs.motiver_ecart",
            json!(true),
            json!(true),
        ),
        (
            "cpd.premier_partage",
            texte("avis"),
            "conventionnement",
            avec(
                &ancien,
                "derogation",
                json!({"famille": "A", "avis_cpd": "partage"}),
            ),
            "resultat",
            json!("incomplet"),
            json!("accordable_derogation"),
        ),
        (
            "alt.cumul",
            texte("aucun"),
            "conventionnement",
            avec(&demande, "actes_zone_sous_dotee", json!(700)),
            "resultat",
            json!("accordable_derogation"),
            json!("non_accordable"),
        ),
        (
            "alt.engagement_actes",
            un(7000),
            "conventionnement",
            avec(&demande, "actes_zone_sous_dotee", json!(700)),
            "resultat",
            json!("accordable_derogation"),
            json!("non_accordable"),
        ),
        (
            "place.depart_derogataire",
            texte("ouvre"),
            "place",
            avec(&place, "cedant_par_derogation", json!(true)),
            "resultat",
            json!("non_transmissible"),
            json!("caduque"),
        ),
        (
            "place.depart_anterieur_zonage",
            texte("compte"),
            "place",
            avec(&place, "categorie_a_la_cessation", json!("intermediaire")),
            "resultat",
            json!("non_transmissible"),
            json!("caduque"),
        ),
        (
            "cammk.renouvelable",
            ValeurParametre::OuiNon(true),
            "eligibilite_contrat",
            renouvele.clone(),
            "resultat",
            json!("non_eligible"),
            json!("eligible"),
        ),
        (
            "caimk.exercice_groupe",
            texte("indicatif"),
            "eligibilite_contrat",
            rejoint.clone(),
            "resultat",
            json!("non_eligible"),
            json!("eligible"),
        ),
        (
            "caimk.installation_max",
            un(0),
            "eligibilite_contrat",
            avec(&rejoint, "exercice", json!("groupe")),
            "resultat",
            json!("eligible"),
            json!("non_eligible"),
        ),
        (
            "derogation.avis_cpd",
            texte("facultatif"),
            "conventionnement",
            avec(&ancien, "derogation", json!({"famille": "A"})),
            "resultat",
            json!("incomplet"),
            json!("accordable_derogation"),
        ),
        (
            "contrat.part_zone_insuffisante",
            texte("maintenu"),
            "versement",
            avec(&contrat, "actes", json!(3000)),
            "valeurs.du",
            json!(0),
            json!(900_000),
        ),
        (
            "contrat.actes.annees_suivantes_plancher",
            un(1200),
            "versement",
            actif.clone(),
            "valeurs.du",
            json!(0),
            json!(360_000),
        ),
        (
            "contrat.actes.annees_suivantes",
            un(1200),
            "versement",
            actif.clone(),
            "valeurs.du",
            json!(0),
            json!(900_000),
        ),
        (
            "contrat.caccmk.versement.2",
            un(100),
            "versement",
            actif.clone(),
            "valeurs.theorique",
            json!(900_000),
            json!(100),
        ),
        (
            "contrat.versement_avant",
            texte("03-31"),
            "versement",
            actif.clone(),
            "valeurs.payable_avant",
            json!("2028-04-30"),
            json!("2028-03-31"),
        ),
        (
            "contrat.meme_contrat_une_fois",
            non.clone(),
            "eligibilite_contrat",
            groupe.clone(),
            "resultat",
            json!("non_eligible"),
            json!("eligible"),
        ),
        (
            "caccmk.exercice_groupe_ou_remplacant",
            texte("indicatif"),
            "eligibilite_contrat",
            neuf.clone(),
            "resultat",
            json!("non_eligible"),
            json!("eligible"),
        ),
        (
            "contrat.teletransmission_min",
            un(95),
            "eligibilite_contrat",
            avec(&neuf, "exercice", json!("groupe")),
            "resultat",
            json!("eligible"),
            json!("non_eligible"),
        ),
        (
            "contrat.caccmk.ouvert",
            non,
            "eligibilite_contrat",
            avec(&neuf, "exercice", json!("groupe")),
            "resultat",
            json!("eligible"),
            json!("non_eligible"),
        ),
        (
            "stage.mensuel",
            un(10_000),
            "stage",
            json!({"mois": 1, "quotite_pct": 100}),
            "valeurs.du",
            json!(30_000),
            json!(10_000),
        ),
        (
            "rappels.pieces",
            ValeurParametre::Liste(vec!["5j".to_owned()]),
            "rappels",
            json!({"type": "pieces", "finale": "2026-06-08"}),
            "valeurs.a_envoyer",
            json!(["10j"]),
            json!([]),
        ),
        (
            "zonage.duree_validite",
            un(1),
            "zone",
            json!({"commune": "97411"}),
            "resultat",
            json!("sur_dotee_av5"),
            json!("sur_dotee_av5"),
        ),
        (
            "zonage.apres_echeance",
            texte("sans_reponse"),
            "zone",
            json!({"commune": "97411"}),
            "erreur.champ",
            Value::Null,
            json!("date"),
        ),
    ];
    let livre = Reglement::embarque().expect("reglement");
    let depuis: NaiveDate = "2026-06-01".parse().expect("date");
    for (cle, valeur, evaluation, faits, chemin, attendu, change) in cas {
        let mut autre = livre.parametre(cle, depuis).expect(cle).clone();
        autre.du = depuis;
        autre.valeur = valeur;
        let local = livre.avec(autre).expect(cle);
        let lire = |reglement: &Reglement, date| {
            let r = reponse(reglement, evaluation, Some(date), &faits);
            chemin.split('.').fold(r, |v, pas| v[pas].clone())
        };
        assert_eq!(lire(&livre, "2026-06-01"), attendu, "{cle}");
        assert_eq!(lire(&local, "2026-06-01"), change, "{cle}");
        // Nothing retroactive: the day before, the shipped answer. Contracts are read on the day of their signature.
        if !["versement", "eligibilite_contrat"].contains(&evaluation) {
            assert_eq!(
                lire(&local, "2026-05-31"),
                lire(&livre, "2026-05-31"),
                "{cle}, la veille"
            );
        }
    }
}

#[test]
fn sans_date_une_valeur_qui_a_change_bloque() {
    let livre = Reglement::embarque().expect("reglement");
    let mut autre = livre
        .parametre("stage.mensuel", "2026-06-01".parse().expect("date"))
        .expect("stage")
        .clone();
    autre.du = "2026-06-01".parse().expect("date");
    autre.valeur = ValeurParametre::Entier(10_000);
    let local = livre.avec(autre).expect("ajout");
    let faits = json!({"mois": 1, "quotite_pct": 100});
    assert_eq!(
        reponse(&livre, "stage", None, &faits)["valeurs"]["du"],
        30_000
    );
    let r = reponse(&local, "stage", None, &faits);
    assert_eq!(
        (&r["resultat"], &r["manquants"]),
        (&json!("incomplet"), &json!(["date"]))
    );
}

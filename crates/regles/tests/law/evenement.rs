//! Events: what is hashed and what is not, the canonical text, and the chain.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use proptest::prelude::*;
use regles::correction::{Donnee, Ecart};
use regles::demande::NatureDemande;
use regles::evenement::{
    Acteur, CanonError, Code, EFFACE, Empreinte, Entree, Fait, Famille, Faute, Maillon, Nouvelle,
    ORIGINE, Public, Suite, canonique, engagement, maillon,
};
use regles::zonage::Categorie;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const SEL: [u8; 16] = [7; 16];

fn le() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 3, 12)
        .and_then(|jour| jour.and_hms_nano_opt(9, 30, 0, 123_456_789))
        .unwrap()
}

fn corrigee() -> Fait {
    Fait::DemandeCorrigee {
        donnees: vec![Donnee::Nom],
        reevaluation: None,
        motif: "Faute de frappe".to_owned(),
        corrections: vec![Ecart {
            donnee: Donnee::Nom,
            avant: "Martn".to_owned(),
            apres: "Martin".to_owned(),
        }],
    }
}

fn nouvelle<'a>(acteur: &'a Acteur, fait: &'a Fait) -> Nouvelle<'a> {
    Nouvelle {
        chaine: "131",
        le: le(),
        dossier: Some(42),
        lie: None,
        acteur,
        fait,
    }
}

fn sophie() -> Acteur {
    Acteur {
        id: Some(7),
        nom: "Sophie Arnaud".to_owned(),
    }
}

#[test]
fn un_code_et_un_nom_publie_ne_designent_qu_un_evenement() {
    let mut publies = HashSet::new();
    for code in Code::TOUS {
        assert_eq!(code.as_str().parse(), Ok(*code));
        assert_eq!(serde_json::to_value(code).unwrap(), json!(code.as_str()));
        if let Some(nom) = code.publie() {
            assert!(publies.insert(nom), "{nom} is published twice");
        }
    }
    assert!("demande.inconnue".parse::<Code>().is_err());
    let par_famille: usize = Famille::TOUS.iter().map(|f| f.codes().count()).sum();
    assert_eq!(par_famille, Code::TOUS.len());
}

#[test]
fn ce_que_la_caisse_se_dit_n_est_ni_montre_ni_publie() {
    for code in Code::TOUS {
        let interne = matches!(
            code.famille(),
            Famille::Interne | Famille::Compte | Famille::Reglement | Famille::Import
        );
        if interne {
            assert_ne!(code.public(), Public::Kine, "{code:?}");
            assert_eq!(code.publie(), None, "{code:?}");
        }
    }
}

#[test]
fn le_texte_canonique_ne_change_pas() {
    let fait = Fait::DemandeDeposee {
        numero: "131-2026-000042".to_owned(),
        nature: NatureDemande::Succession,
        insee: "13055".to_owned(),
        bassin: "BV13".to_owned(),
        categorie: Categorie::NonPrioritaire,
        arrete: 3,
        motif: None,
        pieces: Vec::new(),
        decision_implicite: le().date(),
        noms: vec!["diplôme de Mme Martin.pdf".to_owned()],
    };
    let acteur = sophie();
    let scellee = nouvelle(&acteur, &fait).sceller(&SEL).unwrap();
    assert_eq!(
        scellee.personnel,
        r#"{"acteur":7,"donnees":{"noms":["diplôme de Mme Martin.pdf"]},"nom":"Sophie Arnaud"}"#
    );
    assert_eq!(
        scellee.texte,
        format!(
            "{{\"chaine\":\"131\",\"code\":\"demande.deposee\",\"donnees\":{{\"arrete\":3,\"bassin\":\"BV13\",\
             \"categorie\":\"non_prioritaire\",\"decision_implicite\":\"2026-03-12\",\"insee\":\"13055\",\
             \"nature\":\"succession\",\"numero\":\"131-2026-000042\",\"pieces\":[]}},\"dossier\":42,\
             \"le\":\"2026-03-12T09:30:00.123456\",\"personnel\":\"{}\"}}",
            engagement(&SEL, &scellee.personnel)
        )
    );
}

#[test]
fn effacer_les_personnes_laisse_l_evenement_et_la_chaine() {
    let (acteur, fait) = (sophie(), corrigee());
    let scellee = nouvelle(&acteur, &fait).sceller(&SEL).unwrap();
    for mot in ["Sophie", "Martin", "frappe"] {
        assert!(!scellee.texte.contains(mot), "{}", scellee.texte);
    }
    let entree = Entree::lire(&scellee.texte).unwrap();
    assert_eq!(entree.personnel, engagement(&SEL, &scellee.personnel));
    assert_ne!(entree.personnel, engagement(&[8; 16], &scellee.personnel));
    let lu = entree.clone().evenement(Some(&scellee.personnel)).unwrap();
    assert_eq!((&lu.acteur, &lu.fait), (&acteur, &fait));
    assert_eq!(lu.fait.correction().unwrap().corrections[0].apres, "Martin");
    let efface = entree.evenement(None).unwrap();
    assert_eq!(
        (efface.acteur.id, efface.acteur.nom.as_str()),
        (None, EFFACE)
    );
    assert_eq!(efface.fait.phrase(), "a corrigé des données : nom");
    assert_eq!(efface.fait.correction().unwrap().motif, EFFACE);
}

#[test]
fn un_champ_de_trop_ou_qui_manque_ne_se_lit_pas() {
    let lire = |texte: Value| -> Result<Fait, CanonError> {
        Ok(Entree::lire(&texte.to_string())?.evenement(None)?.fait)
    };
    let texte = |donnees: Value| {
        json!({"chaine": "131", "code": "demande.caduque", "donnees": donnees, "le": "2026-03-12T09:30:00",
               "personnel": "0".repeat(64)})
    };
    assert!(lire(texte(json!({"limite": "2026-01-01"}))).is_ok());
    assert!(lire(texte(json!({}))).is_err());
    assert!(lire(texte(json!({"limite": "hier"}))).is_err());
    assert!(lire(texte(json!({"limite": "2026-01-01", "autre": 1}))).is_err());
    let mut autre = texte(json!({"limite": "2026-01-01"}));
    autre["sceau"] = json!("x");
    assert!(lire(autre).is_err());
}

#[test]
fn aucun_nombre_a_virgule_n_entre_dans_un_evenement() {
    for faux in [
        json!(0.5),
        json!([1, {"a": 1e300}]),
        json!(9_007_199_254_740_992_u64),
    ] {
        assert!(
            matches!(canonique(&faux), Err(CanonError::Nombre(_))),
            "{faux}"
        );
    }
    assert_eq!(
        canonique(&json!({"b": [true, null, -9_007_199_254_740_991_i64], "a": "é\u{202f}»\n"}))
            .unwrap(),
        "{\"a\":\"é\u{202f}»\\n\",\"b\":[true,null,-9007199254740991]}"
    );
}

fn json_entier() -> impl Strategy<Value = Value> {
    let feuille = prop_oneof![
        any::<String>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
    ];
    feuille.prop_recursive(3, 24, 6, |dedans| {
        prop_oneof![
            prop::collection::vec(dedans.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), dedans, 0..6)
                .prop_map(|champs| Value::Object(champs.into_iter().collect())),
        ]
    })
}

fn chaine(textes: &[String]) -> (Vec<(i64, Empreinte, Empreinte, String)>, Suite) {
    let mut suite = Suite::default();
    let mailles = textes
        .iter()
        .map(|texte| {
            let precedente = suite.empreinte;
            suite.ajouter(texte);
            (suite.seq, precedente, suite.empreinte, texte.clone())
        })
        .collect();
    (mailles, suite)
}

fn fautes(mailles: &[(i64, Empreinte, Empreinte, String)]) -> (Vec<Faute>, Suite) {
    let mut suite = Suite::default();
    let mut fautes = Vec::new();
    for (seq, precedente, empreinte, texte) in mailles {
        fautes.extend(suite.suivre(&Maillon {
            seq: *seq,
            precedente: *precedente,
            empreinte: *empreinte,
            texte,
        }));
    }
    (fautes, suite)
}

#[test]
fn l_empreinte_est_celle_qui_est_ecrite() {
    let mut octets = vec![0];
    octets.extend([0xab; 32]);
    octets.extend([0, 0, 0, 0, 0, 0, 1, 2]);
    octets.extend("{}".as_bytes());
    let attendue: [u8; 32] = Sha256::digest(&octets).into();
    let precedente: Empreinte = "ab".repeat(32).parse().unwrap();
    assert_eq!(maillon(&precedente, 258, "{}"), Empreinte(attendue));
    assert_eq!(ORIGINE.to_string(), "0".repeat(64));
    for faux in ["", "AB", &"AB".repeat(32), &"xy".repeat(32)] {
        assert!(faux.parse::<Empreinte>().is_err(), "{faux}");
    }
}

proptest! {
    #[test]
    fn le_texte_canonique_se_relit_et_se_recrit_pareil(valeur in json_entier()) {
        let texte = canonique(&valeur).unwrap();
        let relu: Value = serde_json::from_str(&texte).unwrap();
        prop_assert_eq!(&relu, &valeur);
        prop_assert_eq!(canonique(&relu).unwrap(), texte);
    }

    #[test]
    fn une_chaine_intacte_se_suit_et_aucune_alteration_n_echappe(
        textes in prop::collection::vec("[a-z{}\":]{0,12}", 2..20),
        rang in any::<prop::sample::Index>(),
        autre in any::<prop::sample::Index>(),
    ) {
        let (mailles, tete) = chaine(&textes);
        prop_assert_eq!(fautes(&mailles), (Vec::new(), tete));
        let (rang, autre) = (rang.index(mailles.len()), autre.index(mailles.len()));

        let mut changee = mailles.clone();
        changee[rang].3.push('x');
        prop_assert_eq!(fautes(&changee).0, vec![Faute::Texte]);

        // Rewritten with its digest: the next one, or the head, does not follow.
        let mut recrite = changee;
        recrite[rang].2 = maillon(&recrite[rang].1, recrite[rang].0, &recrite[rang].3);
        let (vues, fin) = fautes(&recrite);
        prop_assert!(vues == vec![Faute::Precedente] || fin != tete);

        let mut coupee = mailles.clone();
        coupee.remove(rang);
        let (vues, fin) = fautes(&coupee);
        prop_assert!(vues == vec![Faute::Rang] || (vues.is_empty() && fin != tete));

        if rang != autre {
            // Moved to each other's ranks, digests and all.
            let mut echangee = mailles.clone();
            echangee.swap(rang, autre);
            prop_assert!(fautes(&echangee).0.contains(&Faute::Rang));
            let (a, b) = (echangee[rang].0, echangee[autre].0);
            echangee[rang].0 = b;
            echangee[autre].0 = a;
            prop_assert!(!fautes(&echangee).0.is_empty());
        }
    }
}

//! DER-2, DER-4: the ground invoked and the reduction of activity, as conditions with their citations; the bounds
//! of what may be declared.

use chrono::NaiveDate;
use regles::derogation::{FaitsMotif, Motif, Suivi, composer, conditions, motif};
use regles::parametre::ValeurParametre;
use regles::reduction::{
    FaitsReduction, Reduction, conditions as conditions_reduction, depart_engagement, refus,
};
use regles::regle::{Constat, Statut};
use regles::reglement::Reglement;

fn jour(annee: i32, mois: u32, jour: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(annee, mois, jour).expect("a date")
}

fn reglement() -> Reglement {
    Reglement::embarque().expect("parameters")
}

fn reduction() -> Reduction {
    Reduction {
        rpps: "10000000001".to_owned(),
        baisse: 50,
        debut: jour(2026, 3, 1),
        duree_mois: 24,
    }
}

const DEMANDEUR: &str = "10000000009";

#[test]
fn der_2_der_4_les_bornes_d_une_reduction_sont_incluses() {
    let r = reglement();
    let le = jour(2026, 1, 15);
    let juste = reduction();
    // (what is declared, the field refused)
    let cas = [
        (juste.clone(), None),
        (
            Reduction {
                baisse: 49,
                ..juste.clone()
            },
            Some("baisse"),
        ),
        (
            Reduction {
                baisse: 100,
                ..juste.clone()
            },
            None,
        ),
        (
            Reduction {
                baisse: 101,
                ..juste.clone()
            },
            Some("baisse"),
        ),
        (
            Reduction {
                duree_mois: 23,
                ..juste.clone()
            },
            Some("duree_mois"),
        ),
        (
            Reduction {
                rpps: DEMANDEUR.to_owned(),
                ..juste.clone()
            },
            Some("etabli_rpps"),
        ),
        // Over the very day of the request, and the day after.
        (
            Reduction {
                debut: jour(2024, 1, 15),
                ..juste.clone()
            },
            Some("debut"),
        ),
        (
            Reduction {
                debut: jour(2024, 1, 16),
                ..juste.clone()
            },
            None,
        ),
        (
            Reduction {
                debut: jour(9999, 1, 1),
                ..juste.clone()
            },
            Some("debut"),
        ),
    ];
    for (declaree, attendu) in cas {
        let trouve = refus(&r, le, &declaree, DEMANDEUR).expect("parameters");
        assert_eq!(
            trouve.as_ref().map(|(champ, _)| *champ),
            attendu,
            "{declaree:?}"
        );
    }
    let (_, phrase) = refus(
        &r,
        le,
        &Reduction {
            baisse: 49,
            ..juste
        },
        DEMANDEUR,
    )
    .expect("parameters")
    .expect("refused");
    assert!(
        phrase.contains("entre 50 et 100 %") && phrase.contains("49 %"),
        "{phrase}"
    );
}

#[test]
fn der_4_chaque_condition_porte_sa_citation_et_l_inconnu_n_est_jamais_faux() {
    let r = reglement();
    let le = jour(2026, 1, 15);
    let etapes =
        |faits: &FaitsReduction| conditions_reduction(&r, le, faits).expect("conditions").0;
    let tenues = etapes(&FaitsReduction::de(Some(&reduction()), DEMANDEUR));
    assert_eq!(
        tenues
            .iter()
            .map(|e| (e.regle.as_ref(), e.constat))
            .collect::<Vec<_>>(),
        [
            ("DER-2", Constat::Rempli),
            ("DER-2", Constat::Rempli),
            ("DER-4", Constat::Rempli)
        ]
    );
    for e in &tenues {
        assert!(e.source.contains("Kiné actualité"), "{e:?}");
        assert_eq!(e.statut, Statut::E);
    }
    let inconnues = etapes(&FaitsReduction::de(None, DEMANDEUR));
    assert!(
        inconnues.iter().all(|e| e.constat == Constat::Inconnu),
        "{inconnues:?}"
    );
    let insuffisante = etapes(&FaitsReduction {
        baisse: Some(49),
        duree_mois: Some(23),
        ..FaitsReduction::de(Some(&reduction()), "10000000001")
    });
    assert!(
        insuffisante.iter().all(|e| e.constat == Constat::NonRempli),
        "{insuffisante:?}"
    );
}

#[test]
fn der_2_le_motif_s_apprecie_le_jour_du_depot() {
    let r = reglement();
    let connu = |au, depot| FaitsMotif {
        code: "B-OFFRE".to_owned(),
        libelle: Some("Offre insuffisante".to_owned()),
        source: Some("Convention nationale, article 1.2.3".to_owned()),
        statut: Some(Statut::S),
        du: Some(jour(2020, 1, 1)),
        au,
        depot,
        reduction: None,
    };
    let constat = |faits: &FaitsMotif| {
        let etapes = conditions(&r, jour(2026, 6, 1), faits)
            .expect("conditions")
            .0;
        (
            etapes[0].constat,
            etapes[0].source.to_string(),
            etapes.len(),
        )
    };
    let source = "Convention nationale, article 1.2.3".to_owned();
    let fin = Some(jour(2025, 12, 31));
    assert_eq!(
        constat(&connu(fin, jour(2025, 12, 31))),
        (Constat::Rempli, source.clone(), 1),
        "the last day counts, whatever the day of the decision"
    );
    assert_eq!(
        constat(&connu(fin, jour(2026, 1, 1))),
        (Constat::NonRempli, source.clone(), 1)
    );
    assert_eq!(
        constat(&connu(None, jour(2019, 12, 31))).0,
        Constat::NonRempli
    );
    let disparu = FaitsMotif {
        libelle: None,
        source: None,
        statut: None,
        du: None,
        ..connu(None, jour(2026, 1, 1))
    };
    let (trouve, source, _) = constat(&disparu);
    assert_eq!(trouve, Constat::Inconnu);
    assert!(!source.is_empty());
    // The reduction follows the ground, in the same explanation.
    let suivi = FaitsMotif {
        reduction: Some(FaitsReduction::de(Some(&reduction()), DEMANDEUR)),
        ..connu(None, jour(2026, 1, 1))
    };
    assert_eq!(constat(&suivi).2, 4);
}

#[test]
fn der_2_les_motifs_ajoutes_suivent_ceux_d_origine_et_une_fin_s_applique() {
    let ajout = |code: &str| Motif {
        code: code.to_owned(),
        famille: "B".to_owned(),
        libelle: "Soins de gériatrie".to_owned(),
        pieces: "Attestation".to_owned(),
        precision: None,
        suivi: None,
        sante: false,
        du: jour(2026, 2, 1),
        au: None,
        source: "Instruction du 1er janvier 2026".to_owned(),
        statut: Statut::D,
    };
    let tous = composer(
        vec![ajout("B-GERIATRIE"), ajout("B-OFFRE")],
        &[("B-OFFRE".to_owned(), jour(2026, 3, 31))],
    )
    .expect("the grounds read");
    assert_eq!(tous.last().map(|m| m.code.as_str()), Some("B-GERIATRIE"));
    assert_eq!(
        tous.iter().filter(|m| m.code == "B-OFFRE").count(),
        1,
        "the first of a code stays"
    );
    let offre = tous.iter().find(|m| m.code == "B-OFFRE").expect("known");
    assert_eq!(offre.statut, Statut::S, "the one that ships");
    assert!(offre.en_vigueur(jour(2026, 3, 31)) && !offre.en_vigueur(jour(2026, 4, 1)));
    let geriatrie = tous.last().expect("added");
    assert!(!geriatrie.en_vigueur(jour(2026, 1, 31)) && geriatrie.en_vigueur(jour(2026, 2, 1)));
    for code in ["A-RED", "C-RED"] {
        assert_eq!(
            motif(code).expect("read").expect("known").suivi,
            Some(Suivi::Reduction)
        );
    }
}

#[test]
fn der_4_l_engagement_part_de_la_notification() {
    let (debut, notification) = (jour(2026, 3, 1), jour(2026, 4, 2));
    assert_eq!(
        depart_engagement(&reglement(), debut, notification),
        Ok(notification)
    );
    // The other value of the parameter, from its own day on.
    let livre = reglement();
    let mut autre = livre
        .parametre("derogation.red.depart_engagement", debut)
        .expect("shipped")
        .clone();
    autre.valeur = ValeurParametre::Texte("debut_reduction".to_owned());
    autre.du = notification;
    let change = livre.avec(autre).expect("allowed");
    assert_eq!(depart_engagement(&change, debut, notification), Ok(debut));
    let veille = notification.pred_opt().expect("a day");
    assert_eq!(depart_engagement(&change, debut, veille), Ok(veille));
}

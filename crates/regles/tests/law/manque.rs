//! What lacks, in words: each case with the sentences that are said of it, and those that are not.

use chrono::NaiveDate;
use regles::conventionnement::{
    AvisCpd, DerogationInvoquee, FaitsConventionnement, Famille, Succession, evaluer,
};
use regles::demande::NatureDemande as N;
use regles::manque::{Lecteur, avant_d_envoyer, de_la_demande, du_depart};
use regles::place::{AvisSousSeuil, FaitsPlace, ResultatPlace};
use regles::reglement::Reglement;
use regles::zonage::Categorie as C;

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

/// With ordinary spaces, as a test reads.
fn lisible(phrases: Vec<String>) -> Vec<String> {
    phrases
        .into_iter()
        .map(|p| p.replace(['\u{a0}', '\u{202f}'], " "))
        .collect()
}

fn faits(categorie: C, entree: i32) -> FaitsConventionnement {
    FaitsConventionnement {
        categorie: Some(categorie),
        deja_conventionne_zone: Some(false),
        entree_formation: Some(entree),
        heures_etablissement: Some(300),
        heures_clinicat: Some(0),
        engagement_zone: Some(false),
        ..FaitsConventionnement::default()
    }
}

fn dit(faits: &FaitsConventionnement, lecteur: Lecteur) -> Vec<String> {
    let (r, jour) = (Reglement::embarque().expect("parameters"), d("2026-12-01"));
    let conclusion = evaluer(&r, Some(jour), faits).expect("an answer");
    lisible(de_la_demande(&r, jour, faits, &conclusion, lecteur).expect("sentences"))
}

#[test]
fn alt_5_combien_il_manque_d_heures_ou_d_actes() {
    let heures = "300 heures sur 2 240 : il vous manque 1 940 heures d’exercice en établissement, ou 5 197 actes en zone sous-dotée ou très sous-dotée";
    assert_eq!(
        dit(&faits(C::Intermediaire, 2024), Lecteur::Personne),
        [format!(
            "{heures}. L’engagement d’exercer 2 ans en zone sous-dotée ou très sous-dotée n’ouvre pas cette zone-ci."
        )]
    );
    assert_eq!(
        dit(&faits(C::SousDotee, 2024), Lecteur::Personne),
        [format!(
            "{heures}, ou l’engagement d’exercer 2 ans dans une telle zone."
        )]
    );
    let agent = dit(&faits(C::SousDotee, 2024), Lecteur::Agent).remove(0);
    assert!(agent.contains("2 240 : il manque 1 940 heures"), "{agent}");
    let presque = FaitsConventionnement {
        heures_etablissement: Some(2_239),
        ..faits(C::SousDotee, 2024)
    };
    let dit_presque = dit(&presque, Lecteur::Personne).remove(0);
    assert!(
        dit_presque.contains("il vous manque 1 heure d’exercice en établissement, ou 3 actes"),
        "{dit_presque}"
    );
    assert!(dit(&faits(C::SousDotee, 2022), Lecteur::Personne).is_empty());
}

#[test]
fn exp_1_un_fait_inconnu_se_nomme_et_l_avis_attendu_ne_manque_pas_a_la_personne() {
    let sans = FaitsConventionnement {
        heures_clinicat: None,
        ..faits(C::Intermediaire, 2024)
    };
    let phrases = dit(&sans, Lecteur::Personne);
    assert_eq!(phrases[0], "Il manque les heures de stage de clinicat.");
    assert!(
        phrases[1].starts_with("300 heures sur 2 240"),
        "{phrases:?}"
    );
    // What nobody said is not zero.
    let aucune = FaitsConventionnement {
        heures_etablissement: None,
        heures_clinicat: None,
        ..faits(C::Intermediaire, 2024)
    };
    let phrases = dit(&aucune, Lecteur::Personne);
    assert!(
        phrases[1].starts_with("Les heures d’exercice en établissement ne sont pas dites : il en faut 2 240, ou 6 000 actes"),
        "{phrases:?}"
    );
    let derogation = FaitsConventionnement {
        derogation: Some(DerogationInvoquee {
            famille: Some(Famille::A),
            motif: None,
            avis_cpd: None,
        }),
        ..faits(C::NonPrioritaire, 2015)
    };
    assert!(dit(&derogation, Lecteur::Personne).is_empty());
    assert_eq!(
        dit(&derogation, Lecteur::Agent),
        ["Il manque l’avis de la commission (CPD)."]
    );
    let rendu = FaitsConventionnement {
        derogation: Some(DerogationInvoquee {
            famille: Some(Famille::A),
            motif: None,
            avis_cpd: Some(AvisCpd::Favorable),
        }),
        ..derogation
    };
    assert!(dit(&rendu, Lecteur::Agent).is_empty());
}

#[test]
fn reg_1_en_zone_regulee_il_faut_une_succession_ou_une_derogation() {
    let seul = faits(C::NonPrioritaire, 2015);
    assert_eq!(
        dit(&seul, Lecteur::Personne),
        [
            "Dans cette zone régulée, il faut succéder à un confrère qui cesse et qui vous désigne, ou obtenir une dérogation."
        ]
    );
    let place = |etat| FaitsConventionnement {
        succession: Some(Succession { place: Some(etat) }),
        ..seul.clone()
    };
    let phrase = dit(&place(ResultatPlace::Caduque), Lecteur::Agent).remove(0);
    assert!(phrase.contains("« caduque »"), "{phrase}");
    assert!(dit(&place(ResultatPlace::Designee), Lecteur::Agent).is_empty());
}

#[test]
fn avant_d_envoyer_rien_ne_retient_et_tout_se_dit() {
    let (r, jour) = (Reglement::embarque().expect("parameters"), d("2026-12-01"));
    let avant = |nature, faits: &FaitsConventionnement| {
        let conclusion = evaluer(&r, Some(jour), faits).expect("an answer");
        lisible(avant_d_envoyer(&r, jour, nature, faits, &conclusion).expect("sentences"))
    };
    let regulee = avant(N::HorsRegulation, &faits(C::NonPrioritaire, 2015));
    assert!(
        regulee[0].contains("Vous pouvez l’envoyer quand même"),
        "{regulee:?}"
    );
    assert_eq!(regulee.len(), 2);
    let libre = faits(C::Intermediaire, 2015);
    assert!(avant(N::HorsRegulation, &libre).is_empty());
    for nature in [N::Derogation, N::Succession] {
        let phrases = avant(nature, &libre);
        assert!(
            phrases[0].contains("La régulation ne s’applique pas"),
            "{phrases:?}"
        );
    }
}

#[test]
fn reg_3_un_depart_qui_n_ouvrirait_pas_de_place_le_dit() {
    let (r, jour) = (Reglement::embarque().expect("parameters"), d("2026-12-01"));
    let base = FaitsPlace {
        categorie: Some(C::NonPrioritaire),
        cessation: Some(d("2026-06-30")),
        actes_12_mois: Some(1_200),
        successeur_designe: Some(false),
        pourvue: Some(false),
        ..FaitsPlace::default()
    };
    let dit = |faits: FaitsPlace| lisible(du_depart(&r, jour, &faits).expect("sentences"));
    assert!(dit(base.clone()).is_empty());
    let sous = dit(FaitsPlace {
        actes_12_mois: Some(900),
        ..base.clone()
    });
    assert!(
        sous[0].starts_with("900 actes sur 1 200 : il vous manque 300 actes"),
        "{sous:?}"
    );
    assert!(
        dit(FaitsPlace {
            actes_12_mois: Some(900),
            avis_cpd_sous_seuil: Some(AvisSousSeuil::Favorable),
            ..base.clone()
        })
        .is_empty()
    );
    let cas = [
        (
            FaitsPlace {
                actes_12_mois: None,
                ..base.clone()
            },
            "la caisse les comptera. Il en faut 1 200",
        ),
        (
            FaitsPlace {
                categorie: Some(C::Intermediaire),
                ..base.clone()
            },
            "Ce lieu n’est pas en zone régulée",
        ),
        (
            FaitsPlace {
                cessation: Some(d("2024-06-28")),
                ..base
            },
            "s’est terminé le 29 juin 2026",
        ),
    ];
    for (faits, attendu) in cas {
        let phrases = dit(faits);
        assert!(phrases[0].contains(attendu), "{phrases:?}");
    }
}

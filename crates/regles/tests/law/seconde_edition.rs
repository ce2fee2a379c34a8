//! The other rules that the second edition of the rulebook adds: general conditions, conditional grants, departures,
//! reductions of activity, health, reasons, fondements, the clock of each territory.

use chrono::{NaiveDate, NaiveDateTime};
use regles::alternative::{Manque, manque};
use regles::calendrier::Territoire as T;
use regles::condition::{Condition as C, EtatCondition as E, bloquantes, facture_avant_effet};
use regles::conventionnement::{
    AvisCpd, DerogationInvoquee, FaitsConventionnement, Famille, ResultatConventionnement,
    Succession, evaluer,
};
use regles::decision::{Acte, saisine_nationale};
use regles::depart::{
    EtatDepart, periode_des_actes, peut_s_annuler, tenue_du_cabinet, terme_de_la_contestation,
};
use regles::derogation::{motif, motifs};
use regles::fondement;
use regles::fuseau::{heure_locale, jour_local};
use regles::generales::ne_pas_commencer;
use regles::motivation::separer;
use regles::parametre::ValeurParametre;
use regles::piece::NaturePiece;
use regles::place::ResultatPlace;
use regles::reduction::{plafond_annuel, pratique_particuliere, tenue};
use regles::reglement::Reglement;
use regles::reserve::{Issue, Reserve, redevient_designable};
use regles::sante::{Lecteur, peut_lire, touche_la_sante};
use regles::zonage::Categorie;

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

fn reglement() -> Reglement {
    Reglement::embarque().expect("parameters")
}

/// The shipped parameters, one of them changed from 2027 on.
fn avec(cle: &str, valeur: ValeurParametre) -> Reglement {
    let r = reglement();
    let mut autre = r.parametre(cle, d("2026-12-31")).expect(cle).clone();
    autre.du = d("2027-01-01");
    autre.valeur = valeur;
    r.avec(autre).expect(cle)
}

fn texte(t: &str) -> ValeurParametre {
    ValeurParametre::Texte(t.to_owned())
}

#[test]
fn gen_1_l_ordre_et_l_assurance_retiennent_l_accord_les_autres_se_montrent() {
    let r = reglement();
    let le = d("2026-12-01");
    assert_eq!(bloquantes(&r, le, &[]), Ok(vec![C::Ordre, C::Assurance]));
    let etats = [
        (C::Ordre, E::Etablie),
        (C::Assurance, E::ATransmettre),
        (C::Lieu, E::Manque),
    ];
    assert_eq!(bloquantes(&r, le, &etats), Ok(vec![C::Assurance]));
    let tous: Vec<_> = C::TOUS.iter().map(|c| (*c, E::Etablie)).collect();
    assert_eq!(bloquantes(&r, le, &tous), Ok(vec![]));
    let autre = avec(
        "gen.bloquantes",
        ValeurParametre::Liste(vec!["lieu".to_owned()]),
    );
    assert_eq!(
        bloquantes(&autre, d("2027-01-01"), &etats),
        Ok(vec![C::Lieu])
    );
}

#[test]
fn gen_2_ne_pas_commencer_avant_l_effet() {
    let phrase = ne_pas_commencer(d("2027-01-04")).replace('\u{a0}', " ");
    assert!(
        phrase.contains("plus tôt que le 4 janvier 2027"),
        "{phrase}"
    );
    let effet = d("2027-01-04");
    assert_eq!(
        facture_avant_effet(Some(d("2027-01-03")), effet),
        Some(true)
    );
    assert_eq!(facture_avant_effet(Some(effet), effet), Some(false));
    assert_eq!(facture_avant_effet(None, effet), None);
}

#[test]
fn reg_17_une_reserve_levee_prend_effet_une_reserve_defaillie_rend_la_place() {
    let reserve = Reserve {
        condition: "la cessation effective d’Hélène Martin".to_owned(),
        au_plus_tard: d("2027-03-31"),
        preuve: "Radiation du tableau de l’Ordre".to_owned(),
    };
    let issue = |realisee: Option<&str>, jour| reserve.issue(realisee.map(d), d(jour));
    assert_eq!(issue(None, "2027-03-31"), Issue::EnCours);
    assert_eq!(issue(None, "2027-04-01"), Issue::Defaillie);
    assert_eq!(
        issue(Some("2027-03-31"), "2027-05-01"),
        Issue::Levee(d("2027-03-31"))
    );
    assert_eq!(issue(Some("2027-04-01"), "2027-04-01"), Issue::Defaillie);
    assert!(redevient_designable(d("2027-06-30"), d("2027-06-30")));
    assert!(!redevient_designable(d("2027-06-30"), d("2027-07-01")));
}

#[test]
fn reg_19_un_depart_s_annule_tant_qu_aucune_decision_n_en_depend() {
    assert!(peut_s_annuler(EtatDepart::Declaree, false));
    assert!(peut_s_annuler(EtatDepart::Confirmee, false));
    assert!(!peut_s_annuler(EtatDepart::Confirmee, true));
    assert!(!peut_s_annuler(EtatDepart::Rejetee, false));
    let r = reglement();
    let tenue = tenue_du_cabinet(&r, d("2026-08-31")).expect("days");
    assert_eq!(tenue, (d("2027-02-28"), Some(d("2027-08-31"))));
    let une_fois = avec("deces.tenue_renouvelable", ValeurParametre::OuiNon(false));
    assert_eq!(
        tenue_du_cabinet(&une_fois, d("2027-01-15")),
        Ok((d("2027-07-15"), None))
    );
}

#[test]
fn reg_3_les_actes_se_comptent_sur_douze_mois_ou_l_annee_civile_et_se_contestent() {
    let r = reglement();
    assert_eq!(
        periode_des_actes(&r, d("2026-06-30")),
        Ok((d("2025-06-30"), d("2026-06-29")))
    );
    let civile = avec("acts.periode", texte("annee_civile"));
    assert_eq!(
        periode_des_actes(&civile, d("2027-06-30")),
        Ok((d("2026-01-01"), d("2026-12-31")))
    );
    let fin = terme_de_la_contestation(&r, d("2026-12-01"), T::Metropole).expect("a day");
    assert_eq!(fin.finale, d("2026-12-16"));
}

#[test]
fn der_2_la_moitie_de_la_moyenne_de_deux_annees_chaque_annee() {
    let r = reglement();
    let le = d("2026-12-01");
    assert_eq!(plafond_annuel(&r, le, [5000, 4000]), Ok(2250));
    assert_eq!(plafond_annuel(&r, le, [5001, 4000]), Ok(2250));
    assert_eq!(tenue(&r, le, [5000, 4000], &[2250, 2250]), Ok(Some(true)));
    assert_eq!(tenue(&r, le, [5000, 4000], &[2000, 2251]), Ok(Some(false)));
    assert_eq!(tenue(&r, le, [5000, 4000], &[]), Ok(None));
    assert_eq!(
        plafond_annuel(&r, le, [-1, 4000])
            .expect_err("negative")
            .champ(),
        "actes"
    );
    let tolerance = avec("der.red.tolerance_pct", ValeurParametre::Entier(10));
    assert_eq!(
        plafond_annuel(&tolerance, d("2027-01-01"), [5000, 4000]),
        Ok(2475)
    );
    assert_eq!(pratique_particuliere(&r, le, 50, 100), Ok(Some(true)));
    assert_eq!(pratique_particuliere(&r, le, 49, 100), Ok(Some(false)));
    assert_eq!(pratique_particuliere(&r, le, 0, 0), Ok(None));
}

#[test]
fn der_2_la_reduction_n_est_plus_que_de_la_famille_a() {
    let codes = |jour| -> Vec<String> {
        motifs(d(jour))
            .expect("grounds")
            .iter()
            .map(|m| m.code.clone())
            .collect()
    };
    let (avant, apres) = (codes("2026-11-25"), codes("2026-11-26"));
    assert!(avant.contains(&"C-RED".to_owned()) && !avant.contains(&"A-SANTE-MK".to_owned()));
    assert!(!apres.contains(&"C-RED".to_owned()) && apres.contains(&"A-SANTE-MK".to_owned()));
    assert!(
        motif("C-RED").expect("grounds").is_some(),
        "a file that invoked it still reads"
    );
}

#[test]
fn pro_14_une_piece_de_sante_se_lit_par_son_auteur_et_le_praticien_conseil() {
    let sante = motif("A-SANTE").expect("grounds");
    let offre = motif("B-OFFRE").expect("grounds");
    let nature = NaturePiece::JustificatifDerogation;
    assert!(touche_la_sante(nature, sante, false));
    assert!(!touche_la_sante(nature, offre, false));
    assert!(
        touche_la_sante(NaturePiece::Autre, None, true),
        "moved there by who opened it"
    );
    assert!(!touche_la_sante(NaturePiece::Diplome, sante, false));
    assert!(peut_lire(Lecteur::Auteur, true) && peut_lire(Lecteur::PraticienConseil, true));
    assert!(!peut_lire(Lecteur::Autre, true) && peut_lire(Lecteur::Autre, false));
}

#[test]
fn pro_5_ce_qui_se_motive_et_ce_qui_s_ecarte_de_l_avis() {
    let libres: Vec<Acte> = Acte::TOUS
        .iter()
        .copied()
        .filter(|a| !a.doit_etre_motive())
        .collect();
    assert_eq!(libres, [Acte::Accord]);
    let r = reglement();
    let le = d("2027-02-01");
    assert_eq!(saisine_nationale(&r, le, T::Metropole), Ok(None));
    let nationale = avec("decision.ecart_avis", texte("saisir_cpn"));
    let attendu = (d("2027-02-16"), d("2027-03-16"));
    assert_eq!(
        saisine_nationale(&nationale, le, T::Metropole),
        Ok(Some(attendu))
    );
}

#[test]
fn alt_5_ce_qui_manque_se_dit_en_heures_et_en_actes() {
    let r = reglement();
    let le = d("2026-12-01");
    let faits = |heures, actes| FaitsConventionnement {
        entree_formation: Some(2024),
        heures_etablissement: Some(heures),
        actes_zone_sous_dotee: actes,
        ..FaitsConventionnement::default()
    };
    assert_eq!(
        manque(&r, le, &faits(300, None)),
        Ok(Some(Manque {
            heures: 300,
            heures_requises: 2240,
            heures_manquantes: 1940,
            actes_manquants: 5197
        }))
    );
    let deux = manque(&r, le, &faits(0, Some(3000)))
        .expect("parameters")
        .expect("missing");
    assert_eq!((deux.heures_manquantes, deux.actes_manquants), (1120, 3000));
    assert_eq!(manque(&r, le, &faits(1120, Some(3000))), Ok(None));
    assert_eq!(manque(&r, le, &faits(2240, None)), Ok(None));
    let exempte = FaitsConventionnement {
        entree_formation: Some(2022),
        ..faits(0, None)
    };
    assert_eq!(manque(&r, le, &exempte), Ok(None));
    let seules = avec("alt.cumul", texte("aucun"));
    let sans = manque(&seules, d("2027-01-01"), &faits(300, Some(3000)))
        .expect("parameters")
        .expect("missing");
    assert_eq!((sans.heures_manquantes, sans.actes_manquants), (1940, 6000));
}

#[test]
fn exp_5_un_accord_ne_montre_que_ce_qui_le_porte() {
    let r = reglement();
    let base = FaitsConventionnement {
        categorie: Some(Categorie::NonPrioritaire),
        deja_conventionne_zone: Some(false),
        entree_formation: Some(2015),
        ..FaitsConventionnement::default()
    };
    let regles = |faits: &FaitsConventionnement| {
        let c = evaluer(&r, Some(d("2026-12-01")), faits).expect("an answer");
        let (retenues, autres) = separer(c.resultat, &c.explication);
        assert_eq!(retenues.len() + autres.len(), c.explication.etapes().len());
        (
            c.resultat,
            retenues
                .iter()
                .map(|e| e.regle.to_string())
                .collect::<Vec<_>>(),
        )
    };
    let succession = FaitsConventionnement {
        succession: Some(Succession {
            place: Some(ResultatPlace::Designee),
        }),
        ..base.clone()
    };
    assert_eq!(
        regles(&succession),
        (
            ResultatConventionnement::AccordableSuccession,
            vec!["ALT-3".to_owned(), "REG-1".to_owned()]
        )
    );
    let derogation = FaitsConventionnement {
        derogation: Some(DerogationInvoquee {
            famille: Some(Famille::A),
            motif: None,
            avis_cpd: Some(AvisCpd::Defavorable),
        }),
        ..base.clone()
    };
    let (resultat, retenues) = regles(&derogation);
    assert_eq!(resultat, ResultatConventionnement::AccordableDerogation);
    assert_eq!(retenues, ["ALT-3", "DER-1", "DER-3", "PRO-5"]);
    assert_eq!(
        regles(&base).1,
        ["REG-1", "DER-1"],
        "a refusal keeps what does not hold"
    );
    let libre = FaitsConventionnement {
        categorie: Some(Categorie::Intermediaire),
        ..base.clone()
    };
    assert_eq!(regles(&libre).1, ["ALT-3", "REG-10"]);
    let inconnue = FaitsConventionnement {
        categorie: None,
        ..base
    };
    assert_eq!(regles(&inconnue).1, ["REG-10"]);
}

/// EXP-4: what persons read names an article or says that the rule is ours; never a site, a key or an identifier.
#[test]
fn exp_4_chaque_etape_a_un_fondement_et_aucun_site_n_en_est_un() {
    let r = reglement();
    let jour = d("2026-12-01");
    for ligne in super::tables::lignes() {
        let reponse = ligne.reponse(&r);
        for etape in reponse["explication"].as_array().into_iter().flatten() {
            let etape: regles::regle::Etape =
                serde_json::from_value(etape.clone()).expect("a step");
            let dit = fondement::de(&etape, jour).expect("texts");
            assert_ne!(dit, "fondement à confirmer", "{}", etape.regle);
            for banni in [
                "yotera", ".fr", "Milo", "Indy", "URPS", "PAPS", "REG-", "rappels.", "«",
            ] {
                assert!(!dit.contains(banni), "{} : {dit}", etape.regle);
            }
        }
    }
    let citation = r.citation("REG-1", jour).expect("citation");
    let etape = |statut| {
        let mut etape = citation.clone().etape(
            "…",
            regles::regle::Constat::Rempli,
            "charte",
            serde_json::json!(true),
            "oui",
        );
        etape.statut = statut;
        etape
    };
    use regles::regle::Statut::{D, P, S};
    let dit =
        |etape: &regles::regle::Etape| fondement::de(etape, jour).expect("texts").into_owned();
    assert_eq!(
        dit(&etape(S)),
        "convention nationale des masseurs-kinésithérapeutes, article 1.2"
    );
    assert_eq!(dit(&etape(P)), "règle de gestion nationale");
    assert_eq!(
        dit(&etape(D)),
        "règle de gestion de la caisse",
        "its source is no key of the catalogue"
    );
    let mut sans = etape(S);
    sans.regle = "REG-99".into();
    assert_eq!(dit(&sans), "fondement à confirmer");
    let a_confirmer = fondement::a_confirmer().expect("texts");
    assert!(!a_confirmer.is_empty() && a_confirmer.len() < fondement::tous().expect("texts").len());
}

#[test]
fn ech_2_un_jour_finit_a_minuit_la_ou_est_la_caisse() {
    let utc = |texte: &str| -> NaiveDateTime { texte.parse().expect("an instant") };
    let soir = utc("2026-12-01T22:30:00");
    assert_eq!(jour_local(soir, T::Metropole), d("2026-12-01"));
    assert_eq!(jour_local(soir, T::LaReunion), d("2026-12-02"));
    assert_eq!(jour_local(soir, T::Guadeloupe), d("2026-12-01"));
    let nuit = utc("2026-12-02T02:30:00");
    let jours: Vec<NaiveDate> = [
        T::Metropole,
        T::Martinique,
        T::Guyane,
        T::Mayotte,
        T::SaintMartin,
    ]
    .into_iter()
    .map(|t| jour_local(nuit, t))
    .collect();
    assert_eq!(
        jours,
        [
            d("2026-12-02"),
            d("2026-12-01"),
            d("2026-12-01"),
            d("2026-12-02"),
            d("2026-12-01")
        ]
    );
    // Summer time at Saint-Pierre: from 8 March to 1 November 2026.
    let spm = |texte| heure_locale(utc(texte), T::SaintPierreEtMiquelon);
    assert_eq!(spm("2026-03-08T04:59:00"), utc("2026-03-08T01:59:00"));
    assert_eq!(spm("2026-03-08T05:00:00"), utc("2026-03-08T03:00:00"));
    assert_eq!(spm("2026-11-01T03:59:00"), utc("2026-11-01T01:59:00"));
    assert_eq!(spm("2026-11-01T04:00:00"), utc("2026-11-01T01:00:00"));
    assert_eq!(
        heure_locale(nuit, T::PolynesieFrancaise),
        utc("2026-12-01T16:30:00")
    );
    assert_eq!(
        heure_locale(nuit, T::WallisEtFutuna),
        utc("2026-12-02T14:30:00")
    );
    assert_eq!(
        heure_locale(nuit, T::NouvelleCaledonie),
        utc("2026-12-02T13:30:00")
    );
}

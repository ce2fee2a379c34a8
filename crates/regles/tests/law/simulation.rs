//! CTR-1 to CTR-11 as the simulator asks them: the worked examples, the steps on either side of one act, the catalogue.

use chrono::NaiveDate;
use regles::contrat::TypeContrat;
use regles::eligibilite::{Exercice, FaitsEligibilite, Mode, ResultatEligibilite};
use regles::incitation::{self, Profession};
use regles::montant::Montant;
use regles::regle::Constat;
use regles::reglement::Reglement;
use regles::simulation::{ContratSimule, Projet, simuler};
use regles::versement::seuils::bareme;
use regles::zonage::Categorie;

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

fn livre() -> Reglement {
    Reglement::embarque().expect("parameters")
}

fn euros(texte: &str) -> Montant {
    texte.parse().expect("an amount")
}

/// Somebody who creates a cabinet in a very under-served zone, everything being said but the activity.
fn projet(actes: [Option<i64>; 3], part: Option<&str>) -> Projet {
    Projet {
        candidat: FaitsEligibilite {
            categorie: Some(Categorie::TresSousDotee),
            mode: Some(Mode::Creation),
            contrats: Some(Vec::new()),
            installation_le: Some(d("2027-03-01")),
            exercice: Some(Exercice::Groupe),
            logiciel_dmp: Some(true),
            sesam_vitale: Some(true),
            scor: Some(true),
            teletransmission_pct: Some("70".parse().expect("a rate")),
            messagerie_securisee: Some(true),
            ..FaitsEligibilite::default()
        },
        actes,
        part_zone_pct: part.map(|p| p.parse().expect("a share")),
        modulation: None,
    }
}

fn simule(projet: &Projet, contrat: TypeContrat, signature: &str) -> ContratSimule {
    let simules = simuler(&livre(), projet, d(signature)).expect("an answer");
    let trouve = simules.into_iter().find(|s| s.contrat == contrat);
    trouve.expect("the contract is simulated")
}

/// A contract, the acts of its years, the share in the zone, what is paid, the sum.
type Cas<'a> = (TypeContrat, [i64; 3], &'a str, &'a [&'a str], &'a str);

#[test]
fn ctr_6_ctr_7_ce_que_paie_chaque_annee_et_leur_somme() {
    // Contract, acts of the years, share, what each year pays, what all pay.
    let cas: &[Cas] = &[
        (
            TypeContrat::Caccmk,
            [2400, 2400, 3000],
            "80",
            &["30000", "7200", "5000", "5000"],
            "47200",
        ),
        (
            TypeContrat::Caccmk,
            [1500, 3000, 3000],
            "80",
            &["22500", "9000", "5000", "5000"],
            "41500",
        ),
        (
            TypeContrat::Caccmk,
            [2000, 1500, 3000],
            "50",
            &["30000", "4500", "5000", "5000"],
            "44500",
        ),
        (
            TypeContrat::Caccmk,
            [1000, 1499, 3000],
            "80",
            &["15000", "0", "5000", "5000"],
            "25000",
        ),
        (
            TypeContrat::Caccmk,
            [999, 3000, 3000],
            "80",
            &["0", "9000", "5000", "5000"],
            "19000",
        ),
        (
            TypeContrat::Caccmk,
            [3000, 3000, 3000],
            "49.9",
            &["0", "0", "0", "0"],
            "0",
        ),
        (
            TypeContrat::Caimk,
            [2000, 3000, 1499],
            "80",
            &["15000", "9000", "0", "0"],
            "24000",
        ),
        (
            TypeContrat::Caimk,
            [2000, 3000, 2999],
            "80",
            &["15000", "9000", "4998,33", "4998,33"],
            "33996,66",
        ),
        (
            TypeContrat::Cammk,
            [0, 0, 0],
            "80",
            &["4000", "4000", "4000"],
            "12000",
        ),
    ];
    for (contrat, actes, part, annees, somme) in cas {
        let s = simule(&projet(actes.map(Some), Some(part)), *contrat, "2027-03-01");
        let dus: Vec<Montant> = s.annees.iter().map(|a| a.prevu().expect("due")).collect();
        let attendus: Vec<Montant> = annees.iter().map(|m| euros(m)).collect();
        assert_eq!(dus, attendus, "{contrat} {actes:?}");
        assert_eq!(s.prevu, Some(euros(somme)), "{contrat} {actes:?}");
    }
}

#[test]
fn ctr_6_les_jours_des_versements_et_les_mois_qui_comptent_deux_fois() {
    let s = simule(
        &projet([Some(2000), Some(3000), Some(3000)], Some("80")),
        TypeContrat::Caccmk,
        "2026-11-20",
    );
    let jours: Vec<Option<NaiveDate>> = s
        .annees
        .iter()
        .map(|a| a.versement.valeurs.payable_avant)
        .collect();
    assert_eq!(
        jours,
        [
            None,
            Some(d("2028-04-30")),
            Some(d("2029-04-30")),
            Some(d("2030-04-30"))
        ]
    );
    assert_eq!(s.annees[0].periode, (d("2026-11-20"), d("2027-11-19")));
    assert_eq!(s.annees[1].periode, (d("2027-01-01"), d("2027-12-31")));
    // 29 February: the first year ends the day before, the contract on 28 February five years later.
    let s = simule(&projet([None; 3], None), TypeContrat::Caccmk, "2028-02-29");
    assert_eq!(s.annees[0].periode.1, d("2029-02-27"));
    assert_eq!(s.fin, d("2033-02-28"));
}

#[test]
fn exp_1_ce_qui_n_est_pas_dit_n_est_ni_paye_ni_perdu() {
    let s = simule(
        &projet([Some(2400), None, None], Some("80")),
        TypeContrat::Caccmk,
        "2027-03-01",
    );
    assert_eq!(s.eligibilite.resultat, ResultatEligibilite::Eligible);
    assert_eq!(s.prevu, None);
    assert_eq!(s.possible, euros("49000"));
    assert_eq!(s.annees[0].prevu(), Some(euros("30000")));
    assert_eq!(s.annees[1].prevu(), None);
    assert_eq!(s.annees[1].perdu(), None);
    let vide = Projet {
        candidat: FaitsEligibilite {
            categorie: Some(Categorie::TresSousDotee),
            ..FaitsEligibilite::default()
        },
        ..Projet::default()
    };
    for s in simuler(&livre(), &vide, d("2027-03-01")).expect("an answer") {
        assert_eq!(s.eligibilite.resultat, ResultatEligibilite::Incomplet);
        assert!(s.reste_possible() && s.inconnues().count() > 0);
    }
}

#[test]
fn ctr_10_la_modulation_et_ce_qu_elle_ajouterait() {
    let mut p = projet([Some(2000), Some(3000), Some(3000)], Some("80"));
    let s = simule(&p, TypeContrat::Caccmk, "2027-03-01");
    assert_eq!(
        (s.prevu, s.supplement),
        (Some(euros("49000")), euros("9800"))
    );
    p.modulation = Some(true);
    for (contrat, somme) in [
        (TypeContrat::Caccmk, "58800"),
        (TypeContrat::Caimk, "40800"),
        (TypeContrat::Cammk, "12000"),
    ] {
        let s = simule(&p, contrat, "2027-03-01");
        assert_eq!((s.prevu, s.possible), (Some(euros(somme)), euros(somme)));
    }
    assert_eq!(
        simule(&p, TypeContrat::Cammk, "2027-03-01").supplement,
        Montant::ZERO
    );
}

#[test]
fn ctr_11_partir_deux_ans_apres() {
    let s = simule(
        &projet([Some(2000), Some(3000), Some(3000)], Some("80")),
        TypeContrat::Caccmk,
        "2025-03-01",
    );
    assert_eq!(
        (s.depart.le, s.depart.percu),
        (d("2027-03-01"), euros("30000"))
    );
    let v = &s.depart.restitution.valeurs;
    assert_eq!(v.a_restituer, Some(euros("18006,57")));
    assert_eq!((v.jours_restants, v.jours_total), (Some(1096), Some(1826)));
}

#[test]
fn ctr_1_celui_qui_est_ouvert_vient_le_premier_et_les_autres_disent_pourquoi() {
    let p = projet([Some(2000), Some(3000), Some(3000)], Some("80"));
    let simules = simuler(&livre(), &p, d("2027-03-01")).expect("an answer");
    assert_eq!(simules[0].contrat, TypeContrat::Caccmk);
    assert!(simules[1..].iter().all(|s| s.repond_a_un_autre_projet()));
    let mut ailleurs = p.clone();
    ailleurs.candidat.categorie = Some(Categorie::SousDotee);
    for s in simuler(&livre(), &ailleurs, d("2027-03-01")).expect("an answer") {
        assert!(!s.reste_possible() && !s.repond_a_un_autre_projet());
        assert!(
            s.eligibilite
                .explication
                .etapes()
                .iter()
                .any(|e| e.fait == "categorie" && e.constat == Constat::NonRempli)
        );
    }
}

#[test]
fn ctr_7_les_seuils_a_un_acte_pres() {
    let r = livre();
    let signature = d("2027-03-01");
    let b = |contrat, annee| bareme(&r, contrat, signature, annee, false, &[2400]).expect("steps");
    let premiere = b(TypeContrat::Caccmk, 1).expect("a first year");
    assert_eq!((premiere.plancher, premiere.plein), (1000, 2000));
    for (actes, du) in [
        (999, "0"),
        (1000, "15000"),
        (1999, "29985"),
        (2000, "30000"),
        (2400, "30000"),
    ] {
        assert_eq!(premiere.pour(actes), Some(euros(du)), "{actes}");
    }
    assert_eq!(premiere.pour(1001), None, "nobody asked");
    let deuxieme = b(TypeContrat::Caccmk, 2).expect("a second year");
    for (actes, du) in [
        (1499, "0"),
        (1500, "4500"),
        (2400, "7200"),
        (2999, "8997"),
        (3000, "9000"),
    ] {
        assert_eq!(deuxieme.pour(actes), Some(euros(du)), "{actes}");
    }
    assert_eq!(deuxieme.sous_le_plancher(), Montant::ZERO);
    // Acts change nothing to a CAMMK, and the fifth year pays nothing.
    assert_eq!(b(TypeContrat::Cammk, 1), None);
    assert_eq!(b(TypeContrat::Caccmk, 5), None);
}

#[test]
fn cat_chaque_aide_est_datee_sourcee_et_dit_combien() {
    let (r, jour) = (livre(), d("2026-11-28"));
    let aides = incitation::livrees().expect("the catalogue reads");
    assert_eq!(aides.len(), 25);
    for aide in aides {
        assert!(
            !aide.fondement.is_empty() && !aide.source.is_empty(),
            "{}",
            aide.code
        );
        assert_ne!(aide.fondement, aide.source, "{}", aide.code);
        let m = aide.montants(&r, jour).expect("an amount");
        assert!(!m.total.is_empty(), "{}", aide.code);
    }
    // One value a day, and every profession but one.
    for aide in aides {
        let memes = aides
            .iter()
            .filter(|a| a.code == aide.code && a.en_vigueur(jour));
        assert!(memes.count() <= 1, "{}", aide.code);
    }
    for profession in Profession::TOUS {
        let une = aides.iter().any(|a| a.professions.contains(profession));
        assert_eq!(une, *profession != Profession::Podologue, "{profession}");
    }
}

#[test]
fn cat_les_montants_des_kinesitherapeutes_sont_ceux_des_parametres() {
    let (r, jour) = (livre(), d("2026-11-28"));
    let aides = incitation::livrees().expect("the catalogue reads");
    let dit = |code: &str, ancienne: bool| {
        let aide = aides
            .iter()
            .find(|a| a.code == code && a.ancienne(jour) == ancienne);
        let m = aide
            .expect("an entry")
            .montants(&r, jour)
            .expect("an amount");
        m.total.replace(['\u{a0}', '\u{202f}'], " ")
    };
    for (code, ancienne, montant) in [
        ("caccmk", false, "49 000,00 €"),
        ("caimk", false, "34 000,00 €"),
        ("cammk", false, "12 000,00 €"),
        ("cammk", true, "9 000,00 €"),
        ("stage", false, "300,00 € par mois de stage"),
        ("stage", true, "150,00 € par mois de stage"),
        (
            "cimk",
            false,
            "Jusqu’à 3 000,00 € d’équipement et 2 600,00 € de cotisations par an",
        ),
    ] {
        assert_eq!(dit(code, ancienne), montant, "{code}");
    }
    let prevu = incitation::prevu(&r, TypeContrat::Caccmk, jour).expect("a schedule");
    assert_eq!(
        prevu.quand().replace(['\u{a0}', '\u{202f}'], " "),
        "30 000,00 € à la signature, puis 9 000,00 €, 5 000,00 € et 5 000,00 €"
    );
}

#[test]
fn ctr_1_les_contrats_qu_ouvre_une_zone() {
    let r = livre();
    let ouverts = |categorie, jour| {
        let lus = incitation::ouverts(&r, categorie, d(jour)).expect("an answer");
        lus.into_iter().map(|p| p.contrat).collect::<Vec<_>>()
    };
    assert_eq!(
        ouverts(Categorie::TresSousDotee, "2026-11-28"),
        [TypeContrat::Caccmk, TypeContrat::Caimk, TypeContrat::Cammk]
    );
    for autre in [
        Categorie::SousDotee,
        Categorie::Intermediaire,
        Categorie::NonPrioritaire,
    ] {
        assert_eq!(ouverts(autre, "2026-11-28"), []);
    }
    assert_eq!(ouverts(Categorie::TresSousDotee, "1990-01-01"), []);
}

#[test]
fn cat_une_correction_garde_l_ancienne_valeur_et_une_aide_locale_s_ajoute() {
    let livrees = incitation::livrees().expect("the catalogue reads");
    let ptmg = livrees.iter().find(|a| a.code == "ptmg").expect("an entry");
    let corrigee = incitation::Aide {
        montant: "7 000,00 € brut garantis par mois".to_owned(),
        du: Some(d("2027-01-01")),
        ..ptmg.clone()
    };
    let locale = incitation::Aide {
        code: "bourse-de-barreme".to_owned(),
        departements: vec!["04".to_owned()],
        ..corrigee.clone()
    };
    let toutes = incitation::superposer(vec![corrigee, locale]).expect("a catalogue");
    assert_eq!(toutes.len(), livrees.len() + 2);
    let du_jour = |jour: &str| {
        let valeurs: Vec<&str> = toutes
            .iter()
            .filter(|a| a.code == "ptmg" && a.en_vigueur(d(jour)))
            .map(|a| a.montant.as_str())
            .collect();
        valeurs
    };
    assert_eq!(du_jour("2026-12-31"), [ptmg.montant.as_str()]);
    assert_eq!(du_jour("2027-01-01"), ["7 000,00 € brut garantis par mois"]);
    let locale = toutes.last().expect("the last");
    assert!(locale.donnee_dans("04") && !locale.donnee_dans("13"));
}

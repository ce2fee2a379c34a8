//! GEN, PRO-1, PRO-7, PRO-9, PRO-13, PRO-15: general conditions, transmission, silence, appeals, representation, report.

use chrono::NaiveDate;
use regles::accuse::Silence;
use regles::calendrier::Territoire::Metropole;
use regles::condition::{Condition, EtatCondition, attestation_possible, liste, terme};
use regles::demande::{EtatDemande, Fondement, Sens};
use regles::echeance::{Delai, Echeance, NatureEcheance, calculer};
use regles::grand_livre::EtatPlace;
use regles::recours::{Degre, EffetPlace, Issue, Recours, Voie, effet_sur_la_place};
use regles::reglement::Reglement;
use regles::representation::{
    Audition, Depot, MandatEcrit, NonDit, audition, dite, peut_agir, premier_jour,
};
use regles::silence::EffetSilence;
use regles::texte::{Heure, heure_de};
use regles::transmission::Transmission;
use regles::trimestre::{Etat, Prise, etat, trimestre};
use regles::zonage::Categorie;

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

fn reglement() -> Reglement {
    Reglement::embarque().expect("parameters")
}

#[test]
fn gen_1_la_liste_dit_l_etat_de_chacune_et_celles_qui_retiennent() {
    let r = reglement();
    let etats = [
        (Condition::Ordre, EtatCondition::Etablie),
        (Condition::Lieu, EtatCondition::Manque),
    ];
    let lignes = liste(&r, d("2026-12-01"), &etats).expect("a list");
    let dites: Vec<_> = lignes
        .iter()
        .map(|l| (l.condition, l.etat, l.bloquante))
        .collect();
    use Condition as C;
    use EtatCondition as E;
    assert_eq!(
        dites,
        [
            (C::Ordre, E::Etablie, true),
            (C::Assurance, E::ATransmettre, true),
            (C::Urssaf, E::ATransmettre, false),
            (C::Contrats, E::ATransmettre, false),
            (C::CarteCps, E::ATransmettre, false),
            (C::Lieu, E::Manque, false),
        ]
    );
    let fin = |condition| terme(&r, condition, d("2026-12-31")).expect("a day");
    assert_eq!(fin(C::Urssaf), Some(d("2027-01-08")));
    assert_eq!(fin(C::Contrats), Some(d("2027-01-31")));
    assert_eq!(fin(C::Ordre), None);
}

#[test]
fn gen_1_une_piece_acceptee_etablit_ce_que_l_agent_n_a_pas_dit_manquer() {
    use regles::condition::etats;
    use regles::generales::ce_qui_reste;
    use regles::piece::NaturePiece;
    let notes = [
        (Condition::Ordre, EtatCondition::Etablie),
        (Condition::Assurance, EtatCondition::ATransmettre),
        (Condition::Lieu, EtatCondition::Manque),
    ];
    let acceptees = [NaturePiece::Assurance, NaturePiece::JustificatifLocal];
    let lus = etats(&notes, &acceptees);
    let etat = |c| lus.iter().find(|(d, _)| *d == c).map(|(_, e)| *e);
    assert_eq!(etat(Condition::Ordre), Some(EtatCondition::Etablie));
    assert_eq!(etat(Condition::Assurance), Some(EtatCondition::Etablie));
    assert_eq!(etat(Condition::Lieu), Some(EtatCondition::Manque));
    assert_eq!(etat(Condition::Urssaf), Some(EtatCondition::ATransmettre));
    let r = reglement();
    let reste = ce_qui_reste(&r, d("2026-12-01"), &lus)
        .expect("parameters")
        .expect("something remains");
    for (attendu, dit) in [
        ("Urssaf, 8 jours au plus", true),
        ("CPS", true),
        ("assurance", false),
    ] {
        assert_eq!(reste.contains(attendu), dit, "{attendu}: {reste}");
    }
    let tout: Vec<_> = lus
        .iter()
        .map(|(c, _)| (*c, EtatCondition::Etablie))
        .collect();
    assert_eq!(ce_qui_reste(&r, d("2026-12-01"), &tout), Ok(None));
}

#[test]
fn pro_13_on_demande_a_etre_entendu_assez_tot_pour_etre_convoque() {
    use regles::commission::{
        decision_projetee, decision_projetee_depuis_la_saisine, terme_de_l_avis,
        terme_de_la_demande_d_audition,
    };
    let r = reglement();
    let saisie = d("2026-12-01");
    let avis = terme_de_l_avis(&r, saisie, Metropole)
        .expect("a day")
        .finale;
    assert_eq!(avis, d("2026-12-31"));
    let terme = |avis| terme_de_la_demande_d_audition(&r, saisie, avis).expect("a day");
    assert_eq!(terme(avis), d("2026-12-16"));
    assert_eq!(terme(d("2026-12-05")), saisie);
    let projetee = decision_projetee_depuis_la_saisine(&r, saisie, Metropole);
    assert_eq!(projetee.as_ref(), Ok(&d("2027-01-15")));
    // A referral sooner than its last day brings the projection nearer.
    let sans_saisine = decision_projetee(&r, saisie, Metropole);
    assert!(projetee.expect("a day") < sans_saisine.expect("a day"));
}

#[test]
fn gen_2_un_acte_facture_avant_l_effet_se_signale() {
    use regles::generales::alerte_avant_effet;
    let effet = d("2027-01-04");
    let alerte = alerte_avant_effet(Some(d("2027-01-03")), effet).expect("a warning");
    assert!(alerte.contains("ne sont pas couverts"), "{alerte}");
    assert_eq!(alerte_avant_effet(Some(effet), effet), None);
    assert_eq!(alerte_avant_effet(None, effet), None);
}

#[test]
fn gen_2_une_attestation_suppose_un_accord_notifie_et_vivant() {
    assert!(attestation_possible(EtatDemande::Accordee, true));
    assert!(attestation_possible(EtatDemande::Installee, true));
    assert!(!attestation_possible(EtatDemande::Accordee, false));
    for etat in [
        EtatDemande::Proposee,
        EtatDemande::Refusee,
        EtatDemande::Caduque,
    ] {
        assert!(!attestation_possible(etat, true), "{etat}");
    }
}

#[test]
fn pro_1_une_demande_mal_adressee_est_transmise_et_chaque_silence_a_son_depart() {
    let t = Transmission {
        premiere: "841",
        competente: "131",
        recue_le: d("2026-12-01"),
        transmise_le: d("2026-12-10"),
    };
    assert!(t.a_lieu());
    assert_eq!(t.accuse_par(), "131");
    let depart = |effet, complete: Option<&str>| t.depart_du_silence(effet, complete.map(d));
    use EffetSilence::{Acceptation, Rejet};
    assert_eq!(depart(Rejet, None), Some(d("2026-12-01")));
    assert_eq!(depart(Acceptation, None), None);
    assert_eq!(
        depart(Acceptation, Some("2026-12-01")),
        Some(d("2026-12-10"))
    );
    assert_eq!(
        depart(Acceptation, Some("2026-12-20")),
        Some(d("2026-12-20"))
    );
    let droite = Transmission {
        premiere: "131",
        ..t
    };
    assert!(!droite.a_lieu());
    assert_eq!(
        droite.depart_du_silence(Acceptation, Some(d("2026-12-01"))),
        Some(d("2026-12-01"))
    );
}

#[test]
fn pro_7_l_accuse_dit_l_effet_et_la_reserve_d_un_dossier_complet() {
    let dit = |effet| {
        Silence {
            delai: Delai::Mois(2),
            effet,
            recours: Vec::new(),
        }
        .phrase(d("2027-01-30"))
    };
    let rejet = dit(EffetSilence::Rejet);
    assert!(
        rejet.contains("refusée.") && !rejet.contains("attestation"),
        "{rejet}"
    );
    let acceptation = dit(EffetSilence::Acceptation);
    for attendu in [
        "acceptée",
        "le délai part du jour où elle l’est",
        "attestation",
    ] {
        assert!(acceptation.contains(attendu), "{acceptation}");
    }
}

/// Kept with its steps, a deadline is computed again as it was, whatever the parameter says since.
#[test]
fn pro_7_un_terme_qui_ne_se_reportait_pas_se_rejoue_sans_report() {
    let r = reglement();
    let (depart, delai) = (d("2026-12-31"), Delai::Mois(2));
    let silence = NatureEcheance::DecisionImplicite;
    let gardee = silence
        .calculer(&r, depart, delai, Metropole, &[])
        .expect("a deadline");
    assert_eq!(gardee.finale, d("2027-02-28"), "a Sunday");
    let rejouee = Echeance::rejouer(depart, delai, Metropole, &[], &gardee.explication);
    assert_eq!(rejouee.as_ref(), Ok(&gardee));
    let reportee = calculer(depart, delai, Metropole, &[]).expect("a deadline");
    assert_eq!(reportee.finale, d("2027-03-01"));
    let rejouee = Echeance::rejouer(depart, delai, Metropole, &[], &reportee.explication);
    assert_eq!(rejouee.as_ref(), Ok(&reportee));
    // The other kinds move to a working day, but the day that a decision fixed (REG-17).
    let fixes = [silence, NatureEcheance::ReserveAccord];
    for nature in NatureEcheance::TOUS {
        let fin = nature
            .calculer(&r, depart, delai, Metropole, &[])
            .expect("a deadline")
            .finale;
        assert_eq!(fin == d("2027-02-28"), fixes.contains(nature), "{nature}");
    }
}

#[test]
fn pro_9_un_recours_a_sa_voie_son_delai_et_son_effet_sur_la_place() {
    let r = reglement();
    let recours = |degre| Recours {
        degre,
        envoye_le: d("2027-02-15"),
        recu_le: d("2027-02-17"),
    };
    let cra = recours(Degre::Cra);
    assert!(cra.suit(Voie::SecuriteSociale) && !cra.suit(Voie::Administrative));
    assert_eq!(
        cra.a_temps(Some(d("2027-02-15"))),
        Some(true),
        "the postmark"
    );
    assert_eq!(cra.a_temps(Some(d("2027-02-14"))), Some(false));
    assert_eq!(cra.a_temps(None), None, "nothing ran");
    let reponse = |degre| recours(degre).repondre_avant(&r, Metropole).expect("a day");
    assert_eq!(
        reponse(Degre::Cra),
        Some(d("2027-04-19")),
        "17 is a Saturday"
    );
    assert_eq!(reponse(Degre::Gracieux), Some(d("2027-04-17")));
    assert_eq!(reponse(Degre::TribunalJudiciaire), None);

    use EtatPlace as P;
    for issue in Issue::TOUS.iter().filter(|i| !i.annule()) {
        for sens in Sens::TOUS {
            let effet = effet_sur_la_place(*issue, *sens, P::Reservee);
            assert_eq!(effet, EffetPlace::Aucun, "{issue}");
        }
    }
    let annule = |sens, place| effet_sur_la_place(Issue::Annulation, sens, place);
    assert_eq!(annule(Sens::Refus, P::Ouverte), EffetPlace::AGarder);
    assert_eq!(annule(Sens::Refus, P::Pourvue), EffetPlace::DejaPrise);
    assert_eq!(annule(Sens::Accord, P::Pourvue), EffetPlace::ARendre);
    assert_eq!(annule(Sens::Accord, P::Caduque), EffetPlace::Aucun);
}

#[test]
fn pro_13_un_representant_agit_sur_mandat_ecrit_et_qui_le_demande_est_entendu() {
    let mandat = MandatEcrit {
        du: d("2026-12-01"),
        au: Some(d("2026-12-31")),
        recu: true,
    };
    assert!(peut_agir(Some(mandat), d("2026-12-31")));
    assert!(!peut_agir(Some(mandat), d("2027-01-01")));
    assert!(!peut_agir(Some(mandat), d("2026-11-30")));
    let promis = MandatEcrit {
        recu: false,
        ..mandat
    };
    assert!(!peut_agir(Some(promis), d("2026-12-15")));
    assert!(!peut_agir(None, d("2026-12-15")));
    assert_eq!(audition(true, false), Audition::Due);
    assert_eq!(audition(false, true), Audition::Possible);
    assert_eq!(audition(false, false), Audition::Aucune);
    assert!(Depot::Papier.se_signale() && Depot::Representant.se_signale());
    assert!(!Depot::EnLigne.se_signale());
}

#[test]
fn pro_13_un_avis_dit_si_la_personne_qui_le_demandait_a_ete_entendue() {
    use Audition as A;
    assert_eq!(dite(A::Aucune, None, ""), Ok(()));
    assert_eq!(dite(A::Due, None, "absente"), Err(NonDit::Issue));
    assert_eq!(dite(A::Possible, None, ""), Err(NonDit::Issue));
    assert_eq!(dite(A::Due, Some(false), " "), Err(NonDit::Raison));
    assert_eq!(dite(A::Due, Some(false), "Elle n’est pas venue."), Ok(()));
    // The commission wanted to hear her; she owes nobody a reason.
    assert_eq!(dite(A::Possible, Some(false), ""), Ok(()));
    assert_eq!(dite(A::Due, Some(true), ""), Ok(()));
}

#[test]
fn pro_13_qui_est_entendu_est_prevenu_quinze_jours_avant() {
    let premier = premier_jour(&reglement(), d("2026-03-12")).expect("a day");
    assert_eq!(premier, d("2026-03-27"));
}

#[test]
fn pro_13_une_heure_se_lit_comme_on_l_ecrit_et_dit_de_quel_lieu_elle_est() {
    let lue = |texte: &str| texte.parse::<Heure>().map(|h| h.to_string());
    for texte in ["14 h 30", "14h30", "14:30", " 14\u{a0}h\u{a0}30 "] {
        assert_eq!(lue(texte).as_deref(), Ok("14\u{a0}h\u{a0}30"), "{texte}");
    }
    assert_eq!(lue("9h").as_deref(), Ok("9\u{a0}h"));
    assert_eq!(lue("09 h 05").as_deref(), Ok("9\u{a0}h\u{a0}05"));
    for faux in ["", "midi", "24h", "12h60", "12h5", "h30", "-1h30", "12"] {
        assert!(lue(faux).is_err(), "{faux}");
    }
    assert_eq!(heure_de(Metropole), "heure de Paris");
    assert_eq!(
        heure_de(regles::calendrier::Territoire::LaReunion),
        "heure de La Réunion"
    );
}

#[test]
fn pro_15_l_etat_d_un_trimestre_compte_les_zones_regulees() {
    let bornes = |jour| trimestre(d(jour)).expect("a quarter");
    assert_eq!(bornes("2026-12-31"), (d("2026-10-01"), d("2026-12-31")));
    assert_eq!(bornes("2026-02-10"), (d("2026-01-01"), d("2026-03-31")));
    assert_eq!(bornes("2026-04-01"), (d("2026-04-01"), d("2026-06-30")));
    let prise = |le: &str, categorie, sens, fondement, regles: &[&str]| Prise {
        le: d(le),
        categorie,
        sens,
        fondement,
        regles: regles.iter().map(|r| (*r).to_owned()).collect(),
    };
    use Categorie::{Intermediaire, NonPrioritaire};
    let decisions = [
        prise(
            "2026-10-01",
            NonPrioritaire,
            Sens::Accord,
            Fondement::Succession,
            &[],
        ),
        prise(
            "2026-12-31",
            NonPrioritaire,
            Sens::Accord,
            Fondement::Derogation,
            &[],
        ),
        prise(
            "2026-11-02",
            NonPrioritaire,
            Sens::Accord,
            Fondement::HorsRegulation,
            &[],
        ),
        prise(
            "2026-11-03",
            NonPrioritaire,
            Sens::Refus,
            Fondement::Refus,
            &["REG-1", "DER-1"],
        ),
        prise(
            "2026-11-04",
            NonPrioritaire,
            Sens::Refus,
            Fondement::Refus,
            &["REG-1"],
        ),
        prise(
            "2026-11-05",
            Intermediaire,
            Sens::Refus,
            Fondement::Refus,
            &["ALT-1"],
        ),
        prise(
            "2026-09-30",
            NonPrioritaire,
            Sens::Accord,
            Fondement::Succession,
            &[],
        ),
        prise(
            "2027-01-01",
            NonPrioritaire,
            Sens::Accord,
            Fondement::Succession,
            &[],
        ),
    ];
    assert_eq!(
        etat(&decisions, d("2026-11-27")),
        Etat {
            successions: 1,
            derogations: 1,
            deja_conventionnes: 1,
            refus: 2,
            motifs: vec![("DER-1".to_owned(), 1), ("REG-1".to_owned(), 2)],
        }
    );
}

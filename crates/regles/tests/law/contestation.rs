//! PRO-6, PRO-9: what may be contested, by when, what an outcome does; the life of an appeal is in `transitions`.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use regles::appel::{EtatAppel, EtatCandidature};
use regles::calendrier::{Territoire, jour_chome};
use regles::contestation::{
    Accuse, Contestee, Degre, Depart, EtatRecours, FaitsDemande, Issue, Ouverture, Recours, Suite,
    Voie, de_l_appel, de_la_demande, dernier_jour, du_depart, jour_du_rejet, ouverture, saisir,
    suite, suivant, terme_du_tribunal,
};
use regles::demande::EtatDemande;
use regles::depart::EtatDepart;
use regles::grand_livre::EtatPlace;
use regles::parametre::ValeurParametre;
use regles::reglement::Reglement;
use regles::silence::EffetSilence;

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

fn reglement() -> Reglement {
    Reglement::embarque().expect("parameters")
}

fn administrative(r: &Reglement) -> Reglement {
    let mut autre = r
        .parametre("recours.voie", d("2026-12-01"))
        .expect("route")
        .clone();
    autre.du = d("2027-01-01");
    autre.valeur = ValeurParametre::Texte("administrative".to_owned());
    r.avec(autre).expect("parameters")
}

#[test]
fn pro_6_chaque_acte_du_tableau_se_conteste_devant_la_commission_sauf_ce_que_le_silence_accorde() {
    let r = reglement();
    for contestee in Contestee::TOUS {
        let attendu = match contestee {
            Contestee::SilenceAcceptation => Ouverture::Aucune,
            _ => Ouverture::Devant(Degre::Cra),
        };
        assert_eq!(
            ouverture(&r, *contestee, d("2026-12-01")),
            Ok(attendu),
            "{contestee}"
        );
    }
    assert_eq!(
        ouverture(&administrative(&r), Contestee::Refus, d("2027-02-01")),
        Ok(Ouverture::Devant(Degre::Gracieux))
    );
}

#[test]
fn pro_6_un_delai_ne_court_que_de_ce_qui_est_notifie_ou_dit_par_l_accuse() {
    let r = reglement();
    let dernier = |contestee, depart| {
        dernier_jour(&r, contestee, depart, Territoire::Metropole).expect("a day")
    };
    // ✓ A Sunday moves to Monday: two months from the notification.
    let notifie = Depart::Notifie(d("2026-12-14"));
    assert_eq!(dernier(Contestee::Refus, notifie), Some(d("2027-02-15")));
    let ne = |accuse| Depart::Ne {
        le: d("2026-12-14"),
        accuse,
    };
    assert_eq!(
        dernier(Contestee::SilenceRejet, ne(true)),
        Some(d("2027-02-15"))
    );
    // ✗ Nothing runs from what was not notified, nor from a silence that the receipt did not announce.
    assert_eq!(dernier(Contestee::SansSuite, Depart::NonNotifie), None);
    assert_eq!(dernier(Contestee::SilenceRejet, ne(false)), None);
    assert_eq!(dernier(Contestee::SilenceAcceptation, ne(true)), None);
    // Full months under the other route.
    assert_eq!(
        dernier_jour(
            &administrative(&r),
            Contestee::Refus,
            Depart::Notifie(d("2027-01-11")),
            Territoire::Metropole
        ),
        Ok(Some(d("2027-03-12")))
    );
    assert!(
        dernier_jour(
            &r,
            Contestee::Refus,
            Depart::Notifie(d("9999-12-01")),
            Territoire::Metropole
        )
        .is_err()
    );
}

#[test]
fn pro_9_le_silence_de_la_commission_rejette_le_lendemain_et_le_tribunal_attend_l_accuse() {
    let r = reglement();
    let recu = Recours {
        degre: Degre::Cra,
        envoye_le: d("2026-12-11"),
        recu_le: d("2026-12-14"),
    };
    let fin = recu
        .repondre_avant(&r, Territoire::Metropole)
        .expect("a day");
    assert_eq!(fin, Some(d("2027-02-15")), "the 14th is a Sunday");
    assert!(
        !jour_du_rejet(d("2027-02-15"), d("2027-02-15")),
        "the last day still answers"
    );
    assert!(jour_du_rejet(d("2027-02-15"), d("2027-02-16")));
    let tribunal = |accuse| {
        terme_du_tribunal(&r, d("2027-02-15"), accuse, Territoire::Metropole).expect("a day")
    };
    assert_eq!(tribunal(Accuse::Envoye), Some(d("2027-04-15")));
    assert_eq!(tribunal(Accuse::Manquant), None, "no delay runs");
}

#[test]
fn pro_9_une_demande_se_conteste_quand_une_decision_lui_est_contraire_et_notifiee() {
    use EtatDemande as E;
    let faits = |etat| FaitsDemande {
        etat,
        notifiee: true,
        sous_condition: false,
        silence: None,
    };
    assert_eq!(de_la_demande(faits(E::Refusee)), Some(Contestee::Refus));
    assert_eq!(
        de_la_demande(faits(E::Caduque)),
        Some(Contestee::AccordCaduc)
    );
    assert_eq!(
        de_la_demande(faits(E::SansSuite)),
        Some(Contestee::SansSuite)
    );
    for etat in [E::Accordee, E::Installee, E::Retiree, E::Complete] {
        assert_eq!(de_la_demande(faits(etat)), None, "{etat}");
    }
    let sous_condition = FaitsDemande {
        sous_condition: true,
        ..faits(E::Accordee)
    };
    assert_eq!(de_la_demande(sous_condition), Some(Contestee::Condition));
    let tue = |effet| FaitsDemande {
        silence: Some(effet),
        ..faits(E::Complete)
    };
    assert_eq!(
        de_la_demande(tue(EffetSilence::Rejet)),
        Some(Contestee::SilenceRejet)
    );
    assert_eq!(de_la_demande(tue(EffetSilence::Acceptation)), None);
    let pas_notifiee = FaitsDemande {
        notifiee: false,
        ..faits(E::Refusee)
    };
    assert_eq!(de_la_demande(pas_notifiee), None);
}

#[test]
fn pro_9_un_depart_et_un_appel_se_contestent_par_qui_ils_desservent() {
    use EtatPlace as P;
    assert_eq!(
        du_depart(EtatDepart::Rejetee, None),
        Some(Contestee::DepartNonRetenu)
    );
    let place = |etat| du_depart(EtatDepart::Confirmee, Some(etat));
    assert_eq!(
        place(P::NonTransmissible),
        Some(Contestee::PlaceNonTransmissible)
    );
    assert_eq!(place(P::Caduque), Some(Contestee::PlaceCaduque));
    assert_eq!(place(P::Ouverte), None);
    assert_eq!(du_depart(EtatDepart::Retiree, Some(P::Caduque)), None);
    assert_eq!(
        de_l_appel(EtatAppel::Attribue, EtatCandidature::NonRetenue),
        Some(Contestee::PlaceAttribuee)
    );
    assert_eq!(
        de_l_appel(EtatAppel::Attribue, EtatCandidature::Retenue),
        None
    );
    assert_eq!(
        de_l_appel(EtatAppel::Ouvert, EtatCandidature::Deposee),
        None
    );
}

#[test]
fn pro_9_les_degres_se_suivent_et_rien_ne_se_saisit_trop_tot_ni_pour_rien() {
    let voie = Voie::SecuriteSociale;
    assert_eq!(suivant(voie, Degre::Cra), Some(Degre::TribunalJudiciaire));
    assert_eq!(
        suivant(voie, Degre::TribunalJudiciaire),
        Some(Degre::CourAppel)
    );
    assert_eq!(suivant(voie, Degre::CourAppel), Some(Degre::Cassation));
    assert_eq!(suivant(voie, Degre::Cassation), None);
    assert_eq!(suivant(voie, Degre::Gracieux), None, "of the other route");
    // ✗ Before the commission answered, nor let its delay pass.
    assert!(saisir(voie, EtatRecours::DevantLaCommission, Degre::Cra, None).is_err());
    // ✗ Nothing left to contest.
    let gagne = saisir(
        voie,
        EtatRecours::Repondu,
        Degre::Cra,
        Some(Issue::Annulation),
    );
    assert_eq!(gagne.map_err(|r| r.code()), Err("recours_gagne"));
    // ✓ A rejection, express or by silence, goes to the court; a judgment, to the next one, whoever won.
    for issue in [
        Issue::Rejet,
        Issue::Irrecevabilite,
        Issue::AnnulationPartielle,
    ] {
        let (passage, degre) =
            saisir(voie, EtatRecours::Repondu, Degre::Cra, Some(issue)).expect("open");
        assert_eq!(
            (passage.vers(), degre),
            (EtatRecours::DevantLeJuge, Degre::TribunalJudiciaire)
        );
    }
    assert!(
        saisir(
            voie,
            EtatRecours::RejeteParSilence,
            Degre::Cra,
            Some(Issue::RejetImplicite)
        )
        .is_ok()
    );
    let (_, degre) = saisir(
        voie,
        EtatRecours::Juge,
        Degre::TribunalJudiciaire,
        Some(Issue::Annulation),
    )
    .expect("the caisse may go on");
    assert_eq!(degre, Degre::CourAppel);
    let fini = saisir(
        voie,
        EtatRecours::Juge,
        Degre::Cassation,
        Some(Issue::Rejet),
    );
    assert_eq!(fini.map_err(|r| r.code()), Err("recours_dernier_degre"));
}

#[test]
fn pro_9_une_annulation_rouvre_ce_qu_elle_peut_et_laisse_le_reste_a_decider() {
    for contestee in Contestee::TOUS {
        let attendue = match contestee {
            Contestee::Refus
            | Contestee::AccordCaduc
            | Contestee::SansSuite
            | Contestee::Retrait => Suite::RouvrirLaDemande,
            Contestee::DepartNonRetenu => Suite::RouvrirLeDepart,
            Contestee::PlaceAttribuee => Suite::RendreLaPlace,
            _ => Suite::ADecider,
        };
        assert_eq!(suite(*contestee), attendue, "{contestee}");
    }
    let annulent = [Issue::Annulation, Issue::AnnulationPartielle];
    let closent = [Issue::Annulation, Issue::Desistement];
    for issue in Issue::TOUS {
        assert_eq!(issue.annule(), annulent.contains(issue), "{issue}");
        assert_eq!(issue.se_conteste(), !closent.contains(issue), "{issue}");
    }
    for etat in EtatRecours::TOUS {
        let attend = matches!(
            etat,
            EtatRecours::DevantLaCommission | EtatRecours::DevantLeJuge
        );
        assert_eq!(etat.en_cours(), attend, "{etat}");
        assert_eq!(etat.a_la_file(true), attend, "{etat}");
        assert_eq!(
            etat.a_la_file(false),
            attend || *etat == EtatRecours::Repondu,
            "{etat}"
        );
    }
}

proptest! {
    /// The last day never falls on a day off, comes at least two months less a day after, and grows with the notification.
    #[test]
    fn le_dernier_jour_pour_contester_croit_avec_la_notification(
        n in 0u64..20_000,
        ecart in 0u64..60,
        t in select(Territoire::TOUS),
        contestee in select(Contestee::TOUS),
    ) {
        let r = reglement();
        let le = d("2026-12-01") + Days::new(n);
        let jour = |le| dernier_jour(&r, contestee, Depart::Notifie(le), t).expect("a day");
        match jour(le) {
            None => prop_assert_eq!(contestee, Contestee::SilenceAcceptation),
            Some(fin) => {
                prop_assert_eq!(jour_chome(fin, t), None);
                prop_assert!(fin >= le + Days::new(58));
                prop_assert!(jour(le + Days::new(ecart)) >= Some(fin));
            }
        }
    }

    /// Silence rejects after the last day, the court's own delay comes after that, and neither depends on the postmark.
    #[test]
    fn le_tribunal_vient_apres_la_commission(n in 0u64..20_000, poste in 0u64..30, t in select(Territoire::TOUS)) {
        let r = reglement();
        let recu_le = d("2026-12-01") + Days::new(n);
        let repondre = |envoye_le| {
            Recours { degre: Degre::Cra, envoye_le, recu_le }
                .repondre_avant(&r, t)
                .expect("a day")
                .expect("the commission has a delay")
        };
        let fin = repondre(recu_le);
        prop_assert_eq!(repondre(recu_le - Days::new(poste)), fin);
        prop_assert!(fin > recu_le && jour_du_rejet(fin, fin + Days::new(1)));
        let tribunal = terme_du_tribunal(&r, fin, Accuse::Envoye, t).expect("a day");
        prop_assert!(tribunal > Some(fin));
    }
}

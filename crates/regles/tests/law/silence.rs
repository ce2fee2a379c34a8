//! PRO-7: both effects of silence, from the day after to what the caisse gives.

use chrono::NaiveDate;
use regles::calendrier::Territoire::Metropole;
use regles::demande::{EtatDemande as E, Sens};
use regles::reglement::Reglement;
use regles::silence::EffetSilence::{self, Acceptation, Rejet};
use regles::silence::{SilenceEchu, constater, decider, demander, repondre};

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("a date")
}

fn echu(effet: EffetSilence) -> SilenceEchu {
    SilenceEchu {
        effet,
        le: d("2026-12-14"),
        demande_le: None,
        reponse_le: None,
        recue_le: None,
    }
}

#[test]
fn le_dernier_jour_est_encore_un_jour_de_reponse() {
    for (jour, ne) in [("2026-12-14", false), ("2026-12-15", true)] {
        let lu = constater(Rejet, E::Complete, d("2026-12-14"), d(jour));
        assert_eq!(lu.is_some(), ne, "{jour}");
    }
}

#[test]
fn un_silence_qui_accepte_attend_le_dossier_complet() {
    for etat in E::TOUS {
        let ne = |effet| constater(effet, *etat, d("2026-12-14"), d("2026-12-15")).is_some();
        let pendante = matches!(etat, E::Deposee | E::Incomplete | E::Complete | E::Proposee);
        assert_eq!(ne(Rejet), pendante, "{etat}");
        assert_eq!(
            ne(Acceptation),
            matches!(etat, E::Complete | E::Proposee),
            "{etat}"
        );
    }
}

#[test]
fn chaque_effet_se_dit_a_la_personne_et_a_la_caisse() {
    assert_eq!(
        echu(Rejet).phrase().replace('\u{a0}', " "),
        "Le lundi 14 décembre 2026, votre demande n’avait pas reçu de réponse : elle est considérée comme refusée depuis ce jour."
    );
    let agent = echu(Acceptation).phrase_agent();
    assert!(agent.contains("considérée comme acceptée"), "{agent}");
    assert!(agent.contains("ne peut plus la refuser"), "{agent}");
}

#[test]
fn un_refus_se_conteste_deux_mois_depuis_sa_naissance_puis_depuis_ses_raisons() {
    let r = Reglement::embarque().expect("parameters");
    let avant = |s: SilenceEchu| s.contester_avant(&r, Metropole).expect("a day");
    assert_eq!(avant(echu(Rejet)), Some(d("2027-02-15")));
    let motive = SilenceEchu {
        demande_le: Some(d("2027-01-10")),
        reponse_le: Some(d("2027-02-01")),
        recue_le: Some(d("2027-02-03")),
        ..echu(Rejet)
    };
    assert_eq!(avant(motive), Some(d("2027-04-05")));
    // Given, not opened yet.
    let donnees = SilenceEchu {
        recue_le: None,
        ..motive
    };
    assert!(donnees.a_ouvrir() && !motive.a_ouvrir());
    assert_eq!(avant(donnees), avant(echu(Rejet)));
    assert_eq!(avant(echu(Acceptation)), None);
}

#[test]
fn une_acceptation_illegale_se_retire_quatre_mois() {
    let r = Reglement::embarque().expect("parameters");
    assert_eq!(
        echu(Acceptation).retirer_avant(&r),
        Ok(Some(d("2027-04-14")))
    );
    assert_eq!(echu(Rejet).retirer_avant(&r), Ok(None));
}

#[test]
fn les_raisons_se_demandent_une_fois_et_tant_que_le_refus_se_conteste() {
    let limite = Some(d("2027-02-15"));
    let refus = |silence, jour: &str| demander(silence, limite, d(jour)).err().map(|r| r.code());
    assert_eq!(refus(None, "2026-12-20"), Some("silence_absent"));
    assert_eq!(refus(Some(echu(Rejet)), "2027-02-15"), None);
    assert_eq!(refus(Some(echu(Rejet)), "2027-02-16"), Some("silence_tard"));
    let demande = SilenceEchu {
        demande_le: Some(d("2026-12-20")),
        ..echu(Rejet)
    };
    assert_eq!(refus(Some(demande), "2026-12-21"), Some("silence_demande"));
    // The attestation has no last day.
    assert!(demander(Some(echu(Acceptation)), None, d("2030-01-01")).is_ok());
}

#[test]
fn la_caisse_donne_ce_qui_est_demande_une_fois() {
    let refus = |silence| repondre(silence).err().map(|r| r.code());
    let demande = SilenceEchu {
        demande_le: Some(d("2026-12-20")),
        ..echu(Rejet)
    };
    let repondu = SilenceEchu {
        reponse_le: Some(d("2027-01-04")),
        ..demande
    };
    assert_eq!(refus(None), Some("silence_absent"));
    assert_eq!(refus(Some(echu(Rejet))), Some("silence_sans_demande"));
    assert_eq!(refus(Some(demande)), None);
    assert_eq!(refus(Some(repondu)), Some("silence_repondu"));
    for (silence, attend) in [(echu(Rejet), false), (demande, true), (repondu, false)] {
        assert_eq!(silence.a_repondre(), attend);
    }
}

#[test]
fn ce_que_le_silence_a_accepte_ne_se_refuse_plus() {
    for (silence, sens, permis) in [
        (None, Sens::Refus, true),
        (Some(echu(Rejet)), Sens::Refus, true),
        (Some(echu(Rejet)), Sens::Accord, true),
        (Some(echu(Acceptation)), Sens::Accord, true),
        (Some(echu(Acceptation)), Sens::Refus, false),
    ] {
        assert_eq!(
            decider(silence, sens).is_ok(),
            permis,
            "{silence:?} {sens:?}"
        );
    }
}

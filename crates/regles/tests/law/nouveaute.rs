//! Who is told what, and what one may do without.

use regles::droits::Role;
use regles::evenement::nouveaute::{Destine, concerne, destines};
use regles::evenement::{Code, Public};
use regles::preference::{Frequence, Sujet};

#[test]
fn une_personne_n_apprend_que_ce_que_sa_chronologie_montre() {
    for code in Code::TOUS {
        if destines(*code).contains(&Destine::Praticien) {
            assert_eq!(code.public(), Public::Kine, "{}", code.as_str());
        }
    }
}

/// PRO-8: a decision is told by its document, and a proposal by nobody.
#[test]
fn une_decision_ne_s_apprend_pas_avant_son_document() {
    for code in [
        Code::DemandeAccordee,
        Code::DemandeRefusee,
        Code::DecisionProposee,
        Code::DecisionRenvoyee,
        Code::RecoursRepondu,
    ] {
        assert!(!concerne(code, false), "{}", code.as_str());
        assert!(concerne(code, true), "{}", code.as_str());
    }
    assert!(concerne(Code::DecisionDeposee, false));
}

#[test]
fn qui_signe_apprend_qu_une_decision_attend_et_qui_propose_qu_elle_revient() {
    assert!(destines(Code::DecisionProposee).contains(&Destine::Signataires));
    assert!(destines(Code::DecisionRenvoyee).contains(&Destine::Auteur));
    assert!(destines(Code::CommissionSaisie).contains(&Destine::Secretaire));
    assert!(destines(Code::ConnexionOuverte).is_empty());
}

#[test]
fn ce_qui_vaut_d_office_peut_etre_choisi_et_un_dernier_rappel_part_toujours() {
    for sujet in Sujet::TOUS {
        assert!(
            sujet.frequences().contains(&sujet.d_office()),
            "{}",
            sujet.as_str()
        );
    }
    assert!(!Sujet::Rappels.frequences().contains(&Frequence::Jamais));
    assert_eq!(Sujet::Reste.d_office(), Frequence::Jamais);
}

#[test]
fn chacun_choisit_sur_ce_qui_le_concerne() {
    assert!(Sujet::de(Role::Signataire).contains(&Sujet::ASigner));
    assert!(!Sujet::de(Role::Instructeur).contains(&Sujet::ASigner));
    assert!(Sujet::de(Role::Responsable).contains(&Sujet::Confies));
    assert!(Sujet::de(Role::Kine).contains(&Sujet::Rappels));
    assert!(Sujet::de(Role::Auditeur).is_empty());
}

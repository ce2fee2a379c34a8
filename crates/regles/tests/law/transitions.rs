//! Each state machine: what leads where is written once more here, whatever is not is refused with a sentence; every state
//! can be reached; what is closed stays closed.

use std::collections::BTreeSet;
use std::fmt::Debug;

use regles::appel::{
    self, EtatAppel, EtatCandidature, EvenementCandidature, transition_candidature,
};
use regles::arrete::{EtatImport, activer};
use regles::contestation::{self, EtatRecours};
use regles::decision::{self, EtatDecision};
use regles::demande::{self, EtatDemande};
use regles::depart::{self, EtatDepart};
use regles::derogation::{self, EtatMotif, EvenementMotif};
use regles::designation::{self, EtatDesignation};
use regles::grand_livre::EtatPlace;
use regles::lot::{self, EtatLigne, EtatLot, EvenementLigne, transition_ligne};
use regles::parametre::{self, EtatValeur};
use regles::passage::Passage;
use regles::piece::{self, Emploi, EtatPiece};
use regles::place::{self, ResultatPlace};
use regles::refus::Refus;

/// A machine: its states, what can happen, where it begins, and what leads where.
struct Machine<'a, E, V> {
    etats: &'a [E],
    evenements: &'a [V],
    debuts: &'a [E],
    permis: &'a [(E, V, E)],
    transition: fn(E, V) -> Result<Passage<E>, Refus>,
}

impl<E: Copy + Ord + Debug, V: Copy + PartialEq + Debug> Machine<'_, E, V> {
    /// Asserts all that a machine promises; `closes`: the states that nothing leaves.
    fn verifier(&self, closes: &[E]) {
        let mut menees: BTreeSet<E> = self.debuts.iter().copied().collect();
        for &etat in self.etats {
            for &evenement in self.evenements {
                let ligne = self
                    .permis
                    .iter()
                    .find(|(e, v, _)| (*e, *v) == (etat, evenement));
                match ((self.transition)(etat, evenement), ligne) {
                    (Ok(passage), Some((_, _, vers))) => {
                        assert_eq!(
                            (passage.de(), passage.vers()),
                            (etat, *vers),
                            "{etat:?} {evenement:?}"
                        );
                        assert!(
                            !closes.contains(&etat) || *vers == etat,
                            "{etat:?} is closed, {evenement:?} moves it"
                        );
                    }
                    (Err(refus), None) => dit(&refus),
                    (obtenu, attendu) => {
                        panic!("{etat:?} {evenement:?}: {obtenu:?}, written {attendu:?}")
                    }
                }
            }
        }
        // Only what begins, or follows from what can be reached, can be reached; and all of it is.
        loop {
            let avant = menees.len();
            for (de, _, vers) in self.permis {
                if menees.contains(de) {
                    menees.insert(*vers);
                }
            }
            if menees.len() == avant {
                break;
            }
        }
        let tous: BTreeSet<E> = self.etats.iter().copied().collect();
        assert_eq!(menees, tous, "states that nothing leads to");
    }
}

/// A refusal has a code, and a whole sentence of French.
fn dit(refus: &Refus) {
    let phrase = refus.phrase();
    assert_eq!(refus.to_string(), phrase);
    assert!(phrase.ends_with('.') && phrase.len() > 40, "{phrase}");
    assert!(
        phrase.chars().next().is_some_and(char::is_uppercase),
        "{phrase}"
    );
    assert!(!phrase.contains('\'') && !phrase.contains("  "), "{phrase}");
    let code = refus.code();
    assert!(
        !code.is_empty() && code.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
        "{code}"
    );
}

#[test]
fn un_recours_va_de_la_commission_aux_tribunaux() {
    use EtatRecours as E;
    use contestation::Evenement as V;
    let permis = [
        (E::DevantLaCommission, V::Repondre, E::Repondu),
        (E::DevantLaCommission, V::Taire, E::RejeteParSilence),
        (E::DevantLaCommission, V::Abandonner, E::Abandonne),
        (E::RejeteParSilence, V::Repondre, E::Repondu),
        (E::RejeteParSilence, V::Saisir, E::DevantLeJuge),
        (E::Repondu, V::Saisir, E::DevantLeJuge),
        (E::DevantLeJuge, V::Juger, E::Juge),
        (E::DevantLeJuge, V::Abandonner, E::Abandonne),
        (E::Juge, V::Saisir, E::DevantLeJuge),
    ];
    Machine {
        etats: E::TOUS,
        evenements: V::TOUS,
        debuts: &[E::DEBUT],
        permis: &permis,
        transition: contestation::transition,
    }
    .verifier(&[E::Abandonne]);
}

#[test]
fn une_demande_suit_sa_procedure() {
    use EtatDemande as E;
    use demande::Evenement as V;
    let permis = [
        (E::Deposee, V::DemanderPieces, E::Incomplete),
        (E::Deposee, V::Completer, E::Complete),
        (E::Deposee, V::Retirer, E::Retiree),
        (E::Incomplete, V::DemanderPieces, E::Incomplete),
        (E::Incomplete, V::RecevoirPieces, E::Deposee),
        (E::Incomplete, V::Completer, E::Complete),
        (E::Incomplete, V::ClasserSansSuite, E::SansSuite),
        (E::Incomplete, V::Retirer, E::Retiree),
        (E::Deposee, V::ProposerRefus, E::Proposee),
        (E::Incomplete, V::ProposerRefus, E::Proposee),
        (E::Proposee, V::RenvoyerIncomplete, E::Deposee),
        (E::Proposee, V::ReprendreIncomplete, E::Deposee),
        (E::Complete, V::AnnulerComplet, E::Deposee),
        (E::Complete, V::DemanderPieces, E::Incomplete),
        (E::Complete, V::Proposer, E::Proposee),
        (E::Complete, V::Retirer, E::Retiree),
        (E::Proposee, V::Renvoyer, E::Complete),
        (E::Proposee, V::Reprendre, E::Complete),
        (E::Proposee, V::Accorder, E::Accordee),
        (E::Proposee, V::Refuser, E::Refusee),
        (E::Proposee, V::Retirer, E::Retiree),
        (E::Accordee, V::Notifier, E::Accordee),
        (E::Accordee, V::Installer, E::Installee),
        (E::Accordee, V::ConstaterCaducite, E::Caduque),
        (E::Refusee, V::Notifier, E::Refusee),
        (E::Refusee, V::Rouvrir, E::Complete),
        (E::Accordee, V::Rouvrir, E::Complete),
        (E::Installee, V::Rouvrir, E::Complete),
        (E::Caduque, V::Rouvrir, E::Complete),
        (E::SansSuite, V::Rouvrir, E::Deposee),
    ];
    Machine {
        etats: E::TOUS,
        evenements: V::TOUS,
        debuts: &[E::DEBUT],
        permis: &permis,
        transition: demande::transition,
    }
    .verifier(&[
        // What is decided or closed is opened again by an appeal alone.
        E::Retiree,
    ]);
}

#[test]
fn un_depart_recoit_une_reponse() {
    use EtatDepart as E;
    use depart::Evenement as V;
    Machine {
        etats: E::TOUS,
        evenements: V::TOUS,
        debuts: &[E::DEBUT],
        permis: &[
            (E::Declaree, V::Confirmer, E::Confirmee),
            (E::Declaree, V::Rejeter, E::Rejetee),
            (E::Declaree, V::Retirer, E::Retiree),
            (E::Confirmee, V::Retirer, E::Retiree),
            (E::Rejetee, V::Rouvrir, E::Declaree),
        ],
        transition: depart::transition,
    }
    .verifier(&[E::Retiree]);
}

#[test]
fn une_place_se_prend_une_fois() {
    use EtatPlace as E;
    use place::Evenement as V;
    let debuts: Vec<E> = ResultatPlace::TOUS
        .iter()
        .filter_map(|r| r.etat())
        .collect();
    assert_eq!(
        debuts,
        [
            E::AExaminer,
            E::NonTransmissible,
            E::Ouverte,
            E::Caduque,
            E::AAttribuer
        ]
    );
    let dites = |v: fn(E) -> V| E::TOUS.iter().map(move |e| v(*e));
    let evenements: Vec<V> = dites(V::RendreAvis)
        .chain(dites(V::Reevaluer))
        .chain([
            V::Designer,
            V::Reserver,
            V::Pourvoir,
            V::Liberer,
            V::Finir { charte: true },
            V::Finir { charte: false },
            V::Appeler,
            V::Attribuer,
            V::Reprendre,
            V::Annuler,
            V::PerdreObjet,
            V::Rendre,
        ])
        .collect();
    let mut permis = vec![
        (E::Ouverte, V::Designer, E::Ouverte),
        (E::Ouverte, V::Reserver, E::Reservee),
        (E::Reservee, V::Pourvoir, E::Pourvue),
        (E::Reservee, V::Liberer, E::Ouverte),
        (E::Reservee, V::Rendre, E::Ouverte),
        (E::Pourvue, V::Rendre, E::Ouverte),
        (E::Ouverte, V::Finir { charte: true }, E::AAttribuer),
        (E::Ouverte, V::Finir { charte: false }, E::Caduque),
        (E::AAttribuer, V::Appeler, E::AAttribuer),
        (E::AAttribuer, V::Attribuer, E::Ouverte),
        (E::Ouverte, V::Reprendre, E::AAttribuer),
        (E::AExaminer, V::PerdreObjet, E::SansObjet),
        (E::Ouverte, V::PerdreObjet, E::SansObjet),
        (E::AAttribuer, V::PerdreObjet, E::SansObjet),
        (E::SansObjet, V::Annuler, E::Annulee),
    ];
    for dite in debuts.iter().copied() {
        if dite != E::AExaminer {
            permis.push((E::AExaminer, V::RendreAvis(dite), dite));
        }
        permis.push((dite, V::Annuler, E::Annulee));
        for de in [E::AExaminer, E::NonTransmissible, E::Ouverte, E::Caduque] {
            permis.push((de, V::Reevaluer(dite), dite));
        }
    }
    Machine {
        etats: E::TOUS,
        evenements: &evenements,
        debuts: &debuts,
        permis: &permis,
        transition: place::transition,
    }
    .verifier(&[E::Annulee]);
    // What the rules say of a place never takes it, and never moves one that is taken (REG-2).
    for de in E::TOUS {
        for dite in E::TOUS {
            let obtenu = place::transition(*de, V::Reevaluer(*dite));
            assert!(
                !(de.prise() || dite.prise()) || obtenu.is_err(),
                "{de} {dite}"
            );
        }
    }
}

#[test]
fn la_place_d_un_accord_caduc_apres_le_terme_finit_d_un_trait() {
    use EtatPlace as E;
    use place::{Evenement as V, transition};
    let finie = transition(E::Reservee, V::Liberer)
        .and_then(|p| p.puis(|etat| transition(etat, V::Finir { charte: true })))
        .expect("freed, then over");
    assert_eq!((finie.de(), finie.vers()), (E::Reservee, E::AAttribuer));
}

#[test]
fn une_designation_se_repond_une_fois() {
    use EtatDesignation as E;
    use designation::Evenement as V;
    Machine {
        etats: E::TOUS,
        evenements: V::TOUS,
        debuts: &[E::DEBUT, E::DEBUT_ATTRIBUEE],
        permis: &[
            (E::EnAttente, V::Accepter, E::Acceptee),
            (E::EnAttente, V::Decliner, E::Declinee),
            (E::EnAttente, V::Remplacer, E::Remplacee),
            (E::Acceptee, V::Remplacer, E::Remplacee),
            (E::Acceptee, V::Renoncer, E::Renoncee),
            (E::Acceptee, V::Perdre, E::Renoncee),
            (E::EnAttente, V::Annuler, E::Annulee),
            (E::Acceptee, V::Annuler, E::Annulee),
            (E::EnAttente, V::Retirer, E::Retiree),
            (E::Acceptee, V::Retirer, E::Retiree),
            (E::EnAttente, V::PerdreObjet, E::SansObjet),
            (E::Acceptee, V::PerdreObjet, E::SansObjet),
        ],
        transition: designation::transition,
    }
    .verifier(&[
        E::Declinee,
        E::Remplacee,
        E::Renoncee,
        E::Annulee,
        E::Retiree,
        E::SansObjet,
    ]);
    // What no longer counts never counts again (REG-8).
    for etat in E::TOUS.iter().filter(|e| !e.est_active()) {
        assert!(
            V::TOUS
                .iter()
                .all(|v| designation::transition(*etat, *v).is_err()),
            "{etat}"
        );
    }
}

#[test]
fn un_appel_s_attribue_ou_reste_sans_suite() {
    use EtatAppel as E;
    use appel::Evenement as V;
    Machine {
        etats: E::TOUS,
        evenements: V::TOUS,
        debuts: &[E::DEBUT],
        permis: &[
            (E::Ouvert, V::Examiner, E::Ouvert),
            (E::Ouvert, V::Attribuer, E::Attribue),
            (E::Ouvert, V::ClasserSansSuite, E::SansSuite),
            (E::Attribue, V::Rouvrir, E::Ouvert),
        ],
        transition: appel::transition,
    }
    .verifier(&[E::SansSuite]);
}

#[test]
fn une_candidature_est_en_lice_puis_recoit_sa_reponse() {
    use EtatCandidature as E;
    use EvenementCandidature as V;
    Machine {
        etats: E::TOUS,
        evenements: V::TOUS,
        debuts: &[E::DEBUT],
        permis: &[
            (E::Deposee, V::Examiner, E::Deposee),
            (E::Deposee, V::Retirer, E::Retiree),
            (E::Deposee, V::Ecarter, E::Ecartee),
            (E::Deposee, V::Retenir, E::Retenue),
            (E::Deposee, V::NePasRetenir, E::NonRetenue),
            (E::NonRetenue, V::Rouvrir, E::Deposee),
            (E::Retenue, V::Defaillir, E::Defaillante),
            (E::Retenue, V::Renoncer, E::Retiree),
        ],
        transition: transition_candidature,
    }
    .verifier(&[E::Retiree, E::Ecartee, E::Defaillante]);
}

#[test]
fn une_decision_prise_ne_change_plus() {
    use EtatDecision as E;
    use decision::Evenement as V;
    Machine {
        etats: E::TOUS,
        evenements: V::TOUS,
        debuts: &[E::DEBUT],
        permis: &[
            (E::Proposee, V::Renvoyer, E::Renvoyee),
            (E::Proposee, V::Reprendre, E::Renvoyee),
            (E::Proposee, V::Signer, E::Decidee),
            (E::Decidee, V::Annuler, E::Annulee),
        ],
        transition: decision::transition,
    }
    .verifier(&[E::Renvoyee, E::Annulee]);
}

#[test]
fn l_examen_d_une_piece_se_corrige_tant_qu_elle_compte() {
    use EtatPiece as E;
    use piece::Evenement as V;
    let mut permis = vec![
        (E::Recue, V::Remplacer, E::Recue),
        (E::Refusee, V::Remplacer, E::Refusee),
    ];
    for etat in E::TOUS {
        permis.push((*etat, V::Accepter, E::Acceptee));
        permis.push((*etat, V::Refuser, E::Refusee));
    }
    Machine {
        etats: E::TOUS,
        evenements: V::TOUS,
        debuts: &[E::DEBUT],
        permis: &permis,
        transition: |e, v| piece::transition(e, Emploi::Courant, v),
    }
    .verifier(&[]);
    for etat in E::TOUS {
        for evenement in V::TOUS {
            for emploi in [Emploi::Remplacee, Emploi::Figee] {
                dit(&piece::transition(*etat, emploi, *evenement).expect_err("settled"));
            }
        }
    }
}

#[test]
fn un_arrete_s_active_une_fois() {
    use EtatImport as E;
    Machine {
        etats: E::TOUS,
        evenements: &[()],
        debuts: &[E::DEBUT],
        permis: &[(E::Prepare, (), E::Actif)],
        transition: |e, ()| activer(e),
    }
    .verifier(&[E::Actif]);
}

#[test]
fn une_valeur_en_vigueur_ne_se_retire_plus() {
    use EtatValeur as E;
    use parametre::Evenement as V;
    let mut permis = vec![
        (E::Proposee, V::Approuver, E::Approuvee),
        (E::Proposee, V::Rejeter, E::Rejetee),
        (E::Proposee, V::Retirer, E::Retiree),
    ];
    let machine = |permis: &[(E, V, E)], transition, closes: &[E]| {
        Machine {
            etats: E::TOUS,
            evenements: V::TOUS,
            debuts: &[E::DEBUT],
            permis,
            transition,
        }
        .verifier(closes);
    };
    machine(
        &permis,
        |e, v| parametre::transition(e, true, v),
        &[E::Approuvee, E::Rejetee, E::Retiree],
    );
    permis.push((E::Approuvee, V::Retirer, E::Retiree));
    machine(
        &permis,
        |e, v| parametre::transition(e, false, v),
        &[E::Rejetee, E::Retiree],
    );
}

#[test]
fn la_proposition_d_un_motif_recoit_une_reponse() {
    use EtatMotif as E;
    use EvenementMotif as V;
    Machine {
        etats: E::TOUS,
        evenements: V::TOUS,
        debuts: &[E::DEBUT],
        permis: &[
            (E::Propose, V::Approuver, E::Approuve),
            (E::Propose, V::Rejeter, E::Rejete),
        ],
        transition: derogation::transition,
    }
    .verifier(&[E::Approuve, E::Rejete]);
}

#[test]
fn la_proposition_d_une_aide_recoit_une_reponse() {
    use regles::incitation::proposition::{EtatAide as E, EvenementAide as V, transition};
    Machine {
        etats: E::TOUS,
        evenements: V::TOUS,
        debuts: &[E::DEBUT],
        permis: &[
            (E::Proposee, V::Approuver, E::Approuvee),
            (E::Proposee, V::Rejeter, E::Rejetee),
        ],
        transition,
    }
    .verifier(&[E::Approuvee, E::Rejetee]);
}

#[test]
fn un_message_envoye_a_un_lot_ne_se_reprend_pas() {
    use lot::{ActeLot, EtatLot as E, Evenement as V};
    for acte in ActeLot::TOUS.iter().copied() {
        let annule = lot::transition(acte, E::Termine, V::Annuler);
        match acte {
            ActeLot::Ecrire | ActeLot::Relancer => {
                assert_eq!(annule.unwrap_err().code(), "lot_envoye")
            }
            _ => assert_eq!(annule.unwrap().vers(), E::Annulation),
        }
        assert_eq!(
            lot::transition(acte, E::Prepare, V::Lancer).unwrap().vers(),
            E::EnCours
        );
    }
}

#[test]
fn un_lot_se_fait_puis_se_defait_une_fois() {
    use EtatLigne as L;
    use EtatLot as E;
    use EvenementLigne as W;
    use lot::Evenement as V;
    Machine {
        etats: E::TOUS,
        evenements: V::TOUS,
        debuts: &[E::DEBUT],
        permis: &[
            (E::Prepare, V::Lancer, E::EnCours),
            (E::EnCours, V::Terminer, E::Termine),
            (E::Termine, V::Annuler, E::Annulation),
            (E::Annulation, V::FinirAnnulation, E::Annule),
        ],
        transition: |etat, fait| lot::transition(lot::ActeLot::Assigner, etat, fait),
    }
    .verifier(&[E::Annule]);
    Machine {
        etats: L::TOUS,
        evenements: W::TOUS,
        debuts: &[L::DEBUT],
        permis: &[
            (L::AFaire, W::Faire, L::Fait),
            (L::AFaire, W::Laisser, L::Inchange),
            (L::AFaire, W::Refuser, L::Refuse),
            (L::Fait, W::Defaire, L::Annule),
            (L::Fait, W::Garder, L::Garde),
        ],
        transition: transition_ligne,
    }
    .verifier(&[L::Inchange, L::Refuse, L::Annule, L::Garde]);
}

#[test]
fn un_mandat_recoit_une_reponse_et_se_retire_a_tout_moment() {
    use regles::representation::{EtatMandat as M, EvenementMandat as V, transition};
    for (etat, verifier, refuser, revoquer) in [
        (
            M::Propose,
            Some(M::Verifie),
            Some(M::Refuse),
            Some(M::Revoque),
        ),
        (M::Verifie, None, None, Some(M::Revoque)),
        (M::Refuse, None, None, None),
        (M::Revoque, None, None, None),
    ] {
        for (evenement, vers) in [
            (V::Verifier, verifier),
            (V::Refuser, refuser),
            (V::Revoquer, revoquer),
        ] {
            let suite = transition(etat, evenement).map(|p| p.vers());
            assert_eq!(suite.ok(), vers, "{etat} {evenement}");
        }
    }
}

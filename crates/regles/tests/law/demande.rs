//! The life of a request and the balance of the ledger (REG-9, REG-14, PRO-3, PRO-5).

use regles::demande::{EtatDemande as E, Evenement as V, transition};
use regles::grand_livre::{Bilan, EtatPlace};

/// Everything that may happen; whatever is not here is refused.
const PERMIS: &[(E, V, E)] = &[
    (E::Deposee, V::DemanderPieces, E::Incomplete),
    (E::Deposee, V::Completer, E::Complete),
    (E::Deposee, V::Retirer, E::Retiree),
    (E::Incomplete, V::DemanderPieces, E::Incomplete),
    (E::Incomplete, V::RecevoirPieces, E::Deposee),
    (E::Incomplete, V::Completer, E::Complete),
    (E::Incomplete, V::ClasserSansSuite, E::SansSuite),
    (E::Incomplete, V::Retirer, E::Retiree),
    (E::Complete, V::DemanderPieces, E::Incomplete),
    (E::Complete, V::Proposer, E::Proposee),
    (E::Complete, V::Retirer, E::Retiree),
    (E::Proposee, V::Renvoyer, E::Complete),
    (E::Proposee, V::Accorder, E::Accordee),
    (E::Proposee, V::Refuser, E::Refusee),
    (E::Proposee, V::Retirer, E::Retiree),
    (E::Accordee, V::Notifier, E::Accordee),
    (E::Accordee, V::Installer, E::Installee),
    (E::Accordee, V::ConstaterCaducite, E::Caduque),
    (E::Refusee, V::Notifier, E::Refusee),
];

#[test]
fn seules_les_transitions_ecrites_existent() {
    for &etat in E::TOUS {
        for evenement in V::TOUS {
            let attendu = PERMIS
                .iter()
                .find(|(e, v, _)| (*e, *v) == (etat, evenement))
                .map(|(_, _, suivant)| *suivant);
            assert_eq!(
                transition(etat, evenement).ok(),
                attendu,
                "{etat:?} {evenement:?}"
            );
        }
    }
}

#[test]
fn un_refus_dit_l_acte_et_l_etat() {
    let refus = transition(E::Refusee, V::Installer).unwrap_err();
    assert_eq!(
        refus.to_string(),
        "L’enregistrement de l’installation n’est pas possible : la demande est à l’état « Refusée »."
    );
}

#[test]
fn une_place_n_est_consommee_que_par_un_accord_ou_une_installation() {
    let consomment: Vec<E> = E::TOUS.iter().copied().filter(|e| e.consomme()).collect();
    assert_eq!(consomment, [E::Accordee, E::Installee]);
}

#[test]
fn reg_14_le_bilan_ne_compte_que_les_departs_eligibles() {
    let mut bilan = Bilan {
        departs_eligibles: 5,
        ..Bilan::default()
    };
    bilan.compter(EtatPlace::Ouverte, 2);
    bilan.compter(EtatPlace::Reservee, 1);
    bilan.compter(EtatPlace::Pourvue, 1);
    assert!(!bilan.equilibre());
    bilan.compter(EtatPlace::Caduque, 1);
    assert!(bilan.equilibre());
    bilan.compter(EtatPlace::AExaminer, 3);
    bilan.compter(EtatPlace::NonTransmissible, 1);
    assert!(
        bilan.equilibre(),
        "a departure that is not eligible credits nothing"
    );
    assert_eq!(bilan.places(), 5);
}

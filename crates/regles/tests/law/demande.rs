//! The life of a request and the balance of the ledger (REG-9, REG-14, PRO-3, PRO-5).

use regles::demande::{EtatDemande as E, Evenement as V, transition};
use regles::grand_livre::{Bilan, EtatPlace};

#[test]
fn un_refus_dit_l_acte_et_l_etat() {
    let refus = transition(E::Refusee, V::Installer).unwrap_err();
    assert_eq!(
        refus.to_string(),
        "L’enregistrement de l’installation n’est pas possible : la demande est à l’état « Refusée ». La décision est prise : elle se conteste par un recours."
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

//! REG-14 balances at every step of any life.

use proptest::prelude::*;
use regles::demande::EtatDemande;

use super::monde::{Evenement, Monde};
use crate::util::base::postgres;

fn evenement() -> impl Strategy<Value = Evenement> {
    use Evenement as V;
    let n = 0..6_usize;
    prop_oneof![
        6 => n.clone().prop_map(V::Suivre),
        6 => n.clone().prop_map(V::SuivreDepart),
        2 => (n.clone(), prop::bool::weighted(0.2), prop::bool::weighted(0.1))
            .prop_map(|(cedant, sous_seuil, libre)| V::Declarer { cedant, sous_seuil, libre }),
        1 => n.clone().prop_map(V::Confirmer),
        1 => n.clone().prop_map(V::Rejeter),
        1 => (n.clone(), any::<bool>()).prop_map(|(d, f)| V::Avis(d, f)),
        1 => n.clone().prop_map(V::RetirerDepart),
        1 => (n.clone(), n.clone()).prop_map(|(depart, successeur)| V::Designer { depart, successeur }),
        1 => (n.clone(), any::<bool>()).prop_map(|(depart, accepte)| V::Repondre { depart, accepte }),
        1 => (n.clone(), n.clone()).prop_map(|(depart, successeur)| V::Deposer { depart, successeur }),
        1 => n.clone().prop_map(V::DeposerDerogation),
        1 => n.clone().prop_map(V::DemanderPieces),
        1 => n.clone().prop_map(V::ClasserSansSuite),
        1 => n.clone().prop_map(V::Refuser),
        2 => n.clone().prop_map(V::SousReserve),
        1 => n.clone().prop_map(V::Renvoyer),
        1 => n.clone().prop_map(V::Decider),
        1 => n.clone().prop_map(V::Installer),
        1 => n.clone().prop_map(V::Retirer),
        1 => Just(V::Charte),
        4 => n.prop_map(V::SuivreAppel),
        2 => prop_oneof![Just(1_u64), Just(30), Just(200), Just(400)].prop_map(V::Avancer),
        2 => Just(V::Caducites),
    ]
}

fn reglages() -> ProptestConfig {
    ProptestConfig {
        // A PostgreSQL database costs a hundred times a SQLite file.
        cases: if postgres() { 6 } else { 24 },
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(reglages())]

    #[test]
    fn reg_14_le_livre_tombe_juste_a_chaque_pas(vie in prop::collection::vec(evenement(), 1..60)) {
        let mut monde = Monde::new();
        for (pas, evenement) in vie.iter().enumerate() {
            if let Err(faute) = monde.vivre(evenement).and_then(|_| monde.verifier()) {
                return Err(TestCaseError::fail(format!("step {pas}, {evenement:?}: {faute}")));
            }
        }
    }
}

/// The random lives mean something only if a quiet one arrives: from the declaration to the installation,
/// then a grant that lapses and a place that nobody takes.
#[test]
fn une_vie_tranquille_va_jusqu_a_l_installation_et_une_autre_jusqu_a_la_caducite() {
    use Evenement as V;
    let mut monde = Monde::new();
    let mut vie = vec![V::Declarer {
        cedant: 0,
        sous_seuil: false,
        libre: false,
    }];
    vie.extend((0..4).map(|_| V::SuivreDepart(0)));
    vie.extend((0..5).map(|_| V::Suivre(0)));
    vie.push(V::Declarer {
        cedant: 1,
        sous_seuil: false,
        libre: false,
    });
    vie.extend((0..4).map(|_| V::SuivreDepart(1)));
    vie.extend((0..4).map(|_| V::Suivre(1)));
    vie.push(V::DeposerDerogation(2));
    vie.extend((0..4).map(|_| V::Suivre(2)));
    vie.extend([V::Avancer(200), V::Caducites, V::Avancer(700), V::Caducites]);
    for evenement in &vie {
        let arrive = monde.vivre(evenement).expect("no fault");
        assert!(arrive, "{evenement:?} was refused");
        monde.verifier().expect("REG-2 and REG-14 hold");
    }
    let atteints = monde.atteints();
    assert_eq!(atteints[0], EtatDemande::Installee);
    assert_eq!(atteints[1], EtatDemande::Caduque);
    assert_eq!(atteints.len(), 3);
}

/// REG-12: nobody is designated in the two years; the charter attributes the place, and its winner installs.
#[test]
fn une_place_sans_successeur_est_attribuee_puis_pourvue() {
    use Evenement as V;
    let mut monde = Monde::new();
    let mut vie = vec![
        V::Declarer {
            cedant: 0,
            sous_seuil: false,
            libre: false,
        },
        V::Confirmer(0),
        V::Charte,
        V::Avancer(800),
        V::Caducites,
        // Opened and applied to; then the values, the commission, the director.
        V::SuivreAppel(0),
        V::Avancer(60),
    ];
    vie.extend((0..3).map(|_| V::SuivreAppel(0)));
    vie.push(V::SuivreDepart(0));
    vie.extend((0..5).map(|_| V::Suivre(0)));
    for evenement in &vie {
        let arrive = monde.vivre(evenement).expect("no fault");
        assert!(arrive, "{evenement:?} was refused");
        monde.verifier().expect("REG-2 and REG-14 hold");
    }
    assert_eq!(monde.atteints(), [EtatDemande::Installee]);
}

/// REG-17: a grant on a condition is met, then installed; another one is not, and its place is free again.
#[test]
fn un_accord_sous_reserve_se_leve_ou_defaille_et_le_livre_tombe_juste() {
    use Evenement as V;
    for remplie in [true, false] {
        let mut monde = Monde::new();
        let mut vie = vec![V::Declarer {
            cedant: 0,
            sous_seuil: false,
            libre: false,
        }];
        vie.extend((0..4).map(|_| V::SuivreDepart(0)));
        vie.extend([V::Suivre(0), V::SousReserve(0), V::Decider(0), V::Suivre(0)]);
        match remplie {
            true => vie.extend([V::Suivre(0), V::Suivre(0)]),
            false => vie.extend([V::Avancer(61), V::Caducites, V::SuivreDepart(0)]),
        }
        for evenement in &vie {
            let arrive = monde.vivre(evenement).expect("no fault");
            assert!(arrive, "{remplie}, {evenement:?} was refused");
            monde.verifier().expect("REG-2 and REG-14 hold");
        }
        let attendu = match remplie {
            true => EtatDemande::Installee,
            false => EtatDemande::Caduque,
        };
        assert_eq!(monde.atteints(), [attendu]);
    }
}

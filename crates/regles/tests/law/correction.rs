//! What a correction changes.

use regles::correction::{Correction, Donnee, ecarts, liste};

#[test]
fn seul_ce_qui_change_est_un_ecart() {
    let ecarts = ecarts([
        (Donnee::Nom, "Martin".into(), "Martine".into()),
        (Donnee::Prenom, "Léa".into(), "Léa".into()),
        (Donnee::Actes, String::new(), "1430".into()),
    ]);
    assert_eq!(liste(&ecarts), "nom, actes des douze mois");
    assert!(!ecarts[0].donnee.pese() && ecarts[1].donnee.pese());
}

#[test]
fn une_correction_se_relit() {
    let correction = Correction {
        motif: "Faute de frappe".into(),
        corrections: ecarts([(Donnee::Nom, "a".into(), "b".into())]),
        reevaluation: None,
    };
    let json = serde_json::to_string(&correction).expect("writes");
    assert_eq!(
        serde_json::from_str::<Correction>(&json).expect("reads"),
        correction
    );
}

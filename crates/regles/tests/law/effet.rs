//! PRO-3, REG-17: the day a grant takes effect, by what it waits for.

use chrono::NaiveDate;
use regles::effet::{effet, toutes_venues};
use regles::generales::{attendre_les_pieces, nommees};
use regles::piece::NaturePiece as N;

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("a date")
}

#[test]
fn pro_3_un_accord_prend_effet_quand_tout_ce_qu_il_attend_est_la() {
    let signe = Some(d("2027-03-01"));
    let jour = |le: &str| Some(d(le));
    for (attendus, attendu) in [
        (vec![], signe),
        (vec![jour("2027-03-10")], jour("2027-03-10")),
        (vec![jour("2027-02-10")], signe),
        (vec![None], None),
        (vec![jour("2027-03-10"), None], None),
        (vec![None, jour("2027-03-10")], None),
        (
            vec![jour("2027-04-02"), jour("2027-03-10")],
            jour("2027-04-02"),
        ),
    ] {
        assert_eq!(effet(signe, &attendus), attendu, "{attendus:?}");
        assert_eq!(effet(None, &attendus), None, "not signed");
    }
}

#[test]
fn pro_3_les_pieces_attendues_se_nomment_et_viennent_toutes() {
    let attendues = [N::JustificatifLocal, N::Assurance];
    assert!(toutes_venues(&[], &[]));
    assert!(!toutes_venues(&attendues, &[N::Assurance]));
    assert!(toutes_venues(
        &attendues,
        &[N::Assurance, N::Diplome, N::JustificatifLocal]
    ));
    assert_eq!(nommees(&[]), "");
    let une = nommees(&attendues[..1]);
    let deux = nommees(&attendues);
    assert!(deux.starts_with(&une) && deux.contains(" et "), "{deux}");
    assert!(attendre_les_pieces(&attendues).contains(&deux));
}

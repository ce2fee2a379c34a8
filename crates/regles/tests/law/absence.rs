//! One substitute a day, chains that end with somebody who is there, circles that end with nobody.

use chrono::NaiveDate;
use regles::absence::{Absence, couvre, remplacant, remplaces};
use regles::droits::Role;
use regles::geste::declarer_absence as declarer;
use regles::refus::Refus;

const A: i64 = 1;
const B: i64 = 2;
const C: i64 = 3;

/// What a refusal says, with ordinary spaces.
fn phrase(refus: &Refus) -> String {
    refus.phrase().replace('\u{a0}', " ")
}

fn jour(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, n).expect("a day")
}

fn absence(absent: i64, remplacant: Option<i64>, du: u32, au: u32) -> Absence {
    Absence {
        absent,
        remplacant,
        du: jour(du),
        au: jour(au),
    }
}

#[test]
fn une_chaine_finit_par_qui_est_la() {
    let deux = [absence(A, Some(B), 1, 10), absence(B, Some(C), 5, 10)];
    assert_eq!(remplacant(&deux, A, jour(4)), Some(B));
    assert_eq!(remplacant(&deux, A, jour(5)), Some(C));
    assert_eq!(remplacant(&deux, A, jour(11)), None, "she is back");
    assert_eq!(remplaces(&deux, C, jour(5)), [A, B]);
    assert_eq!(remplaces(&deux, B, jour(5)), [] as [i64; 0]);
    assert_eq!(remplaces(&deux, B, jour(4)), [A]);
}

#[test]
fn un_cercle_ou_une_chaine_sans_fin_ne_mene_a_personne() {
    let cercle = [absence(A, Some(B), 1, 10), absence(B, Some(A), 1, 10)];
    assert_eq!(remplacant(&cercle, A, jour(3)), None);
    let rompue = [absence(A, Some(B), 1, 10), absence(B, None, 1, 10)];
    assert_eq!(remplacant(&rompue, A, jour(3)), None);
    let de_biais = [
        absence(A, Some(B), 1, 10),
        absence(B, Some(C), 1, 10),
        absence(C, Some(B), 1, 10),
    ];
    assert_eq!(remplacant(&de_biais, A, jour(3)), None);
}

#[test]
fn une_personne_a_un_seul_remplacement_par_jour() {
    let deja = [absence(A, Some(B), 5, 10)];
    let essai = |du, au| declarer(&deja, absence(A, Some(C), du, au));
    assert!(essai(1, 4).is_ok() && essai(11, 12).is_ok());
    for (du, au) in [(1, 5), (10, 12), (6, 7), (1, 20)] {
        let refus = essai(du, au).expect_err("both on one day");
        assert_eq!(refus.code(), "absence_deja");
        assert!(phrase(&refus).contains("5 mars 2027"), "{refus}");
    }
}

#[test]
fn qui_remplace_est_la_ou_quelqu_un_la_remplace() {
    let b_absente = [absence(B, None, 5, 6)];
    let refus = declarer(&b_absente, absence(A, Some(B), 1, 10)).expect_err("nobody on the fifth");
    assert!(phrase(&refus).contains("5 mars 2027"), "{refus}");
    assert!(declarer(&b_absente, absence(A, Some(B), 1, 4)).is_ok());
    let c_la = [absence(B, Some(C), 5, 6)];
    assert!(declarer(&c_la, absence(A, Some(B), 1, 10)).is_ok());
    // In a circle, nobody is there.
    let a_remplace_b = [absence(B, Some(A), 5, 6)];
    assert!(declarer(&a_remplace_b, absence(A, Some(B), 1, 10)).is_err());
}

#[test]
fn qui_remplace_a_au_moins_les_memes_droits() {
    use Role::{Instructeur, Responsable, Signataire};
    assert!(couvre(&[Instructeur], &[Instructeur]));
    assert!(couvre(&[Responsable], &[Instructeur]));
    assert!(!couvre(&[Instructeur], &[Responsable]));
    assert!(!couvre(&[Signataire], &[Instructeur]));
    assert!(!couvre(&[Instructeur], &[Instructeur, Signataire]));
    assert!(couvre(
        &[Responsable, Signataire],
        &[Instructeur, Signataire]
    ));
}

//! The token of a form: bound to the session, and sealed with the account that the form was shown to.
//!
//! `{session}`, or `{session}.{account}.{day}.{seal}` for somebody logged in. Only the first part lets a write
//! through. The seal outlives the session: it says in whose drafts to put what is sent too late.

use chrono::{Days, NaiveDate};

use crate::secret;

/// A seal is worth this many days: a form left open longer is nobody's.
const JOURS: u64 = 7;

/// The token of a form.
pub fn jeton(cle: &str, ancre: &str, compte: Option<i64>, jour: NaiveDate) -> String {
    let session = secret::signer(cle, "csrf", ancre);
    match compte {
        None => session,
        Some(compte) => format!("{session}.{compte}.{jour}.{}", sceau(cle, compte, jour)),
    }
}

/// Whether a token was made for this session.
pub fn est_de_la_session(cle: &str, ancre: &str, jeton: &str) -> bool {
    let recu = jeton.split('.').next().unwrap_or_default();
    secret::egaux(&secret::signer(cle, "csrf", ancre), recu)
}

/// The account that a form was shown to, whatever became of its session.
pub fn compte(cle: &str, jeton: &str, aujourd_hui: NaiveDate) -> Option<i64> {
    let mut parties = jeton.split('.').skip(1);
    let compte: i64 = parties.next()?.parse().ok()?;
    let jour: NaiveDate = parties.next()?.parse().ok()?;
    let recu = parties.next()?;
    let encore = jour.checked_add_days(Days::new(JOURS))? >= aujourd_hui;
    (encore && secret::egaux(&sceau(cle, compte, jour), recu)).then_some(compte)
}

fn sceau(cle: &str, compte: i64, jour: NaiveDate) -> String {
    secret::signer(cle, "compte", &format!("{compte}.{jour}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_sceau_dit_le_compte_et_ne_se_contrefait_pas() {
        let jour = NaiveDate::from_ymd_opt(2026, 1, 15).unwrap();
        let plus_tard = |n| jour.checked_add_days(Days::new(n)).unwrap();
        let jeton = super::jeton("secret", "session", Some(42), jour);
        assert!(est_de_la_session("secret", "session", &jeton));
        assert!(!est_de_la_session("secret", "autre", &jeton));
        assert_eq!(compte("secret", &jeton, jour), Some(42));
        assert_eq!(compte("secret", &jeton, plus_tard(7)), Some(42));
        assert_eq!(compte("secret", &jeton, plus_tard(8)), None);
        assert_eq!(compte("secret", &jeton.replace(".42.", ".43."), jour), None);
        assert_eq!(compte("autre", &jeton, jour), None);
        assert_eq!(compte("secret", "x.42.2026-01-15", jour), None);
        let anonyme = super::jeton("secret", "visiteur", None, jour);
        assert_eq!(compte("secret", &anonyme, jour), None);
    }
}

//! The token of a form: bound to the session, and sealed with the account that the form was shown to.
//!
//! `{session}`, or `{session}.{account}.{seconds}.{seal}` for somebody logged in. Only the first part lets a write
//! through. The seal outlives the session: it says in whose drafts to put what is sent too late.

use chrono::{DateTime, Days, NaiveDateTime};

use crate::secret;

/// A seal is worth this many days: a form left open longer is nobody's.
const JOURS: u64 = 7;

/// The form that a seal was put on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scelle {
    /// The account that it was shown to.
    pub compte: i64,
    /// When.
    pub montre_le: NaiveDateTime,
}

/// The token of a form shown now.
pub fn jeton(cle: &str, ancre: &str, compte: Option<i64>, maintenant: NaiveDateTime) -> String {
    let session = secret::signer(cle, "csrf", ancre);
    match compte {
        None => session,
        Some(compte) => {
            let instant = maintenant.and_utc().timestamp();
            format!(
                "{session}.{compte}.{instant}.{}",
                sceau(cle, compte, instant)
            )
        }
    }
}

/// Whether a token was made for this session.
pub fn est_de_la_session(cle: &str, ancre: &str, jeton: &str) -> bool {
    let recu = jeton.split('.').next().unwrap_or_default();
    secret::egaux(&secret::signer(cle, "csrf", ancre), recu)
}

/// To whom a form was shown, whatever became of the session.
pub fn lire(cle: &str, jeton: &str, maintenant: NaiveDateTime) -> Option<Scelle> {
    let mut parties = jeton.split('.').skip(1);
    let compte: i64 = parties.next()?.parse().ok()?;
    let instant: i64 = parties.next()?.parse().ok()?;
    let recu = parties.next()?;
    let montre_le = DateTime::from_timestamp(instant, 0)?.naive_utc();
    let encore = montre_le.checked_add_days(Days::new(JOURS))? >= maintenant;
    (encore && secret::egaux(&sceau(cle, compte, instant), recu))
        .then_some(Scelle { compte, montre_le })
}

fn sceau(cle: &str, compte: i64, instant: i64) -> String {
    secret::signer(cle, "compte", &format!("{compte}.{instant}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn un_sceau_dit_le_compte_et_ne_se_contrefait_pas() {
        let montre_le = NaiveDate::from_ymd_opt(2026, 1, 15)
            .unwrap()
            .and_hms_opt(10, 0, 7)
            .unwrap();
        let plus_tard = |n| montre_le.checked_add_days(Days::new(n)).unwrap();
        let jeton = super::jeton("secret", "session", Some(42), montre_le);
        assert!(est_de_la_session("secret", "session", &jeton));
        assert!(!est_de_la_session("secret", "autre", &jeton));
        let scelle = Scelle {
            compte: 42,
            montre_le,
        };
        assert_eq!(lire("secret", &jeton, montre_le), Some(scelle));
        assert_eq!(lire("secret", &jeton, plus_tard(7)), Some(scelle));
        assert_eq!(lire("secret", &jeton, plus_tard(8)), None);
        assert_eq!(
            lire("secret", &jeton.replace(".42.", ".43."), montre_le),
            None
        );
        assert_eq!(lire("autre", &jeton, montre_le), None);
        assert_eq!(lire("secret", "x.42.1768471207", montre_le), None);
        let anonyme = super::jeton("secret", "visiteur", None, montre_le);
        assert_eq!(lire("secret", &anonyme, montre_le), None);
    }
}

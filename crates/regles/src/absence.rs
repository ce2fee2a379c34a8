//! Who stands in for an agent who is away, and who may.

use chrono::NaiveDate;

use crate::droits::Role;

/// An absence: who, from when to when, who stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    /// Who is away.
    pub absent: i64,
    /// Who stands in, if anybody.
    pub remplacant: Option<i64>,
    /// First day.
    pub du: NaiveDate,
    /// Last day.
    pub au: NaiveDate,
}

impl Absence {
    /// Whether it is of this day.
    pub fn vaut(&self, jour: NaiveDate) -> bool {
        self.du <= jour && jour <= self.au
    }
}

/// Who stands in for somebody on a day: the end of the chain when the substitute is away too; nobody when it ends with nobody,
/// or comes back to somebody already met.
pub fn remplacant(absences: &[Absence], absent: i64, jour: NaiveDate) -> Option<i64> {
    let mut rencontres = vec![absent];
    let mut dernier = absent;
    loop {
        match absences
            .iter()
            .find(|a| a.absent == dernier && a.vaut(jour))
        {
            None => return (dernier != absent).then_some(dernier),
            Some(a) => {
                let suivant = a.remplacant.filter(|r| !rencontres.contains(r))?;
                rencontres.push(suivant);
                dernier = suivant;
            }
        }
    }
}

/// Those for whom somebody stands in on a day, in the order of the absences.
pub fn remplaces(absences: &[Absence], par: i64, jour: NaiveDate) -> Vec<i64> {
    let du_jour = absences.iter().filter(|a| a.vaut(jour));
    du_jour
        .map(|a| a.absent)
        .filter(|absent| remplacant(absences, *absent, jour) == Some(par))
        .collect()
}

/// Whether who holds these roles has at least the rights of who holds those.
pub fn couvre(remplacant: &[Role], absent: &[Role]) -> bool {
    absent.iter().all(|role| {
        remplacant.contains(role)
            || (*role == Role::Instructeur && remplacant.contains(&Role::Responsable))
    })
}

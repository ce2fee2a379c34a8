//! Who stands in for an agent who is away, and who may.

use chrono::NaiveDate;

use crate::droits::Role;
use crate::refus::Refus;
use crate::texte;

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
    fn vaut(&self, jour: NaiveDate) -> bool {
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

/// Whether an absence may be declared beside the others: one at a time for a person, and a substitute who is there, or whose
/// own substitute is, every day of it.
///
/// # Errors
/// A refusal that says which days stand in the way.
pub fn declarer(absences: &[Absence], nouvelle: Absence) -> Result<(), Refus> {
    let deja = absences
        .iter()
        .find(|a| a.absent == nouvelle.absent && a.du <= nouvelle.au && nouvelle.du <= a.au);
    if let Some(deja) = deja {
        return Err(Refus::dit(
            "absence_deja",
            format!(
                "Une absence est déjà déclarée du {} au {} : une personne a un seul remplacement par jour. Supprimez-la, ou choisissez d’autres jours.",
                texte::date_fr(deja.du),
                texte::date_fr(deja.au)
            ),
        ));
    }
    if nouvelle.remplacant.is_none() {
        return Ok(());
    }
    let mut toutes = absences.to_vec();
    toutes.push(nouvelle);
    // Who stands in for whom only changes where an absence begins, or the day after one ends.
    let bornes = absences.iter().flat_map(|a| [Some(a.du), a.au.succ_opt()]);
    let sans = bornes
        .flatten()
        .chain([nouvelle.du])
        .filter(|jour| nouvelle.vaut(*jour))
        .filter(|jour| remplacant(&toutes, nouvelle.absent, *jour).is_none())
        .min();
    match sans {
        None => Ok(()),
        Some(jour) => Err(Refus::dit(
            "remplacant_absent",
            format!(
                "Le {}, cette personne est absente aussi, et personne d’autre n’assure son remplacement : choisissez quelqu’un d’autre, ou deux périodes.",
                texte::date_fr(jour)
            ),
        )),
    }
}

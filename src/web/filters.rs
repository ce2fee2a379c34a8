//! The askama filters: `{{ date|date_fr }}`. A module that derives a template using them imports this one under
//! the name `filters`.

use std::fmt::Display;

use askama::filters::HtmlSafeOutput;
use askama::{Result, Values};
use chrono::{NaiveDate, NaiveDateTime};
use regles::texte;

use crate::clock::jour_a_paris;

/// A date, or a reference to one at any depth: loops and `if let` in a template add references.
pub trait Jour {
    fn jour(&self) -> NaiveDate;
}

impl Jour for NaiveDate {
    fn jour(&self) -> NaiveDate {
        *self
    }
}

impl<T: Jour + ?Sized> Jour for &T {
    fn jour(&self) -> NaiveDate {
        (**self).jour()
    }
}

/// An instant in UTC, or a reference to one.
pub trait Instant {
    fn instant(&self) -> NaiveDateTime;
}

impl Instant for NaiveDateTime {
    fn instant(&self) -> NaiveDateTime {
        *self
    }
}

impl<T: Instant + ?Sized> Instant for &T {
    fn instant(&self) -> NaiveDateTime {
        (**self).instant()
    }
}

/// A whole number of any width, or a reference to one.
pub trait Entier {
    fn entier(&self) -> i64;
}

/// What exceeds the range is shown as its end: no count of ours comes near.
macro_rules! entiers {
    ($($t:ty),+) => {$(
        impl Entier for $t {
            fn entier(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )+};
}
entiers!(i32, i64, u8, u16, u32, u64, usize);

impl<T: Entier + ?Sized> Entier for &T {
    fn entier(&self) -> i64 {
        (**self).entier()
    }
}

/// «12 mars 2026».
#[askama::filter_fn]
pub fn date_fr(date: impl Jour, _: &dyn Values) -> Result<String> {
    Ok(texte::date_fr(date.jour()))
}

/// «jeudi 12 mars 2026».
#[askama::filter_fn]
pub fn date_longue(date: impl Jour, _: &dyn Values) -> Result<String> {
    Ok(texte::date_longue(date.jour()))
}

/// «12/03/2026».
#[askama::filter_fn]
pub fn date_courte(date: impl Jour, _: &dyn Values) -> Result<String> {
    Ok(texte::date_courte(date.jour()))
}

/// «2026-03-12», for `datetime` attributes.
#[askama::filter_fn]
pub fn date_iso(date: impl Jour, _: &dyn Values) -> Result<String> {
    Ok(date.jour().to_string())
}

/// «12 mars 2026 à 14 h 30, heure de Paris», of an instant in UTC.
#[askama::filter_fn]
pub fn datetime_fr(instant: impl Instant, _: &dyn Values) -> Result<String> {
    Ok(texte::datetime_fr(instant.instant()))
}

/// «12/03/2026», the day in Paris of an instant in UTC.
#[askama::filter_fn]
pub fn jour_court(instant: impl Instant, _: &dyn Values) -> Result<String> {
    Ok(texte::date_courte(jour_a_paris(instant.instant())))
}

/// «14 h 30», in Paris, of an instant in UTC.
#[askama::filter_fn]
pub fn heure_fr(instant: impl Instant, _: &dyn Values) -> Result<String> {
    Ok(texte::heure_fr(texte::heure_de_paris(instant.instant())))
}

/// «7 200,00 €», of cents.
#[askama::filter_fn]
pub fn montant(centimes: impl Entier, _: &dyn Values) -> Result<String> {
    Ok(texte::montant(centimes.entier()))
}

/// «34 922».
#[askama::filter_fn]
pub fn nombre(valeur: impl Entier, _: &dyn Values) -> Result<String> {
    Ok(texte::nombre(valeur.entier()))
}

/// «2 pièces»: `{{ n|pluriel("pièce", "pièces") }}`.
#[askama::filter_fn]
pub fn pluriel(n: impl Entier, _: &dyn Values, singulier: &str, pluriel: &str) -> Result<String> {
    Ok(texte::pluriel(n.entier(), singulier, pluriel))
}

/// «1,4 Mo», of bytes.
#[askama::filter_fn]
pub fn taille(octets: impl Entier, _: &dyn Values) -> Result<String> {
    Ok(texte::taille(octets.entier().unsigned_abs()))
}

/// Non-breaking spaces where French wants them, file numbers and rule identifiers in one piece; for sentences of
/// ours, never for what a user typed in a field, nor inside an attribute.
#[askama::filter_fn]
pub fn typo(texte: impl Display, _: &dyn Values) -> Result<HtmlSafeOutput<String>> {
    Ok(composer(&texte.to_string()))
}

/// What [`typo`] writes: «131-2026-000042» and «REG-9» are kept on one line by the stylesheet, since a non-breaking
/// hyphen would be copied with them.
pub fn composer(texte: &str) -> HtmlSafeOutput<String> {
    let texte = texte::insecables(texte);
    let mut html = String::with_capacity(texte.len() + 32);
    let mut reste = texte.as_str();
    while !reste.is_empty() {
        let fin = reste
            .find(|c: char| !c.is_alphanumeric() && c != '-')
            .unwrap_or(reste.len());
        let (mot, suite) = reste.split_at(fin);
        if est_un_numero(mot) {
            html.push_str("<span class=\"insecable\">");
            html.push_str(mot);
            html.push_str("</span>");
        } else {
            html.push_str(mot);
        }
        let mut lettres = suite.chars();
        match lettres.next() {
            Some('&') => html.push_str("&amp;"),
            Some('<') => html.push_str("&lt;"),
            Some('>') => html.push_str("&gt;"),
            Some('"') => html.push_str("&#34;"),
            Some('\'') => html.push_str("&#39;"),
            Some(autre) => html.push(autre),
            None => {}
        }
        reste = lettres.as_str();
    }
    HtmlSafeOutput(html)
}

/// Capitals and digits joined by hyphens, with a digit: «131-2026-000042», «REG-9», «L311-3-1».
fn est_un_numero(mot: &str) -> bool {
    let partie = |p: &str| {
        !p.is_empty()
            && p.chars()
                .all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
    };
    mot.contains('-') && mot.split('-').all(partie) && mot.contains(|c: char| c.is_ascii_digit())
}

//! The icons: sixteen pixels, one line, drawn in the colour of the text, always beside a word.

use regles::evenement::Signe;

use std::fmt;

/// An icon of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icone {
    /// To do.
    Cercle,
    /// In progress.
    DemiCercle,
    /// Done, holds.
    Coche,
    /// Late, or wrong.
    Alerte,
    /// Closed, or does not apply.
    Tiret,
    /// Does not hold.
    Croix,
    /// A column that may sort.
    Trier,
    /// The smallest first.
    Monte,
    /// The largest first.
    Descend,
    /// Unknown.
    Question,
    /// Worth knowing.
    Information,
    /// A departure.
    Depart,
    /// An arrival.
    Arrivee,
    /// A date.
    Calendrier,
    /// A document.
    Fichier,
    /// Search.
    Loupe,
    /// Download.
    Telecharger,
    /// A mail.
    Enveloppe,
    /// A person.
    Personne,
    /// A decision.
    Decision,
    /// More.
    Chevron,
}

impl From<Signe> for Icone {
    fn from(signe: Signe) -> Icone {
        match signe {
            Signe::Arrivee => Icone::Arrivee,
            Signe::Calendrier => Icone::Calendrier,
            Signe::Cercle => Icone::Cercle,
            Signe::Decision => Icone::Decision,
            Signe::Depart => Icone::Depart,
            Signe::Enveloppe => Icone::Enveloppe,
            Signe::Fichier => Icone::Fichier,
            Signe::Personne => Icone::Personne,
        }
    }
}

impl Icone {
    fn trace(self) -> &'static str {
        match self {
            Self::Cercle => r#"<circle cx="8" cy="8" r="6"/>"#,
            Self::DemiCercle => {
                r#"<circle cx="8" cy="8" r="6"/><path d="M8 4.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" stroke="none"/>"#
            }
            Self::Coche => r#"<circle cx="8" cy="8" r="6"/><path d="m5.4 8.2 1.9 1.9 3.4-3.8"/>"#,
            Self::Alerte => r#"<path d="M8 2.2 14.4 13.4H1.6z"/><path d="M8 6.4v3.2M8 11.3v.4"/>"#,
            Self::Tiret => r#"<circle cx="8" cy="8" r="6"/><path d="M5.5 8h5"/>"#,
            Self::Croix => {
                r#"<circle cx="8" cy="8" r="6"/><path d="m5.9 5.9 4.2 4.2M10.1 5.9l-4.2 4.2"/>"#
            }
            Self::Trier => r#"<path d="m5 6.5 3-3 3 3M5 9.5l3 3 3-3"/>"#,
            Self::Monte => r#"<path d="m4 10 4-4 4 4"/>"#,
            Self::Descend => r#"<path d="m4 6 4 4 4-4"/>"#,
            Self::Question => {
                r#"<circle cx="8" cy="8" r="6"/><path d="M6.3 6.4a1.7 1.7 0 1 1 2.5 1.5c-.5.3-.8.6-.8 1.2M8 11v.3"/>"#
            }
            Self::Information => r#"<circle cx="8" cy="8" r="6"/><path d="M8 7.4v3.4M8 4.9v.4"/>"#,
            Self::Depart => r#"<path d="M6.5 2.5h-4v11h4M6 8h7.5M10.5 5l3 3-3 3"/>"#,
            Self::Arrivee => r#"<path d="M9.5 2.5h4v11h-4M2.5 8H10M7 5l3 3-3 3"/>"#,
            Self::Calendrier => r#"<path d="M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.2v3M10.5 2.2v3"/>"#,
            Self::Fichier => r#"<path d="M3.5 1.8h6l3 3v9.4h-9zM9.3 2v3h3M6 8.3h4M6 10.8h4"/>"#,
            Self::Loupe => r#"<circle cx="7" cy="7" r="4.5"/><path d="m10.4 10.4 3.4 3.4"/>"#,
            Self::Telecharger => r#"<path d="M8 2v7.5M5 6.8l3 3 3-3M2.5 13.5h11"/>"#,
            Self::Enveloppe => r#"<path d="M2 3.5h12v9H2zM2.3 4 8 8.7 13.7 4"/>"#,
            Self::Personne => {
                r#"<circle cx="8" cy="5.2" r="2.9"/><path d="M2.6 14a5.4 5.4 0 0 1 10.8 0"/>"#
            }
            Self::Decision => {
                r#"<path d="M2.5 13.8h7M4.2 6.6l3.4 3.4M6.4 3.6l4.2 4.2M5 7.4l2.6-2.6 2.8 2.8-2.6 2.6zM9 8.2l4.6 4.4"/>"#
            }
            Self::Chevron => r#"<path d="m6 3.5 4.5 4.5L6 12.5"/>"#,
        }
    }
}

impl fmt::Display for Icone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            r#"<svg class="icone" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>"#,
            self.trace()
        )
    }
}

super::composant!(Icone);

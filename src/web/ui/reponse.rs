//! What was answered in a field, where it is shown again: in words, or hidden.

use regles::dates_fr;
use regles::texte::{date_fr, nombre};

use super::{Champ, Choix, Controle};

impl Champ {
    /// What was answered, in words: what was chosen, the number with its unit.
    pub fn repondu(&self) -> String {
        let choisi = |choix: &[Choix]| {
            let trouve = choix.iter().find(|c| c.valeur == self.valeur);
            trouve.map_or_else(|| self.valeur.clone(), |c| c.libelle.clone())
        };
        let dit = match (&self.controle, self.unite) {
            (Controle::Commune { choisie, .. }, _) => {
                choisie.as_ref().map_or_else(String::new, |c| c.nom.clone())
            }
            (Controle::Liste(choix) | Controle::Radios(choix), _) => choisi(choix),
            (Controle::Date, _) => {
                dates_fr::lire(&self.valeur).map_or_else(|_| self.valeur.clone(), date_fr)
            }
            (Controle::Nombre, Some(unite)) if !self.valeur.is_empty() => {
                format!(
                    "{} {unite}",
                    self.valeur
                        .parse()
                        .map_or_else(|_| self.valeur.clone(), nombre)
                )
            }
            _ => self.valeur.clone(),
        };
        match dit.is_empty() {
            true => "non renseigné".to_owned(),
            false => dit,
        }
    }

    /// The same field, hidden: of a commune, the one chosen.
    pub fn en_cache(&self) -> Self {
        let valeur = match &self.controle {
            Controle::Commune { choisie, .. } => choisie.as_ref().map_or("", |c| &c.insee),
            _ => &self.valeur,
        };
        Self::cache(&self.nom, valeur)
    }
}

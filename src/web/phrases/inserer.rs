//! The sentences of the caisse beside the field that they fill: a link that fills it, without a script too.

use askama::Template;
use regles::phrase::{Emploi, Faits, remplir};

use crate::actions::ActionError;
use crate::actions::phrase as actes;
use crate::db::phrase::{self, Phrase};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::ui::composant;
use crate::web::visite::Visite;

/// A sentence to take.
#[derive(Debug, Clone)]
struct Proposee {
    id: i64,
    titre: String,
    /// Filled by the file.
    texte: String,
    url: String,
    /// The key that takes it.
    touche: Option<usize>,
}

/// `{{ phrases }}`, just before its field.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "phrases/inserer.html")]
pub struct Inserer {
    /// Identifier of the field.
    cible: String,
    phrases: Vec<Proposee>,
}

composant!(Inserer);

impl Inserer {
    /// Those of one use, filled by a file and by what the page knows besides, for the field of this name on the page of this
    /// address.
    ///
    /// # Errors
    /// Out of scope, or the database does not answer.
    pub async fn lire(
        visite: &Visite,
        emploi: Emploi,
        numero: Option<&str>,
        plus: Faits,
        (champ, page): (&str, &str),
    ) -> Result<Inserer, WebError> {
        let Some(caisse) = visite.qui()?.caisse_code.clone() else {
            return Ok(Inserer::default());
        };
        let (scope, reglement) = (visite.qui()?.scope(), visite.etat.reglement());
        let numero = numero.map(str::to_owned);
        let (phrases, mut faits) = visite
            .read(move |conn| {
                let phrases = phrase::de_caisse(conn, &caisse, Some(emploi))?;
                let faits = match numero {
                    Some(n) if !phrases.is_empty() => actes::faits(conn, &reglement, &scope, &n)?,
                    _ => Faits::new(),
                };
                Ok::<_, ActionError>((phrases, faits))
            })
            .await?;
        faits.extend(plus);
        let (page, ancre) = page.split_once('#').unwrap_or((page, ""));
        let lien = if page.contains('?') { '&' } else { '?' };
        let ancre = match ancre {
            "" => String::new(),
            ancre => format!("#{ancre}"),
        };
        let proposee = |p: Phrase| Proposee {
            id: p.id,
            texte: remplir(&p.texte, &faits),
            url: visite.garder(&format!("{page}{lien}phrase={}{ancre}", p.id)),
            titre: p.titre,
            touche: None,
        };
        Ok(Inserer {
            cible: format!("champ-{champ}"),
            phrases: phrases.into_iter().map(proposee).collect(),
        })
    }

    /// With the keys 1 to 9, on a page that has keys.
    pub fn touches(mut self) -> Inserer {
        for (rang, phrase) in self.phrases.iter_mut().take(9).enumerate() {
            phrase.touche = Some(rang + 1);
        }
        self
    }

    /// The words of the sentence that the address takes.
    pub fn choisie(&self, visite: &Visite) -> Option<String> {
        let phrase = self.phrases.iter().find(|p| Some(p.id) == visite.phrase)?;
        Some(phrase.texte.clone())
    }

    /// What the field holds, then the sentence that the address takes, as the script does.
    pub fn apres(&self, visite: &Visite, valeur: String) -> String {
        let Some(phrase) = self.choisie(visite) else {
            return valeur;
        };
        match valeur.trim_end() {
            "" => phrase,
            avant => format!("{avant}\n{phrase}"),
        }
    }
}

//! `/regles`: what each rule says, what founds it, and its values by date (EXP-4). For everybody: a rule that is applied to
//! someone can be read.

use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDate;
use regles::enonce::{self, Enonce};
use regles::fondement;
use regles::reglement::Reglement;
use regles::texte;

use super::erreur::WebError;
use super::filters;
use super::page::{Largeur, Page};
use super::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "reglement/liste.html")]
struct ListePage {
    page: Page,
    regles: &'static [Enonce],
}

/// A value, and since when.
struct Valeur {
    valeur: String,
    periode: String,
    fondement: String,
}

/// A parameter of the rule, with its values from the latest to the first.
struct Parametre {
    libelle: String,
    valeurs: Vec<Valeur>,
}

#[derive(Template)]
#[template(path = "reglement/regle.html")]
struct ReglePage {
    page: Page,
    enonce: &'static Enonce,
    fondement: String,
    parametres: Vec<Parametre>,
}

/// `GET /regles`
///
/// # Errors
/// The rules do not read.
pub async fn liste(visite: Visite) -> Reponse {
    let page = visite
        .page("Les règles")
        .chapeau("Ce que dit chaque règle que Relève applique, le texte qui la fonde, et ses valeurs à chaque date.")
        .largeur(Largeur::Dossier);
    visite.rendre(&ListePage {
        page,
        regles: enonce::tous().map_err(WebError::interne)?,
    })
}

/// `GET /regles/{adresse}`
///
/// # Errors
/// [`WebError::Introuvable`] for an unknown address; the rules do not read.
pub async fn regle(visite: Visite, adresse: Path<String>) -> Reponse {
    let enonce = enonce::a_l_adresse(&adresse)
        .map_err(WebError::interne)?
        .ok_or(WebError::Introuvable)?;
    let jour = visite.aujourd_hui();
    let fondement = fondement::de_la_regle(&enonce.regle, jour).map_err(WebError::interne)?;
    let parametres = parametres(&visite.etat.reglement(), enonce, jour)?;
    let page = visite
        .page(enonce.nom.clone())
        .surtitre("Règle")
        .ariane("Les règles", "/regles")
        .largeur(Largeur::Dossier);
    visite.rendre(&ReglePage {
        page,
        enonce,
        fondement: texte::majuscule_initiale(fondement),
        parametres,
    })
}

fn parametres(
    reglement: &Reglement,
    enonce: &Enonce,
    jour: NaiveDate,
) -> Result<Vec<Parametre>, WebError> {
    let mut parametres: Vec<Parametre> = Vec::new();
    let mut derniere = None;
    for p in reglement.tous().filter(|p| p.regle == enonce.regle) {
        if derniere != Some(&p.cle) {
            derniere = Some(&p.cle);
            parametres.push(Parametre {
                libelle: p.libelle.clone(),
                valeurs: Vec::new(),
            });
        }
        let fondement =
            fondement::du_statut(&p.regle, p.statut, p.du).map_err(WebError::interne)?;
        let valeur = Valeur {
            valeur: texte::valeur(&p.valeur, p.unite),
            periode: texte::periode(p.du, p.au, jour),
            fondement: texte::majuscule_initiale(fondement),
        };
        if let Some(parametre) = parametres.last_mut() {
            parametre.valeurs.insert(0, valeur);
        }
    }
    Ok(parametres)
}

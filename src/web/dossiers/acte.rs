//! The page of one act on a file: one subject, what it does, its fields, one button. What was typed is never lost.

use super::mots::{self, Attente};
use crate::actions::ActionError;
use crate::actions::evaluation::EvaluationDemande;
use crate::db::demande::{self, DemandeComplete};
use crate::db::piece;
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::fusion::{self, Sujet};
use crate::web::page::{Largeur, Lien, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{
    Bandeau, Champ, ChampCommune, ErreurResume, Message, Pastille, PourquoiVue, Ton,
};
use crate::web::visite::{Reponse, Visite};
use actix_web::http::StatusCode;
use askama::Template;

/// What an act asks for.
pub struct Formulaire {
    /// Its name: «Demander des pièces».
    pub titre: String,
    /// What it does, said before the fields.
    pub intro: Vec<String>,
    /// The fields, filled with what was typed.
    pub champs: Vec<Champ>,
    /// A commune to search for, and after how many fields it is shown.
    pub commune: Option<(usize, ChampCommune)>,
    /// Last part of the address it is posted to.
    pub verbe: String,
    /// The words of the button.
    pub bouton: &'static str,
    /// Whether it cannot be undone.
    pub danger: bool,
    /// What the rules say, shown beside the fields.
    pub evaluation: Option<(Pastille, PourquoiVue)>,
    /// The last event that the page it was typed in had shown.
    pub vu: Option<i64>,
}

impl Formulaire {
    /// An act with nothing to fill in yet.
    pub fn new(titre: impl Into<String>, verbe: impl Into<String>, bouton: &'static str) -> Self {
        Formulaire {
            titre: titre.into(),
            intro: Vec::new(),
            champs: Vec::new(),
            commune: None,
            verbe: verbe.into(),
            bouton,
            danger: false,
            evaluation: None,
            vu: None,
        }
    }

    /// What was typed, from a page that had shown the file as it was then.
    pub fn saisi(mut self, saisie: &Saisie) -> Self {
        self.vu = fusion::vu(saisie);
        self
    }

    /// Adds a sentence before the fields.
    pub fn intro(mut self, phrase: impl Into<String>) -> Self {
        self.intro.push(phrase.into());
        self
    }

    /// Adds a field.
    pub fn champ(mut self, champ: Champ) -> Self {
        self.champs.push(champ);
        self
    }

    /// Adds the field of a commune, before the fields that follow.
    pub fn commune(mut self, champ: ChampCommune) -> Self {
        self.commune = Some((self.champs.len(), champ));
        self
    }

    /// Marks an act that cannot be undone.
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Shows what the rules say.
    pub fn evaluation(mut self, evaluation: &EvaluationDemande) -> Self {
        self.evaluation = Some((
            super::dossier::pastille_resultat(evaluation.conclusion.resultat),
            crate::web::vues::pourquoi(
                evaluation.conclusion.resultat.libelle(),
                &evaluation.explication,
            ),
        ));
        self
    }
}

#[derive(Template)]
#[template(path = "dossiers/acte.html")]
pub(in crate::web) struct ActePage {
    /// The page.
    pub page: Page,
    /// The status line of the object.
    pub bandeau: Bandeau,
    /// What went wrong; set by [`ActePage::repondre`].
    pub message: Option<Message>,
    /// What others did meanwhile.
    pub changements: Vec<String>,
    /// What is asked for.
    pub formulaire: Formulaire,
    /// Where it is posted to.
    pub url: String,
    /// The version that the page saw, and the last event that it showed.
    pub version: [Champ; 2],
    /// The way back.
    pub retour: Lien,
}

impl ActePage {
    /// Answers with the page; an error is said where it belongs. `objet`: «Ce dossier».
    pub fn repondre(
        mut self,
        visite: &Visite,
        erreur: Option<ActionError>,
        objet: &str,
    ) -> Reponse {
        let (statut, message) = repondre(erreur, &mut self.formulaire, &mut self.page, objet)?;
        self.message = message;
        let commune = self.formulaire.commune.as_ref();
        self.page
            .erreurs
            .extend(commune.and_then(|(_, c)| c.resume()));
        self.page = self.page.erreurs_de(&self.formulaire.champs);
        visite.rendre_avec(&self, statut)
    }
}

/// The address of a file, or of an act on it.
pub fn adresse(numero: &str, verbe: &str) -> String {
    match verbe {
        "" => format!("/dossiers/{numero}"),
        verbe => format!("/dossiers/{numero}/{verbe}"),
    }
}

/// The request of the scope and the documents awaited: what the top of every page of a file needs.
///
/// # Errors
/// [`WebError::Introuvable`] out of scope.
pub async fn charger(
    visite: &Visite,
    numero: &str,
) -> Result<(DemandeComplete, Attente), WebError> {
    let scope = visite.qui()?.scope();
    let numero = numero.to_owned();
    visite
        .read(move |conn| {
            let dossier = demande::complete(conn, &scope, &numero)?;
            let demandees = piece::demandees(conn, dossier.demande.id)?;
            let attente = attente(&demandees);
            Ok::<_, crate::db::DbError>((dossier, attente))
        })
        .await
}

/// How many documents were asked for and received, counting the last time they were asked for.
pub fn attente(demandees: &[piece::PieceDemandee]) -> Attente {
    let compte = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Attente {
        demandees: compte(demandees.len()),
        recues: compte(demandees.iter().filter(|p| p.recue_le.is_some()).count()),
    }
}

/// The status line of a file.
pub fn bandeau(visite: &Visite, dossier: &DemandeComplete, attente: Attente) -> Bandeau {
    let d = &dossier.demande;
    let bandeau = Bandeau::new(
        mots::pastille(d.etat),
        mots::phrase(dossier, attente, visite.aujourd_hui()),
    )
    .detail("À qui d’agir", mots::a_qui(dossier));
    let suivi = dossier
        .suivi_par
        .as_ref()
        .map_or_else(|| "Personne".to_owned(), |(p, n)| format!("{p} {n}"));
    bandeau.detail("Suivi par", suivi)
}

/// Shows the page of an act; with an error, what was typed is still there and the error is beside its field.
///
/// # Errors
/// Out of scope, or an error that is ours.
pub async fn montrer(
    visite: &Visite,
    numero: &str,
    formulaire: Formulaire,
    erreur: Option<ActionError>,
) -> Reponse {
    let (dossier, attente) = charger(visite, numero).await?;
    let d = &dossier.demande;
    let page = visite
        .page(formulaire.titre.clone())
        .surtitre(format!(
            "Dossier {} · {}",
            d.numero,
            dossier.kine.nom_complet()
        ))
        .ariane("Dossiers", "/dossiers")
        .ariane(d.numero.clone(), adresse(numero, ""))
        .rubrique("/dossiers")
        .largeur(Largeur::Lecture);
    let perime = matches!(erreur, Some(ActionError::Perime | ActionError::Refus(_)));
    let vu = formulaire.vu.filter(|_| perime);
    let (changements, dernier) = fusion::changements(visite, Sujet::Demande(d.id), vu).await?;
    ActePage {
        bandeau: bandeau(visite, &dossier, attente),
        message: None,
        changements,
        url: visite.garder(&adresse(numero, &formulaire.verbe)),
        version: [
            Champ::cache("version", d.version.to_string()),
            fusion::champ(dernier),
        ],
        retour: Lien::new(
            "Revenir au dossier sans rien changer",
            visite.garder(&adresse(numero, "")),
        ),
        formulaire,
        page,
    }
    .repondre(visite, erreur, "Ce dossier")
}

fn repondre(
    erreur: Option<ActionError>,
    formulaire: &mut Formulaire,
    page: &mut Page,
    objet: &str,
) -> Result<(StatusCode, Option<Message>), WebError> {
    Ok(match erreur {
        None => (StatusCode::OK, None),
        Some(ActionError::Champ { champ, message }) => {
            let commune = formulaire.commune.as_mut().filter(|(_, c)| c.nom == champ);
            match (
                formulaire.champs.iter_mut().find(|c| c.nom == champ),
                commune,
            ) {
                (Some(trouve), _) => trouve.erreur = Some(message),
                (None, Some((_, trouve))) => trouve.erreur = Some(message),
                (None, None) => page.erreurs.push(ErreurResume::generale(message)),
            }
            (StatusCode::UNPROCESSABLE_ENTITY, None)
        }
        Some(ActionError::Refus(phrase)) => (
            StatusCode::CONFLICT,
            Some(Message::new(Ton::Erreur, phrase)),
        ),
        Some(ActionError::Perime) => (
            StatusCode::CONFLICT,
            Some(Message::new(
                Ton::Erreur,
                format!(
                    "{objet} a changé depuis que vous l’avez ouvert : votre action n’a pas été enregistrée. Ce que vous avez écrit \
                     est conservé ci-dessous. Relisez ce qui a changé, puis recommencez si c’est toujours nécessaire."
                ),
            )),
        ),
        Some(autre) => return Err(autre.into()),
    })
}

/// The version of the file that a form saw.
pub fn version(saisie: &Saisie) -> i32 {
    // A form without its version is one that is too old.
    saisie.texte("version").parse().unwrap_or(0)
}

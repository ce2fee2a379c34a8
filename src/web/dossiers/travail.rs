//! Acts on a case of any nature that concern the CPAM alone: notes, labels, assignment.

use actix_web::web;
use regles::droits::INSTRUCTION;

use super::objet::{Tronc, adresse};
use crate::actions::suivi::{self, Assignee};
use crate::actions::{ActionError, ActionResult};
use crate::db::{WriteTx, file_comptes};
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{self, Essai, Geste, Objet, Ordre, Presentation};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, Taille};
use crate::web::visite::{Reponse, Visite};

/// `POST /dossiers/{numero}/notes`: a note, and any number of colleagues to tell.
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn noter(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
    let texte = saisie.texte("note").to_owned();
    let cle = saisie.texte("cle").to_owned();
    let prevenus: Vec<i64> = saisie
        .tous("prevenir")
        .filter_map(|id| id.parse().ok())
        .collect();
    let resultat = visite
        .write(move |tx| suivi::ecrire_note(tx, &acte, &scope, &n, &texte, &prevenus, &cle))
        .await;
    let refus = match resultat {
        Ok(noms) => {
            let message = match noms.as_slice() {
                [] => "La note est ajoutée.".to_owned(),
                noms => format!(
                    "La note est ajoutée ; un courriel part à : {}.",
                    noms.join(", ")
                ),
            };
            let notes = format!("{}#notes", adresse(&numero, ""));
            return visite.rediriger_avec(&notes, &message);
        }
        Err(refus) => refus,
    };
    let note = Champ::zone("note", "Note", 6)
        .taille(Taille::Long)
        .valeur(saisie.texte("note"));
    let mut champs = vec![note, Champ::cache("cle", saisie.texte("cle"))];
    champs.extend(
        saisie
            .tous("prevenir")
            .map(|id| Champ::cache("prevenir", id)),
    );
    let presentation =
        Presentation::new("Écrire une note interne", "Ajouter la note", champs.into())
            .intro("La note est lue par la caisse seulement.");
    let essai = Essai {
        saisie: Some(&saisie),
        refus: Some(refus),
        ..Essai::default()
    };
    let entete = Tronc::ouvrir(&visite, &numero).await?.entete(&visite);
    let url = adresse(&numero, "notes");
    geste::montrer(&visite, entete, &url, presentation, essai).await
}

/// Putting a label on a file.
#[derive(Formulaire)]
pub struct Etiquette {
    #[champ(libelle = "Étiquette")]
    etiquette: String,
}

impl Geste for Etiquette {
    type Objet = Tronc;
    const VERBE: &'static str = "etiquettes";
    const TITRE: &'static str = "Ajouter une étiquette";
    const BOUTON: &'static str = "Ajouter l’étiquette";

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let posee = suivi::etiqueter(tx, &o.acte, &o.scope, &o.cle, &self.etiquette)?;
        Ok(match posee {
            true => "L’étiquette est posée.",
            false => "Cette étiquette était déjà sur le dossier.",
        }
        .to_owned())
    }
}

/// `POST /dossiers/{numero}/etiquettes/{id}/retirer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn retirer(visite: Visite, chemin: web::Path<(String, i64)>, _saisie: Saisie) -> Reponse {
    let (numero, id) = chemin.into_inner();
    let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
    visite
        .write(move |tx| suivi::retirer_etiquette(tx, &acte, &scope, &n, id))
        .await?;
    visite.rediriger_avec(&adresse(&numero, ""), "L’étiquette est retirée.")
}

/// Taking a file, or taking it over from who handles it.
#[derive(Formulaire)]
pub struct Prendre {
    /// Who handled it when the page was shown; the form says it again as it is now, so that a file is taken over knowingly.
    #[champ(cache)]
    remplace: Option<i64>,
}

impl Geste for Prendre {
    type Objet = Tronc;
    const VERBE: &'static str = "prendre";
    const TITRE: &'static str = "Prendre en charge";
    const BOUTON: &'static str = "Prendre en charge";
    const INTRO: &'static [&'static str] =
        &["La personne qui le suit aujourd’hui le verra dans l’historique."];

    async fn initial(_: &Visite, dossier: &Tronc) -> Result<Saisie, WebError> {
        let remplace = dossier.0.assigne_a;
        Ok(Prendre { remplace }.ecrire())
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        suivi::prendre(tx, &o.acte, &o.scope, &o.cle, self.remplace)?;
        Ok("Vous suivez ce dossier.".to_owned())
    }
}

/// Giving back a file that was just taken.
#[derive(Formulaire)]
pub struct Rendre;

impl Geste for Rendre {
    type Objet = Tronc;
    const VERBE: &'static str = "rendre";
    const TITRE: &'static str = "Rendre ce dossier";
    const BOUTON: &'static str = "Rendre ce dossier";
    const INTRO: &'static [&'static str] =
        &["Il revient à qui le suivait avant vous, ou à personne. Rien n’est écrit à la personne."];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        suivi::rendre(tx, &o.acte, &o.scope, &o.cle, o.version)?;
        Ok("Vous ne suivez plus ce dossier : c’est comme avant que vous le preniez.".to_owned())
    }
}

/// What stands for nobody among the people to choose from.
const PERSONNE: &str = "personne";

/// Giving a file to somebody, or to nobody.
#[derive(Formulaire)]
pub struct Assignation {
    #[champ(libelle = "Personne qui suivra le dossier", liste)]
    agent: String,
}

impl Geste for Assignation {
    type Objet = Tronc;
    const VERBE: &'static str = "assigner";
    const BOUTON: &'static str = "Confier le dossier";

    async fn presenter(
        visite: &Visite,
        _: &Tronc,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let agents = choix_d_agents(visite).await?;
        let champs = champs.regler(Self::AGENT, |c| c.choix(agents));
        Ok(Self::presentation(champs))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let suite = if self.agent == PERSONNE {
            suivi::liberer(tx, &o.acte, &o.scope, &o.cle, o.version)?
        } else {
            let inconnu = |_| ActionError::champ(Self::AGENT, "Choisissez une personne.");
            let agent = self.agent.parse().map_err(inconnu)?;
            suivi::assigner(tx, &o.acte, &o.scope, &o.cle, o.version, agent)?
        };
        Ok(match suite {
            Assignee::A(_, nom, None) => format!("{nom} suit ce dossier."),
            Assignee::A(_, nom, Some(absent)) => {
                format!(
                    "{absent} est en congé : {nom}, qui assure son remplacement, suit ce dossier."
                )
            }
            Assignee::Deja => "Cette personne suivait déjà le dossier.".to_owned(),
            Assignee::Personne => "Personne ne suit plus ce dossier.".to_owned(),
        })
    }
}

/// Those who may handle a file of the CPAM, and nobody.
async fn choix_d_agents(visite: &Visite) -> Result<Vec<Choix>, WebError> {
    let (code, jour) = (visite.caisse()?, visite.aujourd_hui());
    let agents = visite
        .read(move |conn| file_comptes::agents(conn, &code, jour))
        .await?;
    Ok(agents
        .iter()
        .filter(|a| INSTRUCTION.permet(Some(a.role)))
        .map(|a| Choix::new(a.id.to_string(), a.nom_complet()))
        .chain([Choix::new(PERSONNE, "Personne")])
        .collect())
}

//! Acts on a file that concern the CPAM alone: notes, labels, assignment.

use actix_web::web;
use regles::droits::INSTRUCTION;

use super::acte::{Formulaire, adresse, montrer, version};
use crate::actions::suivi::{self, Assignee};
use crate::actions::{ActionError, ActionResult};
use crate::db::file_comptes;
use crate::web::erreur::WebError;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, Taille};
use crate::web::visite::{Reponse, Visite};

async fn finir(
    visite: &Visite,
    numero: &str,
    resultat: ActionResult<String>,
    ancre: &str,
    formulaire: impl FnOnce() -> Formulaire,
) -> Reponse {
    match resultat {
        Ok(message) => visite.rediriger_avec(&format!("{}{ancre}", adresse(numero, "")), &message),
        Err(erreur) => montrer(visite, numero, formulaire(), Some(erreur)).await,
    }
}

/// `POST /dossiers/{numero}/notes`
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
        .await
        .map(|noms| match noms.as_slice() {
            [] => "La note est ajoutée.".to_owned(),
            noms => format!(
                "La note est ajoutée ; prévenus par courriel : {}.",
                noms.join(", ")
            ),
        });
    finir(&visite, &numero, resultat, "#notes", || {
        let prevenus = saisie
            .tous("prevenir")
            .map(|id| Champ::cache("prevenir", id));
        let mut formulaire =
            Formulaire::new("Écrire une note interne", "notes", "Ajouter la note").saisi(&saisie);
        formulaire.champs.extend(prevenus);
        formulaire
            .intro("La note est lue par la caisse seulement.")
            .champ(
                Champ::zone("note", "Note", 6)
                    .taille(Taille::Long)
                    .valeur(saisie.texte("note")),
            )
            .champ(Champ::cache("cle", saisie.texte("cle")))
    })
    .await
}

/// `POST /dossiers/{numero}/etiquettes`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn etiqueter(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
    let nom = saisie.texte("etiquette").to_owned();
    let resultat = visite
        .write(move |tx| suivi::etiqueter(tx, &acte, &scope, &n, &nom))
        .await
        .map(|posee| {
            if posee {
                "L’étiquette est posée."
            } else {
                "Cette étiquette était déjà sur le dossier."
            }
            .to_owned()
        });
    finir(&visite, &numero, resultat, "", || {
        Formulaire::new("Ajouter une étiquette", "etiquettes", "Ajouter l’étiquette")
            .saisi(&saisie)
            .champ(Champ::texte("etiquette", "Étiquette").valeur(saisie.texte("etiquette")))
    })
    .await
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

/// `POST /dossiers/{numero}/assigner`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn assigner(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
    let v = version(&saisie);
    let choix = saisie.texte("agent").to_owned();
    let resultat = visite
        .write(move |tx| match choix.as_str() {
            "personne" => suivi::liberer(tx, &acte, &scope, &n, v),
            choix => {
                let agent = choix
                    .parse()
                    .map_err(|_| ActionError::champ("agent", "Choisissez une personne."))?;
                suivi::assigner(tx, &acte, &scope, &n, v, agent)
            }
        })
        .await
        .map(|suite| match suite {
            Assignee::A(_, nom, None) => format!("{nom} suit ce dossier."),
            Assignee::A(_, nom, Some(absent)) => {
                format!(
                    "{absent} est en congé : {nom}, qui assure son remplacement, suit ce dossier."
                )
            }
            Assignee::Deja => "Cette personne suivait déjà le dossier.".to_owned(),
            Assignee::Personne => "Personne ne suit plus ce dossier.".to_owned(),
        });
    let agents = match resultat {
        Ok(_) => Vec::new(),
        Err(_) => choix_d_agents(&visite).await?,
    };
    finir(&visite, &numero, resultat, "", || {
        Formulaire::new("Confier le dossier", "assigner", "Confier le dossier")
            .saisi(&saisie)
            .champ(
                Champ::liste("agent", "Personne qui suivra le dossier", agents)
                    .taille(Taille::Moyen)
                    .valeur(saisie.texte("agent")),
            )
    })
    .await
}

/// Those who may handle a file of the CPAM, and nobody.
async fn choix_d_agents(visite: &Visite) -> Result<Vec<Choix>, WebError> {
    let code = visite.caisse()?;
    let agents = visite
        .read(move |conn| file_comptes::agents(conn, &code))
        .await?;
    Ok(agents
        .iter()
        .filter(|a| INSTRUCTION.permet(Some(a.role)))
        .map(|a| Choix::new(a.id.to_string(), a.nom_complet()))
        .chain([Choix::new("personne", "Personne")])
        .collect())
}

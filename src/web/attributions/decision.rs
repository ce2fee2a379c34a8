//! The director attributes; or the call is closed without attribution.

use actix_web::web::Path;
use regles::appel::EtatCandidature;

use super::acte::{Formulaire, montrer, version};
use crate::actions::ActionError;
use crate::actions::appel::{self, Attribution, Instruction};
use crate::web::erreur::WebError;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix};
use crate::web::visite::{Reponse, Visite};

async fn lire(visite: &Visite, id: i64) -> Result<Instruction, WebError> {
    let scope = visite.qui()?.scope();
    visite
        .read(move |conn| Instruction::lire(conn, &scope, id))
        .await
}

fn attribution(lue: &Instruction, saisie: &Saisie, signature: &str) -> Formulaire {
    let classement = lue.classement();
    let choix = classement
        .notes
        .iter()
        .filter_map(|note| {
            let c = lue.candidatures.iter().find(|c| {
                c.candidature.id == note.candidat && c.candidature.etat == EtatCandidature::Deposee
            })?;
            let calcule = match (note.rang, note.points) {
                (Some(rang), Some(points)) => format!("rang calculé {rang}, {points} points"),
                _ => "non classée".to_owned(),
            };
            let cpd = c.candidature.rang_cpd.map_or_else(
                || "sans rang de la commission".to_owned(),
                |r| format!("rang {r} de la commission"),
            );
            Some(
                Choix::new(note.candidat.to_string(), c.nom_complet())
                    .aide(format!("{calcule}, {cpd}")),
            )
        })
        .collect();
    Formulaire {
        titre: "Attribuer la place".to_owned(),
        intro: vec![
            "La personne retenue devient le successeur désigné : elle dépose ensuite sa demande de conventionnement. Les autres candidats sont \
             prévenus. Cela ne se défait pas."
                .to_owned(),
            format!("Signature : {signature}."),
        ],
        fichiers: Vec::new(),
        champs: vec![
            Champ::radios("candidature", "À qui attribuer la place ?", choix)
                .valeur(saisie.texte("candidature")),
            Champ::zone("motif", "Motifs", 4)
                .aide("Demandés quand le choix s’écarte d’un des classements, ou départage des ex æquo.")
                .facultatif()
                .valeur(saisie.texte("motif")),
        ],
        url: format!("/attributions/{}/attribuer", lue.appel.appel.id),
        bouton: "Attribuer la place",
        danger: false,
    }
}

fn signature(visite: &Visite) -> Result<String, WebError> {
    let qui = visite.qui()?;
    Ok(format!(
        "{}, {}",
        qui.nom_complet(),
        qui.qualite.as_deref().unwrap_or("qualité à renseigner")
    ))
}

/// `GET /attributions/{id}/attribuer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_attribuer(visite: Visite, id: Path<i64>) -> Reponse {
    let lue = lire(&visite, id.into_inner()).await?;
    let saisie = Saisie::default();
    let formulaire = attribution(&lue, &saisie, &signature(&visite)?);
    montrer(&visite, &lue.appel, formulaire, &saisie, None)
}

/// `POST /attributions/{id}/attribuer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn attribuer(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let resultat = match saisie.texte("candidature").parse::<i64>() {
        Err(_) => Err(ActionError::champ(
            "candidature",
            "Choisissez la candidature retenue.",
        )),
        Ok(candidature_id) => {
            let (acte, scope, v) = (visite.acte()?, visite.qui()?.scope(), version(&saisie));
            let qualite = visite.qui()?.qualite.clone().unwrap_or_default();
            let motif = saisie.texte("motif").to_owned();
            visite
                .write(move |tx| {
                    let attribution = Attribution {
                        appel: (id, v),
                        candidature_id,
                        qualite: &qualite,
                        motif: &motif,
                    };
                    appel::attribuer(tx, &acte, &scope, &attribution)
                })
                .await
        }
    };
    let Err(erreur) = resultat else {
        return visite.rediriger_avec(
            &format!("/attributions/{id}"),
            "La place est attribuée. Chacun en est prévenu.",
        );
    };
    let lue = lire(&visite, id).await?;
    let formulaire = attribution(&lue, &saisie, &signature(&visite)?);
    montrer(&visite, &lue.appel, formulaire, &saisie, Some(erreur))
}

fn cloture(lue: &Instruction, saisie: &Saisie) -> Formulaire {
    Formulaire {
        titre: "Clore l’appel sans attribuer".to_owned(),
        intro: vec![
            "Les candidats en lice lisent le motif. La place reste à attribuer : vous pourrez ouvrir un nouvel appel.".to_owned(),
        ],
        fichiers: Vec::new(),
        champs: vec![Champ::zone("motif", "Motif", 4).valeur(saisie.texte("motif"))],
        url: format!("/attributions/{}/clore", lue.appel.appel.id),
        bouton: "Clore l’appel",
        danger: true,
    }
}

/// `GET /attributions/{id}/clore`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_clore(visite: Visite, id: Path<i64>) -> Reponse {
    let lue = lire(&visite, id.into_inner()).await?;
    let saisie = Saisie::default();
    montrer(&visite, &lue.appel, cloture(&lue, &saisie), &saisie, None)
}

/// `POST /attributions/{id}/clore`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn clore(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let (acte, scope, v) = (visite.acte()?, visite.qui()?.scope(), version(&saisie));
    let motif = saisie.texte("motif").to_owned();
    let resultat = visite
        .write(move |tx| appel::sans_suite(tx, &acte, &scope, (id, v), &motif))
        .await;
    let Err(erreur) = resultat else {
        return visite.rediriger_avec(&format!("/attributions/{id}"), "L’appel est clos.");
    };
    let lue = lire(&visite, id).await?;
    montrer(
        &visite,
        &lue.appel,
        cloture(&lue, &saisie),
        &saisie,
        Some(erreur),
    )
}

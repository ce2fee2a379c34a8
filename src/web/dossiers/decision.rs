//! Proposing, sending back, deciding (PRO-5).

use actix_web::web;
use regles::conventionnement::ResultatConventionnement;
use regles::demande::Sens;

use super::acte::{Formulaire, adresse, charger, montrer, version};
use super::instruction::finir;
use crate::actions::decision::{self, Proposition};
use crate::actions::evaluation::{EvaluationDemande, evaluer_demande};
use crate::actions::{ActionError, ActionResult};
use crate::db::decision as decisions;
use crate::web::erreur::WebError;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix};
use crate::web::visite::{Reponse, Visite};

async fn evaluation(visite: &Visite, numero: &str) -> Result<EvaluationDemande, WebError> {
    let (dossier, _) = charger(visite, numero).await?;
    let reglement = visite.etat.reglement();
    let jour = visite.aujourd_hui();
    visite
        .read(move |conn| evaluer_demande(conn, &reglement, &dossier.demande, jour))
        .await
}

fn proposition(saisie: &Saisie, evaluation: &EvaluationDemande) -> Formulaire {
    use ResultatConventionnement as R;
    let accordable = matches!(
        evaluation.conclusion.resultat,
        R::AccordableSuccession | R::AccordableDerogation | R::HorsRegulation
    );
    let accord = Choix::new("accord", "Accord").aide(if accordable {
        "Les règles le permettent."
    } else {
        "Les règles ne le permettent pas aujourd’hui."
    });
    let refus =
        Choix::new("refus", "Refus").aide("Énoncez la règle appliquée et les faits du dossier.");
    let motifs = match saisie.option("motifs") {
        Some(ecrits) => ecrits.to_owned(),
        None if accordable => String::new(),
        None => motifs_proposes(evaluation),
    };
    Formulaire::new(
        "Proposer une décision",
        "proposer",
        "Proposer cette décision",
    )
    .intro("La décision sera prise par une autre personne, qui signe (PRO-5).")
    .saisi(saisie)
    .evaluation(evaluation)
    .champ(
        Champ::radios("sens", "Décision proposée", vec![accord, refus])
            .valeur(saisie.texte("sens")),
    )
    .champ(
        Champ::zone("motifs", "Motifs en droit et en fait", 6)
            .si("à remplir pour un refus")
            .aide("Ils figurent dans la lettre (CRPA, article L211-5).")
            .valeur(motifs),
    )
    .champ(
        Champ::zone(
            "ecart",
            "Pourquoi la décision s’écarte de l’avis de la commission",
            3,
        )
        .si("à remplir si elle s’en écarte")
        .aide("La lettre le dit (PRO-5).")
        .valeur(saisie.texte("ecart")),
    )
}

/// The conditions that do not hold, as the beginning of the reasons of a refusal.
fn motifs_proposes(evaluation: &EvaluationDemande) -> String {
    evaluation
        .conclusion
        .explication
        .non_remplies()
        .map(|e| {
            format!(
                "Condition non remplie : {} ({}, {}).",
                e.libelle, e.regle, e.source
            )
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// `GET /dossiers/{numero}/proposer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_proposer(visite: Visite, numero: web::Path<String>) -> Reponse {
    let evaluation = evaluation(&visite, &numero).await?;
    montrer(
        &visite,
        &numero,
        proposition(&Saisie::default(), &evaluation),
        None,
    )
    .await
}

/// `POST /dossiers/{numero}/proposer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn proposer(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let resultat = match saisie.texte("sens").parse::<Sens>() {
        Ok(sens) => {
            let proposition = Proposition {
                sens,
                motifs: saisie.texte("motifs").to_owned(),
                ecart: saisie.texte("ecart").to_owned(),
            };
            let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
            let v = version(&saisie);
            visite
                .write(move |tx| decision::proposer(tx, &acte, &scope, &n, v, &proposition))
                .await
        }
        Err(_) => Err(ActionError::champ(
            "sens",
            "Choisissez un accord ou un refus.",
        )),
    };
    match resultat {
        Ok(()) => visite.rediriger_avec(
            &adresse(&numero, ""),
            "La décision est proposée. La personne qui signe la trouve dans sa file.",
        ),
        Err(erreur) => {
            let evaluation = evaluation(&visite, &numero).await?;
            montrer(
                &visite,
                &numero,
                proposition(&saisie, &evaluation),
                Some(erreur),
            )
            .await
        }
    }
}

fn renvoi(saisie: &Saisie) -> Formulaire {
    Formulaire::new("Renvoyer à l’instruction", "renvoyer", "Renvoyer la proposition")
        .saisi(saisie)
        .intro("La personne qui instruit reprend le dossier. La proposition est conservée dans l’historique.")
        .champ(Champ::zone("motif", "Ce qui est à revoir", 4).valeur(saisie.texte("motif")))
}

/// `GET /dossiers/{numero}/renvoyer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_renvoyer(visite: Visite, numero: web::Path<String>) -> Reponse {
    montrer(&visite, &numero, renvoi(&Saisie::default()), None).await
}

/// `POST /dossiers/{numero}/renvoyer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn renvoyer(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
    let v = version(&saisie);
    let motif = saisie.texte("motif").to_owned();
    let resultat = visite
        .write(move |tx| decision::renvoyer(tx, &acte, &scope, &n, v, &motif))
        .await;
    finir(
        &visite,
        &numero,
        resultat,
        "La proposition est renvoyée à l’instruction.",
        || renvoi(&saisie),
    )
    .await
}

async fn signature(visite: &Visite, numero: &str) -> Result<Formulaire, WebError> {
    let (dossier, _) = charger(visite, numero).await?;
    let id = dossier.demande.id;
    let active = visite
        .read(move |conn| decisions::active_avec_auteur(conn, id))
        .await?;
    let qui = visite.qui()?;
    let formulaire = match active {
        Some((d, prenom, nom)) if d.etat == regles::decision::EtatDecision::Proposee => {
            let (titre, bouton, consequence) = match d.sens {
                Sens::Accord => (
                    "Accorder le conventionnement",
                    "Signer l’accord",
                    format!(
                        "La place, s’il y en a une, est réservée à cette personne, qui a {} pour s’installer à compter de la notification (REG-9).",
                        visite
                            .etat
                            .reglement()
                            .delai("installation.delai", visite.aujourd_hui())
                            .map_err(WebError::interne)?
                    ),
                ),
                Sens::Refus => (
                    "Refuser le conventionnement",
                    "Signer le refus",
                    "La lettre porte les motifs ci-dessous et les voies de recours (PRO-6)."
                        .to_owned(),
                ),
            };
            let mut formulaire = Formulaire::new(titre, "decider", bouton)
                .intro(format!(
                    "{} proposé par {prenom} {nom}. Fondement : {}.",
                    d.sens, d.fondement
                ))
                .intro(format!("Motifs : {}", d.motifs))
                .intro(consequence)
                .intro(format!(
                    "La décision portera votre nom et votre qualité : {}, {}.",
                    qui.nom_complet(),
                    qui.qualite.as_deref().unwrap_or("qualité à renseigner")
                ));
            if let Some(ecart) = d.ecart_motive {
                formulaire =
                    formulaire.intro(format!("Écart avec l’avis de la commission : {ecart}"));
            }
            formulaire.evaluation(&evaluation(visite, numero).await?)
        }
        _ => Formulaire::new("Décider", "decider", "Signer")
            .intro("Aucune décision n’attend de signature sur ce dossier."),
    };
    Ok(formulaire)
}

/// `GET /dossiers/{numero}/decider`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_decider(visite: Visite, numero: web::Path<String>) -> Reponse {
    let formulaire = signature(&visite, &numero).await?;
    montrer(&visite, &numero, formulaire, None).await
}

/// `POST /dossiers/{numero}/decider`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn decider(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
    let qualite = visite.qui()?.qualite.clone().unwrap_or_default();
    let v = version(&saisie);
    let resultat: ActionResult<Sens> = visite
        .write(move |tx| decision::decider(tx, &acte, &scope, &n, v, &qualite))
        .await;
    match resultat {
        Ok(sens) => visite.rediriger_avec(
            &adresse(&numero, ""),
            match sens {
                Sens::Accord => "Le conventionnement est accordé. Il reste à notifier la décision.",
                Sens::Refus => "Le conventionnement est refusé. Il reste à notifier la décision.",
            },
        ),
        Err(erreur) => {
            let formulaire = signature(&visite, &numero).await?.saisi(&saisie);
            montrer(&visite, &numero, formulaire, Some(erreur)).await
        }
    }
}

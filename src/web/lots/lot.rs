//! One bulk act: what it will do, where it stands, what happened to each file.

use actix_web::web;
use askama::Template;
use regles::dossier::NatureDossier;
use regles::droits::INSTRUCTION;
use regles::lot::{ActeLot, EtatLigne, EtatLot};
use regles::phrase::{Emploi, Faits};
use regles::texte;
use serde::Deserialize;

use super::poursuivre;
use crate::actions::lot::{self as actes, Choix as ChoixLot};
use crate::db::etiquette::{self, Etiquette};
use crate::db::file_comptes::{self, Agent};
use crate::db::lot::{self, LigneLot, Lot};
use crate::db::{CpamScope, DbResult};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::confirmation::Question;
use crate::web::kit::essai::{Essai, essayer};
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Page};
use crate::web::phrases::Inserer;
use crate::web::saisie::Saisie;
use crate::web::ui::{Choix, Etat, FiltreVue, Message, Pastille, Suite};
use crate::web::visite::{Reponse, Visite};

/// Files shown at once.
const LIGNES: i64 = 50;

/// What the address says of the results.
#[derive(Debug, Default, Deserialize)]
pub struct Adresse {
    resultat: Option<String>,
    apres: Option<i64>,
}

struct LigneVue {
    numero: String,
    nom: String,
    pastille: Pastille,
    message: Option<String>,
}

#[derive(Template)]
#[template(path = "lots/lot.html")]
struct LotPage {
    page: Page,
    lot: Lot,
    pastille: Pastille,
    phrase: String,
    champs: Option<Champs>,
    phrases: Inserer,
    noms: Vec<Etiquette>,
    message: Option<Message>,
    faits: i64,
    en_cours: bool,
    annulable: bool,
    filtres: Vec<FiltreVue>,
    lignes: Vec<LigneVue>,
    suite: Suite,
}

pub(super) fn caisse(visite: &Visite) -> Result<String, WebError> {
    match visite.qui()?.scope() {
        CpamScope::Caisse(code) => Ok(code),
        _ => Err(WebError::Introuvable),
    }
}

pub(super) fn pastille(etat: EtatLot) -> Pastille {
    let ton = match etat {
        EtatLot::Prepare => Etat::AFaire,
        EtatLot::EnCours | EtatLot::Annulation => Etat::EnCours,
        EtatLot::Termine => Etat::Fait,
        EtatLot::Annule => Etat::Neutre,
    };
    Pastille::new(ton, etat.libelle())
}

fn intitule(lot: &Lot) -> String {
    match (lot.etat, lot.acte) {
        (EtatLot::Prepare, _) => "Action par lot".to_owned(),
        (_, ActeLot::Assigner) => format!("Confier à {}", lot.cible_nom),
        (_, ActeLot::Liberer) => "Retirer l’assignation".to_owned(),
        (_, ActeLot::Etiqueter) => format!("Poser l’étiquette « {} »", lot.cible_nom),
        (_, ActeLot::Ecrire | ActeLot::Relancer) => lot.acte.libelle().to_owned(),
        (_, ActeLot::Desetiqueter) => format!("Retirer l’étiquette « {} »", lot.cible_nom),
    }
}

/// `GET /lots/{id}`
///
/// # Errors
/// Not of this CPAM, or the database does not answer.
pub async fn page(visite: Visite, id: web::Path<i64>, adresse: Requete<Adresse>) -> Reponse {
    montrer(&visite, *id, &adresse, Essai::default()).await
}

async fn montrer(visite: &Visite, id: i64, adresse: &Adresse, essai: Essai<'_>) -> Reponse {
    let (caisse, jour) = (caisse(visite)?, visite.aujourd_hui());
    let resultat: Option<EtatLigne> = adresse.resultat.as_deref().and_then(|r| r.parse().ok());
    let apres = adresse.apres.unwrap_or(0);
    let (lot, bilan, mut lignes, agents, noms) = visite
        .read(move |conn| -> DbResult<_> {
            let lot = lot::lire(conn, &caisse, id)?;
            Ok((
                lot,
                lot::bilan(conn, id)?,
                lot::lignes(conn, id, resultat, apres, LIGNES + 1)?,
                file_comptes::agents(conn, &caisse, jour)?,
                etiquette::de_caisse(conn, &caisse)?,
            ))
        })
        .await?;
    let montrees = usize::try_from(LIGNES).unwrap_or(50);
    let encore = lignes.len() > montrees;
    lignes.truncate(montrees);
    let suivant = lignes
        .last()
        .filter(|_| encore)
        .map(|l| lien(id, resultat, Some(l.dossier_id)));
    let compte = |etat: EtatLigne| {
        bilan
            .iter()
            .find(|(e, _)| *e == etat)
            .map_or(0, |(_, n)| *n)
    };
    let reste = match lot.etat {
        EtatLot::Annulation => compte(EtatLigne::Fait),
        _ => compte(EtatLigne::AFaire),
    };
    let mut page = visite
        .page(intitule(&lot))
        .surtitre(format!("Action par lot n° {id}"))
        .ariane("Dossiers", "/dossiers")
        .ariane("Actions par lot", "/lots")
        .rubrique("/dossiers")
        .largeur(Largeur::Dossier);
    let dit = essai.dire("Cette action")?;
    let vide = Saisie::default();
    let saisie = dit.saisie.unwrap_or(&vide);
    // The marks stay: each file fills its own.
    let ici = format!("/lots/{id}");
    let phrases = match lot.etat {
        EtatLot::Prepare => {
            let champ = (AFaire::MESSAGE, ici.as_str());
            Inserer::lire(visite, Emploi::Message, None, Faits::new(), champ).await?
        }
        _ => Inserer::default(),
    };
    let champs = (lot.etat == EtatLot::Prepare).then(|| {
        proposer(
            AFaire::champs(saisie, &dit.erreurs),
            &lot,
            &agents,
            phrases.choisie(visite),
        )
    });
    page = match &champs {
        Some(champs) => champs.resumer(page, &dit.erreurs),
        None => Champs::default().resumer(page, &dit.erreurs),
    };
    let vue = LotPage {
        pastille: pastille(lot.etat),
        phrase: phrase(&lot, &bilan),
        champs,
        phrases,
        noms,
        message: dit.message,
        faits: i64::from(lot.total) - reste,
        en_cours: lot.etat.travaille(),
        annulable: lot.etat == EtatLot::Termine
            && lot.acte.se_defait()
            && compte(EtatLigne::Fait) > 0,
        filtres: filtres(id, &bilan, resultat),
        suite: Suite {
            debut: (apres > 0).then(|| lien(id, resultat, None)),
            suivant,
            position: texte::pluriel(
                i64::try_from(lignes.len()).unwrap_or(0),
                "dossier montré",
                "dossiers montrés",
            ),
        },
        lignes: lignes.into_iter().map(ligne).collect(),
        lot,
        page,
    };
    visite.rendre_avec(&vue, dit.statut)
}

/// What is done to the files of a lot.
#[derive(Formulaire)]
struct AFaire {
    #[champ(
        libelle = "Que faire de ces dossiers ?",
        manque = "Choisissez ce qui est fait."
    )]
    acte: ActeLot,
    #[champ(libelle = "Les confier à", liste, exigence = Si("à choisir pour confier"))]
    agent: Option<i64>,
    #[champ(libelle = "Étiquette", aide = "Une de la caisse, ou une nouvelle.",
            exigence = Si("à remplir pour une étiquette"))]
    etiquette: String,
    #[champ(libelle = "Message", zone = 8, exigence = Si("à remplir pour écrire"),
            aide = "Sur le dossier de chaque personne, qui le remplit : {personne}, {numéro}, {lieu}, {manque}, {caisse}. Un courriel l’annonce, sans le contenu. Il ne se reprend pas.")]
    message: String,
}

/// What a reminder says, until somebody writes it otherwise.
const RAPPEL: &str = "Bonjour {personne},\n\nIl manque encore à votre dossier {numéro} : {manque}.\n\nVous pouvez l’envoyer depuis la \
    page de votre demande. Si c’est déjà fait, ce message est sans objet.\n\n{caisse}";

fn proposer(champs: Champs, lot: &Lot, agents: &[Agent], phrase: Option<String>) -> Champs {
    let mut personnes = vec![Choix::new("", "Choisir une personne")];
    personnes.extend(
        agents
            .iter()
            .filter(|a| INSTRUCTION.permet(Some(a.role)))
            .map(|a| Choix::new(a.id.to_string(), a.nom_complet())),
    );
    champs
        .regler(AFaire::AGENT, |c| c.choix(personnes))
        .regler(AFaire::MESSAGE, |c| match (c.valeur.is_empty(), phrase) {
            (true, Some(phrase)) => c.valeur(phrase),
            (true, None) if lot.acte == ActeLot::Relancer => c.valeur(RAPPEL),
            _ => c,
        })
        .regler(AFaire::ACTE, |c| match c.valeur.is_empty() {
            true => c.valeur(lot.acte.as_str()),
            false => c,
        })
}

fn phrase(lot: &Lot, bilan: &[(EtatLigne, i64)]) -> String {
    let total = texte::pluriel(i64::from(lot.total), "dossier choisi", "dossiers choisis");
    if lot.etat == EtatLot::Prepare {
        return format!("{total} ({}). Rien n’a encore changé.", lot.selection);
    }
    let detail: Vec<String> = bilan
        .iter()
        .map(|(etat, n)| format!("{} : {}", etat.libelle().to_lowercase(), texte::nombre(*n)))
        .collect();
    format!("{total} ({}) ; {}.", lot.selection, detail.join(", "))
}

fn lien(id: i64, resultat: Option<EtatLigne>, apres: Option<i64>) -> String {
    let mut requete = url::form_urlencoded::Serializer::new(String::new());
    if let Some(resultat) = resultat {
        requete.append_pair("resultat", resultat.as_str());
    }
    if let Some(apres) = apres {
        requete.append_pair("apres", &apres.to_string());
    }
    crate::web::dossiers::file::sous(&format!("/lots/{id}"), &requete.finish())
}

fn filtres(id: i64, bilan: &[(EtatLigne, i64)], choisi: Option<EtatLigne>) -> Vec<FiltreVue> {
    let mut filtres = vec![FiltreVue {
        libelle: "Tous".to_owned(),
        url: lien(id, None, None),
        compte: None,
        actif: choisi.is_none(),
    }];
    filtres.extend(bilan.iter().map(|(etat, n)| FiltreVue {
        libelle: etat.libelle().to_owned(),
        url: lien(id, Some(*etat), None),
        compte: Some(texte::nombre(*n)),
        actif: choisi == Some(*etat),
    }));
    filtres
}

fn ligne(l: LigneLot) -> LigneVue {
    let ton = match l.etat {
        EtatLigne::AFaire => Etat::AFaire,
        EtatLigne::Fait => Etat::Fait,
        EtatLigne::Refuse => Etat::Retard,
        EtatLigne::Inchange | EtatLigne::Annule | EtatLigne::Garde => Etat::Neutre,
    };
    LigneVue {
        numero: l.numero,
        nom: match l.personne {
            Some((prenom, nom)) => format!("{prenom} {nom}"),
            None => NatureDossier::Appel.libelle().to_owned(),
        },
        pastille: Pastille::new(ton, l.etat.libelle()),
        message: l.message,
    }
}

/// `POST /lots/{id}/lancer`
///
/// # Errors
/// Not of this CPAM, or the database does not answer.
pub async fn lancer(visite: Visite, id: web::Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
    let essai = essayer(&visite, &saisie, move |a: AFaire, tx| {
        let choix = ChoixLot {
            acte: a.acte,
            agent: a.agent,
            etiquette: a.etiquette,
            message: a.message,
        };
        actes::lancer(tx, &acte, &scope, id, &choix)
    });
    match essai.await {
        Ok(()) => {
            poursuivre(&visite, id)?;
            visite.rediriger(&format!("/lots/{id}"))
        }
        Err(essai) => montrer(&visite, id, &Adresse::default(), essai).await,
    }
}

/// `POST /lots/{id}/reprendre`: goes on with a lot that was interrupted.
///
/// # Errors
/// Not of this CPAM, or the database does not answer.
pub async fn reprendre(visite: Visite, id: web::Path<i64>, _saisie: Saisie) -> Reponse {
    let (caisse, id) = (caisse(&visite)?, id.into_inner());
    let lot = visite
        .read(move |conn| lot::lire(conn, &caisse, id))
        .await?;
    if lot.etat.travaille() {
        poursuivre(&visite, id)?;
    }
    visite.rediriger(&format!("/lots/{id}"))
}

/// `GET /lots/{id}/annuler`
///
/// # Errors
/// Not of this CPAM, or the database does not answer.
pub async fn page_annuler(visite: Visite, id: web::Path<i64>) -> Reponse {
    let (caisse, id) = (caisse(&visite)?, id.into_inner());
    let lot = visite
        .read(move |conn| lot::lire(conn, &caisse, id))
        .await?;
    let page = visite
        .page("Annuler l’action par lot")
        .surtitre(format!("Action par lot n° {id}"))
        .ariane("Dossiers", "/dossiers")
        .ariane("Actions par lot", "/lots")
        .rubrique("/dossiers");
    Question::new(
        format!("Annuler : {} ?", texte::minuscule_initiale(&intitule(&lot))),
        format!("/lots/{id}/annuler"),
        "Annuler l’action",
    )
    .suite("Chaque dossier changé redevient ce qu’il était.")
    .suite("Ceux que quelqu’un a changés depuis sont laissés tels quels.")
    .suite("L’historique des dossiers garde l’action et son annulation.")
    .retour("Ne rien annuler", format!("/lots/{id}"))
    .poser(&visite, page)
}

/// `POST /lots/{id}/annuler`
///
/// # Errors
/// Not of this CPAM, not over, or the database does not answer.
pub async fn annuler(visite: Visite, id: web::Path<i64>, _saisie: Saisie) -> Reponse {
    let (scope, id) = (visite.qui()?.scope(), id.into_inner());
    visite
        .write(move |tx| actes::annuler(tx, &scope, id))
        .await?;
    poursuivre(&visite, id)?;
    visite.rediriger(&format!("/lots/{id}"))
}

//! `/parapheur`: what waits for a signature, the letter and what the signatory answers for, side by side (PRO-5).

mod ensemble;

pub use ensemble::{page_ensemble, signer_ensemble};

use actix_web::web::Path;
use askama::Template;
use courriers::decision::{Bloc, Document};
use regles::controle::{Controle, Verdict, signable};
use regles::demande::Sens;
use regles::droits::SIGNATURE;
use regles::texte;

use super::erreur::WebError;
use super::filters;
use super::kit::entre_temps;
use super::kit::essai::{Essai, essayer};
use super::kit::formulaire::{Champs, Formulaire};
use super::page::{Largeur, Lien, Page};
use super::saisie::Saisie;
use super::ui::{Champ, Etat, Message, Pastille, Vide};
use super::visite::{Reponse, Visite};
use crate::actions::ActionResult;
use crate::actions::decision::{self, Apercu};
use crate::clock::jour_a_paris;
use crate::db::parapheur::{self, ASigner};
use crate::db::session::Identite;
use crate::web::dossiers::objet::adresse;

/// Where it is.
pub const CHEMIN: &str = "/parapheur";

/// A line of the list.
struct Ligne {
    numero: String,
    url: String,
    nom: String,
    pastille: Pastille,
    quoi: String,
    par: String,
    alerte: Option<&'static str>,
    courante: bool,
}

/// A check, with its sign.
struct ControleVue {
    pastille: Pastille,
    phrase: String,
}

/// What is opened beside the list.
struct Ouverte {
    titre: String,
    liens: Vec<Lien>,
    lettre: Result<Document, String>,
    controles: Vec<ControleVue>,
    instruit: String,
    signer: Option<&'static str>,
    action: String,
    renvoyer: String,
    caches: [Champ; 2],
    /// The digest of the letter that is shown.
    lue: Option<Champ>,
    renvoi: Champs,
    renvoi_ouvert: bool,
}

#[derive(Template)]
#[template(path = "parapheur/page.html")]
struct ParapheurPage {
    page: Page,
    message: Option<Message>,
    lignes: Vec<Ligne>,
    ensemble: bool,
    ouverte: Option<Ouverte>,
    vide: Option<Vide>,
}

/// What is to be seen again before it is signed.
#[derive(Formulaire)]
struct Remarque {
    #[champ(
        libelle = "Ce qui est à revoir",
        zone = 4,
        aide = "La personne qui instruit la lit ; sa proposition lui revient remplie."
    )]
    motif: String,
}

/// The field that says which letter was read, by its digest.
const LUE: &str = "lettre";

fn capacite(qui: &Identite) -> &str {
    qui.qualite.as_deref().unwrap_or_default()
}

/// `GET /parapheur`: the list, with what falls due first opened.
///
/// # Errors
/// Of no caisse, or the database does not answer.
pub async fn page(visite: Visite) -> Reponse {
    montrer(&visite, None, Essai::default()).await
}

/// `GET /parapheur/{numero}`
///
/// # Errors
/// Out of scope; the database does not answer.
pub async fn ouvrir(visite: Visite, numero: Path<String>) -> Reponse {
    montrer(&visite, Some(numero.into_inner()), Essai::default()).await
}

/// `POST /parapheur/{numero}/signer`: signs it, and opens the next.
///
/// # Errors
/// Out of scope; the database does not answer.
pub async fn signer(visite: Visite, numero: Path<String>, saisie: Saisie) -> Reponse {
    let numero = numero.into_inner();
    let (acte, scope, qui) = (visite.acte()?, visite.qui()?.scope(), visite.qui()?.clone());
    let (cle, version) = (numero.clone(), entre_temps::version(&saisie));
    let lue = saisie.texte(LUE).to_owned();
    let fait = visite
        .write(move |tx| {
            let sens = decision::decider(tx, &acte, &scope, &cle, version, capacite(&qui))?;
            // What was read is what is signed: otherwise nothing is.
            decision::controler_la_lettre(tx, &scope, &cle, &lue)?;
            Ok(sens)
        })
        .await;
    match fait {
        Ok(sens) => visite.rediriger_avec(
            CHEMIN,
            &format!(
                "{} signé : dossier {numero}.",
                texte::majuscule_initiale(sens.libelle())
            ),
        ),
        Err(refus) => {
            let essai = Essai {
                saisie: Some(&saisie),
                refus: Some(refus),
                ..Essai::default()
            };
            montrer(&visite, Some(numero), essai).await
        }
    }
}

/// `POST /parapheur/{numero}/renvoyer`: sends it back with a remark, and opens the next.
///
/// # Errors
/// Out of scope; the database does not answer.
pub async fn renvoyer(visite: Visite, numero: Path<String>, saisie: Saisie) -> Reponse {
    let numero = numero.into_inner();
    let (acte, scope, cle) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
    let version = entre_temps::version(&saisie);
    let essai = essayer(&visite, &saisie, move |r: Remarque, tx| {
        decision::renvoyer(tx, &acte, &scope, &cle, version, &r.motif)
    });
    match essai.await {
        Ok(()) => visite.rediriger_avec(
            CHEMIN,
            &format!("La proposition du dossier {numero} est renvoyée à l’instruction."),
        ),
        Err(essai) => montrer(&visite, Some(numero), essai).await,
    }
}

/// The list, and what is opened of it: the one asked for, or the first.
async fn lire(
    visite: &Visite,
    voulue: Option<String>,
) -> Result<(Vec<ASigner>, Option<Apercu>), WebError> {
    let qui = visite.qui()?.clone();
    let (caisse, acte, scope) = (visite.caisse()?, visite.acte()?, qui.scope());
    visite
        .read(move |conn| -> ActionResult<_> {
            let separation = acte.reglement.oui("decision.separation", acte.jour())?;
            let liste = parapheur::a_signer(conn, &caisse, qui.compte_id, separation)?;
            let premiere = || liste.first().map(|l| l.numero.clone());
            let moi = (qui.compte_id, capacite(&qui));
            let mut ouverte = None;
            // One that was signed or sent back meanwhile gives its place to the first.
            for numero in [voulue, premiere()].into_iter().flatten() {
                if ouverte.is_none() {
                    ouverte = decision::apercu(conn, &acte, &scope, &numero, moi)?;
                }
            }
            Ok((liste, ouverte))
        })
        .await
}

async fn montrer(visite: &Visite, voulue: Option<String>, essai: Essai<'_>) -> Reponse {
    let dit = essai.dire("Cette proposition")?;
    let (liste, ouverte) = lire(visite, voulue).await?;
    let courante = ouverte.as_ref().map(|a| a.dossier.demande.numero.clone());
    let page = visite
        .page("À signer")
        .rubrique(CHEMIN)
        .largeur(Largeur::Pleine);
    let vide = ouverte.is_none().then(|| {
        Vide::new(
            "Rien n’attend votre signature",
            "Une proposition arrive ici dès qu’elle est faite par une autre personne.",
        )
    });
    let rien = Saisie::default();
    let renvoi = Remarque::champs(dit.saisie.unwrap_or(&rien), &dit.erreurs);
    let ouverte =
        ouverte.map(|apercu| vue(visite, apercu, renvoi.clone(), dit.erreurs.presentes()));
    let vue = ParapheurPage {
        page: renvoi.resumer(page, &dit.erreurs),
        message: dit.message,
        ensemble: liste.len() > 1,
        lignes: liste
            .iter()
            .map(|l| ligne(l, courante.as_deref(), visite.aujourd_hui()))
            .collect(),
        ouverte: ouverte.transpose()?,
        vide,
    };
    visite.rendre_avec(&vue, dit.statut)
}

/// What a proposal is, in a pill.
fn pastille(sens: Sens, sous_reserve: bool) -> Pastille {
    match (sens, sous_reserve) {
        (Sens::Accord, false) => Pastille::new(Etat::Fait, "Accord"),
        (Sens::Accord, true) => Pastille::new(Etat::EnCours, "Sous condition"),
        (Sens::Refus, _) => Pastille::new(Etat::Neutre, "Refus"),
    }
}

fn ligne(l: &ASigner, courante: Option<&str>, jour: chrono::NaiveDate) -> Ligne {
    let (prenom, nom) = &l.par;
    let retard = l.echeance < jour;
    Ligne {
        numero: l.numero.clone(),
        url: format!("{CHEMIN}/{}", l.numero),
        nom: l.nom_complet(),
        pastille: pastille(l.sens, l.sous_reserve),
        quoi: format!(
            "{}, {}",
            texte::majuscule_initiale(l.fondement.libelle()),
            l.commune
        ),
        par: format!(
            "{prenom} {nom}, le {}",
            texte::date_fr(jour_a_paris(l.proposee_le))
        ),
        alerte: match (l.ecart, retard) {
            (true, _) => Some("S’écarte de l’avis de la commission"),
            (false, true) => Some("Échéance passée"),
            (false, false) => None,
        },
        courante: courante == Some(l.numero.as_str()),
    }
}

fn controle(c: &Controle) -> ControleVue {
    use regles::controle::Sujet as S;
    let mot = match (c.verdict, c.sujet) {
        (Verdict::Empeche, S::Habilitation) => "Vous ne pouvez pas signer",
        (Verdict::Empeche, _) => "À revoir",
        (Verdict::ANoter, _) => "À noter",
        (Verdict::Bon, S::Avis) => "Conforme",
        (Verdict::Bon, S::Pieces) => "Complet",
        (Verdict::Bon, S::Motifs) => "Motivé",
        (Verdict::Bon, S::Habilitation) => "Valable",
        (Verdict::Bon, S::Silence) => "Dans les temps",
    };
    let etat = match c.verdict {
        Verdict::Bon => Etat::Fait,
        Verdict::ANoter => Etat::AFaire,
        Verdict::Empeche => Etat::Retard,
    };
    ControleVue {
        pastille: Pastille::new(etat, mot),
        phrase: c.phrase.clone(),
    }
}

fn vue(
    visite: &Visite,
    apercu: Apercu,
    renvoi: Champs,
    renvoi_ouvert: bool,
) -> Result<Ouverte, WebError> {
    let d = &apercu.dossier.demande;
    let qui = visite.qui()?;
    let signable =
        SIGNATURE.permet(Some(qui.role)) && signable(&apercu.controles) && apercu.lettre.is_ok();
    Ok(Ouverte {
        titre: format!("Lettre à {}", apercu.dossier.kine.nom_complet()),
        liens: vec![
            Lien::new("Dossier", adresse(&d.numero, "")),
            Lien::new("Pièces", adresse(&d.numero, "pieces")),
        ],
        controles: apercu.controles.iter().map(controle).collect(),
        instruit: match &apercu.dossier.suivi_par {
            Some((prenom, nom)) => format!("Dossier suivi par {prenom} {nom}."),
            None => "Personne ne suit ce dossier.".to_owned(),
        },
        signer: signable.then_some(match apercu.proposee.sens {
            Sens::Accord => "Signer l’accord",
            Sens::Refus => "Signer le refus",
        }),
        action: format!("{CHEMIN}/{}/signer", d.numero),
        renvoyer: format!("{CHEMIN}/{}/renvoyer", d.numero),
        caches: entre_temps::reperes(d.version, 0, None),
        lue: apercu
            .lettre
            .as_ref()
            .ok()
            .map(|(_, empreinte)| Champ::cache(LUE, empreinte.as_str())),
        lettre: apercu.lettre.map(|(document, _)| document),
        renvoi,
        renvoi_ouvert,
    })
}

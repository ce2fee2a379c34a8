//! `/dossiers/{numero}/recours`: an appeal that came on paper; and a message that is one in truth: a protest that reaches the
//! wrong desk in time is an appeal, which is handed to the commission.

use actix_web::web::Path;
use chrono::NaiveDate;
use regles::contestation::Contestee;
use regles::identifiants::Rpps;
use regles::piece::NaturePiece;
use regles::texte;

use super::adresse;
use crate::actions::recours::{self, ADeposer, Voie};
use crate::actions::{ActionError, ActionResult};
use crate::clock::jour_a_paris;
use crate::db::WriteTx;
use crate::db::message::{self, Cote, Message};
use crate::db::{DbError, conversation};
use crate::web::dossiers::objet::{Tronc, adresse as adresse_du_dossier};
use crate::web::erreur::WebError;
use crate::web::espace::fichiers;
use crate::web::kit::erreurs::cle;
use crate::web::kit::essai::Essai;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{self, Entete, Geste, Objet, Ordre, Presentation};
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix};
use crate::web::visite::{Reponse, Visite};

/// What may be contested, as choices.
fn contestees() -> Vec<Choix> {
    let sans = [Contestee::SilenceAcceptation];
    let offertes = Contestee::TOUS.iter().filter(|c| !sans.contains(c));
    offertes
        .map(|c| Choix::new(c.as_str(), c.libelle()))
        .collect()
}

/// What a paper says.
#[derive(Formulaire)]
struct Enregistrement {
    #[champ(
        libelle = "Ce que la personne conteste",
        choix = contestees,
        manque = "Choisissez ce que la personne conteste."
    )]
    contestee: Contestee,
    #[champ(
        libelle = "Numéro RPPS de la personne",
        aide = "Onze chiffres.",
        exigence = Si("à remplir pour un appel à candidatures")
    )]
    rpps: Option<String>,
    #[champ(
        libelle = "Envoyé le",
        aide = "Le cachet de la poste fait foi.",
        manque = "Indiquez le jour du cachet de la poste."
    )]
    envoye_le: NaiveDate,
    #[champ(
        libelle = "Reçu à la caisse le",
        aide = "Le délai de la commission court de ce jour.",
        manque = "Indiquez le jour où la lettre est arrivée à la caisse."
    )]
    recu_le: NaiveDate,
    #[champ(
        libelle = "Ce que dit la personne",
        zone = 6,
        aide = "Ses arguments, en ses mots : la commission y répond."
    )]
    moyens: String,
}

const PIECES: &str = "pieces";

/// `GET /dossiers/{numero}/recours`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn formulaire(visite: Visite, numero: Path<String>) -> Reponse {
    montrer(&visite, &numero, Essai::default()).await
}

async fn montrer(visite: &Visite, numero: &str, essai: Essai<'_>) -> Reponse {
    let (scope, acte, n) = (visite.qui()?.scope(), visite.acte()?, numero.to_owned());
    let vu = visite
        .read(move |conn| recours::contestable(conn, &acte, &scope, &n))
        .await?;
    let debut = Saisie::de([(
        Enregistrement::CONTESTEE,
        vu.contestee.map_or("", Contestee::as_str),
    )]);
    let saisie = essai.saisie.unwrap_or(&debut);
    let pieces = fichiers::champ(
        visite,
        PIECES,
        "La lettre et ses documents, numérisés",
        "",
        fichiers::presents(saisie, &[PIECES]),
        &essai.erreurs,
    )
    .facultatif();
    let champs = Enregistrement::champs(saisie, &essai.erreurs);
    let champs = match vu.kine_id {
        Some(_) => champs.sans(Enregistrement::RPPS),
        None => champs,
    };
    let champs = champs.avec(pieces).avec(Champ::cache("cle", cle(saisie)));
    let mut page = Presentation::new("Enregistrer un recours", "Enregistrer ce recours", champs)
        .intro(
            "Un recours tardif s’enregistre aussi : la commission seule dit ce qui est tardif. L’accusé de réception part dès \
             l’enregistrement.",
        );
    if let Some(terme) = vu.terme {
        page = page.intro(format!(
            "Dernier jour pour contester : le {}.",
            texte::date_longue(terme)
        ));
    }
    let Tronc(d) = Tronc::ouvrir(visite, &numero.to_owned()).await?;
    let mut entete = Tronc(d).entete(visite);
    entete.version = None;
    let url = adresse_du_dossier(numero, "recours");
    geste::montrer(visite, entete, &url, page, essai).await
}

/// `POST /dossiers/{numero}/recours`
///
/// # Errors
/// Out of scope; the database or the document store does not answer.
pub async fn enregistrer(visite: Visite, numero: Path<String>, saisie: Saisie) -> Reponse {
    let numero = numero.into_inner();
    // Out of scope, nothing is stored.
    Tronc::ouvrir(&visite, &numero).await?;
    let mut essai = Essai {
        saisie: Some(&saisie),
        ..Essai::default()
    };
    let lu = essai.erreurs.prendre_de(Enregistrement::lire(&saisie));
    fichiers::verifier(&visite, &saisie, PIECES, &mut essai.erreurs);
    let (Some(lu), false) = (lu, essai.erreurs.presentes()) else {
        return montrer(&visite, &numero, essai).await;
    };
    let a = ADeposer {
        contre: numero.clone(),
        voie: Voie::Papier {
            envoye_le: lu.envoye_le,
            recu_le: lu.recu_le,
            contestee: lu.contestee,
            rpps: lu.rpps.and_then(|r| r.parse::<Rpps>().ok()),
        },
        moyens: lu.moyens,
        pieces: fichiers::garder(&visite, &saisie, PIECES, NaturePiece::Autre).await?,
        cle: cle(&saisie),
    };
    let (scope, acte) = (visite.qui()?.scope(), visite.acte()?);
    let fait: ActionResult<String> = visite
        .write(move |tx| recours::deposer(tx, &acte, &scope, &a))
        .await;
    match fait {
        Ok(numero) => visite.rediriger_avec(
            &adresse(&numero),
            "Le recours est enregistré. Son accusé de réception est parti.",
        ),
        Err(refus) => {
            essai.refus = Some(refus);
            montrer(&visite, &numero, essai).await
        }
    }
}

/// A message of a person that is an appeal.
pub struct Protestation {
    numero: String,
    message: Message,
    contestee: Option<Contestee>,
}

impl Objet for Protestation {
    type Cle = (String, i64);

    async fn ouvrir(
        visite: &Visite,
        (numero, id): &(String, i64),
    ) -> Result<Protestation, WebError> {
        let (scope, acte, numero, id) =
            (visite.qui()?.scope(), visite.acte()?, numero.clone(), *id);
        visite
            .read(move |conn| {
                let vise = conversation::Vise::Dossier(numero.clone());
                let c = conversation::lire(conn, &scope, &vise)?;
                let message = message::de(conn, c.dossier_id)?
                    .into_iter()
                    .find(|m| m.id == id && m.cote == Cote::Kine)
                    .ok_or(DbError::Introuvable)?;
                let vu = recours::contestable(conn, &acte, &scope, &numero)?;
                Ok::<_, ActionError>(Protestation {
                    numero,
                    message,
                    contestee: vu.contestee,
                })
            })
            .await
    }

    fn adresse((numero, _): &(String, i64)) -> String {
        adresse_du_dossier(numero, "messages")
    }

    fn url((numero, id): &(String, i64), verbe: &str) -> String {
        format!("{}/{id}/{verbe}", adresse_du_dossier(numero, "messages"))
    }

    fn entete(&self, _: &Visite) -> Entete {
        let fil = adresse_du_dossier(&self.numero, "messages");
        Entete {
            quoi: "Ce message",
            surtitre: Some(format!("Dossier {}", self.numero)),
            ariane: vec![
                Lien::new("Dossiers", "/dossiers"),
                Lien::new(&self.numero, adresse_du_dossier(&self.numero, "")),
            ],
            bandeau: None,
            dossier_id: None,
            version: None,
            retour: Lien::new("Revenir aux messages", fil),
        }
    }
}

/// Handing a message to the commission.
#[derive(Formulaire)]
pub struct DepuisUnMessage {
    #[champ(
        libelle = "Ce que la personne conteste",
        choix = contestees,
        manque = "Choisissez ce que la personne conteste."
    )]
    contestee: Contestee,
    #[champ(
        libelle = "Ce que dit la personne",
        zone = 6,
        aide = "Le texte de son message : la commission y répond."
    )]
    moyens: String,
    #[champ(cache)]
    le: NaiveDate,
    #[champ(cache)]
    cle: String,
}

impl Geste for DepuisUnMessage {
    type Objet = Protestation;
    const VERBE: &'static str = "recours";
    const TITRE: &'static str = "Transmettre à la commission de recours amiable";
    const BOUTON: &'static str = "Transmettre à la commission";
    const INTRO: &'static [&'static str] = &[
        "Une contestation envoyée à temps au mauvais bureau est un recours. Elle compte du jour du message ; l’accusé de \
         réception part dès l’enregistrement.",
    ];

    async fn initial(_: &Visite, p: &Protestation) -> Result<Saisie, WebError> {
        Ok(Saisie::de([
            (Self::CONTESTEE, p.contestee.map_or("", Contestee::as_str)),
            (Self::MOYENS, p.message.texte.as_str()),
            (
                Self::LE,
                texte::date_courte(jour_a_paris(p.message.envoye_le)).as_str(),
            ),
            (Self::CLE, cle(&Saisie::default()).as_str()),
        ]))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<(String, i64)>) -> ActionResult<String> {
        let a = ADeposer {
            contre: o.cle.0.clone(),
            voie: Voie::Papier {
                envoye_le: self.le,
                recu_le: self.le,
                contestee: self.contestee,
                rpps: None,
            },
            moyens: self.moyens,
            pieces: Vec::new(),
            cle: self.cle,
        };
        let numero = recours::deposer(tx, &o.acte, &o.scope, &a)?;
        Ok(format!(
            "Le recours {numero} est enregistré. Son accusé de réception est parti."
        ))
    }
}

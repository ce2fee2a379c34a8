//! PRO-13: a file whose applicant writes on paper: the letters to print and post, the documents that arrive by post, the
//! account that it is linked to.

use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDate;
use regles::identite::MoyenIdentite;
use regles::texte;

use super::identite;
use super::objet::{Dossier, adresse};
use crate::actions::demande::suivi;
use crate::actions::{ActionResult, papier};
use crate::clock::jour_a_paris;
use crate::db::demande::DemandeComplete;
use crate::db::identite::verifiee;
use crate::db::lettre::{self, EnListe, Lettre};
use crate::db::papier as connus;
use crate::db::piece::{self, Piece, PieceDemandee};
use crate::db::{DbResult, WriteTx};
use crate::web::erreur::WebError;
use crate::web::espace::pieces;
use crate::web::kit::essai::Essai;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Entete, Geste, Objet, Ordre, Presentation, montrer};
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::Message;
use crate::web::visite::{Reponse, Visite};

/// A letter, as the page of its file lists it.
pub(super) struct LettreVue {
    /// Its subject.
    pub(super) sujet: String,
    /// Its page.
    pub(super) url: String,
    /// Written, posted or to be posted.
    pub(super) etat: String,
    /// Where one says that it was posted, by who may.
    pub(super) poster: Option<String>,
}

/// The letters of a file; `agit`: whether the reader may say that one was posted.
pub(super) fn lettres(numero: &str, lues: &[EnListe], agit: bool) -> Vec<LettreVue> {
    let vue = |(id, sujet, ecrite, postee): &EnListe| {
        let ecrite = texte::date_fr(jour_a_paris(*ecrite));
        LettreVue {
            sujet: sujet.clone(),
            url: adresse(numero, &format!("lettres/{id}")),
            etat: match postee {
                Some(le) => format!("écrite le {ecrite}, postée le {}", texte::date_fr(*le)),
                None => format!("écrite le {ecrite}, à imprimer et à poster"),
            },
            poster: (agit && postee.is_none())
                .then(|| adresse(numero, &format!("lettres/{id}/poster"))),
        }
    };
    lues.iter().map(vue).collect()
}

/// What has to be known of a person without an account.
pub(super) fn message(dossier: &DemandeComplete, agit: bool) -> Option<Message> {
    if dossier.courriel.is_some() {
        return None;
    }
    if dossier.titulaire.is_some() {
        let message = Message::attention(
            "Un compte porte maintenant le numéro RPPS de cette personne. Elle ne lit pas ce dossier tant que vous n’avez pas \
             vérifié qui elle est.",
        );
        let url = adresse(&dossier.demande.numero, "rattacher");
        return Some(match agit {
            true => message.lien("Rattacher le dossier à ce compte", url),
            false => message,
        });
    }
    Some(Message::information(
        "Cette personne n’a pas de compte : ce qui lui est écrit s’imprime et se poste, et les décisions lui sont notifiées par \
         lettre recommandée.",
    ))
}

/// A letter of a file on which something is done.
pub struct LettreDuDossier {
    dossier: Dossier,
    lettre: Lettre,
}

impl Objet for LettreDuDossier {
    type Cle = (String, i64);

    async fn ouvrir(visite: &Visite, (numero, id): &(String, i64)) -> Result<Self, WebError> {
        let dossier = Dossier::ouvrir(visite, numero).await?;
        let (dossier_id, id) = (dossier.complet.demande.id, *id);
        let lettre = visite
            .read(move |conn| lettre::lire(conn, dossier_id, id))
            .await?;
        Ok(LettreDuDossier { dossier, lettre })
    }

    fn adresse((numero, _): &(String, i64)) -> String {
        adresse(numero, "")
    }

    fn url((numero, id): &(String, i64), verbe: &str) -> String {
        adresse(numero, &format!("lettres/{id}/{verbe}"))
    }

    fn entete(&self, visite: &Visite) -> Entete {
        self.dossier.entete(visite)
    }
}

/// Saying that a letter was posted.
#[derive(Formulaire)]
pub struct Poster {
    #[champ(
        libelle = "Postée le",
        manque = "Indiquez le jour où la lettre a été postée."
    )]
    le: NaiveDate,
}

impl Geste for Poster {
    type Objet = LettreDuDossier;
    const VERBE: &'static str = "poster";
    const TITRE: &'static str = "Noter l’envoi de la lettre";
    const BOUTON: &'static str = "Noter l’envoi";

    async fn presenter(
        _: &Visite,
        objet: &LettreDuDossier,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        Ok(Self::presentation(champs).intro(format!("« {} »", objet.lettre.sujet)))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<(String, i64)>) -> ActionResult<String> {
        let (numero, id) = &o.cle;
        papier::poster(tx, &o.acte, &o.scope, (numero, o.version), (*id, self.le))?;
        Ok("L’envoi de la lettre est noté.".to_owned())
    }
}

/// Linking a file to the account of its applicant.
#[derive(Formulaire)]
pub struct Rattachement {
    #[champ(
        libelle = "Comment vous avez vérifié qui est la personne",
        choix = identite::moyens,
        exigence = Requis
    )]
    moyen: Option<MoyenIdentite>,
    #[champ(
        libelle = "Précision",
        zone = 2,
        longueur = 500,
        aide = "Qui vous a répondu, quelle pièce ; jamais son numéro. La personne le lit dans l’historique."
    )]
    observation: Option<String>,
}

impl Geste for Rattachement {
    type Objet = Dossier;
    const VERBE: &'static str = "rattacher";
    const TITRE: &'static str = "Rattacher le dossier au compte de la personne";
    const BOUTON: &'static str = "Rattacher le dossier";
    const INTRO: &'static [&'static str] = &[
        "Quiconque peut écrire un numéro RPPS en créant un compte : vérifiez qui est la personne avant de lui ouvrir ce dossier. Elle lira alors tout ce qu’il contient, et recevra par courriel ce qui lui est écrit ensuite.",
    ];

    async fn presenter(
        visite: &Visite,
        objet: &Dossier,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let rpps = objet.complet.kine.rpps.clone();
        let deja = visite
            .read(move |conn| -> DbResult<bool> {
                match connus::titulaire(conn, &rpps)? {
                    Some(titulaire) => verifiee(conn, titulaire.id),
                    None => Ok(false),
                }
            })
            .await?;
        if !deja {
            return Ok(Self::presentation(champs));
        }
        let sans = champs.sans(Self::MOYEN).sans(Self::OBSERVATION);
        Ok(Self::presentation(sans).intro(
            "L’identité de la personne qui tient ce compte est déjà vérifiée : il n’y a rien de plus à dire.",
        ))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let controle = self.moyen.map(|moyen| (moyen, self.observation.as_deref()));
        papier::rattacher(tx, &o.acte, &o.scope, &o.cle, o.version, controle)?;
        Ok("Le dossier est rattaché au compte : la personne le lit dans son espace.".to_owned())
    }
}

#[derive(Template)]
#[template(path = "dossiers/lettre.html")]
struct LettrePage {
    page: Page,
    logo: Option<String>,
    service: Vec<String>,
    destinataire: Vec<String>,
    le: String,
    paragraphes: Vec<String>,
    retour: String,
}

/// `GET /dossiers/{numero}/lettres/{id}`: what is printed.
///
/// # Errors
/// Out of scope, or a letter of another file.
pub async fn page_lettre(visite: Visite, cle: Path<(String, i64)>) -> Reponse {
    let objet = LettreDuDossier::ouvrir(&visite, &cle).await?;
    let (complet, lettre) = (&objet.dossier.complet, &objet.lettre);
    let lignes = |t: &str| t.lines().map(str::to_owned).collect();
    let fiche = adresse(&complet.demande.numero, "");
    visite.rendre(&LettrePage {
        page: visite
            .page(lettre.sujet.clone())
            .ariane("Dossiers", "/dossiers")
            .ariane(complet.demande.numero.clone(), &fiche)
            .rubrique("/dossiers")
            .largeur(Largeur::Lecture),
        logo: complet.service.logo(),
        service: complet.service.lignes(),
        destinataire: lignes(&lettre.destinataire),
        le: texte::date_fr(jour_a_paris(lettre.cree_le)),
        paragraphes: lettre
            .texte
            .split("\n\n")
            .map(|p| p.trim().to_owned())
            .filter(|p| !p.is_empty())
            .collect(),
        retour: visite.garder(&fiche),
    })
}

/// What receiving documents rests on.
struct Attendu {
    dossier: Dossier,
    pieces: Vec<Piece>,
    demandees: Vec<PieceDemandee>,
}

impl Attendu {
    async fn lire(visite: &Visite, numero: &String) -> Result<Attendu, WebError> {
        let dossier = Dossier::ouvrir(visite, numero).await?;
        let (scope, id) = (visite.qui()?.scope(), dossier.complet.demande.id);
        let (pieces, demandees) = visite
            .read(move |conn| -> DbResult<_> {
                Ok((piece::de(conn, &scope, id)?, piece::demandees(conn, id)?))
            })
            .await?;
        Ok(Attendu {
            dossier,
            pieces,
            demandees,
        })
    }

    async fn montrer(&self, visite: &Visite, essai: Essai<'_>) -> Reponse {
        let vide = Saisie::default();
        let saisie = essai.saisie.unwrap_or(&vide);
        let manquantes: Vec<&PieceDemandee> = self
            .demandees
            .iter()
            .filter(|p| p.recue_le.is_none())
            .collect();
        let (demandees, ajout) = pieces::champs(visite, &manquantes, saisie, &essai.erreurs);
        let champs: Vec<_> = demandees.into_iter().chain(ajout).collect();
        let presentation = Presentation::new(
            "Ajouter des pièces reçues sur papier",
            "Ajouter ces pièces",
            champs.into(),
        )
        .intro("Numérisées, elles valent comme si la personne les avait envoyées elle-même : elle en reçoit la liste.");
        let url = adresse(&self.dossier.complet.demande.numero, "recevoir");
        montrer(
            visite,
            self.dossier.entete(visite),
            &url,
            presentation,
            essai,
        )
        .await
    }
}

/// `GET /dossiers/{numero}/recevoir`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_recevoir(visite: Visite, numero: Path<String>) -> Reponse {
    let attendu = Attendu::lire(&visite, &numero).await?;
    attendu.montrer(&visite, Essai::default()).await
}

/// `POST /dossiers/{numero}/recevoir`
///
/// # Errors
/// Out of scope; the database or the document store does not answer.
pub async fn recevoir(visite: Visite, numero: Path<String>, saisie: Saisie) -> Reponse {
    let attendu = Attendu::lire(&visite, &numero).await?;
    let mut essai = Essai {
        saisie: Some(&saisie),
        ..Essai::default()
    };
    let envois = pieces::recevoir(
        &visite,
        &saisie,
        &attendu.pieces,
        &attendu.demandees,
        &mut essai.erreurs,
    )
    .await?;
    if essai.erreurs.presentes() {
        return attendu.montrer(&visite, essai).await;
    }
    let o = Ordre::de(&visite, numero.into_inner(), &saisie)?;
    let cle = o.cle.clone();
    let fait = visite
        .write(move |tx| suivi::completer(tx, &o.acte, &o.scope, &o.cle, &envois))
        .await;
    match fait {
        Ok(_) => visite.rediriger_avec(&adresse(&cle, ""), "Les pièces sont jointes au dossier."),
        Err(refus) => {
            essai.refus = Some(refus);
            attendu.montrer(&visite, essai).await
        }
    }
}

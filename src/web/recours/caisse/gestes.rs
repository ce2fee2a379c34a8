//! What is recorded of an appeal: the answer of the commission, its notification, what follows before the courts.

use chrono::NaiveDate;
use regles::contestation::{Issue, Suite, suite};
use regles::decision::ModeNotification;
use regles::notification::Retour;
use regles::texte;

use super::super::mots;
use super::adresse;
use crate::actions::recours::{self, Jugement as Rendu, Reponse as Donnee};
use crate::actions::{ActionResult, decision};
use crate::db::WriteTx;
use crate::db::recours::{self as stockes, RecoursComplet};
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Entete, Geste, Objet, Ordre, Presentation};
use crate::web::page::Lien;
use crate::web::ui::{Bandeau, Choix};
use crate::web::visite::Visite;

/// An appeal on which something is recorded.
pub struct Instance(pub RecoursComplet);

impl Objet for Instance {
    type Cle = String;

    async fn ouvrir(visite: &Visite, numero: &String) -> Result<Instance, WebError> {
        let (scope, numero) = (visite.qui()?.scope(), numero.clone());
        let lu = visite
            .read(move |conn| stockes::complet(conn, &scope, &numero))
            .await?;
        Ok(Instance(lu))
    }

    fn adresse(numero: &String) -> String {
        adresse(numero)
    }

    fn entete(&self, _: &Visite) -> Entete {
        let r = &self.0.recours;
        let (nom, fiche) = (self.0.kine.nom_complet(), adresse(&r.numero));
        Entete {
            quoi: "Ce recours",
            surtitre: Some(format!("Recours {} · {nom}", r.numero)),
            ariane: vec![
                Lien::new("Dossiers", "/dossiers"),
                Lien::new(&r.numero, &fiche),
            ],
            bandeau: Some(Bandeau::new(
                mots::pastille(r.etat, r.issue),
                mots::phrase(r, &nom),
            )),
            dossier_id: Some(r.id),
            version: Some(r.version),
            retour: Lien::new("Revenir au recours sans rien changer", fiche),
        }
    }
}

/// What a body may say, as choices.
fn issues() -> Vec<Choix> {
    let aide = |i: &Issue| match i {
        Issue::Annulation => "La décision contestée ne vaut plus.",
        Issue::AnnulationPartielle => "Elle ne vaut plus telle quelle : une autre est à prendre.",
        Issue::Rejet => "La décision contestée reste.",
        Issue::Irrecevabilite => "Elle reste, sans que le recours soit examiné.",
        Issue::RejetImplicite | Issue::Desistement => "",
    };
    Issue::EXPRESSES
        .iter()
        .map(|i| Choix::new(i.as_str(), i.libelle()).aide(aide(i)))
        .collect()
}

/// Recording the answer of the commission.
#[derive(Formulaire)]
pub struct Reponse {
    #[champ(libelle = "Ce que la commission a décidé", radios, choix = issues, manque = "Choisissez ce que la commission a décidé.")]
    issue: Issue,
    #[champ(
        libelle = "Jour de sa réunion",
        manque = "Indiquez le jour où la commission s’est réunie."
    )]
    decide_le: NaiveDate,
    #[champ(
        libelle = "Motifs en droit et en fait",
        zone = 6,
        aide = "Les règles et les faits au jour de la réponse. Ils figurent dans la lettre, jamais les votes."
    )]
    motifs: String,
    #[champ(
        libelle = "Réponse à chaque argument",
        zone = 5,
        aide = "Elle figure dans la lettre."
    )]
    reponses: String,
    #[champ(libelle = "Ce qui suit d’une annulation", zone = 2, exigence = Facultatif,
            aide = "Laissez vide pour la suite que prévoit le service.")]
    suite: String,
    #[champ(libelle = "Qui signe pour la commission", aide = "Prénom et nom.", taille = Long)]
    signataire: String,
    #[champ(libelle = "Sa qualité", taille = Long)]
    qualite: String,
}

impl Geste for Reponse {
    type Objet = Instance;
    const VERBE: &'static str = "repondre";
    const TITRE: &'static str = "Enregistrer la réponse de la commission";
    const BOUTON: &'static str = "Enregistrer cette réponse";
    const INTRO: &'static [&'static str] = &[
        "La réponse remplace la décision contestée. La lettre qui la notifie est écrite d’après ce qui suit ; elle est mise à \
         disposition de la personne qui a accepté son espace, ou à envoyer.",
    ];

    async fn presenter(
        _: &Visite,
        instance: &Instance,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let r = &instance.0.recours;
        let dite = match suite(r.contestee) {
            Suite::RouvrirLaDemande => {
                "Une annulation rouvre la demande : une nouvelle décision y est due."
            }
            Suite::RouvrirLeDepart => {
                "Une annulation rouvre la déclaration de départ : une nouvelle réponse y est due."
            }
            Suite::RendreLaPlace => {
                "Une annulation rouvre la demande qui avait pris la place, et la place redevient ouverte."
            }
            Suite::ADecider => {
                "Une annulation ne change rien d’elle-même : dites dans la lettre ce qui suit."
            }
        };
        Ok(Self::presentation(champs)
            .intro(dite)
            .intro(format!("Ce que dit le recours : « {} »", r.moyens)))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let donnee = Donnee {
            issue: self.issue,
            decide_le: self.decide_le,
            motifs: self.motifs,
            reponses: self.reponses,
            suite: self.suite,
            signataire: self.signataire,
            qualite: self.qualite,
        };
        let issue = recours::repondre(tx, &o.acte, &o.scope, &o.cle, o.version, &donnee)?;
        Ok(match issue.annule() {
            true => "La réponse est enregistrée. La décision contestée est annulée.",
            false => "La réponse est enregistrée.",
        }
        .to_owned())
    }
}

/// What is known of the letter that notifies the answer.
#[derive(Formulaire)]
pub struct Notification {
    #[champ(libelle = "Comment le document est envoyé", radios, choix = moyens, manque = "Choisissez comment le document est envoyé.")]
    moyen: ModeNotification,
    #[champ(libelle = "Numéro du recommandé")]
    numero: Option<String>,
    #[champ(libelle = "Envoyé le")]
    envoyee: NaiveDate,
    #[champ(
        libelle = "Avis de passage le",
        aide = "Le jour où la personne a été avisée que la lettre l’attend au bureau de poste."
    )]
    avisee: Option<NaiveDate>,
    #[champ(
        libelle = "Remis le",
        aide = "Le jour de l’avis de réception signé, ou du récépissé en main propre."
    )]
    remise: Option<NaiveDate>,
    #[champ(libelle = "Lettre revenue", radios, choix = retours)]
    retour: Option<Retour>,
}

fn moyens() -> Vec<Choix> {
    [ModeNotification::Recommande, ModeNotification::MainPropre]
        .map(|m| Choix::new(m.as_str(), texte::majuscule_initiale(m.libelle())))
        .into()
}

fn retours() -> Vec<Choix> {
    let choix = |r: &Retour| Choix::new(r.as_str(), r.libelle());
    Retour::TOUS.iter().map(choix).collect()
}

impl Geste for Notification {
    type Objet = Instance;
    const VERBE: &'static str = "notifier";
    const TITRE: &'static str = "Suivre la notification de la réponse";
    const BOUTON: &'static str = "Enregistrer ce suivi";
    const INTRO: &'static [&'static str] = &[
        "Le délai pour saisir le tribunal court à compter du jour de notification : celui de la remise ou, si la lettre n’est \
         pas réclamée, celui de l’avis de passage.",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let suivi = decision::Suivi {
            moyen: self.moyen,
            numero: self.numero.unwrap_or_default(),
            envoyee: self.envoyee,
            avisee: self.avisee,
            remise: self.remise,
            retour: self.retour,
        };
        let notifiee = recours::suivre(tx, &o.acte, &o.scope, &o.cle, o.version, &suivi)?;
        Ok(match notifiee {
            Some(le) => format!("La réponse est notifiée le {}.", texte::date_fr(le)),
            None => "Le suivi est enregistré : la réponse n’est pas encore notifiée.".to_owned(),
        })
    }
}

/// Recording that a court is seized.
#[derive(Formulaire)]
pub struct Saisine {
    #[champ(
        libelle = "Tribunal saisi le",
        manque = "Indiquez le jour où le tribunal a été saisi."
    )]
    le: NaiveDate,
    #[champ(libelle = "Numéro du greffe", exigence = Facultatif)]
    numero: Option<String>,
}

impl Geste for Saisine {
    type Objet = Instance;
    const VERBE: &'static str = "saisir";
    const TITRE: &'static str = "Enregistrer la saisine d’un tribunal";
    const BOUTON: &'static str = "Enregistrer la saisine";

    async fn presenter(
        _: &Visite,
        instance: &Instance,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let r = &instance.0.recours;
        let page = Self::presentation(champs);
        Ok(
            match regles::contestation::suivant(recours::route(r), r.degre) {
                Some(degre) => page.intro(format!("Degré suivant : {}.", degre.libelle())),
                None => page,
            },
        )
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let saisine = (self.le, self.numero.as_deref());
        recours::saisir(tx, &o.acte, &o.scope, &o.cle, o.version, saisine)?;
        Ok("La saisine est enregistrée.".to_owned())
    }
}

/// Recording a judgment.
#[derive(Formulaire)]
pub struct Jugement {
    #[champ(libelle = "Ce que le juge a décidé", radios, choix = issues, manque = "Choisissez ce que le juge a décidé.")]
    issue: Issue,
    #[champ(libelle = "Jour du jugement", manque = "Indiquez le jour du jugement.")]
    le: NaiveDate,
    #[champ(
        libelle = "Ce qu’il dit, en quelques phrases",
        zone = 4,
        aide = "Gardez le jugement lui-même parmi les documents."
    )]
    motifs: String,
}

impl Geste for Jugement {
    type Objet = Instance;
    const VERBE: &'static str = "juger";
    const TITRE: &'static str = "Enregistrer un jugement";
    const BOUTON: &'static str = "Enregistrer le jugement";
    const INTRO: &'static [&'static str] =
        &["S’il annule la décision contestée, le dossier est rouvert."];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let rendu = Rendu {
            le: self.le,
            issue: self.issue,
            motifs: self.motifs,
        };
        recours::juger(tx, &o.acte, &o.scope, &o.cle, o.version, &rendu)?;
        Ok("Le jugement est enregistré.".to_owned())
    }
}

/// Recording that the person gives the appeal up.
#[derive(Formulaire)]
pub struct Abandon {
    #[champ(
        libelle = "La personne l’a écrit le",
        manque = "Indiquez le jour où la personne a écrit qu’elle abandonne son recours."
    )]
    le: NaiveDate,
}

impl Geste for Abandon {
    type Objet = Instance;
    const VERBE: &'static str = "abandonner";
    const TITRE: &'static str = "Enregistrer l’abandon du recours";
    const BOUTON: &'static str = "Enregistrer l’abandon";
    const INTRO: &'static [&'static str] = &[
        "La personne renonce à son recours par écrit : la décision contestée reste. Un recours abandonné ne reprend pas.",
    ];
    const DANGER: bool = true;

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        recours::abandonner(tx, &o.acte, &o.scope, &o.cle, o.version, self.le)?;
        Ok("L’abandon du recours est enregistré.".to_owned())
    }
}

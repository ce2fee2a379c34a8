//! What is done to an account: inviting, another role or caisse, closing.

use regles::droits::{INSTRUCTION, Role};
use regles::texte;

use super::LISTE;
use crate::actions::compte::equipe::{self as actes, Demande};
use crate::actions::{ActionError, ActionResult};
use crate::adresse;
use crate::db::equipe::{self, Membre};
use crate::db::{CpamScope, DbError, WriteTx, file_comptes};
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Entete, Geste, Objet, Ordre, Presentation};
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::Choix;
use crate::web::visite::Visite;

fn entete(surtitre: Option<String>) -> Entete {
    Entete {
        quoi: "Ce compte",
        surtitre,
        ariane: vec![Lien::new("Agents", LISTE)],
        bandeau: None,
        dossier_id: None,
        version: None,
        retour: Lien::new("Revenir aux agents sans rien changer", LISTE),
    }
}

/// The agents, to whom one is added.
pub struct Equipe;

impl Objet for Equipe {
    type Cle = ();

    async fn ouvrir(_: &Visite, (): &()) -> Result<Equipe, WebError> {
        Ok(Equipe)
    }

    fn adresse((): &()) -> String {
        LISTE.to_owned()
    }

    fn entete(&self, _: &Visite) -> Entete {
        entete(None)
    }
}

/// Inviting somebody.
#[derive(Formulaire)]
pub struct Invitation {
    #[champ(libelle = "Prénom", manque = "Indiquez le prénom.")]
    prenom: String,
    #[champ(libelle = "Nom", manque = "Indiquez le nom.")]
    nom: String,
    #[champ(
        libelle = "Adresse électronique",
        courriel,
        manque = "Indiquez l’adresse électronique professionnelle.",
        aide = "Celle de la personne, jamais une adresse partagée"
    )]
    courriel: String,
    #[champ(libelle = "Rôle", choix = roles, manque = "Choisissez le rôle.")]
    role: Role,
    #[champ(libelle = "Code de la caisse", taille = Court, exigence = Si("à remplir pour un rôle de caisse"))]
    caisse: Option<String>,
    #[champ(libelle = "Code de la région", taille = Court, exigence = Si("à remplir pour une ARS"))]
    region: Option<String>,
    #[champ(
        libelle = "Qualité",
        aide = "Écrite sous une signature, par exemple « Directrice »"
    )]
    qualite: Option<String>,
}

fn roles() -> Vec<Choix> {
    Role::TOUS
        .iter()
        .filter(|r| r.etendue().is_some())
        .map(|r| Choix::new(r.as_str(), r.libelle()))
        .collect()
}

/// What one's own scope leaves to choose.
fn borner(visite: &Visite, champs: Champs) -> Result<Champs, WebError> {
    if visite.qui()?.scope() == CpamScope::National {
        return Ok(champs);
    }
    let de_caisse = Role::TOUS
        .iter()
        .filter(|r| r.de_caisse())
        .map(|r| Choix::new(r.as_str(), r.libelle()))
        .collect();
    Ok(champs
        .regler(Invitation::ROLE, |c| c.choix(de_caisse))
        .sans(Invitation::CAISSE)
        .sans(Invitation::REGION))
}

impl Geste for Invitation {
    type Objet = Equipe;
    const VERBE: &'static str = "inviter";
    const TITRE: &'static str = "Inviter une personne";
    const BOUTON: &'static str = "Envoyer l’invitation";
    const INTRO: &'static [&'static str] = &[
        "Elle reçoit un lien pour choisir son mot de passe. Invitez de nouveau la même adresse pour renvoyer le lien.",
    ];

    async fn presenter(
        visite: &Visite,
        _: &Equipe,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        Ok(Self::presentation(borner(visite, champs)?))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<()>) -> ActionResult<String> {
        let courriel = adresse::lire(&self.courriel).ok_or_else(|| {
            ActionError::champ(
                Self::COURRIEL,
                "Indiquez une adresse électronique, par exemple claire.martin@example.fr.",
            )
        })?;
        let demande = Demande {
            role: self.role,
            caisse: self.caisse.as_deref(),
            region: self.region.as_deref(),
            qualite: self.qualite.as_deref(),
        };
        let qui = (self.prenom.as_str(), self.nom.as_str(), courriel.as_str());
        actes::inviter(tx, &o.acte, &o.scope, qui, &demande)
    }
}

/// An account under one of its mandates.
pub struct Compte(Membre);

impl Objet for Compte {
    type Cle = i64;

    async fn ouvrir(visite: &Visite, mandat: &i64) -> Result<Compte, WebError> {
        let (scope, jour, mandat) = (visite.qui()?.scope(), visite.aujourd_hui(), *mandat);
        let membre = visite
            .read(move |conn| actes::membre(conn, &scope, mandat, jour))
            .await?;
        Ok(Compte(membre))
    }

    fn adresse(_: &i64) -> String {
        LISTE.to_owned()
    }

    fn url(mandat: &i64, verbe: &str) -> String {
        format!("{LISTE}/{mandat}/{verbe}")
    }

    fn entete(&self, _: &Visite) -> Entete {
        let m = &self.0;
        entete(Some(format!("{}, {}", m.nom_complet(), m.role.libelle())))
    }
}

/// Giving another role, or another caisse.
#[derive(Formulaire)]
pub struct Changement {
    #[champ(libelle = "Rôle", choix = roles, manque = "Choisissez le rôle.")]
    role: Role,
    #[champ(libelle = "Code de la caisse", taille = Court, exigence = Si("à remplir pour un rôle de caisse"))]
    caisse: Option<String>,
    #[champ(libelle = "Code de la région", taille = Court, exigence = Si("à remplir pour une ARS"))]
    region: Option<String>,
    #[champ(
        libelle = "Qualité",
        aide = "Écrite sous une signature, par exemple « Directrice »"
    )]
    qualite: Option<String>,
}

impl Geste for Changement {
    type Objet = Compte;
    const VERBE: &'static str = "changer";
    const TITRE: &'static str = "Changer de rôle ou de caisse";
    const BOUTON: &'static str = "Changer le rôle";
    const INTRO: &'static [&'static str] = &[
        "Le nouveau rôle vaut tout de suite : les connexions ouvertes se ferment. Ce qui a été fait sous l’ancien reste écrit.",
    ];

    async fn initial(_: &Visite, compte: &Compte) -> Result<Saisie, WebError> {
        let m = &compte.0;
        Ok(Changement {
            role: m.role,
            caisse: m.caisse_code.clone(),
            region: m.region.clone(),
            qualite: m.qualite.clone(),
        }
        .ecrire())
    }

    async fn presenter(
        visite: &Visite,
        _: &Compte,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        Ok(Self::presentation(borner(visite, champs)?))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<i64>) -> ActionResult<String> {
        let demande = Demande {
            role: self.role,
            caisse: self.caisse.as_deref(),
            region: self.region.as_deref(),
            qualite: self.qualite.as_deref(),
        };
        actes::changer(tx, &o.acte, &o.scope, o.cle, &demande)?;
        Ok("Le rôle est changé.".to_owned())
    }
}

/// What stands for nobody among the people to choose from.
const PERSONNE: &str = "personne";

/// Closing an account.
#[derive(Formulaire)]
pub struct Fermeture {
    #[champ(
        libelle = "Personne qui reprend ses dossiers",
        liste,
        manque = "Choisissez une personne, ou «\u{a0}Personne\u{a0}»."
    )]
    agent: String,
}

impl Geste for Fermeture {
    type Objet = Compte;
    const VERBE: &'static str = "fermer";
    const TITRE: &'static str = "Fermer le compte";
    const BOUTON: &'static str = "Fermer le compte";
    const DANGER: bool = true;
    const INTRO: &'static [&'static str] = &[
        "La personne ne se connecte plus, ses connexions ouvertes se ferment et elle ne reçoit plus de courriel. L’historique de chaque dossier dit qui le reprend.",
    ];

    async fn presenter(
        visite: &Visite,
        compte: &Compte,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let (m, jour, scope) = (
            compte.0.clone(),
            visite.aujourd_hui(),
            visite.qui()?.scope(),
        );
        let (agents, suivis) = visite
            .read(move |conn| {
                let agents = match &m.caisse_code {
                    Some(code) => file_comptes::agents(conn, code, jour)?,
                    None => Vec::new(),
                };
                let borne = match &scope {
                    CpamScope::Caisse(code) => Some(code.as_str()),
                    _ => None,
                };
                let suivis = equipe::suivis(conn, m.compte_id, borne)?.len();
                Ok::<_, DbError>((agents, suivis))
            })
            .await?;
        let id = compte.0.compte_id;
        let choix = agents
            .iter()
            .filter(|a| a.id != id && INSTRUCTION.permet(Some(a.role)))
            .map(|a| Choix::new(a.id.to_string(), a.nom_complet()))
            .chain([Choix::new(PERSONNE, "Personne")])
            .collect();
        let nombre = i64::try_from(suivis).unwrap_or(i64::MAX);
        Ok(
            Self::presentation(champs.regler(Self::AGENT, |c| c.choix(choix))).intro(format!(
                "Dossiers ouverts à reprendre : {}.",
                texte::nombre(nombre)
            )),
        )
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<i64>) -> ActionResult<String> {
        let repreneur = match self.agent.as_str() {
            PERSONNE => None,
            autre => Some(autre.parse().map_err(|_| {
                ActionError::champ(Self::AGENT, "Choisissez une personne, ou « Personne ».")
            })?),
        };
        let dossiers = actes::fermer(tx, &o.acte, &o.scope, o.cle, repreneur)?;
        let nombre = i64::try_from(dossiers).unwrap_or(i64::MAX);
        Ok(match (dossiers, repreneur) {
            (0, _) => "Le compte est fermé ; aucun dossier n’était suivi.".to_owned(),
            (_, Some(_)) => format!(
                "Le compte est fermé ; {} changé de main.",
                texte::pluriel(nombre, "dossier a", "dossiers ont")
            ),
            (_, None) => format!(
                "Le compte est fermé ; {} plus personne pour les suivre : la file les montre sous « personne ».",
                texte::pluriel(nombre, "dossier n’a", "dossiers n’ont")
            ),
        })
    }
}

//! Proposing a local aid, or the correction of an entry: it counts once another person approves.

use chrono::NaiveDate;
use regles::incitation::{Aide, NatureAide, Payeur, Profession, ZoneAidee};
use regles::regle::Statut;

use crate::actions::incitation as actes;
use crate::actions::{ActionError, ActionResult};
use crate::db::{DbError, WriteTx};
use crate::web::erreur::WebError;
use crate::web::kit::erreurs::cle_de;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Entete, Geste, Objet, Ordre, Presentation};
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::Choix;
use crate::web::visite::Visite;

const PROPOSEE: &str = "La proposition est enregistrée : une autre personne l’approuve.";

fn entete(surtitre: Option<String>) -> Entete {
    Entete {
        quoi: "Cette aide",
        surtitre,
        ariane: vec![Lien::new("Aides", "/aides")],
        bandeau: None,
        dossier_id: None,
        version: None,
        retour: Lien::new("Revenir aux aides sans rien changer", "/aides"),
    }
}

/// The catalogue, to which an aid is added.
pub struct Catalogue;

impl Objet for Catalogue {
    type Cle = ();

    async fn ouvrir(_: &Visite, (): &()) -> Result<Catalogue, WebError> {
        Ok(Catalogue)
    }

    fn adresse((): &()) -> String {
        "/aides".to_owned()
    }

    fn entete(&self, _: &Visite) -> Entete {
        entete(None)
    }
}

/// For one profession, or all.
const TOUTES: &str = "toutes";

fn professions() -> Vec<Choix> {
    let mut choix = vec![Choix::new(TOUTES, "Toutes les professions")];
    choix.extend(
        Profession::TOUS
            .iter()
            .map(|p| Choix::new(p.as_str(), p.libelle())),
    );
    choix
}

/// Who pays a local aid.
fn payeurs() -> Vec<Choix> {
    let choix = |p: &Payeur| Choix::new(p.as_str(), p.libelle());
    Payeur::TOUS.iter().map(choix).collect()
}

/// What an entry says, which an addition and a correction both ask.
#[derive(Formulaire)]
pub struct Texte {
    #[champ(libelle = "Combien elle donne", taille = Long, aide = "Par exemple : jusqu’à 20 000,00 €.")]
    montant: String,
    #[champ(libelle = "Autres montants, un par ligne", zone = 2)]
    details: Option<String>,
    #[champ(libelle = "Où elle est donnée", taille = Long)]
    zone: String,
    #[champ(libelle = "Durée", taille = Long)]
    duree: Option<String>,
    #[champ(libelle = "Conditions, une par ligne", zone = 4)]
    conditions: Option<String>,
    #[champ(
        libelle = "Avec quoi elle ne se cumule pas, ce qui peut la suivre",
        zone = 2
    )]
    cumul: Option<String>,
    #[champ(libelle = "Texte qui la fonde", taille = Long, aide = "Délibération, article, date.")]
    fondement: String,
    #[champ(libelle = "Où ces informations ont été lues", taille = Long)]
    source: String,
    #[champ(libelle = "Premier jour")]
    du: NaiveDate,
    #[champ(
        libelle = "Pourquoi",
        zone = 2,
        aide = "Pour la personne qui approuve. Gardé dans l’historique."
    )]
    raison: String,
}

fn lignes(texte: Option<&str>) -> Vec<String> {
    let lignes = texte.unwrap_or_default().lines().map(str::trim);
    lignes
        .filter(|l| !l.is_empty())
        .map(str::to_owned)
        .collect()
}

impl Texte {
    fn poser(self, aide: Aide, jour: NaiveDate) -> (Aide, String) {
        let aide = Aide {
            montant: match aide.parametres {
                // The parameters say it.
                Some(_) => String::new(),
                None => self.montant.trim().to_owned(),
            },
            details: lignes(self.details.as_deref()),
            zone: self.zone.trim().to_owned(),
            duree: self.duree,
            conditions: lignes(self.conditions.as_deref()),
            cumul: self.cumul,
            fondement: self.fondement.trim().to_owned(),
            a_confirmer: false,
            source: self.source.trim().to_owned(),
            verifie_le: jour,
            du: Some(self.du),
            au: None,
            ..aide
        };
        (aide, self.raison)
    }
}

/// Proposing a local aid.
#[derive(Formulaire)]
pub struct Nouvelle {
    #[champ(cache)]
    cle: String,
    #[champ(libelle = "Nom de l’aide", taille = Long)]
    nom: String,
    #[champ(libelle = "Pour qui", liste, choix = professions, manque = "Dites pour quelle profession.")]
    profession: String,
    #[champ(libelle = "Qui verse", radios, choix = payeurs, manque = "Dites qui verse cette aide.")]
    payeur: Payeur,
    #[champ(groupe)]
    texte: Texte,
}

impl Geste for Nouvelle {
    type Objet = Catalogue;
    const VERBE: &'static str = "proposer";
    const TITRE: &'static str = "Proposer une aide locale";
    const BOUTON: &'static str = "Proposer cette aide";
    const INTRO: &'static [&'static str] = &[
        "L’aide entre au catalogue à partir de son premier jour, une fois approuvée par une autre personne. Proposée par une caisse, elle vaut dans ses départements.",
    ];

    async fn initial(_: &Visite, _: &Catalogue) -> Result<Saisie, WebError> {
        Ok(Saisie::de([
            (Self::CLE, crate::secret::jeton().as_str()),
            (Self::PROFESSION, Profession::Kine.as_str()),
            (Self::PAYEUR, Payeur::Collectivite.as_str()),
        ]))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<()>) -> ActionResult<String> {
        let professions = match self.profession.as_str() {
            TOUTES => Profession::TOUS.to_vec(),
            une => vec![une.parse().map_err(|_| {
                ActionError::champ(Self::PROFESSION, "Dites pour quelle profession.")
            })?],
        };
        let jour = o.acte.jour();
        let vierge = Aide {
            code: String::new(),
            nom: self.nom.trim().to_owned(),
            sigle: None,
            nature: NatureAide::Locale,
            professions,
            payeurs: vec![self.payeur],
            zones: vec![ZoneAidee::Locale],
            zone: String::new(),
            departements: Vec::new(),
            montant: String::new(),
            parametres: None,
            details: Vec::new(),
            duree: None,
            conditions: Vec::new(),
            cumul: None,
            ouvert: true,
            fondement: String::new(),
            a_confirmer: false,
            source: String::new(),
            statut: Statut::E.as_str().to_owned(),
            verifie_le: jour,
            du: None,
            au: None,
        };
        let (aide, raison) = self.texte.poser(vierge, jour);
        actes::proposer(tx, &o.acte, &o.scope, aide, &raison, &cle_de(&self.cle))?;
        Ok(PROPOSEE.to_owned())
    }
}

/// An entry, that one corrects.
pub struct Entree(Aide);

impl Objet for Entree {
    type Cle = String;

    async fn ouvrir(visite: &Visite, code: &String) -> Result<Entree, WebError> {
        let (code, scope) = (code.clone(), visite.qui()?.scope());
        visite
            .read(move |conn| {
                if !actes::corrigeable(conn, &scope, &code)? {
                    return Err(DbError::Introuvable.into());
                }
                Ok::<_, ActionError>(Entree(actes::courante(conn, &code)?))
            })
            .await
    }

    fn adresse(_: &String) -> String {
        "/aides".to_owned()
    }

    fn url(code: &String, verbe: &str) -> String {
        format!("/aides/{code}/{verbe}")
    }

    fn entete(&self, _: &Visite) -> Entete {
        entete(Some(self.0.nom.clone()))
    }
}

/// Proposing a correction.
#[derive(Formulaire)]
pub struct Correction {
    #[champ(cache)]
    cle: String,
    #[champ(libelle = "On peut encore la demander", case)]
    ouvert: bool,
    #[champ(groupe)]
    texte: Texte,
}

impl Geste for Correction {
    type Objet = Entree;
    const VERBE: &'static str = "corriger";
    const TITRE: &'static str = "Proposer une correction";
    const BOUTON: &'static str = "Proposer cette correction";
    const INTRO: &'static [&'static str] = &[
        "La correction vaut à partir de son premier jour, une fois approuvée par une autre personne. Ce que l’aide disait jusque-là reste montré comme une ancienne valeur.",
    ];

    async fn initial(_: &Visite, entree: &Entree) -> Result<Saisie, WebError> {
        let a = &entree.0;
        let (details, conditions) = (a.details.join("\n"), a.conditions.join("\n"));
        let ouvert = if a.ouvert { "oui" } else { "non" };
        Ok(Saisie::de([
            (Self::CLE, crate::secret::jeton().as_str()),
            (Self::OUVERT, ouvert),
            (Texte::MONTANT, a.montant.as_str()),
            (Texte::DETAILS, details.as_str()),
            (Texte::ZONE, a.zone.as_str()),
            (Texte::DUREE, a.duree.as_deref().unwrap_or_default()),
            (Texte::CONDITIONS, conditions.as_str()),
            (Texte::CUMUL, a.cumul.as_deref().unwrap_or_default()),
            (Texte::FONDEMENT, a.fondement.as_str()),
        ]))
    }

    async fn presenter(
        _: &Visite,
        entree: &Entree,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        // What the parameters say is corrected there, by two people too.
        Ok(match entree.0.parametres {
            Some(_) => Self::presentation(champs.sans(Texte::MONTANT)).intro(
                "Ses montants suivent les paramètres des contrats : ils se corrigent là."
                    .to_owned(),
            ),
            None => Self::presentation(champs),
        })
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        if !actes::corrigeable(tx, &o.scope, &o.cle)? {
            return Err(DbError::Introuvable.into());
        }
        let courante = actes::courante(tx, &o.cle)?;
        let (aide, raison) = self.texte.poser(courante, o.acte.jour());
        let aide = Aide {
            ouvert: self.ouvert,
            ..aide
        };
        actes::corriger(tx, &o.acte, &o.scope, &aide, &raison, &cle_de(&self.cle))?;
        Ok(PROPOSEE.to_owned())
    }
}

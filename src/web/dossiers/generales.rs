//! `/dossiers/{numero}/conditions`: where the general conditions stand, recorded by the agent (GEN-1, GEN-2); the list of them,
//! on the file and on the page of who asked.

use chrono::NaiveDate;
use regles::condition::{self as regle, Condition, EtatCondition};
use regles::liste_pieces::Ligne;
use regles::reglement::Reglement;
use regles::texte;

use super::objet::Dossier;
use crate::actions::generales::{Notees, etats, noter};
use crate::actions::{ActionError, ActionResult};
use crate::db::WriteTx;
use crate::db::demande::Demande;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{Geste, Ordre};
use crate::web::saisie::Saisie;
use crate::web::ui::{Etat, Pastille};
use crate::web::visite::Visite;

/// Where each condition stands, all at once.
#[derive(Formulaire)]
pub struct ConditionsGenerales {
    #[champ(libelle = Condition::Ordre.libelle(), aide = Condition::Ordre.preuve(), manque = MANQUE)]
    ordre: EtatCondition,
    #[champ(libelle = Condition::Assurance.libelle(), aide = Condition::Assurance.preuve(), manque = MANQUE)]
    assurance: EtatCondition,
    #[champ(libelle = Condition::Urssaf.libelle(), aide = Condition::Urssaf.preuve(), manque = MANQUE)]
    urssaf: EtatCondition,
    #[champ(libelle = Condition::Contrats.libelle(), aide = Condition::Contrats.preuve(), manque = MANQUE)]
    contrats: EtatCondition,
    #[champ(libelle = Condition::CarteCps.libelle(), aide = Condition::CarteCps.preuve(), manque = MANQUE)]
    carte_cps: EtatCondition,
    #[champ(libelle = Condition::Lieu.libelle(), aide = Condition::Lieu.preuve(), manque = MANQUE)]
    lieu: EtatCondition,
    #[champ(
        libelle = "Ce que vous avez vu",
        zone = 3,
        aide = "Votre phrase est gardée dans l’historique."
    )]
    constat: Option<String>,
    #[champ(
        libelle = "Premier acte facturé le",
        exigence = Si("à remplir quand il est connu"),
        aide = "Il est comparé à la date d’effet de l’accord."
    )]
    premier_acte: Option<NaiveDate>,
}

const MANQUE: &str = "Dites où en est cette condition.";

impl Geste for ConditionsGenerales {
    type Objet = Dossier;
    const VERBE: &'static str = "conditions";
    const TITRE: &'static str = "Noter les conditions générales";
    const BOUTON: &'static str = "Noter cet état";
    const INTRO: &'static [&'static str] = &[
        "Ces conditions s’ajoutent à la place. La personne lit leur état sur sa demande. Sans celles qui retiennent l’accord, rien ne peut être accordé.",
    ];

    async fn initial(visite: &Visite, dossier: &Dossier) -> Result<Saisie, WebError> {
        let d = &dossier.complet.demande;
        let lu = super::pieces::lire(visite, &d.numero).await?;
        let lus = etats(d, &lu.lignes)?;
        let de = |condition| {
            let lue = lus.iter().find(|(c, _)| *c == condition);
            lue.map_or(EtatCondition::ATransmettre, |(_, etat)| *etat)
        };
        Ok(ConditionsGenerales {
            ordre: de(Condition::Ordre),
            assurance: de(Condition::Assurance),
            urssaf: de(Condition::Urssaf),
            contrats: de(Condition::Contrats),
            carte_cps: de(Condition::CarteCps),
            lieu: de(Condition::Lieu),
            constat: None,
            premier_acte: d.premier_acte,
        }
        .ecrire())
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let notees = Notees {
            etats: vec![
                (Condition::Ordre, self.ordre),
                (Condition::Assurance, self.assurance),
                (Condition::Urssaf, self.urssaf),
                (Condition::Contrats, self.contrats),
                (Condition::CarteCps, self.carte_cps),
                (Condition::Lieu, self.lieu),
            ],
            constat: self.constat,
            premier_acte: self.premier_acte,
        };
        noter(tx, &o.acte, &o.scope, &o.cle, o.version, &notees)?;
        Ok("L’état des conditions générales est noté.".to_owned())
    }
}

/// A condition, as it is read.
pub struct ConditionVue {
    /// Its name.
    pub nom: &'static str,
    /// Where it stands.
    pub etat: Pastille,
    /// What shows it, or who does what; empty once nothing is to be done.
    pub phrase: String,
}

/// How many of them hold, in a few words.
pub fn dites(conditions: &[ConditionVue]) -> String {
    let restent = conditions.iter().filter(|c| c.etat.etat != Etat::Fait);
    match restent.count() {
        0 => "toutes remplies".to_owned(),
        n => format!("{n} sur {} à établir", conditions.len()),
    }
}

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lecteur {
    /// Who instructs, and who reads with them.
    Caisse,
    /// Who asked.
    Demandeur,
}

/// The list of the conditions of a request on `jour`; `lignes`: its list of documents.
///
/// # Errors
/// No parameter in force, or what was recorded does not read.
pub fn liste(
    reglement: &Reglement,
    d: &Demande,
    lignes: &[Ligne],
    jour: NaiveDate,
    lecteur: Lecteur,
) -> Result<Vec<ConditionVue>, WebError> {
    let lues = regle::liste(reglement, jour, &etats(d, lignes)?).map_err(ActionError::from)?;
    let vue = |ligne: &regle::Ligne| -> Result<ConditionVue, WebError> {
        let etablie = ligne.etat == EtatCondition::Etablie;
        let ton = match (ligne.etat, ligne.bloquante) {
            (EtatCondition::Etablie, _) => Etat::Fait,
            (EtatCondition::Manque, _) => Etat::Retard,
            (EtatCondition::ATransmettre, true) => Etat::AFaire,
            (EtatCondition::ATransmettre, false) => Etat::Neutre,
        };
        let mut phrases = Vec::new();
        match lecteur {
            Lecteur::Caisse => phrases.push(ligne.condition.preuve().to_owned()),
            Lecteur::Demandeur if !etablie => {
                phrases.push(ligne.condition.a_faire().to_owned());
            }
            Lecteur::Demandeur => {}
        }
        if !etablie && ligne.bloquante {
            phrases.push("Rien n’est accordé sans elle.".to_owned());
        }
        if let Some(debut) = d.installee_le.filter(|_| !etablie)
            && let Some(terme) =
                regle::terme(reglement, ligne.condition, debut).map_err(WebError::interne)?
        {
            phrases.push(format!("À faire {}.", texte::au_plus_tard(terme)));
        }
        Ok(ConditionVue {
            nom: ligne.condition.libelle(),
            etat: Pastille::new(ton, ligne.etat.libelle()),
            phrase: phrases.join(" "),
        })
    };
    lues.iter().map(vue).collect()
}

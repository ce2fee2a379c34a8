//! After the decision: its notification (PRO-8), the installation (REG-9), the end or the renewal of a reduction of
//! activity (DER-4).

use chrono::NaiveDate;

use super::objet::Dossier;
use crate::actions::reduction::{self, Suite};
use crate::actions::{ActionError, ActionResult, decision, installation};
use crate::clock::jour_a_paris;
use crate::db::ensemble::Lecture;
use crate::db::{DbError, WriteTx, decision as decisions, envoi};
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Geste, Ordre, Presentation};
use crate::web::saisie::Saisie;
use crate::web::ui::Choix;
use crate::web::visite::Visite;
use regles::decision::ModeNotification;
use regles::echeance::{Fin, NatureEcheance};
use regles::notification::Retour;
use regles::texte;

/// What is known of the letter that notifies the decision.
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
    let aide = |r: &Retour| match r {
        Retour::NonReclamee => "Le jour de l’avis de passage est alors celui qui compte.",
        Retour::Inconnue => "Rien n’est notifié : vérifiez l’adresse, puis envoyez de nouveau.",
    };
    Retour::TOUS
        .iter()
        .map(|r| Choix::new(r.as_str(), r.libelle()).aide(aide(r)))
        .collect()
}

impl Geste for Notification {
    type Objet = Dossier;
    const VERBE: &'static str = "notifier";
    const TITRE: &'static str = "Suivre la notification";
    const BOUTON: &'static str = "Enregistrer ce suivi";
    const INTRO: &'static [&'static str] = &[
        "Les délais, pour s’installer ou pour contester, courent à compter du jour de notification : celui de la remise ou, si la lettre n’est pas réclamée, celui de l’avis de passage. Une personne qui a accepté de recevoir ses documents dans son espace les ouvre là ; la notification s’enregistre alors d’elle-même.",
    ];

    async fn initial(visite: &Visite, dossier: &Dossier) -> Result<Saisie, WebError> {
        let id = dossier.complet.demande.id;
        let envoi = visite
            .read(move |conn| match decisions::active(conn, id)? {
                Some(decision) => envoi::lecture_de(decision.id).toutes(conn),
                None => Ok(Vec::new()),
            })
            .await?
            .into_iter()
            .rfind(|e| e.moyen != ModeNotification::Portail)
            .filter(|e| e.retour.is_none());
        Ok(match envoi {
            None => Saisie::de([(Self::MOYEN, ModeNotification::Recommande.as_str())]),
            Some(e) => Notification {
                moyen: e.moyen,
                numero: e.numero,
                envoyee: jour_a_paris(e.envoye_le),
                avisee: e.avisee_le,
                remise: e.remise_le,
                retour: None,
            }
            .ecrire(),
        })
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let suivi = decision::Suivi {
            moyen: self.moyen,
            numero: self.numero.unwrap_or_default(),
            envoyee: self.envoyee,
            avisee: self.avisee,
            remise: self.remise,
            retour: self.retour,
        };
        let notifiee = decision::suivre(tx, &o.acte, &o.scope, &o.cle, o.version, &suivi)?;
        Ok(match notifiee {
            Some(le) => format!("La décision est notifiée le {}.", texte::date_fr(le)),
            None => "Le suivi est enregistré : la décision n’est pas encore notifiée.".to_owned(),
        })
    }
}

/// Recording that the person has settled.
#[derive(Formulaire)]
pub struct Installation {
    #[champ(libelle = "Début de l’installation")]
    date: NaiveDate,
}

impl Geste for Installation {
    type Objet = Dossier;
    const VERBE: &'static str = "installer";
    const BOUTON: &'static str = "Enregistrer l’installation";
    const INTRO: &'static [&'static str] = &[
        "La place de la succession est alors pourvue, et ne peut plus servir à personne d’autre.",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        installation::installer(tx, &o.acte, &o.scope, &o.cle, o.version, self.date)?;
        Ok("L’installation est enregistrée.".to_owned())
    }
}

/// REG-17: stating that the condition of a grant is met.
#[derive(Formulaire)]
pub struct Reserve {
    #[champ(
        libelle = "Jour où la condition est remplie",
        manque = "Indiquez le jour où la condition est remplie."
    )]
    le: NaiveDate,
    #[champ(
        libelle = "Pièce qui le prouve",
        radios,
        manque = "Choisissez la pièce qui prouve que la condition est remplie."
    )]
    preuve: i64,
}

impl Geste for Reserve {
    type Objet = Dossier;
    const VERBE: &'static str = "reserve";
    const TITRE: &'static str = "Constater que la condition est remplie";
    const BOUTON: &'static str = "Enregistrer ce constat";
    const INTRO: &'static [&'static str] = &[
        "L’accord prend effet ce jour-là, et le délai pour s’installer court à compter de lui, ou de la notification si elle vient après.",
    ];

    async fn presenter(
        visite: &Visite,
        dossier: &Dossier,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let complet = dossier.complet.clone();
        let (preuves, decision) = visite
            .read(move |conn| {
                let decision = decisions::active(conn, complet.demande.id)?;
                Ok::<_, DbError>((installation::preuves(conn, &complet)?, decision))
            })
            .await?;
        let aucune = preuves.is_empty();
        let choix = preuves
            .iter()
            .map(|p| {
                let recue = texte::date_fr(jour_a_paris(p.deposee_le));
                let nom = p.contenu.as_ref().map_or("", |c| c.nom.as_str());
                Choix::new(
                    p.id.to_string(),
                    format!("{} ({nom}, reçue le {recue})", p.nature.libelle()),
                )
            })
            .collect();
        let mut presentation = Self::presentation(champs.regler(Self::PREUVE, |c| c.choix(choix)));
        if let Some(reserve) = decision.map(|d| d.reserve()).transpose()?.flatten() {
            presentation = presentation.intro(format!(
                "Accord {}. Preuve attendue : {}.",
                reserve.phrase(),
                texte::minuscule_initiale(&reserve.preuve)
            ));
        }
        if aucune {
            presentation = presentation.intro(
                "Aucune pièce n’est au dossier ni au départ : la personne envoie la preuve depuis la page de sa demande.",
            );
        }
        Ok(presentation)
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let (le, preuve) = (self.le, self.preuve);
        let terme = installation::lever(tx, &o.acte, &o.scope, &o.cle, o.version, le, preuve)?;
        Ok(match terme {
            Some(terme) => format!(
                "La condition est constatée : l’installation est à commencer {}.",
                texte::au_plus_tard(terme)
            ),
            None => "La condition est constatée. Il reste à notifier la décision.".to_owned(),
        })
    }
}

regles::text_enum! {
    /// What became of a reduction of activity.
    enum Constatee {
        /// It ended.
        Fin = "fin", "La fin";
        /// It goes on.
        Renouvellement = "renouvellement", "Le renouvellement";
    }
}

/// Recording the end, or the renewal, of a reduction of activity or of the commitment that goes with it.
#[derive(Formulaire)]
pub struct Reduction {
    #[champ(libelle = "De quoi s’agit-il ?", choix = cotes,
            manque = "Choisissez ce dont vous constatez la fin ou le renouvellement.")]
    cote: NatureEcheance,
    #[champ(libelle = "Ce que vous constatez", choix = constats, manque = "Choisissez la fin ou le renouvellement.")]
    suite: Constatee,
    #[champ(libelle = "Durée du renouvellement", unite = "mois", exigence = Si("à remplir pour un renouvellement"))]
    duree_mois: Option<u32>,
    #[champ(
        libelle = "Sur quoi vous vous fondez",
        zone = 3,
        aide = "Un courrier, un relevé d’activité, un avenant au contrat. La personne n’en reçoit pas le texte."
    )]
    motif: String,
}

fn cotes() -> Vec<Choix> {
    NatureEcheance::parmi(|f| f.fin == Fin::AConstater)
        .iter()
        .map(|n| Choix::new(n.as_str(), n.libelle()))
        .collect()
}

fn constats() -> Vec<Choix> {
    let aide = |c: &Constatee| match c {
        Constatee::Fin => "L’échéance ne court plus.",
        Constatee::Renouvellement => "Une nouvelle échéance court à partir de l’ancienne fin.",
    };
    Constatee::TOUS
        .iter()
        .map(|c| Choix::new(c.as_str(), c.libelle()).aide(aide(c)))
        .collect()
}

impl Geste for Reduction {
    type Objet = Dossier;
    const VERBE: &'static str = "reduction";
    const TITRE: &'static str = "Constater la fin d’une réduction d’activité";
    const BOUTON: &'static str = "Enregistrer ce constat";
    const INTRO: &'static [&'static str] = &[
        "Le conventionnement repose sur la réduction d’activité d’un confrère et sur l’engagement de qui l’a rejoint. Chacun a sa fin.",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let suite = match (self.suite, self.duree_mois) {
            (Constatee::Fin, _) => Suite::Fin,
            (Constatee::Renouvellement, Some(mois)) => Suite::Renouvellement { mois },
            (Constatee::Renouvellement, None) => {
                return Err(ActionError::champ(
                    Self::DUREE_MOIS,
                    "Indiquez la durée du renouvellement, en mois.",
                ));
            }
        };
        let constat = reduction::Constat {
            nature: self.cote,
            suite,
            motif: &self.motif,
        };
        reduction::constater(tx, &o.acte, &o.scope, &o.cle, o.version, &constat)?;
        Ok("Le constat est enregistré.".to_owned())
    }
}

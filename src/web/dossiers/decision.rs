//! Proposing, sending back, deciding (PRO-5).

mod signature;

pub use signature::Signature;

use super::dossier::pastille_resultat;
use super::objet::{Dossier, adresse};
use crate::actions::ecrit::Fige;
use crate::actions::evaluation::{EvaluationDemande, evaluer_demande};
use crate::actions::recours::sur_la_place_d_une_demande;
use crate::actions::{ActionError, ActionResult, decision, generales};
use crate::db::WriteTx;
use crate::db::decision as decisions;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Geste, Ordre, Presentation};
use crate::web::liste_pieces;
use crate::web::phrases::Inserer;
use crate::web::recours::mots::en_bref;
use crate::web::ui::{Champ, Choix, Message};
use crate::web::visite::Visite;
use crate::web::vues;
use chrono::NaiveDate;
use courriers::decision::Document;
use regles::conventionnement::ResultatConventionnement;
use regles::demande::Sens;
use regles::echeance::NatureEcheance;
use regles::fondement;
use regles::geste;
use regles::liste_pieces::{Ligne, Manques};
use regles::phrase::{Emploi, Faits};
use regles::refus::Refus;
use regles::reserve::Reserve;
use regles::texte;

async fn evaluer(visite: &Visite, dossier: &Dossier) -> Result<EvaluationDemande, WebError> {
    let demande = dossier.complet.demande.clone();
    let (reglement, jour) = (visite.etat.reglement(), visite.aujourd_hui());
    visite
        .read(move |conn| evaluer_demande(conn, &reglement, &demande, jour))
        .await
}

impl Presentation {
    fn regles(self, evaluation: &EvaluationDemande) -> Result<Presentation, WebError> {
        let resultat = evaluation.conclusion.resultat;
        Ok(self.evaluation(
            pastille_resultat(resultat),
            vues::pourquoi_de_la_demande(resultat.libelle(), resultat, &evaluation.explication)?,
        ))
    }
}

/// Proposing a decision, which somebody else signs.
#[derive(Formulaire)]
pub struct Proposition {
    #[champ(
        libelle = "Décision proposée",
        manque = "Choisissez un accord ou un refus."
    )]
    sens: Sens,
    #[champ(libelle = "Motifs en droit et en fait", zone = 6, exigence = Si("à remplir pour un refus"),
            aide = "Ils figurent dans la lettre (CRPA, article L211-5).")]
    motifs: String,
    #[champ(libelle = "Pourquoi la décision s’écarte de l’avis de la commission", zone = 3,
            exigence = Si("à remplir si elle s’en écarte"), aide = "La lettre le dit.")]
    ecart: String,
    #[champ(libelle = "Accord sous réserve de", dit = "Condition", taille = Long, exigence = Si("à remplir pour un accord sous réserve"),
            aide = "La condition telle que la lettre la dira, par exemple : la cessation effective d’Hélène Martin. Laissez vide pour un accord sans condition.")]
    reserve_condition: String,
    #[champ(libelle = "Dernier jour pour remplir la condition", exigence = Si("à remplir avec une condition"))]
    reserve_au: Option<NaiveDate>,
    #[champ(libelle = "Ce qui prouvera que la condition est remplie", taille = Long, exigence = Si("à remplir avec une condition"),
            aide = "Par exemple : attestation de radiation du tableau de l’Ordre.")]
    reserve_preuve: String,
    #[champ(libelle = "Pourquoi accorder la place sans attendre la fin du recours", zone = 3,
            exigence = Si("à remplir pour un accord"), aide = "Cette raison reste au dossier.")]
    malgre_recours: String,
}

impl Proposition {
    /// PRO-5: the form of a proposal that was sent back, or taken back, is that proposal, where nothing else was typed.
    async fn reprendre(
        visite: &Visite,
        dossier: &Dossier,
        champs: Champs,
    ) -> Result<Champs, WebError> {
        let id = dossier.complet.demande.id;
        let lue = visite
            .read(move |conn| decisions::renvoyee(conn, id))
            .await?;
        let Some(lue) = lue else {
            return Ok(champs);
        };
        let reserve = lue.reserve()?;
        let jamais = |c: Champ, valeur: String| match c.valeur.is_empty() {
            true => c.valeur(valeur),
            false => c,
        };
        let de_la_reserve =
            |lire: fn(&Reserve) -> String| reserve.as_ref().map_or_else(String::new, lire);
        Ok(champs
            .regler(Self::SENS, |c| jamais(c, lue.sens.as_str().to_owned()))
            .regler(Self::MOTIFS, |c| jamais(c, lue.motifs.clone()))
            .regler(Self::ECART, |c| {
                jamais(c, lue.ecart_motive.clone().unwrap_or_default())
            })
            .regler(Self::RESERVE_CONDITION, |c| {
                jamais(c, de_la_reserve(|r| r.condition.clone()))
            })
            .regler(Self::RESERVE_AU, |c| {
                jamais(c, de_la_reserve(|r| texte::date_courte(r.au_plus_tard)))
            })
            .regler(Self::RESERVE_PREUVE, |c| {
                jamais(c, de_la_reserve(|r| r.preuve.clone()))
            })
            .regler(Self::MALGRE_RECOURS, |c| {
                jamais(c, lue.malgre_recours.clone().unwrap_or_default())
            }))
    }

    /// REG-17: the condition of the grant, when one is written.
    fn reserve(&self) -> ActionResult<Option<Reserve>> {
        let ecrite = !self.reserve_condition.trim().is_empty()
            || !self.reserve_preuve.trim().is_empty()
            || self.reserve_au.is_some();
        if !ecrite {
            return Ok(None);
        }
        let au_plus_tard = self.reserve_au.ok_or_else(|| {
            ActionError::champ(
                Self::RESERVE_AU,
                "Indiquez le dernier jour pour remplir la condition.",
            )
        })?;
        Ok(Some(Reserve {
            condition: self.reserve_condition.trim().to_owned(),
            au_plus_tard,
            preuve: self.reserve_preuve.trim().to_owned(),
        }))
    }
}

impl Proposition {
    /// What is proposed.
    fn proposition(self) -> ActionResult<decision::Proposition> {
        Ok(decision::Proposition {
            reserve: self.reserve()?,
            sens: self.sens,
            motifs: self.motifs,
            ecart: self.ecart,
            malgre_recours: self.malgre_recours,
        })
    }
}

/// PRO-3, GEN-1: what would keep a grant from being signed today.
fn retenu(visite: &Visite, dossier: &Dossier, lignes: &[Ligne]) -> Result<Option<Refus>, WebError> {
    let (reglement, jour) = (visite.etat.reglement(), visite.aujourd_hui());
    let d = &dossier.complet.demande;
    let bloquantes = generales::bloquantes(&reglement, d, lignes, jour)?;
    Ok(geste::indispensables(&Manques::de(lignes))
        .and_then(|()| geste::generales(&bloquantes))
        .err())
}

/// The conditions that do not hold, as the beginning of the reasons of a refusal.
fn motifs_proposes(evaluation: &EvaluationDemande, jour: NaiveDate) -> Result<String, WebError> {
    let conditions = evaluation.conclusion.explication.non_remplies();
    let phrases: Result<Vec<String>, WebError> = conditions
        .map(|e| {
            let fondement = fondement::de(e, jour).map_err(WebError::interne)?;
            Ok(format!(
                "Condition non remplie : {} ({fondement}).",
                e.libelle
            ))
        })
        .collect();
    Ok(phrases?.join("\n"))
}

impl Geste for Proposition {
    type Objet = Dossier;
    const VERBE: &'static str = "proposer";
    const TITRE: &'static str = "Proposer une décision";
    const BOUTON: &'static str = "Proposer cette décision";
    const INTRO: &'static [&'static str] =
        &["La décision sera prise par une autre personne, qui signe."];

    async fn presenter(
        visite: &Visite,
        dossier: &Dossier,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        use ResultatConventionnement as R;
        let evaluation = evaluer(visite, dossier).await?;
        let lu = super::pieces::lire(visite, &dossier.complet.demande.numero).await?;
        let manque = retenu(visite, dossier, &lu.lignes)?;
        let accordable = matches!(
            evaluation.conclusion.resultat,
            R::AccordableSuccession | R::AccordableDerogation | R::HorsRegulation
        );
        let accord = Choix::new("accord", "Accord").aide(match &manque {
            Some(refus) => refus.to_string(),
            None if accordable => "Les règles le permettent.".to_owned(),
            None => "Les règles ne le permettent pas aujourd’hui.".to_owned(),
        });
        let refus = Choix::new("refus", "Refus")
            .aide("Énoncez la règle appliquée et les faits du dossier.");
        let proposes = motifs_proposes(&evaluation, visite.aujourd_hui())?;
        let delai = visite
            .etat
            .reglement()
            .delai(
                NatureEcheance::ReserveAccord.fiche().delai,
                visite.aujourd_hui(),
            )
            .map_err(WebError::interne)?;
        let champs = Self::reprendre(visite, dossier, champs).await?;
        let champs = champs
            .regler(Self::RESERVE_AU, |c| {
                c.aide(format!(
                    "Le délai proposé est de {delai} à compter de la décision."
                ))
            })
            .regler(Self::SENS, |c| c.choix(vec![accord, refus]))
            .regler(Self::MOTIFS, |c| match c.valeur.is_empty() && !accordable {
                true => c.valeur(proposes),
                false => c,
            });
        let d = &dossier.complet.demande;
        let (place, id) = (d.place_id, d.id);
        let recours = visite
            .read(move |conn| sur_la_place_d_une_demande(conn, place, id))
            .await?;
        let champs = match recours.is_empty() {
            true => champs.sans(Self::MALGRE_RECOURS),
            false => champs,
        };
        let ici = adresse(&d.numero, Self::VERBE);
        let champ = (Self::MOTIFS, ici.as_str());
        let phrases = Inserer::lire(
            visite,
            Emploi::Decision,
            Some(&d.numero),
            Faits::new(),
            champ,
        )
        .await?;
        let champs = champs.regler(Self::MOTIFS, |c| {
            let valeur = phrases.apres(visite, c.valeur.clone());
            c.valeur(valeur)
        });
        let mut presentation = match d.renvoi.dit() {
            Some((par, motif)) => Self::presentation(champs).avertir(Message::attention(format!(
                "{par} a renvoyé la proposition, avec cette remarque : « {motif} »"
            ))),
            None => Self::presentation(champs),
        };
        if let Some(refus) = manque {
            presentation = presentation.alerter(format!(
                "Un accord ne pourrait pas être signé aujourd’hui. {refus}"
            ));
        }
        if let Some(phrase) = liste_pieces::non_examinees(&lu.pieces) {
            presentation = presentation.alerter(phrase);
        }
        let presentation = recours.iter().fold(presentation, |page, r| {
            page.intro(format!(
                "Un recours est en cours sur cette place : {}. Un accord dit pourquoi ne pas en attendre la fin.",
                en_bref(r)
            ))
        });
        presentation.phrases(phrases).regles(&evaluation)
    }

    const APERCU: Option<&'static str> = Some("Voir la lettre");

    fn lettre(
        self,
        tx: &mut WriteTx<'_>,
        o: &Ordre<String>,
    ) -> ActionResult<Option<(Document, Fige)>> {
        let proposition = self.proposition()?;
        decision::projeter(tx, &o.acte, &o.scope, (&o.cle, o.version), &proposition).map(Some)
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let proposition = self.proposition()?;
        decision::proposer(tx, &o.acte, &o.scope, &o.cle, o.version, &proposition)?;
        Ok("La décision est proposée. La personne qui signe la trouve dans sa file.".to_owned())
    }
}

/// Sending a proposal back to who handles the file.
#[derive(Formulaire)]
pub struct Renvoi {
    #[champ(libelle = "Ce qui est à revoir", zone = 4)]
    motif: String,
}

impl Geste for Renvoi {
    type Objet = Dossier;
    const VERBE: &'static str = "renvoyer";
    const TITRE: &'static str = "Renvoyer à l’instruction";
    const BOUTON: &'static str = "Renvoyer la proposition";
    const INTRO: &'static [&'static str] = &[
        "La personne qui instruit reprend le dossier. La proposition est conservée dans l’historique.",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        decision::renvoyer(tx, &o.acte, &o.scope, &o.cle, o.version, &self.motif)?;
        Ok("La proposition est renvoyée à l’instruction.".to_owned())
    }
}

/// Taking back one's own proposal.
#[derive(Formulaire)]
pub struct Reprise;

impl Geste for Reprise {
    type Objet = Dossier;
    const VERBE: &'static str = "reprendre";
    const TITRE: &'static str = "Reprendre ma proposition";
    const BOUTON: &'static str = "Reprendre ma proposition";
    const INTRO: &'static [&'static str] = &[
        "Elle ne sera plus à signer. Vous retrouvez ce que vous aviez écrit en proposant de nouveau une décision.",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        decision::reprendre(tx, &o.acte, &o.scope, &o.cle, o.version)?;
        Ok("Votre proposition est reprise : le dossier est de nouveau à instruire.".to_owned())
    }
}

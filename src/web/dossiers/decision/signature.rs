//! Signing a decision (PRO-5): the letter, what follows from it, under what one signs.

use regles::decision::EtatDecision;
use regles::demande::Sens;
use regles::generales::nommees;
use regles::texte;

use super::{Dossier, evaluer};
use crate::actions::piece::liste;
use crate::actions::{ActionError, ActionResult, decision};
use crate::db::WriteTx;
use crate::db::decision as decisions;
use crate::db::signature;
use crate::web::dossiers::pieces;
use crate::web::ecrits;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Geste, Ordre, Presentation};
use crate::web::liste_pieces;
use crate::web::saisie::Saisie;
use crate::web::ui::Message;
use crate::web::visite::Visite;

/// Signing the decision that was proposed.
#[derive(Formulaire)]
pub struct Signature {
    /// The digest of the letter that the page shows.
    #[champ(cache)]
    lettre: String,
}

impl Geste for Signature {
    type Objet = Dossier;
    const VERBE: &'static str = "decider";
    const TITRE: &'static str = "Décider";
    const BOUTON: &'static str = "Signer";

    async fn initial(visite: &Visite, dossier: &Dossier) -> Result<Saisie, WebError> {
        ecrits::champ_lu(visite, &dossier.complet.demande.numero, Self::LETTRE).await
    }

    async fn presenter(
        visite: &Visite,
        dossier: &Dossier,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let (demande, reglement) = (dossier.complet.demande.clone(), visite.etat.reglement());
        let (acte, moi) = (visite.acte()?, visite.qui()?.compte_id);
        let (active, utiles, sous, moyen) = visite
            .read(move |conn| -> ActionResult<_> {
                let active = decisions::active_avec_auteur(conn, demande.id)?;
                let code = &demande.caisse_code;
                let sous = active
                    .as_ref()
                    .map(|(d, ..)| decision::titre_pour(conn, &acte, code, d, moi));
                let (moyen, _) = signature::moyen(conn, code)?.le(acte.jour());
                let utiles = liste::manques(conn, &reglement, &demande)?.utiles;
                Ok((active, utiles, sous, moyen))
            })
            .await?;
        let lu = pieces::lire(visite, &dossier.complet.demande.numero).await?;
        let Some((d, prenom, nom)) = active.filter(|(d, ..)| d.etat == EtatDecision::Proposee)
        else {
            return Ok(Self::presentation(champs)
                .intro("Aucune décision n’attend de signature sur ce dossier."));
        };
        let (titre, bouton, consequence) = match d.sens {
            Sens::Accord => (
                "Accorder le conventionnement",
                "Signer l’accord",
                format!(
                    "La place, s’il y en a une, est réservée à cette personne, qui a {} pour s’installer à compter de la notification.",
                    visite
                        .etat
                        .reglement()
                        .delai("installation.delai", visite.aujourd_hui())
                        .map_err(WebError::interne)?
                ),
            ),
            Sens::Refus => (
                "Refuser le conventionnement",
                "Signer le refus",
                "La lettre porte les motifs ci-dessous et les voies de recours.".to_owned(),
            ),
        };
        let qui = visite.qui()?;
        let mut presentation = Self::presentation(champs)
            .titre(titre)
            .bouton(bouton)
            .intro(format!(
                "{} proposé par {prenom} {nom}. Fondement : {}.",
                d.sens, d.fondement
            ))
            .intro(consequence)
            .intro(format!(
                "La décision portera votre nom et votre qualité : {}, {}.",
                qui.nom_complet(),
                qui.qualite.as_deref().unwrap_or("qualité à renseigner")
            ))
            .intro(moyen.consequence());
        match sous.transpose() {
            Ok(Some(sous)) => presentation = presentation.intro(decision::sous_quoi(&sous)),
            Ok(None) => {}
            Err(ActionError::Refus(refus)) => {
                presentation = presentation.avertir(Message::attention(refus));
            }
            Err(autre) => return Err(autre.into()),
        }
        if let Some(reserve) = d.reserve()? {
            presentation = presentation.intro(format!(
                "Accord {}, à prouver par : {}. Il ne prend effet que le jour où cette condition est remplie.",
                reserve.phrase(),
                texte::minuscule_initiale(&reserve.preuve)
            ));
        }
        if d.sens == Sens::Accord && !utiles.is_empty() {
            presentation = presentation.intro(format!(
                "{} : l’accord prendra effet à leur réception complète, et la lettre le dit.",
                match utiles.as_slice() {
                    [une] => format!("Une pièce utile manque ({})", nommees(&[*une])),
                    _ => format!("Des pièces utiles manquent ({})", nommees(&utiles)),
                }
            ));
        }
        if let Some(phrase) = liste_pieces::non_examinees(&lu.pieces) {
            presentation = presentation.alerter(phrase);
        }
        let numero = &dossier.complet.demande.numero;
        let presentation = ecrits::montrer_a_signer(visite, numero, presentation).await?;
        presentation.regles(&evaluer(visite, dossier).await?)
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let qualite = o.qui.qualite.as_deref().unwrap_or_default();
        let sens = decision::decider(tx, &o.acte, &o.scope, &o.cle, o.version, qualite)?;
        // What was read is what is signed: otherwise nothing is.
        decision::controler_la_lettre(tx, &o.scope, &o.cle, &self.lettre)?;
        Ok(match sens {
            Sens::Accord => "Le conventionnement est accordé. Il reste à notifier la décision.",
            Sens::Refus => "Le conventionnement est refusé. Il reste à notifier la décision.",
        }
        .to_owned())
    }
}

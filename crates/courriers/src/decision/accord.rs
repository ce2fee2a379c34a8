//! A grant (letters 17 and 18 of the letter book).

use chrono::NaiveDate;
use regles::demande::{Fondement, Sens};
use regles::echeance::Delai;
use regles::ecrit::NatureEcrit;
use regles::generales::ne_pas_commencer;
use regles::generales::nommees;
use regles::piece::NaturePiece;
use regles::reserve::Reserve;

use super::refus::CONTESTER;
use super::{Document, Recherche, Signature, Visas};
use crate::ecrit::{Composition, Enveloppe, Incomplet, Partie};

/// GEN-2, REG-17: what a grant under a condition says instead of a date.
const SOUS_RESERVE: &str = "Ne commencez pas votre activité conventionnée avant que la caisse vous ait écrit que la condition est \
     remplie : les actes facturés avant ne sont pas couverts par cet accord.";

/// GEN-2, PRO-3: the same while documents are awaited.
const SANS_LES_PIECES: &str = "Ne commencez pas votre activité conventionnée avant que la caisse vous ait écrit que ces pièces sont \
     reçues : les actes facturés avant ne sont pas couverts par cet accord.";

/// What a grant says.
#[derive(Debug)]
pub struct Accord<'a> {
    /// Where: street and commune.
    pub adresse: &'a str,
    /// What it rests on.
    pub fondement: Fondement,
    /// First day on which acts are covered.
    pub effet: NaiveDate,
    /// How long to begin the installation, once notified.
    pub delai: Delai,
    /// What remains to be done beside it, in one sentence (GEN-1).
    pub reste: Option<&'a str>,
    /// The sentences of law and of fact that carried it.
    pub motifs: &'a str,
    /// Why it departs from the opinion of the commission, if it does.
    pub ecart: Option<&'a str>,
    /// What it is taken upon.
    pub visas: Visas<'a>,
    /// The routes of appeal (`regles::recours::textes`) against the condition of a grant; none without one.
    pub voies: &'a [String],
    /// REG-17: the condition on which it is given.
    pub reserve: Option<&'a Reserve>,
    /// PRO-3: the useful documents that the file lacks: it takes effect when they are there.
    pub attendues: &'a [NaturePiece],
    /// Whom to ask for the computation.
    pub recherche: Recherche<'a>,
    /// Who signs.
    pub signature: Signature<'a>,
}

/// REG-2: what a grant by derogation leaves of the places (DER-4).
const SANS_PLACE: &str = "Cet accord n’utilise aucune place de la zone et n’en ouvrira pas à votre départ (règle de gestion nationale).";

impl Accord<'_> {
    /// The document to freeze.
    ///
    /// # Errors
    /// What lacks: the reasons, the routes of a grant on a condition, an address.
    pub fn document(&self, enveloppe: &Enveloppe<'_>) -> Result<Document, Incomplet> {
        let nature =
            NatureEcrit::de_la_decision(Sens::Accord, self.fondement, self.reserve.is_some());
        let objet = match self.reserve {
            None => "Accord de conventionnement",
            Some(_) => "Accord de conventionnement, sous réserve",
        };
        let titre = match self.fondement {
            Fondement::Derogation => ", à titre dérogatoire,",
            _ => "",
        };
        let (debut, depuis, avant) = self.debut();
        let c = Composition::new(nature, objet).fort(
            Partie::Reponse,
            &format!(
                "J’accorde{titre} votre conventionnement pour exercer au {}{debut}.",
                self.adresse
            ),
        );
        let c = match self.reserve {
            None => c,
            Some(reserve) => c.paragraphe(
                Partie::Demarche,
                &format!(
                    "Cette condition se prouve par : {}. Envoyez cette preuve à la caisse {} ; l’accord prend effet le jour où la condition \
                     est remplie. Si elle ne l’est pas à cette date, l’accord est sans effet (caduc), sans autre décision.",
                    regles::texte::minuscule_initiale(&reserve.preuve),
                    regles::texte::au_plus_tard(reserve.au_plus_tard)
                ),
            ),
        };
        let c = match self.attendues {
            [] => c,
            attendues => c.paragraphe(
                Partie::Demarche,
                &format!(
                    "Il manque à votre dossier : {}. Envoyez ces pièces depuis votre espace : l’accord ne prend effet qu’une fois que la caisse \
                     les a toutes reçues (code des relations entre le public et l’administration, article L114-5-1).",
                    nommees(attendues)
                ),
            ),
        };
        let c = c
            .paragraphe(
                Partie::Demarche,
                &format!(
                    "Vous avez {} à compter {depuis} pour commencer vos formalités \
                     d’installation (inscription auprès de l’Ordre du département, déclaration à l’Urssaf, bail ou contrat) ; \
                     passé ce délai, l’accord n’a plus d’effet.",
                    self.delai
                ),
            )
            .fort(Partie::Demarche, &avant)
            .fondee(self.motifs, self.ecart, &self.visas)
            .titre(Partie::Effet, "Ce que vaut cet accord");
        let c = match self.fondement {
            Fondement::Derogation => c.paragraphe(Partie::Effet, SANS_PLACE),
            _ => c,
        };
        let c = c.paragraphe(
            Partie::Effet,
            "Cet accord vaut pour ce seul lieu : un déménagement, même dans la zone, se déclare à la caisse.",
        );
        let c = match self.reste {
            Some(reste) => c.paragraphe(Partie::Effet, reste),
            None => c,
        };
        c.paragraphe(
            Partie::Effet,
            "Une fois l’accord en effet, votre espace vous donne une attestation de conventionnement. Toute personne qui la reçoit peut la vérifier.",
        )
        .voies(self.voies, CONTESTER)
        .calcul(self.recherche)
        .donnees(enveloppe.url)
        .signe(&self.signature)
        .document(enveloppe)
    }

    /// From when it is granted, from when the delay to install runs, and what is not to be begun before.
    fn debut(&self) -> (String, &'static str, String) {
        match self.reserve {
            None if !self.attendues.is_empty() => (
                format!(
                    ", à compter du jour où la caisse aura reçu les pièces qui manquent à votre dossier, et au plus tôt du {}",
                    regles::texte::date_fr(self.effet)
                ),
                "du jour où cette décision vous est notifiée",
                SANS_LES_PIECES.to_owned(),
            ),
            None => (
                format!(", à compter du {}", regles::texte::date_fr(self.effet)),
                "du jour où cette décision vous est notifiée",
                ne_pas_commencer(self.effet),
            ),
            Some(reserve) => (
                format!(", {}", reserve.phrase()),
                "du jour où la condition est remplie, et au plus tôt du jour où cette décision vous est notifiée,",
                SOUS_RESERVE.to_owned(),
            ),
        }
    }
}

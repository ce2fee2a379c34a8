//! A grant (letters 17 and 18 of the letter book).

use chrono::NaiveDate;
use regles::demande::Fondement;
use regles::echeance::Delai;
use regles::generales::ne_pas_commencer;
use regles::generales::nommees;
use regles::piece::NaturePiece;
use regles::reserve::Reserve;

use super::{Document, Recherche, Signature};

/// GEN-2, REG-17: what a grant under a condition says instead of a date.
const SOUS_RESERVE: &str = "Ne commencez pas votre activité conventionnée avant que la caisse vous ait écrit que la condition est \
     remplie : les actes facturés avant ne sont pas couverts par cet accord.";

/// GEN-2, PRO-3: the same while documents are awaited.
const SANS_LES_PIECES: &str = "Ne commencez pas votre activité conventionnée avant que la caisse vous ait écrit que ces pièces sont \
     reçues : les actes facturés avant ne sont pas couverts par cet accord.";

/// What a grant says.
#[derive(Debug)]
pub struct Accord<'a> {
    /// Number of the request.
    pub numero: &'a str,
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
    /// REG-17: the condition on which it is given.
    pub reserve: Option<&'a Reserve>,
    /// PRO-3: the useful documents that the file lacks: it takes effect when they are there.
    pub attendues: &'a [NaturePiece],
    /// Whom to ask for the computation.
    pub recherche: Recherche<'a>,
    /// Who signs.
    pub signature: Signature<'a>,
}

impl Accord<'_> {
    /// The document to freeze.
    pub fn document(&self) -> Document {
        let titre = match self.fondement {
            Fondement::Derogation => ", à titre dérogatoire,",
            _ => "",
        };
        let (debut, depuis, avant) = match self.reserve {
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
        };
        let objet = match self.reserve {
            None => "accord",
            Some(_) => "accord sous réserve",
        };
        let document = Document::new(&format!("Dossier {} : {objet}", self.numero)).fort(&format!(
            "J’accorde{titre} votre conventionnement pour exercer au {}{debut}.",
            self.adresse,
        ));
        let document = match self.reserve {
            None => document,
            Some(reserve) => document.paragraphe(&format!(
                "Cette condition se prouve par : {}. Envoyez cette preuve à la caisse {} ; l’accord prend effet le jour où la condition \
                 est remplie. Si elle ne l’est pas à cette date, l’accord est sans effet (caduc), sans autre décision.",
                regles::texte::minuscule_initiale(&reserve.preuve),
                regles::texte::au_plus_tard(reserve.au_plus_tard)
            )),
        };
        let document = match self.attendues {
            [] => document,
            attendues => document.paragraphe(&format!(
                "Il manque à votre dossier : {}. Envoyez ces pièces depuis votre espace : l’accord ne prend effet qu’une fois que la caisse \
                 les a toutes reçues (code des relations entre le public et l’administration, article L114-5-1).",
                nommees(attendues)
            )),
        };
        let document = document
            .paragraphe(&format!(
                "Vous avez {} à compter {depuis} pour commencer vos formalités \
                 d’installation (inscription auprès de l’Ordre du département, déclaration à l’Urssaf, bail ou contrat) ; \
                 passé ce délai, l’accord n’a plus d’effet.",
                self.delai
            ))
            .paragraphe(&avant);
        let document = match self.reste {
            Some(reste) => document.paragraphe(reste),
            None => document,
        };
        let document = document
            .paragraphe("Une fois l’accord en effet, votre espace vous donne une attestation de conventionnement. Toute personne qui la reçoit peut la vérifier.")
            .titre("Sur quoi repose cette décision")
            .paragraphe(self.motifs);
        let document = match self.ecart {
            Some(ecart) => document.paragraphe(ecart),
            None => document,
        };
        document
            .paragraphe(
                "Cet accord vaut pour ce seul lieu : un déménagement, même dans la zone, se déclare à la caisse.",
            )
            .calcul(self.recherche)
            .signe(&self.signature)
    }
}

//! A grant (letters 17 and 18 of the letter book).

use chrono::NaiveDate;
use regles::demande::Fondement;
use regles::echeance::Delai;
use regles::generales::ne_pas_commencer;

use super::{Document, Recherche, Signature};

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
        let document = Document::new(&format!("Dossier {} : accord", self.numero))
            .fort(&format!(
                "J’accorde{titre} votre conventionnement pour exercer au {}, à compter du {}.",
                self.adresse,
                regles::texte::date_fr(self.effet)
            ))
            .paragraphe(&format!(
                "Vous avez {} à compter du jour où cette décision vous est notifiée pour commencer vos formalités \
                 d’installation (inscription auprès de l’Ordre du département, déclaration à l’Urssaf, bail ou contrat) ; \
                 passé ce délai, l’accord n’a plus d’effet.",
                self.delai
            ))
            .paragraphe(&ne_pas_commencer(self.effet));
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

//! The parts of a letter, in the order of the letter book, and those without which a kind of letter is not written.

use std::collections::BTreeMap;

use regles::ecrit::NatureEcrit;
use regles::texte::insecables;

use super::{Enveloppe, Incomplet};
use crate::decision::{Bloc, Document, Recherche, Signature, Signe};

/// A part of a letter: they stand in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Partie {
    /// The answer in one sentence.
    Reponse,
    /// What to do, by what day.
    Demarche,
    /// Law, facts, opinion.
    Fondement,
    /// The texts and acts it was taken upon, in small type.
    Visas,
    /// Conditions and effect.
    Effet,
    /// [VOIES].
    Voies,
    /// [ALGO].
    Calcul,
    /// [DONNÉES].
    Donnees,
    /// The last words before the signature.
    Fin,
}

impl Partie {
    /// The part, after «il manque».
    fn manque(self) -> &'static str {
        match self {
            Partie::Reponse => "la réponse, en une phrase",
            Partie::Demarche => "ce qui est à faire, et le délai",
            Partie::Fondement => "les motifs, en droit et en fait",
            Partie::Visas => "les textes et les actes visés",
            Partie::Effet => "les effets",
            Partie::Voies => "les voies de recours",
            Partie::Calcul => "l’information sur le calcul automatisé",
            Partie::Donnees => "l’information sur les données",
            Partie::Fin => "la formule de fin",
        }
    }
}

/// The parts without which a kind of letter is not written, its signature apart.
pub(super) fn obligatoires(nature: NatureEcrit) -> &'static [Partie] {
    use Partie::*;
    match nature {
        NatureEcrit::AccordSuccession
        | NatureEcrit::AccordLibre
        | NatureEcrit::AccordDerogation => {
            &[Reponse, Demarche, Fondement, Visas, Effet, Calcul, Donnees]
        }
        // CRPA L211-2 3°: a condition put on a grant is contested as a refusal is.
        NatureEcrit::AccordConditionnel => &[
            Reponse, Demarche, Fondement, Visas, Effet, Voies, Calcul, Donnees,
        ],
        NatureEcrit::Refus => &[Reponse, Demarche, Fondement, Visas, Voies, Calcul, Donnees],
        NatureEcrit::MotifsImplicite => &[Reponse, Fondement, Voies, Donnees],
        NatureEcrit::AttestationConventionnement | NatureEcrit::AttestationPlace => {
            &[Reponse, Effet]
        }
    }
}

/// CRPA L212-1: whether a kind of letter is signed. An attestation is a statement of the register, which its code verifies.
pub(super) fn signee(nature: NatureEcrit) -> bool {
    match nature {
        NatureEcrit::AccordSuccession
        | NatureEcrit::AccordLibre
        | NatureEcrit::AccordDerogation
        | NatureEcrit::AccordConditionnel
        | NatureEcrit::Refus
        | NatureEcrit::MotifsImplicite => true,
        NatureEcrit::AttestationConventionnement | NatureEcrit::AttestationPlace => false,
    }
}

/// A letter being written.
#[derive(Debug, Clone)]
pub struct Composition {
    nature: NatureEcrit,
    objet: String,
    parties: BTreeMap<Partie, Vec<Bloc>>,
    signature: Option<Signe>,
}

impl Composition {
    /// Begins a letter of this kind.
    pub(crate) fn new(nature: NatureEcrit, objet: &str) -> Composition {
        Composition {
            nature,
            objet: insecables(objet),
            parties: BTreeMap::new(),
            signature: None,
        }
    }

    fn bloc(mut self, partie: Partie, bloc: Bloc) -> Composition {
        self.parties.entry(partie).or_default().push(bloc);
        self
    }

    pub(crate) fn titre(self, partie: Partie, texte: &str) -> Composition {
        self.bloc(partie, Bloc::Titre(insecables(texte)))
    }

    pub(crate) fn fort(self, partie: Partie, texte: &str) -> Composition {
        self.bloc(partie, Bloc::Fort(insecables(texte)))
    }

    /// A text that somebody wrote keeps its paragraphs; an empty one says nothing.
    pub(crate) fn paragraphe(self, partie: Partie, texte: &str) -> Composition {
        let lignes = texte.lines().map(str::trim).filter(|l| !l.is_empty());
        lignes.fold(self, |c, ligne| {
            c.bloc(partie, Bloc::Paragraphe(insecables(ligne)))
        })
    }

    pub(crate) fn mention(self, partie: Partie, texte: &str) -> Composition {
        self.bloc(partie, Bloc::Mention(insecables(texte)))
    }

    /// CRPA L311-3-1: that a computed result was used, and how to ask for it.
    pub(crate) fn calcul(self, Recherche { ecrire_a, cada }: Recherche<'_>) -> Composition {
        let c = self.titre(Partie::Calcul, "Comment cette décision a été préparée");
        c.mention(
            Partie::Calcul,
            &format!(
                "Pour préparer cette décision, le service s’est aidé d’un calcul automatisé, qui compare les faits de votre \
                 dossier aux règles de la convention et calcule les délais. La décision a été prise par la personne qui la \
                 signe. Vous pouvez demander les règles de ce calcul et la façon dont elles ont été appliquées à votre dossier : \
                 écrivez à {ecrire_a}. Sans réponse un mois après que nous avons reçu votre demande, vous avez {cada} pour \
                 saisir la Commission d’accès aux documents administratifs (cada.fr)."
            ),
        )
    }

    /// [DONNÉES].
    pub(crate) fn donnees(self, url: &str) -> Composition {
        self.mention(
            Partie::Donnees,
            &format!(
                "Vos données servent à traiter ce dossier. Vos droits, les durées de conservation, le délégué à la protection \
                 des données : {url}/donnees-personnelles."
            ),
        )
    }

    /// The routes of appeal, the legal references last (`regles::recours::textes`); without them, nothing.
    pub(crate) fn voies(self, voies: &[String], titre: &str) -> Composition {
        let Some((references, voies)) = voies.split_last() else {
            return self;
        };
        if voies.is_empty() {
            return self;
        }
        let c = self.titre(Partie::Voies, titre);
        let c = voies
            .iter()
            .fold(c, |c, voie| c.paragraphe(Partie::Voies, voie));
        c.mention(Partie::Voies, references)
    }

    pub(crate) fn signe(mut self, signature: &Signature<'_>) -> Composition {
        self.signature = Some(signature.ecrite());
        self.paragraphe(
            Partie::Fin,
            "Je vous prie d’agréer mes salutations distinguées.",
        )
        .dispense(signature)
    }

    /// CRPA L212-2: why no hand signs, where none does.
    fn dispense(self, signature: &Signature<'_>) -> Composition {
        match signature.dispense() {
            Some(dispense) => self.mention(Partie::Fin, &dispense),
            None => self,
        }
    }

    /// The document to freeze.
    ///
    /// # Errors
    /// Every compulsory part and every datum that lacks.
    pub fn document(self, enveloppe: &Enveloppe<'_>) -> Result<Document, Incomplet> {
        let mut manques: Vec<&'static str> = obligatoires(self.nature)
            .iter()
            .filter(|p| !self.parties.contains_key(p))
            .map(|p| p.manque())
            .collect();
        if signee(self.nature) && self.signature.is_none() {
            manques.push("la signature");
        }
        manques.extend(enveloppe.manques());
        if !manques.is_empty() {
            return Err(Incomplet(manques));
        }
        Ok(Document {
            objet: self.objet,
            blocs: self.parties.into_values().flatten().collect(),
            signature: self.signature,
            papier: Some(enveloppe.papier(self.nature)),
        })
    }
}

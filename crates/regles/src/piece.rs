//! PRO-3: the kinds of supporting documents, and what the CPAM says of one.

use crate::passage::Passage;
use crate::refus::Refus;

text_enum! {
    /// What a supporting document shows.
    pub enum NaturePiece {
        /// Proof of the definitive cessation.
        JustificatifCessation = "justificatif_cessation", "Justificatif de cessation définitive";
        /// Acts of the last twelve months.
        ReleveActes = "releve_actes", "Relevé d’activité des douze derniers mois";
        /// Identity.
        Identite = "identite", "Pièce d’identité";
        /// Diploma, or authorisation to practise.
        Diplome = "diplome", "Diplôme ou autorisation d’exercice";
        /// Registration with the order.
        InscriptionOrdre = "inscription_ordre", "Attestation d’inscription à l’Ordre";
        /// Right to use the premises.
        JustificatifLocal = "justificatif_local", "Justificatif du lieu d’exercice";
        /// Link between the leaver and the successor.
        ActeSuccession = "acte_succession", "Accord de succession avec le confrère";
        /// ALT-1 (a): hours in an establishment or of clinicat.
        AttestationHeures = "attestation_heures", "Attestation des heures en établissement ou de clinicat";
        /// ALT-1 (b): the signed commitment.
        EngagementZone = "engagement_zone", "Engagement signé d’exercice en zone sous-dotée";
        /// DER: proof of the ground invoked.
        JustificatifDerogation = "justificatif_derogation", "Justificatif du motif de dérogation";
        /// REG-9: proof of the installation.
        PreuveInstallation = "preuve_installation", "Preuve de l’installation";
        /// REG-7: who designates in the leaver's place.
        QualiteAyantDroit = "qualite_ayant_droit", "Preuve de la qualité d’ayant droit ou de représentant";
        /// PRO-13: who acts for the applicant.
        MandatEcrit = "mandat_ecrit", "Mandat écrit";
        /// GEN-1: professional liability insurance.
        Assurance = "assurance", "Attestation d’assurance de responsabilité civile professionnelle";
        /// Anything else.
        Autre = "autre", "Autre document";
    }
}

impl NaturePiece {
    /// CRPA L113-12, L114-8: what the caisse holds or obtains by itself, and therefore never asks for: the registration
    /// with the Ordre, its own count of acts.
    pub fn tenue_par_la_caisse(self) -> bool {
        matches!(
            self,
            NaturePiece::InscriptionOrdre | NaturePiece::ReleveActes
        )
    }
}

text_enum! {
    /// What the CPAM said of a document.
    pub enum EtatPiece {
        /// Received, not examined.
        Recue = "recue", "Reçue";
        /// Accepted.
        Acceptee = "acceptee", "Acceptée";
        /// Refused, with a reason.
        Refusee = "refusee", "Refusée";
    }
}

impl EtatPiece {
    /// Where a document begins.
    pub const DEBUT: EtatPiece = EtatPiece::Recue;
}

text_enum! {
    /// What can happen to a document.
    pub enum Evenement {
        /// The CPAM accepts it.
        Accepter = "accepter", "L’acceptation";
        /// The CPAM refuses it, with a reason.
        Refuser = "refuser", "Le refus";
        /// Another one takes its place; its state is kept.
        Remplacer = "remplacer", "Le remplacement";
    }
}

/// What else holds of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emploi {
    /// It counts, and nothing is decided yet.
    Courant,
    /// Another one took its place.
    Remplacee,
    /// A decision rests on it.
    Figee,
}

/// The state that follows. An examination may be corrected as long as no other document took the place of this one and no
/// decision rests on it; what was accepted is not replaced, nor what a decision rests on: what comes later is added.
///
/// # Errors
/// A refusal when it cannot happen in this state.
pub fn transition(
    etat: EtatPiece,
    emploi: Emploi,
    evenement: Evenement,
) -> Result<Passage<EtatPiece>, Refus> {
    use EtatPiece as E;
    use Evenement as V;
    let vers = match (etat, evenement) {
        (_, V::Accepter | V::Refuser) if emploi == Emploi::Remplacee => {
            return Err(Refus::fixe(
                "piece_remplacee",
                "Cette pièce a été remplacée par une autre : examinez la nouvelle.",
            ));
        }
        _ if emploi == Emploi::Figee => {
            return Err(Refus::fixe(
                "piece_figee",
                "La décision repose sur cette pièce : elle ne change plus. Un document envoyé maintenant s’ajoute au dossier.",
            ));
        }
        (_, V::Accepter) => E::Acceptee,
        (_, V::Refuser) => E::Refusee,
        (E::Recue | E::Refusee, V::Remplacer) if emploi == Emploi::Courant => etat,
        (_, V::Remplacer) => {
            return Err(Refus::fixe(
                "piece_non_remplacable",
                "Cette pièce a été acceptée ou déjà remplacée : elle ne se remplace plus. Rien n’a été enregistré.",
            ));
        }
    };
    Ok(Passage::new(etat, vers))
}

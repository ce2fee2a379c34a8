//! PRO-3: the kinds of supporting documents, and what the CPAM says of one.

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
        /// Anything else.
        Autre = "autre", "Autre document";
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

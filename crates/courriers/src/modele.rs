//! Every letter, with the code that the outbox keeps.

macro_rules! modeles {
    ($($nom:ident = $code:literal, $objet:literal;)+) => {
        /// A kind of letter.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Modele { $(#[doc = $objet] $nom,)+ }

        impl Modele {
            /// Every kind.
            pub const TOUS: &'static [Modele] = &[$(Modele::$nom),+];

            /// The code that the outbox keeps.
            pub const fn code(self) -> &'static str {
                match self { $(Modele::$nom => $code),+ }
            }

            /// To whom, and why.
            pub const fn objet(self) -> &'static str {
                match self { $(Modele::$nom => $objet),+ }
            }
        }
    };
}

modeles! {
    DemandeDeposee = "demande_deposee", "Au demandeur : sa demande est reçue";
    DemandeTransmise = "demande_transmise", "Au demandeur : sa demande est transmise à la caisse compétente";
    PiecesRecues = "pieces_recues", "Au demandeur : ses pièces sont reçues";
    PiecesRecuesAgent = "pieces_recues_agent", "À l’agent : les pièces demandées sont toutes là";
    PieceRemplaceeAgent = "piece_remplacee_agent", "À l’agent : une pièce prend la place d’une autre";
    DemandeRetiree = "demande_retiree", "Au demandeur : sa demande est retirée";
    DemandeRetireeAgent = "demande_retiree_agent", "À l’agent : la demande est retirée";
    PiecesDemandees = "pieces_demandees", "Au demandeur : des pièces manquent";
    PieceRefusee = "piece_refusee", "Au demandeur : une pièce est refusée";
    DemandeComplete = "demande_complete", "Au demandeur : son dossier est complet";
    CompletAnnule = "complet_annule", "Au demandeur : son dossier n’était pas complet, c’était une erreur";
    CommissionSaisie = "commission_saisie", "Au demandeur : la commission est saisie de sa demande";
    DemandeSansSuite = "demande_sans_suite", "Au demandeur : sa demande est classée sans suite";
    DemandeSansSuccession = "demande_sans_succession", "Au demandeur : sa demande continue sans succession";
    AuditionDemandeeAgent = "audition_demandee_agent", "À l’agent : une audition par la commission est demandée";
    Convocation = "convocation_demandeur", "Au demandeur : la commission va l’entendre";
    MandatDonneAgent = "mandat_donne_agent", "À l’agent : un mandat est à vérifier";
    MandatExamine = "mandat_examine", "Au demandeur : son mandat est vérifié, ou refusé";
    SortMandat = "sort_mandat", "Au représentant : son mandat commence, ou prend fin";
    CopieRepresentant = "copie_representant", "Au représentant : copie de ce qui est écrit au demandeur";
    InstallationDeclaree = "installation_declaree", "Au demandeur : son installation est déclarée";
    InstallationDeclareeAgent = "installation_declaree_agent", "À l’agent : une installation est à vérifier";
    PreuveInstallationRefusee = "preuve_installation_refusee", "Au demandeur : la preuve d’installation n’est pas retenue";
    Installation = "installation", "Au demandeur : son installation est enregistrée";
    DemandeCaduque = "demande_caduque", "Au demandeur : son accord est caduc";
    DemandeCaduqueEquipe = "demande_caduque_equipe", "À l’équipe : un accord est caduc";
    ReductionConstatee = "reduction_constatee", "Au demandeur : la fin ou la suite d’une réduction est constatée";
    DonneesCorrigees = "donnees_corrigees", "Au professionnel : la caisse a corrigé ce qu’il avait déclaré";

    SilenceEchu = "silence_echu", "Au demandeur : ce que vaut le silence de la caisse";
    ReponseSilence = "reponse_silence", "Au demandeur : l’attestation demandée après un silence";
    AvisDepot = "avis_depot", "Au demandeur : un document l’attend dans son espace";
    CorrectionEnvoyee = "correction", "Au demandeur : une erreur de sa lettre est corrigée";
    DecisionNotifiee = "decision_notifiee", "Au demandeur : le document est notifié, le délai qui commence";

    PiecesVenues = "pieces_venues", "Au demandeur : les pièces attendues sont reçues, son accord prend effet";
    ReserveLevee = "reserve_levee", "Au demandeur : la condition de son accord est remplie";
    ReserveDefaillie = "reserve_defaillie", "Au demandeur : son accord est sans effet, faute de sa condition";

    DepartDeclaree = "depart_declaree", "Au cédant : sa déclaration est reçue";
    PiecesRecuesDepart = "pieces_recues_depart", "Au cédant : ses pièces sont reçues";
    PieceRefuseeDepart = "piece_refusee_depart", "Au cédant : une pièce est refusée";
    PieceRemplaceeDepartAgent = "piece_remplacee_depart_agent", "À l’agent : une pièce d’un départ prend la place d’une autre";
    DepartConfirmee = "depart_confirmee", "Au cédant : sa cessation est confirmée";
    DepartSousSeuil = "depart_sous_seuil", "Au cédant : le nombre de ses actes, à vérifier";
    DecompteConteste = "decompte_conteste", "Au cédant : sa contestation du nombre d’actes est reçue";
    DecompteContesteAgent = "decompte_conteste_agent", "À l’équipe : un nombre d’actes est contesté";
    DecompteRepondu = "decompte_repondu", "Au cédant : la réponse à sa contestation du nombre d’actes";
    DepartRejetee = "depart_rejetee", "Au cédant : sa déclaration n’est pas retenue";
    DepartAnnule = "depart_annule", "Au cédant : son départ est annulé";
    DepartAnnuleEquipe = "depart_annule_equipe", "À l’équipe : un départ est annulé";
    PlaceCommissionSaisie = "place_commission_saisie", "Au cédant : la commission est saisie de son départ";
    PlaceAvis = "place_avis", "Au cédant : la commission s’est prononcée";
    PlaceReservee = "place_reservee", "Au cédant : la place est réservée à son successeur";
    PlacePourvue = "place_pourvue", "Au cédant : l’installation de son successeur a commencé";
    PlaceRouverte = "place_rouverte", "Au cédant : son successeur n’est pas venu";
    PlaceCaduque = "place_caduque", "Au cédant : sa place est caduque";
    PlaceCaduqueEquipe = "place_caduque_equipe", "À l’équipe : une place est caduque";
    PlaceSansObjet = "place_sans_objet", "Au cédant : sa place est sans objet, la zone n’est plus régulée";
    PlaceSansObjetEquipe = "place_sans_objet_equipe", "À l’équipe : une place est sans objet";
    PlaceAAttribuer = "place_a_attribuer", "Au cédant : la caisse attribuera sa place";
    PlaceAAttribuerEquipe = "place_a_attribuer_equipe", "À l’équipe : une place est à attribuer";
    AyantDroit = "ayant_droit", "À l’ayant droit : il peut désigner le successeur";

    DesignationCreee = "designation_creee", "Au successeur : la désignation reçue";
    DesignationEnvoyee = "designation_envoyee", "Au cédant : sa désignation est envoyée";
    DesignationRemplacee = "designation_remplacee", "À qui était désigné : la désignation n’a plus d’effet";
    DesignationAnnulee = "designation_annulee", "Au successeur : le départ annulé";
    DesignationSansObjet = "designation_sans_objet", "Au successeur : la désignation est sans objet, la zone n’est plus régulée";
    DesignationAcceptee = "designation_acceptee", "Au cédant : le successeur accepte";
    DesignationAccepteeCopie = "designation_acceptee_copie", "Au successeur : il accepte";
    DesignationDeclinee = "designation_declinee", "Au cédant : le successeur décline";
    DesignationDeclineeCopie = "designation_declinee_copie", "Au successeur : il décline";
    DesignationRenoncee = "designation_renoncee", "Au cédant : le successeur renonce";
    DesignationRenonceeCopie = "designation_renoncee_copie", "Au successeur : il renonce";

    CandidatureDeposee = "candidature_deposee", "Au candidat : sa candidature est reçue";
    CandidatureRetiree = "candidature_retiree", "Au candidat : sa candidature est retirée";
    CandidatureEcartee = "candidature_ecartee", "Au candidat : sa candidature est écartée";
    CandidatureNonRetenue = "candidature_non_retenue", "Au candidat : un autre a la place";
    CandidatureRouverte = "candidature_rouverte", "Au candidat : la place est de nouveau à attribuer";
    PlaceAttribuee = "place_attribuee", "Au gagnant : la place est à lui";
    PlaceAttribueeCedant = "place_attribuee_cedant", "Au cédant : sa place est attribuée";
    AppelSansSuite = "appel_sans_suite", "Au candidat : l’appel est clos sans attribution";
    AttributionCaduque = "attribution_caduque", "Au gagnant : il n’a pas déposé sa demande à temps";
    AttributionCaduqueEquipe = "attribution_caduque_equipe", "À l’équipe : l’attribution est caduque";
    AttributionRenoncee = "attribution_renoncee", "Au gagnant : il renonce à la place";
    RappelCandidature = "rappel_candidature", "Au candidat : l’appel se termine";

    RecoursAccuse = "recours_accuse", "À qui forme un recours : il est reçu";
    RecoursDeposeAgent = "recours_depose_agent", "À l’équipe : un recours est à instruire";
    RecoursRejeteParSilence = "recours_rejete_par_silence", "À qui forme un recours : le silence vaut rejet";
    RecoursNotifie = "recours_notifie", "À qui forme un recours : la réponse est notifiée";
    DossierRouvert = "dossier_rouvert", "À la personne : son dossier est rouvert après un recours";
    PlaceRendue = "place_rendue", "Au cédant : sa place est de nouveau ouverte après un recours";

    RappelDesignation = "rappel_designation", "Au cédant : le délai pour désigner";
    RappelDesignationAgent = "rappel_designation_agent", "À l’équipe : le délai pour désigner est passé";
    RappelDecompte = "rappel_decompte", "Au cédant : le délai pour contester le nombre d’actes";
    RappelDemandeur = "rappel_demandeur", "Au demandeur : un délai de sa demande";
    RappelConfrere = "rappel_confrere", "Au confrère établi : la fin de sa réduction d’activité";
    RappelAgent = "rappel_agent", "À l’agent : un délai d’un dossier";
    RappelAvisPlace = "rappel_avis_place", "À l’équipe : l’avis de la commission sur une place";
    RappelDepot = "rappel_depot", "Au gagnant : le délai pour déposer sa demande";
    RappelDepotAgent = "rappel_depot_agent", "À l’équipe : ce délai est passé";

    CompteVerification = "compte_verification", "Au titulaire : confirmer son adresse";
    CompteExistant = "compte_existant", "Au titulaire : il a déjà un compte";
    RppsExistant = "rpps_existant", "Au titulaire : son numéro RPPS a déjà un compte";
    CompteInvitation = "compte_invitation", "À l’agent : son compte est ouvert";
    CompteVerrouille = "compte_verrouille", "Au titulaire : trop de mots de passe faux";
    AdresseAConfirmer = "adresse_a_confirmer", "Au titulaire : confirmer sa nouvelle adresse";
    AdresseChangee = "adresse_changee", "Au titulaire, à l’ancienne adresse : elle est remplacée";
    MotDePasseOublie = "mot_de_passe_oublie", "Au titulaire : choisir un nouveau mot de passe";
    MotDePasseChange = "mot_de_passe_change", "Au titulaire : son mot de passe a changé";
    BrouillonDelaisse = "brouillon_delaisse", "Au titulaire : son brouillon va être effacé";
    ChangementAnnonceAgent = "changement_annonce_agent", "À l’équipe : un professionnel annonce un changement";
    ChangementPrisEnCompte = "changement_pris_en_compte", "Au professionnel : la caisse a pris acte";

    MessageRecu = "message_recu", "Au professionnel : un message de la caisse";
    MessageRecuAgent = "message_recu_agent", "À l’agent : un message du professionnel";
    NouveautesDuJour = "nouveautes_du_jour", "À qui l’a choisi : ce qui est nouveau, une fois par jour";
    Mention = "mention", "À l’agent : une note lui est adressée";
    DecisionASigner = "decision_a_signer", "À qui signe : une décision est proposée";
    PropositionRenvoyee = "proposition_renvoyee", "À l’agent : sa proposition est renvoyée";
    DossierConfie = "dossier_confie", "À l’agent : un dossier lui est confié";
    DossiersConfies = "dossiers_confies", "À l’agent : plusieurs dossiers lui sont confiés";
}

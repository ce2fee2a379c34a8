//! The table of what can happen. A code that was written once is never renamed; a field added later is an `Option`.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::{Map, Value};

use super::donnees::{EtatDelai, LignesImportees, MoyenMotDePasse, PieceDeposee, RefusConnexion};
use super::{Famille, Public, Signe};
use crate::caisse::{DonneeCaisse, EcartCaisse};
use crate::changement::NatureChangement;
use crate::charte::Critere;
use crate::condition::{Condition, EtatCondition, NatureAttestation};
use crate::contestation::{Contestee, Degre, Issue};
use crate::conventionnement::{AvisCpd, ResultatConventionnement};
use crate::correction::{Donnee, Ecart};
use crate::decision::{Acte, ModeNotification};
use crate::delegation::Titre;
use crate::demande::{EtatDemande, Fondement, NatureDemande, Sens};
use crate::depart::{Auteur, EtatDepart, Qualite, SuiteContestation};
use crate::derogation::ActeMotif;
use crate::droits::Role;
use crate::echeance::{Delai, NatureEcheance, Suspension};
use crate::ecrit::NatureEcrit;
use crate::grand_livre::EtatPlace;
use crate::identite::MoyenIdentite;
use crate::incitation::proposition::EtatAide;
use crate::notification::Retour;
use crate::parametre::{Unite, ValeurParametre};
use crate::phrase::{ActePhrase, Emploi};
use crate::piece::{EtatPiece, NaturePiece};
use crate::place::{AvisSousSeuil, FaitsPlace, ResultatPlace};
use crate::regle::Statut;
use crate::representation::EtatMandat;
use crate::signature::MoyenSignature;
use crate::silence::EffetSilence;
use crate::zonage::Categorie;

faits! {
    // A request
    DemandeDeposee "demande.deposee" Demande Kine Cercle "demande.deposee" {
        numero: String, nature: NatureDemande, insee: String, bassin: String, categorie: Categorie, arrete: i64,
        motif: Option<String>, pieces: Vec<PieceDeposee>, decision_implicite: NaiveDate,
    } [noms: Vec<String>];
    DemandePapier "demande.papier" Demande Kine Enveloppe "demande.papier" { recue_le: NaiveDate } [];
    LettrePostee "lettre.postee" Demande Kine Enveloppe _ { lettre: i64, le: NaiveDate } [];
    DossierRattache "dossier.rattache" Demande Kine Personne _ {} [verification: Option<String>];
    DemandePrise "demande.prise" Demande Kine Cercle "demande.prise" {} [avant: Option<i64>, apres: Option<i64>];
    DemandePiecesDemandees "demande.pieces_demandees" Pieces Kine Fichier "demande.pieces_demandees" {
        pieces: Vec<NaturePiece>, limite: NaiveDate,
    } [precisions: Vec<Option<String>>];
    DemandeComplete "demande.complete" Demande Kine Cercle "demande.complete" { etat: EtatDemande } [];
    CompletAnnule "demande.complet_annule" Demande Kine Cercle "demande.complet_annule" {
        complete_le: Option<NaiveDate>, etat: EtatDemande,
    } [raison: Option<String>];
    DemandeSansSuccession "demande.sans_succession" Demande Kine Cercle "demande.sans_succession" { depuis: NaiveDate } [];
    CommissionSaisie "demande.commission_saisie" Demande Kine Calendrier "demande.commission_saisie" {
        le: NaiveDate, avis_attendu: NaiveDate,
    } [];
    ConditionsNotees "demande.conditions" Demande Kine Cercle _ {
        avant: Vec<(Condition, EtatCondition)>, apres: Vec<(Condition, EtatCondition)>, premier_acte: Option<NaiveDate>,
    } [constat: Option<String>];
    AttestationDelivree "attestation.delivree" Decisions Kine Decision _ { nature: NatureAttestation, empreinte: String } [];
    DocumentEmis "document.emis" Decisions Caisse Decision _ { nature: NatureEcrit, empreinte: String } [];
    DemandeAvisCpd "demande.avis_cpd" Demande Kine Cercle "demande.avis_cpd" {
        avant: Option<String>, apres: AvisCpd, entendue: Option<bool>,
    } [raison: Option<String>];
    AuditionDemandee "audition.demandee" Demande Kine Cercle "audition.demandee" {} [assistance: Option<String>];
    AuditionFixee "audition.fixee" Demande Kine Calendrier "audition.fixee" { le: NaiveDate, avant: Option<NaiveDate>, accord: bool } [];
    MandatDonne "mandat.donne" Demande Kine Personne "mandat.donne" { du: NaiveDate, au: Option<NaiveDate> } [personne: String];
    MandatExamine "mandat.examine" Demande Kine Personne "mandat.examine" { verdict: EtatMandat } [personne: String, raison: Option<String>];
    MandatRevoque "mandat.revoque" Demande Kine Personne "mandat.revoque" {} [personne: String];
    ActeDuRepresentant "mandat.acte" Demande Kine Personne "mandat.acte" { le: NaiveDate } [personne: Option<String>, texte: Option<String>];
    DemandeAccordee "demande.accordee" Decisions Kine Decision "demande.accordee" {
        fondement: Fondement, resultat: ResultatConventionnement, categorie: Categorie, parametres: String,
        reserve_au: Option<NaiveDate>,
    } [qualite: Option<String>];
    DemandeRefusee "demande.refusee" Decisions Kine Decision "demande.refusee" {
        fondement: Fondement, resultat: ResultatConventionnement, categorie: Categorie, parametres: String,
    } [qualite: Option<String>];
    SilenceEchu "silence.echu" Echeances Kine Calendrier "silence.echu" { effet: EffetSilence, le: NaiveDate } [];
    SilenceInterroge "silence.interroge" Demande Kine Cercle "silence.interroge" { effet: EffetSilence } [];
    SilenceRepondu "silence.repondu" Decisions Kine Decision "silence.repondu" { effet: EffetSilence } [motifs: Option<String>];
    DemandeInstallee "demande.installee" Demande Kine Arrivee "demande.installee" { installee_le: NaiveDate } [];
    ReserveLevee "demande.reserve_levee" Demande Kine Arrivee "demande.reserve_levee" { le: NaiveDate, piece: i64, terme: Option<NaiveDate> } [];
    DemandeCaduque "demande.caduque" Demande Kine Cercle "demande.caduque" { limite: NaiveDate, nature: Option<NatureEcheance> } [];
    DemandeRetiree "demande.retiree" Demande Kine Cercle "demande.retiree" { etat_avant: EtatDemande } [];
    DemandeRetireeSurPapier "demande.retiree_sur_papier" Demande Kine Cercle "demande.retiree_sur_papier" {
        etat_avant: EtatDemande, recue_le: NaiveDate,
    } [];
    DemandeSansSuite "demande.sans_suite" Demande Kine Cercle "demande.sans_suite" { limite: NaiveDate } [];
    DemandeCorrigee "demande.corrigee" Demande Kine Cercle "demande.corrigee" {
        donnees: Vec<Donnee>, reevaluation: Option<(String, String)>,
    } [motif: String, corrections: Vec<Ecart>];
    InstallationDeclaree "installation.declaree" Demande Kine Arrivee "installation.declaree" {
        date: NaiveDate, a_temps: bool, pieces: Vec<PieceDeposee>,
    } [noms: Vec<String>];
    InstallationPreuveRefusee "installation.preuve_refusee" Demande Kine Arrivee "installation.preuve_refusee" {
        avant: NaiveDate, finale: NaiveDate, suspensions: Vec<Suspension>,
    } [motif: String];
    ReductionSuivie "reduction.suivie" Demande Caisse Cercle _ { reduction: NaiveDate, engagement: NaiveDate } [etabli: Option<String>];
    ReductionTerminee "reduction.terminee" Demande Caisse Cercle _ { nature: NatureEcheance, avant: NaiveDate } [motif: Option<String>];
    ReductionRenouvelee "reduction.renouvelee" Demande Caisse Cercle _ {
        nature: NatureEcheance, avant: NaiveDate, apres: NaiveDate,
    } [motif: Option<String>];

    // Appeals
    RecoursDepose "recours.depose" Decisions Kine Decision "recours.depose" {
        numero: String, contestee: Contestee, contre: String, recu_le: NaiveDate, terme: Option<NaiveDate>, repondre_avant: NaiveDate, papier: bool,
    } [moyens: Option<String>];
    RecoursRepondu "recours.repondu" Decisions Kine Decision "recours.repondu" { issue: Issue, le: NaiveDate } [texte: Option<String>];
    RecoursNotifie "recours.notifie" Decisions Kine Enveloppe "recours.notifie" { le: NaiveDate, terme: Option<NaiveDate> } [];
    RecoursTu "recours.rejete_par_silence" Decisions Kine Calendrier "recours.rejete_par_silence" { le: NaiveDate, terme: Option<NaiveDate> } [];
    RecoursSaisi "recours.tribunal_saisi" Decisions Kine Decision "recours.tribunal_saisi" { degre: Degre, le: NaiveDate } [];
    RecoursJuge "recours.juge" Decisions Kine Decision "recours.juge" { degre: Degre, issue: Issue, le: NaiveDate } [texte: Option<String>];
    RecoursAbandonne "recours.abandonne" Decisions Kine Cercle "recours.abandonne" { le: NaiveDate } [];
    RecoursEffet "recours.decision_annulee" Decisions Kine Decision "recours.decision_annulee" { recours: String, decision: Option<i64> } [];

    // Its decision
    DecisionProposee "decision.proposee" Decisions Caisse Decision _ {
        sens: Sens, fondement: Fondement, resultat: ResultatConventionnement, reserve_au: Option<NaiveDate>,
    } [motifs: Option<String>, ecart: Option<String>];
    DecisionRenvoyee "decision.renvoyee" Decisions Caisse Decision _ { decision: i64 } [motif: String];
    DecisionReprise "decision.reprise" Decisions Caisse Decision _ { decision: i64 } [];
    PiecesVenues "accord.pieces_venues" Decisions Kine Decision "accord.pieces_venues" { le: NaiveDate, effet: Option<NaiveDate> } [];
    RaisonsRecues "silence.recu" Decisions Kine Decision "silence.recu" { le: NaiveDate, recours: NaiveDate } [];
    DecisionDeposee "decision.deposee" Decisions Kine Enveloppe _ { terme: NaiveDate } [];
    DecisionEnvoyee "decision.envoyee" Decisions Caisse Enveloppe _ {
        mode: ModeNotification, envoyee: NaiveDate, avisee: Option<NaiveDate>, remise: Option<NaiveDate>,
        retour: Option<Retour>,
    } [numero: Option<String>];
    DecisionNotifiee "decision.notifiee" Decisions Kine Enveloppe "decision.notifiee" {
        issue: Sens, mode: ModeNotification, le: NaiveDate, terme: NaiveDate, recours: NaiveDate,
        sous_reserve: Option<bool>,
    } [];

    LettreCorrigee "decision.lettre_corrigee" Decisions Kine Enveloppe _ { decision: i64, empreinte: String } [
        faux: Option<String>, juste: Option<String>,
    ];
    LettreSignee "decision.lettre_signee" Decisions Caisse Enveloppe _ { decision: i64, empreinte: String } [nom: Option<String>];

    // What hangs on any case
    PieceRecue "piece.recue" Pieces Kine Fichier "piece.recue" {
        pieces: Vec<PieceDeposee>, repond_a: Vec<i64>, restantes: usize, remplacees: Vec<i64>,
    } [noms: Vec<String>];
    PieceExaminee "piece.examinee" Pieces Kine Fichier "piece.examinee" {
        piece: i64, document: NaturePiece, avant: EtatPiece, apres: EtatPiece,
    } [nom: Option<String>, motif: Option<String>];
    PieceMiseAPart "piece.mise_a_part" Pieces Kine Fichier _ { piece: i64, document: NaturePiece } [raison: Option<String>];
    PiecesDeSanteLues "piece.sante_lue" Pieces Kine Fichier _ { pieces: Vec<i64> } [];
    PieceDeSanteConclue "piece.sante_conclue" Pieces Kine Fichier _ {
        piece: i64, document: NaturePiece, avant: EtatPiece, apres: EtatPiece,
    } [conclusion: Option<String>];
    PiecesUtilesPassees "piece.utiles_passees" Pieces Caisse Fichier _ { pieces: Vec<NaturePiece> } [raison: Option<String>];
    EcheanceSuspendue "echeance.suspendue" Echeances Kine Calendrier "echeance.suspendue" {
        nature: NatureEcheance, avant: EtatDelai, apres: EtatDelai,
    } [];
    EcheanceReprise "echeance.reprise" Echeances Kine Calendrier "echeance.reprise" {
        nature: NatureEcheance, avant: EtatDelai, apres: EtatDelai,
    } [];
    RappelEnvoye "rappel.envoye" Echeances Caisse Cercle _ {
        echeance: i64, code: String, destinataires: usize, rappelee: NatureEcheance, avant_le: NaiveDate,
    } [];
    MessageEnvoye "message.envoye" Messages Kine Cercle "message.envoye" {
        message: i64, documents: usize, par_la_caisse: bool,
    } [];
    NoteEcrite "interne.note" Interne Caisse Cercle _ { note: i64 } [];
    EtiquettePosee "interne.etiquette" Interne Caisse Cercle _ { etiquette: String, lot: Option<i64> } [];
    EtiquetteRetiree "interne.etiquette_retiree" Interne Caisse Cercle _ { etiquette: String, lot: Option<i64> } [];
    Assignation "interne.assignation" Interne Caisse Cercle _ {} [
        avant: Option<i64>, apres: Option<i64>, personne: Option<String>,
    ];
    AbsenceDeclaree "interne.absence" Interne Caisse Cercle _ { du: NaiveDate, au: NaiveDate } [
        absent: String, remplacant: Option<String>,
    ];
    AbsenceSupprimee "interne.absence_supprimee" Interne Caisse Cercle _ {} [absent: String];

    // A departure, its place, its successor
    DepartDeclaree "depart.declaree" Depart Kine Depart "depart.declaree" {
        insee: String, commune: String, bassin: String, categorie: Categorie, date_cessation: NaiveDate,
        actes_12_mois: Option<i64>, par_derogation: Option<bool>, pieces: Vec<PieceDeposee>,
    } [adresse: Option<String>, noms: Vec<String>];
    DepartApresDeces "depart.apres_deces" Depart Caisse Depart "depart.apres_deces" {
        insee: String, commune: String, bassin: String, categorie: Categorie, deces_le: NaiveDate,
        actes_12_mois: Option<i64>, par_derogation: Option<bool>, pieces: Vec<PieceDeposee>,
    } [adresse: Option<String>, noms: Vec<String>];
    DepartConfirmee "depart.confirmee" Depart Kine Depart "depart.confirmee" {
        resultat: ResultatPlace, faits: FaitsPlace, actes_corriges: Option<i32>, date_corrigee: Option<NaiveDate>,
        derogation_corrigee: Option<bool>,
        etat_place: Option<EtatPlace>, limite_designation: Option<NaiveDate>, parametres: String,
    } [];
    DecompteCommunique "decompte.communique" Depart Kine Enveloppe "decompte.communique" {
        actes: i64, du: NaiveDate, au: NaiveDate, auteur: Auteur, extrait_le: NaiveDate, terme: NaiveDate,
    } [];
    DecompteConteste "decompte.conteste" Depart Kine Depart "decompte.conteste" {
        actes: i64, selon_la_personne: i64, pieces: Vec<PieceDeposee>,
    } [raisons: Option<String>, noms: Vec<String>];
    DecompteRepondu "decompte.repondu" Depart Kine Depart "decompte.repondu" {
        suite: SuiteContestation, actes: i64, extrait_le: Option<NaiveDate>, etat: EtatPlace,
    } [raisons: Option<String>];
    DepartRejetee "depart.rejetee" Depart Kine Depart "depart.rejetee" {} [motif: Option<String>];
    DepartRetiree "depart.retiree" Depart Kine Depart "depart.retiree" {
        avant: Option<EtatDepart>, etat_place: Option<EtatPlace>, designation: Option<i64>,
    } [];
    DepartCorrigee "depart.corrigee" Depart Kine Depart "depart.corrigee" {
        donnees: Vec<Donnee>, reevaluation: Option<(String, String)>,
    } [motif: String, corrections: Vec<Ecart>];
    PlaceCommissionSaisie "place.commission_saisie" Depart Kine Calendrier "place.commission_saisie" {
        le: NaiveDate, avis_attendu: NaiveDate,
    } [];
    PlaceAvisCpd "place.avis_cpd" Depart Kine Depart "place.avis_cpd" {
        avis: AvisSousSeuil, etat: EtatPlace, faits: FaitsPlace, terme_designation: Option<NaiveDate>, parametres: String,
    } [];
    PlaceReservee "place.reservee" Depart Caisse Depart "place.reservee" {
        demande: String, avant: EtatPlace, apres: EtatPlace,
    } [personne: String];
    PlacePourvue "place.pourvue" Depart Kine Depart "place.pourvue" { demande: String, le: NaiveDate } [personne: String];
    PlaceRouverte "place.rouverte" Depart Kine Depart "place.rouverte" {
        demande: String, limite_designation: Option<NaiveDate>,
    } [];
    PlaceAAttribuer "place.a_attribuer" Depart Kine Depart "place.a_attribuer" { limite_designation: Option<NaiveDate> } [];
    PlaceCaduque "place.caduque" Depart Kine Depart "place.caduque" { limite_designation: Option<NaiveDate> } [];
    PlaceSansObjet "place.sans_objet" Depart Kine Depart "place.sans_objet" { avant: EtatPlace, depuis: NaiveDate } [];
    DesignationCreee "designation.creee" Depart Kine Personne "designation.creee" {
        designation: i64, remplace: Option<i64>,
    } [rpps: String, courriel: Option<String>];
    DesignationAcceptee "designation.acceptee" Depart Kine Personne "designation.acceptee" { designation: i64 } [
        rpps: Option<String>,
    ];
    DesignationDeclinee "designation.declinee" Depart Kine Personne "designation.declinee" { designation: i64 } [
        rpps: Option<String>,
    ];
    DesignationRenoncee "designation.renoncee" Depart Kine Personne "designation.renoncee" { designation: i64 } [
        rpps: Option<String>,
    ];
    DesignationRetiree "designation.retiree" Depart Kine Personne "designation.retiree" { designation: i64 } [
        rpps: Option<String>,
    ];
    AyantDroitHabilite "ayant_droit.habilite" Depart Caisse Personne _ {
        ayant_droit: i64, qualite: Qualite, remplace: Option<i64>,
    } [personne: String];
    AyantDroitRetire "ayant_droit.retire" Depart Caisse Personne _ { ayant_droit: i64 } [personne: String];
    ChangementAnnonce "changement.annonce" Depart Caisse Cercle _ {
        changement: i64, nature: NatureChangement,
    } [kine: Option<i64>];
    ChangementPrisEnCompte "changement.pris_en_compte" Depart Caisse Cercle _ { changement: i64 } [kine: Option<i64>];

    // A call to candidates
    CharteDatee "charte.datee" Appel Caisse Cercle _ { charte: i64, du: NaiveDate, criteres: Vec<Critere> } [];
    AppelOuvert "appel.ouvert" Appel Caisse Cercle "appel.ouvert" {
        appel: i64, charte: i64, cloture: NaiveDate, delai: Delai,
    } [];
    AppelRappel "appel.rappel" Appel Caisse Cercle _ {
        appel: i64, code: String, destinataires: usize, avant_le: NaiveDate,
    } [];
    AppelClasse "appel.classe" Appel Caisse Cercle _ {
        appel: i64, le: NaiveDate, rangs: Vec<(i64, i32)>,
    } [motif: Option<String>];
    AppelAttribue "appel.attribue" Appel Caisse Decision "appel.attribue" {
        appel: i64, candidature: i64, designation: i64, depot_limite: NaiveDate, parametres: String,
    } [personne: String, motif: Option<String>, qualite: Option<String>];
    AppelAttributionCaduque "appel.attribution_caduque" Appel Caisse Cercle "appel.attribution_caduque" {
        appel: i64, candidature: i64, depot_limite: Option<NaiveDate>, classement: Option<String>,
    } [personne: String, motif: Option<String>];
    AppelAttributionAbandonnee "appel.attribution_abandonnee" Appel Caisse Cercle "appel.attribution_abandonnee" {
        appel: i64, candidature: i64, classement: Option<String>,
    } [];
    AppelSansSuite "appel.sans_suite" Appel Caisse Cercle "appel.sans_suite" { appel: i64 } [motif: Option<String>];
    CandidatureDeposee "candidature.deposee" Appel Caisse Personne _ {
        appel: i64, candidature: i64, valeurs: Vec<(String, Option<i64>)>, pieces: Vec<PieceDeposee>,
    } [noms: Vec<String>];
    CandidatureCorrigee "candidature.corrigee" Appel Caisse Personne _ {
        appel: i64, candidature: i64, valeurs: Vec<(String, Option<i64>)>, pieces: Vec<PieceDeposee>,
    } [noms: Vec<String>];
    CandidatureRetiree "candidature.retiree" Appel Caisse Personne _ { appel: i64, candidature: i64 } [];
    CandidatureVerifiee "candidature.verifiee" Appel Caisse Personne _ {
        appel: i64, candidature: i64, retenues: Vec<Option<i64>>,
    } [];
    CandidatureEcartee "candidature.ecartee" Appel Caisse Personne _ { appel: i64, candidature: i64 } [
        motif: Option<String>,
    ];

    // Accounts
    CompteCree "compte.cree" Compte Titulaire Personne _ { cle_confirmee: bool } [
        compte: Option<i64>, nom: String, rpps: Option<String>,
    ];
    CompteDejaInscrit "compte.deja_inscrit" Compte Titulaire Personne _ {} [compte: Option<i64>];
    CompteLienDemande "compte.lien_demande" Compte Titulaire Personne _ {} [compte: Option<i64>];
    CompteVerifie "compte.verifie" Compte Titulaire Personne _ {} [];
    CompteVerrouille "compte.verrouille" Compte Titulaire Personne _ { echecs: i32, jusqua: NaiveDateTime } [
        compte: Option<i64>,
    ];
    CompteAgentCree "compte.agent_cree" Compte Titulaire Personne _ { role: Role, caisse: Option<String> } [
        compte: Option<i64>, personne: String,
    ];
    CompteMandatDonne "compte.mandat_donne" Compte Titulaire Personne _ {
        role: Role, caisse: Option<String>, region: Option<String>,
    } [compte: Option<i64>, personne: String,];
    CompteMandatTermine "compte.mandat_termine" Compte Titulaire Personne _ { role: Role, caisse: Option<String> } [
        compte: Option<i64>, personne: String,
    ];
    CompteAgentInvite "compte.agent_invite" Compte Titulaire Personne _ { role: Role, caisse: Option<String> } [
        compte: Option<i64>, personne: String,
    ];
    CompteFerme "compte.ferme" Compte Titulaire Personne _ { sessions_fermees: usize, dossiers: usize } [
        compte: Option<i64>, personne: String, repreneur: Option<String>,
    ];
    CompteAdresseDemandee "compte.adresse_demandee" Compte Titulaire Personne _ {} [
        compte: Option<i64>, nouvelle: String,
    ];
    CompteAdresseChangee "compte.adresse_changee" Compte Titulaire Personne _ {} [
        compte: Option<i64>, avant: String, apres: String,
    ];
    IdentiteVerifiee "compte.identite_verifiee" Compte Titulaire Personne _ { moyen: MoyenIdentite } [
        personne: String, observation: Option<String>,
    ];
    CourrielRenvoye "courriel.renvoye" Messages Caisse Personne _ {} [sujet: String, destinataire: String];
    CourrielRegle "courriel.regle" Messages Caisse Personne _ {} [sujet: String, destinataire: String];
    CompteConsentement "compte.consentement" Compte Titulaire Personne _ { jusqu_au: Option<NaiveDate> } [
        compte: Option<i64>,
    ];
    CompteDomicile "compte.domicile" Compte Titulaire Personne _ {} [compte: Option<i64>];
    CompteAgenda "compte.agenda" Compte Titulaire Personne _ {} [compte: Option<i64>];
    CompteAgendaRetire "compte.agenda_retire" Compte Titulaire Personne _ {} [compte: Option<i64>];
    ComptePreferences "compte.preferences" Compte Titulaire Personne _ { choix: Vec<(String, String)> } [
        compte: Option<i64>,
    ];
    ConnexionOuverte "connexion.ouverte" Compte Titulaire Personne _ {} [
        adresse_ip: Option<String>, navigateur: Option<String>,
    ];
    ConnexionFermee "connexion.fermee" Compte Titulaire Personne _ {} [];
    ConnexionRefusee "connexion.refusee" Compte Titulaire Personne _ { raison: RefusConnexion } [
        compte: Option<i64>, adresse_ip: Option<String>,
    ];
    SessionFermee "session.fermee" Compte Titulaire Personne _ {} [];
    SessionAutresFermees "session.autres_fermees" Compte Titulaire Personne _ { sessions_fermees: usize } [];
    SessionMandatChange "session.mandat_change" Compte Titulaire Personne _ { role: Role } [mandat: Option<i64>,];
    SessionProlongee "session.prolongee" Compte Titulaire Personne _ { expire_le: NaiveDateTime } [];
    MotDePasseDemande "mot_de_passe.demande" Compte Titulaire Personne _ {} [compte: Option<i64>];
    MotDePasseChange "mot_de_passe.change" Compte Titulaire Personne _ {
        moyen: MoyenMotDePasse, sessions_fermees: usize,
    } [];
    MotDePasseRefuse "mot_de_passe.refuse" Compte Titulaire Personne _ {} [adresse_ip: Option<String>];

    // For the nation
    ParametrePropose "parametre.propose" Reglement Nation Cercle _ {
        proposition: i64, cle: String, valeur: ValeurParametre, unite: Unite, du: NaiveDate, source: String, statut: Statut,
        avant: ValeurParametre,
    } [motif: Option<String>];
    ParametreApprouve "parametre.approuve" Reglement Nation Cercle _ {
        proposition: i64, cle: String, valeur: ValeurParametre, unite: Unite, du: NaiveDate,
    } [];
    ParametreRejete "parametre.rejete" Reglement Nation Cercle _ {
        proposition: i64, cle: String, valeur: ValeurParametre, unite: Unite, du: NaiveDate,
    } [motif: Option<String>];
    ParametreRetire "parametre.retire" Reglement Nation Cercle _ {
        proposition: i64, cle: String, valeur: ValeurParametre, unite: Unite, du: NaiveDate,
    } [motif: Option<String>];
    MotifPropose "motif.propose" Reglement Nation Cercle _ {
        motif: i64, acte: ActeMotif, code: String, famille: String, libelle: String, pieces: String, suivi: Option<String>,
        source: String, statut: String, le: NaiveDate,
    } [raison: Option<String>];
    MotifApprouve "motif.approuve" Reglement Nation Cercle _ {
        motif: i64, acte: ActeMotif, code: String, le: NaiveDate,
    } [];
    MotifRejete "motif.rejete" Reglement Nation Cercle _ { motif: i64, acte: ActeMotif, code: String } [raison: Option<String>];
    AideProposee "aide.proposee" Reglement Nation Cercle _ { proposition: i64, code: String, nom: String, du: NaiveDate } [raison: Option<String>];
    AideExaminee "aide.examinee" Reglement Nation Cercle _ { proposition: i64, code: String, etat: EtatAide, nom: String } [raison: Option<String>];
    CaisseLogo "caisse.logo" Reglement Caisse Cercle _ { empreinte: Option<String> } [];
    PhraseChangee "caisse.phrase" Reglement Caisse Cercle _ { phrase: i64, acte: ActePhrase, emploi: Emploi } [
        titre: Option<String>, avant: Option<String>, apres: Option<String>,
    ];
    DelegationDonnee "delegation.donnee" Reglement Caisse Personne _ {
        delegation: i64, titre: Titre, actes: Vec<Acte>, acte_du: NaiveDate, du: NaiveDate, au: Option<NaiveDate>,
    } [personne: String, delegant: Option<String>, reference: String];
    DelegationFinie "delegation.finie" Reglement Caisse Personne _ { delegation: i64, le: NaiveDate } [personne: String];
    SignatureChoisie "caisse.signature" Reglement Caisse Cercle _ {
        moyen: MoyenSignature, homologuee_le: Option<NaiveDate>, homologuee_au: Option<NaiveDate>,
    } [reference: Option<String>];
    CaisseFiche "caisse.fiche" Reglement Caisse Cercle _ { donnees: Vec<DonneeCaisse> } [
        corrections: Vec<EcartCaisse>
    ];
    DossierTransmis "dossier.transmis" Demande Kine Enveloppe "dossier.transmis" {
        numero: String, vers: String, caisse: String,
    } [raison: Option<String>];
    DossierRecu "dossier.recu" Demande Kine Enveloppe "dossier.recu" { numero: String, de: String, caisse: String } [];
    ImportCaisses "import.organismes" Import Nation Cercle _ {
        nombre: usize, lignes: LignesImportees, empreinte: String,
    } [];
    ImportTribunaux "import.tribunaux" Import Nation Cercle _ {
        nombre: usize, lignes: LignesImportees, empreinte: String,
    } [];
    ImportCommunes "import.communes" Import Nation Cercle _ {
        communes: i64, bassins: i64, lignes: LignesImportees, empreinte: String,
    } [];
    ImportZonage "import.zonage" Import Nation Cercle _ {
        region: String, effet: NaiveDate, lignes: LignesImportees, empreinte: String,
    } [];
    ImportZonageComplete "import.zonage_complete" Import Nation Cercle _ {
        arrete: String, lignes: LignesImportees, empreinte: String,
    } [];
}

//! Plausible data for each letter, and for each of its turns.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use courriers::appel::{Abandon, Appel};
use courriers::changement::Corrige;
use courriers::demande::Dossier;
use courriers::depart::Suite;
use courriers::rappel::Terme;
use courriers::{
    Courrier, Lettre, appel, changement, compte, decision, demande, depart, designation, message,
    rappel, silence, suivi,
};
use regles::accuse::Silence;
use regles::conclusion::Conclusion;
use regles::correction::{Correction, Donnee, Ecart};
use regles::demande::Sens;
use regles::depart::{Auteur, Decompte, SuiteContestation};
use regles::echeance::{Delai, NatureEcheance};
use regles::grand_livre::EtatPlace;
use regles::piece::NaturePiece;
use regles::place::{ConclusionPlace, ResultatPlace, ValeursPlace};
use regles::regle::{Constat, Etape, Explication, Statut};
use regles::reserve::Reserve;
use regles::silence::EffetSilence;

const KINE: &str = "Claire Martin";
const AUTRE: &str = "Yves Aubert";
const NUMERO: &str = "131-2026-000042";
const LIEU: &str = "Aix-en-Provence";
const ZONE: &str = "Martigues";
const CAISSE: &str = "CPAM des Bouches-du-Rhône";
const PIECES: &[(&str, &str)] = &[("Diplôme", "diplome.pdf"), ("Bail", "bail.pdf")];

/// A day of March 2026.
fn jour(jour: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, jour).expect("a day")
}

fn contact() -> Vec<String> {
    vec![CAISSE.to_owned(), "04 91 00 00 00".to_owned()]
}

fn dossier() -> Dossier {
    Dossier {
        kine: KINE.to_owned(),
        numero: NUMERO.to_owned(),
        contact: contact(),
    }
}

fn candidat() -> Appel {
    Appel {
        candidat: KINE.to_owned(),
        id: 4,
        commune: LIEU.to_owned(),
        bassin: ZONE.to_owned(),
        contact: contact(),
    }
}

fn decompte(auteur: Auteur) -> Decompte {
    Decompte {
        actes: 980,
        periode: (jour(1), jour(9)),
        auteur,
        extrait_le: jour(11),
    }
}

fn avant() -> Terme {
    Terme {
        finale: jour(28),
        jour: jour(12),
        depasse: false,
    }
}

fn apres() -> Terme {
    Terme {
        finale: jour(11),
        jour: jour(12),
        depasse: true,
    }
}

fn reserve() -> Reserve {
    Reserve {
        condition: "la cessation effective d’Hélène Martin".to_owned(),
        au_plus_tard: jour(28),
        preuve: "Attestation de radiation du tableau de l’Ordre".to_owned(),
    }
}

fn explication() -> Explication {
    Explication(vec![Etape {
        regle: "REG-3".into(),
        libelle: "La cessation est définitive".into(),
        constat: Constat::NonRempli,
        fait: "cessation.definitive".into(),
        valeur: false.into(),
        attendu: "oui".into(),
        source: "avenant 7, article 1".into(),
        en_vigueur_depuis: jour(1),
        statut: Statut::S,
        origine: None,
    }])
}

fn conclusion() -> ConclusionPlace {
    Conclusion {
        resultat: ResultatPlace::NonTransmissible,
        valeurs: ValeursPlace {
            limite_designation: Some(jour(28)),
        },
        manquants: Vec::new(),
        explication: explication(),
    }
}

/// Every letter, in the order of the subjects.
pub fn toutes() -> Vec<Lettre> {
    [
        demandes(),
        silences(),
        decisions(),
        departs(),
        designations(),
        appels(),
        super::recours::exemples(),
        rappels(),
        autres(),
    ]
    .concat()
}

fn demandes() -> Vec<Lettre> {
    let contact = &contact();
    let silence = Silence {
        delai: Delai::Mois(2),
        effet: EffetSilence::Rejet,
        recours: vec!["Vous pouvez saisir le tribunal administratif.".to_owned()],
    };
    vec![
        demande::AccuseDeReception {
            kine: KINE,
            numero: NUMERO,
            contact,
            recue_le: jour(12),
            nature: "Conventionnement",
            adresse: "3 rue du Port",
            commune: LIEU,
            service: CAISSE,
            silence: &silence,
            finale: jour(28),
            manquantes: &[],
            sur_papier: false,
        }
        .lettre(),
        demande::AccuseDeReception {
            kine: KINE,
            numero: NUMERO,
            contact,
            recue_le: jour(12),
            nature: "Conventionnement",
            adresse: "3 rue du Port",
            commune: LIEU,
            service: CAISSE,
            silence: &silence,
            finale: jour(28),
            manquantes: &[NaturePiece::Diplome, NaturePiece::Assurance],
            sur_papier: true,
        }
        .lettre(),
        demande::PiecesRecues {
            kine: KINE,
            numero: NUMERO,
            contact,
            incomplete: true,
            restantes: 0,
            recues: PIECES,
        }
        .lettre(),
        demande::PiecesRecues {
            kine: KINE,
            numero: NUMERO,
            contact,
            incomplete: true,
            restantes: 2,
            recues: PIECES,
        }
        .lettre(),
        demande::PiecesRecues {
            kine: KINE,
            numero: NUMERO,
            contact,
            incomplete: false,
            restantes: 0,
            recues: PIECES,
        }
        .lettre(),
        demande::PiecesRecuesAgent { numero: NUMERO }.lettre(),
        demande::PieceRemplaceeAgent { numero: NUMERO }.lettre(),
        demande::DemandeRetiree {
            kine: KINE,
            numero: NUMERO,
            recue_le: None,
            contact,
        }
        .lettre(),
        demande::DemandeRetiree {
            kine: KINE,
            numero: NUMERO,
            recue_le: Some(jour(3)),
            contact,
        }
        .lettre(),
        demande::DemandeRetireeAgent { numero: NUMERO }.lettre(),
        demande::PiecesDemandees {
            dossier: dossier(),
            attendues: PIECES,
            finale: jour(28),
            suspend: true,
        }
        .lettre(),
        demande::PieceRefusee {
            dossier: dossier(),
            nature: "Diplôme",
            nom: "diplome.pdf",
            motif: "Illisible.",
            limite: Some(jour(28)),
            attendues: PIECES,
        }
        .lettre(),
        demande::PieceRefusee {
            dossier: dossier(),
            nature: "Diplôme",
            nom: "diplome.pdf",
            motif: "Illisible.",
            limite: None,
            attendues: &[],
        }
        .lettre(),
        demande::DemandeComplete {
            dossier: dossier(),
            le: jour(12),
        }
        .lettre(),
        demande::CompletAnnule {
            dossier: dossier(),
            le: Some(jour(12)),
            raison: "Le bail est au nom d’une autre personne.",
        }
        .lettre(),
        demande::CommissionSaisie {
            dossier: dossier(),
            complete_le: Some(jour(1)),
            le: jour(2),
            avis: jour(28),
            audition: jour(12),
            decision: jour(30),
        }
        .lettre(),
        demande::DemandeTransmise {
            kine: KINE,
            numero: NUMERO,
            de: CAISSE,
            vers: "CPAM du Var",
            contact,
            raison: "Le cabinet est à Bandol.",
            effet: EffetSilence::Rejet,
            finale: jour(28),
            depart: jour(2),
        }
        .lettre(),
        demande::DemandeTransmise {
            kine: KINE,
            numero: NUMERO,
            de: CAISSE,
            vers: "CPAM du Var",
            contact,
            raison: "Le cabinet est à Bandol.",
            effet: EffetSilence::Acceptation,
            finale: jour(28),
            depart: jour(12),
        }
        .lettre(),
        demande::DemandeSansSuite {
            dossier: dossier(),
            limite: jour(12),
        }
        .lettre(),
        demande::DemandeSansSuccession {
            dossier: dossier(),
            commune: LIEU,
            depuis: jour(12),
        }
        .lettre(),
        demande::AuditionDemandeeAgent { numero: NUMERO }.lettre(),
        convocation(None).lettre(),
        convocation(Some(jour(20))).lettre(),
        demande::MandatDonneAgent { numero: NUMERO }.lettre(),
        mandat_examine(None).lettre(),
        mandat_examine(Some("Il n’est pas signé.")).lettre(),
        sort_mandat(true).lettre(),
        sort_mandat(false).lettre(),
        demande::Copie {
            lettre: &convocation(None).lettre(),
            representant: AUTRE,
            kine: KINE,
        }
        .lettre(),
        demande::InstallationDeclaree {
            kine: KINE,
            numero: NUMERO,
            contact,
            commune: LIEU,
            le: jour(12),
        }
        .lettre(),
        demande::InstallationDeclareeAgent { numero: NUMERO }.lettre(),
        demande::PreuveRefusee {
            dossier: dossier(),
            motif: "Le bail n’est pas signé.",
            finale: jour(28),
        }
        .lettre(),
        demande::InstallationEnregistree {
            dossier: dossier(),
            commune: LIEU,
            le: jour(12),
        }
        .lettre(),
        demande::DemandeCaduque {
            dossier: dossier(),
            limite: jour(12),
        }
        .lettre(),
        demande::DemandeCaduqueEquipe {
            numero: NUMERO,
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
            limite: Some(jour(12)),
            sous_reserve: true,
        }
        .lettre(),
        demande::DemandeCaduqueEquipe {
            numero: NUMERO,
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
            limite: None,
            sous_reserve: false,
        }
        .lettre(),
        demande::ReductionConstatee {
            dossier: dossier(),
            objet: "Réduction d’activité",
            renouvelee: None,
        }
        .lettre(),
        demande::ReductionConstatee {
            dossier: dossier(),
            objet: "Réduction d’activité",
            renouvelee: Some(jour(28)),
        }
        .lettre(),
    ]
}

fn convocation(remplace: Option<NaiveDate>) -> demande::Convocation {
    demande::Convocation {
        dossier: dossier(),
        le: jour(28),
        heure: "14 h 30".to_owned(),
        heure_de: "heure de Paris",
        lieu: "56 chemin Joseph-Aiguier, 13009 Marseille".to_owned(),
        ecrire_avant: Some(jour(27)),
        remplace,
    }
}

fn mandat_examine(raison: Option<&'static str>) -> demande::MandatExamine<'static> {
    demande::MandatExamine {
        dossier: dossier(),
        representant: AUTRE,
        raison,
    }
}

fn sort_mandat(court: bool) -> demande::SortMandat<'static> {
    demande::SortMandat {
        representant: AUTRE,
        kine: KINE,
        numero: NUMERO,
        contact: &[],
        du: jour(12),
        au: Some(jour(28)),
        court,
    }
}

fn silences() -> Vec<Lettre> {
    [EffetSilence::Rejet, EffetSilence::Acceptation]
        .into_iter()
        .map(|effet| {
            let recours = match effet {
                EffetSilence::Rejet => {
                    vec!["Saisissez la commission de recours amiable.".to_owned()]
                }
                EffetSilence::Acceptation => Vec::new(),
            };
            let echu = silence::SilenceEchu {
                dossier: dossier(),
                silence: regles::silence::SilenceEchu {
                    effet,
                    le: jour(12),
                    demande_le: None,
                    reponse_le: None,
                    recue_le: None,
                },
                avant: jour(28),
                recours,
            };
            echu.lettre()
        })
        .chain([silence::AttestationDuSilence { dossier: dossier() }.lettre()])
        .collect()
}

fn decisions() -> Vec<Lettre> {
    let notifiee = |sens| {
        decision::DecisionNotifiee {
            dossier: dossier(),
            sens,
            le: jour(12),
            terme: jour(28),
            sous_reserve: false,
        }
        .lettre()
    };
    let reserve = reserve();
    vec![
        decision::CorrectionEnvoyee {
            dossier: dossier(),
            lettre: jour(12),
            faux: "12 rue des Lilas",
            juste: "21 rue des Lilas",
        }
        .lettre(),
        decision::PiecesVenues {
            dossier: dossier(),
            effet: jour(12),
        }
        .lettre(),
        decision::DecisionNotifiee {
            dossier: dossier(),
            sens: Sens::Accord,
            le: jour(12),
            terme: jour(28),
            sous_reserve: true,
        }
        .lettre(),
        decision::ReserveLevee {
            dossier: dossier(),
            le: jour(12),
            terme: Some(jour(28)),
        }
        .lettre(),
        decision::ReserveLevee {
            dossier: dossier(),
            le: jour(12),
            terme: None,
        }
        .lettre(),
        decision::ReserveDefaillie {
            dossier: dossier(),
            reserve: &reserve,
        }
        .lettre(),
        decision::DocumentDepose {
            dossier: dossier(),
            le: jour(12),
            terme: jour(27),
        }
        .lettre(),
        notifiee(Sens::Accord),
        notifiee(Sens::Refus),
    ]
}

fn departs() -> Vec<Lettre> {
    let contact = &contact();
    let conclusion = conclusion();
    let suite = |etat| Suite {
        etat,
        conclusion: &conclusion,
    };
    vec![
        depart::DepartDeclaree {
            kine: KINE,
            contact,
            commune: LIEU,
            id: 12,
            service: CAISSE,
            adresse: "3 rue du Port",
            date: jour(12),
            actes: Some(4200),
        }
        .lettre(),
        depart::DepartDeclaree {
            kine: KINE,
            contact,
            commune: LIEU,
            id: 12,
            service: CAISSE,
            adresse: "3 rue du Port",
            date: jour(12),
            actes: None,
        }
        .lettre(),
        depart::PiecesRecues {
            kine: KINE,
            contact,
            commune: LIEU,
            id: 12,
            recues: PIECES,
        }
        .lettre(),
        depart::PieceRefusee {
            kine: KINE,
            contact,
            commune: LIEU,
            id: 12,
            nature: "Diplôme",
            nom: "diplome.pdf",
            motif: "Illisible.",
        }
        .lettre(),
        depart::PieceRemplaceeAgent { id: 12, kine: KINE }.lettre(),
        depart::DepartConfirmee {
            kine: KINE,
            contact,
            commune: LIEU,
            date: jour(12),
            deces: true,
            suite: suite(Some(EtatPlace::Ouverte)),
        }
        .lettre(),
        depart::DepartConfirmee {
            kine: KINE,
            contact,
            commune: LIEU,
            date: jour(12),
            deces: false,
            suite: suite(Some(EtatPlace::Ouverte)),
        }
        .lettre(),
        depart::DepartConfirmee {
            kine: KINE,
            contact,
            commune: LIEU,
            date: jour(12),
            deces: false,
            suite: suite(None),
        }
        .lettre(),
        depart::DepartSousSeuil {
            kine: KINE,
            numero: NUMERO,
            id: 12,
            contact,
            decompte: decompte(Auteur::Caisse),
            seuil: 1200,
            terme: jour(28),
        }
        .lettre(),
        depart::DepartSousSeuil {
            kine: KINE,
            numero: NUMERO,
            id: 12,
            contact,
            decompte: decompte(Auteur::Partant),
            seuil: 1200,
            terme: jour(28),
        }
        .lettre(),
        depart::DecompteConteste {
            kine: KINE,
            numero: NUMERO,
            id: 12,
            contact,
            compte: 980,
            selon_la_personne: 1250,
        }
        .lettre(),
        depart::DecompteContesteAgent {
            numero: NUMERO,
            id: 12,
            kine: KINE,
        }
        .lettre(),
        depart::DecompteRepondu {
            kine: KINE,
            numero: NUMERO,
            id: 12,
            contact,
            suite: SuiteContestation::Maintenu,
            actes: 980,
            raisons: "Le relevé compte tous les actes remboursés.",
            place: suite(Some(EtatPlace::AExaminer)),
        }
        .lettre(),
        depart::DecompteRepondu {
            kine: KINE,
            numero: NUMERO,
            id: 12,
            contact,
            suite: SuiteContestation::Corrige,
            actes: 1250,
            raisons: "Le nouveau relevé compte les actes de décembre.",
            place: suite(Some(EtatPlace::Ouverte)),
        }
        .lettre(),
        depart::DepartConfirmee {
            kine: KINE,
            contact,
            commune: LIEU,
            date: jour(12),
            deces: false,
            suite: suite(Some(EtatPlace::AAttribuer)),
        }
        .lettre(),
        depart::DepartRejetee {
            kine: KINE,
            contact,
            motif: "La date manque.",
        }
        .lettre(),
        depart::DepartAnnule {
            kine: KINE,
            contact,
            commune: LIEU,
            id: 7,
        }
        .lettre(),
        depart::DepartAnnuleEquipe {
            id: 7,
            kine: KINE,
            commune: LIEU,
        }
        .lettre(),
        depart::PlaceCommissionSaisie {
            kine: KINE,
            contact,
            commune: LIEU,
            le: jour(2),
            avis: jour(28),
            audition: jour(12),
        }
        .lettre(),
        depart::PlaceAvis {
            kine: KINE,
            contact,
            commune: LIEU,
            avis: "défavorable",
            suite: suite(Some(EtatPlace::NonTransmissible)),
        }
        .lettre(),
        depart::PlaceReservee {
            kine: KINE,
            contact,
            commune: LIEU,
            successeur: AUTRE,
            reserve: None,
        }
        .lettre(),
        depart::PlaceReservee {
            kine: KINE,
            contact,
            commune: LIEU,
            successeur: AUTRE,
            reserve: Some(&reserve()),
        }
        .lettre(),
        depart::PlacePourvue {
            kine: KINE,
            contact,
            commune: LIEU,
            successeur: AUTRE,
            le: jour(12),
        }
        .lettre(),
        depart::PlaceRouverte {
            kine: KINE,
            contact,
            commune: LIEU,
            successeur: AUTRE,
            limite: jour(12),
            sous_reserve: false,
        }
        .lettre(),
        depart::PlaceRouverte {
            kine: KINE,
            contact,
            commune: LIEU,
            successeur: AUTRE,
            limite: jour(12),
            sous_reserve: true,
        }
        .lettre(),
        depart::PlaceCaduque {
            kine: KINE,
            contact,
            commune: LIEU,
            limite: Some(jour(12)),
        }
        .lettre(),
        depart::PlaceCaduqueEquipe {
            id: 12,
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
        }
        .lettre(),
        depart::PlaceSansObjet {
            kine: KINE,
            contact,
            commune: LIEU,
            id: 12,
            depuis: jour(12),
            attendue: true,
        }
        .lettre(),
        depart::PlaceSansObjetEquipe {
            id: 12,
            kine: KINE,
            commune: LIEU,
            depuis: jour(12),
        }
        .lettre(),
        depart::PlaceAAttribuer {
            kine: KINE,
            contact,
            commune: LIEU,
            limite: None,
        }
        .lettre(),
        depart::PlaceAAttribuerEquipe {
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
        }
        .lettre(),
        depart::AyantDroit {
            nom: AUTRE,
            cedant: KINE,
            commune: LIEU,
            limite: Some(jour(28)),
            jeton: "abc",
            contact,
        }
        .lettre(),
    ]
}

fn designations() -> Vec<Lettre> {
    let contact = &contact();
    let designant = designation::Designant {
        cedant: KINE,
        ayant_droit: None,
        depart_id: 12,
    };
    let heritiers = designation::Designant {
        ayant_droit: Some(AUTRE),
        ..designant
    };

    vec![
        designation::DesignationCreee {
            deces: false,
            cedant: KINE,
            commune: LIEU,
            bassin: ZONE,
            date: jour(12),
            limite: Some(jour(20)),
            ayant_droit: Some(AUTRE),
            jeton: "abc",
            contact,
        }
        .lettre(),
        designation::DesignationEnvoyee {
            designant,
            commune: LIEU,
            rpps: "10001234567",
            courriel: "a@example.fr",
            limite: Some(jour(20)),
            contact,
        }
        .lettre(),
        designation::DesignationAnnulee {
            cedant: AUTRE,
            commune: LIEU,
            du: jour(12),
            contact,
        }
        .lettre(),
        designation::DesignationSansObjet {
            commune: LIEU,
            du: jour(11),
            depuis: jour(12),
            contact,
        }
        .lettre(),
        designation::DesignationRemplacee {
            par: KINE,
            commune: LIEU,
            depuis: jour(12),
            demande: Some("131-2026-000042"),
            contact,
        }
        .lettre(),
        designation::DesignationAcceptee {
            designant,
            successeur: AUTRE,
            commune: LIEU,
            limite: Some(jour(20)),
            contact,
        }
        .lettre(),
        designation::DesignationAcceptee {
            designant: heritiers,
            successeur: AUTRE,
            commune: LIEU,
            limite: Some(jour(20)),
            contact,
        }
        .lettre(),
        designation::DesignationAccepteeCopie {
            successeur: AUTRE,
            cedant: KINE,
            commune: LIEU,
            contact,
            designation_id: 7,
        }
        .lettre(),
        designation::DesignationDeclinee {
            designant,
            successeur: AUTRE,
            commune: LIEU,
            limite: Some(jour(28)),
            contact,
        }
        .lettre(),
        designation::DesignationDeclineeCopie {
            successeur: AUTRE,
            cedant: KINE,
            commune: LIEU,
            contact,
        }
        .lettre(),
        designation::DesignationRenoncee {
            designant,
            successeur: AUTRE,
            commune: LIEU,
            limite: None,
            contact,
        }
        .lettre(),
        designation::DesignationRenonceeCopie {
            successeur: AUTRE,
            cedant: KINE,
            commune: LIEU,
            contact,
        }
        .lettre(),
    ]
}

fn appels() -> Vec<Lettre> {
    let contact = &contact();

    vec![
        appel::CandidatureDeposee {
            appel: candidat(),
            cloture: jour(28),
        }
        .lettre(),
        appel::CandidatureRetiree { appel: candidat() }.lettre(),
        appel::CandidatureEcartee {
            appel: candidat(),
            motif: "Hors délai.",
        }
        .lettre(),
        appel::CandidatureNonRetenue { appel: candidat() }.lettre(),
        appel::CandidatureRouverte {
            appel: candidat(),
            abandon: Abandon::Defaut,
        }
        .lettre(),
        appel::PlaceAttribuee {
            appel: candidat(),
            limite: jour(28),
            designation_id: 7,
        }
        .lettre(),
        appel::PlaceAttribueeCedant {
            kine: KINE,
            contact,
            commune: LIEU,
            gagnant: AUTRE,
        }
        .lettre(),
        appel::AppelSansSuite {
            appel: candidat(),
            motif: "La place est supprimée.",
            libre: false,
        }
        .lettre(),
        appel::AppelSansSuite {
            appel: candidat(),
            motif: "La zone n’est plus régulée.",
            libre: true,
        }
        .lettre(),
        appel::AttributionCaduque { appel: candidat() }.lettre(),
        appel::AttributionCaduqueEquipe {
            appel_id: 4,
            commune: LIEU,
            gagnant: AUTRE,
            abandon: Abandon::Renonciation,
            suivant: Some(KINE),
        }
        .lettre(),
        appel::AttributionCaduqueEquipe {
            appel_id: 4,
            commune: LIEU,
            gagnant: AUTRE,
            abandon: Abandon::Defaut,
            suivant: None,
        }
        .lettre(),
        appel::AttributionRenoncee {
            nom: AUTRE,
            commune: LIEU,
            contact,
        }
        .lettre(),
        appel::RappelCandidature {
            appel: candidat(),
            fin: jour(28),
            tues: &["Ancienneté", "Distance"],
        }
        .lettre(),
    ]
}

fn rappels() -> Vec<Lettre> {
    let contact = &contact();

    vec![
        rappel::RappelDesignation {
            kine: KINE,
            commune: LIEU,
            id: 12,
            attente: true,
            terme: avant(),
            contact,
        }
        .lettre(),
        rappel::RappelDesignation {
            kine: KINE,
            commune: LIEU,
            id: 12,
            attente: false,
            terme: apres(),
            contact,
        }
        .lettre(),
        rappel::RappelDecompte {
            kine: KINE,
            numero: NUMERO,
            id: 12,
            terme: avant(),
            contact,
        }
        .lettre(),
        rappel::RappelDecompte {
            kine: KINE,
            numero: NUMERO,
            id: 12,
            terme: apres(),
            contact,
        }
        .lettre(),
        rappel::RappelDesignationAgent {
            id: 12,
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
            terme: apres(),
        }
        .lettre(),
        rappel::RappelAvisPlace {
            id: 12,
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
            terme: avant(),
        }
        .lettre(),
        rappel::RappelAgent {
            numero: NUMERO,
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
            nature: NatureEcheance::AvisCpd,
            silence: EffetSilence::Rejet,
            terme: apres(),
        }
        .lettre(),
        rappel::RappelDemandeur {
            dossier: dossier(),
            commune: LIEU,
            nature: NatureEcheance::Pieces,
            terme: avant(),
        }
        .lettre(),
        rappel::RappelDemandeur {
            dossier: dossier(),
            commune: LIEU,
            nature: NatureEcheance::Pieces,
            terme: apres(),
        }
        .lettre(),
        rappel::RappelDemandeur {
            dossier: dossier(),
            commune: LIEU,
            nature: NatureEcheance::Installation,
            terme: avant(),
        }
        .lettre(),
        rappel::RappelDemandeur {
            dossier: dossier(),
            commune: LIEU,
            nature: NatureEcheance::Installation,
            terme: apres(),
        }
        .lettre(),
        rappel::RappelDemandeur {
            dossier: dossier(),
            commune: LIEU,
            nature: NatureEcheance::ReductionCollaborateur,
            terme: apres(),
        }
        .lettre(),
        rappel::RappelAgent {
            numero: NUMERO,
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
            nature: NatureEcheance::DecisionImplicite,
            silence: EffetSilence::Acceptation,
            terme: avant(),
        }
        .lettre(),
        rappel::RappelAgent {
            numero: NUMERO,
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
            nature: NatureEcheance::DecisionImplicite,
            silence: EffetSilence::Rejet,
            terme: avant(),
        }
        .lettre(),
        rappel::RappelAgent {
            numero: NUMERO,
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
            nature: NatureEcheance::Pieces,
            silence: EffetSilence::Rejet,
            terme: avant(),
        }
        .lettre(),
        rappel::RappelAgent {
            numero: NUMERO,
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
            nature: NatureEcheance::Pieces,
            silence: EffetSilence::Rejet,
            terme: apres(),
        }
        .lettre(),
        rappel::RappelAgent {
            numero: NUMERO,
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
            nature: NatureEcheance::Installation,
            silence: EffetSilence::Rejet,
            terme: avant(),
        }
        .lettre(),
        rappel::RappelAgent {
            numero: NUMERO,
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
            nature: NatureEcheance::Installation,
            silence: EffetSilence::Rejet,
            terme: apres(),
        }
        .lettre(),
        rappel::RappelConfrere {
            kine: KINE,
            numero: NUMERO,
            commune: LIEU,
            nature: NatureEcheance::ReductionTitulaire,
            terme: avant(),
            contact,
        }
        .lettre(),
        rappel::RappelAgent {
            numero: NUMERO,
            kine: KINE,
            commune: LIEU,
            bassin: ZONE,
            nature: NatureEcheance::ReductionTitulaire,
            silence: EffetSilence::Rejet,
            terme: avant(),
        }
        .lettre(),
        rappel::RappelDepot {
            commune: LIEU,
            bassin: ZONE,
            designation_id: 7,
            terme: avant(),
            contact,
        }
        .lettre(),
        rappel::RappelDepot {
            commune: LIEU,
            bassin: ZONE,
            designation_id: 7,
            terme: apres(),
            contact,
        }
        .lettre(),
        rappel::RappelDepotAgent {
            id: 12,
            commune: LIEU,
            terme: apres(),
        }
        .lettre(),
    ]
}

fn autres() -> Vec<Lettre> {
    let contact = &contact();
    let instant: NaiveDateTime = jour(12).and_time(NaiveTime::MIN);
    let ecart = |donnee, avant: &str, apres: &str| Ecart {
        donnee,
        avant: avant.to_owned(),
        apres: apres.to_owned(),
    };
    let correction = Correction {
        motif: "Erreur de saisie.".to_owned(),
        corrections: vec![
            ecart(Donnee::Nom, "Martin", "Martine"),
            ecart(Donnee::Actes, "", "900"),
            ecart(Donnee::Telephone, "04 91 00 00 00", ""),
        ],
        reevaluation: None,
    };

    vec![
        compte::CompteVerification {
            nom: KINE,
            limite: instant,
            requete: "jeton=abc",
        }
        .lettre(),
        compte::CompteExistant { nom: KINE }.lettre(),
        compte::RppsExistant { nom: KINE }.lettre(),
        compte::CompteInvitation {
            nom: AUTRE,
            par: KINE,
            role: "Instructeur",
            caisse: Some(CAISSE),
            limite: instant,
            jeton: "secret",
        }
        .lettre(),
        compte::CompteVerrouille {
            nom: KINE,
            jusqua: instant,
        }
        .lettre(),
        compte::AdresseAConfirmer {
            nom: KINE,
            limite: instant,
            jeton: "secret",
        }
        .lettre(),
        compte::AdresseChangee {
            nom: KINE,
            le: instant,
            nouvelle: "claire@example.fr",
            faite: false,
        }
        .lettre(),
        compte::AdresseChangee {
            nom: KINE,
            le: instant,
            nouvelle: "claire@example.fr",
            faite: true,
        }
        .lettre(),
        compte::MotDePasseOublie {
            nom: KINE,
            limite: instant,
            jeton: "abc",
        }
        .lettre(),
        compte::MotDePasseChange {
            nom: KINE,
            le: instant,
        }
        .lettre(),
        compte::BrouillonDelaisse {
            formulaire: "Demande",
            jusqu_au: jour(28),
            ecrit_le: instant,
        }
        .lettre(),
        changement::ChangementAnnonceAgent {
            kine: KINE,
            rpps: "10001234567",
            nature: "Changement d’adresse",
        }
        .lettre(),
        changement::ChangementPrisEnCompte { kine: KINE }.lettre(),
        changement::DonneesCorrigees {
            kine: KINE,
            objet: Corrige::Demande(NUMERO),
            service: CAISSE,
            le: jour(12),
            correction: &correction,
            contact,
        }
        .lettre(),
        changement::DonneesCorrigees {
            kine: KINE,
            objet: Corrige::Depart(12),
            service: CAISSE,
            le: jour(12),
            correction: &correction,
            contact,
        }
        .lettre(),
        message::MessageRecu {
            kine: KINE,
            objet: "Demande 131-2026-000042",
            chemin: "/demandes/131-2026-000042/messages",
            contact,
            imprime: None,
        }
        .lettre(),
        message::MessageRecuAgent {
            objet: "Demande 131-2026-000042",
            chemin: "/dossiers/131-2026-000042/messages",
        }
        .lettre(),
        suivi::NouveautesDuJour {
            a: KINE,
            dossiers: &[
                ("Demande 131-2026-000042".to_owned(), 2),
                ("Départ d’Arles".to_owned(), 1),
            ],
        }
        .lettre(),
        suivi::Mention {
            agent: AUTRE,
            par: KINE,
            numero: NUMERO,
        }
        .lettre(),
        suivi::DecisionASigner {
            agent: AUTRE,
            par: KINE,
            numero: NUMERO,
        }
        .lettre(),
        suivi::PropositionRenvoyee {
            agent: AUTRE,
            par: KINE,
            numero: NUMERO,
            motif: "Citez l’avis de la commission.",
        }
        .lettre(),
        suivi::DossierConfie {
            agent: AUTRE,
            par: KINE,
            numero: NUMERO,
        }
        .lettre(),
        suivi::DossiersConfies {
            agent: AUTRE,
            par: KINE,
            nombre: 3,
        }
        .lettre(),
    ]
}

//! What the specimen shows of one file.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::Date;
use crate::web::dossiers::file::DEPARTS;
use crate::web::page::Rubrique;
use crate::web::ui::{
    Bandeau, ChronologieVue, ConditionVue, Constat, EcheanceVue, EtapeVue, Etat, EvenementVue,
    FichierVue, Icone, Message, Pastille, PourquoiVue, RegleVue,
};

pub(super) fn rubriques() -> Vec<Rubrique> {
    vec![
        Rubrique::new("File de travail", "/file").compte(12),
        Rubrique::new("Demandes", "/demandes"),
        Rubrique::new("Départs", DEPARTS).compte(3),
        Rubrique::new("Zones et places", "/zones"),
        Rubrique::new("Réglages", "/reglages"),
    ]
}

pub(super) fn pastilles() -> Vec<Pastille> {
    vec![
        Pastille::new(Etat::AFaire, "À compléter"),
        Pastille::new(Etat::EnCours, "En instruction"),
        Pastille::new(Etat::Fait, "Accordée"),
        Pastille::new(Etat::Retard, "En retard"),
        Pastille::new(Etat::Neutre, "Close"),
    ]
}

pub(super) fn messages() -> Vec<Message> {
    vec![
        Message::succes(
            "Votre déclaration est enregistrée. Un accusé de réception vient de partir à votre adresse.",
        ),
        Message::information(
            "La commune de Martigues passera en zone intermédiaire le 1er avril 2026.",
        )
        .lien("Voir l’arrêté", "#"),
        Message::attention(
            "L’arrêté de zonage de la région a plus de deux ans. Il s’applique tant qu’il n’est pas remplacé.",
        ),
        Message::erreur(
            "Ce dossier a changé depuis que vous l’avez ouvert. Votre texte est conservé ci-dessous.",
        ),
    ]
}

pub(super) fn bandeau() -> Bandeau {
    Bandeau::new(
        Pastille::new(Etat::AFaire, "À compléter"),
        "En attente de deux pièces de Mme Martin, au plus tard le jeudi 12 mars 2026 (inclus), dans 9 jours.",
    )
    .detail("Qui doit agir", "Mme Hélène Martin")
    .detail("Prochaine échéance", "12 mars 2026, dans 9 jours")
    .detail("Suivi par", "Paul Roux")
    .detail("Silence de la caisse", "délai suspendu depuis le 12 février 2026")
}

pub(super) fn echeances(aujourd_hui: NaiveDate, jour: Date) -> Option<Vec<EcheanceVue>> {
    let designation = EcheanceVue::new(
        "Désignation du successeur",
        jour(2024, 2, 29)?,
        jour(2026, 3, 2)?,
        aujourd_hui,
    )
    .etape(EtapeVue::new("Cessation", "29 février 2024"))
    .etape(
        EtapeVue::new("Deux ans plus tard", "samedi 28 février 2026")
            .source(regle("ECH-1", "code de procédure civile, article 641")?),
    )
    .etape(
        EtapeVue::new("Report au premier jour ouvré", "lundi 2 mars 2026")
            .source(regle("ECH-2", "code de procédure civile, article 642")?),
    );
    let pieces = EcheanceVue::new(
        "Pièces manquantes",
        jour(2026, 2, 12)?,
        jour(2026, 3, 12)?,
        aujourd_hui,
    )
    .etape(EtapeVue::new("Demande de pièces", "12 février 2026"))
    .etape(
        EtapeVue::new("Un mois plus tard", "jeudi 12 mars 2026")
            .source(regle("PRO-3", "règle de gestion nationale")?),
    );
    let installation = EcheanceVue::new(
        "Début de l’installation",
        jour(2026, 2, 1)?,
        jour(2026, 8, 3)?,
        aujourd_hui,
    );
    let recepisse = EcheanceVue::new(
        "Acceptation du successeur",
        jour(2026, 1, 5)?,
        jour(2026, 2, 5)?,
        aujourd_hui,
    );
    Some(vec![
        designation,
        pieces,
        installation,
        recepisse.satisfaite(),
    ])
}

/// A rule, unless the sentences of the rules do not read.
fn regle(code: &str, fondement: &str) -> Option<RegleVue> {
    let Ok(regle) = RegleVue::new(code, fondement) else {
        return None;
    };
    Some(regle)
}

/// Where the convention regulates.
const CONVENTION: &str = "Convention nationale des masseurs-kinésithérapeutes, article 1.2";

pub(super) fn pourquoi() -> Option<PourquoiVue> {
    let depuis = "en vigueur depuis le 26 août 2023";
    Some(
        PourquoiVue::new(
            "la place est à examiner",
            vec![
                ConditionVue::new(
                    Constat::Rempli,
                    "La zone est non prioritaire à la date de la décision",
                    regle("REG-1", CONVENTION)?,
                    depuis,
                )
                .fait("Martigues, bassin de vie de Martigues")
                .origine("arrêté du 6 juin 2025 de l’ARS Provence-Alpes-Côte d’Azur"),
                ConditionVue::new(
                    Constat::NonRempli,
                    "Au moins 1 200 actes dans les douze mois qui précèdent la cessation",
                    regle("REG-3", CONVENTION)?,
                    depuis,
                )
                .fait("1 140 actes")
                .origine("déclaré par Mme Martin, confirmé par la CPAM le 2 mars 2026"),
                ConditionVue::new(
                    Constat::Inconnu,
                    "La commission paritaire départementale estime la place transmissible",
                    regle("REG-4", CONVENTION)?,
                    depuis,
                )
                .fait("Avis demandé le 2 mars 2026, attendu au plus tard le 4 mai 2026 (inclus)"),
                ConditionVue::new(
                    Constat::Rempli,
                    "La désignation précède la fin des deux ans",
                    regle("REG-5", "Règle de gestion nationale")?,
                    depuis,
                ),
            ],
        )
        .version("Avenant 7 et paramètres nationaux en vigueur au 3 mars 2026.")
        .ouvert(),
    )
}

pub(super) fn chronologie(jour: Date) -> Option<ChronologieVue> {
    let instant = |date: NaiveDate, heure, minute| -> Option<NaiveDateTime> {
        Some(date.and_time(NaiveTime::from_hms_opt(heure, minute, 0)?))
    };
    let (depot, demande, reponse) = (jour(2026, 2, 10)?, jour(2026, 2, 12)?, jour(2026, 3, 2)?);
    Some(ChronologieVue::new(vec![
        EvenementVue::new(
            instant(depot, 8, 12)?,
            "M. Karim Benali",
            "a déposé la demande",
        )
        .icone(Icone::Arrivee),
        EvenementVue::new(
            instant(depot, 8, 13)?,
            "Relève",
            "a envoyé l’accusé de réception",
        )
        .icone(Icone::Enveloppe)
        .detail("À", "karim.benali@example.fr")
        .detail("Objet", "Votre demande 131-2026-000042 est enregistrée"),
        EvenementVue::new(
            instant(demande, 13, 30)?,
            "Paul Roux, CPAM",
            "a demandé deux pièces, à fournir au plus tard le 12 mars 2026 (inclus)",
        )
        .icone(Icone::Fichier)
        .detail("Pièce", "Attestation d’inscription à l’Ordre")
        .detail("Pièce", "Bail du cabinet de Martigues"),
        EvenementVue::new(
            instant(reponse, 9, 5)?,
            "M. Karim Benali",
            "a déposé une pièce : bail du cabinet",
        )
        .icone(Icone::Fichier),
        EvenementVue::new(
            instant(reponse, 15, 42)?,
            "Claire Vidal, CPAM",
            "a proposé d’accorder le conventionnement",
        )
        .icone(Icone::Decision)
        .detail("Fondement", "succession de Mme Hélène Martin"),
    ]))
}

pub(super) fn fichiers() -> Vec<FichierVue> {
    vec![
        FichierVue::new("Bail du cabinet", Pastille::new(Etat::Fait, "Vérifiée"))
            .recu("bail-martigues.pdf", 1_430_000, "PDF", "#")
            .mention("déposée le 2 mars 2026 par M. Benali"),
        FichierVue::new("Diplôme d’État", Pastille::new(Etat::EnCours, "À vérifier"))
            .recu("diplome.jpg", 820_000, "JPEG", "#")
            .mention("déposée le 10 février 2026 par M. Benali"),
        FichierVue::new(
            "Attestation d’inscription à l’Ordre",
            Pastille::new(Etat::AFaire, "Attendue"),
        )
        .mention("demandée le 12 février 2026, à déposer au plus tard le 12 mars 2026 (inclus)"),
    ]
}

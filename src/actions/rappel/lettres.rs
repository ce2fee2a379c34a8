//! What reminders say, and to whom: the leaver, the applicant, the case handler; past the date, the team.

use chrono::NaiveDate;
use regles::designation::EtatDesignation;
use regles::echeance::NatureEcheance;
use regles::grand_livre::EtatPlace;
use regles::texte::{self, date_fr, date_longue};

use crate::actions::{Acte, ActionResult};
use crate::db::demande::{self, DemandeComplete};
use crate::db::depart::{self, DepartComplet};
use crate::db::echeance::EcheanceStockee;
use crate::db::{AnyConn, CpamScope, designation, rappel};
use crate::mail::lettre::Lettre;

/// An address and what it gets.
pub(super) type Envoi = (String, Lettre);

/// The mails of a reminder; `depassee`: the deadline is past.
///
/// # Errors
/// The case of the deadline is missing, or the refusal of the database.
pub(super) fn ecrire(
    conn: &mut AnyConn,
    acte: &Acte,
    echeance: &EcheanceStockee,
    depassee: bool,
) -> ActionResult<Vec<Envoi>> {
    if echeance.nature.du_gagnant() {
        super::attribution::ecrire(conn, acte, echeance, depassee)
    } else if echeance.nature.d_un_depart() {
        de_designation(conn, acte, echeance, depassee)
    } else {
        de_demande(conn, acte, echeance, depassee)
    }
}

fn de_designation(
    conn: &mut AnyConn,
    acte: &Acte,
    echeance: &EcheanceStockee,
    depassee: bool,
) -> ActionResult<Vec<Envoi>> {
    let id = echeance.dossier_id;
    let depart = depart::complete(conn, &CpamScope::National, id)?;
    let attente =
        designation::active(conn, id)?.is_some_and(|d| d.etat == EtatDesignation::EnAttente);
    let mut envois = vec![(
        depart.courriel.clone(),
        au_cedant(acte, echeance, &depart, attente, depassee),
    )];
    if depassee {
        let equipe = rappel::equipe(conn, &echeance.caisse_code)?;
        envois.extend(a_l_equipe(echeance, &equipe, || {
            au_service_de_la_place(echeance, &depart)
        }));
    }
    Ok(envois)
}

fn de_demande(
    conn: &mut AnyConn,
    acte: &Acte,
    echeance: &EcheanceStockee,
    depassee: bool,
) -> ActionResult<Vec<Envoi>> {
    let (numero, suivi_par) = rappel::suivi(conn, echeance.dossier_id)?;
    let dossier = demande::complete(conn, &CpamScope::National, &numero)?;
    if echeance.nature.suit_une_reduction() {
        return super::reduction::ecrire(conn, acte, echeance, &dossier, suivi_par, depassee);
    }
    let mut envois = Vec::new();
    if echeance.nature != NatureEcheance::DecisionImplicite {
        envois.push((
            dossier.courriel.clone(),
            au_demandeur(acte, echeance, &dossier, depassee),
        ));
    }
    let personne = suivi_par.is_none();
    let mut agents: Vec<String> = suivi_par.into_iter().collect();
    if personne || depassee {
        agents.extend(rappel::equipe(conn, &echeance.caisse_code)?);
    }
    agents.dedup();
    envois.extend(a_l_equipe(echeance, &agents, || {
        a_l_agent(acte, echeance, &dossier, depassee)
    }));
    Ok(envois)
}

/// The same letter to each; a log line when there is nobody.
pub(super) fn a_l_equipe(
    echeance: &EcheanceStockee,
    adresses: &[String],
    lettre: impl Fn() -> Lettre,
) -> Vec<Envoi> {
    if adresses.is_empty() {
        tracing::warn!(
            echeance = echeance.id,
            caisse = echeance.caisse_code,
            "nobody to remind in this CPAM"
        );
    }
    adresses.iter().map(|a| (a.clone(), lettre())).collect()
}

/// «dans 9 jours», seen on the day of the reminder.
pub(super) fn reste(acte: &Acte, echeance: &EcheanceStockee) -> String {
    texte::dans((echeance.finale - acte.jour()).num_days())
}

fn au_cedant(
    acte: &Acte,
    echeance: &EcheanceStockee,
    depart: &DepartComplet,
    attente: bool,
    depassee: bool,
) -> Lettre {
    let lieu = &depart.commune;
    let de_lieu = texte::de(lieu);
    let sujet = if depassee {
        format!("Le délai pour désigner un successeur à {lieu} est passé")
    } else {
        format!(
            "Désignez votre successeur à {lieu} avant le {}",
            date_fr(echeance.finale)
        )
    };
    let mut lettre = Lettre::new("rappel_designation", sujet).a(depart.kine.nom_complet());
    lettre = if depassee {
        lettre.paragraphe(format!(
            "Votre départ {de_lieu} a ouvert une place. Le délai pour désigner un successeur a pris fin le {}.",
            date_longue(echeance.finale)
        ))
    } else {
        lettre
            .paragraphe(format!(
                "Votre départ {de_lieu} a ouvert une place. Vous pouvez désigner la personne qui vous succède jusqu’au {} inclus.",
                date_longue(echeance.finale)
            ))
            .paragraphe("Passé cette date, sans successeur désigné qui ait accepté, la place devient caduque : personne ne pourra plus s’installer à ce titre.")
            .point("Il reste", reste(acte, echeance))
    };
    if attente {
        lettre = lettre.paragraphe(
            "La personne que vous avez désignée n’a pas encore répondu : vous pouvez la relancer, ou en désigner une autre.",
        );
    }
    lettre
        .action(
            "Voir mon départ",
            format!("/cessations/{}", depart.depart.id),
        )
        .contact(depart.service.lignes())
}

fn au_service_de_la_place(echeance: &EcheanceStockee, depart: &DepartComplet) -> Lettre {
    Lettre::new(
        "rappel_designation_agent",
        format!(
            "Délai de désignation dépassé : départ {}",
            texte::de(&depart.commune)
        ),
    )
    .paragraphe(format!(
        "Le délai pour désigner un successeur {} ({}, {}) a pris fin le {}.",
        texte::de(depart.kine.nom_complet()),
        depart.commune,
        depart.bassin,
        date_longue(echeance.finale)
    ))
    .action("Voir le départ", format!("/departs/{}", depart.depart.id))
}

fn au_demandeur(
    acte: &Acte,
    echeance: &EcheanceStockee,
    dossier: &DemandeComplete,
    depassee: bool,
) -> Lettre {
    let numero = &dossier.demande.numero;
    let fin = date_longue(echeance.finale);
    let pieces = echeance.nature == NatureEcheance::Pieces;
    let sujet = match (pieces, depassee) {
        (true, false) => format!(
            "Des pièces manquent à votre dossier : à envoyer avant le {}",
            date_fr(echeance.finale)
        ),
        (true, true) => "Les pièces demandées ne nous sont pas parvenues".to_owned(),
        (false, false) => format!(
            "Commencez votre installation avant le {}",
            date_fr(echeance.finale)
        ),
        (false, true) => "Le délai pour vous installer est passé".to_owned(),
    };
    let modele = if pieces {
        "rappel_pieces"
    } else {
        "rappel_installation"
    };
    let mut lettre = Lettre::new(modele, sujet)
        .a(dossier.kine.nom_complet())
        .point("Dossier", numero.clone());
    lettre = match (pieces, depassee) {
        (true, false) => lettre
            .paragraphe(format!("Votre dossier est incomplet. Les pièces que nous vous avons demandées sont à déposer dans votre espace jusqu’au {fin} inclus."))
            .paragraphe("Tant qu’elles manquent, le délai de réponse à votre demande est suspendu. Passé cette date, votre demande peut être classée sans suite (code des relations entre le public et l’administration, article L114-5).")
            .point("Il reste", reste(acte, echeance)),
        (true, true) => lettre
            .paragraphe(format!("Les pièces demandées étaient à déposer jusqu’au {fin} inclus. Certaines ne nous sont pas parvenues."))
            .paragraphe("Votre demande n’est pas close pour autant : elle peut désormais être classée sans suite (code des relations entre le public et l’administration, article L114-5). Si vous avez les pièces, déposez-les dès maintenant ou contactez-nous."),
        (false, false) => lettre
            .paragraphe(format!("Votre conventionnement à {} est accordé. Les formalités d’installation doivent commencer au plus tard le {fin}.", dossier.commune))
            .paragraphe("Passé cette date, l’accord devient caduc. Si votre installation est faite, dites-le-nous : nous l’enregistrerons.")
            .point("Il reste", reste(acte, echeance)),
        (false, true) => lettre
            .paragraphe(format!("Votre conventionnement à {} vous a été accordé. Le délai pour commencer votre installation a pris fin le {fin}.", dossier.commune))
            .paragraphe("Si votre installation a commencé avant cette date, contactez-nous sans attendre."),
    };
    lettre
        .action("Voir ma demande", format!("/demandes/{numero}"))
        .contact(dossier.service.lignes())
}

fn a_l_agent(
    acte: &Acte,
    echeance: &EcheanceStockee,
    dossier: &DemandeComplete,
    depassee: bool,
) -> Lettre {
    let numero = &dossier.demande.numero;
    let (objet, suite) = match (echeance.nature, depassee) {
        (NatureEcheance::DecisionImplicite, _) => (
            "Décision implicite de rejet",
            "Sans décision notifiée d’ici là, le silence vaut rejet (PRO-7). Relève n’enregistre aucune décision à votre place.",
        ),
        (NatureEcheance::Pieces, false) => (
            "Pièces manquantes",
            "Le délai de décision implicite est suspendu jusque-là (PRO-3).",
        ),
        (NatureEcheance::Pieces, true) => (
            "Délai des pièces dépassé",
            "La personne en est avertie. Le dossier reste ouvert : vous pouvez le classer sans suite, ou attendre (PRO-3).",
        ),
        (_, false) => (
            "Installation attendue",
            "Sans installation enregistrée d’ici là, l’accord devient caduc (REG-9).",
        ),
        (_, true) => (
            "Délai d’installation dépassé",
            "L’accord est caduc si l’installation n’a pas commencé à temps (REG-9).",
        ),
    };
    Lettre::new(
        "rappel_agent",
        format!("{objet} : {numero}, {}", date_fr(echeance.finale)),
    )
    .paragraphe(suite)
    .point("Dossier", numero.clone())
    .point("Demandeur", dossier.kine.nom_complet())
    .point("Lieu", format!("{} ({})", dossier.commune, dossier.bassin))
    .point(
        "Échéance",
        format!(
            "{}, {}",
            date_longue(echeance.finale),
            reste(acte, echeance)
        ),
    )
    .action("Ouvrir le dossier", format!("/dossiers/{numero}"))
}

/// REG-6, REG-12, to the team: what became of the place.
pub(in crate::actions) fn fin_de_place(depart: &DepartComplet, devenue: EtatPlace) -> Lettre {
    let debut = format!(
        "Aucun successeur n’a été désigné à temps pour le départ {} à {} ({})",
        texte::de(depart.kine.nom_complet()),
        depart.commune,
        depart.bassin
    );
    if devenue == EtatPlace::AAttribuer {
        return Lettre::new(
            "place_a_attribuer_equipe",
            format!("Place à attribuer : départ {}", texte::de(&depart.commune)),
        )
        .paragraphe(format!(
            "{debut} : la place est à attribuer selon votre charte (REG-12)."
        ))
        .paragraphe("Ouvrez l’appel à candidatures. La personne qui part est avertie.")
        .action("Ouvrir l’appel", "/attributions");
    }
    Lettre::new(
        "place_caduque_equipe",
        format!("Place caduque : départ {}", texte::de(&depart.commune)),
    )
    .paragraphe(format!(
        "{debut} : la place est caduque depuis aujourd’hui (REG-6)."
    ))
    .paragraphe("La personne en est avertie. Vous n’avez rien à faire.")
    .action("Voir le départ", format!("/departs/{}", depart.depart.id))
}

/// REG-9, to the handler and the team; `limite`: last day of the delay to install.
pub(in crate::actions) fn accord_caduc(
    dossier: &DemandeComplete,
    limite: Option<NaiveDate>,
) -> Lettre {
    let numero = &dossier.demande.numero;
    let terme = limite.map_or_else(
        || "à temps".to_owned(),
        |limite| format!("avant le {} inclus", date_fr(limite)),
    );
    Lettre::new("demande_caduque_equipe", format!("Accord caduc : {numero}"))
        .paragraphe(format!(
            "Aucune installation n’a été déclarée {terme} : l’accord est caduc depuis aujourd’hui (REG-9)."
        ))
        .paragraphe("La personne en est avertie. Si elle vous apporte la preuve d’une installation commencée à temps, réexaminez le dossier.")
        .point("Dossier", numero.clone())
        .point("Demandeur", dossier.kine.nom_complet())
        .point("Lieu", format!("{} ({})", dossier.commune, dossier.bassin))
        .action("Ouvrir le dossier", format!("/dossiers/{numero}"))
}

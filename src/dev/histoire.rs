//! What happened to a generated request before it came to its state: the lines of its timeline, and its decision.

use chrono::NaiveDate;

/// The acts that lead to a state, in their order: (nature, words).
pub(super) fn etapes(etat: &str) -> Vec<(&'static str, &'static str)> {
    let mut etapes = vec![
        ("demande.deposee", "Demande déposée"),
        ("demande.prise", "Dossier pris en charge"),
    ];
    let suite: &[(&str, &str)] = match etat {
        "incomplete" => &[("demande.pieces_demandees", "Pièces demandées")],
        "complete" => &[("demande.complete", "Dossier complet")],
        "refusee" => &[
            ("demande.complete", "Dossier complet"),
            ("decision.proposee", "Refus proposé"),
            ("demande.refusee", "Demande refusée"),
        ],
        "installee" => &[
            ("demande.complete", "Dossier complet"),
            ("decision.proposee", "Accord proposé"),
            ("demande.accordee", "Demande accordée"),
            ("demande.installee", "Installation enregistrée"),
        ],
        "caduque" => &[
            ("demande.complete", "Dossier complet"),
            ("decision.proposee", "Accord proposé"),
            ("demande.accordee", "Demande accordée"),
            ("demande.caduque", "Accord caduc"),
        ],
        "retiree" => &[("demande.retiree", "Demande retirée")],
        "sans_suite" => &[
            ("demande.pieces_demandees", "Pièces demandées"),
            ("demande.sans_suite", "Demande classée sans suite"),
        ],
        _ => &[],
    };
    etapes.extend_from_slice(suite);
    etapes
}

/// As many as the longest timeline: events are numbered by request.
pub(super) const ETAPES_MAX: u64 = 6;

/// Columns of [`decision`].
pub(super) const DECISION: &str = "dossier_id,sens,fondement,motifs,categorie,faits,resultat,explication,parametres,etat,\
    proposee_par,proposee_le,decidee_par,decidee_le,signataire,signataire_qualite";

/// The decision of a request that was decided, as a row: proposed by one person, signed by another (PRO-5).
pub(super) fn decision(
    demande: u32,
    etat: &str,
    jour: NaiveDate,
    agent: u32,
    signataire: u32,
) -> Option<String> {
    let (sens, fondement) = match etat {
        "refusee" => ("refus", "refus"),
        "installee" | "caduque" => ("accord", "hors_regulation"),
        _ => return None,
    };
    Some(format!(
        "({demande},'{sens}','{fondement}','[]','non_prioritaire','{{}}','{sens}','[]','{{}}','decidee',\
         {agent},'{jour} 10:00:00',{signataire},'{jour} 11:00:00','Signataire de banc','Directeur')"
    ))
}

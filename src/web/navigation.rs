//! Where each role goes from the top of every page.

use super::dossiers::file::DEPARTS;
use super::page::Rubrique;
use regles::droits::{COMPTES, Role, SIGNATURE, SUPERVISION};

/// What anybody may open, in order: the aids first.
pub fn publique() -> Vec<Rubrique> {
    vec![
        Rubrique::new("Mes aides", "/simulateur"),
        Rubrique::new("Ma commune", "/zones"),
        Rubrique::new("Vérifier mon projet", "/projet"),
        Rubrique::new("Appels", "/appels"),
        Rubrique::new("Toutes les aides", "/aides"),
    ]
}

/// The sections of a role, in order.
pub fn navigation(role: Role) -> Vec<Rubrique> {
    let mut rubriques = match role {
        Role::Kine => vec![
            Rubrique::new("Mon espace", "/espace"),
            Rubrique::new("Mes aides", "/simulateur"),
            Rubrique::new("Appels", "/appels"),
            Rubrique::new("Vérifier mon projet", "/projet"),
            Rubrique::new("Zones", "/zones"),
        ],
        Role::Instructeur | Role::Responsable | Role::Signataire => vec![
            Rubrique::new("Dossiers", "/dossiers"),
            Rubrique::new("Départs", DEPARTS),
            Rubrique::new("Messages", "/messages"),
            Rubrique::new("Grand livre", "/grand-livre"),
            Rubrique::new("Attributions", "/attributions"),
            Rubrique::new("Arrêtés", "/arretes"),
            Rubrique::new("Zones", "/zones"),
            Rubrique::new("Caisse", "/caisses"),
        ],
        Role::AdministrateurNational | Role::Auditeur => vec![
            Rubrique::new("Dossiers", "/dossiers"),
            Rubrique::new("Départs", DEPARTS),
            Rubrique::new("Grand livre", "/grand-livre"),
            Rubrique::new("Arrêtés", "/arretes"),
            Rubrique::new("Motifs de dérogation", "/motifs"),
            Rubrique::new("Aides", "/aides"),
            Rubrique::new("Paramètres", "/parametres"),
            Rubrique::new("Caisses", "/caisses"),
            Rubrique::new("Zones", "/zones"),
        ],
        Role::SecretaireCpd => vec![
            Rubrique::new("Dossiers", "/dossiers"),
            Rubrique::new("Départs", DEPARTS),
            Rubrique::new("Grand livre", "/grand-livre"),
            Rubrique::new("Attributions", "/attributions"),
            Rubrique::new("Arrêtés", "/arretes"),
            Rubrique::new("Zones", "/zones"),
        ],
        Role::PraticienConseil => vec![
            Rubrique::new("Pièces de santé", super::praticien::CHEMIN),
            Rubrique::new("Zones", "/zones"),
        ],
        Role::MembreCpd | Role::Ars => vec![Rubrique::new("Zones", "/zones")],
    };
    if SIGNATURE.permet(Some(role)) {
        rubriques.insert(0, Rubrique::new("Parapheur", super::parapheur::CHEMIN));
    }
    if COMPTES.permet(Some(role)) {
        rubriques.push(Rubrique::new("Agents", "/agents"));
    }
    if SUPERVISION.permet(Some(role)) {
        rubriques.insert(1, Rubrique::new("Supervision", "/supervision"));
    }
    rubriques
}

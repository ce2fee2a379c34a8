//! The passage of the help that speaks of a screen.

use regles::droits::Role;

/// By the beginning of an address, the most precise first: where its «?» leads.
const PASSAGES: [(&str, &str); 25] = [
    (
        "/dossiers/nouveau",
        "/aide/caisse#une-demande-recue-sur-papier",
    ),
    ("/dossiers/", "/aide/caisse#un-dossier"),
    ("/dossiers", "/aide/caisse#la-file"),
    ("/departs/", "/aide/caisse#les-departs"),
    ("/grand-livre", "/aide/caisse#les-departs"),
    ("/recours/", "/aide/caisse#les-recours"),
    ("/lots", "/aide/caisse#a-plusieurs"),
    ("/absences", "/aide/caisse#a-plusieurs"),
    ("/phrases", "/aide/caisse#les-phrases-de-la-caisse"),
    ("/supervision", "/aide/caisse#encadrer"),
    ("/arretes", "/aide/caisse#regles-arretes-charte"),
    ("/parametres", "/aide/caisse#regles-arretes-charte"),
    ("/attributions", "/aide/caisse#regles-arretes-charte"),
    ("/charte", "/aide/caisse#regles-arretes-charte"),
    (
        "/projet",
        "/aide/professionnel#verifier-un-projet-avant-de-deposer",
    ),
    (
        "/espace/reglages",
        "/aide/professionnel#vos-courriels-votre-agenda-vos-donnees",
    ),
    ("/espace", "/aide/professionnel#savoir-ou-vous-en-etes"),
    ("/mes-departs", "/aide/professionnel#vous-partez"),
    ("/mes-recours", "/aide/professionnel#contester-une-decision"),
    ("/contester", "/aide/professionnel#contester-une-decision"),
    ("/demandes", "/aide/professionnel#vous-arrivez"),
    ("/appels", "/aide/professionnel#vous-arrivez"),
    ("/inscription", "/aide/professionnel#ouvrir-un-compte"),
    ("/zones", "/aide/glossaire#zone-regulee"),
    ("/regles", "/aide/glossaire#fondement"),
];

/// The last parts of an address within a case that have their own passage.
const DANS_UN_DOSSIER: [(&str, &str); 11] = [
    ("/lettre-signee", "/aide/caisse#signer-et-ce-qui-signe"),
    ("/pieces", "/aide/caisse#examiner-les-pieces"),
    (
        "/proposer",
        "/aide/caisse#demander-des-pieces-proposer-decider",
    ),
    (
        "/decider",
        "/aide/caisse#demander-des-pieces-proposer-decider",
    ),
    (
        "/demander-pieces",
        "/aide/caisse#demander-des-pieces-proposer-decider",
    ),
    (
        "/completer",
        "/aide/caisse#demander-des-pieces-proposer-decider",
    ),
    (
        "/saisir",
        "/aide/caisse#demander-des-pieces-proposer-decider",
    ),
    ("/corriger", "/aide/caisse#corriger-une-donnee"),
    ("/transmettre", "/aide/caisse#corriger-une-donnee"),
    ("/mandat", "/aide/caisse#le-representant-d-une-personne"),
    (
        "/silence",
        "/aide/caisse#quand-le-delai-de-reponse-est-passe",
    ),
];

/// Where the «?» of this screen leads; nothing where the help has nothing to add.
pub fn pour(chemin: &str, role: Option<Role>) -> Option<&'static str> {
    let de_caisse = role.is_some_and(|r| r != Role::Kine);
    if de_caisse && (chemin.starts_with("/dossiers/") || chemin.starts_with("/departs/")) {
        let precis = DANS_UN_DOSSIER
            .iter()
            .find(|(fin, _)| chemin.ends_with(fin));
        if let Some((_, passage)) = precis {
            return Some(passage);
        }
    }
    let trouve = PASSAGES.iter().find(|(debut, _)| chemin.starts_with(debut));
    trouve.map(|(_, passage)| *passage)
}

#[cfg(test)]
mod tests {
    use super::super::GUIDES;
    use super::*;

    #[test]
    fn chaque_passage_existe() {
        for (ecran, passage) in PASSAGES.iter().chain(&DANS_UN_DOSSIER) {
            let (guide, ancre) = passage
                .strip_prefix("/aide/")
                .and_then(|p| p.split_once('#'))
                .expect("a guide and a heading");
            let guide = GUIDES.iter().find(|g| g.adresse == guide).expect("a guide");
            assert!(
                guide.rendu.html.0.contains(&format!("id=\"{ancre}\"")),
                "{ecran}: no {passage}"
            );
        }
    }

    #[test]
    fn un_ecran_mene_a_son_passage() {
        for (chemin, attendu) in [
            ("/dossiers", Some("/aide/caisse#la-file")),
            ("/dossiers/131-2026-000001", Some("/aide/caisse#un-dossier")),
            (
                "/dossiers/131-2026-000001/pieces",
                Some("/aide/caisse#examiner-les-pieces"),
            ),
            ("/connexion", None),
        ] {
            assert_eq!(pour(chemin, Some(Role::Instructeur)), attendu, "{chemin}");
        }
    }
}

//! Every page is looked at: inspected, and pictured at each width, light and dark. This list cannot rot.
//!
//! [`IMAGES`] gives each route that answers a page the name of one of its pictures; [`Browser::inspect`] asks
//! [`confirmer`] whether the page it is about to picture under that name is that route's.
//!
//! [`Browser::inspect`]: super::harness::Browser::inspect

mod agents;
mod kine;
mod publiques;

use std::collections::BTreeSet;

use releve::web::routes::TABLE;

/// A picture of each page, by its route.
const IMAGES: &[(&str, &str)] = &[
    ("/", "parcours-accueil"),
    ("/accessibilite", "accessibilite"),
    ("/plan", "plan"),
    ("/aide", "aide"),
    ("/aide/{guide}", "aide-caisse"),
    ("/phrases", "phrases"),
    ("/phrases/nouveau", "phrase-nouvelle"),
    ("/phrases/{id}/changer", "phrase-changer"),
    ("/phrases/{id}/supprimer", "phrase-supprimer"),
    ("/mentions-legales", "mentions-legales"),
    ("/verifier", "verifier"),
    ("/verifier/{code}", "verifier-code"),
    ("/documents/{id}", "document-emis"),
    ("/dossiers/{numero}/apercu", "dossier-apercu"),
    ("/simulateur", "aides-simulateur"),
    ("/aides", "aides-catalogue"),
    ("/aides/proposer", "aides-proposer"),
    ("/aides/propositions/{id}", "aides-proposition"),
    ("/aides/{code}/corriger", "aides-corriger"),
    ("/zones", "zones"),
    ("/zones/{insee}", "parcours-zone"),
    ("/connexion", "connexion"),
    ("/departs/{id}", "parcours-depart"),
    ("/departs/{id}/saisir", "depart-saisir"),
    ("/departs/nouveau", "depart-deces"),
    ("/departs/{id}/corriger", "depart-corriger"),
    ("/departs/{id}/contestation", "depart-contestation"),
    ("/departs/{id}/pieces", "pieces-depart-caisse-examen"),
    ("/departs/{id}/ayants-droit", "depart-ayants-droit"),
    ("/dossiers", "caisse_file"),
    ("/dossiers/vues/{id}/supprimer", "vue-supprimer"),
    ("/dossiers/{numero}", "parcours-dossier"),
    ("/dossiers/{numero}/completer", "dossier-completer"),
    (
        "/dossiers/{numero}/demander-pieces",
        "dossier-demander-pieces",
    ),
    ("/dossiers/{numero}/pieces", "pieces-caisse-examen"),
    ("/pieces/{id}/sante", "piece-mettre-a-part"),
    ("/messages/pieces/{id}/sante", "message-mettre-a-part"),
    ("/praticien-conseil", "praticien-liste"),
    ("/praticien-conseil/{numero}", "praticien-dossier"),
    ("/nouveautes", "nouveautes"),
    ("/nouveautes/courriels", "nouveautes-courriels"),
    (
        "/dossiers/{numero}/annuler-complet",
        "dossier-annuler-complet",
    ),
    ("/dossiers/{numero}/reprendre", "dossier-reprendre"),
    ("/dossiers/{numero}/rendre", "dossier-rendre"),
    ("/dossiers/{numero}/conditions", "dossier-conditions"),
    ("/dossiers/{numero}/saisir", "dossier-saisir"),
    ("/dossiers/{numero}/avis", "dossier-avis"),
    ("/dossiers/{numero}/convoquer", "audition-fixer"),
    ("/dossiers/nouveau", "papier-nature"),
    ("/dossiers/{numero}/lettres/{id}", "papier-lettre"),
    ("/dossiers/{numero}/lettres/{id}/poster", "papier-poster"),
    ("/dossiers/{numero}/recevoir", "papier-recevoir"),
    ("/dossiers/{numero}/rattacher", "papier-rattacher"),
    ("/dossiers/{numero}/domicile", "papier-domicile"),
    ("/dossiers/{numero}/retirer", "papier-retirer"),
    ("/dossiers/{numero}/mandat", "mandat-verifier"),
    ("/dossiers/{numero}/acte-recu", "mandat-acte"),
    ("/dossiers/{numero}/corriger", "dossier-corriger"),
    ("/dossiers/{numero}/classer", "dossier-classer"),
    ("/dossiers/{numero}/proposer", "parcours-proposer"),
    ("/dossiers/{numero}/renvoyer", "dossier-renvoyer"),
    ("/dossiers/{numero}/decider", "parcours-decider"),
    ("/dossiers/{numero}/decision", "dossier-decision"),
    ("/dossiers/{numero}/lettre-signee", "dossier-lettre-signee"),
    (
        "/dossiers/{numero}/corriger-lettre",
        "dossier-corriger-lettre",
    ),
    ("/parapheur", "parapheur"),
    ("/parapheur/ensemble", "parapheur-ensemble"),
    ("/parapheur/{numero}", "parapheur-dossier"),
    ("/dossiers/{numero}/notifier", "dossier-notifier"),
    ("/dossiers/{numero}/installer", "parcours-installer"),
    ("/dossiers/{numero}/silence", "silence-repondre"),
    ("/dossiers/{numero}/preuve", "preuve-agent"),
    ("/caisses", "caisses"),
    ("/caisses/{code}", "caisse-fiche"),
    ("/caisses/{code}/logo", "caisse-logo"),
    ("/caisses/{code}/signatures", "signatures"),
    ("/caisses/{code}/signatures/nouvelle", "signature-nouvelle"),
    ("/caisses/{code}/signatures/{id}/finir", "signature-finir"),
    ("/caisses/{code}/signature", "signature-moyen"),
    ("/caisses/{code}/modifier", "caisse-modifier"),
    ("/dossiers/{numero}/reserve", "dossier-reserve"),
    ("/dossiers/{numero}/transmettre", "dossier-transmettre"),
    ("/transmissions", "transmissions"),
    ("/dossiers/{numero}/recours", "recours-papier"),
    (
        "/dossiers/{numero}/messages/{id}/recours",
        "recours-message",
    ),
    ("/recours/{numero}", "recours"),
    ("/recours/{numero}/repondre", "recours-repondre"),
    ("/recours/{numero}/notifier", "recours-notifier"),
    ("/recours/{numero}/saisir", "recours-saisir"),
    ("/recours/{numero}/juger", "recours-juger"),
    ("/recours/{numero}/abandonner", "recours-abandonner"),
    ("/contester/{numero}", "contester"),
    ("/mes-recours/{numero}", "mon-recours"),
    ("/mes-recours/{numero}/messages", "mon-recours-messages"),
    ("/dossiers/{numero}/reduction", "dossier-reduction"),
    ("/dossiers/{numero}/messages", "dossier-messages"),
    ("/arretes", "arretes"),
    ("/arretes/{id}", "arrete"),
    ("/arretes/{id}/synthese", "arrete-synthese"),
    ("/supervision", "caisse_supervision"),
    ("/supervision/statistiques", "caisse_statistiques"),
    ("/supervision/trimestre", "caisse_trimestre"),
    ("/supervision/journal", "caisse_journal"),
    ("/absences", "caisse_absences"),
    ("/absences/{id}/supprimer", "absence-supprimer"),
    ("/lots", "lots"),
    ("/lots/nouveau", "caisse_lot_nouveau"),
    ("/lots/{id}", "caisse_lot"),
    ("/lots/{id}/annuler", "lot-annuler"),
    ("/motifs", "motifs"),
    ("/motifs/nouveau", "motif-nouveau"),
    ("/motifs/propositions/{id}", "motif-examen"),
    ("/motifs/{code}/fermer", "motif-fermer"),
    ("/parametres", "parametres-liste"),
    ("/parametres/{cle}", "parametres-fiche"),
    ("/parametres/{cle}/proposer", "parametres-apercu"),
    ("/parametres/propositions/{id}", "parametres-examen"),
    ("/recherche", "caisse_recherche"),
    ("/grand-livre", "parcours-grand-livre"),
    ("/grand-livre/{bassin}", "parcours-grand-livre-zone"),
    ("/appels", "appels"),
    ("/appels/{id}", "appel-candidater"),
    ("/appels/{id}/candidature", "candidature"),
    ("/appels/{id}/retirer", "candidature-retirer"),
    ("/charte", "charte"),
    ("/charte/nouvelle", "charte-nouvelle"),
    ("/charte/fin", "charte-fin"),
    ("/attributions", "attributions"),
    ("/attributions/{id}", "attribution"),
    (
        "/attributions/{id}/candidatures/{candidature}",
        "candidature-verifier",
    ),
    (
        "/attributions/{id}/candidatures/{candidature}/ecarter",
        "candidature-ecarter",
    ),
    ("/attributions/{id}/commission", "attribution-commission"),
    ("/attributions/{id}/clore", "attribution-clore"),
    ("/attributions/{id}/attribuer", "attribution-attribuer"),
    ("/_courriels", "courriels"),
    ("/_courriels/{id}", "courriel"),
    ("/_specimen", "planche"),
    ("/inscription", "parcours-inscription"),
    ("/courriel/envoye", "courriel-envoye"),
    ("/courriel/verifier", "courriel-verifier"),
    ("/mot-de-passe/oubli", "mot-de-passe-oubli"),
    ("/mot-de-passe/nouveau", "mot-de-passe-nouveau"),
    ("/compte", "compte"),
    ("/messages", "messages-non-lus"),
    ("/demandes/{numero}/messages", "kine_messages"),
    ("/mes-departs/{id}/messages", "cessation-messages"),
    ("/projet", "kine_projet"),
    ("/regles", "kine_regles"),
    ("/regles/{adresse}", "kine_regle"),
    ("/donnees-personnelles", "kine_donnees"),
    ("/espace/reglages", "kine_reglages"),
    ("/espace/coordonnees", "kine_coordonnees"),
    ("/espace/consentement", "kine_consentement"),
    ("/espace/renoncer", "kine_renoncer"),
    ("/espace/agenda/retirer", "agenda-retirer"),
    ("/changements", "changements"),
    ("/changements/nouveau", "kine_changements_choix"),
    ("/changements/miens", "kine_changements"),
    ("/espace", "kine_espace"),
    ("/brouillons/{id}/supprimer", "kine_brouillon_supprimer"),
    ("/reprises/{id}", "reprise"),
    ("/mes-departs/nouveau", "parcours-depart-nouvelle"),
    ("/mes-departs/{id}", "parcours-depart-declaree"),
    ("/mes-departs/{id}/attestation", "attestation-place"),
    ("/mes-departs/{id}/contester", "depart-contester"),
    ("/mes-departs/{id}/retirer", "depart-retirer"),
    ("/designations/{jeton}", "parcours-designation"),
    ("/designations/{jeton}/renoncer", "designation-renoncer"),
    ("/ayants-droit/{jeton}", "ayant-droit"),
    ("/ayants-droit/{jeton}/annuler", "ayant-droit-annuler"),
    (
        "/mes-departs/{id}/designations/annuler",
        "designation-retirer",
    ),
    ("/demandes/nouvelle", "parcours-demande-nature"),
    ("/demandes/{numero}", "kine-demande"),
    ("/demandes/{numero}/attestation", "attestation"),
    ("/demandes/{numero}/accuse", "parcours-accuse-reception"),
    ("/demandes/{numero}/retirer", "demande-retirer"),
    ("/demandes/{numero}/audition", "audition-demander"),
    ("/demandes/{numero}/representant", "mandat-donner"),
    ("/demandes/{numero}/revoquer", "mandat-retirer"),
    ("/demandes/{numero}/interroger", "silence-interroger"),
    ("/demandes/{numero}/preuve", "preuve"),
    ("/agents", "agents"),
    ("/agents/inviter", "agents-inviter"),
    ("/agents/{mandat}/changer", "agent-changer"),
    ("/agents/{mandat}/fermer", "agent-fermer"),
    ("/dossiers/{numero}/identite", "dossier-identite"),
    ("/dossiers/{numero}/courriels/{id}", "dossier-courriel"),
    ("/compte/adresse", "compte-adresse"),
    ("/compte/adresse/confirmer", "compte-adresse-confirmer"),
];

/// What is asked for and is no page, and what it is.
const AUTRES: &[(&str, &str)] = &[
    ("/static/{chemin:.*}", "styles, script, fonts"),
    ("/communes", "the communes that the script offers"),
    ("/api/v1/openapi.json", "for programs"),
    ("/sante", "for programs"),
    ("/dossiers/export.{format}", "a sheet"),
    ("/departs", "where the list of departures was"),
    ("/departs/export.{format}", "where their sheet was"),
    ("/dossiers/{numero}/pieces.zip", "an archive"),
    ("/dossiers/{numero}/liasse.zip", "an archive"),
    ("/journal/cle", "for programs"),
    ("/journal/jalon", "for programs"),
    ("/praticien-conseil/{numero}/pieces.zip", "an archive"),
    ("/dossiers/{numero}/preuve.json", "for programs"),
    ("/demandes/{numero}/preuve.json", "for programs"),
    ("/arretes/{id}/effets.csv", "a sheet"),
    ("/parametres/propositions/{id}/effets.csv", "a sheet"),
    ("/supervision/statistiques.{format}", "a sheet"),
    ("/supervision/trimestre.{format}", "a sheet"),
    ("/supervision/journal.{format}", "a sheet"),
    ("/messages/pieces/{id}", "a document"),
    ("/brouillons/pieces/{id}", "a document"),
    ("/pieces/{id}", "a document"),
    ("/documents/{id}/pdf", "a document"),
    ("/dossiers/{numero}/apercu/pdf", "a document"),
    ("/dossiers/{numero}/lettre-signee/lire", "a document"),
    ("/caisses/{code}/logo/{empreinte}", "an image"),
    ("/agenda/{jeton}", "a calendar"),
    ("/espace/donnees.zip", "an archive"),
];

/// The route that answers a path for this method; one without a hole before one with.
pub fn route(methode: &str, chemin: &str) -> Option<&'static str> {
    let chemin = chemin.split('?').next().unwrap_or(chemin);
    let convient = |motif: &str| {
        let (attendus, donnes): (Vec<_>, Vec<_>) =
            (motif.split('/').collect(), chemin.split('/').collect());
        attendus.len() == donnes.len()
            && attendus
                .iter()
                .zip(&donnes)
                .all(|(a, d)| a.starts_with('{') || a == d)
    };
    TABLE
        .iter()
        .filter(|route| route.methode == methode && convient(route.chemin))
        .min_by_key(|route| route.chemin.matches('{').count())
        .map(|route| route.chemin)
}

/// Fails when the list says that this picture shows another page than the one at this path.
pub fn confirmer(image: &str, chemin: &str) {
    if let Some((attendue, _)) = IMAGES.iter().find(|(_, nom)| *nom == image) {
        // A form that is refused is shown at the address it was sent to.
        let montree = [route("GET", chemin), route("POST", chemin)];
        assert!(
            montree.contains(&Some(*attendue)),
            "«{image}» would show {chemin}, not {attendue}"
        );
    }
}

#[test]
fn chaque_page_a_son_image() {
    let images: BTreeSet<&str> = IMAGES.iter().map(|(route, _)| *route).collect();
    let autres: BTreeSet<&str> = AUTRES.iter().map(|(route, _)| *route).collect();
    let lues: BTreeSet<&str> = TABLE
        .iter()
        .filter(|route| route.methode == "GET")
        .map(|route| route.chemin)
        .collect();
    let oubliees: Vec<_> = lues
        .iter()
        .filter(|r| !images.contains(*r) && !autres.contains(*r))
        .collect();
    assert!(oubliees.is_empty(), "nobody looks at {oubliees:?}");
    let inconnues: Vec<_> = images
        .union(&autres)
        .filter(|r| !lues.contains(*r))
        .collect();
    assert!(inconnues.is_empty(), "no such pages: {inconnues:?}");
    let deux: Vec<_> = images.intersection(&autres).collect();
    assert!(deux.is_empty(), "a page, and said not to be: {deux:?}");
}

/// A name, or its end when a test gives its pictures a common beginning, stands in a test of this room.
#[test]
fn chaque_image_est_prise() {
    let dossier = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let mut sources = String::new();
    for dossier in [
        dossier.clone(),
        dossier.join("parcours"),
        dossier.join("pages"),
    ] {
        for fichier in std::fs::read_dir(&dossier).expect("a folder") {
            let chemin = fichier.expect("a file").path();
            if chemin.extension().is_some_and(|e| e == "rs") && chemin != dossier.join("mod.rs") {
                sources.push_str(&std::fs::read_to_string(&chemin).expect("a source"));
            }
        }
    }
    sources.push_str(&std::fs::read_to_string(dossier.join("parcours/mod.rs")).expect("a source"));
    for guide in ["docs/guide-kine.md", "docs/guide-cpam.md"] {
        sources.push_str(&std::fs::read_to_string(guide).expect("a guide"));
    }
    for (_, nom) in IMAGES {
        let mut fins = vec![*nom];
        fins.extend(nom.match_indices('-').map(|(i, _)| &nom[i + 1..]));
        let prise = fins
            .iter()
            .any(|fin| sources.contains(&format!("\"{fin}\"")))
            || sources.contains(&format!("images/{nom}.png"));
        assert!(prise, "nothing takes «{nom}»");
    }
}

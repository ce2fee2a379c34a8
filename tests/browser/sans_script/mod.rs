//! Every form works without JavaScript: a browser that runs none has sent each of them, and this list cannot rot.
//!
//! Each journey without JavaScript ends with [`prouver`], which reads in the browser's own log of its requests what it
//! sent, and compares it with what [`PARCOURS`] says. A route that writes and that no journey sends must be in [`RESTE`].

mod agents;
mod comptes;
mod departs;
mod kine;

use std::collections::BTreeSet;

use fantoccini::wd::WebDriverCompatibleCommand;
use releve::web::routes::TABLE;
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use super::deux::connecter;
use super::harness::{Browser, within};
use crate::util::{Caisse, route};

/// The journeys without JavaScript, and the routes that each sends a form to.
const PARCOURS: &[(&str, &[&str])] = &[
    (
        "un départ ouvre une arrivée",
        &[
            "/connexion",
            "/deconnexion",
            "/inscription",
            "/courriel/verifier",
            "/mes-departs/nouveau",
            "/departs/{id}/confirmer",
            "/mes-departs/{id}/designations",
            "/designations/{jeton}",
            "/demandes/nouvelle",
            "/dossiers/{numero}/prendre",
            "/dossiers/{numero}/completer",
            "/dossiers/{numero}/proposer",
            "/dossiers/{numero}/decider",
            "/demandes/{numero}/decision",
            "/dossiers/{numero}/installer",
        ],
    ),
    (
        "une pièce va et vient",
        &[
            "/demandes/{numero}/pieces",
            "/dossiers/{numero}/pieces/{id}",
        ],
    ),
    (
        "la pièce d’un départ va et vient",
        &["/mes-departs/{id}/pieces", "/departs/{id}/pieces/{piece}"],
    ),
    (
        "un silence",
        &[
            "/demandes/{numero}/interroger",
            "/dossiers/{numero}/silence",
        ],
    ),
    (
        "un accord et son attestation",
        &[
            "/dossiers/{numero}/conditions",
            "/demandes/{numero}/attestation",
            "/mes-departs/{id}/attestation",
        ],
    ),
    (
        "la commission saisie",
        &["/dossiers/{numero}/saisir", "/departs/{id}/saisir"],
    ),
    (
        "un nombre d’actes contesté",
        &["/mes-departs/{id}/contester", "/departs/{id}/contestation"],
    ),
    (
        "les comptes et ce qui n’est pas parvenu",
        &[
            "/agents/inviter",
            "/agents/{mandat}/changer",
            "/agents/{mandat}/fermer",
            "/dossiers/{numero}/identite",
            "/dossiers/{numero}/courriels/{id}",
            "/compte/adresse",
        ],
    ),
    (
        "un recours",
        &[
            "/contester/{numero}",
            "/mes-recours/{numero}/messages",
            "/recours/{numero}/repondre",
            "/mes-recours/{numero}/document",
        ],
    ),
    (
        "un recours sur papier",
        &[
            "/dossiers/{numero}/recours",
            "/recours/{numero}/saisir",
            "/recours/{numero}/juger",
        ],
    ),
    ("une demande transmise", &["/dossiers/{numero}/transmettre"]),
    (
        "les aides tenues à deux",
        &[
            "/aides/proposer",
            "/aides/{code}/corriger",
            "/aides/propositions/{id}/approuver",
            "/aides/propositions/{id}/rejeter",
        ],
    ),
    (
        "une audition",
        &[
            "/demandes/{numero}/audition",
            "/dossiers/{numero}/convoquer",
        ],
    ),
    (
        "un mandat",
        &[
            "/demandes/{numero}/representant",
            "/dossiers/{numero}/mandat",
            "/dossiers/{numero}/acte-recu",
            "/demandes/{numero}/revoquer",
        ],
    ),
    (
        "une demande sur papier",
        &[
            "/dossiers/nouveau",
            "/dossiers/{numero}/lettres/{id}/poster",
            "/dossiers/{numero}/recevoir",
            "/dossiers/{numero}/domicile",
            "/dossiers/{numero}/rattacher",
        ],
    ),
    ("un retrait sur papier", &["/dossiers/{numero}/retirer"]),
    (
        "qui signe et ce qui signe",
        &[
            "/caisses/{code}/signature",
            "/caisses/{code}/signatures/nouvelle",
            "/caisses/{code}/signatures/{id}/finir",
            "/parapheur/ensemble",
            "/parapheur/{numero}/signer",
            "/parapheur/{numero}/renvoyer",
            "/dossiers/{numero}/lettre-signee",
            "/dossiers/{numero}/corriger-lettre",
        ],
    ),
    (
        "la fiche d’une caisse",
        &["/caisses/{code}/modifier", "/caisses/{code}/logo"],
    ),
    (
        "une pièce de santé",
        &[
            "/pieces/{id}/sante",
            "/messages/pieces/{id}/sante",
            "/praticien-conseil/{numero}/pieces/{id}",
        ],
    ),
    (
        "une réduction d’activité",
        &["/dossiers/{numero}/reduction"],
    ),
    ("une condition", &["/dossiers/{numero}/reserve"]),
    (
        "qui instruit",
        &[
            "/dossiers/{numero}/etiquettes",
            "/dossiers/{numero}/etiquettes/{id}/retirer",
            "/dossiers/{numero}/notes",
            "/dossiers/{numero}/assigner",
            "/dossiers/{numero}/corriger",
            "/dossiers/{numero}/demander-pieces",
            "/dossiers/{numero}/messages",
            "/dossiers/{numero}/avis",
            "/dossiers/{numero}/classer",
            "/dossiers/vues",
            "/dossiers/vues/{id}/supprimer",
            "/dossiers/prochain",
            "/departs/{id}/corriger",
            "/departs/{id}/rejeter",
            "/absences",
            "/absences/{id}/supprimer",
        ],
    ),
    (
        "qui encadre",
        &["/lots", "/lots/{id}/lancer", "/lots/{id}/annuler"],
    ),
    (
        "ce qui est nouveau et ce qui se reprend",
        &[
            "/nouveautes",
            "/nouveautes/courriels",
            "/dossiers/{numero}/rendre",
            "/dossiers/{numero}/annuler-complet",
            "/dossiers/{numero}/reprendre",
        ],
    ),
    (
        "qui signe",
        &[
            "/dossiers/{numero}/renvoyer",
            "/charte/nouvelle",
            "/charte/fin",
        ],
    ),
    (
        "l’administration",
        &[
            "/motifs/nouveau",
            "/motifs/propositions/{id}/approuver",
            "/motifs/propositions/{id}/rejeter",
            "/motifs/{code}/fermer",
            "/parametres/{cle}/proposer",
            "/parametres/propositions/{id}/approuver",
            "/parametres/propositions/{id}/rejeter",
            "/parametres/propositions/{id}/retirer",
        ],
    ),
    (
        "après la décision",
        &[
            "/dossiers/{numero}/notifier",
            "/dossiers",
            "/departs/{id}/avis",
            "/departs/{id}/ayants-droit",
            "/departs/{id}/ayants-droit/retirer",
            "/ayants-droit/{jeton}",
            "/ayants-droit/{jeton}/annuler",
            "/changements/{id}",
        ],
    ),
    (
        "une attribution",
        &[
            "/appels/{id}/candidature",
            "/appels/{id}/retirer",
            "/attributions/{id}/candidatures/{candidature}",
            "/attributions/{id}/candidatures/{candidature}/ecarter",
            "/attributions/{id}/commission",
            "/attributions/{id}/attribuer",
            "/designations/{jeton}/renoncer",
            "/attributions/{id}/clore",
            "/attributions",
        ],
    ),
    (
        "un compte",
        &[
            "/compte/mot-de-passe",
            "/compte/sessions/fermer",
            "/compte/sessions/fermer-autres",
            "/mot-de-passe/oubli",
            "/mot-de-passe/nouveau",
            "/courriel/renvoyer",
        ],
    ),
    (
        "les phrases d’une caisse",
        &[
            "/phrases/nouveau",
            "/phrases/{id}/changer",
            "/phrases/{id}/supprimer",
        ],
    ),
    ("une action interrompue", &["/lots/{id}/reprendre"]),
    ("un départ après un décès", &["/departs/nouveau"]),
    (
        "une désignation retirée",
        &["/mes-departs/{id}/designations/annuler"],
    ),
    (
        "l’espace d’un professionnel",
        &[
            "/espace/reglages",
            "/espace/coordonnees",
            "/espace/consentement",
            "/espace/renoncer",
            "/espace/agenda",
            "/espace/agenda/retirer",
            "/changements/nouveau",
            "/mes-departs/{id}/messages",
            "/mes-departs/{id}/retirer",
            "/demandes/{numero}/messages",
            "/demandes/{numero}/retirer",
            "/demandes/{numero}/installation",
            "/brouillons/{id}/supprimer",
            "/brouillons/pieces/{id}/retirer",
        ],
    ),
];

/// A route that writes and that the log of no journey without JavaScript shows, and why.
struct Reste {
    route: &'static str,
    pourquoi: &'static str,
    /// The test that sends it all the same: its file under `tests`, and its name.
    test: (&'static str, &'static str),
}

const RESTE: &[Reste] = &[
    Reste {
        route: "/compte/adresse/confirmer",
        pourquoi: "one button behind the secret of a mail: the same form is sent over HTTP",
        test: (
            "web/compte/adresse.rs",
            "l_adresse_change_une_fois_la_nouvelle_confirmee_et_l_ancienne_est_prevenue",
        ),
    },
    Reste {
        route: "/compte/prolonger",
        pourquoi: "sent without JavaScript into a tab of its own, whose requests the log does not hold: the journey reads \
            there what its answer alone says",
        test: (
            "browser/session.rs",
            "la_fin_s_annonce_et_se_repousse_sans_javascript",
        ),
    },
    Reste {
        route: "/recours/{numero}/notifier",
        pourquoi: "the form of the notification of a decision, on another object: the same form is sent over HTTP",
        test: (
            "web/contestation.rs",
            "pro_9_un_message_qui_conteste_est_transmis_a_la_commission_et_notifie_par_lettre",
        ),
    },
    Reste {
        route: "/dossiers/{numero}/messages/{id}/recours",
        pourquoi: "a form filled by its message, with one button: the same form is sent over HTTP",
        test: (
            "web/contestation.rs",
            "pro_9_un_message_qui_conteste_est_transmis_a_la_commission_et_notifie_par_lettre",
        ),
    },
    Reste {
        route: "/recours/{numero}/abandonner",
        pourquoi: "one day and one button, on a page that the journey looks at: the same form is sent over HTTP",
        test: (
            "web/contestation.rs",
            "pro_9_une_lettre_tardive_s_enregistre_et_qui_n_est_pas_du_dossier_ne_voit_rien",
        ),
    },
    Reste {
        route: "/compte/mandat",
        pourquoi: "one button, shown to who holds several mandates: the same form is sent over HTTP",
        test: (
            "web/compte/mandat.rs",
            "on_change_de_mandat_et_l_on_voit_ce_qu_il_couvre",
        ),
    },
    Reste {
        route: "/api/v1/evaluations",
        pourquoi: "no form: programs call it",
        test: (
            "web/api.rs",
            "un_tableau_recoit_une_reponse_par_objet_sans_compte",
        ),
    },
    Reste {
        route: "/brouillons",
        pourquoi: "no form: the script saves as one types; the button of the form does it without",
        test: (
            "web/brouillon.rs",
            "l_enregistrement_au_fil_de_la_frappe_repond_quand_et_refuse_en_mots",
        ),
    },
];

/// Fails unless the browser sent what this journey is said to send.
pub async fn prouver(n: &Browser, parcours: &str) {
    let annonces = PARCOURS.iter().find(|(nom, _)| *nom == parcours);
    let (_, annonces) = annonces.unwrap_or_else(|| panic!("no journey «{parcours}» in the list"));
    let envoyes = envois(n).await;
    let manquants: Vec<_> = annonces.iter().filter(|r| !envoyes.contains(**r)).collect();
    assert!(
        manquants.is_empty(),
        "«{parcours}» did not send {manquants:?} but {envoyes:?}"
    );
}

/// The routes that the browser sent a form to.
async fn envois(n: &Browser) -> BTreeSet<&'static str> {
    let journal = within("reading the requests", n.client.issue_cmd(Journal))
        .await
        .expect("the log of the browser");
    let lignes = journal.as_array().expect("a list");
    lignes
        .iter()
        .filter_map(|ligne| serde_json::from_str::<Value>(ligne["message"].as_str()?).ok())
        .filter(|ligne| ligne["message"]["method"] == json!("Network.requestWillBeSent"))
        .filter_map(|ligne| {
            let requete = &ligne["message"]["params"]["request"];
            let adresse = Url::parse(requete["url"].as_str()?).ok()?;
            let poste = requete["method"] == json!("POST");
            let route = route::de(adresse.path(), |r| r.methode == "POST");
            route.filter(|_| poste).map(|r| r.chemin)
        })
        .collect()
}

/// What chromedriver noted of the requests, since it was last asked.
#[derive(Debug)]
struct Journal;

impl WebDriverCompatibleCommand for Journal {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        (
            Method::POST,
            Some(json!({ "type": "performance" }).to_string()),
        )
    }
}

#[test]
fn chaque_route_qui_ecrit_a_son_formulaire_envoye_sans_javascript() {
    let annoncees: BTreeSet<&str> = PARCOURS
        .iter()
        .flat_map(|(_, routes)| *routes)
        .copied()
        .collect();
    let reste: BTreeSet<&str> = RESTE.iter().map(|r| r.route).collect();
    let ecrivent: BTreeSet<&str> = TABLE
        .iter()
        .filter(|route| route.methode == "POST")
        .map(|route| route.chemin)
        .collect();
    let oubliees: Vec<_> = ecrivent
        .iter()
        .filter(|r| !annoncees.contains(*r) && !reste.contains(*r))
        .collect();
    assert!(
        oubliees.is_empty(),
        "no journey without JavaScript sends {oubliees:?}"
    );
    let inconnues: Vec<_> = annoncees
        .union(&reste)
        .filter(|r| !ecrivent.contains(*r))
        .collect();
    assert!(
        inconnues.is_empty(),
        "these routes do not write: {inconnues:?}"
    );
    let deux: Vec<_> = annoncees.intersection(&reste).collect();
    assert!(
        deux.is_empty(),
        "sent by a journey, and said not to be: {deux:?}"
    );
}

#[test]
fn chaque_route_sans_formulaire_a_le_test_que_l_on_dit() {
    let dossier = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for reste in RESTE {
        let (fichier, test) = reste.test;
        let source = std::fs::read_to_string(dossier.join(fichier)).expect(fichier);
        assert!(
            source.contains(&format!("async fn {test}(")),
            "no test {test} in {fichier}"
        );
        let debut = reste.route.rfind('/').expect("a path");
        let (route, pourquoi) = (reste.route, reste.pourquoi);
        assert!(
            source.contains(&route[debut..]),
            "{fichier} does not send {route} ({pourquoi})"
        );
    }
}

#[test]
fn chaque_parcours_annonce_est_prouve() {
    let dossier = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let mut sources = String::new();
    for dossier in [
        dossier.clone(),
        dossier.join("parcours"),
        dossier.join("sans_script"),
    ] {
        for fichier in std::fs::read_dir(dossier).expect("a folder") {
            let chemin = fichier.expect("a file").path();
            if chemin.extension().is_some_and(|e| e == "rs") {
                sources.push_str(&std::fs::read_to_string(chemin).expect("a source"));
            }
        }
    }
    for (nom, _) in PARCOURS {
        let preuve =
            regex_lite::Regex::new(&format!("prouver\\([^\"]*\"{nom}\"\\)")).expect("a pattern");
        assert!(preuve.is_match(&sources), "nothing proves «{nom}»");
    }
}

#[actix_web::test]
async fn le_journal_dit_ce_qui_est_envoye_et_rien_d_autre() {
    let caisse = Caisse::start();
    let n = Browser::without_javascript().await;
    n.goto(&format!("{}/connexion", caisse.app.adresse)).await;
    assert_eq!(envois(&n).await, BTreeSet::new(), "a page only read");
    connecter(&n, &caisse, &caisse.instructeur).await;
    assert_eq!(envois(&n).await, BTreeSet::from(["/connexion"]));
}

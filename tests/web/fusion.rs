//! Two people on one file: who comes second is told what changed, by whom, and loses nothing of what she typed.

use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;
use releve::db::DbError;
use releve::db::schema::piece;
use releve::web::routes::TABLE;

use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};

/// A form of the file: its act, the state in which it is offered, who sends it, what is typed, what must be found again.
struct Cas {
    verbe: &'static str,
    etat: EtatDemande,
    signe: bool,
    champs: &'static [(&'static str, &'static str)],
    garde: Option<&'static str>,
}

const fn cas(
    verbe: &'static str,
    etat: EtatDemande,
    champs: &'static [(&'static str, &'static str)],
    garde: Option<&'static str>,
) -> Cas {
    Cas {
        verbe,
        etat,
        signe: false,
        champs,
        garde,
    }
}

/// Every form that changes the file.
const VERROUILLES: &[Cas] = &[
    cas("prendre", EtatDemande::Deposee, &[], None),
    cas("completer", EtatDemande::Deposee, &[], None),
    cas(
        "assigner",
        EtatDemande::Deposee,
        &[("agent", "personne")],
        Some("value=\"personne\" selected"),
    ),
    cas(
        "demander-pieces",
        EtatDemande::Deposee,
        &[("pieces", "autre"), ("precision_1", "le bail signé")],
        Some("le bail signé"),
    ),
    cas(
        "avis",
        EtatDemande::Complete,
        &[("avis", "favorable")],
        Some("value=\"favorable\" id=\"champ-avis\" checked"),
    ),
    cas(
        "saisir",
        EtatDemande::Complete,
        &[("le", "14/01/2026")],
        Some("14/01/2026"),
    ),
    cas(
        "conditions",
        EtatDemande::Deposee,
        &[
            ("ordre", "etablie"),
            ("assurance", "etablie"),
            ("urssaf", "a_transmettre"),
            ("contrats", "a_transmettre"),
            ("carte_cps", "a_transmettre"),
            ("lieu", "etablie"),
            ("constat", "attestation vue au guichet"),
        ],
        Some("attestation vue au guichet"),
    ),
    cas(
        "corriger",
        EtatDemande::Deposee,
        &[
            ("prenom", "Ines"),
            ("nom", "Autre"),
            ("adresse", "3 rue tapée"),
            ("commune", "13056"),
            ("motif_correction", "vu au bail"),
        ],
        Some("3 rue tapée"),
    ),
    cas("classer", EtatDemande::Incomplete, &[], None),
    cas(
        "transmettre",
        EtatDemande::Deposee,
        &[("caisse", "831"), ("raison", "le cabinet est à Toulon")],
        Some("le cabinet est à Toulon"),
    ),
    cas(
        "annuler-complet",
        EtatDemande::Complete,
        &[("raison", "le bail est au nom d’un autre")],
        Some("le bail est au nom d’un autre"),
    ),
    cas(
        "proposer",
        EtatDemande::Complete,
        &[("sens", "refus"), ("motifs", "le seuil n’est pas atteint")],
        Some("le seuil n’est pas atteint"),
    ),
    Cas {
        signe: true,
        ..cas(
            "renvoyer",
            EtatDemande::Proposee,
            &[("motif", "revoir la zone")],
            Some("revoir la zone"),
        )
    },
    Cas {
        signe: true,
        ..cas("decider", EtatDemande::Proposee, &[], None)
    },
    cas(
        "notifier",
        EtatDemande::Accordee,
        &[
            ("moyen", "recommande"),
            ("envoyee", "14/01/2026"),
            ("numero", "1A 2026"),
        ],
        Some("1A 2026"),
    ),
    cas(
        "installer",
        EtatDemande::Accordee,
        &[("date", "13/01/2026")],
        Some("13/01/2026"),
    ),
    cas(
        "reduction",
        EtatDemande::Installee,
        &[
            ("cote", "reduction_titulaire"),
            ("suite", "fin"),
            ("motif", "relevé d’activité"),
        ],
        Some("relevé d’activité"),
    ),
];

/// What only adds, and takes nothing back from anybody: two people may do it at once.
const AJOUTS: &[&str] = &[
    "notes",
    "etiquettes",
    "etiquettes/{id}/retirer",
    "messages",
    "recevoir",
];
/// Examined document by document, on a page of its own: see [`une_piece_aussi`]; what silence gave birth to, a hearing, a
/// mandate, a letter posted, a file linked to an account, what a paper withdraws or corrects, and the condition of a grant have tests of their own.
const AILLEURS: &[&str] = &[
    "pieces/{id}",
    "silence",
    "convoquer",
    "mandat",
    "acte-recu",
    "lettres/{id}/poster",
    // What a hand signed or mended of a letter: see `signatures`.
    "lettre-signee",
    // An appeal that came on paper: a case of its own.
    "recours",
    "messages/{id}/recours",
    "corriger-lettre",
    "rattacher",
    "retirer",
    "domicile",
    "reserve",
    // Of the practitioner, once: a second time changes nothing; of a mail, which has its own state.
    "identite",
    "courriels/{id}",
    // Of one's own proposal: see `retours`.
    "reprendre",
    // Of what one just took: see `retours`.
    "rendre",
];

#[test]
fn chaque_formulaire_du_dossier_est_dans_la_liste() {
    let connus: Vec<&str> = VERROUILLES
        .iter()
        .map(|c| c.verbe)
        .chain(AJOUTS.iter().copied())
        .chain(AILLEURS.iter().copied())
        .collect();
    for route in TABLE.iter().filter(|r| r.methode == "POST") {
        if let Some(verbe) = route.chemin.strip_prefix("/dossiers/{numero}/") {
            assert!(connus.contains(&verbe), "{verbe}: is it locked?");
        }
    }
}

#[actix_web::test]
async fn la_seconde_personne_lit_ce_qui_a_change() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let premiere = caisse.app.connecte(&responsable).await;
    let (instructeur, signataire) = (caisse.instructeur().await, caisse.signataire().await);
    for (rang, c) in (1..).zip(VERROUILLES) {
        let numero = format!("131-2026-{rang:06}");
        caisse.decor.demande(&UneDemande {
            numero: &numero,
            kine_id: kine.id,
            etat: c.etat,
            nature: match c.verbe {
                "avis" | "saisir" => NatureDemande::Derogation,
                _ => NatureDemande::HorsRegulation,
            },
            prochaine_echeance: jour(2026, 1, 10),
            ..UneDemande::default()
        });
        let seconde = if c.signe { &signataire } else { &instructeur };
        let (dossier, action) = (
            format!("/dossiers/{numero}"),
            format!("/dossiers/{numero}/{}", c.verbe),
        );
        let propre = seconde.get(&action).await;
        let page = match propre.statut {
            200 => propre,
            _ => seconde.get(&dossier).await,
        };
        let mut envoi = page.caches();
        assert!(
            envoi.iter().any(|(n, _)| n == "vu"),
            "{}: what was seen is not said",
            c.verbe
        );
        // Meanwhile another one takes the file (or, once it is closed, corrects a name).
        if c.etat.en_cours() {
            premiere
                .post(&dossier, &format!("{dossier}/prendre"), &[])
                .await;
        } else {
            let chemin = format!("{dossier}/corriger");
            let tapes = [
                ("prenom", "Ines"),
                ("nom", "Costa"),
                ("telephone", "04 91 00 00 00"),
                ("adresse", "12 quai des Anglais"),
                ("commune", "13056"),
                ("deja_conventionne_zone", "non"),
                ("entree_formation", "2015"),
                ("motif_correction", "Donné au téléphone"),
            ];
            premiere.agir(&chemin, &tapes).await;
        }
        assert_eq!(caisse.demande(&numero).version, 2, "{}", c.verbe);
        envoi.retain(|(n, _)| !c.champs.iter().any(|(nom, _)| nom == n));
        envoi.extend(
            c.champs
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
        );
        let page = seconde.post_brut(&action, &envoi).await;
        let texte = page.texte();
        assert_eq!(page.statut, 409, "{}: {texte}", c.verbe);
        for attendu in ["Ce qui a changé entre-temps", &responsable.nom] {
            assert!(
                texte.contains(attendu),
                "{}: no «{attendu}» in:\n{texte}",
                c.verbe
            );
        }
        if let Some(garde) = c.garde {
            assert!(
                page.html.contains(garde),
                "{}: «{garde}» was lost:\n{}",
                c.verbe,
                page.html
            );
        }
        assert_eq!(
            caisse.demande(&numero).version,
            2,
            "{}: nothing was written",
            c.verbe
        );
        // The page that says so can be sent again: it has seen the file as it is now.
        assert!(
            page.caches()
                .iter()
                .any(|(n, v)| n == "version" && v == "2")
        );
    }
}

#[actix_web::test]
async fn un_depart_aussi() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("helene.martin@example.fr", "10000000001");
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let premiere = caisse.app.connecte(&responsable).await;
    let seconde = caisse.instructeur().await;
    let id = caisse
        .decor
        .depart(kine.id, "13056", jour(2025, 12, 31), Some(1430));
    let page = format!("/departs/{id}");
    let mut envoi = seconde.caches(&page).await;
    let chemin = format!("{page}/corriger");
    let tapes = [
        ("prenom", "Helene"),
        ("nom", "Martine"),
        ("adresse", "12 quai des Anglais"),
        ("date_cessation", "31/12/2025"),
        ("actes_12_mois", "1430"),
        ("motif_correction", "Faute de frappe"),
    ];
    premiere.agir(&chemin, &tapes).await;
    envoi.push(("motif".to_owned(), "activité poursuivie".to_owned()));
    let reponse = seconde.post_brut(&format!("{page}/rejeter"), &envoi).await;
    assert_eq!(reponse.statut, 409, "{}", reponse.texte());
    for attendu in [
        "Ce qui a changé entre-temps",
        "Nom : Martin → Martine",
        &responsable.nom,
    ] {
        assert!(
            reponse.texte().contains(attendu),
            "{attendu}: {}",
            reponse.texte()
        );
    }
    assert!(reponse.html.contains("activité poursuivie"));
}

#[actix_web::test]
async fn une_piece_aussi() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    let demande_id = caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        ..UneDemande::default()
    });
    let piece_id: i64 = caisse
        .agir(|tx| {
            Ok(diesel::insert_into(piece::table)
                .values((
                    piece::dossier_id.eq(demande_id),
                    piece::nature.eq("diplome"),
                    piece::nom.eq("diplome.pdf"),
                    piece::media.eq("application/pdf"),
                    piece::taille.eq(10_i64),
                    piece::empreinte.eq("e"),
                    piece::cle.eq("c"),
                    piece::etat.eq("recue"),
                    piece::deposee_par.eq(kine.compte_id),
                    piece::deposee_le.eq(caisse.decor.le),
                ))
                .returning(piece::id)
                .get_result(&mut **tx)
                .map_err(DbError::from)?)
        })
        .expect("a document");
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let premiere = caisse.app.connecte(&responsable).await;
    let seconde = caisse.instructeur().await;
    let dossier = "/dossiers/131-2026-000001";
    let pieces = format!("{dossier}/pieces");
    let mut envoi = seconde.caches(&pieces).await;
    premiere
        .post(dossier, &format!("{dossier}/prendre"), &[])
        .await;
    envoi.push(("action".to_owned(), "refuser".to_owned()));
    envoi.push((
        format!("motif_{piece_id}"),
        "illisible en page 2".to_owned(),
    ));
    let reponse = seconde
        .post_brut(&format!("{pieces}/{piece_id}"), &envoi)
        .await;
    assert_eq!(reponse.statut, 409, "{}", reponse.texte());
    for attendu in ["Ce qui a changé entre-temps", &responsable.nom] {
        assert!(reponse.texte().contains(attendu), "{}", reponse.texte());
    }
    assert!(reponse.html.contains("illisible en page 2"));
}

/// A page that only asks to correct a field says nothing of what others did: it must not carry what they did as read.
#[actix_web::test]
async fn un_champ_oublie_ne_fait_pas_passer_pour_lu_ce_qui_a_change() {
    let caisse = Caisse::start();
    let kine = caisse.decor.kine("ines.costa@example.fr", "10000000001");
    caisse.decor.demande(&UneDemande {
        kine_id: kine.id,
        ..UneDemande::default()
    });
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let premiere = caisse.app.connecte(&responsable).await;
    let seconde = caisse.instructeur().await;
    let dossier = "/dossiers/131-2026-000001";
    let avis = format!("{dossier}/avis");
    let envoi = seconde.caches(&avis).await;
    premiere
        .post(dossier, &format!("{dossier}/prendre"), &[])
        .await;
    let oubli = seconde.post_brut(&avis, &envoi).await;
    assert_eq!(oubli.statut, 422, "{}", oubli.texte());
    let mut corrige = oubli.caches();
    corrige.push(("avis".to_owned(), "favorable".to_owned()));
    let reponse = seconde.post_brut(&avis, &corrige).await;
    assert_eq!(reponse.statut, 409, "{}", reponse.texte());
    for attendu in ["Ce qui a changé entre-temps", &responsable.nom] {
        assert!(reponse.texte().contains(attendu), "{}", reponse.texte());
    }
}

//! A button that shows is an act that passes: on a request and a departure, state by state and role by role.

use diesel::prelude::*;
use regles::demande::{EtatDemande, Sens};
use regles::droits::Role;
use regles::geste::{GesteDemande, GesteDepart};
use regles::grand_livre::EtatPlace;
use regles::piece::NaturePiece;
use releve::actions::decision::{Proposition, decider, proposer};
use releve::db::schema::piece;
use releve::db::{CpamScope, DbError};

use crate::util::builders::{UneDemande, jour};
use crate::util::caisse::Caisse;
use crate::util::client::Client;

/// What a form that is right says of each act; the acts of the page of a file.
const DEMANDE: &[(GesteDemande, &[(&str, &str)])] = &[
    (GesteDemande::Proposer, &[("sens", "accord")]),
    (GesteDemande::Completer, &[]),
    (GesteDemande::DemanderPieces, &[("pieces", "identite")]),
    (GesteDemande::NoterAvis, &[("avis", "favorable")]),
    (
        GesteDemande::Convoquer,
        &[
            ("le", "15/02/2026"),
            ("heure", "14 h 30"),
            ("lieu", "8 rue Jules-Moulet, Marseille"),
        ],
    ),
    (GesteDemande::Classer, &[]),
    (
        GesteDemande::Transmettre,
        &[("caisse", "831"), ("raison", "Le cabinet est à Toulon.")],
    ),
    // Whom it is taken from is hidden in the page.
    (GesteDemande::Prendre, &[]),
    (GesteDemande::Decider, &[]),
    (
        GesteDemande::Renvoyer,
        &[("motif", "Le bail n’est pas joint.")],
    ),
    (
        GesteDemande::Notifier,
        &[
            ("moyen", "recommande"),
            ("envoyee", "15/01/2026"),
            ("remise", "15/01/2026"),
        ],
    ),
    (GesteDemande::Installer, &[("date", "14/01/2026")]),
    // No grant is on a condition here: see `reserve`.
    (
        GesteDemande::LeverReserve,
        &[("le", "14/01/2026"), ("preuve", "1")],
    ),
    (
        GesteDemande::SuivreReduction,
        &[
            ("cote", "reduction_titulaire"),
            ("suite", "fin"),
            ("motif", "Le contrat est joint."),
        ],
    ),
];

const ROLES: [Role; 3] = [Role::Instructeur, Role::Responsable, Role::Signataire];

/// A request outside the regulated zones, led to this state by the acts that lead there where they leave something behind.
fn demande(caisse: &Caisse, rang: u32, etat: EtatDemande) -> String {
    use EtatDemande as E;
    let numero = format!("131-2026-{rang:06}");
    let kine = caisse.decor.kine(
        &format!("ines.costa{rang}@example.fr"),
        &format!("1000000{rang:04}"),
    );
    let decidee = matches!(etat, E::Proposee | E::Accordee | E::Refusee);
    caisse.decor.demande(&UneDemande {
        numero: &numero,
        kine_id: kine.id,
        insee: "13001",
        bassin: "BV13001",
        categorie: "intermediaire",
        etat: if decidee { E::Complete } else { etat },
        ..UneDemande::default()
    });
    if decidee {
        let (agent, signataire) = (
            caisse.acte(&caisse.instructeur),
            caisse.acte(&caisse.signataire),
        );
        let scope = CpamScope::Caisse("131".into());
        let proposition = Proposition {
            reserve: None,
            sens: if etat == E::Refusee {
                Sens::Refus
            } else {
                Sens::Accord
            },
            motifs:
                "La convention nationale l’exige. Les faits du dossier sont énoncés ici, un à un."
                    .to_owned(),
            ecart: String::new(),
            malgre_recours: String::new(),
        };
        caisse
            .agir(|tx| proposer(tx, &agent, &scope, &numero, 1, &proposition))
            .expect("proposed");
        if etat != E::Proposee {
            caisse
                .agir(|tx| decider(tx, &signataire, &scope, &numero, 2, "Directrice"))
                .expect("decided");
            caisse.signer_la_lettre(&numero);
        }
    }
    assert_eq!(caisse.demande(&numero).etat, etat);
    numero
}

/// Whether the act is refused for what the page hides it for: its role, or the state.
async fn refuse(
    client: &Client,
    page: &str,
    action: &str,
    version: i32,
    champs: &[(&str, &str)],
) -> bool {
    // The page of an act shows what it rests on, the letter for one: it says so in fields of its own.
    let propre = client.get(action).await;
    let mut envoi = match propre.statut {
        200 => propre.caches(),
        _ => client.caches(page).await,
    };
    envoi.retain(|(nom, _)| nom != "version" && champs.iter().all(|(champ, _)| champ != nom));
    envoi.push(("version".to_owned(), version.to_string()));
    envoi.extend(
        champs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
    );
    let lue = client.post_brut(action, &envoi).await;
    assert!(lue.statut < 500, "{action}: {}", lue.texte());
    matches!(lue.statut, 403 | 404 | 409)
}

#[actix_web::test]
async fn un_bouton_montre_d_une_demande_est_un_acte_qui_passe() {
    let caisse = Caisse::start();
    let mut rang = 0;
    for role in ROLES {
        let client = caisse
            .app
            .connecte(&caisse.app.compte(role, Some("131")))
            .await;
        for etat in EtatDemande::TOUS {
            for (geste, champs) in DEMANDE {
                rang += 1;
                let numero = demande(&caisse, rang, *etat);
                let page = format!("/dossiers/{numero}");
                let action = format!("{page}/{}", geste.as_str());
                let montre = client
                    .get(&page)
                    .await
                    .html
                    .contains(&format!("\"{action}"));
                let version = caisse.demande(&numero).version;
                let refuse = refuse(&client, &page, &action, version, champs).await;
                assert_eq!(montre, !refuse, "{role}, {etat}: {geste}");
            }
        }
    }
}

/// PRO-3: the same, over a file whose diploma is missing, in every state.
#[actix_web::test]
async fn un_bouton_montre_suit_les_pieces_qui_manquent() {
    use GesteDemande as G;
    let caisse = Caisse::start();
    let mut rang = 0;
    for role in [Role::Instructeur, Role::Signataire] {
        let client = caisse
            .app
            .connecte(&caisse.app.compte(role, Some("131")))
            .await;
        for etat in EtatDemande::TOUS {
            for (geste, champs) in DEMANDE {
                if !matches!(geste, G::Proposer | G::Completer | G::Decider | G::Renvoyer) {
                    continue;
                }
                rang += 1;
                let numero = demande(&caisse, rang, *etat);
                let d = caisse.demande(&numero);
                retirer(&caisse, d.id, NaturePiece::Diplome);
                let page = format!("/dossiers/{numero}");
                let action = format!("{page}/{}", geste.as_str());
                let montre = client
                    .get(&page)
                    .await
                    .html
                    .contains(&format!("\"{action}"));
                let refuse = refuse(&client, &page, &action, d.version, champs).await;
                assert_eq!(montre, !refuse, "{role}, {etat}: {geste}");
                if matches!(geste, G::Completer | G::Decider) {
                    assert!(!montre, "{role}, {etat}: {geste}");
                }
            }
        }
    }
}

/// Takes the documents of a kind away from a case.
fn retirer(caisse: &Caisse, dossier_id: i64, nature: NaturePiece) {
    caisse
        .app
        .state
        .db
        .write(|tx| -> Result<(), DbError> {
            let siennes = piece::table
                .filter(piece::dossier_id.eq(dossier_id))
                .filter(piece::nature.eq(nature));
            diesel::delete(siennes).execute(&mut **tx)?;
            Ok(())
        })
        .expect("taken away");
}

/// A form that is right for each act on a departure.
const DEPART: &[(GesteDepart, &[(&str, &str)])] = &[
    (
        GesteDepart::Confirmer,
        &[("actes_12_mois", "1430"), ("date_cessation", "31/12/2025")],
    ),
    (GesteDepart::Rejeter, &[("motif", "Déclaration en double.")]),
    (GesteDepart::NoterAvis, &[("avis", "favorable")]),
];

#[actix_web::test]
async fn un_bouton_montre_d_un_depart_est_un_acte_qui_passe() {
    let caisse = Caisse::start();
    let mut rang = 0;
    for role in ROLES {
        let client = caisse
            .app
            .connecte(&caisse.app.compte(role, Some("131")))
            .await;
        for place in std::iter::once(None).chain(EtatPlace::TOUS.iter().copied().map(Some)) {
            for (geste, champs) in DEPART {
                rang += 1;
                let kine = caisse.decor.kine(
                    &format!("helene.martin{rang}@example.fr"),
                    &format!("1000000{rang:04}"),
                );
                let id = caisse
                    .decor
                    .depart(kine.id, "13056", jour(2025, 12, 31), Some(300));
                let version = match place {
                    None => 1,
                    Some(etat) => {
                        caisse.decor.place(id, etat);
                        2
                    }
                };
                let page = format!("/departs/{id}");
                let action = format!("{page}/{}", geste.as_str());
                let montre = client
                    .get(&page)
                    .await
                    .html
                    .contains(&format!("\"{action}"));
                let refuse = refuse(&client, &page, &action, version, champs).await;
                assert_eq!(montre, !refuse, "{role}, {place:?}: {geste}");
            }
        }
    }
}

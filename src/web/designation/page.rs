//! `/designations/{jeton}`: the designated successor reads, logs in, accepts or declines (REG-8).

use actix_web::web::Path;
use askama::Template;
use regles::designation::EtatDesignation;
use regles::grand_livre::EtatPlace;
use regles::texte;

use super::decliner;
use crate::actions::designation::{self, Acces};
use crate::db::designation::DesignationComplete;
use crate::db::kine;
use crate::web::erreur::WebError;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Message, Pastille};
use crate::web::visite::{Reponse, Visite};

use crate::web::espace::vues;

/// What the visitor may do with the designation.
enum Suite {
    /// Log in or create an account first; the link is kept.
    SeConnecter {
        connexion: String,
        inscription: String,
    },
    /// Accept or decline.
    Repondre,
    /// File the request.
    Deposer { url: String, renoncer: String },
    /// Nothing: the sentence says why.
    Rien(Message),
}

#[derive(Template)]
#[template(path = "designation/page.html")]
struct DesignationPage {
    page: Page,
    chemin: String,
    etat: Pastille,
    cedant: String,
    faits: Vec<(&'static str, String)>,
    suite: Suite,
    contact: Vec<String>,
}

/// What opens the designation: the secret of the link, or its number for the account it was sent to.
pub(super) fn acces(visite: &Visite, jeton: &str) -> Acces {
    let numero = jeton.parse::<i64>();
    match (numero, &visite.identite) {
        (Ok(id), Some(qui)) if qui.courriel_verifie_le.is_some() => Acces::Adresse {
            id,
            courriel: qui.courriel.clone(),
        },
        _ => Acces::Jeton(jeton.to_owned()),
    }
}

/// `GET /designations/{jeton}`: public; the link explains before it asks for an account.
///
/// # Errors
/// The link opens nothing.
pub async fn page(visite: Visite, jeton: Path<String>) -> Reponse {
    let acces = acces(&visite, &jeton);
    let kine_id = visite.identite.as_ref().and_then(|q| q.kine_id);
    let (d, moi) = visite
        .read(move |conn| {
            let d = acces.ouvrir(conn)?;
            let moi = match kine_id {
                Some(id) => kine::par_id(conn, id)?,
                None => None,
            };
            Ok::<_, crate::db::DbError>((d, moi))
        })
        .await?;
    let suite = suite(&visite, &d, moi.as_ref());
    let page = visite
        .page(format!("Succéder à {}", d.cedant.nom_complet()))
        .chapeau(if d.designation.candidature_id.is_some() {
            format!(
                "La caisse vous attribue la place ouverte à {} par le départ {}, au terme de l’appel à candidatures.",
                d.commune,
                texte::de(d.cedant.nom_complet()))
        } else if d.designation.auteur_id.is_none() {
            // Who left may be dead.
            format!(
                "Une désignation est faite à votre nom, pour succéder à {} à {}.",
                d.cedant.nom_complet(),
                d.commune
            )
        } else {
            let passee = d.depart.date_cessation < visite.aujourd_hui();
            format!(
                "{} {} à {} et vous désigne pour lui succéder.",
                d.cedant.nom_complet(),
                match passee {
                    true => "a cessé son activité",
                    false => "cesse son activité",
                },
                d.commune
            )
        })
        .rubrique("/espace");
    visite.rendre(&DesignationPage {
        page,
        chemin: visite.chemin.clone(),
        etat: vues::etat_designation(d.designation.etat),
        cedant: d.cedant.nom_complet(),
        faits: faits(&d, moi.as_ref()),
        suite,
        contact: d.service.lignes(),
    })
}

/// The number and the street are for who is designated, once their account says it: whoever was written to by mistake reads
/// neither.
fn faits(d: &DesignationComplete, moi: Option<&kine::Kine>) -> Vec<(&'static str, String)> {
    let designee = moi.is_some_and(|m| m.rpps == d.designation.rpps);
    let mut faits = match designee {
        true => vec![(
            "Professionnel désigné",
            format!("RPPS {}", d.designation.rpps),
        )],
        false => Vec::new(),
    };
    faits.extend([
        (
            "Lieu",
            match designee {
                true => format!("{}, {}", d.depart.adresse, d.commune),
                false => d.commune.clone(),
            },
        ),
        (
            "Zone",
            format!("{} ({})", d.bassin, d.depart.categorie.libelle()),
        ),
        ("Place libre le", texte::date_fr(d.depart.date_cessation)),
        ("Désignation du", texte::datetime_fr(d.designation.cree_le)),
    ]);
    if let Some(limite) = d
        .place_limite
        .filter(|_| d.designation.etat == EtatDesignation::EnAttente)
    {
        faits.push(("À accepter au plus tard le", texte::date_fr(limite)));
    }
    faits
}

fn suite(visite: &Visite, d: &DesignationComplete, moi: Option<&kine::Kine>) -> Suite {
    match d.designation.etat {
        EtatDesignation::Remplacee => {
            return Suite::Rien(Message::information(format!(
                "{} a remplacé cette désignation, ou l’a envoyée de nouveau : ce lien n’a plus d’effet. Si vous avez reçu un \
                 message plus récent, ouvrez le sien.",
                d.cedant.nom_complet()
            )));
        }
        EtatDesignation::Renoncee => {
            return Suite::Rien(Message::information(
                "Cette désignation avait été acceptée, puis abandonnée. Elle n’a plus d’effet.",
            ));
        }
        EtatDesignation::Retiree => {
            return Suite::Rien(Message::information(
                "Cette désignation a été retirée : elle n’a plus d’effet.",
            ));
        }
        EtatDesignation::Annulee => {
            return Suite::Rien(Message::information(format!(
                "{} a annulé son départ : il n’ouvre plus de place, et cette désignation n’a plus d’effet.",
                d.cedant.nom_complet()
            )));
        }
        EtatDesignation::SansObjet => {
            return Suite::Rien(Message::information(
                "La zone n’est plus régulée : vous pouvez y demander votre conventionnement sans succéder à personne, et cette désignation n’a plus d’effet.",
            ));
        }
        EtatDesignation::Declinee => {
            return Suite::Rien(Message::information(
                "Cette désignation a été déclinée. Elle n’a plus d’effet.",
            ));
        }
        EtatDesignation::EnAttente | EtatDesignation::Acceptee => {}
    }
    if visite.identite.is_none() {
        let suite = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("suite", &visite.chemin)
            .finish();
        return Suite::SeConnecter {
            connexion: format!("/connexion?{suite}"),
            inscription: format!("/inscription?{suite}"),
        };
    }
    match moi {
        None => Suite::Rien(Message::attention(
            "Ce compte est celui d’un agent : la réponse revient à la personne désignée, avec son compte.",
        )),
        Some(moi) if moi.rpps != d.designation.rpps => Suite::Rien(Message::attention(format!(
            "Cette désignation nomme le numéro RPPS {}, et votre compte porte le numéro {}. Connectez-vous avec le compte de la personne désignée, ou demandez à {} de corriger la désignation.",
            d.designation.rpps,
            moi.rpps,
            d.cedant.nom_complet()
        ))),
        Some(_) if d.designation.etat == EtatDesignation::Acceptee => match d.place_etat {
            EtatPlace::Ouverte => Suite::Deposer {
                renoncer: format!("{}/renoncer", visite.chemin),
                url: format!(
                    "/demandes/nouvelle?nature=succession&designation={}",
                    d.designation.id
                ),
            },
            autre => Suite::Rien(Message::information(format!(
                "Vous avez accepté cette désignation. La place est {}.",
                autre.libelle().to_lowercase()
            ))),
        },
        Some(_) if d.place_etat != EtatPlace::Ouverte => Suite::Rien(Message::attention(
            "La place n’est plus ouverte : cette désignation ne peut plus être acceptée. Adressez-vous à la caisse.",
        )),
        Some(_) => Suite::Repondre,
    }
}

/// `POST /designations/{jeton}`: `reponse` is `accepter` or `decliner`; declining asks once more.
///
/// # Errors
/// The account is not that of the person designated, or the designation no longer counts.
pub async fn repondre(visite: Visite, jeton: Path<String>, saisie: Saisie) -> Reponse {
    let accepte = match saisie.texte("reponse") {
        "accepter" => true,
        "decliner" => false,
        _ => {
            return Err(WebError::Refus(
                "Choisissez d’accepter ou de décliner la désignation.".to_owned(),
            ));
        }
    };
    let acces = acces(&visite, &jeton);
    if !accepte
        && !saisie.coche("confirme")
        && let Some(page) = decliner::confirmer(&visite, &jeton, acces.clone()).await?
    {
        return Ok(page);
    }
    let (kine_id, acte) = (visite.kine_id()?, visite.acte()?);
    let d = visite
        .write(move |tx| designation::repondre(tx, &acte, kine_id, &acces, accepte))
        .await?;
    if accepte {
        visite.rediriger_avec(
            &format!(
                "/demandes/nouvelle?nature=succession&designation={}",
                d.designation.id
            ),
            &format!(
                "Vous acceptez de succéder à {}. Déposez maintenant votre demande de conventionnement.",
                d.cedant.nom_complet()
            ),
        )
    } else {
        visite.rediriger_avec(
            "/espace",
            &format!(
                "Vous avez décliné la désignation {}.",
                texte::de(d.cedant.nom_complet())
            ),
        )
    }
}

//! `GET /parametres/{cle}`: one parameter, with every value it had and will have.

use actix_web::web;
use askama::Template;
use chrono::NaiveDate;
use regles::catalogue;
use regles::parametre::EtatValeur;
use regles::texte;

use super::{administre, adresse_proposition, lit_les_propositions, pastille, statut, valeur};
use crate::actions::parametre::lire;
use crate::db::parametre;
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::page::{Largeur, Page};
use crate::web::ui::{Etat, Message, Pastille, Ton};
use crate::web::visite::{Reponse, Visite};

struct Valeur {
    valeur: String,
    du: NaiveDate,
    periode: String,
    etat: Pastille,
    statut: String,
    source: String,
    verifie_le: NaiveDate,
    origine: Option<String>,
}

struct Proposee {
    url: String,
    valeur: String,
    du: NaiveDate,
    etat: Pastille,
}

#[derive(Template)]
#[template(path = "parametres/fiche.html")]
struct FichePage {
    page: Page,
    message: Option<Message>,
    faits: Vec<(&'static str, String)>,
    historique: Vec<Valeur>,
    propositions: Vec<Proposee>,
}

/// `GET /parametres/{cle}`
///
/// # Errors
/// An unknown key, or the database does not answer.
pub async fn page(visite: Visite, cle: web::Path<String>) -> Reponse {
    let connue = catalogue::cle(&cle).ok_or(WebError::Introuvable)?;
    let jour = visite.aujourd_hui();
    let reglement = visite.etat.reglement();
    let derniere = reglement.derniere(connue.cle).map_err(WebError::interne)?;
    let stockees = visite
        .read(move |conn| parametre::de_cle(conn, connue.cle))
        .await?;
    let attente = stockees.iter().find(|v| v.etat == EtatValeur::Proposee);
    let lit = lit_les_propositions(&visite);
    let mut historique = Vec::new();
    for p in reglement.historique(connue.cle).iter().rev() {
        let approuvee = stockees
            .iter()
            .find(|v| v.etat == EtatValeur::Approuvee && v.du == p.du);
        historique.push(Valeur {
            valeur: valeur(p),
            du: p.du,
            periode: texte::periode(p.du, p.au, jour),
            etat: match (p.en_vigueur(jour), p.du > jour) {
                (true, _) => Pastille::new(Etat::Fait, "En vigueur"),
                (_, true) => Pastille::new(Etat::EnCours, "À venir"),
                _ => Pastille::new(Etat::Neutre, "Passée"),
            },
            statut: statut(p.statut),
            source: p.source.clone(),
            verifie_le: p.verifie_le,
            origine: approuvee.filter(|_| lit).map(|v| adresse_proposition(v.id)),
        });
    }
    let mut propositions = Vec::new();
    for v in stockees.iter().filter(|_| lit) {
        let p = lire(&reglement, v)?;
        propositions.push(Proposee {
            url: adresse_proposition(v.id),
            valeur: valeur(&p),
            du: v.du,
            etat: pastille(v.etat),
        });
    }
    let message = attente.filter(|_| lit).map(|v| Message {
        lien: Some(crate::web::page::Lien::new(
            "Voir la proposition",
            adresse_proposition(v.id),
        )),
        ..Message::new(
            Ton::Attention,
            "Une nouvelle valeur attend l’examen d’une seconde personne.",
        )
    });
    let en_vigueur = reglement.parametre(connue.cle, jour).unwrap_or(derniere);
    let mut faits = vec![
        ("Valeur du jour", valeur(en_vigueur)),
        ("Clé", connue.cle.to_owned()),
        ("Règle", en_vigueur.regle.clone()),
        ("Statut", statut(en_vigueur.statut)),
    ];
    if !connue.permis.is_empty() {
        let admises: Vec<String> = connue.permis.iter().map(|c| texte::code(c)).collect();
        faits.push(("Valeurs admises", admises.join(", ")));
    }
    let mut page = visite
        .page(derniere.libelle.clone())
        .surtitre("Paramètre")
        .ariane("Paramètres", "/parametres")
        .rubrique("/parametres")
        .largeur(Largeur::Pleine);
    if administre(&visite) && attente.is_none() {
        page = page.action(
            "Proposer une valeur",
            format!("/parametres/{}/proposer", connue.cle),
        );
    }
    visite.rendre(&FichePage {
        page,
        message,
        faits,
        historique,
        propositions,
    })
}

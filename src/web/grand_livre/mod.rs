//! `/grand-livre`: the zones of a CPAM with their balance, and the ledger of each (REG-14).

use std::collections::HashMap;

use actix_web::web;
use askama::Template;
use regles::demande::EtatDemande;
use regles::designation::EtatDesignation;
use regles::grand_livre::{Bilan, EtatPlace};
use regles::partage::{Donnee, voit};
use regles::texte;
use serde::Deserialize;

use super::depart::caisse::pastille_place;
use super::dossiers::file::DEPARTS;
use super::filters;
use super::page::{Largeur, Page};
use super::ui::{CoteVue, LigneLivre, LivreVue, Message, Trait, Vide};
use super::visite::{Reponse, Visite};
use crate::actions::grand_livre::seuils;
use crate::db::grand_livre::{
    self, ArriveeLivre, Chargee, DepartLivre, DesigneLivre, Seuils, ZoneLivre,
};
use crate::db::{CpamScope, DbError};
use crate::web::kit::requete::Requete;

/// Which CPAM, for a national reader.
#[derive(Debug, Default, Deserialize)]
pub struct Adresse {
    caisse: Option<String>,
}

#[derive(Template)]
#[template(path = "grand_livre/zones.html")]
struct ZonesPage {
    page: Page,
    zones: Vec<ZoneLivre>,
    suffixe: String,
    vide: Option<Vide>,
}

#[derive(Template)]
#[template(path = "grand_livre/livre.html")]
struct LivrePage {
    page: Page,
    alerte: Option<Message>,
    livre: LivreVue,
    hors_compte: Vec<LigneLivre>,
    vide: Option<Vide>,
}

/// The CPAM to show, and what the links of a national reader carry.
fn caisse(
    visite: &Visite,
    adresse: &Adresse,
) -> Result<Option<(String, String)>, super::erreur::WebError> {
    Ok(match visite.qui()?.scope() {
        CpamScope::Caisse(code) => Some((code, String::new())),
        _ => adresse
            .caisse
            .as_ref()
            .map(|code| (code.clone(), format!("?caisse={code}"))),
    })
}

/// `GET /grand-livre`
pub async fn zones(visite: Visite, adresse: Requete<Adresse>) -> Reponse {
    let Some((caisse, suffixe)) = caisse(&visite, &adresse)? else {
        return super::dossiers::file::choisir(&visite, "/grand-livre", "Grand livre des places")
            .await;
    };
    let seuils = seuils(&visite.etat.reglement(), visite.aujourd_hui())?;
    let zones = visite
        .read(move |conn| grand_livre::zones(conn, &caisse, &seuils))
        .await?;
    let vide = zones.is_empty().then(|| {
        Vide::new(
            "Aucun départ confirmé",
            "Le grand livre se remplit à mesure que des départs sont confirmés dans les zones de la caisse.",
        )
        .action("Voir les départs à confirmer", DEPARTS)
    });
    let page = visite
        .page("Grand livre des places")
        .chapeau("Par zone : ce que les départs ont ouvert, ce que les arrivées ont pris.")
        .rubrique("/grand-livre")
        .largeur(Largeur::Pleine);
    visite.rendre(&ZonesPage {
        page,
        zones,
        suffixe,
        vide,
    })
}

/// `GET /grand-livre/{bassin}`
///
/// # Errors
/// An unknown zone, or the database does not answer.
pub async fn livre(
    visite: Visite,
    bassin: web::Path<String>,
    adresse: Requete<Adresse>,
) -> Reponse {
    let code = bassin.into_inner();
    let lecteur = Lecteur(match visite.qui()?.scope() {
        CpamScope::Caisse(code) => Some(code),
        _ => None,
    });
    let Some((caisse, suffixe)) = caisse(&visite, &adresse)? else {
        return super::dossiers::file::choisir(&visite, "/grand-livre", "Grand livre des places")
            .await;
    };
    let (nom, departs, arrivees, designes, sous_recours) = visite
        .read({
            let code = code.clone();
            move |conn| {
                Ok::<_, DbError>((
                    grand_livre::nom_du_bassin(conn, &code)?,
                    grand_livre::departs(conn, &caisse, &code)?,
                    grand_livre::arrivees(conn, &caisse, &code)?,
                    grand_livre::designes(conn, &caisse, &code)?,
                    grand_livre::sous_recours(conn, &code)?,
                ))
            }
        })
        .await?;
    let seuils = seuils(&visite.etat.reglement(), visite.aujourd_hui())?;
    let bilan = bilan(&seuils, &departs, &arrivees);
    let par_place: HashMap<i64, &ArriveeLivre> = arrivees
        .iter()
        .filter_map(|a| Some((a.place_id?, a)))
        .collect();
    let designes: HashMap<i64, &DesigneLivre> = designes.iter().map(|d| (d.place_id, d)).collect();
    let ligne = |d: &DepartLivre| {
        let place = &d.place_id;
        let mut ligne = lecteur.ligne(
            d,
            par_place.get(place).copied(),
            designes.get(place).copied(),
        );
        // PRO-9: a place is not granted silently while somebody contests what became of it.
        if sous_recours.contains(place) {
            let detail = &mut ligne.depart.detail;
            detail.push_str(" · place sous recours");
        }
        ligne
    };
    let alerte = (!bilan.equilibre()).then(|| {
        Message::erreur(format!(
            "Le compte n’est pas juste : {} pour {}. Prévenez l’administrateur.",
            texte::pluriel(bilan.places(), "place", "places"),
            texte::pluriel(
                bilan.departs_eligibles,
                "départ éligible",
                "départs éligibles"
            ),
        ))
    });
    let vide = (departs.is_empty() && arrivees.is_empty()).then(|| {
        Vide::new(
            "Rien dans cette zone",
            "Aucun départ n’y a été confirmé par la caisse, et personne n’y est arrivé par dérogation.",
        )
    });
    let page = visite
        .page(format!("Zone {de_nom}", de_nom = texte::de(&nom)))
        .surtitre(format!("Grand livre des places · {code}"))
        .ariane("Grand livre", format!("/grand-livre{suffixe}"))
        .rubrique("/grand-livre")
        .largeur(Largeur::Dossier);
    visite.rendre(&LivrePage {
        page,
        alerte,
        livre: LivreVue {
            lignes: departs
                .iter()
                .filter(|d| d.etat.eligible())
                .map(ligne)
                .collect(),
            derogations: arrivees
                .iter()
                .filter(|a| a.place_id.is_none())
                .map(|a| lecteur.cote_arrivee(a))
                .collect(),
            departs: bilan.departs_eligibles,
            bilan: [
                ("ouverte", "ouvertes", bilan.ouvertes),
                ("réservée", "réservées", bilan.reservees),
                ("pourvue", "pourvues", bilan.pourvues),
                ("caduque", "caduques", bilan.caduques),
            ]
            .map(|(un, plusieurs, n)| (un.to_owned(), plusieurs.to_owned(), n))
            .into(),
        },
        hors_compte: departs
            .iter()
            .filter(|d| !d.etat.eligible())
            .map(ligne)
            .collect(),
        vide,
    })
}

/// The balance, its two sides counted apart: departures by acts and opinion, places by their state.
fn bilan(seuils: &Seuils, departs: &[DepartLivre], arrivees: &[ArriveeLivre]) -> Bilan {
    let mut bilan = Bilan::default();
    for d in departs {
        bilan.compter(d.etat, 1);
        if seuils.eligible(d) {
            bilan.departs_eligibles += 1;
        }
    }
    let derogations = arrivees.iter().filter(|a| a.place_id.is_none()).count();
    bilan.derogations = i64::try_from(derogations).unwrap_or(i64::MAX);
    bilan
}

/// REG-18: who reads: a caisse, of whose zone another one handles some files; none for a reader who sees every file.
struct Lecteur(Option<String>);

impl Lecteur {
    fn voit(&self, chargee: &str, donnee: Donnee) -> bool {
        let Some(lectrice) = &self.0 else { return true };
        voit(lectrice, chargee, true, donnee)
    }

    /// A side of a row, with the way to its file, or which other caisse handles it.
    fn cote(&self, nom: String, detail: String, chargee: &Chargee, url: String) -> CoteVue {
        match self.voit(&chargee.code, Donnee::Pieces) {
            true => CoteVue::new(nom, detail).url(url),
            false => CoteVue::new(nom, format!("{detail} · {}", chargee.nom)),
        }
    }

    fn ligne(
        &self,
        d: &DepartLivre,
        arrivee: Option<&ArriveeLivre>,
        designe: Option<&DesigneLivre>,
    ) -> LigneLivre {
        let actes = match d.actes_12_mois {
            Some(a) if self.voit(&d.chargee.code, Donnee::Actes) => {
                format!(", {}", texte::pluriel(a.into(), "acte", "actes"))
            }
            _ => String::new(),
        };
        LigneLivre {
            depart: self.cote(
                format!("{} {}", d.prenom, d.nom),
                format!("cessation le {}{actes}", texte::date_fr(d.date_cessation)),
                &d.chargee,
                format!("/departs/{}", d.depart_id),
            ),
            place: pastille_place(d.etat),
            lien: match d.etat {
                EtatPlace::Pourvue => Trait::Plein,
                EtatPlace::Reservee => Trait::Pointille,
                _ => Trait::Aucun,
            },
            arrivee: arrivee.map(|a| self.cote_arrivee(a)),
            attente: self.attente(d, designe),
        }
    }

    fn attente(&self, d: &DepartLivre, designe: Option<&DesigneLivre>) -> String {
        match (d.etat, designe) {
            (EtatPlace::Ouverte, Some(designe)) => self.designation(designe),
            _ => attente(d),
        }
    }

    /// The successor who was designated, by name once known.
    fn designation(&self, d: &DesigneLivre) -> String {
        let qui = match (&d.prenom, &d.nom) {
            (Some(prenom), Some(nom)) => format!("{prenom} {nom}, successeur désigné"),
            _ if self.voit(&d.caisse_code, Donnee::Coordonnees) => {
                format!("RPPS {}, successeur désigné", d.rpps)
            }
            _ => "Le successeur désigné".to_owned(),
        };
        match d.etat {
            EtatDesignation::Acceptee => format!("{qui}, a accepté"),
            _ => format!("{qui}, n’a pas encore répondu"),
        }
    }

    fn cote_arrivee(&self, a: &ArriveeLivre) -> CoteVue {
        let detail = match (a.etat, a.installee_le, a.notifiee_le) {
            (EtatDemande::Installee, Some(le), _) => {
                format!("installé le {}", texte::date_fr(le))
            }
            (_, _, Some(_)) => format!(
                "accordée, {} au plus tard le {} (inclus)",
                match (a.reserve_au, a.reserve_levee_le) {
                    (Some(_), None) => "condition à remplir",
                    _ => "installation à commencer",
                },
                texte::date_longue(a.prochaine_echeance)
            ),
            _ => "accordée, à notifier".to_owned(),
        };
        let url = format!("/dossiers/{}", a.numero);
        self.cote(
            format!("{} {}", a.prenom, a.nom),
            match self.voit(&a.chargee.code, Donnee::Pieces) {
                true => detail,
                false => format!("{detail} · dossier {}", a.numero),
            },
            &a.chargee,
            url,
        )
    }
}

fn attente(d: &DepartLivre) -> String {
    match (d.etat, d.limite_designation) {
        (EtatPlace::Ouverte, Some(limite)) => {
            format!(
                "En attente d’une désignation, au plus tard le {} (inclus)",
                texte::date_longue(limite)
            )
        }
        (EtatPlace::Ouverte, None) => "À pourvoir".to_owned(),
        (EtatPlace::AExaminer, _) => "Avis de la commission attendu".to_owned(),
        (EtatPlace::NonTransmissible, _) => "Pas de successeur possible".to_owned(),
        (EtatPlace::AAttribuer, _) => "À attribuer selon la charte".to_owned(),
        (EtatPlace::Annulee, _) => "Départ annulé".to_owned(),
        (EtatPlace::SansObjet, _) => "La zone n’est plus régulée".to_owned(),
        (EtatPlace::Caduque, Some(limite)) => {
            format!(
                "Personne au plus tard le {} (inclus)",
                texte::date_longue(limite)
            )
        }
        (EtatPlace::Caduque, None) => "Personne à temps".to_owned(),
        (EtatPlace::Reservee | EtatPlace::Pourvue, _) => String::new(),
    }
}

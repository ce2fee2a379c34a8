//! `GET /simulateur`: which aids, how much, when, who signs, for a profession, a commune and a situation. Nothing is stored: the
//! answers are in the address, which can be shared.

mod autres;
mod conditions;
mod courbe;
mod formulaire;
pub mod mots;
mod professions;
mod resultat;
mod versements;

use actix_web::http::StatusCode;
use askama::Template;
use chrono::NaiveDate;
use regles::identifiants::Insee;
use regles::incitation::Profession;
use regles::regle::RegleError;
use regles::simulation;
use regles::stage;
use regles::texte;

use self::formulaire::{Activite, Equipement, Lieu, Reponses, Situation, Stagiaire};
use self::professions::AutreProfession;
use self::resultat::{Question, Resultat, repondre};
use crate::db::depart::Service;
use crate::db::zonage::{self, Situation as LieuConnu, ZoneTrouvee};
use crate::db::{DbError, incitation};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::commune::Communes;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Icone, Message};
use crate::web::visite::{Reponse, Visite};

/// A part of the form, under its heading.
struct Partie {
    titre: &'static str,
    champs: Champs,
}

/// What a place says: its zone, who to write to, its local aids.
struct Endroit {
    nom: String,
    insee: String,
    service: Option<Service>,
    messages: Vec<Message>,
    locales: Vec<professions::AideDite>,
}

impl Endroit {
    /// «de Castellane».
    fn de_nom(&self) -> String {
        texte::de(&self.nom)
    }

    /// What follows a comma.
    fn bas(&self, texte: &str) -> String {
        texte::minuscule_initiale(texte)
    }

    /// What begins a sentence.
    fn haut(&self, texte: &str) -> String {
        texte::majuscule_initiale(texte)
    }

    /// What a telephone dials: digits only.
    fn numero(&self, telephone: &str) -> String {
        let chiffres = telephone
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+');
        chiffres.collect()
    }
}

#[derive(Template)]
#[template(path = "simulateur/page.html")]
struct SimulateurPage {
    page: Page,
    lieu: Champs,
    parties: Vec<Partie>,
    dites: String,
    endroit: Option<Endroit>,
    resultat: Option<Resultat>,
    autre: Option<AutreProfession>,
    /// The address to share: the answers that were given, and no others.
    lien: String,
    jour: NaiveDate,
}

/// `GET /simulateur?commune=&mode=&actes_1=…`
///
/// # Errors
/// The database does not answer, or a text of the rules does not read.
pub async fn page(visite: Visite, requete: Requete<Vec<(String, String)>>) -> Reponse {
    let saisie = Saisie::de_champs(requete.into_inner());
    let communes = Communes::lire::<Lieu>(&visite, &saisie).await?;
    let mut erreurs = Erreurs::default();
    let demande = !saisie.champs().is_empty() && !communes.cherche();
    let reponses = demande
        .then(|| lire(&saisie, &communes, &mut erreurs))
        .flatten();
    let jour = visite.aujourd_hui();
    let (mut endroit, mut resultat, mut autre, mut dites) = (None, None, None, String::new());
    if let Some(reponses) = &reponses {
        let profession = reponses.lieu.profession.unwrap_or(Profession::Kine);
        let lu = situer(&visite, &reponses.lieu.commune, profession).await?;
        if profession == Profession::Kine {
            let signature = (
                reponses.signature(jour),
                reponses.situation.signature.is_none() && reponses.situation.debut.is_none(),
            );
            match verifier(&visite, reponses, signature.0) {
                Ok(()) => {
                    let mut projet = reponses.projet(jour);
                    projet.candidat.categorie = lu.zone.as_ref().map(|z| z.categorie);
                    projet.candidat.zonage_effet = lu.zone.as_ref().map(|z| z.arrete.date_effet);
                    resultat = Some(repondre(&Question {
                        reglement: &visite.etat.reglement(),
                        projet: &projet,
                        stage: reponses.stagiaire.faits(),
                        signature,
                        lieu: &lu.endroit.nom,
                    })?);
                }
                Err((champ, phrase)) => erreurs.noter(champ, phrase),
            }
        } else {
            autre = Some(AutreProfession::nouvelle(&lu.aides, profession, &visite)?);
        }
        dites = texte::majuscule_initiale(&reponses.dites().join(", "));
        endroit = Some(lu.endroit);
    }
    let titre = match &endroit {
        Some(e) if resultat.is_some() || autre.is_some() => {
            format!("Mes aides {}", texte::a(&e.nom))
        }
        _ => "Mes aides".to_owned(),
    };
    let mut page = visite
        .page(titre)
        .rubrique("/simulateur")
        .largeur(Largeur::Dossier);
    if resultat.is_none() && autre.is_none() {
        page = page.chapeau(
            "Combien, quand, et qui signe : dites votre commune et votre projet. Rien n’est enregistré ni envoyé.",
        );
    }
    let lieu = Lieu::champs(&saisie, &erreurs).communes(&communes);
    let parties = parties(&saisie, &erreurs);
    let tous: Vec<&Champs> = std::iter::once(&lieu)
        .chain(parties.iter().map(|p| &p.champs))
        .collect();
    let page = Champs::ensemble(tous).resumer(page, &erreurs);
    let statut = StatusCode::OK;
    let vue = SimulateurPage {
        page,
        lieu,
        parties,
        dites,
        endroit,
        resultat,
        autre,
        lien: lien(&saisie, reponses.as_ref()),
        jour,
    };
    visite.rendre_avec(&vue, statut)
}

fn lire(saisie: &Saisie, communes: &Communes, erreurs: &mut Erreurs) -> Option<Reponses> {
    let lieu = erreurs.prendre_de(Lieu::lire_avec(saisie, communes));
    let situation = erreurs.prendre_de(Situation::lire(saisie));
    let activite = erreurs.prendre_de(Activite::lire(saisie));
    let equipement = erreurs.prendre_de(Equipement::lire(saisie));
    let stagiaire = erreurs.prendre_de(Stagiaire::lire(saisie));
    Some(Reponses {
        lieu: lieu?,
        situation: situation?,
        activite: activite?,
        equipement: equipement?,
        stagiaire: stagiaire?,
    })
}

fn parties(saisie: &Saisie, erreurs: &Erreurs) -> Vec<Partie> {
    let partie = |titre, champs| Partie { titre, champs };
    vec![
        partie("Ma situation", Situation::champs(saisie, erreurs)),
        partie("Mon activité prévue", Activite::champs(saisie, erreurs)),
        partie("Mon équipement", Equipement::champs(saisie, erreurs)),
        partie("Un stage accueilli", Stagiaire::champs(saisie, erreurs)),
    ]
}

/// Whether the rules take these facts: what is wrong is said beside the field that holds it.
fn verifier(
    visite: &Visite,
    reponses: &Reponses,
    signature: NaiveDate,
) -> Result<(), (&'static str, String)> {
    let dire = |erreur: RegleError| {
        let champ = match erreur.champ() {
            "mois" => "stage_mois",
            "quotite_pct" => "stage_part",
            "actes" => "actes_1",
            "part_zone_pct" => "part",
            "teletransmission_pct" => "teletransmission",
            _ => "signature",
        };
        (
            champ,
            format!("{}.", texte::majuscule_initiale(&erreur.to_string())),
        )
    };
    let reglement = visite.etat.reglement();
    simulation::simuler(
        &reglement,
        &reponses.projet(visite.aujourd_hui()),
        signature,
    )
    .map_err(dire)?;
    if let Some(faits) = reponses.stagiaire.faits() {
        stage::evaluer(&reglement, Some(signature), &faits).map_err(dire)?;
    }
    Ok(())
}

/// A place, as it was read.
struct Lu {
    endroit: Endroit,
    zone: Option<ZoneTrouvee>,
    aides: Vec<regles::incitation::Aide>,
}

async fn situer(visite: &Visite, insee: &Insee, profession: Profession) -> Result<Lu, WebError> {
    let code = insee.clone();
    let (connu, approuvees) = visite
        .read(move |conn| {
            let connu = zonage::situer(conn, &code)?.ok_or(DbError::Introuvable)?;
            Ok::<_, DbError>((connu, incitation::approuvees(conn)?))
        })
        .await?;
    let LieuConnu {
        commune,
        service,
        classement,
    } = connu;
    let jour = visite.aujourd_hui();
    let reglement = visite.etat.reglement();
    let (zone, messages) = match classement.categorie(&reglement, jour) {
        Ok(zone) => {
            let avertissements = zone.avertissements.iter().map(Message::attention);
            let dits = avertissements.collect();
            (Some(zone), dits)
        }
        // Only masseurs-kinésithérapeutes are concerned by their own zoning.
        Err(erreur) if profession == Profession::Kine => (
            None,
            vec![Message::attention(format!(
                "La zone de cette commune n’est pas connue : {erreur}. Rien de ce qui en dépend n’est tranché."
            ))],
        ),
        Err(_) => (None, Vec::new()),
    };
    let aides = crate::actions::incitation::catalogue(approuvees)?;
    let locales = professions::locales(&aides, profession, &commune.departement, visite)?;
    Ok(Lu {
        endroit: Endroit {
            nom: commune.nom,
            insee: commune.insee,
            service,
            messages,
            locales,
        },
        zone,
        aides,
    })
}

/// The address of this simulation: what was answered, in its order; the commune by its code.
fn lien(saisie: &Saisie, reponses: Option<&Reponses>) -> String {
    let mut adresse = url::form_urlencoded::Serializer::new(String::new());
    if let Some(reponses) = reponses {
        adresse.append_pair("commune", reponses.lieu.commune.as_str());
    }
    let reponse =
        |nom: &str| !matches!(nom, "commune" | "commune_recherche") && !nom.starts_with('_');
    for (nom, valeur) in saisie.champs() {
        if reponse(nom) && !valeur.trim().is_empty() {
            adresse.append_pair(nom, valeur.trim());
        }
    }
    format!("/simulateur?{}", adresse.finish())
}

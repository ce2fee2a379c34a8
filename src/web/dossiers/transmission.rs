//! `/dossiers/{numero}/transmettre` and `/transmissions`: PRO-1, a request that belongs to another caisse goes to it.

use askama::Template;
use regles::texte;

use super::objet::Dossier;
use crate::actions::{ActionResult, transmission};
use crate::clock::jour_a_paris;
use crate::db::transmission as transmises;
use crate::db::{CpamScope, DbError, WriteTx, caisse, zonage};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Geste, Ordre, Presentation};
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::Choix;
use crate::web::visite::{Reponse, Visite};

/// Where what was forwarded is listed.
const LISTE: &str = "/transmissions";
/// How many are listed.
const LIGNES: i64 = 200;

/// Forwarding a request to the caisse in charge.
#[derive(Formulaire)]
pub struct Transmission {
    #[champ(libelle = "Caisse compétente", liste, choix = aucune, taille = Long,
            aide = "Celle du lieu d’exercice ; si la commune en dépend, elle est déjà proposée.")]
    caisse: String,
    #[champ(libelle = "Pourquoi", zone = 3, aide = "La personne le lira.")]
    raison: String,
}

fn aucune() -> Vec<Choix> {
    vec![Choix::new("", "Choisir une caisse")]
}

impl Geste for Transmission {
    type Objet = Dossier;
    const VERBE: &'static str = "transmettre";
    const TITRE: &'static str = "Transmettre la demande à une autre caisse";
    const BOUTON: &'static str = "Transmettre la demande";
    const INTRO: &'static [&'static str] = &[
        "La demande garde son numéro, ses pièces et son historique. Elle quitte votre file : vous n’en verrez plus que sa \
         transmission. La caisse compétente en accuse réception et la décide ; la personne reçoit son adresse et les délais.",
    ];
    const DANGER: bool = true;

    async fn initial(visite: &Visite, dossier: &Dossier) -> Result<Saisie, WebError> {
        let d = &dossier.complet.demande;
        let insee = d.insee.parse().map_err(WebError::interne)?;
        let situation = visite
            .read(move |conn| zonage::situer(conn, &insee))
            .await?;
        let proposee = situation
            .and_then(|s| s.service)
            .filter(|s| s.code != d.caisse_code)
            .map_or_else(String::new, |s| s.code);
        Ok(Saisie::de([(Self::CAISSE, proposee.as_str())]))
    }

    async fn presenter(
        visite: &Visite,
        dossier: &Dossier,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let sienne = dossier.complet.demande.caisse_code.clone();
        let autres = visite.read(caisse::tous).await?;
        let autres = autres.into_iter().filter(|c| c.code != sienne);
        let choix = aucune()
            .into_iter()
            .chain(autres.map(|c| Choix::new(c.code, c.nom)))
            .collect();
        Ok(Self::presentation(
            champs.regler(Self::CAISSE, |c| c.choix(choix)),
        ))
    }

    fn apres(_: &String) -> String {
        LISTE.to_owned()
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let vers = transmission::transmettre(
            tx,
            &o.acte,
            &o.scope,
            &o.cle,
            o.version,
            &self.caisse,
            &self.raison,
        )?;
        Ok(format!(
            "La demande {} est transmise à la caisse compétente ({vers}). Nous l’écrivons à la personne.",
            o.cle
        ))
    }
}

#[derive(Template)]
#[template(path = "dossiers/transmissions.html")]
struct TransmissionsPage {
    page: Page,
    /// Number, caisse, day.
    lignes: Vec<(String, String, String)>,
}

/// `GET /transmissions`: what the caisse forwarded, and nothing more of it.
///
/// # Errors
/// The database does not answer.
pub async fn liste(visite: Visite) -> Reponse {
    let scope = visite.qui()?.scope();
    let lues = visite
        .read(move |conn| match &scope {
            CpamScope::Caisse(code) => transmises::transmises(conn, Some(code), LIGNES),
            CpamScope::National => transmises::transmises(conn, None, LIGNES),
            _ => Ok::<_, DbError>(Vec::new()),
        })
        .await?;
    let ligne = |t: transmises::Transmise| {
        let le = texte::date_longue(jour_a_paris(t.transmise_le));
        (t.numero, t.vers, le)
    };
    visite.rendre(&TransmissionsPage {
        page: visite
            .page("Demandes transmises à une autre caisse")
            .chapeau("Ce que la caisse en garde : le numéro, la caisse compétente et le jour.")
            .ariane("Dossiers", "/dossiers")
            .rubrique("/dossiers")
            .largeur(Largeur::Lecture),
        lignes: lues.into_iter().map(ligne).collect(),
    })
}

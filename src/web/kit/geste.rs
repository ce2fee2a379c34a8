//! The page of an act: on what, what it does, what the rules say, its fields, one button, the way back. What was typed is
//! never lost, and every refusal is answered in the same way.
//!
//! An act whose form is a struct says what is its own ([`Geste`]); its two handlers are [`page`] and [`envoyer`]. One
//! whose fields only the database knows (the criteria of a charter) reads them itself and calls [`montrer`].

mod apercu;
mod presentation;
mod suivi;

use actix_web::web::Path;
use apercu::LirePdf;
use askama::Template;
use courriers::decision::Document;
pub use presentation::Presentation;
use serde::de::DeserializeOwned;

use super::commune::Communes;
use super::entre_temps;
pub use super::essai::Essai;
use super::formulaire::{Champs, Formulaire};
use crate::actions::ecrit::Fige;
use crate::actions::{Acte, ActionError, ActionResult};
use crate::db::session::Identite;
use crate::db::{CpamScope, WriteTx};
use crate::web::ecrits::LettreVue;
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Bandeau, Champ, Message};
use crate::web::visite::{Reponse, Visite};

/// What an act is done on: a request, a departure, a call.
pub trait Objet: Sized {
    /// What names it in an address.
    type Cle: DeserializeOwned + Clone + Send + 'static;

    /// Reads it within the scope of who asks.
    async fn ouvrir(visite: &Visite, cle: &Self::Cle) -> Result<Self, WebError>;

    /// Its own page, where one goes back to.
    fn adresse(cle: &Self::Cle) -> String;

    /// Where the form of an act is posted.
    fn url(cle: &Self::Cle, verbe: &str) -> String {
        format!("{}/{verbe}", Self::adresse(cle))
    }

    /// What the page of every act on it says first.
    fn entete(&self, visite: &Visite) -> Entete;
}

/// What the page of an act says of its object.
#[derive(Debug, Clone)]
pub struct Entete {
    /// «Ce dossier», «Cette proposition».
    pub quoi: &'static str,
    /// Above the title: which one, whose.
    pub surtitre: Option<String>,
    /// The way down to it; the first step is the entry of the navigation.
    pub ariane: Vec<Lien>,
    /// Its status line.
    pub bandeau: Option<Bandeau>,
    /// The thread of its events, when it has one.
    pub dossier_id: Option<i64>,
    /// Its version; none when it does not exist yet.
    pub version: Option<i32>,
    /// The way back, by its name.
    pub retour: Lien,
}

/// An act on an object, through a form.
pub trait Geste: Formulaire + Send + 'static {
    /// What it is done on.
    type Objet: Objet;
    /// Last part of its address.
    const VERBE: &'static str;
    /// The words of its button.
    const BOUTON: &'static str;
    /// Its name, which is the title of its page.
    const TITRE: &'static str = Self::BOUTON;
    /// What it does, said before the fields.
    const INTRO: &'static [&'static str] = &[];
    /// Whether it cannot be undone.
    const DANGER: bool = false;
    /// Whether it corrects what the object holds: when that changed meanwhile, a hint beside each field says it.
    const CORRIGE: bool = false;

    /// What the form holds before anything is typed. Its hidden fields follow the object once a refusal has said what
    /// changed.
    async fn initial(_visite: &Visite, _objet: &Self::Objet) -> Result<Saisie, WebError> {
        Ok(Saisie::default())
    }

    /// What the page says; `champs` are the fields as they were filled. Written where the object changes what is said.
    async fn presenter(
        _visite: &Visite,
        _objet: &Self::Objet,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        Ok(Self::presentation(champs))
    }

    /// What is said of the act whatever its object.
    fn presentation(champs: Champs) -> Presentation {
        Presentation {
            danger: Self::DANGER,
            apercu: Self::APERCU,
            intro: Self::INTRO.iter().map(|&p| p.to_owned()).collect(),
            ..Presentation::new(Self::TITRE, Self::BOUTON, champs)
        }
    }

    /// Where one goes once it is done: back to the object, unless it is out of reach.
    fn apres(cle: &CleDe<Self>) -> String {
        Self::Objet::adresse(cle)
    }

    /// The words of the button that shows the letter before the act is done; none where the act writes none.
    const APERCU: Option<&'static str> = None;

    /// The letter that the act would bring about; what it does to the database is undone.
    fn lettre(
        self,
        _tx: &mut WriteTx<'_>,
        _ordre: &Ordre<CleDe<Self>>,
    ) -> ActionResult<Option<(Document, Fige)>> {
        Ok(None)
    }

    /// Does it, and says that it is done in one sentence.
    fn faire(self, tx: &mut WriteTx<'_>, ordre: &Ordre<CleDe<Self>>) -> ActionResult<String>;
}

/// What names the object of an act.
pub type CleDe<G> = <<G as Geste>::Objet as Objet>::Cle;

/// Who asks for an act, on what, as it was when the page was shown.
pub struct Ordre<C> {
    /// The act under way.
    pub acte: Acte,
    /// What this person may see.
    pub scope: CpamScope,
    /// Who asks.
    pub qui: Identite,
    /// The object.
    pub cle: C,
    /// The version that the page showed; 0 for a form that does not say, which is then too old.
    pub version: i32,
}

impl<C> Ordre<C> {
    /// What was asked for by a form.
    ///
    /// # Errors
    /// Nobody is logged in.
    pub fn de(visite: &Visite, cle: C, saisie: &Saisie) -> Result<Ordre<C>, WebError> {
        let qui = visite.qui()?.clone();
        Ok(Ordre {
            acte: visite.acte()?,
            scope: qui.scope(),
            version: entre_temps::version(saisie),
            qui,
            cle,
        })
    }
}

#[derive(Template)]
#[template(path = "kit/geste.html")]
struct GestePage {
    page: Page,
    bandeau: Option<Bandeau>,
    message: Option<Message>,
    changements: Vec<String>,
    geste: Presentation,
    url: String,
    caches: Vec<Champ>,
    retour: Lien,
}

/// Answers with the page of an act, posted to `url`.
///
/// The page keeps the version and the events that the person has read; it takes those of now only where it says what
/// changed, so that nothing done meanwhile is written over unread.
///
/// # Errors
/// Out of scope, or an error that is ours.
pub async fn montrer(
    visite: &Visite,
    entete: Entete,
    url: &str,
    mut geste: Presentation,
    essai: Essai<'_>,
) -> Reponse {
    let dit = essai.dire(entete.quoi)?;
    let vu = dit
        .saisie
        .and_then(entre_temps::vu)
        .filter(|_| dit.conflit());
    let (changements, dernier) = match entete.dossier_id {
        Some(id) => entre_temps::changements(visite, id, vu).await?,
        None => (Vec::new(), 0),
    };
    let caches = match entete.version {
        Some(version) => entre_temps::reperes(version, dernier, dit.lue()).to_vec(),
        None => Vec::new(),
    };
    geste.champs = geste.champs.fautes(&dit.erreurs);
    let mut page = visite.page(geste.titre.clone()).largeur(Largeur::Lecture);
    page.surtitre = entete.surtitre;
    if let Some(premier) = entete.ariane.first() {
        page = page.rubrique(&premier.url);
    }
    for lien in entete.ariane {
        page = page.ariane(lien.libelle, lien.url);
    }
    let vue = GestePage {
        page: geste.champs.resumer(page, &dit.erreurs),
        bandeau: entete.bandeau,
        message: dit.message,
        changements,
        url: visite.garder(url),
        caches,
        retour: Lien::new(entete.retour.libelle, visite.garder(&entete.retour.url)),
        geste,
    };
    visite.rendre_avec(&vue, dit.statut)
}

/// `GET` of an act: its form, empty or with what the object holds.
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page<G: Geste>(visite: Visite, cle: Path<CleDe<G>>) -> Reponse {
    let communes = Communes::default();
    repondre::<G>(&visite, &cle, &communes, Essai::default()).await
}

/// `POST` of an act: done and back to the object, or the form again with what was typed.
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn envoyer<G: Geste>(visite: Visite, cle: Path<CleDe<G>>, saisie: Saisie) -> Reponse {
    let cle = cle.into_inner();
    let communes = Communes::lire::<G>(&visite, &saisie).await?;
    let mut essai = Essai {
        saisie: Some(&saisie),
        ..Essai::default()
    };
    if let Some(maniere) = apercu::demande::<G>(&saisie) {
        return apercu::montrer::<G>(&visite, &cle, &communes, &saisie, maniere).await;
    }
    if !communes.cherche() {
        match G::lire_avec(&saisie, &communes) {
            Err(erreurs) => essai.erreurs = erreurs,
            Ok(geste) => {
                let ordre = Ordre::de(&visite, cle.clone(), &saisie)?;
                match visite.write(move |tx| geste.faire(tx, &ordre)).await {
                    Ok(message) => {
                        return visite.rediriger_avec(&G::apres(&cle), &message);
                    }
                    Err(erreur) => essai.refus = Some(erreur),
                }
            }
        }
    }
    repondre::<G>(&visite, &cle, &communes, essai).await
}

async fn repondre<G: Geste>(
    visite: &Visite,
    cle: &CleDe<G>,
    communes: &Communes,
    essai: Essai<'_>,
) -> Reponse {
    repondre_avec::<G>(visite, cle, communes, essai, None).await
}

async fn repondre_avec<G: Geste>(
    visite: &Visite,
    cle: &CleDe<G>,
    communes: &Communes,
    essai: Essai<'_>,
    lettre: Option<Document>,
) -> Reponse {
    let objet = G::Objet::ouvrir(visite, cle).await?;
    let conflit = matches!(
        essai.refus,
        Some(ActionError::Perime | ActionError::Refus(_) | ActionError::Indisponible(_))
    );
    let initial = match essai.saisie {
        Some(_) if !conflit => Saisie::default(),
        _ => G::initial(visite, &objet).await?,
    };
    let mut champs = G::champs(essai.saisie.unwrap_or(&initial), &essai.erreurs);
    if essai.saisie.is_none() {
        champs = champs.communes(&Communes::connues::<G>(visite, &initial).await?);
    } else {
        champs = champs.communes(communes);
    }
    if conflit {
        suivi::suivre_l_objet(&mut champs, &initial);
    }
    if G::CORRIGE && matches!(essai.refus, Some(ActionError::Perime)) {
        let connues = Communes::connues::<G>(visite, &initial).await?;
        suivi::dire_le_stocke(&mut champs, &initial, &connues);
    }
    let mut presentation = G::presenter(visite, &objet, champs).await?;
    if let Some(lettre) = lettre {
        presentation.lettre = Some((LettreVue::new(lettre), LirePdf::Bouton));
    }
    let url = G::Objet::url(cle, G::VERBE);
    montrer(visite, objet.entete(visite), &url, presentation, essai).await
}

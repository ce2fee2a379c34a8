//! Writing a sentence, changing it, taking it away.

use regles::phrase::{Emploi, Marque};

use super::LISTE;
use crate::actions::ActionResult;
use crate::actions::phrase::{self as actes, Redige};
use crate::db::WriteTx;
use crate::db::phrase::{self, Phrase};
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Entete, Geste, Objet, Ordre, Presentation};
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::visite::Visite;

fn entete(version: Option<i32>, surtitre: Option<String>) -> Entete {
    Entete {
        quoi: "Cette phrase",
        surtitre,
        ariane: vec![Lien::new("Phrases de la caisse", LISTE)],
        bandeau: None,
        dossier_id: None,
        version,
        retour: Lien::new("Revenir aux phrases sans rien changer", LISTE),
    }
}

/// The marks, in a sentence.
fn marques(dites: &[Marque]) -> String {
    let dites: Vec<String> = dites
        .iter()
        .map(|m| format!("{} ({})", m.ecrite(), m.libelle()))
        .collect();
    format!(
        "Le dossier remplit ce que vous écrivez entre accolades : {}.",
        dites.join(", ")
    )
}

/// The sentences, to which one is added.
pub struct Phrases;

impl Objet for Phrases {
    type Cle = ();

    async fn ouvrir(_: &Visite, (): &()) -> Result<Phrases, WebError> {
        Ok(Phrases)
    }

    fn adresse((): &()) -> String {
        LISTE.to_owned()
    }

    fn entete(&self, _: &Visite) -> Entete {
        entete(None, None)
    }
}

/// Writing one.
#[derive(Formulaire)]
pub struct Nouveau {
    #[champ(libelle = "Où elle sert", manque = "Dites où cette phrase sert.")]
    emploi: Emploi,
    #[champ(libelle = "Nom", taille = Long, manque = "Donnez-lui un nom.", aide = "Court : c’est lui qu’on choisit.")]
    titre: String,
    #[champ(libelle = "Texte", zone = 8, manque = "Écrivez la phrase.")]
    texte: String,
}

impl Geste for Nouveau {
    type Objet = Phrases;
    const VERBE: &'static str = "nouveau";
    const TITRE: &'static str = "Écrire une phrase";
    const BOUTON: &'static str = "Enregistrer la phrase";

    async fn presenter(_: &Visite, _: &Phrases, champs: Champs) -> Result<Presentation, WebError> {
        Ok(Self::presentation(champs).intro(format!(
            "{} La pièce ne se remplit que dans le refus d’une pièce, ce qui manque que dans un message.",
            marques(Marque::TOUS)
        )))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<()>) -> ActionResult<String> {
        let redige = Redige {
            emploi: self.emploi,
            titre: self.titre,
            texte: self.texte,
        };
        actes::ecrire(tx, &o.acte, &o.scope, &redige)?;
        Ok(
            "La phrase est enregistrée : elle se choisit dès maintenant dans les formulaires."
                .to_owned(),
        )
    }
}

/// One of them.
pub struct UnePhrase(Phrase);

impl Objet for UnePhrase {
    type Cle = i64;

    async fn ouvrir(visite: &Visite, id: &i64) -> Result<UnePhrase, WebError> {
        let (caisse, id) = (visite.caisse()?, *id);
        let lue = visite.read(move |conn| phrase::lire(conn, &caisse, id));
        Ok(UnePhrase(lue.await?))
    }

    fn adresse(_: &i64) -> String {
        LISTE.to_owned()
    }

    fn url(id: &i64, verbe: &str) -> String {
        format!("{LISTE}/{id}/{verbe}")
    }

    fn entete(&self, _: &Visite) -> Entete {
        entete(
            Some(self.0.version),
            Some(self.0.emploi.libelle().to_owned()),
        )
    }
}

/// Changing one.
#[derive(Formulaire)]
pub struct Changement {
    #[champ(libelle = "Nom", taille = Long, manque = "Donnez-lui un nom.")]
    titre: String,
    #[champ(libelle = "Texte", zone = 8, manque = "Écrivez la phrase.")]
    texte: String,
}

impl Geste for Changement {
    type Objet = UnePhrase;
    const VERBE: &'static str = "changer";
    const TITRE: &'static str = "Changer la phrase";
    const BOUTON: &'static str = "Enregistrer ces changements";

    async fn initial(_: &Visite, UnePhrase(m): &UnePhrase) -> Result<Saisie, WebError> {
        Ok(Changement {
            titre: m.titre.clone(),
            texte: m.texte.clone(),
        }
        .ecrire())
    }

    async fn presenter(
        _: &Visite,
        UnePhrase(m): &UnePhrase,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        Ok(Self::presentation(champs).intro(marques(m.emploi.marques())))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<i64>) -> ActionResult<String> {
        let dit = (self.titre.as_str(), self.texte.as_str());
        actes::modifier(tx, &o.acte, &o.scope, o.cle, o.version, dit)?;
        Ok("La phrase est changée ; ce qui a déjà été écrit avec elle ne change pas.".to_owned())
    }
}

/// Taking one away.
#[derive(Formulaire)]
pub struct Suppression;

impl Geste for Suppression {
    type Objet = UnePhrase;
    const VERBE: &'static str = "supprimer";
    const BOUTON: &'static str = "Supprimer la phrase";
    const DANGER: bool = true;

    async fn presenter(
        _: &Visite,
        UnePhrase(m): &UnePhrase,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        Ok(Self::presentation(champs)
            .titre(format!("Supprimer « {} »", m.titre))
            .intro(m.texte.clone())
            .intro("Elle ne se choisira plus. Ce qui a déjà été écrit avec elle ne change pas."))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<i64>) -> ActionResult<String> {
        actes::supprimer(tx, &o.acte, &o.scope, o.cle, o.version)?;
        Ok("La phrase est supprimée.".to_owned())
    }
}

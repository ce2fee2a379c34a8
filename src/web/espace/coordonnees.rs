//! `/espace/coordonnees`, `/espace/consentement`, `/espace/renoncer`: where the person lives (PRO-6), and whether documents are
//! notified in the portal (PRO-8).

use regles::identifiants::Insee;

use crate::actions::{ActionError, ActionResult, consentement};
use crate::db::destinataire::domicile_de;
use crate::db::{WriteTx, brouillon, consentement as consentements};
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Entete, Geste, Objet, Ordre, Presentation};
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::visite::Visite;

/// The words that are accepted, kept with the consent.
const TEXTE: &str = "J’accepte de recevoir les décisions dans mon espace plutôt que par lettre recommandée. Un avis me sera envoyé à \
     l’adresse électronique de mon compte, que je tiens à jour. Un document que je n’ouvre pas dans les quinze jours est considéré \
     comme notifié le jour où il a été déposé. Je m’identifie par mon adresse et mon mot de passe ; chaque dépôt et chaque \
     ouverture est gardé au journal. Je peux y renoncer à tout moment, avec un préavis.";

/// The practitioner who is logged in.
pub struct Moi {
    kine_id: i64,
}

impl Objet for Moi {
    type Cle = ();

    async fn ouvrir(visite: &Visite, (): &()) -> Result<Moi, WebError> {
        Ok(Moi {
            kine_id: visite.kine_id()?,
        })
    }

    fn adresse((): &()) -> String {
        "/espace".to_owned()
    }

    fn entete(&self, _: &Visite) -> Entete {
        Entete {
            quoi: "Votre espace",
            surtitre: None,
            ariane: vec![
                Lien::new("Mon espace", "/espace"),
                Lien::new("Courriels et agenda", "/espace/reglages"),
            ],
            bandeau: None,
            dossier_id: None,
            version: None,
            retour: Lien::new("Revenir à mon espace sans rien changer", "/espace"),
        }
    }
}

fn kine(o: &Ordre<()>) -> ActionResult<i64> {
    o.qui
        .kine_id
        .ok_or_else(|| ActionError::Regle("a practitioner’s page without one".to_owned()))
}

/// Where the person lives.
#[derive(Formulaire)]
pub struct Domicile {
    #[champ(libelle = "Numéro et rue de votre domicile", taille = Long)]
    adresse: String,
    #[champ(libelle = "Commune de votre domicile", aide = "Nom ou code postal.")]
    commune: Insee,
}

impl Geste for Domicile {
    type Objet = Moi;
    const VERBE: &'static str = "coordonnees";
    const TITRE: &'static str = "Mes coordonnées";
    const BOUTON: &'static str = "Enregistrer mon adresse";
    const INTRO: &'static [&'static str] = &[
        "Votre adresse personnelle sert à vous écrire, et désigne le tribunal compétent si vous contestez un jour une décision. Elle n’est demandée qu’une fois ; corrigez-la ici quand elle change.",
    ];

    async fn initial(visite: &Visite, moi: &Moi) -> Result<Saisie, WebError> {
        let id = moi.kine_id;
        let connu = visite.read(move |conn| domicile_de(conn, id)).await?;
        Ok(match connu {
            None => Saisie::default(),
            Some(d) => Domicile {
                adresse: d.adresse,
                commune: d.insee.parse().map_err(WebError::interne)?,
            }
            .ecrire(),
        })
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<()>) -> ActionResult<String> {
        consentement::habiter(tx, &o.acte, kine(o)?, &self.adresse, &self.commune)?;
        let commence = !brouillon::de_compte(tx, o.qui.compte_id)?.is_empty();
        Ok(match commence {
            true => "Votre adresse personnelle est enregistrée. Reprenez ce que vous aviez commencé dans vos brouillons, ci-dessous.",
            false => "Votre adresse personnelle est enregistrée.",
        }
        .to_owned())
    }
}

/// Accepting to be notified in the portal.
#[derive(Formulaire)]
pub struct Consentement {
    #[champ(libelle = "J’ai lu et j’accepte", case)]
    accepte: bool,
}

impl Geste for Consentement {
    type Objet = Moi;
    const VERBE: &'static str = "consentement";
    const TITRE: &'static str = "Recevoir les décisions dans mon espace";
    const BOUTON: &'static str = "Enregistrer mon accord";
    const INTRO: &'static [&'static str] = &[
        TEXTE,
        "Rien ne vous y oblige : sans cet accord, les décisions vous sont envoyées par lettre recommandée.",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<()>) -> ActionResult<String> {
        if !self.accepte {
            return Err(ActionError::champ(
                Self::ACCEPTE,
                "Cochez la case pour accepter, ou revenez à votre espace sans rien changer.",
            ));
        }
        consentement::donner(tx, &o.acte, kine(o)?, TEXTE)?;
        Ok("Vous recevrez les décisions dans votre espace.".to_owned())
    }
}

/// Giving it up.
#[derive(Formulaire)]
pub struct Renonciation;

impl Geste for Renonciation {
    type Objet = Moi;
    const VERBE: &'static str = "renoncer";
    const TITRE: &'static str = "Ne plus recevoir les décisions dans mon espace";
    const BOUTON: &'static str = "Renoncer";

    async fn presenter(
        visite: &Visite,
        moi: &Moi,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let id = moi.kine_id;
        let preavis = visite
            .etat
            .reglement()
            .delai("notification.preavis", visite.aujourd_hui())
            .map_err(WebError::interne)?;
        let donne = visite
            .read(move |conn| consentements::dernier(conn, id))
            .await?;
        Ok(Self::presentation(champs).intro(match donne.filter(|c| c.retire_le.is_none()) {
            Some(c) => format!(
                "Vous avez accepté le {}. Votre renonciation prend effet {preavis} après aujourd’hui ; ensuite, les décisions vous seront envoyées par lettre recommandée.",
                regles::texte::datetime_fr(c.donne_le)
            ),
            None => "Vous n’avez pas accepté de recevoir les décisions dans votre espace.".to_owned(),
        }))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<()>) -> ActionResult<String> {
        consentement::retirer(tx, &o.acte, kine(o)?)?;
        Ok("Votre renonciation est enregistrée.".to_owned())
    }
}

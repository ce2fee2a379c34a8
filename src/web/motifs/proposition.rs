//! Proposing a ground, or the end of one: it counts once another person approves.

use chrono::NaiveDate;
use regles::derogation::{Motif, Suivi, famille};
use regles::regle::Statut;

use crate::actions::motif::{self, Ajout};
use crate::actions::{ActionError, ActionResult, parametre};
use crate::db::{DbError, WriteTx};
use crate::web::erreur::WebError;
use crate::web::kit::erreurs::cle_de;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Entete, Geste, Objet, Ordre, Presentation};
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::Choix;
use crate::web::visite::Visite;

const PROPOSEE: &str = "La proposition est enregistrée : une autre personne l’approuve.";

fn entete() -> Entete {
    Entete {
        quoi: "Ce motif",
        surtitre: None,
        ariane: vec![Lien::new("Motifs de dérogation", "/motifs")],
        bandeau: None,
        dossier_id: None,
        version: None,
        retour: Lien::new("Revenir aux motifs sans rien changer", "/motifs"),
    }
}

/// The grounds, to which one is added.
pub struct Motifs;

impl Objet for Motifs {
    type Cle = ();

    async fn ouvrir(_: &Visite, (): &()) -> Result<Motifs, WebError> {
        Ok(Motifs)
    }

    fn adresse((): &()) -> String {
        "/motifs".to_owned()
    }

    fn entete(&self, _: &Visite) -> Entete {
        entete()
    }
}

/// Proposing a ground.
#[derive(Formulaire)]
pub struct Nouveau {
    #[champ(cache)]
    cle: String,
    #[champ(libelle = "Famille", radios, choix = familles, manque = "Choisissez la famille du motif.")]
    famille: String,
    #[champ(
        libelle = "Code",
        aide = "La lettre de la famille, un tiret, des capitales : par exemple B-GERIATRIE."
    )]
    code: String,
    #[champ(libelle = "Libellé", taille = Long, aide = "Ce que la personne lira en choisissant son motif.")]
    libelle: String,
    #[champ(libelle = "Pièces à joindre", taille = Long)]
    pieces: String,
    #[champ(libelle = "Ce que la personne doit préciser", taille = Long)]
    precision: Option<String>,
    #[champ(
        libelle = "Suivi par une réduction d’activité",
        case,
        aide = "Le conventionnement accordé est suivi : deux échéances, leur fin, leur renouvellement."
    )]
    suivi: bool,
    #[champ(libelle = "Source", taille = Long, aide = "Texte, instruction ou décision, avec sa date.")]
    source: String,
    #[champ(libelle = "Statut de la source", radios, choix = statuts, manque = STATUT)]
    statut: String,
    #[champ(libelle = "Premier jour")]
    du: NaiveDate,
    #[champ(
        libelle = "Pourquoi l’ajouter",
        zone = 3,
        aide = "Pour la personne qui approuve. Gardé dans l’historique."
    )]
    raison: String,
}

const STATUT: &str = "Choisissez le statut de la source.";

fn familles() -> Vec<Choix> {
    ["A", "B", "C"]
        .map(|f| Choix::new(f, format!("{f}, {}", famille(f).to_lowercase())))
        .into()
}

fn statuts() -> Vec<Choix> {
    [Statut::S, Statut::E, Statut::L, Statut::D]
        .map(|s| Choix::new(s.as_str(), format!("{}, {}", s.as_str(), s.libelle())))
        .into()
}

impl Geste for Nouveau {
    type Objet = Motifs;
    const VERBE: &'static str = "nouveau";
    const TITRE: &'static str = "Proposer un motif de dérogation";
    const BOUTON: &'static str = "Proposer ce motif";
    const INTRO: &'static [&'static str] = &[
        "Le motif pourra être invoqué à partir de sa date, une fois approuvé par une autre personne. Un code ne sert qu’une fois.",
    ];

    async fn initial(_: &Visite, _: &Motifs) -> Result<Saisie, WebError> {
        Ok(Saisie::de([(Self::CLE, crate::secret::jeton().as_str())]))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<()>) -> ActionResult<String> {
        let statut = parametre::statut(&self.statut)
            .map_err(|_| ActionError::champ(Self::STATUT, STATUT))?;
        let ajout = Ajout {
            motif: Motif {
                code: self.code,
                famille: self.famille,
                libelle: self.libelle,
                pieces: self.pieces,
                precision: self.precision,
                sante: false,
                suivi: self.suivi.then_some(Suivi::Reduction),
                statut,
                du: self.du,
                au: None,
                source: self.source,
            },
            raison: self.raison,
        };
        motif::proposer_ajout(tx, &o.acte, &ajout, &cle_de(&self.cle))?;
        Ok(PROPOSEE.to_owned())
    }
}

/// A ground in force, that one puts an end to.
pub struct EnVigueur(Motif);

impl Objet for EnVigueur {
    type Cle = String;

    async fn ouvrir(visite: &Visite, code: &String) -> Result<EnVigueur, WebError> {
        let code = code.clone();
        visite
            .read(move |conn| {
                let connu = motif::par_code(conn, &code)?;
                Ok::<_, ActionError>(EnVigueur(connu.ok_or(DbError::Introuvable)?))
            })
            .await
    }

    fn adresse(_: &String) -> String {
        "/motifs".to_owned()
    }

    fn url(code: &String, verbe: &str) -> String {
        format!("/motifs/{code}/{verbe}")
    }

    fn entete(&self, _: &Visite) -> Entete {
        entete()
    }
}

/// Proposing the end of a ground.
#[derive(Formulaire)]
pub struct Fin {
    #[champ(cache)]
    cle: String,
    #[champ(libelle = "Dernier jour")]
    au: NaiveDate,
    #[champ(
        libelle = "Pourquoi y mettre fin",
        zone = 3,
        aide = "Pour la personne qui approuve. Gardé dans l’historique."
    )]
    raison: String,
}

impl Geste for Fin {
    type Objet = EnVigueur;
    const VERBE: &'static str = "fermer";
    const BOUTON: &'static str = "Proposer la fin de ce motif";
    const DANGER: bool = true;

    async fn initial(_: &Visite, _: &EnVigueur) -> Result<Saisie, WebError> {
        Ok(Saisie::de([(Self::CLE, crate::secret::jeton().as_str())]))
    }

    async fn presenter(
        _: &Visite,
        EnVigueur(m): &EnVigueur,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        Ok(Self::presentation(champs)
            .titre(format!("Mettre fin au motif {}", m.code))
            .intro(format!("{}.", m.libelle))
            .intro("Après cette date, aucune demande ne peut plus l’invoquer. Celles qui l’ont invoqué le gardent. Une autre personne approuve."))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let cle = cle_de(&self.cle);
        motif::proposer_fin(tx, &o.acte, &o.cle, self.au, &self.raison, &cle)?;
        Ok(PROPOSEE.to_owned())
    }
}

//! Finding a file complete, asking for documents, recording an opinion, closing it.

use chrono::NaiveDate;

use super::objet::{Dossier, adresse};
use crate::actions::instruction::{self, AvisRendu, PieceAttendue};
use crate::actions::{ActionResult, commission};
use crate::db::WriteTx;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Geste, Ordre, Presentation};
use crate::web::liste_pieces;
use crate::web::saisie::Saisie;
use crate::web::ui::{Choix, Message};
use crate::web::visite::Visite;
use regles::conventionnement::AvisCpd;
use regles::dates_fr;
use regles::liste_pieces::{Ligne, Manques};
use regles::piece::NaturePiece;
use regles::texte;

/// Finding a file complete.
#[derive(Formulaire)]
pub struct Completer {
    #[champ(libelle = "Pourquoi poursuivre sans les pièces utiles qui manquent", zone = 3,
            exigence = Si("à remplir s’il en manque une"), aide = "Votre raison est gardée dans l’historique.")]
    sans: String,
}

impl Geste for Completer {
    type Objet = Dossier;
    const VERBE: &'static str = "completer";
    const BOUTON: &'static str = "Déclarer le dossier complet";
    const INTRO: &'static [&'static str] = &["Nous le lui écrivons."];

    async fn presenter(
        visite: &Visite,
        dossier: &Dossier,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let lu = super::pieces::lire(visite, &dossier.complet.demande.numero).await?;
        let (utiles, non_examinees) = (
            utiles_manquantes(&lu.lignes),
            liste_pieces::non_examinees(&lu.pieces),
        );
        let mut presentation = Self::presentation(match &utiles {
            Some(_) => champs,
            None => champs.sans(Self::SANS),
        });
        if let Some(phrase) = non_examinees {
            presentation = presentation.avertir(Message::attention(phrase).lien(
                "Examiner les pièces",
                visite.garder(&adresse(&dossier.complet.demande.numero, "pieces")),
            ));
        }
        Ok(match utiles {
            Some(phrase) => presentation.intro(phrase),
            None => presentation,
        })
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        instruction::completer(tx, &o.acte, &o.scope, &o.cle, o.version, &self.sans)?;
        Ok("Le dossier est complet. Nous le lui écrivons.".to_owned())
    }
}

/// Taking back «complet», said by mistake.
#[derive(Formulaire)]
pub struct AnnulerComplet {
    #[champ(
        libelle = "Pourquoi le dossier n’est pas complet",
        zone = 3,
        aide = "La personne lit cette raison."
    )]
    raison: String,
}

impl Geste for AnnulerComplet {
    type Objet = Dossier;
    const VERBE: &'static str = "annuler-complet";
    const TITRE: &'static str = "Annuler « complet »";
    const BOUTON: &'static str = "Annuler la déclaration de dossier complet";
    const INTRO: &'static [&'static str] = &[
        "Nous lui avons écrit que son dossier était complet : nous lui écrivons que c’était une erreur, et pourquoi.",
        "Le délai de réponse continue de courir : il s’arrête quand vous demandez des pièces.",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        instruction::annuler_complet(tx, &o.acte, &o.scope, &o.cle, o.version, &self.raison)?;
        Ok("Le dossier n’est plus déclaré complet. Nous le lui écrivons.".to_owned())
    }
}

/// What is useful and lacks, in a sentence; none when nothing does.
pub(in crate::web) fn utiles_manquantes(lignes: &[Ligne]) -> Option<String> {
    let manquent: Vec<String> = Manques::de(lignes)
        .utiles
        .iter()
        .map(|n| format!("« {} »", n.libelle()))
        .collect();
    (!manquent.is_empty()).then(|| {
        format!(
            "Il manque ce qui serait utile, sans être indispensable : {}.",
            manquent.join(", ")
        )
    })
}

/// Asking for documents, four at most at once.
#[derive(Formulaire)]
pub struct DemandePieces {
    #[champ(libelle = "Pièce 1", liste, choix = natures, taille = Long, exigence = Requis)]
    pieces: Option<NaturePiece>,
    #[champ(libelle = "Ce qui est attendu de la pièce 1", taille = Long)]
    precision_1: Option<String>,
    #[champ(libelle = "Pièce 2", liste, choix = natures, taille = Long)]
    piece_2: Option<NaturePiece>,
    #[champ(libelle = "Ce qui est attendu de la pièce 2", taille = Long)]
    precision_2: Option<String>,
    #[champ(libelle = "Pièce 3", liste, choix = natures, taille = Long)]
    piece_3: Option<NaturePiece>,
    #[champ(libelle = "Ce qui est attendu de la pièce 3", taille = Long)]
    precision_3: Option<String>,
    #[champ(libelle = "Pièce 4", liste, choix = natures, taille = Long)]
    piece_4: Option<NaturePiece>,
    #[champ(libelle = "Ce qui est attendu de la pièce 4", taille = Long)]
    precision_4: Option<String>,
}

fn natures() -> Vec<Choix> {
    let natures = NaturePiece::TOUS
        .iter()
        .filter(|n| !n.tenue_par_la_caisse() && **n != NaturePiece::MandatEcrit);
    std::iter::once(Choix::new("", "Choisir une pièce"))
        .chain(natures.map(|n| Choix::new(n.as_str(), n.libelle())))
        .collect()
}

impl DemandePieces {
    fn attendues(self) -> Vec<PieceAttendue> {
        [
            (self.pieces, self.precision_1),
            (self.piece_2, self.precision_2),
            (self.piece_3, self.precision_3),
            (self.piece_4, self.precision_4),
        ]
        .into_iter()
        .filter_map(|(nature, precision)| {
            Some(PieceAttendue {
                nature: nature?,
                precision,
            })
        })
        .collect()
    }

    /// What was refused, with its reason, then what the case calls for and nobody sent.
    fn proposee(lignes: &[Ligne]) -> DemandePieces {
        let refusees = lignes.iter().filter(|l| l.motif.is_some());
        let manquantes = lignes
            .iter()
            .filter(|l| l.manque() && !l.nature.tenue_par_la_caisse());
        let mut suite = refusees
            .chain(manquantes)
            .map(|l| (Some(l.nature), l.motif.clone()));
        let mut suivante = || suite.next().unwrap_or_default();
        let (pieces, precision_1) = suivante();
        let (piece_2, precision_2) = suivante();
        let (piece_3, precision_3) = suivante();
        let (piece_4, precision_4) = suivante();
        DemandePieces {
            pieces,
            precision_1,
            piece_2,
            precision_2,
            piece_3,
            precision_3,
            piece_4,
            precision_4,
        }
    }
}

impl Geste for DemandePieces {
    type Objet = Dossier;
    const VERBE: &'static str = "demander-pieces";
    const TITRE: &'static str = "Demander des pièces";
    const BOUTON: &'static str = "Demander ces pièces";
    const INTRO: &'static [&'static str] = &[
        "La personne reçoit la liste par courriel, avec la date limite. Si l’une d’elles est indispensable, le délai de réponse \
                    est suspendu jusqu’à l’arrivée des pièces ou jusqu’à cette date ; une pièce utile ne le suspend pas.",
        "Une copie suffit toujours. Ce que la caisse obtient par elle-même (RPPS, Ordre, actes remboursés) ne se demande pas.",
        "Ce que ce dossier appelle et qui manque, ou que vous avez refusé, est déjà proposé : ôtez ce que vous ne demandez pas.",
    ];

    async fn initial(visite: &Visite, dossier: &Dossier) -> Result<Saisie, WebError> {
        let lu = super::pieces::lire(visite, &dossier.complet.demande.numero).await?;
        Ok(DemandePieces::proposee(&lu.lignes).ecrire())
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let attendues = self.attendues();
        let suspend =
            instruction::demander_pieces(tx, &o.acte, &o.scope, &o.cle, o.version, &attendues)?;
        Ok(match suspend {
            true => "Les pièces sont demandées. Le délai de réponse est suspendu.",
            false => "Les pièces sont demandées. Aucune n’est indispensable : le délai de réponse court toujours.",
        }
        .to_owned())
    }
}

/// Putting a complete file to the commission.
#[derive(Formulaire)]
pub struct Saisine {
    #[champ(
        libelle = "Commission saisie le",
        manque = "Indiquez le jour où la commission a été saisie."
    )]
    le: NaiveDate,
}

impl Geste for Saisine {
    type Objet = Dossier;
    const VERBE: &'static str = "saisir";
    const TITRE: &'static str = "Saisir la commission paritaire";
    const BOUTON: &'static str = "Saisir la commission";
    const INTRO: &'static [&'static str] = &[
        "Le délai de l’avis court à partir de ce jour. Nous écrivons à la personne quand l’avis est attendu, jusqu’à quand demander à être entendue, et vers quand la décision est prévue.",
    ];

    async fn initial(visite: &Visite, _: &Dossier) -> Result<Saisie, WebError> {
        Ok(Saisie::de([(
            "le",
            dates_fr::courte(visite.aujourd_hui()).as_str(),
        )]))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let avis = commission::saisir(tx, &o.acte, &o.scope, &o.cle, o.version, self.le)?;
        Ok(saisie(avis))
    }
}

/// What is said once the commission is seized; `avis`: last day of its opinion.
pub(in crate::web) fn saisie(avis: NaiveDate) -> String {
    format!(
        "La commission est saisie : son avis est attendu {}.",
        texte::au_plus_tard(avis)
    )
}

/// Recording the opinion of the commission.
#[derive(Formulaire)]
pub struct Avis {
    #[champ(libelle = "Avis rendu", choix = avis, manque = "Choisissez l’avis rendu.")]
    avis: AvisCpd,
    #[champ(libelle = "Jour de l’avis", exigence = Facultatif, aide = "Celui de la réunion ; laissez vide s’il est d’aujourd’hui. La lettre le dit.")]
    le: Option<NaiveDate>,
    #[champ(libelle = "Ce que la commission a estimé", zone = 2, exigence = Facultatif,
            aide = "En une phrase, sans nom ni vote : la lettre le reprend, surtout si la décision s’écarte de l’avis.")]
    motif: String,
    #[champ(libelle = "La personne a été entendue", exigence = Requis, manque = "Dites si la personne a été entendue.")]
    entendue: Option<bool>,
    #[champ(libelle = "Pourquoi elle ne l’a pas été", zone = 2, exigence = Si("à remplir si elle l’avait demandé"))]
    raison: Option<String>,
}

fn avis() -> Vec<Choix> {
    let avis = AvisCpd::TOUS.iter();
    avis.map(|a| Choix::new(a.as_str(), texte::majuscule_initiale(a.libelle())))
        .collect()
}

impl Geste for Avis {
    type Objet = Dossier;
    const VERBE: &'static str = "avis";
    const TITRE: &'static str = "Enregistrer l’avis de la commission";
    const BOUTON: &'static str = "Enregistrer l’avis";
    const INTRO: &'static [&'static str] =
        &["L’avis de la commission paritaire est consultatif ; s’en écarter se motive."];

    async fn presenter(
        _: &Visite,
        dossier: &Dossier,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        Ok(match super::audition::dite(&dossier.complet.demande) {
            Some(phrase) => Self::presentation(champs).intro(phrase),
            None => Self::presentation(champs.sans(Self::ENTENDUE).sans(Self::RAISON)),
        })
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let rendu = AvisRendu {
            avis: self.avis,
            le: self.le,
            motif: self.motif,
            entendue: self.entendue,
            raison: self.raison.unwrap_or_default(),
        };
        instruction::noter_avis(tx, &o.acte, &o.scope, &o.cle, o.version, &rendu)?;
        Ok("L’avis est enregistré.".to_owned())
    }
}

/// Closing a request whose documents never came.
#[derive(Formulaire)]
pub struct Classer;

impl Geste for Classer {
    type Objet = Dossier;
    const VERBE: &'static str = "classer";
    const TITRE: &'static str = "Classer la demande sans suite";
    const BOUTON: &'static str = "Classer sans suite";
    const INTRO: &'static [&'static str] = &[
        "La demande est close : les pièces demandées ne sont pas arrivées dans le délai. La personne le lit \
         dans une lettre, et peut déposer une nouvelle demande à tout moment.",
    ];
    const DANGER: bool = true;

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        instruction::classer_sans_suite(tx, &o.acte, &o.scope, &o.cle, o.version)?;
        Ok("La demande est classée sans suite.".to_owned())
    }
}

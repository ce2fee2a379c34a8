//! What the applicant typed of a project: read, kept from step to step, turned into what is filed.

use regles::dates_fr;
use regles::demande::NatureDemande;
use regles::derogation::{Motif, Suivi};
use regles::designation::EtatDesignation;
use regles::grand_livre::EtatPlace;
use regles::identifiants::{Insee, Rpps};
use regles::reduction::Reduction;

use crate::actions::demande::{Conditions, Fondement, Projet};
use crate::actions::motif;
use crate::db::designation::{self, DesignationComplete};
use crate::db::{DbError, DbResult, kine};
use crate::web::alternatives::Alternatives;
use crate::web::erreur::WebError;
use crate::web::kit::commune::{self, ChoixCommune};
use crate::web::kit::erreurs::{Erreurs, entier, obligatoire, oui_non};
use crate::web::saisie::Saisie;
use crate::web::visite::Visite;

/// The fields of a project, in the order of the form; carried hidden from step to step.
pub(super) const CHAMPS: &[&str] = &[
    "nature",
    "designation",
    "motif",
    "expose",
    "etabli_rpps",
    "baisse",
    "debut",
    "duree_mois",
    "commune",
    "adresse",
    "deja_conventionne_zone",
    "entree_formation",
    "heures_etablissement",
    "heures_clinicat",
    "engagement_zone",
];

/// What the form offers to this applicant on this day.
pub(super) struct Offre {
    /// The kind of request.
    pub nature: NatureDemande,
    /// The accepted designations whose place is open.
    pub designations: Vec<DesignationComplete>,
    /// The grounds in force.
    pub motifs: Vec<Motif>,
    /// What the questions about the alternative conditions quote.
    pub alternatives: Alternatives,
}

/// What the form offers.
///
/// # Errors
/// The database does not answer, or no parameter is in force.
pub(super) async fn offre(visite: &Visite, nature: NatureDemande) -> Result<Offre, WebError> {
    let jour = visite.aujourd_hui();
    Ok(Offre {
        nature,
        designations: match nature {
            NatureDemande::Succession => designations(visite).await?,
            _ => Vec::new(),
        },
        motifs: match nature {
            NatureDemande::Derogation => {
                visite
                    .read(move |conn| motif::en_vigueur(conn, jour))
                    .await?
            }
            _ => Vec::new(),
        },
        alternatives: Alternatives::du_jour(visite)?,
    })
}

impl Offre {
    /// Whether this ground rests on the reduction of activity of a colleague (DER-4).
    pub(super) fn suit_une_reduction(&self, code: &str) -> bool {
        self.motifs
            .iter()
            .any(|m| m.code == code && m.suivi == Some(Suivi::Reduction))
    }
}

/// The accepted designations of the visitor whose place is open.
pub(super) async fn designations(visite: &Visite) -> Result<Vec<DesignationComplete>, WebError> {
    let kine_id = visite.kine_id()?;
    let toutes = visite
        .read(move |conn| -> DbResult<_> {
            let moi = kine::par_id(conn, kine_id)?.ok_or(DbError::Introuvable)?;
            designation::pour_rpps(conn, &moi.rpps)
        })
        .await?;
    Ok(toutes
        .into_iter()
        .filter(|d| {
            d.designation.etat == EtatDesignation::Acceptee && d.place_etat == EtatPlace::Ouverte
        })
        .collect())
}

/// Reads the whole project. Everything wrong is noted; nothing is lost.
pub(super) async fn lire(
    visite: &Visite,
    saisie: &Saisie,
    offre: &Offre,
    erreurs: &mut Erreurs,
) -> Result<(ChoixCommune, Option<Projet>), WebError> {
    let reduction = if offre.suit_une_reduction(saisie.texte("motif")) {
        reduction(saisie, erreurs)
    } else {
        None
    };
    let fondement = fondement(saisie, offre.nature, reduction, erreurs);
    let choix = commune::lire(visite, saisie, erreurs).await?;
    let insee = choix
        .choisie
        .as_ref()
        .map(|c| c.insee.parse::<Insee>())
        .transpose()
        .map_err(WebError::interne)?;
    let kine_id = visite.kine_id()?;
    let projet = assembler(saisie, kine_id, fondement, insee, erreurs);
    Ok((choix, projet))
}

/// The project as the third step sends it, with the code of its commune: whether the commune and the ground exist is
/// for who files it to find. None when something is missing, or was searched by its name.
pub(super) fn tel_quel(saisie: &Saisie, nature: NatureDemande, kine_id: i64) -> Option<Projet> {
    let Ok(insee) = saisie.texte("commune").parse::<Insee>() else {
        return None;
    };
    if !saisie.texte("commune_recherche").is_empty() {
        return None;
    }
    let mut erreurs = Erreurs::default();
    // What is wrong with a reduction counts only if the ground rests on one.
    let reduction = reduction(saisie, &mut Erreurs::default());
    let fondement = fondement(saisie, nature, reduction, &mut erreurs);
    assembler(saisie, kine_id, fondement, Some(insee), &mut erreurs)
}

fn assembler(
    saisie: &Saisie,
    kine_id: i64,
    fondement: Option<Fondement>,
    insee: Option<Insee>,
    erreurs: &mut Erreurs,
) -> Option<Projet> {
    let adresse = obligatoire(
        saisie,
        "adresse",
        "Indiquez l’adresse où vous voulez exercer.",
        erreurs,
    );
    let conditions = Conditions {
        deja_conventionne_zone: oui_non(saisie, "deja_conventionne_zone"),
        entree_formation: entier(saisie, "entree_formation", erreurs),
        heures_etablissement: entier(saisie, "heures_etablissement", erreurs),
        heures_clinicat: entier(saisie, "heures_clinicat", erreurs),
        engagement_zone: oui_non(saisie, "engagement_zone"),
    };
    if conditions.deja_conventionne_zone.is_none() {
        erreurs.noter(
            "deja_conventionne_zone",
            "Indiquez si vous êtes déjà conventionné dans cette zone.",
        );
    }
    if saisie.texte("entree_formation").is_empty() {
        erreurs.noter(
            "entree_formation",
            "Indiquez l’année où vous êtes entré en formation de masso-kinésithérapie.",
        );
    }
    if erreurs.presentes() {
        return None;
    }
    Some(Projet {
        kine_id,
        fondement: fondement?,
        insee: insee?,
        adresse,
        conditions,
    })
}

fn fondement(
    saisie: &Saisie,
    nature: NatureDemande,
    reduction: Option<Reduction>,
    erreurs: &mut Erreurs,
) -> Option<Fondement> {
    match nature {
        NatureDemande::Succession => match saisie.texte("designation").parse() {
            Ok(designation_id) => Some(Fondement::Succession { designation_id }),
            Err(_) => {
                erreurs.noter("designation", "Choisissez le confrère à qui vous succédez.");
                None
            }
        },
        NatureDemande::Derogation => Some(Fondement::Derogation {
            motif: obligatoire(
                saisie,
                "motif",
                "Choisissez le motif de dérogation que vous invoquez.",
                erreurs,
            ),
            expose: obligatoire(
                saisie,
                "expose",
                "Exposez votre situation : c’est sur ces éléments que la commission rend son avis.",
                erreurs,
            ),
            reduction,
        }),
        NatureDemande::HorsRegulation => Some(Fondement::HorsRegulation),
    }
}

/// DER-4: the reduction of activity of the established colleague.
fn reduction(saisie: &Saisie, erreurs: &mut Erreurs) -> Option<Reduction> {
    let rpps = obligatoire(
        saisie,
        "etabli_rpps",
        "Indiquez le RPPS du confrère établi qui réduit son activité.",
        erreurs,
    );
    let rpps = match rpps.parse::<Rpps>() {
        Ok(rpps) => Some(rpps.as_str().to_owned()),
        Err(e) => {
            erreurs.noter("etabli_rpps", e.to_string());
            None
        }
    };
    let baisse = entier(saisie, "baisse", erreurs);
    if baisse.is_none() {
        erreurs.noter(
            "baisse",
            "Indiquez de combien son activité baisse, en pour cent des deux années précédentes.",
        );
    }
    let debut = match dates_fr::lire(saisie.texte("debut")) {
        Ok(debut) => Some(debut),
        Err(_) if saisie.texte("debut").is_empty() => {
            erreurs.noter("debut", "Indiquez le début de la réduction d’activité.");
            None
        }
        Err(e) => {
            erreurs.noter("debut", e.to_string());
            None
        }
    };
    let duree = entier(saisie, "duree_mois", erreurs).and_then(|n| u32::try_from(n).ok());
    if duree.is_none() {
        erreurs.noter("duree_mois", "Indiquez la durée de la réduction, en mois.");
    }
    Some(Reduction {
        rpps: rpps?,
        baisse: baisse?,
        debut: debut?,
        duree_mois: duree?,
    })
}

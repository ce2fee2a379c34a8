//! What the form of a request offers to this applicant on this day.

use regles::demande::NatureDemande;
use regles::derogation::{Motif, Suivi};
use regles::grand_livre::EtatPlace;

use super::guichet::Guichet;
use super::papier;
use crate::actions::demande::succession::ouvre;
use crate::actions::motif;
use crate::db::designation::{self, DesignationComplete};
use crate::db::destinataire::domicile_de;
use crate::db::{DbError, DbResult, kine};
use crate::web::alternatives::Alternatives;
use crate::web::erreur::WebError;
use crate::web::saisie::Saisie;
use crate::web::ui::Message;
use crate::web::visite::Visite;

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
    /// PRO-6: that where the person lives is to be said before sending; none once it is.
    pub sans_domicile: Option<Message>,
}

/// PRO-6: asks from the first step on where the person lives, which names the court; none when it is known, and of a paper,
/// which says it.
///
/// # Errors
/// The database does not answer.
pub(super) async fn sans_domicile(
    visite: &Visite,
    guichet: &Guichet,
) -> Result<Option<Message>, WebError> {
    let Guichet::Espace { kine_id } = *guichet else {
        return Ok(None);
    };
    let connu = visite
        .read(move |conn| domicile_de(conn, kine_id))
        .await?
        .is_some();
    Ok((!connu).then(|| {
        Message::attention(
            "Votre adresse personnelle sera nécessaire pour envoyer votre demande : elle désigne le tribunal compétent si vous contestez un jour une décision. Ce que vous avez enregistré de votre demande vous attendra dans vos brouillons.",
        )
        .lien("Indiquer mon adresse personnelle", "/espace/coordonnees")
    }))
}

/// What the form offers.
///
/// # Errors
/// The database does not answer, or no parameter is in force.
pub(super) async fn offre(
    visite: &Visite,
    guichet: &Guichet,
    nature: NatureDemande,
    saisie: &Saisie,
) -> Result<Offre, WebError> {
    let jour = visite.aujourd_hui();
    Ok(Offre {
        nature,
        designations: match nature {
            NatureDemande::Succession => designations(visite, guichet, saisie).await?,
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
        sans_domicile: sans_domicile(visite, guichet).await?,
    })
}

impl Offre {
    /// The ground of a code, if it is in force.
    pub(super) fn motif(&self, code: &str) -> Option<&Motif> {
        self.motifs.iter().find(|m| m.code == code)
    }

    /// Whether this ground rests on the reduction of activity of a colleague (DER-4).
    pub(super) fn suit_une_reduction(&self, code: &str) -> bool {
        self.motifs
            .iter()
            .any(|m| m.code == code && m.suivi == Some(Suivi::Reduction))
    }
}

/// The designations of who asks that open a succession, and whose place is open.
pub(super) async fn designations(
    visite: &Visite,
    guichet: &Guichet,
    saisie: &Saisie,
) -> Result<Vec<DesignationComplete>, WebError> {
    let sur_papier = matches!(guichet, Guichet::Caisse { .. });
    let (guichet, tape) = (guichet.clone(), papier::rpps(saisie));
    let toutes = visite
        .read(move |conn| -> DbResult<_> {
            let rpps = match guichet {
                Guichet::Espace { kine_id } => {
                    let moi = kine::par_id(conn, kine_id)?.ok_or(DbError::Introuvable)?;
                    moi.rpps
                }
                Guichet::Caisse { .. } => match tape {
                    Some(rpps) => rpps.to_string(),
                    None => return Ok(Vec::new()),
                },
            };
            designation::pour_rpps(conn, &rpps)
        })
        .await?;
    Ok(toutes
        .into_iter()
        .filter(|d| ouvre(d.designation.etat, sur_papier) && d.place_etat == EtatPlace::Ouverte)
        .collect())
}

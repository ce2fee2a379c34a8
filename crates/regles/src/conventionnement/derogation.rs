//! DER-1, DER-3, PRO-4, PRO-5: a derogation invoked by a request, on the opinion of the CPD.

use chrono::NaiveDate;
use serde_json::json;

use super::{
    AvisCpd, ConclusionConventionnement, DerogationInvoquee, ResultatConventionnement,
    ValeursConventionnement, fin, incomplet,
};
use crate::conclusion::Conclusion;
use crate::parametre::{Parametre, ValeurParametre};
use crate::regle::{Constat, Explication, RegleError, date_inconnue};
use crate::reglement::{Reglement, ReglementError};

/// DER-1, DER-3, PRO-5: a derogation, on the opinion of the CPD.
pub(super) fn evaluer(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    invoquee: Option<&DerogationInvoquee>,
    mut explication: Explication,
) -> Result<ConclusionConventionnement, RegleError> {
    use ResultatConventionnement as R;
    let der_1 = reglement.citation_si("DER-1", date)?;
    let Some(invoquee) = invoquee else {
        explication.ajouter(der_1.etape(
            "Une dérogation est invoquée",
            Constat::NonRempli,
            "derogation",
            json!(null),
            "famille A, B ou C",
        ));
        return Ok(fin(R::NonAccordable, explication));
    };
    explication.ajouter(der_1.etape(
        "Une dérogation est invoquée",
        Constat::de(invoquee.famille.map(|_| true)),
        "derogation.famille",
        json!(invoquee.famille),
        "famille A, B ou C",
    ));
    let (Some(exigence), Some(ecart), Some(partage_est_un_avis)) = (
        reglement.parametre_si("derogation.avis_cpd", date)?,
        reglement.parametre_si(cle_de_l_ecart(reglement), date)?,
        partage_est_un_avis(reglement, date)?,
    ) else {
        explication.ajouter(date_inconnue(reglement.citation_si("DER-1", date)?));
        return Ok(incomplet(vec!["date".into()], explication));
    };
    let avis = invoquee.avis_cpd.filter(|a| match a {
        AvisCpd::Ajourne => false,
        AvisCpd::Partage => partage_est_un_avis,
        AvisCpd::Favorable | AvisCpd::Defavorable | AvisCpd::ReputeRendu => true,
    });
    explication.ajouter(exigence.citation().etape(
        "La CPD a rendu son avis, ou il est réputé rendu",
        Constat::de(avis.map(|_| true)),
        "derogation.avis_cpd",
        json!(invoquee.avis_cpd),
        if partage_est_un_avis {
            "favorable, defavorable, partage ou repute_rendu"
        } else {
            "favorable, defavorable ou repute_rendu"
        },
    ));
    if avis.is_none() && exigence.texte()? == "obligatoire" {
        return Ok(incomplet(vec!["derogation.avis_cpd".into()], explication));
    }
    let defavorable = avis == Some(AvisCpd::Defavorable);
    let motiver = defavorable && est_a_motiver(ecart)?;
    explication.ajouter(ecart.citation().etape(
        "Un accord suit l’avis de la CPD ; sinon l’écart doit être motivé",
        Constat::de(Some(!defavorable)),
        "derogation.avis_cpd",
        json!(invoquee.avis_cpd),
        "autre que defavorable",
    ));
    Ok(Conclusion {
        valeurs: ValeursConventionnement {
            motiver_ecart: Some(motiver),
        },
        ..fin(R::AccordableDerogation, explication)
    })
}

/// PRO-5: the key that says what a departure from the opinion asks for; another one in the first edition.
fn cle_de_l_ecart(reglement: &Reglement) -> &'static str {
    if reglement.premiere_edition() {
        "decision.motiver_ecart_avis"
    } else {
        "decision.ecart_avis"
    }
}

/// PRO-5: whether departing from the opinion must be reasoned. It must when the national commission is asked too:
/// a derogation granted states its reasons in any case (CRPA L211-3).
fn est_a_motiver(ecart: &Parametre) -> Result<bool, ReglementError> {
    match ecart.valeur {
        ValeurParametre::OuiNon(_) => ecart.oui(),
        _ => ecart.texte().map(|_| true),
    }
}

/// PRO-4: whether a first tie is an opinion, or an adjournment until the second vote; it was one in the first edition.
/// `None` when that depends on an unknown date.
fn partage_est_un_avis(
    reglement: &Reglement,
    date: Option<NaiveDate>,
) -> Result<Option<bool>, ReglementError> {
    if reglement.premiere_edition() {
        return Ok(Some(true));
    }
    let premier = reglement.parametre_si("cpd.premier_partage", date)?;
    premier.map(|p| p.texte().map(|t| t == "avis")).transpose()
}

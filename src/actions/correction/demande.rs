//! Corrections on a request: who the applicant is, where she wants to practise, what she said of the general conditions.

use courriers::changement::Corrige;
use regles::correction::{Correction, Donnee, Ecart, ecarts};
use regles::demande::{EtatDemande, NatureDemande};
use regles::evenement::Fait;
use regles::identifiants::Insee;
use regles::texte;
use regles::zonage::Categorie;

use super::super::courriel::Destinataire;
use super::super::demande::{Conditions, conditions};
use super::super::depart::declaration::lieu;
use super::super::dossier::{objet, obligatoire, ouvrir};
use super::super::evaluation::evaluer_demande;
use super::{
    Acte, ActionError, ActionResult, Avis, Faite, Personne, Versions, borne, dire, motif,
    quelque_chose,
};
use crate::clock::jour_a_paris;
use crate::db::demande::{self, Demande, DemandeComplete};
use crate::db::demande_etat::{self, CorrectionDemande, CorrectionPropre};
use crate::db::zonage::{self, ZoneError};
use crate::db::{AnyConn, CpamScope, DbError, WriteTx};

/// What a request declares, as it should read.
#[derive(Debug, Clone)]
pub struct Declare {
    /// Who asks.
    pub personne: Personne,
    /// Commune of practice.
    pub insee: Insee,
    /// Address of practice.
    pub adresse: String,
    /// The general conditions (ALT, REG-10).
    pub conditions: Conditions,
}

/// Corrects a request. Who the person is can be corrected at any time; what the request says, until a decision is proposed:
/// the decision rests on it. The rules are applied again where they look at what changed.
///
/// # Errors
/// A wrong field, a refusal in words, [`ActionError::Perime`] when the file or the person changed meanwhile.
pub fn corriger_demande(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    versions: Versions,
    declare: &Declare,
    raison: &str,
) -> ActionResult<Faite> {
    let dossier = ouvrir(tx, scope, numero, versions.dossier)?;
    if dossier.kine.version != versions.kine {
        return Err(ActionError::Perime);
    }
    let d = &dossier.demande;
    declare.personne.verifier()?;
    obligatoire(
        "adresse",
        &declare.adresse,
        "Indiquez l’adresse d’exercice.",
    )?;
    borne("adresse", &declare.adresse)?;
    conditions(acte, &declare.conditions)?;
    let place = nouveau_lieu(tx, acte, &dossier, &declare.insee)?;
    let paires = declare
        .personne
        .paires(&dossier.kine)
        .into_iter()
        .chain(paires(&dossier, declare, place.as_ref()));
    let ecarts = ecarts(paires);
    quelque_chose(&ecarts)?;
    corrigible(d.etat, &ecarts)?;
    let motif = motif(raison)?;
    let pese = ecarts.iter().any(|e| e.donnee.pese());
    let avant = if pese {
        Some(resultat(tx, acte, d)?)
    } else {
        None
    };
    if ecarts.iter().any(|e| e.donnee.de_la_personne()) {
        declare.personne.ecrire(tx, &dossier.kine, versions.kine)?;
    }
    ecrire(tx, d, declare, place.as_ref())?;
    let reevaluation = match avant {
        None => None,
        Some(avant) => {
            let corrigee = demande::lire(tx, scope, numero)?;
            Some((avant, resultat(tx, acte, &corrigee)?))
        }
    };
    let faite = Correction {
        motif: motif.to_owned(),
        corrections: ecarts.clone(),
        reevaluation: reevaluation.clone(),
    };
    let avis = Avis {
        objet: objet(&dossier),
        fait: |c| Fait::DemandeCorrigee {
            donnees: c.corrections.iter().map(|e| e.donnee).collect(),
            reevaluation: c.reevaluation.clone(),
            motif: c.motif.clone(),
            corrections: c.corrections.clone(),
        },
        cle: format!("demande_corrigee:{}:{}", d.id, versions.dossier),
        a: Destinataire::demandeur(&dossier),
        nom: format!("{} {}", declare.personne.prenom, declare.personne.nom),
        service: &dossier.service,
        corrige: Corrige::Demande(numero),
    };
    dire(tx, acte, &avis, &faite)?;
    Ok(Faite {
        ecarts,
        reevaluation,
    })
}

/// Where the file moves to.
struct Place {
    commune: String,
    bassin: String,
    categorie: Categorie,
}

/// The zone of another commune, today and on the day of filing (ZON-10); none when the commune stays.
fn nouveau_lieu(
    conn: &mut AnyConn,
    acte: &Acte,
    dossier: &DemandeComplete,
    insee: &Insee,
) -> ActionResult<Option<Place>> {
    let d = &dossier.demande;
    if d.insee == insee.as_str() {
        return Ok(None);
    }
    let la = lieu(conn, acte, insee)?;
    if la.service.code != d.caisse_code {
        return Err(ActionError::champ(
            "commune",
            format!(
                "{} relève d’une autre caisse : transmettez-lui la demande, elle corrigera la commune.",
                la.commune.nom
            ),
        ));
    }
    if d.nature == NatureDemande::Succession && la.zone.bassin != d.bassin_code {
        return Err(ActionError::champ(
            "commune",
            format!(
                "{} est dans la zone {} ; la place de cette succession est dans celle {}. Le successeur exerce dans la même zone.",
                la.commune.nom,
                texte::de(&la.zone.bassin_nom),
                texte::de(&dossier.bassin)
            ),
        ));
    }
    let depot = jour_a_paris(d.deposee_le);
    let au_depot = zonage::categorie(conn, &acte.reglement, insee, depot).map_err(|e| match e {
        ZoneError::Db(db) => db.into(),
        autre => ActionError::champ(
            "commune",
            format!(
                "La zone {} au jour du dépôt n’est pas connue : {autre}.",
                texte::de(&la.commune.nom)
            ),
        ),
    })?;
    Ok(Some(Place {
        commune: la.commune.nom,
        bassin: la.zone.bassin,
        categorie: au_depot.categorie,
    }))
}

fn paires(
    dossier: &DemandeComplete,
    declare: &Declare,
    place: Option<&Place>,
) -> Vec<(Donnee, String, String)> {
    let d = &dossier.demande;
    let avant = d.conditions.dites().into_iter();
    let conditions = avant.zip(declare.conditions.dites());
    let lieu = [
        (Donnee::Adresse, d.adresse.clone(), declare.adresse.clone()),
        (
            Donnee::Commune,
            dossier.commune.clone(),
            place.map_or_else(|| dossier.commune.clone(), |p| p.commune.clone()),
        ),
    ];
    lieu.into_iter()
        .chain(conditions.map(|((donnee, avant), (_, apres))| (donnee, avant, apres)))
        .collect()
}

fn corrigible(etat: EtatDemande, ecarts: &[Ecart]) -> ActionResult<()> {
    use EtatDemande as E;
    if ecarts.iter().all(|e| e.donnee.de_la_personne())
        || matches!(etat, E::Deposee | E::Incomplete | E::Complete)
    {
        return Ok(());
    }
    Err(ActionError::refus(if etat == E::Proposee {
        "Une décision est proposée sur ces données : la personne qui signe doit d’abord la renvoyer à l’instruction. \
         Le nom, le prénom et le téléphone peuvent être corrigés dès maintenant."
    } else {
        "La décision repose sur ce que la demande déclare : cela ne se corrige plus. Le nom, le prénom et le téléphone \
         peuvent encore l’être."
    }))
}

fn ecrire(
    tx: &mut WriteTx<'_>,
    d: &Demande,
    declare: &Declare,
    place: Option<&Place>,
) -> ActionResult<()> {
    let correction = CorrectionDemande {
        insee: place.map(|_| declare.insee.as_str()),
        bassin_code: place.map(|p| p.bassin.as_str()),
        propre: CorrectionPropre {
            categorie_depot: place.map(|p| p.categorie),
            adresse: Some(&declare.adresse),
            conditions: declare.conditions.clone(),
        },
    };
    Ok(demande_etat::corriger(tx, d.id, d.version, &correction)?)
}

/// What the rules say of a request today, in words.
fn resultat(conn: &mut AnyConn, acte: &Acte, d: &Demande) -> ActionResult<String> {
    let evaluation = evaluer_demande(conn, &acte.reglement, d, acte.jour())?;
    Ok(evaluation.conclusion.resultat.libelle().to_owned())
}

impl Declare {
    /// What a request declares today.
    ///
    /// # Errors
    /// A stored commune that is none.
    pub fn de(dossier: &DemandeComplete) -> ActionResult<Declare> {
        let d = &dossier.demande;
        let insee = d
            .insee
            .parse()
            .map_err(|_| DbError::Incoherent(format!("commune {}", d.insee)))?;
        Ok(Declare {
            personne: Personne {
                prenom: dossier.kine.prenom.clone(),
                nom: dossier.kine.nom.clone(),
                telephone: dossier.kine.telephone.clone(),
            },
            insee,
            adresse: d.adresse.clone(),
            conditions: d.conditions.clone(),
        })
    }
}

//! What happened to a generated request before it came to its state: its timeline, and its decision.

use chrono::{NaiveDate, NaiveDateTime};
use regles::conventionnement::ResultatConventionnement;
use regles::demande::{EtatDemande, Fondement, NatureDemande, Sens};
use regles::evenement::Fait;
use regles::piece::NaturePiece;
use regles::zonage::Categorie;

use crate::db::DbResult;
use crate::db::evenement::{self, NouvelEvenement, Scelle};

/// A line of a timeline, made by the same function as the real ones.
pub(super) struct Survenu {
    pub(super) le: NaiveDateTime,
    pub(super) acteur: String,
    pub(super) caisse: String,
    pub(super) dossier: i64,
    pub(super) fait: Fait,
}

impl Survenu {
    pub(super) fn sceller(&self) -> DbResult<Scelle> {
        evenement::sceller(&NouvelEvenement {
            le: self.le,
            acteur_id: None,
            acteur: &self.acteur,
            caisse_code: Some(&self.caisse),
            dossier_id: Some(self.dossier),
            lie_id: None,
            fait: &self.fait,
        })
    }
}

/// What a generated request says of itself.
pub(super) struct Depot {
    pub(super) numero: String,
    pub(super) insee: String,
    pub(super) bassin: String,
    pub(super) echeance: NaiveDate,
}

/// What led to a state, in its order.
pub(super) fn etapes(etat: &str, depot: &Depot) -> Vec<Fait> {
    let categorie = Categorie::NonPrioritaire;
    let mut etapes = vec![
        Fait::DemandeDeposee {
            numero: depot.numero.clone(),
            nature: NatureDemande::HorsRegulation,
            insee: depot.insee.clone(),
            bassin: depot.bassin.clone(),
            categorie,
            arrete: 1,
            motif: None,
            pieces: Vec::new(),
            decision_implicite: depot.echeance,
            noms: Vec::new(),
        },
        Fait::DemandePrise {
            avant: None,
            apres: None,
        },
    ];
    let complete = || Fait::DemandeComplete {
        etat: EtatDemande::Complete,
    };
    let proposee = |sens, fondement, resultat| Fait::DecisionProposee {
        sens,
        fondement,
        resultat,
        reserve_au: None,
        motifs: None,
        ecart: None,
    };
    let pieces = || Fait::DemandePiecesDemandees {
        pieces: vec![NaturePiece::Diplome],
        limite: depot.echeance,
        precisions: vec![None],
    };
    let (accord, refus) = (
        ResultatConventionnement::HorsRegulation,
        ResultatConventionnement::NonAccordable,
    );
    let parametres = "banc".to_owned();
    let accordee = || {
        [
            complete(),
            proposee(Sens::Accord, Fondement::HorsRegulation, accord),
            Fait::DemandeAccordee {
                fondement: Fondement::HorsRegulation,
                resultat: accord,
                categorie,
                parametres: parametres.clone(),
                reserve_au: None,
                qualite: None,
            },
        ]
    };
    match etat {
        "incomplete" => etapes.push(pieces()),
        "complete" => etapes.push(complete()),
        "refusee" => etapes.extend([
            complete(),
            proposee(Sens::Refus, Fondement::Refus, refus),
            Fait::DemandeRefusee {
                fondement: Fondement::Refus,
                resultat: refus,
                categorie,
                parametres: parametres.clone(),
                qualite: None,
            },
        ]),
        "installee" => {
            etapes.extend(accordee());
            etapes.push(Fait::DemandeInstallee {
                installee_le: depot.echeance,
            });
        }
        "caduque" => {
            etapes.extend(accordee());
            etapes.push(Fait::DemandeCaduque {
                limite: depot.echeance,
                nature: None,
            });
        }
        "retiree" => etapes.push(Fait::DemandeRetiree {
            etat_avant: EtatDemande::Deposee,
        }),
        "sans_suite" => etapes.extend([
            pieces(),
            Fait::DemandeSansSuite {
                limite: depot.echeance,
            },
        ]),
        _ => {}
    }
    etapes
}

/// Columns of [`decision`].
pub(super) const DECISION: &str = "dossier_id,sens,fondement,motifs,categorie,faits,resultat,explication,parametres,etat,\
    proposee_par,proposee_le,decidee_par,decidee_le,signataire,signataire_qualite";

/// The decision of a request that was decided, as a row: proposed by one person, signed by another (PRO-5).
pub(super) fn decision(
    demande: u32,
    etat: &str,
    jour: NaiveDate,
    agent: u32,
    signataire: u32,
) -> Option<String> {
    let (sens, fondement) = match etat {
        "refusee" => ("refus", "refus"),
        "installee" | "caduque" => ("accord", "hors_regulation"),
        _ => return None,
    };
    Some(format!(
        "({demande},'{sens}','{fondement}','[]','non_prioritaire','{{}}','{sens}','[]','{{}}','decidee',\
         {agent},'{jour} 10:00:00',{signataire},'{jour} 11:00:00','Signataire de banc','Directeur')"
    ))
}

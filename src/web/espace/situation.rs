//! Where a practitioner's things stand, one sentence each: what is expected, of whom, by when; what is expected of her first.

mod depart;
mod pieces;

use chrono::NaiveDate;
use regles::attente::{
    self, Attente, Choix, Dite, FaitsDemande, FaitsDesignation, Installation, Objet, Vu, toutes,
};
use regles::demande::{EtatDemande, NatureDemande};
use regles::designation::EtatDesignation;
use regles::echeance::NatureEcheance;
use regles::generales;
use regles::piece::NaturePiece;
use regles::reglement::Reglement;
use regles::texte;

use self::depart::depart;
use self::pieces::{a_remplacer, preuve_refusee};
use super::lu::Lu;
use crate::actions::piece::liste;
use crate::db::candidature::Candidature;
use crate::db::demande::Demande;
use crate::db::designation::DesignationComplete;
use crate::db::echeance::EcheanceStockee;
use crate::db::envoi::EnChemin;
use crate::web::erreur::WebError;
use crate::web::page::Lien;
use crate::web::ui::{Bandeau, Etat, Icone, Pastille};

/// Something that is under way, or has just ended.
pub(super) struct Affaire<'a> {
    /// The sentence, whose turn it is, by when.
    pub(super) bandeau: Bandeau,
    /// The deadline, to be shown with its computation.
    pub(super) echeance: Option<&'a EcheanceStockee>,
    /// Where to do what is expected of the reader.
    pub(super) lien: Option<Lien>,
    /// The steps, and where it stands among them.
    pub(super) etapes: Vec<EtapeParcours>,
    /// What the reader must not do meanwhile.
    pub(super) ne_pas: Option<&'static str>,
    /// Whether nothing of it is under way any more.
    pub(super) finie: bool,
}

/// A step of the line.
pub(super) struct EtapeParcours {
    pub(super) nom: &'static str,
    pub(super) icone: Icone,
    pub(super) courante: bool,
    /// Said to who does not see the line.
    pub(super) etat: &'static str,
}

/// Something of the reader, with what the rules say of it and where she goes for it.
struct Chose<'a, 'b> {
    objet: Objet<'b>,
    attente: Attente,
    echeance: Option<&'a EcheanceStockee>,
    refusee: Option<NaturePiece>,
    manquantes: Vec<NaturePiece>,
    a_ouvrir: Option<NaiveDate>,
    url: String,
    commission: bool,
}

/// What is expected of the reader first, then of others, then what ended. `courriel`: the address of the reader.
///
/// # Errors
/// The reference data of the documents do not read.
pub(super) fn situation<'a>(
    lu: &'a Lu,
    courriel: &str,
    jour: NaiveDate,
    reglement: &Reglement,
) -> Result<Vec<Affaire<'a>>, WebError> {
    let cedants: Vec<String> = lu.recues.iter().map(|d| d.cedant.nom_complet()).collect();
    let mut choses = Vec::new();
    for (d, commune) in &lu.demandes {
        choses.push(demande(lu, d, commune, reglement)?);
    }
    for (c, commune) in &lu.departs {
        choses.push(depart(lu, c, commune, reglement, jour)?);
    }
    for (d, cedant) in lu.recues.iter().zip(&cedants) {
        choses.push(designation(lu, d, cedant, courriel));
    }
    for c in &lu.candidatures {
        choses.push(candidature(c));
    }
    let vus: Vec<Vu<'_>> = choses
        .iter()
        .map(|c| Vu {
            objet: c.objet,
            attente: c.attente,
            refusee: c.refusee,
            manquantes: &c.manquantes,
            a_ouvrir: c.a_ouvrir,
        })
        .collect();
    Ok(toutes(&vus, jour)
        .into_iter()
        .filter_map(|(rang, choix, dite)| {
            let (chose, vu) = (choses.get(rang)?, vus.get(rang)?);
            Some(Affaire {
                etapes: etapes(vu, choix, chose.commission),
                ..dessiner(chose, choix, dite)
            })
        })
        .collect())
}

fn etapes(vu: &Vu<'_>, choix: Choix, commission: bool) -> Vec<EtapeParcours> {
    let Some(ligne) = attente::etapes(vu, commission).filter(|_| !choix.finie()) else {
        return Vec::new();
    };
    (0..)
        .zip(ligne.noms)
        .map(|(rang, nom)| {
            let (icone, etat) = match rang {
                rang if rang < ligne.courante => (Icone::Coche, "fait"),
                rang if rang == ligne.courante => (Icone::DemiCercle, "en cours"),
                _ => (Icone::Cercle, "à venir"),
            };
            EtapeParcours {
                nom,
                icone,
                courante: rang == ligne.courante,
                etat,
            }
        })
        .collect()
}

fn dessiner<'a>(chose: &Chose<'a, '_>, choix: Choix, dite: Dite) -> Affaire<'a> {
    let (ton, mot) = match choix {
        Choix::Contester => (Etat::Retard, "Refusée"),
        Choix::Installee => (Etat::Fait, "Installation commencée"),
        Choix::Finie => (Etat::Neutre, "Terminé"),
        choix if choix.a_vous() => (Etat::AFaire, "À vous"),
        _ => (Etat::EnCours, "En cours"),
    };
    // What runs against the CPAM says nothing of when a document is to be sent.
    let echeance = chose.echeance.filter(|_| {
        !matches!(
            choix,
            Choix::RemplacerPiece
                | Choix::CompleterDemande
                | Choix::CompleterDepart
                | Choix::AttendreCommission
                | Choix::AttendreAttribution
        )
    });
    let fin = match choix {
        Choix::Contester => chose.attente.avant,
        _ => echeance.map(|e| e.finale),
    };
    // A day that the sentence says already is not said again beside it.
    let fin = fin.filter(|fin| !dite.phrase.contains(&texte::date_longue(*fin)));
    let mut bandeau = Bandeau::new(Pastille::new(ton, mot), dite.phrase);
    if !choix.finie() {
        bandeau = bandeau.detail("Qui doit agir", dite.tour);
    }
    if let Some(fin) = fin {
        bandeau = bandeau.detail("Au plus tard", texte::date_longue(fin));
    }
    Affaire {
        bandeau,
        echeance: echeance.filter(|_| !choix.finie()),
        lien: lien(chose, choix),
        etapes: Vec::new(),
        ne_pas: ne_pas(chose, choix),
        finie: choix.finie(),
    }
}

/// GEN: nobody begins before the date of effect of a grant, which is not known yet.
fn ne_pas(chose: &Chose<'_, '_>, choix: Choix) -> Option<&'static str> {
    let demande = matches!(chose.objet, Objet::Demande { .. });
    let avant_l_accord = matches!(
        choix,
        Choix::EnvoyerPieces
            | Choix::RemplacerPiece
            | Choix::CompleterDemande
            | Choix::OuvrirDecision
            | Choix::AttendreLettre
            | Choix::AttendreDecision
    );
    (demande && avant_l_accord).then_some(generales::ATTENDRE_L_EFFET)
}

/// Where to do what is expected.
fn lien(chose: &Chose<'_, '_>, choix: Choix) -> Option<Lien> {
    let url = &chose.url;
    let aux_pieces = || format!("{url}#t-pieces");
    Some(match choix {
        Choix::EnvoyerPieces => Lien::new("Envoyer les pièces", url),
        Choix::RepondreALaDesignation => Lien::new("Répondre à la désignation", url),
        Choix::OuvrirDecision => Lien::new("Voir ma demande", url),
        Choix::RemplacerPiece => Lien::new("Remplacer la pièce", aux_pieces()),
        Choix::SInstaller => Lien::new("Déclarer mon installation", url),
        Choix::EnvoyerAutrePreuve => Lien::new("Envoyer une autre preuve", url),
        Choix::RemplirLaReserve => Lien::new("Envoyer la preuve", aux_pieces()),
        Choix::Designer => Lien::new("Désigner mon successeur", format!("{url}#t-successeur")),
        Choix::VerifierDecompte => {
            Lien::new("Vérifier le nombre d’actes", format!("{url}#t-decompte"))
        }
        Choix::DeposerDemande => Lien::new("Déposer une demande", "/demandes/nouvelle"),
        Choix::CompleterDemande | Choix::CompleterDepart => {
            let mots = if chose.manquantes.len() == 1 {
                "Envoyer la pièce"
            } else {
                "Envoyer les pièces"
            };
            Lien::new(mots, aux_pieces())
        }
        Choix::Contester => Lien::new("Lire la décision et les voies de recours", url),
        Choix::Finie => Lien::new("Voir le détail", url),
        Choix::AttendreClassement => Lien::new("Voir l’appel et ma candidature", url),
        Choix::AttendreInstallation
        | Choix::AttendreDecision
        | Choix::AttendreReponse
        | Choix::AttendreSuccesseur
        | Choix::AttendreCommission
        | Choix::AttendreAttribution
        | Choix::AttendreLettre
        | Choix::Installee => return None,
    })
}

fn demande<'a>(
    lu: &'a Lu,
    d: &'a Demande,
    commune: &'a str,
    reglement: &Reglement,
) -> Result<Chose<'a, 'a>, WebError> {
    let echeance = attente::echeance_de_demande(d.etat, d.sous_reserve())
        .and_then(|n| de_demande(lu, d.id, n));
    let manquantes = if d.etat == EtatDemande::Deposee {
        liste::manquantes(reglement, d, &lu.pieces)?
    } else {
        Vec::new()
    };
    let faits = FaitsDemande {
        etat: d.etat,
        notifiee: d.notifiee_le.is_some(),
        chemin: EnChemin::de_la_decision(&lu.envois, d.id),
        installation: if d.sous_reserve() {
            Installation::SousReserve
        } else if echeance.is_none() {
            // REG-9: the delay no longer runs once the installation is declared in time.
            Installation::Declaree
        } else if preuve_refusee(lu, d.id) {
            Installation::PreuveRefusee
        } else {
            Installation::Attendue
        },
        // How many documents were asked for is on the page of the request.
        demandees: 0,
        recues: 0,
        manquantes: manquantes.len(),
        echeance: match d.etat {
            EtatDemande::Refusee => Some(d.prochaine_echeance),
            _ => echeance.map(|e| e.finale),
        },
        // Her own page says it.
        commission: None,
        silence: d.silence(),
        // What agents send each other is not hers to know.
        renvoyee: false,
    };
    Ok(Chose {
        objet: Objet::Demande {
            numero: &d.numero,
            commune,
            installee_le: d.installee_le,
        },
        attente: attente::demande(&faits),
        echeance,
        refusee: a_remplacer(lu, d.id),
        manquantes,
        a_ouvrir: lu
            .envois
            .iter()
            .filter(|e| e.dossier_id == d.id)
            .find_map(EnChemin::a_ouvrir),
        url: format!("/demandes/{}", d.numero),
        commission: d.nature == NatureDemande::Derogation,
    })
}

fn designation<'a, 'b>(
    lu: &'a Lu,
    d: &'b DesignationComplete,
    cedant: &'b str,
    courriel: &str,
) -> Chose<'a, 'b> {
    let depot = lu.depot_attendu(d);
    let faits = FaitsDesignation {
        etat: d.designation.etat,
        place: d.place_etat,
        deposee: lu.demandes.iter().any(|(demande, _)| {
            demande.place_id == Some(d.designation.place_id) && demande.etat.en_cours()
        }),
        limite: match d.designation.etat {
            EtatDesignation::EnAttente => d.place_limite,
            _ => depot.map(|e| e.finale),
        },
    };
    Chose {
        objet: Objet::Designation {
            cedant,
            commune: &d.commune,
        },
        attente: attente::designation(&faits),
        echeance: depot,
        refusee: None,
        manquantes: Vec::new(),
        a_ouvrir: None,
        // It opens for the address it was sent to; for any other, its card says where its link is.
        url: match d.designation.courriel == courriel {
            true => format!("/designations/{}", d.designation.id),
            false => "#t-designations".to_owned(),
        },
        commission: false,
    }
}

/// REG-12.
fn candidature<'a>((c, zone, cloture): &'a (Candidature, String, NaiveDate)) -> Chose<'a, 'a> {
    Chose {
        objet: Objet::Candidature {
            zone,
            cloture: *cloture,
        },
        attente: attente::candidature(c.etat, *cloture),
        echeance: None,
        refusee: None,
        manquantes: Vec::new(),
        a_ouvrir: None,
        url: format!("/appels/{}", c.appel_id),
        commission: false,
    }
}

/// What is expected of who leaves, or of her successor: not the delay of the winner of a call.
fn de_place(lu: &Lu, id: i64) -> Option<&EcheanceStockee> {
    lu.echeances
        .iter()
        .find(|e| e.dossier_id == id && !e.nature.du_gagnant())
}

fn de_demande(lu: &Lu, id: i64, nature: NatureEcheance) -> Option<&EcheanceStockee> {
    lu.echeances
        .iter()
        .find(|e| e.dossier_id == id && e.nature == nature)
}

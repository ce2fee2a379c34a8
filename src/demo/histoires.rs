//! The stories: each goes as far as the state it is there to show.

mod derogations;

use regles::charte::{Critere, GenreCritere, SensCritere};
use regles::condition::{Condition, EtatCondition};
use regles::decision::ModeNotification;
use regles::demande::Sens;
use regles::identifiants::Insee;
use regles::piece::NaturePiece;

use super::DemoError;
use super::monde::Monde;
use crate::actions::appel::{self, Depot};
use crate::actions::charte;
use crate::actions::decision::Proposition;
use crate::actions::demande::{self, Conditions, Fondement, Projet, retrait};
use crate::actions::depart::declaration::{self, Declaration};
use crate::actions::depart::{self, Corrections};
use crate::actions::designation::{self, ADesigner, Acces};
use crate::actions::generales::Notees;
use crate::actions::instruction::{self, PieceAttendue};
use crate::actions::papier::Demandeur;
use crate::actions::suivi as travail;
use crate::actions::{decision, generales, installation, signature};
use crate::db::{CpamScope, DbError};
use crate::secret;

const MARTIGUES: &str = "13056";
const AIX: &str = "13001";
const MANOSQUE: &str = "04112";

/// Tells every story.
pub fn raconter(m: &Monde) -> Result<(), DemoError> {
    departs(m)?;
    successions(m)?;
    derogations::raconter(m)?;
    autres(m)
}

fn insee(code: &str) -> Result<Insee, DemoError> {
    code.parse()
        .map_err(|_| DemoError::Donnees(format!("code INSEE illisible : {code}")))
}

/// A door of one's own, always the same.
fn adresse(qui: &str) -> String {
    const RUES: [&str; 8] = [
        "cours du 4-Septembre",
        "quai des Anglais",
        "rue de la République",
        "boulevard Mongin",
        "avenue du Moulin-de-France",
        "rue du Docteur-Flaissières",
        "place de la Libération",
        "chemin de Paradis",
    ];
    let somme: usize = qui.bytes().map(usize::from).sum();
    format!("{} {}", 1 + somme % 37, RUES[somme % RUES.len()])
}

fn caisse() -> CpamScope {
    CpamScope::Caisse("131".to_owned())
}

/// Declares a departure `declare` days ago, effective `effet` days ago.
fn declarer(m: &Monde, qui: &str, declare: i64, effet: i64, actes: i64) -> Result<i64, DemoError> {
    let (kine_id, _) = m.kine(qui)?;
    let d = Declaration {
        kine_id,
        insee: insee(MARTIGUES)?,
        adresse: adresse(qui),
        date: m.il_y_a(effet),
        actes: Some(actes),
        par_derogation: None,
        pieces: vec![m.piece(NaturePiece::JustificatifCessation, "radiation-ordre.pdf")],
        cle: secret::jeton(),
    };
    m.agir(qui, declare, |tx, acte| declaration::declarer(tx, acte, &d))
}

fn confirmer(m: &Monde, id: i64, jours: i64) -> Result<(), DemoError> {
    m.agir("sophie.arnaud", jours, |tx, acte| {
        let version = crate::db::depart::lire(tx, &caisse(), id)?.version;
        let corrections = Corrections {
            sans: "Les actes remboursés suffisent.".to_owned(),
            ..Corrections::default()
        };
        depart::confirmer(tx, acte, &caisse(), id, version, &corrections).map(drop)
    })
}

fn designer(
    m: &Monde,
    cedant: &str,
    depart_id: i64,
    successeur: &str,
    jours: i64,
) -> Result<i64, DemoError> {
    let (kine_id, _) = m.kine(cedant)?;
    let (_, rpps) = m.kine(successeur)?;
    let courriel = m.qui(successeur)?.courriel.to_owned();
    let a = ADesigner {
        kine_id,
        depart_id,
        vue: None,
        rpps,
        cle_confirmee: false,
        courriel,
        ayant_droit: None,
    };
    m.agir(cedant, jours, |tx, acte| {
        designation::designer(tx, acte, &a)
    })
}

/// A departure confirmed, its successor designated, who accepted: what most requests rest on.
fn transmise(m: &Monde, cedant: &str, successeur: &str, jours: i64) -> Result<i64, DemoError> {
    let depart = declarer(m, cedant, jours + 20, jours, 3_150)?;
    confirmer(m, depart, jours + 15)?;
    let id = designer(m, cedant, depart, successeur, jours + 10)?;
    let (kine_id, _) = m.kine(successeur)?;
    let acces = Acces::Adresse {
        id,
        courriel: m.qui(successeur)?.courriel.to_owned(),
    };
    m.agir(successeur, jours + 8, |tx, acte| {
        designation::repondre(tx, acte, kine_id, &acces, true)
    })?;
    Ok(id)
}

fn deposer(
    m: &Monde,
    qui: &str,
    jours: i64,
    fondement: Fondement,
    commune: &str,
    prouvee: bool,
) -> Result<String, DemoError> {
    let (kine_id, _) = m.kine(qui)?;
    let preuve = match &fondement {
        Fondement::Succession { .. } => Some((NaturePiece::ActeSuccession, "accord.pdf")),
        Fondement::Derogation { .. } => {
            Some((NaturePiece::JustificatifDerogation, "justificatif.pdf"))
        }
        Fondement::HorsRegulation => None,
    };
    let projet = Projet {
        demandeur: Demandeur::Compte(kine_id),
        fondement,
        insee: insee(commune)?,
        adresse: adresse(qui),
        conditions: Conditions {
            deja_conventionne_zone: Some(false),
            entree_formation: Some(2019),
            ..Conditions::default()
        },
        sante: Vec::new(),
    };
    let mut pieces = vec![
        m.piece(NaturePiece::Diplome, "diplome.pdf"),
        m.piece(NaturePiece::InscriptionOrdre, "inscription-ordre.pdf"),
        m.piece(NaturePiece::JustificatifLocal, "bail.pdf"),
    ];
    if let Some((nature, nom)) = preuve.filter(|_| prouvee) {
        pieces.push(m.piece(nature, nom));
    }
    m.agir(qui, jours, |tx, acte| {
        demande::deposer(tx, acte, &projet, &pieces, &secret::jeton())
    })
}

fn succession(m: &Monde, cedant: &str, successeur: &str, jours: i64) -> Result<String, DemoError> {
    succeder(m, cedant, successeur, jours, true)
}

/// A request on an accepted designation; `prouvee`: the agreement of the colleague is joined.
fn succeder(
    m: &Monde,
    cedant: &str,
    successeur: &str,
    jours: i64,
    prouvee: bool,
) -> Result<String, DemoError> {
    let designation_id = transmise(m, cedant, successeur, jours + 5)?;
    deposer(
        m,
        successeur,
        jours,
        Fondement::Succession { designation_id },
        MARTIGUES,
        prouvee,
    )
}

fn prendre(m: &Monde, numero: &str, jours: i64) -> Result<(), DemoError> {
    m.agir("sophie.arnaud", jours, |tx, acte| {
        travail::prendre(tx, acte, &caisse(), numero, None)
    })
}

fn completer(m: &Monde, numero: &str, jours: i64) -> Result<(), DemoError> {
    let version = m.version(numero)?;
    m.agir("sophie.arnaud", jours, |tx, acte| {
        let sans = "Déjà au dossier de la caisse.";
        instruction::completer(tx, acte, &caisse(), numero, version, sans)
    })
}

fn proposer(
    m: &Monde,
    numero: &str,
    jours: i64,
    sens: Sens,
    motifs: &str,
) -> Result<(), DemoError> {
    let version = m.version(numero)?;
    let proposition = Proposition {
        sens,
        motifs: motifs.to_owned(),
        ecart: String::new(),
        reserve: None,
        malgre_recours: String::new(),
    };
    m.agir("sophie.arnaud", jours, |tx, acte| {
        decision::proposer(tx, acte, &caisse(), numero, version, &proposition)
    })
}

/// GEN-1: what the agent saw before the decision is signed.
fn conditions() -> Notees {
    Notees {
        etats: vec![
            (Condition::Ordre, EtatCondition::Etablie),
            (Condition::Assurance, EtatCondition::Etablie),
            (Condition::Lieu, EtatCondition::Etablie),
        ],
        constat: Some(
            "Inscription vérifiée au répertoire, attestation d’assurance reçue.".to_owned(),
        ),
        premier_acte: None,
    }
}

fn decider_et_notifier(m: &Monde, numero: &str, jours: i64) -> Result<(), DemoError> {
    let version = m.version(numero)?;
    m.agir("sophie.arnaud", jours, |tx, acte| {
        generales::noter(tx, acte, &caisse(), numero, version, &conditions())
    })?;
    let version = m.version(numero)?;
    m.agir("isabelle.caron", jours, |tx, acte| {
        decision::decider(tx, acte, &caisse(), numero, version, "Directrice").map(drop)
    })?;
    let version = m.version(numero)?;
    m.agir("sophie.arnaud", jours, |tx, acte| {
        signature::attacher(tx, acte, &caisse(), (numero, version), &m.lettre_signee())
    })?;
    let (version, le) = (m.version(numero)?, m.il_y_a(jours - 3));
    m.agir("sophie.arnaud", jours - 4, |tx, acte| {
        let suivi = decision::Suivi {
            moyen: ModeNotification::Recommande,
            numero: "1A 000 000 0000 0".to_owned(),
            envoyee: le,
            avisee: None,
            remise: Some(le),
            retour: None,
        };
        decision::suivre(tx, acte, &caisse(), numero, version, &suivi).map(drop)
    })
}

/// Instructed from the day after it was filed to the notification, ten days later.
fn accorder(m: &Monde, numero: &str, jours: i64) -> Result<(), DemoError> {
    prendre(m, numero, jours - 1)?;
    completer(m, numero, jours - 2)?;
    proposer(m, numero, jours - 3, Sens::Accord, "")?;
    decider_et_notifier(m, numero, jours - 6)
}

fn departs(m: &Monde) -> Result<(), DemoError> {
    declarer(m, "claire.martin", 4, -60, 1_850)?;
    let sous_seuil = declarer(m, "jean.roux", 40, 15, 980)?;
    confirmer(m, sous_seuil, 30)?;
    let ouverte = declarer(m, "sylvie.fabre", 420, 400, 2_640)?;
    confirmer(m, ouverte, 410)?;
    let designee = declarer(m, "paul.lefevre", 70, 30, 2_210)?;
    confirmer(m, designee, 60)?;
    designer(m, "paul.lefevre", designee, "ines.garcia", 2)?;
    appel_a_candidatures(m)
}

/// REG-12: the two years of a place are over without a successor; the CPAM applies a charter, and two people apply.
fn appel_a_candidatures(m: &Monde) -> Result<(), DemoError> {
    let depart = declarer(m, "remi.colin", 770, 750, 1_420)?;
    confirmer(m, depart, 760)?;
    let critere = |code: &str, libelle: &str, genre, poids, maximum| Critere {
        code: code.to_owned(),
        libelle: libelle.to_owned(),
        genre,
        sens: SensCritere::Croissant,
        poids,
        maximum,
    };
    let criteres = vec![
        critere("C1", "Années d’exercice", GenreCritere::Nombre, 50, 10),
        critere(
            "C2",
            "Déjà remplaçant dans la zone",
            GenreCritere::OuiNon,
            30,
            1,
        ),
        critere("C3", "Soins à domicile", GenreCritere::Degre, 20, 4),
    ];
    let du = m.il_y_a(40);
    m.agir("isabelle.caron", 40, |tx, acte| {
        charte::dater(tx, acte, "131", du, criteres)
    })?;
    let appel_id = m.agir("sophie.arnaud", 14, |tx, acte| {
        let place = crate::db::place::de_depart(tx, depart)?.ok_or(DbError::Introuvable)?;
        depart::constater_fin(tx, acte, place.id)?;
        appel::ouvrir(tx, acte, &caisse(), place.id)
    })?;
    for (qui, jours, annees, zone) in [("nadia.karoui", 10, 7, 1), ("yann.legoff", 6, 9, 0)] {
        let (kine_id, _) = m.kine(qui)?;
        let valeurs = [
            ("C1".to_owned(), Some(annees)),
            ("C2".to_owned(), Some(zone)),
            ("C3".to_owned(), Some(3)),
        ];
        let pieces = [m.piece(NaturePiece::Autre, "attestations.pdf")];
        m.agir(qui, jours, |tx, acte| {
            let depot = Depot {
                kine_id,
                appel_id,
                valeurs: &valeurs,
                pieces: &pieces,
                cle: "",
            };
            appel::deposer(tx, acte, &depot)
        })?;
    }
    Ok(())
}

fn successions(m: &Monde) -> Result<(), DemoError> {
    succession(m, "anne.petit", "karim.benali", 9)?;

    let incomplete = succeder(m, "marc.moreau", "lea.nguyen", 35, false)?;
    prendre(m, &incomplete, 33)?;
    let version = m.version(&incomplete)?;
    let attendues = [PieceAttendue {
        nature: NaturePiece::ActeSuccession,
        precision: Some("L’accord signé par M. Moreau et par vous.".to_owned()),
    }];
    m.agir("sophie.arnaud", 25, |tx, acte| {
        instruction::demander_pieces(tx, acte, &caisse(), &incomplete, version, &attendues)
            .map(drop)
    })?;

    let proposee = succession(m, "helene.diallo", "hugo.perrin", 28)?;
    prendre(m, &proposee, 26)?;
    completer(m, &proposee, 20)?;
    let version = m.version(&proposee)?;
    m.agir("sophie.arnaud", 6, |tx, acte| {
        generales::noter(tx, acte, &caisse(), &proposee, version, &conditions())
    })?;
    proposer(m, &proposee, 5, Sens::Accord, "")?;

    let accordee = succession(m, "luc.blanc", "emma.faure", 75)?;
    accorder(m, &accordee, 75)?;

    let installee = succession(m, "odile.girard", "tom.rey", 150)?;
    accorder(m, &installee, 150)?;
    let (version, le) = (m.version(&installee)?, m.il_y_a(90));
    m.agir("sophie.arnaud", 88, |tx, acte| {
        installation::installer(tx, acte, &caisse(), &installee, version, le)
    })
}

fn autres(m: &Monde) -> Result<(), DemoError> {
    deposer(m, "julie.simon", 6, Fondement::HorsRegulation, AIX, true)?;
    let retiree = deposer(m, "eva.marchand", 20, Fondement::HorsRegulation, AIX, true)?;
    let (kine_id, _) = m.kine("eva.marchand")?;
    let version = m.version(&retiree)?;
    m.agir("eva.marchand", 15, |tx, acte| {
        retrait::retirer(tx, acte, kine_id, &retiree, version)
    })?;
    deposer(
        m,
        "louis.garnier",
        12,
        Fondement::HorsRegulation,
        MANOSQUE,
        true,
    )
    .map(drop)
}

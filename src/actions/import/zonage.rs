//! Importing the zonage of a region: an arrêté, prepared out of sight and put in force at once.

use std::collections::HashMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use regles::arrete::{EtatImport, Genre, activer};
use regles::dates_fr;
use regles::evenement::Fait;
use regles::reglement::{Reglement, ReglementError};
use sha2::{Digest, Sha256};

use super::apercu::ApercuZonage;
use super::controle;
use super::{Bilan, Contexte, ImportError, Issue, accepter, ceder, lignes, par_lots};
use crate::actions::{Objet, tracer};
use crate::db::DbError;
use crate::db::arrete::{self, Arrete, BassinClasse, CommuneClassee, Contenu, NouvelArrete};
use crate::db::arrete_deplacement::{self, Deplacements};
use crate::db::arrete_effet::{self, Ouverts};
use crate::db::commune::{self, Bassin, CommuneConnue};
use crate::db::zonage::MASSEUR_KINESITHERAPEUTE;
use crate::import::rapport::{Compte, Rapport};
use crate::import::table::{Table, hex};
use crate::import::zonage::{Cadre, ClasseBassin, ZonageLu, check};

/// What identifies an arrêté (ZON-4). What is not known stays unknown.
#[derive(Debug, Clone)]
pub struct DescriptionArrete {
    /// Region whose ARS signed it.
    pub region: String,
    /// Its number.
    pub reference: Option<String>,
    /// First day in force.
    pub effet: NaiveDate,
    /// Date of signature.
    pub signature: Option<NaiveDate>,
    /// Date of publication.
    pub publication: Option<NaiveDate>,
}

/// What is already stored, read at once.
pub(super) struct Connu {
    pub(super) communes: HashMap<String, CommuneConnue>,
    pub(super) bassins: HashMap<String, Bassin>,
    arretes: Vec<Arrete>,
}

/// Imports the zonage of one region from its file, or from several where communes of its
/// bassins are listed in the files of neighbour regions. The arrêté in force until then ends
/// at the date of effect; one that begins later bounds the new one.
///
/// # Errors
/// [`ImportError::Refuse`] with the report, [`ImportError::Interrompu`],
/// [`ImportError::Concurrent`], and the refusals of the file or of the database.
pub fn zonage(
    contexte: &Contexte<'_>,
    reglement: &Reglement,
    files: &[PathBuf],
    description: &DescriptionArrete,
) -> Result<Bilan, ImportError> {
    let mut tables = Vec::with_capacity(files.len());
    for file in files {
        tables.push((
            file.display().to_string(),
            Table::read(file, contexte.feuille)?,
        ));
    }
    let connu = contexte.db.read(|conn| {
        Ok::<_, ImportError>(Connu {
            communes: commune::connues(conn)?,
            bassins: commune::bassins(conn)?,
            arretes: arrete::de_region(conn, MASSEUR_KINESITHERAPEUTE, &description.region)?,
        })
    })?;
    let cadre = Cadre {
        region: &description.region,
        effet: description.effet,
        avenant7_effet: avenant7_effet(reglement, description.effet)?,
        communes: &connu.communes,
        bassins: &connu.bassins,
    };
    let (lu, mut rapport) = check(&tables, &cadre)?;
    controle::description(description, &connu, &mut rapport);
    let mut rapport = accepter(rapport)?;
    controle::perimetre(description, &lu, &connu, &mut rapport);
    controle::voisins(contexte, description, &lu, &mut rapport)?;
    let deplacements = controle::deplacement(reglement, description, &lu, &connu, &mut rapport)?;

    let same_day = connu
        .arretes
        .iter()
        .find(|a| a.date_effet == description.effet);
    if let Some(known) = same_day {
        return same(contexte, description, known, &lu, rapport, deplacements);
    }
    let (apercu, compte) = preview(contexte, description, &lu, &connu)?;
    let mut bilan = Bilan::sans_ecrire(rapport, compte, Issue::Simule);
    if !contexte.simuler {
        let empreinte = empreinte(&tables);
        bilan.transactions = write(
            contexte,
            description,
            &lu,
            &apercu,
            &Ecrit {
                compte,
                empreinte: &empreinte,
                deplacements: deplacements.as_ref(),
            },
        )?;
        bilan.issue = Issue::Enregistre;
    }
    bilan.apercu = Some(apercu);
    Ok(bilan)
}

/// The same arrêté again: nothing to do if it says the same, completed if it was less known.
fn same(
    contexte: &Contexte<'_>,
    description: &DescriptionArrete,
    known: &Arrete,
    lu: &ZonageLu,
    mut rapport: Rapport,
    deplacements: Option<Deplacements>,
) -> Result<Bilan, ImportError> {
    let stored = contexte.db.read(|conn| arrete::contenu(conn, known.id))?;
    let compte = compare(lu, &stored);
    let removed = stored.communes.len() + compte.ajoutes - lu.lignes.len();
    if !compte.rien_a_faire() || removed > 0 || bassins_differ(lu, &stored) {
        rapport.erreur(
            None,
            format!(
                "l’arrêté {known} est déjà enregistré avec un autre contenu : {} lignes ajoutées, {} modifiées, {removed} retirées",
                compte.ajoutes, compte.modifies
            ),
        );
    }
    let same = |old: Option<&str>, new: Option<&str>| old.is_none() || new.is_none() || old == new;
    let dates = |old: Option<NaiveDate>, new: Option<NaiveDate>| {
        old.is_none() || new.is_none() || old == new
    };
    if !same(known.reference.as_deref(), description.reference.as_deref())
        || !dates(known.date_signature, description.signature)
        || !dates(known.date_publication, description.publication)
    {
        rapport.erreur(
            None,
            format!("l’arrêté {known} prend déjà effet ce jour-là"),
        );
    }
    let rapport = accepter(rapport)?;
    let reference = known
        .reference
        .as_deref()
        .or(description.reference.as_deref());
    let signature = known.date_signature.or(description.signature);
    let publication = known.date_publication.or(description.publication);
    let stocke = contexte
        .db
        .read(|conn| arrete_deplacement::lire(conn, known.id))?;
    // The same file with the national categories tells more (ZON-7).
    let apporte = deplacements.filter(|d| stocke.as_ref() != Some(d));
    let complete = apporte.is_none()
        && (reference, signature, publication)
            == (
                known.reference.as_deref(),
                known.date_signature,
                known.date_publication,
            );
    if complete {
        return Ok(Bilan::sans_ecrire(rapport, compte, Issue::Inchange));
    }
    if contexte.simuler {
        return Ok(Bilan::sans_ecrire(rapport, compte, Issue::Simule));
    }
    contexte.db.write(|tx| {
        arrete::completer(tx, known.id, reference, signature, publication)?;
        if let Some(deplacements) = &apporte {
            arrete_deplacement::ecrire(tx, known.id, deplacements)?;
        }
        tracer(
            tx,
            contexte.acteur,
            Objet::default(),
            Fait::ImportZonageComplete {
                arrete: known.to_string(),
                lignes: lignes(compte),
                empreinte: known.empreinte.clone(),
            },
        )
    })?;
    Ok(Bilan {
        transactions: 1,
        ..Bilan::sans_ecrire(rapport, compte, Issue::Enregistre)
    })
}

/// Counts the lines of the file against those of a stored arrêté.
fn compare(lu: &ZonageLu, stored: &Contenu) -> Compte {
    let mut compte = Compte::default();
    for ligne in &lu.lignes {
        let new = (ligne.bassin.clone(), ligne.categorie.as_str().to_owned());
        compte.count(stored.communes.get(&ligne.insee), &new);
    }
    compte
}

/// Whether what the file says of its bassins as a whole differs from what is stored.
fn bassins_differ(lu: &ZonageLu, stored: &Contenu) -> bool {
    let same = |(code, classe): (&String, &ClasseBassin)| {
        let stored = stored.bassins.get(code);
        stored.is_some_and(|(categorie, mixte)| {
            categorie == classe.categorie.as_str() && *mixte == classe.mixte
        })
    };
    lu.bassins.len() != stored.bassins.len() || !lu.bassins.iter().all(same)
}

/// What the new arrêté changes, against the one in force the day it takes effect.
fn preview(
    contexte: &Contexte<'_>,
    description: &DescriptionArrete,
    lu: &ZonageLu,
    connu: &Connu,
) -> Result<(ApercuZonage, Compte), ImportError> {
    let effet = description.effet;
    let precedent = connu
        .arretes
        .iter()
        .find(|a| a.date_effet < effet && a.date_fin.is_none_or(|fin| effet < fin));
    let precedent = match precedent {
        None => None,
        Some(arrete) => {
            let contenu = contexte.db.read(|conn| arrete::contenu(conn, arrete.id))?;
            Some((arrete.clone(), contenu))
        }
    };
    let compte = match &precedent {
        Some((_, contenu)) => compare(lu, contenu),
        None => compare(lu, &Contenu::default()),
    };
    let ouverts = ouverts(contexte, &description.region)?;
    let mut apercu = ApercuZonage::new(lu, precedent, &connu.communes, &ouverts);
    apercu.suivant = connu.arretes.iter().find(|a| a.date_effet > effet).cloned();
    Ok((apercu, compte))
}

/// What is open in the region: what the arrêté may change (ZON-10).
fn ouverts(contexte: &Contexte<'_>, region: &str) -> Result<Vec<(Genre, Ouverts)>, ImportError> {
    contexte.db.read(|conn| {
        let mut tous = Vec::new();
        for genre in Genre::TOUS {
            let lus = arrete_effet::ouverts(conn, *genre, region)?;
            tous.extend(lus.into_iter().map(|o| (*genre, o)));
        }
        Ok(tous)
    })
}

/// What goes with the lines of an arrêté.
struct Ecrit<'a> {
    compte: Compte,
    empreinte: &'a str,
    deplacements: Option<&'a Deplacements>,
}

/// Prepares the arrêté in batches, then puts it in force.
fn write(
    contexte: &Contexte<'_>,
    description: &DescriptionArrete,
    lu: &ZonageLu,
    apercu: &ApercuZonage,
    ecrit: &Ecrit<'_>,
) -> Result<usize, ImportError> {
    let &Ecrit {
        compte,
        empreinte,
        deplacements,
    } = ecrit;
    let nouvel = NouvelArrete {
        profession: MASSEUR_KINESITHERAPEUTE,
        region: &description.region,
        reference: description.reference.as_deref(),
        date_signature: description.signature,
        date_publication: description.publication,
        date_effet: description.effet,
        regime: lu.regime,
        empreinte,
        etat: EtatImport::DEBUT,
        importe_le: contexte.acteur.le,
    };
    contexte.avancement.etape(
        "communes et bassins classés",
        lu.lignes.len() + lu.bassins.len(),
    );
    let arrete_id = contexte.db.write(|tx| {
        let id = arrete::preparer(tx, &nouvel)?;
        arrete::purger(tx, id, MASSEUR_KINESITHERAPEUTE, &description.region)?;
        Ok::<_, DbError>(id)
    })?;
    ceder(contexte.db);
    let mut transactions = 2;
    transactions +=
        rows(contexte, arrete_id, lu).or_else(|error| replaced(contexte, arrete_id, error))?;
    contexte.db.write(|tx| {
        let (communes, bassins) = arrete::compter(tx, arrete_id)?;
        let expected = (Ok(lu.lignes.len()), Ok(lu.bassins.len()));
        if (usize::try_from(communes), usize::try_from(bassins)) != expected {
            return Err(ImportError::Concurrent);
        }
        if let Some(precedent) = &apercu.precedent {
            arrete::fermer(tx, precedent.id, description.effet)?;
        }
        let passage = activer(EtatImport::DEBUT).map_err(|_| ImportError::Concurrent)?;
        let fin = apercu.suivant.as_ref().map(|a| a.date_effet);
        arrete::activer(tx, arrete_id, passage, fin)?;
        if let Some(deplacements) = deplacements {
            arrete_deplacement::ecrire(tx, arrete_id, deplacements)?;
        }
        tracer(
            tx,
            contexte.acteur,
            Objet::default(),
            Fait::ImportZonage {
                region: description.region.clone(),
                effet: description.effet,
                lignes: lignes(compte),
                empreinte: empreinte.to_owned(),
            },
        )?;
        Ok(())
    })?;
    contexte.avancement.fin();
    Ok(transactions)
}

fn rows(contexte: &Contexte<'_>, arrete_id: i64, lu: &ZonageLu) -> Result<usize, ImportError> {
    let bassins: Vec<BassinClasse<'_>> = lu
        .bassins
        .iter()
        .map(|(code, classe)| BassinClasse {
            arrete_id,
            bassin_code: code,
            categorie: classe.categorie.as_str(),
            mixte: classe.mixte,
        })
        .collect();
    let communes: Vec<CommuneClassee<'_>> = lu
        .lignes
        .iter()
        .map(|ligne| CommuneClassee {
            arrete_id,
            insee: &ligne.insee,
            bassin_code: &ligne.bassin,
            categorie: ligne.categorie.as_str(),
        })
        .collect();
    let transactions = par_lots(contexte, &bassins, arrete::ajouter_bassins)?;
    Ok(transactions + par_lots(contexte, &communes, arrete::ajouter_communes)?)
}

/// A refusal while preparing means another import removed the arrêté, if it is gone.
fn replaced(
    contexte: &Contexte<'_>,
    arrete_id: i64,
    error: ImportError,
) -> Result<usize, ImportError> {
    if contexte.db.read(|conn| arrete::existe(conn, arrete_id))? {
        return Err(error);
    }
    Err(ImportError::Concurrent)
}

/// The fingerprint of the file, or of the fingerprints of the files.
fn empreinte(tables: &[(String, Table)]) -> String {
    if let [(_, table)] = tables {
        return table.empreinte.clone();
    }
    let all: Vec<&str> = tables
        .iter()
        .map(|(_, table)| table.empreinte.as_str())
        .collect();
    hex(&Sha256::digest(all.join(" ")))
}

/// First day of the categories of avenant 7.
fn avenant7_effet(reglement: &Reglement, date: NaiveDate) -> Result<NaiveDate, ImportError> {
    const KEY: &str = "avenant7.effet";
    let text = reglement.texte(KEY, date)?;
    dates_fr::lire_iso(text).map_err(|_| ReglementError::Type(KEY.to_owned()).into())
}

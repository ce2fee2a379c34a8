//! A bundle verified by itself: its files by their digests, its events by their chain, their tree and the signed jalon.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use chrono::NaiveDateTime;
use regles::evenement::{Empreinte, Entree, engagement, maillon};
use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::arbre::Racine;
use crate::horodatage::Horodatage;
use crate::jalon::{Cle, Signe};
use crate::liasse::{ChaineProuvee, EvenementProuve, FORMAT, Preuve, Scelle};

const SOMMES: &str = "SHA256SUMS";
const PREUVE: &str = "preuve/preuve.json";
const JALON: &str = "preuve/jalon.txt";
const CLE: &str = "preuve/cle.txt";
const HORODATAGE: &str = "preuve/jalon.tst";

/// How far a bundle is read: it may come from anybody.
#[derive(Debug, Clone, Copy)]
pub struct Limites {
    /// Files.
    pub fichiers: usize,
    /// Bytes of all files, unpacked.
    pub octets: u64,
    /// Bytes of one text of the proof.
    pub texte: u64,
}

impl Default for Limites {
    fn default() -> Limites {
        Limites {
            fichiers: 10_000,
            octets: 20 << 30,
            texte: 256 << 20,
        }
    }
}

/// Why a bundle could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum VerificationError {
    /// No ZIP, or a damaged one.
    #[error("l’archive ne se lit pas : {0}")]
    Archive(#[from] zip::result::ZipError),
    /// The disk does not answer, or the archive is damaged.
    #[error("l’archive ne se lit pas : {0}")]
    Lecture(#[from] std::io::Error),
    /// More than [`Limites`] allow.
    #[error("l’archive est trop grande : {0}")]
    Limite(&'static str),
}

/// Something seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constat {
    /// Whether it forbids to rely on the bundle.
    pub grave: bool,
    /// In words.
    pub phrase: String,
}

/// What a verification found.
#[derive(Debug, Default)]
pub struct Rapport {
    /// The file, as the proof names it.
    pub dossier: Option<String>,
    /// What was seen, in the order of the reading.
    pub constats: Vec<Constat>,
    /// Files whose digest holds.
    pub fichiers: usize,
    /// Of them, those whose digest a proven event states.
    pub cites: usize,
    /// Events whose text, chain and tree hold.
    pub prouves: usize,
    /// Events newer than the jalon.
    pub a_sceller: usize,
    /// The jalon, verified.
    pub jalon: Option<Signe>,
    /// The key under which it was.
    pub cle: Option<String>,
    /// Whether the key was given by who verifies, not by the bundle.
    pub cle_donnee: bool,
    /// When an authority stamped the jalon (UTC), once its token was verified.
    pub horodatage: Option<NaiveDateTime>,
}

/// What whoever verifies trusts.
#[derive(Debug, Clone, Default)]
pub struct Confiance {
    /// The key that the caisse publishes; without it the one in the bundle is used, which the report says.
    pub cle: Option<Cle>,
    /// The authorities whose time stamps are believed (DER of their certificates).
    pub autorites: Vec<Vec<u8>>,
}

impl Rapport {
    /// Whether one may rely on the bundle.
    pub fn tient(&self) -> bool {
        !self.constats.iter().any(|c| c.grave)
    }

    fn faute(&mut self, phrase: impl Into<String>) {
        self.constats.push(Constat {
            grave: true,
            phrase: phrase.into(),
        });
    }

    fn remarque(&mut self, phrase: impl Into<String>) {
        self.constats.push(Constat {
            grave: false,
            phrase: phrase.into(),
        });
    }
}

/// Verifies a bundle.
///
/// # Errors
/// No ZIP, damaged or too large; what is wrong inside is in the report.
pub fn verifier<R: Read + Seek>(
    source: R,
    confiance: &Confiance,
    limites: &Limites,
) -> Result<Rapport, VerificationError> {
    let mut archive = ZipArchive::new(source)?;
    let mut rapport = Rapport::default();
    let sommes = empreintes(&mut archive, limites)?;
    fichiers(&mut archive, &sommes, limites, &mut rapport)?;
    let Some(preuve) = preuve(&mut archive, limites, &mut rapport)? else {
        return Ok(rapport);
    };
    rapport.dossier = Some(preuve.dossier.clone());
    let racine = jalon(&mut archive, confiance, limites, &mut rapport)?;
    let chaines = chaines(&preuve.chaines, racine, &mut rapport);
    let mut cites = BTreeSet::new();
    for evenement in &preuve.evenements {
        un_evenement(evenement, &chaines, &mut cites, &mut rapport);
    }
    if rapport.a_sceller > 0 {
        rapport.remarque(format!(
            "événements plus récents que le jalon, qu’aucune signature ne couvre encore : {}",
            rapport.a_sceller
        ));
    }
    rapport.cites = sommes
        .iter()
        .filter(|(nom, _)| nom.as_str() != SOMMES)
        .filter(|(_, lu)| cites.contains(&lu.to_string()))
        .count();
    Ok(rapport)
}

/// The digest of each file, whatever the list says.
fn empreintes<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    limites: &Limites,
) -> Result<BTreeMap<String, Empreinte>, VerificationError> {
    if archive.len() > limites.fichiers {
        return Err(VerificationError::Limite("trop de fichiers"));
    }
    let mut reste = limites.octets;
    let mut lues = BTreeMap::new();
    let mut tampon = vec![0; 64 << 10];
    for rang in 0..archive.len() {
        let mut fichier = archive.by_index(rang)?;
        if fichier.is_dir() {
            continue;
        }
        let mut hache = Sha256::new();
        loop {
            let n = fichier.read(&mut tampon)?;
            if n == 0 {
                break;
            }
            reste = reste
                .checked_sub(n as u64)
                .ok_or(VerificationError::Limite("trop d’octets"))?;
            hache.update(&tampon[..n]);
        }
        lues.insert(
            fichier.name()?.into_owned(),
            Empreinte(hache.finalize().into()),
        );
    }
    Ok(lues)
}

/// Compares the files with the list of their digests, both ways.
fn fichiers<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    lues: &BTreeMap<String, Empreinte>,
    limites: &Limites,
    rapport: &mut Rapport,
) -> Result<(), VerificationError> {
    let Some(liste) = texte(archive, SOMMES, limites)? else {
        rapport.faute("il manque SHA256SUMS, la liste des empreintes");
        return Ok(());
    };
    let mut attendus = BTreeMap::new();
    for ligne in liste.lines() {
        match ligne.split_once("  ") {
            Some((empreinte, nom)) => {
                attendus.insert(nom, empreinte);
            }
            None => rapport.faute(format!("SHA256SUMS : ligne illisible, {ligne}")),
        }
    }
    for (nom, attendue) in &attendus {
        match lues.get(*nom) {
            None => rapport.faute(format!("{nom} : le fichier manque")),
            Some(lue) if lue.to_string() == *attendue => rapport.fichiers += 1,
            Some(_) => rapport.faute(format!(
                "{nom} : le contenu n’est pas celui qui a été scellé"
            )),
        }
    }
    for nom in lues.keys() {
        if nom != SOMMES && !attendus.contains_key(nom.as_str()) {
            rapport.faute(format!("{nom} : le fichier n’est pas dans la liste"));
        }
    }
    Ok(())
}

fn preuve<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    limites: &Limites,
    rapport: &mut Rapport,
) -> Result<Option<Preuve>, VerificationError> {
    let Some(lu) = texte(archive, PREUVE, limites)? else {
        rapport.faute("il manque preuve/preuve.json : rien ne prouve les événements");
        return Ok(None);
    };
    match serde_json::from_str::<Preuve>(&lu) {
        Ok(preuve) if preuve.format == FORMAT => return Ok(Some(preuve)),
        Ok(preuve) => rapport.faute(format!(
            "preuve/preuve.json : format {} inconnu",
            preuve.format
        )),
        Err(_) => rapport.faute("preuve/preuve.json ne se lit pas"),
    }
    Ok(None)
}

/// The root that the jalon signs, once its signature is verified.
fn jalon<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    confiance: &Confiance,
    limites: &Limites,
    rapport: &mut Rapport,
) -> Result<Option<Racine>, VerificationError> {
    let donnee = confiance.cle.as_ref();
    let Some(note) = texte(archive, JALON, limites)? else {
        rapport
            .remarque("aucun jalon signé n’est joint : seule la suite des événements se vérifie");
        return Ok(None);
    };
    let jointe = match texte(archive, CLE, limites)?.map(|t| t.parse::<Cle>()) {
        Some(Ok(cle)) => Some(cle),
        Some(Err(erreur)) => {
            rapport.faute(format!("preuve/cle.txt : {erreur}"));
            None
        }
        None => None,
    };
    if let (Some(donnee), Some(jointe)) = (donnee, &jointe)
        && donnee != jointe
    {
        rapport.faute("la clé jointe n’est pas celle que vous donnez");
    }
    let Some(cle) = donnee.or(jointe.as_ref()) else {
        rapport.faute("aucune clé ne permet de vérifier le jalon");
        return Ok(None);
    };
    horodatage(archive, &note, confiance, limites, rapport)?;
    rapport.cle = Some(cle.to_string());
    rapport.cle_donnee = donnee.is_some();
    match cle.lire(&note) {
        Ok(signe) => {
            let racine = signe.jalon.racine;
            rapport.jalon = Some(signe);
            Ok(Some(racine))
        }
        Err(erreur) => {
            rapport.faute(format!("preuve/jalon.txt : {erreur}"));
            Ok(None)
        }
    }
}

/// The time stamp of the jalon, if there is one.
fn horodatage<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    note: &str,
    confiance: &Confiance,
    limites: &Limites,
    rapport: &mut Rapport,
) -> Result<(), VerificationError> {
    let Some(jeton) = octets(archive, HORODATAGE, limites)? else {
        return Ok(());
    };
    let empreinte = Empreinte(Sha256::digest(note.as_bytes()).into());
    match Horodatage::lire(&jeton) {
        Ok(lu) if confiance.autorites.is_empty() => rapport.remarque(format!(
            "un horodatage du {} (UTC) est joint, qu’aucune autorité donnée ne vérifie",
            lu.le.format("%d/%m/%Y à %H:%M:%S")
        )),
        Ok(lu) => match lu.verifier(&empreinte, &confiance.autorites) {
            Ok(()) => rapport.horodatage = Some(lu.le),
            Err(erreur) => rapport.faute(format!("{HORODATAGE} : {erreur}")),
        },
        Err(erreur) => rapport.faute(format!("{HORODATAGE} : {erreur}")),
    }
    Ok(())
}

/// The roots of the chains, of which a signed jalon must hold each.
fn chaines(
    chaines: &[ChaineProuvee],
    jalon: Option<Racine>,
    rapport: &mut Rapport,
) -> BTreeMap<String, Racine> {
    let mut prouvees = BTreeMap::new();
    for c in chaines {
        let tenue = jalon
            .is_some_and(|jalon| jalon.contient(&c.racine.feuille(&c.code), c.rang, &c.chemin));
        if tenue {
            prouvees.insert(c.code.clone(), c.racine);
        } else if jalon.is_some() {
            rapport.faute(format!(
                "chaîne {} : sa racine n’est pas dans le jalon",
                c.code
            ));
        }
    }
    prouvees
}

fn un_evenement(
    e: &EvenementProuve,
    chaines: &BTreeMap<String, Racine>,
    cites: &mut BTreeSet<String>,
    rapport: &mut Rapport,
) {
    let ici = format!("événement {} de la chaîne {}", e.seq, e.chaine);
    let Ok(entree) = Entree::lire(&e.texte) else {
        rapport.faute(format!("{ici} : le texte ne se lit pas"));
        return;
    };
    if entree.chaine != e.chaine {
        rapport.faute(format!("{ici} : le texte est d’une autre chaîne"));
        return;
    }
    if let Some(scelle) = &e.scelle {
        if !tient(scelle, &entree.personnel) {
            rapport.faute(format!(
                "{ici} : ce qui touche aux personnes n’est pas ce qui a été scellé"
            ));
            return;
        }
    } else {
        rapport.remarque(format!("{ici} : ce qui touche aux personnes a été effacé"));
    }
    let feuille = maillon(&e.precedente, e.seq, &e.texte);
    let rang = u64::try_from(e.seq - 1).ok();
    match (chaines.get(&e.chaine), &e.chemin, rang) {
        (Some(racine), Some(chemin), Some(rang)) if racine.contient(&feuille, rang, chemin) => {
            rapport.prouves += 1;
            citer(&e.texte, cites);
            if let Some(scelle) = &e.scelle {
                citer(&scelle.personnel, cites);
            }
        }
        (Some(_), Some(_), _) => rapport.faute(format!("{ici} : il n’est pas dans le jalon")),
        (_, None, _) => rapport.a_sceller += 1,
        (None, Some(_), _) => rapport.faute(format!("{ici} : sa chaîne n’est pas dans le jalon")),
    }
}

fn tient(scelle: &Scelle, engage: &Empreinte) -> bool {
    let chiffres = scelle.sel.as_bytes();
    let sel: Option<Vec<u8>> = chiffres
        .chunks(2)
        .map(|deux| u8::from_str_radix(std::str::from_utf8(deux).ok()?, 16).ok())
        .collect();
    sel.is_some_and(|sel| engagement(&sel, &scelle.personnel) == *engage)
}

/// The digests that an event states, wherever it does.
fn citer(texte: &str, cites: &mut BTreeSet<String>) {
    fn chercher(valeur: &Value, cites: &mut BTreeSet<String>) {
        match valeur {
            Value::String(s) => {
                if let Ok(empreinte) = s.parse::<Empreinte>() {
                    cites.insert(empreinte.to_string());
                }
            }
            Value::Array(valeurs) => valeurs.iter().for_each(|v| chercher(v, cites)),
            Value::Object(champs) => champs.values().for_each(|v| chercher(v, cites)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    if let Ok(valeur) = serde_json::from_str(texte) {
        chercher(&valeur, cites);
    }
}

fn texte<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    nom: &str,
    limites: &Limites,
) -> Result<Option<String>, VerificationError> {
    let Some(octets) = octets(archive, nom, limites)? else {
        return Ok(None);
    };
    // What is no text reads as one that says nothing: its reader says so.
    Ok(Some(String::from_utf8_lossy(&octets).into_owned()))
}

fn octets<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    nom: &str,
    limites: &Limites,
) -> Result<Option<Vec<u8>>, VerificationError> {
    let mut fichier = match archive.by_name(nom) {
        Ok(fichier) => fichier,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(erreur) => return Err(erreur.into()),
    };
    let mut lus = Vec::new();
    fichier
        .by_ref()
        .take(limites.texte + 1)
        .read_to_end(&mut lus)?;
    if lus.len() as u64 > limites.texte {
        return Err(VerificationError::Limite("un fichier de la preuve"));
    }
    Ok(Some(lus))
}

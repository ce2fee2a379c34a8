//! A jalon: the state of all chains at an instant, signed. Its text is a checkpoint of C2SP (tlog-checkpoint) in a signed note,
//! which published tools verify.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDateTime;
use regles::evenement::Empreinte;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use sha2::{Digest, Sha256};

use crate::arbre::Racine;

/// Ed25519, as signed notes number the kinds of keys.
const ED25519_NOTE: u8 = 1;
/// The line that gives the instant: the extension of ours, which readers of checkpoints skip.
const INSTANT: &str = "instant ";
const HEURE: &str = "%Y-%m-%dT%H:%M:%S%.fZ";

/// Why a key or a jalon is refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum JalonError {
    /// A key that does not read.
    #[error("clé illisible : {0}")]
    Cle(&'static str),
    /// A text that is no checkpoint.
    #[error("jalon illisible : {0}")]
    Texte(&'static str),
    /// No signature by the expected key.
    #[error("la signature n’est pas celle de la clé {0}")]
    Signature(String),
}

/// What is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jalon {
    /// Whose journal, as the key is named.
    pub origine: String,
    /// The tree of the chains.
    pub racine: Racine,
    /// When it was taken (UTC).
    pub le: NaiveDateTime,
}

/// A jalon with its signature: the text to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signe {
    /// What it says.
    pub jalon: Jalon,
    /// The signed note.
    pub note: String,
}

/// The key with which jalons are signed. Never shown.
pub struct CleSecrete {
    nom: String,
    paire: Ed25519KeyPair,
}

/// The key that verifies them: `nom+identifiant+base64`, as signed notes write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cle {
    nom: String,
    publique: [u8; 32],
}

impl fmt::Debug for CleSecrete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CleSecrete({})", self.nom)
    }
}

impl CleSecrete {
    /// The key of a journal from its 32 secret bytes.
    ///
    /// # Errors
    /// A name with a space or a plus sign, which notes refuse; not 32 bytes.
    pub fn new(nom: &str, graine: &[u8]) -> Result<CleSecrete, JalonError> {
        let paire = Ed25519KeyPair::from_seed_unchecked(graine)
            .map_err(|_| JalonError::Cle("32 octets sont attendus"))?;
        Ok(CleSecrete {
            nom: nom_de_note(nom)?.to_owned(),
            paire,
        })
    }

    /// The key that verifies what this one signs.
    pub fn publique(&self) -> Cle {
        let mut publique = [0; 32];
        publique.copy_from_slice(self.paire.public_key().as_ref());
        Cle {
            nom: self.nom.clone(),
            publique,
        }
    }

    /// Signs the state of the chains at an instant.
    pub fn signer(&self, racine: Racine, le: NaiveDateTime) -> Signe {
        let jalon = Jalon {
            origine: self.nom.clone(),
            racine,
            le,
        };
        let texte = jalon.texte();
        let mut signature = self.publique().identifiant().to_vec();
        signature.extend_from_slice(self.paire.sign(texte.as_bytes()).as_ref());
        let note = format!("{texte}\n— {} {}\n", self.nom, STANDARD.encode(signature));
        Signe { jalon, note }
    }
}

impl Cle {
    /// The first four bytes of SHA-256(name ‖ line feed ‖ kind ‖ key).
    fn identifiant(&self) -> [u8; 4] {
        let mut hache = Sha256::new();
        hache.update(self.nom.as_bytes());
        hache.update([b'\n', ED25519_NOTE]);
        hache.update(self.publique);
        let entier: [u8; 32] = hache.finalize().into();
        [entier[0], entier[1], entier[2], entier[3]]
    }

    /// The same key under the name that a note bears: the address of a journal may have changed since.
    ///
    /// # Errors
    /// A first line that cannot name a key.
    pub fn nommee_par(&self, note: &str) -> Result<Cle, JalonError> {
        Ok(Cle {
            nom: nom_de_note(note.lines().next().unwrap_or_default())?.to_owned(),
            publique: self.publique,
        })
    }

    /// Its 32 bytes.
    pub fn octets(&self) -> &[u8; 32] {
        &self.publique
    }

    /// Reads a signed note, and verifies it.
    ///
    /// # Errors
    /// A text that is no jalon; no signature of this key, or a false one.
    pub fn lire(&self, note: &str) -> Result<Signe, JalonError> {
        let (texte, signatures) = note
            .rsplit_once("\n\n")
            .ok_or(JalonError::Texte("il manque la signature"))?;
        let texte = format!("{texte}\n");
        let debut = format!("— {} ", self.nom);
        let signe = signatures
            .lines()
            .filter_map(|ligne| STANDARD.decode(ligne.strip_prefix(&debut)?).ok())
            .any(|octets| {
                octets.split_first_chunk::<4>().is_some_and(|(id, s)| {
                    *id == self.identifiant()
                        && UnparsedPublicKey::new(&ED25519, &self.publique)
                            .verify(texte.as_bytes(), s)
                            .is_ok()
                })
            });
        if !signe {
            return Err(JalonError::Signature(self.nom.clone()));
        }
        let jalon: Jalon = texte.parse()?;
        if jalon.origine != self.nom {
            return Err(JalonError::Texte("l’origine n’est pas celle de la clé"));
        }
        Ok(Signe {
            jalon,
            note: note.to_owned(),
        })
    }
}

impl fmt::Display for Cle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.identifiant();
        let mut octets = vec![ED25519_NOTE];
        octets.extend_from_slice(&self.publique);
        let cle = STANDARD.encode(octets);
        write!(f, "{}+{a:02x}{b:02x}{c:02x}{d:02x}+{cle}", self.nom)
    }
}

impl FromStr for Cle {
    type Err = JalonError;

    fn from_str(texte: &str) -> Result<Cle, JalonError> {
        let mut parties = texte.trim().splitn(3, '+');
        let (Some(nom), Some(_), Some(cle)) = (parties.next(), parties.next(), parties.next())
        else {
            return Err(JalonError::Cle("trois parties sont attendues"));
        };
        let octets = STANDARD
            .decode(cle)
            .map_err(|_| JalonError::Cle("la troisième partie n’est pas en base64"))?;
        let publique = match octets.split_first() {
            Some((&ED25519_NOTE, publique)) => <[u8; 32]>::try_from(publique)
                .map_err(|_| JalonError::Cle("32 octets sont attendus"))?,
            _ => return Err(JalonError::Cle("seul Ed25519 est lu")),
        };
        let lue = Cle {
            nom: nom_de_note(nom)?.to_owned(),
            publique,
        };
        // The identifier only repeats the rest: a key that was cut or mixed up is seen.
        if lue.to_string() == texte.trim() {
            Ok(lue)
        } else {
            Err(JalonError::Cle("l’identifiant ne répond pas à la clé"))
        }
    }
}

impl Jalon {
    fn texte(&self) -> String {
        format!(
            "{}\n{}\n{}\n{INSTANT}{}\n",
            self.origine,
            self.racine.taille,
            STANDARD.encode(self.racine.empreinte.0),
            self.le.format(HEURE),
        )
    }
}

impl FromStr for Jalon {
    type Err = JalonError;

    fn from_str(texte: &str) -> Result<Jalon, JalonError> {
        let mut lignes = texte.lines();
        let mut ligne = |quoi| lignes.next().ok_or(JalonError::Texte(quoi));
        let origine = ligne("il manque l’origine")?.to_owned();
        let taille = ligne("il manque la taille")?
            .parse()
            .map_err(|_| JalonError::Texte("la taille n’est pas un nombre"))?;
        let racine = ligne("il manque la racine")?;
        let instant = ligne("il manque l’instant")?;
        let octets = STANDARD
            .decode(racine)
            .map_err(|_| JalonError::Texte("la racine n’est pas en base64"))?;
        let empreinte = Empreinte::try_from(octets.as_slice())
            .map_err(|_| JalonError::Texte("la racine n’a pas 32 octets"))?;
        let le = instant
            .strip_prefix(INSTANT)
            .and_then(|le| NaiveDateTime::parse_from_str(le, HEURE).ok())
            .ok_or(JalonError::Texte("l’instant ne se lit pas"))?;
        let lu = Jalon {
            origine,
            racine: Racine { taille, empreinte },
            le,
        };
        if lu.texte() == texte {
            Ok(lu)
        } else {
            Err(JalonError::Texte("il dit autre chose qu’un jalon"))
        }
    }
}

fn nom_de_note(nom: &str) -> Result<&str, JalonError> {
    if nom.is_empty() || nom.contains(|c: char| c.is_whitespace() || c == '+') {
        return Err(JalonError::Cle(
            "un nom sans espace ni signe plus est attendu",
        ));
    }
    Ok(nom)
}

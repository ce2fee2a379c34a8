//! The chain: each entry holds the digest of the one before it, so that none can be changed, removed or moved unseen. What is
//! cut off at its end is only seen against a head kept elsewhere.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What the first entry of a chain follows.
pub const ORIGINE: Empreinte = Empreinte([0; 32]);

/// A SHA-256, in hexadecimal as a text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Empreinte(pub [u8; 32]);

impl fmt::Display for Empreinte {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
    }
}

impl fmt::Debug for Empreinte {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Empreinte> for String {
    fn from(empreinte: Empreinte) -> String {
        empreinte.to_string()
    }
}

impl FromStr for Empreinte {
    type Err = String;

    fn from_str(texte: &str) -> Result<Self, String> {
        let faux = || format!("empreinte illisible : {texte}");
        let minuscule = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
        if texte.len() != 64 || !texte.bytes().all(minuscule) {
            return Err(faux());
        }
        let mut octets = [0; 32];
        for (octet, deux) in octets.iter_mut().zip(texte.as_bytes().chunks(2)) {
            let deux = std::str::from_utf8(deux).map_err(|_| faux())?;
            *octet = u8::from_str_radix(deux, 16).map_err(|_| faux())?;
        }
        Ok(Empreinte(octets))
    }
}

impl TryFrom<String> for Empreinte {
    type Error = String;

    fn try_from(texte: String) -> Result<Self, String> {
        texte.parse()
    }
}

impl TryFrom<&[u8]> for Empreinte {
    type Error = String;

    fn try_from(octets: &[u8]) -> Result<Self, String> {
        <[u8; 32]>::try_from(octets)
            .map(Empreinte)
            .map_err(|_| format!("une empreinte de {} octets", octets.len()))
    }
}

/// The digest of an entry: SHA-256(0x00 ‖ digest of the one before ‖ rank, eight bytes, the greatest first ‖ text). The byte
/// in front keeps a leaf from being taken for a node of a tree (RFC 6962).
pub fn maillon(precedente: &Empreinte, seq: i64, texte: &str) -> Empreinte {
    let mut hache = Sha256::new();
    hache.update([0]);
    hache.update(precedente.0);
    hache.update(seq.to_be_bytes());
    hache.update(texte.as_bytes());
    Empreinte(hache.finalize().into())
}

/// The commitment to a personal part: SHA-256(salt ‖ text). Without the salt, the text cannot be guessed from it.
pub fn engagement(sel: &[u8], personnel: &str) -> Empreinte {
    let mut hache = Sha256::new();
    hache.update(sel);
    hache.update(personnel.as_bytes());
    Empreinte(hache.finalize().into())
}

/// An entry as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Maillon<'a> {
    /// Its rank, from one.
    pub seq: i64,
    /// The digest of the one before.
    pub precedente: Empreinte,
    /// Its own.
    pub empreinte: Empreinte,
    /// What is hashed.
    pub texte: &'a str,
}

/// What is wrong with a link of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Faute {
    /// The rank is not the one that comes next.
    Rang,
    /// The digest written as that of the entry before is not its own.
    Precedente,
    /// The text is not the one that was hashed.
    Texte,
}

impl Faute {
    /// What a report says.
    pub fn phrase(self) -> &'static str {
        match self {
            Faute::Rang => "le rang ne suit pas le précédent : une ligne manque ou a été ajoutée",
            Faute::Precedente => {
                "l’empreinte de la ligne précédente n’est pas celle qui est inscrite : l’ordre a changé"
            }
            Faute::Texte => "le texte n’est pas celui qui a été scellé",
        }
    }
}

/// Where a chain was followed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suite {
    /// The rank of the last entry; 0 before the first.
    pub seq: i64,
    /// Its digest.
    pub empreinte: Empreinte,
}

impl Default for Suite {
    fn default() -> Suite {
        Suite {
            seq: 0,
            empreinte: ORIGINE,
        }
    }
}

impl Suite {
    /// Goes on to a text added at the end.
    pub fn ajouter(&mut self, texte: &str) {
        self.seq += 1;
        self.empreinte = maillon(&self.empreinte, self.seq, texte);
    }

    /// Follows a stored link, and says what is wrong with it. It then goes on from what is stored, so that one fault is
    /// said once.
    pub fn suivre(&mut self, lu: &Maillon<'_>) -> Vec<Faute> {
        let mut fautes = Vec::new();
        if lu.seq != self.seq + 1 {
            fautes.push(Faute::Rang);
        } else if lu.precedente != self.empreinte {
            fautes.push(Faute::Precedente);
        }
        if maillon(&lu.precedente, lu.seq, lu.texte) != lu.empreinte {
            fautes.push(Faute::Texte);
        }
        *self = Suite {
            seq: lu.seq,
            empreinte: lu.empreinte,
        };
        fautes
    }
}

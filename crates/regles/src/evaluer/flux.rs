//! One JSON object a line in, one a line out, in bounded memory.

use std::io::{self, BufRead, Read, Write};

use super::{LIGNE, Reponse, evaluer};
use crate::evaluer::ErreurFait;
use crate::reglement::Reglement;
use crate::zonage::ResolveurDeZone;

/// Longest line read; beyond, the line is refused and skipped.
pub const LIGNE_MAX: usize = 1 << 20;

/// How a run went: the command exits 1 when there are errors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bilan {
    /// Lines answered.
    pub lignes: u64,
    /// Lines refused among them.
    pub erreurs: u64,
}

/// Answers every line of `entree` on `sortie`, in order. Blank lines are skipped.
///
/// # Errors
/// Reading or writing failed; a malformed line is answered, not an error.
pub fn evaluer_flux(
    reglement: &Reglement,
    zones: &dyn ResolveurDeZone,
    mut entree: impl BufRead,
    mut sortie: impl Write,
) -> io::Result<Bilan> {
    let mut bilan = Bilan::default();
    let mut tampon = Vec::with_capacity(4096);
    loop {
        tampon.clear();
        let lus = entree
            .by_ref()
            .take(LIGNE_MAX as u64 + 1)
            .read_until(b'\n', &mut tampon)?;
        if lus == 0 {
            sortie.flush()?;
            return Ok(bilan);
        }
        let reponse = if lus > LIGNE_MAX && tampon.last() != Some(&b'\n') {
            passer_la_ligne(&mut entree)?;
            refus(format!("ligne trop longue : {LIGNE_MAX} octets au plus"))
        } else {
            let premiere = bilan.lignes == 0;
            let octets = if premiere {
                tampon.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&tampon)
            } else {
                &tampon
            };
            match std::str::from_utf8(octets) {
                Ok(ligne) if ligne.trim().is_empty() => continue,
                Ok(ligne) => evaluer(reglement, ligne, zones),
                Err(_) => refus("la ligne n’est pas en UTF-8".to_owned()),
            }
        };
        bilan.lignes += 1;
        bilan.erreurs += u64::from(reponse.est_erreur());
        serde_json::to_writer(&mut sortie, &reponse)?;
        sortie.write_all(b"\n")?;
    }
}

fn refus(message: String) -> Reponse {
    Reponse::refusee(None, ErreurFait::new(LIGNE, message))
}

/// Skips what is left of the current line without keeping it.
fn passer_la_ligne(entree: &mut impl BufRead) -> io::Result<()> {
    loop {
        let tampon = entree.fill_buf()?;
        if tampon.is_empty() {
            return Ok(());
        }
        let fin = tampon.iter().position(|octet| *octet == b'\n');
        let lus = fin.map_or(tampon.len(), |rang| rang + 1);
        entree.consume(lus);
        if fin.is_some() {
            return Ok(());
        }
    }
}

//! The documents of a file in one archive, with what they are and their fingerprints.

use std::fs::File;
use std::io::Write;

use actix_web::web::{self, Bytes};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::clock::jour_a_paris;
use crate::db::piece::{Contenu, Piece};
use crate::db::{DbResult, demande, piece};
use crate::secret;
use crate::tableur::inerte;
use crate::web::erreur::WebError;
use crate::web::kit::fichier::envoyer;
use crate::web::visite::{Reponse, Visite};

/// Longest name in an archive, in characters, and what of its end is kept.
const NOM_MAX: usize = 100;
const FIN: usize = 10;

/// `GET /dossiers/{numero}/pieces.zip`: what touches health is left out, and the archive says so (PRO-14).
///
/// # Errors
/// Out of scope; a document whose bytes changed; the store or the disk does not answer.
pub async fn telecharger(visite: Visite, numero: web::Path<String>) -> Reponse {
    let scope = visite.qui()?.scope();
    let numero = numero.into_inner();
    let pieces = {
        let numero = numero.clone();
        visite
            .read(move |conn| -> DbResult<_> {
                let d = demande::lire(conn, &scope, &numero)?;
                piece::de(conn, &scope, d.id)
            })
            .await?
    };
    archiver(&visite, &pieces, &format!("pieces-{numero}.zip")).await
}

/// Sends documents in one archive: each is read, checked against its fingerprint and written before the next is read.
/// `manifeste.csv` says what each is; `SHA256SUMS` is checked by `sha256sum --check`. Those that the reader may not open are
/// named in `A-PART.txt`.
///
/// # Errors
/// A document whose bytes changed; the store or the disk does not answer.
pub(in crate::web) async fn archiver(visite: &Visite, pieces: &[Piece], nom: &str) -> Reponse {
    let mut archive = Archive::new()?;
    let mut manifeste =
        String::from("\u{feff}fichier;nature;état;déposée le;taille en octets;type;SHA-256\r\n");
    let lisibles = pieces.iter().filter_map(|p| Some((p, p.contenu.as_ref()?)));
    for (rang, (p, c)) in lisibles.enumerate() {
        let nom = format!("pieces/{:02}-{}", rang + 1, nom_sur(&c.nom));
        archive.ajouter(&nom, &octets(visite, p.id, c).await?)?;
        manifeste.push_str(&format!(
            "{nom};{};{};{};{};{};{}\r\n",
            inerte(p.nature.libelle()).replace(';', ","),
            p.etat.libelle(),
            jour_a_paris(p.deposee_le),
            c.taille,
            c.media,
            c.empreinte
        ));
    }
    archive.ajouter("manifeste.csv", manifeste.as_bytes())?;
    if let Some(texte) = a_part(pieces) {
        archive.ajouter("A-PART.txt", texte.as_bytes())?;
    }
    envoyer(archive.finir()?, "application/zip", nom).await
}

/// The bytes of a document, checked against its fingerprint.
///
/// # Errors
/// They changed, or the store does not answer.
pub(in crate::web) async fn octets(
    visite: &Visite,
    piece: i64,
    contenu: &Contenu,
) -> Result<Bytes, WebError> {
    let depot = &visite.etat.pieces;
    depot
        .lire(&contenu.cle, &contenu.empreinte)
        .await
        .map_err(|e| WebError::interne(format!("piece {piece}: {e}")))
}

/// What stands in place of the documents that the reader may not open; none if there are none.
pub(in crate::web) fn a_part(pieces: &[Piece]) -> Option<String> {
    let lignes: String = pieces
        .iter()
        .filter(|p| p.contenu.is_none())
        .map(|p| format!("{}, {}\n", p.nature.libelle(), jour_a_paris(p.deposee_le)))
        .collect();
    (!lignes.is_empty()).then(|| {
        format!("Ces pièces touchent à la santé : le praticien-conseil seul les lit, elles ne sont pas ici.\n{lignes}")
    })
}

/// An archive that is written file by file, with the fingerprint of each.
pub(in crate::web) struct Archive {
    zip: ZipWriter<File>,
    sommes: String,
}

impl Archive {
    /// An empty one, without a name on the disk.
    ///
    /// # Errors
    /// The disk does not answer.
    pub(in crate::web) fn new() -> Result<Archive, WebError> {
        Ok(Archive {
            zip: ZipWriter::new(tempfile::tempfile().map_err(WebError::interne)?),
            sommes: String::new(),
        })
    }

    /// Adds a file.
    ///
    /// # Errors
    /// The disk does not answer.
    pub(in crate::web) fn ajouter(&mut self, nom: &str, octets: &[u8]) -> Result<(), WebError> {
        self.ecrire(nom, octets)?;
        self.sommes
            .push_str(&format!("{}  {nom}\n", secret::sha256(octets)));
        Ok(())
    }

    // Already compressed by their formats.
    fn ecrire(&mut self, nom: &str, octets: &[u8]) -> Result<(), WebError> {
        let options =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        self.zip
            .start_file(nom, options)
            .map_err(WebError::interne)?;
        self.zip.write_all(octets).map_err(WebError::interne)
    }

    /// Closes it with `SHA256SUMS`, which `sha256sum --check` reads.
    ///
    /// # Errors
    /// The disk does not answer.
    pub(in crate::web) fn finir(mut self) -> Result<File, WebError> {
        let sommes = std::mem::take(&mut self.sommes);
        self.ecrire("SHA256SUMS", sommes.as_bytes())?;
        self.zip.finish().map_err(WebError::interne)
    }
}

/// A name that no system takes for a path or a command. Too long, it loses its middle: its extension says what opens it.
fn nom_sur(nom: &str) -> String {
    let sur: Vec<char> = nom
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '_'
            }
        })
        .skip_while(|c| *c == '.')
        .collect();
    match sur.len().checked_sub(NOM_MAX) {
        None | Some(0) => sur.into_iter().collect(),
        Some(_) => {
            let (debut, fin) = (&sur[..NOM_MAX - FIN], &sur[sur.len() - FIN..]);
            debut.iter().chain(fin).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NOM_MAX, nom_sur};

    #[test]
    fn un_nom_reste_dans_son_dossier() {
        assert_eq!(nom_sur("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(nom_sur("relevé d’actes.pdf"), "relevé_d_actes.pdf");
        let long = nom_sur(&format!("{}.pdf", "é".repeat(200)));
        assert_eq!(long.chars().count(), NOM_MAX);
        assert!(long.ends_with("é.pdf"), "{long}");
    }
}

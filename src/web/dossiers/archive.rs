//! The documents of a file in one archive, with what they are and their fingerprints.

use std::io::Write;

use actix_web::web;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::clock::jour_a_paris;
use crate::db::piece::Piece;
use crate::db::{DbResult, demande, piece};
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
    // Already compressed by their formats.
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut archive = ZipWriter::new(tempfile::tempfile().map_err(WebError::interne)?);
    let mut empreintes = String::new();
    let mut manifeste =
        String::from("\u{feff}fichier;nature;état;déposée le;taille en octets;type;SHA-256\r\n");
    let lisibles = pieces.iter().filter_map(|p| Some((p, p.contenu.as_ref()?)));
    for (rang, (p, c)) in lisibles.enumerate() {
        let octets = visite
            .etat
            .pieces
            .lire(&c.cle, &c.empreinte)
            .await
            .map_err(|e| WebError::interne(format!("piece {}: {e}", p.id)))?;
        let nom = format!("{:02}-{}", rang + 1, nom_sur(&c.nom));
        archive
            .start_file(format!("pieces/{nom}"), options)
            .map_err(WebError::interne)?;
        archive.write_all(&octets).map_err(WebError::interne)?;
        empreintes.push_str(&format!("{}  pieces/{nom}\n", c.empreinte));
        manifeste.push_str(&format!(
            "pieces/{nom};{};{};{};{};{};{}\r\n",
            inerte(p.nature.libelle()).replace(';', ","),
            p.etat.libelle(),
            jour_a_paris(p.deposee_le),
            c.taille,
            c.media,
            c.empreinte
        ));
    }
    let a_part: String = pieces
        .iter()
        .filter(|p| p.contenu.is_none())
        .map(|p| format!("{}, {}\n", p.nature.libelle(), jour_a_paris(p.deposee_le)))
        .collect();
    let mut textes = vec![("manifeste.csv", manifeste), ("SHA256SUMS", empreintes)];
    if !a_part.is_empty() {
        textes.push((
            "A-PART.txt",
            format!("Ces pièces touchent à la santé : le praticien-conseil seul les lit, elles ne sont pas ici.\n{a_part}"),
        ));
    }
    for (nom, contenu) in textes {
        archive
            .start_file(nom, options)
            .map_err(WebError::interne)?;
        archive
            .write_all(contenu.as_bytes())
            .map_err(WebError::interne)?;
    }
    let fichier = archive.finish().map_err(WebError::interne)?;
    envoyer(fichier, "application/zip", nom).await
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

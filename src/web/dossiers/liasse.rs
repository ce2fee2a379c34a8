//! The bundle of a file, ready to be filed with a court: one file a document, its number first, no sign that a court refuses;
//! an inventory; and what proves the events without Relève.

use actix_web::web;
use regles::texte::date_fr;
use unicode_normalization::UnicodeNormalization;

use super::archive::{Archive, a_part, octets};
use crate::actions::jalon;
use crate::clock::jour_a_paris;
use crate::db::piece::{Contenu, Piece};
use crate::db::{DbResult, dossier, piece};
use crate::tableur::inerte;
use crate::web::erreur::WebError;
use crate::web::kit::fichier::envoyer;
use crate::web::visite::{Reponse, Visite};

/// Longest name of a file in a bundle, in characters (CJA R414-5).
const NOM_MAX: usize = 80;

/// `GET /dossiers/{numero}/liasse.zip`: a file of any nature. What touches health goes under separate cover, by the
/// praticien-conseil (PRO-9), which the bundle says.
///
/// # Errors
/// Out of scope; a document whose bytes changed; the store or the disk does not answer.
pub async fn telecharger(visite: Visite, numero: web::Path<String>) -> Reponse {
    let (qui, numero) = (visite.qui()?, numero.into_inner());
    let (scope, n) = (qui.scope(), numero.clone());
    let (pieces, preuve, jalon) = visite
        .read(move |conn| -> DbResult<_> {
            let lu = dossier::lire(conn, &scope, &n)?;
            let pieces = piece::de(conn, &scope, lu.id)?;
            let (preuve, jalon) = jalon::preuve(conn, lu.id, &n)?;
            Ok((pieces, preuve, jalon))
        })
        .await?;
    let mut archive = Archive::new()?;
    let mut inventaire = String::from("\u{feff}numéro;fichier;pièce;reçue le;SHA-256\r\n");
    let lisibles = pieces.iter().filter_map(|p| Some((p, p.contenu.as_ref()?)));
    for (rang, (p, c)) in (1..).zip(lisibles) {
        let nom = nom(rang, p, c);
        archive.ajouter(&nom, &octets(&visite, p.id, c).await?)?;
        inventaire.push_str(&format!(
            "{rang};{nom};{};{};{}\r\n",
            inerte(p.nature.libelle()).replace(';', ","),
            jour_a_paris(p.deposee_le),
            c.empreinte
        ));
    }
    archive.ajouter("inventaire.csv", inventaire.as_bytes())?;
    let json = serde_json::to_vec_pretty(&preuve).map_err(WebError::interne)?;
    archive.ajouter("preuve/preuve.json", &json)?;
    if let Some(jalon) = &jalon {
        archive.ajouter("preuve/jalon.txt", jalon.note.as_bytes())?;
    }
    if let Some(jeton) = jalon.as_ref().and_then(|j| j.jeton.as_ref()) {
        archive.ajouter("preuve/jalon.tst", jeton)?;
    }
    let cle = visite.etat.cle_du_journal.publique();
    // Under the name that the jalon bears: the address of the journal may have changed since.
    let cle = match &jalon {
        Some(jalon) => cle.nommee_par(&jalon.note).map_err(WebError::interne)?,
        None => cle,
    }
    .to_string();
    archive.ajouter("preuve/cle.txt", cle.as_bytes())?;
    if let Some(texte) = a_part(&pieces) {
        archive.ajouter("A-PART.txt", texte.as_bytes())?;
    }
    let lisez_moi = lisez_moi(&visite, &numero, jalon.is_some());
    archive.ajouter("LISEZ-MOI.txt", lisez_moi.as_bytes())?;
    tracing::info!(
        compte = qui.compte_id,
        pieces = pieces.len(),
        "bundle exported"
    );
    envoyer(
        archive.finir()?,
        "application/zip",
        &format!("liasse-{numero}.zip"),
    )
    .await
}

/// What somebody who opens the bundle must know, in plain text.
fn lisez_moi(visite: &Visite, numero: &str, scelle: bool) -> String {
    let url = &visite.etat.config.url_publique;
    let jour = date_fr(visite.aujourd_hui());
    let preuve = if scelle {
        "preuve/jalon.txt signe l’état du journal ; preuve/preuve.json contient les événements de ce dossier et le chemin qui mène \
         de chacun à cette signature. Les événements plus récents que le jalon y sont aussi : le prochain jalon les couvrira."
    } else {
        "Aucun jalon n’a encore été signé : preuve/preuve.json contient les événements, que rien ne prouve encore. Constituez la \
         liasse de nouveau demain."
    };
    format!(
        "Liasse du dossier {numero}, constituée le {jour}.\r\n\r\n\
         Les pièces sont numérotées ; inventaire.csv les décrit. SHA256SUMS donne l’empreinte de chaque fichier : \
         «sha256sum --check SHA256SUMS» les vérifie.\r\n\
         {preuve}\r\n\
         «releve verifier liasse-{numero}.zip --cle CLÉ» vérifie le tout sans base ni réseau. La clé est publiée à l’adresse \
         {url}/journal/cle ; celle de preuve/cle.txt doit être la même.\r\n"
    )
}

/// Number, what it is, extension: letters without accents, digits, underscores.
fn nom(rang: usize, p: &Piece, c: &Contenu) -> String {
    let nature: String = ascii(p.nature.libelle());
    let extension = c.nom.rsplit_once('.').map_or("", |(_, fin)| fin);
    let extension: String = extension
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(5)
        .collect();
    let debut = format!("{rang:02}_{nature}");
    let place = NOM_MAX - extension.len() - 1;
    let debut: String = debut.chars().take(place).collect();
    format!("{debut}.{}", extension.to_ascii_lowercase())
}

fn ascii(texte: &str) -> String {
    let mut sur = String::new();
    for c in texte.nfd().filter(|c| c.is_ascii() || c.is_alphanumeric()) {
        match c {
            'œ' => sur.push_str("oe"),
            'Œ' => sur.push_str("OE"),
            c if c.is_ascii_alphanumeric() => sur.push(c),
            c if c.is_ascii() && !sur.ends_with('_') => sur.push('_'),
            _ => {}
        }
    }
    sur.trim_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::ascii;

    #[test]
    fn un_nom_de_liasse_n_a_ni_accent_ni_signe() {
        assert_eq!(ascii("Relevé d’activité (2026)"), "Releve_dactivite_2026");
        assert_eq!(ascii("Pièce d'identité"), "Piece_d_identite");
        assert_eq!(ascii("Vœu"), "Voeu");
    }
}

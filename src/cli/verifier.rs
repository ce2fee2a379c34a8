//! `releve verifier`: a bundle, without the database or the network.

use std::fs::File;
use std::path::PathBuf;

use preuve::{Cle, Limites, Rapport};
use regles::texte;

use super::{Echec, sortie};

/// What is verified, and with what.
#[derive(clap::Args)]
pub struct Options {
    /// La liasse (ZIP).
    #[arg(value_name = "DOSSIER.zip")]
    liasse: PathBuf,
    /// La clé que la caisse publie (adresse/journal/cle) ; sans elle, celle qui est jointe est utilisée, et le compte rendu le dit.
    #[arg(long, value_name = "CLÉ")]
    cle: Option<String>,
}

/// Verifies a bundle, says what was seen and what to run for a second opinion; exit code 1 when it does not hold.
pub fn run(options: &Options) -> Result<(), Echec> {
    let cle: Option<Cle> = options
        .cle
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(|e| Echec::usage(format!("--cle : {e}.")))?;
    let liasse = options.liasse.display();
    let fichier = File::open(&options.liasse)
        .map_err(|e| Echec::usage(format!("Le fichier {liasse} ne s’ouvre pas : {e}.")))?;
    let rapport = preuve::verifier(fichier, cle.as_ref(), &Limites::default())
        .map_err(|e| Echec::refus(format!("{liasse} : {e}.")))?;
    for c in &rapport.constats {
        let genre = if c.grave { "anomalie" } else { "remarque" };
        sortie::ligne(format_args!("{genre} : {}", c.phrase));
    }
    for ligne in dire(&rapport) {
        sortie::ligne(ligne);
    }
    sortie::ligne(SECOND_AVIS);
    if rapport.tient() {
        sortie::ligne("La liasse tient.");
        Ok(())
    } else {
        Err(Echec::refus("La liasse ne tient pas : ne vous y fiez pas."))
    }
}

fn dire(r: &Rapport) -> Vec<String> {
    let mut lignes = Vec::new();
    if let Some(dossier) = &r.dossier {
        lignes.push(format!("Dossier {dossier}."));
    }
    lignes.push(format!(
        "{}, dont {} dont l’empreinte figure dans un événement prouvé.",
        compte(r.fichiers, "fichier intact", "fichiers intacts"),
        r.cites
    ));
    lignes.push(format!(
        "{} par le jalon, {} après lui.",
        compte(r.prouves, "événement prouvé", "événements prouvés"),
        r.a_sceller
    ));
    if let Some(signe) = &r.jalon {
        lignes.push(format!(
            "Jalon de {} du {} (UTC), signature vérifiée.",
            signe.jalon.origine,
            signe.jalon.le.format("%d/%m/%Y à %H:%M:%S")
        ));
    }
    match (&r.cle, r.cle_donnee) {
        (Some(_), true) => lignes.push("Clé : celle que vous donnez.".to_owned()),
        (Some(cle), false) => lignes.push(format!(
            "Clé : celle que la liasse joint. Comparez-la à celle que la caisse publie : {cle}"
        )),
        (None, _) => {}
    }
    lignes
}

/// What public tools say of the same.
const SECOND_AVIS: &str = "Pour un second avis : «sha256sum --check SHA256SUMS» dans la liasse dépliée vérifie les fichiers ; \
preuve/jalon.txt est une note signée (C2SP signed-note, tlog-checkpoint), que les outils de transparence publiés lisent avec la clé \
ci-dessus ; les chemins de preuve/preuve.json sont ceux de la RFC 6962.";

fn compte(n: usize, un: &str, plusieurs: &str) -> String {
    texte::pluriel(i64::try_from(n).unwrap_or(i64::MAX), un, plusieurs)
}

//! `releve verifier`: a bundle, without the database or the network.

use std::fs::File;
use std::path::{Path, PathBuf};

use preuve::{Cle, Confiance, Limites, Rapport};
use regles::texte;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

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
    /// Le certificat (PEM ou DER) d’une autorité d’horodatage à laquelle vous vous fiez ; l’option se répète.
    #[arg(long, value_name = "CERTIFICAT")]
    autorite: Vec<PathBuf>,
}

/// Verifies a bundle, says what was seen and what to run for a second opinion; exit code 1 when it does not hold.
pub fn run(options: &Options) -> Result<(), Echec> {
    let cle: Option<Cle> = options
        .cle
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(|e| Echec::usage(format!("--cle : {e}.")))?;
    let autorites = options
        .autorite
        .iter()
        .map(|fichier| autorite(fichier))
        .collect::<Result<Vec<_>, _>>()?;
    let confiance = Confiance { cle, autorites };
    let liasse = options.liasse.display();
    let fichier = File::open(&options.liasse)
        .map_err(|e| Echec::usage(format!("Le fichier {liasse} ne s’ouvre pas : {e}.")))?;
    let rapport = preuve::verifier(fichier, &confiance, &Limites::default())
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

/// The DER of a certificate, whichever way it is written.
fn autorite(fichier: &Path) -> Result<Vec<u8>, Echec> {
    let refus = |quoi: &dyn std::fmt::Display| {
        Echec::usage(format!(
            "Le certificat {} ne se lit pas : {quoi}.",
            fichier.display()
        ))
    };
    let octets = std::fs::read(fichier).map_err(|e| refus(&e))?;
    if !octets.starts_with(b"-----BEGIN") {
        return Ok(octets);
    }
    CertificateDer::from_pem_slice(&octets)
        .map(|der| der.to_vec())
        .map_err(|e| refus(&e))
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
    if let Some(le) = r.horodatage {
        lignes.push(format!(
            "Horodatage du {} (UTC), vérifié sous l’autorité que vous donnez.",
            le.format("%d/%m/%Y à %H:%M:%S")
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
«openssl ts -verify -data preuve/jalon.txt -in preuve/jalon.tst -token_in -CAfile AUTORITÉ.pem» vérifie l’horodatage, s’il y en a \
un ; preuve/jalon.txt est une note signée (C2SP signed-note, tlog-checkpoint), que les outils de transparence publiés lisent avec la clé \
ci-dessus ; les chemins de preuve/preuve.json sont ceux de la RFC 6962.";

fn compte(n: usize, un: &str, plusieurs: &str) -> String {
    texte::pluriel(i64::try_from(n).unwrap_or(i64::MAX), un, plusieurs)
}

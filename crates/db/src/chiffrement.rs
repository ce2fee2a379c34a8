//! Whether the way to PostgreSQL is encrypted: health data never crosses a network in clear.

use std::net::IpAddr;

use url::Url;

/// Whether this build can speak TLS to PostgreSQL (`--features postgres-tls`).
pub const TLS: bool = cfg!(feature = "postgres-tls");

/// Why an address is refused, as a sentence for who administers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefusTls {
    /// The address does not read.
    #[error("DATABASE_URL ne se lit pas : écrivez postgres://utilisateur:motdepasse@hôte/base.")]
    Illisible,
    /// The server is elsewhere, and this build has no TLS.
    #[error(
        "DATABASE_URL désigne un serveur distant, et ce programme a été compilé sans TLS pour PostgreSQL : \
         recompilez-le avec --features postgres-tls, ou passez par une prise locale."
    )]
    SansTls,
    /// The server is elsewhere, and nothing proves that it is the right one.
    #[error(
        "DATABASE_URL désigne un serveur distant : ajoutez sslmode=verify-full et sslrootcert=CERTIFICAT \
         (ou sslrootcert=system), pour que la liaison soit chiffrée et le serveur authentifié."
    )]
    NonVerifie,
    /// In production, TLS cannot be given up.
    #[error(
        "En production, DATABASE_URL ne peut pas renoncer au chiffrement vers un serveur distant (sslmode=disable)."
    )]
    EnClair,
}

/// Accepts an address on this machine, and a remote one that is encrypted and whose certificate is verified.
/// Outside production, `sslmode=disable` says that the network is trusted.
///
/// # Errors
/// [`RefusTls`]: why it is refused.
pub fn verifier(adresse: &str, production: bool) -> Result<(), RefusTls> {
    examiner(adresse, production, TLS)
}

fn examiner(adresse: &str, production: bool, tls: bool) -> Result<(), RefusTls> {
    let url = Url::parse(adresse).map_err(|_| RefusTls::Illisible)?;
    if est_locale(&url) {
        return Ok(());
    }
    let mode = parametre(&url, "sslmode");
    match mode.as_deref() {
        Some("disable") if production => Err(RefusTls::EnClair),
        Some("disable") => Ok(()),
        _ if !tls => Err(RefusTls::SansTls),
        Some("verify-full" | "verify-ca") => Ok(()),
        _ => Err(RefusTls::NonVerifie),
    }
}

fn parametre(url: &Url, nom: &str) -> Option<String> {
    let valeurs = url.query_pairs().filter(|(cle, _)| cle == nom);
    valeurs.last().map(|(_, valeur)| valeur.into_owned())
}

/// A socket, or a loopback address. Where libpq is told several hosts, all must be.
fn est_locale(url: &Url) -> bool {
    let adresse = url
        .host_str()
        .filter(|hote| !hote.is_empty())
        .map(str::to_owned);
    let hotes = [parametre(url, "hostaddr"), parametre(url, "host"), adresse];
    hotes
        .iter()
        .flatten()
        .flat_map(|liste| liste.split(','))
        .all(hote_local)
}

/// Whether this host is this machine: a socket, or a loopback address.
pub fn hote_local(hote: &str) -> bool {
    let nu = hote.trim_start_matches('[').trim_end_matches(']');
    let socket =
        nu.is_empty() || nu.starts_with('/') || nu.starts_with("%2F") || nu.starts_with("%2f");
    socket || nu == "localhost" || nu.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_needs_no_tls() {
        for adresse in [
            "postgres:///releve",
            "postgres://releve@localhost/releve",
            "postgres://releve@127.0.0.1:5432/releve",
            "postgres://releve@[::1]/releve",
            "postgres://%2Fvar%2Frun%2Fpostgresql/releve",
            "postgres:///releve?host=/var/run/postgresql",
        ] {
            assert_eq!(examiner(adresse, true, false), Ok(()), "{adresse}");
        }
    }

    #[test]
    fn a_remote_server_is_encrypted_and_verified_or_refused() {
        let distante = |suite: &str| format!("postgres://releve@base.example.fr/releve{suite}");
        let verifie = distante("?sslmode=verify-full&sslrootcert=system");
        assert_eq!(examiner(&verifie, true, true), Ok(()));
        assert_eq!(examiner(&verifie, true, false), Err(RefusTls::SansTls));
        assert_eq!(
            examiner(&distante(""), false, false),
            Err(RefusTls::SansTls)
        );
        assert_eq!(
            examiner(&distante(""), true, true),
            Err(RefusTls::NonVerifie)
        );
        assert_eq!(
            examiner(&distante("?sslmode=require"), true, true),
            Err(RefusTls::NonVerifie)
        );
        assert_eq!(
            examiner(&distante("?sslmode=disable"), true, true),
            Err(RefusTls::EnClair)
        );
        assert_eq!(
            examiner(&distante("?sslmode=disable"), false, false),
            Ok(())
        );
    }

    #[test]
    fn a_remote_host_does_not_hide_behind_a_local_one() {
        let cachee = "postgres://localhost/releve?host=base.example.fr";
        assert_eq!(examiner(cachee, true, true), Err(RefusTls::NonVerifie));
        let mele = "postgres:///releve?host=/run,base.example.fr";
        assert_eq!(examiner(mele, true, true), Err(RefusTls::NonVerifie));
    }
}

//! Where a request comes from, behind the reverse proxies that the settings declare.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;

const RELAIS: &str = "x-forwarded-for";

/// The address of a visitor; empty when the connection has none. A proxy of ours writes it last in
/// `X-Forwarded-For`, whatever stood there before: what anybody else writes there is not believed.
pub fn du_visiteur(requete: &HttpRequest, mandataires: &[IpAddr]) -> String {
    requete.peer_addr().map_or_else(String::new, |voisin| {
        visiteur(voisin.ip(), requete.headers(), mandataires).to_string()
    })
}

/// Goes back from the neighbour while the address met is that of a declared proxy. What does not read stops there, at
/// the neighbour: what stands before it may be the visitor's own words.
fn visiteur(voisin: IpAddr, entetes: &HeaderMap, mandataires: &[IpAddr]) -> IpAddr {
    let voisin = voisin.to_canonical();
    let des_notres = |adresse: &IpAddr| mandataires.iter().any(|m| m.to_canonical() == *adresse);
    if !des_notres(&voisin) {
        return voisin;
    }
    let lignes: Vec<_> = entetes.get_all(RELAIS).collect();
    let entrees = lignes
        .into_iter()
        .rev()
        .flat_map(|ligne| match ligne.to_str() {
            Ok(texte) => texte.rsplit(',').map(entree).collect(),
            Err(_) => vec![None],
        });
    for adresse in entrees {
        match adresse {
            Some(adresse) if des_notres(&adresse) => {}
            Some(adresse) => return adresse,
            None => return voisin,
        }
    }
    voisin
}

/// An entry of the header: an address, with a port or not, in IPv6 with brackets or not.
fn entree(texte: &str) -> Option<IpAddr> {
    let texte = texte.trim();
    let seule = texte
        .strip_prefix('[')
        .and_then(|t| t.strip_suffix(']'))
        .filter(|t| t.contains(':'))
        .unwrap_or(texte);
    let avec_port = || texte.parse::<SocketAddr>().map(|a| a.ip());
    let adresse: IpAddr = seule.parse().or_else(|_| avec_port()).ok()?;
    Some(adresse.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn lire(voisin: &str, relais: &[&[u8]], mandataires: &[&str]) -> String {
        let mut entetes = HeaderMap::new();
        for ligne in relais {
            let valeur = HeaderValue::from_bytes(ligne).unwrap();
            entetes.append(HeaderName::from_static(RELAIS), valeur);
        }
        let mandataires: Vec<IpAddr> = mandataires.iter().map(|m| m.parse().unwrap()).collect();
        visiteur(voisin.parse().unwrap(), &entetes, &mandataires).to_string()
    }

    #[test]
    fn la_derniere_entree_compte_et_une_entree_illisible_n_en_decouvre_aucune_autre() {
        for (relais, attendue) in [
            ("203.0.113.7", "203.0.113.7"),
            ("9.9.9.9, 203.0.113.7", "203.0.113.7"),
            ("9.9.9.9,203.0.113.7:51234", "203.0.113.7"),
            ("9.9.9.9, 2001:db8::7", "2001:db8::7"),
            ("9.9.9.9, [2001:db8::7]", "2001:db8::7"),
            ("9.9.9.9, [2001:db8::7]:443", "2001:db8::7"),
            ("9.9.9.9, ::ffff:203.0.113.7", "203.0.113.7"),
            ("9.9.9.9, [::ffff:203.0.113.7]:443", "203.0.113.7"),
            // Other declared proxies stand between: each wrote who spoke to it.
            ("9.9.9.9, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
            (
                "9.9.9.9, 203.0.113.7:5, 10.0.0.2:6, ::ffff:10.0.0.3",
                "203.0.113.7",
            ),
            ("10.0.0.2, 10.0.0.3", "10.0.0.1"),
            // What does not read.
            ("9.9.9.9, unknown", "10.0.0.1"),
            ("9.9.9.9, _cache", "10.0.0.1"),
            ("9.9.9.9,", "10.0.0.1"),
            ("9.9.9.9, ,", "10.0.0.1"),
            ("", "10.0.0.1"),
            ("9.9.9.9, 203.0.113.7;evil", "10.0.0.1"),
            ("9.9.9.9, 203.0.113.7:99999", "10.0.0.1"),
            ("9.9.9.9, [203.0.113.7]", "10.0.0.1"),
            ("9.9.9.9, [2001:db8::7", "10.0.0.1"),
            ("9.9.9.9, fe80::1%eth0", "10.0.0.1"),
            ("9.9.9.9, exemple.fr", "10.0.0.1"),
            ("9.9.9.9, unknown, 10.0.0.2", "10.0.0.1"),
        ] {
            let lue = lire(
                "10.0.0.1",
                &[relais.as_bytes()],
                &["10.0.0.1", "10.0.0.2", "::ffff:10.0.0.3"],
            );
            assert_eq!(lue, attendue, "«{relais}»");
        }
    }

    #[test]
    fn plusieurs_lignes_se_lisent_dans_l_ordre_et_l_absence_d_en_tete_est_le_voisin() {
        let mandataires = &["10.0.0.1", "10.0.0.2"];
        let lignes: &[&[u8]] = &[b"9.9.9.9", b"203.0.113.7, 10.0.0.2"];
        assert_eq!(lire("10.0.0.1", lignes, mandataires), "203.0.113.7");
        let lignes: &[&[u8]] = &[b"203.0.113.7", b"10.0.0.2"];
        assert_eq!(lire("10.0.0.1", lignes, mandataires), "203.0.113.7");
        let lignes: &[&[u8]] = &[b"9.9.9.9", b"203.0.113.7 \xff"];
        assert_eq!(lire("10.0.0.1", lignes, mandataires), "10.0.0.1");
        assert_eq!(lire("10.0.0.1", &[], mandataires), "10.0.0.1");
    }

    #[test]
    fn une_adresse_ecrite_en_ipv6_est_celle_qu_elle_dit() {
        let relais: &[&[u8]] = &[b"203.0.113.7"];
        for (voisin, mandataire) in [
            ("::ffff:127.0.0.1", "127.0.0.1"),
            ("127.0.0.1", "::ffff:127.0.0.1"),
            ("::ffff:127.0.0.1", "::ffff:127.0.0.1"),
            ("::1", "::1"),
        ] {
            assert_eq!(
                lire(voisin, relais, &[mandataire]),
                "203.0.113.7",
                "{voisin}"
            );
        }
        assert_eq!(
            lire("::ffff:198.51.100.2", relais, &["127.0.0.1"]),
            "198.51.100.2"
        );
        assert_eq!(lire("198.51.100.2", relais, &[]), "198.51.100.2");
    }
}

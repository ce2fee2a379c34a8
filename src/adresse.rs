//! What an e-mail address is, for everything that asks for one.

use regles::saisie;

/// Characters at most in an address (RFC 5321).
const LONGUEUR: usize = 254;

/// Reads an address as it is stored: in lower case, without what a mail program writes around it («Léa Martin
/// <lea@exemple.fr>», «mailto:»); none when it is not one, or when its domain has no dot or is a number, so that no relay
/// would carry it. Of a domain written in two ways («café.fr», «xn--caf-dma.fr»), the readable one is kept.
pub fn lire(saisie: &str) -> Option<String> {
    let adresse = nue(saisie);
    let (nom, domaine) = adresse.rsplit_once('@')?;
    let ascii = idna::domain_to_ascii_strict(domaine).ok()?;
    let chiffres = |label: &str| label.bytes().all(|b| b.is_ascii_digit());
    let (_, dernier) = ascii.rsplit_once('.')?;
    if chiffres(dernier) || ascii.split('.').any(str::is_empty) {
        return None;
    }
    let envoyee = format!("{nom}@{ascii}");
    let (lisible, _) = idna::domain_to_unicode(&ascii);
    let adresse = format!("{nom}@{lisible}");
    (envoyee.len() <= LONGUEUR && envoyee.parse::<lettre::Address>().is_ok()).then_some(adresse)
}

/// An address as it is stored, whether it is one or not: what somebody types to log in is compared so.
pub fn ranger(saisie: &str) -> String {
    lire(saisie).unwrap_or_else(|| nue(saisie))
}

/// An address as a relay carries it: its domain in punycode. What is no address stays as it is.
pub fn envoyable(adresse: &str) -> String {
    match adresse.rsplit_once('@') {
        Some((nom, domaine)) => match idna::domain_to_ascii(domaine) {
            Ok(ascii) => format!("{nom}@{ascii}"),
            Err(_) => adresse.to_owned(),
        },
        None => adresse.to_owned(),
    }
}

fn nue(texte: &str) -> String {
    let ligne = saisie::ligne(texte);
    let dedans = ligne.rsplit_once('<').map_or(ligne.as_str(), |(_, a)| a);
    let dedans = dedans.trim_end_matches(['>', '.', ',', ';', ' ']);
    let minuscules = dedans.to_lowercase();
    let adresse = minuscules.strip_prefix("mailto:").unwrap_or(&minuscules);
    // Lower case may decompose what was composed.
    saisie::nette(adresse.trim())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn une_adresse_se_lit_comme_on_la_colle() {
        for (tapee, rangee) in [
            ("Lea.Martin@Exemple.FR", "lea.martin@exemple.fr"),
            (" \u{200b}lea@exemple.fr\u{a0}", "lea@exemple.fr"),
            ("Léa Martin <lea@exemple.fr>", "lea@exemple.fr"),
            ("mailto:lea@exemple.fr", "lea@exemple.fr"),
            ("lea@exemple.fr;", "lea@exemple.fr"),
            ("lea@cafe\u{301}.fr", "lea@café.fr"),
            ("lea@xn--caf-dma.fr", "lea@café.fr"),
            ("lea+kine@sous.exemple.fr", "lea+kine@sous.exemple.fr"),
        ] {
            assert_eq!(lire(tapee).as_deref(), Some(rangee), "{tapee}");
            assert_eq!(ranger(tapee), rangee);
        }
        for fausse in [
            "",
            "lea",
            "lea@",
            "@exemple.fr",
            "lea@exemple",
            "lea@localhost",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "lea@exemple..fr",
            "lea@.fr",
            "le a@exemple.fr",
            "lea@exemple.fr, leo@exemple.fr",
            "lea@@exemple.fr",
            "lea@-exemple.fr",
        ] {
            assert_eq!(lire(fausse), None, "{fausse}");
        }
        assert_eq!(envoyable("lea@café.fr"), "lea@xn--caf-dma.fr");
        assert_eq!(envoyable("lea@exemple.fr"), "lea@exemple.fr");
    }

    proptest! {
        #[test]
        fn une_adresse_rangee_se_relit_telle_quelle(texte in "\\PC{0,20}@\\PC{0,12}\\.(fr|é|com)|\\PC{0,30}") {
            let rangee = ranger(&texte);
            prop_assert_eq!(ranger(&rangee), rangee.clone());
            if let Some(lue) = lire(&texte) {
                prop_assert_eq!(lire(&lue), Some(lue.clone()));
                prop_assert!(envoyable(&lue).rsplit('@').next().is_some_and(str::is_ascii));
            }
        }
    }
}

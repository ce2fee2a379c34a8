//! A mail that did not arrive, said to the practitioner who had it sent, or to whom it was: in her words, with what to do.

use regles::texte;

use crate::db::courriel::CourrielPerdu;
use crate::web::ui::Message;

/// To whom the mails of a case go, as she typed it: the address, whose it is, since when, what to do, where.
pub struct Adressee<'a> {
    /// The address.
    pub courriel: &'a str,
    /// Whose, as «votre successeur».
    pub qui: &'static str,
    /// What was written before went to another one.
    pub depuis: Option<chrono::NaiveDateTime>,
    /// What to do.
    pub suite: &'static str,
    /// Where, in words, and its address.
    pub lien: Option<(&'static str, String)>,
}

/// Her own address.
pub fn la_sienne(courriel: &str) -> Adressee<'_> {
    Adressee {
        courriel,
        qui: "vous",
        depuis: None,
        suite: "Vérifiez l’adresse de votre compte, et corrigez-la si elle a changé. Ce qui vous est écrit reste ici.",
        lien: Some(("Changer mon adresse", "/compte/adresse".to_owned())),
    }
}

/// One message for each address at which a mail of the case was lost.
pub fn messages(perdus: &[CourrielPerdu], adressees: &[Adressee<'_>]) -> Vec<Message> {
    let dit = |a: &Adressee<'_>| {
        let perdu = perdus.iter().rfind(|p| {
            p.destinataire == a.courriel && a.depuis.is_none_or(|depuis| p.cree_le >= depuis)
        })?;
        let phrase = format!(
            "Le courriel du {} pour {} n’est pas arrivé à {} : « {} ». {}",
            texte::date_fr(crate::clock::jour_a_paris(perdu.cree_le)),
            a.qui,
            a.courriel,
            perdu.sujet,
            a.suite
        );
        let message = Message::attention(texte::insecables(&phrase));
        Some(match &a.lien {
            Some((mots, url)) => message.lien(*mots, url.clone()),
            None => message,
        })
    };
    adressees.iter().filter_map(dit).collect()
}

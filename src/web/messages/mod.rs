//! Messages on a file, both ways, with what one side has not read.

mod fil;
mod non_lus;

pub use fil::{
    demande_caisse, demande_kine, depart_caisse, depart_kine, ecrire_demande_caisse,
    ecrire_demande_kine, ecrire_depart_caisse, ecrire_depart_kine, piece,
};
pub use non_lus::page as non_lus;

use askama::Template;

use crate::db::message::{self, Cote};
use crate::db::{AnyConn, DbResult};
use crate::web::ui::composant;

/// How the conversation of a file stands, on the page of the file: `{{ messages_du_dossier }}`.
#[derive(Clone, Debug, Template)]
#[template(path = "messages/bloc.html")]
pub struct MessagesVue {
    /// Where it is read.
    pub url: String,
    /// How many messages there are.
    pub total: i64,
    /// How many the reader has not read.
    pub non_lus: i64,
    /// «la caisse», «le professionnel».
    pub autre: &'static str,
}

composant!(MessagesVue);

/// Reads how the conversation of a file stands for one side.
///
/// # Errors
/// The refusal of the database.
pub fn resume(
    conn: &mut AnyConn,
    dossier_id: i64,
    cote: Cote,
    url: String,
) -> DbResult<MessagesVue> {
    let (total, non_lus) = message::resume(conn, dossier_id, cote.autre())?;
    Ok(MessagesVue {
        url,
        total,
        non_lus,
        autre: match cote {
            Cote::Kine => "la caisse",
            Cote::Caisse => "le professionnel",
        },
    })
}

//! Messages on a file, both ways, with what one side has not read.

mod fil;
mod non_lus;

pub use fil::{
    demande_kine, depart_kine, dossier_caisse, ecrire_demande_kine, ecrire_depart_kine,
    ecrire_dossier_caisse, ecrire_recours_kine, piece, recours_kine,
};
pub use non_lus::page as non_lus;

use askama::Template;

use crate::db::ensemble::Lecture;
use crate::db::message::{self, Cote, Ecrits};
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
pub fn resume(
    conn: &mut AnyConn,
    dossier_id: i64,
    cote: Cote,
    url: String,
) -> DbResult<MessagesVue> {
    let ecrits = message::lecture_ecrits(dossier_id).toutes(conn)?;
    Ok(MessagesVue::new(&ecrits, cote, url))
}

impl MessagesVue {
    /// How a conversation stands for one side, from what both wrote.
    pub fn new(ecrits: &[Ecrits], cote: Cote, url: String) -> MessagesVue {
        let siens = ecrits.iter().filter(|e| e.cote == cote.autre());
        MessagesVue {
            url,
            total: ecrits.iter().map(|e| e.nombre).sum(),
            non_lus: siens.map(|e| e.nombre - e.lus).sum(),
            autre: match cote {
                Cote::Kine => "la caisse",
                Cote::Caisse => "le professionnel",
            },
        }
    }
}

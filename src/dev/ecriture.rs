//! Writing a data set: one thread makes the rows of the next slice, and seals what happened, while another writes those of
//! this one.

use std::sync::mpsc;
use std::thread;

use diesel::connection::SimpleConnection;

use super::histoire::Survenu;
use crate::db::evenement::Scelle;
use crate::db::{Db, DbResult, WriteTx};

/// Name, columns, rows as text.
pub(super) type Table = (&'static str, &'static str, Vec<String>);

const LIGNES_PAR_ORDRE: usize = 500;

/// Writes each slice in a transaction: its rows, then what happened.
pub(super) fn en_tranches(
    db: &Db,
    tranches: impl Iterator<Item = (Vec<Table>, Vec<Survenu>)> + Send,
) -> DbResult<()> {
    let (envoi, recues) = mpsc::sync_channel(1);
    thread::scope(|fils| {
        fils.spawn(move || {
            for (tables, histoire) in tranches {
                let scelles: DbResult<Vec<Scelle>> =
                    histoire.iter().map(Survenu::sceller).collect();
                // Refused when the writer has given up.
                if envoi.send((tables, scelles)).is_err() {
                    return;
                }
            }
        });
        for (tables, scelles) in recues {
            let scelles = scelles?;
            db.write(|tx| {
                ecrire(tx, tables)?;
                scelles.into_iter().for_each(|e| e.inscrire(tx));
                DbResult::Ok(())
            })?;
        }
        Ok(())
    })
}

/// Writes rows.
pub(super) fn ecrire(tx: &mut WriteTx<'_>, tables: Vec<Table>) -> DbResult<()> {
    for (table, colonnes, lignes) in tables {
        for paquet in lignes.chunks(LIGNES_PAR_ORDRE) {
            let valeurs = paquet.join(",");
            tx.batch_execute(&format!(
                "INSERT INTO {table} ({colonnes}) VALUES {valeurs}"
            ))?;
        }
    }
    Ok(())
}

//! Writing a data set: one thread makes the rows of the next slice while another writes those of this one.

use std::sync::mpsc;
use std::thread;

use diesel::connection::SimpleConnection;

use super::histoire::Survenu;
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
            for tranche in tranches {
                // Refused when the writer has given up.
                if envoi.send(tranche).is_err() {
                    return;
                }
            }
        });
        for (tables, histoire) in recues {
            db.write(|tx| {
                ecrire(tx, tables)?;
                histoire.iter().try_for_each(|e| e.inscrire(tx))
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

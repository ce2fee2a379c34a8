//! `releve zone INSEE --date D`

use std::io::{Write, stderr};
use std::process::ExitCode;

use chrono::NaiveDate;

use super::import::{ECHEC, REFUSE, print};
use crate::db::commune;
use crate::db::zonage::{self, ZoneError, ZoneTrouvee};
use crate::db::Db;
use crate::domain::dates_fr;
use crate::domain::identifiants::Insee;
use crate::domain::reglement::Reglement;
use crate::texte::insecables;

/// Says on `out` the category of a commune at a date and what it rests on (ZON-6); on the
/// standard error output, with exit code 1, what is missing to say it.
pub fn run(db: &Db, insee: &Insee, date: NaiveDate, out: &mut dyn Write) -> ExitCode {
    match find(db, insee, date) {
        Ok((nom, zone)) => print(out, &insecables(&afficher(insee, &nom, date, &zone))),
        Err(error) => {
            print(&mut stderr(), &insecables(&format!("Erreur : {error}.\n")));
            let technical = matches!(error, ZoneError::Db(_) | ZoneError::Reglement(_));
            ExitCode::from(if technical { ECHEC } else { REFUSE })
        }
    }
}

fn find(db: &Db, insee: &Insee, date: NaiveDate) -> Result<(String, ZoneTrouvee), ZoneError> {
    let reglement = Reglement::embarque()?;
    db.read(|conn| {
        let zone = zonage::categorie(conn, &reglement, insee, date)?;
        let commune = commune::lire(conn, insee)?;
        Ok((commune.map(|c| c.nom).unwrap_or_default(), zone))
    })
}

fn afficher(insee: &Insee, nom: &str, date: NaiveDate, zone: &ZoneTrouvee) -> String {
    let regulee = if zone.categorie.est_regulee() {
        "zone régulée : un départ, une arrivée"
    } else {
        "zone non régulée"
    };
    let mut text = format!(
        "{insee} {nom}, le {} : {} ({})\n  {regulee}\n  bassin : {} {}\n  arrêté : {}, régime de l’{}\n",
        dates_fr::longue(date),
        zone.categorie,
        zone.categorie.as_str(),
        zone.bassin,
        zone.bassin_nom,
        zone.arrete,
        zone.arrete.regime.replace("avenant", "avenant "),
    );
    for avertissement in &zone.avertissements {
        text.push_str(&format!("  attention : {avertissement}\n"));
    }
    text
}

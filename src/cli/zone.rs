//! `releve zone INSEE --date D`

use chrono::NaiveDate;
use clap::Args;
use regles::dates_fr;
use regles::identifiants::Insee;
use regles::texte::insecables;

use super::Echec;
use crate::actions::parametre;
use crate::clock::{Clock, jour_a_paris};
use crate::config::Config;
use crate::db::zonage::{self, ZoneError, ZoneTrouvee};
use crate::db::{Db, commune};

/// Which commune, and when.
#[derive(Args)]
pub struct Options {
    /// Code INSEE de la commune ou de l’arrondissement municipal.
    insee: Insee,
    /// Date : 2025-06-06, 06/06/2025 ou « 6 juin 2025 » ; aujourd’hui par défaut.
    #[arg(long, value_parser = dates_fr::lire)]
    date: Option<NaiveDate>,
}

/// Says the category of a commune at a date and what it rests on (ZON-6), or what is missing to say it.
pub fn run(config: &Config, options: &Options) -> Result<(), Echec> {
    let date = options
        .date
        .unwrap_or_else(|| jour_a_paris(Clock::System.now()));
    let db = Db::open(&config.database, 1, config.patience).map_err(Echec::refus)?;
    let (nom, zone) = find(&db, &options.insee, date)?;
    print!(
        "{}",
        insecables(&afficher(&options.insee, &nom, date, &zone))
    );
    Ok(())
}

fn find(db: &Db, insee: &Insee, date: NaiveDate) -> Result<(String, ZoneTrouvee), Echec> {
    let reglement = db.read(parametre::frais).map_err(Echec::refus)?;
    db.read(|conn| {
        let zone = zonage::categorie(conn, &reglement, insee, date)?;
        let commune = commune::lire(conn, insee)?;
        Ok((commune.map(|c| c.nom).unwrap_or_default(), zone))
    })
    .map_err(|error: ZoneError| Echec::refus(insecables(&format!("Erreur : {error}."))))
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

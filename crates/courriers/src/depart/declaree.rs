//! REG-3: a declaration of cessation is received.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct DepartDeclaree<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// The departure.
    pub id: i64,
    /// The CPAM it is sent to.
    pub service: &'a str,
    /// The address left, without the commune.
    pub adresse: &'a str,
    /// Day of the cessation.
    pub date: NaiveDate,
    /// Acts of the twelve months before; none when unknown.
    pub actes: Option<i64>,
}

impl Courrier for DepartDeclaree<'_> {
    fn lettre(&self) -> Lettre {
        let commune = self.commune;
        let actes = self
            .actes
            .map_or_else(|| "non renseignés".to_owned(), texte::nombre);
        Lettre::new(
            Modele::DepartDeclaree,
            format!("Votre cessation d’activité à {commune} est déclarée"),
        )
        .a(self.kine)
        .paragraphe(format!(
            "Nous avons bien reçu votre déclaration de cessation définitive d’activité. Elle est transmise à : {}.",
            self.service
        ))
        .paragraphe(
            "Vous n’avez rien à faire pour l’instant. La caisse vérifie votre déclaration, puis vous écrit pour vous dire si votre départ ouvre une place et comment désigner votre successeur.",
        )
        .point("Lieu quitté", format!("{}, {commune}", self.adresse))
        .point("Date de cessation", texte::date_fr(self.date))
        .point("Actes des douze derniers mois", actes)
        .action("Suivre ma déclaration", format!("/mes-departs/{}", self.id))
        .contact(self.contact)
    }
}

//! Somebody opens the account of an agent.

use chrono::NaiveDateTime;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the agent, whose address this confirms.
#[derive(Debug)]
pub struct CompteInvitation<'a> {
    /// Whom it greets.
    pub nom: &'a str,
    /// Who invites.
    pub par: &'a str,
    /// The role, as on the screens.
    pub role: &'a str,
    /// The caisse, for a role of a caisse.
    pub caisse: Option<&'a str>,
    /// Until when the link works (UTC).
    pub limite: NaiveDateTime,
    /// The secret of the link.
    pub jeton: &'a str,
}

impl Courrier for CompteInvitation<'_> {
    fn lettre(&self) -> Lettre {
        let mut lettre = Lettre::new(Modele::CompteInvitation, "Votre compte Relève est ouvert")
            .a(self.nom)
            .paragraphe(format!(
                "{} vous ouvre un compte dans Relève. Choisissez votre mot de passe : le compte sert ensuite à cette adresse.",
                self.par
            ))
            .point("Rôle", self.role);
        if let Some(caisse) = self.caisse {
            lettre = lettre.point("Caisse", caisse);
        }
        lettre
            .point("À faire au plus tard le", texte::datetime_fr(self.limite))
            .action(
                "Choisir mon mot de passe",
                format!("/mot-de-passe/nouveau?jeton={}", self.jeton),
            )
            .paragraphe(
                "Après cette date, demandez un autre lien sur la page « Mot de passe oublié ».",
            )
    }
}

//! To whom what concerns a departure is written: who leaves, or who is entitled in their place (REG-7).

use courriers::depart::AuNomDe;
use courriers::designation::Designant;
use courriers::{Courrier, Lettre};

use super::courriel::{self, Destinataire};
use super::{Acte, ActionResult};
use crate::db::ayant_droit::{self, AyantDroit};
use crate::db::depart::DepartComplet;
use crate::db::{AnyConn, DbResult, WriteTx};

/// Who acts today on a departure.
#[derive(Debug, Clone)]
pub struct Cedant {
    cedant: String,
    depart_id: i64,
    ayant_droit: Option<AyantDroit>,
    a: Destinataire,
}

impl Cedant {
    /// Reads who acts on a departure.
    pub fn de(conn: &mut AnyConn, c: &DepartComplet) -> DbResult<Cedant> {
        let ayant_droit = ayant_droit::actif(conn, c.depart.id)?;
        let a = match &ayant_droit {
            Some(a) => Destinataire::Courriel(a.courriel.clone()),
            None => Destinataire::de(c.courriel.as_ref(), c.depart.id, c.kine.id),
        };
        Ok(Cedant {
            cedant: c.kine.nom_complet(),
            depart_id: c.depart.id,
            ayant_droit,
            a,
        })
    }

    /// Who designates, for the letters that speak of it.
    pub fn designant(&self) -> Designant<'_> {
        Designant {
            cedant: &self.cedant,
            ayant_droit: self.ayant_droit.as_ref().map(|a| a.nom.as_str()),
            depart_id: self.depart_id,
        }
    }

    /// Whom to write to.
    pub fn destinataire(&self) -> &Destinataire {
        &self.a
    }

    /// What is written to who leaves, as it is written to who acts.
    fn adresser(&self, lettre: Lettre) -> (Destinataire, Lettre) {
        let lettre = match &self.ayant_droit {
            Some(a) => AuNomDe {
                lettre: &lettre,
                ayant_droit: &a.nom,
                cedant: &self.cedant,
            }
            .lettre(),
            None => lettre,
        };
        (self.a.clone(), lettre)
    }
}

/// A letter to who leaves, and to whom it goes.
pub fn adresser(
    conn: &mut AnyConn,
    c: &DepartComplet,
    lettre: Lettre,
) -> DbResult<(Destinataire, Lettre)> {
    Ok(Cedant::de(conn, c)?.adresser(lettre))
}

/// Writes to who leaves.
///
/// # Errors
/// As [`courriel::envoyer`].
pub fn ecrire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    cle: &str,
    c: &DepartComplet,
    lettre: Lettre,
) -> ActionResult<()> {
    let (a, lettre) = adresser(tx, c, lettre)?;
    courriel::envoyer(tx, acte, cle, &a, &lettre)
}

//! REG-18: a zone under several caisses: which certifies, which decides, what each sees of the other.

/// Where a fact comes from that another caisse certifies: whoever reads it there has no need of its value.
pub const CERTIFIE: &str = "certifié par la caisse du lieu quitté";

/// The caisses that a place concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roles<'a> {
    /// The caisse of the place left: it certifies the departure and the acts.
    pub certifie: &'a str,
    /// The caisse of the place of practice: it decides.
    pub decide: &'a str,
}

/// Who certifies and who decides, by the caisses of the place left and of the place of practice.
pub fn roles<'a>(du_lieu_quitte: &'a str, du_lieu_d_exercice: &'a str) -> Roles<'a> {
    Roles {
        certifie: du_lieu_quitte,
        decide: du_lieu_d_exercice,
    }
}

text_enum! {
    /// What a case holds.
    pub enum Donnee {
        /// First name and name.
        Nom = "nom", "Nom";
        /// Cessation, designation, decision, installation.
        Dates = "dates", "Dates";
        /// Where it stands.
        Etat = "etat", "État";
        /// Its number.
        Numero = "numero", "Numéro";
        /// The ledger of the zone.
        GrandLivre = "grand_livre", "Grand livre de la zone";
        /// Number of acts, which the deciding caisse needs not read: it is certified.
        Actes = "actes", "Nombre d’actes";
        /// Street, telephone, e-mail.
        Coordonnees = "coordonnees", "Coordonnées";
        /// Documents.
        Pieces = "pieces", "Pièces";
        /// Messages, notes, labels.
        Echanges = "echanges", "Messages et notes";
        /// Reasons of a decision, ground of a derogation.
        Motifs = "motifs", "Motifs";
    }
}

/// Whether a caisse sees a datum of a case: all of its own; of another's in a zone that both share, the essentials only;
/// nothing elsewhere.
pub fn voit(lectrice: &str, chargee: &str, zone_partagee: bool, donnee: Donnee) -> bool {
    use Donnee as D;
    lectrice == chargee
        || (zone_partagee
            && matches!(
                donnee,
                D::Nom | D::Dates | D::Etat | D::Numero | D::GrandLivre
            ))
}

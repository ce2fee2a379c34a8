//! REG-3: below the floor of acts, the count is communicated, and may be contested.

use chrono::NaiveDate;
use regles::depart::{Auteur, Decompte};
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct DepartSousSeuil<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Number of the departure.
    pub numero: &'a str,
    /// The departure.
    pub id: i64,
    /// Whom to call.
    pub contact: &'a [String],
    /// The count.
    pub decompte: Decompte,
    /// The floor.
    pub seuil: i64,
    /// Last day to contest it.
    pub terme: NaiveDate,
}

impl Courrier for DepartSousSeuil<'_> {
    fn lettre(&self) -> Lettre {
        let (d, (du, au)) = (&self.decompte, self.decompte.periode);
        let origine = match d.auteur {
            Auteur::Caisse => format!("relevé du {}", texte::date_fr(d.extrait_le)),
            Auteur::Partant => format!("votre déclaration du {}", texte::date_fr(d.extrait_le)),
        };
        Lettre::new(
            Modele::DepartSousSeuil,
            format!("Dossier {} : vérifiez le nombre de vos actes", self.numero),
        )
        .a(self.kine)
        .paragraphe(format!(
            "Du {} au {}, nous comptons {} ({origine}) ; il en faut {} pour que votre place soit transmise sans autre examen.",
            texte::date_fr(du),
            texte::date_fr(au),
            texte::pluriel(d.actes, "acte", "actes"),
            texte::nombre(self.seuil),
        ))
        .paragraphe(format!(
            "Vérifiez ce nombre : vous pouvez le contester {}, dans votre espace, avec les documents qui le montrent.",
            texte::au_plus_tard(self.terme)
        ))
        .paragraphe(
            "La commission paritaire départementale dira ensuite si la place peut tout de même être transmise. Vous pouvez lui \
             écrire ou lui demander de vous entendre, par exemple après un arrêt de travail, une maternité ou une retraite \
             progressive. D’ici là, la place ne peut être accordée à personne.",
        )
        .action("Voir mon départ", format!("/mes-departs/{}", self.id))
        .contact(self.contact)
    }
}

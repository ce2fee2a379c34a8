//! The sentences that a caisse uses again, with marks that each file fills: reasons of a decision, of the refusal of a
//! document, messages.

use crate::mots::fold;
use crate::refus::Refus;

text_enum! {
    /// Where a sentence is used.
    pub enum Emploi {
        /// Among the reasons of a decision.
        Decision = "decision", "Motifs d’une décision";
        /// Why a document is refused.
        RefusPiece = "refus_piece", "Refus d’une pièce";
        /// In a message to whose file it is.
        Message = "message", "Message";
    }
}

text_enum! {
    /// What was done to a sentence.
    pub enum ActePhrase {
        /// Written.
        Ecrite = "ecrite", "Écrite";
        /// Changed.
        Changee = "changee", "Changée";
        /// Taken away.
        Supprimee = "supprimee", "Supprimée";
    }
}

text_enum! {
    /// What a mark stands for.
    pub enum Marque {
        /// First name and name of whose file it is.
        Personne = "personne", "prénom et nom de la personne";
        /// Number of the file.
        Numero = "numero", "numéro du dossier";
        /// Where she exercises, or means to.
        Lieu = "lieu", "commune du dossier";
        /// The document under examination.
        Piece = "piece", "nom de la pièce examinée";
        /// The documents that the file lacks.
        Manque = "manque", "pièces qui manquent au dossier";
        /// The caisse.
        Caisse = "caisse", "nom de la caisse";
    }
}

impl Marque {
    /// As it is typed: `{numéro}`; read with or without its accent.
    pub fn ecrite(self) -> &'static str {
        match self {
            Marque::Personne => "{personne}",
            Marque::Numero => "{numéro}",
            Marque::Lieu => "{lieu}",
            Marque::Piece => "{pièce}",
            Marque::Manque => "{manque}",
            Marque::Caisse => "{caisse}",
        }
    }

    /// The one that these words in braces are.
    fn lue(marque: &str) -> Option<Marque> {
        let dite = fold(marque);
        Marque::TOUS
            .iter()
            .copied()
            .find(|m| fold(m.ecrite()) == dite)
    }
}

impl Emploi {
    /// The marks that can be filled there.
    pub fn marques(self) -> &'static [Marque] {
        use Marque as M;
        match self {
            Emploi::Decision => &[M::Personne, M::Numero, M::Lieu, M::Caisse],
            Emploi::RefusPiece => &[M::Personne, M::Numero, M::Lieu, M::Piece, M::Caisse],
            Emploi::Message => &[M::Personne, M::Numero, M::Lieu, M::Manque, M::Caisse],
        }
    }
}

/// What a file says for the marks; what it does not say is not filled.
pub type Faits = Vec<(Marque, String)>;

/// Whether every mark of a text can be filled there.
///
/// # Errors
/// A refusal that names the first one that cannot, and those that can.
pub fn verifier(emploi: Emploi, texte: &str) -> Result<(), Refus> {
    let connues = emploi.marques();
    let inconnue =
        marques(texte).find(|m| !Marque::lue(m).is_some_and(|lue| connues.contains(&lue)));
    inconnue.map_or(Ok(()), |inconnue| {
        Err(Refus::dit(
            "marque_inconnue",
            format!(
                "« {inconnue} » ne se remplit pas ici. Vous pouvez écrire : {}.",
                connues
                    .iter()
                    .map(|m| m.ecrite())
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        ))
    })
}

/// The text with its marks filled; those without a fact stay as they were typed.
pub fn remplir(texte: &str, faits: &Faits) -> String {
    let mut rempli = String::with_capacity(texte.len());
    let mut reste = texte;
    while let Some((avant, marque, apres)) = premiere(reste) {
        rempli.push_str(avant);
        let lue = Marque::lue(marque);
        let connu = faits.iter().find(|(m, _)| Some(*m) == lue);
        rempli.push_str(connu.map_or(marque, |(_, fait)| fait));
        reste = apres;
    }
    rempli.push_str(reste);
    rempli
}

/// Whether the text asks for what this mark stands for.
pub fn demande(texte: &str, marque: Marque) -> bool {
    marques(texte).any(|m| Marque::lue(m) == Some(marque))
}

/// The marks of a text, as typed, in order.
fn marques(texte: &str) -> impl Iterator<Item = &str> {
    let mut reste = texte;
    std::iter::from_fn(move || {
        let (_, marque, apres) = premiere(reste)?;
        reste = apres;
        Some(marque)
    })
}

/// What stands before the first mark, the mark, what follows.
fn premiere(texte: &str) -> Option<(&str, &str, &str)> {
    let debut = texte.find('{')?;
    let fin = debut + texte[debut..].find('}')? + 1;
    Some((&texte[..debut], &texte[debut..fin], &texte[fin..]))
}

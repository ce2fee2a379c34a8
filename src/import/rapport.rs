//! What an import has to say about a file: errors, oddities, counts.

use std::collections::BTreeMap;
use std::fmt;

use regles::texte::{insecables, nombre};

use super::table::Table;

/// A remark and the line it is about; no line when it is about the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remarque {
    /// File the line is in, where there are several.
    pub fichier: Option<String>,
    /// Line of the file, the header being line 1.
    pub ligne: Option<u64>,
    /// French sentence.
    pub message: String,
}

impl fmt::Display for Remarque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(fichier) = &self.fichier {
            write!(f, "{fichier}, ")?;
        }
        match self.ligne {
            Some(ligne) => write!(f, "ligne {ligne}\u{a0}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// What can be odd in a file without making it false: said, and kept as the file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// Lines of the arrêté of another region (ZON-3): not stored under this one.
    AutreRegion,
    /// A commune that belongs to no bassin: no category can be given for it (ZON-6).
    SansBassin,
    /// A line of the zonage without a category.
    SansCategorie,
    /// A bassin whose lines carry several categories (contrary to ZON-2).
    BassinMixte,
    /// A bassin of the region that the file says nothing of: its communes will have no category.
    BassinAbsent,
    /// A bassin of this arrêté most of whose people live in another region (contrary to ZON-3).
    AttributionDifferente,
    /// The bassin of the line is not the one of the commune list (another vintage).
    BassinDifferent,
    /// Classes of avenant 5, before the four categories of ZON-1.
    ClassesAvenant5,
    /// Non prioritaires before avenant 7, which created them.
    RegimeAnterieur,
    /// The date of effect of the line is not the one given for the arrêté.
    DateDifferente,
    /// Categories moved from the national method by more than ZON-7 lets.
    Deplacement,
    /// A commune attached to its caisse by approximation.
    CaisseApprochee,
    /// A département shared by several caisses.
    DepartementPartage,
    /// A caisse over territories whose public holidays differ.
    TerritoiresMultiples,
    /// A category that differs from the one in force in the arrêté of the other region.
    CategorieContredite,
    /// A caisse that no commune is attached to.
    CaisseSansCommune,
    /// A commune merged or recreated since: the note of the file.
    CommuneFusionnee,
    /// A bassin name carried by several bassins: the code tells them apart.
    NomPartage,
    /// A name that differs from the one already known for the same code.
    NomDifferent,
    /// A bassin with as many inhabitants in two regions: the région d'attribution is a tie.
    EgaliteRegions,
    /// Known in the database, absent from the file: kept.
    AbsentDuFichier,
    /// A caisse without all that a receipt says of whom to write to.
    ContactIncomplet,
    /// A column the import does not read.
    ColonneIgnoree,
    /// Lines that the spreadsheet hides.
    LignesMasquees,
}

impl Nature {
    /// Title under which the remarks of this kind are shown.
    pub fn titre(self) -> &'static str {
        match self {
            Self::AutreRegion => "Lignes relevant de l’arrêté d’une autre région, non enregistrées",
            Self::SansBassin => "Communes sans bassin (aucune catégorie ne pourra être donnée)",
            Self::SansCategorie => "Lignes sans catégorie, non enregistrées",
            Self::BassinMixte => "Bassins qui mêlent plusieurs catégories",
            Self::BassinAbsent => "Bassins de la région absents du fichier (aucune catégorie)",
            Self::AttributionDifferente => {
                "Bassins dont la population est surtout dans une autre région"
            }
            Self::RegimeAnterieur => {
                "Zones non prioritaires avant l’entrée en vigueur de l’avenant 7"
            }
            Self::BassinDifferent => "Bassin différent de celui de la liste des communes",
            Self::ClassesAvenant5 => "Classes de l’avenant 5 (antérieures à l’avenant 7)",
            Self::DateDifferente => "Date d’effet différente de celle de l’arrêté",
            Self::Deplacement => "Bassins déplacés par rapport à la méthode nationale",
            Self::CaisseApprochee => "Rattachement à la caisse approché, à confirmer",
            Self::DepartementPartage => "Départements partagés entre plusieurs caisses",
            Self::TerritoiresMultiples => {
                "Organismes à cheval sur des territoires aux jours fériés différents"
            }
            Self::CategorieContredite => {
                "Catégorie différente de celle de l’arrêté de l’autre région"
            }
            Self::CaisseSansCommune => "Caisses sans aucune commune rattachée",
            Self::CommuneFusionnee => "Communes fusionnées ou recréées (note du fichier)",
            Self::NomPartage => "Noms portés par plusieurs bassins (le code les distingue)",
            Self::NomDifferent => "Nom différent de celui déjà connu",
            Self::EgaliteRegions => "Bassins à égalité de population entre deux régions",
            Self::AbsentDuFichier => "Connus de la base et absents du fichier, conservés",
            Self::ContactIncomplet => {
                "Contacts incomplets, à remplir dans le fichier ou sur la fiche de la caisse"
            }
            Self::ColonneIgnoree => "Colonnes non utilisées",
            Self::LignesMasquees => "Lignes masquées dans le classeur, lues comme les autres",
        }
    }
}

/// «1 commune», «34 922 communes»: a count and a word whose plural takes an s.
pub fn compte(n: usize, mot: &str) -> String {
    let mark = if n < 2 { "" } else { "s" };
    format!(
        "{}\u{a0}{mot}{mark}",
        nombre(i64::try_from(n).unwrap_or(i64::MAX))
    )
}

/// How the records of a file compare with what is stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compte {
    /// Not stored yet.
    pub ajoutes: usize,
    /// Stored with another content.
    pub modifies: usize,
    /// Stored as they are.
    pub inchanges: usize,
}

impl Compte {
    /// Counts one record against what is stored under its key.
    pub fn count<T: PartialEq>(&mut self, stored: Option<&T>, new: &T) -> bool {
        let slot = match stored {
            None => &mut self.ajoutes,
            Some(old) if old == new => &mut self.inchanges,
            Some(_) => &mut self.modifies,
        };
        *slot += 1;
        stored != Some(new)
    }

    /// Whether applying the file would change nothing.
    pub fn rien_a_faire(&self) -> bool {
        self.ajoutes == 0 && self.modifies == 0
    }
}

/// Everything said about one file.
#[derive(Debug, Clone, Default)]
pub struct Rapport {
    /// Name of the file being read, put before each remark where there are several.
    pub fichier: Option<String>,
    /// Lines read, header excluded.
    pub lues: usize,
    /// Lines refused (each has at least one error).
    pub rejetees: usize,
    /// Lines set aside (another region, no category).
    pub ecartees: usize,
    /// What refuses the file.
    pub erreurs: Vec<Remarque>,
    /// What is odd, by kind.
    pub signalements: BTreeMap<Nature, Vec<Remarque>>,
}

impl Rapport {
    /// The report of a table, before any of its lines is looked at.
    pub fn de(table: &Table) -> Rapport {
        let mut rapport = Rapport::default();
        rapport.lire(table);
        rapport
    }

    /// Notes what the file of a table hides.
    pub fn lire(&mut self, table: &Table) {
        if table.lieu.masquees > 0 {
            let lignes = compte(table.lieu.masquees, "ligne");
            self.signaler(Nature::LignesMasquees, None, lignes);
        }
    }

    /// Adds an error; the file will be refused.
    pub fn erreur(&mut self, ligne: impl Into<Option<u64>>, message: impl AsRef<str>) {
        let remarque = self.remarque(ligne.into(), message.as_ref());
        self.erreurs.push(remarque);
    }

    /// Refuses a line, for each of these reasons.
    pub fn rejeter(&mut self, ligne: u64, messages: Vec<String>) {
        self.rejetees += 1;
        for message in messages {
            self.erreur(ligne, message);
        }
    }

    /// Adds an oddity.
    pub fn signaler(
        &mut self,
        nature: Nature,
        ligne: impl Into<Option<u64>>,
        message: impl AsRef<str>,
    ) {
        let remarque = self.remarque(ligne.into(), message.as_ref());
        self.signalements.entry(nature).or_default().push(remarque);
    }

    fn remarque(&self, ligne: Option<u64>, message: &str) -> Remarque {
        Remarque {
            fichier: self.fichier.clone(),
            ligne,
            message: insecables(message),
        }
    }

    /// Number of oddities of one kind.
    pub fn signales(&self, nature: Nature) -> usize {
        self.signalements.get(&nature).map_or(0, Vec::len)
    }

    /// Whether nothing forbids writing.
    pub fn est_accepte(&self) -> bool {
        self.erreurs.is_empty()
    }

    /// The report in French, at most `limite` remarks of a kind, errors first.
    pub fn afficher(&self, limite: usize) -> String {
        let mut out = String::new();
        if !self.erreurs.is_empty() {
            section(
                &mut out,
                "Erreurs (rien n’est enregistré)",
                &self.erreurs,
                limite,
            );
        }
        for (nature, remarques) in &self.signalements {
            section(&mut out, nature.titre(), remarques, limite);
        }
        out
    }
}

fn section(out: &mut String, titre: &str, remarques: &[Remarque], limite: usize) {
    out.push_str(&format!("{titre}\u{a0}: {}\n", remarques.len()));
    for remarque in remarques.iter().take(limite) {
        out.push_str(&format!("  - {remarque}\n"));
    }
    if remarques.len() > limite {
        out.push_str(&format!("  … et {} autres\n", remarques.len() - limite));
    }
}

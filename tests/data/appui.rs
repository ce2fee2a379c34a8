//! What these tests lean on: the real files, small fictional ones, a database, an import.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use chrono::NaiveDate;
use regles::reglement::Reglement;
use releve::actions::Acteur;
use releve::actions::import::{
    self, Avancement, Bilan, Contexte, DescriptionArrete, ImportError, Silencieux,
};
use releve::db::{Db, Patience};
use releve::import::rapport::Rapport;
use tempfile::TempDir;

use crate::util::app::debut;
use crate::util::base::{Modele, TestDatabase};
use crate::util::donnees;

pub fn jour(texte: &str) -> NaiveDate {
    texte.parse().expect("a date")
}

/// A database and a folder for files.
pub struct Atelier {
    pub db: Db,
    dossier: TempDir,
    // Last: dropped after the connections.
    base: TestDatabase,
}

impl Atelier {
    pub fn new() -> Atelier {
        Atelier::sur(TestDatabase::new())
    }

    fn sur(base: TestDatabase) -> Atelier {
        let db = Db::open(&base.url, 2, Patience::VISITE).expect("the database opens");
        let dossier = tempfile::tempdir().expect("a temporary folder");
        Atelier { db, dossier, base }
    }

    /// With the fictional caisses and communes.
    pub fn fictif() -> Atelier {
        let atelier = Atelier::new();
        atelier.caisses(CAISSES).expect("caisses");
        atelier.communes(COMMUNES).expect("communes");
        atelier
    }

    /// With the 107 caisses and the 34 922 communes, if the files are there; imported once for the tests that begin
    /// from them.
    pub fn national() -> Option<Atelier> {
        static NATIONALE: OnceLock<Modele> = OnceLock::new();
        let donnees = donnees::nationales()?;
        let modele = NATIONALE.get_or_init(|| {
            let atelier = Atelier::new();
            atelier
                .importer_caisses(&donnees.join("cpam.csv"))
                .expect("caisses");
            atelier
                .importer_communes(&donnees.join("communes.csv"))
                .expect("communes");
            let Atelier { db, base, .. } = atelier;
            drop(db);
            base.en_modele()
        });
        Some(Atelier::sur(TestDatabase::copie(modele)))
    }

    pub fn fichier(&self, nom: &str, contenu: impl AsRef<[u8]>) -> PathBuf {
        let chemin = self.dossier.path().join(nom);
        std::fs::write(&chemin, contenu).expect("the file writes");
        chemin
    }

    pub fn caisses(&self, csv: &str) -> Result<Bilan, ImportError> {
        self.importer_caisses(&self.fichier("organismes.csv", csv))
    }

    pub fn communes(&self, csv: &str) -> Result<Bilan, ImportError> {
        self.importer_communes(&self.fichier("communes.csv", csv))
    }

    /// The zonage of the fictional region 99, from lines without their header.
    pub fn zonage(&self, effet: &str, reference: &str, lignes: &str) -> Result<Bilan, ImportError> {
        let fichier = self.fichier("zonage.csv", format!("{ZONAGE}{lignes}"));
        self.arrete(
            &[fichier],
            &description("99", effet, Some(reference)),
            false,
        )
    }

    pub fn importer_caisses(&self, fichier: &Path) -> Result<Bilan, ImportError> {
        self.avec(false, &Silencieux, |contexte| {
            import::caisses(contexte, fichier)
        })
    }

    pub fn importer_communes(&self, fichier: &Path) -> Result<Bilan, ImportError> {
        self.avec(false, &Silencieux, |contexte| {
            import::communes(contexte, fichier)
        })
    }

    pub fn arrete(
        &self,
        fichiers: &[PathBuf],
        description: &DescriptionArrete,
        simuler: bool,
    ) -> Result<Bilan, ImportError> {
        let reglement = Reglement::embarque().expect("the rules load");
        self.avec(simuler, &Silencieux, |contexte| {
            import::zonage(contexte, &reglement, fichiers, description)
        })
    }

    pub fn avec<T>(
        &self,
        simuler: bool,
        avancement: &dyn Avancement,
        run: impl FnOnce(&Contexte<'_>) -> T,
    ) -> T {
        let acteur = Acteur {
            id: None,
            nom: "test".to_owned(),
            le: debut(),
        };
        run(&Contexte {
            db: &self.db,
            acteur: &acteur,
            feuille: None,
            simuler,
            avancement,
        })
    }
}

pub fn description(region: &str, effet: &str, reference: Option<&str>) -> DescriptionArrete {
    DescriptionArrete {
        region: region.to_owned(),
        reference: reference.map(str::to_owned),
        effet: jour(effet),
        signature: None,
        publication: None,
    }
}

/// The report of an import that had to be refused.
pub fn refuse(resultat: Result<Bilan, ImportError>) -> Rapport {
    match resultat {
        Err(ImportError::Refuse(rapport)) => *rapport,
        Err(autre) => panic!("refused otherwise: {autre}"),
        Ok(bilan) => panic!("accepted: {bilan:?}"),
    }
}

/// The errors as shown, with plain spaces.
pub fn erreurs(rapport: &Rapport) -> Vec<String> {
    rapport
        .erreurs
        .iter()
        .map(|r| simple(&r.to_string()))
        .collect()
}

/// Plain spaces, to compare sentences legibly.
pub fn simple(texte: &str) -> String {
    texte.replace(['\u{a0}', '\u{202f}'], " ")
}

/// Counts the batches; stops or acts after one of them.
pub struct Temoin<'a> {
    pub lots: Mutex<Vec<usize>>,
    pub entre: &'a (dyn Fn(usize) -> Result<(), ImportError> + Sync),
}

impl Avancement for Temoin<'_> {
    fn etape(&self, _nom: &str, _total: usize) {}

    fn avancer(&self, lignes: usize) -> Result<(), ImportError> {
        let rang = {
            let mut lots = self.lots.lock().expect("not poisoned");
            lots.push(lignes);
            lots.len()
        };
        (self.entre)(rang)
    }

    fn fin(&self) {}
}

/// Fictional caisses of a fictional region.
pub const CAISSES: &str = "code_organisme,nom,type,departements,region,siege\n\
    901,CPAM du Val,CPAM,90,99,Valbourg\n\
    902,CPAM des Monts,CPAM,91,99,Montbourg\n";

const ENTETE_COMMUNES: &str = "insee,nom,type,commune_parente,cp,dep,reg,bvcv_code,bvcv_nom,bvcv_type,population,cpam,cpam_methode,note\n";

/// Fictional communes: three bassins, one of them over two regions, a town of two arrondissements.
pub const COMMUNES: &str = "insee,nom,type,commune_parente,cp,dep,reg,bvcv_code,bvcv_nom,bvcv_type,population,cpam,cpam_methode,note\n\
    90001,Valbourg,COM,,90100,90,99,BV90001,Valbourg,bassin de vie,5000,901,departement,\n\
    90002,Petit-Val,COM,,90100 90110,90,99,BV90001,Valbourg,bassin de vie,300,901,departement,\n\
    90003,Lointain-sur-Val,COM,,90120,90,98,BV90001,Valbourg,bassin de vie,200,901,departement,\n\
    91001,Montbourg,COM,,91100,91,99,,,,9000,902,departement,\n\
    91101,Montbourg 1er Arrondissement,ARM,91001,91101,91,99,AM91101,Montbourg 1er Arrondissement,arrondissement municipal,4000,902,departement,\n\
    91102,Montbourg 2e Arrondissement,ARM,91001,91102,91,99,AM91102,Montbourg 2e Arrondissement,arrondissement municipal,5000,902,departement,\n";

/// The header of a zonage.
pub const ZONAGE: &str = "insee,nom,dep,bvcv_code,bvcv_nom,zone_mk,reg_arrete,date_effet,note\n";

/// A whole zonage of the fictional region.
pub const LIGNES: &str = "90001,Valbourg,90,BV90001,Valbourg,intermediaire,99,,\n\
    90002,Petit-Val,90,BV90001,Valbourg,intermediaire,99,,\n\
    91101,Montbourg 1er Arrondissement,91,AM91101,Montbourg 1er Arrondissement,non_prioritaire,99,,\n\
    91102,Montbourg 2e Arrondissement,91,AM91102,Montbourg 2e Arrondissement,non_prioritaire,99,,\n";

/// A file of so many fictional communes of one bassin.
pub fn nombreuses(n: usize) -> String {
    let mut csv = ENTETE_COMMUNES.to_owned();
    for i in 0..n {
        csv.push_str(&format!(
            "9{i:04},Commune {i},COM,,90100,90,99,BV90001,Valbourg,bassin de vie,{i},901,departement,\n"
        ));
    }
    csv
}

//! The commune field of a form, with and without JavaScript: what was typed is searched, kept and shown again.

use regles::identifiants::Insee;
use regles::lieu::Lieu;

use super::erreurs::Erreurs;
use super::formulaire::{Formulaire, Genre};
use crate::db::commune::{self, Commune, Trouvees};
use crate::db::{CpamScope, DbError, DbResult};
use crate::web::erreur::WebError;
use crate::web::saisie::Saisie;
use crate::web::ui::{CommuneVue, Controle};
use crate::web::visite::Visite;

/// How many communes a search proposes.
const PROPOSEES: i64 = 12;

/// What was chosen and what was found.
#[derive(Debug, Clone, Default)]
pub struct ChoixCommune {
    /// What was typed.
    pub recherche: String,
    /// The commune chosen.
    pub choisie: Option<Commune>,
    /// What the search found, when one was made.
    pub resultats: Option<Vec<Commune>>,
}

impl ChoixCommune {
    /// The control of a field that searches for a commune.
    pub(super) fn controle(&self) -> Controle {
        Controle::Commune {
            recherche: self.montree().to_owned(),
            choisie: self.vue(),
            resultats: self.vues(),
        }
    }

    fn vue(&self) -> Option<CommuneVue> {
        let choisie = self.choisie.clone()?;
        Some(CommuneVue::pour(choisie, &self.recherche))
    }

    fn vues(&self) -> Option<Vec<CommuneVue>> {
        let resultats = self.resultats.as_ref()?;
        let vue = |c: &Commune| CommuneVue::pour(c.clone(), &self.recherche);
        Some(resultats.iter().map(vue).collect())
    }

    /// What the control shows as typed: nothing once a commune is chosen, which is then said by its name.
    fn montree(&self) -> &str {
        match (&self.choisie, &self.resultats) {
            (Some(_), None) => "",
            _ => &self.recherche,
        }
    }
}

/// Whether the button «Chercher» was pressed rather than that of the form.
fn cherche(saisie: &Saisie) -> bool {
    saisie.option("_chercher").is_some()
}

/// Reads a commune field by its name. Its «Chercher» is its own. What was typed and means none is noted.
async fn lire(
    visite: &Visite,
    saisie: &Saisie,
    nom: &str,
    erreurs: &mut Erreurs,
) -> Result<ChoixCommune, WebError> {
    let recherche = saisie.texte(&format!("{nom}_recherche")).to_owned();
    // Nothing chosen, or a code that no page of ours sends: the same as nothing chosen.
    let insee = saisie.texte(nom).parse::<Insee>();
    let bouton = saisie.texte("_chercher") == nom;
    let choix = visite
        .read(move |conn| -> DbResult<ChoixCommune> {
            let choisie = match &insee {
                Ok(insee) => commune::lire(conn, insee)?,
                Err(_) => None,
            };
            let libelle = choisie
                .as_ref()
                .map(|c| CommuneVue::pour(c.clone(), &recherche).libelle());
            let coherente = recherche.is_empty() || libelle.as_deref() == Some(recherche.as_str());
            if choisie.is_some() && coherente && !bouton {
                return Ok(ChoixCommune {
                    recherche,
                    choisie,
                    resultats: None,
                });
            }
            let lieu = Lieu::lire(&recherche);
            let trouvees = commune::trouver(conn, &CpamScope::National, &lieu, PROPOSEES)?;
            Ok(retenir(recherche, choisie, trouvees, bouton))
        })
        .await?;
    let code = saisie.texte(nom);
    if !bouton && choix.choisie.is_none() && !(code.is_empty() && choix.recherche.is_empty()) {
        erreurs.noter(nom, manque(code, &choix));
    }
    Ok(choix)
}

/// Keeps the commune chosen before if what is typed now may mean it; takes the only commune that was named. A code alone
/// proposes, never chooses.
fn retenir(
    recherche: String,
    choisie: Option<Commune>,
    trouvees: Trouvees,
    bouton: bool,
) -> ChoixCommune {
    let Trouvees { nommees, proposees } = trouvees;
    let seule = match nommees.as_slice() {
        [seule] if !bouton && !Lieu::lire(&recherche).nom.is_empty() => Some(seule.clone()),
        _ => None,
    };
    let resultats: Vec<Commune> = nommees.into_iter().chain(proposees).collect();
    let gardee = choisie.filter(|c| resultats.iter().any(|r| r.insee == c.insee));
    ChoixCommune {
        choisie: gardee.or(seule),
        resultats: (!recherche.is_empty()).then_some(resultats),
        recherche,
    }
}

/// What to do when no commune is chosen: `code` is what stands for it in the form or in the address.
fn manque(code: &str, choix: &ChoixCommune) -> String {
    match choix.resultats.as_ref().map(Vec::len) {
        None => format!(
            "Le code « {} » n’est pas celui d’une commune connue : tapez le nom de la commune ou son code postal, et choisissez-la dans la liste.",
            code.chars().take(20).collect::<String>()
        ),
        Some(0) => format!(
            "Aucune commune ne correspond à «\u{a0}{}\u{a0}».",
            choix.recherche
        ),
        Some(_) => "Choisissez la commune dans la liste proposée.".to_owned(),
    }
}

/// The commune of a code, for a form shown for the first time.
async fn de_code(visite: &Visite, insee: String) -> Result<ChoixCommune, WebError> {
    let choisie = visite
        .read(move |conn| match insee.parse::<Insee>() {
            Ok(insee) => commune::lire(conn, &insee),
            Err(_) => Ok::<_, DbError>(None),
        })
        .await?;
    Ok(ChoixCommune {
        choisie,
        ..ChoixCommune::default()
    })
}

/// The communes of a form, by the names of their fields: what was chosen, what was found.
#[derive(Debug, Clone, Default)]
pub struct Communes {
    choix: Vec<(&'static str, ChoixCommune)>,
    codes: Vec<(&'static str, Insee)>,
    introuvables: Erreurs,
    cherche: bool,
}

impl Communes {
    /// What the fields of a form that was sent say; nothing is read for a form without a commune.
    pub async fn lire<F: Formulaire>(
        visite: &Visite,
        saisie: &Saisie,
    ) -> Result<Communes, WebError> {
        let mut communes = Communes::default();
        for nom in noms::<F>() {
            let choix = lire(visite, saisie, nom, &mut communes.introuvables).await?;
            communes.choix.push((nom, choix));
            communes.cherche = cherche(saisie);
        }
        Ok(communes)
    }

    /// Those of a page that carries their codes, taken at their word: whether they exist is for the act to find. One that is
    /// searched by its name is none.
    pub fn telles<F: Formulaire>(saisie: &Saisie) -> Communes {
        let cherchee = |nom: &str| saisie.option(&format!("{nom}_recherche")).is_some();
        let codes = noms::<F>().filter(|nom| !cherchee(nom));
        let codes = codes.filter_map(|nom| Some((nom, saisie.texte(nom).parse().ok()?)));
        Communes {
            codes: codes.collect(),
            ..Communes::default()
        }
    }

    /// Those whose codes a form holds when it is shown for the first time.
    pub async fn connues<F: Formulaire>(
        visite: &Visite,
        saisie: &Saisie,
    ) -> Result<Communes, WebError> {
        let mut communes = Communes::default();
        for nom in noms::<F>().filter(|nom| saisie.option(nom).is_some()) {
            let choix = de_code(visite, saisie.texte(nom).to_owned()).await?;
            communes.choix.push((nom, choix));
        }
        Ok(communes)
    }

    /// Whether a button «Chercher» was pressed rather than that of the form.
    pub fn cherche(&self) -> bool {
        self.cherche
    }

    /// What was chosen and found in a field.
    pub fn de(&self, nom: &str) -> Option<&ChoixCommune> {
        self.choix.iter().find(|(n, _)| *n == nom).map(|(_, c)| c)
    }

    /// The commune chosen in a field.
    pub(super) fn insee(&self, nom: &str) -> Option<Insee> {
        if let Some((_, code)) = self.codes.iter().find(|(n, _)| *n == nom) {
            return Some(code.clone());
        }
        self.de(nom)?.choisie.as_ref()?.insee.parse().ok()
    }

    /// What to do when what was typed means no commune; nothing when nothing was typed.
    pub(super) fn introuvable(&self, nom: &str) -> Option<String> {
        self.introuvables.de(nom)
    }
}

fn noms<F: Formulaire>() -> impl Iterator<Item = &'static str> {
    let communes = F::declarations()
        .into_iter()
        .filter(|c| matches!(c.genre, Genre::Commune));
    communes.map(|c| c.nom)
}

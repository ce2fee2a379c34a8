//! `/caisses`: the record of a caisse, and whether it is ready to open.

use actix_web::web::Path;
use askama::Template;
use regles::caisse::DonneeCaisse;
use regles::droits::{COMPTES, FICHE_CAISSE};
use regles::preparation::Manque;
use regles::texte;

use super::erreur::WebError;
use super::filters;
use super::kit::formulaire::Formulaire;
use super::kit::geste::{Entete, Geste, Objet, Ordre};
use super::page::{Largeur, Lien, Page};
use super::saisie::Saisie;
use super::ui::{Bandeau, Etat, Pastille};
use super::visite::{Reponse, Visite};
use crate::actions::caisse::{self, Preparation};
use crate::actions::{ActionError, ActionResult};
use crate::db::WriteTx;
use crate::db::caisse::Caisse;
use crate::db::logo::{self, Logo};

const LISTE: &str = "/caisses";

#[derive(Template)]
#[template(path = "caisses/liste.html")]
struct ListePage {
    page: Page,
    caisses: Vec<LigneCaisse>,
}

/// A caisse of the list.
struct LigneCaisse {
    nom: Lien,
    pastille: Pastille,
    manques: String,
}

/// `GET /caisses`: every caisse, for the nation; an agent goes to their own.
///
/// # Errors
/// The database does not answer.
pub async fn liste(visite: Visite) -> Reponse {
    if let Ok(code) = visite.caisse() {
        return visite.rediriger(&CaisseLue::adresse(&code));
    }
    let (reglement, jour) = (visite.etat.reglement(), visite.aujourd_hui());
    let toutes = visite
        .read(move |conn| caisse::toutes(conn, &reglement, jour))
        .await?;
    let ouvertes = toutes.iter().filter(|p| p.ouverte).count();
    let pretes = toutes.iter().filter(|p| p.manques.is_empty()).count();
    let chapeau = format!(
        "{} : {} pour y travailler, {} à ouvrir.",
        compte(toutes.len(), "caisse", "caisses"),
        compte(ouvertes, "a quelqu’un", "ont quelqu’un"),
        compte(pretes, "est prête", "sont prêtes"),
    );
    visite.rendre(&ListePage {
        page: visite
            .page("Caisses")
            .chapeau(chapeau)
            .largeur(Largeur::Pleine),
        caisses: toutes.iter().map(ligne).collect(),
    })
}

fn compte(n: usize, un: &str, plusieurs: &str) -> String {
    texte::pluriel(i64::try_from(n).unwrap_or(i64::MAX), un, plusieurs)
}

fn ligne(p: &Preparation) -> LigneCaisse {
    LigneCaisse {
        nom: Lien::new(&p.caisse.nom, CaisseLue::adresse(&p.caisse.code)),
        pastille: pastille(&p.manques, p.ouverte),
        manques: texte::majuscule_initiale(&p.liste()),
    }
}

fn pastille(manques: &[Manque], ouverte: bool) -> Pastille {
    match (manques.is_empty(), ouverte) {
        (true, true) => Pastille::new(Etat::Fait, "Ouverte"),
        (true, false) => Pastille::new(Etat::AFaire, "Prête à ouvrir"),
        (false, true) => Pastille::new(Etat::Retard, "À compléter"),
        (false, false) => Pastille::new(Etat::Neutre, "Pas encore ouverte"),
    }
}

/// The record of a caisse, with what it lacks.
pub struct CaisseLue {
    caisse: Caisse,
    version: i32,
    manques: Vec<Manque>,
    logo: Option<Logo>,
}

impl CaisseLue {
    /// Its code.
    pub(super) fn code(&self) -> &str {
        &self.caisse.code
    }

    /// Its name.
    pub(super) fn nom(&self) -> &str {
        &self.caisse.nom
    }

    /// Where its logo is read, when it has one.
    pub(super) fn logo(&self) -> Option<String> {
        let Logo { empreinte, .. } = self.logo.as_ref()?;
        Some(format!("{LISTE}/{}/logo/{empreinte}", self.caisse.code))
    }
}

impl Objet for CaisseLue {
    type Cle = String;

    async fn ouvrir(visite: &Visite, code: &String) -> Result<CaisseLue, WebError> {
        let (scope, code) = (visite.qui()?.scope(), code.clone());
        let (reglement, jour) = (visite.etat.reglement(), visite.aujourd_hui());
        visite
            .read(move |conn| {
                let (caisse, version) = caisse::lire(conn, &scope, &code)?;
                let manques = caisse::manques_de(conn, &reglement, &caisse, jour)?;
                let logo = logo::lire(conn, &code)?;
                Ok::<_, ActionError>(CaisseLue {
                    logo,
                    caisse,
                    version,
                    manques,
                })
            })
            .await
    }

    fn adresse(code: &String) -> String {
        format!("{LISTE}/{code}")
    }

    fn entete(&self, _: &Visite) -> Entete {
        let fiche = CaisseLue::adresse(&self.caisse.code);
        Entete {
            quoi: "Cette fiche",
            surtitre: Some(self.caisse.nom.clone()),
            ariane: vec![
                Lien::new("Caisses", LISTE),
                Lien::new(&self.caisse.nom, &fiche),
            ],
            bandeau: None,
            dossier_id: None,
            version: Some(self.version),
            retour: Lien::new("Revenir à la fiche sans rien changer", fiche),
        }
    }
}

#[derive(Template)]
#[template(path = "caisses/page.html")]
struct CaissePage {
    page: Page,
    bandeau: Bandeau,
    manques: Vec<Manque>,
    fiche: Vec<(&'static str, Option<String>)>,
    modifier: Option<String>,
    logo: Option<String>,
    changer_logo: Option<String>,
    signatures: String,
}

/// `GET /caisses/{code}`
///
/// # Errors
/// Out of scope; the database does not answer.
pub async fn page(visite: Visite, code: Path<String>) -> Reponse {
    let lue = CaisseLue::ouvrir(&visite, &code).await?;
    let phrase = match lue.manques.len() {
        0 => "Tout ce que les lettres et les décisions doivent dire de la caisse est connu."
            .to_owned(),
        n => format!(
            "Il manque {} avant d’ouvrir.",
            compte(n, "renseignement", "renseignements")
        ),
    };
    let role = visite.qui()?.role;
    let mut page = visite
        .page(lue.caisse.nom.clone())
        .ariane("Caisses", LISTE)
        .rubrique(LISTE)
        .largeur(Largeur::Lecture);
    if COMPTES.permet(Some(role)) {
        let url = format!("/agents?caisse={}", lue.caisse.code);
        page = page.action("Agents et comptes", url);
    }
    let tient = FICHE_CAISSE.permet(Some(role));
    visite.rendre(&CaissePage {
        logo: lue.logo(),
        changer_logo: tient.then(|| CaisseLue::url(&lue.caisse.code, "logo")),
        signatures: CaisseLue::url(&lue.caisse.code, "signatures"),
        page,
        bandeau: Bandeau::new(
            match lue.manques.is_empty() {
                true => Pastille::new(Etat::Fait, "Fiche complète"),
                false => pastille(&lue.manques, true),
            },
            phrase,
        ),
        fiche: DonneeCaisse::TOUS
            .iter()
            .map(|&d| (d.libelle(), lue.caisse.donnee(d).map(str::to_owned)))
            .collect(),
        modifier: tient.then(|| CaisseLue::url(&lue.caisse.code, Fiche::VERBE)),
        manques: lue.manques,
    })
}

/// What is written in the record of a caisse.
#[derive(Formulaire)]
pub struct Fiche {
    #[champ(libelle = DonneeCaisse::Service.libelle(), aide = "Le nom que portent les lettres : «Relations avec les professionnels de santé».")]
    service: Option<String>,
    #[champ(libelle = DonneeCaisse::Adresse.libelle(), zone = 3, autocomplete = "street-address")]
    adresse: Option<String>,
    #[champ(libelle = DonneeCaisse::Courriel.libelle(), courriel)]
    courriel: Option<String>,
    #[champ(libelle = DonneeCaisse::Telephone.libelle(), autocomplete = "tel")]
    telephone: Option<String>,
    #[champ(libelle = DonneeCaisse::Horaires.libelle(), aide = "Quand le service répond : «du lundi au vendredi, de 9 h à 12 h».")]
    horaires: Option<String>,
    #[champ(libelle = DonneeCaisse::Cra.libelle(), zone = 3, aide = "Un refus dit où le contester : sans elle, il ne peut pas être signé.")]
    cra_adresse: Option<String>,
    #[champ(libelle = DonneeCaisse::TaVille.libelle(), aide = "Pour les décisions qui se contestent devant le juge administratif.")]
    ta_ville: Option<String>,
    #[champ(libelle = DonneeCaisse::TaAdresse.libelle(), zone = 3)]
    ta_adresse: Option<String>,
    #[champ(libelle = DonneeCaisse::Directeur.libelle())]
    directeur: Option<String>,
    #[champ(libelle = DonneeCaisse::DirecteurQualite.libelle(), aide = "Comme elle signe : «directrice», «directeur par intérim».")]
    directeur_qualite: Option<String>,
    #[champ(libelle = DonneeCaisse::Dpo.libelle(), courriel)]
    dpo: Option<String>,
    #[champ(libelle = DonneeCaisse::Siret.libelle(), aide = "Quatorze chiffres, avec ou sans espaces.")]
    siret: Option<String>,
}

impl Fiche {
    fn de(c: &Caisse) -> Fiche {
        let dite = |d| c.donnee(d).map(str::to_owned);
        Fiche {
            service: dite(DonneeCaisse::Service),
            adresse: dite(DonneeCaisse::Adresse),
            courriel: dite(DonneeCaisse::Courriel),
            telephone: dite(DonneeCaisse::Telephone),
            horaires: dite(DonneeCaisse::Horaires),
            cra_adresse: dite(DonneeCaisse::Cra),
            ta_ville: dite(DonneeCaisse::TaVille),
            ta_adresse: dite(DonneeCaisse::TaAdresse),
            directeur: dite(DonneeCaisse::Directeur),
            directeur_qualite: dite(DonneeCaisse::DirecteurQualite),
            dpo: dite(DonneeCaisse::Dpo),
            siret: dite(DonneeCaisse::Siret),
        }
    }

    fn ecrite(self) -> caisse::Fiche {
        vec![
            (DonneeCaisse::Service, self.service),
            (DonneeCaisse::Adresse, self.adresse),
            (DonneeCaisse::Courriel, self.courriel),
            (DonneeCaisse::Telephone, self.telephone),
            (DonneeCaisse::Horaires, self.horaires),
            (DonneeCaisse::Cra, self.cra_adresse),
            (DonneeCaisse::TaVille, self.ta_ville),
            (DonneeCaisse::TaAdresse, self.ta_adresse),
            (DonneeCaisse::Directeur, self.directeur),
            (DonneeCaisse::DirecteurQualite, self.directeur_qualite),
            (DonneeCaisse::Dpo, self.dpo),
            (DonneeCaisse::Siret, self.siret),
        ]
    }
}

impl Geste for Fiche {
    type Objet = CaisseLue;
    const VERBE: &'static str = "modifier";
    const BOUTON: &'static str = "Enregistrer la fiche";
    const TITRE: &'static str = "Modifier la fiche de la caisse";
    const INTRO: &'static [&'static str] = &[
        "Les lettres et les décisions à venir diront ce que vous enregistrez ; celles qui sont déjà signées ne changent pas.",
    ];
    const CORRIGE: bool = true;

    async fn initial(_: &Visite, lue: &CaisseLue) -> Result<Saisie, WebError> {
        Ok(Fiche::de(&lue.caisse).ecrire())
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        caisse::modifier(tx, &o.acte, &o.scope, &o.cle, o.version, self.ecrite())?;
        Ok("La fiche de la caisse est enregistrée.".to_owned())
    }
}

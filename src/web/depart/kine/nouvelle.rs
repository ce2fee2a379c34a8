//! `GET` and `POST /departs/nouvelle`: the declaration of a definitive cessation, the check before sending.

use actix_web::web::Query;
use askama::Template;
use regles::dates_fr;
use regles::identifiants::Insee;
use regles::piece::NaturePiece;
use regles::pieces_requises::{Cas, Demarche, requises};
use regles::texte;
use serde::Deserialize;

use super::verification;
use crate::actions::ActionError;
use crate::actions::brouillon::Garde;
use crate::actions::depart::declaration::{self, Declaration};
use crate::db::brouillon::Formulaire;
use crate::db::contrainte::Contrainte;
use crate::db::{DbError, depart as stockees};
use crate::web::acces::avec_apercu;
use crate::web::brouillon::{self, depot};
use crate::web::erreur::WebError;
use crate::web::kit::commune::{self, ChoixCommune};
use crate::web::kit::erreurs::{Erreurs, cle, entier, obligatoire};
use crate::web::liste_pieces;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, ChampCommune, DepotVue, ErreurResume, Taille};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "depart/nouvelle.html")]
struct NouvellePage {
    page: Page,
    etat: String,
    commune: ChampCommune,
    champs: Vec<Champ>,
    pieces: Vec<DepotVue>,
    cle: Champ,
}

/// A draft to take up again.
#[derive(Deserialize)]
pub struct Reprise {
    brouillon: Option<i64>,
}

/// `GET /departs/nouvelle?brouillon=`
///
/// # Errors
/// The draft is somebody else's, or the database does not answer.
pub async fn formulaire(visite: Visite, reprise: Query<Reprise>) -> Reponse {
    let (saisie, garde, etat) = match reprise.brouillon {
        None => (Saisie::default(), Garde::default(), String::new()),
        Some(id) => {
            let (saisie, garde, b) = brouillon::relire(&visite, id, Formulaire::Depart).await?;
            (
                saisie,
                garde,
                format!("Enregistré le {}", texte::datetime_fr(b.modifie_le)),
            )
        }
    };
    let choix = commune::lire(&visite, &saisie, &mut Erreurs::default()).await?;
    let mut page = construire(&visite, &saisie, &choix, &Erreurs::default(), &garde)?;
    page.etat = etat;
    Ok(avec_apercu(visite.rendre(&page)?))
}

/// `POST /departs/nouvelle`: checks the declaration, comes back to it, or sends it, as `_etape` says.
///
/// # Errors
/// The database or the document store does not answer.
pub async fn declarer(visite: Visite, mut saisie: Saisie) -> Reponse {
    let kine_id = visite.kine_id()?;
    let mut erreurs = Erreurs::default();
    let garde = depot::garder(&visite, Formulaire::Depart, &mut saisie, &mut erreurs).await?;
    let cle = cle(&saisie);
    if garde.envoye {
        return deja(&visite, kine_id, cle).await;
    }
    if saisie.coche("_brouillon") && !erreurs.presentes() {
        return brouillon::enregistre(&visite, Formulaire::Depart, &garde);
    }
    let choix = commune::lire(&visite, &saisie, &mut erreurs).await?;
    let etape = saisie.texte("_etape");
    if commune::cherche(&saisie) || etape == "modifier" {
        let page = construire(&visite, &saisie, &choix, &Erreurs::default(), &garde)?;
        return Ok(avec_apercu(visite.rendre(&page)?));
    }
    let Some(declaration) = lire(kine_id, cle.clone(), &saisie, &choix, &garde, &mut erreurs)?
    else {
        return a_corriger(&visite, &saisie, &choix, &erreurs, &garde);
    };
    let acte = visite.acte()?;
    if etape != "envoyer" {
        let examinee = declaration.clone();
        let examine = visite
            .read(move |conn| Ok::<_, WebError>(declaration::examiner(conn, &acte, &examinee)))
            .await?;
        return match examine {
            Ok(lieu) => verification::montrer(&visite, &declaration, &lieu, &garde).await,
            Err(error) => {
                erreurs.prendre(error)?;
                a_corriger(&visite, &saisie, &choix, &erreurs, &garde)
            }
        };
    }
    let resultat = visite
        .write(move |tx| declaration::declarer(tx, &acte, &declaration))
        .await;
    match resultat {
        Ok(id) => declaree(&visite, id),
        // The same form, or the same departure, at the same instant: the other one won.
        Err(ActionError::Db(DbError::Contrainte(
            Contrainte::Idempotence | Contrainte::DepartUnique,
        ))) => deja(&visite, kine_id, cle).await,
        Err(error) => {
            erreurs.prendre(error)?;
            a_corriger(&visite, &saisie, &choix, &erreurs, &garde)
        }
    }
}

/// What was typed and given; none, with the errors noted, while something is missing or cannot be read.
fn lire(
    kine_id: i64,
    cle: String,
    saisie: &Saisie,
    choix: &ChoixCommune,
    garde: &Garde,
    erreurs: &mut Erreurs,
) -> Result<Option<Declaration>, WebError> {
    let adresse = obligatoire(
        saisie,
        "adresse",
        "Indiquez l’adresse du lieu d’exercice que vous quittez.",
        erreurs,
    );
    let date = match saisie.option("date_cessation").map(dates_fr::lire) {
        None => {
            erreurs.noter("date_cessation", "Indiquez la date de votre cessation.");
            None
        }
        Some(Ok(date)) => Some(date),
        Some(Err(e)) => {
            erreurs.noter("date_cessation", e.to_string());
            None
        }
    };
    let actes = entier(saisie, "actes", erreurs);
    let mut pieces = garde.recues("justificatif", NaturePiece::JustificatifCessation)?;
    if pieces.is_empty() {
        erreurs.noter(
            "justificatif",
            "Joignez un justificatif de votre cessation : radiation du tableau de l’Ordre, acte de cession, ou attestation sur l’honneur signée.",
        );
    }
    pieces.extend(garde.recues("releve", NaturePiece::ReleveActes)?);
    let insee = choix
        .choisie
        .as_ref()
        .map(|c| c.insee.parse::<Insee>())
        .transpose()
        .map_err(WebError::interne)?;
    let (Some(insee), Some(date), false) = (insee, date, erreurs.presentes()) else {
        return Ok(None);
    };
    Ok(Some(Declaration {
        kine_id,
        insee,
        adresse,
        date,
        actes,
        pieces,
        cle,
    }))
}

fn declaree(visite: &Visite, id: i64) -> Reponse {
    visite.rediriger_avec(
        &format!("/cessations/{id}"),
        "Votre cessation est déclarée. Nous vous avons envoyé une confirmation par courriel.",
    )
}

/// The departure that this form already declared.
async fn deja(visite: &Visite, kine_id: i64, cle: String) -> Reponse {
    let deja = visite
        .read(move |conn| stockees::par_cle(conn, kine_id, &cle))
        .await?;
    let id = deja.ok_or_else(|| {
        WebError::Refus(
            "Votre cessation dans cette zone vient d’être déclarée : retrouvez-la dans votre espace."
                .to_owned(),
        )
    })?;
    declaree(visite, id)
}

/// The form with what is wrong with it, and the documents that its draft holds.
fn a_corriger(
    visite: &Visite,
    saisie: &Saisie,
    choix: &ChoixCommune,
    erreurs: &Erreurs,
    garde: &Garde,
) -> Reponse {
    let page = construire(visite, saisie, choix, erreurs, garde)?;
    Ok(avec_apercu(visite.a_corriger(&page)?))
}

fn construire(
    visite: &Visite,
    saisie: &Saisie,
    choix: &ChoixCommune,
    erreurs: &Erreurs,
    garde: &Garde,
) -> Result<NouvellePage, WebError> {
    let commune = choix.champ(
        "Commune du lieu d’exercice que vous quittez",
        "Nom ou code postal. À Paris, Lyon et Marseille, précisez l’arrondissement.",
        erreurs,
    );
    let champs = vec![
        Champ::texte("adresse", "Adresse du lieu d’exercice")
            .aide("Numéro et rue")
            .taille(Taille::Long)
            .autocomplete("address-line1")
            .valeur(saisie.texte("adresse"))
            .erreur(erreurs.de("adresse")),
        Champ::date("date_cessation", "Date de cessation définitive")
            .aide("Passée ou à venir. Par exemple 31/03/2026")
            .valeur(saisie.texte("date_cessation"))
            .erreur(erreurs.de("date_cessation")),
        Champ::nombre(
            "actes",
            "Actes réalisés dans les douze mois avant la cessation",
        )
        .aide("Si vous ne connaissez pas ce nombre, laissez vide : la caisse le complétera.")
        .facultatif()
        .unite("actes")
        .valeur(saisie.texte("actes"))
        .erreur(erreurs.de("actes")),
    ];
    let cas = Cas::de(Demarche::Cessation);
    let pieces = requises(&visite.etat.reglement(), visite.aujourd_hui(), &cas)
        .map_err(WebError::interne)?
        .iter()
        .map(|r| {
            let aide = liste_pieces::pourquoi(r);
            let nom = match r.nature {
                NaturePiece::JustificatifCessation => "justificatif",
                _ => "releve",
            };
            let depot = depot::champ(visite, nom, r.nature.libelle(), &aide, garde, erreurs);
            if r.requise { depot } else { depot.facultatif() }
        })
        .collect::<Vec<_>>();
    let mut page = visite
        .page("Déclarer ma cessation d’activité")
        .surtitre("Étape 1 sur 2")
        .chapeau("Vous cessez définitivement votre activité conventionnée en ce lieu. Votre déclaration va à la caisse dont dépend la commune.")
        .ariane("Mon espace", "/espace")
        .rubrique("/espace");
    if let Some(phrase) = erreurs.de("") {
        page = page.erreur(ErreurResume::generale(phrase));
    }
    page.erreurs.extend(commune.resume());
    let page = page.erreurs_de(champs.iter().chain(pieces.iter().map(|d| &d.champ)));
    Ok(NouvellePage {
        page,
        etat: brouillon::etat(visite, garde),
        commune,
        champs,
        pieces,
        cle: Champ::cache("cle", cle(saisie)),
    })
}

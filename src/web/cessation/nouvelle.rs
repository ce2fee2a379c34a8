//! `GET` and `POST /cessations/nouvelle`: the declaration of a definitive cessation.

use askama::Template;

use crate::actions::ActionError;
use crate::actions::cessation::{self, Declaration};
use crate::db::contrainte::Contrainte;
use crate::db::{DbError, cessation as stockees};
use crate::domain::dates_fr;
use crate::domain::identifiants::Insee;
use crate::domain::piece::NaturePiece;
use crate::web::erreur::WebError;
use crate::web::espace::commune::{self, ChoixCommune};
use crate::web::espace::erreurs::{Erreurs, cle, entier, obligatoire};
use crate::web::espace::fichiers;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, ChampCommune, ErreurResume, Taille};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "cessation/nouvelle.html")]
struct NouvellePage {
    page: Page,
    commune: ChampCommune,
    champs: Vec<Champ>,
    pieces: Vec<Champ>,
    cle: Champ,
}

/// `GET /cessations/nouvelle`
///
/// # Errors
/// The template cannot be rendered.
pub async fn formulaire(visite: Visite) -> Reponse {
    let saisie = Saisie::default();
    visite.rendre(&construire(
        &visite,
        &saisie,
        &ChoixCommune::default(),
        &Erreurs::default(),
    ))
}

/// `POST /cessations/nouvelle`
///
/// # Errors
/// The database or the document store does not answer.
pub async fn declarer(visite: Visite, saisie: Saisie) -> Reponse {
    let kine_id = visite.kine_id()?;
    let mut erreurs = Erreurs::default();
    let choix = commune::lire(&visite, &saisie, &mut erreurs).await?;
    if commune::cherche(&saisie) {
        return visite.rendre(&construire(&visite, &saisie, &choix, &Erreurs::default()));
    }
    let adresse = obligatoire(
        &saisie,
        "adresse",
        "Indiquez l’adresse du lieu d’exercice que vous quittez.",
        &mut erreurs,
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
    let actes = entier(&saisie, "actes", &mut erreurs);
    for champ in ["justificatif", "releve"] {
        fichiers::verifier(&visite, &saisie, champ, &mut erreurs);
    }
    if saisie.fichiers("justificatif").next().is_none() {
        erreurs.noter(
            "justificatif",
            "Joignez un justificatif de votre cessation : radiation du tableau de l’Ordre, acte de cession, ou attestation sur l’honneur signée.",
        );
    }
    let insee = choix
        .choisie
        .as_ref()
        .map(|c| c.insee.parse::<Insee>())
        .transpose()
        .map_err(WebError::interne)?;
    let (Some(insee), Some(date), false) = (insee, date, erreurs.presentes()) else {
        return visite.a_corriger(&construire(&visite, &saisie, &choix, &erreurs));
    };
    let cle = cle(&saisie);
    let mut pieces = fichiers::garder(
        &visite,
        &saisie,
        "justificatif",
        NaturePiece::JustificatifCessation,
    )
    .await?;
    pieces.extend(fichiers::garder(&visite, &saisie, "releve", NaturePiece::ReleveActes).await?);
    let declaration = Declaration {
        kine_id,
        insee,
        adresse,
        date,
        actes,
        pieces,
        cle: cle.clone(),
    };
    let acte = visite.acte()?;
    let resultat = visite
        .write(move |tx| cessation::declarer(tx, &acte, &declaration))
        .await;
    let id = match resultat {
        Ok(id) => id,
        // The same form, or the same departure, at the same instant: the other one won.
        Err(ActionError::Db(DbError::Contrainte(
            Contrainte::Idempotence | Contrainte::CessationUnique,
        ))) => {
            let deja = visite
                .read(move |conn| stockees::par_cle(conn, kine_id, &cle))
                .await?;
            deja.ok_or_else(|| {
                WebError::Refus(
                    "Votre cessation dans cette zone vient d’être déclarée : retrouvez-la dans votre espace."
                        .to_owned(),
                )
            })?
        }
        Err(error) => {
            erreurs.prendre(error)?;
            return visite.a_corriger(&construire(&visite, &saisie, &choix, &erreurs));
        }
    };
    visite.rediriger_avec(
        &format!("/cessations/{id}"),
        "Votre cessation est déclarée. Nous vous avons envoyé une confirmation par courriel.",
    )
}

fn construire(
    visite: &Visite,
    saisie: &Saisie,
    choix: &ChoixCommune,
    erreurs: &Erreurs,
) -> NouvellePage {
    let commune = choix.champ(
        "Commune du lieu d’exercice que vous quittez",
        "Nom ou code postal. À Paris, Lyon et Marseille, précisez l’arrondissement.",
        erreurs,
    );
    let champs = vec![
        Champ::texte("adresse", "Adresse du lieu d’exercice")
            .aide("Numéro et rue")
            .taille(Taille::Long)
            .autocomplete("street-address")
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
    let perdus = fichiers::presents(saisie, &["justificatif", "releve"]);
    let pieces = vec![
        fichiers::champ(
            visite,
            "justificatif",
            "Justificatif de cessation définitive",
            "Radiation du tableau de l’Ordre, acte de cession, ou attestation sur l’honneur signée.",
            perdus,
            erreurs,
        ),
        fichiers::champ(
            visite,
            "releve",
            "Relevé d’activité des douze derniers mois",
            "Il accélère l’étude de votre départ.",
            perdus,
            erreurs,
        )
        .facultatif(),
    ];
    let mut page = visite
        .page("Déclarer ma cessation d’activité")
        .chapeau("Vous cessez définitivement votre activité conventionnée en ce lieu. Votre déclaration va à la caisse dont dépend la commune.")
        .ariane("Mon espace", "/espace")
        .rubrique("/espace");
    if let Some(phrase) = erreurs.de("") {
        page = page.erreur(ErreurResume::generale(phrase));
    }
    page.erreurs.extend(commune.resume());
    let page = page.erreurs_de(champs.iter().chain(&pieces));
    NouvellePage {
        page,
        commune,
        champs,
        pieces,
        cle: Champ::cache("cle", cle(saisie)),
    }
}

//! `GET` and `POST /demandes/nouvelle`: the kind, the project, the check before sending.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use regles::demande::NatureDemande;
use regles::texte;
use serde::Deserialize;

use super::projet::{self, Offre};
use super::{champs, envoi, verification};
use crate::actions::brouillon::Garde;
use crate::actions::{ActionError, demande, piece};
use crate::db::brouillon::Formulaire;
use crate::db::{DbError, kine};
use crate::web::acces::avec_apercu;
use crate::web::brouillon::{self, depot};
use crate::web::erreur::WebError;
use crate::web::kit::commune::{self, ChoixCommune};
use crate::web::kit::erreurs::{Erreurs, cle};
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, ChampCommune, Choix, ErreurResume, Message};
use crate::web::visite::{Reponse, Visite};

/// What a link may already say of the request.
#[derive(Deserialize)]
pub struct Debut {
    brouillon: Option<i64>,
    nature: Option<String>,
    designation: Option<i64>,
}

#[derive(Template)]
#[template(path = "demande/nature.html")]
struct NaturePage {
    page: Page,
    nature: Champ,
}

#[derive(Template)]
#[template(path = "demande/nouvelle.html")]
struct ProjetPage {
    page: Page,
    etat: String,
    caches: Vec<Champ>,
    message: Option<Message>,
    fondement: Vec<Champ>,
    commune: ChampCommune,
    lieu: Vec<Champ>,
    conditions: Vec<Champ>,
}

/// `GET /demandes/nouvelle?nature=&designation=`
pub async fn formulaire(visite: Visite, debut: Query<Debut>) -> Reponse {
    if let Some(id) = debut.brouillon {
        return reprendre(&visite, id).await;
    }
    let Some(texte) = &debut.nature else {
        return choisir(&visite, None).await;
    };
    let Ok(nature) = texte.parse::<NatureDemande>() else {
        return choisir(
            &visite,
            Some("Choisissez le cas qui correspond à votre projet."),
        )
        .await;
    };
    let offre = projet::offre(&visite, nature).await?;
    let retenue = match (debut.designation, offre.designations.as_slice()) {
        _ if nature != NatureDemande::Succession => None,
        (Some(id), _) => offre.designations.iter().find(|d| d.designation.id == id),
        (None, [seule]) => Some(seule),
        _ => None,
    };
    // The place of practice is in the zone of the place, most often in its very commune.
    let (saisie, choix) = match retenue {
        Some(d) => {
            let id = d.designation.id.to_string();
            let saisie = Saisie::de([
                ("designation", id.as_str()),
                ("adresse", d.depart.adresse.as_str()),
            ]);
            (
                saisie,
                commune::de_code(&visite, d.depart.insee.clone()).await?,
            )
        }
        None => (Saisie::default(), ChoixCommune::default()),
    };
    visite.rendre(&construire(
        &visite,
        &offre,
        &saisie,
        &choix,
        &Erreurs::default(),
    ))
}

/// The second step, as the draft left it; the documents it holds are shown in the third.
async fn reprendre(visite: &Visite, id: i64) -> Reponse {
    let (saisie, garde, b) = brouillon::relire(visite, id, Formulaire::Demande).await?;
    let Ok(nature) = saisie.texte("nature").parse::<NatureDemande>() else {
        return choisir(visite, None).await;
    };
    let offre = projet::offre(visite, nature).await?;
    let choix = commune::lire(visite, &saisie, &mut Erreurs::default()).await?;
    let etat = format!("Enregistré le {}", texte::datetime_fr(b.modifie_le));
    let avec = match garde.pieces.len() {
        0 => etat,
        n => format!(
            "{etat}, avec {}",
            texte::pluriel(n as i64, "document", "documents")
        ),
    };
    visite.rendre(&composer(
        visite,
        &offre,
        &saisie,
        &choix,
        &Erreurs::default(),
        avec,
    ))
}

async fn choisir(visite: &Visite, erreur: Option<&str>) -> Reponse {
    let designations = projet::designations(visite).await?;
    let succession = Choix::new("succession", "Je succède à un confrère qui cesse son activité")
        .aide(match designations.as_slice() {
            [] => "Il faut d’abord que ce confrère vous désigne, et que vous acceptiez. Vous n’avez pas de désignation acceptée pour le moment.".to_owned(),
            [seule] if seule.designation.candidature_id.is_some() => {
                format!("La caisse vous a attribué la place ouverte à {}.", seule.commune)
            }
            [seule] => format!("{} vous a désigné, à {}.", seule.cedant.nom_complet(), seule.commune),
            plusieurs => format!("{} places vous sont ouvertes.", plusieurs.len()),
        });
    let nature = Champ::radios(
        "nature",
        "Quel est votre projet ?",
        vec![
            succession,
            Choix::new("derogation", "Je demande une dérogation").aide(
                "Dans une zone non prioritaire, sans succéder à un confrère : situation personnelle, soins spécifiques, risque économique.",
            ),
            Choix::new("hors_regulation", "Mon projet n’est pas soumis à la régulation").aide(
                "Le lieu n’est pas en zone non prioritaire, ou vous êtes déjà conventionné dans la zone.",
            ),
        ],
    )
    .valeur(if designations.is_empty() { "" } else { "succession" })
    .erreur(erreur);
    let page = visite
        .page("Déposer une demande de conventionnement")
        .surtitre("Étape 1 sur 3")
        .chapeau("Vous voulez exercer en libéral, sous convention, en un lieu précis.")
        .ariane("Mon espace", "/espace")
        .rubrique("/espace")
        .erreurs_de([&nature]);
    let gabarit = NaturePage { page, nature };
    if erreur.is_some() {
        visite.a_corriger(&gabarit)
    } else {
        visite.rendre(&gabarit)
    }
}

/// `POST /demandes/nouvelle`: checks the project, comes back to it, or sends the request, as `_etape` says.
///
/// # Errors
/// The database or the document store does not answer.
pub async fn suivre(visite: Visite, mut saisie: Saisie) -> Reponse {
    let Ok(nature) = saisie.texte("nature").parse::<NatureDemande>() else {
        return choisir(
            &visite,
            Some("Choisissez le cas qui correspond à votre projet."),
        )
        .await;
    };
    let mut erreurs = Erreurs::default();
    let recu = depot::recevoir(&visite, Formulaire::Demande, &mut saisie, &mut erreurs).await?;
    let etape = saisie.texte("_etape").to_owned();
    let envoi = etape == "envoyer" && !saisie.coche("_brouillon") && !commune::cherche(&saisie);
    let mut refus = None;
    if envoi
        && !erreurs.presentes()
        && let Some(projet) = projet::tel_quel(&saisie, nature, visite.kine_id()?)
    {
        let pieces = recu.envoyees(&piece::champs());
        match envoi::deposer(&visite, projet, pieces, recu.cle.clone()).await? {
            Ok(numero) => return envoi::vers_accuse(&visite, &numero),
            Err(erreur) => refus = Some(erreur),
        }
    }
    // What is not sent is kept before anything else is done with it.
    let garde = match &refus {
        Some(ActionError::Indisponible(phrase)) => {
            erreurs.noter("", phrase);
            Garde::default()
        }
        _ => depot::ecrire(&visite, recu, &mut erreurs).await?,
    };
    let offre = projet::offre(&visite, nature).await?;
    if saisie.coche("_brouillon") && !garde.envoye && !erreurs.presentes() {
        return brouillon::enregistre(&visite, Formulaire::Demande, &garde);
    }
    // What is wrong with a file belongs to the third step.
    let fautes = std::mem::take(&mut erreurs);
    if let Some(phrase) = fautes.de("") {
        erreurs.noter("", phrase);
    }
    let (choix, projet) = projet::lire(&visite, &saisie, &offre, &mut erreurs).await?;
    if commune::cherche(&saisie) || etape == "modifier" {
        return visite.rendre(&construire(
            &visite,
            &offre,
            &saisie,
            &choix,
            &Erreurs::default(),
        ));
    }
    let Some(projet) = projet else {
        return visite.a_corriger(&construire(&visite, &offre, &saisie, &choix, &erreurs));
    };
    if let Some(refus) = refus {
        erreurs.prendre(refus)?;
        return visite.a_corriger(&construire(&visite, &offre, &saisie, &choix, &erreurs));
    }
    if garde.envoye && etape == "envoyer" {
        let numero = envoi::numero(&visite, cle(&saisie)).await?;
        return envoi::vers_accuse(&visite, &numero);
    }
    let (acte, verifie) = (visite.acte()?, projet.clone());
    let verifie = visite
        .read(move |conn| {
            let moi = kine::par_id(conn, verifie.kine_id)?.ok_or(DbError::Introuvable)?;
            Ok::<_, WebError>(demande::verifier(conn, &acte, &verifie, &moi.rpps))
        })
        .await?;
    let lieu = match verifie {
        Ok(verifie) => verifie.lieu,
        Err(error) => {
            erreurs.prendre(error)?;
            return visite.a_corriger(&construire(&visite, &offre, &saisie, &choix, &erreurs));
        }
    };
    if etape != "envoyer" || fautes.presentes() {
        let page = verification::construire(&visite, &offre, &saisie, &lieu, &fautes, &garde)?;
        let statut = match etape.as_str() {
            "envoyer" => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::OK,
        };
        return Ok(avec_apercu(visite.rendre_avec(&page, statut)?));
    }
    // The commune was found by its name.
    match envoi::deposer(&visite, projet, Vec::new(), cle(&saisie)).await? {
        Ok(numero) => envoi::vers_accuse(&visite, &numero),
        Err(error) => {
            erreurs.prendre(error)?;
            visite.a_corriger(&construire(&visite, &offre, &saisie, &choix, &erreurs))
        }
    }
}

/// The second step, with what was typed and what is wrong.
pub(super) fn construire(
    visite: &Visite,
    offre: &Offre,
    saisie: &Saisie,
    choix: &ChoixCommune,
    erreurs: &Erreurs,
) -> impl Template + use<> {
    let etat = match saisie.texte("cle") {
        "" => String::new(),
        _ => format!(
            "Enregistré à {}",
            texte::heure_fr(texte::heure_de_paris(visite.maintenant()))
        ),
    };
    composer(visite, offre, saisie, choix, erreurs, etat)
}

fn composer(
    visite: &Visite,
    offre: &Offre,
    saisie: &Saisie,
    choix: &ChoixCommune,
    erreurs: &Erreurs,
    etat: String,
) -> ProjetPage {
    let fondement = champs::fondement(offre, saisie, erreurs);
    let commune = choix.champ(
        "Commune où vous voulez exercer",
        match offre.nature {
            NatureDemande::Succession => {
                "Elle doit être dans la même zone que le lieu quitté par votre confrère."
            }
            _ => "Nom ou code postal. À Paris, Lyon et Marseille, précisez l’arrondissement.",
        },
        erreurs,
    );
    let lieu = champs::lieu(saisie, erreurs);
    let conditions = champs::conditions(&offre.alternatives, saisie, erreurs);
    let sans_designation =
        offre.nature == NatureDemande::Succession && offre.designations.is_empty();
    let message = sans_designation.then(|| {
        Message::attention(
            "Aucun confrère ne vous a désigné, ou vous n’avez pas encore accepté sa désignation. Demandez-lui de vous désigner dans Relève avec votre numéro RPPS.",
        )
    });
    let mut page = visite
        .page("Votre projet")
        .surtitre(format!(
            "Étape 2 sur 3 : {}",
            offre.nature.libelle().to_lowercase()
        ))
        .ariane("Mon espace", "/espace")
        .ariane("Déposer une demande", "/demandes/nouvelle")
        .rubrique("/espace");
    if let Some(phrase) = erreurs.de("") {
        page = page.erreur(ErreurResume::generale(phrase));
    }
    page = page.erreurs_de(&fondement);
    page.erreurs.extend(commune.resume());
    let page = page.erreurs_de(lieu.iter().chain(&conditions));
    ProjetPage {
        page,
        etat,
        caches: vec![
            Champ::cache("nature", offre.nature.as_str()),
            Champ::cache("cle", cle(saisie)),
        ],
        message,
        fondement,
        commune,
        lieu,
        conditions,
    }
}

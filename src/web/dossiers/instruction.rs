//! Taking a file, finding it complete, asking for documents, recording an opinion, closing it.

use actix_web::web;
use regles::conventionnement::AvisCpd;
use regles::liste_pieces::Ligne;
use regles::piece::NaturePiece;

use super::acte::{Formulaire, adresse, charger, montrer, version};
use crate::actions::instruction::{self, PieceAttendue};
use crate::actions::{ActionError, ActionResult};
use crate::web::liste_pieces;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, Taille};
use crate::web::visite::{Reponse, Visite};

/// `POST /dossiers/{numero}/prendre`
///
/// # Errors
/// Out of scope, somebody else took it, or the database does not answer.
pub async fn prendre(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let (acte, scope, numero) = (visite.acte()?, visite.qui()?.scope(), numero.into_inner());
    let remplace = saisie.texte("remplace").parse().ok();
    let n = numero.clone();
    let resultat = visite
        .write(move |tx| instruction::prendre(tx, &acte, &scope, &n, remplace))
        .await;
    let erreur = match resultat {
        Ok(()) => {
            return visite.rediriger_avec(&adresse(&numero, ""), "Vous suivez ce dossier.");
        }
        Err(erreur) => erreur,
    };
    // The form is shown again with who handles the file now: taking it over is then chosen knowingly.
    let (dossier, _) = charger(&visite, &numero).await?;
    let actuel = dossier.demande.assigne_a;
    let formulaire = Formulaire::new(
        "Prendre le dossier en charge",
        "prendre",
        "Reprendre le dossier",
    )
    .saisi(&saisie)
    .intro("La personne qui le suit aujourd’hui le verra dans l’historique.")
    .champ(Champ::cache(
        "remplace",
        actuel.map_or_else(String::new, |id| id.to_string()),
    ));
    montrer(&visite, &numero, formulaire, Some(erreur)).await
}

/// `POST /dossiers/{numero}/completer`
///
/// # Errors
/// Out of scope, a stale form, a state that does not allow it, or the database does not answer.
pub async fn completer(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let (acte, scope, numero) = (visite.acte()?, visite.qui()?.scope(), numero.into_inner());
    let version = version(&saisie);
    let n = numero.clone();
    let resultat = visite
        .write(move |tx| instruction::completer(tx, &acte, &scope, &n, version))
        .await;
    finir(
        &visite,
        &numero,
        resultat,
        "Le dossier est complet. La personne en est prévenue par courriel.",
        || {
            Formulaire::new(
                "Déclarer le dossier complet",
                "completer",
                "Déclarer le dossier complet",
            )
            .saisi(&saisie)
            .intro("La personne en est prévenue par courriel.")
        },
    )
    .await
}

/// How many documents may be asked for at once.
const PIECES: usize = 4;

fn demande_de_pieces(saisie: &Saisie) -> Formulaire {
    let mut formulaire = Formulaire::new("Demander des pièces", "demander-pieces", "Demander ces pièces")
        .saisi(saisie)
        .intro("La personne reçoit la liste par courriel, avec la date limite. Le délai de décision implicite est suspendu jusqu’à l’arrivée \
                des pièces ou jusqu’à cette date (PRO-3).")
        .intro("Ce que ce dossier appelle et qui manque, ou que vous avez refusé, est déjà proposé : ôtez ce que vous ne demandez pas.");
    for rang in 1..=PIECES {
        let nom = nom(rang);
        let mut choix = vec![Choix::new("", "Choisir une pièce")];
        choix.extend(
            NaturePiece::TOUS
                .iter()
                .map(|n| Choix::new(n.as_str(), n.libelle())),
        );
        let liste = Champ::liste(nom.clone(), format!("Pièce {rang}"), choix)
            .taille(Taille::Long)
            .valeur(saisie.texte(&nom));
        let precision = format!("precision_{rang}");
        let texte = Champ::texte(
            precision.clone(),
            format!("Ce qui est attendu de la pièce {rang}"),
        )
        .taille(Taille::Long)
        .facultatif()
        .valeur(saisie.texte(&precision));
        formulaire = formulaire
            .champ(if rang == 1 { liste } else { liste.facultatif() })
            .champ(texte);
    }
    formulaire
}

fn pieces_choisies(saisie: &Saisie) -> Vec<PieceAttendue> {
    (1..=PIECES)
        .filter_map(|rang| {
            let nature = saisie.texte(&nom(rang)).parse().ok()?;
            Some(PieceAttendue {
                nature,
                precision: saisie
                    .option(&format!("precision_{rang}"))
                    .map(str::to_owned),
            })
        })
        .collect()
}

/// What was refused, with its reason, then what the case calls for and nobody sent.
fn proposer(lignes: &[Ligne]) -> Saisie {
    let refusees = lignes.iter().filter(|l| l.motif.is_some());
    let manquantes = lignes.iter().filter(|l| liste_pieces::manque(l));
    let mut champs = Vec::new();
    for (ligne, rang) in refusees.chain(manquantes).zip(1..=PIECES) {
        champs.push((nom(rang), ligne.nature.as_str().to_owned()));
        let motif = ligne.motif.clone().unwrap_or_default();
        champs.push((format!("precision_{rang}"), motif));
    }
    Saisie::de_champs(champs)
}

/// The field of the document of that rank.
fn nom(rang: usize) -> String {
    match rang {
        1 => "pieces".to_owned(),
        rang => format!("piece_{rang}"),
    }
}

/// `GET /dossiers/{numero}/demander-pieces`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_pieces(visite: Visite, numero: web::Path<String>) -> Reponse {
    let lu = super::pieces::lire(&visite, &numero).await?;
    let proposees = proposer(&lu.lignes);
    montrer(&visite, &numero, demande_de_pieces(&proposees), None).await
}

/// `POST /dossiers/{numero}/demander-pieces`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn demander_pieces(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let attendues = pieces_choisies(&saisie);
    let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
    let v = version(&saisie);
    let resultat = visite
        .write(move |tx| instruction::demander_pieces(tx, &acte, &scope, &n, v, &attendues))
        .await;
    finir(
        &visite,
        &numero,
        resultat,
        "Les pièces sont demandées. Le délai de décision implicite est suspendu.",
        || demande_de_pieces(&saisie),
    )
    .await
}

fn avis_de_la_commission(saisie: &Saisie) -> Formulaire {
    let choix = AvisCpd::TOUS
        .iter()
        .map(|a| {
            let mut mot = a.libelle().to_owned();
            if let Some(premiere) = mot.get(..1) {
                mot = premiere.to_uppercase() + &mot[1..];
            }
            Choix::new(a.as_str(), mot)
        })
        .collect();
    Formulaire::new("Enregistrer l’avis de la commission", "avis", "Enregistrer l’avis")
        .saisi(saisie)
        .intro("L’avis de la commission paritaire est consultatif ; s’en écarter se motive (DER-3, PRO-5).")
        .champ(Champ::radios("avis", "Avis rendu", choix).valeur(saisie.texte("avis")))
}

/// `GET /dossiers/{numero}/avis`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_avis(visite: Visite, numero: web::Path<String>) -> Reponse {
    montrer(
        &visite,
        &numero,
        avis_de_la_commission(&Saisie::default()),
        None,
    )
    .await
}

/// `POST /dossiers/{numero}/avis`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn noter_avis(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let resultat = match saisie.texte("avis").parse::<AvisCpd>() {
        Ok(avis) => {
            let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
            let v = version(&saisie);
            visite
                .write(move |tx| instruction::noter_avis(tx, &acte, &scope, &n, v, avis))
                .await
        }
        Err(_) => Err(ActionError::champ("avis", "Choisissez l’avis rendu.")),
    };
    finir(
        &visite,
        &numero,
        resultat,
        "L’avis est enregistré.",
        || avis_de_la_commission(&saisie),
    )
    .await
}

fn classement(saisie: &Saisie) -> Formulaire {
    Formulaire::new("Classer la demande sans suite", "classer", "Classer sans suite")
        .saisi(saisie)
        .intro("La demande est close : les pièces demandées ne sont pas arrivées dans le délai (PRO-3). La personne en est prévenue, et peut \
                déposer une nouvelle demande à tout moment.")
        .danger()
}

/// `GET /dossiers/{numero}/classer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_classer(visite: Visite, numero: web::Path<String>) -> Reponse {
    montrer(&visite, &numero, classement(&Saisie::default()), None).await
}

/// `POST /dossiers/{numero}/classer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn classer(visite: Visite, numero: web::Path<String>, saisie: Saisie) -> Reponse {
    let (acte, scope, n) = (visite.acte()?, visite.qui()?.scope(), numero.clone());
    let v = version(&saisie);
    let resultat = visite
        .write(move |tx| instruction::classer_sans_suite(tx, &acte, &scope, &n, v))
        .await;
    finir(
        &visite,
        &numero,
        resultat,
        "La demande est classée sans suite.",
        || classement(&saisie),
    )
    .await
}

/// After an act: back to the file with a message, or the form again with the error and what was typed.
///
/// # Errors
/// An error that is ours.
pub(super) async fn finir<T>(
    visite: &Visite,
    numero: &str,
    resultat: ActionResult<T>,
    message: &str,
    formulaire: impl FnOnce() -> Formulaire,
) -> Reponse {
    match resultat {
        Ok(_) => visite.rediriger_avec(&adresse(numero, ""), message),
        Err(erreur) => montrer(visite, numero, formulaire(), Some(erreur)).await,
    }
}

//! `/contester/{numero}`: an appeal, in two steps, kept as a draft.

use actix_web::web::Path;
use regles::contestation::Contestee;
use regles::piece::NaturePiece;
use regles::texte;

use super::{adresse, contester};
use crate::actions::brouillon::Garde;
use crate::actions::piece::PieceRecue;
use crate::actions::recours::{self, AContester, ADeposer, Voie};
use crate::actions::{ActionError, ActionResult};
use crate::db::DbError;
use crate::db::brouillon::Formulaire as Brouillon;
use crate::db::contrainte::Contrainte;
use crate::db::recours as stockes;
use crate::web::acces::avec_apercu;
use crate::web::brouillon::{self, depot};
use crate::web::erreur::WebError;
use crate::web::espace::fichiers;
use crate::web::kit::erreurs::{Erreurs, cle};
use crate::web::kit::etape::Etape;
use crate::web::kit::formulaire::Formulaire;
use crate::web::page::{Lien, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Controle, Message};
use crate::web::visite::{Reponse, Visite};

/// Why.
#[derive(Formulaire)]
struct Contestation {
    #[champ(
        libelle = "Pourquoi vous contestez",
        dit = "Vos arguments",
        zone = 8,
        manque = "Dites pourquoi vous contestez : la commission répond à ce qui est écrit ici.",
        aide = "Ce qui est inexact, ce qui n’a pas été pris en compte. N’écrivez rien de votre santé ni de celle d’un proche."
    )]
    moyens: String,
}

const PIECES: &str = "pieces";

async fn lire(visite: &Visite, numero: &str) -> Result<AContester, WebError> {
    let (scope, acte, numero) = (visite.qui()?.scope(), visite.acte()?, numero.to_owned());
    visite
        .read(move |conn| recours::contestable(conn, &acte, &scope, &numero))
        .await
}

/// `GET /contester/{numero}`: the form, as its draft left it.
///
/// # Errors
/// The case is not this person's, or nothing in it is to be contested.
pub async fn formulaire(visite: Visite, numero: Path<String>) -> Reponse {
    let vu = lire(&visite, &numero).await?;
    let contestee = a_contester(&vu)?;
    let chemin = contester(&vu.numero);
    let begun = brouillon::en_cours(&visite, Brouillon::Recours, |b, _| b.chemin == chemin).await?;
    let (saisie, garde, etat) = match begun {
        None => (Saisie::default(), Garde::default(), String::new()),
        Some(b) => {
            let (saisie, garde, b) = brouillon::relire(&visite, b.id, Brouillon::Recours).await?;
            let etat = format!("Enregistré le {}", texte::datetime_fr(b.modifie_le));
            (saisie, garde, etat)
        }
    };
    let rien = Erreurs::default();
    let page = etape(&visite, (&vu, contestee), &saisie, &rien, &garde, etat);
    Ok(avec_apercu(visite.rendre(&page)?))
}

fn a_contester(vu: &AContester) -> Result<Contestee, WebError> {
    vu.contestee.ok_or_else(|| {
        WebError::Refus(
            "Il n’y a rien à contester sur ce dossier pour l’instant : un recours se forme contre une décision qui vous est \
             notifiée."
                .to_owned(),
        )
    })
}

/// `POST /contester/{numero}`: checks the appeal, comes back to it, or sends it, as `_etape` says.
///
/// # Errors
/// The case is not this person's; the database or the document store does not answer.
pub async fn deposer(visite: Visite, numero: Path<String>, mut saisie: Saisie) -> Reponse {
    let vu = lire(&visite, &numero).await?;
    let mut erreurs = Erreurs::default();
    saisie.poser(brouillon::CONTESTE, &vu.numero);
    let garde = depot::garder(&visite, Brouillon::Recours, &mut saisie, &mut erreurs).await?;
    let (kine_id, cle) = (visite.kine_id()?, cle(&saisie));
    if garde.envoye {
        return deja(&visite, kine_id, cle).await;
    }
    let contestee = a_contester(&vu)?;
    let chemin = contester(&vu.numero);
    if saisie.coche("_brouillon") && !erreurs.presentes() {
        return brouillon::enregistre(&visite, (Brouillon::Recours, &chemin), &garde);
    }
    let demandee = saisie.texte("_etape").to_owned();
    let rendre = |erreurs: &Erreurs| {
        let etat = brouillon::etat(&visite, &garde);
        let page = etape(&visite, (&vu, contestee), &saisie, erreurs, &garde, etat);
        Ok(avec_apercu(match erreurs.presentes() {
            true => visite.a_corriger(&page)?,
            false => visite.rendre(&page)?,
        }))
    };
    if demandee == "modifier" {
        return rendre(&Erreurs::default());
    }
    let lue = erreurs.prendre_de(Contestation::lire(&saisie));
    let Some(lue) = lue.filter(|_| !erreurs.presentes()) else {
        return rendre(&erreurs);
    };
    if demandee != "envoyer" {
        return visite.rendre(&verification(&visite, (&vu, contestee), &saisie, &garde));
    }
    let a = ADeposer {
        contre: vu.numero.clone(),
        voie: Voie::Portail,
        moyens: lue.moyens,
        pieces: pieces(&garde, &saisie)?,
        cle: cle.clone(),
    };
    let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
    let fait: ActionResult<String> = visite
        .write(move |tx| recours::deposer(tx, &acte, &scope, &a))
        .await;
    match fait {
        Ok(numero) => depose(&visite, &numero),
        Err(ActionError::Db(DbError::Contrainte(Contrainte::Idempotence))) => {
            deja(&visite, kine_id, cle).await
        }
        Err(refus) => {
            erreurs.prendre(refus)?;
            rendre(&erreurs)
        }
    }
}

fn depose(visite: &Visite, numero: &str) -> Reponse {
    visite.rediriger_avec(
        &adresse(numero),
        "Votre recours est enregistré. Son accusé de réception vous est envoyé par courriel.",
    )
}

/// The appeal that this form filed already.
async fn deja(visite: &Visite, kine_id: i64, cle: String) -> Reponse {
    let deja = visite
        .read(move |conn| stockes::par_cle(conn, kine_id, &cle))
        .await?;
    let numero = deja.ok_or(WebError::Introuvable)?;
    depose(visite, &numero)
}

/// The documents that the draft holds, with what was said of them.
fn pieces(garde: &Garde, saisie: &Saisie) -> Result<Vec<PieceRecue>, WebError> {
    let mut pieces = garde.recues(PIECES, NaturePiece::Autre)?;
    let champs = [(PIECES.to_owned(), NaturePiece::Autre)];
    let sante = !fichiers::signalees(saisie, &champs).is_empty();
    for piece in &mut pieces {
        piece.sante |= sante;
    }
    Ok(pieces)
}

fn caches(vu: &AContester, saisie: &Saisie) -> Vec<Champ> {
    vec![
        Champ::cache("cle", cle(saisie)),
        Champ::cache(brouillon::CONTESTE, &vu.numero),
    ]
}

fn tete(visite: &Visite, (vu, contestee): (&AContester, Contestee), titre: &str, n: u8) -> Page {
    let mut page = visite
        .page(titre)
        .surtitre(format!("Étape {n} sur 2"))
        .ariane("Mon espace", "/espace")
        .ariane(format!("Dossier {}", vu.numero), retour(vu))
        .rubrique("/espace");
    if n == 1 {
        page = page.chapeau(format!(
            "Vous contestez : {} (dossier {}). Votre recours va à la commission de recours amiable de votre caisse.",
            texte::minuscule_initiale(contestee.libelle()),
            vu.numero
        ));
    }
    page
}

/// The page of what is contested.
fn retour(vu: &AContester) -> String {
    use regles::dossier::NatureDossier;
    match vu.nature {
        NatureDossier::Demande => format!("/demandes/{}", vu.numero),
        NatureDossier::Depart => format!("/mes-departs/{}", vu.dossier_id),
        NatureDossier::Appel => format!("/appels/{}", vu.dossier_id),
        NatureDossier::Recours => adresse(&vu.numero),
    }
}

/// The first step: why, and the documents.
fn etape(
    visite: &Visite,
    quoi: (&AContester, Contestee),
    saisie: &Saisie,
    erreurs: &Erreurs,
    garde: &Garde,
    etat: String,
) -> Etape {
    let vu = quoi.0;
    let champs = Contestation::champs(saisie, erreurs);
    let mut documents = depot::champ(
        visite,
        PIECES,
        "Vos documents",
        "Une copie de ce que vous contestez, et ce qui appuie vos arguments.",
        garde,
        erreurs,
    )
    .facultatif()
    .sante(fichiers::case_sante(PIECES, "", saisie));
    if let Controle::Fichier { plusieurs, .. } = &mut documents.champ.controle {
        *plusieurs = true;
    }
    let page = tete(visite, quoi, "Contester cette décision", 1);
    let page = champs
        .clone()
        .avec(documents.champ.clone())
        .resumer(page, erreurs);
    let messages = vu.terme.map(|terme| {
        Message::information(format!(
            "Dernier jour pour contester : le {} (inclus). Un recours envoyé plus tard est enregistré aussi : la commission \
             se prononce.",
            texte::date_longue(terme)
        ))
    });
    Etape {
        url: contester(&vu.numero),
        messages: messages.into_iter().collect(),
        caches: caches(vu, saisie),
        parties: vec![("", champs)],
        depots: ("", vec![documents]),
        retour: Some(Lien::new("Revenir sans contester", retour(vu))),
        etat,
        ..Etape::new(Brouillon::Recours, page, "Vérifier mon recours")
    }
}

/// The second step: what is contested, why, what is joined, and what follows.
fn verification(
    visite: &Visite,
    quoi: (&AContester, Contestee),
    saisie: &Saisie,
    garde: &Garde,
) -> Etape {
    let (vu, contestee) = quoi;
    let champs = Contestation::champs(saisie, &Erreurs::default());
    let mut faits = vec![
        ("Dossier".to_owned(), vu.numero.clone()),
        (
            "Ce que vous contestez".to_owned(),
            contestee.libelle().to_owned(),
        ),
    ];
    faits.extend(champs.dits());
    let mut portes = caches(vu, saisie);
    portes.extend(champs.caches());
    portes.extend(fichiers::cochees(saisie, [PIECES].into_iter()));
    Etape {
        url: contester(&vu.numero),
        caches: portes,
        faits: Some(("Votre recours", faits)),
        jointes: garde.pieces.iter().map(|p| p.nom.clone()).collect(),
        suite: Some(format!(
            "Votre recours part à : {}. Vous en recevez l’accusé de réception, qui dit le dernier jour de la réponse et ce que \
             vaut le silence de la commission.",
            vu.service.nom
        )),
        bouton: ("envoyer", "Envoyer mon recours"),
        modifier: Some("Modifier mon recours"),
        etat: brouillon::etat(visite, garde),
        ..Etape::new(
            Brouillon::Recours,
            tete(visite, quoi, "Vérifiez et envoyez votre recours", 2),
            "",
        )
    }
}

//! `GET` and `POST /mes-departs/nouveau`: the declaration of a definitive cessation, the check before sending.

use chrono::NaiveDate;
use regles::depart::Mouvement;
use regles::identifiants::Insee;
use regles::piece::NaturePiece;
use regles::pieces_requises::{Cas, Demarche, requises};
use regles::texte;
use serde::Deserialize;

use crate::actions::ActionError;
use crate::actions::brouillon::Garde;
use crate::actions::depart::declaration::{self, Declaration, Examine};
use crate::actions::piece::PieceRecue;
use crate::db::brouillon::Formulaire as Brouillon;
use crate::db::contrainte::Contrainte;
use crate::db::{DbError, depart as stockees};
use crate::web::acces::avec_apercu;
use crate::web::brouillon::{self, depot};
use crate::web::erreur::WebError;
use crate::web::espace::fichiers;
use crate::web::kit::commune::Communes;
use crate::web::kit::erreurs::{Erreurs, cle};
use crate::web::kit::etape::Etape;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::requete::Requete;
use crate::web::liste_pieces;
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, DepotVue, Message};
use crate::web::visite::{Reponse, Visite};

/// What is declared, beside the documents.
#[derive(Formulaire)]
struct Cessation {
    #[champ(
        libelle = "Que faites-vous de ce lieu d’exercice ?",
        dit = "Ce que vous déclarez",
        choix = mouvements,
        manque = "Dites si vous cessez votre activité, ou ce que vous faites d’autre."
    )]
    mouvement: Mouvement,
    #[champ(
        libelle = "Commune du lieu d’exercice que vous quittez",
        aide = "Nom ou code postal. À Paris, Lyon et Marseille, précisez l’arrondissement."
    )]
    commune: Insee,
    #[champ(libelle = "Adresse du lieu d’exercice", aide = "Numéro et rue", taille = Long, autocomplete = "address-line1",
            manque = "Indiquez l’adresse du lieu d’exercice que vous quittez.")]
    adresse: String,
    #[champ(
        libelle = "Date de cessation définitive",
        dit = "Cessation définitive",
        aide = "Passée ou à venir. Par exemple 31/03/2026",
        manque = "Indiquez la date de votre cessation."
    )]
    date_cessation: NaiveDate,
    #[champ(
        libelle = "Actes réalisés dans les douze mois avant la cessation",
        dit = "Actes des douze mois précédents",
        unite = "actes",
        aide = "Si vous ne connaissez pas ce nombre, laissez vide : la caisse le complétera."
    )]
    actes: Option<i64>,
    #[champ(
        libelle = "Y exercez-vous par dérogation ?",
        dit = "Exercice par dérogation",
        exigence = Facultatif,
        aide = "Un conventionnement accordé par dérogation dans une zone régulée. Si vous ne le savez pas, ne répondez pas."
    )]
    par_derogation: Option<bool>,
}

/// What may be done of a place of practice, with when it is meant.
fn mouvements() -> Vec<Choix> {
    let choix = |m: &Mouvement| {
        let choix = Choix::new(m.as_str(), texte::majuscule_initiale(m.libelle()));
        match m {
            Mouvement::ArretTemporaire => choix.aide("Maladie, maternité, séjour à l’étranger."),
            _ => choix,
        }
    };
    Mouvement::TOUS.iter().map(choix).collect()
}

/// Where the form is.
const CHEMIN: &str = "/mes-departs/nouveau";

/// A draft to take up again.
#[derive(Deserialize)]
pub struct Reprise {
    brouillon: Option<i64>,
}

/// `GET /mes-departs/nouveau?brouillon=`
///
/// # Errors
/// The draft is somebody else's, or the database does not answer.
pub async fn formulaire(visite: Visite, reprise: Requete<Reprise>) -> Reponse {
    if reprise.brouillon.is_none()
        && let Some(b) = brouillon::en_cours(&visite, Brouillon::Depart, |_, _| true).await?
    {
        return visite.rediriger(&brouillon::adresse(b.formulaire, CHEMIN, b.id));
    }
    let (saisie, garde, etat) = match reprise.brouillon {
        None => (Saisie::default(), Garde::default(), String::new()),
        Some(id) => {
            let (saisie, garde, b) = brouillon::relire(&visite, id, Brouillon::Depart).await?;
            let etat = format!("Enregistré le {}", texte::datetime_fr(b.modifie_le));
            (saisie, garde, etat)
        }
    };
    let communes = Communes::lire::<Cessation>(&visite, &saisie).await?;
    let mut page = construire(&visite, &saisie, &communes, &Erreurs::default(), &garde)?;
    page.etat = etat;
    if let Some(id) = reprise.brouillon {
        page.messages.push(brouillon::repris(id));
    }
    Ok(avec_apercu(visite.rendre(&page)?))
}

/// `POST /mes-departs/nouveau`: checks the declaration, comes back to it, or sends it, as `_etape` says.
///
/// # Errors
/// The database or the document store does not answer.
pub async fn declarer(visite: Visite, mut saisie: Saisie) -> Reponse {
    let kine_id = visite.kine_id()?;
    let mut erreurs = Erreurs::default();
    let garde = depot::garder(&visite, Brouillon::Depart, &mut saisie, &mut erreurs).await?;
    let cle = cle(&saisie);
    if garde.envoye {
        return deja(&visite, kine_id, cle).await;
    }
    if saisie.coche("_brouillon") && !erreurs.presentes() {
        return brouillon::enregistre(&visite, (Brouillon::Depart, CHEMIN), &garde);
    }
    let communes = Communes::lire::<Cessation>(&visite, &saisie).await?;
    let rendre = |erreurs: &Erreurs| {
        let page = construire(&visite, &saisie, &communes, erreurs, &garde)?;
        Ok(avec_apercu(match erreurs.presentes() {
            true => visite.a_corriger(&page)?,
            false => visite.rendre(&page)?,
        }))
    };
    let etape = saisie.texte("_etape");
    if communes.cherche() || etape == "modifier" {
        return rendre(&Erreurs::default());
    }
    let lue = erreurs.prendre_de(Cessation::lire_avec(&saisie, &communes));
    let mut pieces = pieces(&garde, &mut erreurs)?;
    let dites = fichiers::signalees(&saisie, &champs());
    for piece in &mut pieces {
        piece.sante |= dites.contains(&piece.nature);
    }
    if let Some(phrase) = lue.as_ref().and_then(|l| l.mouvement.au_lieu_d_un_depart()) {
        erreurs.noter(Cessation::MOUVEMENT, phrase);
    }
    let Some(lue) = lue.filter(|_| !erreurs.presentes()) else {
        return rendre(&erreurs);
    };
    let declaration = Declaration {
        kine_id,
        insee: lue.commune,
        adresse: lue.adresse,
        date: lue.date_cessation,
        actes: lue.actes,
        par_derogation: lue.par_derogation,
        pieces,
        cle: cle.clone(),
    };
    let acte = visite.acte()?;
    if etape != "envoyer" {
        let examinee = declaration.clone();
        let examine = visite
            .read(move |conn| Ok::<_, WebError>(declaration::examiner(conn, &acte, &examinee)))
            .await?;
        return match examine {
            Ok(examine) => {
                let champs = Cessation::champs(&saisie, &erreurs).communes(&communes);
                let mut page = verification(&visite, champs, &declaration, &examine, &garde)?;
                let noms = ["justificatif", "releve"].into_iter();
                page.caches.extend(fichiers::cochees(&saisie, noms));
                visite.rendre(&page)
            }
            Err(refus) => {
                erreurs.prendre(refus)?;
                rendre(&erreurs)
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
        Err(refus) => {
            erreurs.prendre(refus)?;
            rendre(&erreurs)
        }
    }
}

/// The file fields, and the kind of document that each is for.
fn champs() -> [(String, NaturePiece); 2] {
    [
        (
            "justificatif".to_owned(),
            NaturePiece::JustificatifCessation,
        ),
        ("releve".to_owned(), NaturePiece::ReleveActes),
    ]
}

/// The documents that the draft holds; that one is missing is noted.
fn pieces(garde: &Garde, erreurs: &mut Erreurs) -> Result<Vec<PieceRecue>, WebError> {
    let mut pieces = garde.recues("justificatif", NaturePiece::JustificatifCessation)?;
    if pieces.is_empty() {
        erreurs.noter(
            "justificatif",
            "Joignez un justificatif de votre cessation : radiation du tableau de l’Ordre, acte de cession, ou attestation sur l’honneur signée.",
        );
    }
    pieces.extend(garde.recues("releve", NaturePiece::ReleveActes)?);
    Ok(pieces)
}

fn declaree(visite: &Visite, id: i64) -> Reponse {
    visite.rediriger_avec(
        &format!("/mes-departs/{id}"),
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

/// The first step: the fields, and the documents that the draft holds.
fn construire(
    visite: &Visite,
    saisie: &Saisie,
    communes: &Communes,
    erreurs: &Erreurs,
    garde: &Garde,
) -> Result<Etape, WebError> {
    let cessation = Mouvement::Cessation.as_str();
    let champs = Cessation::champs(saisie, erreurs)
        .communes(communes)
        .regler(Cessation::MOUVEMENT, |c| match c.valeur.is_empty() {
            true => c.valeur(cessation),
            false => c,
        });
    let cas = Cas::de(Demarche::Cessation);
    let pieces: Vec<DepotVue> = requises(&visite.etat.reglement(), visite.aujourd_hui(), &cas)
        .map_err(WebError::interne)?
        .iter()
        .map(|r| {
            let aide = liste_pieces::pourquoi(r);
            let nom = match r.nature {
                NaturePiece::JustificatifCessation => "justificatif",
                _ => "releve",
            };
            let depot = depot::champ(visite, nom, r.nature.libelle(), &aide, garde, erreurs);
            let depot = depot.sante(fichiers::case_sante(nom, r.nature.libelle(), saisie));
            if r.requise { depot } else { depot.facultatif() }
        })
        .collect();
    let page = visite
        .page("Déclarer ma cessation d’activité")
        .surtitre("Étape 1 sur 2")
        .chapeau("Vous cessez définitivement votre activité conventionnée en ce lieu. Votre déclaration va à la caisse dont dépend la commune.")
        .ariane("Mon espace", "/espace")
        .rubrique("/espace");
    let montres = pieces
        .iter()
        .fold(champs.clone(), |c, d| c.avec(d.champ.clone()));
    let page = montres.resumer(page, erreurs);
    Ok(Etape {
        caches: vec![Champ::cache("cle", cle(saisie))],
        parties: vec![("", champs)],
        depots: ("", pieces),
        retour: Some(Lien::new("Revenir sans déclarer", "/espace")),
        etat: brouillon::etat(visite, garde),
        ..Etape::new(Brouillon::Depart, page, "Vérifier ma déclaration")
    })
}

/// The second step: what was typed and given, read once more by who is about to send it, with what the rules say of it.
///
/// # Errors
/// No parameter in force that day.
fn verification(
    visite: &Visite,
    champs: Champs,
    declaration: &Declaration,
    examine: &Examine,
    garde: &Garde,
) -> Result<Etape, WebError> {
    let lieu = &examine.lieu;
    let page = visite
        .page("Vérifiez et envoyez votre déclaration")
        .surtitre("Étape 2 sur 2")
        .ariane("Mon espace", "/espace")
        .ariane("Déclarer ma cessation d’activité", "/mes-departs/nouveau")
        .rubrique("/espace");
    let (zone, commune) = (&lieu.zone, &lieu.commune.nom);
    let mut caches = champs.caches();
    caches.push(Champ::cache("cle", &declaration.cle));
    let mut faits = vec![
        (
            "Lieu quitté".to_owned(),
            format!("{}, {commune}", declaration.adresse),
        ),
        (
            "Zone".to_owned(),
            format!("{} ({})", zone.bassin_nom, zone.categorie),
        ),
    ];
    faits.extend(
        champs
            .sans(Cessation::COMMUNE)
            .sans(Cessation::ADRESSE)
            .dits(),
    );
    let annonces = declaration::annoncer(
        &visite.etat.reglement(),
        visite.aujourd_hui(),
        declaration,
        examine,
    )?;
    let avertissements = zone.avertissements.iter().cloned().chain(annonces);
    let jointes = declaration.pieces.iter();
    Ok(Etape {
        messages: avertissements.map(Message::attention).collect(),
        caches,
        faits: Some(("Votre départ", faits)),
        jointes: jointes
            .map(|p| format!("{} : {}", p.nature.libelle(), p.nom))
            .collect(),
        suite: Some(format!(
            "Votre déclaration part à : {}. La caisse la vérifie, puis vous écrit pour vous dire si votre départ ouvre une place. \
             Vous pouvez la retirer tant qu’elle n’a pas répondu.",
            lieu.service.nom
        )),
        bouton: ("envoyer", "Envoyer ma déclaration"),
        modifier: Some("Modifier ma déclaration"),
        etat: brouillon::etat(visite, garde),
        ..Etape::new(Brouillon::Depart, page, "")
    })
}

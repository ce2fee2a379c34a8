//! `GET` and `POST /demandes/nouvelle`: the kind, the project, the check before sending.

use actix_web::http::StatusCode;
use regles::demande::NatureDemande;
use regles::texte;
use serde::Deserialize;

use super::formulaire::{self, Lieu, Parties};
use super::guichet::{Guichet, connu};
use super::nature::{INCONNUE, choisir, choisir_le_motif};
use super::offre::{self, Offre};
use super::{envoi, papier, verification};
use crate::actions::brouillon::Garde;
use crate::actions::{ActionError, demande, piece};
use crate::web::acces::avec_apercu;
use crate::web::brouillon::{self, depot};
use crate::web::erreur::WebError;
use crate::web::espace::fichiers;
use crate::web::kit::commune::Communes;
use crate::web::kit::erreurs::{Erreurs, cle};
use crate::web::kit::etape::Etape;
use crate::web::kit::requete::Requete;
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Message};
use crate::web::visite::{Reponse, Visite};

const RPPS: &str = "Indiquez le numéro RPPS écrit sur la demande : onze chiffres.";

/// What a link may already say of the request.
#[derive(Deserialize)]
pub struct Debut {
    brouillon: Option<i64>,
    /// The button was pressed, whatever was chosen.
    choisir: Option<String>,
    nature: Option<String>,
    designation: Option<i64>,
    rpps: Option<String>,
    /// The ground of a derogation; `etape` says that its page was answered, or that another one is wanted.
    motif: Option<String>,
    etape: Option<String>,
}

/// `GET /demandes/nouvelle?nature=&designation=`, `GET /dossiers/nouveau?nature=&rpps=`
pub async fn formulaire(visite: Visite, debut: Requete<Debut>) -> Reponse {
    let guichet = Guichet::de(&visite)?;
    if let Some(id) = debut.brouillon {
        return reprendre(&visite, &guichet, id, None).await;
    }
    let rpps = debut.rpps.as_deref().unwrap_or_default();
    let connu = match &guichet {
        Guichet::Espace { .. } => Saisie::default(),
        Guichet::Caisse { .. } => papier::debut(rpps),
    };
    let mut erreurs = Erreurs::default();
    if debut.nature.is_none() && debut.choisir.is_none() {
        return choisir(&visite, &guichet, &connu, &erreurs).await;
    }
    let nature = debut.nature.as_deref().unwrap_or_default();
    let nature = nature.parse::<NatureDemande>();
    if nature.is_err() {
        erreurs.noter("nature", INCONNUE);
    }
    if matches!(guichet, Guichet::Caisse { .. }) && papier::rpps(&connu).is_none() {
        erreurs.noter("rpps", RPPS);
    }
    let (Ok(nature), false) = (nature, erreurs.presentes()) else {
        return choisir(&visite, &guichet, &connu, &erreurs).await;
    };
    let offre = offre::offre(&visite, &guichet, nature, &connu).await?;
    let commence = brouillon::en_cours(&visite, guichet.formulaire(), |_, b| {
        formulaire::est_de(b, nature, &connu, debut.designation)
    });
    let commence = commence.await?;
    let motif = debut.motif.as_deref().and_then(|code| offre.motif(code));
    let etape = debut.etape.as_deref();
    let a_choisir = commence.is_none() || etape.is_some();
    if nature == NatureDemande::Derogation && motif.is_none() && a_choisir {
        return choisir_le_motif(&visite, (&guichet, &offre), rpps, etape == Some("motif"));
    }
    if let Some(b) = commence {
        return reprendre(&visite, &guichet, b.id, motif.map(|m| m.code.as_str())).await;
    }
    let retenue = match (debut.designation, offre.designations.as_slice()) {
        _ if nature != NatureDemande::Succession => None,
        (Some(id), _) => offre.designations.iter().find(|d| d.designation.id == id),
        (None, [seule]) => Some(seule),
        _ => None,
    };
    // The place of practice is in the zone of the place, most often in its very commune.
    let mut saisie = match retenue {
        Some(d) => formulaire::debut(d.designation.id, &d.depart.insee, &d.depart.adresse),
        None => Saisie::default(),
    };
    if let Some(motif) = motif {
        formulaire::avec_motif(&mut saisie, &motif.code);
    }
    if let Guichet::Caisse { .. } = guichet {
        saisie.poser("rpps", rpps);
    }
    let communes = Communes::connues::<Lieu>(&visite, &saisie).await?;
    let (rien, etat) = (Erreurs::default(), String::new());
    let offert = (&guichet, &offre);
    visite.rendre(&projet(&visite, offert, &saisie, &communes, &rien, etat))
}

/// The second step, as the draft left it, with another ground if one was chosen since; the documents it holds are shown in
/// the third.
async fn reprendre(visite: &Visite, guichet: &Guichet, id: i64, motif: Option<&str>) -> Reponse {
    let (mut saisie, garde, b) = brouillon::relire(visite, id, guichet.formulaire()).await?;
    if let Some(motif) = motif {
        formulaire::avec_motif(&mut saisie, motif);
    }
    let Ok(nature) = saisie.texte("nature").parse::<NatureDemande>() else {
        return choisir(visite, guichet, &saisie, &Erreurs::default()).await;
    };
    let offre = offre::offre(visite, guichet, nature, &saisie).await?;
    let communes = guichet.communes(visite, &saisie).await?;
    let mut etat = format!("Enregistré le {}", texte::datetime_fr(b.modifie_le));
    if let n @ 1.. = i64::try_from(garde.pieces.len()).unwrap_or(i64::MAX) {
        etat = format!(
            "{etat}, avec {}",
            texte::pluriel(n, "document", "documents")
        );
    }
    let rien = Erreurs::default();
    let offert = (guichet, &offre);
    let mut page = projet(visite, offert, &saisie, &communes, &rien, etat);
    page.messages.push(brouillon::repris(id));
    visite.rendre(&page)
}

/// `POST /demandes/nouvelle`, `POST /dossiers/nouveau`: checks the project, comes back to it, or sends the request, as `_etape` says.
///
/// # Errors
/// The database or the document store does not answer.
pub async fn suivre(visite: Visite, mut saisie: Saisie) -> Reponse {
    let guichet = Guichet::de(&visite)?;
    let Ok(nature) = saisie.texte("nature").parse::<NatureDemande>() else {
        let erreurs = Erreurs::de_un("nature", INCONNUE);
        return choisir(&visite, &guichet, &saisie, &erreurs).await;
    };
    let qui = (&guichet, nature);
    let mut fautes = Erreurs::default();
    let recu = depot::recevoir(&visite, guichet.formulaire(), &mut saisie, &mut fautes).await?;
    let etape = saisie.texte("_etape").to_owned();
    let brouillon = saisie.coche("_brouillon");
    let mut refus = None;
    if etape == "envoyer"
        && !brouillon
        && !fautes.presentes()
        && let Ok(projet) = formulaire::lire(&saisie, qui, &guichet.telles(&saisie), None)
    {
        let pieces = recu.envoyees(&piece::champs());
        match envoi::deposer(&visite, projet, pieces, recu.cle.clone()).await? {
            Ok(numero) => return guichet.fini(&visite, &numero),
            Err(erreur) => refus = Some(erreur),
        }
    }
    // What is not sent is kept before anything else is done with it, unless the database has just been waited for.
    let garde = match &refus {
        Some(ActionError::Indisponible(_)) => Garde::default(),
        _ => depot::ecrire(&visite, recu, &mut fautes).await?,
    };
    let mut erreurs = Erreurs::default();
    if let Some(refus) = refus {
        erreurs.prendre(refus)?;
    }
    if brouillon && !garde.envoye && !fautes.presentes() {
        return brouillon::enregistre(&visite, (guichet.formulaire(), guichet.chemin()), &garde);
    }
    let offre = offre::offre(&visite, &guichet, nature, &saisie).await?;
    let communes = guichet.communes(&visite, &saisie).await?;
    let offert = (&guichet, &offre);
    let rendre = |erreurs: &Erreurs| {
        let etat = brouillon::etat(&visite, &garde);
        let page = projet(&visite, offert, &saisie, &communes, erreurs, etat);
        match erreurs.presentes() {
            true => visite.a_corriger(&page),
            false => visite.rendre(&page),
        }
    };
    if communes.cherche() || etape == "modifier" {
        return rendre(&Erreurs::default());
    }
    let lu = erreurs.prendre_de(formulaire::lire(&saisie, qui, &communes, Some(&offre)));
    // What is wrong with a file belongs to the third step.
    if let Some(phrase) = fautes.de("") {
        erreurs.noter("", phrase);
    }
    let Some(projet) = lu.filter(|_| !erreurs.presentes()) else {
        return rendre(&erreurs);
    };
    if garde.envoye && etape == "envoyer" {
        let numero = envoi::numero(&visite, cle(&saisie)).await?;
        return guichet.fini(&visite, &numero);
    }
    let a_relire = etape != "envoyer" || fautes.presentes();
    let (acte, dit) = (visite.acte()?, projet.clone());
    let (verifie, deja) = visite
        .read(move |conn| {
            let (kine_id, rpps) = connu(conn, &dit.demandeur)?;
            let verifie = demande::verifier(conn, &acte, &dit, (kine_id, &rpps));
            let deja = match (&verifie, kine_id.filter(|_| a_relire)) {
                (Ok(v), Some(id)) => demande::deja_en_cours(conn, id, &dit, &v.lieu.zone.bassin)?,
                _ => None,
            };
            Ok::<_, WebError>((verifie, deja))
        })
        .await?;
    let lieu = match verifie {
        Ok(verifie) => verifie.lieu,
        Err(refus) => {
            erreurs.prendre(refus)?;
            return rendre(&erreurs);
        }
    };
    if a_relire {
        let parties = Parties::dessiner(&guichet, &offre, &saisie, &communes, &erreurs);
        let mut page = verification::construire(
            &visite,
            offert,
            (parties, &projet, &lieu),
            &saisie,
            &fautes,
            &garde,
        )?;
        page.caches.extend(caches(nature, &saisie));
        page.messages.extend(deja.map(Message::attention));
        let statut = match etape.as_str() {
            "envoyer" => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::OK,
        };
        return Ok(avec_apercu(visite.rendre_avec(&page, statut)?));
    }
    // The commune was found by its name.
    match envoi::deposer(&visite, projet, Vec::new(), cle(&saisie)).await? {
        Ok(numero) => guichet.fini(&visite, &numero),
        Err(refus) => {
            erreurs.prendre(refus)?;
            rendre(&erreurs)
        }
    }
}

/// The second step, with what was typed and what is wrong.
fn projet(
    visite: &Visite,
    (guichet, offre): (&Guichet, &Offre),
    saisie: &Saisie,
    communes: &Communes,
    erreurs: &Erreurs,
    etat: String,
) -> Etape {
    let parties = Parties::dessiner(guichet, offre, saisie, communes, erreurs);
    let mots = guichet.mots();
    let etape = format!("Étape 2 sur 3 : {}", offre.nature.libelle().to_lowercase());
    let page = guichet
        .page(visite, mots.projet, &etape)
        .ariane(mots.nature, guichet.chemin());
    let page = parties.ensemble().resumer(page, erreurs);
    let sans_designation =
        offre.nature == NatureDemande::Succession && offre.designations.is_empty();
    let message = sans_designation.then(|| {
        Message::attention(match guichet {
            Guichet::Espace { .. } => "Aucun confrère ne vous désigne, ou vous n’avez pas encore accepté sa désignation. Demandez-lui de vous désigner dans Relève avec votre numéro RPPS.",
            Guichet::Caisse { .. } => "Aucun confrère ne désigne ce numéro RPPS pour une place ouverte : vérifiez le numéro, ou écrivez à la personne que sa demande suppose d’abord une désignation.",
        })
    });
    let motif = offre.motif(formulaire::motif(saisie)).map(|m| {
        let url = format!(
            "{}?nature={}&etape=autre&rpps={}",
            guichet.chemin(),
            offre.nature.as_str(),
            saisie.texte("rpps")
        );
        Message::information(format!(
            "Motif invoqué : {}. À joindre : {}.",
            texte::minuscule_initiale(&m.libelle),
            texte::minuscule_initiale(&m.pieces)
        ))
        .lien("Changer de motif", url)
    });
    let mut caches = caches(offre.nature, saisie);
    // What was said of the documents that the draft holds is said of them in the third step too.
    let champs = piece::champs();
    caches.extend(fichiers::cochees(
        saisie,
        champs.iter().map(|(nom, _)| nom.as_str()),
    ));
    Etape {
        messages: (offre.sans_domicile.iter().cloned())
            .chain(message)
            .chain(motif)
            .collect(),
        caches,
        parties: parties.titrees(),
        retour: Some(Lien::new("Changer de projet", guichet.chemin())),
        etat,
        ..Etape::new(guichet.formulaire(), page, mots.verifier)
    }
}

/// What both steps carry: the kind, and the key that keeps the form from being sent twice.
fn caches(nature: NatureDemande, saisie: &Saisie) -> Vec<Champ> {
    vec![
        Champ::cache("nature", nature.as_str()),
        Champ::cache("cle", cle(saisie)),
    ]
}

//! My account: who I am, my open sessions, my password.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use regles::droits::Role;
use regles::texte;

use super::hachage::{comparer, nouveau};
use super::{AIDE_MOT_DE_PASSE, proches, provenance};
use crate::actions::compte::connexion::Tentative;
use crate::actions::compte::{mot_de_passe, sessions};
use crate::db::mandat::{self, Mandat};
use crate::db::session::{Identite, SessionOuverte};
use crate::db::{AnyConn, DbError, DbResult, compte, kine, session};
use crate::web::acces::INACTIVITE_HEURES;
use crate::web::compte::connexion::ouvrir;
use crate::web::compte::destination;
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

const ACTUEL_REFUSE: &str = "Ce n’est pas votre mot de passe actuel\u{a0}; après plusieurs essais, attendez quelques \
    minutes ou passez par «\u{a0}Mot de passe oublié\u{a0}».";

#[derive(Template)]
#[template(path = "compte/moi.html")]
struct MoiPage {
    page: Page,
    faits: Vec<(&'static str, String)>,
    /// Under what the person may act, when there is a choice.
    mandats: Vec<MandatVue>,
    sessions: Vec<SessionVue>,
    champs: Champs,
}

/// The password that one has, the one that one wants.
#[derive(Formulaire)]
struct MotsDePasse {
    #[champ(
        libelle = "Mot de passe actuel",
        mot_de_passe,
        autocomplete = "current-password"
    )]
    actuel: String,
    #[champ(libelle = "Nouveau mot de passe", mot_de_passe, autocomplete = "new-password", aide = AIDE_MOT_DE_PASSE)]
    nouveau: String,
}

/// A mandate in words.
struct MandatVue {
    cle: Champ,
    libelle: String,
    periode: String,
    actuel: bool,
}

/// A session in words.
struct SessionVue {
    cle: Champ,
    appareil: String,
    adresse_ip: String,
    ouverte_le: NaiveDateTime,
    vue_le: NaiveDateTime,
    actuelle: bool,
}

/// `GET /compte`
pub async fn page(visite: Visite) -> Reponse {
    let page = composer(&visite, &Erreurs::default()).await?;
    visite.rendre(&page)
}

/// `POST /compte/mot-de-passe`
///
/// # Errors
/// Too many tries from one address; the database.
pub async fn changer_mot_de_passe(visite: Visite, saisie: Saisie) -> Reponse {
    visite.etat.limites.connexion.compter(&visite.adresse_ip)?;
    let qui = visite.qui()?.clone();
    let proches = proches(&qui.prenom, &qui.nom, &qui.courriel);
    let hache = match nouveau(&visite, saisie.brut(MotsDePasse::NOUVEAU), proches).await? {
        Ok(hache) => hache,
        Err(phrase) => {
            let page = composer(&visite, &Erreurs::de_un(MotsDePasse::NOUVEAU, &phrase)).await?;
            return visite.a_corriger(&page);
        }
    };
    let (id, mandat_id) = (qui.compte_id, qui.mandat_id);
    let compte = visite
        .read(move |conn| compte::par_id(conn, id)?.ok_or(DbError::Introuvable))
        .await?;
    let juste = comparer(
        &visite,
        saisie.brut(MotsDePasse::ACTUEL),
        compte.mot_de_passe.clone(),
    )
    .await?;
    let tentative = Tentative {
        compte: Some(compte),
        juste,
        provenance: provenance(&visite),
    };
    let acte = visite.acte()?;
    let jeton = visite
        .write(move |tx| mot_de_passe::changer(tx, &acte, &tentative, mandat_id, &hache))
        .await?;
    match jeton {
        Some(jeton) => {
            let message = "Votre mot de passe est changé. Vos autres connexions sont fermées.";
            let mut reponse = visite.rediriger_avec("/compte", message)?;
            for cookie in ouvrir(&visite, jeton, "/compte")?.cookies() {
                reponse.add_cookie(&cookie).map_err(WebError::interne)?;
            }
            Ok(reponse)
        }
        None => {
            let page =
                composer(&visite, &Erreurs::de_un(MotsDePasse::ACTUEL, ACTUEL_REFUSE)).await?;
            visite.a_corriger(&page)
        }
    }
}

/// `POST /compte/sessions/fermer`
///
/// # Errors
/// [`WebError::Introuvable`] when the session is not one of this person's; the database.
pub async fn fermer_session(visite: Visite, saisie: Saisie) -> Reponse {
    let (qui, acte) = (visite.qui()?.clone(), visite.acte()?);
    let empreinte = saisie.texte("session").to_owned();
    visite
        .write(move |tx| sessions::fermer(tx, &acte, &qui, &empreinte))
        .await?;
    visite.rediriger_avec("/compte", "La connexion est fermée.")
}

/// `POST /compte/sessions/fermer-autres`
pub async fn fermer_autres(visite: Visite, _saisie: Saisie) -> Reponse {
    let (qui, acte) = (visite.qui()?.clone(), visite.acte()?);
    visite
        .write(move |tx| sessions::fermer_autres(tx, &acte, &qui))
        .await?;
    visite.rediriger_avec("/compte", "Vos autres connexions sont fermées.")
}

/// `POST /compte/mandat`: goes on under another mandate.
///
/// # Errors
/// [`WebError::Introuvable`] when the mandate is not one of this person's today; the database.
pub async fn changer_mandat(visite: Visite, saisie: Saisie) -> Reponse {
    let (qui, acte) = (visite.qui()?.clone(), visite.acte()?);
    let choisi = match saisie.texte("mandat") {
        "" => None,
        texte => Some(texte.parse().map_err(|_| WebError::Introuvable)?),
    };
    let role = visite
        .write(move |tx| sessions::changer_mandat(tx, &acte, &qui, choisi))
        .await?;
    let message = format!(
        "Vous agissez maintenant comme {}.",
        texte::minuscule_initiale(role.libelle())
    );
    visite.rediriger_avec(&destination("", role), &message)
}

/// `POST /compte/prolonger`: the script of a page reads the new end in the page that this leads to.
pub async fn prolonger(visite: Visite, _saisie: Saisie) -> Reponse {
    let (qui, acte) = (visite.qui()?.clone(), visite.acte()?);
    let fin = visite
        .write(move |tx| sessions::prolonger(tx, &acte, &qui))
        .await?;
    let heure = texte::heure_dite(fin);
    let message = format!(
        "Votre connexion dure maintenant jusqu’à {heure}, si vous ne restez pas {INACTIVITE_HEURES} heures sans rien faire."
    );
    visite.rediriger_avec("/compte", &message)
}

async fn composer(visite: &Visite, erreurs: &Erreurs) -> Result<MoiPage, WebError> {
    let qui = visite.qui()?.clone();
    let (id, now, jour) = (qui.compte_id, visite.maintenant(), visite.aujourd_hui());
    let (ouvertes, mandats, rpps) = visite.read(move |conn| lire(conn, id, now, jour)).await?;
    let mut faits = vec![
        ("Nom", qui.nom_complet()),
        ("Adresse électronique", qui.courriel.clone()),
        ("Rôle", qui.role.libelle().to_owned()),
    ];
    faits.extend(qui.caisse_nom.clone().map(|nom| ("Caisse", nom)));
    faits.extend(qui.qualite.clone().map(|q| ("Qualité", q)));
    let mandats = mandats_vus(&qui, &mandats, rpps.is_some());
    faits.extend(rpps.map(|r| ("Numéro RPPS", r)));
    let champs = MotsDePasse::champs(&Saisie::default(), erreurs);
    Ok(MoiPage {
        page: champs.resumer(visite.page("Mon compte"), erreurs),
        faits,
        mandats,
        sessions: ouvertes
            .into_iter()
            .map(|s| montrer(s, &qui.session))
            .collect(),
        champs,
    })
}

fn lire(
    conn: &mut AnyConn,
    id: i64,
    now: NaiveDateTime,
    jour: NaiveDate,
) -> DbResult<(Vec<SessionOuverte>, Vec<Mandat>, Option<String>)> {
    let vues_apres = now - TimeDelta::hours(INACTIVITE_HEURES);
    let ouvertes = session::ouvertes(conn, id, vues_apres, now)?;
    let rpps = kine::par_compte(conn, id)?.map(|k| k.rpps);
    Ok((ouvertes, mandat::en_vigueur(conn, id, jour)?, rpps))
}

/// The mandates, and her own space for a practitioner; nothing when there is nothing to choose.
fn mandats_vus(qui: &Identite, mandats: &[Mandat], kine: bool) -> Vec<MandatVue> {
    let mut vus: Vec<MandatVue> = mandats
        .iter()
        .map(|m| MandatVue {
            cle: Champ::cache("mandat", m.id.to_string()),
            libelle: match &m.caisse_nom {
                Some(caisse) => format!("{}, {caisse}", m.role.libelle()),
                None => m.role.libelle().to_owned(),
            },
            periode: match m.au {
                Some(au) => format!("du {} au {}", texte::date_fr(m.du), texte::date_fr(au)),
                None => format!("depuis le {}", texte::date_fr(m.du)),
            },
            actuel: qui.mandat_id == Some(m.id),
        })
        .collect();
    if kine {
        vus.push(MandatVue {
            cle: Champ::cache("mandat", String::new()),
            libelle: Role::Kine.libelle().to_owned(),
            periode: "votre espace personnel".to_owned(),
            actuel: qui.mandat_id.is_none(),
        });
    }
    if vus.len() > 1 { vus } else { Vec::new() }
}

fn montrer(session: SessionOuverte, actuelle: &str) -> SessionVue {
    SessionVue {
        appareil: appareil(&session.navigateur),
        adresse_ip: session.adresse_ip,
        ouverte_le: session.cree_le,
        vue_le: session.vue_le,
        actuelle: session.empreinte == actuelle,
        cle: Champ::cache("session", session.empreinte),
    }
}

/// A browser's own words in ours: «Firefox sur Windows».
fn appareil(navigateur: &str) -> String {
    // Order counts: Edge and Opera say that they are Chrome, Chrome that it is Safari, Android that it is Linux.
    let trouver = |noms: &[(&str, &'static str)]| {
        noms.iter()
            .find(|(signe, _)| navigateur.contains(signe))
            .map(|(_, nom)| *nom)
    };
    let logiciel = trouver(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let systeme = trouver(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (logiciel, systeme) {
        (Some(logiciel), Some(systeme)) => format!("{logiciel} sur {systeme}"),
        (Some(logiciel), None) => logiciel.to_owned(),
        (None, Some(systeme)) => format!("Navigateur sur {systeme}"),
        (None, None) => "Navigateur non reconnu".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::appareil;

    #[test]
    fn un_navigateur_se_dit_en_mots() {
        for (mots, attendu) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0",
                "Firefox sur Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36 Edg/143.0",
                "Edge sur Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1",
                "Safari sur iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/143.0 Mobile Safari/537.36",
                "Chrome sur Android",
            ),
            ("", "Navigateur non reconnu"),
        ] {
            assert_eq!(appareil(mots), attendu);
        }
    }
}

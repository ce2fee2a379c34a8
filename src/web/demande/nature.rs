//! The first steps of a request: its kind, then the ground of a derogation.

use askama::Template;

use super::formulaire;
use super::guichet::Guichet;
use super::offre::{self, Offre};
use super::papier;
use crate::web::brouillon;
use crate::web::kit::commune::Communes;
use crate::web::kit::erreurs::Erreurs;
use crate::web::page::{Lien, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, Message};
use crate::web::visite::{Reponse, Visite};

pub(super) const INCONNUE: &str = "Choisissez le cas qui correspond à votre projet.";

#[derive(Template)]
#[template(path = "demande/nature.html")]
struct NaturePage {
    page: Page,
    message: Option<Message>,
    url: &'static str,
    champs: Vec<Champ>,
    brouillons: Vec<Lien>,
    retour: Lien,
}

/// The kind of request, with what is wrong.
///
/// # Errors
/// The database does not answer.
pub(super) async fn choisir(
    visite: &Visite,
    guichet: &Guichet,
    saisie: &Saisie,
    erreurs: &Erreurs,
) -> Reponse {
    let designations = match guichet {
        Guichet::Espace { .. } => offre::designations(visite, guichet, saisie).await?,
        Guichet::Caisse { .. } => Vec::new(),
    };
    let mots = guichet.mots();
    let succession = Choix::new("succession", "Je succède à un confrère qui cesse son activité")
        .aide(match designations.as_slice() {
            _ if matches!(guichet, Guichet::Caisse { .. }) => "Il faut que ce confrère l’ait désignée. Si elle n’a pas encore répondu, sa demande vaut acceptation.".to_owned(),
            [] => "Il faut d’abord que ce confrère vous désigne, et que vous acceptiez. Vous n’avez pas de désignation acceptée pour le moment.".to_owned(),
            [seule] if seule.designation.candidature_id.is_some() => {
                format!("La caisse vous a attribué la place ouverte à {}.", seule.commune)
            }
            [seule] => format!("{} vous désigne, à {}.", seule.cedant.nom_complet(), seule.commune),
            plusieurs => format!("{} places vous sont ouvertes.", plusieurs.len()),
        });
    let nature = Champ::radios(
        "nature",
        mots.question,
        vec![
            succession,
            Choix::new("derogation", "Je demande une dérogation").aide(
                "Dans une zone non prioritaire, sans succéder à un confrère : situation personnelle, soins spécifiques, risque économique.",
            ),
            Choix::new("hors_regulation", "Mon projet n’est pas soumis à la régulation").aide(
                "Le lieu n’est pas en zone non prioritaire, ou vous exercez déjà sous convention dans la zone.",
            ),
        ],
    )
    .valeur(if designations.is_empty() { "" } else { "succession" })
    .erreur(erreurs.de("nature"));
    let mut champs = vec![nature];
    let mut brouillons = Vec::new();
    if let Guichet::Caisse { .. } = guichet {
        let rpps = papier::champs(saisie, &Communes::default(), erreurs);
        champs.extend(rpps.seulement(|nom| nom == "rpps").iter().cloned());
        brouillons = brouillon::siens(visite, guichet.formulaire()).await?;
    }
    let page = guichet
        .page(visite, mots.nature, "Étape 1 sur 3")
        .chapeau(mots.chapeau)
        .erreurs_de(&champs);
    let gabarit = NaturePage {
        page,
        message: offre::sans_domicile(visite, guichet).await?,
        url: guichet.chemin(),
        champs,
        brouillons,
        retour: Lien::new(mots.revenir, mots.accueil.1),
    };
    match erreurs.presentes() {
        true => visite.a_corriger(&gabarit),
        false => visite.rendre(&gabarit),
    }
}

/// The ground of a derogation, before anything else: each asks for what it needs. `repondu`: the button was pressed.
pub(super) fn choisir_le_motif(
    visite: &Visite,
    (guichet, offre): (&Guichet, &Offre),
    rpps: &str,
    repondu: bool,
) -> Reponse {
    let erreurs = match repondu {
        true => formulaire::sans_motif(),
        false => Erreurs::default(),
    };
    let motif = formulaire::champ_du_motif(offre, &Saisie::default(), &erreurs);
    let mots = guichet.mots();
    let page = guichet
        .page(
            visite,
            "Le motif de la dérogation",
            "Étape 2 sur 3 : dérogation",
        )
        .chapeau("La suite ne demande que ce que ce motif appelle.")
        .ariane(mots.nature, guichet.chemin());
    let page = motif.resumer(page, &erreurs);
    let mut champs = vec![
        Champ::cache("nature", offre.nature.as_str()),
        Champ::cache("etape", "motif"),
    ];
    if !rpps.is_empty() {
        champs.push(Champ::cache("rpps", rpps));
    }
    champs.extend(motif.iter().cloned());
    let gabarit = NaturePage {
        page,
        message: offre.sans_domicile.clone(),
        url: guichet.chemin(),
        champs,
        brouillons: Vec::new(),
        retour: Lien::new("Changer de projet", guichet.chemin()),
    };
    match repondu {
        true => visite.a_corriger(&gabarit),
        false => visite.rendre(&gabarit),
    }
}

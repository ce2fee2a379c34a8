//! A conversation: what was written, and the form to write. Opening it marks it as read.

use actix_web::web::Path;
use askama::Template;
use regles::dossier::NatureDossier;
use regles::droits::{AGENTS, INSTRUCTION};
use regles::phrase::{Emploi, Faits};
use regles::piece::NaturePiece;
use regles::texte;

use crate::actions::message::{self, Ecrit};
use crate::db::conversation::{self, Conversation, Vise};
use crate::db::message::{self as stockes, Cote, Message, MessagePiece};

use crate::web::dossiers::file::DEPARTS;
use crate::web::dossiers::objet;
use crate::web::espace::fichiers;
use crate::web::filters;
use crate::web::kit::erreurs::{Erreurs, cle};
use crate::web::kit::requete::Requete;
use crate::web::nouveautes;
use crate::web::page::Page;
use crate::web::phrases::Inserer;
use crate::web::piece::{Manieres, servir};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Controle, Vide};
use crate::web::visite::{Reponse, Visite};

/// A message, for the screen.
struct MessageVue {
    id: i64,
    mien: bool,
    auteur: String,
    quand: String,
    texte: String,
    non_lu: bool,
    lu: Option<String>,
    pieces: Vec<JointeVue>,
    /// PRO-14: what is said of its documents that are apart.
    a_part: Option<String>,
    /// PRO-9: where it is handed to the commission, when it is an appeal in truth.
    transmettre: Option<String>,
}

/// A document of a message.
struct JointeVue {
    url: String,
    nom: String,
    taille: String,
    /// PRO-14: where it is put apart.
    mettre_a_part: Option<String>,
}

#[derive(Template)]
#[template(path = "messages/fil.html")]
struct FilPage {
    page: Page,
    messages: Vec<MessageVue>,
    vide: Vide,
    action: String,
    phrases: Inserer,
    champs: Vec<Champ>,
}

macro_rules! portes {
    ($($voir:ident $ecrire:ident $cote:expr, $vise:expr, $de:ty;)+) => {$(
        /// The conversation of a file, marked as read.
        ///
        /// # Errors
        /// The file is out of scope, or the database does not answer.
        pub async fn $voir(visite: Visite, de: Path<$de>) -> Reponse {
            montrer(&visite, $cote, $vise(de.into_inner()), &Saisie::default(), &Erreurs::default()).await
        }

        /// Writes a message.
        ///
        /// # Errors
        /// The file is out of scope; the database or the document store does not answer.
        pub async fn $ecrire(visite: Visite, de: Path<$de>, saisie: Saisie) -> Reponse {
            ecrire(&visite, $cote, $vise(de.into_inner()), &saisie).await
        }
    )+};
}

portes! {
    demande_kine ecrire_demande_kine Cote::Kine, Vise::Demande, String;
    depart_kine ecrire_depart_kine Cote::Kine, Vise::Depart, i64;
    recours_kine ecrire_recours_kine Cote::Kine, Vise::Recours, String;
    dossier_caisse ecrire_dossier_caisse Cote::Caisse, Vise::Dossier, String;
}

/// `GET /messages/pieces/{id}?voir=1`
///
/// # Errors
/// The document is out of scope, or the store does not answer.
pub async fn piece(visite: Visite, id: Path<i64>, maniere: Requete<Manieres>) -> Reponse {
    let (scope, id) = (visite.qui()?.scope(), id.into_inner());
    let p = visite
        .read(move |conn| stockes::piece(conn, &scope, id))
        .await?;
    servir(&visite, &p.cle, &p.empreinte, &p.media, &p.nom, &maniere).await
}

async fn montrer(
    visite: &Visite,
    cote: Cote,
    vise: Vise,
    saisie: &Saisie,
    erreurs: &Erreurs,
) -> Reponse {
    let scope = visite.qui()?.scope();
    let cherche = vise.clone();
    let (c, messages, pieces) = visite
        .read(move |conn| {
            let c = conversation::lire(conn, &scope, &cherche)?;
            let messages = stockes::de(conn, c.dossier_id)?;
            let ids: Vec<i64> = messages.iter().map(|m| m.id).collect();
            let pieces = stockes::pieces(conn, &ids)?;
            Ok::<_, crate::db::DbError>((c, messages, pieces))
        })
        .await?;
    // Who only reads files (auditor, national) marks nothing.
    let ecrit = cote == Cote::Kine || AGENTS.permet(Some(visite.qui()?.role));
    let a_marquer = messages
        .iter()
        .rfind(|m| m.cote != cote && m.lu_le.is_none());
    if let (Some(dernier), true) = (a_marquer, ecrit) {
        let (acte, lu, dernier) = (visite.acte()?, c.dossier_id, dernier.id);
        visite
            .noter("messages read", move |tx| {
                message::lire(tx, &acte, lu, cote.autre(), dernier)
            })
            .await;
    }
    nouveautes::lue(visite, c.dossier_id).await?;
    let (base, retour, titre) = (base(cote, &c), page(cote, &c), c.objet());
    let (accueil, url_accueil) = match cote {
        Cote::Kine => ("Mon espace", "/espace"),
        Cote::Caisse if c.nature == NatureDossier::Depart => ("Départs", DEPARTS),
        Cote::Caisse => ("Dossiers", "/dossiers"),
    };
    let instruit = cote == Cote::Caisse && INSTRUCTION.permet(Some(visite.qui()?.role));
    let phrases = if ecrit && cote == Cote::Caisse {
        let ici = format!("{base}/messages");
        let champ = ("texte", ici.as_str());
        Inserer::lire(
            visite,
            Emploi::Message,
            Some(&c.numero),
            Faits::new(),
            champ,
        )
        .await?
    } else {
        Inserer::default()
    };
    let champs = if ecrit {
        champs(visite, cote, saisie, erreurs, &phrases)
    } else {
        Vec::new()
    };
    let mut page = visite
        .page("Messages")
        .surtitre(c.objet())
        .chapeau(match cote {
            Cote::Kine => format!("Vos échanges avec : {}.", c.service.nom),
            Cote::Caisse => format!("Échanges avec {}.", c.kine.nom_complet()),
        })
        .ariane(accueil, url_accueil)
        .ariane(titre, retour)
        .rubrique(url_accueil)
        .erreurs_de(&champs);
    if let Some(phrase) = erreurs.de("") {
        page = page.erreur(crate::web::ui::ErreurResume::generale(phrase));
    }
    let vue = FilPage {
        page,
        messages: messages
            .iter()
            .map(|m| vue(m, cote, &pieces, instruit.then_some(&c)))
            .collect(),
        vide: Vide::new(
            "Aucun message pour le moment",
            match cote {
                Cote::Kine => {
                    "Une question sur ce dossier ? Écrivez à la caisse ci-dessous : elle vous répond ici, et nous vous écrivons."
                }
                Cote::Caisse => {
                    "Écrivez au professionnel ci-dessous : un courriel l’annonce, sans le contenu."
                }
            },
        ),
        action: format!("{base}/messages"),
        phrases,
        champs,
    };
    if erreurs.presentes() {
        visite.a_corriger(&vue)
    } else {
        visite.rendre(&vue)
    }
}

/// What the conversation hangs on, on this side: for the CPAM the case, by its number, whatever its nature.
fn base(cote: Cote, c: &Conversation) -> String {
    match cote {
        Cote::Kine => page(cote, c),
        Cote::Caisse => objet::adresse(&c.numero, ""),
    }
}

/// The page of the case on this side.
fn page(cote: Cote, c: &Conversation) -> String {
    match (cote, c.nature) {
        (Cote::Caisse, nature) => objet::page(nature, &c.numero, c.dossier_id),
        (Cote::Kine, NatureDossier::Depart) => format!("/mes-departs/{}", c.dossier_id),
        (Cote::Kine, NatureDossier::Recours) => format!("/mes-recours/{}", c.numero),
        (Cote::Kine, NatureDossier::Demande | NatureDossier::Appel) => {
            format!("/demandes/{}", c.numero)
        }
    }
}

fn champs(
    visite: &Visite,
    cote: Cote,
    saisie: &Saisie,
    erreurs: &Erreurs,
    phrases: &Inserer,
) -> Vec<Champ> {
    let mut documents = fichiers::champ(
        visite,
        "pieces",
        "Documents",
        match cote {
            Cote::Kine => {
                "Les pièces demandées par la caisse s’envoient depuis la page du dossier."
            }
            Cote::Caisse => "",
        },
        fichiers::presents(saisie, &["pieces"]),
        erreurs,
    )
    .facultatif();
    if let Controle::Fichier { plusieurs, .. } = &mut documents.controle {
        *plusieurs = true;
    }
    let mut champs = vec![
        Champ::cache("cle", cle(saisie)),
        Champ::zone("texte", "Votre message", 6)
            .valeur(match saisie.texte("texte") {
                "" => phrases.choisie(visite).unwrap_or_default(),
                tape => tape.to_owned(),
            })
            .erreur(erreurs.de("texte")),
        documents,
    ];
    if cote == Cote::Kine {
        champs.push(fichiers::case_sante("pieces", "Documents", saisie));
    }
    champs
}

/// `instruit`: the case, for who may put documents apart and hand the message to the commission.
fn vue(
    m: &Message,
    cote: Cote,
    pieces: &[MessagePiece],
    instruit: Option<&Conversation>,
) -> MessageVue {
    let mien = m.cote == cote;
    let instruit = instruit.filter(|_| !mien);
    MessageVue {
        id: m.id,
        mien,
        auteur: m.auteur.clone(),
        quand: texte::datetime_fr(m.envoye_le),
        texte: m.texte.clone(),
        non_lu: !mien && m.lu_le.is_none(),
        lu: m
            .lu_le
            .filter(|_| mien)
            .map(|le| format!("Lu le {}", texte::datetime_fr(le))),
        pieces: pieces
            .iter()
            .filter(|p| p.message_id == m.id)
            .map(|p| JointeVue {
                url: format!("/messages/pieces/{}?voir=1", p.id),
                nom: p.nom.clone(),
                taille: texte::taille(p.taille.unsigned_abs()),
                mettre_a_part: instruit
                    .map(|_| format!("/messages/pieces/{}/sante", p.id)),
            })
            .collect(),
        transmettre: instruit
            .filter(|c| c.nature != NatureDossier::Recours)
            .map(|c| format!("/dossiers/{}/messages/{}/recours", c.numero, m.id)),
        a_part: (m.mises_a_part > 0).then(|| {
            let combien = texte::pluriel(
                i64::from(m.mises_a_part),
                "document de santé, mis à part",
                "documents de santé, mis à part",
            );
            match cote {
                Cote::Kine => format!(
                    "{combien} : vous et le praticien-conseil de la caisse les lisez seuls. Ils sont avec les pièces de votre dossier."
                ),
                Cote::Caisse => {
                    format!("{combien} : le praticien-conseil de la caisse les lit seul.")
                }
            }
        }),
    }
}

async fn ecrire(visite: &Visite, cote: Cote, vise: Vise, saisie: &Saisie) -> Reponse {
    let scope = visite.qui()?.scope();
    let (lecture, cherche) = (scope.clone(), vise.clone());
    // Out of scope, nothing is stored.
    let c = visite
        .read(move |conn| conversation::lire(conn, &lecture, &cherche))
        .await?;
    let mut erreurs = Erreurs::default();
    fichiers::verifier(visite, saisie, "pieces", &mut erreurs);
    if saisie.texte("texte").is_empty() {
        erreurs.noter("texte", "Écrivez votre message.");
    }
    if erreurs.presentes() {
        return montrer(visite, cote, vise, saisie, &erreurs).await;
    }
    let ecrit = Ecrit {
        texte: saisie.texte("texte").to_owned(),
        pieces: fichiers::garder(visite, saisie, "pieces", NaturePiece::Autre).await?,
        cle: cle(saisie),
    };
    let (acte, cible) = (visite.acte()?, vise.clone());
    let resultat = visite
        .write(move |tx| message::envoyer(tx, &acte, &scope, &cible, cote, &ecrit))
        .await;
    if let Err(error) = resultat {
        erreurs.prendre(error)?;
        return montrer(visite, cote, vise, saisie, &erreurs).await;
    }
    let base = base(cote, &c);
    visite.rediriger_avec(
        &format!("{base}/messages"),
        match cote {
            Cote::Kine => "Votre message est envoyé. La caisse est prévenue.",
            Cote::Caisse => "Votre message est envoyé. Un courriel l’annonce à la personne.",
        },
    )
}

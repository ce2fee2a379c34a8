//! Before the mail to a successor leaves: who, at which address, what it says, and what follows for who was designated
//! before (REG-8).

use actix_web::HttpResponse;
use regles::designation::EtatDesignation;
use regles::texte;

use crate::actions::Acte;
use crate::actions::designation::{self, ADesigner};
use crate::db::designation::Designation;
use crate::web::erreur::WebError;
use crate::web::kit::confirmation::Question;
use crate::web::ui::Champ;
use crate::web::visite::Visite;

/// The page that asks, with nothing written yet; nothing when the designation may not be made: the act says why.
/// `retour`: the page of the form.
///
/// # Errors
/// The page cannot be rendered.
pub async fn demander(
    visite: &Visite,
    acte: &Acte,
    a: &ADesigner,
    retour: String,
) -> Result<Option<HttpResponse>, WebError> {
    let verifiee = {
        let (acte, a) = (acte.clone(), a.clone());
        visite
            .read(move |conn| designation::verifier(conn, &acte, &a))
            .await
    };
    let Ok(possible) = verifiee else {
        return Ok(None);
    };
    // The same form sent twice.
    if possible.ancienne.as_ref().map(|d| d.id) != a.vue {
        return Ok(None);
    }
    let c = &possible.depart;
    let mut page = visite.page("Désigner un successeur");
    if a.ayant_droit.is_none() {
        page = page
            .ariane("Mon espace", "/espace")
            .ariane(format!("Départ {}", texte::de(&c.commune)), &retour)
            .rubrique("/espace");
    }
    let lettre = designation::lettre_au_successeur(
        c,
        possible.place.limite_designation,
        a.ayant_droit.as_ref(),
        "",
    );
    let dits = lettre.paragraphes.iter().map(|p| p.texte.as_str());
    let dits: Vec<&str> = dits.collect();
    let ancienne = possible.ancienne.as_ref();
    let (titre, bouton, garder) = mots(ancienne, a, &c.commune);
    let mut question = Question::new(texte::insecables(&titre), &visite.chemin, bouton)
        .relire("Corriger")
        .suites(envoi(a))
        .suites(ancienne.map_or_else(Vec::new, |d| consequences(d, a)))
        .suite(format!(
            "Voici ce que dit le courriel. Objet : « {} ». Texte : « {} »",
            lettre.sujet,
            dits.join(" ")
        ))
        .champ(Champ::cache(
            "active",
            a.vue.map_or_else(String::new, |id| id.to_string()),
        ))
        .champ(Champ::cache("rpps", a.rpps.to_string()))
        .champ(Champ::cache("courriel", &a.courriel))
        .champ(Champ::cache("confirmer", "oui"))
        .retour(garder, retour);
    if a.cle_confirmee {
        question = question.champ(Champ::cache("confirmer_rpps", "oui"));
    }
    question.poser(visite, page).map(Some)
}

/// The question, the words of its button, and those of the way back.
fn mots(
    ancienne: Option<&Designation>,
    a: &ADesigner,
    commune: &str,
) -> (String, &'static str, &'static str) {
    match ancienne {
        None => (
            format!(
                "Désigner RPPS {} pour la place {} ?",
                a.rpps,
                texte::de(commune)
            ),
            "Envoyer la désignation",
            "Ne désigner personne pour l’instant",
        ),
        Some(d) if d.rpps == a.rpps.as_str() => (
            format!("Envoyer de nouveau la désignation de RPPS {} ?", a.rpps),
            "Envoyer de nouveau",
            "Garder l’envoi précédent",
        ),
        Some(d) => (
            format!(
                "Remplacer RPPS {} par RPPS {} comme successeur à {commune} ?",
                d.rpps, a.rpps
            ),
            "Changer de successeur",
            "Garder le successeur désigné",
        ),
    }
}

fn envoi(a: &ADesigner) -> Vec<String> {
    vec![
        format!(
            "Personne désignée : le masseur-kinésithérapeute de numéro RPPS {}. Relisez ce numéro : son nom s’affichera quand \
             cette personne aura répondu avec son compte.",
            a.rpps
        ),
        format!(
            "Un courriel avec un lien personnel part à {}. Relisez cette adresse : une faute l’enverrait à quelqu’un d’autre.",
            a.courriel
        ),
    ]
}

fn consequences(ancienne: &Designation, a: &ADesigner) -> Vec<String> {
    if ancienne.rpps == a.rpps.as_str() {
        return vec![
            "Le lien envoyé auparavant ne sert plus à répondre. Le délai reste le même.".to_owned(),
        ];
    }
    // Who is entitled (REG-7) knows the number of who was designated, not the address.
    let a_qui = match a.ayant_droit {
        None => format!("envoyée à {}", ancienne.courriel),
        Some(_) => format!("de RPPS {}", ancienne.rpps),
    };
    let mut consequences = vec![format!(
        "La désignation {a_qui} ({}) n’a plus d’effet. Si un courriel est déjà parti à cette personne, un autre le lui dit ; sinon \
         elle ne reçoit rien.",
        texte::minuscule_initiale(ancienne.etat.libelle())
    )];
    if ancienne.etat == EtatDesignation::Acceptee {
        consequences.push(
            "Si cette personne a déposé une demande sur la place, elle ne peut plus être accordée à ce titre."
                .to_owned(),
        );
    }
    consequences.push(
        "La personne que vous désignez maintenant doit accepter à son tour, dans le même délai."
            .to_owned(),
    );
    consequences
}

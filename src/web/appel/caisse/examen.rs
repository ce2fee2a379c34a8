//! The ranking that the commission gives, beside the computed one.

use actix_web::web::Path;
use regles::dates_fr;
use regles::texte;

use super::objet::adresse;
use crate::actions::appel::{self, Instruction};
use crate::web::kit::entre_temps::version;
use crate::web::kit::erreurs::{Erreurs, entier};
use crate::web::kit::geste::{self, Essai, Objet, Presentation};
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

fn champs(lue: &Instruction, saisie: &Saisie) -> Vec<Champ> {
    let classement = lue.classement();
    let mut champs = vec![Champ::date("le", "Date du classement").valeur(saisie.texte("le"))];
    for note in &classement.notes {
        let Some(c) = lue
            .candidatures
            .iter()
            .find(|c| c.candidature.id == note.candidat)
        else {
            continue;
        };
        let nom = format!("rang_{}", note.candidat);
        let aide = match (note.rang, note.points) {
            (Some(rang), Some(points)) => format!(
                "Classement calculé : rang {rang}{}, {points} points",
                if note.ex_aequo { " ex æquo" } else { "" }
            ),
            _ => format!("Valeurs inconnues : {}", note.manquants.join(", ")),
        };
        champs.push(
            Champ::nombre(nom.clone(), format!("Rang {}", texte::de(c.nom_complet())))
                .aide(aide)
                .valeur(saisie.texte(&nom)),
        );
    }
    champs.push(
        Champ::zone("motif", "Motifs de la commission", 4)
            .aide("Demandés quand ce classement s’écarte du classement calculé.")
            .facultatif()
            .valeur(saisie.texte("motif")),
    );
    champs
}

async fn montrer(visite: &Visite, lue: &Instruction, saisie: &Saisie, essai: Essai<'_>) -> Reponse {
    let presentation = Presentation::new(
        "Classement de la commission",
        "Enregistrer le classement",
        champs(lue, saisie).into(),
    )
    .intro("La commission paritaire classe les candidatures : son classement est gardé à côté du classement calculé.");
    let url = Instruction::url(&lue.appel.appel.id, "commission");
    geste::montrer(visite, lue.entete(visite), &url, presentation, essai).await
}

/// `GET /attributions/{id}/commission`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page_commission(visite: Visite, id: Path<i64>) -> Reponse {
    let lue = Instruction::ouvrir(&visite, &id).await?;
    let mut champs = vec![("le".to_owned(), texte::date_courte(visite.aujourd_hui()))];
    for c in lue.en_lice() {
        if let Some(rang) = c.candidature.rang_cpd {
            champs.push((format!("rang_{}", c.candidature.id), rang.to_string()));
        }
    }
    if let Some(motif) = &lue.appel.appel.cpd_motif {
        champs.push(("motif".to_owned(), motif.clone()));
    }
    let saisie = Saisie::de(champs.iter().map(|(n, v)| (n.as_str(), v.as_str())));
    montrer(&visite, &lue, &saisie, Essai::default()).await
}

/// `POST /attributions/{id}/commission`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn ranger(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let lue = Instruction::ouvrir(&visite, &id).await?;
    let mut erreurs = Erreurs::default();
    let le = dates_fr::lire(saisie.texte("le"));
    if let Err(e) = &le {
        erreurs.noter("le", e.to_string());
    }
    let mut rangs = Vec::new();
    for c in lue.en_lice() {
        let champ = format!("rang_{}", c.candidature.id);
        match entier(&saisie, &champ, &mut erreurs).map(i32::try_from) {
            Some(Ok(rang)) => rangs.push((c.candidature.id, rang)),
            _ => erreurs.noter(champ, "Donnez un rang à cette candidature."),
        }
    }
    let mut refus = None;
    if let (Ok(le), false) = (le, erreurs.presentes()) {
        let (acte, scope, v) = (visite.acte()?, visite.qui()?.scope(), version(&saisie));
        let motif = saisie.texte("motif").to_owned();
        let resultat = visite
            .write(move |tx| appel::ranger(tx, &acte, &scope, (id, v), le, &rangs, &motif))
            .await;
        match resultat {
            Ok(()) => {
                return visite.rediriger_avec(
                    &adresse(id),
                    "Le classement de la commission est enregistré.",
                );
            }
            Err(erreur) => refus = Some(erreur),
        }
    }
    let lue = Instruction::ouvrir(&visite, &id).await?;
    let essai = Essai {
        saisie: Some(&saisie),
        erreurs,
        refus,
    };
    montrer(&visite, &lue, &saisie, essai).await
}

//! The form that designates a successor (REG-8): by the leaver, or by who is entitled in her place (REG-7).

use regles::identifiants::Rpps;

use crate::actions::designation::ADesigner;
use crate::db::ayant_droit::AyantDroit;
use crate::db::designation::Designation;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::saisie::Saisie;

/// Who is designated.
#[derive(Formulaire)]
pub struct Successeur {
    #[champ(cache)]
    active: Option<i64>,
    #[champ(libelle = "Numéro RPPS du successeur", texte, taille = Court,
            aide = "Onze chiffres. Votre successeur le trouve sur sa carte professionnelle. Pour corriger son adresse ou lui \
                    renvoyer le lien, reprenez le même numéro.",
            manque = "Indiquez le numéro RPPS du successeur.")]
    rpps: Rpps,
    #[champ(libelle = "Ce numéro est exact, je le confirme", case)]
    confirmer_rpps: bool,
    #[champ(
        libelle = "Adresse électronique du successeur",
        courriel,
        autocomplete = "off",
        aide = "Nous lui envoyons un lien personnel pour répondre.",
        manque = "Indiquez l’adresse électronique du successeur."
    )]
    courriel: String,
}

impl Successeur {
    /// What the page said at the top when the designation was made by somebody else meanwhile.
    pub const CHANGEE: &'static str = "La désignation a changé depuis que vous avez ouvert cette page. Rien n’a été enregistré ; \
        ce que vous avez saisi est conservé ci-dessous. Relisez, puis envoyez de nouveau si c’est toujours nécessaire.";

    /// The fields and the words of the button, when `active` is who is designated now. A number whose key does not hold
    /// may be confirmed.
    pub fn demander(
        active: Option<&Designation>,
        saisie: &Saisie,
        erreurs: &Erreurs,
    ) -> (Champs, &'static str) {
        let rpps = saisie.texte(Self::RPPS);
        let douteux = rpps.parse::<Rpps>().is_ok_and(|r| !r.cle_luhn_valide());
        let vue = active.map_or_else(String::new, |d| d.id.to_string());
        let champs = Self::champs(saisie, erreurs).regler(Self::ACTIVE, |c| c.valeur(vue));
        let champs = match douteux {
            true => champs.regler(Self::CONFIRMER_RPPS, |c| {
                c.libelle(format!("Le numéro {rpps} est exact, je le confirme"))
            }),
            false => champs.sans(Self::CONFIRMER_RPPS),
        };
        let bouton = match active {
            Some(_) => "Désigner une autre personne",
            None => "Désigner ce successeur",
        };
        (champs, bouton)
    }

    /// What is asked for on a departure.
    pub fn designer(
        self,
        kine_id: i64,
        depart_id: i64,
        ayant_droit: Option<AyantDroit>,
    ) -> ADesigner {
        ADesigner {
            kine_id,
            depart_id,
            vue: self.active,
            rpps: self.rpps,
            cle_confirmee: self.confirmer_rpps,
            courriel: self.courriel,
            ayant_droit,
        }
    }
}

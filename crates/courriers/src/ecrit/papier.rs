//! What surrounds the text of a letter: who writes, to whom, from where, on which day, about which file, how it goes.

use chrono::NaiveDate;
use regles::decision::ModeNotification;
use regles::ecrit::NatureEcrit;
use regles::texte;
use serde::{Deserialize, Serialize};

/// The caisse that writes, as its record says it.
#[derive(Debug, Clone)]
pub struct Caisse<'a> {
    /// Its name.
    pub nom: &'a str,
    /// Its service.
    pub service: Option<&'a str>,
    /// Its postal address, on one line or several.
    pub adresse: Option<&'a str>,
    /// Telephone.
    pub telephone: Option<&'a str>,
    /// E-mail address.
    pub courriel: Option<&'a str>,
    /// Its logo.
    pub logo: Option<Logo>,
}

/// A logo, as the store of documents keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// Its key.
    pub cle: String,
    /// SHA-256, in hexadecimal.
    pub empreinte: String,
    /// `image/png` or `image/jpeg`.
    pub media: String,
}

/// To whom it is addressed.
#[derive(Debug, Clone, Copy)]
pub struct Personne<'a> {
    /// First name and name.
    pub nom: &'a str,
    /// Street, then postal code and commune, a line each; none while no address is known.
    pub adresse: &'a [String],
}

/// CRPA L111-2: who follows the file.
#[derive(Debug, Clone, Copy)]
pub struct Suivi<'a> {
    /// First name and name.
    pub nom: &'a str,
    /// Capacity, where the account says it.
    pub qualite: Option<&'a str>,
}

/// All that surrounds the text.
#[derive(Debug, Clone)]
pub struct Enveloppe<'a> {
    /// Who writes.
    pub caisse: Caisse<'a>,
    /// To whom.
    pub a: Personne<'a>,
    /// Number of the file.
    pub numero: &'a str,
    /// Who follows it; the service where nobody does.
    pub suivi: Option<Suivi<'a>>,
    /// How it goes; none for what was asked for, and is given in the portal.
    pub envoi: Option<ModeNotification>,
    /// Day of the letter.
    pub le: NaiveDate,
    /// Address of the service.
    pub url: &'a str,
}

/// What surrounds the text, as it was written that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Papier {
    /// Which letter it is.
    pub nature: NatureEcrit,
    /// Day of the letter.
    pub le: NaiveDate,
    /// The letterhead.
    pub entete: Entete,
    /// File, who follows it, how it goes: label and value.
    pub reperes: Vec<(String, String)>,
    /// Name and address, a line each.
    pub destinataire: Vec<String>,
    /// «Marseille, le lundi 23 novembre 2026».
    pub lieu_et_date: String,
    /// «Bonjour Inès Garcia,»; empty on an attestation, which is for whoever it is shown to.
    pub appel: String,
    /// At the foot of each page.
    pub pied: String,
    /// Where it is verified: `https://…/verifier`.
    pub verifier: String,
}

/// The letterhead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entete {
    /// The caisse.
    pub caisse: String,
    /// Its service; empty when it names none.
    pub service: String,
    /// Address, telephone, e-mail: a line each.
    pub lignes: Vec<String>,
    /// Its logo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
}

impl Enveloppe<'_> {
    /// What lacks before a letter can go this way: the address to write back to, that to send it to.
    pub(super) fn manques(&self) -> Vec<&'static str> {
        let postee = self.envoi == Some(ModeNotification::Recommande);
        [
            (
                self.caisse.adresse.is_none() && self.envoi.is_some(),
                "l’adresse postale de la caisse, dans sa fiche",
            ),
            (
                self.a.adresse.is_empty() && postee,
                "l’adresse postale de la personne, sans laquelle une lettre recommandée ne part pas",
            ),
        ]
        .into_iter()
        .filter_map(|(manque, mots)| manque.then_some(mots))
        .collect()
    }

    /// The same, as it stands on paper.
    pub(super) fn papier(&self, nature: NatureEcrit) -> Papier {
        let c = &self.caisse;
        let jour = texte::date_longue(self.le);
        let nom = self.a.nom.to_owned();
        let destinataire = std::iter::once(nom).chain(self.a.adresse.iter().cloned());
        let adresse = c.adresse.into_iter().flat_map(lignes_d_adresse);
        let joindre = [c.telephone, c.courriel].into_iter().flatten();
        Papier {
            nature,
            le: self.le,
            entete: Entete {
                caisse: c.nom.to_owned(),
                service: c.service.unwrap_or_default().to_owned(),
                lignes: adresse.chain(joindre.map(str::to_owned)).collect(),
                logo: c.logo.clone(),
            },
            reperes: self.reperes(),
            destinataire: destinataire.collect(),
            lieu_et_date: match c.adresse.and_then(ville) {
                Some(ville) => format!("{ville}, le {jour}"),
                None => format!("Le {jour}"),
            },
            appel: match self.envoi {
                Some(_) => format!("Bonjour {},", self.a.nom),
                None => String::new(),
            },
            pied: format!("{} — dossier {}", c.nom, self.numero),
            verifier: format!("{}/verifier", self.url),
        }
    }

    fn reperes(&self) -> Vec<(String, String)> {
        let suivi = match self.suivi {
            Some(Suivi {
                nom,
                qualite: Some(qualite),
            }) => format!("{nom}, {qualite}"),
            Some(Suivi { nom, .. }) => nom.to_owned(),
            None => self.caisse.service.unwrap_or(self.caisse.nom).to_owned(),
        };
        let envoi = match self.envoi {
            Some(ModeNotification::Recommande) => "Lettre recommandée avec avis de réception",
            Some(ModeNotification::Portail) => "Mise à disposition dans votre espace",
            Some(ModeNotification::MainPropre) => "Remise en main propre",
            None => "Délivrée à la demande, dans l’espace personnel",
        };
        [
            ("Dossier", self.numero.to_owned()),
            ("Suivi par", suivi),
            ("Envoi", envoi.to_owned()),
        ]
        .map(|(nom, dit)| (nom.to_owned(), dit))
        .into()
    }
}

/// An address on one line, cut before its postal code: «56 chemin de l’Exemple», «13000 Marseille».
fn lignes_d_adresse(adresse: &str) -> Vec<String> {
    let lignes = adresse.lines().flat_map(|ligne| match code_postal(ligne) {
        Some(i) => vec![&ligne[..i], &ligne[i..]],
        None => vec![ligne],
    });
    lignes
        .map(|l| l.trim().trim_end_matches(',').trim_end().to_owned())
        .filter(|l| !l.is_empty())
        .collect()
}

/// Where the postal code of a line begins: five digits that end a word and begin one, followed by a name.
fn code_postal(ligne: &str) -> Option<usize> {
    let mots = ligne.split(' ').scan(0, |debut, mot| {
        let ici = *debut;
        *debut += mot.len() + 1;
        Some((ici, mot))
    });
    let codes = mots.filter(|(i, mot)| {
        mot.len() == 5 && mot.bytes().all(|b| b.is_ascii_digit()) && ligne.len() > i + 6
    });
    codes.last().map(|(i, _)| i)
}

/// The town of an address: what follows its postal code, without «CEDEX».
fn ville(adresse: &str) -> Option<String> {
    let ligne = adresse.lines().rev().find(|l| code_postal(l).is_some())?;
    let apres = &ligne[code_postal(ligne)? + 6..];
    let fin = apres.to_uppercase().find(" CEDEX");
    let ville = fin.and_then(|i| apres.get(..i)).unwrap_or(apres).trim();
    (!ville.is_empty()).then(|| ville.to_owned())
}

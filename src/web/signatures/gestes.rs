//! Entering who may sign, ending it, choosing what signs.

use chrono::NaiveDate;
use regles::decision::Acte;
use regles::delegation::Titre;
use regles::droits::Role;
use regles::signature::MoyenSignature;

use crate::actions::ActionResult;
use crate::actions::delegation::{self as actes, Donnee};
use crate::actions::signature as choix;
use crate::db::delegation::{self, Delegation};
use crate::db::{WriteTx, caisse, file_comptes, signature};
use crate::web::caisses::CaisseLue;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Entete, Geste, Objet, Ordre, Presentation};
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::{Choix, Message};
use crate::web::visite::Visite;

/// Who signs for a caisse.
pub struct Signatures(CaisseLue);

impl Objet for Signatures {
    type Cle = String;

    async fn ouvrir(visite: &Visite, code: &String) -> Result<Signatures, WebError> {
        Ok(Signatures(CaisseLue::ouvrir(visite, code).await?))
    }

    fn adresse(code: &String) -> String {
        CaisseLue::url(code, "signatures")
    }

    fn url(code: &String, verbe: &str) -> String {
        CaisseLue::url(code, verbe)
    }

    fn entete(&self, visite: &Visite) -> Entete {
        let liste = Signatures::adresse(&self.0.code().to_owned());
        let mut entete = self.0.entete(visite);
        entete.quoi = "Cette page";
        entete.version = None;
        entete.ariane.push(Lien::new("Signatures", &liste));
        entete.retour = Lien::new("Revenir aux signatures sans rien changer", liste);
        entete
    }
}

/// Entering what lets somebody sign.
#[derive(Formulaire)]
pub struct Nouvelle {
    #[champ(
        libelle = "Qui signe",
        liste,
        manque = "Choisissez la personne qui signe."
    )]
    signataire: i64,
    #[champ(libelle = "À quel titre", radios, choix = titres, manque = "Dites à quel titre cette personne signe.")]
    titre: Titre,
    #[champ(libelle = "Qui donne la délégation", taille = Long, exigence = Si("à remplir pour une délégation"), aide = "Prénom et nom.")]
    delegant: Option<String>,
    #[champ(libelle = "Sa qualité", taille = Long, exigence = Si("à remplir pour une délégation"), aide = "Avec son article, comme la lettre la dira : « la directrice ».")]
    delegant_qualite: Option<String>,
    #[champ(libelle = Acte::Accord.libelle(), case, aide = "Cochez ce que la délégation permet de signer ; qui dirige la caisse signe tout.")]
    accord: bool,
    #[champ(libelle = Acte::AccordDerogation.libelle(), case)]
    accord_derogation: bool,
    #[champ(libelle = Acte::AccordSousReserve.libelle(), case)]
    accord_sous_reserve: bool,
    #[champ(libelle = Acte::Refus.libelle(), case)]
    refus: bool,
    #[champ(libelle = Acte::Retrait.libelle(), case)]
    retrait: bool,
    #[champ(libelle = Acte::Abrogation.libelle(), case)]
    abrogation: bool,
    #[champ(libelle = Acte::Caducite.libelle(), case)]
    caducite: bool,
    #[champ(
        libelle = "Date de l’acte",
        manque = "Indiquez la date de l’acte.",
        aide = "Celle de la délégation ou de la nomination. Il précède les décisions signées ; il n’a pas à être publié."
    )]
    acte_du: NaiveDate,
    #[champ(
        libelle = "Référence de l’acte",
        taille = Long,
        manque = "Indiquez la référence de l’acte, ou son objet s’il n’en a pas."
    )]
    reference: String,
    #[champ(libelle = "Premier jour", manque = "Indiquez le premier jour.")]
    du: NaiveDate,
    #[champ(libelle = "Dernier jour", aide = "Si l’acte en dit un.")]
    au: Option<NaiveDate>,
}

fn titres() -> Vec<Choix> {
    let aide = |t: &Titre| match t {
        Titre::Direction => {
            "Cette personne dirige la caisse : elle signe tous les actes, en son nom propre."
        }
        Titre::Delegation => "La direction lui a donné délégation, par un acte daté.",
    };
    Titre::TOUS
        .iter()
        .map(|t| Choix::new(t.as_str(), t.libelle()).aide(aide(t)))
        .collect()
}

impl Nouvelle {
    fn actes(&self) -> Vec<Acte> {
        let coches = [
            (Acte::Accord, self.accord),
            (Acte::AccordDerogation, self.accord_derogation),
            (Acte::AccordSousReserve, self.accord_sous_reserve),
            (Acte::Refus, self.refus),
            (Acte::Retrait, self.retrait),
            (Acte::Abrogation, self.abrogation),
            (Acte::Caducite, self.caducite),
        ];
        let coches = coches.into_iter().filter(|(_, coche)| *coche);
        coches.map(|(acte, _)| acte).collect()
    }
}

/// The capacity that the record of the caisse says, with its article.
fn avec_article(qualite: &str) -> String {
    let dite = regles::texte::minuscule_initiale(qualite);
    match dite.starts_with("directrice") {
        true => format!("la {dite}"),
        false => format!("le {dite}"),
    }
}

impl Geste for Nouvelle {
    type Objet = Signatures;
    const VERBE: &'static str = "signatures/nouvelle";
    const TITRE: &'static str = "Enregistrer qui peut signer";
    const BOUTON: &'static str = "Enregistrer";
    const INTRO: &'static [&'static str] = &[
        "Enregistrez ce que dit l’acte, une fois signé. Ce qui est enregistré ne se corrige pas : mettez-y fin et enregistrez-le de nouveau.",
    ];

    async fn initial(visite: &Visite, objet: &Signatures) -> Result<Saisie, WebError> {
        let code = objet.0.code().to_owned();
        let lue = visite.read(move |conn| caisse::lire(conn, &code)).await?;
        Ok(Saisie::de([
            (Self::DELEGANT, lue.directeur.as_deref().unwrap_or_default()),
            (
                Self::DELEGANT_QUALITE,
                &lue.directeur_qualite
                    .as_deref()
                    .map_or_else(String::new, avec_article),
            ),
        ]))
    }

    async fn presenter(
        visite: &Visite,
        objet: &Signatures,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let (code, jour) = (objet.0.code().to_owned(), visite.aujourd_hui());
        let agents = visite
            .read(move |conn| file_comptes::mandates(conn, &code, jour))
            .await?;
        let moi = visite.qui()?.compte_id;
        let mut choix = vec![Choix::new("", "Choisir une personne")];
        choix.extend(
            agents
                .iter()
                .filter(|a| a.role == Role::Signataire && a.id != moi)
                .map(|a| Choix::new(a.id.to_string(), a.nom_complet())),
        );
        let presentation = match choix.len() {
            1 => Self::presentation(champs.clone()).avertir(Message::attention(
                "Aucun compte de cette caisse n’a le rôle de signataire : invitez d’abord la personne, page « Agents ».".to_owned(),
            )),
            _ => Self::presentation(champs.clone()),
        };
        Ok(presentation.champs(champs.regler(Self::SIGNATAIRE, |c| c.choix(choix))))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let donnee = Donnee {
            actes: self.actes(),
            signataire: self.signataire,
            titre: self.titre,
            delegant: self.delegant.unwrap_or_default(),
            delegant_qualite: self.delegant_qualite.unwrap_or_default(),
            acte_du: self.acte_du,
            reference: self.reference,
            du: self.du,
            au: self.au,
        };
        actes::donner(tx, &o.acte, &o.scope, &o.cle, &donnee)?;
        Ok("C’est enregistré : la lettre dira au nom de qui cette personne signe.".to_owned())
    }
}

/// What lets one person sign.
pub struct UneSignature {
    caisse: CaisseLue,
    delegation: Delegation,
    personne: String,
}

impl Objet for UneSignature {
    type Cle = (String, i64);

    async fn ouvrir(visite: &Visite, (code, id): &(String, i64)) -> Result<UneSignature, WebError> {
        let caisse = CaisseLue::ouvrir(visite, code).await?;
        let (code, id) = (code.clone(), *id);
        let (delegation, (prenom, nom)) = visite
            .read(move |conn| delegation::lire(conn, &code, id))
            .await?;
        Ok(UneSignature {
            caisse,
            delegation,
            personne: format!("{prenom} {nom}"),
        })
    }

    fn adresse((code, _): &(String, i64)) -> String {
        Signatures::adresse(code)
    }

    fn url((code, id): &(String, i64), verbe: &str) -> String {
        CaisseLue::url(code, &format!("signatures/{id}/{verbe}"))
    }

    fn entete(&self, visite: &Visite) -> Entete {
        let liste = Signatures::adresse(&self.caisse.code().to_owned());
        let mut entete = self.caisse.entete(visite);
        entete.quoi = "Cette habilitation";
        entete.version = None;
        entete.ariane.push(Lien::new("Signatures", &liste));
        entete.retour = Lien::new("Revenir aux signatures sans rien changer", liste);
        entete
    }
}

/// Ending it.
#[derive(Formulaire)]
pub struct Fin;

impl Geste for Fin {
    type Objet = UneSignature;
    const VERBE: &'static str = "finir";
    const BOUTON: &'static str = "Mettre fin à cette habilitation";
    const DANGER: bool = true;

    async fn presenter(
        _: &Visite,
        objet: &UneSignature,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let UneSignature {
            personne,
            delegation,
            ..
        } = objet;
        Ok(Self::presentation(champs)
            .titre(format!(
                "Mettre fin à l’habilitation {}",
                regles::texte::de(personne)
            ))
            .intro(format!(
                "Acte « {} », du {}.",
                delegation.reference,
                regles::texte::date_fr(delegation.acte_du)
            ))
            .intro("Dès maintenant, cette personne ne signe plus rien à ce titre. Ce qu’elle a signé reste signé."))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<(String, i64)>) -> ActionResult<String> {
        let (code, id) = &o.cle;
        actes::finir(tx, &o.acte, &o.scope, code, *id)?;
        Ok("L’habilitation a pris fin.".to_owned())
    }
}

/// Choosing what signs.
#[derive(Formulaire)]
pub struct Moyen {
    #[champ(libelle = "Ce qui signe les décisions", radios, choix = moyens, manque = "Choisissez ce qui signe les décisions.")]
    moyen: MoyenSignature,
    #[champ(libelle = "Référence de l’homologation", taille = Long, exigence = Si("à remplir pour une dispense"))]
    reference: Option<String>,
    #[champ(libelle = "Prononcée le", exigence = Si("à remplir pour une dispense"))]
    homologuee_le: Option<NaiveDate>,
    #[champ(libelle = "Dernier jour de validité", aide = "Si elle a une fin.")]
    homologuee_au: Option<NaiveDate>,
}

fn moyens() -> Vec<Choix> {
    [MoyenSignature::Main, MoyenSignature::Teleservice]
        .map(|m| {
            Choix::new(m.as_str(), m.libelle()).aide(format!(
                "{} ({}).",
                m.consequence().trim_end_matches('.'),
                regles::texte::minuscule_initiale(m.fondement())
            ))
        })
        .into()
}

impl Geste for Moyen {
    type Objet = Signatures;
    const VERBE: &'static str = "signature";
    const TITRE: &'static str = "Choisir ce qui signe les décisions";
    const BOUTON: &'static str = "Enregistrer ce choix";
    const INTRO: &'static [&'static str] = &[
        "Le choix vaut pour les décisions à venir ; celles qui sont prises ne changent pas.",
        "La signature électronique n’est pas encore disponible dans Relève.",
    ];

    async fn initial(visite: &Visite, objet: &Signatures) -> Result<Saisie, WebError> {
        let code = objet.0.code().to_owned();
        let m = visite
            .read(move |conn| signature::moyen(conn, &code))
            .await?;
        Ok(Moyen {
            moyen: m.moyen,
            reference: m.reference,
            homologuee_le: m.homologuee_le,
            homologuee_au: m.homologuee_au,
        }
        .ecrire())
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let choisi = choix::Choix {
            moyen: self.moyen,
            reference: self.reference.unwrap_or_default(),
            homologuee_le: self.homologuee_le,
            homologuee_au: self.homologuee_au,
        };
        choix::choisir(tx, &o.acte, &o.scope, &o.cle, &choisi)?;
        Ok("Le choix est enregistré : il vaut pour les décisions à venir.".to_owned())
    }
}

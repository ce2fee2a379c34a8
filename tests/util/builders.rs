//! What tests begin from: reference data, people, departures, places and requests put directly in the database.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::dossier::NatureDossier;
use regles::droits::Role;
use regles::grand_livre::EtatPlace;
use regles::piece::{EtatPiece, NaturePiece};
use releve::actions::piece::PieceRecue;
use releve::db::compte::{NouveauCompte, creer};
use releve::db::dossier::numero_suivant;
use releve::db::schema::*;
use releve::db::{Db, DbError, WriteTx};
use releve::pieces::PieceStockee;

use super::TestApp;
use super::compte::en_lettres;

/// A date of a test: `jour(2026, 1, 15)`.
pub fn jour(annee: i32, mois: u32, jour: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(annee, mois, jour).expect("a date")
}

/// Every practitioner lives in Martigues, where it exists, accepts to be notified in the portal, and is known to the caisse:
/// what most files suppose. A test about those who do not says so.
pub fn loger(tx: &mut WriteTx<'_>, le: NaiveDateTime) -> QueryResult<()> {
    let sans_domicile: Vec<i64> = kine::table
        .left_join(domicile::table.on(domicile::kine_id.eq(kine::id)))
        .filter(domicile::kine_id.is_null())
        .select(kine::id)
        .load(&mut **tx)?;
    let martigues: i64 = commune::table
        .filter(commune::insee.eq("13056"))
        .count()
        .get_result(&mut **tx)?;
    for id in sans_domicile {
        if martigues == 1 {
            diesel::insert_into(domicile::table)
                .values((
                    domicile::kine_id.eq(id),
                    domicile::adresse.eq("3 rue de la Paix"),
                    domicile::insee.eq("13056"),
                    domicile::dit_le.eq(le),
                ))
                .execute(&mut **tx)?;
        }
    }
    let inconnus: Vec<i64> = kine::table
        .left_join(identite_verifiee::table.on(identite_verifiee::kine_id.eq(kine::id)))
        .filter(identite_verifiee::kine_id.is_null())
        .select(kine::id)
        .load(&mut **tx)?;
    for kine_id in inconnus {
        diesel::insert_into(identite_verifiee::table)
            .values((
                identite_verifiee::kine_id.eq(kine_id),
                identite_verifiee::moyen.eq("guichet"),
                identite_verifiee::verifiee_le.eq(le),
            ))
            .execute(&mut **tx)?;
    }
    let sans_accord: Vec<i64> = kine::table
        .left_join(consentement::table.on(consentement::kine_id.eq(kine::id)))
        .filter(consentement::id.is_null())
        // Known by a paper only, nobody consents.
        .filter(kine::compte_id.is_not_null())
        .select(kine::id)
        .load(&mut **tx)?;
    for id in sans_accord {
        diesel::insert_into(consentement::table)
            .values((
                consentement::kine_id.eq(id),
                consentement::texte.eq("J’accepte."),
                consentement::donne_le.eq(le),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Puts things in the database of a test.
#[derive(Clone)]
pub struct Decor {
    pub db: Db,
    pub le: NaiveDateTime,
    /// Where the documents are kept, when it is a folder.
    pub depot: Option<std::path::PathBuf>,
}

/// A practitioner with an account.
#[derive(Debug, Clone)]
pub struct UnKine {
    pub id: i64,
    pub compte_id: i64,
    pub rpps: String,
    pub courriel: String,
}

/// What a request put in place says; the rest has a default that may be granted.
#[derive(Debug, Clone)]
pub struct UneDemande<'a> {
    pub numero: &'a str,
    pub caisse: &'a str,
    pub kine_id: i64,
    pub nature: NatureDemande,
    pub place_id: Option<i64>,
    pub insee: &'a str,
    pub bassin: &'a str,
    pub categorie: &'a str,
    pub etat: EtatDemande,
    pub assigne_a: Option<i64>,
    pub prochaine_echeance: NaiveDate,
    /// Whether it has the documents that it calls for, accepted.
    pub pieces: bool,
}

impl Default for UneDemande<'_> {
    fn default() -> Self {
        UneDemande {
            numero: "131-2026-000001",
            caisse: "131",
            kine_id: 0,
            nature: NatureDemande::HorsRegulation,
            place_id: None,
            insee: "13056",
            bassin: "BV13056",
            categorie: "non_prioritaire",
            etat: EtatDemande::Deposee,
            assigne_a: None,
            prochaine_echeance: jour(2026, 3, 16),
            pieces: true,
        }
    }
}

impl Decor {
    /// On an application, at the instant of its clock.
    pub fn new(app: &TestApp) -> Decor {
        Decor {
            db: app.state.db.clone(),
            le: app.state.clock.now(),
            depot: match &app.state.config.pieces {
                releve::config::Depot::Dossier(dossier) => Some(dossier.clone()),
                releve::config::Depot::S3(_) => None,
            },
        }
    }

    /// Gives a case the documents of these kinds, accepted.
    pub fn fournir(&self, dossier_id: i64, kine_id: i64, natures: &[NaturePiece]) {
        if let Some(dossier) = &self.depot {
            std::fs::create_dir_all(dossier.join("00")).expect("a folder");
            std::fs::write(dossier.join(CLE_DECOR), PDF_DECOR).expect("a document");
        }
        self.ecrire(|tx| acceptees(tx, dossier_id, kine_id, natures, self.le));
    }

    fn ecrire<T>(&self, f: impl FnOnce(&mut WriteTx<'_>) -> QueryResult<T>) -> T {
        self.db
            .write(|tx| f(tx).map_err(DbError::from))
            .unwrap_or_else(|e| panic!("{e}"))
    }

    /// The reference data most tests need. CPAM 131 (Bouches-du-Rhône) and 831 (Var), region 93; Martigues and
    /// Port-de-Bouc (BV13056) and Toulon (BV83137) are non prioritaires, Aix-en-Provence (BV13001) is
    /// intermédiaire, Barrême (BV04022, CPAM 131 for the test) is très sous-dotée. One arrêté since 6 June 2025.
    pub fn region_93(&self) -> &Self {
        self.caisse("131", "CPAM des Bouches-du-Rhône", "13");
        self.caisse("831", "CPAM du Var", "83");
        self.bassin("BV13056", "Martigues");
        self.bassin("BV13001", "Aix-en-Provence");
        self.bassin("BV83137", "Toulon");
        self.bassin("BV04022", "Barrême");
        self.commune("13056", "Martigues", "13500", "BV13056", "131");
        self.commune("13077", "Port-de-Bouc", "13110", "BV13056", "131");
        self.commune("13001", "Aix-en-Provence", "13100", "BV13001", "131");
        self.commune("04022", "Barrême", "04330", "BV04022", "131");
        self.commune("83137", "Toulon", "83000", "BV83137", "831");
        self.arrete(
            jour(2025, 6, 6),
            None,
            &[
                ("BV13056", "non_prioritaire"),
                ("BV13001", "intermediaire"),
                ("BV83137", "non_prioritaire"),
                ("BV04022", "tres_sous_dotee"),
            ],
        );
        self
    }

    pub fn caisse(&self, code: &str, nom: &str, departement: &str) {
        self.ecrire(|tx| {
            diesel::insert_into(caisse::table)
                .values((
                    caisse::code.eq(code),
                    caisse::nom.eq(nom),
                    caisse::type_caisse.eq("CPAM"),
                    caisse::departements.eq(departement),
                    caisse::region.eq("93"),
                    caisse::siege.eq("Marseille"),
                    caisse::territoire.eq("metropole"),
                    caisse::adresse.eq("56 chemin Joseph-Aiguier, 13009 Marseille"),
                    caisse::courriel.eq("conventionnement@cpam.example.fr"),
                    caisse::telephone.eq("04 91 00 00 00"),
                    caisse::cra_adresse.eq("Secrétariat de la CRA, 13009 Marseille"),
                    caisse::ta_ville.eq("Marseille"),
                    caisse::ta_adresse.eq("31 rue Jean-François-Leca, 13002 Marseille"),
                ))
                .execute(&mut **tx)
        });
        self.db
            .write(|tx| super::compte::dispenser(tx, code, self.le))
            .unwrap_or_else(|e: DbError| panic!("{e}"));
    }

    pub fn bassin(&self, code: &str, nom: &str) {
        self.ecrire(|tx| {
            diesel::insert_into(bassin::table)
                .values((
                    bassin::code.eq(code),
                    bassin::nom.eq(nom),
                    bassin::nature.eq("bassin_de_vie"),
                    bassin::region_attribution.eq("93"),
                    bassin::population.eq(60_000_i64),
                    bassin::interregional.eq(false),
                ))
                .execute(&mut **tx)
        });
    }

    pub fn commune(&self, insee: &str, nom: &str, cp: &str, bassin: &str, caisse: &str) {
        self.ecrire(|tx| {
            diesel::insert_into(commune::table)
                .values((
                    commune::insee.eq(insee),
                    commune::nom.eq(nom),
                    commune::nom_recherche.eq(regles::mots::lieu(nom)),
                    commune::nature.eq("commune"),
                    commune::codes_postaux.eq(cp),
                    commune::departement.eq(&insee[..2]),
                    commune::region.eq("93"),
                    commune::population.eq(30_000_i64),
                    commune::bassin_code.eq(bassin),
                    commune::caisse_code.eq(caisse),
                    commune::caisse_methode.eq("certain"),
                ))
                .execute(&mut **tx)?;
            diesel::insert_into(tribunal::table)
                .values((
                    tribunal::insee.eq(insee),
                    tribunal::ville.eq("Marseille"),
                    tribunal::adresse.eq("6 rue Joseph-Autran, 13006 Marseille"),
                    tribunal::verifie_le.eq(self.le.date()),
                ))
                .execute(&mut **tx)?;
            loger(tx, self.le)
        });
    }

    /// An arrêté of region 93 for masseurs-kinésithérapeutes, in force.
    pub fn arrete(
        &self,
        effet: NaiveDate,
        fin: Option<NaiveDate>,
        classes: &[(&str, &str)],
    ) -> i64 {
        self.ecrire(|tx| {
            let id: i64 = diesel::insert_into(arrete::table)
                .values((
                    arrete::profession.eq("70"),
                    arrete::region.eq("93"),
                    arrete::reference.eq(format!("R93-{effet}")),
                    arrete::date_effet.eq(effet),
                    arrete::date_fin.eq(fin),
                    arrete::regime.eq("avenant7"),
                    arrete::empreinte.eq("test"),
                    arrete::etat.eq("actif"),
                    arrete::importe_le.eq(self.le),
                ))
                .returning(arrete::id)
                .get_result(&mut **tx)?;
            for (code, categorie) in classes {
                diesel::insert_into(zonage_bassin::table)
                    .values((
                        zonage_bassin::arrete_id.eq(id),
                        zonage_bassin::bassin_code.eq(code),
                        zonage_bassin::categorie.eq(categorie),
                        zonage_bassin::mixte.eq(false),
                    ))
                    .execute(&mut **tx)?;
            }
            Ok(id)
        })
    }

    /// Ends every arrêté in force the day another one takes over.
    pub fn clore_arretes(&self, fin: NaiveDate) {
        self.ecrire(|tx| {
            diesel::update(arrete::table.filter(arrete::date_fin.is_null()))
                .set(arrete::date_fin.eq(fin))
                .execute(&mut **tx)
        });
    }

    /// An account; it logs in with [`super::compte::MOT_DE_PASSE`].
    pub fn compte(&self, role: Role, caisse: Option<&str>, courriel: &str) -> i64 {
        let (prenom, nom) = match courriel.split('@').next() {
            Some(avant) => match avant.split_once('.') {
                Some((prenom, nom)) => (capitale(prenom), capitale(nom)),
                None => ("Camille".to_owned(), capitale(avant)),
            },
            None => ("Camille".to_owned(), "Test".to_owned()),
        };
        self.db
            .write(|tx| {
                let id = creer(
                    tx,
                    &NouveauCompte {
                        courriel,
                        courriel_verifie_le: Some(self.le),
                        mot_de_passe: Some(&super::compte::HACHE),
                        prenom: &prenom,
                        nom: &nom,
                        actif: true,
                        echecs: 0,
                        cree_le: self.le,
                    },
                )?;
                super::compte::mandater(tx, id, role, caisse, self.le)?;
                Ok(id)
            })
            .unwrap_or_else(|e: DbError| panic!("{e}"))
    }

    /// A practitioner with an account, named after the address `prenom.nom@…`.
    pub fn kine(&self, courriel: &str, rpps: &str) -> UnKine {
        let compte_id = self.compte(Role::Kine, None, courriel);
        self.kine_du_compte(compte_id, courriel, rpps)
    }

    /// The practitioner behind an account that exists.
    pub fn kine_du_compte(&self, compte_id: i64, courriel: &str, rpps: &str) -> UnKine {
        let id = self.ecrire(|tx| {
            let (prenom, nom): (String, String) = compte::table
                .find(compte_id)
                .select((compte::prenom, compte::nom))
                .first(&mut **tx)?;
            let id: i64 = diesel::insert_into(kine::table)
                .values((
                    kine::compte_id.eq(compte_id),
                    kine::rpps.eq(rpps),
                    kine::cle_confirmee.eq(true),
                    kine::prenom.eq(&prenom),
                    kine::nom.eq(&nom),
                    kine::nom_recherche.eq(format!("{nom} {prenom}").to_lowercase()),
                    kine::cree_le.eq(self.le),
                ))
                .returning(kine::id)
                .get_result(&mut **tx)?;
            loger(tx, self.le)?;
            Ok(id)
        });
        UnKine {
            id,
            compte_id,
            rpps: rpps.to_owned(),
            courriel: courriel.to_owned(),
        }
    }

    /// A departure declared in the zone of a commune of [`Decor::region_93`], with the documents it calls for.
    pub fn depart(&self, kine_id: i64, insee: &str, date: NaiveDate, actes: Option<i32>) -> i64 {
        let id = self.depart_sans_piece(kine_id, insee, date, actes);
        let natures = [NaturePiece::JustificatifCessation, NaturePiece::ReleveActes];
        self.fournir(id, kine_id, &natures);
        id
    }

    /// The same, without any document.
    pub fn depart_sans_piece(
        &self,
        kine_id: i64,
        insee: &str,
        date: NaiveDate,
        actes: Option<i32>,
    ) -> i64 {
        self.ecrire(|tx| {
            let (bassin_code, caisse_code): (Option<String>, Option<String>) = commune::table
                .find(insee)
                .select((commune::bassin_code, commune::caisse_code))
                .first(&mut **tx)?;
            let bassin_code = bassin_code.expect("a commune with a bassin");
            let caisse_code = caisse_code.expect("a commune with a CPAM");
            let numero = numero_suivant(tx, &caisse_code, NatureDossier::Depart, self.le.year())
                .expect("a number");
            let id: i64 = diesel::insert_into(dossier::table)
                .values((
                    dossier::nature.eq(NatureDossier::Depart),
                    dossier::numero.eq(numero),
                    dossier::caisse_code.eq(caisse_code),
                    dossier::kine_id.eq(kine_id),
                    dossier::insee.eq(insee),
                    dossier::bassin_code.eq(&bassin_code),
                    dossier::etat.eq("declaree"),
                    dossier::ouvert.eq(true),
                    dossier::echeance.eq(date),
                    dossier::echeance_nature.eq("cessation"),
                    dossier::depose_le.eq(self.le),
                    dossier::version.eq(1),
                ))
                .returning(dossier::id)
                .get_result(&mut **tx)?;
            diesel::insert_into(depart::table)
                .values((
                    depart::id.eq(id),
                    depart::categorie.eq(match bassin_code.as_str() {
                        "BV13001" => "intermediaire",
                        "BV04022" => "tres_sous_dotee",
                        _ => "non_prioritaire",
                    }),
                    depart::adresse.eq("12 quai des Anglais"),
                    depart::date_cessation.eq(date),
                    depart::actes_12_mois.eq(actes),
                ))
                .execute(&mut **tx)?;
            Ok(id)
        })
    }

    /// The place of a departure, which becomes confirmed; the deadlines are not opened.
    pub fn place(&self, depart_id: i64, etat: EtatPlace) -> i64 {
        self.ecrire(|tx| {
            let (caisse_code, bassin_code, date): (String, String, NaiveDate) = dossier::table
                .find(depart_id)
                .select((
                    dossier::caisse_code,
                    dossier::bassin_code,
                    dossier::echeance,
                ))
                .first(&mut **tx)?;
            diesel::update(dossier::table.find(depart_id))
                .set((
                    dossier::etat.eq("confirmee"),
                    dossier::ouvert.eq(etat.attend()),
                    dossier::version.eq(dossier::version + 1),
                ))
                .execute(&mut **tx)?;
            diesel::insert_into(place::table)
                .values((
                    place::id.eq(depart_id),
                    place::caisse_code.eq(caisse_code),
                    place::bassin_code.eq(bassin_code),
                    place::limite_designation.eq(date.checked_add_months(chrono::Months::new(24))),
                    place::etat.eq(etat),
                    place::explication.eq("[]"),
                    place::parametres.eq("test"),
                    place::version.eq(1),
                    place::cree_le.eq(self.le),
                ))
                .returning(place::id)
                .get_result(&mut **tx)
        })
    }

    /// A designation of `successeur`: `en_attente`, `acceptee`, `declinee` or `remplacee`.
    pub fn designation(&self, place_id: i64, successeur: &UnKine, etat: &str) -> i64 {
        self.ecrire(|tx| {
            let auteur: i64 = dossier::table
                .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
                .filter(dossier::id.eq(place_id))
                .select(kine::compte_id.assume_not_null())
                .first(&mut **tx)?;
            diesel::insert_into(designation::table)
                .values((
                    designation::place_id.eq(place_id),
                    designation::rpps.eq(&successeur.rpps),
                    designation::courriel.eq(&successeur.courriel),
                    // A number is nobody until somebody has answered.
                    designation::kine_id.eq((etat != "en_attente").then_some(successeur.id)),
                    designation::etat.eq(etat),
                    designation::jeton_empreinte.eq(releve::secret::jeton()),
                    designation::auteur_id.eq(auteur),
                    designation::cree_le.eq(self.le),
                ))
                .returning(designation::id)
                .get_result(&mut **tx)
        })
    }

    /// A request in any state; its deadlines are not opened. The applicant began studies in 2015 (no ALT).
    pub fn demande(&self, d: &UneDemande<'_>) -> i64 {
        let derogation = d.nature == NatureDemande::Derogation;
        let complete = !matches!(d.etat, EtatDemande::Deposee | EtatDemande::Incomplete);
        let id = self.ecrire(|tx| {
            let id: i64 = diesel::insert_into(dossier::table)
                .values((
                    dossier::nature.eq(NatureDossier::Demande),
                    dossier::numero.eq(d.numero),
                    dossier::caisse_code.eq(d.caisse),
                    dossier::kine_id.eq(d.kine_id),
                    dossier::insee.eq(d.insee),
                    dossier::bassin_code.eq(d.bassin),
                    dossier::place_id.eq(d.place_id),
                    dossier::etat.eq(d.etat),
                    dossier::ouvert.eq(d.etat.en_cours()),
                    dossier::arrivee.eq(d.nature != NatureDemande::HorsRegulation),
                    dossier::assigne_a.eq(d.assigne_a),
                    dossier::echeance.eq(d.prochaine_echeance),
                    dossier::echeance_nature.eq("decision_implicite"),
                    dossier::depose_le.eq(self.le),
                    dossier::version.eq(1),
                ))
                .returning(dossier::id)
                .get_result(&mut **tx)?;
            diesel::insert_into(demande::table)
                .values((
                    demande::id.eq(id),
                    demande::nature.eq(d.nature),
                    demande::derogation_famille.eq(derogation.then_some("A")),
                    demande::derogation_motif.eq(derogation.then_some("A-CONJOINT")),
                    demande::categorie_depot.eq(d.categorie),
                    demande::adresse.eq("12 quai des Anglais"),
                    demande::deja_conventionne_zone.eq(Some(false)),
                    demande::entree_formation.eq(Some(2015)),
                    demande::complete_le.eq(complete.then(|| self.le.date())),
                ))
                .execute(&mut **tx)?;
            Ok(id)
        });
        if d.pieces {
            self.fournir(id, d.kine_id, &appelees(d.nature));
        }
        self.db
            .write(|tx| releve::db::mots::indexer(tx, id))
            .unwrap_or_else(|e| panic!("{e}"));
        id
    }
}

/// What a request of who began studies in 2015 calls for.
pub fn appelees(nature: NatureDemande) -> Vec<NaturePiece> {
    let mut natures = vec![
        NaturePiece::Diplome,
        NaturePiece::InscriptionOrdre,
        NaturePiece::JustificatifLocal,
        NaturePiece::Assurance,
    ];
    match nature {
        NatureDemande::Succession => natures.push(NaturePiece::ActeSuccession),
        NatureDemande::Derogation => natures.push(NaturePiece::JustificatifDerogation),
        NatureDemande::HorsRegulation => {}
    }
    natures
}

/// The document that all those put in place share.
pub const PDF_DECOR: &[u8] = b"%PDF-1.4\n%%EOF\n";
pub const CLE_DECOR: &str = "00/decor";

/// A document as the store keeps it, for an act that records one.
pub fn piece_recue(nature: NaturePiece) -> PieceRecue {
    PieceRecue {
        nature,
        nom: format!("{}.pdf", nature.as_str()),
        stockee: PieceStockee {
            cle: CLE_DECOR.to_owned(),
            empreinte: releve::secret::sha256(PDF_DECOR),
            media: "application/pdf",
            taille: PDF_DECOR.len() as i64,
        },
        sante: false,
    }
}

/// Documents received and accepted.
fn acceptees(
    tx: &mut WriteTx<'_>,
    dossier_id: i64,
    kine_id: i64,
    natures: &[NaturePiece],
    le: NaiveDateTime,
) -> QueryResult<()> {
    let compte_id: i64 = kine::table
        .find(kine_id)
        .select(kine::compte_id.assume_not_null())
        .first(&mut **tx)?;
    for nature in natures {
        diesel::insert_into(piece::table)
            .values((
                piece::dossier_id.eq(dossier_id),
                piece::nature.eq(nature),
                piece::nom.eq(format!("{}.pdf", nature.as_str())),
                piece::media.eq("application/pdf"),
                piece::taille.eq(PDF_DECOR.len() as i64),
                piece::empreinte.eq(releve::secret::sha256(PDF_DECOR)),
                piece::cle.eq(CLE_DECOR),
                piece::etat.eq(EtatPiece::Acceptee),
                piece::deposee_par.eq(compte_id),
                piece::deposee_le.eq(le),
                piece::examinee_le.eq(le),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

fn capitale(mot: &str) -> String {
    let mut lettres = mot.chars();
    lettres.next().map_or_else(String::new, |premiere| {
        // A name holds letters only.
        let suite = en_lettres(lettres.as_str());
        premiere.to_uppercase().chain(suite.chars()).collect()
    })
}

//! The reference data of the data set: caisses, bassins, communes and their courts, the arrêté, the agents.

use regles::mots;

use super::ecriture::Table;
use super::generation::{
    BASSINS_PAR_CAISSE, COMMUNES_PAR_BASSIN, Generation, NOMS, PRENOMS, SESSION, code, insee,
    jeton_de_banc, session,
};

impl Generation {
    /// The tables that the requests rest on, in the order of their keys.
    pub(super) fn reference(&self) -> Vec<Table> {
        let now = self.now;
        let n = self.taille.caisses;
        let bassins = n * BASSINS_PAR_CAISSE;
        let caisses = (0..n)
            .map(|o| {
                format!(
                    "('{c}','CPAM de banc {c}','CPAM','{c}','93','Ville {c}','metropole','1 rue du Banc','banc{c}@example.fr','01 99 00 00 00','Service {c}','CRA {c}','Ville','1 place du Tribunal','Camille Banc','directrice','dpo{c}@example.fr')",
                    c = code(o)
                )
            })
            .collect();
        let lignes_bassin = (0..bassins)
            .map(|b| format!("('BV{b:05}','Bassin {b}','bassin de vie','93',30000,FALSE)"))
            .collect();
        let communes = (0..bassins * COMMUNES_PAR_BASSIN)
            .map(|c| {
                let bassin = c / COMMUNES_PAR_BASSIN;
                let caisse = code(bassin / BASSINS_PAR_CAISSE);
                let insee = insee(c);
                format!("('{insee}','Commune {c}','commune {c}','COM','{insee}','13','93',10000,'BV{bassin:05}','{caisse}','departement')")
            })
            .collect();
        let tribunaux = (0..bassins * COMMUNES_PAR_BASSIN)
            .map(|c| {
                format!(
                    "('{}','Ville','1 place du Tribunal','2026-01-01')",
                    insee(c)
                )
            })
            .collect();
        let arrete = vec![format!(
            "(1,'70','93','banc','2025-06-06','avenant7','banc','actif','{now}')"
        )];
        let zonage = (0..bassins)
            .map(|b| format!("(1,'BV{b:05}','non_prioritaire',FALSE)"))
            .collect();
        // An account and its mandate have one identifier.
        let roles: Vec<(u32, &str, u32)> = (0..n)
            .map(|o| (o + 1, "instructeur", o))
            .chain((0..n).map(|o| (self.signataire(o), "signataire", o)))
            .collect();
        let agents = roles
            .iter()
            .map(|(id, ..)| {
                format!("({id},'agent{id}@example.fr','{now}','Agent','{id}',TRUE,0,'{now}')")
            })
            .collect();
        let mandats = roles
            .iter()
            .map(|(id, role, o)| {
                format!(
                    "({id},{id},'{role}','caisse','{}','2020-01-01','{now}')",
                    code(*o)
                )
            })
            .collect();
        // Filing goes on after the numbers already given.
        let numeros = (0..n)
            .map(|o| format!("('{}','demande',2026,{})", code(o), self.taille.demandes))
            .collect();
        let fin = now + chrono::TimeDelta::days(30);
        let sessions = (0..n)
            .map(|o| (jeton_de_banc(&code(o)), o + 1))
            .map(|(jeton, compte)| session(&jeton, compte, Some(compte), now, fin))
            .collect();
        let variantes = NOMS
            .iter()
            .chain(PRENOMS)
            .flat_map(|nom| mots::mots(nom))
            .flat_map(|mot| {
                mots::variantes(&mot)
                    .into_iter()
                    .map(move |v| format!("('{v}','{mot}')"))
            })
            .collect();
        vec![
            ("mot_variante", "variante,mot", variantes),
            (
                "caisse",
                "code,nom,type_caisse,departements,region,siege,territoire,adresse,courriel,telephone,service,cra_adresse,ta_ville,ta_adresse,directeur,directeur_qualite,dpo",
                caisses,
            ),
            (
                "bassin",
                "code,nom,nature,region_attribution,population,interregional",
                lignes_bassin,
            ),
            (
                "commune",
                "insee,nom,nom_recherche,nature,codes_postaux,departement,region,population,bassin_code,caisse_code,caisse_methode",
                communes,
            ),
            ("tribunal", "insee,ville,adresse,verifie_le", tribunaux),
            (
                "arrete",
                "id,profession,region,reference,date_effet,regime,empreinte,etat,importe_le",
                arrete,
            ),
            (
                "zonage_bassin",
                "arrete_id,bassin_code,categorie,mixte",
                zonage,
            ),
            (
                "compte",
                "id,courriel,courriel_verifie_le,prenom,nom,actif,echecs,cree_le",
                agents,
            ),
            (
                "mandat",
                "id,compte_id,role,etendue,caisse_code,du,cree_le",
                mandats,
            ),
            ("numerotation", "caisse_code,nature,annee,dernier", numeros),
            ("session", SESSION, sessions),
        ]
    }
}

//! Trees of digests (RFC 6962), by ct-merkle.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{InclusionProof, RootHash};
use regles::evenement::Empreinte;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// A tree whose leaves are digests: the links of a chain, or what [`Racine::feuille`] says of each chain. It keeps some
/// hundred bytes a leaf.
#[derive(Default)]
pub struct Arbre {
    arbre: MemoryBackedTree<Sha256, Vec<u8>>,
}

/// The root of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Racine {
    /// How many leaves.
    pub taille: u64,
    /// The digest.
    pub empreinte: Empreinte,
}

/// The way from a leaf to the root: the digests of its neighbours, from below, in base64 as a text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Chemin(Vec<u8>);

impl fmt::Debug for Chemin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chemin de {} pas", self.0.len() / 32)
    }
}

impl From<Chemin> for String {
    fn from(chemin: Chemin) -> String {
        STANDARD.encode(chemin.0)
    }
}

impl TryFrom<String> for Chemin {
    type Error = String;

    fn try_from(texte: String) -> Result<Chemin, String> {
        let octets = STANDARD
            .decode(&texte)
            .map_err(|_| format!("chemin illisible : {texte}"))?;
        if octets.len() % 32 != 0 {
            return Err(format!("chemin de {} octets", octets.len()));
        }
        Ok(Chemin(octets))
    }
}

impl Arbre {
    /// Adds a leaf at the end.
    pub fn ajouter(&mut self, feuille: Empreinte) {
        self.arbre.push(feuille.0.to_vec());
    }

    /// How many leaves.
    pub fn taille(&self) -> u64 {
        self.arbre.len()
    }

    /// Its root as it stands.
    pub fn racine(&self) -> Racine {
        let racine = self.arbre.root();
        Racine {
            taille: self.taille(),
            empreinte: Empreinte((*racine.as_bytes()).into()),
        }
    }

    /// The way from a leaf to the root; none without such a leaf.
    pub fn chemin(&self, rang: u64) -> Option<Chemin> {
        if rang >= self.taille() {
            return None;
        }
        let rang = usize::try_from(rang).ok()?;
        Some(Chemin(self.arbre.prove_inclusion(rang).as_bytes().to_vec()))
    }
}

impl Racine {
    /// Whether a leaf stands at a rank, from zero, of the tree of this root.
    pub fn contient(&self, feuille: &Empreinte, rang: u64, chemin: &Chemin) -> bool {
        let racine = RootHash::<Sha256>::new(self.empreinte.0.into(), self.taille);
        let preuve = InclusionProof::<Sha256>::try_from_bytes(chemin.0.clone());
        preuve.is_ok_and(|preuve| {
            racine
                .verify_inclusion(&feuille.0.to_vec(), rang, &preuve)
                .is_ok()
        })
    }

    /// The leaf that a chain is in the tree of the chains: SHA-256(code ‖ line feed ‖ size ‖ line feed ‖ root in
    /// hexadecimal).
    pub fn feuille(&self, chaine: &str) -> Empreinte {
        use sha2::Digest;
        let texte = format!("{chaine}\n{}\n{}", self.taille, self.empreinte);
        Empreinte(Sha256::digest(texte.as_bytes()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn empreinte(n: u64) -> Empreinte {
        use sha2::Digest;
        Empreinte(Sha256::digest(n.to_be_bytes()).into())
    }

    fn arbre(taille: u64) -> Arbre {
        let mut arbre = Arbre::default();
        (0..taille).for_each(|n| arbre.ajouter(empreinte(n)));
        arbre
    }

    #[test]
    fn l_arbre_vide_a_la_racine_du_texte() {
        // RFC 6962 2.1: the hash of an empty list is that of an empty string.
        assert_eq!(
            arbre(0).racine().empreinte.to_string(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert!(arbre(0).chemin(0).is_none());
    }

    proptest! {
        #[test]
        fn chaque_feuille_se_prouve_et_aucune_autre(taille in 1u64..200, rang in 0u64..200, autre in 0u64..200) {
            let arbre = arbre(taille);
            let racine = arbre.racine();
            prop_assume!(rang < taille);
            let chemin = arbre.chemin(rang).expect("a leaf");
            prop_assert!(racine.contient(&empreinte(rang), rang, &chemin));
            prop_assert_eq!(racine.contient(&empreinte(autre), rang, &chemin), autre == rang);
            prop_assert_eq!(racine.contient(&empreinte(rang), autre, &chemin), autre == rang);
            let texte = String::from(chemin.clone());
            prop_assert_eq!(Chemin::try_from(texte).expect("read"), chemin);
        }

        #[test]
        fn la_racine_ne_vaut_que_pour_ses_feuilles(taille in 1u64..100) {
            let (avant, apres) = (arbre(taille).racine(), arbre(taille + 1).racine());
            prop_assert_ne!(avant, apres);
            let chemin = arbre(taille).chemin(0).expect("a leaf");
            prop_assert!(!apres.contient(&empreinte(0), 0, &chemin));
        }
    }
}

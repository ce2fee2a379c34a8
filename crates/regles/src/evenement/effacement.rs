//! What a personal datum reads as once it is erased.

use crate::caisse::EcartCaisse;
use crate::correction::Ecart;

/// What stands where a text about somebody was erased.
pub const EFFACE: &str = "(effacé)";

/// A type that a personal datum may have.
pub trait Effacable {
    /// What it reads as once erased.
    fn efface() -> Self;
}

impl Effacable for String {
    fn efface() -> String {
        EFFACE.to_owned()
    }
}

impl<T> Effacable for Option<T> {
    fn efface() -> Option<T> {
        None
    }
}

impl Effacable for Vec<String> {
    fn efface() -> Vec<String> {
        Vec::new()
    }
}

impl Effacable for Vec<Option<String>> {
    fn efface() -> Vec<Option<String>> {
        Vec::new()
    }
}

impl Effacable for Vec<Ecart> {
    fn efface() -> Vec<Ecart> {
        Vec::new()
    }
}

impl Effacable for Vec<EcartCaisse> {
    fn efface() -> Vec<EcartCaisse> {
        Vec::new()
    }
}

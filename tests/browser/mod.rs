//! The pages as people meet them: in a real Chromium.

mod accessibilite;
mod accord;
mod caisse;
mod charte;
mod correction;
mod coupure;
mod deux;
mod document;
mod driver;
mod gestes;
mod guides;
mod harness;
mod harness_itself;
mod inspection;
mod interface;
mod kine;
mod natures;
mod pages;
mod parametres;
mod parcours;
mod roles;
mod sans_script;
mod sante;
mod session;
mod silence;
mod stabilite;

//! The tenant is a type: a query that can see files takes a [`CpamScope`].

/// What a person may see.
///
/// What is out of scope answers as if it did not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CpamScope {
    /// The files of one CPAM.
    Caisse(String),
    /// The files of every CPAM of a region (INSEE code), for its ARS.
    Region(String),
    /// The files of one zone (`bassin.code`), whichever of the CPAM that share it handles them.
    Zone(String),
    /// Every CPAM: national administrator and auditor.
    National,
    /// PRO-14: the documents of one CPAM that touch health, and the files that hold one: its praticien-conseil. No other
    /// scope but its sender's opens such a document.
    Sante(String),
    /// The files of one practitioner (`kine.id`).
    Kine(i64),
}

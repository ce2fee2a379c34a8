//! What somebody already conventionné tells the CPAM.

text_enum! {
    /// What changes.
    pub enum NatureChangement {
        /// REG-13: another place of practice in the same zone.
        Demenagement = "demenagement", "Déménagement dans la même zone";
        /// Another address to write to.
        Correspondance = "correspondance", "Changement d’adresse de correspondance";
        /// An absence.
        Absence = "absence", "Absence";
        /// Personal data to correct.
        Rectification = "rectification", "Rectification de mes données";
    }
}

//! Reference data: the real national files, and small fictional ones for what must be refused.

mod appui;
mod caisses;
mod classement;
mod classeurs;
mod commande;
mod communes;
mod demonstration;
mod histoire;
mod lots;
mod national;
mod recherche;
mod refus;
mod resolveur;
mod simulation;
mod synthese;

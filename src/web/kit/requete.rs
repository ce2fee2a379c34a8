//! What an address asks, read as a form is: see [`regles::saisie`].

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::web::Query;
use actix_web::{FromRequest, HttpRequest};
use regles::saisie;
use serde::de::DeserializeOwned;

use crate::web::erreur::requete_illisible;

/// The words after the question mark of an address.
#[derive(Debug)]
pub struct Requete<T>(T);

impl<T> Requete<T> {
    /// What was read.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Requete<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned> FromRequest for Requete<T> {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(requete: &HttpRequest, _: &mut Payload) -> Self::Future {
        let typee = url::form_urlencoded::parse(requete.query_string().as_bytes());
        let mut nette = url::form_urlencoded::Serializer::new(String::new());
        nette.extend_pairs(typee.map(|(nom, valeur)| (nom, saisie::nette(&valeur))));
        let lue = Query::<T>::from_query(&nette.finish());
        let lue = lue.map(|q| Requete(q.into_inner()));
        ready(lue.map_err(|refus| requete_illisible(refus, requete)))
    }
}

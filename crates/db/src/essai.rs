//! What an act would do, without doing it.

use super::{Db, DbError, WriteTx};

/// How a write that is always undone ends.
enum Fin<E> {
    /// It did everything.
    Vue,
    /// It was refused.
    Refus(E),
}

impl<E: From<DbError>> From<DbError> for Fin<E> {
    fn from(erreur: DbError) -> Fin<E> {
        Fin::Refus(erreur.into())
    }
}

impl Db {
    /// Runs `f` in a write transaction that is undone whatever it returns: nothing is kept, nothing leaves.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn essayer<T, E: From<DbError>>(
        &self,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut vu = None;
        let fin = self.write(|tx| {
            vu = Some(f(tx).map_err(Fin::Refus)?);
            Err::<(), Fin<E>>(Fin::Vue)
        });
        match (fin, vu) {
            (Err(Fin::Refus(refus)), _) => Err(refus),
            (_, Some(vu)) => Ok(vu),
            (_, None) => Err(DbError::Incoherent("un essai sans résultat".to_owned()).into()),
        }
    }
}

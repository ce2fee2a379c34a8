//! What a command says on its standard output.

use std::fmt::Display;
use std::io::{ErrorKind, Write, stdout};
use std::process;

/// As a shell counts a program whose reader went away: 128 and the number of SIGPIPE.
const LECTEUR_PARTI: i32 = 141;
const SORTIE_REFUSEE: i32 = 1;

/// Writes a line. When nobody reads any more (`releve check | head`), the command ends there, in silence.
pub fn ligne(texte: impl Display) {
    if let Err(erreur) = writeln!(stdout().lock(), "{texte}") {
        if erreur.kind() == ErrorKind::BrokenPipe {
            process::exit(LECTEUR_PARTI);
        }
        eprintln!("La sortie ne s’écrit pas : {erreur}");
        process::exit(SORTIE_REFUSEE);
    }
}

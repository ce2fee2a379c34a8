//! Folders and files that hold what people confided: readable by their owner alone, whatever the umask.

#[cfg(unix)]
use std::fs;
use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a folder, and those above it that lack. One that exists stays as it is: it may be shared for a reason.
///
/// # Errors
/// The system refuses.
pub fn dossier(chemin: &Path) -> io::Result<()> {
    let mut faiseur = DirBuilder::new();
    faiseur.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut faiseur, 0o700);
    faiseur.create(chemin)
}

/// Makes an empty file, unless it exists; closes it to others. What SQLite writes beside its file has the same rights.
///
/// # Errors
/// The system refuses.
pub fn fichier(chemin: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(chemin)?;
    fermer(chemin)
}

/// Takes away what others may do. Somebody else's file is left as it is: who owns it decided.
#[cfg(unix)]
fn fermer(chemin: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = fs::metadata(chemin)?.permissions();
    if permissions.mode() & 0o077 == 0 {
        return Ok(());
    }
    permissions.set_mode(0o600);
    match fs::set_permissions(chemin, permissions) {
        Err(erreur) if erreur.kind() == io::ErrorKind::PermissionDenied => {
            tracing::warn!(chemin = %chemin.display(), "others may read this, and it is not ours to close");
            Ok(())
        }
        fait => fait,
    }
}

#[cfg(not(unix))]
fn fermer(_: &Path) -> io::Result<()> {
    Ok(())
}

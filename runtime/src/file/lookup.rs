//! Finding a file below a folder, without leaving it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt};
use cap_std::fs::Dir;

use crate::file::{
    directory::{Folder, Symlinks},
    load::{Loaded, load, open, options},
    refusal::{is_not_there, not_there},
};

/// What has a path.
enum Found {
    File(fs::File),
    Folder,
    Nothing,
}

/// The file that a path means: itself, the index of a folder, or the one with the extension. With the path that it has.
pub(super) fn find(folder: &Folder, path: PathBuf) -> io::Result<(Loaded, PathBuf)> {
    let found = at(folder, &path)?;
    if let Found::File(file) = found {
        return Ok((load(file)?, path));
    }
    if let (Found::Folder, Some(index)) = (found, &folder.index) {
        let path = path.join(index);
        if let Found::File(file) = at(folder, &path)? {
            return Ok((load(file)?, path));
        }
    }
    if let (Some(extension), Some(name)) = (&folder.extension, path.file_name()) {
        let mut name = name.to_owned();
        name.push(".");
        name.push(extension);
        let path = path.with_file_name(name);
        if let Found::File(file) = at(folder, &path)? {
            return Ok((load(file)?, path));
        }
    }
    Err(not_there())
}

fn at(folder: &Folder, path: &Path) -> io::Result<Found> {
    if path.as_os_str().is_empty() {
        return Ok(Found::Folder);
    }
    match open_below(folder, path) {
        Ok(file) => {
            let kind = file.metadata()?.file_type();
            Ok(if kind.is_file() {
                Found::File(file)
            } else if kind.is_dir() {
                Found::Folder
            } else {
                Found::Nothing
            })
        }
        Err(error) if is_not_there(&error) => Ok(Found::Nothing),
        // What leads out, and what the program itself may not read: who asks is told neither.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            tracing::debug!(%error, ?path, "a file is out of reach: answered as if it were not there");
            Ok(Found::Nothing)
        }
        Err(error) => Err(error),
    }
}

fn open_below(folder: &Folder, path: &Path) -> io::Result<fs::File> {
    match folder.symlinks {
        Symlinks::Inside => folder.handle.open_with(path, &options()).map(cap_std::fs::File::into_std),
        Symlinks::Refuse => open_without_links(&folder.handle, path),
        Symlinks::Anywhere => open(&folder.path.join(path)),
    }
}

/// Goes from folder to folder and follows no link on the way: a single opening would only refuse the last one.
fn open_without_links(folder: &Dir, path: &Path) -> io::Result<fs::File> {
    let mut options = options();
    options.follow(FollowSymlinks::No);
    let name = path.file_name().ok_or_else(not_there)?;
    let mut steps = path.parent().unwrap_or(Path::new("")).iter();
    let Some(first) = steps.next() else {
        return folder.open_with(name, &options).map(cap_std::fs::File::into_std);
    };
    let mut folder = folder.open_dir_nofollow(first)?;
    for step in steps {
        folder = folder.open_dir_nofollow(step)?;
    }
    folder.open_with(name, &options).map(cap_std::fs::File::into_std)
}

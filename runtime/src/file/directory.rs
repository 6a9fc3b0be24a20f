//! The files below a folder.

use core::fmt;
use std::{io, path::Path, sync::Arc};

use cap_std::{ambient_authority, fs::Dir};

use crate::{
    error::Error,
    file::{
        File, FilePath,
        load::blocking,
        lookup::find,
        names::below,
        refusal::{nothing, refusal},
    },
    response::Problem,
};

/// The files below a folder, for a catch-all: no path leads out of it.
///
/// Refused are `..`, `.`, empty segments, slashes and backslashes inside of a segment (`%2F`, `%5C`), NUL, names that
/// Windows reads otherwise, names that begin with a dot, on Windows those that may be short for one (`GIT~1`), links that
/// lead out, and everything that is no file. All of it is the same 404, so that nobody learns what is there.
///
/// It is cheap to clone, and stands as [`State`](crate::State) or in a `static`:
///
/// ```
/// use rutter::{prelude::*, testing::Client};
///
/// #[route(GET, "/source/[...path]")]
/// async fn source(path: Segments<'_>, source: State<Directory>) -> Result<File, Problem> {
///     source.open(path).await
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> rutter::Result<()> {
/// let app = rutter::routes![source].state(Directory::new("src")?).build()?;
/// let client = Client::new(app);
/// assert_eq!(client.get("/source/file/mod.rs").await.status(), 200);
/// assert_eq!(client.get("/source/..%2FCargo.toml").await.status(), 404);
/// # Ok(())
/// # }
/// ```
///
/// ```no_run
/// use std::sync::LazyLock;
///
/// use rutter::prelude::*;
///
/// static DOCS: LazyLock<Directory> = LazyLock::new(|| Directory::new("docs").expect("the folder is there"));
///
/// #[route(GET, "/docs/[...path]")]
/// async fn docs(path: Segments<'_>) -> Result<File, Problem> {
///     DOCS.open(path).await
/// }
/// ```
#[derive(Clone)]
pub struct Directory(Arc<Folder>);

/// A folder, and how its files are found.
#[derive(Clone)]
pub(super) struct Folder {
    /// The folder as it was when it was opened: exchanging it for another changes nothing.
    pub(super) handle: Arc<Dir>,
    pub(super) path: Arc<Path>,
    pub(super) index: Option<String>,
    pub(super) extension: Option<String>,
    pub(super) symlinks: Symlinks,
    dot_files: bool,
}

/// Which symbolic links below a [`Directory`] are followed.
///
/// ```no_run
/// use rutter::{Directory, Symlinks};
///
/// # fn main() -> rutter::Result<()> {
/// let uploads = Directory::new("uploads")?.symlinks(Symlinks::Refuse);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Symlinks {
    /// None.
    Refuse,
    /// Those that stay inside of the folder.
    #[default]
    Inside,
    /// All of them, wherever they lead. Only for a folder whose links are all your own.
    Anywhere,
}

impl Directory {
    /// The files below a folder. A relative path is taken from where the program runs, now and once.
    ///
    /// # Errors
    /// When there is no such folder, or it cannot be read: so an application without it does not start.
    ///
    /// ```
    /// let error = rutter::Directory::new("no/such/folder").unwrap_err();
    /// assert!(error.to_string().contains("no/such/folder"));
    /// ```
    pub fn new(path: impl AsRef<Path>) -> Result<Directory, Error> {
        let path = path.as_ref();
        Directory::open_folder(path)
            .map_err(|error| Error::new(format!("the folder `{}` cannot be opened: {error}", path.display())))
    }

    fn open_folder(path: &Path) -> io::Result<Directory> {
        let path = path.canonicalize()?;
        let handle = Arc::new(Dir::open_ambient_dir(&path, ambient_authority())?);
        let symlinks = Symlinks::default();
        let path = Arc::from(path);
        Ok(Directory(Arc::new(Folder { handle, path, index: None, extension: None, symlinks, dot_files: false })))
    }

    /// What a folder answers with: `.index("index.html")`. Without it a folder is a 404.
    ///
    /// Rutter's addresses have no slash at their end, so a browser reads the relative links of an index from the folder
    /// above: write them from the root.
    ///
    /// ```no_run
    /// # fn main() -> rutter::Result<()> {
    /// let site = rutter::Directory::new("site")?.index("index.html");
    /// # Ok(())
    /// # }
    /// ```
    pub fn index(mut self, name: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).index = Some(name.into());
        self
    }

    /// The extension that an address may leave out: with `.extension("html")`, `a/b` is the file `a/b.html` when there is
    /// no file `a/b`.
    ///
    /// ```no_run
    /// # fn main() -> rutter::Result<()> {
    /// let docs = rutter::Directory::new("docs")?.extension("html");
    /// # Ok(())
    /// # }
    /// ```
    pub fn extension(mut self, extension: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).extension = Some(extension.into());
        self
    }

    /// Whether files and folders whose names begin with a dot are served. They are hidden otherwise: `.git`, `.env`. A
    /// link has a name of its own, by which it is asked for: `notes -> .notes` is followed.
    ///
    /// ```no_run
    /// # fn main() -> rutter::Result<()> {
    /// let well_known = rutter::Directory::new("site/.well-known")?.dot_files(true);
    /// # Ok(())
    /// # }
    /// ```
    pub fn dot_files(mut self, dot_files: bool) -> Self {
        Arc::make_mut(&mut self.0).dot_files = dot_files;
        self
    }

    /// Which symbolic links are followed; those that stay inside, when nothing is said.
    ///
    /// ```no_run
    /// use rutter::{Directory, Symlinks};
    ///
    /// # fn main() -> rutter::Result<()> {
    /// let site = Directory::new("current")?.symlinks(Symlinks::Anywhere);
    /// # Ok(())
    /// # }
    /// ```
    pub fn symlinks(mut self, symlinks: Symlinks) -> Self {
        Arc::make_mut(&mut self.0).symlinks = symlinks;
        self
    }

    /// Opens the file that a path means, or the index of a folder.
    ///
    /// # Errors
    /// The same 404 for everything that is refused or not there. A 500 when the system fails; the log says why.
    ///
    /// # Panics
    /// Outside of a Tokio runtime.
    ///
    /// ```
    /// use rutter::Directory;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> rutter::Result<()> {
    /// let source = Directory::new("src")?.extension("rs");
    /// assert!(source.open("file/directory").await.is_ok());
    /// assert_eq!(source.open("../Cargo.toml").await.unwrap_err().status_code(), 404);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn open(&self, path: impl FilePath) -> Result<File, Problem> {
        let path = below(path, self.0.dot_files).ok_or_else(nothing)?;
        let folder = Arc::clone(&self.0);
        let found = blocking(move || find(&folder, path)).await;
        let (loaded, path) = found.map_err(|error| refusal(&error))?;
        Ok(File::new(loaded, &path))
    }
}

impl fmt::Debug for Directory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Directory").field(&self.0.path).finish()
    }
}

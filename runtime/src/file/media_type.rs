//! The media type of a file, by the ending of its name.

use std::path::Path;

use http::HeaderValue;

/// The media type by the ending; text is said to be UTF-8, and what is unknown to be bytes.
pub(super) fn media_type(path: &Path) -> HeaderValue {
    let Some(kind) = mime_guess::from_path(path).first_raw() else {
        return HeaderValue::from_static("application/octet-stream");
    };
    // RFC 9239 §6: the other names of it are obsolete.
    let kind = if kind == "application/javascript" { "text/javascript" } else { kind };
    if !kind.starts_with("text/") {
        return HeaderValue::from_static(kind);
    }
    HeaderValue::try_from([kind, "; charset=utf-8"].concat()).expect("a media type")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells_the_type() {
        let table = [
            ("index.html", "text/html; charset=utf-8"),
            ("INDEX.HTML", "text/html; charset=utf-8"),
            ("a.css", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.mjs", "text/javascript; charset=utf-8"),
            ("a.txt", "text/plain; charset=utf-8"),
            ("a.md", "text/markdown; charset=utf-8"),
            ("a.csv", "text/csv; charset=utf-8"),
            ("a.json", "application/json"),
            ("a.svg", "image/svg+xml"),
            ("a.png", "image/png"),
            ("a.webp", "image/webp"),
            ("a.avif", "image/avif"),
            ("a.woff2", "font/woff2"),
            ("a.wasm", "application/wasm"),
            ("a.pdf", "application/pdf"),
            ("a.mp4", "video/mp4"),
            ("a.tar.gz", "application/gzip"),
            ("folder.html/a.png", "image/png"),
            ("a.nobody-knows", "application/octet-stream"),
            ("Makefile", "application/octet-stream"),
            (".html", "application/octet-stream"),
            ("", "application/octet-stream"),
        ];
        for (name, expected) in table {
            assert_eq!(media_type(Path::new(name)), expected, "{name}");
        }
    }
}

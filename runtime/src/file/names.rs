//! Which segments may name a file: those that mean nothing but a name, on every system.

use std::path::PathBuf;

use crate::file::path::FilePath;

/// The path below a folder that these segments name, if each of them is only a name.
pub(super) fn below(path: impl FilePath, dot_files: bool) -> Option<PathBuf> {
    let mut below = Some(PathBuf::new());
    path.segments(&mut |segment| {
        if is_name(segment, cfg!(windows)) && (dot_files || !segment.starts_with('.')) {
            below.as_mut().into_iter().for_each(|below| below.push(segment));
        } else {
            below = None;
        }
    });
    below
}

/// Whether a segment is a name, and no step, no separator and nothing that the system reads otherwise.
fn is_name(segment: &str, on_windows: bool) -> bool {
    if matches!(segment, "" | "." | "..") || segment.contains(['/', '\\', '\0']) {
        return false;
    }
    !on_windows || is_windows_name(segment)
}

/// Windows takes `a.` and `a ` for `a`, `a:b` for a stream of `a`, and `nul.txt` for a device.
fn is_windows_name(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let is_port = |name: &str| {
        let number = stem.strip_prefix(name).unwrap_or_default();
        matches!(number, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
    };
    let is_device = matches!(&*stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$");
    let is_plain = |letter: char| !letter.is_control() && !matches!(letter, ':' | '*' | '?' | '"' | '<' | '>' | '|');
    !segment.ends_with(['.', ' ']) && segment.chars().all(is_plain) && !is_device && !is_port("com") && !is_port("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_and_a_separator_are_no_names() {
        for segment in ["", ".", "..", "/", "a/b", "/a", "a/", "\\", "..\\a", "a\\b", "a\0", "\0", "a\0.html"] {
            assert!(!is_name(segment, false), "{segment:?}");
            assert!(!is_name(segment, true), "{segment:?}");
        }
        for segment in ["a", "a.html", "...", "..a", "a..b", "%2e%2e", "a b", "é", "~", "-rf", "a;b", "a&b"] {
            assert!(is_name(segment, false), "{segment:?}");
        }
    }

    #[test]
    fn what_windows_reads_otherwise_is_no_name_there() {
        let segments = [
            "C:",
            "c:a",
            "a:b",
            "a::$DATA",
            "index.html::$INDEX_ALLOCATION",
            "a.",
            "a ",
            "a. .",
            "...",
            "nul",
            "NUL.txt",
            "con",
            "Aux.h",
            "prn",
            "COM1",
            "com9.log",
            "lpt1",
            "COM¹",
            "conin$",
            "nul .txt",
            "a*",
            "a?",
            "a|b",
            "<a>",
            "a\"",
            "a\u{1}",
        ];
        for segment in segments {
            assert!(!is_name(segment, true), "{segment:?}");
            assert!(is_name(segment, false), "{segment:?}");
        }
        for segment in ["a", "a.html", "com", "com10", "console", "null", "auxiliary.h", "a b", "é", "..a"] {
            assert!(is_name(segment, true), "{segment:?}");
        }
    }

    #[test]
    fn names_with_a_dot_before_them_are_hidden_unless_they_are_wanted() {
        assert_eq!(below("a/.git/config", false), None);
        assert_eq!(below(".env", false), None);
        assert_eq!(below(".well-known/security.txt", true), Some(".well-known/security.txt".into()));
        for path in ["..", "a/../b", ".", "a/./b", "/etc/passwd", "a//b", "a/"] {
            assert_eq!(below(path, true), None, "{path}");
        }
    }

    #[test]
    fn a_slash_inside_of_a_segment_is_no_step() {
        assert_eq!(below(["a", "b"], false), Some("a/b".into()));
        assert_eq!(below(["a/b"], false), None);
        assert_eq!(below(vec!["a".to_owned()], false), Some("a".into()));
        assert_eq!(below("", false), Some("".into()));
        assert_eq!(below(None::<Vec<String>>, false), Some("".into()));
    }
}

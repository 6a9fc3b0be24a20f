//! Which segments may name a file: those that mean nothing but a name, on every system.

use std::path::PathBuf;

use crate::file::path::FilePath;

/// The path below a folder that these segments name, if each of them is only a name.
pub(super) fn below(path: impl FilePath, dot_files: bool) -> Option<PathBuf> {
    let mut below = Some(PathBuf::new());
    path.segments(&mut |segment| {
        if is_name(segment, cfg!(windows)) && (dot_files || !is_hidden(segment, cfg!(windows))) {
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

/// Whether a name begins with a dot, or may be the short name of one that does: on Windows `GIT~1` opens `.git`.
fn is_hidden(segment: &str, on_windows: bool) -> bool {
    segment.starts_with('.') || (on_windows && is_short_name(segment))
}

/// Windows makes short names of 8.3 letters from long ones, and numbers them. Which stands for which, only the disk
/// knows; so each that looks like one is taken for one.
fn is_short_name(segment: &str) -> bool {
    segment.as_bytes().windows(2).any(|pair| pair[0] == b'~' && pair[1].is_ascii_digit())
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
    fn what_may_be_the_short_name_of_a_hidden_file_is_hidden_on_windows() {
        for segment in ["GIT~1", "git~1", "ENV~1", "ENV~1.LOC", "GI7D29~4", "HTPASS~12", "GIT~1.", "~1", "a~~2"] {
            assert!(is_hidden(segment, true), "{segment:?}");
            assert!(!is_hidden(segment, false), "{segment:?}");
        }
        for segment in ["a", "~", "a~", "~a1", "a~b.html", "a1~", "a-1", "a~.1"] {
            assert!(!is_hidden(segment, true), "{segment:?}");
        }
        for segment in [".git", ".env", "...", ".GIT~1"] {
            assert!(is_hidden(segment, true) && is_hidden(segment, false), "{segment:?}");
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

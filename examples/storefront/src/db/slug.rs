//! From a name to the word that stands for it in an address.

use std::collections::HashSet;

/// Letters and digits in lower case, everything else a dash: `Brass sextant` is `brass-sextant`.
///
/// Letters of any script stay: an address may hold them, percent-encoded on the wire.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars().flat_map(char::to_lowercase).filter(|letter| !is_mark(*letter)) {
        if letter.is_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.chars().take(LONGEST).collect();
    match slug.trim_end_matches('-') {
        "" => "product".to_owned(),
        slug => slug.to_owned(),
    }
}

/// The slug, or the first of `slug-2`, `slug-3` … that is not taken.
pub(super) fn free(slug: String, taken: &HashSet<String>) -> String {
    if !taken.contains(&slug) {
        return slug;
    }
    let mut numbered = (2..=taken.len() + 2).map(|number| format!("{slug}-{number}"));
    numbered.find(|slug| !taken.contains(slug)).expect("one more is tried than are taken")
}

/// What belongs to the letter before it: apostrophes, and accents that are written on their own.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '\u{300}'..='\u{36f}')
}

const LONGEST: usize = 80;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        for (name, expected) in [
            ("Brass sextant", "brass-sextant"),
            ("  Two   spaces ", "two-spaces"),
            ("Captain's log", "captains-log"),
            ("Rope, 3/4\" (new!)", "rope-3-4-new"),
            ("-- a -- b --", "a-b"),
            ("../../etc/passwd", "etc-passwd"),
            ("Crème brûlée", "crème-brûlée"),
            ("Cre\u{300}me", "creme"),
            ("İstanbul", "istanbul"),
            ("羅針盤", "羅針盤"),
            ("⚓", "product"),
            ("", "product"),
        ] {
            assert_eq!(slug(name), expected, "{name:?}");
        }
        assert_eq!(slug(&"a ".repeat(100)).len(), 79);
    }

    #[test]
    fn a_taken_slug_is_numbered_from_two() {
        let taken = |slugs: &[&str]| slugs.iter().map(|slug| (*slug).to_owned()).collect();
        for (slugs, expected) in
            [(&[][..], "lamp"), (&["lamp-2"], "lamp"), (&["lamp"], "lamp-2"), (&["lamp", "lamp-2", "lamp-4"], "lamp-3")]
        {
            assert_eq!(free("lamp".to_owned(), &taken(slugs)), expected, "{slugs:?}");
        }
    }
}

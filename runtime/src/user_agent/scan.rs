//! One pass over an agent that finds where each word of all tables stands first.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::{browser, cpu, device, os, rule::Rule, text};

/// Words that many rules ask for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mark {
    Android,
    Build,
    Edge,
    Focus,
    Gecko,
    HbbTv,
    IPad,
    IPhone,
    IPhoneBesides,
    IPod,
    Khtml,
    Macintosh,
    Mobile,
    MobileSafari,
    Pda,
    Phone,
    Revision,
    Safari,
    Tab,
    Tablet,
    Version,
    WebKit,
    Windows,
}

/// In the order of [`Mark`]; the reading of `*` is [`Rule::word`]'s.
const MARKS: &[&str] = &[
    "*android",
    " build/",
    "edge/",
    "*focus/",
    "gecko",
    "*hbbtv/",
    "(ipad",
    "(iphone",
    "/iphone",
    "(ipod",
    "khtml/",
    "(macintosh",
    "*mobile",
    "mobile safari",
    "*pda",
    "*phone",
    "rv:",
    "safari",
    "tab",
    "tablet",
    "version/",
    "*webkit/",
    "windows",
];

/// A table of rules. Its words are numbered behind those of the tables before it.
#[derive(Clone, Copy)]
pub(super) struct Table {
    first: usize,
    pub(super) rules: &'static [Rule],
}

pub(super) const BROWSERS: Table = Table { first: MARKS.len(), rules: browser::RULES };
pub(super) const SYSTEMS: Table = BROWSERS.then(os::RULES);
pub(super) const CPUS: Table = SYSTEMS.then(cpu::RULES);
pub(super) const TELEVISIONS: Table = CPUS.then(device::TELEVISION_RULES);
pub(super) const CONSOLES: Table = TELEVISIONS.then(device::CONSOLE_RULES);
pub(super) const WEARABLES: Table = CONSOLES.then(device::WEARABLE_RULES);
pub(super) const EMBEDDED: Table = WEARABLES.then(device::EMBEDDED_RULES);
pub(super) const TABLETS: Table = EMBEDDED.then(device::TABLET_RULES);
pub(super) const PHONES: Table = TABLETS.then(device::PHONE_RULES);

const TABLES: [Table; 9] = [BROWSERS, SYSTEMS, CPUS, TELEVISIONS, CONSOLES, WEARABLES, EMBEDDED, TABLETS, PHONES];
const WORDS: usize = PHONES.first + PHONES.rules.len();

impl Table {
    const fn then(self, rules: &'static [Rule]) -> Table {
        Table { first: self.first + self.rules.len(), rules }
    }
}

/// Where a word stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// An agent, and where each word stands first in it.
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    /// The end of each word; 0 for one that is not there.
    ends: [u16; WORDS],
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut ends = [0; WORDS];
        let words = &*AUTOMATON;
        for found in words.automaton.find_overlapping_iter(text) {
            let word = found.pattern().as_usize();
            if ends[word] == 0 && (words.anywhere[word] || text::begins(text, found.start())) {
                ends[word] = u16::try_from(found.end()).unwrap_or(u16::MAX);
            }
        }
        Scan { text, ends }
    }

    /// Where the mark stands first.
    pub(super) fn at(&self, mark: Mark) -> Option<Hit> {
        self.hit(mark as usize, MARKS[mark as usize])
    }

    pub(super) fn has(&self, mark: Mark) -> bool {
        self.ends[mark as usize] != 0
    }

    /// Whether the mark stands somewhere behind this place.
    pub(super) fn follows(&self, mark: Mark, at: usize) -> bool {
        self.has(mark) && text::find(self.text, at, MARKS[mark as usize].trim_start_matches('*')).is_some()
    }

    /// The rules of a table whose words are there, in the order of the table.
    pub(super) fn hits(&self, table: Table) -> impl Iterator<Item = (&'static Rule, Hit)> {
        let rules = table.rules.iter().enumerate();
        rules.filter_map(move |(at, rule)| Some((rule, self.hit(table.first + at, rule.word)?)))
    }

    fn hit(&self, word: usize, letters: &str) -> Option<Hit> {
        let end = usize::from(self.ends[word]);
        (end != 0).then(|| Hit { start: end - letters.trim_start_matches('*').len(), end })
    }
}

/// Built at the first question of a process, in about a millisecond.
struct Words {
    automaton: AhoCorasick,
    anywhere: Vec<bool>,
}

static AUTOMATON: LazyLock<Words> = LazyLock::new(|| {
    let mut words = MARKS.to_vec();
    for table in TABLES {
        words.extend(table.rules.iter().map(|rule| rule.word));
    }
    Words {
        automaton: automaton(words.iter().map(|word| word.trim_start_matches('*'))),
        anywhere: words.iter().map(|word| !word.starts_with(|first: char| first.is_ascii_alphanumeric())).collect(),
    }
});

/// Finds every word, whatever its case, in one pass and in time that the text's length bounds.
pub(super) fn automaton<'w>(words: impl Iterator<Item = &'w str>) -> AhoCorasick {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::ContiguousNFA));
    builder.build(words).expect("a few hundred short words")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_in_lower_case_and_stand_once_in_a_table() {
        for table in TABLES {
            for (at, rule) in table.rules.iter().enumerate() {
                assert_eq!(rule.word, rule.word.to_lowercase());
                assert!(!table.rules[..at].iter().any(|other| other.word == rule.word), "{} twice", rule.word);
            }
        }
    }

    #[test]
    fn the_first_place_counts_at_which_a_word_begins() {
        let scan = Scan::new("xsafari safari Safari");
        let hit = scan.at(Mark::Safari).expect("it is there");
        assert_eq!((hit.start, hit.end), (8, 14));
        assert!(scan.follows(Mark::Safari, 9));
        assert!(!scan.follows(Mark::Safari, 16));
    }
}

//! Whether a program asks that nobody looks through, and its name.

mod name;
mod shape;
mod words;

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{
    scan,
    text::{self, Part},
};
use words::{Form, Weight, Word};

/// The name of the program, if it is one.
pub(super) fn of(agent: &str) -> Option<Part> {
    let mut told = Told::default();
    for found in WORDS.automaton.find_overlapping_iter(agent) {
        told.hear(agent, WORDS.words[found.pattern().as_usize()], found.start(), found.end());
    }
    let browser = shape::is_browser(agent, &told.forms);
    if let Some(word) = told.sure.or(told.hint.filter(|_| !browser)) {
        return Some(name::around(agent, word));
    }
    let contact = told.contact && !told.forms.has(Form::Application);
    let address = told.sure_in_address || (told.hint_in_address && !browser);
    (contact || address || shape::is_program(agent, &told.forms)).then(|| name::first(agent))
}

/// What the words of an agent have told so far.
#[derive(Default)]
struct Told {
    /// Where the first word stands that only programs say. A name is better than what is said in an address.
    sure: Option<usize>,
    sure_in_address: bool,
    hint: Option<usize>,
    hint_in_address: bool,
    contact: bool,
    forms: Forms,
}

impl Told {
    fn hear(&mut self, agent: &str, word: Word, start: usize, end: usize) {
        if let Weight::Form(form) = word.weight {
            return self.forms.add(form);
        }
        if !stands(agent, word, start, end) {
            return;
        }
        let (first, in_address) = match word.weight {
            Weight::Sure => (&mut self.sure, &mut self.sure_in_address),
            Weight::Hint => (&mut self.hint, &mut self.hint_in_address),
            Weight::Contact | Weight::Form(_) => return self.contact = true,
        };
        if name::is_in_address(agent, start) {
            *in_address = true;
        } else {
            *first = first.or(Some(start));
        }
    }
}

/// The forms that an agent has.
#[derive(Default)]
struct Forms(u8);

impl Forms {
    fn add(&mut self, form: Form) {
        self.0 |= 1 << form as u8;
    }

    fn has(&self, form: Form) -> bool {
        self.0 & (1 << form as u8) != 0
    }
}

fn stands(agent: &str, word: Word, start: usize, end: usize) -> bool {
    if (word.begins && !text::begins(agent, start)) || (word.ends && !text::ends(agent, end)) {
        return false;
    }
    match word.weight {
        Weight::Contact => shape::is_contact(agent, start, end),
        _ if word.letters == "http" => shape::is_library(agent, end) && !shape::is_part_of_another(agent, end),
        _ => !shape::is_part_of_another(agent, end),
    }
}

struct Words {
    automaton: AhoCorasick,
    words: Vec<Word>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let words = words::all();
    Words { automaton: scan::automaton(words.iter().map(|word| word.letters)), words }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_known_by_its_words_its_contact_or_its_shape() {
        for (agent, expected) in [
            ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", Some("Googlebot")),
            (
                "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
                Some("Yahoo! Slurp"),
            ),
            (
                "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
                Some("GPTBot"),
            ),
            ("curl/8.5.0", Some("curl")),
            ("python-requests/2.32.3", Some("python-requests")),
            ("Bun/1.3.14", Some("Bun")),
            ("Deno/2.9.0", Some("Deno")),
            ("Node.js/22", Some("Node.js")),
            ("node", Some("node")),
            ("node-fetch/1.0 (+https://github.com/bitinn/node-fetch)", Some("node-fetch")),
            ("undici", Some("undici")),
            ("Mozilla/5.0 (compatible; Rivva; http://rivva.de)", Some("Rivva")),
            ("Mozilla/5.0 (compatible; Unheard-of)", Some("Unheard-of")),
            ("nvdorz", Some("nvdorz")),
            ("Mozilla/5.0", Some("Mozilla")),
            ("", None),
            ("Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; .NET CLR 1.1.4322)", None),
            ("Mozilla/5.0 (compatible; Konqueror/4.5; FreeBSD) KHTML/4.5.4 (like Gecko)", None),
            (
                "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/90.0 Mobile Safari/537.36",
                None,
            ),
        ] {
            assert_eq!(of(agent).as_ref().map(|name| name.text(agent)), expected, "{agent}");
        }
    }
}

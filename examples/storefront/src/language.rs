//! The languages of the shop, and which of them a visitor wants.

use core::{cmp::Reverse, convert::Infallible};

use rutter::{BodySlot, Reads, prelude::*};

/// A language that the shop speaks: an extractor, from `Accept-Language`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    French,
    German,
}

impl Language {
    /// As `Content-Language` names it.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
            Language::German => "de",
        }
    }

    /// The language that an `Accept-Language` likes best (RFC 9110 §12.5.4); among equals, the one it names first.
    ///
    /// Where nothing fits, anything may be answered: English, unless it is what the visitor refuses.
    fn accepted_by(header: &str) -> Language {
        let ranges: Vec<Range<'_>> = header.split(',').filter_map(Range::parse).collect();
        let wishes = ALL.map(|language| (language, Wish::of(language, &ranges)));
        let wanted = wishes.iter().filter_map(|(language, wish)| match wish {
            Wish::Wanted { weight, place } => Some((*language, (Reverse(*weight), *place))),
            Wish::Refused | Wish::Unknown => None,
        });
        let wanted = wanted.min_by_key(|(_, order)| *order).map(|(language, _)| language);
        let tolerated = || wishes.iter().find(|(_, wish)| *wish == Wish::Unknown).map(|(language, _)| *language);
        wanted.or_else(tolerated).unwrap_or(Language::English)
    }
}

/// The first is what a visitor gets who does not say.
const ALL: [Language; 3] = [Language::English, Language::French, Language::German];

impl FromRequest for Language {
    const READS: Reads = Reads::HEAD;
    type Rejection = Infallible;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Infallible> {
        let lines = head.headers().get_all("accept-language").iter().filter_map(|line| line.to_str().ok());
        Ok(Language::accepted_by(&lines.collect::<Vec<_>>().join(",")))
    }
}

/// What a visitor thinks of a language.
#[derive(Debug, PartialEq, Eq)]
enum Wish {
    Wanted { weight: u16, place: usize },
    Refused,
    Unknown,
}

impl Wish {
    fn of(language: Language, ranges: &[Range<'_>]) -> Wish {
        if ranges.iter().any(|range| range.weight == 0 && range.language.eq_ignore_ascii_case(language.tag())) {
            return Wish::Refused;
        }
        let best = |fits: &dyn Fn(&Range<'_>) -> bool| {
            let fitting = ranges.iter().enumerate().filter(|(_, range)| fits(range));
            let best = fitting.min_by_key(|(_, range)| Reverse(range.weight));
            best.map(|(place, range)| Wish::Wanted { weight: range.weight, place })
        };
        // RFC 4647 §3.4: who asks for `fr-CH` is content with `fr`; who refuses it has not refused `fr`.
        let named = best(&|range| range.weight > 0 && range.primary().eq_ignore_ascii_case(language.tag()));
        match named.or_else(|| best(&|range| range.language == "*")) {
            // `*` is every language that is not named.
            Some(Wish::Wanted { weight: 0, .. }) => Wish::Refused,
            wish => wish.unwrap_or(Wish::Unknown),
        }
    }
}

/// A range of languages with its weight in thousandths: `fr-CH;q=0.8`.
#[derive(Debug, PartialEq, Eq)]
struct Range<'h> {
    language: &'h str,
    weight: u16,
}

impl<'h> Range<'h> {
    /// `None` for what is none: the rest of the header still counts.
    fn parse(text: &'h str) -> Option<Range<'h>> {
        let (language, weight) = match text.split_once(';') {
            Some((language, weight)) => (language.trim_ascii(), parse_weight(weight.trim_ascii())?),
            None => (text.trim_ascii(), 1000),
        };
        let is_subtag =
            |part: &str| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (language == "*" || language.split('-').all(is_subtag)).then_some(Range { language, weight })
    }

    /// The language without script, region or variant.
    fn primary(&self) -> &'h str {
        self.language.split('-').next().unwrap_or_default()
    }
}

/// `q=0.8` in thousandths (RFC 9110 §12.4.2): from 0 to 1, at most three places.
fn parse_weight(text: &str) -> Option<u16> {
    let (name, value) = text.split_once('=')?;
    let (whole, places) = value.split_once('.').unwrap_or((value, ""));
    if !name.eq_ignore_ascii_case("q") || places.len() > 3 || !places.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{places:0<3}").parse().ok()?;
    match (whole, thousandths) {
        ("0", _) => Some(thousandths),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Language::*, *};

    #[test]
    fn the_language_with_the_highest_weight_wins() {
        for (header, expected) in [
            ("", English),
            ("fr", French),
            ("de", German),
            ("es", English),
            ("FR", French),
            ("fr-CH", French),
            ("de-Latn-DE-1996", German),
            ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", French),
            ("en;q=0.8, de;q=0.9, fr;q=0.1", German),
            ("es, fr;q=0.001", French),
            ("en;q=0.5,de", German),
            (" de ; q=0.2 ,\ten ;Q=0.1 ", German),
            // Among equals, the first.
            ("de, fr", German),
            ("fr;q=0.5, de;q=0.5", French),
            // The better of two wishes for one language.
            ("fr;q=0.2, en;q=0.5, fr-CA;q=0.8", French),
            // `*` is what is not named.
            ("*", English),
            ("en;q=0.5, *", French),
            ("*;q=0.5, de;q=0.6", German),
            ("en;q=0.2, fr;q=0.2, *;q=0.1", English),
        ] {
            assert_eq!(Language::accepted_by(header), expected, "{header:?}");
        }
    }

    #[test]
    fn what_is_refused_is_answered_only_where_all_is() {
        for (header, expected) in [
            ("fr;q=0", English),
            ("en;q=0", French),
            ("en;q=0, fr;q=0.000", German),
            ("en;q=0, fr;q=0, de;q=0", English),
            ("fr-CH, fr;q=0", English),
            ("fr-CH;q=0, fr", French),
            ("en;q=0, *;q=0.1", French),
            ("*;q=0", English),
            ("de;q=0.1, *;q=0", German),
        ] {
            assert_eq!(Language::accepted_by(header), expected, "{header:?}");
        }
    }

    #[test]
    fn what_is_no_range_is_left_out() {
        for header in [
            ",",
            ";",
            "q=1",
            "fr;",
            "fr;q",
            "fr;q=",
            "fr;q=2",
            "fr;q=1.001",
            "fr;q=0.0001",
            "fr;q=.5",
            "fr;q=-1",
            "fr;q=+0.5",
            "fr;q= 1",
            "fr;x=1",
            "fr;q=1;x=1",
            "fr_CH",
            "fr CH",
            "fr--CH",
            "-fr",
            "französisch",
            "françaisse",
            "fr;q=0,5",
        ] {
            let and_german = format!("{header}, de;q=0.001");
            assert_eq!(Language::accepted_by(&and_german), German, "{header:?}");
        }
    }
}

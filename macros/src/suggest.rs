//! Did you mean: the known word that a misspelt one is closest to.

/// The candidate that `word` was probably meant to be; none where all are too far.
pub(crate) fn closest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = word.to_lowercase();
    // One slip in a short word, one more for every three further letters.
    let bound = 1 + word.chars().count().saturating_sub(1) / 4;
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= bound && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters to insert, remove, change or swap with their neighbour.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut rows = vec![vec![0; to.len() + 1]; from.len() + 1];
    for i in 0..=from.len() {
        for j in 0..=to.len() {
            rows[i][j] = cheapest(&rows, &from, &to, (i, j));
        }
    }
    rows[from.len()][to.len()]
}

fn cheapest(rows: &[Vec<usize>], from: &[char], to: &[char], (i, j): (usize, usize)) -> usize {
    if i == 0 || j == 0 {
        return i + j;
    }
    let change = rows[i - 1][j - 1] + usize::from(from[i - 1] != to[j - 1]);
    let one = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
    let swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
    if swapped { one.min(rows[i - 2][j - 2] + 1) } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "body_limit", "timeout"];
        for (word, meant) in [
            ("GTE", Some("GET")),
            ("get", Some("GET")),
            ("PSOT", Some("POST")),
            ("DELET", Some("DELETE")),
            ("bodylimit", Some("body_limit")),
            ("body_limits", Some("body_limit")),
            ("time_out", Some("timeout")),
            ("COPY", None),
            ("cache", None),
            ("x", None),
        ] {
            assert_eq!(closest(word, known), meant, "{word}");
        }
    }

    #[test]
    fn the_closest_of_several_wins() {
        assert_eq!(closest("PUTT", ["POST", "PUT"]), Some("PUT"));
    }

    #[test]
    fn a_name_of_one_letter_is_close_to_no_other() {
        assert_eq!(closest("a", ["b"]), None);
    }
}

//! Each mistake in a pattern: where it is drawn, and what it says.

mod brackets;
mod drawing;
mod foreign;
mod many;
mod path;

use rutter_pattern::Pattern;

/// Reads pairs of lines: a pattern, and the carets and the message of its one mistake.
fn mistakes(table: &str) {
    let lines: Vec<&str> = table.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    for pair in lines.chunks_exact(2) {
        let (text, drawn) = (pair[0], pair[1]);
        let message = drawn.trim_start_matches(' ').trim_start_matches('^');
        let carets = &drawn[..drawn.len() - message.len()];

        let errors = Pattern::parse(text).expect_err(text);

        assert_eq!(errors.len(), 1, "one mistake is one error: {errors}");
        assert_eq!(errors[0].message(), &message[1..], "{text}");
        assert_eq!(errors[0].to_string(), format!("{}\n    {text}\n    {carets}", &message[1..]));
    }
    assert!(!lines.is_empty());
}

//! A command of a README, its output, and whether they go together.

use std::process::Command;

/// A command of the README with the output it promises.
pub(crate) struct Step {
    command: String,
    expected: Vec<String>,
}

impl Step {
    /// What is wrong, if something is.
    pub(crate) fn check(&self, address: &str) -> Option<String> {
        let command = self.command.replace("127.0.0.1:3000", address);
        let output = Command::new("sh").args(["-c", &command]).output().expect("a shell is there");
        let text = String::from_utf8_lossy(&output.stdout).replace('\r', "").replace(address, "127.0.0.1:3000");
        let lines: Vec<&str> = text.trim_end_matches('\n').lines().collect();
        let expected: Vec<&str> = self.expected.iter().map(String::as_str).collect();
        if lines_match(&expected, &lines) {
            return None;
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        Some(format!("$ {}\nexpected:\n{}\nanswered:\n{text}\n{errors}", self.command, expected.join("\n")))
    }
}

/// The commands of the blocks marked `console`.
pub(crate) fn steps(readme: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut in_block = false;
    let mut in_command = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            in_block = line == "```console";
        } else if in_block && let Some(command) = line.strip_prefix("$ ") {
            steps.push(Step { command: command.to_owned(), expected: Vec::new() });
            in_command = command.ends_with('\\');
        } else if in_block && let Some(step) = steps.last_mut() {
            if in_command {
                step.command = format!("{}\n{line}", step.command);
                in_command = line.ends_with('\\');
            } else {
                step.expected.push(line.to_owned());
            }
        }
    }
    for step in &mut steps {
        while step.expected.pop_if(|line| line.is_empty()).is_some() {}
    }
    steps
}

/// Whether lines are as expected; `…` alone stands for any number of them.
fn lines_match(expected: &[&str], lines: &[&str]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((&"…", rest)) => (0..=lines.len()).any(|skipped| lines_match(rest, &lines[skipped..])),
        Some((first, rest)) => {
            lines.first().is_some_and(|line| line_matches(first, line)) && lines_match(rest, &lines[1..])
        }
    }
}

/// Whether a line is as expected; `…` stands for any text.
fn line_matches(expected: &str, line: &str) -> bool {
    match expected.split_once('…') {
        None => expected == line,
        Some((start, rest)) => line.strip_prefix(start).is_some_and(|line| {
            let ends = line.char_indices().map(|(place, _)| place).chain([line.len()]);
            ends.into_iter().any(|place| line_matches(rest, &line[place..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ellipsis_stands_for_any_text() {
        for (expected, line, matches) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("a…", "ab", true),
            ("a…c", "abbc", true),
            ("a…c", "abb", false),
            ("…b…", "abc", true),
            ("…", "", true),
            ("…é…", "aéb", true),
        ] {
            assert_eq!(line_matches(expected, line), matches, "{expected} {line}");
        }
        assert!(lines_match(&["a", "…", "d"], &["a", "b", "c", "d"]));
        assert!(lines_match(&["a", "…"], &["a"]));
        assert!(!lines_match(&["a", "…", "d"], &["a", "b"]));
        assert!(!lines_match(&["a"], &["a", "b"]));
    }

    #[test]
    fn commands_go_on_after_a_backslash() {
        let steps = steps("```console\n$ one \\\n  two\nout\n\nput\n\n$ three\n```\n$ four\n```sh\n$ five\n```");
        let commands: Vec<_> = steps.iter().map(|step| (step.command.as_str(), step.expected.join("|"))).collect();
        assert_eq!(commands, [("one \\\n  two", "out||put".to_owned()), ("three", String::new())]);
    }
}

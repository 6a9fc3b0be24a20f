//! Names of headers, in constants and in what clients send.

/// Ends a constant, or a program, where one of them cannot be the name of a header.
#[track_caller]
pub(super) const fn are_names(names: &[&str], of_star: &'static str) {
    let mut place = 0;
    while place < names.len() {
        let name = names[place].as_bytes();
        if let b"*" = name {
            panic!("{}", of_star);
        }
        let mut at = 0;
        while at < name.len() && is_of_a_name(name[at]) {
            at += 1;
        }
        assert!(
            !name.is_empty() && at == name.len(),
            "each header is a name by itself: write letters, digits and dashes, such as `x-request-id`"
        );
        place += 1;
    }
}

/// Names of headers with commas between them: nothing else is said back to a client.
pub(super) fn is_a_list(names: &[u8]) -> bool {
    let mut names = names.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    names.all(|name| !name.is_empty() && name != b"*" && name.iter().copied().all(is_of_a_name))
}

// RFC 9110 §5.6.2.
const fn is_of_a_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_list_of_names_is_said_back() {
        for names in ["x", "content-type,x-request-id", "a , b"] {
            assert!(is_a_list(names.as_bytes()), "{names}");
        }
        for names in ["", ",", "a,", "a b", "*", "a, *", "a;b", "a:b", "a\"", "\u{e9}"] {
            assert!(!is_a_list(names.as_bytes()), "{names}");
        }
    }
}

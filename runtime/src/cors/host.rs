//! How browsers write the host of an origin, by the URL standard: checked in constants too.

/// Whether a name or an IPv4 address is written as the host of an origin is.
pub(super) const fn name(host: &[u8], is_special: bool) -> Result<(), Flaw> {
    let mut at = 0;
    let mut label = 0;
    while at < host.len() {
        match host[at] {
            b'.' if at == label => return Err(Flaw::Name),
            b'.' => label = at + 1,
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => {}
            _ => return Err(Flaw::Name),
        }
        at += 1;
    }
    if label == host.len() {
        return Err(Flaw::Name);
    }
    // URL standard, "ends in a number": such a host is an address, however it is written.
    if is_special && is_number(host, label) && !is_address_of_four(host) { Err(Flaw::Address) } else { Ok(()) }
}

/// Whether an IPv6 address, without its brackets, is written as browsers write it: in its shortest form.
pub(super) const fn address_of_six(host: &[u8]) -> Result<(), Flaw> {
    let mut pieces = [0_u16; 8];
    // Where the `::` stands, and how many pieces are there.
    let (mut gap, mut count, mut at) = (None, 0, 0);
    while at < host.len() {
        if host[at] == b':' {
            let is_gap = at + 1 < host.len() && host[at + 1] == b':';
            let is_behind_a_piece = at > 0 && host[at - 1] != b':';
            let fits = if is_gap { gap.is_none() } else { is_behind_a_piece && at + 1 < host.len() };
            if !fits {
                return Err(Flaw::Address);
            }
            at += 1;
            if is_gap {
                gap = Some(count);
                at += 1;
            }
            continue;
        }
        let start = at;
        while at < host.len() && host[at] != b':' {
            let digit = match host[at] {
                digit @ b'0'..=b'9' => digit - b'0',
                digit @ b'a'..=b'f' => digit - b'a' + 10,
                _ => return Err(Flaw::Address),
            };
            if count == 8 || at - start == 4 || (at > start && pieces[count] == 0) {
                return Err(Flaw::Address);
            }
            pieces[count] = pieces[count] << 4 | digit as u16;
            at += 1;
        }
        count += 1;
    }
    if is_shortest(&pieces, count, gap) { Ok(()) } else { Err(Flaw::Address) }
}

/// What is wrong with a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It is no name.
    Name,
    /// It is an address in a form that browsers do not send.
    Address,
}

/// Whether the last label is a number, as the URL standard's parser of addresses reads one.
const fn is_number(host: &[u8], label: usize) -> bool {
    let is_hexadecimal = label + 1 < host.len() && host[label] == b'0' && host[label + 1] == b'x';
    let mut at = if is_hexadecimal { label + 2 } else { label };
    while at < host.len() {
        if !(host[at].is_ascii_digit() || is_hexadecimal && host[at].is_ascii_hexdigit()) {
            return false;
        }
        at += 1;
    }
    true
}

/// Four numbers to 255, none with a zero in front.
const fn is_address_of_four(host: &[u8]) -> bool {
    let (mut at, mut numbers) = (0, 0);
    while at < host.len() {
        let (start, mut number) = (at, 0_u16);
        while at < host.len() && host[at] != b'.' {
            if !host[at].is_ascii_digit() || (at > start && number == 0) {
                return false;
            }
            number = number * 10 + (host[at] - b'0') as u16;
            if number > 255 {
                return false;
            }
            at += 1;
        }
        numbers += 1;
        at += 1;
    }
    numbers == 4
}

/// URL standard, "IPv6 serializer": `::` stands for the first longest run of two zeros or more.
const fn is_shortest(pieces: &[u16; 8], count: usize, gap: Option<usize>) -> bool {
    let (gap, missing) = match gap {
        None => return count == 8 && longest_run(pieces).1 < 2,
        // For a single zero it does not stand.
        Some(_) if count > 6 => return false,
        Some(gap) => (gap, 8 - count),
    };
    let mut whole = [0; 8];
    let mut at = 0;
    while at < count {
        whole[if at < gap { at } else { at + missing }] = pieces[at];
        at += 1;
    }
    let (start, len) = longest_run(&whole);
    start == gap && len == missing
}

/// Where the first longest run of zeros begins, and its length.
const fn longest_run(pieces: &[u16; 8]) -> (usize, usize) {
    let (mut best, mut run, mut at) = ((0, 0), 0, 0);
    while at < 8 {
        run = if pieces[at] == 0 { run + 1 } else { 0 };
        if run > best.1 {
            best = (at + 1 - run, run);
        }
        at += 1;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_in_small_letters_with_single_dots() {
        for host in ["a", "localhost", "app.example.com", "xn--bcher-kva.example", "a_b.example", "1.example", "0x.a"] {
            assert_eq!(name(host.as_bytes(), true), Ok(()), "{host}");
        }
        for host in
            ["", ".", ".a", "a.", "a..b", "A", "a b", "a%2eb", "a/b", "a:b", "a\0", "a\u{3002}b", "a*", "a`b", "a{b"]
        {
            assert_eq!(name(host.as_bytes(), true), Err(Flaw::Name), "{host}");
        }
    }

    #[test]
    fn an_address_is_written_as_four_numbers() {
        for host in ["0.0.0.0", "127.0.0.1", "255.255.255.255", "192.168.0.10"] {
            assert_eq!(name(host.as_bytes(), true), Ok(()), "{host}");
        }
        for host in
            ["127.1", "2130706433", "0x7f000001", "0x7f.1", "0x", "127.0.0.01", "0177.0.0.1", "256.1.1.1", "1.2.3.4.5"]
        {
            assert_eq!(name(host.as_bytes(), true), Err(Flaw::Address), "{host}");
        }
        // Of a scheme that browsers know nothing of, a host is text.
        assert_eq!(name(b"127.1", false), Ok(()));
    }

    #[test]
    fn of_each_address_one_form_is_the_shortest() {
        for zeros in 0..256_u16 {
            let pieces: [u16; 8] = core::array::from_fn(|place| u16::from(zeros >> place & 1 == 0));
            let shortest = core::net::Ipv6Addr::from(pieces).to_string();
            assert_eq!(address_of_six(shortest.as_bytes()), Ok(()), "{shortest}");
            let whole = pieces.map(|piece| piece.to_string()).join(":");
            assert_eq!(address_of_six(whole.as_bytes()).is_ok(), whole == shortest, "{whole}");
        }
    }

    #[test]
    fn an_address_of_version_6_is_written_in_its_shortest_form() {
        for host in
            ["::", "::1", "1::", "2001:db8::1", "1:2:3:4:5:6:7:8", "1:0:0:4::8", "1:0:3:4:5:6:7:8", "::ffff:7f00:1"]
        {
            assert_eq!(address_of_six(host.as_bytes()), Ok(()), "{host}");
        }
        for host in [
            "",
            ":",
            ":1",
            "1:",
            "1:::2",
            "1::2::3",
            "0:0:0:0:0:0:0:1",
            "::0",
            "::01",
            "::A",
            "::g",
            "::12345",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1::3:4:5:6:7:8",
            "1::4:0:0:0:8",
            "::ffff:127.0.0.1",
            "fe80::1%eth0",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
        ] {
            assert_eq!(address_of_six(host.as_bytes()), Err(Flaw::Address), "{host}");
        }
    }
}

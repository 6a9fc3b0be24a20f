//! Why a text names no origin, and what to write in its place; for constants too.

/// Why a text names no origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Empty,
    /// `*` alone.
    Anyone,
    Null,
    List,
    Control,
    NotAscii,
    NoScheme,
    /// Something behind the host, which ends here.
    Path(usize),
    /// Something before the host, which ends here.
    User(usize),
    /// A `*` among others.
    Star,
    Capitals,
    Host,
    Address4,
    Address6,
    Port,
    /// The port of the scheme; the host ends here.
    DefaultPort(usize),
    Other,
}

impl Fault {
    /// The message, in pieces: a constant can put them together as well.
    pub(super) const fn pieces(self, text: &str) -> [&str; 5] {
        let says = match self {
            Fault::Empty => {
                return ["", "", "", "", "an origin is missing: write one, such as `https://app.example.com`"];
            }
            Fault::Path(end) => return ["`", text, "` has a path: write `", text.split_at(end).0, "`"],
            Fault::DefaultPort(end) => {
                return ["`", text, "` names the port that its scheme has anyway: write `", text.split_at(end).0, "`"];
            }
            Fault::NoScheme => {
                let scheme =
                    if is_local(text) { "` has no scheme: write `http://" } else { "` has no scheme: write `https://" };
                return ["`", text, scheme, text, "`"];
            }
            Fault::User(at) => {
                return ["`", text, "` names a user: write no more than `", text.split_at(at + 1).1, "` behind `://`"];
            }
            Fault::Anyone => " is no origin: for every origin write `Cors::any()`",
            Fault::Null => " cannot be allowed: it is sent by pages that anybody has put into a sandbox",
            Fault::List => " is more than one origin: write each by itself",
            Fault::Control => {
                " has a control character in it: write the origin alone, such as `https://app.example.com`"
            }
            Fault::NotAscii => " is not in ASCII: write the name as browsers send it, beginning with `xn--`",
            Fault::Star => {
                " has a `*`, which stands for nothing here: write \
                 `Cors::matching(|origin| origin.scheme() == \"https\" && origin.host().ends_with(\".example.com\"))`"
            }
            Fault::Capitals => " has capital letters: browsers send origins in small ones",
            Fault::Host => {
                " has no host as browsers send one: write letters, digits and dashes between single dots, \
                 such as `https://app.example.com`"
            }
            Fault::Address4 => " has an address as no browser sends it: write four numbers, such as `http://127.0.0.1`",
            Fault::Address6 => {
                " has an address as no browser sends it: write its shortest form, such as `http://[::1]`"
            }
            Fault::Port => " has no port as browsers send one: write a number from 1 to 65535, or none",
            Fault::Other => " is no origin: write a scheme and a host, such as `https://app.example.com`",
        };
        ["`", text, "`", says, ""]
    }

    /// Ends a constant, or a program, with the message.
    #[track_caller]
    pub(super) const fn panic(self, text: &str) -> ! {
        let pieces = self.pieces(text);
        // A constant has no `String`.
        let (mut bytes, mut len, mut piece) = ([0; 512], 0, 0);
        while piece < pieces.len() {
            let from = pieces[piece].as_bytes();
            let mut at = 0;
            while at < from.len() && len < bytes.len() {
                bytes[len] = from[at];
                len += 1;
                at += 1;
            }
            piece += 1;
        }
        match core::str::from_utf8(bytes.split_at(len).0) {
            Ok(message) => panic!("{}", message),
            // It was cut off within a character.
            Err(_) => panic!("a text is no origin: write a scheme and a host, such as `https://app.example.com`"),
        }
    }
}

/// Whether it is this machine's own name, which has no certificate.
const fn is_local(text: &str) -> bool {
    matches!(text.as_bytes(), [b'l', b'o', b'c', b'a', b'l', b'h', b'o', b's', b't', ..] | [b'1', b'2', b'7', b'.', ..])
}

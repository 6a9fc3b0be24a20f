//! What a cookie has to keep to, and how it is written.

use cookie::SameSite;
use http::HeaderValue;

use crate::{cookie::Cookie, percent, token::is_of_token};

/// A cookie as a `Set-Cookie` says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) line: HeaderValue,
    /// The same without the `Secure` that is there by default.
    pub(super) plain: Option<HeaderValue>,
}

/// Holds a cookie to the rules, adds what it does not say, and writes it.
pub(super) fn line(cookie: &Cookie) -> Result<Line, String> {
    let of_this = |mistake: &str| format!("the cookie {:?} {mistake}", cookie.name());
    let needs = Needs::of(&cookie.0);
    let rules = [name_is_a_token, path_is_a_path, domain_is_a_domain];
    rules.iter().try_for_each(|rule| rule(&cookie.0)).map_err(of_this)?;
    needs.are_not_contradicted(&cookie.0).map_err(of_this)?;
    let mut whole = cookie.0.clone();
    whole.set_value(escaped(cookie.value()));
    whole.set_http_only(whole.http_only().unwrap_or(true));
    whole.set_same_site(whole.same_site().unwrap_or(SameSite::Lax));
    if whole.path().is_none() {
        whole.set_path("/");
    }
    let by_default = whole.secure().is_none() && !needs.secure;
    whole.set_secure(whole.secure().unwrap_or(true));
    let line = written(&whole).map_err(of_this)?;
    whole.set_secure(false);
    let plain = by_default.then(|| written(&whole)).transpose().map_err(of_this)?;
    Ok(Line { line, plain })
}

type Mistake = &'static str;

/// RFC 6265 §4.1.1.
fn name_is_a_token(cookie: &cookie::Cookie<'_>) -> Result<(), Mistake> {
    let name = cookie.name();
    if name.is_empty() || !name.bytes().all(is_of_token) {
        return Err("has a name that is no token of RFC 9110");
    }
    Ok(())
}

/// It begins with `/`, which browsers would put in its place (RFC 6265 §5.2.4), and ends no attribute.
fn path_is_a_path(cookie: &cookie::Cookie<'_>) -> Result<(), Mistake> {
    let Some(path) = cookie.path() else { return Ok(()) };
    let is_allowed = |byte: u8| byte != b';' && matches!(byte, b' '..=b'~');
    if !path.starts_with('/') || !path.bytes().all(is_allowed) || path.len() > LONGEST_ATTRIBUTE {
        return Err("has a path that does not begin with `/`, is too long, or has a character that ends it");
    }
    Ok(())
}

/// It is labels of letters, digits and hyphens with dots between them, in which nothing can stand that ends it. The dot
/// that browsers pass over at its beginning is gone by now.
fn domain_is_a_domain(cookie: &cookie::Cookie<'_>) -> Result<(), Mistake> {
    let Some(domain) = cookie.domain() else { return Ok(()) };
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(is_allowed);
    if !domain.split('.').all(is_label) || domain.len() > LONGEST_ATTRIBUTE {
        return Err("has a domain that is none: write letters, digits and `-`, with single dots between them");
    }
    Ok(())
}

/// What its name and its other attributes need, or else browsers drop it (RFC 6265bis §5.7).
#[derive(Debug, Clone, Copy)]
struct Needs {
    secure: bool,
    http_only: bool,
    /// `Path=/`, and no domain.
    host_only: bool,
}

impl Needs {
    fn of(cookie: &cookie::Cookie<'_>) -> Needs {
        let begins = |prefix: &str| {
            let start = cookie.name().get(..prefix.len());
            // Browsers do not look at the case, so that no server is misled that does not either.
            start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        let http_only = begins("__Http-") || begins("__Host-Http-");
        let host_only = begins("__Host-");
        let cross_site = cookie.same_site() == Some(SameSite::None) || cookie.partitioned() == Some(true);
        Needs { secure: http_only || host_only || begins("__Secure-") || cross_site, http_only, host_only }
    }

    fn are_not_contradicted(self, cookie: &cookie::Cookie<'_>) -> Result<(), Mistake> {
        if self.secure && cookie.secure() == Some(false) {
            return Err("is not secure, which its prefix, `SameSite=None` or `Partitioned` needs");
        }
        if self.http_only && cookie.http_only() == Some(false) {
            return Err("is for scripts, which its prefix forbids");
        }
        if self.host_only && (cookie.domain().is_some() || cookie.path().is_some_and(|path| path != "/")) {
            return Err("has a domain or a path, which its prefix `__Host-` forbids");
        }
        Ok(())
    }
}

fn written(cookie: &cookie::Cookie<'_>) -> Result<HeaderValue, Mistake> {
    if cookie.name().len() + cookie.value().len() > LONGEST {
        return Err("has more than 4,096 bytes of name and escaped value: browsers drop it");
    }
    let mut line = HeaderValue::try_from(cookie.to_string()).map_err(|_| "has a control character")?;
    // HTTP/2 keeps it out of its tables, and logs do not print it.
    line.set_sensitive(true);
    Ok(line)
}

/// The value with every byte escaped but those that `encodeURIComponent` leaves.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        percent::push(&mut text, byte, byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte));
    }
    text
}

/// RFC 6265bis §5.6: a longer name and value together are dropped.
const LONGEST: usize = 4_096;

/// RFC 6265bis §5.6: longer attributes are ignored.
const LONGEST_ATTRIBUTE: usize = 1_024;

#[cfg(test)]
mod tests {
    use core::time::Duration;
    use std::time::{SystemTime, UNIX_EPOCH};

    use super::*;

    fn told(cookie: &Cookie) -> String {
        let line = line(cookie).unwrap();
        line.line.to_str().unwrap().to_owned()
    }

    fn mistake(cookie: &Cookie) -> String {
        line(cookie).unwrap_err()
    }

    fn named(name: &'static str) -> Cookie {
        Cookie::new(name, "b")
    }

    #[test]
    fn what_is_not_said_is_safe() {
        assert_eq!(told(&named("a")), "a=b; HttpOnly; SameSite=Lax; Secure; Path=/");
        assert_eq!(line(&named("a")).unwrap().plain.unwrap(), "a=b; HttpOnly; SameSite=Lax; Path=/");
    }

    #[test]
    fn what_is_said_stands() {
        for (cookie, expected) in [
            (named("a").http_only(false), "a=b; SameSite=Lax; Secure; Path=/"),
            (named("a").secure(false), "a=b; HttpOnly; SameSite=Lax; Path=/"),
            (named("a").secure(true), "a=b; HttpOnly; SameSite=Lax; Secure; Path=/"),
            (named("a").same_site(SameSite::Strict), "a=b; HttpOnly; SameSite=Strict; Secure; Path=/"),
            (named("a").path("/x y"), "a=b; HttpOnly; SameSite=Lax; Secure; Path=/x y"),
            (named("a").domain(".a.example"), "a=b; HttpOnly; SameSite=Lax; Secure; Path=/; Domain=a.example"),
            (named("a").max_age(Duration::ZERO), "a=b; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0"),
            (named("a").max_age(Duration::from_millis(1)), "a=b; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=1"),
        ] {
            assert_eq!(told(&cookie), expected);
            let is_open = line(&cookie).unwrap().plain.is_some();
            assert_eq!(is_open, cookie.0.secure().is_none(), "{expected}");
        }
    }

    #[test]
    fn times_beyond_what_can_be_written_are_the_last_and_the_first() {
        assert!(told(&named("a").max_age(Duration::MAX)).ends_with("Max-Age=9223372036854775807"));
        let far = UNIX_EPOCH + Duration::from_secs(1 << 40);
        assert!(told(&named("a").expires(far)).ends_with("Expires=Fri, 31 Dec 9999 23:59:59 GMT"));
        let past: SystemTime = UNIX_EPOCH - Duration::from_secs(1);
        assert!(told(&named("a").expires(past)).ends_with("Expires=Thu, 01 Jan 1970 00:00:00 GMT"));
    }

    #[test]
    fn what_other_sites_send_is_secure() {
        for (cookie, expected) in [
            (named("a").same_site(SameSite::None), "a=b; HttpOnly; SameSite=None; Secure; Path=/"),
            (named("a").partitioned(), "a=b; HttpOnly; SameSite=Lax; Partitioned; Secure; Path=/"),
            (
                named("a").same_site(SameSite::None).partitioned(),
                "a=b; HttpOnly; SameSite=None; Partitioned; Secure; Path=/",
            ),
        ] {
            assert_eq!(told(&cookie), expected);
            assert_eq!(line(&cookie).unwrap().plain, None, "{expected}");
            assert_eq!(
                mistake(&cookie.secure(false)),
                "the cookie \"a\" is not secure, which its prefix, `SameSite=None` or `Partitioned` needs"
            );
        }
    }

    #[test]
    fn a_prefix_has_what_it_needs() {
        for name in ["__Host-a", "__host-A", "__Secure-a", "__SECURE-a", "__Http-a", "__Host-Http-a"] {
            let line = line(&named(name)).unwrap();
            assert_eq!(line.line, format!("{name}=b; HttpOnly; SameSite=Lax; Secure; Path=/"));
            assert_eq!(line.plain, None, "{name}");
            assert!(mistake(&named(name).secure(false)).contains("is not secure"), "{name}");
        }
        for name in ["__Host", "_Host-a", "Host-a", "__Secur-a"] {
            assert!(line(&named(name)).unwrap().plain.is_some(), "{name}");
        }
        assert_eq!(told(&named("__Host-a").path("/")), "__Host-a=b; HttpOnly; SameSite=Lax; Secure; Path=/");
        assert_eq!(told(&named("__Secure-a").path("/x")), "__Secure-a=b; HttpOnly; SameSite=Lax; Secure; Path=/x");
        assert_eq!(told(&named("__Host-a").http_only(false)), "__Host-a=b; SameSite=Lax; Secure; Path=/");
    }

    #[test]
    fn a_prefix_that_is_contradicted_is_a_mistake() {
        for cookie in [named("__Host-a").path("/x"), named("__host-a").domain("a.example")] {
            assert!(mistake(&cookie).ends_with("has a domain or a path, which its prefix `__Host-` forbids"));
        }
        for name in ["__Http-a", "__host-http-a"] {
            assert!(mistake(&named(name).http_only(false)).ends_with("is for scripts, which its prefix forbids"));
        }
    }

    #[test]
    fn a_name_is_a_token() {
        for name in ["", " ", "a b", "a=b", "a;b", "a,b", "a\r\nb", "a\tb", "a\"", "a/b", "caf\u{e9}", "a\0", "(a)"] {
            assert_eq!(mistake(&named(name)), format!("the cookie {name:?} has a name that is no token of RFC 9110"));
        }
        // None of them is escaped, or nobody would find it again.
        assert!(told(&named("a!#$%&'*+-.^_`|~9")).starts_with("a!#$%&'*+-.^_`|~9=b;"));
    }

    #[test]
    fn attributes_smuggle_nothing_in() {
        for path in ["", "x", "/;Domain=evil", "/\r\nset-cookie: a=b", "/\0", "/caf\u{e9}", "*/x"] {
            assert!(mistake(&named("a").path(path)).contains("has a path"), "{path:?}");
        }
        for domain in [
            "",
            ".",
            "..",
            "..a.example",
            "a..example",
            "a.example.",
            "a b",
            "a;path=/",
            "a\r\nb",
            "a,b",
            "a/b",
            "[::1]",
            "a:80",
            "caf\u{e9}.example",
        ] {
            assert!(mistake(&named("a").domain(domain)).contains("has a domain"), "{domain:?}");
        }
    }

    #[test]
    fn an_attribute_has_1024_bytes() {
        let path = |length: usize| named("a").path(format!("/{}", "x".repeat(length - 1)));
        assert!(told(&path(1_024)).contains("; Path=/x"));
        assert!(mistake(&path(1_025)).contains("has a path"));
        let domain = |length: usize| named("a").domain("x".repeat(length));
        assert!(told(&domain(1_024)).contains("; Domain=x"));
        assert!(mistake(&domain(1_025)).contains("has a domain"));
    }

    #[test]
    fn a_value_is_escaped_as_encode_uri_component_does() {
        for (value, expected) in [
            ("", ""),
            ("plain-_.!~*'()09AZ", "plain-_.!~*'()09AZ"),
            ("a b;c,d\"e\\f", "a%20b%3Bc%2Cd%22e%5Cf"),
            ("100%", "100%25"),
            ("\r\n\0\t", "%0D%0A%00%09"),
            ("caf\u{e9}", "caf%C3%A9"),
            ("a=b/c+d:e@f", "a%3Db%2Fc%2Bd%3Ae%40f"),
        ] {
            assert!(told(&Cookie::new("n", value)).starts_with(&format!("n={expected}; HttpOnly")), "{value:?}");
        }
    }

    #[test]
    fn what_browsers_have_no_room_for_is_a_mistake() {
        let whole = told(&Cookie::new("a", "x".repeat(4_095)).path(format!("/{}", "y".repeat(1_023))));
        assert!(whole.len() > 4_096 + 1_024);
        let expected = "the cookie \"a\" has more than 4,096 bytes of name and escaped value: browsers drop it";
        assert_eq!(mistake(&Cookie::new("a", "x".repeat(4_096))), expected);
        // An escape has three bytes.
        assert!(line(&Cookie::new("a", " ".repeat(1_365))).is_ok());
        assert_eq!(mistake(&Cookie::new("a", " ".repeat(1_366))), expected);
    }
}

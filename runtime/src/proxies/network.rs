//! Addresses that begin with the same bits.

use core::net::IpAddr;

use crate::error::{Error, Result};

/// The addresses that begin with the bits of this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    address: IpAddr,
    prefix: u32,
}

impl Network {
    /// Reads `10.0.0.0/8`, or one address.
    pub(super) fn parse(text: &str) -> Result<Network> {
        let network = Network::read(text).ok_or_else(|| {
            Error::new(format!("`{text}` is no address and no network: write one like `10.0.0.1` or `10.0.0.0/8`"))
        })?;
        if !network.is_its_first() {
            let problem =
                format!("`{text}` has more bits than its prefix: write one address, or the first of the network");
            return Err(Error::new(problem));
        }
        Ok(network.canonical())
    }

    fn read(text: &str) -> Option<Network> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().ok()?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => longest,
            // `parse` alone takes `+8`.
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok()?,
            Some(_) => return None,
        };
        (prefix <= longest).then_some(Network { address, prefix })
    }

    fn is_its_first(&self) -> bool {
        let behind = match self.address {
            IpAddr::V4(address) => address.to_bits().checked_shl(self.prefix).unwrap_or(0) != 0,
            IpAddr::V6(address) => address.to_bits().checked_shl(self.prefix).unwrap_or(0) != 0,
        };
        !behind
    }

    /// `::ffff:10.0.0.0/104` is `10.0.0.0/8`.
    fn canonical(self) -> Network {
        match (self.address.to_canonical(), self.prefix) {
            (address @ IpAddr::V4(_), prefix @ 96..) if self.address.is_ipv6() => {
                Network { address, prefix: prefix - 96 }
            }
            _ => self,
        }
    }

    /// Whether the address, an IPv4 one in its own form, is one of them.
    pub(super) fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => (own.to_bits() ^ other.to_bits()).leading_zeros() >= self.prefix,
            (IpAddr::V6(own), IpAddr::V6(other)) => (own.to_bits() ^ other.to_bits()).leading_zeros() >= self.prefix,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_the_addresses_that_begin_like_it() {
        for (network, address, expected) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.0.0.1", "10.0.0.1", true),
            ("10.0.0.1", "10.0.0.2", false),
            ("10.0.0.2/31", "10.0.0.3", true),
            ("10.0.0.2/31", "10.0.0.4", false),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "::1", false),
            ("fd00::/8", "fd12::1", true),
            ("fd00::/8", "fe80::1", false),
            ("::1", "::1", true),
            ("::/0", "2001:db8::1", true),
            ("::/0", "10.0.0.1", false),
            ("::ffff:10.0.0.0/104", "10.1.2.3", true),
            ("::ffff:10.0.0.1", "10.0.0.1", true),
            ("::ffff:10.0.0.1", "10.0.0.2", false),
        ] {
            let contains = Network::parse(network).unwrap().contains(address.parse().unwrap());
            assert_eq!(contains, expected, "{network} {address}");
        }
    }

    #[test]
    fn what_is_no_network_is_told() {
        let told = |text| Network::parse(text).unwrap_err().to_string();
        assert_eq!(
            told("proxy.local"),
            "`proxy.local` is no address and no network: write one like `10.0.0.1` or `10.0.0.0/8`"
        );
        assert_eq!(
            told("10.0.0.1/8"),
            "`10.0.0.1/8` has more bits than its prefix: write one address, or the first of the network"
        );
        for text in
            ["", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/+8", "10/8", "10.0.0.0/8/8", "*", "[::1]"]
        {
            assert!(told(text).contains("no address"), "{text}");
        }
    }
}

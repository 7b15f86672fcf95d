//! Looking a host's name up, and going only where it is on the public internet. Whoever controls a name's answers
//! must not be able to send us into the account's own network or to its metadata service (T31). The client goes to
//! exactly the addresses that were checked: nothing is looked up a second time.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;

/// Asks the system for a name's addresses.
pub(crate) type Lookup = fn(String) -> Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// The system's own way.
pub(crate) fn system(name: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>> {
    Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
}

/// A name leads to an address that is not public.
#[derive(Debug)]
pub(crate) struct NotPublic;

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name leads to an address that is not on the public internet")
    }
}

impl std::error::Error for NotPublic {}

/// Resolves names to public addresses only.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Public(pub(crate) Lookup);

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        let addresses = (self.0)(name.as_str().to_owned());
        Box::pin(async move {
            let addresses = addresses.await?;
            if !addresses.iter().all(|address| is_public(address.ip())) {
                return Err(NotPublic.into());
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// Networks that are not the public internet (iana.org/assignments/iana-ipv4-special-registry), and the length of
/// their prefixes.
const NOT_PUBLIC: [(Ipv4Addr, u32); 14] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // Multicast, reserved, broadcast.
    (Ipv4Addr::new(224, 0, 0, 0), 3),
];

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC
            .iter()
            .any(|(network, length)| (address.to_bits() ^ network.to_bits()).leading_zeros() >= *length),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// What is given to the internet is `2000::/3`
/// (iana.org/assignments/ipv6-unicast-address-assignments); of it, not the parts for examples and for protocols, nor
/// what stands for an address of IPv4.
fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        [0x2001, 0..=0x01ff | 0x0db8, ..] | [0x2002 | 0x3fff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t31_only_addresses_of_the_public_internet_are_public() {
        for public in
            ["52.216.1.1", "3.5.140.2", "8.8.8.8", "172.32.0.1", "2600:1fa0:8000::1", "2a05:d07e::1"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "192.0.2.1",
            "198.19.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::ffff:52.216.1.1",
            "64:ff9b::a9fe:a9fe",
            "fe80::1",
            "fd00:ec2::254",
            "fc00::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:a9fe:a9fe::",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }
}

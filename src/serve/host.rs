//! Which requests the preview answers, and where it can be reached.
//!
//! A page elsewhere can point its own host name at this machine and then read whatever the preview shows (DNS rebinding).
//! Its requests have that name in `Host`. So only requests for names that nobody else can own are answered: IP addresses,
//! `localhost`, and names that the author allows.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

/// The address that the preview listens on, and the host names that requests may use.
#[derive(Clone, Debug)]
pub(crate) struct Host {
    /// The IP address to listen on.
    pub address: IpAddr,
    /// Host names that requests may use besides IP addresses and `localhost`, in lower case, without a port.
    pub names: Vec<String>,
}

impl Default for Host {
    fn default() -> Self {
        Self { address: Ipv4Addr::LOCALHOST.into(), names: Vec::new() }
    }
}

impl Host {
    /// Returns whether other machines may be able to connect.
    #[must_use]
    pub(crate) fn is_open(&self) -> bool {
        !self.address.is_loopback() || !self.names.is_empty()
    }

    /// Returns whether a preview on `port` answers a request with this `Host`. If other machines can connect, any port is
    /// accepted: in a container or behind a proxy, the browser may see another one.
    pub(super) fn allows(&self, host: &str, port: u16) -> bool {
        let Some((name, asked)) = split(host) else { return false };
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix('.').unwrap_or(&name);
        if self.names.iter().any(|known| known == name) {
            return true;
        }
        let abroad = !self.address.is_loopback();
        let is_port = abroad || asked.unwrap_or(80) == port;
        let is_ours = match name.parse::<IpAddr>() {
            Ok(address) => abroad || address.is_loopback(),
            Err(_) => name == "localhost" || name.ends_with(".localhost"),
        };
        is_ours && is_port
    }

    /// Returns the URLs at which a preview on `port` can be reached, the one for this machine first.
    pub(super) fn urls(&self, port: u16) -> Vec<String> {
        let mut addresses: Vec<IpAddr> = Vec::new();
        match self.address {
            address if !address.is_unspecified() => addresses.push(address),
            IpAddr::V4(_) => {
                addresses.push(Ipv4Addr::LOCALHOST.into());
                addresses.extend(outward(Ipv4Addr::UNSPECIFIED.into()));
            }
            IpAddr::V6(_) => {
                addresses.push(Ipv6Addr::LOCALHOST.into());
                addresses.extend(outward(Ipv6Addr::UNSPECIFIED.into()));
                // On most systems, listening on all IPv6 addresses includes IPv4.
                let mapped = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
                if TcpStream::connect_timeout(&mapped, Duration::from_millis(200)).is_ok() {
                    addresses.push(Ipv4Addr::LOCALHOST.into());
                    addresses.extend(outward(Ipv4Addr::UNSPECIFIED.into()));
                }
            }
        }
        addresses.dedup();
        let urls = addresses.into_iter().map(|address| format!("http://{}/", SocketAddr::from((address, port))));
        urls.chain(self.names.iter().map(|name| format!("http://{name}:{port}/"))).collect()
    }
}

/// Splits a `Host` into name and port. An IPv6 address loses its brackets.
fn split(host: &str) -> Option<(&str, Option<u16>)> {
    let (name, rest) = match host.strip_prefix('[') {
        Some(bracketed) => bracketed.split_once(']')?,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let port = match rest {
        "" => None,
        rest => Some(rest.strip_prefix(':')?.parse().ok()?),
    };
    (!name.is_empty()).then_some((name, port))
}

/// Returns the address by which other machines reach this one. Connecting a UDP socket shows it, and sends nothing.
fn outward(from: IpAddr) -> Option<IpAddr> {
    // Documentation addresses (RFC 5737, RFC 3849), which nobody has.
    let to: IpAddr = match from {
        IpAddr::V4(_) => Ipv4Addr::new(192, 0, 2, 1).into(),
        IpAddr::V6(_) => Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into(),
    };
    let socket = UdpSocket::bind((from, 0)).ok()?;
    socket.connect((to, 9)).ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|address| !address.is_loopback() && !address.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::Host;

    fn host(address: &str, names: &[&str]) -> Host {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Host { address: address.parse().expect("it is an address"), names }
    }

    #[test]
    fn only_names_that_nobody_else_can_own_are_answered() {
        let near = host("127.0.0.1", &[]);
        for name in
            ["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000", "localhost.:4000", "x.localhost:4000", "[::1]:4000"]
        {
            assert!(near.allows(name, 4000), "{name}");
        }
        for name in [
            "",
            ":4000",
            "evil.example:4000",
            "127.0.0.1",
            "127.0.0.1:1",
            "192.168.1.5:4000",
            "localhost.evil.example:4000",
            "127.0.0.1.evil.example:4000",
            "evillocalhost:4000",
            "[::1",
            "[::1]x:4000",
            "localhost:4000:4000",
            "127.1:4000",
        ] {
            assert!(!near.allows(name, 4000), "{name}");
        }
        assert!(near.allows("localhost", 80));
        for address in ["0.0.0.0", "::", "192.168.1.5"] {
            let open = host(address, &["desk.example.org"]);
            for name in [
                "192.168.1.5:4000",
                "[fe80::1]:8080",
                "[::1]:4000",
                "localhost:8080",
                "desk.example.org",
                "Desk.Example.org:443",
            ] {
                assert!(open.allows(name, 4000), "{address} {name}");
            }
            for name in ["evil.example", "evil.example:4000", "www.desk.example.org", "example.org"] {
                assert!(!open.allows(name, 4000), "{address} {name}");
            }
        }
    }

    #[test]
    fn urls_are_those_that_a_browser_takes() {
        assert_eq!(host("127.0.0.1", &[]).urls(4000), ["http://127.0.0.1:4000/"]);
        assert_eq!(host("::1", &["a.example"]).urls(1), ["http://[::1]:1/", "http://a.example:1/"]);
        assert_eq!(host("0.0.0.0", &[]).urls(4000)[0], "http://127.0.0.1:4000/");
    }
}

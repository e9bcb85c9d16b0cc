//! Who is answered, and where the preview can be reached.
//!
//! A page elsewhere can have its own name lead to this machine and then ask for whatever the preview shows (DNS rebinding).
//! Its requests bear that name in `Host`. So only names are answered that nobody else can own: addresses, `localhost`, and
//! those that the author allows.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

/// The address that the preview listens on and the names it answers to.
#[derive(Clone, Debug)]
pub struct Host {
    /// The address.
    pub address: IpAddr,
    /// Names that it answers to beside its address and `localhost`, in small letters, without a port.
    pub names: Vec<String>,
}

impl Default for Host {
    fn default() -> Self {
        Self { address: Ipv4Addr::LOCALHOST.into(), names: Vec::new() }
    }
}

impl Host {
    /// Whether others than this machine may be able to look.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.address.is_loopback() || !self.names.is_empty()
    }

    /// Whether a request with this `Host` is answered by a preview on `port`. Between a container and its host, or behind a
    /// proxy, the port that a browser sees is another.
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

    /// The addresses at which a preview on `port` can be reached, that for this machine first.
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
                // Most systems answer IPv4 too where all of IPv6 is listened on.
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

/// A `Host` as its name and its port. The name of an IPv6 address is without its brackets.
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

/// The address under which this machine speaks to others. Nothing is sent to find it.
fn outward(from: IpAddr) -> Option<IpAddr> {
    // Addresses for documentation (RFC 5737, RFC 3849), which nobody has.
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

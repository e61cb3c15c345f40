//! Who may collect: the meeting of this page, in a frame, with the page around it.
//!
//! ```text
//! this page → around it   READY {protocol, nonce}          to one exact origin of the configuration
//! around it → this page   HELLO {protocol, nonce} + port   from that origin, from the parent window itself
//! ```
//!
//! Pure: the browser's part (`channel`) says what came from where. A message that is not exactly right is
//! passed over without an answer, so that nobody learns why.

use serde_json::{Map, Value};

/// The version of the protocol spoken here.
pub const PROTOCOL: u64 = 1;

/// The largest message that is looked at, in bytes.
pub const LARGEST: usize = 64 * 1024;

/// The origins that may collect, with the nonce each was given.
#[derive(Debug, Default)]
pub struct Handshake {
    given: Vec<(Box<str>, Option<Box<str>>)>,
}

/// What the browser says of a message it brought.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// The sender's origin, as the browser writes it.
    pub origin: &'a str,
    /// It was sent by the window right around this one.
    pub from_parent: bool,
    /// How many ports came with it.
    pub ports: u32,
    /// What it says.
    pub data: &'a str,
}

impl Handshake {
    /// For the origins of the configuration. `nonces` are random, one for each origin.
    pub fn new(origins: &[String], nonces: impl IntoIterator<Item = String>) -> Self {
        let given = origins.iter().zip(nonces);
        Self { given: given.map(|(origin, nonce)| (origin.as_str().into(), Some(nonce.into()))).collect() }
    }

    /// What to send, and to which exact origin each.
    pub fn ready(&self) -> Vec<(String, String)> {
        let ready = |origin: &str, nonce: &str| {
            let mut message = Map::new();
            message.insert("type".into(), "READY".into());
            message.insert("protocol".into(), vec![PROTOCOL].into());
            message.insert("nonce".into(), nonce.into());
            (origin.to_owned(), Value::Object(message).to_string())
        };
        let given = self.given.iter();
        given.filter_map(|(origin, nonce)| Some(ready(origin, nonce.as_deref()?))).collect()
    }

    /// Whether this is the answer to one of ours, for the first time: then its port is the way to collect.
    pub fn hear(&mut self, arrival: Arrival) -> bool {
        let Some((_, nonce)) = self.given.iter_mut().find(|(origin, _)| **origin == *arrival.origin) else {
            return false;
        };
        if !arrival.from_parent || arrival.ports != 1 || arrival.data.len() > LARGEST {
            return false;
        }
        let is_hello = hello(arrival.data).is_some_and(|said| Some(said.as_str()) == nonce.as_deref());
        if is_hello {
            *nonce = None;
        }
        is_hello
    }
}

/// The nonce of a HELLO that has nothing missing and nothing more.
fn hello(data: &str) -> Option<String> {
    let Value::Object(message) = serde_json::from_str(data).ok()? else { return None };
    let said = |name: &str| message.get(name);
    let whole = message.len() == 3
        && said("type")?.as_str() == Some("HELLO")
        && said("protocol")?.as_u64() == Some(PROTOCOL);
    whole.then(|| said("nonce").and_then(Value::as_str).map(str::to_owned))?
}

/// An exact web origin, as browsers write them: scheme, host in lower case and a port that is not the
/// scheme's own. `null`, the origin of sandboxes and files, is none.
pub fn is_origin(text: &str) -> bool {
    let (host, usual) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(host), _) => (host, ":443"),
        (None, Some(host)) => (host, ":80"),
        (None, None) => return false,
    };
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let named = !name.is_empty()
        && !name.starts_with(['.', '-'])
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'));
    let numbered = port.is_none_or(|port| {
        !port.starts_with('0') && port.len() <= 5 && port.parse::<u16>().is_ok() && !host.ends_with(usual)
    });
    let digits = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    named && numbered && port.is_none_or(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESK: &str = "https://desk.example";

    fn met() -> Handshake {
        let origins = [DESK.to_owned(), "https://other.example:8443".to_owned()];
        Handshake::new(&origins, ["n-1".to_owned(), "n-2".to_owned()])
    }

    fn hello_with(nonce: &str) -> String {
        ["{\"type\":\"HELLO\",\"protocol\":1,\"nonce\":\"", nonce, "\"}"].concat()
    }

    fn arrival(data: &str) -> Arrival<'_> {
        Arrival { origin: DESK, from_parent: true, ports: 1, data }
    }

    #[test]
    fn each_origin_is_sent_a_nonce_of_its_own() {
        let ready = met().ready();
        assert_eq!(ready.len(), 2);
        assert_eq!(ready.first().map(|(to, _)| to.as_str()), Some(DESK));
        let says = "{\"nonce\":\"n-1\",\"protocol\":[1],\"type\":\"READY\"}";
        let said: Option<Value> = ready.first().and_then(|(_, says)| serde_json::from_str(says).ok());
        assert_eq!(said, serde_json::from_str(says).ok());
    }

    #[test]
    fn the_right_answer_is_taken_once() {
        let mut met = met();
        assert!(met.hear(arrival(&hello_with("n-1"))));
        assert!(!met.hear(arrival(&hello_with("n-1"))), "replayed");
        assert_eq!(met.ready().len(), 1, "the other origin may still answer");
    }

    #[test]
    fn a_wrong_origin_source_port_or_nonce_is_passed_over_and_spoils_nothing() {
        let mut met = met();
        let right = hello_with("n-1");
        let good = arrival(&right);
        for origin in [
            "null",
            "",
            "https://desk.example.evil.example",
            "https://desk.example:444",
            "http://desk.example",
            "https://DESK.example",
            "https://other.example:8443",
        ] {
            assert!(!met.hear(Arrival { origin, ..good }), "{origin}");
        }
        assert!(!met.hear(Arrival { from_parent: false, ..good }));
        assert!(!met.hear(Arrival { ports: 0, ..good }));
        assert!(!met.hear(Arrival { ports: 2, ..good }));
        assert!(!met.hear(arrival(&hello_with("n-2"))), "another origin's nonce");
        assert!(!met.hear(arrival(&[&right, " ".repeat(LARGEST).as_str()].concat())), "too large");
        for data in [
            "",
            "null",
            "[]",
            "HELLO",
            "{\"type\":\"HELLO\",\"protocol\":1}",
            "{\"type\":\"HELLO\",\"protocol\":2,\"nonce\":\"n-1\"}",
            "{\"type\":\"HELLO\",\"protocol\":\"1\",\"nonce\":\"n-1\"}",
            "{\"type\":\"hello\",\"protocol\":1,\"nonce\":\"n-1\"}",
            "{\"type\":\"HELLO\",\"protocol\":1,\"nonce\":\"n-1\",\"more\":1}",
            "{\"type\":\"HELLO\",\"protocol\":1,\"nonce\":null}",
        ] {
            assert!(!met.hear(arrival(data)), "{data}");
        }
        assert!(met.hear(good), "and the right one is still welcome");
    }

    #[test]
    fn nobody_is_met_where_the_configuration_names_nobody() {
        let mut nobody = Handshake::new(&[], ["n".to_owned()]);
        assert!(!nobody.hear(arrival(&hello_with("n"))));
        assert!(nobody.ready().is_empty());
    }

    #[test]
    fn an_origin_is_exactly_what_a_browser_would_write() {
        for good in [
            "https://desk.example",
            "https://a-b.desk.example:8443",
            "http://127.0.0.1:8080",
            "http://localhost",
        ] {
            assert!(is_origin(good), "{good}");
        }
        for bad in [
            "null",
            "*",
            "desk.example",
            "https://",
            "https://desk.example/",
            "https://desk.example/path",
            "https://Desk.example",
            "https://desk.example:443",
            "http://desk.example:80",
            "https://desk.example:",
            "https://desk.example:0443",
            "https://desk.example:99999",
            "https://desk.example:+44",
            "https://user@desk.example",
            "https://*.example",
            "ftp://desk.example",
            "https://desk.example https://evil.example",
        ] {
            assert!(!is_origin(bad), "{bad}");
        }
    }
}

//! Which addresses a configuration may name.

/// A path on this very site: it names no scheme and no host.
pub fn is_path(url: &str) -> bool {
    let first = url.split(['/', '?', '#']).next().unwrap_or_default();
    !first.contains(':') && !url.starts_with("//") && !url.contains(['\\', '\t', '\n', '\r'])
}

/// An `https:` address, or an `http:` one of this very machine (RFC 6761: loopback), as a demonstration uses.
pub fn is_secure(url: &str) -> bool {
    let host = |rest: &str| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let plain = !authority.is_empty() && !authority.contains(['@', '\\', ' ', '\t', '\n', '\r']);
        plain.then(|| authority.split(':').next().unwrap_or_default().to_owned())
    };
    if let Some(rest) = url.strip_prefix("https://") {
        return host(rest).is_some_and(|host| !host.is_empty());
    }
    url.strip_prefix("http://")
        .and_then(host)
        .is_some_and(|host| matches!(host.as_str(), "127.0.0.1" | "localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_very_machine_may_receive_answers() {
        for good in ["https://fhir.example/r4", "http://127.0.0.1:8090", "http://localhost:8090/fhir"] {
            assert!(is_secure(good), "{good}");
        }
        for bad in [
            "http://fhir.example",
            "http://127.0.0.1.evil.example",
            "http://127.0.0.1@evil.example",
            "ftp://127.0.0.1",
            "https://",
            "//fhir.example",
            "https://user@evil.example",
        ] {
            assert!(!is_secure(bad), "{bad}");
        }
    }

    #[test]
    fn a_path_stays_on_this_site() {
        assert!(is_path("instruments/ons4.json") && is_path("/a/b.json") && is_path("../a.json?x=1:2"));
        for bad in [
            "https://a.example/q",
            "//a.example/q",
            "data:application/json,{}",
            "\\\\a.example",
            "java\nscript:x",
        ] {
            assert!(!is_path(bad), "{bad}");
        }
    }
}

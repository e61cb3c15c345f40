//! What a page's Content-Security-Policy lets in (W3C, Content Security Policy Level 3).

/// A policy: its directives, each with what it allows.
pub struct Policy(Vec<(String, Vec<String>)>);

/// What a page may be allowed to load or do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Scripts.
    Script,
    /// Style sheets.
    Style,
    /// Requests a script makes: configuration, questions, code.
    Connect,
    /// Pages in a frame.
    Frame,
}

impl Kind {
    /// The directive, and those a browser looks at where it is absent.
    pub fn directives(self) -> &'static [&'static str] {
        match self {
            Self::Script => &["script-src-elem", "script-src", "default-src"],
            Self::Style => &["style-src-elem", "style-src", "default-src"],
            Self::Connect => &["connect-src", "default-src"],
            Self::Frame => &["frame-src", "child-src", "default-src"],
        }
    }

    /// The directive to add to.
    pub fn directive(self) -> &'static str {
        match self {
            Self::Script => "script-src",
            Self::Style => "style-src",
            Self::Connect => "connect-src",
            Self::Frame => "frame-src",
        }
    }
}

impl Policy {
    /// Reads a policy; the first directive of a name counts.
    pub fn read(text: &str) -> Self {
        let mut directives: Vec<(String, Vec<String>)> = Vec::new();
        for directive in text.split(';') {
            let mut words = directive.split_whitespace();
            let Some(name) = words.next().map(str::to_ascii_lowercase) else { continue };
            if !directives.iter().any(|(other, _)| *other == name) {
                directives.push((name, words.map(str::to_owned).collect()));
            }
        }
        Self(directives)
    }

    fn sources(&self, directives: &[&str]) -> Option<&[String]> {
        let named = directives.iter().find_map(|name| self.0.iter().find(|(other, _)| other == name));
        named.map(|(_, sources)| sources.as_slice())
    }

    /// Whether something of this kind may come from `origin`; `own` is the page's own origin, where it is known.
    pub fn allows(&self, kind: Kind, origin: &str, own: Option<&str>) -> bool {
        let Some(sources) = self.sources(kind.directives()) else { return true };
        sources.iter().any(|source| matches(source, origin, own))
    }

    /// Whether WebAssembly may run: with no rule for scripts, or `'wasm-unsafe-eval'` or `'unsafe-eval'`.
    pub fn allows_wasm(&self) -> bool {
        let Some(sources) = self.sources(&["script-src", "default-src"]) else { return true };
        sources.iter().any(|source| {
            matches!(source.to_ascii_lowercase().as_str(), "'wasm-unsafe-eval'" | "'unsafe-eval'")
        })
    }

    /// Whether scripts need a mark (nonce) or a digest to run, wherever they are from.
    pub fn is_strict_dynamic(&self) -> bool {
        let sources = self.sources(&["script-src", "default-src"]).unwrap_or_default();
        sources.iter().any(|source| source.eq_ignore_ascii_case("'strict-dynamic'"))
    }

    /// Whether the page runs in a sandbox without scripts.
    pub fn is_sandboxed(&self) -> bool {
        self.0
            .iter()
            .any(|(name, allowed)| name == "sandbox" && !allowed.iter().any(|word| word == "allow-scripts"))
    }
}

/// Whether a source expression covers an origin. Paths in it are left out: they narrow, and we name whole hosts.
fn matches(source: &str, origin: &str, own: Option<&str>) -> bool {
    let source = source.to_ascii_lowercase();
    let (scheme, host) = origin.split_once("://").unwrap_or(("", origin));
    match source.as_str() {
        "*" => return matches!(scheme, "https" | "http"),
        "'self'" => return own == Some(origin),
        _ => {}
    }
    if let Some(only) = source.strip_suffix(':') {
        return only == scheme || (only == "http" && scheme == "https");
    }
    let (wanted, rest) = match source.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, source.as_str()),
    };
    if wanted.is_some_and(|wanted| wanted != scheme && !(wanted == "http" && scheme == "https")) {
        return false;
    }
    let named = rest.split('/').next().unwrap_or_default().trim_end_matches(":*");
    match named.strip_prefix("*.") {
        Some(parent) => host.strip_suffix(parent).is_some_and(|sub| sub.ends_with('.')),
        None => named == host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://questions.surgery.example";

    #[test]
    fn a_policy_allows_what_a_browser_would_allow() {
        let page = Some("https://www.surgery.example");
        for (policy, allowed) in [
            ("", true),
            ("img-src 'self'", true),
            ("default-src 'self'", false),
            ("default-src 'self'; script-src *", true),
            ("script-src https:", true),
            ("script-src http://questions.surgery.example", true),
            ("script-src *.surgery.example", true),
            ("script-src surgery.example", false),
            ("script-src questions.surgery.example/embed.js", true),
            ("SCRIPT-SRC 'none'; script-src *", false),
            ("script-src *; script-src-elem 'self'", false),
        ] {
            assert_eq!(Policy::read(policy).allows(Kind::Script, OURS, page), allowed, "{policy}");
        }
        assert!(Policy::read("script-src 'self'").allows(Kind::Script, OURS, Some(OURS)));
    }

    #[test]
    fn webassembly_needs_a_word_of_its_own() {
        assert!(Policy::read("img-src *").allows_wasm());
        assert!(!Policy::read("script-src *").allows_wasm());
        assert!(Policy::read("script-src 'self' 'wasm-unsafe-eval'").allows_wasm());
        assert!(!Policy::read("default-src https:").allows_wasm());
    }
}

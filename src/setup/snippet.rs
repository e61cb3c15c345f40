//! What a practice pastes into its website: the same four ways, in the same order, as the guides in `docs/`.

/// A way to put the questions on a website.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A link.
    Link,
    /// A frame.
    Frame,
    /// An element on the page itself.
    Element,
    /// The WordPress plug-in.
    WordPress,
}

/// The ways, the one to try first at first.
pub const WAYS: [Way; 4] = [Way::Link, Way::Frame, Way::Element, Way::WordPress];

impl Way {
    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Link => "A link",
            Self::Frame => "A frame",
            Self::Element => "An element on your page",
            Self::WordPress => "WordPress",
        }
    }

    /// When to take it.
    pub fn when(self) -> &'static str {
        match self {
            Self::Link => {
                "It works everywhere, in letters and text messages too. If in doubt, take this one."
            }
            Self::Frame => {
                "The questions stand inside your page and keep to themselves. \
                 Your web host has to name your website in frame-ancestors."
            }
            Self::Element => {
                "The questions become part of your page. Scripts on that page can then read the answers: \
                 take it only where you trust them all. \
                 It reads config/surgery.json: put your file there too."
            }
            Self::WordPress => "With our plug-in installed, put this line where the questions should stand.",
        }
    }
}

/// The page's address, ready for snippets: https, without what follows `?` or `#`, with `/` at its end.
///
/// `None` if it cannot be one.
pub fn address(typed: &str) -> Option<String> {
    let typed = typed.trim().split(['?', '#']).next()?;
    let rest = typed.strip_prefix("https://")?;
    let host = rest.split('/').next()?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | ':');
    if host.is_empty()
        || !host.chars().all(plain)
        || rest.contains(|letter: char| letter.is_whitespace() || "\"'<>\\&".contains(letter))
    {
        return None;
    }
    let folder = typed.strip_suffix("index.html").unwrap_or(typed);
    Some(if folder.ends_with('/') { folder.to_owned() } else { [folder, "/"].concat() })
}

/// The origin of an address: `https://questions.surgery.example`.
pub fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())?;
    Some([scheme, "://", host].concat().to_ascii_lowercase())
}

/// The snippet, for the questions at `address` (as [`address`] gives it).
pub fn snippet(way: Way, address: &str) -> String {
    let text = match way {
        Way::Link => r#"<p><a href="ADDRESS">Tell your link worker what matters to you</a></p>"#,
        Way::Frame => {
            r#"<iframe data-what-matters src="ADDRESS" title="What matters to you" width="100%" height="700" loading="lazy"></iframe>
<script type="module" src="ADDRESSembed.js"></script>"#
        }
        Way::Element => {
            r#"<script type="module" src="ADDRESSembed.js"></script>
<what-matters config="ADDRESSconfig/surgery.json">
  <p>Your link worker wants to know what matters to you.</p>
  <p><a href="ADDRESS" data-start>Answer a few questions</a></p>
</what-matters>"#
        }
        Way::WordPress => "[what_matters]Tell your link worker what matters to you[/what_matters]",
    };
    text.replace("ADDRESS", address)
}

#[cfg(test)]
mod tests {
    use super::super::finding::{Finding, Weight};
    use super::super::looking::{Pasted, look};
    use super::*;

    #[test]
    fn an_address_is_https_and_a_folder() {
        for (typed, read) in [
            (" https://questions.surgery.example ", Some("https://questions.surgery.example/")),
            (
                "https://questions.surgery.example/index.html?instrument=ons4#x",
                Some("https://questions.surgery.example/"),
            ),
            ("https://surgery.example/questions", Some("https://surgery.example/questions/")),
            ("http://surgery.example/", None),
            ("https://", None),
            ("https://surgery.example/\"><script>", None),
            ("javascript:alert(1)", None),
        ] {
            assert_eq!(address(typed).as_deref(), read, "{typed}");
        }
    }

    #[test]
    fn a_snippet_pasted_as_it_is_works_by_our_own_look_at_it() {
        for way in WAYS {
            let source = snippet(way, "https://questions.surgery.example/");
            let pasted =
                Pasted { page: "https://www.surgery.example/".to_owned(), source, ..Pasted::default() };
            let found = look(&pasted, "https://questions.surgery.example/");
            assert!(found.contains(&Finding::Found(way)), "{found:?}");
            assert!(found.iter().all(|finding| finding.weight() == Weight::Good), "{found:?}");
        }
    }
}

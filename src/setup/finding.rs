//! What a look at a practice's web page can find, and the words for it: what it is, and what to do.

use super::policy::Kind;
use super::snippet::Way;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The questions do not open like this.
    Stops,
    /// They open, and something is lost.
    Warns,
    /// As it should be.
    Good,
}

/// Something found on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// One of our snippets is there.
    Found(Way),
    /// None is.
    NoSnippet,
    /// The snippet shows as text: an editor took it for words.
    ShownAsText,
    /// Its quotes were made curly.
    CurlyQuotes,
    /// The element is there and its script is not.
    NoScript,
    /// The script is there and no element or frame.
    NoElement,
    /// The script is not marked as a module.
    NotAModule,
    /// A cookie banner holds the script back until somebody agrees.
    HeldBack,
    /// The page is https, and the snippet's address is http.
    Mixed(String),
    /// An address in the snippet is relative, so it leads to this website and not to the questions.
    Relative(String),
    /// There is no link inside the element.
    NoLinkInside,
    /// The frame has no title.
    NoTitle,
    /// The frame is in a sandbox that keeps scripts or storage from it.
    Sandboxed,
    /// The frame is on another site than the page: the browser may forget answers.
    OtherSite,
    /// The page's policy does not let this in; with the word to add.
    Policy(Kind, String),
    /// The page's policy does not let WebAssembly run.
    NoWasm,
    /// The policy asks each script for a mark of its own.
    StrictDynamic,
    /// A policy puts the page itself in a sandbox without scripts.
    PageSandboxed,
    /// The page is not fitted to phones.
    NoViewport,
}

impl Finding {
    /// How much it matters.
    pub fn weight(&self) -> Weight {
        match self {
            Self::Found(_) => Weight::Good,
            Self::NoSnippet
            | Self::ShownAsText
            | Self::CurlyQuotes
            | Self::NoScript
            | Self::NoElement
            | Self::NotAModule
            | Self::Mixed(_)
            | Self::Relative(_)
            | Self::Sandboxed
            | Self::Policy(..)
            | Self::NoWasm
            | Self::StrictDynamic
            | Self::PageSandboxed => Weight::Stops,
            Self::HeldBack | Self::NoLinkInside | Self::NoTitle | Self::OtherSite | Self::NoViewport => {
                Weight::Warns
            }
        }
    }

    /// In words: what it is, and what to do.
    pub fn words(&self) -> String {
        let plain = match self {
            Self::Found(Way::Link) => "There is a link to your questions.",
            Self::Found(Way::Frame) => "There is a frame with your questions.",
            Self::Found(Way::Element) => "The element is on the page.",
            Self::Found(Way::WordPress) => {
                "The WordPress line is on the page. If visitors see it, the plug-in is off."
            }
            Self::NoSnippet => {
                "None of the four snippets is on this page. Paste one, publish the page, and look again."
            }
            Self::ShownAsText => {
                "The snippet shows as words on the page. Paste it into a block for HTML, not into the text."
            }
            Self::CurlyQuotes => {
                "The editor has made the snippet’s quotation marks curly. Paste it into a block for HTML."
            }
            Self::NoScript => {
                "The element is there, but its script is missing. Many editors take scripts out. \
                 Use the link, or the WordPress plug-in."
            }
            Self::NoElement => "The script is there, but nothing for it to fill. Paste the whole snippet.",
            Self::NotAModule => "The script needs type=\"module\". Paste the snippet as it is.",
            Self::HeldBack => {
                "A cookie banner holds our script back until somebody agrees. We set no cookies and track nobody: \
                 list it as necessary."
            }
            Self::Mixed(address) => {
                return [address, " starts with http, and browsers refuse that on this page. Use https."]
                    .concat();
            }
            Self::Relative(address) => {
                return [
                    "“",
                    address,
                    "” leads to this website, not to your questions. Write the whole address.",
                ]
                .concat();
            }
            Self::NoLinkInside => "Put a link inside the element, for people without JavaScript.",
            Self::NoTitle => "Give the frame a title. Screen readers say it.",
            Self::Sandboxed => {
                "The frame has a sandbox. Take the attribute out: with it answers cannot be kept."
            }
            Self::OtherSite => {
                "The frame is on another website than the page. Some browsers then forget the answers. \
                 Serve the questions from a sub-domain of this website, or use the link."
            }
            Self::Policy(kind, origin) => {
                return [
                    "The page’s Content-Security-Policy keeps our files out. Add ",
                    origin,
                    " to ",
                    kind.directive(),
                    ".",
                ]
                .concat();
            }
            Self::NoWasm => {
                "The page’s Content-Security-Policy stops our code. Add 'wasm-unsafe-eval' to script-src."
            }
            Self::StrictDynamic => {
                "The page’s Content-Security-Policy asks each script for a mark (nonce). \
                 Ask whoever runs the website to add it to ours, or use the link."
            }
            Self::PageSandboxed => "The page’s Content-Security-Policy lets no script run. Use the link.",
            Self::NoViewport => "The page is not fitted to phones (no viewport). The link still opens well.",
        };
        plain.to_owned()
    }
}

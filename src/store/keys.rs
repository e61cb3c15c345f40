//! The names of our records. They read like paths, begin with one prefix, and are the only index there is:
//! a list kept beside them could disagree with them.

use crate::domain::ids::ResponseId;

/// Every key of ours begins with this; no other key on the origin is ever read or written.
pub const PREFIX: &str = "wm/1/";

/// Room kept free so that finishing fits when storage has filled up meanwhile.
pub const PAD: &str = "wm/1/pad";

/// Who is sending, where the browser has no locks.
pub const LEASE: &str = "wm/1/lease";

/// There while explanations are wanted as Easy Read: a choice of appearance, nothing of anybody's answers.
pub const EASY: &str = "wm/1/easy";

/// Written, read back and removed to learn whether a store works.
pub const PROBE: &str = "wm/1/probe";

/// What a record is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// Answers in progress, as one writer last knew them: `wm/1/draft/<response>/<writer>`.
    Draft(ResponseId, Box<str>),
    /// The questionnaire that a draft was started with: `wm/1/asked/<response>`.
    Asked(ResponseId),
    /// A finished response; never rewritten: `wm/1/final/<response>`.
    Final(ResponseId),
    /// How the sending of a finished response stands: `wm/1/send/<response>`.
    Send(ResponseId),
    /// What became of a response that is no longer here; no content: `wm/1/gone/<response>`.
    Gone(ResponseId),
    /// The person's own copy of their answers, apart from the response: `wm/1/copy/<response>`.
    Copy(ResponseId),
}

impl Key {
    /// Reads a key; `None` for one that is not a record of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.strip_prefix(PREFIX)?.split_once('/')?;
        if kind == "draft" {
            let (id, writer) = rest.split_once('/')?;
            let plain = !writer.is_empty() && writer.bytes().all(|byte| byte.is_ascii_alphanumeric());
            return plain.then_some(Self::Draft(ResponseId::parse(id)?, writer.into()));
        }
        let id = ResponseId::parse(rest)?;
        match kind {
            "asked" => Some(Self::Asked(id)),
            "final" => Some(Self::Final(id)),
            "send" => Some(Self::Send(id)),
            "gone" => Some(Self::Gone(id)),
            "copy" => Some(Self::Copy(id)),
            _ => None,
        }
    }

    /// The key as text.
    pub fn text(&self) -> String {
        let (kind, id) = match self {
            Self::Draft(id, writer) => return [drafts(id).as_str(), writer].concat(),
            Self::Asked(id) => ("asked/", id),
            Self::Final(id) => ("final/", id),
            Self::Send(id) => ("send/", id),
            Self::Gone(id) => ("gone/", id),
            Self::Copy(id) => ("copy/", id),
        };
        [PREFIX, kind, id.as_str()].concat()
    }

    /// The response a record belongs to.
    pub fn response(&self) -> &ResponseId {
        match self {
            Self::Draft(id, _)
            | Self::Asked(id)
            | Self::Final(id)
            | Self::Send(id)
            | Self::Gone(id)
            | Self::Copy(id) => id,
        }
    }
}

/// What the keys of all writers of one draft begin with.
pub fn drafts(id: &ResponseId) -> String {
    [PREFIX, "draft/", id.as_str(), "/"].concat()
}

/// What the keys of everything that was set aside begin with.
pub const SET_ASIDE: &str = "wm/1/bad/";

/// Where an unreadable record is set aside: its old key's path and a mark of its bytes, so that setting it
/// aside twice keeps one copy and two different ones are both kept.
pub fn set_aside(key: &str, mark: &str) -> String {
    [SET_ASIDE, key.strip_prefix(PREFIX).unwrap_or(key), "/", mark].concat()
}

/// What the keys of drafts, of what they answered, and of what was said last time begin with where they were
/// set aside.
pub fn set_aside_answers() -> [String; 3] {
    ["bad/draft/", "bad/asked/", "bad/copy/"].map(|kind| [PREFIX, kind].concat())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_key_reads_back() {
        let id = ResponseId::from_random([9; 16]);
        for key in [
            Key::Draft(id.clone(), "ab12".into()),
            Key::Asked(id.clone()),
            Key::Final(id.clone()),
            Key::Send(id.clone()),
            Key::Gone(id.clone()),
            Key::Copy(id.clone()),
        ] {
            assert_eq!(Key::parse(&key.text()), Some(key.clone()));
            assert_eq!(key.response(), &id);
        }
    }

    #[test]
    fn keys_that_are_not_records_are_not_ours_to_read() {
        let id = ResponseId::from_random([9; 16]);
        let aside = set_aside(&Key::Final(id.clone()).text(), "00");
        for text in ["", "final/x", "wm/1/", PAD, LEASE, EASY, PROBE, "wm/2/final/x", "wm/1/final/x", &aside]
        {
            assert_eq!(Key::parse(text), None, "{text}");
        }
        assert_eq!(Key::parse(&[&drafts(&id), "a/b"].concat()), None);
        assert_eq!(Key::parse(&drafts(&id)), None);
    }
}

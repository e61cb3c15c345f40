//! The elements of a web page's source, in the order they stand there.
//!
//! It reads as a browser does where that matters here: comments are passed over, what stands in `script` and `style`
//! is no markup, attributes may stand without quotes. It builds no tree and runs nothing.

/// An element's start, with its attributes; names in small letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// `iframe`; `/iframe` for its end.
    pub name: String,
    /// Names and values, in order.
    pub attributes: Vec<(String, String)>,
    /// What stands behind it, up to the next element.
    pub text: String,
}

impl Tag {
    /// The value of an attribute; the first one counts, as in browsers.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(at, _)| at == name).map(|(_, value)| value.as_str())
    }
}

/// Elements whose inside is not markup.
const RAW: [&str; 5] = ["script", "style", "textarea", "title", "template"];

/// Every element of a page.
pub fn tags(source: &str) -> Vec<Tag> {
    let mut found: Vec<Tag> = Vec::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once('<') {
        if let Some(last) = found.last_mut() {
            last.text.push_str(before);
        }
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        if !after.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/') {
            if let Some(last) = found.last_mut() {
                last.text.push('<');
            }
            rest = after;
            continue;
        }
        let (tag, after) = tag(after);
        rest = after;
        if RAW.contains(&tag.name.as_str()) {
            let end = ["</", &tag.name].concat();
            // Same length: only ASCII letters change.
            let at = rest.to_ascii_lowercase().find(&end).unwrap_or(rest.len());
            let (inside, after) = rest.split_at(at);
            rest = after;
            found.push(Tag { text: inside.to_owned(), ..tag });
        } else {
            found.push(tag);
        }
    }
    if let Some(last) = found.last_mut() {
        last.text.push_str(rest);
    }
    found
}

/// The element that begins here, behind its `<`, and what comes after it.
fn tag(source: &str) -> (Tag, &str) {
    let end = source.find(|letter: char| letter.is_whitespace() || letter == '>').unwrap_or(source.len());
    let (name, mut rest) = source.split_at(end);
    let name = name.strip_suffix('/').filter(|name| !name.is_empty()).unwrap_or(name);
    let mut tag = Tag { name: name.to_ascii_lowercase(), ..Tag::default() };
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (tag, after);
        }
        if rest.is_empty() {
            return (tag, rest);
        }
        let end = rest
            .find(|letter: char| letter.is_whitespace() || matches!(letter, '=' | '>' | '/'))
            .unwrap_or(rest.len());
        // A stray `=` is part of a name.
        let end = if end == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { end };
        let (name, after) = rest.split_at(end);
        let after_space = after.trim_start();
        let (value, after) = match after_space.strip_prefix('=') {
            Some(value) => value_of(value.trim_start()),
            None => ("", after),
        };
        tag.attributes.push((name.to_ascii_lowercase(), decoded(value)));
        rest = after;
    }
}

fn value_of(source: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = source.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    let end = source.find(|letter: char| letter.is_whitespace() || letter == '>').unwrap_or(source.len());
    source.split_at(end)
}

/// The few references that stand in addresses and policies.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let quotes =
        text.replace("&quot;", "\"").replace("&#39;", "'").replace("&#039;", "'").replace("&apos;", "'");
    quotes.replace("&#x2F;", "/").replace("&#038;", "&").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(source: &str) -> Vec<String> {
        tags(source).into_iter().map(|tag| tag.name).collect()
    }

    #[test]
    fn elements_and_attributes_are_read_as_a_browser_reads_them() {
        let page = "<!doctype html><HTML lang=en><meta\n http-equiv='Content-Security-Policy' CONTENT=\"default-src &#39;self&#39;\"/>\
                    <a href=/x?a=1&amp;b=2>Words &lt;what-matters&gt;</a><br/><input disabled value=\"a > b\">";
        let tags = tags(page);
        let get = |name: &str, attribute: &str| {
            tags.iter().find(|tag| tag.name == name).and_then(|tag| tag.get(attribute)).map(str::to_owned)
        };
        assert_eq!(get("html", "lang").as_deref(), Some("en"));
        assert_eq!(get("meta", "content").as_deref(), Some("default-src 'self'"));
        assert_eq!(get("a", "href").as_deref(), Some("/x?a=1&b=2"));
        assert_eq!(get("input", "disabled").as_deref(), Some(""));
        assert_eq!(get("input", "value").as_deref(), Some("a > b"));
        assert!(tags.iter().any(|tag| tag.name == "a" && tag.text.contains("&lt;what-matters")));
    }

    #[test]
    fn what_is_commented_out_or_inside_a_script_is_not_on_the_page() {
        assert_eq!(names("<!-- <iframe> --><script>'<iframe>'</SCRIPT><p>"), ["script", "/script", "p"]);
        assert_eq!(names("a < b <3 <p>"), ["p"]);
    }

    #[test]
    fn a_broken_page_is_read_to_its_end() {
        for source in [
            "<",
            "<a",
            "<a href",
            "<a href=",
            "<a href='",
            "<!--",
            "<script",
            "<script>",
            "</",
            "<a =\u{e9}=>",
            "<\u{e9}>",
            "<a/\u{e9}",
        ] {
            tags(source);
        }
    }
}

//! A look at a practice's web page: will the questions open there?
//!
//! It looks at the source that was pasted or opened, and at headers if there are any. It runs nothing, so it cannot see
//! what a script adds later.

use super::finding::Finding;
use super::page_source::{Tag, tags};
use super::policy::{Kind, Policy};
use super::snippet::{Way, origin};

/// What was pasted, or opened from here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The page's own address, if it was given.
    pub page: String,
    /// Its source.
    pub source: String,
    /// The headers it is sent with, if they were given.
    pub headers: String,
}

/// Looks at a page for the questions at `address`, the gravest findings first.
pub fn look(pasted: &Pasted, address: &str) -> Vec<Finding> {
    let tags = tags(&pasted.source);
    let ours = Ours { address, origin: origin(address).unwrap_or_default() };
    let mut found = Vec::new();
    let mut ways = Vec::new();
    let page = origin(&pasted.page);
    let base = tags.iter().find(|tag| tag.name == "base").and_then(|tag| tag.get("href"));

    if tags.iter().any(|tag| tag.name == "a" && tag.get("href").is_some_and(|href| ours.has(href))) {
        ways.push(Way::Link);
    }
    for tag in tags.iter().filter(|tag| tag.name == "iframe") {
        let Some(src) = tag.get("src").or_else(|| tag.get("data-src")).filter(|src| ours.has(src)) else {
            continue;
        };
        ways.push(Way::Frame);
        frame(tag, src, page.as_deref(), &ours, &mut found);
    }
    let script = tags.iter().find(|tag| {
        tag.name == "script" && tag.get("src").or_else(|| tag.get("data-src")).is_some_and(is_embed)
    });
    if let Some(at) = tags.iter().position(|tag| tag.name == "what-matters") {
        ways.push(Way::Element);
        element(&tags, at, base, &mut found);
        if script.is_none() {
            found.push(Finding::NoScript);
        }
    } else if script.is_some() && !ways.contains(&Way::Frame) {
        found.push(Finding::NoElement);
    }
    if let Some(script) = script {
        match script.get("type") {
            Some("module") => {}
            Some("text/plain") => found.push(Finding::HeldBack),
            _ => found.push(Finding::NotAModule),
        }
    }
    if pasted.source.contains("[what_matters") {
        ways.push(Way::WordPress);
    }
    mangled(pasted, &tags, &mut ways, &mut found);
    policies(pasted, &tags, &ways, page.as_deref(), &ours, &mut found);
    mixed(pasted, &tags, &ours, &mut found);
    let has_viewport = tags.iter().any(|tag| {
        tag.name == "meta" && tag.get("name").is_some_and(|name| name.eq_ignore_ascii_case("viewport"))
    });
    if !has_viewport && tags.iter().any(|tag| tag.name == "head") {
        found.push(Finding::NoViewport);
    }
    if ways.is_empty() && !found.contains(&Finding::ShownAsText) && !found.contains(&Finding::NoElement) {
        found.push(Finding::NoSnippet);
    }
    found.extend(ways.into_iter().map(Finding::Found));
    found.sort_by_key(Finding::weight);
    found.dedup();
    found
}

/// Where the questions are.
struct Ours<'a> {
    address: &'a str,
    origin: String,
}

impl Ours<'_> {
    /// Whether an address leads to the questions, by http too.
    fn has(&self, url: &str) -> bool {
        let bare = |url: &str| {
            url.split_once("//").map_or(url, |(_, rest)| rest).trim_end_matches('/').to_ascii_lowercase()
        };
        let below = bare(url).strip_prefix(&bare(self.address)).map(str::to_owned);
        below.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    }
}

fn is_embed(src: &str) -> bool {
    let name = src.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    name == "embed.js" || (name.starts_with("embed-") && name.ends_with(".js"))
}

fn frame(tag: &Tag, src: &str, page: Option<&str>, ours: &Ours<'_>, found: &mut Vec<Finding>) {
    if tag.get("title").is_none_or(|title| title.trim().is_empty()) {
        found.push(Finding::NoTitle);
    }
    let keeps = |sandbox: &str| {
        ["allow-scripts", "allow-same-origin"]
            .iter()
            .all(|word| sandbox.split_whitespace().any(|at| at == *word))
    };
    if tag.get("sandbox").is_some_and(|sandbox| !keeps(sandbox)) {
        found.push(Finding::Sandboxed);
    }
    if tag.get("src").is_none() && !src.is_empty() {
        found.push(Finding::HeldBack);
    }
    if page.is_some_and(|page| !are_of_one_site(page, &ours.origin)) {
        found.push(Finding::OtherSite);
    }
}

/// Whether one host is the other, or both share the name above their first part: `www.surgery.example` and
/// `questions.surgery.example`. Two practices below one public name (`a.nhs.uk`, `b.nhs.uk`) are not told apart by
/// that, so three names at least must be there, or four where the second is one that many share.
fn are_of_one_site(one: &str, other: &str) -> bool {
    let host = |origin: &str| {
        let host = origin.split_once("://").map_or(origin, |(_, host)| host);
        host.split(':').next().unwrap_or_default().to_owned()
    };
    let (one, other) = (host(one), host(other));
    let is_within = |outer: &str, inner: &str| {
        outer.contains('.') && inner.strip_suffix(outer).is_some_and(|rest| rest.ends_with('.'))
    };
    if one == other || is_within(&one, &other) || is_within(&other, &one) {
        return true;
    }
    let above = |host: &str| host.split_once('.').map(|(_, above)| above.to_owned());
    let names = |host: &str| host.split('.').count();
    let many_share =
        |above: &str| ["nhs.uk", "co.uk", "org.uk", "gov.uk", "ac.uk", "github.io"].contains(&above);
    match (above(&one), above(&other)) {
        (Some(above), Some(same)) => above == same && names(&above) >= 2 && !many_share(&above),
        _ => false,
    }
}

fn element(tags: &[Tag], at: usize, base: Option<&str>, found: &mut Vec<Finding>) {
    let Some(tag) = tags.get(at) else { return };
    let is_whole = |url: &str| url.contains("://") || url.starts_with("//");
    if let Some(config) = tag.get("config").filter(|config| !is_whole(config) && !base.is_some_and(is_whole))
    {
        found.push(Finding::Relative(config.to_owned()));
    }
    let inside = tags.iter().skip(at + 1).take_while(|tag| tag.name != "/what-matters");
    if !inside.into_iter().any(|tag| tag.name == "a" && tag.get("href").is_some()) {
        found.push(Finding::NoLinkInside);
    }
}

/// Snippets that an editor has spoilt.
fn mangled(pasted: &Pasted, tags: &[Tag], ways: &mut [Way], found: &mut Vec<Finding>) {
    let text = |words: &[&str]| tags.iter().any(|tag| words.iter().any(|word| tag.text.contains(word)));
    if text(&["&lt;what-matters", "&lt;iframe", "&lt;script"])
        && !ways.contains(&Way::Frame)
        && !ways.contains(&Way::Element)
    {
        found.push(Finding::ShownAsText);
    }
    let near = ["what-matters", "embed.js", "[what_matters"];
    let is_curly =
        |line: &str| line.contains(['“', '”', '″']) || line.contains("&#8221;") || line.contains("&#8243;");
    if pasted
        .source
        .lines()
        .any(|line| is_curly(line) && near.iter().any(|word| line.contains(word)) && line.contains('='))
    {
        found.push(Finding::CurlyQuotes);
    }
}

fn policies(
    pasted: &Pasted,
    tags: &[Tag],
    ways: &[Way],
    page: Option<&str>,
    ours: &Ours<'_>,
    found: &mut Vec<Finding>,
) {
    let is_policy = |name: &str| name.eq_ignore_ascii_case("content-security-policy");
    let metas = tags.iter().filter(|tag| tag.name == "meta" && tag.get("http-equiv").is_some_and(is_policy));
    let headers = pasted.headers.lines().filter_map(|line| line.split_once(':'));
    let headers = headers.filter(|(name, _)| is_policy(name.trim())).map(|(_, value)| value);
    // A header may hold several, with commas between them; each has to allow a thing.
    let all = metas.filter_map(|tag| tag.get("content")).chain(headers.flat_map(|value| value.split(',')));
    for policy in all.map(Policy::read) {
        if policy.is_sandboxed() {
            found.push(Finding::PageSandboxed);
        }
        let has_script = ways.contains(&Way::Element);
        let mut kinds = Vec::new();
        if has_script {
            kinds.extend([Kind::Script, Kind::Style, Kind::Connect]);
            if !policy.allows_wasm() {
                found.push(Finding::NoWasm);
            }
        }
        if has_script && policy.is_strict_dynamic() {
            found.push(Finding::StrictDynamic);
        }
        if ways.contains(&Way::Frame) {
            kinds.push(Kind::Frame);
        }
        let kept_out = kinds.into_iter().filter(|kind| !policy.allows(*kind, &ours.origin, page));
        found.extend(kept_out.map(|kind| Finding::Policy(kind, ours.origin.clone())));
    }
}

fn mixed(pasted: &Pasted, tags: &[Tag], ours: &Ours<'_>, found: &mut Vec<Finding>) {
    if !pasted.page.trim().starts_with("https:") {
        return;
    }
    let loads = tags.iter().filter(|tag| matches!(tag.name.as_str(), "script" | "iframe" | "what-matters"));
    let addresses = loads.flat_map(|tag| [tag.get("src"), tag.get("config")]).flatten();
    let plain = addresses.filter(|url| url.starts_with("http:") && (ours.has(url) || is_embed(url)));
    found.extend(plain.map(|url| Finding::Mixed(url.to_owned())));
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://questions.surgery.example/";
    const ELEMENT: &str = r#"<head><meta name="viewport" content="width=device-width"></head>
        <script type="module" src="https://questions.surgery.example/embed.js"></script>
        <what-matters config="https://questions.surgery.example/config/surgery.json"><p><a href="https://questions.surgery.example/" data-start>Answer</a></p></what-matters>"#;
    const FRAME: &str = r#"<iframe data-what-matters src="https://questions.surgery.example/" title="What matters"></iframe>"#;

    fn found(source: &str) -> Vec<Finding> {
        found_under(source, "", "https://www.surgery.example/help")
    }

    fn found_under(source: &str, headers: &str, page: &str) -> Vec<Finding> {
        let pasted = Pasted { page: page.to_owned(), source: source.to_owned(), headers: headers.to_owned() };
        look(&pasted, OURS)
    }

    #[test]
    fn a_page_with_a_snippet_as_it_is_has_nothing_wrong() {
        assert_eq!(found(ELEMENT), [Finding::Found(Way::Link), Finding::Found(Way::Element)]);
        assert_eq!(found(FRAME), [Finding::Found(Way::Frame)]);
        assert_eq!(
            found("<a href='https://questions.surgery.example/?instrument=ons4'>Go</a>"),
            [Finding::Found(Way::Link)]
        );
        assert_eq!(found("[what_matters]Tell[/what_matters]"), [Finding::Found(Way::WordPress)]);
        assert_eq!(found("<p>Opening times</p>"), [Finding::NoSnippet]);
        let stranger = "<a href='https://questions.surgery.example.else.example/'>Go</a>";
        assert_eq!(found(stranger), [Finding::NoSnippet], "a name that only begins as ours does");
    }

    #[test]
    fn what_editors_and_cookie_banners_do_to_a_snippet_is_told() {
        let without = ELEMENT.replace(
            r#"<script type="module" src="https://questions.surgery.example/embed.js"></script>"#,
            "",
        );
        assert_eq!(found(&without).first(), Some(&Finding::NoScript));
        let held = ELEMENT.replace("\"module\"", "\"text/plain\"");
        assert_eq!(found(&held).first(), Some(&Finding::HeldBack));
        assert_eq!(found("<p>&lt;what-matters config=&quot;x&quot;&gt;</p>"), [Finding::ShownAsText]);
        assert!(found(&ELEMENT.replace("config=\"", "config=“")).contains(&Finding::CurlyQuotes));
        assert!(found(&ELEMENT.replace(" type=\"module\"", "")).contains(&Finding::NotAModule));
        assert!(found(&ELEMENT.replace("<a href", "<b title")).contains(&Finding::NoLinkInside));
        let relative = ELEMENT.replace("https://questions.surgery.example/config", "config");
        assert!(found(&relative).contains(&Finding::Relative("config/surgery.json".to_owned())));
    }

    #[test]
    fn a_policy_that_keeps_us_out_is_told_with_the_words_to_add() {
        let header = |policy: &str| ["Content-Security-Policy: ", policy].concat();
        let ours = "https://questions.surgery.example".to_owned();
        let strict = found_under(ELEMENT, &header("default-src 'self'"), "https://www.surgery.example/");
        for kind in [Kind::Script, Kind::Style, Kind::Connect] {
            assert!(strict.contains(&Finding::Policy(kind, ours.clone())), "{strict:?}");
        }
        assert!(strict.contains(&Finding::NoWasm));
        let meta =
            [r#"<meta http-equiv="content-security-policy" content="frame-src 'none'">"#, FRAME].concat();
        assert_eq!(found(&meta).first(), Some(&Finding::Policy(Kind::Frame, ours.clone())));
        let documented = "default-src 'self'; script-src https://questions.surgery.example 'wasm-unsafe-eval'; \
                          style-src https://questions.surgery.example; connect-src https://questions.surgery.example https://fhir.example";
        let fine = found_under(ELEMENT, &header(documented), "https://www.surgery.example/");
        assert_eq!(fine, [Finding::Found(Way::Link), Finding::Found(Way::Element)]);
        let two = [documented, ", connect-src 'self'"].concat();
        let kept_out = found_under(ELEMENT, &header(&two), "https://www.surgery.example/");
        assert_eq!(
            kept_out.first(),
            Some(&Finding::Policy(Kind::Connect, ours)),
            "each of two policies counts"
        );
    }

    #[test]
    fn frames_that_lose_answers_and_pages_that_mix_are_told() {
        let other = |page: &str| found_under(FRAME, "", page).contains(&Finding::OtherSite);
        assert!(!other("https://www.surgery.example/") && !other("https://surgery.example/") && !other(""));
        assert!(other("https://www.elsewhere.example/") && other("https://example/"));
        assert!(!are_of_one_site("https://a.nhs.uk", "https://b.nhs.uk"));
        assert!(
            found(&FRAME.replace("title=", "sandbox=allow-scripts title=")).contains(&Finding::Sandboxed)
        );
        assert!(found(&FRAME.replace("title=\"What matters\"", "")).contains(&Finding::NoTitle));
        let mixed = FRAME.replace("https:", "http:");
        assert!(found(&mixed).contains(&Finding::Mixed("http://questions.surgery.example/".to_owned())));
    }

    #[test]
    fn whatever_is_pasted_is_looked_at_to_its_end() {
        for source in ["", "<", "<what-matters", "<iframe src=", "\u{0}<script>", "“config=” what-matters"]
        {
            found(source);
        }
    }
}

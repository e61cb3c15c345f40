//! Holds the source to the table and the invariants at the head of `src/lib.rs`.
//!
//! It reads source text, so it finds what a reader of text can find: which module names which, what a file
//! calls, how long it is. Each rule is a function from one source file to its breaches, and each is shown
//! to catch a made-up bad source at the foot of this file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// Longest a source file may be, in lines. Beyond it a file holds more than one noun.
const LONGEST_FILE: usize = 400;

/// Lists with a line or two for each entry, as long as there are entries: data in the form of code.
const LISTS: [&str; 1] = ["ui/word.rs"];

/// Names that say nothing about what a module is.
const EMPTY_NAMES: [&str; 8] = ["utils", "util", "helpers", "common", "types", "manager", "handler", "misc"];

/// Modules that read no clock, no random source and no browser.
const PURE: [&str; 3] = ["domain", "fhir", "engine"];

/// What a pure module never names.
const IMPURE: [&str; 16] = [
    "std::time",
    "SystemTime",
    "Instant",
    "Date::now",
    "Date::new",
    "random",
    "getrandom",
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::thread",
    "std::process",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
];

/// What turns data into a stop.
const STOPS: [&str; 10] = [
    ".unwrap()",
    ".expect(",
    ".unwrap_throw()",
    ".expect_throw(",
    ".unwrap_err()",
    "panic!",
    "todo!",
    "unimplemented!",
    "unreachable!",
    "dbg!",
];

/// Ways for text to become markup, script or an inline style.
const MARKUP: [&str; 9] = [
    "inner_html",
    "set_inner_html",
    "innerHTML",
    "outer_html",
    "insert_adjacent_html",
    "Function::new_with_args",
    "js_sys::eval",
    " style=",
    "document.write",
];

/// Names of local storage. `LocalStorage` alone is not one: leptos calls something else so.
const LOCAL_STORAGE: [&str; 3] = ["gloo_storage", "local_storage", "localStorage"];

/// The only file that names local storage.
const LOCAL_STORAGE_FILE: &str = "store/local.rs";

/// What that file never calls: each would touch the keys of the site it is embedded in.
const NOT_OURS: [&str; 3] = [".clear()", "::clear(", "get_all"];

/// The crates of the browser.
const BROWSER: [&str; 6] =
    ["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "gloo_storage", "gloo_timers"];

/// Outside crates each module, or one file of it, may name. The longest matching path decides.
fn outside_crates(path: &str) -> BTreeSet<&'static str> {
    let table: &[(&str, &[&str], bool)] = &[
        ("domain/", &["sha2"], false),
        ("fhir/", &["serde_json"], false),
        ("engine/", &[], false),
        ("store/", &["serde_json", "sha2"], false),
        ("store/local.rs", &[], true),
        ("store/indexed.rs", &["serde_json"], true),
        ("collect/", &["serde_json", "sha2"], false),
        // Tells what the browser threw at the other two apart.
        ("store/fault.rs", &["js_sys", "wasm_bindgen"], false),
        ("collect/fetch.rs", &["serde_json"], true),
        ("collect/qr.rs", &["qrcodegen"], false),
        ("collect/inflate.rs", &["miniz_oxide"], false),
        ("collect/locks.rs", &[], true),
        ("collect/web_crypto.rs", &[], true),
        ("ui/", &["leptos", "serde_json", "web_sys", "js_sys", "wasm_bindgen"], false),
        ("app/", &["leptos", "serde_json", "sha2"], true),
        ("embed.rs", &["leptos"], true),
        ("setup/", &["serde_json"], false),
        ("setup/door.rs", &["leptos"], true),
        ("cli/", &["serde_json"], false),
        ("cli/", &["serde_json"], false),
        ("bin/", &["serde_json"], false),
        ("bin/gallery.rs", &["leptos"], true),
    ];
    let row =
        table.iter().filter(|(prefix, ..)| path.starts_with(prefix)).max_by_key(|(prefix, ..)| prefix.len());
    let Some((_, crates, browser)) = row else { return BTreeSet::new() };
    crates.iter().copied().chain(BROWSER.into_iter().filter(|_| *browser)).collect()
}

// ---------------------------------------------------------------------------------------------------------
// Reading source

/// One file of `src/`, with what is not code blanked out. Lines keep their numbers.
struct Source {
    /// Below `src/`, with forward slashes: `store/local.rs`.
    path: String,
    lines: usize,
    /// Code outside tests: no comments, no text in quotes.
    code: String,
    /// The same with the text in quotes kept.
    quoted: String,
}

/// A rule broken, and where.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Breach {
    path: String,
    line: usize,
    what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "src/{}:{}: {}", self.path, self.line, self.what)
    }
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        let (mut code, mut quoted) = blank(text);
        for (start, end) in test_items(&code) {
            erase(&mut code, start, end);
            erase(&mut quoted, start, end);
        }
        Self { path: path.to_owned(), lines: text.lines().count(), code, quoted }
    }

    /// The module at the top of the crate this file belongs to: `store` for `store/local.rs`.
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// How many names the module path has: 1 for `ui/mod.rs`, 2 for `ui/words.rs`.
    fn depth(&self) -> usize {
        self.path.split('/').filter(|part| *part != "mod.rs").count()
    }

    fn breach(&self, at: usize, what: String) -> Breach {
        let line = self.code.get(..at).map_or(0, |before| before.matches('\n').count()) + 1;
        Breach { path: self.path.clone(), line, what }
    }

    /// A breach for each place one of `words` stands in `text` as a whole word.
    fn places(&self, text: &str, words: &[&str], why: &str) -> Vec<Breach> {
        let found = words.iter().flat_map(|word| whole_words(text, word).map(move |at| (at, *word)));
        found.map(|(at, word)| self.breach(at, format!("`{}` {why}", word.trim()))).collect()
    }
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Where `word` stands in `text`, not as part of a longer name.
fn whole_words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let starts_free = !word.starts_with(is_name) || !before.is_some_and(is_name);
        let ends_free = !word.ends_with(is_name) || !after.is_some_and(is_name);
        starts_free && ends_free
    })
}

/// The text with comments and quoted text blanked, and the text with only comments blanked.
fn blank(text: &str) -> (String, String) {
    let bytes = text.as_bytes();
    let (mut code, mut quoted) = (bytes.to_vec(), bytes.to_vec());
    let wipe = |out: &mut [u8], start: usize, end: usize| {
        for byte in &mut out[start..end.min(bytes.len())] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    };
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let end = if rest.starts_with(b"//") {
            at + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
        } else if rest.starts_with(b"/*") {
            at + block_comment(rest)
        } else if let Some(length) = raw_string(rest).filter(|_| at == 0 || !is_name(bytes[at - 1] as char)) {
            at + length
        } else if rest[0] == b'"' {
            at + string(rest)
        } else if let Some(length) = character(rest) {
            at + length
        } else {
            at += 1;
            continue;
        };
        wipe(&mut code, at, end);
        if rest.starts_with(b"//") || rest.starts_with(b"/*") {
            wipe(&mut quoted, at, end);
        }
        at = end;
    }
    (String::from_utf8(code).unwrap(), String::from_utf8(quoted).unwrap())
}

fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match (rest[at], rest.get(at + 1)) {
            (b'/', Some(b'*')) => (depth, at) = (depth + 1, at + 2),
            (b'*', Some(b'/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != b'"' {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

fn raw_string(rest: &[u8]) -> Option<usize> {
    let body = rest.strip_prefix(b"br").or_else(|| rest.strip_prefix(b"r"))?;
    let hashes = body.iter().take_while(|byte| **byte == b'#').count();
    if body.get(hashes) != Some(&b'"') {
        return None;
    }
    let close: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', hashes)).collect();
    let open = rest.len() - body.len() + hashes + 1;
    let length = rest[open..].windows(close.len()).position(|window| window == close)?;
    Some(open + length + close.len())
}

/// The length of a character literal; nothing for a lifetime.
fn character(rest: &[u8]) -> Option<usize> {
    if rest[0] != b'\'' {
        return None;
    }
    if rest.get(1) == Some(&b'\\') {
        return rest[2..].iter().skip(1).position(|byte| *byte == b'\'').map(|end| end + 4);
    }
    let letter = std::str::from_utf8(&rest[1..rest.len().min(5)])
        .unwrap_or_else(|error| std::str::from_utf8(&rest[1..1 + error.valid_up_to()]).unwrap())
        .chars()
        .next()?;
    (rest.get(1 + letter.len_utf8()) == Some(&b'\'')).then_some(2 + letter.len_utf8())
}

/// The items under `#[cfg(test)]` or `#[test]`, from the attribute to the closing brace or semicolon.
fn test_items(code: &str) -> Vec<(usize, usize)> {
    let starts = ["#[cfg(test)]", "#[cfg(all(test", "#[test]"];
    let mut items: Vec<(usize, usize)> = Vec::new();
    for start in starts.iter().flat_map(|mark| code.match_indices(mark).map(|(at, _)| at)) {
        let mut depth = 0;
        let after = code[start..].find(']').map_or(start, |end| start + end + 1);
        for (offset, letter) in code[after..].char_indices() {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            if (letter == '}' || letter == ';') && depth == 0 {
                items.push((start, after + offset + 1));
                break;
            }
        }
    }
    items
}

fn erase(text: &mut String, start: usize, end: usize) {
    let blanked: String =
        text[start..end].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }).collect();
    // A letter outside ASCII is several bytes: pad, so that later positions stay where they were.
    let missing = (end - start) - blanked.len();
    text.replace_range(start..end, &(blanked + &" ".repeat(missing)));
}

// ---------------------------------------------------------------------------------------------------------
// The rules

/// Which modules each module may use, from the table at the head of `lib.rs`.
fn directions(lib: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut table = BTreeMap::new();
    let rows = lib.lines().filter_map(|line| line.strip_prefix("//! "));
    for row in rows.skip_while(|row| *row != "```text").skip(1).take_while(|row| *row != "```") {
        let Some((left, uses)) = row.split_once(" uses ") else { panic!("a row without `uses`: {row}") };
        let name = left.split_whitespace().next().unwrap().to_owned();
        let used = match uses.trim() {
            "–" => BTreeSet::new(),
            "all above" => table.keys().cloned().collect(),
            names => names.split(", ").map(str::to_owned).collect(),
        };
        table.insert(name, used);
    }
    table
}

/// The modules named right after `crate::`, also inside braces: `use crate::{domain::ids, engine}`.
fn crate_modules(code: &str) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    for at in whole_words(code, "crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.trim_start().strip_prefix('{') else {
            named.push((at, rest.chars().take_while(|letter| is_name(*letter)).collect()));
            continue;
        };
        let (mut depth, mut name, mut fresh) = (0, String::new(), true);
        for letter in group.chars() {
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => fresh = true,
                _ if depth == 0 && fresh && is_name(letter) => name.push(letter),
                _ if !name.is_empty() && depth == 0 => {
                    named.push((at, std::mem::take(&mut name)));
                    fresh = false;
                }
                _ => {}
            }
            if matches!(letter, ',' | '{') && !name.is_empty() {
                named.push((at, std::mem::take(&mut name)));
            }
        }
        if !name.is_empty() {
            named.push((at, name));
        }
    }
    named
}

fn modules_are_used_in_one_direction(
    source: &Source,
    table: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<Breach> {
    let module = source.module();
    if matches!(module, "lib" | "bin") {
        return Vec::new();
    }
    let Some(allowed) = table.get(module) else {
        return vec![source.breach(0, format!("module `{module}` has no row in the table of src/lib.rs"))];
    };
    let wrong =
        crate_modules(&source.code).into_iter().filter(|(_, used)| used != module && !allowed.contains(used));
    let mut breaches: Vec<Breach> =
        wrong.map(|(at, used)| source.breach(at, format!("`{module}` may not use `{used}`"))).collect();
    // Enough `super::` in a row climbs out of the module, past the table.
    let climb = "super::".repeat(source.depth());
    breaches.extend(
        whole_words(&source.code, &climb)
            .map(|at| source.breach(at, format!("`{climb}` leaves the module: say `crate::`"))),
    );
    breaches
}

fn outside_crates_keep_to_their_modules(source: &Source, dependencies: &BTreeSet<String>) -> Vec<Breach> {
    let allowed = outside_crates(&source.path);
    let refused = dependencies.iter().filter(|name| !allowed.contains(name.as_str()));
    refused
        .flat_map(|name| {
            let path = format!("{name}::");
            let places: Vec<usize> = whole_words(&source.code, &path).collect();
            places
                .into_iter()
                .map(|at| source.breach(at, format!("`{name}` may not be named here")))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn a_file_is_short(source: &Source) -> Vec<Breach> {
    let over = source.lines > LONGEST_FILE && !LISTS.contains(&source.path.as_str());
    over.then(|| source.breach(0, format!("{} lines; at most {LONGEST_FILE}", source.lines)))
        .into_iter()
        .collect()
}

fn a_module_has_a_name(source: &Source) -> Vec<Breach> {
    let in_path = source.path.trim_end_matches(".rs").split('/').map(|part| (0, part));
    let inline = whole_words(&source.code, "mod ").map(|at| {
        let rest = &source.code[at + "mod ".len()..];
        (at, rest.split(|letter: char| !is_name(letter)).next().unwrap_or_default())
    });
    let empty = in_path.chain(inline).filter(|(_, name)| EMPTY_NAMES.contains(name));
    empty.map(|(at, name)| source.breach(at, format!("a module named `{name}` says nothing"))).collect()
}

fn one_file_names_local_storage(source: &Source) -> Vec<Breach> {
    if source.path == LOCAL_STORAGE_FILE {
        return source.places(&source.code, &NOT_OURS, "reaches the keys of the site around us");
    }
    source.places(&source.quoted, &LOCAL_STORAGE, &format!("is named only in src/{LOCAL_STORAGE_FILE}"))
}

fn text_never_becomes_markup(source: &Source) -> Vec<Breach> {
    source.places(&source.quoted, &MARKUP, "makes markup, script or an inline style")
}

fn data_never_panics(source: &Source) -> Vec<Breach> {
    source.places(&source.code, &STOPS, "can stop the program on data")
}

fn pure_modules_are_pure(source: &Source) -> Vec<Breach> {
    if !PURE.contains(&source.module()) {
        return Vec::new();
    }
    source.places(&source.code, &IMPURE, "reads a clock, a random source, the browser or the machine")
}

/// The outside crates the library may link, spelt as in paths. Those of tests are not counted.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut listing = false;
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            listing = section.ends_with("dependencies") && !section.contains("dev-dependencies");
            let single = section.rsplit_once("dependencies.").filter(|_| !section.contains("dev-"));
            names.extend(single.map(|(_, name)| name.replace('-', "_")));
        } else if let Some((name, _)) =
            line.split_once('=').filter(|(name, _)| listing && !name.starts_with(['#', ' ']))
        {
            names.insert(name.trim().replace('-', "_"));
        }
    }
    names
}

// ---------------------------------------------------------------------------------------------------------
// The house as it stands

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() { files_below(&path) } else { vec![path] }
        })
        .collect();
    files.sort();
    files
}

fn house() -> Vec<Source> {
    let source = root().join("src");
    let files = files_below(&source);
    assert!(files.len() > 10, "src/ was not found");
    files
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let name = path.strip_prefix(&source).unwrap().to_str().unwrap().replace('\\', "/");
            Source::new(&name, &fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn assert_kept(rule: impl Fn(&Source) -> Vec<Breach>) {
    let breaches: Vec<String> = house().iter().flat_map(rule).map(|breach| breach.to_string()).collect();
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn the_house_uses_its_modules_in_one_direction() {
    let table = directions(&read("src/lib.rs"));
    assert!(table.len() >= 7, "the table of src/lib.rs was not read: {table:?}");
    assert_kept(|source| modules_are_used_in_one_direction(source, &table));
}

#[test]
fn the_house_names_outside_crates_only_where_they_belong() {
    let dependencies = dependencies(&read("Cargo.toml"));
    assert!(dependencies.contains("leptos") && dependencies.contains("web_sys"), "{dependencies:?}");
    assert_kept(|source| outside_crates_keep_to_their_modules(source, &dependencies));
}

#[test]
fn every_file_of_the_house_is_short() {
    assert_kept(a_file_is_short);
}

#[test]
fn every_module_of_the_house_has_a_name() {
    assert_kept(a_module_has_a_name);
}

#[test]
fn one_file_of_the_house_names_local_storage() {
    assert_kept(one_file_names_local_storage);
}

#[test]
fn nowhere_in_the_house_does_text_become_markup() {
    assert_kept(text_never_becomes_markup);
}

#[test]
fn nowhere_in_the_house_can_data_panic() {
    assert_kept(data_never_panics);
}

#[test]
fn the_pure_modules_of_the_house_are_pure() {
    assert_kept(pure_modules_are_pure);
}

#[test]
fn every_part_that_has_a_style_is_drawn() {
    let styles = files_below(&root().join("style/parts"));
    let orphans: Vec<_> = styles
        .iter()
        .filter_map(|style| style.file_stem()?.to_str())
        .filter(|name| {
            let drawn_in = |folder: &str| root().join(format!("src/ui/{folder}/{name}.rs")).is_file();
            !drawn_in("parts") && !drawn_in("screens")
        })
        .collect();
    assert!(
        orphans.is_empty(),
        "no file of src/ui/parts/ or screens/ draws these of style/parts/: {orphans:?}"
    );
}

// ---------------------------------------------------------------------------------------------------------
// Each rule catches a made-up bad source, and lets a good one be

fn lines(breaches: &[Breach]) -> Vec<usize> {
    let mut lines: Vec<usize> = breaches.iter().map(|breach| breach.line).collect();
    lines.sort_unstable();
    lines
}

fn two_modules() -> BTreeMap<String, BTreeSet<String>> {
    directions(
        "//! ```text\n//! low   nouns   uses –\n//! mid   things  uses low\n//! high  doors   uses all above\n//! ```\n",
    )
}

#[test]
fn the_direction_rule_catches_every_way_to_write_a_wrong_use() {
    let table = two_modules();
    let bad = "use crate::mid::x;\nuse crate::{high, low::{y, z}};\nfn f() { crate::mid::g(); }\nuse super::super::mid;\n";
    let found = modules_are_used_in_one_direction(&Source::new("low/a.rs", bad), &table);
    assert_eq!(lines(&found), [1, 2, 3, 4], "{found:?}");
    let nested = "use crate::{\n    low::{a, high},\n    mid,\n};\n";
    assert_eq!(modules_are_used_in_one_direction(&Source::new("high/a.rs", nested), &table), []);
    assert_eq!(modules_are_used_in_one_direction(&Source::new("low/a.rs", nested), &table).len(), 1);
    let stranger = modules_are_used_in_one_direction(&Source::new("loft/a.rs", ""), &table);
    assert_eq!(stranger.len(), 1, "a module without a row is a breach");
}

#[test]
fn the_direction_rule_lets_comments_text_and_tests_be() {
    let good = "// use crate::high;\n/* crate::mid */ const A: &str = \"crate::high::x\";\n\
                #[cfg(test)]\nmod tests {\n    use crate::high::x;\n}\nuse super::b;\n";
    assert_eq!(modules_are_used_in_one_direction(&Source::new("low/a.rs", good), &two_modules()), []);
}

#[test]
fn the_outside_crate_rule_knows_each_module() {
    let dependencies = dependencies(
        "[dependencies]\nserde_json = \"1\"\n[target.x.dependencies]\ngloo-storage = \"1\"\n\
         [target.x.dependencies.web-sys]\nversion = \"0.3\"\n[dev-dependencies]\nproptest = \"1\"\n",
    );
    assert_eq!(dependencies.iter().collect::<Vec<_>>(), ["gloo_storage", "serde_json", "web_sys"]);
    let bad = "use serde_json::Value;\nfn f() -> web_sys::Window { todo() }\n";
    let found = |path| outside_crates_keep_to_their_modules(&Source::new(path, bad), &dependencies);
    assert_eq!(lines(&found("engine/a.rs")), [1, 2]);
    assert_eq!(lines(&found("fhir/a.rs")), [2]);
    assert_eq!(lines(&found("store/local.rs")), [1]);
    assert_eq!(lines(&found("app/a.rs")), []);
}

#[test]
fn the_length_rule_counts_lines() {
    assert_eq!(a_file_is_short(&Source::new("ui/a.rs", &"\n".repeat(LONGEST_FILE))), []);
    assert_eq!(a_file_is_short(&Source::new("ui/a.rs", &"\n".repeat(LONGEST_FILE + 1))).len(), 1);
}

#[test]
fn the_name_rule_reads_files_and_inline_modules() {
    assert_eq!(a_module_has_a_name(&Source::new("ui/utils.rs", "")).len(), 1);
    assert_eq!(a_module_has_a_name(&Source::new("helpers/mod.rs", "")).len(), 1);
    assert_eq!(
        lines(&a_module_has_a_name(&Source::new("ui/a.rs", "\nmod common {}\nmod commonly {}\n"))),
        [2]
    );
}

#[test]
fn the_storage_rule_lets_one_file_name_it_and_not_empty_it() {
    let bad =
        "fn f() { window().local_storage(); }\nlet x = \"localStorage\";\nuse gloo_storage::LocalStorage;\n";
    assert_eq!(lines(&one_file_names_local_storage(&Source::new("store/mirror.rs", bad))), [1, 2, 3]);
    let emptying = "fn f(raw: Storage) { raw.clear(); LocalStorage::get_all(); }\n";
    assert_eq!(one_file_names_local_storage(&Source::new("store/local.rs", emptying)).len(), 2);
    assert_eq!(one_file_names_local_storage(&Source::new("store/local.rs", bad)), []);
}

#[test]
fn the_markup_rule_catches_markup_script_and_inline_style() {
    let bad = "view! { <p inner_html=text/> }\nview! { <p style=\"color:red\"/> }\nnode.set_inner_html(x);\n";
    let found = text_never_becomes_markup(&Source::new("ui/a.rs", bad));
    assert_eq!(lines(&found), [1, 2, 3], "{found:?}");
    let setter = Source::new("ui/a.rs", "Reflect::set(&node, &\"innerHTML\".into(), &x);\n");
    assert_eq!(text_never_becomes_markup(&setter).len(), 1);
}

#[test]
fn the_panic_rule_catches_each_stop_outside_tests() {
    let bad = "a.unwrap();\nb.expect(\"x\");\npanic!();\nunreachable!();\ntodo!()\n";
    assert_eq!(lines(&data_never_panics(&Source::new("bin/a.rs", bad))), [1, 2, 3, 4, 5]);
    let good = "a.unwrap_or(1); // .unwrap()\nlet s = r#\"panic!\"#;\nlet c = '\"'; let d = '\\'';\n\
                #[test]\nfn x() { a.unwrap(); }\n#[cfg(test)]\nmod tests { fn f() { panic!() } }\n";
    assert_eq!(data_never_panics(&Source::new("ui/a.rs", good)), []);
    let after = format!("{good}fn g() {{ a.unwrap(); }}\n");
    assert_eq!(lines(&data_never_panics(&Source::new("ui/a.rs", &after))), [8]);
}

#[test]
fn the_purity_rule_binds_only_the_pure_modules() {
    let bad = "use std::time::Instant;\nfn f() { Date::now(); }\nfn g() -> u8 { random() }\n";
    assert_eq!(lines(&pure_modules_are_pure(&Source::new("engine/a.rs", bad))), [1, 1, 2, 3]);
    assert_eq!(pure_modules_are_pure(&Source::new("app/a.rs", bad)), []);
    assert_eq!(pure_modules_are_pure(&Source::new("domain/a.rs", "fn at_random_place() {} // random\n")), []);
}

#[test]
fn reading_source_survives_quotes_lifetimes_and_letters_outside_ascii() {
    let text =
        "fn f<'a>(x: &'a str) { let c = '–'; let d = 'é'; \"…\"; b'\"'; } // ’\nfn g() { x.unwrap() }\n";
    let source = Source::new("ui/a.rs", text);
    assert_eq!(lines(&data_never_panics(&source)), [2]);
    let raw = Source::new("ui/a.rs", "let a = r##\"say \"#hello\"##; /* a /* b */ panic! */ let b = 1;\n");
    assert!(raw.code.contains("let b = 1;") && !raw.code.contains("hello"));
    assert_eq!(data_never_panics(&raw), []);
}

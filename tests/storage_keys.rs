//! `docs/safety/privacy.md` lists every key that may lie on a device, and no other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use what_matters::domain::ids::ResponseId;
use what_matters::store::keys::{self, Key, LEASE, PAD, PREFIX, PROBE};
use what_matters::store::setting::Setting;

const PRIVACY: &str = include_str!("../docs/safety/privacy.md");

/// The keys of the table, as patterns.
fn documented() -> BTreeSet<String> {
    let rows = PRIVACY.lines().filter_map(|line| line.strip_prefix("| `wm/"));
    rows.map(|row| format!("wm/{}", row.split('`').next().unwrap())).collect()
}

/// A key as the table would write it. A new kind of record does not compile here until it has been thought of.
fn pattern(key: &Key) -> String {
    let text = key.text().replace(key.response().as_str(), "<response>");
    match key {
        Key::Draft(_, writer) => text.replace(&**writer, "<writer>"),
        Key::Asked(_) | Key::Final(_) | Key::Send(_) | Key::Gone(_) | Key::Copy(_) => text,
    }
}

/// A setting's key. A new setting does not compile here until it has been thought of.
fn of_setting(setting: Setting) -> String {
    match setting {
        Setting::Language | Setting::TextSize | Setting::Colours => setting.key(),
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// The keys that stand whole in the code, outside its tests.
fn written_out() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    for path in sources(&folder) {
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for rest in code.split("\"wm/").skip(1) {
            found.insert(format!("wm/{}", rest.split('"').next().unwrap()));
        }
    }
    found
}

#[test]
fn every_key_there_can_be_is_documented_and_no_other() {
    let id = ResponseId::from_random([1; 16]);
    let kinds = [
        Key::Draft(id.clone(), "w1".into()),
        Key::Asked(id.clone()),
        Key::Final(id.clone()),
        Key::Send(id.clone()),
        Key::Gone(id.clone()),
        Key::Copy(id),
    ];
    let mut keys: BTreeSet<String> = kinds.iter().map(pattern).collect();
    keys.extend([PAD, LEASE, PROBE].map(str::to_owned));
    keys.extend([Setting::Language, Setting::TextSize, Setting::Colours].map(of_setting));
    keys.insert(keys::set_aside("wm/1/<key>", "<mark>"));
    // What only begins a key, such as the prefix itself, is no key.
    keys.extend(written_out().into_iter().filter(|key| !key.ends_with('/')));
    assert_eq!(documented(), keys);
}

#[test]
fn every_key_lies_under_the_one_prefix() {
    assert!(documented().iter().all(|key| key.starts_with(PREFIX)), "{:?}", documented());
}

//! The real stores of a real browser: working, refused, missing, full, broken, hung and emptied.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::*;
use what_matters::collect::fetch::Fetch;
use what_matters::collect::http::{Http, Request, Silence};
use what_matters::collect::locks;
use what_matters::domain::answer::{Answer, Held, Place};
use what_matters::domain::draft::Draft;
use what_matters::domain::ids::{InstrumentId, LinkId, ResponseId};
use what_matters::domain::parcel::Parcel;
use what_matters::store::fault::Fault;
use what_matters::store::keeper::Keeper;
use what_matters::store::local;
use what_matters::store::mirror::Kept;

wasm_bindgen_test_configure!(run_in_browser);

const NOW: u64 = 1_790_000_000_000;

fn js(code: &str) -> JsValue {
    js_sys::eval(code).unwrap_or_else(|thrown| panic!("{code}: {thrown:?}"))
}

async fn js_later(code: &str) -> JsValue {
    JsFuture::from(js(code).unchecked_into::<js_sys::Promise>()).await.unwrap()
}

/// Something of the browser changed for one test, and put back at its end; if it panics, which ends the test
/// without dropping anything, by [`fresh`] at the start of the next.
struct Changed;

impl Changed {
    /// A property of the window that gives what `getter` gives.
    fn property(name: &str, getter: &str) -> Self {
        js(&format!(
            "window.__old = Object.getOwnPropertyDescriptor(window, '{name}');
             Object.defineProperty(window, '{name}', {{configurable: true, get() {{ {getter} }}}});"
        ));
        Self::undone_by(&format!(
            "if (window.__old) Object.defineProperty(window, '{name}', window.__old); else delete window['{name}'];"
        ))
    }

    /// A method of a prototype that does `body` instead; the real one is `real`.
    fn method(class: &str, name: &str, body: &str) -> Self {
        js(&format!(
            "(() => {{ const real = {class}.prototype.{name}; window.__real = real;
             {class}.prototype.{name} = function(...args) {{ {body} }}; }})()"
        ));
        Self::undone_by(&format!("{class}.prototype.{name} = window.__real;"))
    }

    fn undone_by(code: &str) -> Self {
        js(&format!("(window.__undo ??= []).push(() => {{ {code} }})"));
        Self
    }
}

impl Drop for Changed {
    fn drop(&mut self) {
        js("window.__undo.pop()()");
    }
}

/// Nothing of ours anywhere.
async fn fresh() {
    js("while (window.__undo?.length) window.__undo.pop()()");
    js("localStorage.clear()");
    delete_database().await;
}

async fn delete_database() {
    js_later(
        "new Promise((done, failed) => { const r = indexedDB.deleteDatabase('what-matters');
         r.onsuccess = done; r.onerror = failed; })",
    )
    .await;
}

/// The IndexedDB copy of a key, read without any of our code.
async fn mirrored(key: &str) -> Option<String> {
    let code = format!(
        "new Promise((done, failed) => {{ const r = indexedDB.open('what-matters'); r.onerror = failed;
         r.onsuccess = () => {{ const g = r.result.transaction('records').objectStore('records').get('{key}');
         g.onsuccess = () => {{ r.result.close(); done(g.result); }}; g.onerror = failed; }}; }})"
    );
    js_later(&code).await.as_string()
}

fn stored(key: &str) -> Option<String> {
    js(&format!("localStorage.getItem('{key}')")).as_string()
}

async fn open(tab: u8) -> Keeper {
    Keeper::open([tab; 16]).await
}

fn id() -> ResponseId {
    ResponseId::from_random([7; 16])
}

fn draft(keeper: &Keeper, words: &str) -> Draft {
    let mut draft = Draft::new(id(), InstrumentId::new("https://a.example/q", None));
    let place = Place { link_id: LinkId::new("q"), within: vec![] };
    draft.set(place, Held::Answers(vec![Answer::Text(words.into())]), keeper.writer());
    draft
}

fn response() -> Parcel {
    Parcel::kept(id(), InstrumentId::new("https://a.example/q", None), "{\"a\":\"π 🙂\"}".to_owned(), None)
}

fn draft_key(keeper: &Keeper) -> String {
    format!("wm/1/draft/{}/{}", id(), keeper.writer())
}

fn now() -> f64 {
    js("performance.now()").as_f64().unwrap()
}

#[wasm_bindgen_test]
async fn a_saved_draft_is_the_same_bytes_in_both_stores() {
    fresh().await;
    let keeper = open(1).await;
    assert_eq!((keeper.standing().local, keeper.standing().indexed), (None, None));
    let draft = draft(&keeper, "one\ntwo π 🙂 \u{0}");
    assert_eq!(keeper.save(&draft, NOW).await, Ok(Kept::Both));
    let key = draft_key(&keeper);
    assert!(stored(&key).is_some());
    assert_eq!(stored(&key), mirrored(&key).await);
    let again = open(2).await;
    assert_eq!(again.drafts(None)[0].draft, draft);
    assert_eq!(again.finish(&draft, &response(), NOW).await, Ok(Kept::Both));
    assert_eq!((stored(&key), mirrored(&key).await), (None, None));
    let third = open(3).await;
    assert_eq!(third.parcel(&id()), Some(response()));
    assert!(third.drafts(None).is_empty());
}

#[wasm_bindgen_test]
async fn other_peoples_keys_are_neither_read_nor_touched() {
    fresh().await;
    let foreign = "{'cookie-consent': 'not { json', 'length': '3', 'clear': 'x', 'wm': 'y', 'wm/2/final/z': 'q', \
                   'wm/10/a': 'b', '': 'empty', 'key': '\\u0000'}";
    js(&format!("for (const [k, v] of Object.entries({foreign})) localStorage.setItem(k, v);"));
    let keeper = open(1).await;
    let draft = draft(&keeper, "x");
    keeper.save(&draft, NOW).await.unwrap();
    keeper.finish(&draft, &response(), NOW).await.unwrap();
    keeper
        .withdraw(&what_matters::domain::receipt::Withdrawal { id: id() }, NOW)
        .await
        .unwrap()
        .indexed()
        .unwrap();
    open(2).await;
    let same = js(&format!("Object.entries({foreign}).every(([k, v]) => localStorage.getItem(k) === v)"));
    assert_eq!(same, JsValue::TRUE);
    assert!(mirrored("cookie-consent").await.is_none());
}

#[wasm_bindgen_test]
async fn an_emptied_local_storage_is_healed_from_the_mirror() {
    fresh().await;
    let keeper = open(1).await;
    let draft = draft(&keeper, "kept");
    keeper.save(&draft, NOW).await.unwrap();
    let before = stored(&draft_key(&keeper));
    js("localStorage.clear()");
    let again = open(2).await;
    assert_eq!(again.drafts(None)[0].draft, draft);
    assert_eq!(stored(&draft_key(&keeper)), before);
    // And the other way round.
    js_later("Promise.resolve()").await;
    delete_database().await;
    let third = open(3).await;
    assert_eq!(third.drafts(None)[0].draft, draft);
    assert_eq!(mirrored(&draft_key(&keeper)).await, before);
}

#[wasm_bindgen_test]
async fn a_page_that_is_open_while_everything_is_emptied_writes_its_finished_response_again() {
    fresh().await;
    let keeper = open(1).await;
    keeper.finish(&draft(&keeper, "x"), &response(), NOW).await.unwrap();
    js("localStorage.clear()");
    delete_database().await;
    keeper.refresh().await;
    assert_eq!(keeper.waiting().len(), 1);
    assert_eq!(open(2).await.parcel(&id()), Some(response()));
}

/// Saves, finishes, and comes back: what a person gets with one store out of order.
async fn with_one_store(expected: Kept) {
    let keeper = open(1).await;
    let draft = draft(&keeper, "x");
    assert_eq!(keeper.save(&draft, NOW).await, Ok(expected));
    assert_eq!(open(2).await.drafts(None).first().map(|open| open.draft.clone()), Some(draft.clone()));
    assert_eq!(keeper.finish(&draft, &response(), NOW).await, Ok(expected));
    assert_eq!(open(3).await.waiting().len(), 1);
}

#[wasm_bindgen_test]
async fn local_storage_that_is_refused_is_a_fact_and_the_mirror_carries_on() {
    fresh().await;
    let _refused = Changed::property("localStorage", "throw new DOMException('no', 'SecurityError')");
    assert_eq!(open(1).await.standing().local, Some(Fault::Refused));
    with_one_store(Kept::IndexedOnly(Fault::Refused)).await;
}

#[wasm_bindgen_test]
async fn local_storage_that_is_null_is_a_fact_and_the_mirror_carries_on() {
    fresh().await;
    let _null = Changed::property("localStorage", "return null");
    assert_eq!(open(1).await.standing().local, Some(Fault::Absent));
    with_one_store(Kept::IndexedOnly(Fault::Absent)).await;
}

#[wasm_bindgen_test]
async fn local_storage_that_throws_or_only_pretends_is_broken_and_the_mirror_carries_on() {
    for body in
        ["throw new Error('no')", "return undefined", "return real.call(this, args[0], args[1] + ' ')"]
    {
        fresh().await;
        let _broken = Changed::method("Storage", "setItem", body);
        assert_eq!(open(1).await.standing().local, Some(Fault::Broken), "{body}");
        let keeper = open(2).await;
        let draft = draft(&keeper, "x");
        assert_eq!(keeper.save(&draft, NOW).await, Ok(Kept::IndexedOnly(Fault::Broken)), "{body}");
    }
    fresh().await;
    let _broken = Changed::method("Storage", "getItem", "throw new Error('no')");
    with_one_store(Kept::IndexedOnly(Fault::Broken)).await;
}

#[wasm_bindgen_test]
async fn a_full_local_storage_is_a_fact_and_finishing_uses_the_room_that_was_kept() {
    fresh().await;
    let keeper = open(1).await;
    let draft = draft(&keeper, "x");
    assert_eq!(keeper.save(&draft, NOW).await, Ok(Kept::Both));
    // Another script fills it to the last unit.
    js("(() => { let n = 1 << 22; let v = '';
        while (n >= 1) { try { localStorage.setItem('other', v + 'x'.repeat(n)); v += 'x'.repeat(n); } catch { n >>= 1; } } })()");
    let length = js("localStorage.getItem('other').length");
    let keeper = open(2).await;
    assert_eq!(keeper.standing().local, Some(Fault::Full));
    assert_eq!(keeper.save(&draft, NOW).await, Ok(Kept::IndexedOnly(Fault::Full)));
    assert_eq!(keeper.finish(&draft, &response(), NOW).await, Ok(Kept::Both));
    assert_eq!(keeper.standing().local, None);
    assert_eq!(js("localStorage.getItem('other').length"), length);
    js("localStorage.clear()");
}

#[wasm_bindgen_test]
async fn a_quota_error_is_known_by_name_and_by_code() {
    for thrown in [
        "new DOMException('x', 'QuotaExceededError')",
        "{code: 22}",
        "{name: 'NS_ERROR_DOM_QUOTA_REACHED', code: 1014}",
    ] {
        fresh().await;
        let _full = Changed::method("Storage", "setItem", &format!("throw ({thrown})"));
        assert_eq!(local::open().put("wm/1/x", "y"), Err(Fault::Full), "{thrown}");
    }
}

#[wasm_bindgen_test]
async fn a_key_without_our_prefix_is_never_written() {
    fresh().await;
    assert_eq!(local::open().put("theirs", "y"), Err(Fault::Refused));
    assert_eq!(local::open().remove("theirs"), Err(Fault::Refused));
    assert_eq!(stored("theirs"), None);
}

#[wasm_bindgen_test]
async fn an_indexeddb_that_is_missing_refused_or_throws_is_a_fact_and_local_storage_carries_on() {
    for (getter, fault) in [
        ("return undefined", Fault::Absent),
        ("return null", Fault::Absent),
        ("throw new DOMException('no', 'SecurityError')", Fault::Refused),
    ] {
        fresh().await;
        let _missing = Changed::property("indexedDB", getter);
        assert_eq!(open(1).await.standing().indexed, Some(fault), "{getter}");
        with_one_store(Kept::LocalOnly(fault)).await;
    }
    fresh().await;
    let _throws = Changed::method("IDBFactory", "open", "throw new DOMException('no', 'InvalidStateError')");
    with_one_store(Kept::LocalOnly(Fault::Broken)).await;
}

#[wasm_bindgen_test]
async fn an_indexeddb_that_never_answers_holds_nobody_up() {
    fresh().await;
    // A connection that will not close, and a deletion that waits for it: every later opening waits behind.
    js_later(
        "new Promise((done, failed) => { const r = indexedDB.open('what-matters'); r.onerror = failed;
         r.onupgradeneeded = () => r.result.createObjectStore('records');
         r.onsuccess = () => { window.__held = r.result; indexedDB.deleteDatabase('what-matters').onblocked = done; }; })",
    )
    .await;
    let held = Changed::undone_by("window.__held.close()");
    let begun = now();
    let keeper = open(1).await;
    let opened = now() - begun;
    assert_eq!(keeper.standing().indexed, Some(Fault::Broken));
    assert!((1_900.0..4_000.0).contains(&opened), "{opened} ms");
    let begun = now();
    let draft = draft(&keeper, "x");
    for _ in 0..20 {
        assert_eq!(keeper.save(&draft, NOW).await, Ok(Kept::LocalOnly(Fault::Broken)));
    }
    let saved = now() - begun;
    assert!(saved < 500.0, "twenty saves took {saved} ms");
    drop(held);
    delete_database().await;
    assert_eq!(open(2).await.drafts(None)[0].draft, draft);
    assert!(mirrored(&draft_key(&keeper)).await.is_some(), "it was healed when it answered again");
}

#[wasm_bindgen_test]
async fn an_indexeddb_that_is_closed_behind_our_back_is_opened_again() {
    fresh().await;
    let keeper;
    {
        let _catch = Changed::method(
            "IDBFactory",
            "open",
            "const r = real.apply(this, args);
             r.addEventListener('success', () => { window.__ours = r.result; }); return r;",
        );
        keeper = open(1).await;
    }
    let draft = draft(&keeper, "x");
    assert_eq!(keeper.save(&draft, NOW).await, Ok(Kept::Both));
    js("window.__ours.close()");
    assert_eq!(keeper.save(&draft, NOW).await, Ok(Kept::Both));
    // Closed by the browser, with the event it sends for it.
    js("window.__ours.dispatchEvent(new Event('close'))");
    assert_eq!(keeper.save(&draft, NOW).await, Ok(Kept::Both));
    assert_eq!(stored(&draft_key(&keeper)), mirrored(&draft_key(&keeper)).await);
}

#[wasm_bindgen_test]
async fn an_indexeddb_write_that_is_aborted_is_not_called_kept() {
    fresh().await;
    let keeper = open(1).await;
    let draft = draft(&keeper, "x");
    {
        let _abort = Changed::method(
            "IDBObjectStore",
            "put",
            "const r = real.apply(this, args); r.addEventListener('success', () => this.transaction.abort()); return r;",
        );
        let kept = keeper.save(&draft, NOW).await;
        assert!(matches!(kept, Ok(Kept::LocalOnly(_))), "{kept:?}");
    }
    assert_eq!(mirrored(&draft_key(&keeper)).await, None);
    assert_eq!(keeper.save(&draft, NOW).await, Ok(Kept::Both));
}

#[wasm_bindgen_test]
async fn a_broken_record_is_set_aside_and_the_good_copy_takes_its_place() {
    fresh().await;
    let keeper = open(1).await;
    let draft = draft(&keeper, "x");
    keeper.save(&draft, NOW).await.unwrap();
    let key = draft_key(&keeper);
    let good = stored(&key);
    js(&format!("localStorage.setItem('{key}', localStorage.getItem('{key}').slice(0, -3))"));
    let again = open(2).await;
    assert_eq!(again.standing().set_aside, 1);
    assert_eq!(again.drafts(None)[0].draft, draft);
    assert_eq!(stored(&key), good);
    let aside = js("Object.keys(localStorage).filter(k => k.startsWith('wm/1/bad/draft/')).length");
    assert_eq!(aside, JsValue::from(1));
}

#[wasm_bindgen_test]
async fn a_save_is_quick() {
    fresh().await;
    let keeper = open(1).await;
    let draft = draft(&keeper, &"words ".repeat(600));
    let mut times = Vec::new();
    for _ in 0..60 {
        let begun = now();
        assert_eq!(keeper.save(&draft, NOW).await, Ok(Kept::Both));
        times.push(now() - begun);
    }
    times.sort_by(f64::total_cmp);
    console_log!(
        "a save of 3.6 KB in both stores: median {:.1} ms, slowest of 60 {:.1} ms",
        times[30],
        times[59]
    );
    assert!(times[30] < 50.0, "{times:?}");
}

#[wasm_bindgen_test]
async fn the_browsers_locks_let_one_sender_through() {
    fresh().await;
    let [one, other] = ["one", "other"].map(|writer| locks::browser(local::open(), writer));
    let held = one.take(NOW).await;
    assert!(held.is_some());
    assert!(other.take(NOW).await.is_none());
    drop(held);
    let mut again = None;
    for _ in 0..50 {
        again = other.take(NOW).await;
        if again.is_some() {
            break;
        }
        js_later("new Promise(done => setTimeout(done, 10))").await;
    }
    assert!(again.is_some());
    assert!(one.take(NOW).await.is_none());
    assert_eq!(stored("wm/1/lease"), None, "no stamp is needed where there are locks");
}

#[wasm_bindgen_test]
async fn where_locks_are_missing_or_refused_a_stamp_serves() {
    fresh().await;
    for getter in [
        "return undefined",
        "return {request() { return Promise.reject(new DOMException('no', 'SecurityError')) }}",
    ] {
        js(&format!(
            "Object.defineProperty(navigator, 'locks', {{configurable: true, get() {{ {getter} }}}})"
        ));
        let _back = Changed::undone_by("delete navigator.locks");
        let [one, other] = ["one", "other"].map(|writer| locks::browser(local::open(), writer));
        let held = one.take(NOW).await;
        assert!(held.is_some(), "{getter}");
        assert!(stored("wm/1/lease").is_some());
        assert!(other.take(NOW).await.is_none(), "{getter}");
        drop(held);
        assert!(other.take(NOW).await.is_some(), "{getter}");
    }
}

#[wasm_bindgen_test]
async fn a_request_brings_back_what_was_said_or_silence() {
    fresh().await;
    let origin = js("location.origin").as_string().unwrap();
    let get =
        |url: String| Request { method: "GET", url, headers: vec![("Accept", "*/*".to_owned())], body: None };
    let page = Fetch.send(get(format!("{origin}/"))).await.unwrap();
    assert_eq!(page.status, 200);
    assert!(page.body.to_ascii_lowercase().contains("<html"));
    // Nobody listens on port 9 (discard); and what is no URL asks nobody.
    assert_eq!(Fetch.send(get("http://127.0.0.1:9/".to_owned())).await, Err(Silence));
    assert_eq!(Fetch.send(get("http://[".to_owned())).await, Err(Silence));
}

#[wasm_bindgen_test]
async fn a_request_takes_no_cookie_and_no_referrer_along_and_follows_no_redirect() {
    fresh().await;
    let _watch = Changed::property(
        "fetch",
        "return async (url, init) => { window.__asked = init; return new Response('cut', {status: 201, headers: {'Retry-After': '7'}}); }",
    );
    let request = Request {
        method: "PUT",
        url: "https://fhir.example/x".to_owned(),
        headers: vec![("Prefer", "return=representation".to_owned())],
        body: Some("{}".to_owned()),
    };
    let reply = Fetch.send(request).await.unwrap();
    assert_eq!((reply.status, reply.retry_after.as_deref(), reply.body.as_str()), (201, Some("7"), "cut"));
    let said = js(
        "[__asked.method, __asked.body, __asked.credentials, __asked.redirect, __asked.referrerPolicy, __asked.cache,
          __asked.mode, __asked.headers.get('prefer'), __asked.signal instanceof AbortSignal].join()",
    );
    let expected = "PUT,{},omit,error,no-referrer,no-store,cors,return=representation,true";
    assert_eq!(said.as_string().as_deref(), Some(expected));
}

#[wasm_bindgen_test]
async fn two_pages_that_save_at_once_lose_nothing() {
    fresh().await;
    let [one, other] = [Rc::new(open(1).await), Rc::new(open(2).await)];
    let mut drafts = [draft(&one, "one"), draft(&other, "other")];
    for round in 0..50 {
        for (keeper, draft) in [&one, &other].into_iter().zip(&mut drafts) {
            let place =
                Place { link_id: LinkId::new(&format!("{}-{round}", keeper.writer())), within: vec![] };
            draft.set(place, Held::Answers(vec![Answer::Integer(round)]), keeper.writer());
            keeper.save(draft, NOW).await.unwrap();
        }
    }
    let joined = open(3).await.drafts(None)[0].draft.clone();
    assert_eq!(joined.held.len(), 101);
}

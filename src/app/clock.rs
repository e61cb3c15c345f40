//! The device's clock and its random source: the only place either is read.

use crate::domain::ids::ResponseId;
use js_sys::Date;

/// Milliseconds since 1970 by the device's clock, which may be wrong: never used to order answers.
pub fn now() -> u64 {
    Date::now() as u64
}

/// Milliseconds since the page was opened, by a clock that nobody sets.
pub fn steady() -> u64 {
    // Absent in no browser that runs WASM; without it, the device's own clock serves.
    let now = web_sys::window().and_then(|window| window.performance()).map(|clock| clock.now() as u64);
    now.unwrap_or_else(self::now)
}

/// The local date and time with its offset, in FHIR's `dateTime` form: `2026-11-22T09:05:00+00:00`.
pub fn local_date_time() -> String {
    let date = Date::new_0();
    // getTimezoneOffset counts minutes west of UTC; FHIR counts east.
    let east = -(date.get_timezone_offset() as i32);
    let sign = if east < 0 { '-' } else { '+' };
    let mut text = String::with_capacity(25);
    padded(&mut text, date.get_full_year(), 4);
    for (mark, number) in [
        ('-', date.get_month() + 1),
        ('-', date.get_date()),
        ('T', date.get_hours()),
        (':', date.get_minutes()),
        (':', date.get_seconds()),
        (sign, east.unsigned_abs() / 60),
        (':', east.unsigned_abs() % 60),
    ] {
        text.push(mark);
        padded(&mut text, number, 2);
    }
    text
}

fn padded(text: &mut String, number: u32, width: usize) {
    let digits = number.to_string();
    for _ in digits.len()..width {
        text.push('0');
    }
    text.push_str(&digits);
}

/// The local day of the week in English, as the record carries it.
pub fn weekday() -> &'static str {
    const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    DAYS.get(Date::new_0().get_day() as usize).copied().unwrap_or("")
}

/// A day written for people in their language: "22 November 2026". `millis` since 1970.
pub fn day(millis: u64, language: &str) -> String {
    let options = js_sys::Object::new();
    for (key, value) in [("day", "numeric"), ("month", "long"), ("year", "numeric")] {
        // Setting a plain property of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
    }
    Date::new(&(millis as f64).into()).to_locale_date_string(language, &options).into()
}

/// Sixteen random bytes from the browser's cryptographic source, or `None` where it has none.
pub fn random() -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    let crypto = web_sys::window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// A name for a new response; `None` without a random source.
pub fn new_id() -> Option<ResponseId> {
    random().map(ResponseId::from_random)
}

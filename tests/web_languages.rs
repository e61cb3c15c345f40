//! The plural rules are the browser's own.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use js_sys::Intl::PluralRules;
use js_sys::{Array, Object};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use what_matters::ui::plural::category;
use what_matters::ui::tongue::TONGUES;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn every_number_takes_the_form_that_the_browser_gives_it() {
    for tongue in &TONGUES {
        let rules = PluralRules::new(&Array::of1(&tongue.tag.into()), &Object::new());
        for number in 0..=220_u32 {
            let theirs = String::from(rules.select(f64::from(number)));
            assert_eq!(category(tongue.tag, u64::from(number)).name(), theirs, "{} {number}", tongue.tag);
        }
    }
}

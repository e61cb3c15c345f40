//! How long this browser is known to keep what a page has stored, so that nothing is promised for longer.

use crate::store::journal::DAY;

/// How long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lifespan {
    /// Until somebody clears it, or the device runs out of room.
    #[default]
    Lasting,
    /// WebKit deletes what scripts have stored after seven days of use without a visit to the site
    /// (webkit.org/blog/14403). A page on the Home Screen is spared.
    SevenDays,
    /// Until the page is left: an `<iframe credentialless>` has empty stores at every load (measured in Chromium
    /// 156), and WebKit is reported to keep what a frame on another site stores only while it runs.
    Visit,
}

/// What a browser tells of itself and of where the page stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// `navigator.vendor`: every browser on an iPhone or iPad, and Safari, begins it with “Apple”.
    pub vendor: &'a str,
    /// Opened from the Home Screen (`navigator.standalone`).
    pub home_screen: bool,
    /// In a frame of a page on another site.
    pub framed_by_another: bool,
    /// In an `<iframe credentialless>` (`window.credentialless`).
    pub credentialless: bool,
}

impl Lifespan {
    /// How long what is stored at such a place is kept.
    pub fn at(place: Place<'_>) -> Self {
        let webkit = place.vendor.starts_with("Apple");
        if place.credentialless || (webkit && place.framed_by_another) {
            Self::Visit
        } else if webkit && !place.home_screen {
            Self::SevenDays
        } else {
            Self::Lasting
        }
    }

    /// The last whole day, in milliseconds since 1970, on which what is stored at `now` is still there for sure.
    pub fn sure_until(self, now: u64) -> Option<u64> {
        match self {
            Self::Lasting | Self::Visit => None,
            Self::SevenDays => Some(now + 6 * DAY),
        }
    }

    /// A day that something is promised to be kept until, or the sooner one for which that can be promised.
    pub fn no_later(self, until: u64, now: u64) -> u64 {
        self.sure_until(now).map_or(until, |sure| sure.min(until))
    }
}

/// Whether a page on `top` stands for another site than one on `own`, both host names. Only where one lies under
/// the other are they one site for sure: which names anybody can have names under is a long list that changes
/// (publicsuffix.org).
pub fn is_another_site(own: &str, top: &str) -> bool {
    let (own, top) = (own.strip_prefix("www.").unwrap_or(own), top.strip_prefix("www.").unwrap_or(top));
    let under = |low: &str, high: &str| low.strip_suffix(high).is_some_and(|rest| rest.ends_with('.'));
    !(own == top || (!top.is_empty() && under(own, top)) || (!own.is_empty() && under(top, own)))
}

/// How long what is stored here is kept.
#[cfg(target_arch = "wasm32")]
pub fn here() -> Lifespan {
    use js_sys::{Object, Reflect};
    let Some(window) = web_sys::window() else { return Lifespan::default() };
    let field = |of: &wasm_bindgen::JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let is_true = |value: Option<wasm_bindgen::JsValue>| value.and_then(|it| it.as_bool()).unwrap_or(false);
    let navigator = field(&window, "navigator").unwrap_or_default();
    let vendor = field(&navigator, "vendor").and_then(|it| it.as_string()).unwrap_or_default();
    let top = window.top().ok().flatten().filter(|top| !Object::is(top, &window));
    let framed_by_another = top.is_some_and(|top| {
        // Refused by a page of another origin, and by any where the frame is sandboxed. WebKit then still says
        // who is around, the outermost last.
        field(&top, "document").is_none() && {
            let around = field(&window.location(), "ancestorOrigins").unwrap_or_default();
            let count = field(&around, "length").and_then(|it| it.as_f64()).unwrap_or_default();
            let outermost = Reflect::get_u32(&around, (count as u32).saturating_sub(1)).unwrap_or_default();
            let origin = outermost.as_string().unwrap_or_default();
            let host = web_sys::Url::new(&origin).map(|url| url.hostname()).unwrap_or_default();
            is_another_site(&window.location().hostname().unwrap_or_default(), &host)
        }
    });
    Lifespan::at(Place {
        vendor: &vendor,
        home_screen: is_true(field(&navigator, "standalone")),
        framed_by_another,
        credentialless: is_true(field(&window, "credentialless")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAFARI: Place<'static> = Place {
        vendor: "Apple Computer, Inc.",
        home_screen: false,
        framed_by_another: false,
        credentialless: false,
    };
    const CHROME: Place<'static> = Place { vendor: "Google Inc.", ..SAFARI };

    #[test]
    fn where_the_browser_deletes_after_seven_days_nothing_is_promised_for_longer() {
        assert_eq!(Lifespan::at(SAFARI), Lifespan::SevenDays);
        let now = 1_700_000_000_000;
        assert_eq!(Lifespan::SevenDays.no_later(now + 30 * DAY, now), now + 6 * DAY);
        assert_eq!(Lifespan::SevenDays.no_later(now + 2 * DAY, now), now + 2 * DAY);
        assert_eq!(Lifespan::Lasting.no_later(now + 30 * DAY, now), now + 30 * DAY);
    }

    #[test]
    fn a_page_on_the_home_screen_is_spared_and_other_browsers_do_not_delete() {
        assert_eq!(Lifespan::at(Place { home_screen: true, ..SAFARI }), Lifespan::Lasting);
        assert_eq!(Lifespan::at(CHROME), Lifespan::Lasting);
        assert_eq!(Lifespan::at(Place { framed_by_another: true, ..CHROME }), Lifespan::Lasting);
    }

    #[test]
    fn a_frame_that_forgets_is_known_as_one() {
        assert_eq!(Lifespan::at(Place { credentialless: true, ..CHROME }), Lifespan::Visit);
        assert_eq!(Lifespan::at(Place { framed_by_another: true, ..SAFARI }), Lifespan::Visit);
        let both = Place { framed_by_another: true, home_screen: true, ..SAFARI };
        assert_eq!(Lifespan::at(both), Lifespan::Visit);
    }

    #[test]
    fn a_name_under_the_others_is_the_same_site_and_nothing_else_is_taken_for_it() {
        for (own, top) in [
            ("practice.nhs.uk", "practice.nhs.uk"),
            ("forms.practice.nhs.uk", "practice.nhs.uk"),
            ("forms.practice.nhs.uk", "www.practice.nhs.uk"),
            ("practice.nhs.uk", "news.practice.nhs.uk"),
        ] {
            assert!(!is_another_site(own, top), "{own} in {top}");
        }
        for (own, top) in [
            ("forms.example", "practice.nhs.uk"),
            ("badpractice.nhs.uk", "practice.nhs.uk"),
            ("forms.a.nhs.uk", "b.nhs.uk"),
            ("forms.example", ""),
            ("", "practice.nhs.uk"),
        ] {
            assert!(is_another_site(own, top), "{own} in {top}");
        }
    }
}

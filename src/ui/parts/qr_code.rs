//! A QR code to scan, as one path of an SVG: sharp at every size, and no picture to fetch.

use super::Example;
use crate::ui::markup::{El, Str, el};

/// The white border a scanner needs, in squares (ISO/IEC 18004, section 6.3.8).
const QUIET: usize = 4;

/// A code `size` squares wide and high; `dark` says row by row from the top which are dark. `name` is what a
/// screen reader says in its place.
///
/// Black on white whatever the colours around it: scanners look for a dark code on a light ground, and a
/// code in a dark theme or in forced colours would be the other way round.
pub fn qr_code(size: usize, dark: &[bool], name: impl Into<Str>) -> El {
    let wide = (size + 2 * QUIET).to_string();
    let path = path(size, dark);
    el("svg")
        .class("wm-qr")
        .attr("viewBox", ["0 0 ", &wide, " ", &wide].concat())
        .attr("role", "img")
        .attr("aria-label", name)
        .attr("shape-rendering", "crispEdges")
        .kid(el("path").attr("fill", "#fff").attr("d", ["M0 0h", &wide, "v", &wide, "H0z"].concat()))
        .kid(el("path").attr("fill", "#000").attr("d", path))
}

/// Each run of dark squares in a row as one rectangle.
fn path(size: usize, dark: &[bool]) -> String {
    let mut path = String::new();
    for (y, row) in dark.chunks(size.max(1)).enumerate() {
        let mut x = 0;
        while x < row.len() {
            let rest = row.get(x..).unwrap_or_default();
            let light = rest.iter().take_while(|dark| !**dark).count();
            let run = rest.iter().skip(light).take_while(|dark| **dark).count();
            if run > 0 {
                for (letter, number) in [('M', x + light + QUIET), (' ', y + QUIET), ('h', run)] {
                    path.push(letter);
                    path.push_str(&number.to_string());
                }
                path.push_str("v1H");
                path.push_str(&(x + light + QUIET).to_string());
                path.push('z');
            }
            x += light + run;
        }
    }
    path
}

/// This part as it may look. Its squares are no code: three corners and a pattern, for looking at.
pub fn examples() -> Vec<Example> {
    const SIZE: usize = 21;
    let corner = |x: usize, y: usize| {
        let ring = x.max(y).max(6 - x.min(6)).max(6 - y.min(6));
        x < 7 && y < 7 && ring != 5
    };
    let dark = |x: usize, y: usize| {
        corner(x, y)
            || corner(SIZE - 1 - x, y)
            || corner(x, SIZE - 1 - y)
            || (x > 7 && y > 7 && (x * y) % 3 == 1)
    };
    let squares: Vec<bool> = (0..SIZE * SIZE).map(|at| dark(at % SIZE, at / SIZE)).collect();
    vec![("plain", qr_code(SIZE, &squares, "A code to scan"))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_run_of_dark_squares_is_drawn_once_inside_the_quiet_border() {
        let dark = [true, true, false, false, true, false, true, false, true];
        assert_eq!(path(3, &dark), "M4 4h2v1H4zM5 5h1v1H5zM4 6h1v1H4zM6 6h1v1H6z");
        let html = qr_code(3, &dark, "A code").html();
        assert!(html.contains("viewBox=\"0 0 11 11\"") && html.contains("aria-label=\"A code\""), "{html}");
    }

    #[test]
    fn nothing_gives_no_path() {
        assert_eq!(path(0, &[]), "");
    }
}

//! Small charts, drawn here: the pages allow no inline style and no script, so a shape is an SVG's attributes
//! and its colour a class of the style sheet. Who cannot see a chart hears its label.

use maud::{Markup, html};

/// Width of one value, in the chart's own units; the page stretches it.
const STEP: usize = 10;
/// Free space at each side of a bar.
const GAP: usize = 1;
/// Height of the chart, in its own units.
const HEIGHT: f64 = 60.0;
/// The highest value reaches so far; a little above it stays free.
const HIGHEST: f64 = 56.0;
/// The lowest bar that is seen at all.
const LEAST: f64 = 1.5;
/// Where a line runs at nothing: above the edge, which would cut it in half.
const FLOOR: f64 = 58.0;

/// One bar for each value.
pub(super) fn bars(label: &str, values: &[u64]) -> Markup {
    let most = values.iter().copied().max().unwrap_or_default().max(1);
    frame(
        label,
        values.len(),
        &html! {
            @for (place, value) in values.iter().enumerate().filter(|(_, value)| **value > 0) {
                @let height = (*value as f64 / most as f64 * HIGHEST).max(LEAST);
                rect.bar x=(place * STEP + GAP) y=(units(HEIGHT - height)) width=(STEP - 2 * GAP) height=(units(height)) {}
            }
        },
    )
}

/// A line through the values that are known; `scale` is what the chart's height stands for at least.
pub(super) fn line(label: &str, values: &[Option<u64>], scale: u64) -> Markup {
    let most = values.iter().flatten().copied().max().unwrap_or_default().max(scale).max(1);
    let points = values.iter().enumerate().filter_map(|(place, value)| {
        let y = FLOOR - (*value)? as f64 / most as f64 * (HIGHEST - HEIGHT + FLOOR);
        Some((place * STEP + STEP / 2, units(y)))
    });
    let path: String = points
        .enumerate()
        .map(|(number, (x, y))| format!("{} {x} {y}", if number == 0 { "M" } else { "L" }))
        .collect::<Vec<_>>()
        .join(" ");
    // The last movement goes nowhere, so that a single value is a dot.
    frame(label, values.len(), &html! { @if !path.is_empty() { path.line d={ (path) " h 0" } {} } })
}

fn frame(label: &str, values: usize, content: &Markup) -> Markup {
    html! {
        svg.chart role="img" aria-label=(label) viewBox={ "0 0 " (values.max(1) * STEP) " " (HEIGHT) } preserveAspectRatio="none" {
            (content)
        }
    }
}

/// One decimal is finer than a screen.
fn units(length: f64) -> String {
    format!("{length:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_value_fills_a_chart_and_none_leaves_it() {
        let drawn = bars("Records", &[0, 1, 100]).into_string();
        assert_eq!(drawn.matches("<rect").count(), 2, "{drawn}");
        assert!(drawn.contains(r#"x="21" y="4.0" width="8" height="56.0""#), "{drawn}");
        assert!(drawn.contains(r#"x="11" y="58.5" width="8" height="1.5""#), "seen: {drawn}");
        assert!(drawn.contains(r#"role="img" aria-label="Records" viewBox="0 0 30 60""#), "{drawn}");
        for odd in [bars("Nothing", &[]), bars("Zeros", &[0, 0]), bars("Most", &[u64::MAX])] {
            assert!(!odd.into_string().contains("NaN"));
        }
    }

    #[test]
    fn a_line_leaves_out_what_is_not_known_and_shows_a_single_value() {
        let drawn = line("Lag", &[None, Some(30), None, Some(0)], 60).into_string();
        assert!(drawn.contains(r#"d="M 15 31.0 L 35 58.0 h 0""#), "{drawn}");
        assert!(line("Lag", &[None, Some(60)], 60).into_string().contains(r#"d="M 15 4.0 h 0""#));
        assert!(!line("Lag", &[None, None], 60).into_string().contains("<path"));
    }
}

//! JSON for reading: lines and indents are added, everything else stays as it came, numbers and order included.

/// Indents a JSON text; what is no JSON comes out readable enough.
pub(super) fn pretty(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut depth, mut within, mut escaped) = (0_usize, false, false);
    let mut signs = json.chars().filter(|sign| !matches!(sign, '\u{feff}')).peekable();
    while let Some(sign) = signs.next() {
        if within {
            out.push(sign);
            within = escaped || sign != '"';
            escaped = sign == '\\' && !escaped;
            continue;
        }
        match sign {
            '"' => {
                within = true;
                out.push(sign);
            }
            '{' | '[' => {
                out.push(sign);
                while signs.next_if(|next| next.is_ascii_whitespace()).is_some() {}
                match signs.next_if(|next| matches!(next, '}' | ']')) {
                    Some(end) => out.push(end),
                    None => {
                        depth += 1;
                        line(&mut out, depth);
                    }
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(sign);
            }
            ',' => {
                out.push(sign);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            sign if sign.is_ascii_whitespace() => {}
            sign => out.push(sign),
        }
    }
    out
}

/// Nobody reads further to the right.
const DEEPEST: usize = 40;

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth.min(DEEPEST)));
}

#[cfg(test)]
mod tests {
    use super::pretty;

    #[test]
    fn lines_are_added_and_nothing_else_changes() {
        assert_eq!(
            pretty(r#"{"b":1.10,"a":[],"c":{"x":"{\"y\": [1,2]}\\","n":null} }"#),
            "{\n  \"b\": 1.10,\n  \"a\": [],\n  \"c\": {\n    \"x\": \"{\\\"y\\\": [1,2]}\\\\\",\n    \"n\": null\n  }\n}"
        );
    }

    #[test]
    fn what_is_no_json_does_not_break_it() {
        for text in ["", "}}}", "[[[[", "\"", "\"\\", "<html>"] {
            pretty(text);
        }
        assert!(pretty(&"[".repeat(5000)).len() < 500_000);
    }
}

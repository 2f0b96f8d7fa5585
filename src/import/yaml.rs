//! The part of YAML that dumps of data use: block maps and lists, flow lists and maps, plain and quoted words.
//!
//! Anchors, aliases, tags, block scalars and several documents are refused, so that nothing refers to anything else and no
//! file can grow while it is read. No library is used: those that are kept up expand aliases or read numbers into floats
//! without a place, and here a number is kept as it is written, where it is written.

use super::sheet::error;
use super::tree::{DEEPEST, MOST_VALUES, Node, Value};
use crate::scenario::Finding;
use crate::visible::visible;

/// Reads a text.
///
/// # Errors
/// It is no YAML, uses more of it than is read here, a key stands twice, or something goes beyond a limit.
pub fn read(text: &str) -> Result<Node, Finding> {
    let mut reader = Reader { text, lines: lines(text)?, next: 0, values: 0 };
    let node = match reader.lines.first() {
        None => Node { span: 0..0, value: Value::Nothing },
        Some(first) => reader.block(first.indent, 0)?,
    };
    match reader.lines.get(reader.next) {
        None => Ok(node),
        Some(line) => Err(odd("this line does not belong to what stands above it", line.at)),
    }
}

fn odd(found: &str, at: usize) -> Finding {
    error(found, &(at..at + 1), "dumps of NegMAS indent by two blanks")
}

/// A line with something on it.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// Blanks before its first character.
    indent: usize,
    /// Where that character stands.
    at: usize,
    /// Where the line ends, without blanks.
    end: usize,
}

fn lines(text: &str) -> Result<Vec<Line>, Finding> {
    let (mut lines, mut from) = (Vec::new(), 0);
    for raw in text.split_inclusive('\n') {
        let content = raw.trim_start_matches(' ');
        let (indent, trimmed) = (raw.len() - content.len(), content.trim_end());
        let at = from + indent;
        from += raw.len();
        if content.starts_with('\t') && !trimmed.is_empty() {
            return Err(odd("a tab at the beginning of a line", at));
        }
        let marks = ["---", "..."];
        if trimmed.is_empty()
            || trimmed.starts_with('#')
            || (indent == 0 && lines.is_empty() && marks.contains(&trimmed))
        {
            continue;
        }
        if indent == 0 && marks.contains(&trimmed) {
            return Err(odd("a second document in one file", at));
        }
        if indent == 0 && trimmed.starts_with('%') {
            return Err(odd("a directive, which is not read", at));
        }
        lines.push(Line { indent, at, end: at + trimmed.len() });
    }
    Ok(lines)
}

struct Reader<'t> {
    text: &'t str,
    lines: Vec<Line>,
    next: usize,
    values: usize,
}

impl<'t> Reader<'t> {
    fn line(&self) -> Option<Line> {
        self.lines.get(self.next).copied()
    }

    fn content(&self, line: Line) -> &'t str {
        &self.text[line.at..line.end]
    }

    fn counted(&mut self, depth: usize, at: usize) -> Result<(), Finding> {
        self.values += 1;
        if depth > DEEPEST || self.values > MOST_VALUES {
            let found = format!("values nested more than {DEEPEST} deep, or more than {MOST_VALUES} of them");
            return Err(error(found, &(at..at + 1), "no domain needs as many"));
        }
        Ok(())
    }

    /// The list, map or word that begins at the next line, which has this indent.
    fn block(&mut self, indent: usize, depth: usize) -> Result<Node, Finding> {
        let Some(line) = self.line() else {
            return Ok(Node { span: self.text.len()..self.text.len(), value: Value::Nothing });
        };
        self.counted(depth, line.at)?;
        if is_item(self.content(line)) {
            return self.list(indent, depth);
        }
        if self.key(line)?.is_some() {
            return self.map(indent, depth);
        }
        self.scalar(line.at, line.indent.saturating_sub(1), depth)
    }

    fn list(&mut self, indent: usize, depth: usize) -> Result<Node, Finding> {
        let (start, mut end, mut list) = (self.line().map_or(0, |l| l.at), 0, Vec::new());
        while let Some(line) = self.line().filter(|l| l.indent == indent && is_item(self.content(*l))) {
            let rest = self.content(line)[1..].trim_start();
            let offset = self.content(line).len() - rest.len();
            let node = if rest.is_empty() || rest.starts_with('#') {
                self.next += 1;
                self.below(indent + 1, line.at, depth)?
            } else {
                // What stands behind the dash is a line of its own, indented so far.
                self.lines[self.next] = Line { indent: indent + offset, at: line.at + offset, end: line.end };
                self.block(indent + offset, depth + 1)?
            };
            end = node.span.end;
            list.push(node);
        }
        Ok(Node { span: start..end.max(start), value: Value::List(list) })
    }

    /// What stands on the next lines if they are indented by at least so much; nothing otherwise.
    fn below(&mut self, least: usize, at: usize, depth: usize) -> Result<Node, Finding> {
        match self.line() {
            Some(line) if line.indent >= least => self.block(line.indent, depth + 1),
            _ => Ok(Node { span: at..at + 1, value: Value::Nothing }),
        }
    }

    fn map(&mut self, indent: usize, depth: usize) -> Result<Node, Finding> {
        let (start, mut end) = (self.line().map_or(0, |l| l.at), 0);
        let mut entries: Vec<(String, _, Node)> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        while let Some(line) = self.line().filter(|l| l.indent == indent && !is_item(self.content(*l))) {
            let Some((key, length, value)) = self.key(line)? else { return Err(odd("no `key: value`", line.at)) };
            let span = line.at..line.at + length;
            if !known.insert(key.clone()) {
                return Err(error(format!("the key `{}` stands here twice", visible(&key)), &span, "keep one"));
            }
            let rest = self.text[value..line.end].trim_start();
            let node = if rest.is_empty() || rest.starts_with('#') {
                self.next += 1;
                let is_list = self.line().is_some_and(|l| l.indent == indent && is_item(self.content(l)));
                if is_list { self.block(indent, depth + 1)? } else { self.below(indent + 1, line.at, depth)? }
            } else {
                self.counted(depth + 1, value)?;
                self.scalar(line.end - rest.len(), indent, depth + 1)?
            };
            end = node.span.end;
            entries.push((key, span, node));
        }
        Ok(Node { span: start..end.max(start), value: Value::Map(entries) })
    }

    /// The key with which a line begins, its length as it is written, and where what follows the colon stands.
    fn key(&self, line: Line) -> Result<Option<(String, usize, usize)>, Finding> {
        let content = self.content(line);
        if content == "?" || content.starts_with("? ") {
            return Err(odd("a key of several lines, which is not read", line.at));
        }
        if content.starts_with(['"', '\'']) {
            let (key, end) = self.quoted(line.at)?;
            let rest = self.text[end..line.end.max(end)].trim_start();
            let colon = rest.strip_prefix(':').filter(|after| after.is_empty() || after.starts_with(' '));
            return Ok(colon.map(|after| (key, end - line.at, line.end - after.len())));
        }
        if content.starts_with(['[', '{']) {
            return Ok(None);
        }
        let colon = content.match_indices(':').map(|(at, _)| at).find(|at| {
            let after = &content[at + 1..];
            after.is_empty() || after.starts_with(' ')
        });
        let comment = content.find(" #").unwrap_or(content.len());
        let Some(at) = colon.filter(|at| *at < comment) else { return Ok(None) };
        let key = content[..at].trim_end();
        plain(key, line.at)?;
        Ok(Some((key.to_owned(), key.len(), line.at + at + 1)))
    }

    /// A word, or a flow list or map, that begins at a place of the next line; lines that are indented by more than `indent`
    /// go on with it.
    fn scalar(&mut self, at: usize, indent: usize, depth: usize) -> Result<Node, Finding> {
        let first = self.text[at..].chars().next();
        let (value, end) = match first {
            Some('"' | '\'') => {
                let (text, end) = self.quoted(at)?;
                (Value::Text(text), end)
            }
            Some('[' | '{') => {
                let node = self.flow(at, depth)?;
                (node.value, node.span.end)
            }
            _ => {
                let (mut words, mut end) = (String::new(), at);
                while let Some(line) = self.line().filter(|l| l.at <= at || l.indent > indent) {
                    let from = line.at.max(at);
                    let content = &self.text[from..line.end];
                    let without = content.find(" #").map_or(content, |comment| content[..comment].trim_end());
                    if !words.is_empty() {
                        words.push(' ');
                    }
                    words.push_str(without);
                    end = from + without.len();
                    self.next += 1;
                }
                plain(&words, at)?;
                return Ok(Node { span: at..end, value: typed(&words) });
            }
        };
        let behind = self.text[end..].split('\n').next().unwrap_or_default().trim();
        if !behind.is_empty() && !behind.starts_with('#') {
            return Err(odd("something stands behind a value", end));
        }
        while self.line().is_some_and(|line| line.at < end) {
            self.next += 1;
        }
        Ok(Node { span: at..end, value })
    }

    /// A text in quotes and where it ends. A line break in it is a blank, an empty line a line break.
    fn quoted(&self, at: usize) -> Result<(String, usize), Finding> {
        let quote = self.text[at..].chars().next().unwrap_or('"');
        let (mut out, mut chars) = (String::new(), self.text[at + 1..].char_indices().peekable());
        while let Some((i, c)) = chars.next() {
            let end = at + 1 + i + c.len_utf8();
            match c {
                '\'' if c == quote => match chars.peek() {
                    Some((_, '\'')) => {
                        chars.next();
                        out.push('\'');
                    }
                    _ => return Ok((out, end)),
                },
                '"' if c == quote => return Ok((out, end)),
                '\\' if quote == '"' => {
                    let escaped = chars.next().map(|(_, c)| c);
                    let code = |n: usize, chars: &mut std::iter::Peekable<std::str::CharIndices>| {
                        let digits: String = chars.by_ref().take(n).map(|(_, c)| c).collect();
                        u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)
                    };
                    let c = match escaped {
                        Some('n') => Some('\n'),
                        Some('t') => Some('\t'),
                        Some(c @ ('"' | '\\' | '/' | ' ')) => Some(c),
                        Some('x') => code(2, &mut chars),
                        Some('u') => code(4, &mut chars),
                        Some('U') => code(8, &mut chars),
                        Some('\n') => {
                            while chars.next_if(|(_, c)| *c == ' ').is_some() {}
                            continue;
                        }
                        _ => None,
                    };
                    out.push(c.ok_or_else(|| odd("an escape that is not read", end - 1))?);
                }
                '\n' => {
                    out.truncate(out.trim_end_matches(' ').len());
                    let mut breaks = 0;
                    while let Some((_, c)) = chars.next_if(|(_, c)| [' ', '\n', '\r', '\t'].contains(c)) {
                        breaks += usize::from(c == '\n');
                    }
                    if breaks == 0 { out.push(' ') } else { (0..breaks).for_each(|_| out.push('\n')) }
                }
                '\r' => {}
                c => out.push(c),
            }
        }
        Err(odd("this text is never closed", at))
    }

    /// A list in brackets or a map in braces.
    fn flow(&mut self, at: usize, depth: usize) -> Result<Node, Finding> {
        self.counted(depth, at)?;
        let (is_list, mut here) = (self.text[at..].starts_with('['), at + 1);
        let close = if is_list { ']' } else { '}' };
        let (mut list, mut entries): (Vec<Node>, Vec<(String, _, Node)>) = (Vec::new(), Vec::new());
        let mut known = std::collections::BTreeSet::new();
        loop {
            here = self.blanks(here);
            match self.text[here..].chars().next() {
                None => return Err(odd("this list or map is never closed", at)),
                Some(c) if c == close => break,
                Some(',') => here += 1,
                Some(_) if is_list => {
                    let node = self.within(here, depth)?;
                    here = node.span.end;
                    list.push(node);
                }
                Some(_) => {
                    let key = self.within(here, depth)?;
                    here = self.blanks(key.span.end);
                    let rest = self.text[here..].strip_prefix(':');
                    rest.ok_or_else(|| odd("a key without a colon", key.span.start))?;
                    let value = self.within(self.blanks(here + 1), depth)?;
                    here = value.span.end;
                    let word = key.word("a key")?;
                    if !known.insert(word.clone()) {
                        return Err(error("a key stands here twice", &key.span, "keep one"));
                    }
                    entries.push((word, key.span.clone(), value));
                }
            }
        }
        let value = if is_list { Value::List(list) } else { Value::Map(entries) };
        Ok(Node { span: at..here + 1, value })
    }

    fn within(&mut self, at: usize, depth: usize) -> Result<Node, Finding> {
        self.counted(depth, at)?;
        match self.text[at..].chars().next() {
            Some('[' | '{') => self.flow(at, depth + 1),
            Some('"' | '\'') => self.quoted(at).map(|(text, end)| Node { span: at..end, value: Value::Text(text) }),
            _ => {
                let rest = &self.text[at..];
                let end = rest.char_indices().find(|(i, c)| {
                    let after = rest[i + c.len_utf8()..].chars().next();
                    ",]}\n".contains(*c) || (*c == ':' && after.is_none_or(char::is_whitespace))
                });
                let word = rest[..end.map_or(rest.len(), |(i, _)| i)].trim_end();
                if word.is_empty() {
                    return Err(odd("a value should stand here", at));
                }
                plain(word, at)?;
                Ok(Node { span: at..at + word.len(), value: typed(word) })
            }
        }
    }

    fn blanks(&self, at: usize) -> usize {
        at + self.text[at..].len() - self.text[at..].trim_start().len()
    }
}

fn is_item(content: &str) -> bool {
    content == "-" || content.starts_with("- ")
}

/// Refuses what a word may not begin with: it would be an anchor, an alias, a tag, or text in a block.
fn plain(word: &str, at: usize) -> Result<(), Finding> {
    let what = match word.chars().next() {
        Some('&') => "an anchor",
        Some('*') => "an alias",
        Some('!') => "a tag",
        Some('|' | '>') => "a block of text",
        Some('@' | '`' | '%') => "a reserved mark",
        _ => return Ok(()),
    };
    let hint = "only plain data is read: maps, lists, words in quotes or without";
    Err(error(format!("{what}, which is not read"), &(at..at + 1), hint))
}

fn typed(word: &str) -> Value {
    match word {
        "" | "~" | "null" | "Null" | "NULL" => Value::Nothing,
        "true" | "True" | "TRUE" => Value::Flag(true),
        "false" | "False" | "FALSE" => Value::Flag(false),
        word if super::sheet::decimal(word).is_some() => Value::Number(word.to_owned()),
        word => Value::Text(word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Node, Value};
    use super::read;

    fn text(node: &Node) -> String {
        match &node.value {
            Value::Nothing => "-".into(),
            Value::Flag(flag) => flag.to_string(),
            Value::Number(n) => format!("#{n}"),
            Value::Text(t) => format!("{t:?}"),
            Value::List(list) => format!("[{}]", list.iter().map(text).collect::<Vec<_>>().join(" ")),
            Value::Map(all) => {
                let entries: Vec<String> = all.iter().map(|(key, _, node)| format!("{key}={}", text(node))).collect();
                format!("{{{}}}", entries.join(" "))
            }
        }
    }

    #[test]
    fn plain_data_is_read_and_the_rest_is_refused() {
        let read_as = |source: &str| read(source).map_or_else(|e| format!("no: {}", e.message), |node| text(&node));
        assert_eq!(
            read_as("a: 1\nb:\n- x: y z # why\n  w:\n  - 2\n  - -.5e1\n- ~\n"),
            "{a=#1 b=[{x=\"y z\" w=[#2 #-.5e1]} -]}"
        );
        assert_eq!(
            read_as("a: one\n  two\nb: 'it''s\n  so'\n\"c: d\": [1, {e: f, g: \"h\"}]\n"),
            "{a=\"one two\" b=\"it's so\" c: d=[#1 {e=\"f\" g=\"h\"}]}"
        );
        assert_eq!(read_as("- 60 Gb: 30.0\n  19'' LCD: 2\n-\n  - 1\n"), "[{60 Gb=#30.0 19'' LCD=#2} [#1]]");
        for (source, why) in [
            ("a: &x 1", "an anchor"),
            ("a: *x", "an alias"),
            ("a: !!python/tuple", "a tag"),
            ("a: |\n  x", "a block"),
            ("a: 1\na: 2", "twice"),
            ("a: [1", "never closed"),
            ("a: 'x", "never closed"),
            ("\ta: 1", "a tab"),
            ("a: 1\n---\nb: 2", "second document"),
            ("a:\n    b: 1\n  c: 2\n", "does not belong"),
        ] {
            assert!(read_as(source).contains(why), "{source:?}: {}", read_as(source));
        }
        assert!(read_as(&"- ".repeat(1_000)).contains("nested"), "{}", read_as(&"- ".repeat(1_000)));
        assert!(read_as(&"[".repeat(100_000)).contains("nested"));
    }
}

//! A small XML reader: elements and attributes with their places, and nothing that could grow.
//!
//! No library is used, because what such files get wrong (a bare `&`, no blank between two attributes, blank lines before
//! the declaration) is where libraries stop, and is here repaired with a warning at its place. Entities are never expanded,
//! a DOCTYPE is refused, and all that is counted has a limit: a hostile file is refused as soon as it reaches one.

use super::sheet::{Sheet, error};
use crate::scenario::{Finding, Span};
use crate::visible::visible;

/// How deep elements may be nested.
pub const DEEPEST: usize = 32;

/// Attributes that one element may have.
pub const MOST_ATTRIBUTES: usize = 64;

/// Elements that a file may have.
pub const MOST_ELEMENTS: usize = 100_000;

/// Repairs beyond those that are told, after which a file is refused.
const MOST_REPAIRS: usize = 1_000;

/// Characters of a name, or of the value of an attribute.
const LONGEST: usize = 4_000;

/// An element: its attributes and children. Text between elements is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Where its start tag stands.
    pub span: Span,
    /// In file order, no two with the same name.
    pub attributes: Vec<Attribute>,
    /// In file order.
    pub children: Vec<Element>,
}

/// An attribute and where its value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its value, with character references replaced.
    pub value: String,
    /// Where the value stands.
    pub span: Span,
}

impl Element {
    /// The attribute with a name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|a| a.name == name)
    }

    /// The value of an attribute.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|a| a.value.as_str())
    }

    /// The children with a name.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Where an attribute stands, or else the start tag.
    pub fn place(&self, name: &str) -> &Span {
        self.attribute(name).map_or(&self.span, |a| &a.span)
    }
}

/// Reads a file: its one outermost element. Repairs become warnings of the sheet.
///
/// # Errors
/// What is not well-formed in another way than the repairs cover, and what goes beyond a limit.
pub fn read(sheet: &mut Sheet) -> Result<Element, Finding> {
    let text = std::mem::take(&mut sheet.text);
    let mut reader = Reader { text: &text, at: 0, sheet, open: Vec::new(), root: None, elements: 0 };
    let found = reader.whole();
    sheet.text = text;
    found
}

struct Reader<'t, 's> {
    text: &'t str,
    at: usize,
    sheet: &'s mut Sheet,
    /// The elements that are not closed yet, the innermost last.
    open: Vec<Element>,
    root: Option<Element>,
    elements: usize,
}

impl<'t> Reader<'t, '_> {
    fn whole(&mut self) -> Result<Element, Finding> {
        if !self.text.trim_start().starts_with('<') {
            let at = self.text.len() - self.text.trim_start().len();
            let hint = "a table or a text under the name of an XML file is not read";
            return Err(error("this is no XML: it does not begin with `<`", &(at..at + 1), hint));
        }
        while let Some(to) = self.rest().find('<') {
            self.between(to)?;
            self.at += to;
            self.markup()?;
        }
        self.between(self.rest().len())?;
        if let Some(open) = self.open.last() {
            let found = format!("the element `{}` is never closed", visible(&open.name));
            return Err(error(found, &open.span, "the file may be cut off"));
        }
        let nothing = || error("the file holds no element", &(0..1), "a domain begins with `<negotiation_template>`");
        self.root.take().ok_or_else(nothing)
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Text between two tags: nothing reads it, but outside the outermost element none may stand.
    fn between(&self, length: usize) -> Result<(), Finding> {
        let text = &self.rest()[..length];
        let odd = text.len() - text.trim_start().len();
        if !self.open.is_empty() || odd == text.len() {
            return Ok(());
        }
        Err(error("text stands outside the outermost element", &(self.at + odd..self.at + odd + 1), "leave it out"))
    }

    fn markup(&mut self) -> Result<(), Finding> {
        let (rest, at) = (self.rest(), self.at);
        if rest.starts_with("<?") {
            let is_declaration = rest.strip_prefix("<?xml").is_some_and(|rest| rest.starts_with(char::is_whitespace));
            if is_declaration && at > 0 {
                let found = "something before the declaration `<?xml`";
                self.sheet.warn(found, &(at..at + 5), "it is passed over; an XML file begins with its declaration");
            }
            return self.skip("?>", "this declaration");
        }
        if rest.starts_with("<!--") {
            return self.skip("-->", "this comment");
        }
        if rest.starts_with("<![CDATA[") {
            return self.skip("]]>", "this section");
        }
        if rest.starts_with("<!") {
            let found = "a DOCTYPE, or another declaration, is not read: no entity is ever expanded";
            return Err(error(found, &(at..at + 2), "leave it out"));
        }
        if rest.starts_with("</") { self.close() } else { self.start() }
    }

    fn skip(&mut self, end: &str, what: &str) -> Result<(), Finding> {
        let at = self.at;
        let length = self.rest().find(end);
        let length =
            length.ok_or_else(|| error(format!("{what} is never closed"), &(at..at + 2), format!("`{end}`")))?;
        self.at += length + end.len();
        Ok(())
    }

    fn close(&mut self) -> Result<(), Finding> {
        let at = self.at;
        self.at += 2;
        let name = self.name()?;
        self.blanks();
        self.expects('>', "the end of this tag")?;
        let Some(element) = self.open.pop() else {
            let found = format!("`</{}>` closes nothing", visible(name));
            return Err(error(found, &(at..self.at), "no element is open here"));
        };
        if element.name != name {
            let found = format!("`</{}>` stands where `</{}>` should", visible(name), visible(&element.name));
            return Err(error(found, &(at..self.at), "close elements in the reverse order in which they were opened"));
        }
        self.closed(element)
    }

    fn closed(&mut self, element: Element) -> Result<(), Finding> {
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None if self.root.is_some() => {
                return Err(error("a second outermost element", &element.span, "an XML file has one"));
            }
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn start(&mut self) -> Result<(), Finding> {
        let at = self.at;
        self.at += 1;
        let name = self.name()?.to_owned();
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            return Err(error(format!("more than {MOST_ELEMENTS} elements"), &(at..self.at), "no domain has as many"));
        }
        if self.open.len() == DEEPEST {
            let found = format!("elements are nested more than {DEEPEST} deep");
            return Err(error(found, &(at..self.at), "no domain needs more than six levels"));
        }
        let mut element = Element { name, span: at..self.at, attributes: Vec::new(), children: Vec::new() };
        loop {
            let blanks = self.blanks();
            let rest = self.rest();
            if rest.starts_with("/>") {
                self.at += 2;
                element.span.end = self.at;
                return self.closed(element);
            }
            if rest.starts_with('>') {
                self.at += 1;
                element.span.end = self.at;
                self.open.push(element);
                return Ok(());
            }
            if rest.is_empty() {
                return Err(error("this tag is never closed", &element.span, "the file may be cut off"));
            }
            if blanks == 0 && !element.attributes.is_empty() {
                self.sheet.warn(
                    "no blank between two attributes",
                    &(self.at..self.at + 1),
                    "it is read as if there were",
                );
            }
            let attribute = self.attribute()?;
            if element.attributes.len() == MOST_ATTRIBUTES {
                let found = format!("an element with more than {MOST_ATTRIBUTES} attributes");
                return Err(error(found, &element.span, "no domain has as many"));
            }
            if element.attribute(&attribute.name).is_some() {
                let found = format!("the attribute `{}` stands here twice", visible(&attribute.name));
                return Err(error(found, &attribute.span, "keep one"));
            }
            element.attributes.push(attribute);
        }
    }

    fn attribute(&mut self) -> Result<Attribute, Finding> {
        let name = self.name()?.to_owned();
        self.blanks();
        self.expects('=', "the value of an attribute")?;
        self.blanks();
        let at = self.at;
        let quote = self.rest().chars().next().filter(|c| ['"', '\''].contains(c));
        let quote = quote.ok_or_else(|| {
            error(format!("the value of `{}` has no quotes", visible(&name)), &(at..at + 1), "write name=\"value\"")
        })?;
        let from = at + 1;
        let end = self.text[from..].find([quote, '<']).filter(|end| self.text[from + end..].starts_with(quote));
        let Some(length) = end else {
            return Err(error(
                format!("the value of `{}` is never closed", visible(&name)),
                &(at..from),
                format!("close it with {quote}"),
            ));
        };
        if length > LONGEST {
            return Err(error(format!("a value of more than {LONGEST} bytes"), &(at..from), "shorten it"));
        }
        self.at = from + length + 1;
        let value = self.unescaped(from, &self.text[from..from + length])?;
        Ok(Attribute { name, value, span: from..from + length })
    }

    /// A value with the five entities of XML and references to characters replaced.
    fn unescaped(&mut self, from: usize, value: &str) -> Result<String, Finding> {
        let (mut out, mut rest) = (String::with_capacity(value.len()), value);
        while let Some(before) = rest.find('&') {
            let at = from + value.len() - rest.len() + before;
            out.push_str(&rest[..before]);
            rest = &rest[before + 1..];
            let word = reference(rest);
            let Some(word) = word else {
                if self.sheet.untold > MOST_REPAIRS {
                    return Err(error("more bare `&` than a damaged file has", &(at..at + 1), "XML writes `&amp;`"));
                }
                self.sheet.warn("a bare `&`", &(at..at + 1), "it is read as it stands; XML writes `&amp;`");
                out.push('&');
                continue;
            };
            let Some(c) = character(word) else {
                let found = format!("the entity `&{};` is not known, and none is expanded", visible(word));
                return Err(error(
                    found,
                    &(at..at + word.len() + 2),
                    "known are amp, lt, gt, quot, apos and numbers as `&#8364;`",
                ));
            };
            out.push(c);
            rest = &rest[word.len() + 1..];
        }
        out.push_str(rest);
        Ok(out)
    }

    fn name(&mut self) -> Result<&'t str, Finding> {
        let ends = |c: char| c.is_whitespace() || "=/>\"'<&".contains(c);
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        let at = self.at;
        if length == 0 {
            let to = self.rest().chars().next().map_or(at, |c| at + c.len_utf8());
            return Err(error("a name should stand here", &(at..to), "a bare `<` is written `&lt;`"));
        }
        if length > LONGEST {
            return Err(error(format!("a name of more than {LONGEST} bytes"), &(at..at + 1), "shorten it"));
        }
        self.at += length;
        Ok(&self.text[at..at + length])
    }

    fn blanks(&mut self) -> usize {
        let blanks = self.rest().len() - self.rest().trim_start().len();
        self.at += blanks;
        blanks
    }

    fn expects(&mut self, mark: char, what: &str) -> Result<(), Finding> {
        if self.rest().starts_with(mark) {
            self.at += mark.len_utf8();
            return Ok(());
        }
        let to = self.rest().chars().next().map_or(self.at, |c| self.at + c.len_utf8());
        Err(error(format!("no `{mark}` where {what} should be"), &(self.at..to), "the tag is broken here"))
    }
}

/// What stands between `&` and `;`, if it is meant as a reference, and not as text with a semicolon behind it.
fn reference(rest: &str) -> Option<&str> {
    let end = rest.bytes().take(34).position(|b| b == b';')?;
    let word = &rest[..end];
    let name = word.strip_prefix('#').unwrap_or(word);
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-:".contains(&b));
    (!name.is_empty() && plain).then_some(word)
}

fn character(word: &str) -> Option<char> {
    match word {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = word.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control() || *c == '\n' || *c == '\t')
        }
    }
}

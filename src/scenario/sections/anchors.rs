//! Anchors: verdicts that any sane world must give.

use super::super::format::{Entry, Value};
use super::super::keys::{self, Ref};
use super::super::reader::{Reader, Table};
use crate::model::{Anchor, Beholder, Expectation, Verdict};

/// All anchors, one for each audience or party named.
pub(in super::super) fn read(reader: &mut Reader, top: &Table) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    for entry in reader.section_entries(top, "anchors", super::super::reader::MOST_ENTRIES) {
        let Some(package) = reader.find(Ref::Package, &entry.key, &entry.span) else { continue };
        let table = reader.open(&keys::ANCHOR, entry, format!("anchors.{}", entry.key), &top.numbers);
        let source = reader.text(&table, "source");
        for entry in table.open_entries() {
            let path = format!("{}.{}", table.path, entry.key);
            reader.spans.insert(path, entry.span.clone());
            if let Some(expects) = expectation(reader, entry) {
                anchors.push(Anchor { package, expects, source: source.clone() });
            }
        }
    }
    anchors
}

fn expectation(reader: &mut Reader, entry: &Entry) -> Option<Expectation> {
    let beholder = reader.beholder(&entry.key, &entry.span)?;
    match beholder {
        Beholder::Leadership(party) => {
            explain(reader, entry, keys::SAYS, "a leadership accepts or refuses")?;
            let place = reader.word(&entry.node, "decision", keys::DECIDES)?;
            Some([Expectation::Accepts(party), Expectation::Refuses(party)][place])
        }
        Beholder::Audience(audience) => {
            explain(reader, entry, keys::DECIDES, "an audience says defeat, bearable or victory, or bears")?;
            let verdicts = [Verdict::Defeat, Verdict::Bearable, Verdict::Victory];
            let place = reader.word(&entry.node, "verdict", keys::SAYS)?;
            Some(verdicts.get(place).map_or(Expectation::Bears(audience), |v| Expectation::Says(audience, *v)))
        }
    }
}

/// `None`, after a finding, if the word belongs to the other kind of beholder.
fn explain(reader: &mut Reader, entry: &Entry, others: &[&str], hint: &str) -> Option<()> {
    match &entry.node.value {
        Value::Text(word) if others.contains(&word.as_str()) => {
            let found = format!("`{}` cannot say `{word}`", entry.key);
            reader.error(found, &entry.node.span).hint(hint).push();
            None
        }
        _ => Some(()),
    }
}

//! Answers as values: pages for a terminal, tables, JSON, CSV and pictures. Nothing here writes a file or knows the time.
//!
//! | module | what it makes |
//! |---|---|
//! | [`run`] | the page of many worlds, its JSON and its CSV sheets |
//! | [`head`] | title, question and notices, at the top of every page |
//! | [`check`] | what a scenario holds and what its numbers rest on |
//! | [`solve`] | the exact answer for one world, as a page and as JSON |
//! | [`directions`] | what moves when something is changed, as a page and as JSON |
//! | [`infer`] | what a record says of intents, as a page and as JSON |
//! | [`story`] | one run of the talks in plain words |
//! | [`steps`] | one run of the talks as JSON |
//! | [`ablation`] | what each part of the model does to the talks |
//! | [`batch`] | the plan and the results of a batch: pages, JSON and CSV |
//! | [`calendar`] | dates of rounds |
//! | [`verdict`] | one package judged, as a page and as JSON |
//! | [`words`] | numbers, shares, lists and paragraphs as text |
//! | [`table`] | columns |
//! | [`terms`] | packages, audiences and inputs by name |
//! | [`sheet`] | CSV |
//! | `parquet` | tables of a batch as Parquet, with the feature of that name |
//! | `figure` | how pictures are drawn |
//! | `pictures` | the pictures of a run |

pub mod ablation;
pub mod batch;
pub mod calendar;
pub mod check;
pub mod directions;
#[cfg(feature = "figures")]
pub mod figure;
pub mod head;
pub mod infer;
#[cfg(feature = "parquet")]
pub mod parquet;
#[cfg(feature = "figures")]
pub mod pictures;
pub mod run;
pub mod sheet;
pub mod solve;
pub mod steps;
pub mod story;
pub mod table;
pub mod terms;
pub mod verdict;
pub mod words;

/// Columns of a page.
pub const WIDTH: usize = 80;

/// What every answer holds under.
pub const CAVEAT: &str = "in this model, under these ranges";

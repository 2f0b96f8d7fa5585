//! Answers as values: pages for a terminal, tables, JSON, CSV and pictures. Nothing here writes a file or knows the time.
//!
//! | module | what it makes |
//! |---|---|
//! | [`run`] | the page of many worlds, its JSON and its CSV sheets |
//! | [`results`] | a folder of results of a batch, read back and drawn |
//! | [`frame`] | the frame of everything that is printed as JSON |
//! | [`head`] | title, question and notices, at the top of every page |
//! | [`check`] | what a scenario holds and what its numbers rest on |
//! | [`class`] | what the pairs of a class agreed, as a page, as JSON and as HTML, and the code of a pair |
//! | [`explain`] | one thing of a scenario: who says so, whom it helps, what it does to the answer |
//! | [`handout`] | sheets to print for a class |
//! | [`solve`] | the exact answer for one world, as a page and as JSON |
//! | [`offers`] | alternating offers by rule, and tournaments of tactics, as pages, as JSON and as CSV sheets |
//! | [`directions`] | what moves when something is changed, as a page and as JSON |
//! | [`compare`] | arms compared on common luck, as a page, as JSON and as CSV sheets |
//! | [`discover`] | where an outcome lives, as a page, as JSON and as CSV sheets |
//! | [`estimate`] | one share with its interval, and what it saved, as a page and as JSON |
//! | [`infer`] | what a record says of intents, as a page and as JSON |
//! | [`sensitivity`] | what the answer hangs on, as a page, as JSON and as CSV sheets |
//! | [`reckon`] | what two sides get that know all of each other, as a page and as JSON |
//! | [`story`] | one run of the talks in plain words |
//! | [`steps`] | one run of the talks as JSON |
//! | [`ablation`] | what each part of the model does to the talks |
//! | [`audit`] | how much rests on numbers without a source, as a page and as JSON |
//! | [`batch`] | the plan and the results of a batch: pages, JSON and CSV |
//! | [`calendar`] | dates of rounds |
//! | [`verdict`] | one package judged, as a page and as JSON |
//! | [`terms`] | packages, audiences and inputs by name |
//! | `parquet` | tables of a batch as Parquet, with the feature of that name |
//! | `pictures` | the pictures of a run |

pub mod ablation;
pub mod audit;
pub mod batch;
pub mod calendar;
pub mod check;
pub mod choice;
pub mod class;
mod clauses;
pub mod compare;
pub mod directions;
pub mod discover;
pub mod estimate;
pub mod explain;
pub mod frame;
pub mod game;
pub mod handout;
pub mod head;
pub mod html;
pub mod infer;
mod object;
pub mod offers;
#[cfg(feature = "parquet")]
pub mod parquet;
#[cfg(feature = "figures")]
pub mod pictures;
pub mod play;
pub mod reckon;
#[cfg(feature = "figures")]
pub mod results;
pub mod run;
pub mod sensitivity;
pub mod solve;
pub mod stability;
pub mod steps;
pub mod story;
pub mod tables;
pub mod terms;
pub mod verdict;
pub mod who;

/// What every answer holds under.
pub const CAVEAT: &str = "in this model, under these ranges";

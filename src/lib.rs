//! winset asks one question of a negotiation: *is there a settlement that neither side can regard as a defeat?*
//!
//! Leaders sign, audiences at home judge. A scenario says what could be agreed, what each leader and each audience makes
//! of it, and how sure anybody can be of these numbers; winset looks at every package, in many worlds.
//!
//! ```rust
//! use winset::{Scenario, Wanted, answer, engine::talks::Ending, render};
//!
//! // Two countries share a river: how much water, for how much money? A third of the flow is let through now.
//! const RIVER: &str = r#"
//! title = "The river treaty"
//! [actors]
//! upland  = { role = "party" }
//! lowland = { role = "party" }
//! [audiences]
//! deputies = { of = "upland", veto = true, defeat_below = [-2, 6], victory_from = 10 }
//! farmers  = { of = "lowland", veto = 0.7, loss_aversion = [1, 2, 2.5], defeat_below = [0, 15], victory_from = 20 }
//! [issues.water]
//! now            = "third"
//! options        = ["third", "half", "most"]
//! views.upland   = { weight = 30, half = -0.4, most = -1 }
//! views.lowland  = { weight = [30, 40, 60], half = 0.6, most = 1 }
//! views.deputies = { weight = 25, half = -0.4, most = -1 }
//! views.farmers  = { weight = 40, half = 0.7, most = 1 }
//! [issues.money]
//! now            = "0"
//! options        = { from = 0, to = 40, step = 10 }
//! views.upland   = { weight = 40, 40 = 1 }
//! views.lowland  = { weight = 30, 40 = -1 }
//! views.deputies = { weight = 20, 40 = 1 }
//! views.farmers  = { weight = 15, 40 = -1 }
//! [talks]
//! deadline = 13
//! [intents.upland.serious]
//! prior = 2
//! moves = { offer = 3, talk = 1 }
//! [intents.upland.for-time]
//! prior = 1
//! moves = { token = 1, talk = 4 }
//! [intents.lowland.thirsty]
//! moves = { offer = 2, talk = 1 }
//! "#;
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let said = |found: Vec<winset::Finding>| render(&found, "river.toml", RIVER);
//!     let river = Scenario::parse("river.toml", RIVER.as_bytes()).map_err(said)?;
//!
//!     // A thousand worlds, each with one value for every uncertain number; in each the talks are run once.
//!     let answer = answer(river, &Wanted { runs: "1000".into(), ..Wanted::default() }).map_err(said)?;
//!     print!("{}", winset::report::run::screen(&answer));
//!
//!     let survey = &answer.survey;
//!     let same = survey.same_package.as_ref().ok_or("no package would ever do")?;
//!     assert!(same.share.share < survey.exists.share, "that one exists is easier than knowing which");
//!     let talks = answer.reached.as_ref().ok_or("the scenario has talks")?;
//!     assert!(talks.reached.share < survey.exists.share, "and knowing which is easier than getting there");
//!     assert!(talks.endings.iter().any(|(ending, runs)| *ending == Ending::NoDeal && runs.count > 0));
//!     Ok(())
//! }
//! ```
//!
//! The house, room by room, in the direction in which data walks through it:
//!
//! - [`scenario`]: files in, checked model out; every mistake of a file is found at once, at its place.
//! - [`model`]: the negotiation as mathematics: issues, packages, interests, audiences, claims, what no deal is worth.
//! - [`space`]: all packages of one world, exactly: who bears what, the frontier, the solution points, the margin.
//! - [`engine`]: chance and the parallel loop: the same seed gives the same worlds, on any number of threads.
//! - [`offers`]: alternating offers by rule: sessions between tactics, on what packages are worth in one world.
//! - [`analysis`]: questions asked of many worlds: does one exist, would one same package do, what does it hang on?
//! - [`ask`]: the landing: what is asked in words, judged against a scenario; the answers as owned values.
//! - [`session`]: a game in progress: who sits where, what was decided, what is asked; replay, and what if;
//!   the short codes of results, and the debrief of a class.
//! - [`batch`]: many experiments on the same luck: plans, designs, units of work that are kept on disk and added up.
//! - `figure`: how pictures are drawn; knows no negotiation.
//! - `text`: words, numbers, tables and sheets; knows no negotiation.
//! - [`report`]: answers as values: text, data and pictures, returned and never written.
//! - [`games`]: payoff tables, and all that is in equilibrium in them, exactly.
//! - [`stability`]: would it hold: graphs of states and moves, and which states nobody would leave.
//! - [`import`]: domains of GENIUS, `GeniusWeb`, `NegMAS` and scorable games, read exactly and written as scenarios.
//! - [`door`]: JSON text in, JSON text out, by handle: for pages and other programs.
//! - `page`: the page, one HTML file with the engine in it.
//! - `visible`: the one door through which text from outside is shown.
//! - [`num`]: elementary functions with the same last bit on every processor, and shares with their intervals.
//!
//! Imports point inwards at [`model`]; a test keeps it so. The command line stands outside and sees only what is public
//! here. What most callers need stands at the root: [`Scenario`], [`Finding`] and [`render`]; [`Wanted`], [`Choices`],
//! [`answer`] and [`Answer`]; [`Drawing`], [`Compiled`] and [`Talks`] for one world and one run; [`BatchPlan`] for batches. Formulas and their sources stand in `docs/model.md`, the file format in `docs/scenario-format.md`.

//!
//! # Features
//!
//! The library alone needs none: `default-features = false` compiles model, solver, talks and reports, for any target that Rust
//! has, WebAssembly among them. The same seed gives the same bytes with any of them.
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `cli` | yes | the program `winset`, with `figures` and `page` |
//! | `figures` | with `cli` | `figure` and the pictures of `report`, as SVG |
//! | `png` | yes | pictures as PNG too |
//! | `page` | with `cli` | `page`: the page, lessons and reports as one HTML file each |
//! | `parquet` | no | the tables of batches as Parquet too |

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub use ask::{Answer, Choices, Wanted, answer};
pub use batch::BatchPlan;
pub use engine::Drawing;
pub use engine::talks::Talks;
pub use scenario::{Finding, Scenario, render};
pub use space::Compiled;

pub mod analysis;
pub mod ask;
pub mod batch;
pub mod choice;
pub mod door;
pub mod engine;
#[cfg(feature = "figures")]
pub mod figure;
pub mod games;
pub mod import;
pub mod model;
pub mod num;
pub mod offers;
#[cfg(feature = "page")]
pub mod page;
pub mod report;
pub mod scenario;
pub mod session;
pub mod space;
pub mod stability;
// Pages are made of it, and the program shows what a file brought through it; nothing of it is about negotiations.
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod visible;

//! What stands at the end of help pages: examples, keys of JSON, and what a status means.

pub const MAIN_EXAMPLES: &str = "Examples:
  winset list                               what scenarios come with the program
  winset run labour-dispute                 the answer, on one page
  winset new strike                         writes strike.toml, to start from
  winset check strike.toml                  reads it and shows every mistake at once
  winset run strike.toml --out results      the same answer as a folder of sheets

FILE is a path, `-` for standard input, or the name of a shipped scenario.
Status: 0 answered; 1 a no (`check`: an anchor fails in most worlds; `verdict`: a
party is defeated; `directions`: a law of the program fails); 2 the input could
not be used.";

pub const RUN_EXAMPLES: &str = "Examples:
  winset run labour-dispute
  winset run labour-dispute --runs 40000 --seed 7
  winset run labour-dispute --set audiences.drivers.loss_aversion=1
  winset run labour-dispute --set 'issues.pay.views.firm.weight=[40, 60, 80]'
  winset run istanbul-2025 --reading preobrazhensky --json
  winset run istanbul-2025 --variant kyiv-frames=off --out results
  winset run istanbul-2025 --without claims,events

The three numbers:
  one exists         worlds in which some package is allowed, granted, better than
                     no deal for every leadership, and a defeat for nobody
  one same package   the share in which the best single package is all that;
                     chosen on even runs, scored on odd ones
  it is reached      the share of runs of the talks that end in a settlement or a
                     truce that is a defeat for nobody; needs [talks]

JSON: runs, kept, seed, exists, same_package, margin (p05, p50, p95, as shares,
where the page has per cent), notices, anchors, packages,
named, options (what would be without each option, claim, red line, audience),
binding, unknowns, readings. A share is {count, of, share, low, high}: worlds,
worlds looked at, their ratio, and its 95 % interval.
With talks also: reached, endings (their counts add up to the runs kept),
where_one_exists, missed, beyond, rounds, agreed, gains, survival, blocked_by, causes,
talks_by_reading, talks_by_intent.

With --out: manifest.json, summary.json, packages.csv, options.csv, unknowns.csv,
with talks endings.csv, terms.csv, blocked.csv and, where the scenario says how
deals last, survival.csv; pictures, and log.json, the only file that tells
machine and time.";

pub const SOLVE_EXAMPLES: &str = "Examples:
  winset solve labour-dispute
  winset solve split-the-pie --json
  winset solve labour-dispute --world 1234 --seed 7      the world of run 1234";

pub const ABLATIONS_EXAMPLES: &str = "Examples:
  winset ablations istanbul-2025
  winset ablations istanbul-2025 --runs 2000 --json
  winset ablations istanbul-2025 --without events

Every run is played as it is, and once more without each part, in the same world
and on the same luck; --without leaves parts out of all of them. The scenario
needs [talks] and [intents].";

pub const BATCH_EXAMPLES: &str = "Examples:
  winset batch istanbul-analysts --dry-run              the whole plan, and its cost
  winset batch istanbul-analysts --out results
  winset batch istanbul-analysts --out results --runs 4000     more runs: goes on
  winset batch plan.toml --out part-2 --shard 2/5       one of five parts

Run k has the same draws in every experiment, so that experiments are compared on
the same luck. Ctrl-C, a crash or a full disk lose the last second or the last
hundredth of the time at most: the same command goes on where it stopped, and the
results are the same bytes.

DIR: manifest.json, plan.toml, scenarios/, experiments.csv (a row for each
experiment), distributions.csv, survival.csv, runs.csv where the plan asks for it
(record), summary.json, page.txt, pictures, totals.jsonl (what adds up), and
log.json, the only file that tells machine and time.
Status: 0 done; 2 the plan or the folder cannot be used; 130 interrupted.";

pub const MISSING_EXAMPLES: &str = "Examples:
  winset missing parts/1 parts/2               status 1 if anything is missing
  winset missing parts/* --shards 100          the shards that lack, such as 1-3,7

With --shards nothing is printed where nothing is missing.";

pub const TRACE_EXAMPLES: &str = "Examples:
  winset trace istanbul-2025
  winset trace istanbul-2025 --run 1234 --seed 7
  winset trace istanbul-2025 --run 1234 --without events
  winset trace istanbul-2025 --run 1234 --json

The scenario needs [talks] and [intents]. Status: 0 whatever the ending.";

pub const DIRECTIONS_EXAMPLES: &str = "Examples:
  winset directions istanbul-2025
  winset directions istanbul-2025 --only staller-likelier --pairs 40000
  winset directions istanbul-2025 --json

The scenario says what is changed and what is expected: [directions.ID]. Both
arms are run on the same luck; the effect is changed less base, its standard
error that of pairs. Wiring holds by construction, emergent may fail.

JSON: pairs, seed, laws_hold, directions: each with id, kind, source, change,
given, and effects: measure, expected, effect, error, base, changed, counted,
differ, up, down, found (as-expected, opposite, no-effect, zero-exactly,
not-zero, nothing), breaks_a_law.

Status: 1 if a direction that holds by construction does not.";

pub const VERDICT_EXAMPLES: &str = "Examples:
  winset verdict labour-dispute --package pay=3,roster=mixed,jobs=two
  winset verdict labour-dispute --named last-offer
  winset verdict labour-dispute --package now --runs 40000

The speeches and sums are those of the modal world, in which every number is at
its likeliest; the shares are over many worlds.
Status: 1 if some party is defeated in the modal world.";

pub const CHECK_EXAMPLES: &str = "Examples:
  winset check strike.toml
  winset check scenarios/*.toml
  winset new strike && winset check strike.toml

Status: 1 if most worlds contradict an anchor; 2 if a file has errors.";

pub const INFER_EXAMPLES: &str = "Examples:
  winset infer istanbul-2025
  winset infer istanbul-2025 --reading pastukhov --worlds 40000
  winset infer istanbul-2025 --set 'intents.russia.prior={ staller = 1, bargainer = 1 }'

The scenario needs [talks], [intents] and [[record]] entries. Worlds that do not
agree with anchors are kept; whose verdict makes a defeat plays no part.

JSON: parties, each with intents (prior, posterior {weight, low, high},
from_equal_priors), serious, record (bits by intent), readings, next.";

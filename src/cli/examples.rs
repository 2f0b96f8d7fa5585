//! What stands at the end of help pages: examples, keys of JSON, and what a status means.

pub const MAIN_EXAMPLES: &str = "Examples:
  winset list                               what scenarios come with the program
  winset run labour-dispute                 the answer, on one screen
  winset new strike                         writes strike.toml, to start from
  winset check strike.toml                  reads it and shows every mistake at once
  winset run strike.toml --out results      the same answer as a folder of sheets

FILE is a path, `-` for standard input, or the name of a shipped scenario.
Status: 0 answered; 1 a no (`check`: an anchor fails in most worlds; `verdict`: a
party is defeated; `directions`: a law of the program fails; `estimate`: the
precision is not reached); 2 the input could not be used.";

pub const RUN_EXAMPLES: &str = "Examples:
  winset run labour-dispute
  winset run labour-dispute --show endings,why           parts of the whole page
  winset run labour-dispute --out results --record       a folder; runs.csv in it
  winset run labour-dispute --runs 40000 --seed 7
  winset run labour-dispute --precision 0.005
  winset run labour-dispute --set audiences.drivers.loss_aversion=1
  winset run labour-dispute --set 'issues.pay.views.firm.weight=[40, 60, 80]'
  winset run istanbul-2025 --reading preobrazhensky --json
  winset run istanbul-2025 --variant kyiv-frames=off --out results
  winset run istanbul-2025 --without claims,events

The three numbers:
  one exists         worlds in which some package is allowed, granted, worth at
                     least as much as no deal to every leadership, and a
                     defeat for nobody
  one same package   the share in which the best single package is all that;
                     chosen on even runs, scored on odd ones
  it is reached      the share of runs of the talks that end in a settlement or a
                     truce that is a defeat for nobody; needs [talks]

JSON: runs, kept, seed, exists, same_package, margin (p05, p50, p95, as shares,
where the page has per cent), notices, anchors, packages,
named, options (what would be without each option, claim, red line, audience),
binding, unknowns, readings. A share is {count, of, share, low, high}: worlds,
worlds looked at, their ratio, and its 95 % interval (the share itself where all
worlds are alike). same_package.ties: packages that would do as often.
With talks also: reached, endings (their counts add up to the runs kept),
where_one_exists, missed, beyond, rounds, agreed, gains, survival, blocked_by, causes,
talks_by_reading, talks_by_intent.

With --out: manifest.json, summary.json, packages.csv, options.csv, unknowns.csv,
with talks endings.csv, terms.csv, blocked.csv and, where the scenario says how
deals last, survival.csv; pictures, and log.json, the only file that tells
machine and time.";

pub const SOLVE_EXAMPLES: &str = "Examples:
  winset solve labour-dispute
  winset solve labour-dispute --frontier --solutions
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
Status: 0 done; 1 rows of runs were lost; 2 the plan or the folder cannot be used; 130 interrupted.";

pub const MISSING_EXAMPLES: &str = "Examples:
  winset missing parts/1 parts/2               status 1 if anything is missing
  winset missing parts/* --shards 100          the shards that lack, such as 1-3,7
  winset missing parts/* --plan plan.toml      held against the plan as it is now

With --shards nothing is printed where nothing is missing.";

pub const TRACE_EXAMPLES: &str = "Examples:
  winset trace istanbul-2025
  winset trace istanbul-2025 --ending settlement
  winset trace istanbul-2025 --round 12
  winset trace istanbul-2025 --full
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

pub const ESTIMATE_EXAMPLES: &str = "Examples:
  winset estimate istanbul-2025 --precision 0.005
  winset estimate istanbul-2025 --of would-do:moscow-memorandum --runs 4096
  winset estimate istanbul-2025 --of unratified --method importance --runs 40000
  winset estimate split-the-pie --of no-defeat:even --method lines
  winset estimate labour-dispute --of would-do:pay=3,roster=mixed,jobs=two --json

Methods (docs/estimates.md has the formulas):
  plain         count worlds, those that `winset run` looks at
  sobol         draw worlds by scrambled Sobol' points
  lines         integrate the lines at home out; only where no talks are played
  lines+sobol   both
  importance    draw more of the worlds and intents that lead there, and weigh
  auto          lines+sobol; sobol for what talks come to

With --precision worlds are doubled until half the 95 % interval is small enough,
4 194 304 worlds at most. Every estimate is held against a plain count.

JSON: of, method, share, low, high, error, worlds, pilot, hits, randomisations,
variance (of one world), plain_worlds (that plain counting needs for the same
interval), saving, effective, tilted, lines, one_line, exact, precise, wanted,
plain {count, of, share, low, high}, z, agrees. Where an ending is never met,
share is null and high is the bound of the rule of three.

Status: 1 if the precision is not reached, or plain counting contradicts.";

pub const VERDICT_EXAMPLES: &str = "Examples:
  winset verdict labour-dispute --package pay=3,roster=mixed,jobs=two
  winset verdict labour-dispute --named last-offer
  winset verdict labour-dispute --named last-offer --side union
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

pub const DISCOVER_EXAMPLES: &str = "Examples:
  winset discover out/b --target one_exists=1
  winset discover out/b --target 'reached>0.5' --inputs mediator.tilt,reading
  winset discover out/b --target ending=settlement --boxes 2 --out where
  winset discover other.csv --target 'y>=3' --target kind=b

RESULTS is a folder that `winset batch` wrote (its runs.csv if there, else its
experiments.csv) or a CSV file. Of a batch a box may limit the inputs, scenario,
reading, variant and policy; of another sheet every column but those of the target.
OP is one of = != >= <= > <; most shells want < and > in quotes.

PRIM peels thin slices off all rows, a box at a time: each holds less of what is
looked for (coverage) and is richer in it (density). Boxes are chosen on half of
the rows and scored on the others. A classification tree is the second reader.

JSON: boxes, each with words, limits, sides (quasi_p, density_without), chosen and
scored (coverage, density, mass, each {count, of, share, low, high}), trade_off;
together, tree, agreement, chosen_on, scored_on, unjudged, columns.
With --out: page.txt, summary.json, trade-off.csv, box.csv, tree.csv, pictures.";

pub const COMPARE_EXAMPLES: &str = "Examples:
  winset compare istanbul-2025 @without=mediator
  winset compare istanbul-2025@reading=pastukhov @reading=preobrazhensky
  winset compare istanbul-2025 @set:mediator.tilt=0.2 @set:mediator.tilt=0.8
  winset compare old.toml new.toml@variant:second-track=off --out difference

An arm is a scenario with changes: @reading=R, @variant:V=on or off,
@without=PART,PART, @set:PATH=VALUE, @defeat=WHOSE, each as the flag of that name
takes it. An arm that begins with @ is the first arm with further changes; what
both change is as the later one has it.

All arms are run on the same luck, run by run, and each is compared with the first:
differences over pairs with 95 % intervals, runs gained and lost, which runs flip,
and the first thing that somebody does otherwise in them.

JSON: arms, package, against_the_first: each with runs_that_differ, differences
(headline, first, other, difference, low, high, gained, lost, p, told_from_0),
flipped, flips (from, to, count, runs), first_differences (count, rounds, words,
run, trace). With --out: page.txt, summary.json, differences.csv, flips.csv,
compare.svg and .png.";

pub const SENSITIVITY_EXAMPLES: &str = "Examples:
  winset sensitivity labour-dispute
  winset sensitivity istanbul-2025 --of exists --points 4096
  winset sensitivity istanbul-2025 --of reached --strongest 5
  winset sensitivity istanbul-2025 --groups section --json
  winset sensitivity istanbul-2025 --inputs reading,audiences.rus_public.veto
  winset sensitivity labour-dispute --out hangs-on

All uncertain inputs are screened first (Morris); then those that move the
outcome most have indices of their own (Sobol'), everything else one together.
Of talks the luck of the rounds has one too. A margin that is none or unbounded
counts as -100 % or 100 %. The result does not depend on --threads.

JSON: of, mean, variance, groups (name, kind, inputs, first, total: value, low,
high, told), interactions, inputs (mu, mu_star, sigma, rms, halves), evaluations,
kept_within. Shares are of the variance; effects in units of the outcome.
With --out: page.txt, summary.json, indices.csv, screening.csv and pictures.";

pub const AUDIT_EXAMPLES: &str = "Examples:
  winset audit labour-dispute
  winset audit istanbul-2025 --top 20 --worlds 2048
  winset audit istanbul-2025 --json

An assumption is a number whose `numbers` names no source. Each is held at values
along its range in the same worlds on the same luck; the headline is that of
`winset run`: yes in nearly every world (above 95 %), mostly yes (above 75 %), it
depends, mostly no (under 25 %), no in nearly every world (under 5 %).

JSON: exists, reads, near_another, together (indices of all assumptions, of all
numbers with a source, of the reading), assumptions (path, indices, exists, range,
exists_at_low, exists_at_high, shift, stretches: from, to, reads), uncertain, fixed,
idle.";

pub const PLOT_EXAMPLES: &str = "Examples:
  winset plot out/b
  winset plot out/b --kind margin --by reading
  winset plot out/b --kind curve --by state.balance.drift,policy --format png
  winset plot out/b --kind heat --outcome exists --theme dark --out pictures

Kinds: exists, reached (a dot a group), endings (bars), margin, rounds, survival
(distribution functions), curve (over one design input), heat (over two), tornado
(a design of one input at a time), multiples (curve or margin, a panel a group).
Groups pool the counts of their experiments; intervals are Wilson's for the sums.

Beside each picture stands the table behind it as CSV, with counts and intervals.
Pictures of the same name are replaced, nothing else in the folder is touched.";

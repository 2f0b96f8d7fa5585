// Holds the engine of the browser against the native program: node compare.mjs MODULE PROGRAM
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { engine } from "./engine.mjs";

const [modulePath, program] = process.argv.slice(2);
const bytes = readFileSync(modulePath);

/** Scenarios, each with what is asked of it: the same words for both. */
const CASES = [
  { file: "scenarios/talks/istanbul-2025.toml", runs: 400, wanted: {} },
  {
    file: "scenarios/talks/istanbul-2025.toml",
    runs: 300,
    wanted: { seed: "9", reading: "stanovaya", set: ["mediator.tilt.ukraine=0.2"], without: ["mediator"], defeat: "both" },
  },
  { file: "scenarios/textbook/labour-dispute.toml", runs: 1500, wanted: {} },
  { file: "scenarios/textbook/log-rolling.toml", runs: 1500, wanted: { seed: "4" } },
];

/** What is wanted, as flags of the command line. */
function flags(wanted, runs) {
  const all = ["--runs", String(runs)];
  for (const [key, value] of Object.entries(wanted)) {
    const values = Array.isArray(value) ? value : [value];
    values.forEach((one) => all.push(...(one === true ? [`--${key}`] : [`--${key}`, one])));
  }
  return all;
}

const native = (...args) => execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });

let compared = 0;

/** Fails where two texts differ, and shows where. */
function same(one, other, what) {
  if (one !== other) {
    let at = 0;
    while (one[at] === other[at]) at += 1;
    const around = (text) => text.slice(Math.max(0, at - 60), at + 60);
    console.error(`DIFFER  ${what}, at ${at}:\n  module   ${around(one)}\n  program  ${around(other)}`);
    process.exit(1);
  }
  compared += 1;
}

/** What is said where nothing is wrong; text, so that no digit is read and written again. */
function ok(ask, request) {
  const reply = ask(request);
  if (!reply.startsWith('{"ok":')) {
    console.error(`${JSON.stringify(request).slice(0, 300)}\n  ${reply.slice(0, 600)}`);
    process.exit(1);
  }
  return reply;
}

/** The document of a reply, as it was written. */
function documentOf(reply, next) {
  return reply.slice('{"ok":{"document":'.length, reply.lastIndexOf(next));
}

function opened(file, wanted, runs, courses = true) {
  const ask = engine(bytes);
  const { handle } = JSON.parse(ok(ask, { do: "open", text: readFileSync(file, "utf8"), name: file })).ok;
  ok(ask, { do: "set", handle, wanted: { runs, ...wanted }, courses });
  return { ask, handle, go: (from, to) => ok(ask, { do: "go_on", handle, from, to }) };
}

function pictures(file, words, answer) {
  const folder = mkdtempSync(join(tmpdir(), "winset-"));
  native("run", file, ...words, "--out", folder, "--force");
  const written = readdirSync(folder).filter((name) => name.endsWith(".svg")).sort();
  const drawn = JSON.parse(answer).ok.figures;
  same(drawn.map((figure) => `${figure.name}.svg`).sort().join(), written.join(), `${file}: the pictures`);
  drawn.forEach((figure) => same(figure.svg, readFileSync(join(folder, `${figure.name}.svg`), "utf8"), `${file}: ${figure.name}`));
  rmSync(folder, { recursive: true });
  return written.length;
}

for (const { file, runs, wanted } of CASES) {
  const words = flags(wanted, runs);
  const whole = opened(file, wanted, runs);
  whole.go(0, runs);
  const reply = ok(whole.ask, { do: "answer", handle: whole.handle, figures: true });
  same(documentOf(reply, ',"done":'), native("run", file, ...words, "--json").trimEnd(), `${file}: the document`);
  const drawn = pictures(file, words, reply);

  const tallies = [[0, runs / 2], [runs / 2, runs]].map(([from, to]) => {
    const half = opened(file, wanted, runs);
    half.go(from, to);
    return JSON.parse(ok(half.ask, { do: "tally", handle: half.handle })).ok;
  });
  const merged = opened(file, wanted, runs);
  ok(merged.ask, { do: "merge", handle: merged.handle, tallies: tallies.reverse() });
  same(ok(merged.ask, { do: "answer", handle: merged.handle, figures: true }), reply, `${file}: merged halves`);

  const handle = whole.handle;
  const worlds = flags({ ...wanted, without: [] }, runs);
  if (!wanted.without) {
    const solved = ok(whole.ask, { do: "solve", handle, world: 3 });
    same(documentOf(solved, '}}'), native("solve", file, ...worlds, "--world", "3", "--json").trimEnd(), `${file}: solve`);
    const best = JSON.parse(reply).ok.document.answer.packages[0].package;
    const terms = Object.entries(best).map(([issue, option]) => `${issue}=${option}`).join();
    const judged = ok(whole.ask, { do: "verdict", handle, package: terms });
    same(documentOf(judged, '}}'), verdict(file, worlds, terms), `${file}: verdict`);
  }
  if (JSON.parse(reply).ok.document.answer.reached) {
    const trace = ok(whole.ask, { do: "trace", handle, run: 7 });
    const asked = flags(wanted, runs);
    same(documentOf(trace, ',"page":'), native("trace", file, ...asked, "--run", "7", "--json").trimEnd(), `${file}: trace`);
  }
  const size = JSON.stringify(tallies[0]).length;
  console.log(`same    ${file} ${words.join(" ")}: document, ${drawn} pictures, merged halves; a tally has ${size} bytes`);
}

/** The document of a verdict; the program leaves with 1 where somebody is defeated. */
function verdict(file, words, terms) {
  try {
    return native("verdict", file, ...words, "--package", terms, "--json").trimEnd();
  } catch (left) {
    return left.stdout.trimEnd();
  }
}

// Whatever it is given, it answers in words and goes on.
const ask = engine(bytes);
for (const text of ["", "{", "null", '{"do":"open","text":"a = ["}', '{"do":"go_on","handle":9,"from":0,"to":1}', "[".repeat(100000)]) {
  same(ask(text).slice(0, 13), '{"findings":[', `a request as ${text.slice(0, 20)}`);
}

const worlds = 2000;
const file = CASES[0].file;
const timed = (work) => {
  const began = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - began) / 1e9;
};
const here = opened(file, {}, worlds, false);
here.go(0, 20);
const module = timed(() => here.go(20, 20 + worlds));
const run = (runs) => timed(() => native("run", file, "--runs", String(runs), "--threads", "1", "--json"));
const plain = run(20 + worlds) - run(20);
console.log(`time    ${worlds} worlds of ${file}: ${module.toFixed(2)} s here, ${plain.toFixed(2)} s in the program on one thread, × ${(module / plain).toFixed(2)}`);
console.log(`the module says what the program says: ${compared} comparisons`);

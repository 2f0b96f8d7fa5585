// The numbers of the page are those of the command line, for every scenario that is shipped, however many engines share the
// worlds among them; and where there are no talks no room speaks of them as if there were.
//
//     node drivers/browser/numbers.mjs FOLDER-WITH-NODE_MODULES WINSET ENGINE.wasm [FOLDER-OF-SCENARIOS]

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { check, finish, started } from "./windows.mjs";

const [program, engine, folder = path.resolve("scenarios")] = process.argv.slice(3).map((it) => path.resolve(it));
const work = mkdtempSync(path.join(tmpdir(), "numbers-"));
const ENGINES = [1, 3]; // that count, out of one processor more
const RUNS = [64, 512];

// What stands on the page each time that more worlds are counted.
const WATCH = `globalThis.stood = {};
  new MutationObserver(() => {
    const n = document.documentElement.dataset.worlds;
    if (n) stood[n] = {
      verdict: document.querySelector("#explore-sentence").textContent,
      three: [...document.querySelectorAll("#explore-three > div")].map((it) => [it.children[0].textContent, it.children[1].textContent]),
    };
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-worlds"] });`;

const percent = (x) => (100 * x).toFixed(1);
const expected = (file, runs) => {
  const ask = (words) => execFileSync(program, ["run", file, "--runs", String(runs), ...words], { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] }).toString();
  const answer = JSON.parse(ask(["--json"])).answer;
  const three = [answer.exists, answer.same_package, answer.reached].filter((it, k) => it || k < 2)
    .map((it) => (it ? [`${percent(it.share)} %`, it.low < it.high ? `(${percent(it.low)}–${percent(it.high)} %)` : ""] : ["–", ""]));
  return { three, screen: ask([]).replace(/\s+/g, " ") };
};

const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".toml")).sort();
for (const name of files) {
  const file = path.join(folder, name);
  const html = path.join(work, `${path.basename(name, ".toml")}.html`);
  const made = spawnSync(program, ["page", file, "--engine", engine, "-o", html], { encoding: "utf8" });
  if (/^scenarios *=/m.test(readFileSync(file, "utf8"))) {
    check(made.status === 2 && made.stderr.includes("a plan of a batch, not a scenario"), `${name} is a plan, of which there is no page`);
    continue;
  }
  if (made.status !== 0) { check(false, `${name} has a page: ${made.stderr}`); continue; }
  const told = RUNS.map((runs) => expected(file, runs));
  let page;
  for (const engines of ENGINES) {
    await page?.close();
    page = await started(html, "#explore", { cores: engines + 1, first: WATCH });
    await page.waitForFunction((n) => stood[n] || document.querySelector("#explore-trouble").textContent, RUNS.at(-1), { timeout: 60_000 });
    const stood = await page.evaluate("stood");
    RUNS.forEach((runs, k) => {
      const it = stood[runs];
      const same = it && told[k].three.length === it.three.length && (told[k].screen.includes("one world, exactly") || told[k].screen.includes(it.verdict.replace(/\s+/g, " ")))
        && told[k].three.every(([share, interval], at) => it.three[at][0] === share && (interval ? it.three[at][1].endsWith(interval) : !it.three[at][1].includes("–")));
      const numbers = it?.three.map((each) => each[0]).join(", ");
      check(same, `${name}, ${runs} worlds by ${engines}: ${numbers}${same ? "" : `, not ${JSON.stringify(told[k].three)} ${JSON.stringify(it)}`}`);
    });
    check((await page.locator("#explore-trouble").textContent()) === "", `${name} by ${engines}: nothing is wrong`);
  }
  const slides = await page.locator("#explore-sliders input").count();
  check((await page.locator("#explore-slides").textContent()).startsWith("Each slider") === slides > 0, `${name}: ${slides} sliders, and what stands over them fits`);
  if (told[0].three.length < 3) {
    await page.click("#to-play");
    await page.click("#play-asked a");
    await page.waitForFunction(() => document.querySelector("#draft-sentence").textContent.includes("defeat"), null, { timeout: 20_000 });
    check(true, `${name} has no talks: Play says so, and leads to Draft`);
    await page.click("#to-class");
    await page.waitForSelector("#class-room textarea");
    check((await page.locator("#class-room input").count()) === 2, `${name} has no talks: a pair bets on two numbers`);
  }
  await page.close();
}
rmSync(work, { recursive: true });
await finish();

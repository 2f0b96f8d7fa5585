// Windows of Chromium on files of this machine, for the scenes: what a page asks for and complains of is kept, and what holds is said.
// Every scene is run with the folder that has playwright-core and axe-core in its node_modules as its first word.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(path.resolve(process.argv[2]), "package.json"));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export const chromium = await require("playwright-core").chromium
  .launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

const troubles = [];
export const check = (holds, what) => {
  if (!holds) troubles.push(what);
  console.log(`${holds ? "ok    " : "FAILED"}  ${what}`);
};

/** A window on a file, that may believe in another number of processors; `first` runs in it before anything of the page does. */
export const opened = async (file, hash = "", { width = 1280, height = 900, dark = false, cores = 0, first = "" } = {}) => {
  const page = await chromium.newPage({ viewport: { width, height }, colorScheme: dark ? "dark" : "light" });
  page.on("console", (m) => { if (m.type() === "error") troubles.push(`console: ${m.text()}`); });
  page.on("pageerror", (e) => troubles.push(`error: ${e}`));
  page.on("dialog", (d) => { troubles.push(`error: a dialog, ${d.message()}`); d.dismiss(); });
  page.on("request", (r) => {
    if (!r.url().startsWith("blob:") && r.url().split("#")[0] !== `file://${file}`) troubles.push(`request: ${r.url()}`);
  });
  if (cores) await page.addInitScript(`Object.defineProperty(Navigator.prototype, "hardwareConcurrency", { get: () => ${cores} })`);
  if (first) await page.addInitScript(first);
  await page.goto(`file://${file}${hash}`);
  return page;
};

/** A page of `winset page` whose engines have started. */
export const started = async (file, hash, look) => {
  const page = await opened(file, hash, look);
  await page.waitForFunction(() => document.documentElement.dataset.ready === "yes", null, { timeout: 60_000 });
  return page;
};

/** Nothing that axe calls serious or critical. */
export const serious = async (page, what) => {
  // The policy of a page forbids foreign script: the reader of accessibility is brought in by the browser itself.
  const found = await page.evaluate(`(() => { const module = undefined, exports = undefined, define = undefined; ${axe}; return axe.run(); })()`);
  const grave = found.violations.filter((it) => ["serious", "critical"].includes(it.impact));
  const told = grave.map((it) => `: ${it.id} ${it.nodes.slice(0, 3).map((n) => n.target).join(" ")}`).join("");
  check(grave.length === 0, `nothing serious in ${what} for those who cannot see it${told}`);
};

/** Closes the browser, and ends with status 1 where anything failed, was asked for or was complained of. */
export const finish = async () => {
  await chromium.close();
  const odd = troubles.filter((it) => /^(console|error|request):/.test(it));
  check(odd.length === 0, `no complaint and no request but for the file and its blobs ${odd.slice(0, 3).join("; ")}`);
  process.exit(troubles.length ? 1 : 0);
};

// The same page in Firefox and in WebKitGTK: it opens, a slider is moved by a key, a game is begun and one thing decided.
//
//     node drivers/browser/smoke.mjs FOLDER-WITH-NODE_MODULES PAGE.html [firefox] [webkit]
//
// Firefox is led by WebDriver BiDi through puppeteer-core, WebKitGTK by WebDriver. That has no way to ask what a page complains of:
// what it says while it opens is read from the output of the same browser without a driver, the rest is heard in the page.
// WebKitWebDriver needs a display: xvfb-run gives one.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const [modules, file, ...wanted] = process.argv.slice(2).map((it, k) => (k < 2 ? path.resolve(it) : it));
const require = createRequire(path.join(modules, "package.json"));
const later = (ms) => new Promise((done) => setTimeout(done, ms));
let failed = 0;
const check = (holds, what) => {
  if (!holds) failed++;
  console.log(`${holds ? "ok    " : "FAILED"}  ${what}`);
};

/** Firefox: what it can be asked for, as the scene needs it. */
const firefox = async () => {
  const puppeteer = require("puppeteer-core");
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr", headless: true });
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (m) => { if (["error", "warn"].includes(m.type())) complaints.push(m.text()); });
  page.on("pageerror", (e) => complaints.push(String(e)));
  page.on("request", (r) => {
    // A reader of PDF and pages of its own ask for fonts that lie in them.
    if (!/^(blob|data):/.test(r.url()) && r.url().split("#")[0] !== `file://${file}`) complaints.push(`request: ${r.url()}`);
  });
  const found = (xpath) => page.waitForSelector(`xpath/${xpath}`);
  return {
    name: `Firefox ${(await browser.version()).split("/").at(-1)}`, complaints,
    open: (url) => page.goto(url),
    read: (words) => page.evaluate(words),
    press: async (xpath) => { await (await found(xpath)).press("ArrowRight"); },
    click: async (xpath) => { await (await found(xpath)).click(); },
    close: () => browser.close(),
  };
};

/** Keeps in the page what it complains of from now on. */
const LISTEN = `globalThis.complained = [];
  for (const name of ["error", "unhandledrejection", "securitypolicyviolation"])
    addEventListener(name, (e) => complained.push([name, e.message ?? e.reason ?? e.violatedDirective].join(": ")), true);
  for (const name of ["error", "warn"]) console[name] = (...words) => complained.push(words.join(" "));`;

/** WebKitGTK's small browser, likewise. */
const webkit = async () => {
  const binary = process.env.MINIBROWSER ?? `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
  // No graphics card and, for root, no sandbox of its own.
  const env = { ...process.env, WEBKIT_DISABLE_DMABUF_RENDERER: "1", WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", LIBGL_ALWAYS_SOFTWARE: "1" };
  const complaints = [];
  const alone = spawn("xvfb-run", ["--auto-servernum", binary, "--enable-write-console-messages-to-stdout=true", `file://${file}#explore`], {
    detached: true, env, stdio: ["ignore", "pipe", "pipe"],
  });
  const heard = (bytes) => complaints.push(...String(bytes).split("\n").filter((line) => /CONSOLE .*(ERROR|WARN)/.test(line)));
  alone.stdout.on("data", heard);
  alone.stderr.on("data", heard);
  await later(6_000);
  process.kill(-alone.pid, "SIGTERM");
  const port = 4700 + (process.pid % 200);
  const driver = spawn("xvfb-run", ["--auto-servernum", "WebKitWebDriver", "--host=127.0.0.1", `--port=${port}`], {
    detached: true, stdio: "ignore", env,
  });
  const ask = async (method, at, body) => {
    const { value } = await (await fetch(`http://127.0.0.1:${port}${at}`, { method, body: body && JSON.stringify(body) })).json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const stop = async () => {
    process.kill(-driver.pid, "SIGTERM");
    await later(300);
  };
  for (let k = 0; ; k++) {
    try { await ask("GET", "/status"); break; } catch (e) { if (k > 100) { await stop(); throw e; } await later(100); }
  }
  const options = { binary, args: ["--automation"] };
  const session = await ask("POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } } })
    .catch(async (e) => { await stop(); throw e; });
  const at = `/session/${session.sessionId}`;
  const run = (script) => ask("POST", `${at}/execute/sync`, { script, args: [] });
  const found = async (value) => `${at}/element/${Object.values(await ask("POST", `${at}/element`, { using: "xpath", value }))[0]}`;
  return {
    name: `WebKitGTK ${session.capabilities.browserVersion}`, complaints,
    open: async (url) => {
      await ask("POST", `${at}/url`, { url });
      await run(LISTEN);
    },
    read: (words) => run(`return (${words})`),
    heard: async () => complaints.push(...await run("return globalThis.complained")),
    press: async (xpath) => ask("POST", `${await found(xpath)}/value`, { text: "\ue014" }),
    click: async (xpath) => ask("POST", `${await found(xpath)}/click`, {}),
    close: async () => {
      await ask("DELETE", at).catch(() => {});
      await stop();
    },
  };
};

const text = (id) => `document.querySelector("#${id}").textContent`;
const until = async (browser, words, most = 60_000) => {
  const began = Date.now();
  while (!(await browser.read(words))) {
    if (Date.now() - began > most) throw new Error(`it never came to this: ${words}`);
    await later(100);
  }
};

const scene = async (browser) => {
  const began = Date.now();
  await browser.open(`file://${file}#explore`);
  await until(browser, `Number(document.documentElement.dataset.worlds ?? 0) >= 512`);
  check((await browser.read(text("explore-sentence"))).includes("defeat for nobody"), `${browser.name}: the sentence stands`);
  check(await browser.read(`document.querySelectorAll("#explore-plot svg *").length > 50`), `${browser.name}: the picture stands`);
  check((await browser.read(text("explore-trouble"))) === "", `${browser.name}: nothing is wrong`);
  await until(browser, `document.documentElement.dataset.worlds === "4096"`);
  const picture = `document.querySelector("#explore-plot").innerHTML`;
  const before = await browser.read(picture);
  const slider = `(//div[@id="explore-sliders"]//input)[1]`;
  for (let k = 0; k < 4; k++) await browser.press(slider);
  await until(browser, `location.hash.includes("set=")`);
  await until(browser, `!document.querySelector("#explore-three").classList.contains("stale") && ${text("explore-count")}.startsWith("4")`);
  check((await browser.read(picture)) !== before, `${browser.name}: a slider moved by a key changes the picture`);
  await browser.click(`//a[@id="to-play"]`);
  await until(browser, `document.querySelector("#play-seat") !== null`);
  await browser.click(`//div[@id="play-start"]//button`);
  await until(browser, `document.querySelector("#play-asked .acts button") !== null`);
  const state = `${text("play-state")} + ${text("play-log")}`;
  const asked = await browser.read(state);
  await browser.click(`(//div[@id="play-asked"]/div[@class="acts"]/button[.="Hold" or .="Refuse"])[1]`);
  await until(browser, `${state} !== ${JSON.stringify(asked)}`);
  check((await browser.read(text("play-trouble"))) === "" && (await browser.read(`location.hash`)).includes("said="), `${browser.name}: a game is begun, and one thing decided`);
  check(await browser.read(`performance.getEntriesByType("resource").every((it) => it.name.startsWith("blob:"))`), `${browser.name}: nothing was fetched`);
  await later(300);
  await browser.heard?.();
  check(browser.complaints.length === 0, `${browser.name}: no complaint${browser.complaints.slice(0, 3).map((it) => `: ${it}`).join("")}, ${((Date.now() - began) / 1000).toFixed(0)} s`);
};

for (const [name, launch] of Object.entries({ firefox, webkit })) {
  if (wanted.length && !wanted.includes(name)) continue;
  let browser = null;
  try {
    browser = await launch();
    await scene(browser);
  } catch (e) {
    check(false, `${browser?.name ?? name}: ${e}`);
  } finally {
    await browser?.close();
  }
}
process.exit(failed ? 1 : 0);

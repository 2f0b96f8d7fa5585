// How fast the page is in Chromium: medians, with the load of the machine; above a load of 1.5 nothing is measured.
//
//     node drivers/browser/speed.mjs FOLDER-WITH-NODE_MODULES PAGE.html [TIMES]

import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { loadavg } from "node:os";
import path from "node:path";

const [modules, file] = process.argv.slice(2, 4).map((it) => path.resolve(it));
const times = Number(process.argv[4] ?? 20);
const { chromium } = createRequire(path.join(modules, "package.json"))("playwright-core");
const load = loadavg()[0];
console.log(`load ${load.toFixed(2)}, file ${statSync(file).size} bytes`);
if (load > 1.5) {
  console.log("the machine is busy: nothing is measured");
  process.exit(2);
}
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const median = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
const worlds = (page, least) => page.waitForFunction((n) => Number(document.documentElement.dataset.worlds ?? 0) >= n, least, { timeout: 60_000, polling: 5 });
const timed = async (f) => { const began = performance.now(); await f(); return performance.now() - began; };
const opened = [], first = [], second = [], decided = [];
for (let k = 0; k < times; k++) {
  const page = await browser.newPage();
  opened.push(await timed(async () => { await page.goto(`file://${file}#explore`); await worlds(page, 64); }));
  await page.waitForFunction(() => document.documentElement.dataset.ready === "yes");
  await worlds(page, 512);
  const slider = page.locator("#explore-sliders input").first();
  const moved = await slider.evaluate((it) => new Promise((done) => {
    delete document.documentElement.dataset.worlds;
    const began = performance.now();
    let at64 = 0;
    const look = setInterval(() => {
      const n = Number(document.documentElement.dataset.worlds ?? 0);
      if (n >= 64 && !at64) at64 = performance.now() - began;
      if (n >= 256) { clearInterval(look); done([at64, performance.now() - began]); }
    }, 2);
    it.value = Number(it.min) + (Number(it.max) - Number(it.min)) * 0.3;
    it.dispatchEvent(new Event("input"));
  }));
  first.push(moved[0]);
  second.push(moved[1]);
  await page.close();
}
{
  const page = await browser.newPage();
  await page.goto(`file://${file}#explore`);
  await page.waitForFunction(() => document.documentElement.dataset.ready === "yes");
  const all = await timed(() => worlds(page, 4096));
  console.log(`4 096 worlds, from 64 on by doubling, pictures and all  ${(all / 1000).toFixed(2)} s`);
  await page.goto(`file://${file}#play&side=ukraine`);
  await page.reload();
  await page.waitForSelector("#play-asked > .acts button");
  for (let k = 0; k < times; k++) {
    const words = await page.locator("#play-asked > .acts button").allTextContents();
    const at = words.findIndex((text) => ["Refuse", "Hold"].includes(text));
    if (at < 0) break;
    decided.push(await page.evaluate((at) => new Promise((done) => {
      const place = document.querySelector("#play-asked");
      const began = performance.now();
      new MutationObserver((_, it) => { it.disconnect(); done(performance.now() - began); }).observe(place, { childList: true });
      place.querySelectorAll(":scope > .acts button")[at].click();
    }), at));
  }
}
await browser.close();
const said = (what, all) => console.log(`${what}  median ${median(all).toFixed(0)} ms of ${all.length}`);
said("open to the first picture, 64 worlds", opened);
said("slider to the first picture, 64 worlds", first);
said("slider to 256 worlds", second);
said("a decision in play", decided);

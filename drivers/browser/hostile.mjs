// A scenario whose every text means harm, on all pages that can be made of it: nothing runs, nothing is asked for, no element
// appears that a text names, and no writing is turned.
//
//     node drivers/browser/hostile.mjs FOLDER-WITH-NODE_MODULES WINSET ENGINE.wasm

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { check, finish, opened, started } from "./windows.mjs";

const [program, engine] = process.argv.slice(3).map((it) => path.resolve(it));
const work = mkdtempSync(path.join(tmpdir(), "hostile-"));
const file = "<img class=named src=x onerror=ran=0>.toml";
copyFileSync(fileURLToPath(new URL("hostile.toml", import.meta.url)), path.join(work, file));
const winset = (words, input = "") => execFileSync(program, words, { cwd: work, input, stdio: ["pipe", "pipe", "ignore"] }).toString();

/** Everything that a page may not have become. */
const harmless = async (page, what) => {
  await page.waitForTimeout(200);
  const found = await page.evaluate(() => {
    const turns = /.{0,30}[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069].{0,10}/u;
    const acts = (it) => [...it.attributes].some((a) => a.name.startsWith("on") || /^\s*javascript:/i.test(a.value));
    const named = [...document.querySelectorAll("*")].filter((it) => it.matches(".named, x-named, iframe, object, base, link, form") || acts(it));
    const shown = [document.title, document.body.innerText, ...[...document.querySelectorAll("[aria-label], option, title, desc")].map((it) => it.getAttribute("aria-label") ?? it.textContent)];
    return {
      ran: globalThis.ran, remarks: document.createNodeIterator(document, NodeFilter.SHOW_COMMENT).nextNode()?.data.slice(0, 40), named: named.map((it) => it.outerHTML.slice(0, 80)),
      turned: shown.filter((it) => turns.test(it)).map((it) => JSON.stringify(it.match(turns)[0])),
      styled: document.querySelectorAll("style").length, scripts: document.querySelectorAll("script").length,
      said: document.body.textContent.includes("{{engine}}") || document.body.textContent.includes("class=named"),
    };
  });
  check(found.ran === undefined, `${what}: nothing ran${found.ran === undefined ? "" : ` but ${found.ran}`}`);
  check(found.named.length === 0 && found.styled === 1 && !found.remarks, `${what}: no element and no remark that a text names ${found.named.slice(0, 3).join(" ")} ${found.remarks ?? ""}`);
  check(found.turned.length === 0, `${what}: no writing is turned ${found.turned.slice(0, 3).join(" ")}`);
  check(found.said, `${what}: the texts stand there as texts`);
  return found.scripts;
};

winset(["page", file, "--engine", engine, "-o", "page.html"]);
winset(["report", file, "--runs", "500", "-o", "report.html"]);
winset(["handout", file, "--runs", "200", "--out", "sheets"]);
const code = (words) => winset(["class", "--enter", file, ...words]).match(/([0-9A-Z]{5}-){3}[0-9A-Z]{5}/)[0];
const codes = [["--package", "now"], ["--no-deal"], ["--named", "arbitration"], ["--named", "last-offer"], ["--package", "rest=6,verdicts=five"]]
  .map((words, k) => code([...words, "--nonce", String(k), "--bets", "60,40,10"]));
const pasted = [...codes, "hello <b class=named>\u202e", "<img class=named src=x onerror=window.ran=30>", "</textarea><script class=named>window.ran=31</script> \u202eedoc"].join("\n");
winset(["class", "-", "--scenario", file, "--runs", "200", "--out", "debrief"], pasted);

for (const name of ["report.html", "debrief/page.html", ...readdirSync(path.join(work, "sheets")).filter((it) => it.endsWith(".html")).map((it) => `sheets/${it}`)]) {
  const page = await opened(path.join(work, name));
  check((await harmless(page, name)) === 0, `${name}: no script at all`);
  await page.close();
}

const html = path.join(work, "page.html");
const rooms = {
  async explore(page) {
    await page.waitForFunction(() => Number(document.documentElement.dataset.worlds ?? 0) >= 512, null, { timeout: 60_000 });
    check((await page.locator("#explore-trouble").textContent()) === "", "explore: nothing is wrong");
    await page.locator("#explore-choices select").selectOption({ index: 1 });
    await page.locator("#explore-choices input[type=checkbox]").first().click();
    await page.waitForFunction(() => !document.querySelector("#explore-three").classList.contains("stale"), null, { timeout: 60_000 });
  },
  async draft(page) {
    const [rest, odd] = [page.locator('[id="draft-of-rest"]'), page.locator('[id="draft-of-__proto__"]')];
    const said = () => page.waitForFunction(() => document.querySelector("#draft-sentence").textContent.includes("defeat") && location.hash.includes("terms="));
    await said();
    await page.evaluate(() => document.querySelectorAll("details").forEach((it) => { it.open = true; }));
    await rest.selectOption("4");
    await page.waitForTimeout(300);
    await odd.selectOption("firm");
    await page.waitForTimeout(300);
    check(decodeURIComponent(page.url()).includes("rest=4,__proto__=firm"), "draft: identifiers that are words of the page and its script are identifiers");
    await page.locator('[id="draft-of-verdicts"]').selectOption("five");
    await page.waitForTimeout(600);
    check((await page.locator("#draft-verdicts h3").count()) === 2, "draft: what each leadership gets is shown");
  },
  async play(page) {
    await page.waitForSelector("#play-seat");
    await page.locator("#play-start button").click();
    await page.locator("#play-asked button", { hasText: "Make an offer" }).click();
    await page.locator("#play-editor button", { hasText: "What would home say" }).click();
    await page.waitForFunction(() => document.querySelector("#play-home .card"), null, { timeout: 20_000 });
    await harmless(page, "play, an offer");
    await page.locator("#play-editor button", { hasText: "Send it" }).click();
    await page.waitForFunction(() => document.querySelector("#play-log").textContent.includes("offers"), null, { timeout: 20_000 });
    await page.evaluate(() => document.querySelectorAll("details").forEach((it) => { it.open = true; }));
    check((await page.locator("#play-trouble").textContent()) === "", "play: nothing is wrong");
  },
  async class(page) {
    await page.waitForSelector("#class-room textarea");
    await page.locator("#class-room button", { hasText: "package in Draft" }).click();
    await page.waitForSelector("#class-code .code");
    await page.locator("#class-room textarea").fill(pasted);
    await page.locator("#class-room button", { hasText: "Show what the class agreed" }).click();
    await page.waitForSelector("#class-debrief svg", { timeout: 30_000 });
  },
};
for (const [room, done] of Object.entries(rooms)) {
  const page = await started(html, `#${room}`, { cores: 4 });
  await done(page).catch((e) => check(false, `${room}: ${String(e).split("\n")[0]}`));
  check((await harmless(page, room)) === 4, `${room}: the four blocks of the page are all its scripts`);
  await page.close();
}
rmSync(work, { recursive: true });
await finish();

// Every shipped lesson in Chromium: nothing opens before the bets are placed, its sliders count, and each draft and each game opens
// on its scenario and leads back. On a screen, and on a telephone in the dark.
//
//     node drivers/browser/lessons.mjs FOLDER-WITH-NODE_MODULES WINSET ENGINE [PICTURES]

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { check, finish, serious, started } from "./windows.mjs";

const [program, engine, pictures] = process.argv.slice(3).map((it) => path.resolve(it));
if (pictures) mkdirSync(pictures, { recursive: true });
const work = mkdtempSync(path.join(tmpdir(), "lessons-"));
const winset = (...words) => execFileSync(program, words, { cwd: work }).toString();
const shown = async (page, name) => { if (pictures) await page.screenshot({ path: path.join(pictures, `lesson-${name}.png`), fullPage: true }); };

/** Places every bet, and opens every reveal. */
const through = async (page, name) => {
  const reveals = page.locator("#room-lesson details.reveal > summary");
  if (await reveals.count()) {
    await reveals.first().click();
    check((await page.locator(".missed").count()) === 1, `${name}: nothing opens before a bet`);
  }
  for (const block of await page.locator("#room-lesson .block").all()) {
    const [number, choice] = [block.locator('input[type="number"]'), block.locator('input[type="radio"]')];
    if (await number.count()) await number.fill("50");
    else if (await choice.count()) await choice.last().check();
  }
  for (const summary of await reveals.all()) await summary.click();
  const told = await page.locator(".told").allTextContents();
  check(told.every((it) => it.includes("the answer is")), `${name}: ${told.length} reveals tell their answers`);
};

const lessons = winset("lesson").split("\n").map((line) => /^(\d-\S+)/.exec(line)?.[1]).filter(Boolean);
const written = readdirSync(new URL("../../docs/lessons/", import.meta.url)).map((file) => /^(\d-\S+)\.md$/.exec(file)?.[1]).filter(Boolean).sort();
check(written.length > 0 && lessons.join() === written.join(), `every lesson that is written is listed: ${lessons.join(", ")}`);
for (const name of lessons) {
  const file = path.join(work, `${name}.html`);
  winset("lesson", name, "--engine", engine, "-o", file);
  winset("lesson", name, "--teacher", "-o", `${name}-teacher.html`);
  const page = await started(file, "");
  await through(page, name);
  for (const slider of await page.locator("#room-lesson .slider").all()) {
    await slider.scrollIntoViewIfNeeded();
    const numbers = slider.locator("xpath=following-sibling::div");
    await page.waitForFunction((it) => it.className === "three" && it.textContent.includes("of 1024 worlds"), await numbers.elementHandle(), { timeout: 60_000 });
    const before = await numbers.textContent();
    await slider.locator("input").focus();
    await page.keyboard.press("Home");
    await page.waitForFunction(([it, old]) => it.className === "three" && it.textContent.includes("of 1024 worlds") && it.textContent !== old, [await numbers.elementHandle(), before], { timeout: 60_000 })
      .then(() => check(true, `${name}: a slider moves what it is said to move`), () => check(false, `${name}: a slider moves nothing: ${before}`));
  }
  await shown(page, name);
  await serious(page, `lesson ${name}`);
  for (const link of await page.locator("#room-lesson a.opens").all()) {
    const text = await link.textContent();
    await link.click();
    const place = text.includes("seat") ? "#play-asked h2" : "#draft-verdicts h3";
    await page.waitForSelector(place, { timeout: 60_000 });
    await page.locator("#whose a").click();
    await page.locator("#room-lesson").waitFor({ state: "visible", timeout: 10_000 })
      .then(() => check(true, `${name}: “${text}” opens, and leads back`), () => check(false, `${name}: “${text}” opens, and does not lead back`));
  }
  const shared = page.url();
  await page.close();
  const phone = await started(file, shared.slice(shared.indexOf("#")), { width: 390, height: 844, dark: true });
  const kept = await phone.locator('#room-lesson input[type="number"], #room-lesson input[type="radio"]:checked').count();
  check(kept > 0, `${name}: the bets stand in the address`);
  for (const summary of await phone.locator("#room-lesson details.reveal > summary").all()) await summary.click();
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= 390, `${name} fits a telephone (${wide} pixels)`);
  await shown(phone, `${name}-390-dark`);
  await serious(phone, `lesson ${name} on a telephone in the dark`);
  await phone.close();
}
rmSync(work, { recursive: true });
await finish();

// The page in a real browser, by double click: what a reader does in its rooms, and what must never happen there.
//
//     node drivers/browser/scenes.mjs FOLDER-WITH-NODE_MODULES PAGE.html WINSET [PICTURES]
//
// It ends with status 1 where a scene fails, an error reaches the console, or anything but the file and its blobs is asked for.

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { check, finish, serious, started } from "./windows.mjs";

const [file, program, pictures] = process.argv.slice(3).map((it) => path.resolve(it));
if (pictures) mkdirSync(pictures, { recursive: true });
const opened = (hash, look) => started(file, hash, look);
const worlds = (page, least) =>
  page.waitForFunction((n) => Number(document.documentElement.dataset.worlds ?? 0) >= n, least, { timeout: 60_000 });
const picture = async (page, name) => { if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true }); };

// Explore: the numbers are those of the command line, by drag and by keys, and a view is shared by its address.
{
  const page = await opened("#explore");
  await worlds(page, 512);
  await picture(page, "explore-1280");
  await serious(page, "Explore");
  await worlds(page, 4096);
  const told = await page.locator("#explore-three b").allTextContents();
  const asked = JSON.parse(execFileSync(program, ["run", "istanbul-2025", "--runs", "4096", "--json"], { maxBuffer: 1 << 28 })).answer;
  const percent = (share) => `${(100 * share.share).toFixed(1)} %`;
  const expected = [asked.exists, asked.same_package, asked.reached].map(percent);
  check(JSON.stringify(told) === JSON.stringify(expected), `the three numbers are those of the command line: ${told} and ${expected}`);
  const slider = page.locator("#explore-sliders input").first();
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(200);
  await worlds(page, 256);
  check(page.url().includes("set="), "a slider moved by keys stands in the address");
  const box = await slider.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 20, box.y + box.height / 2, { steps: 8 });
  await page.mouse.up();
  // The address follows the hand a little later.
  await page.waitForTimeout(500);
  await page.waitForFunction(() => document.querySelector("#explore-three").className === "three", null, { timeout: 30_000 });
  const shared = page.url();
  const value = await slider.inputValue();
  // Another room and back: what is counted stands or goes on.
  await page.click("#to-draft");
  await page.waitForFunction(() => document.querySelector("#draft-sentence").textContent.includes("defeat"));
  await page.click("#to-explore");
  await page.waitForFunction(() => document.documentElement.dataset.worlds === "4096", null, { timeout: 60_000 });
  check((await page.locator("#explore-trouble").textContent()) === "" && page.url().includes("set="), "another room and back: Explore goes on with the same view");
  await page.close();
  const other = await opened(shared.slice(shared.indexOf("#")));
  const again = await other.locator("#explore-sliders input").first().inputValue();
  check(again === value, `a shared view is the same view (${value}, ${again})`);
  await other.close();
}

// Draft: change terms until the verdict flips, and take the cheapest repair.
{
  const page = await opened("#draft");
  await page.waitForFunction(() => document.querySelector("#draft-sentence").textContent.includes("defeat"));
  const before = await page.locator("#draft-sentence").textContent();
  await picture(page, "draft-1280");
  await serious(page, "Draft");
  await page.locator("#draft-of-territory").selectOption({ index: 0 });
  const options = await page.locator("#draft-of-territory option").count();
  let flipped = false;
  for (let at = 0; at < options && !flipped; at++) {
    await page.locator("#draft-of-territory").selectOption({ index: at });
    await page.waitForTimeout(1200);
    flipped = (await page.locator("#draft-sentence").textContent()) !== before;
  }
  check(flipped, "another term flips the verdict");
  const repair = page.locator("#draft-mend button", { hasText: "cheapest" });
  if (await repair.count()) {
    await repair.click();
    await page.waitForFunction(() => document.querySelector("#draft-sentence").textContent.startsWith("A defeat for nobody. Every"), null, { timeout: 20_000 });
    check(true, "the cheapest repair makes it a defeat for nobody that every leadership would sign");
  } else {
    check(false, "a package that would not do is offered a repair");
  }
  await page.close();
}

// Play: a seat, a few moves, an offer, to an ending.
{
  const page = await opened("#play&side=ukraine");
  await page.waitForSelector("#play-asked button");
  await picture(page, "play-1280");
  await serious(page, "Play");
  await page.locator("#play-asked button", { hasText: "Make an offer" }).click();
  await page.waitForSelector("#play-editor select");
  await page.locator("#play-editor select").first().selectOption({ index: 1 });
  await page.locator("#play-editor button", { hasText: "What would home say" }).click();
  await page.waitForFunction(() => document.querySelector("#play-home .card"), null, { timeout: 20_000 });
  check(true, "home is heard before an offer is sent");
  await page.locator("#play-editor button", { hasText: "Send it" }).click();
  await page.waitForFunction(() => document.querySelector("#play-log").textContent.includes("offers"), null, { timeout: 20_000 });
  for (let round = 0; round < 400; round++) {
    const button = page.locator("#play-asked > .acts button");
    const words = await button.allTextContents();
    const at = words.findIndex((text) => ["Refuse", "Hold", "Withdraw", "Take it back to the table"].includes(text));
    if (at < 0) break;
    // What was pressed may be gone by now: then it is looked for again.
    await button.nth(at).click({ timeout: 2_000 }).catch(() => {});
    await page.waitForTimeout(40);
  }
  await page.waitForFunction(() => document.querySelector("#play-asked h2").textContent === "How it ended", null, { timeout: 20_000 });
  check((await page.locator("#play-asked").textContent()).includes("of the others"), "a game is played to its end, and stands beside others");
  const shared = page.url();
  await page.close();
  const again = await opened(shared.slice(shared.indexOf("#")));
  await again.waitForFunction(() => document.querySelector("#play-asked h2")?.textContent === "How it ended", null, { timeout: 20_000 });
  check(true, "a game is shared by its address");
  await again.close();
}

// A class: a pair takes its code, and thirty codes are pasted of which three are broken.
{
  const page = await opened("#class");
  await page.waitForSelector("#class-room button");
  await page.locator("#class-room input").first().fill("60");
  await page.locator("#class-room button", { hasText: "package in Draft" }).click();
  await page.waitForSelector("#class-code .code");
  check(/^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/.test(await page.locator("#class-code .code").textContent()), "a pair takes its code");
  const enter = (words) => execFileSync(program, ["class", "--enter", "istanbul-2025", ...words]).toString().match(/([0-9A-Z]{5}-){3}[0-9A-Z]{5}/)[0];
  const deals = [["--package", "now"], ["--no-deal"], ["--package", "territory=contact,sequence=principles-first,duration=temporary"]];
  const codes = Array.from({ length: 30 }, (_, i) => enter([...deals[i % 3], "--nonce", String(i), "--bets", "60,40,10"]));
  codes[4] = codes[4].replace(/.$/, (c) => (c === "7" ? "8" : "7"));
  codes[11] = codes[11].slice(0, 9);
  codes[20] = "hello";
  await page.locator("#class-room textarea").fill(codes.map((code, i) => (i % 2 ? code.toLowerCase().replaceAll("-", " ") : `“${code}”,`)).join("\n"));
  await page.locator("#class-room button", { hasText: "Show what the class agreed" }).click();
  await page.waitForSelector("#class-debrief svg", { timeout: 30_000 });
  check((await page.locator("#class-debrief li").count()) >= 3, "broken codes are named one by one");
  check((await page.locator("#class-debrief pre").textContent()).includes("27"), "the other pairs count");
  await picture(page, "class-1280");
  await serious(page, "Class");
  await page.close();
}

// A telephone, in the dark; and paper.
for (const room of ["explore", "play&side=ukraine", "draft", "class"]) {
  const page = await opened(`#${room}`, { width: 390, height: 844, dark: true });
  await page.waitForTimeout(1500);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= 390, `${room.split("&")[0]} fits a telephone (${wide} pixels)`);
  await picture(page, `${room.split("&")[0]}-390-dark`);
  await serious(page, `${room.split("&")[0]} on a telephone in the dark`);
  if (room === "explore") check((await page.pdf()).length > 10_000, "it prints");
  await page.close();
}

// An address, and nothing else in it, is hostile.
{
  const hostile = encodeURIComponent(`<img src=x onerror=alert(1)>`);
  for (const hash of [`#explore&set=${hostile}=1`, `#draft&terms=${hostile}`, `#play&side=${hostile}&said=${"x~".repeat(3000)}`, `#play&side=ukraine&said=dance~offer`, `#${"%".repeat(5000)}`]) {
    const page = await opened(hash);
    await page.waitForTimeout(400);
    check((await page.locator("img[onerror]").count()) === 0, `nothing of the address runs: ${hash.slice(0, 40)}`);
    await page.close();
  }
}

await finish();

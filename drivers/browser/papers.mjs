// The pages without a script: the report, the sheets and the key of a class, its debrief. Light, dark, and on a telephone.
//
//     node drivers/browser/papers.mjs FOLDER-WITH-NODE_MODULES WINSET [PICTURES]

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { check, finish, opened, serious } from "./windows.mjs";

const [program, pictures] = process.argv.slice(3).map((it) => path.resolve(it));
if (pictures) mkdirSync(pictures, { recursive: true });
const work = mkdtempSync(path.join(tmpdir(), "papers-"));
const winset = (words, input) => execFileSync(program, words, { cwd: work, input, stdio: ["pipe", "pipe", "inherit"] }).toString();

winset(["report", "istanbul-2025", "--runs", "1000", "-o", "report.html"]);
winset(["handout", "istanbul-2025", "--runs", "500", "--out", "sheets"]);
const code = (words) => winset(["class", "--enter", "istanbul-2025", ...words]).match(/([0-9A-Z]{5}-){3}[0-9A-Z]{5}/)[0];
const deals = [["--package", "now"], ["--no-deal"], ["--package", "territory=contact,sequence=principles-first,duration=temporary"]];
const codes = deals.map((words, k) => code([...words, "--nonce", String(k), "--bets", "60,40,10"]));
winset(["class", "-", "--scenario", "istanbul-2025", "--runs", "500", "--out", "debrief"], [...codes, "hello"].join("\n"));

const sheets = readdirSync(path.join(work, "sheets")).filter((name) => name.endsWith(".html")).map((name) => `sheets/${name}`);
check(sheets.length >= 4 && sheets.includes("sheets/key.html"), `there are sheets: ${sheets.join(", ")}`);
for (const name of ["report.html", ...sheets, "debrief/page.html"]) {
  for (const look of [{ dark: false }, { dark: true }, { dark: false, width: 390, height: 844 }, { dark: true, width: 390, height: 844 }]) {
    const page = await opened(path.join(work, name), "", look);
    const how = `${name}${look.width ? " on a telephone" : ""}${look.dark ? " in the dark" : ""}`;
    if (pictures) await page.screenshot({ path: path.join(pictures, `${how.replace(/\W+/g, "-")}.png`), fullPage: true });
    if (look.width) {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      check(wide <= look.width, `${how} fits (${wide} pixels)`);
    }
    await serious(page, how);
    await page.close();
  }
}
rmSync(work, { recursive: true });
await finish();

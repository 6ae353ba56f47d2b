// check.mjs GAMUT FOLDER [PAGE…]: whether every link of the manual holds, every option is one of the program, and every command
// shown runs. FOLDER keeps the music and the networks for the next time. With pages, only their commands run; with
// --no-run, none. With --refresh, the page of options is made anew first. Exit code 1 where anything is wrong, each with its file and line.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { makeScript, runPage } from "./commands.mjs";
import { makeFixture } from "./fixture.mjs";
import { readHelp } from "./help.mjs";
import { checkLinks } from "./links.mjs";
import { parsePage } from "./markdown.mjs";
import { checkOptions, refresh } from "./options.mjs";
import { listPages } from "./pages.mjs";

const tools = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(tools, "../..");
const words = process.argv.slice(2);
const refreshing = words.includes("--refresh");
const running = !words.includes("--no-run");
const [program, scratch, ...wanted] = words.filter((word) => !word.startsWith("--")).map((word, i) => (i < 2 ? path.resolve(word) : word));
const faults = [];

const verbs = readHelp(program);
const optionsPage = path.join(root, "docs/options.md");
const shown = readFileSync(optionsPage, "utf8");
const made = refresh(shown, verbs);
if (made !== shown) {
  if (refreshing) writeFileSync(optionsPage, made);
  else {
    const line = made.split("\n").findIndex((text, i) => text !== shown.split("\n")[i]) + 1;
    faults.push(`docs/options.md:${line}: not what gamut --help says now; ./dev docs writes it anew`);
  }
}

const pages = new Map(listPages(root).map((name) => [name, parsePage(readFileSync(path.join(root, name), "utf8"))]));
faults.push(...checkLinks(root, pages, "docs/README.md"), ...checkOptions(pages, verbs));

mkdirSync(scratch, { recursive: true });
if (running) makeFixture(program, path.join(scratch, "fixture"));
const environment = {
  FIXTURE: path.join(scratch, "fixture"), PREPARE: path.join(tools, "prepare.sh"), REPOSITORY: root, PATH: `${path.dirname(program)}:${process.env.PATH}`,
};
let ran = 0;
const skips = [];
const waiting = [];
for (const [name, page] of pages) {
  const { script, skipped, faults: wrong } = makeScript(page);
  faults.push(...wrong.map(({ line, what }) => `${name}:${line}: ${what}`));
  skips.push(...skipped.map(({ line, reason }) => `${name}:${line}: ${reason}`));
  if (!running || wanted.length > 0 && !wanted.includes(name)) continue;
  waiting.push([name, script]);
}
await Promise.all(Array.from({ length: cpus().length }, async () => {
  for (let page = waiting.shift(); page; page = waiting.shift()) {
    const [name, script] = page;
    const result = await runPage(name, script, path.join(scratch, name.replaceAll("/", "-")), environment);
    faults.push(...result.faults);
    ran += result.ran ? 1 : 0;
  }
}));

for (const skip of skips) console.log(`not run: ${skip}`);
for (const fault of faults) console.error(fault);
console.log(`${pages.size} pages; the commands of ${ran} ran, ${skips.length} blocks did not; ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;

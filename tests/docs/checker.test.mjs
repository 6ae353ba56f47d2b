// What the manual's checker finds on pages that are wrong, and lets pass on pages that are right.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { makeScript, runPage } from "../../docs/tools/commands.mjs";
import { parseHelp } from "../../docs/tools/help.mjs";
import { checkLinks } from "../../docs/tools/links.mjs";
import { parsePage } from "../../docs/tools/markdown.mjs";
import { checkOptions, describeOptions } from "../../docs/tools/options.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "gamut-checker-"));
after(() => rmSync(folder, { recursive: true }));

const fence = "```";
const prepare = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../../docs/tools/prepare.sh");
const run = (text) => runPage("page.md", makeScript(parsePage(text)).script, path.join(folder, "page"), { FIXTURE: "", PREPARE: prepare });

const verbs = new Map([
  ["", parseHelp("Recognises genres.\nUsage: gamut [OPTIONS] SUBCOMMAND\n\nOptions:\n  -h,--help                   Help\n  --quiet                     Less\n\nSubcommands:\n  run                         Train\n")],
  ["run", parseHelp("Train\nUsage: gamut run [OPTIONS] file\n\nPositionals:\n  file TEXT REQUIRED          A | B\n\nOptions:\n  -h,--help                   Help\n  --jobs INT:INT in [1 - 1024]=7\n                              Side by side\n  --device TEXT:{auto,cpu}=auto\n                              auto or cpu\n")],
]);

test("a link to a missing file or heading is a fault with its line", () => {
  writeFileSync(path.join(folder, "a.md"), "");
  writeFileSync(path.join(folder, "b.md"), "");
  const pages = new Map([
    ["a.md", parsePage("# A\n[x](b.md#two-words) [y](b.md#no)\n[z](c.md) `[code](d.md)` [w](#a)\n<https://bad host>")],
    ["b.md", parsePage("# Two `words`\n# Two words\n[back](a.md) [second](#two-words-1)")],
    ["lone.md", parsePage("# Lone")],
  ]);
  const faults = checkLinks(folder, pages, "a.md");
  assert.deepEqual(faults.map((fault) => fault.split(": ").slice(0, 2).join(": ")),
    ["a.md:2: b.md#no", "a.md:3: c.md", "a.md:4: https://bad host", "lone.md:1: no page of the manual leads here from a.md"]);
});

test("options and verbs that the program lacks are faults, in text and in commands", () => {
  const page = parsePage(`# A\n\`gamut run --job 2\` \`gamut walk\` \`gamut run --jobs 2 --quiet\`\n${fence}sh\ngamut run a \\\n  --devise cpu | grep --other x\n${fence}`);
  const faults = checkOptions(new Map([["a.md", page]]), verbs);
  assert.deepEqual(faults, [
    "a.md:2: gamut run has no option --job; see gamut --help", 'a.md:2: gamut has no verb "walk"; see gamut --help',
    "a.md:4: gamut run has no option --devise; see gamut --help"]);
});

test("the page of options has defaults and limits, and no number of this machine", () => {
  const text = describeOptions(verbs);
  assert.match(text, /\| `--jobs` \| the machine's cores \| Side by side \(1 to 1024\) \|/);
  assert.match(text, /\| `--device` \| `auto` \| `auto`, `cpu` \|/);
  assert.match(text, /\| `file` \| required \| A \\\| B \|/);
});

test("a command that fails is named with the page's own line", async () => {
  const result = await run(`# Page\n\n${fence}sh\ntrue\nfalse\n${fence}\n`);
  assert.equal(result.faults.length, 1);
  assert.match(result.faults[0], /^page\.md:5: exit code 1/);
});

test("files are written, expected exit codes and skips are honoured", async () => {
  const text = `# Page\n<!-- check: file in/a.txt -->\n${fence}\n$HOME stays\n${fence}\n<!-- check: exit 3 -->\n${fence}sh\n` +
    `(exit 3)\n${fence}\n<!-- check: skip, no reason to -->\n${fence}sh\nfalse\n${fence}\n<!-- check: run expected='$HOME stays' -->\n` +
    `${fence}sh\n[ "$(cat in/a.txt)" = "$expected" ]\n${fence}\n`;
  assert.deepEqual(makeScript(parsePage(text)).skipped, [{ line: 11, reason: "no reason to" }]);
  assert.deepEqual((await run(text)).faults, []);
  assert.match((await run(text.replace("exit 3 ", "exit 4 "))).faults[0], /^page\.md:9: exit code 3 where the page expects 4/);
});

test("a command outside a block marked sh, an unknown note and a note before nothing are faults", () => {
  const { faults } = makeScript(parsePage(`# Page\n${fence}\ngamut run\n${fence}\n<!-- check: skip -->\n<!-- check: exit 3 -->\n`));
  assert.deepEqual(faults.map(({ line }) => line).sort(), [3, 5, 6]);
});

// Runs the commands of a page: a shell script in which every line stands where it stands on the page, so that the shell
// itself names the line of what fails. What the pages say to the checker, in comments that no reader sees:
//
//   <!-- check: skip, REASON -->    the block after it cannot run here; its options are checked all the same
//   <!-- check: exit N -->          the last command of the block after it ends with that code
//   <!-- check: file NAME -->       the block after it is a file, and is written
//   <!-- check: run COMMANDS -->    commands that the page's next ones need, such as those of prepare.sh
import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const kLongest_s = 1200;
const kHereEnd = "END_OF_THE_PAGE_S_FILE";

/**
 * @param {ReturnType<import("./markdown.mjs").parsePage>} page
 * @returns {{script: string[], skipped: {line: number, reason: string}[], faults: {line: number, what: string}[]}}
 */
export function makeScript(page) {
  const skipped = [];
  const faults = [];
  const script = [];
  const put = (line, text) => { script[line - 1] = text; };
  for (const { line, text } of page.notes) {
    if (text.startsWith("run ")) put(line, text.slice("run ".length));
    else if (!/^(skip, \S|exit \d+$|file \S+$)/.test(text)) faults.push({ line, what: `"${text}" is no note to the checker` });
    else if (!page.blocks.some((block) => block.line === line + 1)) faults.push({ line, what: `"${text}" stands before no block` });
  }
  for (const block of page.blocks) {
    const [kind] = block.note.split(/[ ,]/);
    const rest = block.note.slice(kind.length + 1).trim();
    if (kind === "file") {
      put(block.line, `mkdir -p "$(dirname '${rest}')"; cat > '${rest}' <<'${kHereEnd}'`);
      block.lines.forEach((text, i) => put(block.line + 1 + i, text));
      put(block.end, kHereEnd);
      continue;
    }
    if (block.language !== "sh") {
      const command = block.lines.findIndex((text) => /^(gamut|\.\/dev|sudo|apt-get) /.test(text));
      if (block.language === "" && command >= 0) faults.push({ line: block.line + 1 + command, what: "a command in a block that is not marked sh" });
      continue;
    }
    if (kind === "skip") {
      skipped.push({ line: block.line, reason: rest });
      continue;
    }
    block.lines.forEach((text, i) => put(block.line + 1 + i, text));
    if (kind === "exit") {
      put(block.line, "set +e; trap - ERR");
      put(block.end, `expect_exit ${Number(rest)}`);
    }
  }
  return { script: Array.from(script, (text) => text ?? ""), skipped, faults };
}

/**
 * Runs one page's commands in `folder`, which is made empty first.
 * @returns {Promise<{faults: string[], ran: boolean}>}
 */
export async function runPage(name, script, folder, environment) {
  if (script.every((text) => text === "")) return { faults: [], ran: false };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const file = `${folder}.sh`;
  const log = `${folder}.log`;
  // The page's first line is its title: room for what prepares the shell.
  if (script[0] !== "") throw new Error(`${name}: a page begins with its title`);
  writeFileSync(file, [`. "$PREPARE"`, ...script.slice(1)].join("\n") + "\n");
  const output = openSync(log, "w");
  const code = await new Promise((resolve, reject) => {
    const shell = spawn("timeout", ["--kill-after=10", String(kLongest_s), "bash", file],
      { cwd: folder, env: { ...process.env, ...environment, PAGE: name }, stdio: ["ignore", output, output] });
    shell.on("error", reject);
    shell.on("close", (status, signal) => resolve(signal ?? status));
  });
  if (code === 0) {
    rmSync(folder, { recursive: true });
    return { faults: [], ran: true };
  }
  const said = readFileSync(log, "utf8").trimEnd().split("\n");
  const where = said.findLast((text) => text.startsWith(`${name}:`)) ?? `${name}:1: ${code === 124 ? `not done after ${kLongest_s} s` : `exit code ${code}`}`;
  return { faults: [[where, ...said.slice(-12).map((text) => `    ${text}`), `    (all of it: ${path.resolve(log)})`].join("\n")], ran: true };
}

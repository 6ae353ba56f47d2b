// The page of all options, made from `--help`; and whether the commands that the pages show use options that there are.
import { optionNames } from "./help.mjs";

export const kBegin = "<!-- made by ./dev docs from gamut --help: -->";
export const kEnd = "<!-- so far -->";
const kShared = "Front end";

const words = (text) => text.replace(/\|/g, "\\|").replace(/</g, "&lt;");

function limits(option) {
  const text = option.limits.replace(/^(INT|UINT|FLOAT) in /, "");
  const list = text.match(/^(?:value in )?\{([^}]*)\}/);
  if (list) return list[1].split(",").map((word) => `\`${word.replace(/->.*/, "")}\``).join(", ");
  const range = text.match(/^\[(\S+) - (\S+)\]$/);
  if (range) return `${range[1]} to ${range[2]}`;
  return { POSITIVE: "above 0", NONNEGATIVE: "0 or more", FILE: "a file" }[text] ?? text;
}

function standard(option) {
  if (option.required) return "required";
  if (option.flag) return "off";
  if (option.value === "" || option.value === "[]") return "–";
  // The help shows the number of this machine.
  if (option.names.includes("--jobs") && /^\d+$/.test(option.value)) return "the machine's cores";
  return `\`${option.value.replace(/^\[(.*)\]$/, "$1")}\``;
}

function table(options) {
  const rows = options.filter((option) => !option.names.includes("--help")).map((option) => {
    const allowed = limits(option);
    // The help names the words of a choice once more where nothing else is to be said.
    const says = allowed.replace(/[`,]/g, "") === option.says.replace(/,| or\b/g, "").trim() ? "" : words(option.says);
    const names = option.names.map((name) => `\`${name}\``).join(", ");
    return `| ${names} | ${standard(option)} | ${[says, allowed && says ? `(${allowed})` : allowed].filter(Boolean).join(" ")} |`;
  });
  return rows.length === 0 ? [] : ["| | default | |", "| --- | --- | --- |", ...rows, ""];
}

/** The options of every verb as Markdown. */
export function describeOptions(verbs) {
  const lines = [];
  let shared = null;
  for (const [name, help] of verbs) {
    if (name !== "" && help.verbs.length > 0) continue;
    lines.push(`## ${name === "" ? "Before or after every verb" : `gamut ${name}`}`, "");
    if (name !== "") lines.push(`${words(help.says)}.`, "", `\`${help.usage}\``, "");
    const own = [...help.groups].filter(([group]) => group !== kShared).flatMap(([, options]) => options);
    lines.push(...table(own));
    if (help.groups.has(kShared)) {
      shared = help.groups.get(kShared);
      lines.push("and the [front-end options](#front-end-options).", "");
    }
  }
  if (shared) lines.push("## Front-end options", "", ...table(shared));
  return lines.join("\n");
}

/** The page with its made part made anew. */
export function refresh(page, verbs) {
  const begin = page.indexOf(kBegin);
  const end = page.indexOf(kEnd);
  if (begin < 0 || end < begin) throw new Error(`the page of options lacks its marks ${kBegin} and ${kEnd}`);
  return `${page.slice(0, begin + kBegin.length)}\n\n${describeOptions(verbs)}\n${page.slice(end)}`;
}

// What is wrong with one command line, "gamut …" up to where the shell goes on.
function faultsOf(command, verbs) {
  const tokens = command.split(/\s+/).slice(1);
  const faults = [];
  const used = [];
  let verb = "";
  let wants = true;
  for (let i = 0; i < tokens.length; ++i) {
    const token = tokens[i].replace(/[\[\]'",.:)]+$|^[\[('"]+/g, "");
    if (/^--?[a-zA-Z]/.test(token)) {
      used.push(token.split("=")[0]);
      if (token === "--workspace") ++i;
    } else if (wants && token !== "") {
      const longer = `${verb} ${token}`.trim();
      if (verbs.has(longer)) {
        verb = longer;
        wants = verbs.get(verb).verbs.length > 0;
      } else {
        if (/^[a-z]+$/.test(token)) faults.push(`gamut has no verb "${longer}"`);
        wants = false;
        if (verb === "") return faults;
      }
    }
  }
  const known = new Set([...optionNames(verbs.get(verb)), ...optionNames(verbs.get(""))]);
  if (verb !== "" && verbs.get(verb).verbs.length > 0) {
    for (const [name, help] of verbs) if (name.startsWith(`${verb} `)) optionNames(help).forEach((option) => known.add(option));
  }
  for (const option of used) if (!known.has(option)) faults.push(`gamut ${verb} has no option ${option}`.replace("  ", " "));
  return faults;
}

/** @returns {{line: number, text: string}[]}  every `gamut …` that a page shows, in blocks of commands and in running text */
export function commandsOf(page) {
  const texts = [...page.spans];
  for (const block of page.blocks.filter(({ language }) => language === "sh")) {
    for (let i = 0; i < block.lines.length; ++i) {
      const start = i;
      let text = block.lines[i];
      while (text.endsWith("\\") && i + 1 < block.lines.length) text = `${text.slice(0, -1)} ${block.lines[++i]}`;
      texts.push({ line: block.line + 1 + start, text });
    }
  }
  return texts.flatMap(({ line, text }) =>
    text.replace(/\s#.*$/, "").split(/\||;|&&|\$\(|>|</).map((part) => part.trim().replace(/^\S*\/gamut\b/, "gamut"))
      .filter((part) => /^gamut\s/.test(part)).map((part) => ({ line, text: part })));
}

export function checkOptions(pages, verbs) {
  const faults = [];
  for (const [name, page] of pages) {
    for (const { line, text } of commandsOf(page)) {
      for (const fault of faultsOf(text, verbs)) faults.push(`${name}:${line}: ${fault}; see gamut --help`);
    }
  }
  return faults;
}

// What `gamut VERB --help` says, as data.
import { execFileSync } from "node:child_process";

const kSpecification =
  /^(?:[A-Z]+)(?::(?<limits>.*?))?(?:=(?<value>\[.*\]|\S+))?(?<many> x \d+| \.\.\.)?(?<required> REQUIRED)?(?: Needs:.*)?(?: Excludes:.*)?$/;

/** @typedef {{names: string[], limits: string, value: string, required: boolean, says: string}} Option */

/**
 * @param {string} text  of `--help`
 * @returns {{says: string, usage: string, groups: Map<string, Option[]>, verbs: string[]}}
 */
export function parseHelp(text) {
  const help = { says: "", usage: "", groups: new Map(), verbs: [] };
  let group = "";
  let option = null;
  text.split("\n").forEach((line, index) => {
    if (index === 0) help.says = line;
    else if (line.startsWith("Usage: ")) help.usage = line.slice("Usage: ".length).trim();
    else if (/^\S.*:$/.test(line)) group = line.slice(0, -1);
    else if (/^ {2}\S/.test(line)) {
      const [entry, ...says] = line.trim().split(/ {2,}/);
      const name = entry.split(" ")[0];
      if (group === "Subcommands") {
        help.verbs.push(name);
        return;
      }
      const specification = entry.slice(name.length).trim();
      const parts = specification.match(kSpecification)?.groups ?? {};
      option = { names: name.split(","), limits: parts.limits ?? "", value: parts.value ?? "", required: !!parts.required,
                 flag: specification === "" || /^Excludes/.test(specification), says: says.join(" ") };
      if (!help.groups.has(group)) help.groups.set(group, []);
      help.groups.get(group).push(option);
    } else if (option && line.trim() !== "" && group !== "Subcommands") {
      option.says = `${option.says} ${line.trim()}`.trim();
    }
  });
  return help;
}

/** Every verb of the program with its help, in the program's order: "" is the program itself, "taxonomy show" a verb's verb. */
export function readHelp(program) {
  const verbs = new Map();
  const read = (words) => {
    const help = parseHelp(execFileSync(program, [...words, "--help"], { encoding: "utf8" }));
    verbs.set(words.join(" "), help);
    for (const verb of help.verbs) read([...words, verb]);
  };
  read([]);
  return verbs;
}

export const optionNames = (help) => [...help.groups.values()].flat().flatMap((option) => option.names);

// Whether what the pages link to is there: files, headings, and every page from the manual's first one.
import { existsSync, statSync } from "node:fs";
import path from "node:path";

function isAddress(text) {
  try {
    return /^(https?|mailto):$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}

/**
 * @param {string} root  the repository
 * @param {Map<string, ReturnType<import("./markdown.mjs").parsePage>>} pages  by path from the root
 * @param {string} first  the page from which all others must be reached
 * @returns {string[]}  faults, each with its file and line
 */
export function checkLinks(root, pages, first) {
  const faults = [];
  const next = new Map();
  for (const [name, page] of pages) {
    next.set(name, []);
    for (const { line, target } of page.links) {
      const fault = (what) => faults.push(`${name}:${line}: ${target}: ${what}`);
      if (/^[a-z]+:/i.test(target)) {
        if (!isAddress(target)) fault("not an address");
        continue;
      }
      const [file, anchor] = target.split("#");
      const found = file === "" ? name : path.normalize(path.join(path.dirname(name), decodeURI(file)));
      if (found.startsWith("..") || !existsSync(path.join(root, found))) {
        fault("no such file");
        continue;
      }
      const linked = statSync(path.join(root, found)).isDirectory() ? path.join(found, "README.md") : found;
      if (pages.has(linked)) next.get(name).push(linked);
      if (anchor !== undefined && !pages.get(linked)?.anchors.has(anchor)) fault("no such heading");
    }
  }
  const reached = new Set([first]);
  for (const name of reached) (next.get(name) ?? []).forEach((linked) => reached.add(linked));
  for (const name of pages.keys()) if (!reached.has(name)) faults.push(`${name}:1: no page of the manual leads here from ${first}`);
  return faults;
}

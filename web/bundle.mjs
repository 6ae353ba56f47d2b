// What the builds of the report's page and of the server's page share.
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

export const web = dirname(fileURLToPath(import.meta.url));

/** What esbuild makes of a file of web/, and the files that went into it. */
export async function bundle(entry, extra = {}) {
  const result = await build({
    entryPoints: [join(web, entry)], bundle: true, minify: true, write: false, metafile: true,
    absWorkingDir: web, legalComments: 'eof', target: 'es2021', logLevel: 'warning', ...extra,
  });
  return {text: result.outputFiles[0].text, inputs: Object.keys(result.metafile.inputs)};
}

/** The npm packages that ended up in a bundle, from the files that esbuild read. */
function packages_of(inputs) {
  const roots = inputs.map((path) => path.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean);
  return [...new Set(roots)].sort().map((root) => {
    const {name, version, license} = JSON.parse(readFileSync(join(web, root, 'package.json'), 'utf8'));
    const file = readdirSync(join(web, root)).find((entry) => /^(licen[cs]e|copying|unlicense)/i.test(entry));
    return {name, version, license, notice: file ? readFileSync(join(web, root, file), 'utf8').trim() : ''};
  });
}

/** The notices of a bundle's packages as HTML. Several packages of one author share a notice: each once, with the packages it covers. */
export function licences_of(inputs) {
  const packages = packages_of(inputs);
  const unlicensed = packages.filter(({notice, license}) => !notice && !['0BSD', 'Unlicense'].includes(license));
  if (unlicensed.length > 0) throw new Error(`no licence text: ${unlicensed.map(({name}) => name).join(', ')}`);
  const covered = new Map();
  for (const {name, version, license, notice} of packages) {
    const text = notice || `Licence: ${license}`;
    covered.set(text, [...(covered.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  return escape_html([...covered].map(([notice, names]) => `${names.join(', ')}\n\n${notice}\n`).join('\n----\n\n'));
}

const escape_html = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** A script element ends at the first "</script", wherever it stands. */
export const safe_in_script = (script) => script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');

/** A template with its {{slots}} filled. */
export function fill(template, slots) {
  return template.replace(/\{\{(\w+)\}\}/g, (slot, name) => slots[name] ?? slot);
}

/** A C++ string literal: raw strings, in pieces that every compiler takes. */
export function cpp_literal(text) {
  if (text.includes(')~~~~"')) throw new Error('the text contains the end of its own raw string');
  const pieces = [];
  for (let start = 0; start < text.length; start += 8000) pieces.push(text.slice(start, start + 8000));
  return pieces.map((piece) => `    R"~~~~(${piece})~~~~"`).join('\n');
}

/** Writes files by name into a folder, which is made where there is none. */
export function write_files(folder, files) {
  if (!existsSync(folder)) mkdirSync(folder, {recursive: true});
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

// Makes the page that gamut embeds: the report's template with its style, its script and the licences of what the
// script is made of. Usage: node build.mjs OUTPUT_DIRECTORY
//
// Writes report_page.html, and report_page.cpp with the same bytes as a C++ string.
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const web = dirname(fileURLToPath(import.meta.url));
const output = process.argv[2] ?? 'dist';

async function bundle(entry, extra = {}) {
  const result = await build({
    entryPoints: [join(web, entry)], bundle: true, minify: true, write: false, metafile: true,
    absWorkingDir: web, legalComments: 'eof', target: 'es2021', logLevel: 'warning', ...extra,
  });
  return {text: result.outputFiles[0].text, inputs: Object.keys(result.metafile.inputs)};
}

// The npm packages that ended up in the bundle, from the files esbuild read.
function packages_of(inputs) {
  const roots = inputs.map((path) => path.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean);
  return [...new Set(roots)].sort().map((root) => {
    const {name, version, license} = JSON.parse(readFileSync(join(web, root, 'package.json'), 'utf8'));
    const file = readdirSync(join(web, root)).find((entry) => /^(licen[cs]e|copying|unlicense)/i.test(entry));
    return {name, version, license, notice: file ? readFileSync(join(web, root, file), 'utf8').trim() : ''};
  });
}

// Several packages of one author share a notice: each notice once, with the packages it covers.
function licences_text(packages) {
  const covered = new Map();
  for (const {name, version, license, notice} of packages) {
    const text = notice || `Licence: ${license}`;
    covered.set(text, [...(covered.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  return [...covered].map(([notice, names]) => `${names.join(', ')}\n\n${notice}\n`).join('\n----\n\n');
}

const escape_html = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

// A script element ends at the first "</script", wherever it stands.
const safe_in_script = (script) => script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');

function fill(template, slots) {
  return template.replace(/\{\{(\w+)\}\}/g, (slot, name) => slots[name] ?? slot);
}

// Raw strings, in pieces that every compiler takes.
function cpp_source(symbol, text) {
  const pieces = [];
  for (let start = 0; start < text.length; start += 8000) pieces.push(text.slice(start, start + 8000));
  const literals = pieces.map((piece) => `    R"~~~~(${piece})~~~~"`).join('\n');
  return `#include "gamut/report/page_template.h"\n\nnamespace gamut::report {\n\n` +
         `const std::string_view ${symbol} =\n${literals};\n\n}  // namespace gamut::report\n`;
}

const script = await bundle('report/report.ts', {format: 'iife'});
const style = await bundle('report/report.css');
const packages = packages_of(script.inputs);
const unlicensed = packages.filter(({notice, license}) => !notice && !['0BSD', 'Unlicense'].includes(license));
if (unlicensed.length > 0) throw new Error(`no licence text: ${unlicensed.map(({name}) => name).join(', ')}`);

const code = safe_in_script(script.text);
const page = fill(readFileSync(join(web, 'report/page.html'), 'utf8'), {
  style: style.text.trim(),
  script: code,
  script_hash: createHash('sha256').update(code).digest('base64'),
  licences: escape_html(licences_text(packages)),
});
if (page.includes(')~~~~"')) throw new Error('the page contains the end of its own raw string');

if (!existsSync(output)) mkdirSync(output, {recursive: true});
writeFileSync(join(output, 'report_page.html'), page);
writeFileSync(join(output, 'report_page.cpp'), cpp_source('kPageTemplate', page));

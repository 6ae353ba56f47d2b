// Makes the page of `gamut serve`: index.html, its style and its script, each a file of its own, as the server's policy
// wants it. Usage: node build_page.mjs OUTPUT_DIRECTORY
//
// Writes the three files, and page_assets.cpp with the same bytes as C++ strings.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {bundle, cpp_literal, fill, licences_of, web, write_files} from './bundle.mjs';

const script = await bundle('page/page.ts', {format: 'iife', legalComments: 'none'});
const style = await bundle('page/page.css');
const html = fill(readFileSync(join(web, 'page/index.html'), 'utf8'), {licences: licences_of(script.inputs)});
const assets = [
  {path: '/', type: 'text/html', text: html},
  {path: '/page.css', type: 'text/css', text: style.text},
  {path: '/page.js', type: 'text/javascript', text: script.text},
];

const rows = assets.map(({path, type, text}) => `      {"${path}", "${type}; charset=utf-8",\n${cpp_literal(text)}},\n`);
write_files(process.argv[2] ?? 'dist', {
  'index.html': html,
  'page.css': style.text,
  'page.js': script.text,
  'page_assets.cpp': `#include "apps/server/page_assets.h"\n\nnamespace gamut::server {\n\n` +
                     `const std::vector<Asset>& page_assets() {\n  static const std::vector<Asset> assets = {\n${rows.join('')}  };\n  return assets;\n}\n\n}  // namespace gamut::server\n`,
});

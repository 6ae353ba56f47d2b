// Makes the page that gamut embeds: the report's template with its style, its script and the licences of what the
// script is made of. Usage: node build.mjs OUTPUT_DIRECTORY
//
// Writes report_page.html, and report_page.cpp with the same bytes as a C++ string.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {bundle, cpp_literal, fill, licences_of, safe_in_script, web, write_files} from './bundle.mjs';

const script = await bundle('report/report.ts', {format: 'iife'});
const style = await bundle('report/report.css');
const code = safe_in_script(script.text);
const page = fill(readFileSync(join(web, 'report/page.html'), 'utf8'), {
  style: style.text.trim(),
  script: code,
  script_hash: createHash('sha256').update(code).digest('base64'),
  licences: licences_of(script.inputs),
});

write_files(process.argv[2] ?? 'dist', {
  'report_page.html': page,
  'report_page.cpp': `#include "gamut/report/page_template.h"\n\nnamespace gamut::report {\n\n` +
                     `const std::string_view kPageTemplate =\n${cpp_literal(page)};\n\n}  // namespace gamut::report\n`,
});

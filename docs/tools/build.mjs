// build.mjs FOLDER: the manual as pages for a browser, without a network. Every page and every file that one links to lies there
// under its own path, so that links hold as they are, but for .md, which becomes .html.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import MarkdownIt from "markdown-it";
import { slug } from "./markdown.mjs";
import { listPages } from "./pages.mjs";

const tools = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(tools, "../..");
const out = path.resolve(process.argv[2]);
const kFirst = "docs/README.md";
const markdown = new MarkdownIt({ html: true });

// The report's colours and type, so that report and manual look alike; then what only pages with a table of contents need.
const style = readFileSync(path.join(root, "web/report/report.css"), "utf8") + readFileSync(path.join(tools, "manual.css"), "utf8");

const pages = listPages(root);
const files = new Set();

/** A link of the page as it is in the built manual. */
function link(page, target) {
  if (/^[a-z]+:|^#/i.test(target)) return target;
  const [file, anchor] = target.split("#");
  let linked = path.normalize(path.join(path.dirname(page), decodeURI(file)));
  if (existsSync(path.join(root, linked)) && statSync(path.join(root, linked)).isDirectory()) linked = path.join(linked, "README.md");
  if (!pages.includes(linked)) files.add(linked);
  const shown = path.relative(path.dirname(page), pages.includes(linked) ? linked.replace(/\.md$/, ".html") : linked);
  return encodeURI(shown) + (anchor === undefined ? "" : `#${anchor}`);
}

function walk(tokens, visit) {
  for (const token of tokens) {
    visit(token);
    walk(token.children ?? [], visit);
  }
}

/** Tokens with anchors at headings and links of the built manual. */
function parse(page, text) {
  const tokens = markdown.parse(text, {});
  const anchors = new Set();
  tokens.forEach((token, i) => {
    if (token.type !== "heading_open") return;
    const wanted = slug(tokens[i + 1].content);
    let anchor = wanted;
    for (let n = 1; anchors.has(anchor); ++n) anchor = `${wanted}-${n}`;
    anchors.add(anchor);
    token.attrSet("id", anchor);
  });
  walk(tokens, (token) => {
    for (const name of ["href", "src"]) {
      const target = token.attrGet?.(name);
      if (target) token.attrSet(name, link(page, target));
    }
    if (token.type === "html_inline" || token.type === "html_block") {
      token.content = token.content.replace(/\b(src|href)="([^"]*)"/g, (_, name, target) => `${name}="${link(page, target)}"`);
    }
  });
  return tokens;
}

/** The lists of links on the manual's first page, as the navigation of `page`. */
function navigation(page) {
  const lists = readFileSync(path.join(root, kFirst), "utf8").split("\n").flatMap((line) => {
    const heading = line.match(/^## (.*)/);
    if (heading) return [`</ul><p>${markdown.utils.escapeHtml(heading[1])}</p><ul>`];
    const entry = line.match(/^- \[([^\]]*)\]\(([^)]*)\)/);
    if (!entry) return [];
    const linked = path.normalize(path.join(path.dirname(kFirst), entry[2]));
    const href = link(page, path.relative(path.dirname(page), linked));
    return [`<li><a href="${href}"${linked === page ? ' aria-current="page"' : ""}>${markdown.utils.escapeHtml(entry[1])}</a></li>`];
  });
  return `<ul>${lists.join("")}</ul>`.replaceAll("<ul></ul>", "");
}

function render(page) {
  const tokens = parse(page, readFileSync(path.join(root, page), "utf8"));
  const title = tokens[tokens.findIndex((token) => token.type === "heading_open") + 1].content.replace(/`/g, "");
  const body = markdown.renderer.render(tokens, markdown.options, {})
    .replaceAll("<table>", '<div class="scroll" tabindex="0"><table>').replaceAll("</table>", "</table></div>")
    .replaceAll(/<!--.*?-->\n?/gs, "");
  const home = link(page, path.relative(path.dirname(page), kFirst));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${markdown.utils.escapeHtml(title)} – gamut</title>
<style>${style}</style>
</head>
<body class="manual">
<a class="skip" href="#text">To the text</a>
<nav aria-label="The manual"><details open><summary><a href="${home}">gamut: the manual</a></summary>${navigation(page)}</details></nav>
<main id="text">
${body}</main>
<script>if (matchMedia("(max-width: 60rem)").matches) document.querySelector("nav details").open = false;</script>
</body>
</html>
`;
}

rmSync(out, { recursive: true, force: true });
for (const page of pages) {
  const file = path.join(out, page.replace(/\.md$/, ".html"));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, render(page));
}
for (const file of files) {
  if (!existsSync(path.join(root, file)) || statSync(path.join(root, file)).isDirectory()) continue;
  mkdirSync(path.dirname(path.join(out, file)), { recursive: true });
  cpSync(path.join(root, file), path.join(out, file));
}
writeFileSync(path.join(out, "index.html"), '<!doctype html><meta charset="utf-8"><title>gamut: the manual</title>'
  + '<meta http-equiv="refresh" content="0; url=docs/README.html"><a href="docs/README.html">gamut: the manual</a>\n');
console.log(path.join(out, "index.html"));

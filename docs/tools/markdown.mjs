// What the manual's checks need of a Markdown page: headings, links, code, and the notes to the checker in its comments.

/** The anchor that code-hosting sites give a heading. */
export function slug(text) {
  const plain = text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "");
  return plain.trim().toLowerCase().replace(/[^\p{L}\p{N}\p{M}_ -]/gu, "").replace(/ /g, "-");
}

/**
 * @param {string} text
 * @returns {{anchors: Set<string>, links: {line: number, target: string}[], spans: {line: number, text: string}[],
 *            blocks: {line: number, end: number, language: string, lines: string[], note: string}[],
 *            notes: {line: number, text: string}[]}}  lines count from 1; a block's are those of its fences, its `note` the
 *          one on the line before it
 */
export function parsePage(text) {
  const page = { anchors: new Set(), links: [], spans: [], blocks: [], notes: [] };
  let block = null;
  let fence = "";
  text.split("\n").forEach((content, index) => {
    const line = index + 1;
    if (block) {
      if (content.trim() === fence) {
        block.end = line;
        block = null;
      } else {
        block.lines.push(content);
      }
      return;
    }
    const opening = content.match(/^\s*(`{3,})(\w*)\s*$/);
    if (opening) {
      const last = page.notes.at(-1);
      block = { line, end: line, language: opening[2], lines: [], note: last?.line === line - 1 ? last.text : "" };
      fence = opening[1];
      page.blocks.push(block);
      return;
    }
    const note = content.match(/^\s*<!-- check: (.*?) -->\s*$/);
    if (note) {
      page.notes.push({ line, text: note[1] });
      return;
    }
    const heading = content.match(/^#{1,6} (.*)$/);
    if (heading) {
      const wanted = slug(heading[1]);
      let anchor = wanted;
      for (let n = 1; page.anchors.has(anchor); ++n) anchor = `${wanted}-${n}`;
      page.anchors.add(anchor);
    }
    const bare = content.replace(/(`+)(.+?)\1(?!`)/g, (_, ticks, code) => {
      page.spans.push({ line, text: code.trim() });
      return "`".repeat(2);
    });
    for (const link of bare.matchAll(/\]\(([^)\s]*)(?:\s+"[^"]*")?\)|\b(?:src|href)="([^"]*)"|<(https?:[^>]*)>/g)) {
      page.links.push({ line, target: link[1] ?? link[2] ?? link[3] });
    }
  });
  return page;
}

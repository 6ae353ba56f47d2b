// Which files are pages of the manual.
import { readdirSync } from "node:fs";
import path from "node:path";

/** README.md, benchmarks' and all of docs/, by their paths from the root. */
export function listPages(root) {
  const pages = ["README.md", "benchmarks/README.md"];
  const visit = (folder) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== "node_modules") visit(name);
      else if (entry.name.endsWith(".md")) pages.push(name);
    }
  };
  visit("docs");
  return pages;
}

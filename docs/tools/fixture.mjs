// The workspace on which the pages' commands run: the demo's, with half of its songs and networks that trained for one epoch only.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

const kExperiment = `name = "demo"
[data]
test = 0.25
validation = 0.15
seed = 1
[spectrogram]
picture_size = 64
[training]
epochs = 1
batch = 16
patience = 0
batch_norm_momentum = 0.3
input_size = 0
`;

// One album of each artist, of the two that there are.
function halve(csv) {
  const [head, ...songs] = readFileSync(csv, "utf8").trimEnd().split("\n");
  writeFileSync(csv, [head, ...songs.filter((_, i) => Math.floor(i / 2) % 2 === 0), ""].join("\n"));
}

/** Makes the fixture in `folder`, or keeps the one that is there, whole and newer than the program. */
export function makeFixture(program, folder) {
  const programs = [program, path.join(path.dirname(program), "gamut-networks")];
  const done = path.join(folder, "done");
  if (existsSync(done) && programs.every((file) => statSync(file).mtimeMs < statSync(done).mtimeMs)) return;
  rmSync(folder, { recursive: true, force: true });
  const workspace = path.join(folder, "workspace");
  mkdirSync(workspace, { recursive: true });
  const gamut = (...words) => execFileSync(program, ["--quiet", ...words], { cwd: workspace, stdio: ["ignore", "ignore", "inherit"] });
  gamut("demo", "--music-only", "--out", ".");
  halve(path.join(workspace, "music/songs.csv"));
  writeFileSync(path.join(workspace, "demo.toml"), kExperiment);
  gamut("import", "music/songs.csv", "--taxonomy", "music/taxonomy.csv");
  gamut("run", "demo.toml");
  gamut("export", "model", "runs/demo", "--scale", "mel", "-o", "../model");
  writeFileSync(done, "");
}

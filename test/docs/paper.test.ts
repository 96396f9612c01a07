import { cpSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe } from "vitest"
import { formats, layouts, provinces } from "../preview/yearbook-files.ts"
import { type Block, blocksOf, root } from "./blocks.ts"
import { Walk, walks } from "./walk.ts"

/** How README's blocks are tested, by how they begin. */
const README: Readonly<Record<string, string>> = {
  "npm start": "skip these two are what tests this repository",
  "npx sediment studio": "skip it serves until Ctrl-C; test/studio drives it",
  "npx sediment cache serve": "skip test/docs/shared-store.test.ts and test/queue do it",
  "npx sediment compare ": "skip test/cli/compare.test.ts compares a smaller study",
  "npx sediment audit": "exits 1",
  "Edits, and how": "shown",
  "  baseline: its": "came"
}

/** README names no language where a block is what is typed, or what is told then. */
const readme = (block: Block): Block => {
  const [, test = block.test] = Object.entries(README).find(([begins]) => block.text.startsWith(begins)) ?? []
  return { ...block, language: block.language || (test === "came" ? "text" : "sh"), test: test === "came" ? "" : test }
}

/** What is typed and told of a page; its TypeScript and its descriptions have tests of their own. */
const typed = (page: string): ReadonlyArray<Block> =>
  blocksOf(page)
    .map((block) => (page === "README.md" ? readme(block) : block))
    .filter(({ language }) => language === "sh" || language === "text")

/** A copy of the paper's study with fewer replicates and imputations, which are most of its work, run, with a name for what was handed in. */
const start = (): Walk => {
  const walk = new Walk({})
  for (const name of [
    "dag.ts",
    "study",
    "package.json",
    "package-lock.json",
    "LICENSE",
    "README.md",
    "replication.yaml",
    "stages",
    "src",
    "data",
    "indicators",
    "comparisons"
  ])
    cpSync(join(root, name), walk.folder.at(name), { recursive: true })
  const yearbook = layouts["a panel"]!({ provinces, years: [2003, 2004], output: ({ code }, year) => Number(code) + year, people: (_, year) => year })
  for (const file of ["yearbook-2004.xlsx", "data/yearbook-2004.xlsx"]) writeFileSync(walk.folder.at(file), formats["workbook"]!(yearbook).bytes)
  symlinkSync(join(root, "node_modules"), walk.folder.at("node_modules"))
  walk.folder.edit("dag.ts", "const blocks = [0, 250, 500, 750]", "const blocks = [0]")
  walk.folder.edit("study/data-quality.ts", "{ length: 10 }", "{ length: 2 }")
  walk.type("npx sediment run && npx sediment runs --tag latest=submitted")
  return walk
}

const pages = ["README.md", "docs/how-to/indicator-set.md", "docs/compare.md", "docs/audit.md", "docs/ingest.md", "docs/space.md"]
describe("README and the pages about the paper's study", () =>
  walks(pages.flatMap(typed), start, {
    "npx sediment status             #": "sed -i '/^Beijing,2004,/s/,169.683,/,179.683,/' data/replica/controls.synthetic.csv",
    "npx sediment verify      ": "sed -i 's/(fill) => fill.year/({ year }) => year/' stages/interpolate.ts",
    "  baseline: its": "npx sediment run && npx sediment diff submitted latest baseline",
    "sediment ingest data/yearbook": "npx sediment ingest --preview data/yearbook-2004.xlsx -o sources/workers.yaml",
    "npx sediment show local-moran --map provinces": "cp data/maps/provinces.geojson ."
  }))

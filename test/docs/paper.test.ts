import { cpSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe } from "vitest"
import { formats, layouts, provinces } from "../preview/yearbook-files.ts"
import { type Block, blocksOf, root } from "./blocks.ts"
import { Walk, walks } from "./walk.ts"

/** What is typed and told of a page; its TypeScript and its descriptions have tests of their own. */
const typed = (page: string): ReadonlyArray<Block> => blocksOf(page).filter(({ language }) => language === "sh" || language === "text")

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

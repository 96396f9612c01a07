import { describe } from "vitest"
import { blocksOf } from "./blocks.ts"
import { Walk, walks } from "./walk.ts"

/** The first study with the names that these pages use, run twice, with a name for the first run, and all that a package is to state. */
const start = (): Walk => {
  const walk = Walk.begun()
  const edit = (before: string | RegExp, after: string) => walk.folder.edit("my-study/dag.ts", before, after)
  edit('"raw"', '"raw-controls"')
  edit('"table2"', '"table4"')
  edit('"table1"', '"table5"')
  edit('"figure1"', '"figure2"')
  edit(
    "return { table1, table2, figure1 }",
    `const figure3 = dag.node("figure3", trendFigure, { panel }, { title: "Figure 3. Schooling", variable: "schooling" })
  const checked = dag.node("checked", validate, { panel: raw })
  return { table1, table2, figure1, figure3, checked }`
  )
  edit(/^import \{ growth \}/m, 'import { validate } from "@sediment/sediment/stages/validate.ts"\nimport { growth }')
  const stated = blocksOf("docs/how-to/replication-package.md").find(({ test }) => test === "write replication.yaml")!
  walk.folder.write("my-study/replication.yaml", stated.text)
  walk.type(
    "npx sediment run && npx sediment runs --tag latest=submitted && sed -i 's/^Farley,2014,16.66/Farley,2014,17.66/' data/panel.csv && npx sediment run"
  )
  return walk
}

const pages = ["docs/tables.md", "docs/figures.md", "docs/validation.md", "docs/report.md", "docs/replication.md"]
describe("what the pages about printing and handing in have one type, in a first study", () =>
  walks(
    pages.flatMap(blocksOf).filter(({ language }) => language === "sh" || language === "text"),
    start
  ))

import { describe } from "vitest"
import { blocksOf } from "./blocks.ts"
import { Walk, walks } from "./walk.ts"

describe.each(["another-country", "r-stage", "cluster", "replication-package"])("docs/how-to/%s.md, in a study that init began", (guide) =>
  walks(blocksOf(`docs/how-to/${guide}.md`), Walk.begun)
)

describe.each(["docs/how-to/read-artifacts.md", "docs/reference/api.md"])("%s, in a study that ran", (page) =>
  walks(blocksOf(page), () => {
    const walk = Walk.begun()
    walk.type("npx sediment run")
    return walk
  })
)

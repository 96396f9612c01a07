import { readFileSync } from "node:fs"
import { afterAll, describe } from "vitest"
import { blocksOf } from "./blocks.ts"
import { Walk, walks } from "./walk.ts"

describe("docs/shared-store.md, in a study that init began", () => {
  let walk: Walk | undefined
  // Where a block fails, nothing else ends the server.
  afterAll(() => {
    try {
      process.kill(Number(readFileSync(walk!.folder.at("my-study/serve.pid"), "utf8")))
    } catch {
      // It has ended, as the page says.
    }
  })
  walks(blocksOf("docs/shared-store.md"), () => (walk = Walk.begun()))
})

import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { LoadedStudies } from "../../src/studio/server/loaded-studies.ts"
import { cli, StudyFolder, smallStudy } from "../cli/study-folder.ts"

const beside = (file: string) => new URL(file, pathToFileURL(cli))
const installation = { cli: pathToFileURL(cli), effect: beside("effect.mjs"), framework: beside("framework.mjs"), worker: beside("worker.mjs") }

describe("studies that are loaded", () => {
  let folder: StudyFolder
  let loaded: LoadedStudies
  beforeAll(() => {
    folder = new StudyFolder(smallStudy)
    // It is remembered, so that this thread, which has another Effect than bundles of studies, need not evaluate it.
    folder.sediment("status")
    const flags = { study: [join(folder.path, "dag.ts")], cache: join(folder.path, "cache"), with: [], indicators: [], set: [], as: "", json: false }
    loaded = new LoadedStudies(flags, installation)
  })
  afterAll(() => folder.remove())

  it("are given to all who ask, however often they are outdated while they are being loaded", async () => {
    const asked = Array.from({ length: 6 }, (_, i) => {
      const answer = Effect.runPromise(loaded.workspace)
      if (i % 2 === 0) loaded.outdated()
      else loaded.look()
      return answer
    })
    const opened = await Promise.all(asked)
    expect(opened.map(({ studies }) => studies.length)).toEqual([1, 1, 1, 1, 1, 1])
    // Those that came while one load went on are loaded together, after it.
    expect(loaded.imports).toBe(2)
    expect((await Effect.runPromise(loaded.workspace)).studies).toHaveLength(1)
    expect(loaded.imports).toBeLessThanOrEqual(3)
  })
})

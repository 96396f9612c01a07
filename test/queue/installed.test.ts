import { pathToFileURL } from "node:url"
import { afterAll, describe, expect, it } from "vitest"
import type { Installation } from "../../src/engine/study.ts"
import { buildOf } from "../../src/queue/names.ts"
import { TemporaryFolder } from "../temporary-folder.ts"

const FILES = ["cli", "effect", "framework", "worker"] as const

describe("an installation", () => {
  const folder = new TemporaryFolder({})
  afterAll(() => folder.remove())
  const install = (): Installation => {
    for (const file of FILES) folder.write(file, `// ${file}`)
    return Object.fromEntries(FILES.map((file) => [file, pathToFileURL(folder.at(file))])) as Record<(typeof FILES)[number], URL>
  }

  it.each(FILES)("is another build where %s is another", (file) => {
    const installation = install()
    const { name } = buildOf(installation)
    expect(buildOf(installation).name).toBe(name)
    folder.write(file, "// another one")
    expect(buildOf(installation).name).not.toBe(name)
  })
})

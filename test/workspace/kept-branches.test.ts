import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { draftPath } from "../../src/workspace/draft-files.ts"
import { branchesFolder, forgetBranch, keepBranch, keptBranches, unreadBranches } from "../../src/workspace/kept-branches.ts"
import { TemporaryFolder } from "../temporary-folder.ts"

interface Draft {
  readonly path: string
  readonly text: string
}

describe("branches that are kept", () => {
  const folder = new TemporaryFolder({})
  const cache = folder.path
  afterAll(() => folder.remove())
  const branch = (name: string, at: number, files: ReadonlyArray<string> = []) => ({ study: "s", name, set: [], with: files.map((path) => `d=${path}`), at })
  const [one, two] = ["a: 1\n", "a: 2\n"].map((text) => ({ path: draftPath(cache, "d.yaml", text), text })) as [Draft, Draft]
  const texts = ({ path, text }: Draft) => new Map([[path, text]])
  const names = () => keptBranches(cache).map(({ at, name }) => [name, at])

  it("are there until they are removed; one of a name takes the place of that before it, and its files go where no other has them", () => {
    keepBranch(cache, branch("x", 1, [one.path]), texts(one))
    const listed = readdirSync(branchesFolder(cache))
    keepBranch(cache, branch("y", 2, [one.path]), texts(one))
    keepBranch(cache, branch("x", 3, [two.path]), texts(two))
    expect(names()).toEqual([
      ["y", 2],
      ["x", 3]
    ])
    // Whoever follows the folder sees that one is another.
    expect(readdirSync(branchesFolder(cache))).not.toContain(listed[0])
    expect([one, two].map(({ path }) => existsSync(path))).toEqual([true, true])
    forgetBranch(cache, "s@y")
    expect([one, two].map(({ path }) => existsSync(path))).toEqual([false, true])
  })

  it("what cannot be read is left as it is, is told, and takes nothing from the others: nor is a file removed that it may need", () => {
    const damaged = join(branchesFolder(cache), "0123456789abcdef.json")
    writeFileSync(damaged, '{ "version": 2 }')
    keepBranch(cache, branch("z", 4), new Map())
    expect(names()).toEqual([
      ["x", 3],
      ["z", 4]
    ])
    forgetBranch(cache, "s@x")
    expect(unreadBranches(cache)).toEqual([damaged])
    const former = join(cache, "what-if", "branches.json")
    writeFileSync(former, "[]")
    expect(unreadBranches(cache)).toEqual([former, damaged])
    rmSync(former)
    expect(readFileSync(damaged, "utf8")).toBe('{ "version": 2 }')
    expect(existsSync(two.path)).toBe(true)
  })
})

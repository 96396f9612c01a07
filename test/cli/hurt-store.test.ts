import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import { ranIn, StudyFolder, smallStudy } from "./study-folder.ts"

let study: StudyFolder
afterEach(() => study.remove())
const small = (changed: Readonly<Record<string, string>> = {}) => {
  study = new StudyFolder({ ...smallStudy, ...changed })
  return study
}

const flipBit = (path: string): void => {
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(path, bytes)
}
const objectOf = (node: string): string => join(study.path, study.sediment("path", node).out.trim())

/** The small study with a node that takes minutes. */
const withSlowNode = (): void => {
  small({
    "stages/slow.ts": `import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Means, Numbers } from "./table-types.ts"
export const slow = Stage.make("slow", {
  inputs: { table: Numbers },
  params: Schema.Struct({}),
  output: Means,
  run: ({ table }) => Effect.sync(() => {
    let sum = table.rows
    for (let i = 0; i < 1e11; i++) sum += i % 7
    return { column: ["slow"], mean: Float64Array.of(sum) }
  })
})
`
  })
  study.edit("dag.ts", "const draws", 'const slowly = dag.node("slowly", slow, { table: controls })\n  const draws')
  study.edit("dag.ts", "joined, draws", "joined, slowly, draws")
  study.edit("dag.ts", "import { drawn }", 'import { slow } from "./stages/slow.ts"\nimport { drawn }')
}

describe("a store that was hurt", () => {
  it("a lost artifact is made again, alone", () => {
    small()
    study.run()
    rmSync(objectOf("gov-mean"))
    const document = study.run()
    expect(ranIn(document)).toEqual(["gov-mean"])
    expect(document.nodes.find((node) => node.node === "gov-mean")?.why).toMatchObject([{ reason: "lost" }])
  })

  it("a flipped byte is caught when it is read, told, moved aside, and made again", () => {
    small()
    study.run()
    const path = objectOf("controls")
    flipBit(path)
    expect(study.sediment("path", "controls")).toMatchObject({ code: 1, err: expect.stringContaining("damaged") })
    expect(study.sediment("show", "controls").code).toBe(1)
    study.edit("dag.ts", '{ columns: ["gov"] }', '{ columns: ["gov"], digits: 1 }')
    const { err } = study.sediment("run")
    expect(err).toContain("is damaged")
    expect(readdirSync(join(study.path, "cache", "damaged"))).toHaveLength(1)
    expect(study.sediment("path", "controls").code).toBe(0)
    expect(study.json("show", "gov-mean").data.mean).toEqual([2])
  })

  it("damage that show found is mended by a run of that node, though nothing is stale", () => {
    small()
    study.run()
    const path = objectOf("gov-mean")
    flipBit(path)
    expect(study.sediment("show", "gov-mean")).toMatchObject({ code: 1, err: expect.stringContaining("sediment run gov-mean") })
    const document = study.run("small:gov-mean")
    expect(document.nodes.find((node) => node.node === "gov-mean")).toMatchObject({ state: "ran", why: [{ reason: "lost" }] })
    expect(study.sediment("path", "gov-mean").code).toBe(0)
  })

  /** Starts a run, and sends it SIGINT when it has told that a node is done, and again so many milliseconds after that; gives how it ended. */
  const interrupted = async (further: ReadonlyArray<number>, ...args: ReadonlyArray<string>) => {
    const child = study.start("run", ...args)
    let err = ""
    child.stderr.on("data", (chunk) => {
      const before = err
      err += chunk
      // Once: what is told of the end comes in chunks too.
      if (/✓ joined/.test(err) && !/✓ joined/.test(before)) for (const ms of [0, ...further]) setTimeout(() => child.kill("SIGINT"), ms)
    })
    const ended = await new Promise((done) => child.on("close", (code, signal) => done(code ?? signal)))
    return { ended, err }
  }
  // Of two jobs the slow node has one; the others take the other in turn, of which this one's turn is the last.
  const CLEAN_END = /interrupted; 7 nodes: 6 ran, 0 fresh, 1 cancelled.*What ran is kept: sediment run --study dag\.ts goes on\n$/

  it("Ctrl-C keeps what is done, tells so, and exits with 130", async () => {
    withSlowNode()
    const { ended, err } = await interrupted([], "--study", "dag.ts", "--jobs", "2")
    expect(ended).toBe(130)
    expect(err).toMatch(CLEAN_END)
    // With --json the one document tells it.
    let out = ""
    let last: unknown = "SIGINT"
    // Before the command line is loaded, the signal ends it as it ends any process.
    for (let ms = 1000; last === "SIGINT"; ms *= 2) {
      const again = study.start("run", "--json")
      out = ""
      again.stdout.on("data", (chunk) => {
        out += chunk
      })
      setTimeout(() => again.kill("SIGINT"), ms)
      last = await new Promise((done) => again.on("close", (code, signal) => done(code ?? signal)))
    }
    expect(last).toBe(130)
    expect(JSON.parse(out)).toMatchObject({ version: 1, ok: false })
    study.edit("dag.ts", "joined, slowly, draws", "joined, draws")
    expect(study.ran()).toEqual([])
  }, 60_000)

  // A terminal sends it to all processes of a line, and npm sends it on.
  it.for([[1], [5, 10], [20, 40, 60, 80]])("one Ctrl-C that comes several times (after %s ms too) is one", { timeout: 60_000 }, async (further) => {
    withSlowNode()
    const { ended, err } = await interrupted(further, "--study", "dag.ts", "--jobs", "2")
    expect(err).toMatch(CLEAN_END)
    expect(ended).toBe(130)
  })

  it("kill -9 in the middle of a long node loses nothing that was made before, and runs tells that it was killed", async () => {
    withSlowNode()
    const child = study.start("run")
    const newest = () => study.json("runs").runs[0]?.outcome
    await expect.poll(newest, { timeout: 15_000, interval: 200 }).toBe("running")
    expect(study.sediment("runs").out).toContain("goes on ")
    // All but the one that takes minutes: what ends after the last of them makes nothing durable.
    await expect.poll(() => study.sediment("status").out, { timeout: 15_000, interval: 200 }).toContain("6 fresh, 1 stale")
    const ended = new Promise((done) => child.on("close", done))
    child.kill("SIGKILL")
    await ended
    expect(newest()).toBe("killed")
    expect(study.sediment("runs").out).toContain("was killed")
    study.edit("dag.ts", "joined, slowly, draws", "joined, draws")
    expect(study.ran()).toEqual([])
  }, 60_000)
})

import { existsSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import { type RunDocument, ranIn, StudyFolder, smallStudy } from "./study-folder.ts"

/** `sediment watch` in a study's folder: what it has printed so far, and waiting for more. */
class Watching {
  out = ""
  err = ""
  #read = 0
  readonly #child
  readonly #waiting = new Set<() => void>()
  readonly ended: Promise<number | null>

  constructor(study: StudyFolder, ...args: ReadonlyArray<string>) {
    this.#child = study.start("watch", ...args)
    const told = () => {
      for (const look of this.#waiting) look()
    }
    this.#child.stdout.on("data", (chunk) => {
      this.out += chunk
      told()
    })
    this.#child.stderr.on("data", (chunk) => {
      this.err += chunk
      told()
    })
    this.ended = new Promise((done) => this.#child.on("close", done))
  }
  async until(reached: () => boolean): Promise<void> {
    if (reached()) return
    await new Promise<void>((done) => {
      const look = () => {
        if (!reached()) return
        this.#waiting.delete(look)
        done()
      }
      this.#waiting.add(look)
    })
  }
  /** The next document. */
  async next(): Promise<RunDocument & { readonly errors?: ReadonlyArray<{ readonly code: string; readonly message: string }> }> {
    await this.until(() => this.out.indexOf("\n", this.#read) >= 0)
    const end = this.out.indexOf("\n", this.#read)
    const line = this.out.slice(this.#read, end)
    this.#read = end + 1
    return JSON.parse(line)
  }
  /** Waits until a text stands in what is told after what was told so far; `act` is done in between. */
  async told(text: string | RegExp, act: () => void = () => {}): Promise<string> {
    const from = this.err.length
    act()
    await this.until(() => this.err.slice(from).search(text) >= 0)
    return this.err.slice(from)
  }
  interrupt(): Promise<number | null> {
    this.#child.kill("SIGINT")
    return this.ended
  }
}

let study: StudyFolder
let watching: Watching | undefined
afterEach(async () => {
  await watching?.interrupt()
  watching = undefined
  study.remove()
})

describe("sediment watch", () => {
  it("runs what a save changed and nothing else, whatever the save is, and prints a document a run", async () => {
    study = new StudyFolder(smallStudy)
    watching = new Watching(study, "--json")
    const save = async (edit: () => void) => {
      edit()
      return watching!.next()
    }
    expect(ranIn(await watching.next())).toHaveLength(6)
    expect(ranIn(await save(() => study.edit("data/outcomes.csv", "7,70", "8,70")))).toEqual(["joined", "outcomes"])
    expect(ranIn(await save(() => study.edit("lib/add.ts", "a + b", "a + b + 0")))).toEqual(["fdi-mean", "gov-mean"])
    // A comment is another content, and nothing has to run for it.
    expect(ranIn(await save(() => study.edit("lib/add.ts", "a + b + 0", "a + b + 0 // added")))).toEqual([])
    const broken = await save(() => study.edit("lib/add.ts", "a + b", "a + (b"))
    expect(broken).toMatchObject({ version: 1, ok: false, errors: [{ code: "compile", message: expect.stringMatching(/^lib\/add\.ts:\d+:\d+: /) }] })
    // Saved without a change: no run. Replaced by a rename, as editors do: one.
    study.write("dag.ts", study.read("dag.ts"))
    const mended = await save(() => {
      study.write("lib/new", smallStudy["lib/add.ts"]!)
      renameSync(join(study.path, "lib/new"), join(study.path, "lib/add.ts"))
    })
    expect(mended).toMatchObject({ ok: true })
    expect(ranIn(mended)).toEqual([])
    const gone = await save(() => rmSync(join(study.path, "data/controls.csv")))
    expect(gone.nodes.find(({ node }) => node === "controls")).toMatchObject({ state: "failed", errors: [{ code: "missing-file" }] })
    expect(ranIn(await save(() => study.write("data/controls.csv", "gov,fdi\n1,10\n2,20\n3,31\n")))).toEqual(["controls", "fdi-mean"])
    expect(await watching.interrupt()).toBe(130)
    expect(
      watching.out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).version)
    ).toEqual(Array(8).fill(1))
    expect(watching.err).toBe("")
  }, 60_000)

  it("tells in short lines what changed, ran and failed; folders may go and come back; --poll needs no help of the system", async () => {
    study = new StudyFolder({ ...smallStudy, "data/outcomes.csv": "y,z\n5,50\nsix,60\n" })
    watching = new Watching(study, "gov-mean", "outcomes", "--poll", "0.1")
    expect(await watching.told(/Ctrl-C ends it/)).toMatch(
      /✗ outcomes {2}failed\n.*row 3: not a number[\s\S]*sediment debug outcomes\nwatching \d+ files; Ctrl-C ends it/
    )
    const mended = await watching.told(/Ctrl-C ends it/, () => study.edit("data/outcomes.csv", "six", "6"))
    expect(mended).toMatch(/^\n\d\d:\d\d:\d\d {2}data\/outcomes\.csv changed\n✓ outcomes/)
    const gone = await watching.told(/Ctrl-C ends it/, () => renameSync(join(study.path, "stages"), join(study.path, "aside")))
    expect(gone).toMatch(/stages\/parse\.ts is gone, .* is gone, .* is gone, and 1 more\nsediment: dag\.ts:/)
    const back = await watching.told(/Ctrl-C ends it/, () => renameSync(join(study.path, "aside"), join(study.path, "stages")))
    expect(back).toMatch(/is new[\s\S]*0 ran/)
  }, 60_000)

  const slow = `import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Numbers } from "./table-types.ts"
export const parse = Stage.make("parse", {
  inputs: {}, params: Schema.Struct({ rounds: Schema.Number }), output: Numbers,
  run: (_, { rounds }) => Effect.sync(() => {
    let sum = 0
    for (let i = 0; i < rounds; i++) sum += i % 7
    return { row: Int32Array.of(1), rest: new Map([["x", { values: Float64Array.of(sum) }]]) }
  })
})
`
  const slowStudy = (rounds: string) => ({
    "dag.ts": `import { Dag } from "@sediment/sediment"
import { parse } from "./stages/parse.ts"
export default Dag.make("slow", (dag) => ({ slow: dag.node("slow", parse, {}, { rounds: ${rounds} }) }))
`,
    "stages/parse.ts": slow,
    "stages/table-types.ts": smallStudy["stages/table-types.ts"]!
  })

  /** Waits until a run has read the study: its slow node is then due. */
  const hasBeenRead = async () => {
    while (!existsSync(join(study.path, "cache/remembered/studies"))) await new Promise((done) => setTimeout(done, 20))
  }

  it("sees a change during a run after it, and starts with a study that cannot be read yet", async () => {
    study = new StudyFolder({ ...slowStudy("3e8"), "stages/parse.ts": "export cnst parse = 1\n" })
    watching = new Watching(study)
    expect(await watching.told(/Ctrl-C ends it/)).toContain("sediment: stages/parse.ts:1:8:")
    study.write("stages/parse.ts", slow)
    await hasBeenRead()
    const told = await watching.told(/Ctrl-C ends it/, () => study.edit("dag.ts", "3e8", "1"))
    expect(told).toMatch(/✓ slow[\s\S]*dag\.ts changed\n✓ slow {2}\d+ ms {2}parameter rounds changed from 300000000 to 1\n/)
  }, 60_000)

  it("ends a run that is under way, and waits for its clean end", async () => {
    study = new StudyFolder(slowStudy("1e12"))
    watching = new Watching(study)
    await hasBeenRead()
    await new Promise((done) => setTimeout(done, 1000))
    expect(await watching.interrupt()).toBe(130)
    expect(watching.err).toContain("interrupted; 1 node: 0 ran, 0 fresh, 1 cancelled")
  }, 60_000)

  it.each([
    ["a mistyped node", smallStudy, ["gov-maen"], "gov-mean"],
    ["a folder without a study", {}, [], "no study at dag.ts"],
    ["a mistyped flag", smallStudy, ["--poll", "often"], "a number of seconds above 0"]
  ])("%s at the start is a mistake of the call, with exit code 2", async (_, files, args, message) => {
    study = new StudyFolder(files)
    watching = new Watching(study, ...args)
    expect(await watching.ended).toBe(2)
    expect(watching.err).toContain(message)
  })
})

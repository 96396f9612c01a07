import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { Effect } from "effect"
import { afterEach, describe, expect, it } from "vitest"
import { FileMemory } from "../../src/engine/file-memory.ts"
import { type Installation, loadStudy } from "../../src/engine/study.ts"
import { recall, remember } from "../../src/store/memory-file.ts"
import { TemporaryFolder } from "../temporary-folder.ts"

const files = {
  "dag.ts": `import { Dag } from "@sediment/sediment"
import { Schema } from "effect"
import { made } from "./stages/made.ts"
export default Dag.make("small", (dag) => ({ made: dag.node("made", made, {}, dag.data("by", "by.json", Schema.Struct({ by: Schema.Number }))) }))
`,
  "by.json": '{ "by": 1 }',
  "stages/made.ts": `import { number, Stage, table } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { helped } from "./helper"
import { other } from "other"
const Numbers = table("Numbers", { x: number() })
export const made = Stage.make("made", {
  inputs: {}, params: Schema.Struct({ by: Schema.Number }), output: Numbers,
  run: (_, { by }) => Effect.sync(() => ({ x: Float64Array.of(helped(by) + other) }))
})
`,
  "stages/helper.ts": "export const helped = (x: number) => x\n",
  "node_modules/other/package.json": '{ "name": "other", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
  "node_modules/other/index.js": "export const other = 1",
  "build/cli.mjs": "1",
  "build/worker.mjs": "1"
}

/** A study in a folder whose path has a space, and a stand-in for a build of Sediment beside it. */
class Folder extends TemporaryFolder {
  constructor() {
    super(files, "sediment study ")
  }
  load(memory = new FileMemory(this.at("cache/files.json")), shared: Partial<Installation> = {}) {
    const installation = {
      cli: pathToFileURL(this.at("build/cli.mjs")),
      worker: pathToFileURL(this.at("build/worker.mjs")),
      effect: new URL(import.meta.resolve("effect")),
      framework: new URL("../../src/sediment.ts", import.meta.url),
      ...shared
    }
    return Effect.runPromise(loadStudy(this.at("dag.ts"), { cache: this.at("cache"), installation, files: memory, replaced: new Map() }))
  }
  /** Puts a mark into what is remembered of the study, by which it is known again: another seed. */
  mark(): void {
    const remembered = this.at("cache/remembered/studies")
    for (const name of readdirSync(remembered)) {
      const path = join(remembered, name)
      remember(path, recall(path)!.replace('"seed":1', '"seed":99'))
    }
  }
  async isRemembered(): Promise<boolean> {
    return (await this.load()).graph.seed === 99
  }
}

const flipByte = (path: string): void => {
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(path, bytes)
}

let folder: Folder
afterEach(() => folder.remove())
const marked = async (): Promise<Folder> => {
  folder = new Folder()
  await folder.load()
  folder.mark()
  return folder
}

describe("what is remembered of a study counts", () => {
  it("as long as all that decided it is the same", async () => {
    expect(await (await marked()).isRemembered()).toBe(true)
  })

  const changes: ReadonlyArray<readonly [what: string, change: (folder: Folder) => void]> = [
    ["a data file changed", (it) => it.write("by.json", '{ "by": 2 }')],
    ["this build of Sediment is another: its rules of fingerprints may be", (it) => it.write("build/cli.mjs", "2")],
    ["a file appeared that an import finds first", (it) => it.write("stages/helper.tsx", "export const helped = (x: number) => 2 * x\n")],
    ["a package appeared that an import finds first", (it) => cpSync(it.at("node_modules/other"), it.at("stages/node_modules/other"), { recursive: true })],
    ["a lockfile appeared", (it) => it.write("package-lock.json", '{ "lockfileVersion": 3, "packages": {} }')],
    [
      "what is remembered is damaged",
      (it) => readdirSync(it.at("cache/remembered/studies")).map((name) => flipByte(it.at(`cache/remembered/studies/${name}`)))
    ],
    ["its list of nodes is damaged", (it) => readdirSync(it.at("cache/remembered/graphs")).map((name) => flipByte(it.at(`cache/remembered/graphs/${name}`)))],
    ["its list of nodes is gone", (it) => rmSync(it.at("cache/remembered/graphs"), { recursive: true })],
    ["its linked module is damaged", (it) => readdirSync(it.at("cache/remembered/modules")).map((name) => it.write(`cache/remembered/modules/${name}`, ""))]
  ]
  it.each(changes)("not where %s", async (_, change) => {
    change(await marked())
    expect(await folder.isRemembered()).toBe(false)
  })

  it("as far as its code goes where a data file changed, and is then built as in a process of its own, whatever its module keeps to itself", async () => {
    folder = new Folder()
    const dag = files["dag.ts"].replace("export default", "let built = 0\nexport default").replace("(dag) => ({", "(dag) => (built++, {")
    folder.write("dag.ts", dag.replace("{}, dag.data(", "{}, built > 1 ? { by: 99 } : dag.data("))
    const paramsOf = async () => (await folder.load()).graph.nodes[0]!.params
    const remembered = () => readdirSync(folder.at("cache/remembered/modules")).sort()
    expect(await paramsOf()).toBe('{"by":1}')
    const modules = remembered()
    const fingerprint = (await folder.load()).fingerprint("made")
    // As if the code had another: what is known of it is taken.
    for (const name of readdirSync(folder.at("cache/remembered/studies"))) {
      const path = folder.at(`cache/remembered/studies/${name}`)
      remember(path, recall(path)!.replace(fingerprint, "known"))
    }
    for (const by of [2, 3]) {
      folder.write("by.json", `{ "by": ${by} }`)
      expect(await paramsOf()).toBe(`{"by":${by}}`)
      expect((await folder.load()).fingerprint("made")).toBe("known")
    }
    expect(remembered()).toEqual(modules)
    folder.write("stages/helper.ts", "export const helped = (x: number) => 2 * x\n")
    expect((await folder.load()).fingerprint("made")).not.toBe("known")
    expect(await paramsOf()).toBe('{"by":3}')
  })

  it("not where a folder of stages is now a link to another with the same file, whose neighbours differ", async () => {
    folder = new Folder()
    renameSync(folder.at("stages"), folder.at("stages-1"))
    cpSync(folder.at("stages-1"), folder.at("stages-2"), { recursive: true })
    folder.write("stages-2/helper.ts", "export const helped = (x: number) => 2 * x\n")
    symlinkSync("stages-1", folder.at("stages"))
    const before = await folder.load()
    unlinkSync(folder.at("stages"))
    symlinkSync("stages-2", folder.at("stages"))
    expect((await folder.load()).fingerprint("made")).not.toBe(before.fingerprint("made"))
  })

  it("not where a file was saved while it was evaluated", async () => {
    folder = new Folder()
    const helper = folder.at("stages/helper.ts")
    class SavedMeanwhile extends FileMemory {
      override identity(path: string): string {
        const identity = super.identity(path)
        if (path === helper) writeFileSync(helper, "export const helped = (x: number) => 2 * x\n")
        return identity
      }
    }
    await folder.load(new SavedMeanwhile(folder.at("cache/files.json")))
    folder.mark()
    expect(await folder.isRemembered()).toBe(false)
  })
})

/** What was hurt is taken to be as it was by size, times and inode: as a disk hurts it, beneath the file system. */
const settled = (folder: Folder, path: string, sha256: string): void => {
  const { ctimeNs, ino, mtimeNs, size } = statSync(path, { bigint: true })
  const entry = [size, mtimeNs, ctimeNs, ino].map(String)
  remember(folder.at("cache/files.json"), JSON.stringify({ [path]: [...entry, sha256, Date.now() + 1e6] }))
}
const only = (folder: Folder, kind: string, extension: string): string => {
  const below = folder.at(`cache/remembered/${kind}`)
  return join(below, readdirSync(below).find((name) => name.endsWith(extension))!)
}

describe("damage that size, times and inode do not show", () => {
  it("of the linked module is seen: it is made again", async () => {
    await marked()
    const module = only(folder, "modules", ".mjs")
    const text = readFileSync(module, "utf8")
    writeFileSync(module, text.replace("helped(by) + other", "helped(by) - other"))
    expect(readFileSync(module, "utf8")).not.toBe(text)
    settled(folder, module, basename(module, ".mjs"))
    expect(await folder.isRemembered()).toBe(false)
    expect(readFileSync(module, "utf8")).toBe(text)
  })
  it("of the list of nodes is seen when it is read: it is told, and the next time the study is evaluated anew", async () => {
    await marked()
    const graph = only(folder, "graphs", ".json")
    const text = readFileSync(graph, "utf8")
    writeFileSync(graph, text.replace('"by\\":1', '"by\\":7'))
    expect(readFileSync(graph, "utf8")).not.toBe(text)
    settled(folder, graph, basename(graph, ".json"))
    const study = await folder.load()
    expect(() => study.graph.nodes).toThrow("was damaged")
    expect((await folder.load()).graph.nodes).toEqual(JSON.parse(text))
  })
})

describe("linked modules", () => {
  it("are few, however many edits there were, and one in use is put back for threads that have yet to load it", async () => {
    folder = new Folder()
    const first = await Effect.runPromise((await folder.load()).load)
    for (let edit = 1; edit <= 14; edit++) {
      folder.write("stages/helper.ts", `export const helped = (x: number) => ${edit} * x\n`)
      await folder.load()
      // Their age decides which ones stay.
      for (const name of readdirSync(folder.at("cache/remembered/modules"))) {
        const path = folder.at(`cache/remembered/modules/${name}`)
        const { mtime } = statSync(path)
        utimesSync(path, mtime, new Date(mtime.getTime() - 1000))
      }
    }
    expect(readdirSync(folder.at("cache/remembered/modules")).filter((name) => name.endsWith(".mjs")).length).toBe(11)
    expect(existsSync(fileURLToPath(first.bundle))).toBe(false)
    first.keep?.()
    expect(existsSync(fileURLToPath(first.bundle))).toBe(true)
  })
})

describe("two installations that share a cache", () => {
  it("each have the study linked to their own Effect and their own framework", async () => {
    folder = new Folder()
    const forwarding = (name: string, to: string): URL => {
      folder.write(name, `export * from ${JSON.stringify(to)}\n`)
      return pathToFileURL(folder.at(name))
    }
    const others = {
      effect: forwarding("other/effect.mjs", import.meta.resolve("effect")),
      framework: forwarding("other/framework.mjs", new URL("../../src/sediment.ts", import.meta.url).href)
    }
    const linked = async (shared: Partial<Installation>): Promise<string> => {
      const { bundle } = await Effect.runPromise((await folder.load(undefined, shared)).load)
      return readFileSync(fileURLToPath(bundle), "utf8")
    }
    const mine = await linked({})
    const theirs = await linked(others)
    for (const { href } of Object.values(others)) {
      expect(mine).not.toContain(href)
      expect(theirs).toContain(href)
    }
    expect(await linked({})).toBe(mine)
  })
})

describe("a source", () => {
  it("is what was read, not what it was when it was last hashed", async () => {
    folder = new Folder()
    folder.write("cells.csv", "1")
    const study = await folder.load()
    const before = study.source("cells.csv").sha256
    folder.write("cells.csv", "2")
    const read = await Effect.runPromise(study.readSource("cells.csv"))
    expect(read!.sha256).not.toBe(before)
    expect(study.source("cells.csv").sha256).toBe(read!.sha256)
  })
})

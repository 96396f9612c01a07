import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ranIn, StudyFolder } from "./study-folder.ts"

const files: Readonly<Record<string, string>> = {
  "dag.ts": `import { Dag } from "@sediment/sediment"
import { lengths } from "./stages/lengths.ts"

export default Dag.make("yearbooks", (dag) => {
  const all = dag.node("all", lengths, { books: dag.folder("data/year book", { match: "20*.csv", note: "made up" }) })
  const one = dag.node("one", lengths, { books: dag.source("data/one.csv") })
  const two = dag.node("two", lengths, { books: [dag.source("data/two.csv"), dag.source("data/one.csv")] })
  return { all, one, two }
})
`,
  "stages/lengths.ts": `import { Files, integer, Stage, table, text } from "@sediment/sediment"
import { Effect, Schema } from "effect"

const Lengths = table("Lengths", { file: text(), bytes: integer() })

export const lengths = Stage.make("lengths", {
  inputs: { books: Files },
  params: Schema.Struct({}),
  output: Lengths,
  run: ({ books }) => Effect.sync(() => ({ file: books.map(({ path }) => path), bytes: Int32Array.from(books, ({ bytes }) => bytes.length) }))
})
`,
  "data/year book/2004.csv": "four",
  "data/year book/2003.csv": "3",
  "data/year book/notes.txt": "no year",
  "data/one.csv": "one",
  "data/two.csv": "second"
}
const sentences = () =>
  study.json("status").nodes.flatMap(({ node, why }: { node: string; why: ReadonlyArray<unknown> }) => (why.length === 0 ? [] : [[node, why]]))

let study: StudyFolder
beforeAll(() => {
  study = new StudyFolder(files)
  study.run()
})
afterAll(() => study.remove())
const inFolder = (name: string) => study.at(`data/year book/${name}`)

describe("a folder of files as one input", () => {
  it("gives its files in the order of their paths, and lists in theirs", () => {
    expect(study.json("show", "all").data).toEqual({ file: ["data/year book/2003.csv", "data/year book/2004.csv"], bytes: [1, 4] })
    expect(study.json("show", "all").notes).toEqual(["made up"])
    expect(study.json("show", "one").data.file).toEqual(["data/one.csv"])
    expect(study.json("show", "two").data).toEqual({ file: ["data/two.csv", "data/one.csv"], bytes: [6, 3] })
    expect(study.ran()).toEqual([])
  })
  it("tells by name which file is new, edited, renamed or gone, and runs only what reads it", () => {
    study.write("data/year book/2005.csv", "fives")
    expect(sentences()).toEqual([["all", [{ reason: "source", input: "books", file: "data/year book/2005.csv", among: "added" }]]])
    const explained = study.sediment("explain", "all").out
    expect(explained).toContain("the file data/year book/2005.csv is new among the files")
    expect(explained).toContain("books: which files there are\n  books[data/year book/2003.csv]: the whole file, path")
    expect(study.ran()).toEqual(["all"])
    study.write("data/year book/2005.csv", "sixes!")
    expect(study.sediment("status").out).toContain("the file data/year book/2005.csv changed")
    expect(study.ran()).toEqual(["all"])
    const before = study.run().run
    renameSync(inFolder("2005.csv"), inFolder("2006.csv"))
    expect(sentences()[0][1].map(({ among, file }: Record<string, string>) => [among, file])).toEqual([
      ["added", "data/year book/2006.csv"],
      ["removed", "data/year book/2005.csv"]
    ])
    const renamed = study.run()
    expect(ranIn(renamed)).toEqual(["all"])
    expect(study.sediment("diff", before, renamed.run).out).toMatch(/the file data\/year book\/2006.csv is new among the files/)
    rmSync(inFolder("2004.csv"))
    expect(study.sediment("explain", "all").out).toContain("the file data/year book/2004.csv is no longer among the files")
    rmSync(inFolder("2006.csv"))
    study.write("data/year book/2004.csv", "four")
    // The folder is what it was at first: what was made then stands.
    expect(study.ran()).toEqual([])
    expect(study.json("show", "all").data.bytes).toEqual([1, 4])
  })
  it("passes over hidden files, marks of open ones, other files and folders", () => {
    for (const name of ["~$2003.csv", ".2005.csv", "2005.txt"]) study.write(`data/year book/${name}`, "no")
    mkdirSync(inFolder("2007.csv"), { recursive: true })
    expect(study.ran()).toEqual([])
    expect(study.json("status").nodes.every(({ state }: { state: string }) => state === "fresh")).toBe(true)
  })
  it("fails with all links that lead out of it, with a pattern that no file fits, and without a folder", () => {
    symlinkSync("../one.csv", inFolder("2008.csv"))
    symlinkSync("nothing", inFolder("2009.csv"))
    expect(study.run("--keep-going").nodes.flatMap(({ errors = [] }) => errors.map(({ message }) => message))).toEqual([
      "data/year book/2008.csv is a link that leads out of the folder; put the file itself there, or name it with dag.source",
      "data/year book/2009.csv is a link that leads nowhere; put a file there, or take the link away"
    ])
    for (const name of ["2008.csv", "2009.csv"]) rmSync(inFolder(name))
    study.edit("dag.ts", "20*.csv", "*.xlsx")
    expect(study.run().nodes.flatMap(({ errors = [] }) => errors.map(({ message }) => message))).toEqual([
      "no file in the folder data/year book fits *.xlsx: it has 2003.csv, 2004.csv, 2005.txt, 2007.csv/, notes.txt; put the files there, or correct the pattern in dag.ts"
    ])
    study.edit("dag.ts", "data/year book", "data/yearbook")
    expect(study.run().nodes.flatMap(({ errors = [] }) => errors.map(({ code }) => code))).toEqual(["missing-folder"])
    study.edit("dag.ts", '"*.xlsx"', '"{a"')
    expect(study.sediment("status").err).toContain('the folder data/yearbook: found the pattern "{a", and each { of a pattern has its } in the same name')
    study.write("dag.ts", files["dag.ts"]!)
    expect(study.ran()).toEqual([])
  })
  it("is one box of the graph, its files are in a node's own folder and in the replication package", () => {
    const mermaid = study.sediment("graph", "--format", "mermaid").out
    expect(mermaid).toContain("data/year book/20*.csv")
    expect(mermaid).not.toContain("2003.csv")
    expect(study.sediment("debug", "all", "-o", "alone").code).toBe(0)
    expect(study.shell("cd alone && node run.mjs").out).toContain("the same bytes as the study's artifact")
    expect(study.sediment("verify", "--rerun").code).toBe(0)
    expect(study.sediment("report", "-o", "report.html").code).toBe(0)
    expect(study.read("report.html")).toContain("data/year book/2004.csv")
    study.write("replication.yaml", "sources:\n  - { files: [data/year book], access: public, statement: Yearbooks. }\n")
    const made = study.sediment("package", "-o", "made")
    expect(made.err).not.toContain("nothing is stated of data/year book")
    expect(existsSync(study.at("made/data/year book/2003.csv"))).toBe(true)
    expect(existsSync(study.at("made/data/year book/2005.txt"))).toBe(false)
    const crate = readFileSync(study.at("made/ro-crate-metadata.json"), "utf8")
    expect(crate).toContain("books: all of data/year book/2004.csv")
    study.write("replication.yaml", "sources:\n  - { files: [data/year book, data/year book/2003.csv], access: public, statement: Yearbooks. }\n")
    expect(study.sediment("package", "-o", "made").err).toContain("data/year book/2003.csv is stated twice, first in sources[0].files[0]")
  })
})

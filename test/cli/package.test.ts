import { createHash } from "node:crypto"
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { brokenRules, type Crate } from "../replication/crate-rules.ts"
import { packagedStudy, Unpacked } from "./packaged-study.ts"
import { StudyFolder } from "./study-folder.ts"

const ZIP = "results/small-replication.zip"

describe("sediment package", () => {
  let study: StudyFolder
  let made: ReturnType<StudyFolder["sediment"]>
  let unpacked: Unpacked
  beforeAll(() => {
    study = new StudyFolder(packagedStudy)
    study.run()
    made = study.sediment("package")
    unpacked = new Unpacked(study.at(ZIP))
    unpacked.install()
  })
  afterAll(() => {
    unpacked.remove()
    study.remove()
  })
  const files = (folder: string) => {
    const names = [...study.read(`${folder}/SHA256SUMS`).matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm)].map(([, sum, name]) => ({ sum: sum!, name: name! }))
    return new Map(names.map(({ name, sum }) => [name, { sum, bytes: readFileSync(study.at(`${folder}/${name}`)) }]))
  }

  it("writes a folder and a zip, with the files that the study is made of and no others, and leaves out what is restricted", () => {
    expect(made).toMatchObject({ code: 0, err: "" })
    expect(made.out).toContain(
      "replication package of small: 2 tables, 1 figure, 7 steps, 2 data files\n  left out, and described: data/secret.csv\n  rest on it, and are in expected/ with the numbers behind them, so look whether these may be given away: table2\n"
    )
    const all = files("results/small-replication")
    for (const { bytes, sum } of all.values()) expect(createHash("sha256").update(bytes).digest("hex")).toBe(sum)
    const own = [...all.keys()].filter((name) => !name.startsWith("expected/"))
    expect(own).toEqual([
      "LICENSE.txt",
      "README.md",
      "codebook.csv",
      "dag.ts",
      "data/README.md",
      "data/open.csv",
      "data/places.csv",
      "expected.json",
      "lib/noise.ts",
      "package-lock.json",
      "package.json",
      "replicate.mjs",
      "replication.yaml",
      "ro-crate-metadata.json",
      expect.stringMatching(/^sediment-sediment-.*\.tgz$/),
      "settings.yaml",
      "stages/noisy.ts"
    ])
    for (const [name, { bytes }] of all) if (!name.endsWith(".tgz")) expect(bytes.includes("777001") && !name.startsWith("expected/"), name).toBe(false)
  })

  it("says in its README where each table is made, what the data are, what is left out and how it is had", () => {
    const readme = unpacked.read("README.md")
    const line = (text: string) => packagedStudy["dag.ts"]!.split("\n").findIndex((one) => one.includes(text)) + 1
    for (const part of [
      "# Replication package: A small study",
      "- Josiah Carberry, Brown University, josiah@example.org, https://orcid.org/0000-0002-1825-0097",
      "- [x] Some data **cannot be made** publicly available.",
      "| `data/secret.csv` | not stated | restricted | No |",
      "- How to get it: Ask the statistical office.",
      "4 rows of `place`, `year`, `wage`; ",
      `- [x] Random seed is set at line ${line("Dag.make")} of program \`dag.ts\`: 1,`,
      "- `noisy` (`stages/noisy.ts`): seed ",
      `| Table 1. What is open | \`table1\` | \`dag.ts\` | ${line("describe, {")} | \`@sediment/sediment/stages/describe.ts\` | \`expected/table1.md\` |  |`,
      `| Table 2. What is not | \`table2\` | \`dag.ts\` | ${line("describe, {")} | \`@sediment/sediment/stages/describe.ts\` | \`expected/table2.md\` | Requires data that are not provided |`,
      `| Figure 1. A trend | \`figure1\` | \`dag.ts\` | ${line("figure1 =")} | \`@sediment/sediment/stages/figures/trend-figure.ts\` | \`expected/figure1.svg\` |  |`,
      "Carberry, Josiah. 2026. Open data."
    ])
      expect(readme).toContain(part)
    expect(readme.match(/^## .*/gm)).toEqual([
      "## Overview",
      "## Data Availability and Provenance Statements",
      "## Dataset list",
      "## Computational requirements",
      "## Description of programs/code",
      "## Instructions to Replicators",
      "## List of tables and programs",
      "## References",
      "## Acknowledgements"
    ])
  })

  it("has a crate that breaks no rule of its profiles, and tells to the column what each node read", () => {
    const crate = JSON.parse(unpacked.read("ro-crate-metadata.json")) as Crate
    const described = new Map([...files("results/small-replication")].map(([name, { bytes }]) => [name, bytes] as const))
    described.delete("ro-crate-metadata.json")
    described.set("SHA256SUMS", readFileSync(study.at("results/small-replication/SHA256SUMS")))
    expect(brokenRules(crate, described)).toEqual([])
    expect(crate["@graph"].find((entity) => entity["@id"] === "#reads-drawn")).toMatchObject({
      propertyID: "sediment:columns-read",
      value: expect.arrayContaining(["panel: entity", "panel: year", "panel: y"])
    })
    expect(crate["@graph"].find((entity) => entity["@id"] === "#source-data%2Fsecret.csv")).toMatchObject({
      isAccessibleForFree: false,
      conditionsOfAccess: "Ask the statistical office."
    })
  })

  it("has no report where a source is restricted", () => {
    expect(study.sediment("package", "--report", "-o", "x")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/and data\/secret\.csv may not be given away: leave out --report\n/)
    })
  })

  it("is the same to the byte when it is made again", () => {
    const again = study.sediment("package", "-o", "again/small-replication.zip")
    expect(again).toMatchObject({ code: 0 })
    expect(readFileSync(study.at("again/small-replication.zip")).equals(readFileSync(study.at(ZIP)))).toBe(true)
  })

  it("runs far from the study: without the restricted source it makes what it can, with it all is as expected", () => {
    const without = unpacked.start()
    expect(without.code).toBe(1)
    expect(without.err).toContain("data/secret.csv is not in this package, since its data may not be given away. How to get it: Ask the statistical office.")
    expect(without.out).toMatch(/it should have 4 rows, columns place, year, wage; \d+ B, SHA-256 [0-9a-f]{64}\n/)
    expect(without.out).toContain(
      "✗ not made, or not up to date: table2\n1 of 2 tables and 0 of 1 figure are not as expected; 1 data file is missing or another; 2 results were not made\n"
    )

    writeFileSync(unpacked.at("data/secret.csv"), packagedStudy["data/secret.csv"]!)
    expect(unpacked.start()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/whole: .*\nall 2 tables and 1 figure as expected, and all 7 results the same to the bit\n$/)
    })
  })

  it("tells after an edited cell which tables differ and by how much, and of an edit below what is printed that it prints the same", () => {
    writeFileSync(unpacked.at("data/secret.csv"), packagedStudy["data/secret.csv"]!)
    const edited = (cell: string) => {
      writeFileSync(unpacked.at("data/open.csv"), packagedStudy["data/open.csv"]!.replace("2.5", cell))
      return unpacked.start()
    }
    const much = edited("3.5")
    expect(much.code).toBe(1)
    expect(much.out).toContain("! data/open.csv is not the file that the results were made of; that one: 4 rows")
    expect(much.out).toMatch(
      /✗ table1 \(Table 1\. What is open\): \d printed cells differ, most of all .* \(printed .*\), by \d\.\de-2 of it, at y, .*; expected: expected\/table1\.md\n/
    )
    expect(much.out).toContain("1 of 2 tables and 1 of 1 figure are not as expected; 1 data file is missing or another\n")

    const little = edited("2.5000000000000004")
    expect(little.code).toBe(1)
    expect(little.out).toMatch(/· figure1 \(Figure 1\. A trend\): prints the same; behind it \d numbers? differs?, most of all .* by \d\.\de-16 of it/)
    expect(little.out).toContain("all 2 tables and 1 figure are as expected; 1 data file is missing or another\n")
    writeFileSync(unpacked.at("data/open.csv"), packagedStudy["data/open.csv"]!)
  })

  it("tells damage of what it expects, and a folder that is no package", () => {
    const expected = unpacked.read("expected.json")
    writeFileSync(unpacked.at("expected.json"), expected.replace('"format": 1', '"format": 2'))
    expect(unpacked.start().err).toContain("expected.json, format: ")
    writeFileSync(unpacked.at("expected.json"), expected)
    expect(study.sediment("package", "--check", "data", "--strict", "-o", "x")).toMatchObject({
      code: 2,
      err: expect.stringContaining("leave out --output, --strict beside --check")
    })
    expect(study.sediment("package", "--check", "data")).toMatchObject({
      code: 2,
      err: expect.stringContaining("data has no expected.json, so it is no replication package")
    })
  })
})

describe("sediment package refuses", () => {
  let study: StudyFolder
  beforeAll(() => {
    study = new StudyFolder(packagedStudy)
  })
  afterAll(() => study.remove())

  it("a study that has not run, and one of whose nodes some are stale", () => {
    expect(study.sediment("package")).toMatchObject({ code: 2, err: expect.stringMatching(/7 nodes are not \(places: .*\): sediment run first\n/) })
    study.run()
    study.edit("data/open.csv", "2.5", "2.6")
    expect(study.sediment("package").err).toMatch(/is of results that are up to date, and 4 nodes are not \(y: .*data\/open\.csv.*\): sediment run first/)
    study.run()
    expect(existsSync(study.at("results/small-replication"))).toBe(false)
  })

  it("all that is wrong with replication.yaml, together", () => {
    const before = study.read("replication.yaml")
    study.write(
      "replication.yaml",
      "titel: x\nauthors: [{ name: A, orcid: 0000-0002-1825-0098 }]\nsources: [{ files: [data/open.csv], access: restricted, statement: S }]\n"
    )
    const { code, err } = study.sediment("package")
    expect(code).toBe(2)
    expect(err).toContain('replication.yaml, titel: there is no "titel" here; did you mean "title"?')
    expect(err).toContain("replication.yaml, authors[0].orcid: Expected an ORCID iD: its last character does not fit the others, so one of them is mistyped")
    expect(err).toContain("replication.yaml, sources[0].obtain: a restricted source is left out of the package: say how a replicator gets it")
    study.write(
      "replication.yaml",
      before.replace("data/places.csv, ", "data/place.csv, data/open.csv, ").replace("[data/README.md]", "[data, ../elsewhere, nothing.txt, ./]")
    )
    const again = study.sediment("package").err
    expect(again).toContain('replication.yaml, sources[0].files[0]: no dag.source of the study reads "data/place.csv"; did you mean "data/places.csv"?')
    expect(again).toContain("replication.yaml, sources[0].files[2]: data/open.csv is stated twice, first in sources[0].files[1]")
    expect(again).toContain("replication.yaml, files: data/secret.csv is restricted, and a further file or folder would bring it in")
    expect(again).toContain('replication.yaml, files[1]: "../elsewhere" is not below the folder of dag.ts')
    expect(again).toContain("replication.yaml, files[3]: the whole folder of dag.ts is too much: name the files and folders that go in")
    expect(again).toContain("replication.yaml, files[2]: there is no file or folder nothing.txt beside dag.ts")
    study.write("replication.yaml", before)
  })

  it("a folder with other things in it; what is not stated is told, and with --strict nothing is written", () => {
    expect(study.sediment("package", "-o", "data")).toMatchObject({ code: 2, err: expect.stringMatching(/data is not empty, and no package is in it/) })
    expect(study.sediment("package", "-o", "out")).toMatchObject({ code: 0 })
    expect(study.sediment("package", "-o", "out")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/out has an earlier package; .* say --force to replace it/)
    })
    study.write("out/own.txt", "mine")
    rmSync(study.at("replication.yaml"))
    const { code, err } = study.sediment("package", "-o", "out", "--force")
    expect(code).toBe(0)
    expect(err).toContain("! there is no replication.yaml beside dag.ts")
    expect(err).toContain("! nothing is stated of data/places.csv, data/open.csv, data/secret.csv: they are in the package all the same")
    expect([existsSync(study.at("out/own.txt")), existsSync(study.at("out/replication.yaml")), existsSync(study.at("out/data/secret.csv"))]).toEqual([
      true,
      false,
      true
    ])
    expect(study.read("out/README.md")).toContain("*Not stated.* Nothing is known of this file but what it holds.")
    expect(study.sediment("package", "-o", "out", "--force", "--report")).toMatchObject({ code: 0 })
    expect(study.read("out/expected/report.html")).toContain("Table 1. What is open")
    expect(study.read("out/README.md")).toContain("`expected/report.html`")
    expect(study.sediment("package", "-o", "strict", "--strict")).toMatchObject({
      code: 1,
      err: expect.stringContaining("nothing was written, since --strict asks")
    })
    expect(existsSync(study.at("strict"))).toBe(false)
  })

  it("a source at an absolute path, which no package can have", () => {
    rmSync(study.at("replication.yaml"), { force: true })
    study.edit("dag.ts", '"data/places.csv"', JSON.stringify(study.at("data/places.csv")))
    study.run()
    expect(study.sediment("package")).toMatchObject({
      code: 2,
      err: expect.stringContaining("data/places.csv is an absolute path, at which a package cannot put a file")
    })
  })
})

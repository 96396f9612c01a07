import { readFileSync } from "node:fs"
import { join } from "node:path"
import { tableFromIPC } from "apache-arrow"
import { strFromU8, unzipSync } from "fflate"
import { parquetMetadata, parquetReadObjects } from "hyparquet"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readStata } from "../../src/tabular/stata/read-stata.ts"
import { StudyFolder, smallStudy } from "./study-folder.ts"

let study: StudyFolder
beforeAll(() => {
  study = new StudyFolder({ ...smallStudy, "data/controls.csv": "gov,fdi\n1,10\n2,20.5\n3,30\n" })
  study.run()
})
afterAll(() => study.remove())

const written = (file: string): Buffer => {
  expect(study.sediment("show", "controls", "-o", file)).toMatchObject({ code: 0, out: "" })
  return readFileSync(join(study.path, file))
}
const rows = [
  { row: 0, fdi: 10, gov: 1 },
  { row: 1, fdi: 20.5, gov: 2 },
  { row: 2, fdi: 30, gov: 3 }
]

describe("show -o", () => {
  it(".csv: values as they are, and beside it units and notes as CSV on the Web has them", () => {
    expect(written("x.csv").toString()).toBe("row,fdi,gov\n0,10,1\n1,20.5,2\n2,30,3\n")
    const metadata = JSON.parse(readFileSync(join(study.path, "x.csv-metadata.json"), "utf8"))
    expect(metadata).toMatchObject({
      url: "x.csv",
      notes: ["made up"],
      tableSchema: { columns: [{ name: "row", datatype: "integer" }, { name: "fdi", datatype: "double" }, {}] }
    })
  })
  it(".json: the document that --json prints of it", () => {
    const { columns, data, notes, rows: count } = study.json("show", "controls")
    expect(JSON.parse(written("x.json").toString())).toEqual({ rows: count, columns, data, notes })
    expect(data).toEqual({ row: [0, 1, 2], fdi: [10, 20.5, 30], gov: [1, 2, 3] })
  })
  it(".parquet: with the notes in its metadata", async () => {
    const bytes = written("x.parquet")
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
    expect(await parquetReadObjects({ file })).toEqual(rows)
    expect(parquetMetadata(file).key_value_metadata).toContainEqual({ key: "sediment.notes", value: '["made up"]' })
  })
  it(".arrow: the artifact itself", () => {
    const bytes = written("x.arrow")
    expect(bytes.equals(readFileSync(join(study.path, study.sediment("path", "controls").out.trim())))).toBe(true)
    const table = tableFromIPC(bytes)
    expect(table.toArray().map((row) => ({ row: row.row, fdi: row.fdi, gov: row.gov }))).toEqual(rows)
    expect(table.schema.metadata.get("sediment.notes")).toBe('["made up"]')
  })
  it(".xlsx: typed cells below their names, and what they are in a second sheet", () => {
    const files = unzipSync(written("x.xlsx"))
    const sheet = (n: number) => strFromU8(files[`xl/worksheets/sheet${n}.xml`]!)
    expect(sheet(1)).toContain('<row r="3"><c r="A3"><v>1</v></c><c r="B3"><v>20.5</v></c><c r="C3"><v>2</v></c></row>')
    expect(sheet(2)).toContain("made up")
  })
  it(".dta: the table with its notes, and what Stata cannot name is told", async () => {
    const [sheet] = (await readStata({ path: "x.dta", bytes: written("x.dta") })).sheets
    expect([...sheet.rows].map(({ cells }) => cells)).toEqual([["row", "fdi", "gov"], ...rows.map(({ fdi, gov, row }) => [row, fdi, gov])])
    expect(sheet.notes).toEqual(["made up"])
    study.edit("data/controls.csv", "gov,fdi", "gov,f/di")
    study.run()
    expect(study.sediment("show", "controls", "-o", "y.dta")).toEqual({
      code: 0,
      out: "",
      err: "written: y.dta\nsediment: y.dta: names that Stata does not allow: f/di is f_di\n"
    })
    study.edit("data/controls.csv", "gov,f/di", "gov,fdi")
    study.run()
  })
  it(".geojson: rows joined with the areas of a map, and what is wrong with the flags is told", () => {
    const area = (id: number) => ({ type: "Feature", id, properties: { name: `area ${id}` }, geometry: { type: "Polygon", coordinates: [[id, id]] } })
    study.write("map.geojson", JSON.stringify({ type: "FeatureCollection", features: [area(0), area(1), area(2), area(7)] }))
    study.edit("data/controls.csv", "gov,fdi\n1,10\n2,20.5\n3,30", "gov,fdi,entity\n1,10,0\n2,20.5,1\n3,30,1")
    study.run()
    const show = (...flags: ReadonlyArray<string>) => study.sediment("show", "controls", ...flags)
    expect(show("-o", "x.geojson", "--map", "map.geojson", "--where", "entity=1")).toEqual({
      code: 0,
      out: "",
      err: "written: x.geojson\nsediment: areas of map.geojson without a row are left out: 0, 2, 7\n"
    })
    const { features } = JSON.parse(readFileSync(join(study.path, "x.geojson"), "utf8"))
    expect(features).toEqual([
      { type: "Feature", properties: { name: "area 1", row: 1, gov: 2, fdi: 20.5, entity: 1 }, geometry: area(1).geometry },
      { type: "Feature", properties: { name: "area 1", row: 2, gov: 3, fdi: 30, entity: 1 }, geometry: area(1).geometry }
    ])
    expect(show("-o", "x.geojson")).toMatchObject({ code: 2, err: expect.stringContaining("GeoJSON needs areas") })
    expect(show("--where", "entity=1")).toMatchObject({ code: 2, err: expect.stringContaining("go with --map") })
    expect(show("-o", "x.csv", "--map", "map.geojson")).toMatchObject({ code: 2, err: expect.stringContaining("--map goes with -o FILE.geojson") })
    expect(show("-o", "x.geojson", "--map", "no.geojson")).toMatchObject({ code: 2, err: expect.stringContaining("cannot read no.geojson") })
    study.edit("data/controls.csv", "gov,fdi,entity\n1,10,0\n2,20.5,1\n3,30,1", "gov,fdi\n1,10\n2,20.5\n3,30")
    study.run()
  })
  it("another ending is refused with those that there are", () => {
    expect(study.sediment("show", "controls", "-o", "x.xyz")).toMatchObject({
      code: 2,
      err: expect.stringContaining(".csv, .json, .xlsx, .parquet, .arrow, .dta")
    })
  })
})

describe("the documents of --json", () => {
  it("show: schema with hashes, data cut by --head, notes, warnings", () => {
    expect(study.json("show", "gov-mean", "--head", "1")).toEqual({
      version: 1,
      study: "small",
      node: "gov-mean",
      output: "output",
      artifact: expect.stringMatching(/^[0-9a-f]{64}$/),
      stale: false,
      rows: 1,
      columns: [
        { name: "column", type: "text", unit: "", description: "", nulls: 0, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { name: "mean", type: "number", unit: "", description: "arithmetic mean", nulls: 0, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }
      ],
      data: { column: ["gov"], mean: [2] },
      notes: ["made up"],
      warnings: [{ code: "few-rows", message: "only a few rows in gov" }],
      accepted: []
    })
  })
  it("path, status, run, explain and graph", () => {
    expect(study.json("path", "controls")).toMatchObject({
      version: 1,
      study: "small",
      node: "controls",
      output: "output",
      path: expect.stringMatching(/\.arrow$/)
    })
    expect(study.json("status")).toMatchObject({
      version: 1,
      nodes: expect.arrayContaining([
        { study: "small", node: "joined", stage: "pair", state: "fresh", why: [], warnings: [], accepted: [], failed: [], cannotRun: [] }
      ])
    })
    const run = study.run()
    expect(run).toMatchObject({ version: 1, ok: true, run: expect.any(String) })
    expect(run.nodes[0]).toEqual({
      study: "small",
      node: "controls",
      stage: "parse",
      state: "fresh",
      changed: false,
      why: [],
      artifacts: { output: expect.stringMatching(/^[0-9a-f]{64}$/) },
      warnings: [],
      ms: 0
    })
    expect(study.json("explain", "joined")).toMatchObject({
      version: 1,
      node: "joined",
      state: "fresh",
      why: [],
      chain: [],
      reads: expect.arrayContaining(["left column mean", "right column y"]),
      lastRan: { chain: [{ node: "joined", state: "ran", why: [{ reason: "new" }] }] }
    })
    expect(study.json("graph")).toMatchObject({ version: 1, study: "small", edges: expect.arrayContaining([{ from: "controls", to: "gov-mean" }]) })
  })
  it("a failure says what and where", () => {
    expect(study.json("show", "gov-maen")).toMatchObject({ version: 1, ok: false, errors: [{ code: "unknown-node", where: { argument: "gov-maen" } }] })
    expect(study.json("shwo")).toMatchObject({ version: 1, ok: false, errors: [{ code: "usage" }] })
  })
})

describe("graph", () => {
  it("goes to the file that is named, in the format of its name, also beside a document", () => {
    expect(study.json("graph", "-o", "dag.svg")).toMatchObject({ version: 1, study: "small" })
    expect(study.read("dag.svg")).toMatch(/^<svg/)
    expect(study.sediment("graph", "-o", "dag.dot")).toMatchObject({ code: 0, out: "" })
    expect(study.read("dag.dot")).toMatch(/^digraph/)
    expect(study.sediment("graph", "-o", "dag.mmd").code).toBe(0)
    expect(study.read("dag.mmd")).toMatch(/^flowchart/)
    expect(study.sediment("graph", "-o", "dag.png").code).toBe(0)
    expect(readFileSync(join(study.path, "dag.png")).subarray(1, 4).toString()).toBe("PNG")
  })

  it("refuses a file whose name says no format, and a PNG on the terminal", () => {
    expect(study.sediment("graph", "-o", "dag.jpg")).toMatchObject({
      code: 2,
      err: "sediment: cannot write dag.jpg: its name must end in .svg, .png, .mmd, .md, .dot, .gv, or --format must say what it is\n"
    })
    expect(study.sediment("graph", "--format", "png").err).toContain("a PNG goes to a file: name it with -o")
  })

  it("draws a neighbourhood: what rests on a node, and what lies between two", () => {
    const names = (...flags: ReadonlyArray<string>) => study.json("graph", ...flags).nodes.map(({ name }: { name: string }) => name)
    expect(names("--to", "gov-mean")).toEqual(names("gov-mean"))
    const below = names("--from", "outcomes")
    expect(below).toEqual(expect.arrayContaining(["data/outcomes.csv", "outcomes", "joined"]))
    expect(below).not.toContain("gov-mean")
    expect(names("--from", "controls", "--to", "gov-mean")).toEqual(["data/controls.csv", "controls", "gov-mean"])
    expect(study.sediment("graph", "--from", "contrls").err).toContain('did you mean "controls"?')
  })

  it("draws what a run did, from what is recorded alone", () => {
    const { nodes, study: name } = study.json("graph", "--run", "latest")
    expect(name).toBe("small")
    expect(nodes).toEqual(expect.arrayContaining([expect.objectContaining({ name: "gov-mean" })]))
    expect(study.sediment("graph", "--run", "latest", "--format", "svg").out).toMatch(/Run \d{8}T\d{6}-[0-9a-f]{8}/)
    expect(study.sediment("graph", "--run", "latest~99").code).toBe(2)
  })

  it("draws a map as one box where that is asked for", () => {
    const each = study.json("graph").nodes.length
    expect(study.json("graph", "--grouped").nodes.length).toBeLessThanOrEqual(each)
  })

  it.each([
    ["mermaid", /^flowchart/],
    ["dot", /^digraph/],
    ["svg", /^<svg/]
  ])("draws as %s, whole or what a node rests on", (format, begins) => {
    const whole = study.sediment("graph", "--format", format)
    expect(whole.code).toBe(0)
    expect(whole.out).toMatch(begins)
    expect(whole.out).toContain("draws")
    expect(study.sediment("graph", "gov-mean", "--format", format).out).not.toContain("draws")
  })
})

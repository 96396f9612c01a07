import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { unzipSync } from "fflate"
import type { Called } from "./study-folder.ts"

const repository = fileURLToPath(new URL("../..", import.meta.url))

/** A study with a table, a figure, a stage of its own in two files, random numbers, parameters as data, and a source that may not be given away. */
export const packagedStudy: Readonly<Record<string, string>> = {
  "package.json": '{ "type": "module" }',
  "dag.ts": `import { Dag } from "@sediment/sediment"
import { describe } from "@sediment/sediment/stages/describe.ts"
import { entities } from "@sediment/sediment/stages/entities.ts"
import { trendFigure } from "@sediment/sediment/stages/figures/trend-figure.ts"
import { ingest } from "@sediment/sediment/stages/ingest.ts"
import { Schema } from "effect"
import { noisy } from "./stages/noisy.ts"

export default Dag.make("small", (dag) => {
  const { scale } = dag.data("settings", "settings.yaml", Schema.Struct({ scale: Schema.Finite }))
  const places = dag.node("places", entities, { source: dag.source("data/places.csv") }, { entity: "name" })
  const data = (source: string, name: string, note?: string) =>
    dag.node(name, ingest, { source: dag.source(source, note === undefined ? {} : { note }), entities: places }, { entity: "place", variables: { [name]: {} } })
  const open = data("data/open.csv", "y", "made up")
  const secret = data("data/secret.csv", "wage")
  const drawn = dag.node("drawn", noisy, { panel: open }, { variable: "y", scale })
  const of = (name: string, panel: typeof open, variable: string, title: string) =>
    dag.node(name, describe, { panel, published: [] }, { title, variables: [{ name: variable, label: variable }] })
  const table1 = of("table1", open, "y", "Table 1. What is open")
  const table2 = of("table2", secret, "wage", "Table 2. What is not")
  const figure1 = dag.node("figure1", trendFigure, { panel: drawn }, { title: "Figure 1. A trend", variable: "y" })
  return { table1, table2, figure1 }
})
`,
  "stages/noisy.ts": `import { Stage } from "@sediment/sediment"
import { Panel } from "@sediment/sediment/stages/table-types.ts"
import { Effect, Schema } from "effect"
import { noise } from "../lib/noise.ts"

export const noisy = Stage.make("noisy", {
  inputs: { panel: Panel },
  params: Schema.Struct({ variable: Schema.String, scale: Schema.Finite }),
  output: Panel,
  run: ({ panel }, { scale, variable }) =>
    Effect.map(Stage.seed, (seed) => ({
      entity: panel.column("entity").values,
      year: panel.column("year").values,
      rest: new Map([[variable, { values: panel.column(variable).values.map((value, i) => value + scale * noise(seed, i)) }]])
    }))
})
`,
  "lib/noise.ts": "export const noise = (seed: number, i: number): number => ((seed + i * 7919) % 1000) / 1000\n",
  "lib/unused.ts": "export const unused = 1\n",
  "settings.yaml": "scale: 0.1\n",
  "data/places.csv": "name,latitude,longitude\nA,1,2\nB,3,4\n",
  "data/open.csv": "place,year,y\nA,2000,1\nA,2001,2.5\nB,2000,2\nB,2001,4\n",
  "data/secret.csv": "place,year,wage\nA,2000,777001\nA,2001,777002\nB,2000,777003\nB,2001,777004\n",
  "data/README.md": "What the data are.\n",
  "replication.yaml": `title: A small study
authors:
  - name: Josiah Carberry
    orcid: 0000-0002-1825-0097
    affiliation: Brown University
    email: josiah@example.org
doi: 10.1234/small.2026
rights: { use: true, redistribute: true }
licence: { code: MIT, data: CC-BY-4.0 }
sources:
  - files: [data/places.csv, data/open.csv]
    name: Open data
    access: public
    statement: Typed in.
    citation: Carberry, Josiah. 2026. Open data.
  - files: [data/secret.csv]
    access: restricted
    statement: Wages.
    obtain: Ask the statistical office.
reproduces: { what: all }
files: [data/README.md]
`
}

/** A package, unpacked far from the study, with the packages of this repository in the place of what npm would install. */
export class Unpacked {
  readonly path: string

  constructor(zip: string) {
    const folder = mkdtempSync(join(tmpdir(), "unpacked "))
    const files = unzipSync(readFileSync(zip))
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), bytes)
    }
    this.path = join(folder, Object.keys(files)[0]!.split("/")[0]!)
  }
  at(name: string): string {
    return join(this.path, name)
  }
  read(name: string): string {
    return readFileSync(this.at(name), "utf8")
  }
  /** What `npm ci` does, without a network: Sediment from the package's own archive, everything else linked. */
  install(): void {
    const modules = this.at("node_modules")
    mkdirSync(join(modules, "@sediment"), { recursive: true })
    for (const name of readdirSync(join(repository, "node_modules")))
      if (!name.startsWith(".")) symlinkSync(join(repository, "node_modules", name), join(modules, name))
    const archive = readdirSync(this.path).find((name) => name.endsWith(".tgz"))!
    spawnSync("tar", ["-xzf", this.at(archive), "-C", join(modules, "@sediment")])
    renameSync(join(modules, "@sediment", "package"), join(modules, "@sediment", "sediment"))
    writeFileSync(join(modules, ".package-lock.json"), "{}")
  }
  /** `npm start`, but for npm. */
  start(): Called {
    const done = spawnSync(process.execPath, ["replicate.mjs"], { cwd: this.path, encoding: "utf8", env: { PATH: process.env["PATH"], NO_COLOR: "1" } })
    return { code: done.status, out: done.stdout, err: done.stderr }
  }
  remove(): void {
    rmSync(dirname(this.path), { recursive: true, force: true })
  }
}

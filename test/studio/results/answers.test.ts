import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type {
  BootstrapReplicates,
  LocalClusters,
  MapShapes,
  MoranPoints,
  PanelSeries,
  Source,
  WeightsGrid,
  WeightsLinks,
  WeightsNeighbours
} from "../../../src/studio/messages/results.ts"
import { StudyFolder } from "../../cli/study-folder.ts"
import { Studio } from "../studio.ts"
import { placesStudy } from "./places-study.ts"

describe("what the results are drawn from", () => {
  const folder = new StudyFolder(placesStudy)
  let studio: Studio
  beforeAll(async () => {
    expect(folder.sediment("run").code).toBe(0)
    studio = await Studio.start(folder.path)
  }, 60_000)
  afterAll(async () => {
    await studio.end()
    folder.remove()
  })

  const ask = async <A>(name: string, asked: object): Promise<A> => {
    const { body, status } = await studio.ask(name, { study: "places", ...asked })
    expect(status, JSON.stringify(body)).toBe(200)
    return body as A
  }
  const refusal = async (name: string, asked: object): Promise<string> => {
    const { body, status } = await studio.ask(name, { study: "places", ...asked })
    expect(status).toBe("failed")
    return (body as { readonly errors: ReadonlyArray<{ readonly message: string }> }).errors.map(({ message }) => message).join("\n")
  }
  const data = (reference: string) => folder.json("show", reference).data as Readonly<Record<string, ReadonlyArray<never>>>
  const output = (node: string, name = "output") => ({ node, output: name })

  it("finds the tables by their types, each with the run that made it", async () => {
    const { sources, unmade } = await ask<{ readonly sources: ReadonlyArray<Source>; readonly unmade: ReadonlyArray<string> }>("resultsOf", {})
    expect(sources.map(({ node, type }) => `${node} ${type}`)).toEqual(
      expect.arrayContaining(["panel Panel", "near SpatialWeights", "moran MoranScatter", "local LocalMoran", "drawn[0] Replicates", "drawn[60] Replicates"])
    )
    expect(unmade).toEqual([])
    const [{ run }] = folder.json("runs").runs
    for (const source of sources) expect([source.made.run, source.stale]).toEqual([run, null])
  })

  it("a variable of a panel is the artifact's, with missing cells and rows", async () => {
    const panel = await ask<PanelSeries>("panelSeries", { ...output("panel"), variable: "share" })
    const { entity, share, year } = data("panel")
    expect(panel.variable).toMatchObject({ name: "share", unit: "%" })
    expect(panel.notes).toEqual(["made up for a test"])
    expect(panel.entities).toHaveLength(8)
    expect(panel.years).toEqual([2015, 2016, 2017, 2018, 2019, 2020])
    for (const [i, name] of panel.entities.entries())
      for (const [t, one] of panel.years.entries()) {
        const place = i * panel.years.length + t
        const row = panel.rows[place]!
        expect([entity![row], year![row]]).toEqual([name, one])
        expect(panel.values[place]).toBe(share![row])
      }
    expect(panel.values[panel.entities.indexOf("Hebei") * 6 + 2]).toBeNull()
    expect(panel.groupings).toEqual([
      { name: "region", of: panel.entities.map((name) => (["Beijing", "Tianjin", "Hebei", "Shanxi"].includes(name) ? "North" : "South")) }
    ])
  })

  it("an unknown variable, node or output is told, with what there is", async () => {
    expect(await refusal("panelSeries", { ...output("panel"), variable: "shar" })).toMatch(/no variable "shar"; did you mean "share"\?.*share/)
    expect(await refusal("panelSeries", output("panle"))).toMatch(/no node "panle"/)
    expect(await refusal("panelSeries", output("panel", "rows"))).toMatch(/no output "rows"; it has: output/)
    expect(await refusal("weightsNeighbours", { ...output("near"), entity: "Bejing" })).toMatch(/did you mean "Beijing"/)
  })

  it("provinces are on the map that comes with Sediment; towns are points; letters are tiles, each told", async () => {
    const provinces = await ask<MapShapes>("mapShapes", output("panel"))
    expect([provinces.kind, provinces.without]).toEqual(["areas", []])
    expect(provinces.told).toMatch(/Albers/)
    const place = (shapes: MapShapes, name: string) => shapes.shapes.find(({ entity }) => entity === name)!
    expect(place(provinces, "Beijing").path).toMatch(/^M\d+ \d+l(-?\d+ ?)+/)
    expect(place(provinces, "Guangdong").y).toBeGreaterThan(place(provinces, "Beijing").y)
    expect(place(provinces, "Shanxi").x).toBeLessThan(place(provinces, "Jiangsu").x)
    const towns = await ask<MapShapes>("mapShapes", output("in-towns"))
    expect(towns.kind).toBe("points")
    expect(place(towns, "Northton").y).toBeLessThan(place(towns, "Southton").y)
    expect(place(towns, "Eastton").x).toBeGreaterThan(place(towns, "Northton").x)
    const letters = await ask<MapShapes>("mapShapes", output("in-letters"))
    expect([letters.kind, letters.shapes.map(({ entity }) => entity)]).toEqual(["tiles", ["A", "B", "C"]])
    expect(letters.told).toMatch(/each is a tile/)
  })

  it("clusters and p-values are those of the local Moran", async () => {
    const local = await ask<LocalClusters>("localClusters", output("local"))
    const { cluster, p, quadrant } = data("local")
    for (const [place, row] of local.rows.entries()) {
      expect([local.cluster[place], local.kind[place]]).toEqual([cluster![row], quadrant![row]])
      expect(local.tests.find(({ name }) => name === "p")!.values[place]).toBe(p![row])
    }
    expect(new Set(local.kind)).toContain("high-high")
  })

  it("Moran's points have the statistic of their year beside them", async () => {
    const points = await ask<MoranPoints>("moranPoints", { ...output("moran", "scatter"), variable: "x" })
    const { lag, z } = data("moran.scatter")
    for (const [place, row] of points.rows.entries()) expect([points.z[place], points.lag[place]]).toEqual([z![row], lag![row]])
    const global = data("moran.moran")
    for (const one of points.global) {
      const row = global["year"]!.findIndex((year, i) => year === one.year && String(global["variable"]![i]) === "x")
      expect([one.statistic, one.p]).toEqual([global["statistic"]![row], global["p_randomisation"]![row]])
    }
    expect(points.global).toHaveLength(6)
    expect(points.weights).toBe("near")
  })

  it("weights are those of the artifact, in the order that is asked for", async () => {
    const grid = await ask<WeightsGrid>("weightsGrid", { ...output("near"), order: "region" })
    const { from, to, weight } = data("near")
    const links = new Map(weight!.map((one, i) => [`${from![i]} ${to![i]}`, one]))
    expect(grid.block).toBe(1)
    expect(grid.weight).toHaveLength(weight!.length)
    for (const [i, one] of grid.weight.entries()) expect(one).toBe(links.get(`${grid.entities[grid.row[i]!]} ${grid.entities[grid.column[i]!]}`))
    expect(grid.entities).toEqual(["Beijing", "Hebei", "Shanxi", "Tianjin", "Fujian", "Guangdong", "Jiangsu", "Zhejiang"])
    expect(grid.summary).toMatchObject({ entities: 8, links: 56, density: 1, islands: [] })
    expect(grid.summary.rowSums.least).toBeCloseTo(1, 12)
    const window = await ask<WeightsGrid>("weightsGrid", { ...output("near"), from: 2, to: 5 })
    expect(window.weight).toHaveLength(6)
    const { neighbourOf, neighbours, sum } = await ask<WeightsNeighbours>("weightsNeighbours", { ...output("near"), entity: "Beijing" })
    expect(neighbours[0]).toEqual({ entity: "Tianjin", weight: links.get("Beijing Tianjin") })
    expect(neighbourOf.find(({ entity }) => entity === "Hebei")!.weight).toBe(links.get("Hebei Beijing"))
    expect(sum).toBeCloseTo(1, 12)
    const strongest = await ask<WeightsLinks>("weightsLinks", { ...output("near"), most: 3 })
    expect([strongest.pairs, strongest.weight.length]).toEqual([28, 3])
    // Who is linked with whom does not rest on how many links are sent.
    expect(strongest.linked).toEqual(strongest.entities.map(() => 7))
    expect(strongest.weight[0]).toBe(Math.max(...(weight as ReadonlyArray<number>)))
  })

  it("a bootstrap has the replicates of all blocks, the model's interval and its own", async () => {
    const drawn = await ask<BootstrapReplicates>("bootstrapReplicates", { parameter: "indirect x" })
    const all = [...data("drawn[0]")["indirect x"]!, ...data("drawn[60]")["indirect x"]!].filter((value) => value !== null)
    expect(drawn.values).toEqual(all)
    expect([drawn.bootstraps[0], drawn.parameters]).toEqual(["drawn", ["direct x", "indirect x", "total x"]])
    const made = data("intervals")
    const row = made["effect"]!.findIndex((effect) => String(effect) === "indirect")
    const own = drawn.intervals.find(({ source }) => source.node === "intervals")!
    expect([own.estimate, own.low, own.high]).toEqual([made["estimate"]![row], made["conf_low"]![row], made["conf_high"]![row]])
    expect(drawn.intervals.map(({ source }) => source.node)).toContain("mediation")
  })

  it("replicates of one map that no input takes together are bootstraps of their own, each with the level of its intervals", async () => {
    const { bootstraps } = await ask<BootstrapReplicates>("bootstrapReplicates", {})
    expect(bootstraps).toEqual(["drawn", "way-drawn of way-intervals[there]", "way-drawn of way-intervals[back]"])
    for (const [way, parameter] of [
      ["there", "indirect x"],
      ["back", "indirect m"]
    ]) {
      const drawn = await ask<BootstrapReplicates>("bootstrapReplicates", { bootstrap: `way-drawn of way-intervals[${way}]`, parameter })
      expect(drawn.values).toEqual(data(`way-drawn[${way}]`)[parameter!])
      expect(drawn.intervals.find(({ source }) => source.node === `way-intervals[${way}]`)!.level).toBe(90)
      expect([drawn.beside.level, drawn.beside.multiple.toFixed(6)]).toEqual([90, "1.644854"])
    }
  })

  it("a damaged block is told by the bootstrap that it belongs to, and by no other", async () => {
    const { bootstraps, sources } = await ask<BootstrapReplicates>("bootstrapReplicates", {})
    const { artifact } = sources.find(({ node }) => node === "drawn[60]")!
    const file = join(folder.path, "cache", "objects", artifact.slice(0, 2), `${artifact}.arrow`)
    const whole = readFileSync(file)
    // One that has read none of them yet.
    const other = await Studio.start(folder.path)
    try {
      writeFileSync(file, "no table")
      const drawn = (await other.ask("bootstrapReplicates", { study: "places" })).body as BootstrapReplicates
      expect(drawn).toMatchObject({ bootstraps, sources: [{ node: "drawn[0]" }] })
      expect(drawn.notes.at(-1)).toMatch(/^not all of its blocks can be read: drawn\[60\]: /)
      const way = await other.ask("bootstrapReplicates", { study: "places", bootstrap: "way-drawn of way-intervals[back]" })
      expect((way.body as BootstrapReplicates).notes.join()).not.toContain("can be read")
    } finally {
      await other.end()
      writeFileSync(file, whole)
    }
  })
})

import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { ingestWeights } from "../../stages/ingest-weights.ts"
import { entitiesOf, faultsOf, panelOf } from "./panel-tables.ts"
import { column, fileOf, numbers, runStage } from "./run-stage.ts"

const dictionary = entitiesOf(["Anhui", "Beijing", "Chongqing", "Dalian"], { short: ["AH", "BJ", "CQ", "DL"] })
const panel = panelOf(["Anhui", "Beijing", "Chongqing"], [2003], {})
const inputs = (path: string, text: string) => ({ source: fileOf(path, text), entities: dictionary, panel })
const short = { aliases: ["short"] }

describe("stage ingest-weights", () => {
  it.effect("GAL: neighbours by any name of the dictionary, those that the panel lacks left out before standardising", () =>
    Effect.gen(function* () {
      const gal = "0 4 map code\nCQ 2\nBJ DL\nBJ 2\nCQ AH\nAH 1\nBJ\nDL 1\nCQ\n"
      const { outputs, warnings } = yield* runStage(ingestWeights, inputs("w.gal", gal), short)
      expect(column(outputs["output"], "from")).toEqual(["Anhui", "Beijing", "Beijing", "Chongqing"])
      expect(column(outputs["output"], "to")).toEqual(["Beijing", "Anhui", "Chongqing", "Beijing"])
      expect(numbers(outputs["output"], "weight")).toEqual([1, 0.5, 0.5, 1])
      expect(column(outputs["output"], "kind")[0]).toBe("from a GAL file")
      expect(warnings).toEqual([])
    })
  )
  it.effect("GWT: as given or binary; an entity without a line is lacking, or an island where these are allowed", () =>
    Effect.gen(function* () {
      const gwt = "0 4 map code\nAH BJ 2\nAH CQ 6\nBJ AH 2\nCQ AH 6\n"
      const given = yield* runStage(ingestWeights, inputs("w.gwt", gwt), { ...short, standardize: "none" })
      expect(numbers(given.outputs["output"], "weight")).toEqual([2, 6, 2, 6])
      expect(given.warnings.map(({ message }) => message)).toEqual([expect.stringMatching(/^w.gwt: the header says 4 units, 3 are named/)])
      const binary = yield* runStage(ingestWeights, inputs("w.gwt", gwt), { ...short, values: "binary" })
      expect(numbers(binary.outputs["output"], "weight")).toEqual([0.5, 0.5, 1, 1])
      expect(column(binary.outputs["output"], "kind")[0]).toBe("from a GWT file, binary")
      const fewer = inputs("w.gwt", "2\nAH BJ 2\nBJ AH 2\n")
      expect((yield* faultsOf(ingestWeights, fewer, short)).map(({ message }) => message)).toEqual([
        "w.gwt: Chongqing of the panel is not in it; add it there, or leave it out with subset"
      ])
      const island = yield* runStage(ingestWeights, fewer, { ...short, allowIslands: true })
      expect(numbers(island.outputs["output"], "weight")).toEqual([1, 1, 0])
      expect(island.warnings.map(({ message }) => message)).toEqual(["w.gwt: without any link there: Chongqing"])
    })
  )
  it.effect("a dense CSV matrix; an island in it is a fault unless allowed", () =>
    Effect.gen(function* () {
      const csv = ",Anhui,Beijing,Chongqing,Paris\nAnhui,0,1,3,0\nBeijing,1,0,0,0\nChongqing,0,0,0,5\nParis,0,0,1,0\n"
      const [fault] = yield* faultsOf(ingestWeights, inputs("w.csv", csv))
      expect(fault?.message).toBe(
        'these entities have no neighbour in w.csv: "Chongqing"; add their links, leave them out of the entities, or set allowIslands'
      )
      const { outputs, warnings } = yield* runStage(ingestWeights, inputs("w.csv", csv), { allowIslands: true })
      expect(numbers(outputs["output"], "weight")).toEqual([0.25, 0.75, 1, 0])
      expect(warnings.map(({ message }) => message)).toEqual(['w.csv: 1 name is not in the dictionary of entities and left out: "Paris"'])
    })
  )
  it.effect("all that is wrong in a file is told with its path and lines; two names of one entity; another ending; other bytes", () =>
    Effect.gen(function* () {
      const bad = yield* faultsOf(ingestWeights, inputs("w.gwt", "3\nAH BJ x\nBJ BJ 1\n"), short)
      expect(bad).toEqual([
        { code: "no-weight", message: 'w.gwt, line 2: found "x", expected a number that is not negative; correct it', where: { file: "w.gwt", row: 2 } },
        {
          code: "own-neighbour",
          message: 'w.gwt, line 3: found "BJ BJ", expected a link between two units; take the line out',
          where: { file: "w.gwt", row: 3 }
        }
      ])
      const twice = yield* faultsOf(ingestWeights, inputs("w.gal", "4\nAH 1\nBJ\nAnhui 0\nBJ 1\nAH\nCQ 0\n"), short)
      expect(twice.map(({ message }) => message)).toEqual(['w.gal: "AH" and "Anhui" are both Anhui; take one out'])
      expect((yield* faultsOf(ingestWeights, inputs("w.shp", "")))[0]?.message).toMatch(/^w.shp: .* expected one that ends in .gal, .gwt or .csv/)
      const latin = { ...inputs("w.gal", ""), source: fileOf("w.gal", Uint8Array.of(49, 10, 228)) }
      expect((yield* faultsOf(ingestWeights, latin))[0]?.message).toMatch(/^w.gal, line 2: not UTF-8; save the file as UTF-8/)
    })
  )
})

import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { FileFault } from "../../../../src/econometrics/spatial/weights/file-fault.ts"
import { readGal, writeGal } from "../../../../src/econometrics/spatial/weights/gal.ts"
import { readGwt, writeGwt } from "../../../../src/econometrics/spatial/weights/gwt.ts"
import { readMatrixCsv, writeMatrixCsv } from "../../../../src/econometrics/spatial/weights/matrix-csv.ts"
import { denseWeights, fromLinks, fromMatrix, mapWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { dataFile } from "../spatial-data.ts"
import { neighboursOf, spdep } from "./spdep.ts"

/** Weights of up to 7 entities whose names have no blanks (`plain`) or any characters. */
const weightsOf = (plain: boolean) =>
  fc
    .uniqueArray(plain ? fc.stringMatching(/^[A-Za-z0-9_é,"]{1,6}$/) : fc.string({ minLength: 1, maxLength: 6 }).filter((name) => name.trim() === name), {
      minLength: 2,
      maxLength: 7
    })
    .chain((entities) => {
      const size = entities.length ** 2
      const cell = fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 1e-9, max: 1e9, noNaN: true }))
      return fc.array(cell, { minLength: size, maxLength: size }).map((values) =>
        fromMatrix(
          entities,
          Float64Array.from(values, (w, at) => (at % (entities.length + 1) === 0 ? 0 : w))
        )
      )
    })
const faultsOf = (read: () => unknown): ReadonlyArray<string> => {
  try {
    read()
  } catch (error) {
    if (error instanceof FileFault) return error.faults.map(({ message }) => message)
    throw error
  }
  return []
}

describe("files of weights", () => {
  it("what is written comes back to the last digit: GAL its links, GWT all but islands unless named, CSV everything", () => {
    fc.assert(
      fc.property(weightsOf(true), (weights) => {
        const gal = readGal(writeGal(weights)).weights
        expect(gal.entities).toEqual(weights.entities)
        expect(denseWeights(gal)).toEqual(denseWeights(mapWeights(weights, () => 1)))
        expect(readGwt(writeGwt(weights), weights.entities)).toEqual({ weights, warnings: [] })
      })
    )
    fc.assert(
      fc.property(weightsOf(false), (weights) => {
        expect(readMatrixCsv(writeMatrixCsv(weights))).toEqual({ weights, warnings: [] })
      })
    )
  })
  it("a dense matrix of many entities is refused", () => {
    const many = Array.from({ length: 10_001 }, (_, i) => `${i}`)
    expect(() => writeMatrixCsv(fromLinks(many, [0], [1], [1]))).toThrow(/10001 x 10001 numbers; above 10000 entities write \.gwt/)
  })
  it("names with blanks cannot be written to GAL and GWT", () => {
    const weights = fromMatrix(["New York", "Maine"], Float64Array.of(0, 1, 1, 0))
    expect(() => writeGal(weights)).toThrow(/a GAL file has blanks between names, .*: "New York"; take names without blanks/)
    expect(() => writeGwt(weights)).toThrow(/a GWT file/)
  })
})

describe("GAL", () => {
  it("columbus.gal is read as spdep reads it, and needs no warning", () => {
    const { warnings, weights } = readGal(dataFile("columbus.gal"))
    expect(neighboursOf(weights)).toEqual(spdep.columbus.gal)
    expect(warnings).toEqual([])
  })
  it("headers of one number, of GeoDa and of spdep; islands with and without a blank line; a byte order mark; CRLF", () => {
    const body = ["a 1", "b", "b 1", "a", "c 0"]
    for (const header of ["3", "0 3 map key", "0 3 my own map.shp key", "\uFEFF3", "", "  3 "]) {
      if (header === "") continue
      for (const end of ["", "\n", "\n\n"])
        for (const join of ["\n", "\r\n"]) expect(neighboursOf(readGal([header, ...body].join(join) + end).weights)).toEqual([[1], [0], []])
    }
    expect(neighboursOf(readGal("0 3 map key\na 0\n\nb 1\nc\nc 1\nb\n").weights)).toEqual([[], [2], [1]])
    expect(readGal("3\nc 0\na 1\nb\nb 1\na\n").weights.entities).toEqual(["c", "a", "b"])
  })
  it("all that is wrong is told with its line", () => {
    expect(faultsOf(() => readGal("0 7 map key\na 2\nb\nb two\nc e\nb c d\nc 1\nd\nc 1\nc\ne 2\na a\n"))).toEqual([
      'line 3: found "b", expected 2 neighbours of a, as line 2 says; correct the number or the names',
      'line 4: found "two", expected the number of neighbours of b; correct it',
      'line 6: found "b c d", expected the name of a unit and the number of its neighbours; names must not have blanks inside',
      'line 8: found "d", expected the name of a unit of the file; give d lines of its own, or take it out',
      'line 9: found "c", expected each unit once; it stands already in line 7',
      'line 10: found "c", expected a unit other than c; take it out',
      'line 12: found "a", expected each neighbour once; take it out',
      "the header says 7 units, the file has 4; correct the one or the other"
    ])
    for (const text of ["", "map 3\n", "0 three map key\n", "0\n"])
      expect(faultsOf(() => readGal(text))[0]).toMatch(/^line 1: found .* expected the number of units/)
  })
  it("neighbours that do not name each other are a warning", () => {
    expect(readGal("3\na 2\nb c\nb 1\na\nc 0\n").warnings.map(({ message }) => message)).toEqual([
      '1 of the neighbours named do not name those that name them: "a" names "c"; contiguity goes both ways'
    ])
  })
})

describe("GWT", () => {
  it("entities without a link are told by their number, or given", () => {
    const text = "0 4 map key\nb a 0.5\na c 2e-3\n"
    const { warnings, weights } = readGwt(text)
    expect(weights.entities).toEqual(["b", "a", "c"])
    expect([...denseWeights(weights)]).toEqual([0, 0.5, 0, 0, 0, 0.002, 0, 0, 0])
    expect(warnings[0]?.message).toMatch(/the header says 4 units, 3 are named/)
    expect(readGwt(text, ["a", "b", "c", "d"]).warnings).toEqual([])
  })
  it("all that is wrong is told with its line", () => {
    expect(faultsOf(() => readGwt("0 3 map key\na b x\nb b 1\na c\na b 2\na e -1\na f NaN\n", ["a", "b", "c", "d"]))).toEqual([
      'line 2: found "x", expected a number that is not negative; correct it',
      'line 3: found "b b", expected a link between two units; take the line out',
      'line 4: found "a c", expected two names and a number; names must not have blanks inside',
      'line 5: found "a b", expected each link once; it stands already in line 2',
      'line 6: found "-1", expected a number that is not negative; correct it',
      'line 6: found "e", expected the name of an entity; correct it, or add the entity',
      'line 7: found "NaN", expected a number that is not negative; correct it',
      'line 7: found "f", expected the name of an entity; correct it, or add the entity',
      "the header says 3 units, there are 4; correct the one or the other"
    ])
  })
})

describe("a matrix in CSV", () => {
  it("rows may stand in another order than columns", () => {
    const { weights } = readMatrixCsv('name,a,"b, c"\n"b, c",2,0\na,0,1\n')
    expect(weights.entities).toEqual(["a", "b, c"])
    expect([...denseWeights(weights)]).toEqual([0, 1, 2, 0])
  })
  it("all that is wrong is told with its line", () => {
    expect(faultsOf(() => readMatrixCsv(",a,b,c,b\na,1,x,0,0\nd,0,0,0,0\na,0,0,0,0\nc,0,0\n"))).toEqual([
      'line 1: found "b", expected each entity once; take one out',
      'line 2: found "1", expected 0 on the diagonal, in column "a"; an entity is no neighbour of its own',
      'line 2: found "x", expected a number that is not negative in column "b"; correct it; no link is 0',
      'line 3: found "d", expected the name of an entity of the header; correct it, or add its column',
      'line 4: found "a", expected each entity once; it stands already in line 2',
      'line 5: found "2 weights", expected 4, as many as the header has names; add or take out cells',
      'these entities have a column and no row: "b"; add their rows'
    ])
    expect(faultsOf(() => readMatrixCsv(""))[0]).toMatch(/expected a header with the names/)
    expect(faultsOf(() => readMatrixCsv('a,"b\n'))[0]).toMatch(/not CSV/)
  })
})

import { readFileSync } from "node:fs"
import { afterAll, expect, it } from "vitest"
import { StudyFolder } from "./study-folder.ts"

const folder = new StudyFolder({ "panel.csv": "place,year,gdp\nEast,2003,1\nEast,2004,2\nWest,2003,3\nWest,2004,5\n" })
afterAll(() => folder.remove())

it("a description that was corrected by hand is not written over by a proposal", () => {
  const propose = () => folder.sediment("ingest", "--preview", "panel.csv", "-o", "sources/panel.yaml")
  expect([propose().code, propose().code]).toEqual([0, 0])
  const corrected = `${readFileSync(folder.at("sources/panel.yaml"), "utf8")}# looked at\n`
  folder.write("sources/panel.yaml", corrected)
  const { code, err } = propose()
  expect([code, err]).toEqual([
    2,
    expect.stringContaining("sources/panel.yaml is there already, with something else in it: name another file, or delete it first")
  ])
  expect(readFileSync(folder.at("sources/panel.yaml"), "utf8")).toBe(corrected)
})

it("a dictionary of the names that a file has is written where there is none, and over nothing", () => {
  const propose = () => folder.sediment("ingest", "--preview", "panel.csv", "--names", "places.csv")
  expect(propose().err).toBe("dictionary: places.csv, of 2 names: take out what is no entity, such as a total\n")
  expect(readFileSync(folder.at("places.csv"), "utf8")).toBe("entity\nEast\nWest\n")
  expect(folder.sediment("ingest", "--preview", "panel.csv", "--entities", "places.csv").out).toContain("2 entities of places.csv, 2003-2004")
  expect(propose()).toMatchObject({ code: 2, err: expect.stringContaining("places.csv is there already: name another file, or delete it first") })
})

it("a port that there is not is told as such", () => {
  const { code, err } = folder.sediment("cache", "serve", "--port", "99999")
  expect([code, err]).toEqual([2, expect.stringContaining("a whole number, 1 to 65535")])
})

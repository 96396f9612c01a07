import { readFileSync } from "node:fs"
import { parse } from "csv-parse/sync"
import { assert, describe, it } from "vitest"
import { withVariants } from "../../examples/us-states/data/variants.ts"
import { nameKey, namesIn } from "../../stages/ingest/name-key.ts"

const read = (name: string): ReadonlyArray<Readonly<Record<string, string>>> =>
  parse(readFileSync(new URL(`../../examples/us-states/data/${name}`, import.meta.url)), { columns: true })
const states = read("states.csv")
const produc = read("produc.csv")
const borders = read("contiguity.csv")

const radians = (degrees: number) => (degrees * Math.PI) / 180
const kilometres = (a: string, b: string): number => {
  const [from, to] = [a, b].map((name) => states.find((state) => state["name"] === name)!)
  const [lat1, lon1, lat2, lon2] = [from!["latitude"], from!["longitude"], to!["latitude"], to!["longitude"]].map(Number) as [number, number, number, number]
  const h = Math.sin(radians(lat2 - lat1) / 2) ** 2 + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * Math.sin(radians(lon2 - lon1) / 2) ** 2
  return 2 * 6371 * Math.asin(Math.sqrt(h))
}

describe("the data of the US states", () => {
  it("has variants that are what their facts make of them, and by which no state is another", () => {
    assert.strictEqual(withVariants(states), readFileSync(new URL("../../examples/us-states/data/states.csv", import.meta.url), "utf8"))
    const owners = new Map<string, string>()
    for (const { name, variants } of states)
      for (const key of [name!, ...namesIn(variants)].map(nameKey)) {
        assert.strictEqual(owners.get(key) ?? name, name, key)
        owners.set(key, name!)
      }
    for (const [text, name] of [
      ["Pa.", "Pennsylvania"],
      ["W. Va.", "West Virginia"],
      ["1", "Alabama"],
      ["us-ms", "Mississippi"],
      ["NEW_YORK", "New York"],
      ["TENNESSE", "Tennessee"]
    ] as const)
      assert.strictEqual(owners.get(nameKey(text)), name)
  })

  it("has 48 states with names, postal and FIPS codes of their own", () => {
    assert.strictEqual(states.length, 48)
    for (const key of ["name", "postal", "fips", "produc_name", "capital"]) assert.strictEqual(new Set(states.map((state) => state[key])).size, 48, key)
    for (const { fips, postal } of states) assert.match(`${fips} ${postal}`, /^\d\d [A-Z]{2}$/)
  })

  it("has a row for each of the 48 states in each of the 17 years, every cell a positive number", () => {
    assert.strictEqual(produc.length, 816)
    const pairs = new Set(produc.map(({ state, year }) => `${state} ${year}`))
    for (const state of states)
      for (let year = 1970; year <= 1986; year++) assert.isTrue(pairs.has(`${state["produc_name"]} ${year}`), `${state["name"]} ${year}`)
    for (const row of produc) for (const key of ["pcap", "hwy", "water", "util", "pc", "gsp", "emp", "unemp"]) assert.isAbove(Number(row[key]), 0)
  })

  it("has a census division for each state that is the panel's region", () => {
    const divisions = ["New England", "Middle Atlantic", "East North Central", "West North Central", "South Atlantic"]
    divisions.push("East South Central", "West South Central", "Mountain", "Pacific")
    for (const row of produc)
      assert.strictEqual(states.find((state) => state["produc_name"] === row["state"])!["division"], divisions[Number(row["region"]) - 1])
  })

  it("has public capital that is the sum of its three kinds, to rounding", () => {
    for (const { hwy, pcap, util, water } of produc) assert.closeTo(Number(pcap), Number(hwy) + Number(water) + Number(util), 0.011)
  })

  it("has 107 borders, each in both directions, between states of the dictionary", () => {
    const pairs = new Set(borders.map(({ from, to }) => `${from}-${to}`))
    const names = new Set(states.map((state) => state["name"]))
    assert.strictEqual(borders.length, 214)
    assert.strictEqual(pairs.size, 214)
    for (const { from, to } of borders) {
      assert.isTrue(names.has(from) && names.has(to) && from !== to, `${from}-${to}`)
      assert.isTrue(pairs.has(`${to}-${from}`), `${to}-${from}`)
    }
    for (const name of names)
      assert.isTrue(
        borders.some(({ from }) => from === name),
        `${name} has a neighbour`
      )
    for (const pair of ["Arizona-Colorado", "New Mexico-Utah"]) assert.isTrue(pairs.has(pair), pair)
    for (const pair of ["Michigan-Minnesota", "Illinois-Michigan", "New York-Rhode Island"]) assert.isFalse(pairs.has(pair), pair)
  })

  it("has capitals in the contiguous United States, and those of neighbours within 1200 km", () => {
    for (const { latitude, longitude, name } of states)
      assert.isTrue(Number(latitude) > 30 && Number(latitude) < 47.1 && Number(longitude) > -123.1 && Number(longitude) < -69.7, name)
    for (const { from, to } of borders) assert.isBelow(kilometres(from!, to!), 1200, `${from}-${to}`)
    // Boise to Salt Lake City and Boston to Providence, by the map.
    assert.closeTo(kilometres("Idaho", "Utah"), 475, 5)
    assert.closeTo(kilometres("Massachusetts", "Rhode Island"), 66, 3)
  })
})

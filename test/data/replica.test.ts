import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { replica, SEED } from "../../data/replica/replica.ts"
import { fe2sls } from "../../src/econometrics/instruments/fe-2sls.ts"
import { within } from "../../src/econometrics/regression/within.ts"
import { interaction } from "../../src/econometrics/sample/interaction.ts"
import { panelIndex, pickRows } from "../../src/econometrics/sample/panel-index.ts"
import { printedRows, printedValue } from "./published-numbers.ts"
import { type ReplicaStudy, replicaStudy } from "./replica-study.ts"

const controls = ["pdgp", "fdi", "hcl", "gov", "inv", "str", "inf"]

interface Model {
  readonly dependent: string
  /** Before the controls. */
  readonly terms: ReadonlyArray<string>
  readonly rows?: (study: ReplicaStudy, row: number) => boolean
}
const region =
  (name: string): NonNullable<Model["rows"]> =>
  ({ entity, groups }, row) =>
    groups.get(entity[row]!)!.region === name
const cluster =
  (answer: string): NonNullable<Model["rows"]> =>
  ({ entity, groups }, row) =>
    groups.get(entity[row]!)!.cluster === answer
const moderated = (moderator: string): ReadonlyArray<Model> => [
  { dependent: "ami", terms: ["coagglo", moderator, `coagglo*${moderator}`] },
  { dependent: "uic", terms: ["coagglo", moderator] },
  { dependent: "uic", terms: ["coagglo", moderator, `coagglo*${moderator}`] },
  { dependent: "ami", terms: ["uic", moderator] },
  { dependent: "ami", terms: ["uic", moderator, `uic*${moderator}`] }
]
/** The paper's regressions by table and column. */
const models: Readonly<Record<string, Model>> = {
  "4.1": { dependent: "ami", terms: ["coagglo"] },
  "4.2": { dependent: "coagglo", terms: ["L.coagglo"], rows: ({ year }, row) => year[row]! > 2003 },
  "4.4": { dependent: "ami", terms: ["eg"] },
  "4.5": { dependent: "center", terms: ["coagglo"], rows: ({ year }, row) => year[row]! >= 2016 },
  ...Object.fromEntries(["amt", "amm", "amw", "gam", "ame"].map((dependent, k) => [`5.${k + 1}`, { dependent, terms: ["coagglo"] }])),
  ...Object.fromEntries(
    ["Eastern", "Central", "Western", "Northeastern"].map((name, k) => [`6.${k + 1}`, { dependent: "ami", terms: ["coagglo"], rows: region(name) }])
  ),
  "6.5": { dependent: "ami", terms: ["coagglo"], rows: cluster("yes") },
  "6.6": { dependent: "ami", terms: ["coagglo"], rows: cluster("no") },
  "7.2": { dependent: "ami", terms: ["uic"] },
  "7.3": { dependent: "uic", terms: ["coagglo"] },
  "7.4": { dependent: "ami", terms: ["coagglo", "uic"] },
  ...Object.fromEntries(moderated("mi").map((model, k) => [`9.${k + 1}`, model])),
  ...Object.fromEntries(moderated("icc").map((model, k) => [`10.${k + 1}`, model]))
}

const study = await replicaStudy()
const index = panelIndex(study.entity, study.year)
const all = study.entity.map((_, row) => row)

const column = (name: string): Float64Array => {
  if (name.includes("*")) {
    const [a, b] = name.split("*").map((part) => ({ name: part, values: column(part) }))
    return interaction(a!, b!, "centred").values
  }
  if (name === "L.coagglo") return column("coagglo").map((_, row, values) => (study.year[row] === 2003 ? Number.NaN : values[row - 1]!))
  if (name !== "center") return study.modelled(name)
  const { center, entity, year } = study.centers
  const counts = new Map(entity.map((who, row) => [`${who} ${year[row]!}`, center[row]!]))
  return Float64Array.from(all, (row) => counts.get(`${study.entity[row]!} ${study.year[row]!}`) ?? Number.NaN)
}
const picked = (name: string, rows: ReadonlyArray<number>) => {
  const values = column(name)
  return { name, values: Float64Array.from(rows, (row) => values[row]!) }
}
const estimated = ({ dependent, rows: chosen, terms }: Model) => {
  const rows = all.filter((row) => chosen?.(study, row) ?? true)
  return within({ index: pickRows(index, rows), dependent: picked(dependent, rows), regressors: [...terms, ...controls].map((term) => picked(term, rows)) })
}
const instrumented = () => {
  const rows = all.filter((row) => study.year[row]! > 2003)
  const [dependent, endogenous, instrument] = ["ami", "coagglo", "L.coagglo"].map((name) => picked(name, rows))
  return fe2sls({
    index: pickRows(index, rows),
    dependent: dependent!,
    endogenous: [endogenous!],
    exogenous: controls.map((name) => picked(name, rows)),
    instruments: [instrument!]
  })
}

describe("the replica", () => {
  it("is what its script makes, byte for byte", { timeout: 60_000 }, () => {
    for (const [name, text] of replica(SEED)) expect(readFileSync(`data/replica/${name}`, "utf8") === text, name).toBe(true)
  })

  it("has about 1.5% of its cells blank, and no zero or gap that a stage refuses", () => {
    expect(study.blank).toBeGreaterThan(0.013)
    expect(study.blank).toBeLessThan(0.017)
  })

  it("has the isolated zeros that Table 3's minima of 0.00 imply, and they are told", () => {
    for (const variable of ["fdi_inflow", "higher_education_graduates", "fiscal_support", "fixed_investment"])
      expect(
        study.zeroWarnings.some((message) => message.startsWith(`${variable}: a zero`)),
        variable
      ).toBe(true)
  })

  it("has Table 3's moments within a tenth", () => {
    for (const { term } of printedRows(3).filter(({ kind }) => kind === "mean")) {
      const values = study.described(term)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
      for (const [kind, value] of Object.entries({ mean, sd, min: Math.min(...values), max: Math.max(...values) })) {
        const printed = printedRows(3).find((row) => row.term === term && row.kind === kind)!
        // A printed 0.00 leaves half a unit of its last place.
        expect(Math.abs(value - Number(printed.value)), `${kind} of ${term}: ${value}, printed ${printed.value}`).toBeLessThan(
          Math.max(0.1 * Math.abs(Number(printed.value)), 0.01)
        )
      }
    }
  })

  it("has Table 2's weights within .006", () => {
    for (const [name, weight] of study.weights)
      expect(Math.abs(weight - Number(printedRows(2).find(({ kind, term }) => term === name && kind === "weight")!.value)), name).toBeLessThan(0.006)
  })

  it("has the paper's first ten provinces of 2021, in its order", () => {
    const ami = study.modelled("ami")
    const last = all.filter((row) => study.year[row] === 2021).sort((a, b) => ami[b]! - ami[a]!)
    const printed = printedRows("text").filter(({ kind }) => kind === "rank")
    expect(last.slice(0, 10).map((row) => study.entity[row])).toEqual(printed.map(({ label }) => label))
  })

  it("has ami rise with coagglo over all provinces and years, as in Figure 3: a correlation of .14", () => {
    const [x, y] = ["coagglo", "ami"].map((name) => {
      const values = study.modelled(name)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const scale = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0))
      return values.map((value) => (value - mean) / scale)
    })
    expect(x!.reduce((sum, value, row) => sum + value * y![row]!, 0)).toBeCloseTo(0.14, 3)
  })

  const planted: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
    ...["4.1", "4.2", "4.4", "4.5", "7.2", "7.3", "7.4", "9.1", "9.2", "9.3", "9.4", "9.5"].map((id) => [id, [...models[id]!.terms, ...controls]] as const),
    ...[1, 2, 3, 4, 5, 6].map((k) => [`6.${k}`, ["coagglo"]] as const),
    ["10.1", ["icc", "coagglo*icc"]],
    ["10.3", ["icc", "coagglo*icc"]],
    ["10.5", ["uic*icc"]]
  ]
  it.each(planted)("gives the printed coefficients of Table %s within one standard error of its own", (id, terms) => {
    const { inference } = estimated(models[id]!)
    for (const term of terms) {
      const at = inference.terms.indexOf(term)
      const printed = printedValue(id, term, "estimate")
      expect(Math.abs(inference.estimate[at]! - printed) / inference.stdError[at]!, `${term}: ${inference.estimate[at]}, printed ${printed}`).toBeLessThan(1)
    }
  })

  it("gives the printed coefficients of Table 4.3 within one standard error of its own, and the instrumented one with its error", () => {
    const { inference } = instrumented()
    expect(inference.estimate[0]).toBeCloseTo(printedValue("4.3", "coagglo", "estimate"), 2)
    expect(inference.stdError[0]).toBeCloseTo(printedValue("4.3", "coagglo", "std_error"), 2)
    for (const [at, term] of inference.terms.entries())
      expect(Math.abs(inference.estimate[at]! - printedValue("4.3", term, "estimate")) / inference.stdError[at]!, term).toBeLessThan(1)
  })

  it("gives the printed standard errors of Table 4 (1) and of the mediation", () => {
    const errors: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
      ["4.1", ["coagglo", ...controls]],
      ["4.4", ["eg"]],
      ["7.2", ["uic"]],
      ["7.3", ["coagglo"]],
      ["7.4", ["coagglo", "uic"]]
    ]
    for (const [id, terms] of errors) {
      const { inference } = estimated(models[id]!)
      for (const term of terms) expect(inference.stdError[inference.terms.indexOf(term)], `${id} ${term}`).toBeCloseTo(printedValue(id, term, "std_error"), 2)
    }
  })
})

describe("the study on the replica", () => {
  const oracle = JSON.parse(readFileSync("test/oracle/replica-study.json", "utf8"))
  const agrees = (found: number, expected: number, what: string): void =>
    expect(Math.abs(found - expected) / Math.max(1e-6, Math.abs(expected)), `${what}: ${found}, R ${expected}`).toBeLessThan(1e-7)

  it("has R's weights, index and variables", () => {
    for (const [name, weight] of study.weights) agrees(weight, oracle.weights[name], name)
    for (const [name, { max, mean, min, sd }] of Object.entries<Record<string, number>>(oracle.moments)) {
      const values = study.modelled(name)
      const centre = values.reduce((sum, value) => sum + value, 0) / values.length
      agrees(centre, mean!, `mean of ${name}`)
      agrees(Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)), sd!, `sd of ${name}`)
      agrees(Math.min(...values), min!, `min of ${name}`)
      agrees(Math.max(...values), max!, `max of ${name}`)
    }
  })

  it.each(Object.keys(models))("has R's estimates and clustered standard errors in Table %s", (id) => {
    const { inference, nobs } = estimated(models[id]!)
    const expected = oracle.models[id]
    expect(nobs).toBe(expected.nobs)
    expect(inference.terms.slice(0, -1)).toEqual(expected.terms)
    for (const [j, term] of (expected.terms as ReadonlyArray<string>).entries()) {
      agrees(inference.estimate[j]!, expected.estimate[j], term)
      agrees(inference.stdError[j]!, expected.std_error[j], `standard error of ${term}`)
    }
  })

  it("has R's instrumented coefficient", () => agrees(instrumented().inference.estimate[0]!, oracle.iv, "coagglo"))
})

import { type Data, type Fault, many, Stage, type Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "./fail-together.ts"
import { byEntityAndYear } from "./key-order.ts"
import { linkedValue } from "./linked-value.ts"
import { variablesOf } from "./panel-columns.ts"
import { Panel } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

const Link = Schema.Struct({
  variable: VariableName,
  /** The year that both panels have: the earlier one is brought to the level of the later one. */
  year: Schema.Int,
  how: Schema.Literals(["ratio", "difference"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("ratio" as const))),
  reason: Schema.NonEmptyString
})

const AppendParams = Schema.Struct({
  /** What becomes of a cell that two panels have: it is a fault; it may be, with the same value; or the later panel's stands. */
  repeated: Schema.Literals(["fault", "same", "last"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("fault" as const))),
  /** Series of which the level changes from one panel to the next. */
  links: Schema.Array(Link).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

interface Cell {
  readonly value: number
  readonly filled: boolean
  readonly source: string | undefined
  readonly panel: number
}
interface Row {
  readonly entity: string
  readonly year: number
}
const idOf = ({ entity, year }: Row): string => `${year} ${entity}`

const rowsOf = (panel: Tracked<typeof Panel>): ReadonlyArray<Row> => {
  const year = panel.column("year").values
  return panel.column("entity").values.map((entity, i) => ({ entity, year: year[i]! }))
}

/** The cells of a series in an earlier panel at the level that a later panel has in the link's year; an entity without a link is a fault. */
const linked = (
  cells: ReadonlyMap<string, Cell>,
  later: ReadonlyMap<string, Cell>,
  rows: ReadonlyMap<string, Row>,
  { how, reason, variable, year }: typeof Link.Type,
  faults: Array<Fault>
): ReadonlyMap<string, Cell> => {
  const unlinked = new Set<string>()
  const moved = [...cells].map(([id, cell]): readonly [string, Cell] => {
    const { entity } = rows.get(id)!
    const before = cells.get(idOf({ entity, year }))?.value ?? Number.NaN
    const after = later.get(idOf({ entity, year }))?.value ?? Number.NaN
    const value = linkedValue(how, cell.value, before, after)
    if (Number.isNaN(cell.value)) return [id, cell]
    if (!Number.isFinite(value)) unlinked.add(entity)
    return [id, { ...cell, value, filled: true, source: `brought to the level of the next panel in ${year} (${how}): ${reason}` }]
  })
  if (unlinked.size > 0) {
    const expected = `both panels to have ${variable} in ${year}${how === "ratio" ? ", and no 0" : ""}`
    const message = `${variable}: nothing links the two panels for ${[...unlinked].join(", ")}; expected ${expected}: supply the values, choose another year, or leave the link out`
    faults.push({ code: "no-link", message, where: { column: variable, year, expected } })
  }
  return new Map(moved)
}

/**
 * One panel of several that have the same variables for other years or other entities: a variable of two yearbooks, each with a description of its own. Panels
 * stand in the list from the oldest to the newest. Units must be the same; masks are kept, and a linked cell is marked and says how. A variable that only some
 * of them have is missing in the rows of the others.
 */
export const append = Stage.make("append", {
  inputs: { panels: many(Panel) },
  params: AppendParams,
  output: Panel,
  run: ({ panels }, { links, repeated }) =>
    Effect.gen(function* () {
      const faults: Array<Fault> = []
      const rows = new Map<string, Row>()
      const keys = panels.map(rowsOf)
      for (const row of keys.flat()) rows.set(idOf(row), row)
      const names = [...new Set(panels.flatMap(variablesOf))]
      for (const { variable } of links)
        if (!names.includes(variable))
          faults.push({ code: "missing-variable", message: `links: no panel has the variable "${variable}"`, where: { parameter: "links", column: variable } })
      const sorted = [...rows.values()].sort(byEntityAndYear)
      const series = names.map((name): readonly [string, Data<"number">] => {
        const owners = panels.flatMap((panel, i) => (panel.has(name) ? [{ panel, i }] : []))
        const units = [...new Set(owners.map(({ panel }) => panel.column(name).unit).filter((unit) => unit !== ""))]
        if (units.length > 1) {
          const message = `${name}: the panels have it in ${units.map((unit) => `"${unit}"`).join(" and ")}: declare one unit where they are ingested`
          faults.push({ code: "unit-mismatch", message, where: { column: name } })
        }
        const given = owners.map(({ i, panel }) => {
          const { filled, values } = panel.column(name)
          return new Map(
            keys[i]!.map((row, at): readonly [string, Cell] => [idOf(row), { value: values[at]!, filled: filled?.[at] === 1, source: undefined, panel: i }])
          )
        })
        // The newest first: each earlier panel is brought to the level of those after it.
        const joined = new Map<string, Cell>()
        for (const own of [...given].reverse()) {
          const link = links.find(({ variable }) => variable === name)
          const cells = link === undefined || joined.size === 0 ? own : linked(own, joined, rows, link, faults)
          for (const [id, cell] of cells) {
            const later = joined.get(id)
            if (later === undefined || Number.isNaN(later.value)) joined.set(id, cell)
            else if (!Number.isNaN(cell.value) && link === undefined && repeated !== "last" && !(repeated === "same" && later.value === cell.value)) {
              const { entity, year } = rows.get(id)!
              const message = `${name}: ${entity} in ${year} is in panels ${cell.panel + 1} (${cell.value}) and ${later.panel + 1} (${later.value}) of the list: leave one out with subset, or say repeated: "last", or "same" where they must agree`
              faults.push({ code: "repeated-cell", message, where: { column: name, entity, year } })
            }
          }
        }
        const cells = sorted.map((row) => joined.get(idOf(row)))
        const { description } = owners.at(-1)!.panel.column(name)
        return [
          name,
          {
            values: Float64Array.from(cells, (cell) => cell?.value ?? Number.NaN),
            filled: Uint8Array.from(cells, (cell) => (cell?.filled === true ? 1 : 0)),
            source: cells.map((cell) => cell?.source ?? null),
            unit: units[0] ?? "",
            description
          }
        ]
      })
      yield* failTogether(faults)
      return { entity: sorted.map(({ entity }) => entity), year: Int32Array.from(sorted, ({ year }) => year), rest: new Map(series) }
    })
})

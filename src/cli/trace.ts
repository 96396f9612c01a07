import { Effect, Option } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { didYouMean } from "../dag/near-matches.ts"
import { traceCell, traceInputs } from "../engine/lineage/cell-lineage.ts"
import { type MadeNode, madeNodes } from "../engine/lineage/made-node.ts"
import { keysOf, rowOf, variablesOf } from "../engine/lineage/panel-cell.ts"
import type { Installation } from "../engine/study.ts"
import { toType } from "../workspace/command-to-type.ts"
import { CliFailure, usage } from "../workspace/failure.ts"
import { findNode } from "../workspace/node-reference.ts"
import { styleFor } from "../workspace/style.ts"
import { known, openWorkspace, sharedFlags, storeOf } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { traceDocument, traceText } from "./trace-text.ts"
import { wholeNumber } from "./whole-number.ts"

/** What is wrong with the entity, the year and the columns that are asked for, all together. */
const faultsOf = (tables: ReadonlyArray<NonNullable<ReturnType<MadeNode["table"]>>>, entity: string, year: number, columns: ReadonlyArray<string>) => {
  const keys = tables.map(keysOf)
  const entities = [...new Set(keys.flatMap((one) => one.entities))]
  const years = [...new Set(keys.flatMap((one) => one.years))].sort((a, b) => a - b)
  const known = [...new Set(tables.flatMap((table) => variablesOf(table) ?? []))].sort()
  const errors = columns
    .filter((column) => !known.includes(column))
    .map((column) => ({
      code: "unknown-column",
      message: `there is no column "${column}"; ${didYouMean(column, known) || `there are: ${known.join(", ")}`}`.trim()
    }))
  if (!entities.includes(entity))
    errors.push({
      code: "unknown-entity",
      message: `there is no entity "${entity}"; ${didYouMean(entity, entities) || `there are ${entities.length}: ${entities.slice(0, 5).join(", ")}, …`}`.trim()
    })
  else if (!years.includes(year)) errors.push({ code: "unknown-year", message: `there is no year ${year}; there are ${years[0]} to ${years.at(-1)}` })
  else if (tables.every((table) => rowOf(table, { entity, year }) === -1)) errors.push({ code: "no-row", message: `there is no row of ${entity} in ${year}` })
  return errors
}

/** The entity that a text names: itself, or one that a dictionary among the nodes knows by it. */
const entityNamed = (made: ReadonlyArray<MadeNode | undefined>, text: string): string => {
  for (const one of made)
    for (const [output, type] of Object.entries(one?.node.outputs ?? {})) {
      const table = type === "Entities" ? one!.table(output) : undefined
      const names = table?.columns.find(({ name }) => name === "entity")?.values as ReadonlyArray<string> | undefined
      if (table === undefined || names === undefined || names.includes(text)) continue
      const owners = new Set(
        table.columns
          .filter(({ kind }) => kind === "category")
          .flatMap(({ values }) =>
            Array.from(values as ReadonlyArray<string>).flatMap((value, row) => (value === text || value.split("|").includes(text) ? [names[row]!] : []))
          )
      )
      if (owners.size === 1) return [...owners][0]!
    }
  return text
}

/** `sediment trace NODE --entity … --year …`: from what a node took in back to the cells of the files. */
export const trace = (installation: Installation) =>
  Command.make(
    "trace",
    {
      ...sharedFlags,
      node: Argument.String("node").pipe(Argument.withDescription("[study:]node[.output]: a panel, or a model that read one")),
      entity: Flag.String("entity").pipe(Flag.withMetavar("NAME"), Flag.withDescription("as the study names it")),
      year: wholeNumber("year").pipe(Flag.withMetavar("YEAR"), Flag.withDescription("the data year")),
      column: Flag.String("column").pipe(
        Flag.withMetavar("NAME"),
        Flag.withDescription("only this column; may be given more than once (default: all)"),
        Flag.atLeast(0)
      ),
      depth: wholeNumber("depth").pipe(Flag.withMetavar("N"), Flag.withDescription("at most so many steps back"), Flag.optional)
    },
    Effect.fn(function* (flags) {
      const workspace = yield* openWorkspace(flags, installation)
      const one = yield* findNode(workspace.studies, flags.node)
      const { node, study } = one
      const output = one.output ?? Object.keys(node.outputs)[0]!
      const nodes = yield* Effect.flatMap(known, (store) => madeNodes(study, node.name, store)).pipe(Effect.provide(storeOf(workspace)))
      workspace.remember()
      const made = nodes(node.name)
      const table = made?.table(output)
      if (made === undefined || table === undefined)
        return yield* usage("never-ran", `${node.name} has no artifact that can be read: ${toType("run", flags.node)}`, { node: node.name })
      const key = {
        entity: entityNamed(
          study.graph.nodes.map(({ name }) => nodes(name)),
          flags.entity
        ),
        year: flags.year
      }
      const own = variablesOf(table)
      const upstream = made.reads.flatMap((read) => nodes(read.node)?.table(read.output) ?? []).filter((one) => variablesOf(one) !== undefined)
      const isPanel = own !== undefined && own.length > 0
      if (!isPanel && upstream.length === 0)
        return yield* usage("no-panel", `${node.name} is no panel, and read none: nothing of it is of one entity and year`, { node: node.name })
      const errors = faultsOf(isPanel ? [table] : [...new Set(upstream)], key.entity, flags.year, flags.column)
      if (errors.length > 0) return yield* new CliFailure({ exitCode: 2, errors: errors.map((one) => ({ ...one, where: { node: node.name, ...key } })) })
      const told = new Set<string>()
      const columns = isPanel ? own.filter((name) => flags.column.length === 0 || flags.column.includes(name)) : []
      const traced = isPanel
        ? { cells: columns.flatMap((name) => traceCell(nodes, node.name, output, name, key, told) ?? []), besides: [] }
        : traceInputs(nodes, node.name, flags.column, key)
      const stale = study.graph.nodes.map(({ name }) => nodes(name)).filter((one): one is MadeNode => one !== undefined && !one.fresh)
      const depth = Option.getOrElse(flags.depth, () => Number.POSITIVE_INFINITY)
      if (flags.json)
        return printDocument({
          study: study.graph.study,
          node: node.name,
          output,
          ...key,
          stale: stale.map((one) => one.node.name),
          cells: traced.cells.map((cell) => traceDocument(cell, depth)),
          besides: traced.besides
        })
      if (stale.length > 0)
        process.stderr.write(`sediment: not up to date: ${stale.map((one) => one.node.name).join(", ")}; these are the artifacts of before\n`)
      process.stdout.write(traceText(isPanel ? undefined : node.name, key, traced, depth, styleFor(process.stdout)))
    })
  ).pipe(
    Command.withDescription(
      "follow an entity's year from a node back to the files: the cells that it is made of, how filled ones were filled, and the file, sheet and cell of each"
    )
  )

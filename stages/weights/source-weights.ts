import { type Fault, nearMatches, type SourceFile, Stage, StageFailure } from "@sediment/sediment"
import { Effect } from "effect"
import { Fault as EstimatorFault, resultOrFault } from "../../src/econometrics/fault.ts"
import { FileFault } from "../../src/econometrics/spatial/weights/file-fault.ts"
import { selectEntities, type WeightsMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { failTogether } from "../fail-together.ts"
import type { EntityNames } from "../ingest/entity-names.ts"

/** Reads what a file has of weights; all that is wrong in it is told with the file's path and line. */
export const readSource = <A>({ path }: SourceFile, read: () => A): Effect.Effect<A, StageFailure> =>
  Effect.suspend(() => {
    const result = resultOrFault(read)
    if (!(result instanceof EstimatorFault)) return Effect.succeed(result)
    if (!(result instanceof FileFault)) return Effect.fail(StageFailure.of(result.code, `${path}: ${result.message}`, { file: path }))
    const faults = result.faults.map(
      ({ code, line, message }): Fault => ({
        code,
        message: `${path}, ${message}`,
        where: { file: path, ...(line === undefined ? {} : { row: line }) }
      })
    )
    return Effect.flatMap(failTogether(faults), () => Effect.die("a FileFault without a fault"))
  })

const listed = 10
const few = (texts: ReadonlyArray<string>): string => `${texts.slice(0, listed).join(", ")}${texts.length > listed ? ` and ${texts.length - listed} more` : ""}`

/**
 * The part of a file's weights that the panel's entities have, in their order. The file may call them by any name of the dictionary, and have further ones, which are left out and told.
 * A name of two entities, two names of one, and (unless `lackingIs` "island") entities of the panel that the file lacks are faults, all together.
 */
export const ofThePanel = (
  path: string,
  weights: WeightsMatrix,
  names: EntityNames,
  entities: ReadonlyArray<string>,
  lackingIs: "fault" | "island"
): Effect.Effect<WeightsMatrix, StageFailure> =>
  Effect.gen(function* () {
    const faults: Array<Fault> = []
    const owners = new Map<string, string>()
    const unknown: Array<string> = []
    const renamed = weights.entities.map((text) => {
      const [entity, ...others] = names.named(text)
      if (entity === undefined) unknown.push(text)
      else if (others.length > 0)
        faults.push({
          code: "ambiguous-entity",
          message: `${path}: "${text}" is a name of ${[entity, ...others].join(" and ")}; name one of them`,
          where: { file: path, value: text }
        })
      else if (owners.has(entity))
        faults.push({
          code: "entity-twice",
          message: `${path}: "${owners.get(entity)}" and "${text}" are both ${entity}; take one out`,
          where: { file: path, entity, value: text }
        })
      else {
        owners.set(entity, text)
        return entity
      }
      // No entity has this name, since none is empty.
      return ""
    })
    const lacking = entities.filter((entity) => !owners.has(entity))
    if (lackingIs === "fault")
      for (const entity of lacking) {
        const near = nearMatches(entity, unknown)
        const alias = unknown.map((text) => names.elsewhere(text)).find((other) => other?.entity === entity)
        const remedy =
          alias?.advice ?? (near.length > 0 ? `did you mean its ${near.map((name) => `"${name}"`).join(" or ")}?` : "add it there, or leave it out with subset")
        faults.push({ code: "lacking-entity", message: `${path}: ${entity} of the panel is not in it; ${remedy}`, where: { file: path, entity } })
      }
    yield* failTogether(faults)
    if (unknown.length > 0)
      yield* Stage.warn({
        code: "unknown-names",
        message: `${path}: ${unknown.length === 1 ? "1 name is" : `${unknown.length} names are`} not in the dictionary of entities and left out: ${few(unknown.map((text) => `"${text}"`))}`,
        where: { file: path }
      })
    if (lackingIs === "island" && lacking.length > 0)
      yield* Stage.warn({ code: "lacking-entities", message: `${path}: without any link there: ${few(lacking)}`, where: { file: path } })
    return selectEntities({ ...weights, entities: renamed }, entities)
  })

import fc from "fast-check"
import { applyEdit, type Params, type StudyEdit } from "./edits.ts"
import { COLUMNS } from "./stages.ts"
import type { SourceSpec, StudySpec } from "./study-spec.ts"

/** What is done to the cache and not to the study: to one of the artifacts of the last run. */
export interface CacheEdit {
  readonly edit: "lose" | "damage"
  readonly artifact: number
}
/** Back to the study as it was so many runs ago. */
export interface Undo {
  readonly edit: "undo"
  readonly runs: number
}
export type Edit = StudyEdit | CacheEdit | Undo

const choice = fc.nat({ max: 30 })
// Mostly what was made last, so that studies are deep.
const wires = fc.array(fc.oneof({ arbitrary: fc.nat({ max: 2 }), weight: 2 }, { arbitrary: choice, weight: 1 }), { minLength: 3, maxLength: 3 })
const cell = fc.oneof({ arbitrary: fc.nat({ max: 4 }), weight: 9 }, { arbitrary: fc.constant(null), weight: 1 })
const unit = fc.constantFrom("", "yuan", "people")
const description = fc.constantFrom("", "as printed")
const note = fc.option(fc.constantFrom("synthetic", "draft"), { nil: undefined })
// Most stages make a column "a".
const column = fc.oneof({ arbitrary: fc.constant("a" as const), weight: 2 }, { arbitrary: fc.constantFrom(...COLUMNS), weight: 3 })
const params: fc.Arbitrary<Params> = fc.record({ column, other: column, by: fc.nat({ max: 2 }), stream: fc.nat({ max: 1 }) })

const sourceAt = (path: string): fc.Arbitrary<SourceSpec> =>
  fc.integer({ min: 1, max: 3 }).chain((rows) => {
    const length = { minLength: rows, maxLength: rows }
    const cells = fc.record({ values: fc.array(cell, length), filled: fc.array(fc.nat({ max: 1 }), length), unit, description })
    const label = fc.array(fc.option(fc.constantFrom("north", "south")), length)
    const columns = fc.dictionary(fc.constantFrom(...COLUMNS), cells, { minKeys: 2 })
    return fc.record({ path: fc.constant(path), note, there: fc.constant(true), content: fc.record({ label, columns }) })
  })

const edit = <const E extends StudyEdit["edit"]>(
  name: E,
  rest: { readonly [K in Exclude<keyof Extract<StudyEdit, { readonly edit: E }>, "edit">]: fc.Arbitrary<Extract<StudyEdit, { readonly edit: E }>[K]> }
): fc.Arbitrary<StudyEdit> => fc.record({ edit: fc.constant(name), ...rest }) as unknown as fc.Arbitrary<StudyEdit>

// A new node mostly stands last.
const add = edit("add", { stage: choice, at: fc.oneof({ arbitrary: fc.constant(100), weight: 3 }, { arbitrary: choice, weight: 1 }), wires, params })
const node = choice
const source = choice
export const studyEdit: fc.Arbitrary<StudyEdit> = fc.oneof(
  edit("cell", { source, column: choice, row: choice, value: cell }),
  edit("filled", { source, column: choice, row: choice }),
  edit("words", { source, column: choice, unit, description }),
  edit("column", { source, column }),
  edit("row", { source, grow: fc.boolean() }),
  edit("note", { source, note }),
  edit("file", { source }),
  edit("seed", { seed: fc.nat({ max: 1 }) }),
  edit("code", { node, version: fc.nat({ max: 2 }) }),
  edit("parameters", { node, params }),
  add,
  edit("remove", { node }),
  edit("rename", { node, name: fc.constantFrom("renamed", "key[0]", "key[1]") }),
  edit("swap names", { node, other: choice }),
  edit("rewire", { node, wires }),
  edit("swap inputs", { node }),
  edit("list", { node, wires, longer: fc.boolean() }),
  edit("reorder", { node }),
  edit("targets", { targets: fc.array(choice, { maxLength: 2 }), look: fc.boolean() })
)
export const cacheEdit: fc.Arbitrary<CacheEdit> = fc.record({ edit: fc.constantFrom("lose" as const, "damage" as const), artifact: choice })
const undo: fc.Arbitrary<Undo> = fc.record({ edit: fc.constant("undo" as const), runs: fc.integer({ min: 1, max: 4 }) })
export const anyEdit: fc.Arbitrary<Edit> = fc.oneof({ arbitrary: studyEdit, weight: 12 }, { arbitrary: cacheEdit, weight: 4 }, { arbitrary: undo, weight: 3 })

/** A study of two files and of 1 to `size` nodes, all of them targets. */
export const studyOf = (size: number): fc.Arbitrary<StudySpec> =>
  fc
    .record({ sources: fc.tuple(sourceAt("one.json"), sourceAt("two.json")), nodes: fc.array(add, { minLength: 1, maxLength: size, size: "max" }) })
    .map(({ nodes, sources }) =>
      nodes.reduce(applyEdit, { seed: 0, sources, nodes: [], added: 0, versions: {}, targets: [], look: false } satisfies StudySpec as StudySpec)
    )

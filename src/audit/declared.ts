import { Effect, Schema } from "effect"

/** What is said of the models of some columns. */
const ModelSchema = Schema.Struct({
  columns: Schema.Array(Schema.String),
  /** What the paper says its standard errors are. */
  variance: Schema.optionalKey(Schema.Literals(["iid", "robust", "clustered", "bootstrap"])),
  /** What the paper says its brackets hold. */
  brackets: Schema.optionalKey(Schema.Literals(["std_error", "statistic"])),
  clusters: Schema.optionalKey(Schema.Int),
  entities: Schema.optionalKey(Schema.Int),
  years: Schema.optionalKey(Schema.Int),
  /** Parameters beyond the printed terms, such as absorbed effects. */
  absorbed: Schema.optionalKey(Schema.Int),
  instruments: Schema.optionalKey(Schema.Int),
  endogenous: Schema.optionalKey(Schema.Int),
  /** Which variable is explained, where the heading does not name it. */
  dependent: Schema.optionalKey(Schema.String)
})
export type Model = Partial<(typeof ModelSchema)["Type"]>

/** What it is where it fails. */
const verdictIfNot = Schema.Literals(["contradiction", "doubt"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("contradiction" as const)))

const Relation = Schema.Struct({
  says: Schema.String,
  left: Schema.String,
  right: Schema.String,
  /** `at most`: the left side is not above the right one. */
  compare: Schema.Literals(["equal", "at most"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("equal" as const))),
  /** A doubt where the relation is one of large samples, or of a convention. */
  verdict: verdictIfNot,
  source: Schema.optionalKey(Schema.String)
})

/** What a claim can need, by the names that each form has. A level may stand beside `sign` and `larger`. */
const FORMS = [["cell", "sign"], ["cell", "insignificant"], ["column", "heading"], ["overidentified"], ["larger", "smaller"], ["printed"]] as const
const WITH_LEVEL: ReadonlyArray<string> = ["sign", "larger"]

// One structure with a check, since a union of structures would tell every form's faults at once.
const NeedFields = Schema.Struct({
  cell: Schema.optionalKey(Schema.String),
  sign: Schema.optionalKey(Schema.Literals(["positive", "negative"])),
  level: Schema.optionalKey(Schema.Number),
  insignificant: Schema.optionalKey(Schema.Number),
  column: Schema.optionalKey(Schema.String),
  heading: Schema.optionalKey(Schema.String),
  overidentified: Schema.optionalKey(Schema.String),
  larger: Schema.optionalKey(Schema.String),
  smaller: Schema.optionalKey(Schema.String),
  printed: Schema.optionalKey(Schema.String)
}).check(
  Schema.makeFilter((need) => {
    const names = Object.keys(need).filter((name) => name !== "level")
    const form = FORMS.find((one) => one.length === names.length && one.every((name) => names.includes(name)))
    const levelFits = !("level" in need) || names.some((name) => WITH_LEVEL.includes(name))
    return (
      (form !== undefined && levelFits) ||
      `Expected one of { cell, sign, level }, { cell, insignificant }, { column, heading }, { overidentified }, { larger, smaller, level }, { printed }`
    )
  })
)

/** One thing that a claim needs of the printed numbers. */
export type Need =
  | { readonly cell: string; readonly sign: "positive" | "negative"; readonly level?: number }
  | { readonly cell: string; readonly insignificant: number }
  | { readonly column: string; readonly heading: string }
  | { readonly overidentified: string }
  | { readonly larger: string; readonly smaller: string; readonly level?: number }
  | { readonly printed: string }

/** A claim's needs as the forms that their check has found them to be. */
export const needsOf = (claim: Declared["claims"][number]): ReadonlyArray<Need> => claim.needs as ReadonlyArray<Need>

/** An audit file: which printed numbers, what the paper says of them, and what ought to hold between them. docs/audit.md explains each. */
export const Declared = Schema.Struct({
  paper: Schema.String,
  source: Schema.optionalKey(Schema.String),
  cells: Schema.Array(Schema.String),
  levels: Schema.Array(Schema.Number).pipe(Schema.withDecodingDefaultKey(Effect.succeed([0.1, 0.05, 0.01]))),
  models: Schema.Array(ModelSchema).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  /** Names for formulas, so that relations over many numbers can be read. */
  values: Schema.Array(Schema.Struct({ name: Schema.String, is: Schema.String })).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  relations: Schema.Array(Relation).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  tests: Schema.Array(Schema.Struct({ cell: Schema.String, against: Schema.Array(Schema.String), of: Schema.optionalKey(Schema.String) })).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed([]))
  ),
  effects: Schema.Array(
    Schema.Struct({
      main: Schema.String,
      lagged: Schema.String,
      prefix: Schema.String,
      direct: Schema.String,
      indirect: Schema.String,
      total: Schema.String,
      rho: Schema.String
    })
  ).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  minima: Schema.Array(
    Schema.Struct({
      cell: Schema.String,
      above: Schema.Number.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0))),
      because: Schema.String,
      verdict: verdictIfNot
    })
  ).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  /** `verdict: doubt` where the sentence can be read in a way that the numbers allow; `but` says which. */
  claims: Schema.Array(
    Schema.Struct({ says: Schema.String, where: Schema.String, needs: Schema.Array(NeedFields), verdict: verdictIfNot, but: Schema.optionalKey(Schema.String) })
  ).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  /** What a reader saw in equations and sentences, which nothing is computed for. */
  notes: Schema.Array(Schema.Struct({ says: Schema.String, where: Schema.String, because: Schema.optionalKey(Schema.String) })).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed([]))
  )
})
export type Declared = (typeof Declared)["Type"]

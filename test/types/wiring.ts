// Compile-time tests: `tsc` fails where a wrong wiring is accepted (an unused @ts-expect-error is an error) and where a right one is refused.
import { anyTable, category, Dag, type Fault, File, Files, integer, many, nullable, number, openTable, Stage, table, text } from "@sediment/sediment"
import { Effect, Schedule, Schema } from "effect"

const Raw = openTable("Raw", { entity: category(), year: integer(), gov: number("%") }, nullable(number()))
const Weights = table("Weights", { indicator: text(), weight: number() })

const ingest = Stage.make("ingest", {
  inputs: { file: File },
  params: Schema.Struct({ unit: Schema.String }),
  output: Raw,
  run: ({ file }, { unit }) =>
    Effect.succeed({
      entity: [file.path, null],
      year: new Int32Array(2),
      gov: { values: new Float64Array(2), unit },
      rest: new Map([["x", { values: new Float64Array(2) }]])
    })
})
const external = Stage.command("external", {
  inputs: { script: File, raw: Raw },
  params: Schema.Struct({ variable: Schema.String }),
  columns: ({ variable }) => ({ raw: ["entity", variable] }),
  command: ["sh", "{script}"],
  output: Weights
})
// @ts-expect-error a file has no columns
Stage.command("no-columns", { inputs: { script: File }, params: Schema.Struct({}), columns: { script: ["a"] }, command: ["sh"], output: Weights })
// @ts-expect-error a command has a program
Stage.command("no-program", { inputs: {}, params: Schema.Struct({}), command: [], output: Weights })
const readAll = Stage.make("read-all", {
  inputs: { books: Files },
  params: Schema.Struct({}),
  output: Weights,
  run: ({ books }) => Effect.succeed({ indicator: books.map(({ path }) => path), weight: Float64Array.from(books, ({ bytes }) => bytes.length) })
})
const weigh = Stage.make("weigh", {
  inputs: { raw: Raw },
  params: Schema.Struct({
    scope: Schema.Literals(["pooled", "by-year"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("pooled" as const))),
    indicators: Schema.Array(Schema.String)
  }),
  output: Weights,
  run: ({ raw }, { indicators, scope }) =>
    Effect.sync(() => {
      const year: Int32Array = raw.column("year").values
      const further: Float64Array = raw.column("any further column").values
      const gov: Float64Array = raw.column("gov").values
      // @ts-expect-error an integer column is not a number column
      const wrong: Float64Array = raw.column("year").values
      const which: "pooled" | "by-year" = scope
      return { indicator: indicators, weight: [year, further, gov, wrong, which].length > 0 ? new Float64Array() : gov }
    })
})
const compare = Stage.make("compare", {
  inputs: { weights: many(Weights) },
  params: Schema.Struct({}),
  output: { best: Weights, worst: Weights },
  run: ({ weights }) =>
    Effect.sync(() => {
      // @ts-expect-error a closed table has no other columns
      weights[0]?.column("wieght")
      return { best: { indicator: [], weight: new Float64Array() }, worst: { indicator: [], weight: new Float64Array() } }
    })
})
const split = Stage.make("split", {
  inputs: { raw: Raw },
  params: Schema.Struct({}),
  output: { output: Raw, beside: Weights },
  run: () =>
    Effect.succeed({
      output: { entity: [], year: new Int32Array(), gov: new Float64Array(), rest: new Map() },
      beside: { indicator: [], weight: new Float64Array() }
    })
})

Stage.make("lacks-a-column", {
  inputs: {},
  params: Schema.Struct({}),
  output: Weights,
  // @ts-expect-error the output lacks the column weight
  run: () => Effect.succeed({ indicator: [] })
})
Stage.make("function-as-parameter", {
  inputs: {},
  // @ts-expect-error parameters are JSON: a function is not
  params: Schema.Struct({ f: Schema.declare((x): x is () => void => typeof x === "function") }),
  output: Weights,
  run: () => Effect.succeed({ indicator: [], weight: new Float64Array() })
})

const one = { inputs: {}, params: Schema.Struct({}), output: Weights, run: () => Effect.succeed({ indicator: [], weight: new Float64Array() }) }
Stage.make("policies", { ...one, retry: Schedule.exponential("1 second"), timeout: "5 minutes", concurrency: 1 })
// The schedule may look at the faults.
Stage.make("retry-by-fault", {
  ...one,
  retry: Schedule.recurs(3).pipe(Schedule.while(({ input }: { input: ReadonlyArray<Fault> }) => input[0]?.code === "timeout"))
})
// @ts-expect-error parsecs are no time
Stage.make("timeout-of-length", { ...one, timeout: "5 parsecs" })
// @ts-expect-error a number of attempts is a schedule: Schedule.recurs(3)
Stage.make("retry-of-number", { ...one, retry: 3 })

export default Dag.make("types", (dag) => {
  const raw = dag.node("raw", ingest, { file: dag.source("x.csv") }, { unit: "%" })
  const weights = dag.node("weights", weigh, { raw }, { indicators: ["x"] })
  const both = dag.node("both", compare, { weights: [weights, weights] })
  dag.node("more", compare, { weights: [both.best, both.worst] })
  dag.node("folder", readAll, { books: dag.folder("data", { match: "*.csv" }) })
  dag.node("one-file", readAll, { books: dag.source("x.csv") })
  dag.node("some-files", readAll, { books: [dag.source("x.csv"), dag.source("y.csv")] })
  // @ts-expect-error a folder is not a file
  dag.node("no-file", ingest, { file: dag.folder("data") }, { unit: "%" })
  // @ts-expect-error an output is no files
  dag.node("no-files", readAll, { books: weights })
  // @ts-expect-error a folder is no table
  dag.node("no-table", weigh, { raw: dag.folder("data") }, { indicators: [] })
  // @ts-expect-error a Weights is not a Raw
  dag.node("a", weigh, { raw: weights }, { indicators: [] })
  // @ts-expect-error there is no input "rwa"
  dag.node("b", weigh, { rwa: raw }, { indicators: [] })
  // @ts-expect-error indicators has no default
  dag.node("c", weigh, { raw })
  // @ts-expect-error "poled" is no scope
  dag.node("d", weigh, { raw }, { indicators: [], scope: "poled" })
  // @ts-expect-error there is no parameter "sift"
  dag.node("e", weigh, { raw }, { indicators: [], sift: 1 })
  // @ts-expect-error an input is missing
  dag.node("f", weigh, {}, { indicators: [] })
  // @ts-expect-error a node of two outputs is not an output
  dag.node("g", weigh, { raw: both }, { indicators: [] })
  // @ts-expect-error a table is not a file
  dag.node("h", ingest, { file: raw }, { unit: "" })
  // @ts-expect-error a list is wanted
  dag.node("i", compare, { weights })
  // A node whose stage has an output called "output" is that output, and has the others by name.
  const main = dag.node("main", split, { raw })
  dag.node("main-itself", weigh, { raw: main }, { indicators: [] })
  dag.node("main-beside", compare, { weights: [main.beside] })
  // @ts-expect-error the output that the node stands for is a Raw
  dag.node("main-wrong", compare, { weights: [main] })
  // A command is its output, and has its log beside it.
  const told = dag.node("told", external, { script: dag.source("x.sh"), raw }, { variable: "x" })
  dag.node("told-output", compare, { weights: [told] })
  // @ts-expect-error a log is no Weights
  dag.node("told-log", compare, { weights: [told.log] })
  // @ts-expect-error a script is a file
  dag.node("told-wrong", external, { script: raw, raw }, { variable: "x" })
  // A list gives a list of the same length, a record a record of the same keys.
  const [first, second] = dag.map(["x", "y"], (name, one) => one.node("w", weigh, { raw }, { indicators: [name] }))
  dag.node("j", compare, { weights: [first, second] })
  const sets = dag.map({ small: { indicators: ["x"], by: 2 }, large: { indicators: ["x", "y"], by: 5 } }, ({ by, indicators }, one, size) => {
    const key: "small" | "large" = size
    const step: number = by
    const blocks = one.map([0, step], (from: number, block) => block.node("block", weigh, { raw }, { indicators: [`${key} ${from}`] }))
    return { set: one.node("set", weigh, { raw }, { indicators }), best: one.node("best", compare, { weights: blocks }).best }
  })
  dag.node("k", compare, { weights: [sets.small.set, sets.large.best] })
  // @ts-expect-error there is no item "medium"
  dag.node("l", compare, { weights: [sets.medium.set] })
  // @ts-expect-error the list has two items
  dag.node("m", weigh, { raw: first[2] }, { indicators: [] })
  // @ts-expect-error a Weights is not a Raw in a map either
  dag.map([1], (n, one) => one.node("o", weigh, { raw: weights }, { indicators: [String(n)] }))
  // @ts-expect-error a list of outputs has no content to name nodes by: a record has keys
  dag.map([raw, raw], (panel, one) => one.node("p", weigh, { raw: panel }, { indicators: [] }))
  dag.map({ a: raw, b: raw }, (panel, one) => one.node("p", weigh, { raw: panel }, { indicators: [] }))
  // Any output fits an input of any type, a file does not.
  const measure = Stage.make("measure", {
    inputs: { of: anyTable },
    params: Schema.Struct({}),
    output: Weights,
    run: ({ of }) => Effect.sync(() => ({ indicator: [of.names.join()], weight: Float64Array.of(of.rows) }))
  })
  dag.node("q", measure, { of: raw })
  dag.node("r", measure, { of: weights })
  // @ts-expect-error a file is not a table
  dag.node("s", measure, { of: dag.source("a.csv") })
  return { weights, both }
})

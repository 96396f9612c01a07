/** A study whose every text tries to be more than text. */
export const HOSTILE = `<img src=x onerror="globalThis.hit=1"><script>globalThis.hit=1</script></textarea></title>"'><a href="javascript:globalThis.hit=1">\u202Eexe.txt`

const literal = JSON.stringify(HOSTILE).replaceAll("</", "<\\/")

export const hostileStudy: Readonly<Record<string, string>> = {
  "dag.ts": `/** ${HOSTILE.replaceAll("*/", "")} */
import { Dag } from "@sediment/sediment"
import { failing, hostile, passed } from "./stages/hostile.ts"

const HOSTILE = ${literal}

export default Dag.make("hostile", (dag) => {
  const panel = dag.node("panel", hostile, { file: dag.source("data/words.csv", { note: HOSTILE }) }, { word: HOSTILE })
  const item = dag.node(\`item[\${HOSTILE}]\`, passed, { table: panel }, { column: HOSTILE })
  const failed = dag.node("failed", failing, { table: panel })
  return { panel, item, failed }
})
`,
  "stages/hostile.ts": `import { File, Stage, StageFailure, integer, nullable, openTable, text } from "@sediment/sediment"
import { Effect, Schema } from "effect"

const HOSTILE = ${literal}
const Words = openTable("Words", { entity: text("", HOSTILE), year: integer() }, nullable(text()))

export const hostile = Stage.make("hostile", {
  inputs: { file: File },
  params: Schema.Struct({ word: Schema.String }),
  output: Words,
  run: ({ file }, { word }) =>
    Effect.gen(function* () {
      yield* Stage.warn({ code: "hostile", message: word + file.bytes.length })
      const rest = new Map([
        [word, { values: [word, null], unit: word, description: word }],
        ["long", { values: ["x".repeat(1_000_000), word.repeat(5000)] }]
      ])
      return { entity: [word, "b"], year: Int32Array.of(2000, 2001), rest }
    })
})

export const passed = Stage.make("passed", {
  inputs: { table: Words },
  params: Schema.Struct({ column: Schema.String }),
  output: Words,
  run: ({ table }, { column }) => Effect.sync(() => ({ entity: table.column("entity").values, year: Int32Array.of(1, 2), rest: new Map([[column, { values: table.column(column).values }]]) }))
})

export const failing = Stage.make("failing", {
  inputs: { table: Words },
  params: Schema.Struct({}),
  output: Words,
  run: ({ table }) => StageFailure.of("hostile", HOSTILE + table.rows, { file: HOSTILE })
})
`,
  "data/words.csv": "a\n1\n"
}

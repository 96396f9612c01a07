import type { Files } from "../../temporary-folder.ts"

const packageJson = (name: string, version: string, more: object = {}) => JSON.stringify({ name, version, type: "module", exports: "./index.js", ...more })

/** A study of four stages in three files: a chain of helpers three imports long, a shared helper, a JSON file, and a package that needs another. */
export const study: Files = {
  "package.json": JSON.stringify({ name: "a-study", type: "module" }),
  "package-lock.json": JSON.stringify({
    lockfileVersion: 3,
    packages: {
      "": { dependencies: { reader: "^1.0.0", other: "^1.0.0" } },
      "node_modules/reader": { version: "1.0.0", integrity: "sha512-reader", dependencies: { decoder: "^1.0.0" } },
      "node_modules/decoder": { version: "1.1.0", integrity: "sha512-decoder" },
      "node_modules/other": { version: "1.0.0", integrity: "sha512-other" }
    }
  }),
  "node_modules/reader/package.json": packageJson("reader", "1.0.0"),
  "node_modules/reader/index.js": 'export const read = (text) => text.split("\\n")',
  "node_modules/other/package.json": packageJson("other", "1.0.0"),
  "node_modules/other/index.js": "export const other = 1",
  "dag.ts": `import { Dag } from "@sediment/sediment"
import { first } from "./stages/first.ts"
import { second } from "./stages/second.ts"
import { third, fourth } from "./stages/pair.ts"
export default Dag.make("study", (dag) => ({ first, second, third, fourth, dag }))
`,
  "stages/first.ts": `import { Effect, Schema } from "effect"
import { Stage } from "@sediment/sediment"
import { one } from "../lib/one.ts"
import { read } from "reader"
// the first stage
export const first = Stage.make("first", { inputs: {}, params: Schema.Struct({}), output: {} as never, run: () => Effect.succeed({ x: one(read("a")) } as never) })
`,
  "stages/second.ts": `import { Effect, Schema } from "effect"
import { Stage } from "@sediment/sediment"
import { shared } from "../lib/shared.ts"
import settings from "../lib/settings.json" with { type: "json" }
export const second = Stage.make("second", { inputs: {}, params: Schema.Struct({}), output: {} as never, run: () => Effect.succeed({ x: shared(settings.tolerance) } as never) })
`,
  "stages/pair.ts": `import { Effect, Schema } from "effect"
import { Stage } from "@sediment/sediment"
import { shared } from "../lib/shared.ts"
const only = (x: number) => x + 3
export const third = Stage.make("third", { inputs: {}, params: Schema.Struct({}), output: {} as never, run: () => Effect.succeed({ x: only(3) } as never) })
export const fourth = Stage.make("fourth", { inputs: {}, params: Schema.Struct({}), output: {} as never, run: () => Effect.succeed({ x: shared(4) } as never) })
`,
  "lib/one.ts": `import { two } from "./two.ts"
export interface Row { readonly text: string }
export const one = (rows: ReadonlyArray<string>): number => {
  const n = rows.length
  return two(n) + 1
}
`,
  "lib/two.ts": `import { three } from "./three.ts"
export function two(n: number): number { return three(n) * 2 }
`,
  "lib/three.ts": `const x = 3
export const unused = 5
export const three = (n: number): number => n + x
`,
  "lib/shared.ts": `const x = 7
export const shared = (n: number): number => n * x
`,
  "lib/settings.json": '{ "tolerance": 0.001, "steps": [1, 2] }'
}

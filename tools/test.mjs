// `npm test`: sets up, then lints, type-checks, looks for what is unused, and runs the tests.

import path from "node:path"
import { must, root, setup } from "./setup.mjs"

setup()
const bin = (name) => path.join(root, "node_modules", ".bin", name)
const steps = [
  ["biome", ["check", "--error-on-warnings"]],
  ["tsc", ["-p", "."]],
  ["tsc", ["-p", "src/studio/page"]],
  ["knip", []],
  ["vitest", ["run", ...process.argv.slice(2)]]
]
for (const [name, args] of steps) {
  console.error(`\n${name} ${args.join(" ")}`)
  must(bin(name), args)
}

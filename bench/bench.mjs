// `npm run bench -- NAME [ARGS]`: runs bench/NAME.ts; without a name, says which there are. Timings of a machine under load are worth their ratios only.
import { readdirSync } from "node:fs"
import path from "node:path"
import { must, root, setup } from "../tools/setup.mjs"

const names = readdirSync(path.join(root, "bench"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3))
const [name, ...args] = process.argv.slice(2)
if (!names.includes(name)) {
  console.error(`npm run bench -- NAME; the benchmarks are: ${names.join(", ")}`)
  process.exit(2)
}
setup()
must("node", [path.join(root, "bench", `${name}.ts`), ...args])

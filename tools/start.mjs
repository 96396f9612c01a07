// `npm start`: sets up, then runs both studies of the repository.
import path from "node:path"
import { must, root, setup } from "./setup.mjs"

setup()
must(process.execPath, [path.join(root, "dist", "cli.mjs"), "run", "--study", "dag.ts", "--study", "examples/us-states/dag.ts", ...process.argv.slice(2)])

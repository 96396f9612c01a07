// `npm start`: sets up, then runs both studies of the repository.
import { must, nodeFor, root, setup } from "./setup.mjs"
import path from "node:path"

setup()
must(nodeFor(), [path.join(root, "dist", "cli.mjs"), "run", "--study", "dag.ts", "--study", "examples/us-states/dag.ts", ...process.argv.slice(2)])

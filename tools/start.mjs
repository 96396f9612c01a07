// `npm start`: sets up, then runs both studies of the repository.

import path from "node:path"
import { must, nodeFor, root, setup } from "./setup.mjs"

setup()
must(nodeFor(), [path.join(root, "dist", "cli.mjs"), "run", "--study", "dag.ts", "--study", "examples/us-states/dag.ts", ...process.argv.slice(2)])

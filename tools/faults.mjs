// `npm run faults -- KIND [ROUNDS] [--seed S] [--json]`: sets up, then does harm to real runs and their caches (test/faults/command.ts says what there is).
import path from "node:path"
import { must, root, setup } from "./setup.mjs"

setup()
must("node", [path.join(root, "test", "faults", "command.ts"), ...process.argv.slice(2)])

/** A process that runs the study in a folder. Arguments: the folder; the run's name. FAULTY_FS says what happens to it. Prints the code of each committed trace. */
import "../../store/faulty-fs.ts"
import { Effect } from "effect"
import { runOnce } from "./run-once.ts"

const [folder = "", run = ""] = process.argv.slice(2)
await Effect.runPromise(runOnce(folder, run, (code) => process.stdout.write(`${code}\n`)))

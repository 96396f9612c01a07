/** The entry of the process that DuckDB runs in: what breaks it, or takes all of its memory, ends nothing else. It ends with the studio. */
import { Effect, ManagedRuntime } from "effect"
import { ObjectStore } from "../../../store/objects.ts"
import type { FromProcess, ProcessBeginning, ToProcess } from "./protocol.ts"
import { QueryRunner } from "./query-runner.ts"

const { cache, limits } = JSON.parse(process.argv[2]!) as ProcessBeginning
const say = (message: FromProcess) => process.send?.(message)

// Ctrl-C goes to every process of the terminal: this one ends when the studio does.
process.on("SIGINT", () => {})
// At once: `exit` waits for a query that runs.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"))

const store = ManagedRuntime.make(ObjectStore.layer(cache))
const read = (artifact: string) => store.runPromise(Effect.flatMap(ObjectStore, (objects) => objects.get(artifact)))

try {
  const runner = new QueryRunner(await import("@duckdb/node-api"), limits, read)
  process.on("message", (message: ToProcess) => {
    if ("cancel" in message) runner.cancel(message.cancel)
    else void runner.run(message.id, message.query, message.file).then((outcome) => say({ id: message.id, outcome }))
  })
  say({ ready: true })
} catch (error) {
  say({ unavailable: error instanceof Error ? error.message : String(error) })
}

/** A process that carries out gc. Arguments: cache folder; how many runs are kept. */
import { Effect } from "effect"
import { carryOutGc, planGc } from "../../src/store/gc.ts"

const [cache = "", keep = "1"] = process.argv.slice(2)
// So late that all that was written is old.
const now = Date.now() + 3 * 24 * 60 * 60 * 1000
await Effect.runPromise(Effect.flatMap(planGc(cache, { keep: Number(keep), now, runs: [] }), (plan) => carryOutGc(cache, plan, () => {})))

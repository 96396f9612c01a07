/** `npm run faults -- KIND [ROUNDS] [--seed S] [--json]`: faults that come from outside of a process, one round after another. */
import { parseArgs } from "node:util"
import { damaging } from "./damage.ts"
import { anySeed } from "./dice.ts"
import { freeing } from "./free.ts"
import { killing } from "./kill.ts"
import { refusing } from "./refuse.ts"
import { type Faults, NotHere, type Round, rounds } from "./round.ts"
import { together } from "./together.ts"
import { losing } from "./workers.ts"

const kinds: Readonly<Record<string, () => Faults | NotHere | Promise<Faults | NotHere>>> = {
  kill: killing,
  flip: damaging,
  together,
  workers: losing,
  free: freeing,
  readonly: () => refusing("readonly"),
  full: () => refusing("full")
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { seed: { type: "string" }, json: { type: "boolean", default: false } } })
const [kind = "", count = "20"] = positionals
const make = kinds[kind]
const seed = values.seed === undefined ? anySeed() : Number(values.seed)
if (make === undefined || !(Number(count) > 0) || !Number.isInteger(seed)) {
  console.error(`npm run faults -- KIND [ROUNDS] [--seed S] [--json]; the kinds are: ${Object.keys(kinds).join(", ")}`)
  process.exit(2)
}

const tell = ({ done, kept, problems, seed: own }: Round) => {
  console.error(`${problems.length === 0 ? "✓" : "✗"} seed ${own}: ${done}`)
  for (const problem of problems) console.error(`    ${problem.replaceAll("\n", "\n    ")}`)
  if (kept !== undefined) console.error(`    as it was before it was asked: ${kept}`)
}
const faults = await make()
if (faults instanceof NotHere) {
  if (values.json) console.log(JSON.stringify({ version: 1, faults: kind, skipped: faults.reason }))
  else console.log(`skipped: ${faults.reason}`)
} else {
  console.error(`${kind}, ${count} rounds, --seed ${seed}`)
  const report = await rounds(kind, faults, Number(count), seed, tell)
  if (values.json) console.log(JSON.stringify({ version: 1, ...report }))
  else {
    const wrong = report.rounds.filter(({ problems }) => problems.length > 0).length
    console.log(`${kind}: ${report.rounds.length} rounds from seed ${seed}, ${wrong} wrong`)
    for (const [what, times] of Object.entries(report.counts).sort()) console.log(`${String(times).padStart(6)}  ${what}`)
  }
  process.exitCode = report.ok ? 0 : 1
}

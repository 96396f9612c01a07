import type { EngineEvent, StateCounts } from "../engine/events.ts"
import { inBrief } from "../engine/sentences.ts"
import { count, duration } from "../engine/wording.ts"
import { styleFor } from "../workspace/style.ts"

/** What a node is called: with its study's name where there are several. */
export type Label = (study: string, node: string) => string

/** How many nodes that fail alike are named. */
const NAMED = 4

/** Follows a run on stderr: a line a finished node, and on a terminal a last line with what is running now. */
export const progress = (
  label: Label
): {
  readonly listen: (event: EngineEvent) => void
  /** A sentence between the lines of the nodes. */
  readonly tell: (sentence: string) => void
  readonly end: () => void
} => {
  const out = process.stderr
  const style = styleFor(out)
  const live = out.isTTY && process.env["TERM"] !== "dumb"
  const running = new Set<string>()
  const done = new Set<string>()
  // The same mistake may fail many nodes: it is told once, a few are named, and the others are counted at the end.
  const failures = new Map<string, { readonly first: string; nodes: number }>()
  let due = 0
  let drawn = false
  const clear = () => {
    if (drawn) out.write("\r\u001b[2K")
    drawn = false
  }
  const draw = () => {
    if (!live || running.size === 0) return
    const line = `${done.size}/${due}  running ${[...running].join(", ")}`
    out.write(style("dim", line.slice(0, Math.max(20, (out.columns || 80) - 1))))
    drawn = true
  }
  const say = (text: string) => {
    clear()
    out.write(`${text}\n`)
  }
  return {
    tell: (sentence) => {
      say(`${style("yellow", "!")} ${sentence}`)
      draw()
    },
    listen: (event) => {
      switch (event.event) {
        case "run-started":
          due = event.nodes
          break
        case "node-started":
          running.add(label(event.study, event.node))
          clear()
          draw()
          break
        case "node-retried":
          say(
            `${style("yellow", "↻")} ${label(event.study, event.node)}  attempt ${event.attempts} failed, another one begins\n${event.faults.map((fault) => `    ${fault.message}`).join("\n")}`
          )
          draw()
          break
        case "object-lost":
          say(`${style("yellow", "!")} ${label(event.study, event.node)}: ${event.message}`)
          draw()
          break
        case "shared-store":
          say(`${style("yellow", "!")} ${event.message}`)
          draw()
          break
        case "node-finished": {
          const { report } = event
          const name = label(report.study, report.node)
          running.delete(name)
          done.add(name)
          if (report.state === "ran")
            say(
              `${style("green", "✓")} ${name}  ${style("dim", `${duration(report.ms)}${report.changed ? "" : ", came out the same"}  ${inBrief(report.why)}`)}`
            )
          else if (report.from !== undefined) say(`${style("green", "↓")} ${name}  ${style("dim", `from the ${report.from}  ${inBrief(report.why)}`)}`)
          else if (report.state === "failed") {
            const message = report.faults.map((fault) => `    ${fault.message}`).join("\n")
            const same = failures.get(message) ?? { first: name, nodes: 0 }
            failures.set(message, same)
            if (same.nodes++ < NAMED)
              say(
                `${style("red", "✗")} ${name}  failed${report.attempts > 1 ? ` after ${report.attempts} attempts` : ""}${same.nodes === 1 ? `\n${message}` : `, as ${same.first} did`}`
              )
          }
          clear()
          draw()
          break
        }
        case "run-finished":
          for (const { first, nodes } of failures.values())
            if (nodes > NAMED) say(`${style("red", "✗")} ${count(nodes - NAMED, "more node")} failed as ${first} did`)
          clear()
          break
      }
    },
    end: clear
  }
}

/** The closing lines of a run: what ran, what was fresh (of which `fetched` came from the shared store just now), what did not work, and how long it took. */
export const closing = (states: StateCounts, ms: number, fetched = 0): string => {
  const all = Object.values(states).reduce((sum, one) => sum + one, 0)
  const parts = [`${states.ran ?? 0} ran`, ...(fetched === 0 ? [] : [`${fetched} from the shared store`]), `${(states.fresh ?? 0) - fetched} fresh`]
  for (const state of ["failed", "blocked", "skipped", "cancelled"] as const) if (states[state]) parts.push(`${states[state]} ${state}`)
  return `${count(all, "node")}: ${parts.join(", ")}, in ${duration(ms)}`
}

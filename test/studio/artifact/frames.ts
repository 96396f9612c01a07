/** How long a page takes for its frames while something is done. */
import { availableParallelism, loadavg } from "node:os"
import type { Page } from "playwright-core"

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Of the processor, in microseconds: what other programs do meanwhile does not count. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

const startFrames = `(() => {
  const frames = (window.measuredFrames = [])
  let last = performance.now()
  const next = (now) => {
    frames.push(now - last)
    last = now
    if (window.measuredFrames === frames) requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
})()`
const endFrames = "(() => { const frames = window.measuredFrames; window.measuredFrames = undefined; return frames })()"

export interface Measured {
  /** The longest time between two frames, in milliseconds. */
  readonly frame: number
  /** The longest that the page had the processor at a stretch. */
  readonly task: number
}

const measured = async (page: Page, doing: () => Promise<void>): Promise<Measured> => {
  const session = await page.context().newCDPSession(page)
  const events: Array<TraceEvent> = []
  session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as ReadonlyArray<TraceEvent>)))
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve))
  await session.send("Tracing.start", { categories: "disabled-by-default-devtools.timeline,__metadata", transferMode: "ReportEvents" })
  await page.evaluate(startFrames)
  await doing()
  const frames = (await page.evaluate(endFrames)) as ReadonlyArray<number>
  await session.send("Tracing.end")
  await complete
  await session.detach()
  const mains = new Set(events.filter(({ args, name }) => name === "thread_name" && args?.name === "CrRendererMain").map(({ pid, tid }) => `${pid} ${tid}`))
  const tasks = events.filter(({ name, pid, tdur, tid }) => name === "RunTask" && tdur !== undefined && mains.has(`${pid} ${tid}`))
  if (frames.length < 10 || tasks.length < 10) throw new Error(`only ${frames.length} frames and ${tasks.length} tasks were seen`)
  return { frame: Math.max(...frames.slice(1)), task: Math.max(...tasks.map(({ tdur }) => tdur! / 1000)) }
}

const TRIES = 4

/**
 * Fails unless there is a try without a frame over 50 ms. Where other programs keep the processors busy, a frame may be late through no fault of the page: there it counts that
 * the page itself never took so long at a stretch.
 */
export const expectSmooth = async (page: Page, doing: () => Promise<void>): Promise<void> => {
  const tries: Array<Measured> = []
  while (tries.length < TRIES) {
    const one = await measured(page, doing)
    tries.push(one)
    if (one.frame < 50 && one.task < 50) return
  }
  const told = tries.map(({ frame, task }) => `${frame.toFixed(0)} ms (${task.toFixed(0)} of them the page's own)`).join(", ")
  const [load = 0] = loadavg()
  if (load > availableParallelism() && tries.some(({ task }) => task < 50)) {
    process.stderr.write(`a machine under a load of ${load.toFixed(1)}: the longest frames of each try took ${told}\n`)
    return
  }
  throw new Error(`in each of ${TRIES} tries a frame took longer than 50 ms: ${told}`)
}

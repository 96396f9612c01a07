import { setTimeout as sleep } from "node:timers/promises"
import { call, type Finished } from "./child.ts"
import { type GeneratedDag, LAST, sourceOf } from "./generate-dag.ts"
import type { Tool } from "./tool.ts"

/** What is measured, in this order. */
export const measures = {
  first: "first run",
  noop: "nothing to do",
  status: "status",
  last: "last node's file edited",
  root: "first file edited",
  same: "first file edited, same number"
} as const
export type Measure = keyof typeof measures

/** Every time that was taken, with the memory and the number of nodes that ran. */
export interface Samples {
  readonly ms: Array<number>
  readonly peakMiB: Array<number | undefined>
  readonly ran: Array<number>
}
export interface Measured {
  readonly tool: string
  readonly samples: Partial<Record<Measure, Samples>>
}
export interface LeftOut {
  readonly tool: string
  readonly why: string
}

// The system stamps files by a clock of 4 ms: an edit in the same tick as the output before it is one that make and ninja do not see.
const TICK_MS = 20
/** A measure that has taken this long gets no further round. */
const ENOUGH_MS = 10_000
// What Sediment hashes within 2 s of its writing it hashes again the next time; so do the sources of a DAG that was generated just now.
const SETTLED_MS = 2500

const edits: Readonly<Partial<Record<Measure, (dag: GeneratedDag) => void>>> = {
  last: (dag) => dag.edit(sourceOf(LAST)),
  root: (dag) => dag.edit(sourceOf(0)),
  same: (dag) => dag.editVainly(sourceOf(0))
}

/** Takes the first run's times of all tools on one DAG, and those that are wanted: in each of so many rounds each of them, after the same edit. A tool that fails is left out from there on. */
export const measureAll = async (
  dag: GeneratedDag,
  tools: ReadonlyArray<Tool>,
  { rounds, wanted }: { readonly rounds: number; readonly wanted: ReadonlyArray<Measure> },
  tell: (what: string) => void
) => {
  const leftOut: Array<LeftOut> = []
  const measured = new Map<Tool, Measured>()
  for (const tool of tools) {
    const why = tool.unfit(dag)
    if (why === undefined) measured.set(tool, { tool: tool.name, samples: {} })
    else leftOut.push({ tool: tool.name, why })
  }
  const going = new Set(measured.keys())
  const each = async (what: string, work: (tool: Tool, samples: Measured["samples"]) => unknown) => {
    for (const tool of [...going]) {
      tell(`${dag.layout.shape} ${dag.layout.nodes}: ${what}, ${tool.name}`)
      try {
        await work(tool, measured.get(tool)!.samples)
      } catch (error) {
        leftOut.push({ tool: tool.name, why: `${what}: ${error instanceof Error ? error.message : String(error)}` })
        going.delete(tool)
      }
    }
  }
  const take = async (measure: Measure) => {
    const began = performance.now()
    for (let round = 0; round < (measure === "first" ? 1 : rounds) && performance.now() - began < ENOUGH_MS; round++) {
      await sleep(TICK_MS)
      edits[measure]?.(dag)
      await each(measures[measure], async (tool, samples) => {
        const finished: Finished = await call(measure === "status" ? tool.status : tool.run, dag.folder)
        const taken = (samples[measure] ??= { ms: [], peakMiB: [], ran: [] })
        taken.ms.push(finished.ms)
        taken.peakMiB.push(finished.peakMiB)
        taken.ran.push(measure === "status" ? 0 : tool.ran(finished))
      })
    }
  }
  const check = async () => {
    const { answer } = dag
    await each("the last node's number", (tool) => {
      const found = tool.answer(dag)
      if (found !== answer) throw new Error(`it came to ${found}, which should be ${answer}`)
    })
  }

  await each("writing its files", (tool) => tool.prepare(dag))
  await take("first")
  await check()
  await sleep(SETTLED_MS)
  await each(measures.noop, (tool) => call(tool.run, dag.folder))
  for (const measure of wanted) if (measure !== "first") await take(measure)
  await check()
  return { measured: [...measured.values()], leftOut }
}

/** How often Node is started bare. */
const BARE_STARTS = 5

/** What a bare start of Node takes, which is in every time of Sediment's. */
export const bareNode = async (folder: string): Promise<ReadonlyArray<number>> => {
  const times: Array<number> = []
  for (let round = 0; round < BARE_STARTS; round++) times.push((await call({ program: process.execPath, args: ["-e", "0"] }, folder)).ms)
  return times
}

/** Thousands of runs: what is in sight is told at once, and nothing else is in the page. */
import { join } from "node:path"
import { Effect } from "effect"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { storeLayer } from "../../../src/store/layer.ts"
import { type NodeRecord, RunHistory, type RunRecord } from "../../../src/store/runs.ts"
import { TraceIndex } from "../../../src/store/traces.ts"
import { BaseStates } from "../../../src/studio/server/time/base-states.ts"
import { strataOf } from "../../../src/studio/server/time/strata-rows.ts"
import { studyRuns } from "../../../src/studio/server/time/study-runs.ts"
import { StudyFolder, smallStudy } from "../../cli/study-folder.ts"
import { launchBrowser } from "../browser.ts"
import { Studio } from "../studio.ts"

const browser: Browser | undefined = await launchBrowser()

const RUNS = 3000
const NODES = 300
const nameOf = (i: number) => `20260101T000000-${i.toString(16).padStart(8, "0")}`

/** Run i makes node i (of 300, over and over) anew, on what the run before left; the first makes all. */
const runRecord = (i: number): RunRecord => ({
  run: nameOf(i),
  at: 1000 * i,
  command: ["sediment", "run"],
  studies: [{ study: "small", variant: "", nodes: NODES, gone: [], ...(i === 0 ? {} : { base: { run: nameOf(i - 1), at: 1000 * i - 1 } }) }],
  ok: true,
  ms: 5,
  states: { ran: i === 0 ? NODES : 1, fresh: i === 0 ? 0 : NODES - 1 }
})
const nodeRecord = (run: number, node: number): NodeRecord => ({
  run: nameOf(run),
  at: 1000 * run + 1,
  study: "small",
  node: `node-${node}`,
  stage: "stage",
  state: "ran",
  code: "c".repeat(64),
  params: JSON.stringify({ value: run }),
  inputs: {},
  reads: [{ read: "seed", value: "s".repeat(64) }],
  // Every third comes out as it was.
  artifacts: { output: String(run % 3 === 0 ? 0 : run) },
  why: run === 0 ? [{ reason: "new" }] : [{ reason: "parameter", parameters: [{ parameter: "value", before: "0", after: String(run) }] }],
  warnings: [],
  ms: 1
})

describe("thousands of runs", () => {
  const folder = new StudyFolder(smallStudy)
  const cache = join(folder.path, "cache")
  beforeAll(async () => {
    const writing = Effect.gen(function* () {
      const history = yield* RunHistory
      for (let i = 0; i < RUNS; i++) {
        history.addRun(runRecord(i))
        for (let node = 0; node < (i === 0 ? NODES : 1); node++) history.addNode(nodeRecord(i, i === 0 ? node : i % NODES))
      }
      yield* history.commit
    })
    await Effect.runPromise(writing.pipe(Effect.provide(storeLayer(cache, nameOf(0)))))
  })
  afterAll(() => folder.remove())

  it("a window of forty rests on one state of the history, wherever it is, and what was told once on none", async () => {
    const reading = Effect.gen(function* () {
      const history = yield* RunHistory
      let states = 0
      const counted: RunHistory["Service"] = {
        ...history,
        stateOf: (...asked) => {
          states++
          return history.stateOf(...asked)
        }
      }
      const from = { history: counted, traces: yield* TraceIndex }
      const all = studyRuns(history, "small")
      expect(all.length).toBe(RUNS)
      for (const [start, made] of [
        [0, 1],
        [2900, 1],
        [0, 0]
      ] as const) {
        states = 0
        const shown = strataOf(from, all.slice(start, start + 40))
        expect(states).toBe(made)
        const [newest] = shown
        expect(newest!.nodes).toBe(NODES)
        expect(newest!.layers.reduce((sum, n) => sum + n, 0)).toBe(NODES)
        // What every third run makes is what it was 300 runs ago.
        expect(shown.slice(0, 3).map(({ layers, run }) => [Number.parseInt(run.slice(-8), 16) % 3 === 0, layers.slice(0, 2)])).toEqual(
          expect.arrayContaining([
            [true, [0, 1]],
            [false, [1, 0]]
          ])
        )
        expect(newest!.edits).toEqual([expect.stringMatching(/^node-\d+: parameter value changed from 0 to \d+$/)])
      }
    })
    await Effect.runPromise(reading.pipe(Effect.provide(storeLayer(cache, nameOf(1)))))
  })

  it("what each found when it began is what the history has of it, gone on from the one before", async () => {
    const reading = Effect.gen(function* () {
      const history = yield* RunHistory
      const states = new BaseStates(history)
      for (const one of studyRuns(history, "small").slice(0, 25).reverse()) {
        const { own, run } = one
        const found = [...states.of(one)].map(([node, record]) => [node, record().artifacts])
        const known = [...history.stateOf("small", own.base!.run, own.base!.at).nodes].map(([node, { record }]) => [node, record().artifacts])
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries(known))
        states.ran(one, history.nodesOf(run.run))
      }
    })
    await Effect.runPromise(reading.pipe(Effect.provide(storeLayer(cache, nameOf(1)))))
  })

  it.skipIf(browser === undefined)("in the page, the keyboard goes from the newest to the oldest and back; only what is in sight is there", async () => {
    const studio = await Studio.start(folder.path)
    const { context, errors, page } = await studio.open(browser!, "#/small/runs")
    await page.getByRole("heading", { name: "3000 runs" }).waitFor()
    await page.locator(".time-pick").first().focus()
    const focused = () => page.evaluate<string | undefined>("document.activeElement.dataset.position")
    await page.keyboard.press("End")
    await expect.poll(focused).toBe("2999")
    expect(await page.locator(".time-stratum").last().locator(".time-edits").textContent()).toBe("300 nodes are new")
    await page.keyboard.press("ArrowUp")
    await expect.poll(focused).toBe("2998")
    expect(await page.locator(".time-stratum").count()).toBeLessThanOrEqual(120)
    await page.keyboard.press("Home")
    await expect.poll(focused).toBe("0")
    // The whole list is as high as if all were there.
    expect(await page.evaluate("document.querySelector('.time-strata').getBoundingClientRect().height")).toBe(3000 * 84)
    expect(errors).toEqual([])
    await context.close()
    await studio.end()
    await browser!.close()
  })
})

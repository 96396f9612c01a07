import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { priorityOf } from "../../src/queue/priority.ts"
import { type Waiting, WaitingTasks } from "../../src/queue/waiting-tasks.ts"

interface Task extends Waiting {
  readonly ms: number | undefined
}

const task = (number: number, ms: number | undefined, { module = "a", pathMs = 1 } = {}): Task => ({
  number,
  ms,
  module,
  run: "run",
  pathMs,
  expectedMs: () => ms
})
const waiting = (tasks: ReadonlyArray<Task>) => {
  const all = new WaitingTasks<Task>()
  for (const one of tasks) all.add(one)
  return all
}
/** The numbers of the tasks of the next job. */
const next = (all: WaitingTasks<Task>, slots = 1, isWanted = (_: Task) => true) => all.takeJob(slots, isWanted).map(({ number }) => number)

describe("which tasks go to a worker together", () => {
  it("what takes long, or is not known, goes alone", () => {
    expect(next(waiting([task(0, 5000), task(1, 1), task(2, 1)]))).toEqual([0])
    expect(next(waiting([task(0, undefined), task(1, 1)]))).toEqual([0])
  })
  it("tiny ones go together, past those that are not, and of one module only; those wait on", () => {
    const all = waiting([task(0, 1), task(1, 5000), task(2, 2), task(3, 1, { module: "b" }), task(4, undefined), task(5, 3)])
    expect(next(all)).toEqual([0, 2, 5])
    expect([next(all), next(all), next(all), next(all)]).toEqual([[1], [3], [4], []])
  })
  it("each slot gets a share of what waits", () => {
    const many = Array.from({ length: 100 }, (_, i) => task(i, 0))
    expect(next(waiting(many), 4)).toHaveLength(25)
    expect(next(waiting(many.slice(0, 2)), 4)).toHaveLength(1)
  })
  it("what is not wanted is left out, and out of what waits", () => {
    const all = waiting([task(0, 1), task(1, 1), task(2, 1), task(3, 1)])
    expect(next(all, 1, ({ number }) => number % 2 === 1)).toEqual([1, 3])
    expect(all.size).toBe(0)
  })
  it("the longest way to the study's end first, then who came first; every task goes once", () => {
    const anyTask = fc.record({ ms: fc.option(fc.nat(300), { nil: undefined }), pathMs: fc.nat(5) })
    fc.assert(
      fc.property(fc.array(anyTask), fc.nat(20), (some, slots) => {
        const tasks = some.map(({ ms, pathMs }, i) => task(i, ms, { pathMs }))
        const all = waiting(tasks)
        let left = [...tasks].sort((a, b) => b.pathMs - a.pathMs || a.number - b.number).map(({ number }) => number)
        while (left.length > 0) {
          const job = next(all, slots)
          expect(job[0]).toBe(left[0])
          // In their order, each of those that waited.
          expect(left.filter((number) => job.includes(number))).toEqual(job)
          left = left.filter((number) => !job.includes(number))
          expect(all.size).toBe(left.length)
        }
        expect(next(all, slots)).toEqual([])
      })
    )
  })
  it("the longer the way to the end, the earlier; within what the queue takes", () => {
    const ways = [0, 1, 10, 1000, 1001 * 1.01, 60_000, 3_600_000, 1e12]
    const priorities = ways.map(priorityOf)
    expect([...priorities].sort((a, b) => b - a)).toEqual(priorities)
    for (const priority of priorities) expect(priority >= 1 && priority <= 2_097_151 && Number.isInteger(priority)).toBe(true)
  })
})

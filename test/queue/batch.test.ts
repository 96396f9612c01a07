import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { nextJob, priorityOf, type Waiting } from "../../src/queue/batch.ts"

const waiting = (ms: number | undefined, module = "a"): Waiting => ({ module, run: "run", pathMs: 1, expectedMs: () => ms })

describe("which tasks go to a worker together", () => {
  it("what takes long, or is not known, goes alone", () => {
    expect(nextJob([waiting(5000), waiting(1), waiting(1)], 1)).toEqual([0])
    expect(nextJob([waiting(undefined), waiting(1)], 1)).toEqual([0])
  })
  it("tiny ones go together, past those that are not, and of one module only", () => {
    expect(nextJob([waiting(1), waiting(5000), waiting(2), waiting(1, "b"), waiting(undefined), waiting(3)], 1)).toEqual([0, 2, 5])
  })
  it("each slot gets a share of what waits", () => {
    expect(
      nextJob(
        Array.from({ length: 100 }, () => waiting(0)),
        4
      )
    ).toHaveLength(25)
    expect(nextJob([waiting(0), waiting(0)], 4)).toHaveLength(1)
  })
  it("the most urgent is always in the next job, so that all go in the end", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(300), { nil: undefined })), fc.nat(20), (times, slots) => {
        let left = times.map((ms) => waiting(ms))
        let jobs = 0
        while (left.length > 0) {
          const places = nextJob(left, slots)
          expect(places[0]).toBe(0)
          expect(new Set(places).size).toBe(places.length)
          left = left.filter((_, i) => !places.includes(i))
          jobs++
        }
        expect(jobs).toBeLessThanOrEqual(times.length)
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

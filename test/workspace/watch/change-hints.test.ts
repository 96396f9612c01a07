import { describe, expect, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { vi } from "vitest"
import { changeHints } from "../../../src/workspace/watch/change-hints.ts"

vi.mock("node:fs", async (original) => ({
  ...(await original<typeof import("node:fs")>()),
  watch: () => {
    throw Object.assign(new Error("ENOSPC: System limit for number of file watchers reached"), { code: "ENOSPC" })
  }
}))

describe("hints of changes", () => {
  it.effect("come every two seconds where the system has no more watches to give, which is told once", () =>
    Effect.gen(function* () {
      const told: Array<string> = []
      const { follow, next } = yield* changeHints({ say: (text) => told.push(text) })
      follow(["/tmp/a", "/tmp/b/c", "/usr/d"])
      follow(["/tmp/a"])
      expect(told).toEqual([expect.stringMatching(/ENOSPC.*looking every 2 s instead, as --poll 2 does/)])
      const waiting = yield* Effect.forkChild(next)
      yield* TestClock.adjust("1900 millis")
      expect(waiting.pollUnsafe()).toBeUndefined()
      yield* TestClock.adjust("100 millis")
      yield* Fiber.join(waiting)
    })
  )
})

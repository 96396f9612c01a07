import type { Redis } from "ioredis"
import { describe, expect, it } from "vitest"
import { unlessAway } from "../../src/queue/redis.ts"

describe("who leaves", () => {
  it("waits for an answer, whatever it is, but not for a Redis that is lost meanwhile", async () => {
    const redis = { status: "ready" }
    const asked = (promise: Promise<unknown>) => unlessAway(redis as Redis, promise)
    expect(await asked(Promise.resolve("gone"))).toBe(true)
    expect(await asked(Promise.reject(new Error("refused")))).toBe(true)
    const waiting = asked(new Promise(() => {}))
    redis.status = "reconnecting"
    expect(await waiting).toBe(false)
  })
})

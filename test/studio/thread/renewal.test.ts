import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { Effect } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { Thread } from "../../../src/studio/server/thread.ts"

const folder = mkdtempSync(join(tmpdir(), "sediment-thread-"))
afterAll(() => rmSync(folder, { recursive: true }))

describe("a thread that is worn", () => {
  it("is left for one that has read the studies, not for one that begins while they cannot be read", async () => {
    const state = join(folder, "state")
    const stands = (text: "readable" | "broken") => writeFileSync(state, text)
    let renewed = 0
    const thread = new Thread({
      entry: new URL("worn.mjs", import.meta.url),
      beginning: { flags: { study: [], cache: undefined }, cli: "", readOnly: false, results: state } as never,
      renewed: () => {
        renewed++
      }
    })
    const ask = async () => (await Effect.runPromise(thread.ask("studies", "{}"))).body
    stands("readable")
    const first = ask()
    await first
    stands("broken")
    for (let i = 0; i < 20; i++) {
      expect(await ask()).toBe(await first)
      await sleep(10)
    }
    stands("readable")
    while (renewed === 0) expect(await ask()).toBe(await first)
    expect(await ask()).not.toBe(await first)
    expect(await ask()).toContain("answer")
    await thread.close()
  })
})

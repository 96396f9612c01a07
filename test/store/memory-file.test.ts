import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { recall, remember } from "../../src/store/memory-file.ts"
import { temporaryFolder } from "./in-store.ts"

describe("a file that is only a memory", () => {
  it("is read as it was written", () => {
    const path = join(temporaryFolder(), "some", "memory.json")
    expect(recall(path)).toBeUndefined()
    for (const text of ["", "{}", "two\nlines", "深"]) {
      remember(path, text)
      expect(recall(path)).toBe(text)
    }
  })

  it("is none where any byte is another, or missing, or too many", () => {
    const path = join(temporaryFolder(), "memory.json")
    remember(path, '{"graph":1}')
    const bytes = readFileSync(path)
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes)
      flipped[at]! ^= 1 << (at % 8)
      writeFileSync(path, flipped)
      expect(recall(path), `byte ${at}`).toBeUndefined()
      writeFileSync(path, bytes.subarray(0, at))
      expect(recall(path), `cut at ${at}`).toBeUndefined()
    }
    writeFileSync(path, Buffer.concat([bytes, Buffer.from("\n")]))
    expect(recall(path)).toBeUndefined()
  })

  it("stays as it was where it cannot be written", () => {
    const path = join(temporaryFolder(), "memory.json")
    remember(path, "a")
    remember(join(path, "below-a-file.json"), "b")
    expect(recall(path)).toBe("a")
  })
})

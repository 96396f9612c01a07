import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { isAlive, ownMark } from "../../src/store/process-mark.ts"

const onLinux = process.platform === "linux"

describe.runIf(onLinux)("the mark of a process", () => {
  const own = ownMark()!
  it("tells that it is there, and that another one that has its number is not it", () => {
    expect(isAlive(own)).toBe(true)
    expect(isAlive({ ...own, started: "1" })).toBe(false)
  })
  it("tells nothing of another host, boot or container", () => {
    expect(isAlive({ ...own, place: `another ${own.place}` })).toBeUndefined()
  })
  it("tells that it has ended, whatever it is called", async () => {
    const child = spawn(process.execPath, ["-e", "process.title = ') S 1 2'; console.log('up'); setInterval(() => {}, 1000)"])
    await once(child.stdout, "data")
    const text = readFileSync(`/proc/${child.pid}/stat`, "latin1")
    const started = text.slice(text.lastIndexOf(")") + 2).split(" ")[19]!
    const mark = { place: own.place, pid: child.pid!, started }
    expect(isAlive(mark)).toBe(true)
    expect(isAlive({ ...mark, started: "" })).toBe(true)
    child.kill("SIGKILL")
    await once(child, "exit")
    expect(isAlive(mark)).toBe(false)
    // Where the system does not tell when it started, its number alone does.
    expect(isAlive({ ...mark, started: "" })).toBe(false)
  })
})
describe.skipIf(onLinux)("the mark of a process", () => {
  it("is its number where the system does not tell more", () => {
    expect(ownMark()).toMatchObject({ pid: process.pid, started: "" })
    expect(isAlive(ownMark()!)).toBe(true)
  })
})

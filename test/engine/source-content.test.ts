import { createHash } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Schema } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { number } from "../../src/artifact/column.ts"
import { table } from "../../src/artifact/table-type.ts"
import { File, Stage, StageFailure } from "../../src/dag/stage.ts"
import { execute } from "../../src/engine/execute.ts"
import { hashOfFile } from "../../src/engine/file-chunks.ts"
import { readContent, SourceReading } from "../../src/engine/source-content.ts"

const folder = mkdtempSync(join(tmpdir(), "sediment-content-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = join(folder, "data.csv")

/** A file of three and a half pieces, as a task has it that was planned with it. */
const written = () => {
  const content = Buffer.alloc(3.5 * 2 ** 20, "0123456789\n")
  writeFileSync(at, content)
  return { content, planned: { large: { at, size: content.length, sha256: createHash("sha256").update(content).digest("hex") } } }
}
const changeAt = (place: number) => {
  const bytes = readFileSync(at)
  bytes[place]! ^= 1
  writeFileSync(at, bytes)
}
const changed = {
  _tag: "StageFailure",
  faults: [{ code: "source-changed", message: expect.stringContaining("data.csv: the file changed while it was read"), where: { file: "data.csv" } }]
}

describe("a large file that a stage reads", () => {
  it("has the content that was planned, in pieces and whole, each time that it is asked for", () => {
    const { content, planned } = written()
    expect(hashOfFile(at)).toBe(planned.large.sha256)
    const reading = new SourceReading("data.csv", planned)
    for (let time = 0; time < 2; time++) {
      const chunks = [...reading.file.chunks()]
      expect(chunks.map(({ length }) => length)).toEqual(Array(56).fill(2 ** 16))
      expect(Buffer.concat(chunks).equals(content)).toBe(true)
    }
    expect(Buffer.from(reading.file.bytes).equals(content)).toBe(true)
    expect(reading.file.bytes).toBe(reading.file.bytes)
    expect(reading.failure()).toBeUndefined()
  })

  it("is not looked at where nobody asks for its content", () => {
    const reading = new SourceReading("data.csv", { large: { at: join(folder, "nowhere"), size: 1, sha256: "" } })
    expect(reading.file.path).toBe("data.csv")
    expect(reading.failure()).toBeUndefined()
    expect(() => [...reading.file.chunks()]).toThrow(StageFailure)
    expect(reading.failure()).toMatchObject({ faults: [{ code: "missing-file" }] })
  })

  it("fails where the file has changed since it was planned: at its end, and also where only its beginning was read", () => {
    for (const place of [0, 3 * 2 ** 20]) {
      const { planned } = written()
      changeAt(place)
      const reading = new SourceReading("data.csv", planned)
      expect(() => [...reading.file.chunks()]).toThrow("the file changed while it was read")
      expect(reading.failure()).toMatchObject(changed)
      const partly = new SourceReading("data.csv", planned)
      for (const _ of partly.file.chunks()) break
      expect(partly.failure()).toMatchObject(changed)
      expect(() => new SourceReading("data.csv", planned).file.bytes).toThrow("the file changed while it was read")
    }
  })

  it("fails where it was another file for a while", () => {
    const { content, planned } = written()
    const reading = new SourceReading("data.csv", planned)
    changeAt(5)
    for (const _ of reading.file.chunks()) break
    writeFileSync(at, content)
    expect(() => [...reading.file.chunks()]).toThrow("the file changed while it was read")
  })

  it("grows or shrinks: that is a change too", () => {
    for (const size of [1, 2 ** 20, 5 * 2 ** 20]) {
      const { planned } = written()
      writeFileSync(at, Buffer.alloc(size))
      expect(() => new SourceReading("data.csv", planned).file.bytes).toThrow("the file changed while it was read")
    }
  })
})

describe("a small file", () => {
  it("is taken whole, and its pieces are of that", () => {
    const { content, planned } = written()
    const read = readContent(at, () => "of a large one only")
    expect(read.sha256).toBe(planned.large.sha256)
    writeFileSync(at, "other")
    const { bytes, chunks } = new SourceReading("data.csv", read.content).file
    expect(Buffer.from(bytes).equals(content)).toBe(true)
    expect(Buffer.concat([...chunks()]).equals(content)).toBe(true)
  })
})

describe("a stage", () => {
  const first = Stage.make("first", {
    inputs: { file: File },
    params: Schema.Struct({ fails: Schema.Boolean }),
    output: table("Numbers", { x: number() }),
    run: ({ file }, { fails }) =>
      Effect.suspend(() => {
        for (const chunk of file.chunks())
          return fails ? Effect.fail(StageFailure.of("bad", `${file.path} is bad`)) : Effect.succeed({ x: Float64Array.of(chunk[0]!) })
        return Effect.die("no chunk")
      })
  })
  const outcome = (content: SourceReading["content"], fails: boolean) =>
    Effect.runPromise(
      execute(first, {
        node: "n",
        stage: "first",
        params: JSON.stringify({ fails }),
        inputs: { file: { kind: "file", path: "data.csv", content, note: undefined } },
        seed: 1
      })
    )

  it("that reads the beginning of a large file has what was planned, or fails, whatever it says itself", async () => {
    const { planned } = written()
    expect(await outcome(planned, false)).toMatchObject({ faults: [], reads: ["file bytes", "file notes"], outputs: { output: {} } })
    expect(await outcome(planned, true)).toMatchObject({ faults: [{ code: "bad" }], reads: ["file bytes", "file notes", "file path"] })
    changeAt(3 * 2 ** 20)
    for (const fails of [false, true]) expect(await outcome(planned, fails)).toMatchObject({ faults: changed.faults, outputs: undefined, transient: false })
  })
})

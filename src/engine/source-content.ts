import { createHash } from "node:crypto"
import { readFileSync, statSync } from "node:fs"
import { type SourceFile, StageFailure } from "../dag/stage.ts"
import { fileChunks } from "./file-chunks.ts"

/** A file that is not taken into memory: where it lies, and what it had when the task was planned. */
export interface LargeFile {
  readonly at: string
  readonly size: number
  readonly sha256: string
}
/** What a task has of a file: its bytes, or of a large one where they are. */
export type SourceContent = { readonly bytes: Uint8Array } | { readonly large: LargeFile }

/** Files of more bytes than these are read by the stage itself, piece by piece. */
const LARGE = 64 << 20

export const sizeOf = (content: SourceContent): number => ("bytes" in content ? content.bytes.length : content.large.size)

const CHUNK = 1 << 20

/** Reads a file, or tells what a large one has; with the SHA-256 of its content, which `hash` takes of a large one. Throws what Node throws where it cannot. */
export const readContent = (at: string, hash: (at: string) => string): { readonly content: SourceContent; readonly sha256: string } => {
  const { size } = statSync(at)
  if (size > LARGE) {
    const sha256 = hash(at)
    return { content: { large: { at, size, sha256 } }, sha256 }
  }
  const bytes = readFileSync(at)
  return { content: { bytes }, sha256: createHash("sha256").update(bytes).digest("hex") }
}

/** The content of a task's file as its stage reads it, held to be what was planned. */
export class SourceReading {
  readonly #path: string
  readonly content: SourceContent
  #bytes: Uint8Array | undefined
  /** SHA-256 of what precedes the end of each piece that was read: two readings of one file must not differ. */
  readonly #digests: Array<string> = []
  #isWhole = false
  #failure: StageFailure | undefined

  /** `path`: as the study has it. */
  constructor(path: string, content: SourceContent) {
    this.#path = path
    this.content = content
  }

  *chunks(): Generator<Uint8Array> {
    if ("bytes" in this.content) {
      const { bytes } = this.content
      for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK)
      return
    }
    const { at, sha256 } = this.content.large
    const hash = createHash("sha256")
    let number = 0
    const pieces = fileChunks(at)
    try {
      for (;;) {
        const { done, value } = this.#next(pieces)
        if (done) break
        hash.update(value)
        const digest = hash.copy().digest("hex")
        if ((this.#digests[number] ??= digest) !== digest) throw this.#changed()
        number++
        yield value
      }
      if (hash.digest("hex") !== sha256) throw this.#changed()
      this.#isWhole = true
    } finally {
      pieces.return(undefined)
    }
  }

  /** As a stage is given it. */
  get file(): SourceFile {
    const reading = this
    return {
      path: this.#path,
      get bytes() {
        return reading.bytes
      },
      chunks: () => reading.chunks()
    }
  }

  /** All of it in memory, once. */
  get bytes(): Uint8Array {
    if ("bytes" in this.content) return this.content.bytes
    if (this.#bytes !== undefined) return this.#bytes
    const { size } = this.content.large
    const bytes = this.#roomFor(size)
    let at = 0
    for (const chunk of this.chunks()) {
      if (at + chunk.length > size) throw this.#changed()
      bytes.set(chunk, at)
      at += chunk.length
    }
    this.#bytes = bytes
    return bytes
  }

  /** Why what was read is not what was planned; undefined where it is. Of a large file of which only the beginning was read, the rest is read for it. */
  failure(): StageFailure | undefined {
    try {
      if (this.#failure === undefined && this.#digests.length > 0 && !this.#isWhole) for (const _ of this.chunks());
    } catch (error) {
      if (error !== this.#failure) throw error
    }
    return this.#failure
  }

  #next(pieces: Generator<Uint8Array>): IteratorResult<Uint8Array, unknown> {
    try {
      return pieces.next()
    } catch (error) {
      throw this.#fail("missing-file", `cannot be read any more: ${error instanceof Error ? error.message : String(error)}; put it there`)
    }
  }

  #roomFor(size: number): Uint8Array {
    try {
      return new Uint8Array(size)
    } catch {
      throw this.#fail("too-large", `has ${size} bytes, for which there is no room in memory; a stage that takes it piece by piece (chunks) can read it`)
    }
  }

  #changed(): StageFailure {
    return this.#fail("source-changed", "the file changed while it was read; wait until it is complete, and run again")
  }

  #fail(code: string, message: string): StageFailure {
    return (this.#failure ??= StageFailure.of(code, `${this.#path}: ${message}`, { file: this.#path }))
  }
}

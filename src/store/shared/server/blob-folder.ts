/** Blobs and records as files: `cas/<2 hex>/<sha256>`, `ac/<2 hex>/<key>`. Any of them may be deleted at any time: what is gone is a miss. */
import { createHash, hash, randomBytes } from "node:crypto"
import { readFileSync, rmSync, statSync } from "node:fs"
import { open, readdir, rename, rm, stat, utimes } from "node:fs/promises"
import { dirname, join } from "node:path"
import { makeFolder, syncFolderLater } from "../../folder.ts"
import type { Kind } from "../remote.ts"

export interface Limits {
  /** Bytes of one blob. */
  readonly maxObject: number
  /** Bytes of all. */
  readonly maxSize: number
}

/** What was sent is not taken. */
export class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** What a killed server left behind is taken away once it is so old. */
const ABANDONED_MS = 24 * 60 * 60 * 1000
/** When a blob was last asked for is kept this exactly: who makes room by hand goes by it. */
const TOUCH_MS = 60 * 60 * 1000
/** Somebody may have made room meanwhile: it is looked again at most this often. */
const LOOK_MS = 10_000
/** Bytes that are read at once, and the piece in which larger files are. */
const SMALL = 1 << 18

const codeOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? ""
const missingAs = async <A, B>(work: Promise<A>, otherwise: B): Promise<A | B> =>
  work.catch((cause: unknown) => {
    if (codeOf(cause) === "ENOENT") return otherwise
    throw cause
  })

export class BlobFolder {
  readonly #folder: string
  readonly #limits: Limits
  /** Bytes that are there, and those that are on their way. */
  #used = 0
  #coming = 0
  #looked = 0

  constructor(folder: string, limits: Limits) {
    this.#folder = folder
    this.#limits = limits
  }

  path(kind: Kind, key: string): string {
    return join(this.#folder, kind, key.slice(0, 2), key)
  }

  get used(): number {
    return this.#used
  }

  /** Sees how much there is; must come first. */
  async look(): Promise<void> {
    this.#looked = Date.now()
    let used = 0
    for (const kind of ["cas", "ac"] as const) {
      makeFolder(join(this.#folder, kind))
      for (const two of await readdir(join(this.#folder, kind)))
        for (const name of await readdir(join(this.#folder, kind, two)).catch(() => [])) {
          const path = join(this.#folder, kind, two, name)
          const found = await missingAs(stat(path), undefined)
          if (found === undefined) continue
          if (name.endsWith(".tmp") && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(path, { force: true })
          else used += found.size
        }
    }
    this.#used = used
  }

  size(kind: Kind, key: string): number | undefined {
    return statSync(this.path(kind, key), { throwIfNoEntry: false })?.size
  }

  /** The same; whoever asks relies on it, and it is as young as one that was read. */
  async sizeRelied(kind: Kind, key: string): Promise<number | undefined> {
    const path = this.path(kind, key)
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat !== undefined && Date.now() - stat.mtimeMs > TOUCH_MS) await utimes(path, new Date(), new Date()).catch(() => {})
    return stat?.size
  }

  /** Its bytes, piece by piece, and how many there are. A blob that is found not to be what it is called is deleted, and the last piece is withheld. */
  async read(kind: Kind, key: string): Promise<{ readonly size: number; readonly pieces: AsyncIterable<Buffer> | ReadonlyArray<Buffer> } | undefined> {
    const path = this.path(kind, key)
    const size = await this.sizeRelied(kind, key)
    if (size === undefined) return undefined
    const check = (found: string) => {
      if (kind !== "cas" || found === key) return
      rmSync(path, { force: true })
      throw new Error(`${path} was damaged, and is deleted`)
    }
    // Most are small, and are read sooner than a thread is asked to.
    if (size <= SMALL) {
      const bytes = readFileSync(path)
      check(hash("sha256", bytes))
      return { size: bytes.length, pieces: [bytes] }
    }
    const file = await missingAs(open(path, "r"), undefined)
    if (file === undefined) return undefined
    const pieces = async function* () {
      const digest = createHash("sha256")
      let last: Buffer | undefined
      for await (const piece of file.createReadStream({ highWaterMark: SMALL }) as AsyncIterable<Buffer>) {
        digest.update(piece)
        if (last !== undefined) yield last
        last = piece
      }
      check(digest.digest("hex"))
      if (last !== undefined) yield last
    }
    return { size, pieces: pieces() }
  }

  /** Makes sure that there is room for so much more, and keeps it free until it is given back. */
  async reserve(bytes: number): Promise<() => void> {
    if (bytes > this.#limits.maxObject) throw new Refused(413, `this server takes nothing of more than ${this.#limits.maxObject} bytes`)
    const isFull = () => this.#used + this.#coming + bytes > this.#limits.maxSize
    if (isFull() && Date.now() - this.#looked > LOOK_MS) await this.look()
    if (isFull()) throw new Refused(507, `this server is full: it has ${this.#used} bytes, and may have ${this.#limits.maxSize}`)
    this.#coming += bytes
    return () => {
      this.#coming -= bytes
    }
  }

  /** Takes a blob or a record: it is there, whole and durable, or not at all. */
  async write(kind: Kind, key: string, length: number, pieces: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    const path = this.path(kind, key)
    const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`
    try {
      const above = makeFolder(dirname(path))
      const digest = createHash("sha256")
      let got = 0
      const file = await open(temporary, "wx")
      try {
        for await (const piece of pieces) {
          got += piece.length
          digest.update(piece)
          await file.appendFile(piece)
        }
        if (got !== length) throw new Refused(400, `${got} bytes came of the ${length} that were announced`)
        const found = digest.digest("hex")
        if (kind === "cas" && found !== key) throw new Refused(400, `what was sent hashes to ${found}`)
        await file.sync()
      } finally {
        await file.close()
      }
      const before = this.size(kind, key) ?? 0
      await rename(temporary, path)
      this.#used += length - before
      for (const folder of [dirname(path), ...above]) await syncFolderLater(folder)
    } catch (cause) {
      rmSync(temporary, { force: true })
      if (["ENOSPC", "EDQUOT"].includes(codeOf(cause))) throw new Refused(507, "the disk of this server is full")
      throw cause
    }
  }
}

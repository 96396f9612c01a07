/** A line of a command's output. */
export interface LogLine {
  /** From 1 in its stream. */
  readonly line: number
  readonly text: string
}

/** Of the beginning and of the end of a stream so much is kept, in bytes each. */
const KEPT = 64 * 1024
/** Of a line so many characters. */
const WIDEST = 2000
const NEWLINE = 10

/** One stream of a command, of which the beginning and the end are kept: whatever it writes, it takes a bounded memory. */
export class BoundedLog {
  readonly #head: Array<Buffer> = []
  #headBytes = 0
  #tail: Array<Buffer> = []
  #tailBytes = 0
  /** Of what is kept in neither. */
  #droppedLines = 0
  #droppedBytes = 0

  write(chunk: Buffer): void {
    const room = KEPT - this.#headBytes
    if (room > 0) {
      this.#head.push(chunk.subarray(0, room))
      this.#headBytes += Math.min(room, chunk.length)
    }
    const rest = room > 0 ? chunk.subarray(room) : chunk
    if (rest.length === 0) return
    this.#tail.push(rest)
    this.#tailBytes += rest.length
    while (this.#tailBytes - this.#tail[0]!.length >= KEPT) this.#drop(this.#tail.shift()!)
  }

  #drop(chunk: Buffer): void {
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) this.#droppedLines++
    this.#droppedBytes += chunk.length
    this.#tailBytes -= chunk.length
  }

  /** The kept lines. Where some are passed over, the last line before them says how many bytes. */
  lines(): ReadonlyArray<LogLine> {
    // Chunks come as they come: what is kept of the end does not depend on where one of them began.
    const tail = Buffer.concat(this.#tail)
    const passed = tail.subarray(0, Math.max(0, tail.length - KEPT))
    const dropped = this.#droppedBytes + passed.length
    const head = Buffer.concat(this.#head)
    if (dropped === 0) return linesOf(Buffer.concat([head, tail]), 1)
    const first = linesOf(head, 1)
    let skipped = this.#droppedLines
    for (const byte of passed) if (byte === NEWLINE) skipped++
    const newlines = head.reduce((sum, byte) => sum + (byte === NEWLINE ? 1 : 0), 0)
    const last = linesOf(tail.subarray(passed.length), newlines + skipped + 1)
    return [...first, { line: first.at(-1)!.line, text: `… ${dropped.toLocaleString("en-US")} bytes are passed over …` }, ...last]
  }
}

const ESCAPE = String.fromCharCode(27)
/** What sets colours and moves the cursor of a terminal. */
const SEQUENCE = new RegExp(`${ESCAPE}\\[[0-9;?]*[ -/]*[@-~]`, "g")
const isPrinted = (letter: string): boolean => letter === "\t" || (letter >= " " && letter !== "\u007f")

/** The lines of a text, the first of which has this number: without what steers a terminal, and of a line that was written over, what it said last. */
const linesOf = (bytes: Buffer, first: number): ReadonlyArray<LogLine> => {
  const lines = bytes.toString("utf8").split("\n")
  if (lines.at(-1) === "") lines.pop()
  return lines.map((line, i) => {
    const last = line.replace(/\r+$/, "").replace(/^.*\r/s, "").replace(SEQUENCE, "")
    const text = Array.from(last.slice(0, WIDEST)).filter(isPrinted).join("")
    return { line: first + i, text: last.length > WIDEST ? `${text}…` : text }
  })
}

/** The last lines of what a command wrote: of its errors where it wrote any, else of its output. */
export const tailOf = (stdout: ReadonlyArray<LogLine>, stderr: ReadonlyArray<LogLine>, most = 12): ReadonlyArray<string> =>
  (stderr.some(({ text }) => text.trim() !== "") ? stderr : stdout).slice(-most).map(({ text }) => (text.length > 200 ? `${text.slice(0, 200)}…` : text))

import { damaged, FlatTable } from "./flatbuffer-table.ts"

/** A message of the IPC format (arrow.apache.org/docs/format/Columnar.html): what it is about, and the bytes of its buffers. */
export interface Message {
  readonly kind: "schema" | "dictionary" | "batch" | "other"
  readonly header: FlatTable
  readonly body: Uint8Array
}

const MAGIC = "ARROW1"
const KINDS = ["other", "schema", "dictionary", "batch"] as const
const CONTINUATION = 0xffffffff
/** The version of metadata from which on the layout of what we read is the same: V4, of Arrow 0.8. */
const V4 = 3

export const begins = (bytes: Uint8Array, text: string): boolean => Array.from(text).every((letter, i) => bytes[i] === letter.charCodeAt(0))

/** The message at a place, with the length of its metadata before it, and where the next begins; undefined at the end of a stream. */
const messageAt = (bytes: Uint8Array, start: number): { readonly message: Message; readonly next: number } | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = start
  const word = (): number => {
    if (at + 4 > bytes.length) return damaged(`it is cut off at byte ${bytes.length}, before a message`)
    return view.getUint32((at += 4) - 4, true)
  }
  if (at === bytes.length) return undefined
  const first = word()
  // Before Arrow 0.15, the length stood alone.
  const length = first === CONTINUATION ? word() : first
  if (length === 0) return undefined
  if (at + length > bytes.length) return damaged(`byte ${start}: a message of ${length} bytes, where ${bytes.length - at} are left`)
  const root = FlatTable.root(bytes.subarray(at, at + length))
  if (root.int16(0) < V4) return damaged("it is of a version before Arrow 0.8")
  const header = root.table(2) ?? damaged(`byte ${start}: a message about nothing`)
  const bodyLength = root.size(3)
  const from = at + length
  if (from + bodyLength > bytes.length) return damaged(`byte ${from}: ${bodyLength} bytes of data, where ${bytes.length - from} are left`)
  return { message: { kind: KINDS[root.byte(1)] ?? "other", header, body: bytes.subarray(from, from + bodyLength) }, next: from + bodyLength }
}

/** Messages of a stream, one after another. */
const streamMessages = (bytes: Uint8Array): ReadonlyArray<Message> => {
  const messages: Array<Message> = []
  for (let at = 0; ; ) {
    const found = messageAt(bytes, at)
    if (found === undefined) return messages
    messages.push(found.message)
    at = found.next
  }
}

/** Messages of a file, by the places that its footer tells: the schema, dictionaries, record batches. */
const fileMessages = (bytes: Uint8Array): { readonly schema: FlatTable; readonly messages: ReadonlyArray<Message> } => {
  const end = bytes.length - MAGIC.length
  if (end < 12 || !begins(bytes.subarray(end), MAGIC)) return damaged(`it is cut off: it does not end with ${MAGIC}`)
  const length = new DataView(bytes.buffer, bytes.byteOffset + end - 4).getInt32(0, true)
  if (length <= 0 || length > end - 12) return damaged(`it says that its footer has ${length} bytes, and has ${bytes.length} itself`)
  const footer = FlatTable.root(bytes.subarray(end - 4 - length, end - 4))
  const schema = footer.table(1) ?? damaged("its footer has no schema")
  const blocks = [...footer.structs(2, 24, true), ...footer.structs(3, 24, true)]
  if (blocks.length * 8 > bytes.length) return damaged(`its footer tells of ${blocks.length} batches`)
  const messages = blocks.map(([at = 0]) => messageAt(bytes.subarray(0, end - 4 - length), at)?.message ?? damaged(`byte ${at}: no message`))
  return { schema, messages }
}

/** The schema and the batches of a file, or of a stream. */
export const readMessages = (bytes: Uint8Array): { readonly schema: FlatTable; readonly messages: ReadonlyArray<Message> } => {
  if (begins(bytes, MAGIC)) return fileMessages(bytes)
  const [first, ...messages] = streamMessages(bytes)
  return first?.kind === "schema" ? { schema: first.header, messages } : damaged("it does not begin with a schema")
}

/** Archives as `npm pack` makes them, the same bytes for the same files. */
import { gzipSync } from "node:zlib"

const BLOCK = 512
/** What npm gives every file: 1985-10-26, since some programs refuse times before 1980. */
const TIME = 499_162_500

/** A name of up to 255 characters in the two fields that a header has for it. */
const nameFields = (path: string): { readonly name: string; readonly prefix: string } => {
  if (Buffer.byteLength(path) <= 100) return { name: path, prefix: "" }
  for (let slash = path.indexOf("/"); slash > 0; slash = path.indexOf("/", slash + 1)) {
    const [prefix, name] = [path.slice(0, slash), path.slice(slash + 1)]
    if (Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return { name, prefix }
  }
  throw new RangeError(`${path} is too long a name for an archive`)
}

const header = (path: string, size: number, executable: boolean): Buffer => {
  const block = Buffer.alloc(BLOCK)
  const { name, prefix } = nameFields(path)
  const octal = (value: number, at: number, digits: number) => block.write(`${value.toString(8).padStart(digits, "0")}\0`, at, "latin1")
  block.write(name, 0, "utf8")
  octal(executable ? 0o755 : 0o644, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  octal(size, 124, 11)
  octal(TIME, 136, 11)
  block.write("        0", 148, "latin1")
  block.write("ustar\x0000", 257, "latin1")
  block.write(prefix, 345, "utf8")
  // The checksum is taken with spaces in its own place.
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    6
  )
  return block
}

/** A gzipped tar archive (POSIX ustar) of files by path, in the order of their paths. */
export const tarball = (files: ReadonlyMap<string, Uint8Array>, isExecutable: (path: string) => boolean): Buffer => {
  const blocks: Array<Uint8Array> = []
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    blocks.push(header(path, bytes.length, isExecutable(path)), bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK))
  blocks.push(Buffer.alloc(2 * BLOCK))
  const archive = gzipSync(Buffer.concat(blocks), { level: 9 })
  // The byte that tells which system made it.
  archive[9] = 255
  return archive
}

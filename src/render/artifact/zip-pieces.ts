/** A zip archive, piece by piece, of files that are made piece by piece: the same bytes for the same files, in memory never more than a piece. */
export const zipPieces = async (files: ReadonlyArray<readonly [path: string, pieces: () => Iterable<string>]>): Promise<Iterable<Uint8Array>> => {
  const { Zip, ZipDeflate } = await import("fflate")
  const encoder = new TextEncoder()
  // The first moment that a zip can tell.
  const mtime = new Date(1980, 0, 1)
  const archive = function* () {
    let ready: Array<Uint8Array> = []
    const zip = new Zip((error, bytes) => {
      if (error !== null) throw error
      ready.push(bytes)
    })
    const taken = (): ReadonlyArray<Uint8Array> => {
      const all = ready
      ready = []
      return all
    }
    for (const [path, pieces] of files) {
      const file = new ZipDeflate(path, { level: 3 })
      file.mtime = mtime
      zip.add(file)
      for (const piece of pieces()) {
        file.push(encoder.encode(piece))
        yield* taken()
      }
      file.push(new Uint8Array(0), true)
      yield* taken()
    }
    zip.end()
    yield* taken()
  }
  return { [Symbol.iterator]: archive }
}

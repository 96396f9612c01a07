/** `SHA256SUMS` of a package: what `sha256sum` writes, and `sha256sum -c` reads. */
import { hash } from "node:crypto"

export const CHECKSUMS_FILE = "SHA256SUMS"

export const checksums = (files: ReadonlyMap<string, Uint8Array>): string => [...files].map(([path, bytes]) => `${hash("sha256", bytes)}  ${path}\n`).join("")

/** The files that such a list names, but for paths that lead out of the folder. */
export const namesIn = (list: string): ReadonlyArray<string> =>
  [...list.matchAll(/^[0-9a-f]{64} {2}(.+)$/gm)].map(([, path]) => path!).filter((path) => !path.split("/").includes(".."))

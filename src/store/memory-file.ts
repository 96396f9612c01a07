/** Files that are only a memory: each can be made again, and any doubt about one means that it is. */
import { hash } from "node:crypto"
import { readFileSync } from "node:fs"
import { replaceFile } from "./replace-file.ts"

const SHA256_LENGTH = 64

/** Puts a text under its checksum; a cache that cannot be written to stays as it is. */
export const remember = (path: string, text: string): void => {
  try {
    replaceFile(path, `${hash("sha256", text)}\n${text}`)
  } catch {
    // It is only a memory.
  }
}

/** The text as it was put there, or undefined where there is none, or one that is damaged or of another form. */
export const recall = (path: string): string | undefined => {
  try {
    const whole = readFileSync(path, "utf8")
    const text = whole.slice(SHA256_LENGTH + 1)
    return whole.charCodeAt(SHA256_LENGTH) === 10 && hash("sha256", text) === whole.slice(0, SHA256_LENGTH) ? text : undefined
  } catch {
    return undefined
  }
}

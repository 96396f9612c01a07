import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

/** File contents by path below a folder; undefined removes a file. */
export type Files = Readonly<Record<string, string | undefined>>

/** A folder of its own with files in it, until it is removed. */
export class TemporaryFolder {
  readonly path: string

  constructor(files: Files, prefix = "sediment-") {
    this.path = realpathSync(mkdtempSync(join(tmpdir(), prefix)))
    this.writeAll(files)
  }
  at(name: string): string {
    return join(this.path, name)
  }
  write(name: string, text: string): void {
    this.writeAll({ [name]: text })
  }
  writeAll(files: Files): void {
    for (const [name, text] of Object.entries(files)) {
      const path = this.at(name)
      mkdirSync(dirname(path), { recursive: true })
      if (text === undefined) rmSync(path, { force: true })
      else writeFileSync(path, text)
    }
  }
  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

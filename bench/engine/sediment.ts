import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { Command } from "./child.ts"
import type { Tool } from "./tool.ts"

const root = new URL("../../", import.meta.url)
// The built command line and not npx, which takes 0.3 s for itself.
const cli = fileURLToPath(new URL("dist/cli.mjs", root))
const command = (...args: ReadonlyArray<string>): Command => ({ program: process.execPath, args: [cli, ...args] })

export const sediment: Tool = {
  name: "sediment",
  version: (JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { readonly version: string }).version,
  unfit: () => undefined,
  prepare: () => undefined,
  run: command("run"),
  status: command("status"),
  ran: ({ printed }) => {
    const count = / (\d+) ran\b/.exec(printed.trim().split("\n").at(-1)!)?.[1]
    if (count === undefined) throw new Error(`sediment run does not say how many nodes ran: ${printed.slice(-200)}`)
    return Number(count)
  },
  answer: ({ folder }) => {
    const { program, args } = command("show", "last", "--json")
    const shown = JSON.parse(spawnSync(program, args, { cwd: folder, encoding: "utf8" }).stdout) as { readonly data: { readonly value: ReadonlyArray<number> } }
    return shown.data.value[0]!
  }
}

import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { commandsPage } from "../../tools/list-commands.ts"

it("docs/reference/cli.md has every command as it is declared (otherwise: node tools/list-commands.ts)", async () => {
  expect(readFileSync("docs/reference/cli.md", "utf8")).toBe(await commandsPage())
})

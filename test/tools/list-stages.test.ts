import { readdirSync, readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { stagesPage } from "../../tools/list-stages.ts"

it("docs/stages.md lists every stage as it is declared (otherwise: node tools/list-stages.ts)", () => {
  const page = readFileSync("docs/stages.md", "utf8")
  expect(page).toBe(stagesPage())
  const declared = readdirSync("stages", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .reduce((sum, file) => sum + (readFileSync(`stages/${file}`, "utf8").match(/^export const \w+ = Stage\.make\(/gm)?.length ?? 0), 0)
  expect(page.match(/^\| `\w+` \| `stages\//gm)).toHaveLength(declared)
})

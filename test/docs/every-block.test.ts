import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { type Block, blocksOf, root, titleOf } from "./blocks.ts"
import { pages } from "./pages.ts"

/** The pages that some test does as a reader would. */
const walked = new Set(
  readdirSync(join(root, "test/docs"))
    .map((file) => readFileSync(join(root, "test/docs", file), "utf8"))
    .filter((text) => text.includes("walks("))
    .flatMap((text) => pages.filter((page) => text.includes(`"${page}"`) || text.includes(`"${/^docs\/how-to\/(.*)\.md$/.exec(page)?.[1]}"`)))
)

/** Blocks that have tests of their own: the language on a page, and where that test is. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "docs/ingest.md yaml": "test/stages/ingest/docs.test.ts",
  "docs/compare.md yaml": "test/cli/compared-study.ts",
  "docs/indices.md yaml": "test/stages/index-nodes.test.ts",
  "docs/audit.md yaml": "test/docs/descriptions.test.ts",
  "docs/replication.md yaml": "test/docs/descriptions.test.ts",
  "docs/regions.md csv": "test/stages/entities.test.ts",
  "docs/tables.md latex": "test/render/table/printed-latex.test.ts"
}

const typed = new Set(["sh", "text", "python", "r"])

const isDone = (block: Block): boolean => {
  const { language } = block
  const elsewhere = ELSEWHERE[`${block.page} ${language}`]
  // What measures is no test.
  if (block.text.startsWith("npm run bench -- ")) return true
  if (/^skip \S/.test(block.test) || block.test === "shown") return true
  if (elsewhere !== undefined) return existsSync(join(root, elsewhere))
  if (language === "ts" && block.test === "") return true
  return walked.has(block.page) && (typed.has(language) || /^(write|edit) \S/.test(block.test))
}

it("every block of every page is done by a test, or says why not (CONTRIBUTING.md, Write a page)", () => {
  const blocks = pages.flatMap(blocksOf)
  expect(blocks.length).toBeGreaterThan(150)
  expect(blocks.filter((block) => !isDone(block)).map(titleOf)).toEqual([])
})

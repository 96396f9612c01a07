import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, it } from "vitest"
import { root } from "./blocks.ts"
import { pages } from "./pages.ts"

/** A page's text without its code, in which brackets are no links. */
const prose = (page: string): string =>
  readFileSync(join(root, page), "utf8")
    .replace(/^( *)```[\s\S]*?^\1```$/gm, "")
    .replace(/`[^`\n]*`/g, (code) => (/^`[\w .-]*`$/.test(code) ? code : "``"))

/** What a heading is called in an address, as GitHub and VS Code have it. */
const anchor = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .trim()
    .replaceAll(" ", "-")
const anchorsOf = (page: string): ReadonlySet<string> => new Set([...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchor(heading!)))

it("every link of a page leads to a file that is there, and to a heading of it", () => {
  const lost = pages.flatMap((page) =>
    [...prose(page).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].flatMap(([, link]) => {
      const [path, heading] = link!.split("#") as [string, string?]
      const target = path === "" ? page : join(dirname(page), path)
      if (!existsSync(join(root, target))) return [`${page}: ${link}: there is no such file`]
      return heading === undefined || !target.endsWith(".md") || anchorsOf(target).has(heading) ? [] : [`${page}: ${link}: there is no such heading`]
    })
  )
  expect(lost).toEqual([])
})

it("docs/README.md leads to every page of docs, by itself or over the page that it leads to", () => {
  const reached = new Set<string>()
  const go = (page: string) => {
    if (reached.has(page) || !page.startsWith("docs/")) return
    reached.add(page)
    for (const [, path] of prose(page).matchAll(/\]\(([\w./-]+\.md)[)#]/g)) go(join(dirname(page), path!))
  }
  go("docs/README.md")
  expect(pages.filter((page) => page.startsWith("docs/") && !reached.has(page))).toEqual([])
})

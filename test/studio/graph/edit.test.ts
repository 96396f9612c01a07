/** What an edit disturbs, as it is seen in the DAG. */
import type { Browser } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder } from "../../cli/study-folder.ts"
import { axeFindings, launchBrowser } from "../browser.ts"
import { Studio } from "../studio.ts"
import { mappedStudy } from "./mapped-study.ts"
import { box, boxes, DagPages, namesOfBoxes, textOf } from "./opened.ts"

const browser: Browser | undefined = await launchBrowser()

describe.skipIf(browser === undefined)("the DAG while somebody edits", () => {
  const folder = new StudyFolder(mappedStudy)
  let studio: Studio
  let pages: DagPages
  beforeAll(async () => {
    folder.run()
    studio = await Studio.start(folder.path)
    pages = new DagPages(browser!, studio, "small")
  })
  afterEach(async () => {
    await pages.leave()
    folder.writeAll(mappedStudy)
  })
  afterAll(async () => {
    await studio.end()
    await browser!.close()
    folder.remove()
  })

  it("shows each node with its state, and the nodes of a map as one", async () => {
    const page = await pages.open()
    expect(await namesOfBoxes(page)).toEqual(
      ["controls", "data/controls.csv", "data/outcomes.csv", "draws", "fdi-mean", "gov-mean", "joined", "outcomes", "several[…]"].sort()
    )
    expect(await textOf(box(page, "gov-mean"))).toMatch(/^gov-mean means · .*ms/)
    expect(await textOf(box(page, "several[…]"))).toMatch(/^several\[…\] 40 40 × drawn/)
    // Inputs stand to the left of what reads them.
    const left = async (id: string) => (await box(page, id).boundingBox())!.x
    expect(await left("data/controls.csv")).toBeLessThan(await left("controls"))
    expect(await left("controls")).toBeLessThan(await left("gov-mean"))
    expect(await left("gov-mean")).toBeLessThan(await left("joined"))
    expect(await textOf(page.getByRole("list", { name: "nodes by state" }))).toBe("46 fresh")
  })

  it("an edit of a source: what was edited, which layers it disturbs, and only these when asked", async () => {
    const page = await pages.open()
    folder.edit("data/controls.csv", "2,20", "5,20")
    await page.locator(".graph-banner").waitFor()
    const banner = await textOf(page.locator(".graph-banner"))
    expect(banner).toContain("the file data/controls.csv changed")
    expect(banner).toContain("1 node stale · 4 may be cut off · 41 fresh")
    expect(banner).toMatch(/1 node will run, about .* up to 4 more may follow/)
    await box(page, "joined").and(page.locator(".graph-wave")).waitFor()
    const looks = async (id: string) => (await box(page, id).getAttribute("class"))!
    expect(await looks("data/controls.csv")).toMatch(/graph-is-edited.*graph-wave/)
    expect(await looks("controls")).toMatch(/graph-is-stale.*graph-wave/)
    expect(await looks("joined")).toMatch(/graph-is-unknown.*graph-wave/)
    expect(await looks("outcomes")).not.toMatch(/graph-wave|stale|unknown/)
    expect(await textOf(box(page, "gov-mean"))).toContain("may be cut off")
    // The wave goes downstream.
    const delays = await Promise.all(
      ["data/controls.csv", "controls", "gov-mean", "joined"].map(async (id) =>
        Number(/animation-delay: (\d+)ms/.exec((await box(page, id).getAttribute("style"))!)?.[1])
      )
    )
    expect(delays).toEqual([0, 70, 140, 210])
    await page.getByRole("button", { name: "Show only these" }).click()
    await box(page, "outcomes").waitFor({ state: "detached" })
    expect(await namesOfBoxes(page)).toEqual(["controls", "data/controls.csv", "draws", "fdi-mean", "gov-mean", "joined"])
    await page.getByRole("button", { name: "Show all", exact: true }).click()
    await box(page, "outcomes").waitFor()
    expect(await axeFindings(page)).toEqual([])
    // Taken back, nothing is disturbed.
    folder.writeAll(mappedStudy)
    await page.locator(".graph-banner").waitFor({ state: "detached" })
  })

  it("nothing moves where only states change, and no wave is seen by somebody who wants no motion", async () => {
    const page = await pages.open("", { reducedMotion: "reduce" })
    const places = () =>
      boxes(page).evaluateAll((all) =>
        all.map((one) => [
          one.getAttribute("data-box"),
          one
            .getAttribute("style")!
            .replace(/animation.*/, "")
            .trim()
        ])
      )
    const before = await places()
    folder.edit("stages/parse.ts", "lines.slice(1)", "lines.slice(1).reverse().reverse()")
    await page.locator(".graph-banner", { hasText: "2 nodes stale" }).waitFor()
    expect(await textOf(box(page, "controls"))).toContain("stale · code")
    expect(await places()).toEqual(before)
    expect(await page.evaluate("getComputedStyle(document.querySelector('[data-box=controls]')).animationName")).toBe("none")
  })

  it("an edit of dag.ts: the parameter is told, and a new node is there", async () => {
    const page = await pages.open()
    folder.edit("dag.ts", '{ columns: ["gov"] }', '{ columns: ["fdi", "gov"] }')
    await page.locator(".graph-banner", { hasText: "gov-mean: parameter columns" }).waitFor()
    expect(await textOf(box(page, "gov-mean"))).toContain("stale · parameter · means")
    folder.edit("dag.ts", "return {", 'const extra = dag.node("extra", means, { table: outcomes }, { columns: ["z"] })\n  return { extra,')
    await box(page, "extra").waitFor()
    expect(await box(page, "extra").getAttribute("class")).toContain("graph-is-stale")
  })

  it("a study that cannot be read is told with all that is wrong, and what was seen stands", async () => {
    const page = await pages.open()
    folder.edit("dag.ts", '"gov-mean", means, { table: controls }', '"gov-mean", means, { table: 3 }')
    await page.getByRole("alert").first().waitFor()
    expect(await textOf(page.getByRole("alert").first())).toContain("gov-mean")
    expect(await boxes(page).count()).toBe(9)
    folder.writeAll(mappedStudy)
    await page.getByRole("alert").first().waitFor({ state: "detached" })
  })

  it("an edge and a node tell the columns that are read, when they are pointed at or have the focus", async () => {
    const page = await pages.open()
    const tooltip = page.getByRole("tooltip")
    await box(page, "gov-mean").hover()
    await expect.poll(() => textOf(tooltip)).toContain("reads table: gov")
    await box(page, "joined").focus()
    await tooltip.filter({ hasText: "joined" }).waitFor()
    expect(await textOf(tooltip)).toContain("reads left: mean reads right: y")
    const middles = await page.evaluate<ReadonlyArray<readonly [number, number]>>(`[...document.querySelectorAll(".graph-edge-reach")].map((path) => {
      const { x, y } = path.getPointAtLength(path.getTotalLength() / 2)
      const { a, d, e, f } = path.getScreenCTM()
      return [x * a + e, y * d + f]
    })`)
    const told: Array<string> = []
    for (const [x, y] of middles) {
      await page.mouse.move(x, y)
      await page.mouse.move(x + 1, y)
      await expect.poll(() => textOf(tooltip)).toContain("→")
      told.push(await textOf(tooltip))
    }
    expect(told).toContain("outcomes → joined right: y")
    expect(told).toContain("controls → gov-mean table: gov")
    expect(told).toContain("gov-mean → joined left: mean")
  })
})

/** Running from the DAG: what would run, what runs, what failed. */
import type { Browser } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { noCommands } from "../../cli/commands/command-study.ts"
import { StudyFolder, smallStudy } from "../../cli/study-folder.ts"
import { axeFindings, launchBrowser } from "../browser.ts"
import { HeldStudy } from "../held-study.ts"
import { Studio } from "../studio.ts"
import { box, DagPages, queryOf, textOf } from "./opened.ts"

const browser: Browser | undefined = await launchBrowser()
afterAll(() => browser?.close())

describe.skipIf(browser === undefined || noCommands)("runs that are started from the DAG", () => {
  const folder = new HeldStudy(["one", "two", "three"])
  let studio: Studio
  let pages: DagPages
  beforeAll(async () => {
    studio = await Studio.start(folder.path)
    pages = new DagPages(browser!, studio, "held")
  })
  afterEach(() => pages.leave())
  afterAll(async () => {
    await studio.end()
    folder.remove()
  })

  it("a node is run by its panel: it is seen to run, with the time that passes, and to be fresh", async () => {
    const page = await pages.open("?node=one")
    expect(await textOf(box(page, "one"))).toContain("stale")
    folder.hold("one")
    await page.getByRole("button", { name: "Run this node" }).click()
    await folder.begun("one")
    await box(page, "one").and(page.locator(".graph-is-running")).waitFor()
    await page.waitForTimeout(600)
    expect(await textOf(box(page, "one"))).toMatch(/running \d{3} ms|running \d\.\d s/)
    expect(await textOf(page.getByRole("complementary"))).toContain("It is running.")
    expect(await box(page, "two").getAttribute("class")).toContain("graph-is-stale")
    folder.letGo("one")
    await box(page, "one").and(page.locator(".graph-is-fresh")).waitFor()
    await page.getByText("It is up to date.").waitFor()
    // Only what was asked for ran.
    expect(await box(page, "two").getAttribute("class")).toContain("graph-is-stale")
  })

  it("all are run by one button, and the run is cancelled by another: what ran is kept", async () => {
    const page = await pages.open()
    folder.hold("three")
    await page.getByRole("button", { name: "Run all" }).click()
    await folder.begun("three")
    await box(page, "two").and(page.locator(".graph-is-fresh")).waitFor()
    await box(page, "three").and(page.locator(".graph-is-running")).waitFor()
    await expect.poll(() => textOf(page.locator(".graph-banner p strong"))).toMatch(/^1 running, .*2 fresh$/)
    await page.getByRole("toolbar").getByRole("button", { name: "Cancel" }).click()
    await page.getByRole("button", { name: "Run all" }).waitFor()
    await box(page, "three").and(page.locator(".graph-is-stale")).waitFor()
    expect(await box(page, "two").getAttribute("class")).toContain("graph-is-fresh")
    folder.letGo("three")
    await page.getByRole("button", { name: "Run all" }).click()
    await box(page, "last").and(page.locator(".graph-is-fresh")).waitFor()
    await page.getByRole("button", { name: "Run all" }).click()
    await page.getByText("Nothing is to be done: all of it is fresh.").waitFor()
  })

  it("a dry run marks what would run, counts it, and runs nothing", async () => {
    const page = await pages.open()
    folder.hold("two")
    folder.hold("three")
    await page.locator(".graph-banner", { hasText: "2 nodes stale" }).waitFor()
    await box(page, "two").click()
    await page.getByRole("complementary").getByRole("button", { name: "Dry run" }).click()
    const note = page.getByRole("region", { name: "dry run" })
    await note.waitFor()
    expect(await textOf(note)).toMatch(/Dry run of two: nothing is changed by it 1 node would run · 0 fresh about .* of work/)
    expect(queryOf(page)).toEqual({ node: "two", dry: "two" })
    const marked = () => page.locator(".graph-would").evaluateAll((all) => all.map((one) => one.getAttribute("data-box")).sort())
    expect(await marked()).toEqual(["two"])
    await page.getByRole("button", { name: "Close the dry run" }).click()
    await page.getByRole("toolbar").getByRole("button", { name: "Dry run" }).click()
    await note.filter({ hasText: "Dry run of all" }).waitFor()
    expect(await textOf(note)).toMatch(/Dry run of all.* 2 nodes would run · up to 1 more may follow/)
    expect(await marked()).toEqual(["last", "three", "two"])
    expect(await axeFindings(page)).toEqual([])
    expect(await box(page, "two").getAttribute("class")).toContain("graph-is-stale")
    folder.letGo("two", "three")
  })

  it("a node that fails is told with its message, in the picture and in the panel; what rests on it is blocked", async () => {
    const page = await pages.open()
    folder.fail("one")
    folder.hold("one")
    folder.letGo("one")
    await box(page, "one").and(page.locator(".graph-is-stale")).waitFor()
    await page.getByRole("button", { name: "Run all" }).click()
    await box(page, "one").and(page.locator(".graph-is-failed")).waitFor()
    await box(page, "last").and(page.locator(".graph-is-blocked")).waitFor()
    await box(page, "one").click()
    const panel = page.getByRole("complementary", { name: "node one" })
    await panel.getByText("this was to fail").first().waitFor()
    await box(page, "last").click()
    const blocked = page.getByRole("complementary", { name: "node last" })
    await blocked.getByText("What it rests on failed").waitFor()
    await blocked.locator(".graph-failures").getByRole("link", { name: "one" }).click()
    await panel.waitFor()
    expect(await axeFindings(page)).toEqual([])
  })
})

describe.skipIf(browser === undefined)("a studio that may only look", () => {
  it("has no button that runs, and asks what would", async () => {
    const folder = new StudyFolder(smallStudy)
    const studio = await Studio.start(folder.path, ["--read-only"])
    const pages = new DagPages(browser!, studio, "small")
    const page = await pages.open("?node=joined")
    await page.getByText("It would run:").waitFor()
    expect(await page.getByRole("button", { name: /^Run/ }).count()).toBe(0)
    await page.getByRole("complementary").getByRole("button", { name: "Dry run" }).click()
    await page.getByRole("region", { name: "dry run" }).getByText("4 nodes would run").waitFor()
    await pages.leave()
    await studio.end()
    folder.remove()
  })
})

/** Runs as strata: what each laid down; which touched which nodes; a run's own page; its name. */
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { noCommands } from "../../cli/commands/command-study.ts"
import { axeFindings, launchBrowser } from "../browser.ts"
import { HeldStudy } from "../held-study.ts"
import { type OpenPage, Studio } from "../studio.ts"
import { EditedStudy } from "./edited-study.ts"

const browser: Browser | undefined = await launchBrowser()

const strata = (page: Page) => page.locator(".time-stratum")
const textsOf = (page: Page, selector: string) => page.locator(selector).allTextContents()
const overflows = (page: Page) => page.evaluate<boolean>("document.querySelector('main').scrollWidth > document.documentElement.clientWidth")

describe.skipIf(browser === undefined)("runs as strata", () => {
  const study = new EditedStudy()
  let studio: Studio
  beforeAll(async () => {
    studio = await Studio.start(study.path)
  })
  afterAll(async () => {
    await studio.end()
    study.remove()
  })
  const open = async (address = "#/estimates/runs", options?: Parameters<Studio["open"]>[2]): Promise<OpenPage> => {
    const opened = await studio.open(browser!, address, options)
    await opened.page.locator("#time-title").waitFor()
    return opened
  }

  it("stand newest on top, each with what it laid down and the edit that it came from", async () => {
    const { context, errors, page } = await open()
    await strata(page).nth(6).waitFor()
    // Where a state of before was found again too, what it was found for is told; of a file, which cells of it.
    await expect
      .poll(() => textsOf(page, ".time-edits"))
      .toEqual([
        "scaled: parameter by changed from 2 to 4",
        "the file data/panel.csv changed: z: 5 cells, most at Fujian: 7 → 1",
        "the file data/panel.csv changed: z: 5 cells, most at Fujian: 1 → 7",
        "the code of slope (stages/slope.ts) changed",
        "scaled: parameter by changed from 1 to 2",
        "the file data/panel.csv changed: y: 1 cell, at Shanxi: 4.900 → 5.900",
        "4 nodes are new"
      ])
    const counts = (await textsOf(page, ".time-counts")).map((text) => text.split(" · ")[0])
    expect(counts.slice(2)).toEqual(["2 changed, 1 fresh, 1 failed", "2 changed, 2 fresh", "2 changed, 2 fresh", "4 changed", "4 changed"])
    expect(await strata(page).first().locator(".time-branch").textContent()).toBe("@quadrupled")
    expect(await textsOf(page, ".time-outcome")).toEqual(["ok", "ok", "failed", "ok", "ok", "ok", "ok"])
    // A band is as wide as the square root of its nodes.
    const widths = await strata(page)
      .nth(2)
      .locator(".time-band")
      .evaluateAll((bands) => bands.map((band) => band.getBoundingClientRect().width))
    expect(widths[0]! / widths[1]!).toBeCloseTo(Math.SQRT2, 1)
    expect(errors).toEqual([])
    await context.close()
  })

  it("may be those alone that did not come out well, or that are of branches", async () => {
    const { context, page } = await open()
    await page.getByRole("combobox", { name: /^runs/ }).selectOption("failed")
    await page.getByRole("heading", { name: "1 of 7 runs" }).waitFor()
    expect(await textsOf(page, ".time-outcome")).toEqual(["failed"])
    await page.getByRole("combobox", { name: /^runs/ }).selectOption("branches")
    await expect.poll(() => textsOf(page, ".time-stratum .time-branch")).toEqual(["@quadrupled"])
    await page.goBack()
    await expect.poll(() => textsOf(page, ".time-outcome")).toEqual(["failed"])
    await context.close()
  })

  it("two are picked and compared by the keyboard alone", async () => {
    const { context, page } = await open()
    await strata(page).nth(6).waitFor()
    await strata(page).first().locator("input").focus()
    await page.keyboard.press("End")
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Space")
    await page.getByRole("link", { name: "Compare the two runs" }).focus()
    await page.keyboard.press("Enter")
    await page.getByRole("heading", { name: "What changed" }).waitFor()
    const { from, to } = Object.fromEntries(new URLSearchParams(page.url().split("?")[1]))
    expect([from, to]).toEqual([study.runs.first, study.runs.data])
    await context.close()
  })

  it("a run has a page of its own, with what it did with each node, and why it failed", async () => {
    const { context, page } = await open(`#/estimates/runs/run/${study.runs.failed}`)
    const nodes = await textsOf(page, ".time-run-nodes li")
    expect(nodes).toContainEqual(expect.stringMatching(/^failed\s*on-z.*z is constant$/))
    expect(nodes).toContainEqual(expect.stringMatching(/^changed\s*panel.*the file data\/panel.csv changed$/))
    await context.close()
  })

  it("a run is given a name, which the strata show and gc keeps; a name that may not be is refused in words", async () => {
    const { context, page } = await open(`#/estimates/runs/run/${study.runs.parameter}`)
    const box = page.getByLabel("Name of this run")
    await box.fill("as submitted")
    await page.getByRole("button", { name: "Save" }).click()
    expect(await page.getByRole("alert").textContent()).toContain('this is "as submitted"')
    await box.fill("submitted")
    await box.press("Enter")
    await page.getByRole("button", { name: "Take it away" }).waitFor()
    const { runs } = study.json("runs")
    expect(runs.find(({ run }: { run: string }) => run === study.runs.parameter).tag).toBe("submitted")
    await page.goto(`${studio.origin}/#/estimates/runs`)
    expect(await strata(page).nth(4).locator(".time-tag").textContent()).toBe("submitted")
    await context.close()
  })

  it("read-only, a run keeps its name", async () => {
    const reading = await Studio.start(study.path, ["--read-only"])
    const { context, page } = await reading.open(browser!, `#/estimates/runs/run/${study.runs.parameter}`)
    await page.getByRole("heading", { name: /^Run of/ }).waitFor()
    await page.locator(".time-run-nodes li").first().waitFor()
    expect(await page.getByRole("button", { name: "Save" }).count()).toBe(0)
    expect(await reading.ask("name-run", { study: "estimates", run: study.runs.parameter, name: "other" })).toMatchObject({ status: 403 })
    await context.close()
    await reading.end()
  })

  it("which runs touched which nodes is a table: a mark for each, which leads to what the node was then", async () => {
    const { context, page } = await open("#/estimates/runs/map")
    const row = page.locator(".time-map tbody tr", { has: page.getByRole("link", { name: "on-z", exact: true }) })
    const cells = await row.locator("td").evaluateAll((all) => all.map((cell) => cell.querySelector("a")?.getAttribute("aria-label") ?? ""))
    expect(cells).toEqual(["", "on-z: found again", "on-z: failed", "on-z: changed", "", "on-z: changed", "on-z: changed"])
    await row.getByRole("link", { name: "on-z: changed" }).last().click()
    expect(page.url()).toContain(`#/estimates/node/on-z?run=${study.runs.first}`)
    await context.close()
  })

  for (const colorScheme of ["light", "dark"] as const)
    it(`axe finds nothing, and nothing is wider than a phone (${colorScheme})`, async () => {
      for (const address of ["#/estimates/runs", "#/estimates/runs/map", `#/estimates/runs/run/${study.runs.failed}`]) {
        const { context, errors, page } = await open(address, { colorScheme, viewport: { width: 390, height: 844 } })
        await page.locator(".time-stratum, .time-map td, .time-run-nodes li").first().waitFor()
        expect(await axeFindings(page)).toEqual([])
        expect(await overflows(page)).toBe(false)
        expect(errors).toEqual([])
        await context.close()
      }
    })
})

describe.skipIf(browser === undefined || noCommands)("a run that is interrupted", () => {
  const study = new HeldStudy(["one", "two"])
  afterAll(async () => {
    await browser!.close()
    study.remove()
  })

  it("is a stratum of its own: what ran of it, and what it did not come to", async () => {
    study.run()
    study.hold("one")
    const studio = await Studio.start(study.path)
    const { context, page } = await studio.open(browser!, "#/held/runs")
    await strata(page).first().waitFor()
    const going = study.start("run", "--jobs", "1")
    await study.begun("one")
    await page.getByText("A run goes on").waitFor()
    going.kill("SIGINT")
    await new Promise((done) => going.once("exit", done))
    study.letGo("one")
    await page.locator(".time-outcome-interrupted").waitFor()
    await page.getByText("A run goes on").waitFor({ state: "detached" })
    expect(await strata(page).count()).toBe(2)
    expect((await textsOf(page, ".time-counts"))[0]).toContain("cancelled")
    await context.close()
    await studio.end()
  })
})

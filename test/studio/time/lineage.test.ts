/** From a coefficient of the paper's baseline back to the cell of the yearbook that it rests on, by clicks and by the keyboard. */
import { cpSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder } from "../../cli/study-folder.ts"
import { axeFindings, launchBrowser } from "../browser.ts"
import { Studio } from "../studio.ts"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const browser: Browser | undefined = await launchBrowser()
const clean = (words: string) => words.replace(/\s+/g, " ").trim()
interface Cell {
  readonly node: string
  readonly column: string
  readonly value: number
  readonly source?: string
  readonly how?: string
  readonly from: ReadonlyArray<Cell>
}
const allIn = (cells: ReadonlyArray<Cell>): ReadonlyArray<Cell> => cells.flatMap((cell) => [cell, ...allIn(cell.from)])

describe.skipIf(browser === undefined)("the lineage of a cell", () => {
  const study = new StudyFolder({})
  let studio: Studio
  beforeAll(async () => {
    // What is read is the test's own; the code stands where it is.
    for (const name of ["dag.ts", "package.json", "data", "indicators", "comparisons"]) cpSync(join(root, name), join(study.path, name), { recursive: true })
    for (const name of ["study", "stages", "src", "node_modules"]) symlinkSync(join(root, name), join(study.path, name))
    study.run("table4")
    studio = await Studio.start(study.path)
  }, 120_000)
  afterAll(async () => {
    await studio.end()
    await browser!.close()
    study.remove()
  })
  const TRACE = "#/advanced-manufacturing/runs/trace"
  const isAsWideAsTheScreen = (page: Page) => page.evaluate<boolean>("document.querySelector('main').scrollWidth <= innerWidth")

  it("leads from a coefficient over the province's year to the cell of the file, as sediment trace has it", async () => {
    const { context, errors, page } = await studio.open(browser!, `${TRACE}?node=baseline&output=coefficients&term=coagglo`, {
      viewport: { width: 1440, height: 900 }
    })
    await page.getByRole("heading", { name: "Rows that baseline was estimated from" }).waitFor()
    // It is no part of Time, though its address is.
    expect(await page.getByRole("navigation", { name: "views" }).locator("[aria-current]").count()).toBe(0)
    // The coefficient's own variable is shown first; the dependent variable is the index.
    await page.locator(".time-grid td a").first().waitFor()
    expect(await page.getByLabel("variable").locator("option:checked").textContent()).toBe("coagglo of panel")
    expect(await page.locator(".time-grid tbody tr").count()).toBe(31)
    expect(await page.locator(".time-grid thead th").count()).toBe(20)
    await page.getByLabel("variable").selectOption({ label: "ami of panel" })
    await page.waitForURL(/column=ami/)
    const hebei = page.locator(".time-grid tbody tr", { has: page.getByRole("rowheader", { name: "Hebei", exact: true }) })
    const traced = study.json("trace", "baseline", "--entity", "Hebei", "--year", "2010", "--column", "ami").cells as ReadonlyArray<Cell>
    const cell = hebei.locator("td").nth(7).getByRole("link")
    await cell.filter({ hasText: traced[0]!.value.toFixed(2) }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    // Rows are sorted by any year, and tell where cells behind them were filled in.
    await page.getByRole("button", { name: "2010" }).click()
    const values = (await page.locator(".time-grid tbody td:nth-child(9) a").allInnerTexts()).map((text) => Number.parseFloat(text))
    expect(values.filter(Number.isFinite).length).toBe(31)
    expect(values).toEqual([...values].sort((a, b) => a - b))
    expect(await cell.getAttribute("title")).toBe("Hebei, 2010: 2 of 21 behind it filled in")
    await cell.click()
    await page.getByRole("heading", { name: "Hebei, 2010" }).waitFor()
    const all = allIn(traced)
    const places = [...new Set(all.flatMap(({ source }) => source ?? []))].map((source) => source.slice(source.lastIndexOf("!") + 1))
    await page.locator(".time-place").first().waitFor()
    const shown = (await page.locator(".time-place").allInnerTexts()).map((text) => text.split(" ").at(-1))
    expect([...new Set(shown)].sort()).toEqual(places.sort())
    const filled = (await page.locator(".time-filled").allInnerTexts()).map(clean)
    expect(filled).toEqual(all.flatMap(({ how }) => (how === undefined ? [] : [`filled: ${how}`])))
    // An indicator is weighted in the index by what the node of the weights has.
    expect(await page.locator(".time-cell-weight").count()).toBe(21)
    const wage = all.find(({ column, source }) => column === "average_wage" && source !== undefined)!
    await page.locator(".time-place", { hasText: wage.source!.slice(wage.source!.lastIndexOf("!") + 1) }).click()
    const marked = page.locator(".time-sheet-cell")
    await marked.waitFor()
    expect(await marked.textContent()).toBe(String(wage.value))
    // The row of the file is that of the province's year.
    const row = page.locator(".time-sheet tbody tr", { has: marked })
    expect((await row.locator("th, td").allTextContents()).slice(0, 3)).toEqual([wage.source!.replace(/^.*!M/, ""), "Hebei", "2010"])
    const lines = study.read("data/replica/indicators.synthetic.csv").split("\n")
    expect(lines[Number(wage.source!.replace(/^.*!M/, "")) - 1]).toContain(`Hebei,2010,`)
    expect(await axeFindings(page)).toEqual([])
    expect(errors).toEqual([])
    await context.close()
  })

  it("begins at a printed number: table, model, province and year, index, indicator, yearbook; and at the table, over the models that it rests on", async () => {
    const { context, errors, page } = await studio.open(browser!, "#/advanced-manufacturing/estimates/table4", { viewport: { width: 1440, height: 900 } })
    const number = page.getByRole("row", { name: /coagglo|agglomeration/i }).getByRole("button")
    await number.first().click()
    await page.getByRole("link", { name: "down to the yearbook" }).click()
    await page.getByRole("heading", { name: /^Rows that (iid-)?baseline was estimated from$/ }).waitFor()
    await page.getByRole("link", { name: /^\d/ }).first().click()
    await page.locator(".time-place").first().click()
    await page.locator(".time-sheet-cell").waitFor()
    await page.goto(`${studio.origin}/${TRACE}?node=table4&term=coagglo`)
    await page.getByRole("heading", { name: "table4" }).waitFor()
    await page.getByRole("link", { name: "baseline", exact: true }).click()
    await page.getByRole("heading", { name: "Rows that baseline was estimated from" }).waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it("is gone by the keyboard alone, on a phone too, and each step may be gone back; the file keeps the names of its row in sight", async () => {
    const { context, errors, page } = await studio.open(browser!, `${TRACE}?node=baseline&column=gov`, {
      colorScheme: "dark",
      viewport: { width: 390, height: 844 }
    })
    const first = page.locator(".time-grid td a").first()
    await first.waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await isAsWideAsTheScreen(page)).toBe(true)
    await first.focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.getByRole("heading", { name: "Beijing, 2004" }).waitFor()
    await page.locator(".time-place").first().focus()
    await page.keyboard.press("Enter")
    const marked = page.locator(".time-sheet-cell")
    await marked.waitFor()
    // Who cannot see the file is told of it: its heading has the focus.
    expect(await page.evaluate("document.activeElement.id")).toBe("time-file-title")
    expect(await axeFindings(page)).toEqual([])
    expect(await isAsWideAsTheScreen(page)).toBe(true)
    // However far it is scrolled to the side, what stands where the names of the row do are these.
    const scrolled = page.locator(".time-file-scroll")
    await scrolled.evaluate((one) => {
      one.scrollLeft = one.scrollWidth
    })
    const row = page.locator(".time-sheet tbody tr", { has: marked })
    const seenOnTop = await row.locator("th, .time-sheet-key-1, .time-sheet-key-2").evaluateAll((all) =>
      all.map((cell) => {
        const { height, left, top, width } = cell.getBoundingClientRect()
        return document.elementFromPoint(left + width / 2, top + height / 2)?.textContent ?? ""
      })
    )
    expect(seenOnTop.slice(1)).toEqual(["Beijing", "2004"])
    await page.keyboard.press("Escape")
    await marked.waitFor({ state: "detached" })
    expect(await page.evaluate("document.activeElement.className")).toBe("time-place")
    await page.goBack()
    await marked.waitFor()
    await page.goBack()
    await marked.waitFor({ state: "detached" })
    await page.goBack()
    await page.locator(".time-grid td a").first().waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it("no file but the study's declared sources is read", async () => {
    for (const file of ["/etc/passwd", "../../etc/passwd", "package.json", "data/replica/../../package.json", "dag.ts"])
      expect(await studio.ask("source-cell", { study: "advanced-manufacturing", file, sheet: "", cell: "A1" })).toMatchObject({
        status: "failed",
        body: { errors: [{ code: "unknown-source" }] }
      })
    for (const cell of ["A0", "1A", "", "A1:B2"])
      expect(await studio.ask("source-cell", { study: "advanced-manufacturing", file: "data/replica/controls.synthetic.csv", sheet: "", cell })).toMatchObject({
        body: { errors: [{ code: "cell" }] }
      })
  })
})

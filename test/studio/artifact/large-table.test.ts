import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder } from "../../cli/study-folder.ts"
import { launchBrowser } from "../browser.ts"
import { Studio } from "../studio.ts"
import { expectSmooth } from "./frames.ts"
import { largeStudy } from "./large-study.ts"

const browser: Browser | undefined = await launchBrowser()
const ROWS = 1_000_000
/** Of the browser, where it is called. */
declare const requestAnimationFrame: (then: () => void) => void

/** A machine under load takes its time. */
const eventually = <A>(look: () => A | Promise<A>) => expect.poll(look, { timeout: 15_000 })
const grid = (page: Page) => page.locator(".artifact-grid")
/** The cells of a row that is seen, by its number; waits until they are there. */
const cellsOf = async (page: Page, number: number): Promise<ReadonlyArray<string>> => {
  const row = page.locator(".artifact-row").filter({ has: page.getByRole("rowheader", { name: String(number), exact: true }) })
  await row.waitFor()
  await row.locator(".artifact-awaited").first().waitFor({ state: "detached" })
  const cells = await row
    .getByRole("gridcell")
    .evaluateAll((all) => all.map((cell) => [Number(cell.getAttribute("aria-colindex")), cell.textContent ?? ""] as const))
  return cells.sort((a, b) => a[0] - b[0]).map(([, text]) => text)
}
/** The numbers of the rows that are seen, from above; waits until they are there. */
const numbers = async (page: Page): Promise<ReadonlyArray<number>> => {
  for (;;) {
    const all = await page.getByRole("rowheader").evaluateAll((headers) => headers.map((one) => Number(one.textContent)))
    if (all.every((number) => number > 0)) return all
    await page.waitForTimeout(20)
  }
}
const regions = ["Hebei", "Hubei", "Inner Mongolia", "Zhejiang"]
/** What the study's stage puts in a row, as far as it is seen: region and name (the key column stands first). */
const expectRow = async (page: Page, number: number) => {
  const cells = await cellsOf(page, number)
  expect([cells[0], cells[1], cells[4]], `row ${number}`).toEqual([String(number - 1), regions[(number - 1) % 4], `firm ${(number - 1) % 5000}`])
}

describe.skipIf(browser === undefined)("a table of a million rows, and one of a thousand columns", () => {
  const folder = new StudyFolder(largeStudy(ROWS))
  let studio: Studio
  let page: Page
  let errors: ReadonlyArray<string>
  beforeAll(async () => {
    expect(folder.run().ok).toBe(true)
    studio = await Studio.start(folder.path)
    ;({ page, errors } = await studio.open(browser!, "#/large/node/many"))
    await page.getByText("firm 0", { exact: true }).waitFor()
  })
  afterAll(async () => {
    await studio.end()
    await browser!.close()
    folder.remove()
  })
  /** All rows as they were made, whatever a test before has left. */
  const plain = async () => {
    await page.goto(`${studio.origin}/#/large/node/many`)
    await expectRow(page, 1)
    await expectRow(page, 2)
  }
  const top = async () => {
    await grid(page).focus()
    await page.keyboard.press("Control+Home")
  }

  it("is told as long as it is, and few of its rows are drawn", async () => {
    expect(await grid(page).getAttribute("aria-rowcount")).toBe(String(ROWS + 1))
    expect(await page.locator(".artifact-row").count()).toBeLessThan(40)
    for (const number of [1, 2, 9]) await expectRow(page, number)
  })
  it("scrolls by the wheel: no frame over 50 ms, and the rows are those that they say", async () => {
    const box = (await grid(page).boundingBox())!
    await page.mouse.move(box.x + 300, box.y + 200)
    await expectSmooth(page, async () => {
      await top()
      for (let i = 0; i < 50; i++) {
        await page.mouse.wheel(0, 280)
        await page.waitForTimeout(8)
      }
    })
    const seen = await numbers(page)
    // 50 turns of 10 rows.
    expect(seen[0]).toBeGreaterThan(400)
    expect(seen[0]).toBeLessThanOrEqual(501)
    for (const number of seen.slice(0, 10)) await expectRow(page, number)
  })
  it("scrolls by dragging the bar to the end: no frame over 50 ms; the last row is there", async () => {
    await expectSmooth(page, async () => {
      await top()
      await grid(page).evaluate(async (element) => {
        const most = element.scrollHeight - element.clientHeight
        for (let i = 1; i <= 50; i++) {
          element.scrollTop = (most * i) / 50
          await new Promise<void>((resolve) => requestAnimationFrame(resolve))
        }
      })
    })
    for (const number of [ROWS, ROWS - 10]) await expectRow(page, number)
  })
  it("goes by keys to its ends and by pages: no frame over 50 ms; the cell that keys act on is seen", async () => {
    await expectSmooth(page, async () => {
      await top()
      for (const key of ["PageDown", "PageDown", "ArrowDown", "ArrowRight", "Control+End", "PageUp", "ArrowUp", "Home"]) {
        await page.keyboard.press(key)
        await page.waitForTimeout(40)
      }
    })
    await page.keyboard.press("Control+End")
    const active = page.locator(`#${await grid(page).getAttribute("aria-activedescendant")}`)
    await active.waitFor()
    expect(await active.textContent()).toBe("true")
    await eventually(() => page.locator(".artifact-whole").textContent()).toContain("exporter, row 1 000 000".replaceAll(" 0", "\u202f0"))
    await page.keyboard.press("Control+Home")
    await expectRow(page, 1)
  })
  it("is put in order by a click on a header, by a second column with Shift, and back by keys", async () => {
    await plain()
    const header = (name: string) => page.getByRole("columnheader", { name: new RegExp(`^${name}\\b`) })
    await header("x").locator(".artifact-sort").click()
    await eventually(() => header("x").getAttribute("aria-sort")).toBe("ascending")
    await header("x").locator(".artifact-sort").click()
    await eventually(() => header("x").getAttribute("aria-sort")).toBe("descending")
    await header("region")
      .locator(".artifact-sort")
      .click({ modifiers: ["Shift"] })
    await eventually(() => header("region").getAttribute("aria-sort")).toBe("ascending")
    expect(new URLSearchParams(page.url().split("?")[1]).get("sort")).toBe("-x, region")
    await eventually(async () => (await numbers(page))[0]).toBeGreaterThan(1)
    const first = await cellsOf(page, (await numbers(page))[0]!)
    expect(Number(first[2])).toBeGreaterThan(9999)
    // By the header, with keys: region alone, going down.
    await grid(page).focus()
    await page.keyboard.press("Control+Home")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await eventually(() => header("x").getAttribute("aria-sort")).toBe(null)
    expect(await header("region").getAttribute("aria-sort")).toBe("ascending")
    await page.keyboard.press("Enter")
    await eventually(() => header("region").getAttribute("aria-sort")).toBe("descending")
    await eventually(async () => (await numbers(page)).slice(0, 2)).toEqual([4, 8])
    await page.getByRole("button", { name: "As it was made" }).click()
    await expectRow(page, 2)
  })
  it("shows the rows that a filter leaves, tells how many, and in words what is wrong with one", async () => {
    await plain()
    const field = page.getByPlaceholder("filter, as in")
    await field.fill("region = Hebei and x is missing and id < 1000")
    await field.press("Enter")
    // Rows 8, 58, 108 …, of which every fourth from the first is Hebei's: none; Zhejiang and Hubei take turns.
    await page.getByText("No row meets the filter.").waitFor()
    await field.fill("region one of Zhejiang, Hubei and x is missing and id < 1000")
    await field.press("Enter")
    await page.getByText("20 of 1\u202f000\u202f000 rows").waitFor()
    await eventually(async () => (await numbers(page)).slice(0, 3)).toEqual([8, 58, 108])
    await field.fill("regoin = Hebei")
    await field.press("Enter")
    await page.getByRole("alert").getByText('there is no column "regoin"; did you mean "region"?').waitFor()
    await page.getByRole("button", { name: "All rows", exact: true }).click()
    await page.getByRole("alert").waitFor({ state: "detached" })
  })
  it("tells what a column comes to; a bar of it asks for its rows", async () => {
    await plain()
    await page.getByRole("button", { name: "summary and filter of y" }).click()
    const panel = page.getByRole("region", { name: "the column" })
    await panel.getByText("median").waitFor()
    await panel.getByRole("button", { name: /^0\.25 to 0\.3:/ }).click()
    await eventually(() => new URLSearchParams(page.url().split("?")[1]).get("filter")).toBe("y in 0.25.. and y < 0.3")
    await page.getByText(/of 1\u202f000\u202f000 rows/).waitFor()
    for (const number of (await numbers(page)).slice(0, 5)) {
      const share = Number((await cellsOf(page, number))[3])
      expect(share >= 0.25 && share <= 0.3).toBe(true)
    }
    await panel.getByRole("button", { name: "All rows again" }).click()
    await page.getByRole("button", { name: "summary and filter of region" }).click()
    await panel.getByLabel("Inner Mongolia").check()
    await panel.getByRole("button", { name: "Show these rows" }).click()
    await page.getByText("250\u202f000 of 1\u202f000\u202f000 rows").waitFor()
    await page.getByRole("button", { name: "All rows", exact: true }).click()
  })
  it("of a thousand columns draws those in view, scrolls without a frame over 50 ms, and goes to one by its name", async () => {
    await page.goto(`${studio.origin}/#/large/node/wide`)
    await page.locator(".artifact-name", { hasText: "v0001" }).waitFor()
    await page.waitForTimeout(300)
    await expectSmooth(page, async () => {
      await grid(page).evaluate(async (element) => {
        const most = element.scrollWidth - element.clientWidth
        for (let i = 0; i <= 50; i++) {
          element.scrollLeft = (most * i) / 50
          await new Promise<void>((resolve) => requestAnimationFrame(resolve))
        }
      })
    })
    await page.locator(".artifact-name", { hasText: "v0999" }).waitFor()
    expect(await page.getByRole("gridcell").count()).toBeLessThan(1500)
    expect((await cellsOf(page, 3)).at(-1)).toBe("999.002")
    await page.getByPlaceholder("go to column").fill("v0500")
    await page.getByPlaceholder("go to column").press("Enter")
    await eventually(() => page.locator(".artifact-name").allTextContents()).toContain("v0500")
    await eventually(() => cellsOf(page, 1)).toContain("500.000")
    // What says what a row is of stays in sight.
    expect(await page.locator(".artifact-name").allTextContents()).toContain("id")
    expect(errors).toEqual([])
  })
})

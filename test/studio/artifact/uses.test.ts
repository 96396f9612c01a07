import { readFileSync, rmSync } from "node:fs"
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder } from "../../cli/study-folder.ts"
import { axeFindings, launchBrowser } from "../browser.ts"
import { type OpenPage, Studio } from "../studio.ts"
import { largeStudy } from "./large-study.ts"

const browser: Browser | undefined = await launchBrowser()
/** A machine under load takes its time. */
const eventually = <A>(look: () => A | Promise<A>) => expect.poll(look, { timeout: 15_000 })
const query = (page: Page) => Object.fromEntries(new URLSearchParams(page.url().split("?")[1]))
const grid = (page: Page) => page.locator(".artifact-grid")
const headerOf = (page: Page, name: string): Locator => page.getByRole("columnheader", { name: new RegExp(`^${name}\\b`) })
/** The cell of a row, by its number, and a column. */
const cell = async (page: Page, number: number, column: string): Promise<Locator> => {
  const row = page.locator(".artifact-row").filter({ has: page.getByRole("rowheader", { name: String(number), exact: true }) })
  await row.locator(".artifact-awaited").first().waitFor({ state: "detached" })
  return row.locator(`[role=gridcell][aria-colindex="${await headerOf(page, column).getAttribute("aria-colindex")}"]`)
}
const selected = (page: Page) => page.locator(".artifact-whole")

describe.skipIf(browser === undefined)("the view of an artifact", () => {
  const folder = new StudyFolder(largeStudy(1000))
  let studio: Studio
  let before: string
  beforeAll(async () => {
    before = folder.run().run
    // Another figure of the panel, so that the first run has another one than today.
    folder.edit("stages/made.ts", "100 + row / 4", "200 + row / 4")
    expect(folder.run().ok).toBe(true)
    studio = await Studio.start(folder.path)
  })
  afterAll(async () => {
    await studio.end()
    await browser!.close()
    folder.remove()
  })
  /** Opens the view; there must be no error in the console when it is left. */
  const at = async (view: string, use: (opened: OpenPage) => Promise<void>, options: Parameters<Studio["open"]>[2] = {}) => {
    const opened = await studio.open(browser!, `#/large/${view}`, options)
    await use(opened)
    expect(opened.errors).toEqual([])
    await opened.context.close()
  }

  it("shows what is missing, filled in and zero apart; a cell's panel tells it whole, how and from where, and leads to its trace", () =>
    at("node/panel", async ({ page }) => {
      await (await cell(page, 1, "gdp")).waitFor()
      expect(await (await cell(page, 6, "gdp")).getByLabel("missing").textContent()).toBe("—")
      expect(await (await cell(page, 3, "gdp")).textContent()).toBe("0.33 (filled in)")
      expect(await (await cell(page, 1, "zero")).textContent()).toBe("0")
      // By keys: to the filled cell, and into its panel.
      await grid(page).focus()
      for (const key of ["Control+Home", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key)
      await eventually(() => selected(page).textContent()).toBe(`gdp, row 3: ${1 / 3} 100 million CNY filled in`)
      await page.keyboard.press("Enter")
      const panel = page.getByRole("region", { name: "the cell" })
      await panel.getByText(String(1 / 3)).waitFor()
      await panel.getByText("row 3, entity Anhui, year 2005").waitFor()
      expect(await panel.getByText("Filled in").locator("..").textContent()).toBe("Filled in: linear, between 2004 and 2006 (by panel).")
      // The panel follows.
      await page.keyboard.press("ArrowDown")
      await panel.getByText("200.75").waitFor()
      expect(await panel.locator("dd").allTextContents()).toEqual(["data/yearbook.xlsx", "4-3", "C10"])
      const link = new URL((await panel.getByRole("link", { name: "Trace this cell" }).getAttribute("href"))!.slice(1), studio.origin)
      expect([link.pathname, Object.fromEntries(link.searchParams)]).toEqual([
        "/large/runs/trace",
        { node: "panel", entity: "Anhui", year: "2006", column: "gdp" }
      ])
      for (const key of ["ArrowDown", "ArrowDown"]) await page.keyboard.press(key)
      await panel.getByText("missing", { exact: true }).waitFor()
      expect(await panel.locator("dd").allTextContents()).toEqual(["data/yearbook.xlsx", "4-3", "C12", "empty"])
      // Wherever one is.
      await page.locator(".artifact-head-facts").click()
      await page.keyboard.press("Escape")
      await panel.waitFor({ state: "detached" })
      expect(await grid(page).evaluate((element) => element.matches(":focus"))).toBe(true)
    }))

  it("tells the address where one is: reloaded, it is the same; a cell that is linked to is open", () =>
    at("node/panel?sort=-gdp&filter=year+%3E+2003", async ({ page }) => {
      await (await cell(page, 12, "gdp")).click()
      await eventually(() => query(page)).toEqual({ sort: "-gdp", filter: "year > 2003", row: "11", column: "gdp" })
      await page.reload()
      await page.getByRole("region", { name: "the cell" }).getByText("202.75").waitFor()
      await page.getByText("9 of 12 rows").waitFor()
      expect(await page.getByRole("rowheader").first().textContent()).toBe("12")
      expect(await (await cell(page, 12, "gdp")).getAttribute("aria-selected")).toBe("true")
      // A column's form leaves what it has no field for as it was.
      await page.getByRole("button", { name: "summary and filter of year" }).click()
      const panel = page.getByRole("region", { name: "the column" })
      await panel.getByLabel("to", { exact: true }).fill("2005")
      await panel.getByRole("button", { name: "Show these rows" }).click()
      await eventually(() => query(page)["filter"]).toBe("year > 2003 and year in ..2005")
      // Of a run that there is not, nothing is shown: not what was shown before.
      await page.goto(`${studio.origin}/#/large/node/panel?run=20000101`)
      await page.getByRole("alert").waitFor()
      expect(await grid(page).count()).toBe(0)
      await page.getByRole("link", { name: "As it is today" }).click()
      await grid(page).waitFor()
      expect(await page.getByRole("alert").count()).toBe(0)
    }))

  it("copies a selection as a spreadsheet takes it, numbers with all digits", () =>
    at(
      "node/panel",
      async ({ page }) => {
        await (await cell(page, 2, "year")).click()
        await (await cell(page, 3, "gdp")).click({ modifiers: ["Shift"] })
        await page.keyboard.press("Control+C")
        await page.getByText("4 cells copied, with the columns' names").waitFor()
        expect(await page.evaluate("navigator.clipboard.readText()")).toBe(`year\tgdp\n2004\t200.25\n2005\t${1 / 3}\n`)
      },
      { permissions: ["clipboard-read", "clipboard-write"] }
    ))

  it("gives the artifact as CSV, Excel, Stata, Parquet and Arrow, the same as the command line; and the rows that are shown", () =>
    at(
      "node/panel",
      async ({ page }) => {
        await (await cell(page, 1, "gdp")).waitFor()
        const get = async (format: string): Promise<readonly [name: string, bytes: Buffer]> => {
          const download = page.waitForEvent("download")
          await page.getByRole("button", { name: format }).click()
          const made = await download
          return [made.suggestedFilename(), readFileSync(await made.path())]
        }
        await page.getByText("Download").click()
        for (const [format, ending] of [
          ["CSV", "csv"],
          ["Excel", "xlsx"],
          ["Stata", "dta"],
          ["Parquet", "parquet"],
          ["Arrow", "arrow"]
        ] as const) {
          const [name, bytes] = await get(format)
          expect(name).toBe(`panel.${ending}`)
          folder.sediment("show", "panel", "-o", `out/panel.${ending}`)
          expect(bytes.equals(readFileSync(`${folder.path}/out/panel.${ending}`)), ending).toBe(true)
          const units = page.getByRole("link", { name: `panel.${ending}-metadata.json` })
          expect(await units.count()).toBe(ending === "csv" ? 1 : 0)
          if (ending !== "csv") continue
          const download = page.waitForEvent("download")
          await units.click()
          const described = await download
          expect(described.suggestedFilename()).toBe("panel.csv-metadata.json")
          expect(readFileSync(await described.path(), "utf8")).toBe(readFileSync(`${folder.path}/out/panel.csv-metadata.json`, "utf8"))
        }
        await page.keyboard.press("Escape")
        expect(await page.getByRole("button", { name: "CSV" }).count()).toBe(0)
        expect(await page.evaluate("document.activeElement.textContent")).toBe("Download")
        await page.keyboard.press("Enter")
        const field = page.getByPlaceholder("filter, as in")
        await field.fill("entity = Beijing")
        await field.press("Enter")
        await headerOf(page, "year").locator(".artifact-sort").click()
        await headerOf(page, "year").locator(".artifact-sort").click()
        await eventually(() => query(page)["sort"]).toBe("-year")
        await page.getByText("Download").click()
        const [name, bytes] = await get("CSV")
        expect(name).toBe("panel-selection.csv")
        expect(
          bytes
            .toString()
            .split("\n")
            .map((line) => line.split(",").slice(0, 2).join(" "))
        ).toEqual(["entity year", "Beijing 2006", "Beijing 2005", "Beijing 2004", "Beijing 2003", ""])
      },
      { acceptDownloads: true }
    ))

  it("tells what it is made of and what reads it, and shows it as it was in an earlier run", () =>
    at("node/panel?show=origin", async ({ page }) => {
      const rests = page.getByRole("region", { name: "what rests on it" })
      await rests.getByRole("link", { name: "trend" }).waitFor()
      expect(await rests.locator(".artifact-inputs li").textContent()).toContain("gdp")
      expect(await page.getByRole("region", { name: "made by" }).textContent()).toContain("It reads nothing.")
      const sha = await page.getByRole("region", { name: "the file" }).locator("dd").first().textContent()
      expect(folder.json("show", "panel").artifact).toBe(sha)
      expect(await page.getByRole("region", { name: "the file" }).locator("dd").nth(1).textContent()).toBe(folder.sediment("path", "panel").out.trim())
      expect(await rests.locator(".artifact-runs li").allTextContents()).toEqual([
        expect.stringMatching(/made in it$/),
        expect.stringMatching(/another one \(compare\)$/)
      ])
      await page.getByRole("link", { name: "Columns" }).click()
      await page.getByRole("row", { name: /gdp number 100 million CNY gross regional product 1 filled in, where from/ }).waitFor()
      const { columns } = folder.json("show", "panel", "--head", "1")
      const hash = columns.find((one: { name: string }) => one.name === "gdp").sha256
      await eventually(() => page.locator("code").allTextContents()).toContain(hash.slice(0, 12))
      await page.getByLabel("as of").selectOption(before)
      await page.getByRole("link", { name: "Table", exact: true }).click()
      await (await cell(page, 4, "gdp")).getByText("100.75").waitFor()
      expect(query(page)["run"]).toBe(before)
    }))

  it("shows a figure as its picture, in the page's colours, and its numbers on asking", () =>
    at(
      "node/trend",
      async ({ page }) => {
        const picture = page.getByRole("img", { name: /figure trend/ })
        await picture.waitFor()
        await eventually(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBeGreaterThan(300)
        const svg = await (await page.request.get(`${studio.origin}${await picture.getAttribute("src")}`)).text()
        expect(svg).toContain(".sd-page{fill:#0d1117}")
        await page.getByRole("link", { name: "Table", exact: true }).click()
        await headerOf(page, "mark").waitFor()
      },
      { colorScheme: "dark" }
    ))

  it("lists all artifacts: each is found by a part of its name or type", () =>
    at("node", async ({ page }) => {
      await page.getByText("5 artifacts").waitFor()
      await page.getByRole("row", { name: /many Many 1.000 6/ }).waitFor()
      await page.getByPlaceholder("find by name").fill("figure")
      await page.getByText("1 artifact", { exact: true }).waitFor()
      await page.getByRole("link", { name: "trend" }).click()
      await page.getByRole("heading", { name: /trend/ }).waitFor()
      await page.goBack()
      await page.getByText("1 artifact", { exact: true }).waitFor()
    }))

  for (const colorScheme of ["light", "dark"] as const)
    it(`axe finds nothing wrong (${colorScheme})`, () =>
      at(
        "node",
        async ({ page }) => {
          await page.getByText("5 artifacts").waitFor()
          expect(await axeFindings(page)).toEqual([])
          for (const [view, there] of [
            ["node/panel?row=2&column=gdp", "the cell"],
            ["node/many?column=region", "the column"],
            ["node/panel?show=origin", "made by"],
            ["node/panel?show=columns", "columns"]
          ] as const) {
            await page.goto(`${studio.origin}/#/large/${view}`)
            await page.getByRole("region", { name: there, exact: true }).waitFor()
            await page.waitForTimeout(300)
            expect(await axeFindings(page), view).toEqual([])
          }
        },
        { colorScheme }
      ))

  it("is used on a phone: nothing is wider than it, a cell is chosen by a touch and told in a panel", () =>
    at(
      "node/panel",
      async ({ page }) => {
        await (await cell(page, 2, "year")).tap()
        await eventually(() => selected(page).textContent()).toContain("year, row 2: 2004")
        await page.getByRole("button", { name: "Cell", exact: true }).tap()
        const panel = page.getByRole("region", { name: "the cell" })
        await panel.getByText("2004", { exact: true }).waitFor()
        // The cell that it tells of stays in sight, above it.
        const bottom = async () => {
          const box = await page.locator("#artifact-active-cell").boundingBox()
          return box === null ? Number.POSITIVE_INFINITY : box.y + box.height
        }
        await eventually(async () => (await bottom()) <= (await panel.boundingBox())!.y).toBe(true)
        expect(await page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")).toBe(true)
        await page.goto(`${studio.origin}/#/large/node`)
        await page.getByText("5 artifacts").waitFor()
        expect(await page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")).toBe(true)
      },
      { viewport: { width: 390, height: 844 }, hasTouch: true }
    ))

  it("what is lost is made again from where it is missed", () =>
    at("node", async ({ page }) => {
      const sha: string = folder.json("show", "wide", "--head", "1").artifact
      rmSync(`${folder.path}/cache/objects/${sha.slice(0, 2)}/${sha}.arrow`)
      await page.getByRole("link", { name: "wide", exact: true }).click()
      await page.getByText("sediment run wide makes it again").waitFor()
      await page.getByRole("button", { name: "Run wide" }).click()
      await headerOf(page, "v0001").waitFor()
    }))

  it("gives no file by a path, and nothing to whoever has no token", async () => {
    const cookie = `sediment-studio-${new URL(studio.origin).port}=${studio.token}`
    const status = async (path: string, headers: Record<string, string> = { cookie }) => (await fetch(`${studio.origin}${path}`, { headers })).status
    const sha = folder.json("show", "trend").artifact
    expect(await status(`/picture/${sha}.svg`)).toBe(200)
    expect(await status(`/picture/${sha}.svg`, {})).toBe(401)
    expect(await status(`/picture/${sha}.svg`, { cookie, origin: "http://elsewhere.test" })).toBe(403)
    for (const path of [
      "/picture/..%2f..%2fdag.ts",
      `/picture/${sha}`,
      "/picture/dag.svg",
      `/picture/${sha}.svg?theme=blue`,
      "/download/..%2fdag.ts/x",
      "/download/dag.ts",
      `/download/${"0".repeat(32)}.csv/x`
    ])
      expect(await status(path), path).toBe(404)
    // Of a table that is none of these, no picture is drawn.
    expect(await status(`/picture/${folder.json("show", "panel").artifact}.svg`)).toBe(422)
  })
})

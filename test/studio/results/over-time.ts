/** Tests of the pictures of variables over the years. */
import { expect, it } from "vitest"
import { numberText } from "../../../src/studio/page/chart/number-text.ts"
import { focused, group, type PlacesPages, query, tabTo } from "./places-pages.ts"

export const testsOverTime = ({ cellOf, data, folder, open }: PlacesPages): void => {
  it("small multiples: a panel an entity with its number; what is pointed at stands in all; a choice and the year are in the address", () =>
    open("series?variable=x", async ({ page }) => {
      const smalls = group(page, /x by entity/).getByRole("button")
      await smalls.first().waitFor()
      expect(await smalls.count()).toBe(8)
      // No line crosses the numbers of the axis: they stand left of every plot.
      const ends = await page.locator(".results-small-tick[dy]").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right))
      const starts = await page.locator(".results-small-plot .results-band").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left))
      expect(ends.length).toBeGreaterThan(1)
      expect(Math.max(...ends)).toBeLessThanOrEqual(Math.min(...starts))
      const beijing = smalls.filter({ hasText: "Beijing" })
      expect(await beijing.textContent()).toContain(numberText(cellOf("x", "Beijing", 2020)))
      // From the largest value of the last year to the smallest.
      const values = (await smalls.allTextContents()).map((text) => Number(/([\d.]+) in 2020/.exec(text)![1]))
      expect(values).toEqual([...values].sort((a, b) => b - a))
      await page.getByRole("combobox", { name: "Order" }).selectOption("name")
      await expect.poll(() => smalls.first().textContent()).toMatch(/^Beijing/)
      await beijing.hover()
      await expect.poll(() => page.locator(".results-other").count()).toBe(7)
      await beijing.click()
      await expect.poll(() => query(page).get("entity")).toBe("Beijing")
      await page.getByRole("slider", { name: "Year" }).focus()
      await page.keyboard.press("ArrowLeft")
      await expect.poll(() => query(page).get("year")).toBe("2019")
      await page.getByRole("region", { name: "about Beijing" }).getByText(`x in 2019`).waitFor()
      await expect.poll(() => page.getByRole("region", { name: "about Beijing" }).textContent()).toContain(numberText(cellOf("x", "Beijing", 2019)))
    }))

  it("one chart: arrows go from line to line, each with its number; groups have a chart each", () =>
    open("series?variable=x&as=one&by=region", async ({ page }) => {
      const lines = group(page, /x over the years/).getByRole("button")
      await lines.first().waitFor()
      expect(await lines.count()).toBe(8)
      await tabTo(page, ".results-line")
      await page.keyboard.press("End")
      expect(await focused(page)).toMatch(/^\w+, [\d.]+ in 2020$/)
      const [name] = (await focused(page)).split(",")
      await expect.poll(() => page.locator(".chart-tip").textContent()).toContain(name)
      await page.keyboard.press("Escape")
      await expect.poll(() => page.locator(".chart-tip").count()).toBe(0)
      await page.keyboard.press("Enter")
      await expect.poll(() => query(page).get("entity")).toBe(name)
      await page.getByText("a panel a region").click()
      await group(page, /x of North/)
        .getByRole("button")
        .first()
        .waitFor()
      expect([
        await group(page, /x of North/)
          .getByRole("button")
          .count(),
        await group(page, /x of South/)
          .getByRole("button")
          .count()
      ]).toEqual([4, 4])
    }))

  it("from one picture to another one goes on with the table, the variable, the entity and the year", () =>
    open("series?table=panel&variable=m&entity=Jiangsu&year=2018", async ({ page }) => {
      const tabs = page.getByRole("navigation", { name: "pictures" })
      await tabs.getByRole("link", { name: "Ranks" }).click()
      await page.getByRole("region", { name: "about Jiangsu" }).waitFor()
      await expect
        .poll(() => page.getByRole("region", { name: "about Jiangsu" }).textContent())
        .toContain(`m in 2018${numberText(cellOf("m", "Jiangsu", 2018))}`)
      await tabs.getByRole("link", { name: "Moran" }).click()
      await group(page, /Moran scatter plot of y in 2018/).waitFor()
      await page.getByRole("region", { name: "about Jiangsu" }).waitFor()
    }))

  it("the same numbers stand in a table, and the picture says where it is from", () =>
    open("series?variable=share", async ({ page }) => {
      await page.getByText("The same numbers as a table").click()
      const row = page.getByRole("row", { name: /^Hebei/ })
      expect(await row.getByRole("cell").allTextContents()).toEqual([
        "Hebei",
        ...[2015, 2016, 2017, 2018, 2019, 2020].map((year) => (year === 2017 ? "" : numberText(cellOf("share", "Hebei", year), 6)))
      ])
      const foot = page.locator(".results-source")
      expect(await foot.textContent()).toContain("made up for a test")
      expect(await foot.getByRole("link", { name: "panel", exact: true }).getAttribute("href")).toMatch(/^#\/places\/node\/panel/)
      expect(await foot.getByRole("link", { name: "in the DAG" }).getAttribute("href")).toBe("#/places/graph?node=panel")
      expect(await foot.textContent()).toContain(folder.json("runs").runs[0].run)
    }))

  it("ranks: names at both ends in the order of the first and the last year; a line is chosen by its name", () =>
    open("ranks?variable=x", async ({ page }) => {
      const names = group(page, /Places by x/).getByRole("button")
      await names.first().waitFor()
      const at = (year: number) =>
        ["Beijing", "Tianjin", "Hebei", "Shanxi", "Jiangsu", "Zhejiang", "Fujian", "Guangdong"].sort((a, b) => cellOf("x", b, year) - cellOf("x", a, year))
      expect((await names.allTextContents()).map((one) => one.trim())).toEqual(at(2020).map((name, place) => `${place + 1} ${name}`))
      expect((await page.locator(".chart-axis").first().locator("text").allTextContents()).map((one) => one.trim())).toEqual(
        at(2015).map((name, place) => `${name} ${place + 1}`)
      )
      await tabTo(page, ".bump-name")
      await page.keyboard.press("ArrowDown")
      const second = at(2020)[1]!
      expect(await focused(page)).toBe(`2 ${second}, place ${at(2015).indexOf(second) + 1} in 2015, 2 in 2020`)
      await page.keyboard.press("Enter")
      await expect.poll(() => query(page).get("entity")).toBe(second)
      await expect.poll(() => page.locator(".bump-marked").count()).toBe(1)
    }))

  it("how firm ranks are: a row an entity from the first of the reference, told by arrows", () =>
    open("ranks", async ({ page }) => {
      await page.getByText("over ways to make the index").click()
      const rows = group(page, /Ranges of ranks of 8 entities/).getByRole("img")
      await rows.first().waitFor()
      const firm = data("firm.entities")
      const order = [...firm["entity"]!.keys()].sort((a, b) => (firm["reference"]![a] as number) - (firm["reference"]![b] as number))
      const number = (column: string, row: number) => numberText(firm[column]![row] as number)
      const labels = await rows.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""))
      for (const [place, row] of order.entries())
        expect(labels[place]).toContain(
          `${firm["entity"]![row]}, in the reference ${place + 1}, median ${number("median", row)}, most of its ranks ${number("rank_low", row)} to ${number("rank_high", row)}`
        )
      await tabTo(page, "svg [data-roving]")
      await page.keyboard.press("End")
      expect(await focused(page)).toBe(labels.at(-1))
      await expect.poll(() => query(page).get("show")).toBe("ranges")
      await page.goBack()
      await group(page, /Places by/).waitFor()
    }))
}

/** Tests of the pictures of places and of who is near whom. */
import { expect, it } from "vitest"
import { numberText, pValueText } from "../../../src/studio/page/chart/number-text.ts"
import { focused, group, type PlacesPages, query, tabTo } from "./places-pages.ts"

export const testsInSpace = ({ cellOf, data, open }: PlacesPages): void => {
  it("map: areas by class, what is missing hatched; arrows go from province to province; a click tells value and rank, with the ways on", () =>
    open("map?variable=share&year=2017", async ({ page }) => {
      const area = (name: string) => page.locator(`[data-entity="${name}"]`)
      await area("Guangdong").waitFor()
      expect(await area("Hebei").evaluate((one) => getComputedStyle(one).fill)).toMatch(/^url/)
      const share = (name: string) =>
        area(name).evaluate((one) => Number.parseInt((one as unknown as { style: CSSStyleDeclaration }).style.getPropertyValue("--share"), 10))
      const [north, south] = [await share("Beijing"), await share("Guangdong")]
      expect(Math.sign(south - north)).toBe(Math.sign(cellOf("share", "Guangdong", 2017) - cellOf("share", "Beijing", 2017)))
      expect(await page.locator(".map-legend").textContent()).toMatch(/no value \(1\)/)
      await tabTo(page, ".map-area")
      await area("Beijing").focus()
      await page.keyboard.press("ArrowDown")
      expect(await focused(page)).toMatch(/^(Hebei|Shanxi|Jiangsu|Zhejiang|Fujian|Guangdong|Tianjin)/)
      await area("Jiangsu").focus()
      await page.keyboard.press("Enter")
      const card = page.getByRole("region", { name: "about Jiangsu" })
      expect(await card.textContent()).toContain(numberText(cellOf("share", "Jiangsu", 2017)))
      const row = await card.getByRole("link", { name: "its row" }).getAttribute("href")
      const rows = data("panel")
      expect([rows["entity"]![Number(/row=(\d+)/.exec(row!)![1])], rows["year"]![Number(/row=(\d+)/.exec(row!)![1])]]).toEqual(["Jiangsu", 2017])
      expect(await card.getByRole("link", { name: "where it comes from" }).getAttribute("href")).toBe(
        "#/places/runs/trace?node=panel&entity=Jiangsu&year=2017&column=share"
      )
      // The list beside it is the ranking.
      const ranked = await page.getByRole("group", { name: "share in 2017 by rank" }).getByRole("button").allTextContents()
      expect(ranked[0]).toMatch(/^1/)
      expect(ranked.at(-1)).toMatch(/Hebei.*no value/)
      await page.getByRole("combobox", { name: "Classes" }).selectOption("natural")
      await expect.poll(() => query(page).get("classes")).toBe("natural")
      const classes = page.locator(".map-legend li").filter({ has: page.locator(".map-class") })
      const [least] = [...data("panel")["share"]!].filter((value) => value !== null).sort((a, b) => (a as number) - (b as number))
      await expect.poll(() => classes.first().textContent()).toContain(numberText(least as number, 3))
      expect(await classes.count()).toBe(5)
    }))

  it("the years play, and the map follows", () =>
    open("map?variable=x&year=2018", async ({ page }) => {
      await page.getByRole("button", { name: "play the years" }).click()
      await page.waitForURL(/year=2020/)
      await page.getByRole("button", { name: "play the years" }).waitFor()
      await page.getByRole("heading", { name: /^x, 2020/ }).waitFor()
    }))

  it("LISA clusters: as the study has them, or by another p-value and level", () =>
    open("map?show=clusters", async ({ page }) => {
      const local = data("local")
      const kind = (name: string, level?: number) => {
        const row = local["entity"]!.findIndex((one, at) => one === name && local["year"]![at] === 2020)
        if (level === undefined) return local["cluster"]![row]
        return (local["p"]![row] as number) < level ? local["quadrant"]![row] : "not significant"
      }
      const tip = async (name: string) => (await page.locator(`[data-entity="${name}"]`).getAttribute("aria-label"))!
      await page.locator(`[data-entity="Jiangsu"]`).waitFor()
      await expect.poll(() => tip("Jiangsu")).toContain(`is ${kind("Jiangsu")}`)
      await page.getByRole("combobox", { name: "Significant" }).selectOption("p")
      await page.getByRole("combobox", { name: "Level" }).selectOption("0.1")
      for (const name of ["Jiangsu", "Zhejiang", "Beijing", "Guangdong"]) {
        await expect.poll(() => tip(name)).toContain(`is ${kind(name, 0.1)}`)
        const row = local["entity"]!.findIndex((one, at) => one === name && local["year"]![at] === 2020)
        await expect.poll(() => tip(name)).toContain(`p ${pValueText(local["p"]![row] as number)}`)
      }
    }))

  it("where nothing has areas, entities are points, or tiles, and that is told", async () => {
    await open("map?table=in-towns", async ({ page }) => {
      await page.locator('circle[data-entity="Northton"]').waitFor()
      expect(await page.locator(".map-note").textContent()).toMatch(/no areas of these entities/)
    })
    await open("map?table=in-letters", async ({ page }) => {
      await page.locator('path[data-entity="A"]').waitFor()
      expect(await page.locator(".map-note").textContent()).toMatch(/each is a tile/)
    })
  })

  it("Moran: the statistic of the year, a point an entity in its quadrant; a year is chosen by its point", () =>
    open("moran?variable=x", async ({ page }) => {
      const points = group(page, /Moran scatter plot of x in 2020/).getByRole("button")
      await points.first().waitFor()
      expect(await points.count()).toBe(8)
      const global = data("moran.moran")
      const row = (year: number) => global["year"]!.findIndex((one, at) => one === year && global["variable"]![at] === "x")
      const facts = () => page.locator(".results-facts").textContent()
      await expect.poll(() => facts()).toContain(`Moran's I${numberText(global["statistic"]![row(2020)] as number)}`)
      await expect.poll(() => facts()).toContain(`expected${numberText(-1 / 7)}`)
      await expect.poll(() => facts()).toContain(pValueText(global["p_randomisation"]![row(2020)] as number))
      const scatter = data("moran.scatter")
      const own = scatter["entity"]!.findIndex((one, at) => one === "Jiangsu" && scatter["year"]![at] === 2020 && scatter["variable"]![at] === "x")
      const label = await points.filter({ has: page.locator("circle") }).evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""))
      expect(label.find((one) => one.startsWith("Jiangsu"))).toBe(
        `Jiangsu, z ${numberText(scatter["z"]![own] as number)}, Wz ${numberText(scatter["lag"]![own] as number)}, quadrant high-high`
      )
      await tabTo(page, ".moran-point")
      await page.keyboard.press("ArrowRight")
      await page.keyboard.press("Enter")
      await expect.poll(() => label.some((one) => one.startsWith(query(page).get("entity") ?? "none"))).toBe(true)
      await group(page, /Moran's I over the years/)
        .getByRole("button", { name: /^2016/ })
        .click()
      await expect.poll(() => query(page).get("year")).toBe("2016")
      await group(page, /Moran scatter plot of x in 2016/).waitFor()
      await expect.poll(() => facts()).toContain(`Moran's I${numberText(global["statistic"]![row(2016)] as number)}`)
    }))

  it("weights: a cell is told exactly, by pointer and by arrows; the neighbours of one are listed; links stand on the map", () =>
    open("weights", async ({ page }) => {
      const { from, to, weight } = data("near")
      const link = (a: string, b: string) => weight![from!.findIndex((one, at) => one === a && to![at] === b)] as number
      const pad = page.getByRole("application")
      await pad.waitFor()
      await tabTo(page, ".weights-pad")
      await page.keyboard.press("ArrowRight")
      const cell = page.locator("#weights-cell")
      await expect.poll(() => cell.textContent()).toBe(`row Beijing, column Fujian: ${numberText(link("Beijing", "Fujian"), 6)}`)
      const box = (await pad.boundingBox())!
      await page.mouse.move(box.x + box.width * (0.5 / 8), box.y + box.height * (7.5 / 8))
      await expect.poll(() => cell.textContent()).toBe(`row Zhejiang, column Beijing: ${numberText(link("Zhejiang", "Beijing"), 6)}`)
      await page.mouse.click(box.x + box.width * (3.5 / 8), box.y + box.height * (0.5 / 8))
      await expect.poll(() => query(page).get("entity")).toBe("Beijing")
      const neighbours = page.getByRole("group", { name: "neighbours of Beijing" }).getByRole("button")
      await neighbours.first().waitFor()
      expect(await neighbours.count()).toBe(7)
      expect(await neighbours.first().textContent()).toBe(`1Tianjin${numberText(link("Beijing", "Tianjin"))}`)
      // What is painted is there: some pixel of a cell has the colour of the strongest.
      const painted = await page.locator("canvas").evaluate((one) => {
        const canvas = one as unknown as {
          getContext(kind: "2d"): { getImageData(x: number, y: number, w: number, h: number): { data: ArrayLike<number> } }
          width: number
          height: number
        }
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
        let opaque = 0
        for (let i = 3; i < data.length; i += 4) if (data[i]! > 10) opaque++
        return opaque / (data.length / 4)
      })
      expect(painted).toBeGreaterThan(0.8)
      expect(painted).toBeLessThan(0.9)
      await page.getByText("links on the map").click()
      await page.locator(".weights-links").waitFor()
      const drawn = async (look: string) =>
        (await page.locator(look).evaluateAll((all) => all.map((one) => one.getAttribute("d") ?? "").join(""))).split("M").length - 1
      await expect.poll(async () => [await drawn(".weights-link"), await drawn(".weights-link-own")]).toEqual([21, 7])
    }))
}

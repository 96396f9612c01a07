import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { numberText, pValueText } from "../../../src/studio/page/chart/number-text.ts"
import { StudyFolder } from "../../cli/study-folder.ts"
import { axeFindings, launchBrowser } from "../browser.ts"
import { type OpenPage, Studio } from "../studio.ts"
import { placesStudy } from "./places-study.ts"

const browser: Browser | undefined = await launchBrowser()

describe.skipIf(browser === undefined)("the pictures of the results", () => {
  const folder = new StudyFolder(placesStudy)
  let studio: Studio
  beforeAll(async () => {
    studio = await Studio.start(folder.path)
    // Before anything is made, that is said; and the pictures come as the run makes them.
    await open("moran", async ({ page }) => {
      await page.getByText("Nothing of this has been made yet: run the study.").waitFor()
      expect(folder.sediment("run").code).toBe(0)
      await group(page, /Moran scatter plot/).waitFor()
    })
  }, 60_000)
  afterAll(async () => {
    await studio.end()
    await browser!.close()
    folder.remove()
  })

  const read = new Map<string, Readonly<Record<string, ReadonlyArray<string | number | null>>>>()
  const data = (reference: string) => {
    if (!read.has(reference)) read.set(reference, folder.json("show", reference).data)
    return read.get(reference)!
  }
  /** A cell of a panel's artifact. */
  const cellOf = (variable: string, entity: string, year: number): number => {
    const panel = data("panel")
    return panel[variable]![panel["entity"]!.findIndex((one, row) => one === entity && panel["year"]![row] === year)] as number
  }
  const open = async (rest: string, use: (opened: OpenPage) => Promise<void>, options: Parameters<Studio["open"]>[2] = {}) => {
    const opened = await studio.open(browser!, `#/places/results/${rest}`, options)
    try {
      await use(opened)
      expect(opened.errors).toEqual([])
    } finally {
      await opened.context.close()
    }
  }
  const query = (page: Page) => new URLSearchParams(new URL(page.url()).hash.split("?")[1])
  const focused = (page: Page) => page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent") as Promise<string>
  /** Goes on by the Tab key until what has the focus fits. */
  const tabTo = async (page: Page, selector: string) => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab")
      if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
    }
    throw new Error(`the Tab key does not come to ${selector}`)
  }
  const group = (page: Page, name: RegExp) => page.getByRole("group", { name })

  it("small multiples: a panel an entity with its number; what is pointed at stands in all; a choice and the year are in the address", () =>
    open("series?variable=x", async ({ page }) => {
      const smalls = group(page, /x by entity/).getByRole("button")
      await smalls.first().waitFor()
      expect(await smalls.count()).toBe(8)
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
    }))

  it("the years play, and the map follows", () =>
    open("map?variable=x&year=2018", async ({ page }) => {
      await page.getByRole("button", { name: "play the years" }).click()
      await page.waitForURL(/year=2020/, { timeout: 5000 })
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

  it("bootstrap: as many replicates as there are, the estimate and the intervals of the study, a bar by arrows", () =>
    open("bootstrap?parameter=indirect+x", async ({ page }) => {
      const bars = group(page, /Distribution of indirect x over 120 replicates/).getByRole("img")
      await bars.first().waitFor()
      const counts = await bars.evaluateAll((all) => all.map((one) => Number(/replicates (\d+)/.exec(one.getAttribute("aria-label") ?? "")![1])))
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(120)
      const made = data("intervals")
      const row = made["effect"]!.indexOf("indirect")
      const number = (column: string) => numberText(made[column]![row] as number)
      expect(await page.locator(".results-facts").textContent()).toContain(`estimate${number("estimate")}`)
      const interval = group(page, /Intervals of indirect x/).getByRole("img", { name: /^percentile/ })
      expect(await interval.getAttribute("aria-label")).toBe(
        `percentile, estimate ${number("estimate")}, from ${number("conf_low")}, to ${number("conf_high")}, intervals`
      )
      await tabTo(page, ".bootstrap-bar")
      await page.keyboard.press("ArrowRight")
      expect(await focused(page)).toBe(await bars.nth(1).getAttribute("aria-label"))
      await expect.poll(() => page.locator(".chart-tip").count()).toBe(1)
      await page.getByRole("combobox", { name: "Parameter" }).selectOption("total x")
      await group(page, /Distribution of total x/).waitFor()
      await expect.poll(() => query(page).get("parameter")).toBe("total x")
    }))

  for (const picture of ["series", "ranks", "ranks?show=ranges", "map?show=clusters", "moran", "weights?entity=Beijing", "bootstrap"])
    it(`axe finds nothing in light or dark, and nothing is wider than a phone: ${picture}`, () =>
      open(
        picture,
        async ({ page }) => {
          await page.locator(".results-source").first().waitFor()
          await page.locator(".chart svg, canvas, .results-small").first().waitFor()
          expect(await axeFindings(page)).toEqual([])
          await page.emulateMedia({ colorScheme: "dark" })
          expect(await axeFindings(page)).toEqual([])
          const wide = await page
            .locator(".results *")
            .evaluateAll((all) =>
              all
                .filter((one) => one.closest(".results-tabs, .chart-rows, svg") === null && one.getBoundingClientRect().right > 391)
                .map((one) => `${one.tagName} ${one.className}`)
            )
          expect(wide).toEqual([])
        },
        { viewport: { width: 390, height: 844 } }
      ))

  it("a finger's touch shows what a mark says, until another place is touched", () =>
    open(
      "bootstrap",
      async ({ page }) => {
        const bar = group(page, /Distribution/)
          .getByRole("img")
          .nth(4)
        await bar.waitFor()
        await bar.tap()
        await expect.poll(() => page.locator(".chart-tip").textContent()).toContain("replicates")
        await page.getByRole("heading", { name: "Intervals" }).tap()
        await expect.poll(() => page.locator(".chart-tip").count()).toBe(0)
        await page.goto(`${studio.origin}/#/places/results/series?variable=x&as=one`)
        const plot = page.locator(".results-catch")
        await plot.waitFor()
        await plot.tap()
        await expect.poll(() => page.locator(".chart-tip").textContent()).toMatch(/in 20\d\d/)
      },
      { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    ))

  it("what is stale is said to be, and why, without a reload", () =>
    open("series?variable=x", async ({ page }) => {
      await page.locator(".results-source").waitFor()
      expect(await page.locator(".results-stale").count()).toBe(0)
      folder.edit("data/panel.csv", /^Beijing,2015,[^,]+/m, "Beijing,2015,1")
      await page.locator(".results-stale").waitFor()
      expect(await page.locator(".results-stale").textContent()).toMatch(/stale.*data\/panel\.csv/)
      await page.getByRole("combobox", { name: "Table" }).locator("option", { hasText: "panel (stale)" }).waitFor({ state: "attached" })
    }))
})

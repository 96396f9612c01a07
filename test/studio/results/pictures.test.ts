import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { numberText } from "../../../src/studio/page/chart/number-text.ts"
import { axeFindings, launchBrowser } from "../browser.ts"
import { testsInSpace } from "./in-space.ts"
import { testsOverTime } from "./over-time.ts"
import { focused, group, PlacesPages, query, tabTo } from "./places-pages.ts"

const browser: Browser | undefined = await launchBrowser()

// One studio for all of them: to start one takes longer than most of these tests.
describe.skipIf(browser === undefined)("the pictures of the results", () => {
  const places = new PlacesPages(browser!)
  const { data, folder, open } = places
  beforeAll(async () => {
    await places.start()
    // Before anything is made, that is said; it is run from there, and the pictures come as the run makes them.
    await open("moran", async ({ page }) => {
      await page.getByText("Nothing of this has been made yet.").waitFor()
      await page.getByRole("button", { name: "Run the study" }).click()
      await group(page, /Moran scatter plot/).waitFor()
    })
    const states = () => folder.json("status").nodes.map(({ state }: { readonly state: string }) => state)
    await vi.waitFor(() => expect(new Set(states())).toEqual(new Set(["fresh"])), { timeout: 30_000, interval: 500 })
  }, 90_000)
  afterAll(async () => {
    await places.end()
    await browser!.close()
  })

  testsOverTime(places)
  testsInSpace(places)

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
        `percentile, 95%, estimate ${number("estimate")}, from ${number("conf_low")}, to ${number("conf_high")}, intervals`
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
        await page.goto(`${places.origin}/#/places/results/series?variable=x&as=one`)
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

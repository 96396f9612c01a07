/** What somebody sees of a specification curve, from the run that makes it to what is behind each of its estimates. */
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { comparedStudy } from "../../cli/compared-study.ts"
import type { StudyFolder } from "../../cli/study-folder.ts"
import { axeFindings, launchBrowser } from "../browser.ts"
import { Studio } from "../studio.ts"

const browser: Browser | undefined = await launchBrowser()
const minus = (text: string) => text.replaceAll("-", "\u2212")

interface Estimates {
  readonly specification: ReadonlyArray<string>
  readonly estimate: ReadonlyArray<number>
  readonly p_value: ReadonlyArray<number>
}

describe.skipIf(browser === undefined)("the specification curve, in the page", () => {
  let study: StudyFolder
  let studio: Studio
  let data: Estimates
  beforeAll(async () => {
    study = comparedStudy()
    study.run()
    studio = await Studio.start(study.path)
  }, 120_000)
  afterAll(async () => {
    await studio.end()
    await browser!.close()
    study.remove()
  })
  const open = async (query = "", options?: Parameters<Studio["open"]>[2]) => {
    const opened = await studio.open(browser!, `#/my-study/estimates?show=curve${query}`, options)
    opened.page.setDefaultTimeout(15_000)
    return opened
  }
  const slider = (page: Page) => page.getByRole("slider", { name: "specifications" })
  const panel = (page: Page) => page.locator(".estimates-panel")
  const summary = (page: Page) => page.locator(".estimates-curve-summary")
  /** The place of a specification, from 0, in pixels of the page. */
  const placeOf = async (page: Page, at: number, count: number) => {
    const box = (await slider(page).boundingBox())!
    return { x: box.x + ((at + 0.5) * box.width) / count, y: box.y + 60 }
  }

  it("says that nothing was estimated yet, with the command; the button runs it, and the curve is there", async () => {
    const { context, errors, page } = await open()
    await page.getByText("48 specifications are compared, and none has been estimated yet.").waitFor()
    expect(await page.locator(".estimates-to-run code").textContent()).toBe("sediment compare")
    await page.getByRole("button", { name: "run 48 specifications" }).click()
    await slider(page).waitFor({ timeout: 60_000 })
    await page.getByText("All specifications together, against resamples without an effect").waitFor({ timeout: 60_000 })
    data = study.json("show", "comparison-curve.estimates").data
    const significant = data.p_value.filter((p) => p < 0.05).length
    expect(await summary(page).textContent()).toContain("48 specifications: median ")
    expect(await summary(page).textContent()).toContain(`${minus(String(Math.round((1000 * significant) / 48) / 10))}% significant`)
    const tests = study.json("show", "comparison-inference").data
    expect(await page.locator(".estimates-curve-besides dd").first().textContent()).toBe(`p = ${tests.p_value[0].toFixed(3)}`)
    expect(errors).toEqual([])
    await context.close()
  }, 120_000)

  it("pointing highlights a specification over both parts; a click tells what was chosen, and what that changed", async () => {
    const { context, errors, page } = await open()
    await slider(page).waitFor()
    const at = 40
    const { x, y } = await placeOf(page, at, 48)
    await page.mouse.move(x, y)
    const under = (await page.locator(".estimates-curve-under").boundingBox())!
    expect(under.x).toBeLessThan(x)
    expect(under.x + under.width).toBeGreaterThan(x)
    expect(under.height).toBeCloseTo((await slider(page).boundingBox())!.height, 0)
    const name = data.specification[at]!
    expect(await page.locator(".estimates-curve-told").textContent()).toContain(`; ${name.split(" ").join(", ")}`)
    await page.mouse.click(x, y)
    await panel(page).waitFor()
    expect(await panel(page).locator(".estimates-exact").textContent()).toBe(minus(String(data.estimate[at])))
    const chosen = await panel(page).locator(".estimates-chosen-options strong").allTextContents()
    expect(chosen).toEqual(name.split(" "))
    // The reference is the first option of each choice.
    const reference = ["full", "own", "linear", "all", "baseline"]
    const changed = chosen.filter((option, c) => option !== reference[c]).length
    expect(await panel(page).locator(".estimates-changed").count()).toBe(changed)
    expect(await panel(page).getByRole("link", { name: "the model", exact: true }).getAttribute("href")).toBe(
      `#/my-study/estimates/${encodeURIComponent(`compared-model[${name}]`)}`
    )
    expect(await panel(page).getByRole("link", { name: "its row in the artifact" }).getAttribute("href")).toBe(
      `#/my-study/node/comparison-curve?output=estimates&row=${at}&column=estimate`
    )
    expect(errors).toEqual([])
    await context.close()
  })

  it("by keyboard: arrows and End go through it, Enter tells, Escape closes", async () => {
    const { context, page } = await open()
    await slider(page).focus()
    await page.keyboard.press("End")
    await page.keyboard.press("ArrowLeft")
    expect(await slider(page).getAttribute("aria-valuenow")).toBe("47")
    expect(await slider(page).getAttribute("aria-valuetext")).toMatch(/^47 of 48: \d+\.\d+ \[.*\], p .*; /)
    await page.keyboard.press("Enter")
    await panel(page).waitFor()
    expect(decodeURIComponent(new URL(page.url()).hash.replaceAll("+", " "))).toContain(`spec=${data.specification[46]}`)
    await page.keyboard.press("Escape")
    await panel(page).waitFor({ state: "detached" })
    expect(await page.evaluate("document.activeElement.getAttribute('role')")).toBe("slider")
    await context.close()
  })

  it("options filter, a choice sorts: what is shown is counted anew, and stands in the address", async () => {
    const { context, page } = await open()
    await page.getByRole("button", { name: "coast", exact: true }).click()
    const coast = data.specification.flatMap((name, i) => (name.split(" ")[3] === "coast" ? [data.estimate[i]!] : []))
    await expect.poll(() => summary(page).textContent()).toContain(`${coast.length} of 48 specifications`)
    expect(await summary(page).textContent()).toContain(`from ${minus(coast[0]!.toPrecision(3))}`)
    await page.getByRole("button", { name: "model", exact: true }).click()
    await expect.poll(() => new URL(page.url()).hash).toContain("only=sample%3Acoast&sort=model")
    // First the baseline's, smallest first.
    await slider(page).focus()
    await page.keyboard.press("Home")
    const first = data.specification.find((name) => name.split(" ")[3] === "coast" && name.endsWith(" baseline"))!
    expect(await slider(page).getAttribute("aria-valuetext")).toContain(first.split(" ").join(", "))
    // A reload has it as it was.
    await page.reload()
    await expect.poll(() => summary(page).textContent()).toContain(`${coast.length} of 48 specifications`)
    await page.getByRole("button", { name: "show all" }).click()
    await expect.poll(() => summary(page).textContent()).toMatch(/^48 specifications/)
    await page.getByText("The same numbers as a table").click()
    await expect.poll(() => page.locator(".chart-rows tbody tr").count()).toBe(48)
    await context.close()
  })

  for (const colorScheme of ["light", "dark"] as const)
    it(`axe finds nothing wrong, at a phone's width too (${colorScheme})`, async () => {
      const spec = `&spec=${encodeURIComponent(data.specification[3]!)}`
      for (const [query, width] of [
        [spec, 1280],
        ["", 390]
      ] as const) {
        const { context, errors, page } = await open(query, { colorScheme, viewport: { width, height: 844 } })
        await slider(page).waitFor()
        if (query !== "") await panel(page).waitFor()
        expect(await axeFindings(page)).toEqual([])
        expect(await page.locator(".estimates").evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0)
        expect(errors).toEqual([])
        await context.close()
      }
    })
})

/** What somebody sees of printed tables beside what is published, and of the models that they print. */
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { StudyFolder } from "../../cli/study-folder.ts"
import { axeFindings, launchBrowser } from "../browser.ts"
import { Studio } from "../studio.ts"
import { estimatedStudy } from "./estimated-study.ts"

const browser: Browser | undefined = await launchBrowser()
const minus = (text: string) => text.replaceAll("-", "\u2212")

describe.skipIf(browser === undefined)("tables and models, in the page", () => {
  let study: StudyFolder
  let studio: Studio
  beforeAll(async () => {
    study = estimatedStudy()
    study.run()
    studio = await Studio.start(study.path)
  }, 120_000)
  afterAll(async () => {
    await studio.end()
    await browser!.close()
    study.remove()
  })
  const open = async (rest: string, options?: Parameters<Studio["open"]>[2]) => {
    const opened = await studio.open(browser!, `#/my-study/estimates${rest}`, options)
    opened.page.setDefaultTimeout(10_000)
    await opened.page.locator(".estimates-page, .estimates-models, .estimates-plot, .estimates-curve").first().waitFor()
    return opened
  }
  const number = (page: Page, at: string) => page.locator(`[data-number="${at}"]`)
  const row = (page: Page, label: string) => page.locator("tr", { has: page.getByRole("rowheader", { name: label, exact: true }) })
  const panel = (page: Page) => page.locator(".estimates-panel")

  it("how many printed numbers agree, over all and in a table; which differ, and how", async () => {
    const { context, errors, page } = await open("/table1")
    const { data } = study.json("show", "against.summary")
    const all = data.table.indexOf("all")
    expect([data.numbers[all], data.within_rounding[all], data.within_tolerance[all]]).toEqual([6, 2, 1])
    const said = await page.locator(".estimates-tally").allTextContents()
    expect(said[0]).toBe(
      "3 of 6 printed numbers agree: 2 to the last printed digit, 1 within what the comparison tolerates. Of all: 2 with a larger difference, 1 that the run does not have, 1 with another sign, 1 with other stars, 1 that the study explains."
    )
    expect(said[1]).toMatch(/^3 of 6 printed numbers agree/)
    // Text of a study is text.
    expect(await page.locator("h2", { hasText: "Table 1." }).textContent()).toBe("Table 1. Income <of places>")
    const cells = await row(page, "x").locator("td").allInnerTexts()
    const printed = study.json("show", "table1", "--data").data
    const runs = printed.text.filter((_: string, i: number) => printed.row_label[i] === "x")
    expect(cells.filter((_, i) => i % 2 === 0)).toEqual(runs)
    const marks = async (label: string) => (await row(page, label).locator(".estimates-mark").allInnerTexts()).map((text) => text.trim())
    expect(await marks("x")).toEqual(["", "≠☆"])
    expect(await marks("openness")).toEqual(["±", ""])
    expect(await marks("wealth")).toEqual(["", "∅"])
    expect(await number(page, "0.1").getAttribute("aria-label")).toMatch(/, published 0\.\d+\*{1,3}, differs, other stars$/)
    expect(errors).toEqual([])
    await context.close()
  })

  it("a click on a number tells it exactly, against what is published, and where it is from, down to the file", async () => {
    const { context, errors, page } = await open("/table1")
    await number(page, "0.0").click()
    await panel(page).getByText("How it got there").waitFor()
    const { data } = study.json("show", "both.coefficients")
    expect(await panel(page).locator(".estimates-exact").textContent()).toBe(minus(String(data.estimate[data.term.indexOf("x")])))
    expect(await panel(page).locator(".estimates-verdict").textContent()).toBe("Agrees: it rounds to what is printed.")
    expect(await panel(page).getByRole("link", { name: "its row in the artifact" }).getAttribute("href")).toBe(
      `#/my-study/node/both?output=coefficients&row=${data.term.indexOf("x")}&column=estimate`
    )
    expect(await panel(page).getByRole("link", { name: "the model", exact: true }).getAttribute("href")).toBe("#/my-study/estimates/both")
    expect(await panel(page).getByRole("link", { name: "in the DAG" }).getAttribute("href")).toBe("#/my-study/graph?node=both")
    expect(await panel(page).getByRole("link", { name: "data/published.csv" }).getAttribute("href")).toBe("#/my-study/node/printed?row=1")
    const chain = await panel(page).locator(".estimates-chain > li").allInnerTexts()
    expect(chain[0]).toMatch(/^both within/)
    expect(chain[1]).toMatch(/^panel ingest\s+x\s+data\/panel\.csv$/)
    // What the study says of a difference.
    await page.goto(`${studio.origin}/#/my-study/estimates/table1?cell=0.1`)
    await panel(page).getByText("The study says why: it was made up.").waitFor()
    expect(await panel(page).locator(".estimates-verdict").textContent()).toBe("Differs. It has other stars.")
    await panel(page).getByText("alone.coefficients: estimate equation income, term x").waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it("by keyboard: arrows go from number to number, Enter tells, Escape goes back to the number", async () => {
    const { context, page } = await open("/table1")
    await number(page, "0.0").focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowDown")
    expect(await page.evaluate("document.activeElement.dataset.number")).toBe("1.1")
    await page.keyboard.press("Enter")
    await panel(page).getByText("How it got there").waitFor()
    expect(new URL(page.url()).hash).toBe("#/my-study/estimates/table1?cell=1.1")
    await page.keyboard.press("Escape")
    await panel(page).waitFor({ state: "detached" })
    expect(await page.evaluate("document.activeElement.dataset.number")).toBe("1.1")
    // One stop of the Tab key for all numbers.
    expect(await page.locator('.estimates-number[tabindex="0"]').count()).toBe(1)
    await context.close()
  })

  it("only what differs; a table that nothing compares is judged by what rounds to print", async () => {
    const { context, page } = await open("/table1")
    await page.getByLabel("show").selectOption("differs")
    await row(page, "Observations").waitFor({ state: "detached" })
    expect(await page.locator("tbody th").allInnerTexts()).toEqual(["x", "openness", "wealth"])
    await page.getByLabel("show").selectOption("signs")
    await row(page, "x").waitFor({ state: "detached" })
    expect(await page.locator("tbody th").allInnerTexts()).toEqual(["openness"])
    await page.goto(`${studio.origin}/#/my-study/estimates/table2`)
    await row(page, "Observations").waitFor()
    // The standard error beyond rounding differs here: no tolerance is told.
    expect((await page.locator(".estimates-judged .estimates-tally").textContent())!).toMatch(/^2 of \d printed numbers agree/)
    await context.close()
  })

  it("models: found by their words; estimates as the artifact has them; why a standard error is what it is", async () => {
    const { context, errors, page } = await open("?show=models", {})
    await page.getByPlaceholder("find by name").fill("openness cluster")
    const found = page.locator("tbody th a")
    await expect.poll(() => found.allInnerTexts()).toEqual(["both"])
    await found.first().click()
    await page.getByLabel("all digits").check()
    await page.getByRole("rowheader", { name: "openness" }).waitFor()
    const { data } = study.json("show", "both.coefficients")
    const cells = await row(page, "openness").first().locator("td").allInnerTexts()
    const at = data.term.indexOf("openness")
    expect([cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]].map((text) => text!.trim())).toEqual(
      [data.std_error, data.statistic, data.df, data.p_value, data.conf_low, data.conf_high].map((column) => minus(String(column[at])))
    )
    expect(await page.locator(".estimates-equation").textContent()).toMatch(
      /^income = x \+ openness \+ constanttwo-way fixed effects; 96 observations; standard errors: clustered by entity/
    )
    await page.getByRole("button", { name: "the standard error of x: why?" }).click()
    await panel(page).getByText("The same regression under every convention in use:").waitFor()
    const { standardErrors } = study.json("explain-se", "both", "x")
    expect(await panel(page).locator(".estimates-conventions > li").count()).toBe(standardErrors.length)
    expect(await panel(page).locator(".estimates-conventions > li.estimates-chosen").textContent()).toContain("clustered by entity, xtreg (the model's)")
    expect(errors).toEqual([])
    await context.close()
  })

  it("coefficients side by side: sorted, in the address; a click on a mark opens its model, and so does Enter", async () => {
    const { context, errors, page } = await open("?show=plot&terms=x")
    const marks = page.locator(".estimates-forest a")
    await expect.poll(() => marks.count()).toBe(2)
    const estimates = ["both", "alone"].map((node) => study.json("show", `${node}.coefficients`).data.estimate[0] as number)
    await page.getByLabel("order").selectOption("estimate")
    const first = estimates[0]! > estimates[1]! ? "both" : "alone"
    await expect.poll(() => marks.first().getAttribute("href")).toBe(`#/my-study/estimates/${first}`)
    expect(new URL(page.url()).hash).toBe("#/my-study/estimates?show=plot&terms=x&order=estimate")
    // The 95 % interval is wider than the thick 90 % one.
    const [line, , , thick] = await marks
      .first()
      .locator("line")
      .evaluateAll((lines) => lines.map((one) => one.getBoundingClientRect().width))
    expect(thick! / line!).toBeGreaterThan(0.75)
    expect(thick! / line!).toBeLessThan(0.9)
    await marks.first().focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.locator("h2", { hasText: first === "both" ? "alone" : "both" }).waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it("models that have a term in common, as a curve with what differs among them", async () => {
    const { context, errors, page } = await open("?show=curve&term=x")
    const slider = page.getByRole("slider", { name: "specifications" })
    await slider.focus()
    const values = [await slider.getAttribute("aria-valuetext")]
    await page.keyboard.press(values[0]!.startsWith("1 ") ? "ArrowRight" : "ArrowLeft")
    values.push(await slider.getAttribute("aria-valuetext"))
    expect(values.map((text) => text!.replace(/^.*; /, "")).sort()).toEqual(["clustered by entity, yes", "iid, no"])
    expect(await page.locator(".estimates-option").allInnerTexts()).toEqual(["clustered by entity", "iid", "with openness"])
    expect(errors).toEqual([])
    await context.close()
  })

  it("on a phone the table scrolls in its own box, and the names of its rows stay in sight", async () => {
    const { context, page } = await open("/table1", { viewport: { width: 390, height: 844 } })
    const box = page.locator(".estimates-scroll").first()
    await box.waitFor()
    const before = await row(page, "openness").locator("th").boundingBox()
    const sizes = await box.evaluate((element) => {
      element.scrollLeft = 80
      return { inner: element.scrollWidth, outer: element.clientWidth, scrolled: element.scrollLeft }
    })
    expect(sizes.inner).toBeGreaterThan(sizes.outer)
    expect(sizes.scrolled).toBeGreaterThan(0)
    expect((await row(page, "openness").locator("th").boundingBox())!.x).toBeCloseTo(before!.x, 0)
    expect(await page.locator(".estimates").evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0)
    await context.close()
  })

  for (const colorScheme of ["light", "dark"] as const)
    it(`axe finds nothing wrong (${colorScheme})`, async () => {
      for (const rest of ["/table1?cell=0.1", "?show=models", "/both?se=x", "?show=plot"]) {
        const { context, errors, page } = await open(rest, { colorScheme })
        await page.locator(".estimates-scroll, .estimates-forest").first().waitFor()
        if (/cell|se=/.test(rest)) await panel(page).locator("h4").first().waitFor()
        expect(await axeFindings(page)).toEqual([])
        expect(errors).toEqual([])
        await context.close()
      }
    })
})

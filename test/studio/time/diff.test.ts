/** Two runs beside each other: edits, nodes, cells, estimates, and the path from the one to the other. */
import type { Browser, Locator } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { axeFindings, launchBrowser } from "../browser.ts"
import { Studio } from "../studio.ts"
import { EditedStudy } from "./edited-study.ts"

const browser: Browser | undefined = await launchBrowser()
/** What is seen of an element. */
const seen = async (one: Locator) => {
  await one.first().waitFor()
  return clean((await one.first().allInnerTexts()).join(" "))
}
const clean = (words: string) => words.replace(/\s+/g, " ").trim()

describe.skipIf(browser === undefined)("two runs beside each other", () => {
  const study = new EditedStudy()
  const { code, data, failed, first, parameter } = study.runs
  let studio: Studio
  beforeAll(async () => {
    studio = await Studio.start(study.path)
  })
  afterAll(async () => {
    await studio.end()
    await browser!.close()
    study.remove()
  })
  const compare = async (query: string, options?: Parameters<Studio["open"]>[2]) => {
    const opened = await studio.open(browser!, `#/estimates/runs${query}`, options)
    await opened.page.locator(".time-card-end, .time-edit-list li").first().waitFor()
    return opened
  }

  it("unless named, they are those that sediment diff compares; what was passed over is told", async () => {
    const { context, errors, page } = await compare("/diff")
    const { passedOver, studies } = study.json("diff", "--study", "dag.ts")
    const [{ from, to }] = studies
    const shown = await page.locator(".time-side a").evaluateAll((all) => all.map((one) => one.getAttribute("href")!.split("/run/")[1]))
    expect(shown).toEqual([from.run, to.run])
    expect(passedOver).toEqual([failed])
    expect(await seen(page.locator(".time-diff > .soft"))).toMatch(/^Passed over, since it did not come out well: .*\(failed\)\.$/)
    expect(errors).toEqual([])
    await context.close()
  })

  it("an edit of a cell: the path leads from the file over columns and nodes to the coefficient, with what changed at each step", async () => {
    const { context, errors, page } = await compare(`?from=${first}&to=${data}&node=on-x&of=x`)
    expect(await page.locator(".time-edit-text").allTextContents()).toEqual(["the file data/panel.csv changed: y: 1 cell, at Shanxi: 4.900 → 5.900"])
    await page.locator(".time-card-end").waitFor()
    const cards = (await page.locator(".time-card").allInnerTexts()).map(clean)
    expect(cards).toEqual([
      "1 file the file data/panel.csv changed y: 1 cell, at Shanxi: 4.900 → 5.900",
      "panel parse touched by edit 1 y: 1 cell, at Shanxi: 4.900 → 5.900",
      "scaled scale reads y (1 cell, at Shanxi: 4.900 → 5.900) of panel y: 1 cell, at Shanxi: 4.900 → 5.900",
      "on-x slope reads y (1 cell, at Shanxi: 4.900 → 5.900) of scaled 1 estimate differs",
      expect.stringMatching(/^x on-x 0\.990\d*\*\*\* \(0\.04726\) → 1\.190\d*\*\*\* \(.*\) moved by 4\.232 standard errors The cells that it rests on$/)
    ])
    // Each is a step to the right, and joined to the one before by a line.
    const boxes = await page.locator(".time-card").evaluateAll((all) => all.map((card) => card.getBoundingClientRect().left))
    expect([...boxes].sort((a, b) => a - b)).toEqual(boxes)
    expect(await page.locator(".time-path-edges > path").count()).toBe(4)
    expect(errors).toEqual([])
    await context.close()
  })

  it("several edits are told apart: each has its number, its nodes, and may be looked at alone", async () => {
    const { context, page } = await compare(`?from=${first}&to=${parameter}&node=on-x&of=x`)
    expect(await page.locator(".time-edit-text").allTextContents()).toEqual([
      "the file data/panel.csv changed: y: 1 cell, at Shanxi: 4.900 → 5.900",
      "scaled: parameter by changed from 1 to 2"
    ])
    await page.locator(".time-card-end").waitFor()
    const scaled = page.locator(".time-card", { has: page.getByRole("link", { name: "scaled", exact: true }) })
    expect(await seen(scaled)).toContain("touched by edit 2")
    const titles = (await page.locator(".time-diff h3").allInnerTexts()).map(clean)
    expect(titles).toEqual(["1 2 nodes rest on edit 1", "1 2 2 nodes rest on edits 1, 2"])
    await page.getByRole("link", { name: "only this: edit 2" }).click()
    await page.getByText("all edits").waitFor()
    await page.getByText("1 estimate rests on edit 2").waitFor()
    expect(await page.locator(".time-node-list strong").allTextContents()).toEqual(["scaled", "on-x"])
    await context.close()
  })

  it("an estimate stands before and after, with its interval drawn; a click leads to its path", async () => {
    const { context, page } = await compare(`?from=${data}&to=${parameter}`)
    const row = page.locator(".time-moved tbody tr").first()
    await row.waitFor()
    const cells = (await row.locator("td").allInnerTexts()).map(clean)
    const { studies } = study.json("diff", data, parameter)
    const [change] = studies[0].nodes.find((node: { node: string }) => node.node === "on-x").outputs[0].estimates
    expect(Number.parseFloat(cells[0]!)).toBeCloseTo(change.before.estimate, 3)
    expect(Number.parseFloat(cells[1]!)).toBeCloseTo(change.after.estimate, 3)
    // The coefficient is half of what it was, and its standard error too: its circle is half as far from zero.
    const zero = Number(await row.locator(".time-zero").getAttribute("x1"))
    const at = async (which: string) => Number(await row.locator(`.${which} circle`).getAttribute("cx")) - zero
    expect((await at("time-after")) / (await at("time-before"))).toBeCloseTo(0.5, 3)
    await row.getByRole("link").click()
    await page.waitForURL(/of=x/)
    expect(await page.locator(".time-path-section select").inputValue()).toContain("on-x")
    await context.close()
  })

  it("a node opens to its columns, and a column to its cells, the largest relative change first", async () => {
    const { context, page } = await compare(`?from=${data}&to=${parameter}`)
    const node = page.locator(".time-node-list > li", { hasText: "scaled" })
    await node.locator("summary").focus()
    await page.keyboard.press("Enter")
    expect(await seen(node.locator(".time-whys"))).toBe("parameter by changed from 1 to 2")
    await node.getByRole("button", { name: "x", exact: true }).click()
    await node.locator(".time-cells tbody tr").nth(4).waitFor()
    expect((await node.locator(".time-cells tbody tr").allInnerTexts()).map(clean)).toEqual([
      "Anhui 1 2 +100.0%",
      "Fujian 2 4 +100.0%",
      "Hebei 3 6 +100.0%",
      "Henan 4 8 +100.0%",
      "Shanxi 5 10 +100.0%"
    ])
    await node.getByLabel("first").selectOption("absolute")
    await expect.poll(() => seen(node.locator(".time-cells tbody tr"))).toMatch(/^Shanxi/)
    await context.close()
  })

  it("code that changed, a node that failed, and a branch beside the study", async () => {
    const { context, page } = await compare(`?from=${parameter}&to=${code}`)
    expect(await page.locator(".time-edit-text").allTextContents()).toEqual(["the code of slope (stages/slope.ts) changed"])
    await page.goto(`${studio.origin}/#/estimates/runs?from=${code}&to=${failed}`)
    await page.getByText("z is constant").first().waitFor()
    await page.goto(`${studio.origin}/#/estimates/runs?from=latest&to=latest@quadrupled`)
    await page.getByText("scaled: parameter by changed from 2 to 4").first().waitFor()
    expect(await seen(page.locator(".time-side .time-branch"))).toBe("@quadrupled")
    await page.locator(".time-card-end").waitFor()
    // Its run is found by its name alone.
    const { body } = await studio.ask("run-diff", { study: "estimates", from: "latest", to: "latest@quadrupled" })
    const { to } = body as { readonly to: { readonly run: string } }
    expect((await studio.ask("run-diff", { study: "estimates", from: "latest", to: to.run })).body).toMatchObject({
      to: { ...to, study: "estimates@quadrupled" }
    })
    await context.close()
  })

  it("what names no run is told in words, and leads back", async () => {
    const { context, page } = await studio.open(browser!, "#/estimates/runs?from=nowhere&to=latest")
    expect(await seen(page.getByRole("alert"))).toContain('there is no run "nowhere"')
    await page.getByRole("link", { name: "Choose two runs" }).click()
    await page.locator(".time-stratum").first().waitFor()
    await context.close()
  })

  it("on a phone the path goes down, one card below the other", async () => {
    const { context, page } = await compare(`?from=${first}&to=${parameter}&node=on-x&of=x`, { viewport: { width: 390, height: 844 } })
    await page.locator(".time-card-end").waitFor()
    const boxes = await page.locator(".time-card").evaluateAll((all) => all.map((card) => card.getBoundingClientRect()).map(({ left, top }) => ({ left, top })))
    expect(new Set(boxes.map(({ left }) => left)).size).toBe(1)
    expect([...boxes].sort((a, b) => a.top - b.top)).toEqual(boxes)
    expect(await page.evaluate("document.querySelector('main').scrollWidth")).toBeLessThanOrEqual(390)
    await context.close()
  })

  for (const colorScheme of ["light", "dark"] as const)
    it(`axe finds nothing wrong (${colorScheme})`, async () => {
      const { context, errors, page } = await compare(`?from=${first}&to=${parameter}&node=on-x&of=x&open=scaled`, { colorScheme })
      await page.locator(".time-card-end").waitFor()
      await page.locator(".time-columns button").first().click()
      await page.locator(".time-cells tbody tr").first().waitFor()
      expect(await axeFindings(page)).toEqual([])
      expect(errors).toEqual([])
      await context.close()
    })
})

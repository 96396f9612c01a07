import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder, smallStudy } from "../cli/study-folder.ts"
import { axeFindings, launchBrowser } from "./browser.ts"
import { Studio } from "./studio.ts"

const browser: Browser | undefined = await launchBrowser()

describe.skipIf(browser === undefined)("the frame of the studio", () => {
  const folder = new StudyFolder(smallStudy)
  let studio: Studio
  beforeAll(async () => {
    studio = await Studio.start(folder.path)
  })
  afterAll(async () => {
    await studio.end()
    await browser!.close()
    folder.remove()
  })

  for (const colorScheme of ["light", "dark"] as const)
    it(`opens by the address with its token, and axe finds nothing wrong (${colorScheme})`, async () => {
      const { context, errors, page } = await studio.open(browser!, "", { colorScheme })
      await page.getByText("live", { exact: true }).waitFor()
      await page.locator("h1").first().waitFor()
      expect(new URL(page.url()).search).toBe("")
      expect(await axeFindings(page)).toEqual([])
      expect(errors).toEqual([])
      await context.close()
    })

  it("says that there is no such view, and which there are", async () => {
    const { context, page } = await studio.open(browser!, "#/small/layers")
    await page.getByRole("heading", { name: 'There is no view "layers"' }).waitFor()
    await page.getByRole("main").getByRole("link", { name: "Estimates" }).click()
    await page.waitForURL(/estimates/)
    // The study is told first: that there is no such view may not be why.
    await page.goto(`${new URL(page.url()).origin}/#/nostudy/dag`)
    await page.getByRole("heading", { name: 'There is no study "nostudy"' }).waitFor()
    await page.getByRole("main").getByRole("link", { name: "small" }).click()
    await page.waitForURL(/#\/small\/graph/)
    await context.close()
  })

  it("says that another studio answers at its address, and goes on where it is once that is opened", async () => {
    const first = await Studio.start(folder.path)
    const port = new URL(first.origin).port
    const { context, page } = await first.open(browser!, "#/small/runs")
    await page.getByText("live", { exact: true }).waitFor()
    await page.locator("h1").first().waitFor()
    await first.end()
    await page.getByText("not connected", { exact: true }).waitFor()
    const second = await Studio.start(folder.path, ["--port", port])
    try {
      await page.getByText("was started after this page was opened").waitFor()
      await (await context.newPage()).goto(second.address)
      // A page behind another is not drawn.
      await page.bringToFront()
      await page.getByText("live", { exact: true }).waitFor()
      await expect.poll(() => page.getByRole("alert").allInnerTexts(), { timeout: 20_000 }).toEqual([])
      expect(new URL(page.url()).hash).toBe("#/small/runs")
    } finally {
      await context.close()
      await second.end()
    }
  })
})

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
})

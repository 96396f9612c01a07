import type { Browser } from "playwright-core"

/** Milliseconds from the navigation to the frame after the one in which nodes are drawn. */
export const firstView = async (browser: Browser, address: string): Promise<number> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.addInitScript(`{
    const look = () => {
      if (document.querySelector("path.graph-far, [data-box]") === null) requestAnimationFrame(look)
      else requestAnimationFrame(() => (window.seenAt = performance.now()))
    }
    requestAnimationFrame(look)
  }`)
  await page.goto(address)
  let seenAt: number | undefined
  while (seenAt === undefined) {
    await page.waitForTimeout(20)
    seenAt = await page.evaluate<number | undefined>("window.seenAt")
  }
  await context.close()
  return seenAt
}

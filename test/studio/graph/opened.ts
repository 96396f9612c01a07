/** The DAG in a browser, and what is seen of it. */
import type { Browser, Locator, Page } from "playwright-core"
import { expect } from "vitest"
import type { Studio } from "../studio.ts"

export const box = (page: Page, id: string): Locator => page.locator(`[data-box="${id}"]`)
export const boxes = (page: Page): Locator => page.locator("[data-box]")
export const namesOfBoxes = (page: Page): Promise<ReadonlyArray<string>> =>
  boxes(page).evaluateAll((all) => all.map((one) => one.getAttribute("data-box")!).sort())
/** The text of an element as it is seen, in a line. */
export const textOf = async (seen: Locator): Promise<string> => (await seen.allInnerTexts()).join(" ").replace(/\s+/g, " ").trim()
/** What is asked for in the address. */
export const queryOf = (page: Page): Readonly<Record<string, string>> => Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.split("?")[1] ?? ""))
/** How large the picture is, and where. */
export const camera = async (page: Page): Promise<{ readonly k: number; readonly x: number; readonly y: number }> => {
  const transform = (await page.locator(".graph-world").getAttribute("style")) ?? ""
  const [, x, y, k] = /translate\((.*?)px, (.*?)px\) scale\((.*?)\)/.exec(transform) ?? []
  return { x: Number(x), y: Number(y), k: Number(k) }
}

/** Lets some frames pass, and gives the scale of the picture then; 0 where there is none. */
const frames = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame)
    return Number(/scale\((.*?)\)/.exec(document.querySelector(".graph-world")?.getAttribute("style") ?? "")?.[1] ?? 0)
  })

/** Pages of a studio's DAG; those that are left had no error. */
export class DagPages {
  readonly #browser: Browser
  readonly #studio: Studio
  readonly #study: string
  readonly #open: Array<{ readonly close: () => Promise<void>; readonly errors: ReadonlyArray<string> }> = []
  constructor(browser: Browser, studio: Studio, study: string) {
    this.#browser = browser
    this.#studio = studio
    this.#study = study
  }
  async open(query = "", options?: Parameters<Studio["open"]>[2]): Promise<Page> {
    const { context, errors, page } = await this.#studio.open(this.#browser, `#/${this.#study}/graph${query}`, options)
    this.#open.push({ close: () => context.close(), errors })
    await page.locator("[data-box], .graph-list table").first().waitFor()
    // The picture is fitted to the screen, and listens, some frames after it is there.
    for (let [was, is] = [NaN, await frames(page)]; was !== is; ) [was, is] = [is, await frames(page)]
    return page
  }
  async leave(): Promise<void> {
    for (const { close, errors } of this.#open.splice(0)) {
      expect(errors).toEqual([])
      await close()
    }
  }
}

/** The places study in a browser, for the tests of its pictures. */
import type { Browser, Page } from "playwright-core"
import { expect } from "vitest"
import { StudyFolder } from "../../cli/study-folder.ts"
import { type OpenPage, Studio } from "../studio.ts"
import { placesStudy } from "./places-study.ts"

type Data = Readonly<Record<string, ReadonlyArray<string | number | null>>>

export class PlacesPages {
  readonly folder = new StudyFolder(placesStudy)
  readonly #browser: Browser
  readonly #read = new Map<string, Data>()
  #studio: Studio | undefined

  constructor(browser: Browser) {
    this.#browser = browser
  }

  async start(): Promise<void> {
    this.#studio = await Studio.start(this.folder.path)
  }

  async end(): Promise<void> {
    await this.#studio?.end()
    this.folder.remove()
  }

  get origin(): string {
    return this.#studio!.origin
  }

  /** Opens a picture by what its address has after the view's name; the console must stay free of errors. */
  readonly open = async (rest: string, use: (opened: OpenPage) => Promise<void>, options: Parameters<Studio["open"]>[2] = {}): Promise<void> => {
    const opened = await this.#studio!.open(this.#browser, `#/places/results/${rest}`, options)
    try {
      await use(opened)
      expect(opened.errors).toEqual([])
    } finally {
      await opened.context.close()
    }
  }

  /** An artifact, as the command line shows it. */
  readonly data = (reference: string): Data => {
    const known = this.#read.get(reference)
    if (known !== undefined) return known
    const data = this.folder.json("show", reference).data as Data
    this.#read.set(reference, data)
    return data
  }

  /** A cell of the panel. */
  readonly cellOf = (variable: string, entity: string, year: number): number => {
    const panel = this.data("panel")
    return panel[variable]![panel["entity"]!.findIndex((one, row) => one === entity && panel["year"]![row] === year)] as number
  }
}

export const query = (page: Page): URLSearchParams => new URLSearchParams(new URL(page.url()).hash.split("?")[1])

/** What has the focus, as it is called. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent") as Promise<string>

/** Goes on by the Tab key until what has the focus fits. */
export const tabTo = async (page: Page, selector: string): Promise<void> => {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab")
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
  }
  throw new Error(`the Tab key does not come to ${selector}`)
}

export const group = (page: Page, name: RegExp) => page.getByRole("group", { name })

/** A real browser: what a user of the page has. */
import { existsSync } from "node:fs"
import axe from "axe-core"
import { type Browser, chromium, type Page } from "playwright-core"

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]

/** The browser that is taken: the one named by SEDIMENT_BROWSER, that of npm (Linux on x64), or one that is installed; undefined where there is none. */
const browserPath = async (): Promise<string | undefined> => {
  const named = process.env["SEDIMENT_BROWSER"]
  if (named !== undefined) return named
  if (process.platform === "linux" && process.arch === "x64") {
    const { default: packaged } = await import("@sparticuz/chromium")
    return packaged.executablePath()
  }
  return INSTALLED.find((path) => existsSync(path))
}

/** undefined, and said so, where this machine has no browser. */
export const launchBrowser = async (): Promise<Browser | undefined> => {
  const executablePath = await browserPath()
  if (executablePath === undefined) {
    process.stderr.write("no browser here: the tests of the studio's page are skipped; install Chromium, or name one with SEDIMENT_BROWSER\n")
    return undefined
  }
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"] })
}

/** What axe finds wrong with a page, a line a rule; in the colours that it has. */
export const axeFindings = async (page: Page): Promise<ReadonlyArray<string>> => {
  // The page's own policy lets no script in: axe comes through the browser's protocol.
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(axe.source)
  const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
    readonly violations: ReadonlyArray<{
      readonly id: string
      readonly help: string
      readonly nodes: ReadonlyArray<{ readonly html: string; readonly failureSummary?: string }>
    }>
  }
  return found.violations.map(
    ({ help, id, nodes }) =>
      `${id}: ${help}: ${nodes
        .slice(0, 3)
        .map(({ failureSummary, html }) => `${html.slice(0, 200)} ${failureSummary ?? ""}`)
        .join(" | ")}`
  )
}

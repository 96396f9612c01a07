/** A real browser: what a user of the page has. */
import { existsSync } from "node:fs"
import axe from "axe-core"
import { type Browser, chromium, type Page } from "playwright-core"
import { inject } from "vitest"
import type { PackagedBrowser } from "./packaged-browser.ts"

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe"
]

const launch = (executablePath: string, env: NodeJS.ProcessEnv = process.env): Promise<Browser> =>
  chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"], env: env as Record<string, string> })

/** That of npm; on a machine without the libraries or fonts that it needs, with those that it brings. */
const launchPackaged = async ({ fonts, libraries, path }: PackagedBrowser): Promise<Browser> => {
  const withFonts = existsSync("/etc/fonts") ? process.env : { ...process.env, FONTCONFIG_PATH: fonts }
  try {
    return await launch(path, withFonts)
  } catch {
    return await launch(path, { ...withFonts, LD_LIBRARY_PATH: [process.env["LD_LIBRARY_PATH"], libraries].filter(Boolean).join(":") })
  }
}

/**
 * The browser that SEDIMENT_BROWSER names, that of npm (Linux on x64), or one that is installed. undefined, and said so, where there is none, or SEDIMENT_BROWSER is "none".
 */
export const launchBrowser = async (unpacked = async (): Promise<PackagedBrowser | undefined> => inject("packagedBrowser")): Promise<Browser | undefined> => {
  const named = process.env["SEDIMENT_BROWSER"]
  const packaged = named === undefined ? await unpacked() : undefined
  if (packaged !== undefined) return await launchPackaged(packaged)
  const path = named ?? INSTALLED.find((one) => existsSync(one))
  if (path !== undefined && path !== "none") return await launch(path)
  process.stderr.write("no browser: the tests of the studio's page are skipped; install Chromium, or name one with SEDIMENT_BROWSER\n")
  return undefined
}

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: ReadonlyArray<{ readonly html: string; readonly failureSummary?: string }>
}

/** What axe finds wrong with a page, a line a rule. */
export const axeFindings = async (page: Page): Promise<ReadonlyArray<string>> => {
  // The page's policy lets no script in: axe comes through the browser's own protocol.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<{ readonly violations: ReadonlyArray<Violation> }>("axe.run(document, { resultTypes: ['violations'] })")
  return violations.map(
    ({ help, id, nodes }) =>
      `${id}: ${help}: ${nodes
        .slice(0, 3)
        .map(({ failureSummary = "", html }) => `${html.slice(0, 200)} ${failureSummary}`)
        .join(" | ")}`
  )
}

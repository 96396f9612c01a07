/** The studio's page with a study that holds more than text. */
import { readdirSync, readFileSync } from "node:fs"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder } from "../../cli/study-folder.ts"
import { launchBrowser } from "../browser.ts"
import { type OpenPage, Studio } from "../studio.ts"
import { HOSTILE, hostileStudy } from "./hostile-study.ts"

const browser: Browser | undefined = await launchBrowser()

describe.skipIf(browser === undefined)("a study that tries to be more than text", () => {
  const hostile = new StudyFolder(hostileStudy)
  let own: Studio
  let opened: OpenPage
  const hosts = new Set<string>()
  const dialogs: Array<string> = []
  const pending = new Set<unknown>()
  beforeAll(async () => {
    hostile.sediment("run")
    own = await Studio.start(hostile.path)
    opened = await own.open(browser!)
    const { page } = opened
    page.on("request", (request) => {
      hosts.add(new URL(request.url()).host)
      if (!request.url().endsWith("/events")) pending.add(request)
    })
    for (const over of ["requestfinished", "requestfailed"] as const) page.on(over as "requestfinished", (request) => pending.delete(request))
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
  })
  afterAll(async () => {
    await own.end()
    await browser!.close()
    hostile.remove()
  })
  /** Waits until what a view asks for has come, and is drawn. */
  const settled = async () => {
    for (let quiet = 0; quiet < 3; quiet = pending.size === 0 ? quiet + 1 : 0) await opened.page.waitForTimeout(60)
  }
  const item = encodeURIComponent(`item[${HOSTILE}]`)
  const column = encodeURIComponent(HOSTILE)
  const views = [
    "graph",
    "graph?node=panel",
    "graph?node=failed",
    `graph?node=${item}`,
    "node/panel",
    `node/${item}`,
    `node/panel?column=${column}&row=0`,
    "node/failed",
    "results",
    "estimates",
    "runs",
    `runs/trace?node=panel&entity=${column}&year=2000&column=${column}`,
    "what-if",
    "what-if?node=panel",
    `sql?query=${encodeURIComponent(`SELECT *, '${HOSTILE.replaceAll("'", "''")}' AS said FROM panel`)}`,
    `${column}/${column}?x=${column}`
  ]
  /** Views in which some of the study's words stand. */
  const TELLS = /^(graph|node|sql|runs\/|what-if\?)/
  it.each(views)("is shown as text: #/hostile/%s", async (view) => {
    const { errors, page } = opened
    await page.goto(`${own.origin}/#/hostile/${view}`)
    await page.locator("main > *").first().waitFor()
    if (view.startsWith("sql")) {
      await page.getByRole("textbox", { name: "query" }).press("Control+Enter")
      await expect.poll(() => page.locator(".sql-grid").textContent(), { timeout: 15_000 }).toContain("<img src=x onerror=")
    }
    await settled()
    if (TELLS.test(view)) await expect.poll(() => page.locator("body").textContent(), { timeout: 15_000 }).toContain("<img src=x onerror=")
    const found = await page.evaluate<Record<string, unknown>>(`({
      hit: globalThis.hit ?? null,
      made: document.querySelectorAll("[onerror], main script, main iframe, main object, main embed, main base, img[src='x']").length,
      links: [...document.querySelectorAll("[href], [src], [action], [formaction]")].map((one) => one.getAttribute("href") ?? one.getAttribute("src") ?? "").filter((one) => /^\\s*(javascript|vbscript|data:text)/i.test(one))
    })`)
    expect({ ...found, dialogs }).toEqual({ hit: null, made: 0, links: [], dialogs: [] })
    expect([...hosts].filter((host) => host !== "" && host !== new URL(own.origin).host)).toEqual([])
    expect(errors.filter((error) => !/the server responded with a status of 4/.test(error))).toEqual([])
  })

  it("and the page itself has no script or style in its text, and loads from nowhere else", () => {
    const folder = new URL("../../../dist/studio/", import.meta.url)
    const page = readFileSync(new URL("index.html", folder), "utf8")
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|https?:/i)
    const names = readdirSync(folder)
    expect(names.filter((name) => !/\.(html|js|css|svg|woff2)$/.test(name))).toEqual([])
    for (const name of names.filter((one) => one.endsWith(".css")))
      expect(readFileSync(new URL(name, folder), "utf8")).not.toMatch(/url\(\s*["']?(https?:|\/\/)|@import/)
  })
})

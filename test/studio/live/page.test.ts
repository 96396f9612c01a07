/** What somebody who has the page open sees of what goes on. */
import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { noCommands } from "../../cli/commands/command-study.ts"
import { axeFindings, launchBrowser } from "../browser.ts"
import { HeldStudy } from "../held-study.ts"
import { Studio } from "../studio.ts"

const browser: Browser | undefined = await launchBrowser()

/** Has the page take down, in order, what is seen of runs: how many nodes the bar says are done, and the boxes of the DAG that come to another state. */
const watch = (page: Page): Promise<unknown> =>
  page.evaluate(`(() => {
    window.seen = []
    const last = new Map()
    const note = (of, text) => {
      if (text !== undefined && last.get(of) !== text) window.seen.push([of, text])
      last.set(of, text)
    }
    const look = () => {
      note("bar", /\\d+\\/\\d+/.exec(document.querySelector(".underway-count")?.textContent ?? "")?.[0])
      for (const box of document.querySelectorAll("[data-box]")) note(box.dataset.box, /graph-is-(\\w+)/.exec(box.className)?.[1])
    }
    look()
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: ["class"] })
  })()`)
const whatWasSeen = (page: Page) => page.evaluate<ReadonlyArray<readonly [of: string, text: string]>>("window.seen")

describe.skipIf(browser === undefined || noCommands)("what goes on, in the page", () => {
  const nodes = Array.from({ length: 12 }, (_, i) => `n${i + 1}`)
  const study = new HeldStudy(nodes)
  let studio: Studio
  beforeAll(async () => {
    studio = await Studio.start(study.path)
  })
  // Whoever waits for one that is held would wait for ever.
  afterEach(() => study.letGo(...nodes))
  afterAll(async () => {
    await studio.end()
    await browser!.close()
    study.remove()
  })
  const open = async (options?: Parameters<Studio["open"]>[2]) => {
    const opened = await studio.open(browser!, "#/held/sql", options)
    await opened.page.getByText("live", { exact: true }).waitFor()
    return opened
  }
  const toggle = (page: Page) => page.locator(".underway-toggle")

  it("of a run in a terminal: each node is seen to run while its stage does, and to be done, in their order, in the bar and in the DAG", async () => {
    const { context, errors, page } = await studio.open(browser!, "#/held/graph")
    await page.locator("[data-box]").first().waitFor()
    await watch(page)
    study.hold("n5")
    const run = study.start("run", "--jobs", "1")
    await study.begun("n5")
    await page.locator('[data-box="n5"].graph-is-running').waitFor()
    await page.locator('[data-box="n4"].graph-is-fresh').waitFor()
    await toggle(page).filter({ hasText: "4/13n5" }).waitFor()
    study.letGo("n5")
    await new Promise((done) => run.once("exit", done))
    await page.locator(".underway-ended").waitFor()
    expect(await page.locator(".underway-ended").textContent()).toMatch(/^13 nodes done in /)
    await page.locator('[data-box="last"].graph-is-fresh').waitFor()
    const seen = await whatWasSeen(page)
    expect(seen.flatMap(([of, text]) => (text === "fresh" && of !== "last" ? [of] : []))).toEqual(nodes)
    const done = seen.flatMap(([of, text]) => (of === "bar" ? [Number.parseInt(text, 10)] : []))
    expect(done).toEqual([...done].sort((a, b) => a - b))
    expect(errors).toEqual([])
    await context.close()
  })

  it("an edit is seen in the DAG once it is saved", async () => {
    study.sediment("run")
    const { context, page } = await studio.open(browser!, "#/held/graph")
    await page.locator('[data-box="n5"].graph-is-fresh').waitFor()
    study.hold("n5")
    await page.locator('[data-box="n5"].graph-is-stale').waitFor()
    study.letGo("n5")
    study.sediment("run")
    await page.locator('[data-box="n5"].graph-is-fresh').waitFor()
    await context.close()
  })

  it("a page that is opened late shows what runs and for how long it has; it can be cancelled there by keyboard", async () => {
    study.hold("n2")
    const run = study.start("run")
    await study.begun("n2")
    const { context, errors, page } = await open()
    await toggle(page).waitFor()
    expect(await toggle(page).textContent()).toMatch(/^run of held0\/2n20:0\d$/)
    await toggle(page).focus()
    await page.keyboard.press("Enter")
    const panel = page.locator(".underway-panel")
    expect(await panel.textContent()).toContain("0 of 2 done")
    expect(await panel.textContent()).toContain("sediment run")
    expect(await panel.getByRole("link", { name: "n2" }).getAttribute("href")).toBe("#/held/graph?node=n2")
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await axeFindings(page)).toEqual([])
    }
    await page.keyboard.press("Escape")
    await panel.waitFor({ state: "detached" })
    expect(await page.evaluate("document.activeElement?.className")).toBe("underway-toggle")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.locator(".underway-ended").waitFor()
    expect(await page.locator(".underway-ended").textContent()).toBe("cancelled, 0 of 2 done: what ran is kept")
    expect(await new Promise((done) => (run.exitCode === null ? run.once("exit", done) : done(run.exitCode)))).toBe(130)
    study.letGo("n2")
    expect(errors).toEqual([])
    await context.close()
  })

  it("a failure stays in sight with its words until it is dismissed, and a new run takes its place", async () => {
    const { context, page } = await open({ viewport: { width: 390, height: 844 } })
    study.hold("n3")
    study.fail("n3")
    study.letGo("n3")
    study.start("run")
    const failed = page.getByRole("button", { name: /^1 node failed, in / })
    await failed.waitFor()
    await failed.click()
    expect(await page.locator(".underway-panel").textContent()).toContain("n3 failed: ")
    expect(await page.locator(".underway-panel").textContent()).toContain("this was to fail")
    expect(await axeFindings(page)).toEqual([])
    for (const part of [".underway-panel", ".underway-ended"]) {
      const box = await page.locator(part).boundingBox()
      expect(box!.x).toBeGreaterThanOrEqual(0)
      expect(box!.x + box!.width).toBeLessThanOrEqual(390)
      expect(box!.y + box!.height).toBeLessThanOrEqual(844)
    }
    study.writeAll({ "n3.fail": undefined })
    study.hold("n3")
    const again = study.start("run")
    await toggle(page).getByText("n3").waitFor()
    expect(await failed.count()).toBe(0)
    again.kill("SIGKILL")
    const killed = page.getByRole("button", { name: /^the run was killed, / })
    await killed.waitFor()
    await page.getByRole("button", { name: "seen" }).click()
    await killed.waitFor({ state: "detached" })
    study.letGo("n3")
    study.sediment("run")
    // Nor is it told any longer where the edit is taken back that it failed of.
    const good = study.read("n3.sh")
    study.fail("n3")
    study.write("n3.sh", `${good}# otherwise\n`)
    study.start("run")
    await failed.waitFor()
    study.write("n3.sh", good)
    await failed.waitFor({ state: "detached" })
    study.writeAll({ "n3.fail": undefined })
    await context.close()
  })

  it("a dag.ts that cannot be read is told with what is wrong in it, beside what was seen before, and no longer when it is mended", async () => {
    const { context, page } = await open()
    study.edit("dag.ts", "return { last", "return {{ last")
    const alert = page.getByRole("alert")
    await alert.waitFor()
    expect(await alert.textContent()).toContain("The study as it is saved cannot be read. What is shown is what it was before:")
    expect(await alert.textContent()).toMatch(/dag\.ts:5:\d+: /)
    expect(await axeFindings(page)).toEqual([])
    // Also for somebody who comes only now.
    await page.reload()
    await alert.waitFor()
    expect(await page.locator(".bar .study").textContent()).toBe("held")
    study.edit("dag.ts", "return {{ last", "return { last")
    await alert.waitFor({ state: "detached" })
    await context.close()
  })

  it("a window that is not seen gives its connection up, since a browser has few, and is up to date as soon as it is seen", async () => {
    study.sediment("run")
    const context = await browser!.newContext()
    const page = await context.newPage()
    await page.clock.install()
    await page.addInitScript(`
      let visibility = "visible"
      Object.defineProperty(document, "visibilityState", { get: () => visibility })
      window.show = (value) => { visibility = value; document.dispatchEvent(new Event("visibilitychange")) }
      const Original = EventSource
      window.sources = []
      window.EventSource = class extends Original { constructor(...args) { super(...args); window.sources.push(this) } }
    `)
    const states = () => page.evaluate("sources.map((source) => source.readyState)")
    const [CONNECTED, CLOSED] = [1, 2]
    await page.goto(studio.address)
    await page.goto(`${studio.origin}/#/held/graph`)
    const box = (state: string) => page.locator(`[data-box="n6"].graph-is-${state}`)
    await box("fresh").waitFor()
    await page.evaluate('show("hidden")')
    await page.clock.fastForward(5000)
    expect(await states()).toEqual([CONNECTED])
    await page.evaluate('show("visible")')
    await page.evaluate('show("hidden")')
    await page.clock.fastForward(11_000)
    expect(await states()).toEqual([CLOSED])
    study.hold("n6")
    const run = study.start("run")
    await study.begun("n6")
    expect(await box("fresh").count()).toBe(1)
    await page.evaluate('show("visible")')
    await box("running").waitFor()
    await toggle(page).getByText("n6").waitFor()
    expect(await states()).toEqual([CLOSED, CONNECTED])
    study.letGo("n6")
    await new Promise((done) => run.once("exit", done))
    await box("fresh").waitFor()
    await context.close()
  })

  it("a read-only studio shows what goes on, and offers no way to end it", async () => {
    const other = await Studio.start(study.path, ["--read-only"])
    const { context, page } = await other.open(browser!, "#/held/sql")
    await page.getByText("live, read-only", { exact: true }).waitFor()
    study.hold("n4")
    const run = study.start("run")
    await toggle(page).getByText("n4").waitFor()
    await toggle(page).click()
    await page.locator(".underway-panel").waitFor()
    expect(await page.getByRole("button", { name: "Cancel" }).count()).toBe(0)
    study.letGo("n4")
    await new Promise((done) => run.once("exit", done))
    await context.close()
    await other.end()
  })
})

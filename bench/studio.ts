/**
 * What the studio takes in a real browser, milliseconds, the median and the most of so many times: from the navigation to the first view of studies of 12, 1,000 and
 * 2,000 nodes (of a studio that has just been started), beside an empty page of the same browser; and in a table of a million rows from the asking to the rows that
 * are seen: the last row, sorted, filtered. Run: npm run bench -- studio [TIMES] [--json]
 */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { parseArgs } from "node:util"
import type { Browser } from "playwright-core"
import { StudyFolder } from "../test/cli/study-folder.ts"
import { largeStudy } from "../test/studio/artifact/large-study.ts"
import { launchBrowser } from "../test/studio/browser.ts"
import { FollowedEvents } from "../test/studio/followed-events.ts"
import { firstView } from "../test/studio/graph/first-view.ts"
import { manyNodes } from "../test/studio/graph/many-nodes.ts"
import { HeldStudy } from "../test/studio/held-study.ts"
import { unpackBrowser } from "../test/studio/packaged-browser.ts"
import { Studio } from "../test/studio/studio.ts"

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: "boolean", default: false } } })
const times = Number(positionals[0] ?? 5)
const ROWS = 1_000_000

interface Case {
  readonly what: string
  readonly median: number
  readonly most: number
}
const measured = async (what: string, once: () => Promise<number>): Promise<Case> => {
  const all: Array<number> = []
  for (let i = 0; i < times; i++) all.push(await once())
  all.sort((a, b) => a - b)
  return { what, median: Math.round(all[Math.floor(all.length / 2)]!), most: Math.round(all.at(-1)!) }
}

/** From the navigation to the frame after something is drawn, of a page with nothing but that. */
const emptyPage = async (browser: Browser): Promise<Case> => {
  const server = createServer((_, response) =>
    response.setHeader("content-type", "text/html").end('<!doctype html><svg><path class="graph-far" d="M0 0h9"/></svg>')
  )
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const of = await measured("an empty page", () => firstView(browser, `http://127.0.0.1:${port}/`))
  server.close()
  return of
}

const studies = async (browser: Browser): Promise<ReadonlyArray<Case>> => {
  const cases: Array<Case> = []
  for (const count of [12, 1000, 2000]) {
    const folder = new StudyFolder(manyNodes(count))
    cases.push(
      await measured(`first view of ${count} nodes`, async () => {
        const studio = await Studio.start(folder.path)
        const seen = await firstView(browser, studio.address)
        await studio.end()
        return seen
      })
    )
    folder.remove()
  }
  return cases
}

const rows = async (browser: Browser): Promise<ReadonlyArray<Case>> => {
  const folder = new StudyFolder(largeStudy(ROWS))
  folder.run()
  const studio = await Studio.start(folder.path)
  const { context, page } = await studio.open(browser, "#/large/node/many")
  await page.getByText("firm 0", { exact: true }).waitFor()
  const until = (text: string, act: () => Promise<unknown>) => async () => {
    await page.goto(`${studio.origin}/#/large/node/many`)
    await page.locator(".artifact-grid").focus()
    await page.keyboard.press("Control+Home")
    await page.getByText("firm 0", { exact: true }).first().waitFor()
    const begun = performance.now()
    await act()
    await page.getByText(text, { exact: true }).first().waitFor()
    return performance.now() - begun
  }
  const cases = [
    await measured(
      "of 1,000,000 rows: the last",
      until(`firm ${(ROWS - 1) % 5000}`, async () => {
        await page.locator(".artifact-grid").focus()
        await page.keyboard.press("Control+End")
      })
    ),
    await measured(
      "filtered to one firm",
      until("firm 4321", () => page.goto(`${studio.origin}/#/large/node/many?filter=${encodeURIComponent('name = "firm 4321"')}`))
    )
  ]
  await context.close()
  await studio.end()
  folder.remove()
  return cases
}

/** In the page: when each node of the DAG took a state, by the clock that all processes of the machine have. */
const WATCH = `{
  window.taken = {}
  new MutationObserver((changes) => {
    for (const { target } of changes)
      for (const name of target.classList ?? []) if (target.dataset.box && name.startsWith("graph-is-")) window.taken[target.dataset.box + " " + name] ??= Date.now()
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["class"] })
}`

const live = async (browser: Browser): Promise<ReadonlyArray<Case>> => {
  const nodes = Array.from({ length: 12 }, (_, i) => `n${i + 1}`)
  const study = new HeldStudy(nodes)
  study.sediment("run")
  const studio = await Studio.start(study.path)
  const followed = await FollowedEvents.follow(studio)
  const { context, page } = await studio.open(browser, "#/held/graph")
  await page.locator('[data-box="n5"].graph-is-fresh').waitFor()
  const taken = () => page.evaluate<Readonly<Record<string, number>>>("window.taken")
  const late: Array<number> = []
  const edit = async (): Promise<number> => {
    await page.evaluate(WATCH)
    const begun = Date.now()
    for (const node of nodes) study.hold(node)
    for (const node of nodes) await page.locator(`[data-box="${node}"].graph-is-stale`).waitFor()
    const seen = Math.max(...Object.entries(await taken()).flatMap(([what, at]) => (what.endsWith("graph-is-stale") ? [at - begun] : [])))
    study.letGo(...nodes)
    const from = followed.events.length
    study.sediment("run", "--jobs", "1")
    await followed.until((event) => event.event === "run-finished", from)
    await page.locator('[data-box="last"].graph-is-fresh').waitFor()
    const all = await taken()
    for (const event of followed.events.slice(from)) {
      const at = event.event === "node-started" ? all[`${event.node} graph-is-running`] : undefined
      if (event.event === "node-started" && at !== undefined) late.push(at - event.at)
    }
    return seen
  }
  const edits = await measured("a saved source, until it is seen", edit)
  late.sort((a, b) => a - b)
  await context.close()
  followed.close()
  await studio.end()
  study.remove()
  return [
    edits,
    { what: `a stage that begins (${late.length} times)`, median: late[Math.floor(late.length / 2)] ?? Number.NaN, most: late.at(-1) ?? Number.NaN }
  ]
}

const browser = await launchBrowser(unpackBrowser)
if (browser === undefined) throw new Error("there is no browser here that the tests of the studio can use")
const cases = [await emptyPage(browser), ...(await studies(browser)), ...(await rows(browser)), ...(await live(browser))]
await browser.close()
if (values.json) console.log(JSON.stringify({ version: 1, times, cases }))
else for (const { median, most, what } of cases) console.log(`${what.padEnd(32)} ${String(median).padStart(6)} ms, at most ${most}`)

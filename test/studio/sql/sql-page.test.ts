import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { SqlFile } from "../../../src/studio/messages/sql.ts"
import { StudyFolder, smallStudy } from "../../cli/study-folder.ts"
import { TemporaryFolder } from "../../temporary-folder.ts"
import { axeFindings, launchBrowser } from "../browser.ts"
import { Studio } from "../studio.ts"

/** Years with values, and outcomes beside them. */
const years = Array.from({ length: 12_000 }, (_, i) => i)
const study = {
  ...smallStudy,
  "data/controls.csv": `gov,fdi\n${years.map((i) => `${i},${i / 8}`).join("\n")}\n`,
  "data/outcomes.csv": `y\n${years.map((i) => i * 2).join("\n")}\n`
}

/** A machine that is busy takes its time. */
const soon = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 15_000 })

/** The processes that DuckDB runs in, of a studio. */
const queryProcesses = (pid: number): ReadonlyArray<number> => {
  const all = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)!)
  return all.filter(([, , parent, args]) => Number(parent) === pid && args!.includes("studio-sql")).map(([, own]) => Number(own))
}

/** Milliseconds of a processor that a process has had. */
const ticksOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[13])
/** A query runs in the process, whenever it came to that. */
const runsQuery = async (pid: number): Promise<void> => {
  const before = ticksOf(pid)
  await soon(() => ticksOf(pid) - before).toBeGreaterThan(5)
}

describe("queries asked of the server", () => {
  const folder = new StudyFolder(study)
  let studio: Studio
  // In it, the studio makes its folder of results.
  const temporary = new TemporaryFolder({})
  const resultFolders = () => readdirSync(temporary.path).filter((name) => name.startsWith("sediment-studio-"))
  beforeAll(async () => {
    folder.run("joined", "gov-mean")
    studio = await Studio.start(folder.path, ["--read-only"], { TMPDIR: temporary.path })
  })
  afterAll(async () => {
    await studio.end()
    folder.remove()
    temporary.remove()
  })
  const sql = async (query: string, run: string | null = null) => (await studio.ask("sql", { study: "small", run, query })).body

  it("are answered where the studio is read-only, today and of a run", async () => {
    expect(await sql("SELECT count(*) AS n, max(y) AS most FROM outcomes")).toMatchObject({
      columns: [{ name: "n" }, { name: "most" }],
      rows: [["12000", 23998]]
    })
    const { runs, tables, without } = (await studio.ask("sql-tables", { study: "small", run: null })).body as {
      readonly runs: ReadonlyArray<{ readonly run: string }>
      readonly tables: ReadonlyArray<{ readonly name: string; readonly rows: number; readonly stale: boolean }>
      readonly without: ReadonlyArray<{ readonly name: string }>
    }
    expect(tables.map(({ name, rows }) => [name, rows])).toContainEqual(["outcomes", 12000])
    expect(without.map(({ name }) => name)).toEqual(["fdi-mean", "draws"])
    expect(await sql("SELECT count(*) FROM outcomes", runs[0]!.run)).toMatchObject({ rows: [["12000"]] })
    expect(await sql("FROM draws")).toMatchObject({ fault: { message: expect.stringContaining("draws has no artifact yet") } })
    expect((await studio.ask("sql", { study: "small", run: "20000101", query: "SELECT 1" })).status).toBe("failed")
  })
  it("fetch a whole result once it is written, by the name that it was given and no other", async () => {
    const made = (await studio.ask("sql-file", { study: "small", run: null, query: "FROM outcomes ORDER BY y DESC", format: "csv" })).body as SqlFile
    expect(made.rows).toBe(12000)
    const get = async (path: string, cookie = studio.cookie) => fetch(`${studio.origin}${path}`, { headers: { cookie } })
    const response = await get(`/sql/${made.file}`)
    expect(response.headers.get("content-disposition")).toBe("attachment")
    expect((await response.text()).split("\n").slice(0, 2)).toEqual(["row,y", "11999,23998.0"])
    expect((await get(`/sql/${made.file}`, "")).status).toBe(401)
    for (const path of ["/sql/", "/sql/x.csv", `/sql/..%2f${made.file}`, "/sql/..%2f..%2fetc%2fpasswd", `/sql/${"0".repeat(32)}.csv`, `/sql/${made.file}%00`])
      expect((await get(path)).status).toBe(404)
  })
  it.skipIf(process.platform !== "linux")("end when whoever asked goes away", async () => {
    const stop = new AbortController()
    const endless = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 1"
    const asked = studio.ask("sql", { study: "small", run: null, query: endless }, {}, stop.signal)
    const gone = expect(asked).rejects.toThrow()
    const [own] = queryProcesses(studio.pid)
    await runsQuery(own!)
    stop.abort()
    await gone
    // The process has nothing to do any more.
    await soon(async () => {
      const earlier = ticksOf(own!)
      await new Promise((resolve) => setTimeout(resolve, 200))
      return ticksOf(own!) - earlier
    }).toBeLessThan(3)
  })
  it.skipIf(process.platform !== "linux")("take nothing down where they break the process that DuckDB runs in", async () => {
    const [own] = queryProcesses(studio.pid)
    const waiting = sql("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 2")
    await runsQuery(own!)
    process.kill(own!, "SIGSEGV")
    expect(await waiting).toMatchObject({ fault: { kind: "process", message: expect.stringContaining("SIGSEGV") } })
    expect(await sql("SELECT count(*) FROM outcomes")).toMatchObject({ rows: [["12000"]] })
  })
  it.skipIf(process.platform !== "linux")("leave no process and no file behind, also where one runs", async () => {
    const waiting = sql("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 3").catch(() => {})
    const [own] = queryProcesses(studio.pid)
    await runsQuery(own!)
    expect(resultFolders().length).toBe(1)
    await studio.end()
    await waiting
    expect(resultFolders()).toEqual([])
    const runs = () =>
      execFileSync("ps", ["-eo", "pid=,stat="], { encoding: "utf8" })
        .split("\n")
        .some((line) => line.trim().split(/\s+/)[0] === String(own) && !line.includes("Z"))
    await soon(runs).toBe(false)
  })
})

const browser: Browser | undefined = await launchBrowser()

describe.skipIf(browser === undefined)("the page of SQL", () => {
  const folder = new StudyFolder(study)
  let studio: Studio
  beforeAll(async () => {
    folder.run()
    studio = await Studio.start(folder.path)
  })
  afterAll(async () => {
    await studio.end()
    await browser!.close()
    folder.remove()
  })
  const open = (query = "", options = {}) => studio.open(browser!, `#/small/sql${query === "" ? "" : `?${new URLSearchParams({ query })}`}`, options)
  const editor = (page: Page) => page.getByRole("textbox", { name: "query" })
  const grid = (page: Page) => page.getByRole("region", { name: "result", exact: true })
  const rowsShown = (page: Page) => grid(page).locator("tbody tr:has(td:not(.sql-space))").allInnerTexts()

  for (const colorScheme of ["light", "dark"] as const)
    it(`runs a query that is put together by clicks, and axe finds nothing wrong (${colorScheme})`, async () => {
      const { context, errors, page } = await open("", { colorScheme })
      await editor(page).fill("SELECT mean, 'a<b>' AS tag, NULL AS nothing FROM")
      await page.getByRole("button", { name: /^gov-mean\s*1 row$/ }).click()
      expect(await editor(page).inputValue()).toBe("SELECT mean, 'a<b>' AS tag, NULL AS nothing FROM \"gov-mean\"")
      await page.getByRole("button", { name: "columns of gov-mean", exact: true }).click()
      await page.getByRole("list", { name: "columns of gov-mean" }).getByRole("button", { name: "column" }).waitFor()
      await page.getByRole("button", { name: "Run" }).click()
      await soon(() => rowsShown(page)).toEqual(["5999.50\ta<b>\tNULL"])
      expect(await page.locator(".sql-told strong").textContent()).toBe("1 row")
      expect(await axeFindings(page)).toEqual([])
      await editor(page).fill('SELECT mean\nFROM "gov-mean"\nWHERE meen > 1')
      await editor(page).press("Control+Enter")
      const alert = page.getByRole("alert")
      await soon(() => alert.locator("pre").textContent()).toBe("WHERE meen > 1\n      ^")
      expect(await alert.textContent()).toContain('Referenced column "meen" not found')
      await alert.getByRole("button", { name: "line 3, column 7" }).click()
      expect(await editor(page).evaluate((field) => (field as unknown as { readonly selectionStart: number }).selectionStart)).toBe(34)
      expect(await page.locator(".sql-wrong").textContent()).toBe("meen")
      expect(await axeFindings(page)).toEqual([])
      expect(errors).toEqual([])
      await context.close()
    })

  it("has the query in the address: what was run comes back, what comes from elsewhere waits for a word", async () => {
    const { context, page } = await open("SELECT 7 AS seven")
    await page.getByText("This query came with the address").waitFor()
    expect(await grid(page).count()).toBe(0)
    await editor(page).press("Control+Enter")
    await soon(() => rowsShown(page)).toEqual(["7"])
    await editor(page).fill("SELECT 8 AS eight")
    await editor(page).press("Control+Enter")
    await soon(() => rowsShown(page)).toEqual(["8"])
    expect(decodeURIComponent(page.url().replaceAll("+", " "))).toContain("query=SELECT 8 AS eight")
    await page.goBack()
    await soon(() => rowsShown(page)).toEqual(["7"])
    expect(await editor(page).inputValue()).toBe("SELECT 7 AS seven")
    await page.reload()
    await soon(() => rowsShown(page)).toEqual(["7"])
    await page.getByRole("tab", { name: "History" }).click()
    await page.getByRole("tabpanel").getByRole("button", { name: "SELECT 8 AS eight" }).click()
    expect(await editor(page).inputValue()).toBe("SELECT 8 AS eight")
    expect(await axeFindings(page)).toEqual([])
    await context.close()
  })

  it("shows the first of many rows, those in view only, and gives all of them as a file", async () => {
    const { context, page } = await open()
    await editor(page).fill("FROM outcomes ORDER BY y")
    await page.getByRole("button", { name: "Run" }).click()
    await page.getByText("the first 5000 are shown").waitFor()
    expect((await rowsShown(page)).length).toBeLessThan(60)
    await grid(page).focus()
    await page.keyboard.press("End")
    await soon(async () => (await rowsShown(page)).at(-1)).toBe("4999\t9998")
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()])
    expect(download.suggestedFilename()).toBe("query.csv")
    expect(
      readFileSync(await download.path(), "utf8")
        .trimEnd()
        .split("\n").length
    ).toBe(12_001)
    await context.close()
  })

  it("is written as in an editor, and left by keyboard", async () => {
    const { context, page } = await open()
    await editor(page).focus()
    await page.keyboard.type("SELECT 1")
    await page.keyboard.press("Home")
    await page.keyboard.press("Tab")
    await page.keyboard.press("End")
    await page.keyboard.press("Enter")
    await page.keyboard.type("+ 2")
    expect(await editor(page).inputValue()).toBe("  SELECT 1\n  + 2")
    await page.keyboard.press("Shift+Tab")
    expect(await editor(page).inputValue()).toBe("  SELECT 1\n+ 2")
    await page.keyboard.press("Control+z")
    expect(await editor(page).inputValue()).toBe("  SELECT 1\n  + 2")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Tab")
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Run")
    await context.close()
  })

  it("cancels, and says so: nothing of an earlier query is told meanwhile, and nothing has changed by it", async () => {
    const { context, page } = await open()
    await editor(page).fill("SELEC 1")
    await editor(page).press("Control+Enter")
    await page.getByRole("alert").waitFor()
    await editor(page).fill("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 1")
    await editor(page).press("Control+Enter")
    const cancel = page.getByRole("button", { name: "Cancel" })
    await cancel.waitFor()
    expect(await page.getByRole("alert").count()).toBe(0)
    await cancel.click()
    await page.getByText("Cancelled.").waitFor()
    expect(await page.getByText("Artifacts have changed").count()).toBe(0)
    await editor(page).fill("SELECT 1")
    await editor(page).press("Control+Enter")
    await soon(() => rowsShown(page)).toEqual(["1"])
    await context.close()
  })

  it("tells that an artifact is not what the study would make, and that another was made since", async () => {
    const { context, page } = await open()
    await editor(page).fill("SELECT mean FROM joined")
    await editor(page).press("Control+Enter")
    await soon(() => rowsShown(page)).toEqual(["5999.50"])
    folder.edit("data/outcomes.csv", "y\n0\n", "y\n100\n")
    await page.getByText("Artifacts have changed since").waitFor()
    await page.getByRole("button", { name: "Run" }).click()
    await page.getByText("not up to date: joined").waitFor()
    await soon(() => rowsShown(page)).toEqual(["5999.50"])
    folder.run()
    await soon(async () => {
      await page.getByRole("button", { name: "Run" }).click()
      await grid(page).waitFor()
      return rowsShown(page)
    }).toEqual(["6099.50"])
    expect(await page.getByText("not up to date").count()).toBe(0)
    folder.edit("data/outcomes.csv", "y\n100\n", "y\n0\n")
    folder.run()
    await context.close()
  })

  it("has examples that run", async () => {
    const { context, page } = await open()
    await page.getByRole("tab", { name: "Examples" }).click()
    const examples = page.getByRole("tabpanel").getByRole("button")
    await examples.first().waitFor()
    const count = await examples.count()
    expect(count).toBeGreaterThan(1)
    for (let i = 0; i < count; i++) {
      await examples.nth(i).click()
      await page.getByRole("button", { name: "Run" }).click()
      await soon(() => grid(page).count()).toBe(1)
    }
    await context.close()
  })
})

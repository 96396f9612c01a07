import { execFileSync } from "node:child_process"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder } from "../../cli/study-folder.ts"
import { axeFindings, launchBrowser } from "../browser.ts"
import { type OpenPage, Studio } from "../studio.ts"
import { whatIfStudy } from "./what-if-study.ts"

const browser: Browser | undefined = await launchBrowser()

describe.skipIf(browser === undefined)("the view what-if", () => {
  const folder = new StudyFolder(whatIfStudy)
  let studio: Studio
  const open = (query: string, options?: Parameters<Browser["newContext"]>[0]): Promise<OpenPage> =>
    studio.open(browser!, `#/estimates/what-if${query}`, options)
  /** Whether the page is wider than the window. */
  const overflows = ({ page }: OpenPage) => page.evaluate("document.documentElement.scrollWidth > innerWidth")
  beforeAll(async () => {
    folder.run()
    folder.run("aside")
    studio = await Studio.start(folder.path)
  }, 60_000)
  afterAll(async () => {
    await studio.end()
    await browser!.close()
    folder.remove()
  })

  it("makes a form of a stage's Schema: what is changed is marked, what is wrong is told in its place, and can be taken back", async () => {
    const { context, errors, page } = await open("?node=all-kinds")
    const level = page.getByLabel("level", { exact: true })
    await level.waitFor()
    expect(await level.inputValue()).toBe("0.95")
    // What an annotation says, and the comment above the field in the stage's source.
    expect(await page.locator(".what-if-about").allInnerTexts()).toEqual(["of the intervals", "Whether errors may differ."])
    await level.fill("3")
    const fault = page.locator("#form-all-kinds-level-fault")
    await fault.waitFor()
    expect(await fault.textContent()).toBe("Expected a value between 0.5 and 0.99, found 3")
    expect(await level.getAttribute("aria-describedby")).toBe("form-all-kinds-level-fault")
    expect(await page.getByRole("button", { name: "Run as a branch" }).isDisabled()).toBe(true)
    // A fault of a part stands at the part.
    await page.getByRole("button", { name: "give years" }).click()
    await page.getByLabel("years, from").fill("2010")
    await page.locator("#form-all-kinds-years_to-fault").waitFor()
    expect(await page.locator("#form-all-kinds-years_to-fault").textContent()).toContain("must not precede from")
    expect(await axeFindings(page)).toEqual([])
    await page.getByLabel("years, to").fill("2012")
    await level.fill("0.9")
    await page.getByLabel("variance: which").selectOption({ label: "kind: hac" })
    await page.getByLabel("variance, lag").fill("2")
    await page.getByRole("button", { name: "add to columns" }).click()
    await page.getByLabel("columns, 3", { exact: true }).fill("z")
    await page.getByRole("checkbox", { name: "robust" }).check()
    await page.getByLabel("a name to add to labels").fill("y")
    await page.getByLabel("a name to add to labels").press("Enter")
    await page.getByLabel("labels, y", { exact: true }).fill("Y")
    const draft = page.getByRole("region", { name: "what is changed" })
    await draft.getByText("1 node will run").waitFor()
    // What was typed last may still be looked at.
    await expect
      .poll(async () => (await draft.locator(".what-if-settings li").allInnerTexts()).sort())
      .toEqual([
        "all-kinds.columns: with z",
        'all-kinds.labels: {"x":"X"} → {"x":"X","y":"Y"}',
        "all-kinds.level: 0.95 → 0.9",
        "all-kinds.robust: false → true",
        'all-kinds.variance: cluster → {"kind":"hac","lag":2}',
        'all-kinds.years: not given → {"from":2010,"to":2012}'
      ])
    expect(await page.locator(".what-if-field.what-if-changed .what-if-was").first().textContent()).toBe("was x, y")
    await page.getByRole("button", { name: "take back level" }).click()
    await expect.poll(() => level.inputValue()).toBe("0.95")
    await page.getByRole("button", { name: "Take back all", exact: true }).click()
    await draft.waitFor({ state: "detached" })
    expect(errors).toEqual([])
    await context.close()
  })

  it("runs a parameter as a branch, by keyboard, and sets it beside the study: estimates, what it means, and a study of its own", async () => {
    const { context, errors, page } = await open("")
    const sought = page.getByLabel("find a node")
    await sought.focus()
    await page.keyboard.type("scale by")
    await page.locator(".what-if-nodes a").first().waitFor()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    // The form is gone to: its first field comes next.
    await expect.poll(() => page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe("parameters of scaled")
    await page.getByLabel("by", { exact: true }).focus()
    await page.keyboard.press("Control+A")
    await page.keyboard.type("0.5")
    await page.getByText("1 node will run").waitFor()
    expect(await page.getByLabel("Branch", { exact: true }).inputValue()).toBe("by=0.5")
    expect(await page.locator(".what-if-command").textContent()).toBe("sediment run --set scaled.by=0.5 --as by=0.5")
    await page.getByRole("button", { name: "Run as a branch" }).focus()
    await page.keyboard.press("Enter")
    const table = page.getByRole("region", { name: "table of estimates" })
    await table.waitFor()
    const row = table.locator("tbody tr").first()
    expect(await row.locator("td").allInnerTexts()).toEqual([
      expect.stringContaining("on-x"),
      "x",
      expect.stringContaining("0.9900"),
      expect.stringContaining("1.980"),
      expect.any(String),
      ""
    ])
    expect(await page.getByText("2 nodes came out otherwise, 4 the same; 1 estimate moved.").isVisible()).toBe(true)
    // The draft is that branch from now on.
    await page.getByText("It is the branch @by=0.5, which is up to date.").waitFor()
    expect(await page.getByLabel("Branch", { exact: true }).inputValue()).toBe("by=0.5")
    // It is a study of the studio from now on, also where the page is loaded anew.
    await page.reload()
    await table.waitFor()
    await page.getByRole("link", { name: "DAG of the branch" }).waitFor()
    expect(await page.locator("select option").allInnerTexts()).toContain("estimates@by=0.5")
    const so = page.getByRole("region", { name: "table of what-ifs" })
    expect(await so.locator("tbody tr").nth(1).textContent()).toMatch(/by=0\.5scaled\.by 0\.51\.980\*\*\*/)
    // It can be taken up again, and is put in its own place.
    await so.getByRole("button", { name: "change by=0.5" }).click()
    await expect.poll(() => page.getByLabel("by", { exact: true }).inputValue()).toBe("0.5")
    expect(await page.getByLabel("Branch", { exact: true }).inputValue()).toBe("by=0.5")
    await page.getByRole("button", { name: "Take back all", exact: true }).click()
    // dag.ts is what it was.
    expect(folder.read("dag.ts")).toBe(whatIfStudy["dag.ts"])
    expect(folder.json("runs").runs[0].studies[0]).toMatchObject({ study: "estimates@by=0.5", variant: "scaled.by=0.5" })
    expect(errors).toEqual([])
    await context.close()
  })

  it("compares with what the study has today, also where its last run left something else", async () => {
    const compare = async () => ((await studio.ask("what-if-compare", { study: "estimates@by=0.5" })).body as { readonly comparison: unknown }).comparison
    const before = await compare()
    folder.edit("dag.ts", "by: settings.variables[0]!.by", "by: 9")
    folder.run()
    folder.edit("dag.ts", "by: 9", "by: settings.variables[0]!.by")
    // What is as it was is fresh by what was made before, and no run says so.
    await expect.poll(compare, { timeout: 30_000 }).toMatchObject({ base: { due: 0 } })
    const { counts, estimates } = before as { readonly counts: object; readonly estimates: ReadonlyArray<object> }
    expect(await compare()).toMatchObject({ counts, estimates })
  })

  it("prints a patch that git applies, and says in words what it cannot be sure of", async () => {
    const { context, errors, page } = await open("?branch=estimates@by%3D0.5")
    await page.getByRole("region", { name: "the branch beside the study" }).getByRole("button", { name: "Show the patch" }).click()
    const pre = page.locator("#what-if-diff")
    await pre.waitFor()
    const diff = (await pre.textContent()) ?? ""
    folder.write("changed.patch", diff)
    const git = (...args: ReadonlyArray<string>) => execFileSync("git", args, { cwd: folder.path, encoding: "utf8" })
    git("apply", "--unsafe-paths", "changed.patch")
    expect(folder.read("dag.ts")).toBe(whatIfStudy["dag.ts"]!.replace("by: settings.variables[0]!.by }", "by: 0.5 }"))
    git("apply", "--unsafe-paths", "--reverse", "changed.patch")
    expect(folder.read("dag.ts")).toBe(whatIfStudy["dag.ts"])
    // One node of a map stands in no text of its own: the patch is of all of it, and says so.
    await page.goto(`${studio.origin}/#/estimates/what-if?node=${encodeURIComponent("other[y]")}`)
    await page.getByLabel("outcome", { exact: true }).fill("z")
    const draft = page.getByRole("region", { name: "what is changed" })
    await draft.getByText("1 node will run").waitFor()
    await draft.getByRole("button", { name: "Show the patch" }).click()
    await draft.getByText("The same line places other[z]: with this patch it is changed too, in the same way.").waitFor()
    expect(await draft.locator(".what-if-put").last().textContent()).toContain('{ outcome: "z", regressor }')
    // Where both are to be other than each other, none says it.
    await page.goto(`${studio.origin}/#/estimates/what-if?node=${encodeURIComponent("other[z]")}`)
    await page.getByLabel("parameters of other[z]").getByLabel("outcome", { exact: true }).fill("y")
    await draft.getByText("2 nodes will run").waitFor()
    await draft.getByRole("button", { name: "Show the patch" }).click()
    await draft.getByText("cannot be told for certain").waitFor()
    expect((await draft.locator(".what-if-patch li").allTextContents())[0]).toMatch(
      /^other\[y\]: at dag\.ts:\d+, where it is placed, give it outcome: "z"; that line places other\[z\] too/
    )
    await page.getByRole("button", { name: "Take back all of other[z]" }).click()
    await page.goto(`${studio.origin}/#/estimates/what-if?node=${encodeURIComponent("other[y]")}`)
    // The same of all of them does.
    await page.getByLabel("the same for the other 1 of its map").check()
    await draft.getByRole("link", { name: "other.outcome" }).waitFor()
    await draft.getByText("2 nodes will run").waitFor()
    await draft.getByRole("button", { name: "Show the patch" }).click()
    await draft.locator("#what-if-diff").waitFor()
    expect(await draft.locator(".what-if-put").allTextContents()).toEqual([
      expect.stringContaining("+++"),
      expect.stringContaining('{ outcome: "z", regressor }')
    ])
    expect(errors).toEqual([])
    await context.close()
  })

  it("puts another data file in the place of the study's, edits one in a table or as it is written, and keeps its comments", async () => {
    const { context, errors, page } = await open("?data=settings")
    const place = page.getByLabel("In its place")
    await place.waitFor()
    expect(await place.locator("option").allInnerTexts()).toEqual([
      "sets/half.yaml",
      "sets/one.yaml (the study's own)",
      expect.stringMatching(/sets\/wrong\.yaml \(does not fit: variables: /)
    ])
    expect(await place.locator("option").nth(2).isDisabled()).toBe(true)
    await place.selectOption("sets/half.yaml")
    const draft = page.getByRole("region", { name: "what is changed" })
    await draft.getByText("sets/half.yaml", { exact: true }).waitFor()
    await place.selectOption("sets/one.yaml")
    await draft.waitFor({ state: "detached" })
    await page.getByLabel("by of x").fill("much")
    await page.getByText('Expected number, found "much"').first().waitFor()
    await page.getByLabel("by of x").fill("2")
    await page.getByRole("button", { name: "remove z" }).click()
    await draft.getByText("1 node will run").waitFor()
    await draft.getByRole("button", { name: "Show the patch" }).click()
    await draft.locator("#what-if-diff").waitFor()
    expect((await draft.locator("#what-if-diff").textContent())!.trimEnd().split("\n")).toEqual([
      "--- a/sets/one.yaml",
      "+++ b/sets/one.yaml",
      "@@ -1,5 +1,4 @@",
      " # As it was measured.",
      " variables:",
      "   # the treatment",
      "-  - { name: x, by: 1, sign: positive }",
      "-  - { name: z, by: 1, sign: negative } # not used",
      "+  - { name: x, by: 2, sign: positive }"
    ])
    await draft.getByRole("button", { name: "Run as a branch" }).click()
    await page.getByRole("region", { name: "table of estimates" }).waitFor()
    expect(await page.getByRole("region", { name: "table of what-ifs" }).textContent()).toContain("settings.variables.x.by 2settings.variables.z left out")
    // As it is written: what is wrong is told with its place.
    await page.goto(`${studio.origin}/#/estimates/what-if?data=settings`)
    await page.getByLabel("as it is written").check()
    await page.getByLabel("the text of sets/one.yaml").fill("variables: [")
    await page.locator("#what-if-data-fault").waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it("removes a branch; read-only, it tells what would run and why it cannot", async () => {
    // Another studio of the same cache, in which it is looked at, is told.
    const locked = await Studio.start(folder.path, ["--read-only"])
    const other = await locked.open(browser!, "#/estimates/what-if?branch=estimates%40by%3D0.5")
    await other.page.getByText("nodes came out otherwise").waitFor()
    const { context, errors, page } = await open("?branch=estimates%40by%3D0.5")
    await page.getByText("nodes came out otherwise").waitFor()
    // A name that is taken is not taken unasked.
    const draft = { params: [{ node: "scaled", all: false, params: { variable: "x", by: 7 } }], data: [] }
    expect(await studio.ask("what-if-keep", { study: "estimates", name: "by=0.5", replace: false, draft })).toMatchObject({
      status: "failed",
      body: { errors: [{ code: "branch", message: expect.stringContaining("there is a branch estimates@by=0.5 already, of something else") }] }
    })
    // Of two who keep one name at a time, one is told.
    const keepAs = (by: number) =>
      studio.ask("what-if-keep", {
        study: "estimates",
        name: "both",
        replace: false,
        draft: { params: [{ node: "scaled", all: false, params: { variable: "x", by } }], data: [] }
      })
    const kept = await Promise.all([keepAs(8), keepAs(9)])
    expect(kept.map(({ status }) => status).sort()).toEqual([200, "failed"])
    expect(await studio.ask("what-if-forget", { study: "estimates@both" })).toMatchObject({ status: 200 })
    await page.getByRole("button", { name: "remove by=0.5" }).click()
    await page.getByRole("link", { name: "by=0.5" }).waitFor({ state: "detached" })
    await page.getByRole("region", { name: "the branch beside the study" }).waitFor({ state: "detached" })
    expect(page.url()).toMatch(/#\/estimates\/what-if$/)
    await other.page.getByText("There is no branch @by=0.5 any more: it was removed.").waitFor()
    expect(other.errors).toEqual([])
    await other.context.close()
    await page.goto(locked.address)
    await page.goto(`${locked.origin}/#/estimates/what-if?node=scaled`)
    await page.getByLabel("by", { exact: true }).fill("4")
    await page.getByText("1 node will run").waitFor()
    expect(await page.getByRole("button", { name: "Run as a branch" }).isDisabled()).toBe(true)
    expect(await page.getByText("The studio was opened with --read-only").isVisible()).toBe(true)
    expect((await locked.ask("what-if-keep", { study: "estimates", name: "x", replace: false, draft: { params: [], data: [] } })).status).toBe(403)
    await locked.end()
    expect(errors.filter((one) => !one.includes("ERR_"))).toEqual([])
    await context.close()
  })

  it("tells what is wrong with a branch that the study no longer fits, and has all the rest", async () => {
    folder.edit("dag.ts", '"all-kinds"', '"every-kind"')
    const draft = { params: [{ node: "on-x", all: false, params: { outcome: "y", regressor: "z" } }], data: [] }
    expect((await studio.ask("what-if-keep", { study: "estimates", name: "z", replace: false, draft })).status).toBe(200)
    folder.edit("dag.ts", '"on-x"', '"on-the-x"')
    const { context, errors, page } = await open("")
    const row = page.getByRole("region", { name: "table of what-ifs" }).locator("tr", { has: page.getByRole("button", { name: "remove z" }) })
    await row.getByText('the study has no node "on-x"').waitFor()
    folder.edit("dag.ts", '"on-the-x"', '"on-x"')
    await row.getByText("never ran").waitFor()
    folder.edit("dag.ts", '"every-kind"', '"all-kinds"')
    await row.getByRole("button", { name: "run z" }).click()
    await row.getByText("ran", { exact: true }).waitFor()
    expect((await studio.ask("what-if-forget", { study: "estimates@z" })).body).toEqual({ forgotten: true })
    expect(errors).toEqual([])
    await context.close()
  })

  for (const colorScheme of ["light", "dark"] as const)
    it(`fits a phone, and axe finds nothing wrong (${colorScheme})`, async () => {
      const opened = await open("?node=all-kinds", { colorScheme, viewport: { width: 390, height: 844 } })
      const { context, errors, page } = opened
      await page.getByLabel("level", { exact: true }).fill("7")
      await page.locator("#form-all-kinds-level-fault").waitFor()
      expect(await overflows(opened)).toBe(false)
      expect(await axeFindings(page)).toEqual([])
      await page.goto(`${studio.origin}/#/estimates/what-if?branch=${encodeURIComponent("estimates@settings-edited")}`)
      await page.getByRole("region", { name: "table of estimates" }).waitFor()
      expect(await overflows(opened)).toBe(false)
      expect(await axeFindings(page)).toEqual([])
      expect(errors).toEqual([])
      await context.close()
    })
})

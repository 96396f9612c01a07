/** Finding one's way in the DAG: by search, by keys, by mouse and fingers, through groups, as a list. */
import type { Browser } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder } from "../../cli/study-folder.ts"
import { axeFindings, launchBrowser } from "../browser.ts"
import { Studio } from "../studio.ts"
import { mappedStudy } from "./mapped-study.ts"
import { box, boxes, camera, DagPages, namesOfBoxes, queryOf, textOf } from "./opened.ts"

const browser: Browser | undefined = await launchBrowser()
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

describe.skipIf(browser === undefined)("finding one's way in the DAG", () => {
  const folder = new StudyFolder(mappedStudy)
  let studio: Studio
  let pages: DagPages
  beforeAll(async () => {
    folder.run()
    folder.edit("data/controls.csv", "2,20", "5,20")
    studio = await Studio.start(folder.path)
    pages = new DagPages(browser!, studio, "small")
  })
  afterEach(() => pages.leave())
  afterAll(async () => {
    await studio.end()
    await browser!.close()
    folder.remove()
  })
  const focused = 'document.activeElement?.getAttribute("data-box") ?? document.activeElement?.id'

  it("/ goes to the search: by name, stage and state; Enter goes to what is found, and its panel opens", async () => {
    const page = await pages.open()
    await page.keyboard.press("/")
    expect(await page.evaluate(focused)).toBe("graph-search")
    await page.keyboard.type("means stage-that-is-not")
    expect(await textOf(page.locator(".graph-hits"))).toBe("0 found")
    await page.getByRole("combobox", { name: "search nodes" }).fill("means")
    const options = page.getByRole("listbox", { name: "found" }).getByRole("option")
    // By stage, and what is of the layer that is called so.
    expect((await options.allInnerTexts()).map((text) => text.split("\n")[0])).toEqual(["gov-mean", "fdi-mean", "joined"])
    await page.getByRole("combobox", { name: "search nodes" }).fill("may be cut off joi")
    expect(await textOf(options)).toBe("joined pair · may be cut off")
    // What is not found is dimmed.
    expect(await box(page, "outcomes").getAttribute("class")).toContain("graph-dimmed")
    expect(await box(page, "joined").getAttribute("class")).not.toContain("graph-dimmed")
    await page.getByRole("combobox", { name: "search nodes" }).fill("mean")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page
      .getByRole("complementary", { name: "node gov-mean" })
      .or(page.getByRole("complementary", { name: "node fdi-mean" }))
      .waitFor()
    expect(["gov-mean", "fdi-mean"]).toContain(queryOf(page)["node"])
  })

  it("a node within a map is found too, and its map opened", async () => {
    const page = await pages.open()
    await page.keyboard.press("/")
    await page.keyboard.type("several[17]")
    await page.keyboard.press("Enter")
    await box(page, "several[17]").waitFor()
    expect(queryOf(page)).toEqual({ node: "several[17]", open: "several[…]" })
    expect(await box(page, "several[17]").getAttribute("class")).toContain("graph-selected")
  })

  it("arrow keys go to inputs and readers, up and down; Enter opens the panel, Escape closes it", async () => {
    const page = await pages.open()
    await box(page, "joined").focus()
    const press = async (key: string) => {
      const before = await page.evaluate(focused)
      await page.keyboard.press(key)
      await expect.poll(() => page.evaluate(focused)).not.toBe(before)
      return page.evaluate(focused)
    }
    const seen = [await press("ArrowLeft"), await press("ArrowLeft")]
    expect([
      ["gov-mean", "controls"],
      ["outcomes", "data/outcomes.csv"]
    ]).toContainEqual(seen)
    await box(page, "gov-mean").focus()
    expect(await press("ArrowRight")).toBe("joined")
    await press("ArrowUp")
    await box(page, "gov-mean").focus()
    await page.keyboard.press("Enter")
    await page.getByRole("complementary", { name: "node gov-mean" }).waitFor()
    expect(await page.evaluate(focused)).toBe("gov-mean")
    await page.keyboard.press("Escape")
    await page.getByRole("complementary").waitFor({ state: "detached" })
    // One box takes part in the order of Tab, whichever has been looked at.
    expect(await page.locator('[data-box][tabindex="0"]').evaluateAll((all) => all.map((one) => one.getAttribute("data-box")))).toEqual(["gov-mean"])
  })

  it("+, - and 0 zoom; the wheel and the buttons too; a drag and arrow keys with nothing chosen move it", async () => {
    const page = await pages.open()
    const whole = await camera(page)
    await page.keyboard.press("+")
    expect((await camera(page)).k).toBeCloseTo(whole.k * 1.3, 5)
    await page.keyboard.press("-")
    await page.getByRole("button", { name: "zoom in" }).click()
    expect((await camera(page)).k).toBeCloseTo(whole.k * 1.3, 5)
    await page.keyboard.press("0")
    expect(await camera(page)).toEqual(whole)
    // What is under the pointer stays there.
    const before = (await box(page, "joined").boundingBox())!
    await page.mouse.move(before.x + 10, before.y + 10)
    await page.mouse.wheel(0, -200)
    const after = (await box(page, "joined").boundingBox())!
    expect(after.width).toBeGreaterThan(before.width * 1.2)
    expect((before.x + 10 - after.x) / after.width).toBeCloseTo(10 / before.width, 1)
    await page.keyboard.press("0")
    // From the empty lower part.
    await page.mouse.move(700, 760)
    await page.mouse.down()
    await page.mouse.move(760, 700, { steps: 4 })
    await page.mouse.up()
    expect(await camera(page)).toEqual({ k: whole.k, x: whole.x + 60, y: whole.y - 60 })
    await page.locator(".graph-stage").focus()
    await page.keyboard.press("ArrowLeft")
    expect((await camera(page)).x).toBe(whole.x + 140)
    // A drag that begins on a box moves too, and chooses nothing.
    const at = (await box(page, "joined").boundingBox())!
    await page.mouse.move(at.x + 5, at.y + 5)
    await page.mouse.down()
    await page.mouse.move(at.x + 45, at.y + 5, { steps: 4 })
    await page.mouse.up()
    expect((await camera(page)).x).toBe(whole.x + 180)
    expect(queryOf(page)).toEqual({})
  })

  it("who looks at something else and comes back finds the picture as it was left", async () => {
    const page = await pages.open()
    await page.keyboard.press("+")
    await page.keyboard.press("+")
    await page.locator(".graph-stage").focus()
    await page.keyboard.press("ArrowRight")
    const before = await camera(page)
    await page.getByRole("link", { name: "SQL" }).click()
    await boxes(page).first().waitFor({ state: "detached" })
    await page.goBack()
    await boxes(page).first().waitFor()
    expect(await camera(page)).toEqual(before)
  })

  it("two fingers zoom on a phone, and one moves it", async () => {
    const page = await pages.open("", PHONE)
    const whole = await camera(page)
    const touch = await page.context().newCDPSession(page)
    const fingers = (type: "touchStart" | "touchMove" | "touchEnd", ...points: ReadonlyArray<readonly [number, number]>) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) })
    await fingers("touchStart", [150, 500], [250, 500])
    for (const spread of [10, 30, 50]) await fingers("touchMove", [150 - spread, 500], [250 + spread, 500])
    await fingers("touchEnd")
    expect((await camera(page)).k).toBeCloseTo(whole.k * 2, 1)
    const { x } = await camera(page)
    await fingers("touchStart", [200, 500])
    for (const moved of [10, 40, 80]) await fingers("touchMove", [200 + moved, 500])
    await fingers("touchEnd")
    expect((await camera(page)).x).toBeCloseTo(x + 80, 0)
  })

  it("a map opens by click or Enter, and is folded again", async () => {
    const page = await pages.open()
    await box(page, "several[…]").focus()
    await page.keyboard.press("Enter")
    await box(page, "several[3]").waitFor()
    await expect.poll(() => page.evaluate(focused)).toBe("several[0]")
    await page.keyboard.press("0")
    expect(await boxes(page).count()).toBe(48)
    await page.getByRole("button", { name: "fold several[…]" }).click()
    await box(page, "several[…]").waitFor()
    await box(page, "several[…]").click()
    await box(page, "several[3]").waitFor()
    await page.goBack()
    await box(page, "several[…]").waitFor()
    // Grouped by what they make: the layers of the study.
    await page.getByRole("combobox", { name: "Group by" }).selectOption("layers")
    await box(page, "layer: Numbers 0").waitFor()
    expect((await namesOfBoxes(page)).filter((name) => name.startsWith("layer: "))).toEqual([
      "layer: Draws 1",
      "layer: Means 1",
      "layer: Numbers 0",
      "layer: sources"
    ])
    expect(await textOf(box(page, "layer: Means 1"))).toMatch(/^Means 3 gov-mean, fdi-mean, joined/)
  })

  it("a node that is chosen shows what it rests on and what rests on it, and the rest is dimmed", async () => {
    const page = await pages.open("?node=gov-mean")
    await page.getByRole("complementary", { name: "node gov-mean" }).waitFor()
    const dimmed = await boxes(page).evaluateAll((all) =>
      all
        .filter((one) => one.classList.contains("graph-dimmed"))
        .map((one) => one.getAttribute("data-box")!)
        .sort()
    )
    expect(dimmed).toEqual(["data/outcomes.csv", "draws", "fdi-mean", "outcomes", "several[…]"])
  })

  it("the panel leads to the other views; Escape in it closes it, and the focus is on the node again", async () => {
    const page = await pages.open("?node=joined")
    const panel = page.getByRole("complementary", { name: "node joined" })
    await panel.getByRole("heading", { name: "Inputs" }).waitFor()
    const links = await panel.locator(".graph-links a").evaluateAll((all) => all.map((one) => `${one.textContent} ${one.getAttribute("href")}`))
    expect(links).toEqual(["Artifact #/small/node/joined", "What if #/small/what-if?node=joined", "Runs #/small/runs"])
    // From the node back to the edit: each link of the chain is one.
    await panel.getByRole("link", { name: "controls" }).first().click()
    const controls = page.getByRole("complementary", { name: "node controls" })
    await controls.getByText("the file data/controls.csv changed").waitFor()
    await controls.getByRole("link", { name: "data/controls.csv" }).click()
    const file = page.getByRole("complementary", { name: "file data/controls.csv" })
    await file.getByText("It is not what it was when it was last read.").waitFor()
    await file.getByRole("link", { name: "controls" }).click()
    await controls.getByRole("button", { name: "close the panel" }).focus()
    await page.keyboard.press("Escape")
    await page.getByRole("complementary").waitFor({ state: "detached" })
    await expect.poll(() => page.evaluate(focused)).toBe("controls")
  })

  it("a node that the study does not return is shown when it is asked for; one that is not there is told", async () => {
    folder.edit("dag.ts", "return {", 'dag.node("aside", means, { table: controls }, { columns: ["gov"] })\n  return {')
    const page = await pages.open()
    await page.getByLabel(/^and 1.* that it does not return$/).waitFor()
    expect(await box(page, "aside").count()).toBe(0)
    await page.goto(`${studio.origin}/#/small/graph?node=aside`)
    await box(page, "aside").and(page.locator(".graph-selected")).waitFor()
    expect(await page.getByLabel(/^and 1.* that it does not return$/).isChecked()).toBe(true)
    await page.goto(`${studio.origin}/#/small/graph?node=nowhere`)
    await page.getByText("The study has no node and no source that is called “nowhere”.").waitFor()
    folder.write("dag.ts", mappedStudy["dag.ts"]!)
  })

  it("the list has the same as the picture, and its links open the panel", async () => {
    const page = await pages.open("?as=list")
    expect(await page.locator("tbody tr").count()).toBe(46)
    const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: "gov-mean", exact: true }) })
    expect(await textOf(row)).toMatch(/^may be cut off gov-mean means its input table may change: controls has yet to run about .*ms \d+.*B$/)
    await page.getByRole("link", { name: "gov-mean", exact: true }).click()
    await page.getByRole("complementary", { name: "node gov-mean" }).waitFor()
    expect(await axeFindings(page)).toEqual([])
  })

  for (const colorScheme of ["light", "dark"] as const)
    it(`axe finds nothing wrong with the picture and the panel (${colorScheme}), nor on a phone, where nothing is wider than the screen`, async () => {
      const page = await pages.open("?node=gov-mean", { colorScheme })
      await page.getByText("Why it ran then").waitFor()
      expect(await axeFindings(page)).toEqual([])
      const phone = await pages.open("?node=gov-mean", { ...PHONE, colorScheme })
      await phone.getByText("Why it ran then").waitFor()
      expect(await axeFindings(phone)).toEqual([])
      expect(await phone.locator(".graph-view").evaluate((view) => view.scrollWidth)).toBe(390)
      const panel = (await phone.getByRole("complementary").boundingBox())!
      expect(panel.width).toBe(390)
      // What is chosen is seen above the sheet.
      const chosen = (await box(phone, "gov-mean").boundingBox())!
      expect(chosen.y + chosen.height).toBeLessThan(panel.y)
      expect(chosen.x).toBeGreaterThanOrEqual(0)
      expect(chosen.x + chosen.width).toBeLessThanOrEqual(390)
    })
})

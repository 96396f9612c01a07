/** What decides the studies is followed: whatever is saved, the page is told, and what is answered then is of today. */
import { utimesSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { StudioEvent } from "../../../src/studio/messages/event.ts"
import { StudyFolder, smallStudy } from "../../cli/study-folder.ts"
import { FollowedEvents } from "../followed-events.ts"
import { Studio } from "../studio.ts"

const studiesChanged = (event: StudioEvent): boolean => event.event === "changed" && event.what === "studies"

describe("a study that is edited", () => {
  const study = new StudyFolder({
    ...smallStudy,
    "dag.ts": smallStudy["dag.ts"]!.replace(
      "  const draws",
      `  const { columns } = dag.data("columns", "columns.yaml", Schema.Struct({ columns: Schema.Array(Schema.String) }))
  const chosen = dag.node("chosen", means, { table: controls }, { columns })
  const books = dag.node("books", list, { books: dag.folder("books") })
  const draws`
    )
      .replace("return {", "return { chosen, books,")
      .replace("\n\n", '\nimport { Schema } from "effect"\nimport { list } from "./stages/list.ts"\n\n'),
    "stages/list.ts": `import { Files, Stage, table, text } from "@sediment/sediment"
import { Effect, Schema } from "effect"
const Books = table("Books", { book: text() })
export const list = Stage.make("list", {
  inputs: { books: Files },
  params: Schema.Struct({}),
  output: Books,
  run: ({ books }) => Effect.sync(() => ({ book: books.map(({ path }) => path) }))
})
`,
    "columns.yaml": "columns: [gov]\n",
    "books/2003.csv": "a\n"
  })
  let studio: Studio
  let events: FollowedEvents
  const due = async () => {
    const { body, status } = await studio.ask("dry-run", { study: "small", nodes: [] })
    // The body, so that what is wrong is told.
    expect([status, body]).toEqual([200, expect.anything()])
    const { nodes } = body as { readonly nodes: ReadonlyArray<{ readonly node: string; readonly state: string; readonly why: string }> }
    return nodes.map(({ node, state }) => `${node} ${state}`).sort()
  }
  beforeAll(async () => {
    study.run()
    studio = await Studio.start(study.path)
    expect(await due()).toEqual([])
    events = await FollowedEvents.follow(studio)
  })
  afterAll(async () => {
    events.close()
    await studio.end()
    study.remove()
  })
  /** What is to run after an edit that the page is told of. */
  const saved = async (edit: () => void) => {
    const from = events.events.length
    edit()
    await events.until(studiesChanged, from)
    return due()
  }

  const edits: ReadonlyArray<readonly [what: string, edit: () => void, back: () => void, due: ReadonlyArray<string>]> = [
    ["dag.ts", () => study.edit("dag.ts", "{ n: 3 }", "{ n: 4 }"), () => study.edit("dag.ts", "{ n: 4 }", "{ n: 3 }"), ["draws stale"]],
    [
      "a file that a stage imports, three files away",
      () => study.edit("lib/add.ts", "a + b", "a + b + 1"),
      () => study.edit("lib/add.ts", "a + b + 1", "a + b"),
      ["chosen stale", "fdi-mean stale", "gov-mean stale", "joined unknown"]
    ],
    [
      "a source",
      () => study.edit("data/outcomes.csv", "5,50", "6,50"),
      () => study.edit("data/outcomes.csv", "6,50", "5,50"),
      ["joined unknown", "outcomes stale"]
    ],
    [
      "a file of data that dag.ts reads",
      () => study.write("columns.yaml", "columns: [fdi]\n"),
      () => study.write("columns.yaml", "columns: [gov]\n"),
      // It is then as fdi-mean is.
      []
    ],
    ["a file that is new in a folder", () => study.write("books/2004.csv", "b\n"), () => study.writeAll({ "books/2004.csv": undefined }), ["books stale"]]
  ]
  for (const [what, edit, back, expected] of edits)
    it(`is told of, and what it disturbs: ${what}`, async () => {
      expect(await saved(edit)).toEqual(expected)
      expect(await saved(back)).toEqual([])
    })

  it("is told of by its content: a file that is only touched, or saved as it was, is no edit", async () => {
    const from = events.events.length
    utimesSync(study.at("dag.ts"), new Date(), new Date())
    study.write("data/outcomes.csv", study.read("data/outcomes.csv"))
    await saved(() => study.edit("data/controls.csv", "1,10", "1,11"))
    expect(events.events.slice(from).filter(studiesChanged)).toHaveLength(1)
    await saved(() => study.edit("data/controls.csv", "1,11", "1,10"))
  })

  it("may be edited many times: threads that have loaded it too often are left for new ones, and no answer is lost", async () => {
    for (let i = 0; i < 30; i++) expect(await saved(() => study.edit("dag.ts", /\{ n: \d+ \}/, `{ n: ${10 + i} }`))).toEqual(["draws stale"])
    expect(await saved(() => study.edit("dag.ts", /\{ n: \d+ \}/, "{ n: 3 }"))).toEqual([])
  })

  it("is answered as it was last readable while it is not, and the store as it is", async () => {
    const broken = await saved(() => study.edit("dag.ts", "return {", "return {{"))
    expect(broken).toEqual([])
    expect((await studio.ask("studies", {})).body).toMatchObject({
      studies: [{ study: "small" }],
      unreadable: [{ message: expect.stringContaining("dag.ts:") }]
    })
    const mended = await saved(() => {
      study.edit("dag.ts", "return {{", "return {")
      study.edit("dag.ts", "{ n: 3 }", "{ n: 4 }")
    })
    expect(mended).toEqual(["draws stale"])
    expect((await studio.ask("studies", {})).body).toMatchObject({ unreadable: [] })
  })
})

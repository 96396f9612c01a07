import { describe, expect, it } from "vitest"
import { documentOf } from "../../src/render/document.ts"
import { scatter } from "./tables.ts"

const drawn = (names: ReadonlyArray<string>) =>
  documentOf(
    names.map((name) => ({ type: "Figure", table: scatter, name })),
    ".tex",
    "study",
    "pictures",
    () => {}
  )

describe("a document of figures", () => {
  it("of LaTeX has a picture a figure, whatever letters their names have", async () => {
    const { content, pictures } = await drawn(["f[一]", "f[二]", "f", "map[east]", "map-east"])
    const files = ["f.png", "f-2.png", "f-3.png", "map-east.png", "map-east-2.png"]
    expect([...pictures.keys()]).toEqual(files)
    expect([...String(content).matchAll(/\{pictures\/(.*?)\}/g)].map(([, file]) => file)).toEqual(files)
  })
})

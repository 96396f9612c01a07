import { describe, expect, it } from "vitest"
import { toStoredTable } from "../../../src/artifact/output.ts"
import { weightsFile } from "../../../src/render/artifact/weights-file.ts"
import { summaryOfLinks } from "../../../src/render/artifact/weights-text.ts"
import { renderArtifact } from "../../../src/render/render.ts"
import { SpatialWeights } from "../../../stages/table-types.ts"

const links = (...rows: ReadonlyArray<readonly [from: string, to: string, weight: number]>) =>
  toStoredTable(
    SpatialWeights,
    {
      from: rows.map(([from]) => from),
      to: rows.map(([, to]) => to),
      weight: Float64Array.from(rows, ([, , weight]) => weight),
      kind: rows.map(() => "contiguity"),
      standardize: rows.map(() => "row")
    },
    []
  )
const shown = (table: ReturnType<typeof links>) => renderArtifact("SpatialWeights", table, "text", "weights", { width: 100 })

describe("spatial weights as they are shown", () => {
  it("what they come to stands above the table", async () => {
    const third = 1 / 3
    const star = links(["a", "b", third], ["a", "c", third], ["a", "d", third], ["b", "a", 1], ["c", "a", 1], ["d", "a", 1])
    expect((await shown(star)).split("\n").slice(0, 7)).toEqual([
      "4 entities, 6 links (50% of pairs)",
      "neighbours: 1 to 3, mean 1.5; no islands; 1 component",
      "links symmetric, weights not, similar to a symmetric matrix (eigenvalues are real); row sums 1",
      "rho from -1 to 1 (by the eigenvalues)",
      "",
      "6 rows, 5 columns",
      ""
    ])
  })
  it("of many entities the bounds of rho are bounds of bounds", async () => {
    const name = (i: number) => `e${String((i + 500) % 500).padStart(3, "0")}`
    const circle = links(...Array.from({ length: 500 }, (_, i) => [-1, 1].map((step) => [name(i), name(i + step), 0.5] as const)).flat())
    expect((await shown(circle)).split("\n")[3]).toMatch(/^rho from (-1|-0\.99\d+) to 1, or wider \(by bounds of the eigenvalues\)$/)
  })
  it("islands, links that go one way, weights that lead nowhere", async () => {
    const broken = links(["a", "b", 0.5], ["b", "b", 0], ["c", "c", 0])
    expect((await shown(broken)).split("\n").slice(0, 4)).toEqual([
      "3 entities, 1 link (16.7% of pairs)",
      "neighbours: 0 to 1, mean 0.3333; 2 islands: b, c; 2 components, the largest of 2",
      "not symmetric, not similar to a symmetric matrix; row sums 0 to 0.5",
      "no eigenvalue but zero: any rho"
    ])
    expect(summaryOfLinks(broken)).toMatchObject({ entities: 3, links: 1, islands: ["b", "c"] })
  })
})

describe("spatial weights as other programs read them", () => {
  const chain = links(["a", "b", 1], ["b", "a", 0.5], ["b", "c", 0.5], ["c", "c", 0])
  it("by the end of the file's name, islands and all", () => {
    expect(weightsFile(chain, "x.GAL")).toEqual({ text: "0 3 unknown unknown\na 1\nb\nb 2\na c\nc 0\n\n" })
    expect(weightsFile(chain, "x.gwt")).toEqual({ text: "0 3 unknown unknown\na b 1\nb a 0.5\nb c 0.5\n" })
    expect(weightsFile(chain, "x.matrix.csv")).toEqual({ text: ",a,b,c\na,0,1,0\nb,0.5,0,0.5\nc,0,0,0\n" })
    expect(weightsFile(chain, "x.csv")).toBeUndefined()
  })
  it("not where names have blanks", () => {
    expect(weightsFile(links(["a b", "c", 1], ["c", "c", 0]), "x.gal")).toEqual({ why: expect.stringContaining('"a b"') })
  })
})

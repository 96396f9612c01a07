/** The picture of a DAG, computed: which boxes there are, where, and which way leads where. */
import { Schema } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { StudyGraph } from "../../../src/studio/messages/graph.ts"
import { drawnAround, fitted, including, meets, seen, zoomed } from "../../../src/studio/page/graph/camera.ts"
import { edgePaths } from "../../../src/studio/page/graph/edge-paths.ts"
import { placeByRanks } from "../../../src/studio/page/graph/placement.ts"
import { found } from "../../../src/studio/page/graph/search.ts"
import { groupingFor, groupingsOf, groupsAround, shapeOf } from "../../../src/studio/page/graph/shape.ts"
import { countStates, countsInWords, foremost } from "../../../src/studio/page/graph/states.ts"
import { depthsBelow, neighbourAt, neighboursOf, wayThrough } from "../../../src/studio/page/graph/ways.ts"

/** A graph of nodes `name: layer < inputs`, and files of inputs that have an ending. */
const graphOf = (nodes: Readonly<Record<string, { readonly layer?: number; readonly reads?: ReadonlyArray<string>; readonly stage?: string }>>): StudyGraph => {
  const names = Object.keys(nodes)
  const files = [...new Set(Object.values(nodes).flatMap(({ reads = [] }) => reads.filter((one) => one.includes("."))))]
  const all = [...names, ...files]
  const edges = names.flatMap((name, to) => (nodes[name]!.reads ?? []).map((from) => ({ from: all.indexOf(from), to })))
  return Schema.decodeUnknownSync(StudyGraph)({
    study: "s",
    nodes: names.map((name) => ({ name, stage: nodes[name]!.stage ?? "stage", layer: nodes[name]!.layer ?? 0, state: "fresh" })),
    files: files.map((path) => ({ path, state: "source" })),
    edges: { from: edges.map(({ from }) => from), to: edges.map(({ to }) => to), reading: edges.map(() => -1) },
    readings: [],
    texts: [],
    layers: [
      { kind: "data", level: 0 },
      { kind: "models", level: 1 },
      { kind: "tables", level: 2 }
    ],
    disturbed: { edits: [], faults: [], cannot: 0, fresh: names.length, stale: 0, unknown: 0, skipped: 0 },
    others: 0
  })
}
const study = graphOf({
  raw: { reads: ["d/a.csv", "d/b.csv"] },
  panel: { reads: ["raw"] },
  other: { reads: ["e/c.csv"] },
  "model[1]": { layer: 1, reads: ["panel"] },
  "model[2]": { layer: 1, reads: ["panel"] },
  single: { layer: 1, reads: ["panel", "other"] },
  table: { layer: 2, reads: ["model[1]", "model[2]", "single"] }
})
const ids = (shape: ReturnType<typeof shapeOf>) => shape.boxes.map(({ id }) => id)

describe("boxes", () => {
  it("by maps: nodes of a map are one, and files of a folder that the same nodes read", () => {
    const shape = shapeOf(study, "maps", new Set())
    expect(ids(shape)).toEqual(["raw", "panel", "other", "model[…]", "single", "table", "d/… 0", "e/c.csv"])
    const edges = shape.edges.map(({ from, to }) => `${shape.boxes[from]!.id} > ${shape.boxes[to]!.id}`)
    expect(edges).toContain("d/… 0 > raw")
    expect(edges.filter((one) => one === "model[…] > table")).toHaveLength(1)
    expect(shape.edges.find(({ to }) => shape.boxes[to]!.id === "raw")!.edges).toHaveLength(2)
    expect(ids(shapeOf(study, "maps", new Set(["model[…]"])))).toEqual(["raw", "panel", "other", "model[1]", "model[2]", "single", "table", "d/… 0", "e/c.csv"])
  })

  it("by layers: one box each, opened to maps; a layer of one node is that node", () => {
    expect(ids(shapeOf(study, "layers", new Set()))).toEqual(["layer: data 0", "layer: models 1", "table", "layer: sources"])
    expect(ids(shapeOf(study, "layers", new Set(["layer: models 1"])))).toEqual(["layer: data 0", "model[…]", "single", "table", "layer: sources"])
    expect(groupsAround(study, "layers", 3)).toEqual(["layer: models 1", "model[…]"])
    expect(groupsAround(study, "nodes", 3)).toEqual([])
  })

  it("every node and file is in one box, and what is left out in none", () => {
    for (const grouping of ["layers", "maps", "nodes"] as const) {
      const { boxOf, boxes } = shapeOf(study, grouping, new Set())
      expect(boxes.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual([...boxOf.keys()])
      for (const [box, { members }] of boxes.entries()) for (const item of members) expect(boxOf[item]).toBe(box)
    }
    const part = shapeOf(study, "nodes", new Set(), new Set([0, 1]))
    expect(ids(part)).toEqual(["raw", "panel"])
    expect(part.boxOf.filter((box) => box === -1)).toHaveLength(8)
  })

  it("are as many as can be taken in, where there are groups that make it so", () => {
    /** So many nodes in so many layers, a layer of them in a map of its own where it is mapped. */
    const many = (count: number, inLayers: number, mapped: boolean) => {
      const name = (i: number) => (mapped ? `m${i % 4}[${i}]` : `n${i}`)
      const graph = graphOf(
        Object.fromEntries(Array.from({ length: count }, (_, i) => [name(i), { layer: i % inLayers, reads: i === 0 ? [] : [name(i - 1)] }]))
      )
      return { ...graph, layers: Array.from({ length: inLayers }, (_, level) => ({ kind: "data", level })) }
    }
    expect(groupingFor(study)).toBe("nodes")
    expect(groupingFor(many(200, 1, true))).toBe("maps")
    expect(groupingFor(many(200, 5, false))).toBe("layers")
    expect(groupingFor(many(200, 1, false))).toBe("nodes")
    expect(groupingsOf(study)).toEqual(["layers", "maps", "nodes"])
    expect(groupingsOf(many(200, 5, false))).toEqual(["layers", "nodes"])
  })
})

describe("places", () => {
  const dag = fc.integer({ min: 1, max: 60 }).chain((n) =>
    fc.record({
      sizes: fc.array(fc.record({ width: fc.integer({ min: 40, max: 200 }), height: fc.integer({ min: 20, max: 60 }) }), { minLength: n, maxLength: n }),
      links: fc
        .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 2 * n })
        .map((pairs) => pairs.filter(([a, b]) => a !== b).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const))
    })
  )

  it("what is read stands to the left of what reads it, no two boxes lie on each other, no edge bends in a box, and all lie within", () => {
    fc.assert(
      fc.property(dag, ({ links, sizes }) => {
        const place = placeByRanks(sizes, { from: links.map(([from]) => from), to: links.map(([, to]) => to) })
        const at = (box: number) => ({ x: place.x[box]!, y: place.y[box]!, ...sizes[box]! })
        for (const [from, to] of links) expect(at(from).x + at(from).width).toBeLessThan(at(to).x)
        const isIn = (box: number, [x, y]: readonly [number, number]) =>
          x >= at(box).x && x <= at(box).x + at(box).width && y >= at(box).y && y <= at(box).y + at(box).height
        for (const point of place.bends.flat()) for (let box = 0; box < sizes.length; box++) expect(isIn(box, point)).toBe(false)
        for (let a = 0; a < sizes.length; a++) {
          expect(at(a).y).toBeGreaterThanOrEqual(-1e-9)
          expect(at(a).y + at(a).height).toBeLessThanOrEqual(place.height + 1e-9)
          expect(at(a).x + at(a).width).toBeLessThanOrEqual(place.width + 1e-9)
          for (let b = 0; b < a; b++) expect(meets(at(a), at(b))).toBe(false)
        }
      })
    )
  })

  it("a cycle, as groups may have, is placed too", () => {
    const size = { width: 10, height: 10 }
    const place = placeByRanks([size, size, size], { from: [0, 1, 2], to: [1, 2, 0] })
    expect(new Set(place.x.map((x, i) => `${x} ${place.y[i]}`)).size).toBe(3)
  })

  it("edges run from the right side of what is read to the left side of what reads it, through their bends", () => {
    const size = { width: 100, height: 40 }
    const [path] = edgePaths({ from: [0], to: [1] }, [size, size], { x: [0, 300], y: [0, 200], bends: [[[200, 500]]], width: 400, height: 500 })
    expect(path!.d).toMatch(/^M100 20C.* 200 500C.* 300 220$/)
    expect(path!.straight).toBe("M100 20L300 220")
    expect(path!.within).toEqual({ x: 100, y: 20, width: 200, height: 480 })
  })
})

describe("ways", () => {
  const { edges } = shapeOf(study, "nodes", new Set())
  const neighbours = neighboursOf(10, edges)
  const name = (item: number) => [...study.nodes.map((node) => node.name), ...study.files.map(({ path }) => path)][item]

  it("through a node: what it rests on, and what rests on it", () => {
    expect([...wayThrough(3, study)].map(name).sort()).toEqual(["d/a.csv", "d/b.csv", "model[1]", "panel", "raw", "table"])
  })

  it("downwards from an edit, with the number of edges", () => {
    const depths = depthsBelow([7], neighbours)
    expect([...depths].map(([item, depth]) => `${name(item)} ${depth}`).sort()).toEqual([
      "d/a.csv 0",
      "model[1] 3",
      "model[2] 3",
      "panel 2",
      "raw 1",
      "single 3",
      "table 4"
    ])
  })

  it("arrow keys: to the nearest input and reader, and to the next box of the column", () => {
    const sizes = Array.from({ length: 10 }, () => ({ width: 100, height: 40 }))
    const place = placeByRanks(sizes, { from: edges.map(({ from }) => from), to: edges.map(({ to }) => to) })
    const paths = edgePaths({ from: [], to: [] }, sizes, place)
    const go = (item: number, arrow: Parameters<typeof neighbourAt>[1]) => {
      const next = neighbourAt(item, arrow, neighbours, sizes, { ...place, paths })
      return next === undefined ? undefined : name(next)
    }
    expect(go(1, "ArrowLeft")).toBe("raw")
    expect(["model[1]", "model[2]", "single"]).toContain(go(1, "ArrowRight"))
    expect(go(6, "ArrowRight")).toBeUndefined()
    const column = [3, 4, 5].sort((a, b) => place.y[a]! - place.y[b]!)
    expect(go(column[0]!, "ArrowDown")).toBe(name(column[1]!))
    expect(go(column[2]!, "ArrowUp")).toBe(name(column[1]!))
  })
})

describe("the camera", () => {
  const screen = { width: 800, height: 600 }
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
  const camera = fc.record({ x: number(-1e4, 1e4), y: number(-1e4, 1e4), k: number(0.05, 2) })

  it("what is under the pointer stays there when it zooms", () => {
    fc.assert(
      fc.property(camera, number(0.5, 2), number(0, 800), number(0, 600), (one, by, x, y) => {
        const next = zoomed(one, by, { x, y })
        expect((x - next.x) / next.k).toBeCloseTo((x - one.x) / one.k, 3)
        expect((y - next.y) / next.k).toBeCloseTo((y - one.y) / one.k, 3)
      })
    )
  })

  it("fits a rectangle into the screen, and moves as little as needed to include one", () => {
    fc.assert(
      fc.property(camera, number(-1000, 1000), number(-1000, 1000), number(1, 300), number(1, 200), (one, x, y, width, height) => {
        const rectangle = { x, y, width, height }
        const within = (now: ReturnType<typeof seen>) =>
          x >= now.x - 1e-6 && y >= now.y - 1e-6 && x + width <= now.x + now.width + 1e-6 && y + height <= now.y + now.height + 1e-6
        expect(within(seen(fitted(rectangle, screen), screen))).toBe(true)
        const included = including(one, rectangle, screen)
        expect(within(seen(included, screen))).toBe(true)
        const again = including(included, rectangle, screen)
        expect(again.x).toBeCloseTo(included.x, 6)
        expect(again.y).toBeCloseTo(included.y, 6)
      })
    )
  })

  it("what is drawn is more than what is seen, and stays the same for as long as it holds that", () => {
    const first = drawnAround(undefined, { x: 0, y: 0, width: 100, height: 100 })
    expect([first.x, first.y]).toEqual([-60, -60])
    expect(first.width).toBeCloseTo(220, 6)
    expect(drawnAround(first, { x: 50, y: -50, width: 100, height: 100 })).toBe(first)
    expect(drawnAround(first, { x: 70, y: 0, width: 100, height: 100 })).not.toBe(first)
    expect(drawnAround(first, { x: 0, y: 0, width: 20, height: 20 })).not.toBe(first)
  })
})

describe("states and search", () => {
  it("of several, the one that asks for most attention tells, and all are counted", () => {
    const counts = countStates(["fresh", "unknown", "stale", "fresh"])
    expect(foremost(counts)).toBe("stale")
    expect(countsInWords(counts)).toBe("1 stale, 1 may be cut off, 2 fresh")
    expect(foremost(countStates(["failed", "running"]))).toBe("running")
  })

  it("finds by name, stage, layer and state, each word; what begins with it first", () => {
    const states = [
      ...study.nodes.map(({ name }) => (name === "single" ? ("stale" as const) : ("fresh" as const))),
      ...study.files.map(() => "source" as const)
    ]
    const names = (search: string) => found(study, states, search)?.map((item) => study.nodes[item]?.name ?? study.files[item - study.nodes.length]!.path)
    expect(names("")).toBeUndefined()
    expect(names("models stale")).toEqual(["single"])
    expect(names("t")?.[0]).toBe("table")
    expect(names("MODEL[2]")).toEqual(["model[2]"])
    expect(names("e/c")).toEqual(["e/c.csv"])
    expect(names("nothing like it")).toEqual([])
  })
})

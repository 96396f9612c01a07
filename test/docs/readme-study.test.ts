import { expect, it } from "vitest"
import { blocksOf } from "./blocks.ts"
import { Walk } from "./walk.ts"

it("the study of README runs, where there are such data", () => {
  const study = blocksOf("README.md").find(({ text }) => text.includes('Dag.make("my-study"'))!
  const places = ["a", "b", "c", "d", "e"]
  const rows = places.flatMap((place, i) => [1, 2, 3, 4].map((t) => `${place},${2000 + t},${10 + i * t + ((i * 7 + t * 3) % 5)},${20 + (i + 1) * t * t}`))
  const walk = new Walk({
    "dag.ts": study.text,
    "data/places.csv": `entity\n${places.join("\n")}\n`,
    "data/panel.csv": `entity,year,income,gdp\n${rows.join("\n")}\n`
  })
  try {
    expect(walk.type("npm install sediment.tgz && npx sediment run")).toMatch(/^4 nodes: 4 ran/m)
  } finally {
    walk.end()
  }
})

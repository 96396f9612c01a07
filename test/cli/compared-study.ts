import { readFileSync, symlinkSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { stream } from "../../src/stats/random.ts"
import { StudyFolder } from "./study-folder.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const blocks = [...readFileSync(new URL("../../docs/compare.md", import.meta.url), "utf8").matchAll(/```(\w+)\n([\s\S]*?)```/g)]
const block = (language: string, part: string): string => blocks.find(([, of, text]) => of === language && text!.includes(part))![2]!
const full = block("yaml", "name: full")

/** Twelve places, eight years; x moves the indicators. */
const data = () => {
  const random = stream(3, 0)
  const places = Array.from({ length: 12 }, (_, i) => `place-${String(i + 1).padStart(2, "0")}`)
  const rows = places.flatMap((place, i) =>
    Array.from({ length: 8 }, (_, t) => {
      const [income, openness] = [10 + i / 4 + t / 10 + 0.3 * random.normal(), random.normal()]
      const x = 0.5 * openness + random.normal()
      const of = (weight: number) => (50 + 2 * i + weight * x + income + 2 * random.normal()).toFixed(3)
      return { key: `${place},${2010 + t}`, panel: [x, income, openness].map((value) => value.toFixed(4)), indicators: [of(3), of(1), of(0.2)] }
    })
  )
  return {
    "data/places.csv": `entity,zone\n${places.map((place, i) => `${place},${i < 6 ? "coast" : "inland"}`).join("\n")}\n`,
    "data/panel.csv": `entity,year,x,income,openness\n${rows.map(({ key, panel }) => [key, ...panel].join(",")).join("\n")}\n`,
    "data/indicators.csv": `entity,year,patents,graduates,recycling\n${rows.map(({ indicators, key }) => [key, ...indicators].join(",")).join("\n")}\n`
  }
}

/** The study of docs/compare.md, as somebody has it who has read nothing else: 48 specifications to compare. */
export const comparedStudy = (): StudyFolder => {
  const study = new StudyFolder({
    ...data(),
    "dag.ts": block("ts", "compareNodes"),
    "comparisons/choices.yaml": block("yaml", "treatment: x"),
    "indicators/full.yaml": full,
    "indicators/short.yaml": full.replace("name: full", "name: short").replace(/^.*graduates.*\n/m, "")
  })
  study.write("package.json", '{ "name": "mine", "type": "module" }')
  symlinkSync(`${root}/node_modules`, `${study.path}/node_modules`)
  return study
}

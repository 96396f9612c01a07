/** Writes docs/stages.md, the list of all stages, from their declarations: node tools/list-stages.ts */
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))

interface Listed {
  readonly file: string
  readonly variable: string
  readonly inputs: string
  readonly sentence: string
}

/** The first sentence of a docstring, in one line, for a cell of a table. */
const firstSentence = (comment: string): string => {
  const text = comment
    .replace(/^\s*\*+ ?/gm, "")
    .replace(/\s+/g, " ")
    .trim()
  const end = /[.:] (?=[A-Z`])/.exec(text)
  return (end === null ? text : text.slice(0, end.index)).replace(/[.:]$/, "").replaceAll("|", "\\|")
}

const declaration = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const (\w+) = Stage\.make\("[\w-]+", \{\s*inputs: \{([^}]*)\}/g

/** The stages of a file: what each is called in dag.ts, what is wired to it, and what it does. */
const stagesIn = (file: string): ReadonlyArray<Listed> =>
  [...readFileSync(join(root, file), "utf8").matchAll(declaration)].map(([, comment, variable, inputs]) => ({
    file,
    variable: variable!,
    inputs: inputs!
      .replace(/\s+/g, " ")
      .replace(/many\((\w+)\)/g, "$1[]")
      .trim(),
    sentence: firstSentence(comment!)
  }))

const headings: Readonly<Record<string, string>> = {
  "": "Data, variables and everything else",
  aggregations: "Aggregations of an index",
  comparison: "Choices compared",
  figures: "Figures",
  imputation: "Multiple imputation",
  models: "Models",
  tables: "Tables",
  weightings: "Weightings of indicators"
}

/** The page as a whole. */
export const stagesPage = (): string => {
  const files = readdirSync(join(root, "stages"), { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts"))
    .sort()
  const all = files.flatMap((file) => stagesIn(`stages/${file}`))
  const groups = Map.groupBy(all, ({ file }) => (Object.hasOwn(headings, file.split("/")[1]!) ? file.split("/")[1]! : ""))
  const sections = Object.entries(headings).flatMap(([folder, heading]) => {
    const own = groups.get(folder) ?? []
    return own.length === 0
      ? []
      : [
          `## ${heading}`,
          "",
          "| stage | file | inputs | what it does |",
          "|---|---|---|---|",
          ...own.map(({ file, inputs, sentence, variable }) => `| \`${variable}\` | \`${file}\` | ${inputs} | ${sentence} |`),
          ""
        ]
  })
  return [
    "# Stages",
    "",
    'Every stage that comes with Sediment, from its declaration (`node tools/list-stages.ts` writes this page). A stage of `stages/models/within.ts` is imported as `import { within } from "@sediment/sediment/stages/models/within.ts"`; its parameters, with what each means and its default, stand in that file, and your editor completes them.',
    "`X[]` takes a list of outputs, `File` and `Files` what `dag.source` and `dag.folder` give. [Tables](tables.md), [figures](figures.md), [models](estimators.md), [space](space.md), [indices](indices.md), [ingest](ingest.md) and [missing data](missing-data.md) tell more; a stage of your own is one file ([CONTRIBUTING.md](../CONTRIBUTING.md)), or a command ([external-stages.md](external-stages.md)).",
    "",
    ...sections
  ].join("\n")
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) writeFileSync(join(root, "docs/stages.md"), stagesPage())

/** The README's sections on code: what each file is, how to run it, and which step makes which table. */
import { duration } from "../../engine/wording.ts"
import { escapeMarkdown, markdownTable } from "../../render/markdown.ts"
import { expectedPaths } from "../expected.ts"
import { type Facts, type PrintedFact, restricted } from "../facts.ts"
import { box, NOT_STATED } from "./statements.ts"
import { stepNames } from "./step-names.ts"

const code = (text: string): string => `\`${text}\``

/** Stages by the file that declares them, with the steps that each carries out. */
const stages = ({ nodes }: Facts): string => {
  const files = [...Map.groupBy(nodes, ({ stageFile }) => stageFile)].sort(([a], [b]) => (a < b ? -1 : 1))
  return markdownTable(
    ["Program", "Stage", "Steps", "Time"],
    ["left", "left", "left", "right"],
    files.map(([file, all]) => [
      code(file),
      [...new Set(all.map(({ node }) => code(node.stage)))].join(", "),
      stepNames(all.map(({ node }) => node.name)),
      duration(all.reduce((sum, { ms }) => sum + ms, 0))
    ])
  )
}
export const programSections = (facts: Facts, hasReport: boolean): ReadonlyArray<string> => {
  const { declared, files, nodes, sources } = facts
  const scripts = sources.filter(({ isScript }) => isScript)
  const helpers = [...files.code.keys()].filter((file) => file !== files.entry && nodes.every(({ stageFile }) => stageFile !== file))
  const outside = nodes.some(({ stageFile }) => stageFile.startsWith("@sediment/"))
  return [
    "## Description of programs/code",
    [
      `- ${code(files.entry)} is the main program: it reads from top to bottom as the method section does, and says which step takes which data and parameters. Each \`dag.node("name", stage, inputs, parameters)\` there is a step.`,
      ...(files.data.size === 0 ? [] : [`- ${[...files.data.keys()].map(code).join(", ")}: parameters that ${code(files.entry)} reads, as data.`]),
      "- The stages below do the work: one file each, with what it takes, what it gives and how it is computed.",
      ...(outside ? [`- Those below \`@sediment/sediment/\` come with Sediment: after \`npm start\` they are in \`node_modules/@sediment/sediment/\`.`] : []),
      ...scripts.map(({ file, readBy }) => `- ${code(file)} is run by ${stepNames(readBy)}, as a command of its own.`),
      ...(helpers.length === 0
        ? []
        : [`- ${helpers.length} further files of code are used by them${helpers.length > 12 ? "" : `: ${helpers.map(code).join(", ")}`}.`]),
      "- `replicate.mjs` is what `npm start` runs: it installs, runs, checks the stored results, and compares.",
      "- `expected.json` and `expected/`: what a run must come to. `ro-crate-metadata.json`: the provenance of each result, for machines (RO-Crate). `SHA256SUMS`: checksums of the files here (`sha256sum -c SHA256SUMS`).",
      ...(hasReport ? ["- `expected/report.html`: the whole study on one page, to read."] : [])
    ].join("\n"),
    stages(facts),
    "### License for Code",
    declared.licence?.code === undefined ? NOT_STATED : `The code is licensed under ${declared.licence.code}. See [LICENSE.txt](LICENSE.txt) for details.`
  ]
}

export const instructionSections = ({ files, sources, study }: Facts): ReadonlyArray<string> => {
  const absent = sources.filter(({ isProvided }) => !isProvided)
  const entry = files.entry === "dag.ts" ? "" : ` --study ${files.entry}`
  const flags = entry + [...study.replaced].map(([name, path]) => ` --with ${name}=${files.inPackage(path)}`).join("")
  return [
    "## Instructions to Replicators",
    [
      "1. Install Node.js 20 or newer, with npm, if it is not there: https://nodejs.org",
      ...(absent.length === 0
        ? []
        : [`2. Get the data that are not in this package, as told above, and put them at ${absent.map(({ file }) => code(file)).join(", ")}.`]),
      `${absent.length === 0 ? 2 : 3}. In this folder, type \`npm start\`.`
    ].join("\n"),
    "It ends with one line: that all tables and figures are as expected (exit code 0), or which are not and by how much (exit code 1). What it made is in `results/`.",
    "### Details",
    [
      "- `npm start` again runs only what an edit touches. `rm -rf cache results` makes it begin anew.",
      `- \`npx sediment status${flags}\` tells what would run and why; \`npx sediment show NODE${flags}\` shows what any step made; \`npx sediment explain NODE${flags}\` the way from the data to it.`,
      `- \`npx sediment package --check .\` compares once more, and tells the largest difference of each table.`
    ].join("\n")
  ]
}

const line = (facts: Facts, print: PrintedFact, isClosed: boolean): ReadonlyArray<string> => {
  const { place, stageFile } = facts.nodes.find(({ node }) => node.name === print.node)!
  return [
    escapeMarkdown(print.title === "" ? print.node : print.title),
    code(print.output === "output" ? print.node : `${print.node}.${print.output}`),
    place === undefined ? code(facts.files.entry) : code(place.file),
    place === undefined ? "" : String(place.line),
    code(stageFile),
    code(expectedPaths(print).file),
    isClosed ? "Requires data that are not provided" : ""
  ]
}

export const tableSections = (facts: Facts): ReadonlyArray<string> => {
  const { declared, printed } = facts
  const closed = restricted(facts)
  const { note, what } = declared.reproduces ?? {}
  return [
    "## List of tables and programs",
    [
      "The provided code reproduces:",
      "",
      box(what === undefined ? undefined : what === "all", "All tables and figures in the paper"),
      box(what === undefined ? undefined : what === "selected", "Selected tables and figures in the paper, as explained and justified below.")
    ].join("\n"),
    ...(note === undefined ? [] : [note]),
    printed.length === 0
      ? "The study prints no table and no figure; `expected.json` has what each of its steps must come to."
      : markdownTable(
          ["Figure/Table", "Step", "Program", "Line Number", "Stage", "Output file", "Note"],
          ["left", "left", "left", "right", "left", "left", "left"],
          printed.map((print) => line(facts, print, closed.has(print.node)))
        ),
    ...(printed.length === 0 ? [] : ["Output files are given as they are expected; a run writes its own to `results/`, under the same names."])
  ]
}

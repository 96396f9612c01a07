import { spawnSync } from "node:child_process"
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { type Block, blocksOf, root } from "./blocks.ts"
import { pages } from "./pages.ts"

// Beside what is built, so that the package's name leads to this repository.
const folder = join(root, "dist", "blocks-of-pages")
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** From where each thing can be imported that a stage's file, or the estimators' face, exports. */
const exported = new Map<string, string>()
for (const [, names] of readFileSync(join(root, "src/econometrics.ts"), "utf8").matchAll(/^export \{([^}]*)\}/gm))
  for (const name of names!.split(",").map((one) => one.trim())) if (/^\w+$/.test(name)) exported.set(name, "@sediment/sediment/econometrics")
for (const file of readdirSync(join(root, "stages"), { recursive: true, encoding: "utf8" }))
  if (file.endsWith(".ts"))
    for (const [, name] of readFileSync(join(root, "stages", file), "utf8").matchAll(/^export const (\w+)/gm))
      exported.set(name!, `@sediment/sediment/stages/${file.replaceAll("\\", "/")}`)
for (const name of ["Dag", "Stage", "File", "Files", "many"]) exported.set(name, "@sediment/sediment")

const WORDS = new Set(
  "as await const default else export false for from function if import in let new null of return this true type typeof undefined var while".split(" ")
)

/** What a page leaves out: `…`. */
const withoutGaps = (text: string): string => text.replace(/([{[,]\s*)…(?=\s*[,}\]])/g, "$1...elided").replaceAll("…", "elided")

/** A block as a module of its own: what it uses of Sediment is imported, and what it says nothing of is anything. */
const moduleOf = ({ page, text }: Block): string => {
  // A stage of this repository is beside those that there are.
  const code = withoutGaps(text).replace('"./table-types.ts"', '"@sediment/sediment/stages/table-types.ts"')
  const bare = code.replace(/\/\/.*$/gm, "").replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, '""')
  const declared = new Set([
    ...[...bare.matchAll(/\b(?:const|let|function|class) (\w+)/g)].map(([, name]) => name!),
    ...[...bare.matchAll(/\b(?:const|let) [{[]([^=]*)[}\]]\s*=/g)].flatMap(([, names]) => names!.match(/\w+/g) ?? []),
    ...[...bare.matchAll(/^import (?:type )?\{([^}]*)\}/gm)].flatMap(([, names]) => names!.match(/\w+/g) ?? [])
  ])
  const used = new Set([...bare.matchAll(/(?<![.\w])(?<!(?<!\.)\.)([A-Za-z_]\w*)\b(?!\s*:(?!:))/g), ...bare.matchAll(/\.\.\.(\w+)/g)].map(([, name]) => name!))
  const free = [...used].filter((name) => !declared.has(name) && !WORDS.has(name))
  // Of two things of one name, a page on estimators means the function.
  const estimators = /^import .*econometrics"/m.test(code) || /\bfit[.,]/.test(code) || page === "docs/estimators.md"
  const imports = free.flatMap((name) => (exported.has(name) && !estimators ? [`import { ${name} } from "${exported.get(name)}"`] : []))
  const rest = free.filter((name) => /^[a-z]/.test(name) && (estimators || !exported.has(name)) && name !== "dag")
  const globals = ['declare const dag: import("@sediment/sediment").Builder', ...rest.map((name) => `declare const ${name}: any`)]
  return [...imports, ...(declared.has("dag") ? globals.slice(1) : globals), "export {}", code].join("\n")
}

it("every block of TypeScript is what the compiler takes: wirings that fit, parameters that there are", { timeout: 120_000 }, () => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const blocks = pages.flatMap(blocksOf).filter(({ language, test }) => language === "ts" && test === "")
  expect(blocks.length).toBeGreaterThan(40)
  const fileOf = ({ line, page }: Block) => `${page.replaceAll("/", "__")}-${line}.ts`
  for (const block of blocks) writeFileSync(join(folder, fileOf(block)), moduleOf(block))
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../tsconfig.json", compilerOptions: { noUnusedLocals: false, noUnusedParameters: false }, include: ["*.ts"], exclude: [] })
  )
  const { stdout } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder, "--pretty", "false"], {
    cwd: folder,
    encoding: "utf8"
  })
  expect(stdout.split("\n").filter((line) => line.includes("error"))).toEqual([])
})

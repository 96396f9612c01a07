import type { Comment, Program } from "acorn"
import { Effect } from "effect"
import { type CanonicalForm, canonicalForm } from "./canonical-form.ts"
import { type CompiledStudy, compile } from "./compile.ts"
import { type Declaration, isPackage, topLevel } from "./declarations.ts"
import { forbiddenUses } from "./forbidden.ts"
import { frameworkIdentity } from "./framework.ts"
import { callsAtLoad, mayWrite, writesAtLoad } from "./load-effects.ts"
import { InstalledPackages, unitePackages } from "./package-closure.ts"
import { policyProperties } from "./policy-properties.ts"
import { chainTo, hashOfReach, type Reach, reach } from "./reach.ts"
import { displayName, type SourcePosition, sourcePositions } from "./source-positions.ts"
import { faultAt, type StageDeclaration, stageDeclarations } from "./stage-declarations.ts"
import { StateAtLoad } from "./state-at-load.ts"
import { BundleFailure, type CodeFault, type PackageImport, type StageCode, type StudyBundle, type StudyMap } from "./study-bundle.ts"

/**
 * Bundles a study with all that it imports, finds its stages and fingerprints their code. Fails with everything that is wrong: errors of the compiler; stages
 * that are not declared at top level, have no literal name or share one; forbidden things that a stage reaches.
 * @param entry absolute path of the study's file, such as dag.ts
 * @param reading is told each path (absolute) that decides what the bundle is, before it is looked at: files that go in, those that tell the versions of
 * packages, and places where an import would find its file or package first
 * @param texts stand in the place of files, by their absolute paths
 */
export const bundleStudy = (
  entry: string,
  reading: (path: string) => void,
  texts: ReadonlyMap<string, string> = new Map()
): Effect.Effect<StudyBundle, BundleFailure> =>
  Effect.gen(function* () {
    const compiled = yield* compile(entry, reading, texts)
    const { parse } = yield* Effect.promise(() => import("acorn"))
    return yield* Effect.try({
      try: () => {
        const comments: Array<Comment> = []
        const program = parseBundle(parse, compiled, comments)
        return describe(entry, compiled, program, sourcePositions(compiled, comments), reading)
      },
      catch: (cause) => (cause instanceof BundleFailure ? cause : failure([{ code: "compile", message: `${entry}: ${String(cause)}` }]))
    })
  })

const failure = (faults: ReadonlyArray<CodeFault>): BundleFailure => new BundleFailure({ faults: faults as [CodeFault, ...Array<CodeFault>] })

const parseBundle = (parse: typeof import("acorn")["parse"], compiled: CompiledStudy, comments: Array<Comment>): Program => {
  try {
    return parse(compiled.code, { ecmaVersion: "latest", sourceType: "module", onComment: comments })
  } catch (cause) {
    // esbuild knows syntax that acorn does not know yet.
    const position = sourcePositions(compiled, comments)((cause as { pos?: number }).pos ?? 0)
    throw failure([faultAt("compile", position, `syntax that Sediment cannot read: ${(cause as Error).message}`)])
  }
}

const describe = (
  entry: string,
  compiled: CompiledStudy,
  program: Program,
  at: (offset: number) => SourcePosition,
  reading: (path: string) => void
): StudyBundle => {
  const { external } = compiled
  const specifierOf = (path: string) => external.get(path)?.specifier ?? path
  const top = topLevel(program)
  const everything = [...top.declarations, ...top.effects]
  const whole = new Map(everything.map((declaration) => [declaration, canonicalForm(declaration, top, specifierOf)]))
  // How a stage is run is no part of what it makes.
  const bare = [...policyProperties(top)].map(([declaration, policies]) => [declaration, canonicalForm(declaration, top, specifierOf, policies)] as const)
  const forms = new Map([...whole, ...bare])
  const { stages, faults } = stageDeclarations(top, whole, at)

  const exported = [...top.exported.values()].map((name) => top.bound.get(name)).filter((it): it is Declaration => it !== undefined && !isPackage(it))
  const used = new Set(reach([...stages.map((stage) => stage.declaration), ...exported, ...top.effects], whole).order)
  const state = new StateAtLoad(top, whole)
  const runAtLoad = top.declarations.filter(
    (declaration) =>
      writesAtLoad(declaration, top) ||
      state.changesOthers(declaration) ||
      // esbuild has kept it although nothing uses it: it may be there for what it does.
      (!used.has(declaration) && callsAtLoad(declaration, top) && reach([declaration], forms).order.some((it) => mayWrite(it, forms.get(it)!)))
  )
  const changing = new Set([...runAtLoad, ...top.effects])
  const reaches = new Map(stages.map((stage) => [stage, reach([stage.declaration, ...runAtLoad, ...top.effects], forms)]))

  const nameOf = (declaration: Declaration): string => {
    const [first] = declaration.nodes
    if (declaration.names.length === 0 || first === undefined) return "(module)"
    const id = "id" in first && first.id?.type === "Identifier" ? first.id : undefined
    return id === undefined ? declaration.names.join(", ") : (at(id.start).name ?? id.name)
  }

  const roots = [...reaches].map(([{ name, declaration }, found]): Root => ({ title: `stage "${name}"`, declaration, found }))
  const study = top.bound.get(top.exported.get("default") ?? "")
  if (study !== undefined && !isPackage(study)) {
    // The graph is remembered while these files are the same, so what makes it, stages aside, is held to the same rules.
    const ofStages = new Set(roots.flatMap(({ found }) => found.order))
    const found = reach([study], forms)
    roots.push({ title: "study", declaration: study, found: { ...found, order: found.order.filter((it) => !ofStages.has(it)) } })
  }
  const allFaults = [...faults, ...forbiddenFaults(roots, (declaration) => forbiddenUses(forms.get(declaration)!, top, specifierOf), nameOf, at)]
  if (top.exported.has("stages"))
    allFaults.push({ code: "reserved-export", message: `${entry}: the export name "stages" is Sediment's own; call it otherwise` })
  if (allFaults.length > 0) throw failure(allFaults)

  const installed = new InstalledPackages(reading)
  const closures = new Map([...external].map(([path, it]) => [path, it.file === undefined ? [] : installed.closure(it.specifier, it.importer)]))
  const described = new Map(everything.map((it) => [it, { name: nameOf(it), file: at(it.nodes[0]!.start).file, hash: forms.get(it)!.hash }]))
  const stageCode = ({ binding, name }: StageDeclaration, found: Reach): StageCode => {
    const packages = unitePackages(found.order.flatMap((it) => [...forms.get(it)!.packages]).map((path) => closures.get(path) ?? []))
    const versions = packages.map((it) => `${it.name} ${it.version} ${it.integrity}`)
    const declarations = found.order.map((it) => described.get(it)!)
    const evaluated = state.orderOf(found.order, changing)
    const order = evaluated.length > 1 ? [`evaluated ${evaluated.join(" ")}`] : []
    return { name, binding, declarations, packages, fingerprint: hashOfReach(found, forms, [...versions, ...order, frameworkIdentity()]) }
  }
  return {
    code: compiled.code,
    map: studyMap(compiled),
    imports: packageImports(compiled, top.specifiers, whole),
    stages: new Map([...reaches].map(([stage, found]) => [stage.name, stageCode(stage, found)]))
  }
}

const studyMap = (compiled: CompiledStudy): StudyMap => {
  const map = JSON.parse(compiled.map) as StudyMap
  return { ...map, sources: map.sources.map((file) => displayName(file, compiled)) }
}

/** A stage, or the study's default export, with all that it reaches. */
interface Root {
  /** As messages call it, after "the". */
  readonly title: string
  readonly declaration: Declaration
  readonly found: Reach
}

/** One fault for each forbidden thing and declaration, with the way to it from the first of the roots that reach it. */
const forbiddenFaults = (
  roots: ReadonlyArray<Root>,
  usesOf: (declaration: Declaration) => ReturnType<typeof forbiddenUses>,
  nameOf: (declaration: Declaration) => string,
  at: (offset: number) => SourcePosition
): ReadonlyArray<CodeFault> => {
  const reachedBy = new Map<Declaration, Array<Root>>()
  for (const root of roots) for (const declaration of root.found.order) reachedBy.set(declaration, [...(reachedBy.get(declaration) ?? []), root])
  return [...reachedBy].flatMap(([declaration, [first, ...others]]) =>
    usesOf(declaration).map(({ brings, meant, name, start }) => {
      if (brings === undefined) return faultAt("undeclared", at(start), `nothing is declared by the name ${name}: ${meant}correct it, or import it`)
      const chain = chainTo(declaration, first!.found)
      const own = chain[0] === first!.declaration
      const way = `${own ? "by" : "at module level, which counts for every stage:"} ${chain.map(nameOf).join(" -> ")}`
      const also = others.length === 0 || !own ? "" : ` (so ${others.length === 1 ? "does" : "do"} the ${others.map(({ title }) => title).join(", the ")})`
      return faultAt("forbidden", at(start), `the ${first!.title} reaches ${name}, ${way}${also}; it would bring in ${brings}`)
    })
  )
}

/** Every import of an installed package, of Effect and of the framework, in the order of the text. */
const packageImports = (
  { external }: CompiledStudy,
  specifiers: ReadonlyArray<{ readonly value: string; readonly start: number; readonly end: number }>,
  forms: ReadonlyMap<Declaration, CanonicalForm>
): ReadonlyArray<PackageImport> => {
  const dynamic = [...forms.values()]
    .flatMap((form) => form.dynamicImports)
    .flatMap(({ specifier, start, end }) => (specifier === undefined ? [] : [{ value: specifier, start, end }]))
  return [...specifiers, ...dynamic]
    .sort((a, b) => a.start - b.start)
    .flatMap(({ value, start, end }) => {
      const found = external.get(value)
      return found === undefined ? [] : [{ specifier: found.specifier, start, end, file: found.file }]
    })
}

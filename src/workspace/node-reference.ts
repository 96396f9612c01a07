import { Effect } from "effect"
import type { GraphNode } from "../dag/dag.ts"
import { didYouMean } from "../dag/near-matches.ts"
import type { Study } from "../engine/study.ts"
import { toType } from "./command-to-type.ts"
import { CliFailure, usage } from "./failure.ts"

/** A study as far as its nodes are named: evaluated, or as it was recorded. */
interface Nodes {
  readonly graph: { readonly study: string; readonly nodes: ReadonlyArray<Pick<GraphNode, "name" | "outputs">> }
}
/** How a node is named in a call about these studies: with its study where there are several. */
export const referenceTo = (studies: ReadonlyArray<Nodes>, study: string, node: string): string => (studies.length > 1 ? `${study}:${node}` : node)

export interface NodeReference<S extends Nodes = Study> {
  readonly study: S
  readonly node: S["graph"]["nodes"][number]
  /** Given in the reference, or the one that the node's name stands for: the only one, or that called "output". */
  readonly output: string | undefined
}

/** The nodes that `[study:]node[.output]` names: one, or all of `node[…]` where only the name before the bracket is given. */
export const findNodes = <S extends Nodes>(studies: ReadonlyArray<S>, reference: string): Effect.Effect<ReadonlyArray<NodeReference<S>>, CliFailure> =>
  Effect.gen(function* () {
    // A colon in a node's key is none of ours.
    const [, studyName, rest = ""] = /^(?:([^:[]*):)?(.*)$/s.exec(reference)!
    // One study's branches are told apart by what stands after its name: `@reduced:table4`.
    const isNamed = (study: string) => study === studyName || (studyName!.startsWith("@") && study.endsWith(studyName!))
    const within = studyName === undefined ? studies : studies.filter((study) => isNamed(study.graph.study))
    if (within.length === 0)
      return yield* usage(
        "unknown-study",
        `there is no study "${studyName}" among those that this call is about: ${studies.map((study) => study.graph.study).join(", ")}; ${studyName!.includes("@") ? "give the files of the branches, as the run had them: --indicators FILE --indicators FILE" : "name another one's dag.ts with --study FILE"}`,
        { argument: reference }
      )
    const found = within.flatMap((study) =>
      study.graph.nodes.flatMap((node): ReadonlyArray<NodeReference<S>> => {
        const outputs = Object.keys(node.outputs)
        const main = outputs.length === 1 ? outputs[0] : outputs.find((one) => one === "output")
        if (rest === node.name || node.name.startsWith(`${rest}[`)) return [{ study, node, output: main }]
        const output = outputs.find((one) => rest === `${node.name}.${one}`)
        return output === undefined ? [] : [{ study, node, output }]
      })
    )
    if (found.length === 0) {
      const owner = within.flatMap((study) => study.graph.nodes).find((node) => rest.startsWith(`${node.name}.`))
      if (owner !== undefined)
        return yield* usage(
          "unknown-output",
          `${owner.name} has no output "${rest.slice(owner.name.length + 1)}"; it has: ${Object.keys(owner.outputs).join(", ")}`,
          { argument: reference }
        )
      const names = within.flatMap((study) => study.graph.nodes.map((node) => node.name))
      return yield* usage(
        "unknown-node",
        `there is no node "${rest}" in ${within.map((study) => study.graph.study).join(", ")}; ${didYouMean(rest, names) || `${toType("status", "--all")} lists them`}`.trim(),
        { argument: reference }
      )
    }
    const inStudies = new Set(found.map((one) => one.study))
    if (inStudies.size > 1)
      return yield* usage(
        "ambiguous-node",
        `"${rest}" is a node of several studies; write ${[...inStudies].map((study) => `${study.graph.study}:${rest}`).join(" or ")}`,
        { argument: reference }
      )
    return found
  })

/** The nodes that some references name; whatever is wrong with any of these is told together. */
export const findAllNodes = <S extends Nodes>(
  studies: ReadonlyArray<S>,
  references: ReadonlyArray<string>
): Effect.Effect<ReadonlyArray<NodeReference<S>>, CliFailure> =>
  Effect.gen(function* () {
    return (yield* allOf(references, (reference) => findNodes(studies, reference))).flat()
  })

/** What each reference names; whatever is wrong with any of them is told together. */
export const allOf = <A>(
  references: ReadonlyArray<string>,
  find: (reference: string) => Effect.Effect<A, CliFailure>
): Effect.Effect<ReadonlyArray<A>, CliFailure> =>
  Effect.gen(function* () {
    const found = yield* Effect.forEach(references, (reference) => Effect.result(find(reference)))
    const errors = found.flatMap((one) => (one._tag === "Failure" ? one.failure.errors : []))
    if (errors.length > 0) return yield* new CliFailure({ exitCode: 2, errors })
    return found.flatMap((one) => (one._tag === "Success" ? [one.success] : []))
  })

/** The one node, and the one output, that a reference names. */
export const findOutput = <S extends Nodes>(
  studies: ReadonlyArray<S>,
  reference: string
): Effect.Effect<NodeReference<S> & { readonly output: string }, CliFailure> => Effect.flatMap(findNode(studies, reference), (one) => theOutput(one, reference))

/** The one node that a reference names: where there is one of that very name, it and not the map beside it whose nodes have the name before their keys. */
export const findNode = <S extends Nodes>(studies: ReadonlyArray<S>, reference: string): Effect.Effect<NodeReference<S>, CliFailure> =>
  Effect.gen(function* () {
    const found = yield* findNodes(studies, reference)
    const [whole, ...others] = found.filter(({ node }) => !node.name.endsWith("]"))
    if (whole !== undefined && others.length === 0) return whole
    if (found.length > 1)
      return yield* usage("ambiguous-node", `"${reference}" names several nodes: ${found.map(({ node }) => node.name).join(", ")}`, { argument: reference })
    return found[0]!
  })

/** The output that a reference to a node names, or the one that the node's name stands for. */
export const theOutput = <S extends Nodes>(
  one: NodeReference<S>,
  reference: string
): Effect.Effect<NodeReference<S> & { readonly output: string }, CliFailure> =>
  Effect.gen(function* () {
    if (one.output === undefined)
      return yield* usage(
        "ambiguous-output",
        `${one.node.name} has several outputs; write ${Object.keys(one.node.outputs)
          .map((output) => `${one.node.name}.${output}`)
          .join(" or ")}`,
        { argument: reference }
      )
    return { ...one, output: one.output }
  })

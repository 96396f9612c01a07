import { Schema } from "effect"
import type { GraphFault } from "./dag.ts"
import { decode } from "./decode.ts"
import { didYouMean } from "./near-matches.ts"
import { editParams, type ParamEdit, writeParamEdit } from "./param-edits.ts"
import type { AnyStage, Json } from "./stage.ts"

const isEditOf = ({ node }: ParamEdit, name: string): boolean => name === node || name.startsWith(`${node}[`)

/** What `--set` says, while a graph is built: each node's parameters as they are to be, and which edits were of no node. */
export class SetParams {
  readonly #edits: ReadonlyArray<ParamEdit>
  readonly #used = new Set<ParamEdit>()

  constructor(edits: ReadonlyArray<ParamEdit>) {
    this.#edits = edits
  }

  /** A node's parameters as the study gives them, or as they are set: then with the defaults filled in, so that parts of these can be set too. What is wrong is added to the faults. */
  paramsOf(name: string, stage: AnyStage, given: unknown, faults: Array<GraphFault>): unknown {
    const edits = this.#edits.filter((edit) => isEditOf(edit, name))
    if (edits.length === 0) return given
    for (const edit of edits) this.#used.add(edit)
    const codec = stage.params as Schema.Codec<unknown, Json>
    const before = decode(codec, given)
    if (before.faults.length > 0) return given
    const { faults: wrong, params } = editParams(stage, Schema.encodeUnknownSync(codec)(before.value), edits)
    const flag = `--set ${edits.length === 1 ? writeParamEdit(edits[0]!) : edits[0]!.node}`
    for (const { message, path } of wrong) {
      const told = `${flag}: parameter ${path === "" ? "(all)" : path} of stage ${stage.name}: ${message}`
      // Of the nodes of a map it is told once.
      if (faults.every((fault) => fault.message !== told)) faults.push({ code: "set", message: told, where: { node: name, parameter: path } })
    }
    return wrong.length > 0 ? given : params
  }

  /** Of each edit that no node had, what may have been meant. */
  unused(nodes: ReadonlyArray<string>): ReadonlyArray<GraphFault> {
    const names = [...nodes, ...nodes.map((one) => one.replace(/\[.*$/s, ""))]
    return this.#edits.flatMap((edit) => {
      if (this.#used.has(edit)) return []
      const near = didYouMean(edit.node, names) || "status --all lists its nodes"
      return [{ code: "set", message: `--set ${writeParamEdit(edit)}: the study has no node "${edit.node}"; ${near.trim()}` }]
    })
  }
}

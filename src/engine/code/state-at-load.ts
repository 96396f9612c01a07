/** What evaluating a module's declarations does to, and takes from, what other declarations hold. */
import type { AnyNode } from "acorn"
import type { CanonicalForm } from "./canonical-form.ts"
import { type Declaration, isPackage, type TopLevel } from "./declarations.ts"
import { isFunction, ownNodes, rootOf, visit, written } from "./load-effects.ts"
import { reach } from "./reach.ts"

type Forms = ReadonlyMap<Declaration, CanonicalForm>

/** The declaration that a node names, where it is a free name of the declaration around it. */
type Named = (node: AnyNode | undefined) => Declaration | undefined
const namedIn = (form: CanonicalForm, top: TopLevel): Named => {
  const free = new Set<AnyNode>(form.uses.map(({ node }) => node))
  return (node) => {
    if (node?.type !== "Identifier" || !free.has(node)) return undefined
    const bound = top.bound.get(node.name)
    return bound === undefined || isPackage(bound) ? undefined : bound
  }
}

const isOfPackage = (node: AnyNode | undefined, top: TopLevel): boolean => {
  const bound = node?.type === "Identifier" ? top.bound.get(node.name) : undefined
  return bound !== undefined && isPackage(bound)
}

/** Calls `see` for what is evaluated with a declaration: functions that are written there count where they are called on the spot, or given to anything but a package. */
const visitEvaluated = (declaration: Declaration, top: TopLevel, see: (node: AnyNode) => void): void => {
  const seeWithCalled = (node: AnyNode): void => {
    see(node)
    if (node.type !== "CallExpression" && node.type !== "NewExpression") return
    if (isOfPackage(rootOf(node.callee), top)) return
    for (const one of [node.callee, ...node.arguments]) if (isFunction(one)) for (const part of [...one.params, one.body]) visit(part, true, seeWithCalled)
  }
  for (const node of ownNodes(declaration)) if (!isFunction(node)) visit(node, true, seeWithCalled)
}

/** Whether a node may run code of the study as it is evaluated: a call, or a property that may have a getter. */
const mayRun = (node: AnyNode): boolean =>
  ["CallExpression", "NewExpression", "TaggedTemplateExpression", "MemberExpression", "SpreadElement"].includes(node.type)

/** What evaluating the declarations of a bundle does and needs. */
export class StateAtLoad {
  readonly #top: TopLevel
  readonly #forms: Forms
  readonly #taken = new Map<Declaration, ReadonlyArray<Declaration>>()
  readonly #writes = new Map<Declaration, boolean>()

  constructor(top: TopLevel, forms: Forms) {
    this.#top = top
    this.#forms = forms
  }

  /** Whether evaluating a declaration may change, through functions of the study, what another one holds. */
  changesOthers(declaration: Declaration): boolean {
    const named = namedIn(this.#forms.get(declaration)!, this.#top)
    let runs = false
    let changes = false
    visitEvaluated(declaration, this.#top, (node) => {
      runs ||= mayRun(node)
      changes ||= named(rootOf(written(node))) !== undefined
    })
    return changes || (runs && reach(this.#takenBy(declaration), this.#forms).order.some((one) => one !== declaration && this.#writesState(one)))
  }

  /**
   * The order in which the evaluations stand that change something or take what these may change, of all those reached: as numbers in `order`. Empty where no
   * order matters.
   */
  orderOf(order: ReadonlyArray<Declaration>, changing: ReadonlySet<Declaration>): ReadonlyArray<number> {
    const shared = new Set(order.filter((one) => changing.has(one)).flatMap((one) => reach([one], this.#forms).order))
    const index = new Map(order.map((one, i) => [one, i]))
    return order
      .filter((one) => changing.has(one) || reach(this.#takenBy(one), this.#forms).order.some((taken) => shared.has(taken)))
      .sort((a, b) => a.nodes[0]!.start - b.nodes[0]!.start)
      .map((one) => index.get(one)!)
  }

  /** The declarations that are named in what is evaluated with one. */
  #takenBy(declaration: Declaration): ReadonlyArray<Declaration> {
    const known = this.#taken.get(declaration)
    if (known !== undefined) return known
    const named = namedIn(this.#forms.get(declaration)!, this.#top)
    const found = new Set<Declaration>()
    visitEvaluated(declaration, this.#top, (node) => {
      const one = named(node)
      if (one !== undefined) found.add(one)
    })
    const taken = [...found]
    this.#taken.set(declaration, taken)
    return taken
  }

  /** Whether the code of a declaration, functions included, changes what another one holds. */
  #writesState(declaration: Declaration): boolean {
    const known = this.#writes.get(declaration)
    if (known !== undefined) return known
    const named = namedIn(this.#forms.get(declaration)!, this.#top)
    let found = false
    for (const node of ownNodes(declaration))
      visit(node, false, (each) => {
        found ||= named(rootOf(written(each))) !== undefined
      })
    this.#writes.set(declaration, found)
    return found
  }
}

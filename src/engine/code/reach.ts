import { createHash } from "node:crypto"
import type { CanonicalForm } from "./canonical-form.ts"
import type { Declaration } from "./declarations.ts"

/** The declarations that can be reached from some roots. */
export interface Reach {
  /** Breadth first: the roots, then what each refers to in order of first occurrence. */
  readonly order: ReadonlyArray<Declaration>
  /** The declaration from which each was first found; roots have none. */
  readonly foundFrom: ReadonlyMap<Declaration, Declaration>
}

export const reach = (roots: ReadonlyArray<Declaration>, forms: ReadonlyMap<Declaration, CanonicalForm>): Reach => {
  const order = [...new Set(roots)]
  const seen = new Set(order)
  const foundFrom = new Map<Declaration, Declaration>()
  for (let i = 0; i < order.length; i++)
    for (const next of forms.get(order[i]!)!.references) {
      if (seen.has(next)) continue
      seen.add(next)
      foundFrom.set(next, order[i]!)
      order.push(next)
    }
  return { order, foundFrom }
}

/** From a root to a declaration, both included. */
export const chainTo = (declaration: Declaration, { foundFrom }: Reach): ReadonlyArray<Declaration> => {
  const chain = [declaration]
  for (let at = foundFrom.get(declaration); at !== undefined; at = foundFrom.get(at)) chain.unshift(at)
  return chain
}

/**
 * SHA-256 (hex) of a rooted graph of declarations: for each, in order, the hash of its text and the places in the order of those it refers to. Together with
 * the text's numbering of references this fixes the whole code up to names.
 */
export const hashOfReach = ({ order }: Reach, forms: ReadonlyMap<Declaration, CanonicalForm>, also: ReadonlyArray<string>): string => {
  const index = new Map(order.map((declaration, i) => [declaration, i]))
  const hash = createHash("sha256")
  for (const declaration of order) {
    const form = forms.get(declaration)!
    hash.update(`${form.hash} ${form.references.map((next) => index.get(next)).join(" ")}\n`)
  }
  for (const line of also) hash.update(`${line}\n`)
  return hash.digest("hex")
}

import { type Exit, type Layer, ManagedRuntime } from "effect"

/** Services that are made anew when they are outdated; those that still answer somebody are let go of after that. */
export class InUse<R, E> {
  readonly #layer: () => Layer.Layer<R, E>
  #current: { readonly runtime: ManagedRuntime.ManagedRuntime<R, E>; users: number; outdated: boolean } | undefined

  constructor(layer: () => Layer.Layer<R, E>) {
    this.#layer = layer
  }

  async use<A, F>(run: (runtime: ManagedRuntime.ManagedRuntime<R, E>) => Promise<Exit.Exit<A, F>>): Promise<Exit.Exit<A, F>> {
    this.#current ??= { runtime: ManagedRuntime.make(this.#layer()), users: 0, outdated: false }
    const own = this.#current
    own.users++
    try {
      return await run(own.runtime)
    } finally {
      if (--own.users === 0 && own.outdated) void own.runtime.dispose()
    }
  }

  outdated(): void {
    const old = this.#current
    this.#current = undefined
    if (old === undefined) return
    old.outdated = true
    if (old.users === 0) void old.runtime.dispose()
  }
}

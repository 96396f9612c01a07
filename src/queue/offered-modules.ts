/** The code of the stages, which is in Redis by its digest for as long as tasks name it. */
import type { Redis } from "ioredis"
import { MODULE_SECONDS, moduleKey } from "./names.ts"

export class OfferedModules {
  readonly #redis: Redis
  readonly #known = new Map<string, { readonly text: string; offered: number }>()

  constructor(redis: Redis) {
    this.#redis = redis
    // With what Redis had in memory, they may be gone.
    redis.on("close", () => this.forget())
  }

  know(sha256: string, text: string): void {
    if (!this.#known.has(sha256)) this.#known.set(sha256, { text, offered: 0 })
  }

  /** Puts one that is known into Redis, unless that was done lately. */
  async offer(sha256: string): Promise<void> {
    const module = this.#known.get(sha256)!
    if (Date.now() - module.offered < (MODULE_SECONDS * 1000) / 4) return
    await this.#redis.set(moduleKey(sha256), module.text, "EX", MODULE_SECONDS)
    module.offered = Date.now()
  }

  /** Each is put there anew when it is offered next. */
  forget(): void {
    for (const module of this.#known.values()) module.offered = 0
  }
}

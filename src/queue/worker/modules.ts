/** The code that tasks name, fetched by its digest, linked with this machine's Sediment, and loaded once. */
import { hash } from "node:crypto"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { Effect, Schema } from "effect"
import type { Redis } from "ioredis"
import { keeperOf, writeModule } from "../../engine/linked-module.ts"
import type { LoadedStages } from "../../engine/loaded-stages.ts"
import type { Installation } from "../../engine/study.ts"
import { MODULE_GONE, PortableModule } from "../message.ts"
import { moduleKey } from "../names.ts"
import { linkedHere } from "../portable-module.ts"

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(PortableModule))

export class Modules {
  readonly #redis: Redis
  readonly #installation: Installation
  readonly #folder: string
  readonly #loaded = new Map<string, Promise<LoadedStages>>()

  constructor(redis: Redis, installation: Installation, cache: string) {
    this.#redis = redis
    this.#installation = installation
    this.#folder = join(cache, "remembered", "modules")
  }

  /** The stages of a module. Rejects where it is not there, or is not what it is called. */
  load(sha256: string): Promise<LoadedStages> {
    let known = this.#loaded.get(sha256)
    if (known === undefined) {
      known = this.#fetch(sha256)
      this.#loaded.set(sha256, known)
      known.catch(() => this.#loaded.delete(sha256))
    }
    return known
  }

  async #fetch(sha256: string): Promise<LoadedStages> {
    const text = await this.#redis.get(moduleKey(sha256))
    if (text === null) throw new Error(`${MODULE_GONE}: ${sha256}`)
    const found = hash("sha256", text)
    if (found !== sha256) throw new Error(`the code that is called ${sha256.slice(0, 12)} in the queue is ${found.slice(0, 12)}: it is not executed`)
    const portable = decode(text)
    const linked = await Effect.runPromise(linkedHere(portable, this.#installation))
    const path = writeModule(join(this.#folder, `${hash("sha256", linked)}.mjs`), linked, JSON.parse(portable.map) as object)
    const { stages } = (await import(pathToFileURL(path).href)) as Pick<LoadedStages, "stages">
    return { bundle: pathToFileURL(path).href, stages, keep: keeperOf(path, linked) }
  }
}

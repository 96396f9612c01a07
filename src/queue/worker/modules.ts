/** The code that tasks name, fetched by its digest, and linked with this machine's Sediment. Threads load it: what was loaded once, a process has for good, and a worker sees the edits of weeks. */
import { hash } from "node:crypto"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { Duration, Effect, Schema } from "effect"
import type { Redis } from "ioredis"
import type { AnyStage } from "../../dag/stage.ts"
import type { NamedTask } from "../../engine/elsewhere.ts"
import { keeperOf, writeModule } from "../../engine/linked-module.ts"
import type { LoadedStages } from "../../engine/loaded-stages.ts"
import type { Installation } from "../../engine/study.ts"
import { MODULE_GONE, PortableModule } from "../message.ts"
import { moduleKey } from "../names.ts"
import { linkedHere } from "../portable-module.ts"

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(PortableModule))

/** How many modules are kept at hand, the last ones. */
const MOST_MODULES = 20

/** A module that threads can load. */
export type LinkedModule = Omit<LoadedStages, "stages">

/** A module as a task asks for it: all that this process knows of the stage is how long it may take. */
export const stageOf = (module: LinkedModule, { limitMs, stage }: NamedTask): LoadedStages => {
  const named: AnyStage = {
    name: stage,
    inputs: {},
    params: Schema.Struct({}),
    output: {},
    run: () => Effect.die(new Error("stages run on threads")),
    ...(limitMs !== null && { timeout: Duration.millis(limitMs) })
  }
  return { ...module, stages: { [stage]: named } }
}

export class Modules {
  readonly #redis: Redis
  readonly #installation: Installation
  readonly #folder: string
  readonly #linked = new Map<string, Promise<LinkedModule>>()

  constructor(redis: Redis, installation: Installation, cache: string) {
    this.#redis = redis
    this.#installation = installation
    this.#folder = join(cache, "remembered", "modules")
  }

  /** Rejects where it is not there, or is not what it is called. */
  link(sha256: string): Promise<LinkedModule> {
    const linked = this.#linked.get(sha256) ?? this.#fetch(sha256)
    this.#linked.delete(sha256)
    this.#linked.set(sha256, linked)
    if (this.#linked.size > MOST_MODULES) this.#linked.delete(this.#linked.keys().next().value!)
    linked.catch(() => this.#linked.delete(sha256))
    return linked
  }

  async #fetch(sha256: string): Promise<LinkedModule> {
    const text = await this.#redis.get(moduleKey(sha256))
    if (text === null) throw new Error(`${MODULE_GONE}: ${sha256}`)
    const found = hash("sha256", text)
    if (found !== sha256) throw new Error(`the code that is called ${sha256.slice(0, 12)} in the queue is ${found.slice(0, 12)}: it is not executed`)
    const portable = decode(text)
    const linked = await Effect.runPromise(linkedHere(portable, this.#installation))
    const path = writeModule(join(this.#folder, `${hash("sha256", linked)}.mjs`), linked, JSON.parse(portable.map) as object)
    return { bundle: pathToFileURL(path).href, keep: keeperOf(path, linked) }
  }
}

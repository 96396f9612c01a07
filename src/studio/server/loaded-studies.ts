import { resolve, sep } from "node:path"
import { Effect, Exit } from "effect"
import type { FileMemory } from "../../engine/file-memory.ts"
import type { Installation } from "../../engine/study.ts"
import { cacheOf } from "../../workspace/cache-folder.ts"
import type { CliError, CliFailure } from "../../workspace/failure.ts"
import { branchesFolder, keptBranches } from "../../workspace/kept-branches.ts"
import { DecidingContent } from "../../workspace/watch/deciding-content.ts"
import { fileMemoryOf, openWorkspace, type SharedFlags, type Workspace } from "../../workspace/workspace.ts"

type Opened = Exit.Exit<Workspace, CliFailure>

/** The studies as they were last loaded, and what decided them. */
export class LoadedStudies {
  readonly #flags: SharedFlags
  readonly #installation: Installation
  readonly #cache: string
  /** The folder of the branches that were made here. */
  readonly #branches: string
  readonly #memory: FileMemory
  readonly #deciding: DecidingContent
  #opened: Promise<Opened> | undefined
  /** Loading, until what was asked for meanwhile is loaded too. */
  #loading: Promise<Opened> | undefined
  #isDue = false
  /** The last that could be read. */
  #good: Workspace | undefined
  #told = 0
  #imports = 0

  constructor(flags: SharedFlags, installation: Installation) {
    this.#flags = flags
    this.#installation = installation
    this.#cache = cacheOf(flags)
    this.#branches = `${branchesFolder(this.#cache)}/`
    this.#memory = fileMemoryOf(flags)
    this.#deciding = new DecidingContent(
      this.#memory,
      (flags.study.length === 0 ? ["dag.ts"] : flags.study).map((file) => resolve(file))
    )
  }

  /** Today's studies; while these cannot be read, those of before. Fails with all that is wrong where they never could. */
  readonly workspace: Effect.Effect<Workspace, CliFailure> = Effect.suspend(() =>
    Effect.flatMap(this.#open, (exit) => (Exit.isFailure(exit) && this.#good !== undefined ? Effect.succeed(this.#good) : exit))
  )

  /** All that is wrong with the studies as they are today; nothing where they can be read. */
  readonly unreadable: Effect.Effect<ReadonlyArray<CliError>> = Effect.suspend(() =>
    Effect.flatMap(this.#open, (exit) =>
      Effect.match(exit, { onFailure: (failure: CliFailure): ReadonlyArray<CliError> => failure.errors, onSuccess: (): ReadonlyArray<CliError> => [] })
    )
  )

  /** How many modules were imported, which nobody can let go of: one a load, and those of drafts. */
  get imports(): number {
    return this.#imports
  }
  imported(): void {
    this.#imports++
  }

  get #open(): Effect.Effect<Opened> {
    return Effect.promise(() => this.#opened ?? this.#load())
  }

  /** One load after another; whoever asks during one waits for the one after it. */
  #load(): Promise<Opened> {
    this.#isDue = true
    this.#opened = this.#loading ??= this.#loadWhileDue()
    return this.#opened
  }

  async #loadWhileDue(): Promise<Opened> {
    for (;;) {
      this.#isDue = false
      const exit = await this.#loadNow()
      if (this.#isDue) continue
      this.#loading = undefined
      return exit
    }
  }

  async #loadNow(): Promise<Opened> {
    this.#memory.lookAnew()
    this.#told = 0
    this.#imports++
    // Another studio may keep or remove one.
    this.#memory.identity(this.#branches)
    const exit = await Effect.runPromiseExit(openWorkspace(this.#flags, this.#installation, this.#memory, keptBranches(this.#cache)))
    if (Exit.isSuccess(exit)) this.#good = exit.value
    this.#memory.save()
    return exit
  }

  outdated(): void {
    this.#opened = undefined
  }

  /** Looks whether what decides the studies is what it was, and has them loaded anew if it is not. */
  look(): boolean {
    if (this.#deciding.changes().length === 0) return false
    void this.#load()
    return true
  }

  /** The files that decide the studies, where there are more than were told before: sources are looked at when a study is planned. */
  async decided(): Promise<ReadonlyArray<string> | undefined> {
    if (this.#opened === undefined || this.#memory.lookedAt.size === this.#told) return undefined
    this.#told = this.#memory.lookedAt.size
    this.#memory.save()
    const loaded = Exit.isSuccess(await this.#opened)
    this.#deciding.decided({ loaded, files: [...this.#memory.lookedAt].filter(([path]) => path === this.#branches || !path.startsWith(this.#cache + sep)) })
    return [...this.#deciding.paths]
  }
}

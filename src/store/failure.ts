import { Schema } from "effect"

/** No object of this name is in the store. */
export class ObjectMissing extends Schema.TaggedError<ObjectMissing>()("ObjectMissing", { sha: Schema.String, path: Schema.String }) {
  override get message(): string {
    return `the object ${this.sha} is missing (${this.path})`
  }
}

/** The bytes of an object are not those that its name is the hash of. */
export class ObjectDamaged extends Schema.TaggedError<ObjectDamaged>()("ObjectDamaged", { sha: Schema.String, path: Schema.String, found: Schema.String }) {
  override get message(): string {
    return `the object ${this.path} is damaged: its bytes hash to ${this.found}`
  }
}

/** The operating system refused something the store needs: no space, no permission, a read-only disk. */
export class StoreFailure extends Schema.TaggedError<StoreFailure>()("StoreFailure", {
  action: Schema.String,
  path: Schema.String,
  reason: Schema.String,
  /** The system's name of the reason, as EROFS; none where the system gave none. */
  errno: Schema.optionalKey(Schema.String)
}) {
  override get message(): string {
    return `cannot ${this.action} ${this.path}: ${this.reason}`
  }
}

export const failure =
  (action: string, path: string) =>
  (cause: unknown): StoreFailure =>
    new StoreFailure({ action, path, reason: cause instanceof Error ? cause.message : String(cause), ...errnoOf(cause) })

const errnoOf = (cause: unknown): { readonly errno?: string } =>
  cause instanceof Error && "syscall" in cause && "code" in cause && typeof cause.code === "string" ? { errno: cause.code } : {}

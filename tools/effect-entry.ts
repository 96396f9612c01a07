// The Effect that studies import: the same module instances as the command line's own, since two Effects in one thread do not know each other's defaults.
export * from "effect"

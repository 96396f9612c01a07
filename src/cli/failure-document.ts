import type { LastFailure } from "../engine/last-failure.ts"

/** How a node failed, as `--json` prints it: with `errors`, as they are called everywhere. */
export const failureDocument = ({ at, faults, node, run }: LastFailure) => ({ node, run, at, errors: faults })

import { anySeed, Dice } from "./dice.ts"

/** One fault and what came of it. */
export interface Round {
  readonly seed: number
  /** What was done. */
  readonly done: string
  /** What the fault counts as. */
  readonly counts: ReadonlyArray<string>
  /** What was wrong afterwards; empty if all was right. */
  readonly problems: ReadonlyArray<string>
  /** A folder in which the study and its cache are as they were found wrong. */
  readonly kept?: string
}
export interface Report {
  readonly faults: string
  readonly seed: number
  readonly ok: boolean
  readonly rounds: ReadonlyArray<Round>
  /** How many rounds counted as what. */
  readonly counts: Readonly<Record<string, number>>
}

/** Why some faults cannot be made on this machine. */
export class NotHere {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

/** Makes faults of one kind, round by round, in a world of its own: `undefined` where a round came to nothing and another has to stand for it. */
export interface Faults {
  readonly round: (dice: Dice, seed: number) => Promise<Omit<Round, "seed"> | undefined>
  readonly close: () => void
}

/** Some rounds of faults, each with its own seed: the first one has `seed`, the next one more, and so on. */
export const rounds = async (
  name: string,
  faults: Faults,
  count: number,
  seed: number = anySeed(),
  tell: (round: Round) => void = () => {}
): Promise<Report> => {
  const done: Array<Round> = []
  const counts: Record<string, number> = {}
  try {
    for (let next = seed; done.length < count && next < seed + 3 * count + 10; next++) {
      const found = await faults.round(new Dice(next), next)
      if (found === undefined) continue
      const round = { seed: next, ...found }
      done.push(round)
      for (const one of round.counts) counts[one] = (counts[one] ?? 0) + 1
      tell(round)
    }
  } finally {
    faults.close()
  }
  return { faults: name, seed, ok: done.length === count && done.every(({ problems }) => problems.length === 0), rounds: done, counts }
}

/** Which tasks go to the workers next, and which of them together: tiny ones would cost more on their way than they take. */

/** What is known of a task that waits. */
export interface Waiting {
  readonly module: string
  readonly run: string
  /** Milliseconds of the longest way from its beginning to the end of the study. */
  readonly pathMs: number
  readonly expectedMs: () => number | undefined
}

/** A task that is thought to take less goes with others. */
const TINY_MS = 50
/** What a job of tiny tasks is to take together, and how many there may be: so much is done again where its worker is lost. */
const JOB_MS = 250
const MOST_TASKS = 200
/** What a task costs besides, milliseconds: so that many of no time are not taken for nothing. */
const OVERHEAD_MS = 0.5

/** How many of a batch may go to one worker: each is to have some. */
const share = (waiting: number, slots: number): number => Math.max(1, Math.min(MOST_TASKS, Math.ceil(waiting / Math.max(1, slots))))

/**
 * The next job of those that wait, which stand the most urgent first: the first of them, and, where it is tiny, further tiny ones of the same module and run, in
 * their order. Gives their places.
 */
export const nextJob = (waiting: ReadonlyArray<Waiting>, slots: number): ReadonlyArray<number> => {
  const [first] = waiting
  if (first === undefined) return []
  const places = [0]
  let ms = costOf(first)
  if (ms === undefined) return places
  const most = share(waiting.length, slots)
  for (let i = 1; i < waiting.length && places.length < most && ms < JOB_MS; i++) {
    const one = waiting[i]!
    const cost = one.module === first.module && one.run === first.run ? costOf(one) : undefined
    if (cost === undefined) continue
    places.push(i)
    ms += cost
  }
  return places
}

const costOf = ({ expectedMs }: Waiting): number | undefined => {
  const expected = expectedMs()
  return expected === undefined || expected >= TINY_MS ? undefined : expected + OVERHEAD_MS
}

const LOWEST_PRIORITY = 2_000_000
/** The queue's priority of a task, 1 the first: the longer the way to the study's end, the earlier. On a scale of ratios, so that it tells hours from days, and milliseconds from seconds. */
export const priorityOf = (pathMs: number): number => Math.max(1, LOWEST_PRIORITY - Math.round(100_000 * Math.log10(1 + Math.max(0, pathMs))))

/** Two runs as they are asked for. */
export interface Pair {
  readonly study: string
  readonly from?: string
  readonly to?: string
}

/** The part of an address that says which runs. */
export const pairQuery = ({ from, to }: Pair): Readonly<Record<string, string>> => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to })
})

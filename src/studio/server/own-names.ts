import { hostname, networkInterfaces } from "node:os"

/** An address as it stands before a port. */
const beforePort = (address: string): string => (address.includes(":") ? `[${address}]` : address)

const EVERY = ["0.0.0.0", "::"]

/** What the studio may be called besides its names on the loopback, where it listens at an address: by that; where it listens at all, by this machine's name and each of its addresses. */
export const ownNames = (host: string): ReadonlyArray<string> =>
  EVERY.includes(host)
    ? [hostname(), ...Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => beforePort(address)))]
    : [beforePort(host)]

/** The address to open where it listens at one: another machine than this one cannot open 0.0.0.0. */
export const nameToOpen = (host: string): string => (EVERY.includes(host) ? hostname() : beforePort(host))

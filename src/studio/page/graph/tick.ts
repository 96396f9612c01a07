import { signal } from "@preact/signals"

/** Goes up a few times a second while anything runs: what shows a time that passes reads it. */
export const tick = signal(0)

/** Lets time pass, until what it returns is called. */
export const startTicking = (): (() => void) => {
  const timer = setInterval(() => tick.value++, 250)
  return () => clearInterval(timer)
}

import { useCallback, useRef } from "preact/hooks"

/** A function that is the same object each time, and does what the last one that was given does. */
export const useSteady = <A extends ReadonlyArray<unknown>>(act: (...args: A) => void): ((...args: A) => void) => {
  const last = useRef(act)
  last.current = act
  return useCallback((...args: A) => last.current(...args), [])
}

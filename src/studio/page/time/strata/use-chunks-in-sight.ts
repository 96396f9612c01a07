import { useSignal } from "@preact/signals"
import type { RefObject } from "preact"
import { useEffect } from "preact/hooks"

/** The positions of the parts of a long list that are in sight, each so many pixels high. */
export const useChunksInSight = (list: RefObject<HTMLElement | null>, height: number, chunks: number): ReadonlyArray<number> => {
  const seen = useSignal({ first: 0, last: 0 })
  useEffect(() => {
    const look = () => {
      const top = -(list.current?.getBoundingClientRect().top ?? 0)
      const [first, last] = [Math.max(0, Math.floor(top / height)), Math.max(0, Math.floor((top + innerHeight) / height))]
      const before = seen.peek()
      if (before.first !== first || before.last !== last) seen.value = { first, last }
    }
    look()
    addEventListener("scroll", look, { passive: true })
    addEventListener("resize", look)
    return () => {
      removeEventListener("scroll", look)
      removeEventListener("resize", look)
    }
  }, [height, chunks])
  const { first, last } = seen.value
  return Array.from({ length: Math.max(0, Math.min(last, chunks - 1) - first + 1) }, (_, i) => first + i)
}

import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"

const query = matchMedia("(max-width: 60rem)")

/** Whether the page is too narrow for things side by side. */
export const useNarrow = (): boolean => {
  const narrow = useSignal(query.matches)
  useEffect(() => {
    const take = () => {
      narrow.value = query.matches
    }
    query.addEventListener("change", take)
    return () => query.removeEventListener("change", take)
  }, [])
  return narrow.value
}

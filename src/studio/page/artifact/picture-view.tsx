import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import type { ArtifactHead } from "../../messages/artifact.ts"
import { addressOf } from "../route.ts"
import { theme } from "../shell/theme.ts"

/** Artifacts that have a picture of their own. */
export const isDrawn = (head: ArtifactHead): boolean => head.type === "Figure" || head.type === "PrintedTable"

/** Whether the page is dark now. */
const useDark = (): boolean => {
  const query = matchMedia("(prefers-color-scheme: dark)")
  const system = useSignal(query.matches)
  useEffect(() => {
    const follow = () => {
      system.value = query.matches
    }
    query.addEventListener("change", follow)
    return () => query.removeEventListener("change", follow)
  }, [])
  return theme.value === "dark" || (theme.value === "system" && system.value)
}

/** A figure, or a printed table, as it goes into the paper. */
export const PictureView = ({ head }: { readonly head: ArtifactHead }) => {
  const dark = useDark()
  const table = head.type === "PrintedTable"
  return (
    <>
      {table ? (
        <p>
          <a href={addressOf(head.study, "estimates", [head.node])}>With the published numbers beside it, and where each number is from</a>
        </p>
      ) : null}
      <div class="artifact-picture">
        <img
          src={`/picture/${head.sha256}.svg?as=${head.type}&theme=${dark ? "dark" : "light"}`}
          alt={`${table ? "printed table" : "figure"} ${head.node}; its numbers are in the table`}
        />
      </div>
    </>
  )
}

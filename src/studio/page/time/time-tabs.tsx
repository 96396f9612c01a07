import { addressOf } from "../route.ts"

const PARTS = [
  { part: "", title: "Strata" },
  { part: "map", title: "Nodes by runs" },
  { part: "diff", title: "What changed" }
] as const

export const TimeTabs = ({ current, study }: { readonly study: string; readonly current: string }) => (
  <nav class="time-tabs" aria-label="Time">
    <ul>
      {PARTS.map(({ part, title }) => (
        <li key={part}>
          <a href={addressOf(study, "runs", part === "" ? [] : [part])} aria-current={part === current ? "page" : undefined}>
            {title}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

import type { ColumnSummary } from "../../../messages/artifact.ts"

const WIDTH = 64
const HEIGHT = 18

/** The shape of a column in as much room as a header has; what it shows is read out by the button that it is in. */
export const MiniHistogram = ({ summary }: { readonly summary: ColumnSummary }) => {
  const counts = summary.numbers?.bins.map(({ count }) => count) ?? summary.values?.top.map(({ count }) => count) ?? []
  if (counts.length === 0) return null
  const most = Math.max(...counts)
  const step = WIDTH / Math.max(counts.length, 8)
  return (
    <svg class="artifact-mini" height={HEIGHT} preserveAspectRatio="none" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {counts.map((count, i) => {
        const height = count === 0 ? 0 : Math.max(1, (count / most) * HEIGHT)
        return <rect key={i} x={i * step} y={HEIGHT - height} width={Math.max(1, step - 1)} height={height} />
      })}
    </svg>
  )
}

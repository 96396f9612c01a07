interface CutMarkProps {
  /** Where the chart ends, in pixels, and where what is cut lies across that axis. */
  readonly x: number
  readonly y: number
  readonly towards: "left" | "right"
}

/** An arrowhead at a chart's edge: what it stands on goes on beyond it. */
export const CutMark = ({ towards, x, y }: CutMarkProps) => {
  const back = towards === "left" ? 6 : -6
  return <path class="chart-filled" d={`M${x} ${y}l${back} -4v8z`} />
}

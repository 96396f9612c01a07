import { Component, type ComponentChildren } from "preact"

interface Props {
  /** Another view is another try. */
  readonly view: string
  readonly children: ComponentChildren
}
interface State {
  readonly broke: { readonly view: string; readonly message: string } | undefined
}

/** Keeps the frame where a view breaks, and says that it did. */
export class ViewBoundary extends Component<Props, State> {
  override state: State = { broke: undefined }

  override componentDidCatch(error: unknown): void {
    console.error(error)
    this.setState({ broke: { view: this.props.view, message: error instanceof Error ? error.message : String(error) } })
  }

  override render({ children, view }: Props, { broke }: State) {
    if (broke?.view !== view) return children
    return (
      <div class="failure" role="alert">
        <p>This view broke, which is a fault of Sediment itself: {broke.message}. The others work; reloading the page tries it again.</p>
      </div>
    )
  }
}

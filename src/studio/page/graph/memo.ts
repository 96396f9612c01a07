import { Component, type ComponentChild, type ComponentType, createElement } from "preact"

/** A component that is drawn again only when one of its properties is another one. */
export const memo = <P extends object>(draw: (props: P) => ComponentChild): ComponentType<P> =>
  class extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const [now, then] = [this.props as Record<string, unknown>, next as Record<string, unknown>]
      return Object.keys(then).some((key) => now[key] !== then[key])
    }
    override render(props: P) {
      return createElement(draw as ComponentType<P>, props)
    }
  }

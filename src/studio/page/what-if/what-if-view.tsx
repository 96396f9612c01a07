import type { ViewProps } from "../view-props.ts"

export const WhatIfView = ({ study }: ViewProps) => <h1>{study}</h1>

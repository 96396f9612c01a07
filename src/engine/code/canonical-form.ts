import { createHash } from "node:crypto"
import type { AnyNode, Class, Function as FunctionNode, Identifier } from "acorn"
import { type Declaration, isPackage, type TopLevel } from "./declarations.ts"
import { bodyNames, bodyStatements, boundNames, hasParameterExpressions, hoistedNames, lexicalNames, loopNames } from "./scope.ts"
import { FIELDS } from "./syntax-fields.ts"

/** A name that a declaration takes from elsewhere: the bundle's top level, a package, or the language and its host. */
export interface Use {
  readonly name: string
  readonly node: Identifier
  /** The nodes around it, nearest first. */
  readonly around: ReadonlyArray<AnyNode>
  /** What is declared where it stands, by name, outermost first; without the bundle's top level. */
  readonly scopes: ReadonlyArray<ReadonlyMap<string, unknown>>
}
export interface CanonicalForm {
  /** SHA-256 (hex) of the text. */
  readonly hash: string
  /** Other declarations that it refers to, each once, in order of first occurrence. */
  readonly references: ReadonlyArray<Declaration>
  readonly uses: ReadonlyArray<Use>
  /** Properties accessed by a name that is written down. */
  readonly members: ReadonlyArray<{ readonly name: string; readonly start: number }>
  /** Specifiers of all packages that it imports from. */
  readonly packages: ReadonlySet<string>
  /** `import()` calls; without a specifier where it is computed. */
  readonly dynamicImports: ReadonlyArray<{ readonly specifier: string | undefined; readonly start: number; readonly end: number }>
}

/**
 * Writes a declaration as a text that is the same for two declarations if and only if they differ in nothing but layout, comments, the names of bindings and
 * the choice between `const` and `let`. Its own names become `own0…`, other top-level declarations `ref0.0…` and local bindings `b0…`, each numbered by first
 * occurrence; imports of packages and names of the language stand as they are. Properties that are `leftOut` are as if they were not there.
 */
export const canonicalForm = (
  declaration: Declaration,
  top: TopLevel,
  specifierOf: (specifier: string) => string,
  leftOut: ReadonlySet<AnyNode> = new Set()
): CanonicalForm => {
  const references: Array<Declaration> = []
  const uses: Array<Use> = []
  const members: Array<CanonicalForm["members"][number]> = []
  const dynamicImports: Array<CanonicalForm["dynamicImports"][number]> = []
  const packages = new Set<string>()
  const scopes: Array<Map<string, { number: number | undefined }>> = []
  const around: Array<AnyNode> = []
  let labels: Array<string> = []
  let bindings = 0
  let functions = 0
  let text = ""

  const within = (names: Iterable<string>, body: () => void) => {
    const scope = new Map<string, { number: number | undefined }>()
    for (const name of names) scope.set(name, { number: undefined })
    scopes.push(scope)
    body()
    scopes.pop()
  }
  const local = (name: string, depth = scopes.length - 1): string | undefined => {
    for (let i = depth; i >= 0; i--) {
      const binding = scopes[i]!.get(name)
      if (binding !== undefined) return `b${(binding.number ??= bindings++)}`
    }
    return undefined
  }
  const identifier = (node: Identifier): string => {
    const { name } = node
    const found = local(name)
    if (found !== undefined) return found
    const own = declaration.names.indexOf(name)
    if (own >= 0) return `own${own}`
    if (name === "arguments" && functions > 0) return name
    uses.push({ name, node, around: around.slice(0, -1).reverse().slice(0, 4), scopes: [...scopes] })
    const bound = top.bound.get(name)
    if (bound === undefined) return `global ${name}`
    if (isPackage(bound)) return `${packageText(bound.specifier)} ${JSON.stringify(bound.imported)}`
    let slot = references.indexOf(bound)
    if (slot < 0) slot = references.push(bound) - 1
    return `ref${slot}.${bound.names.indexOf(name)}`
  }

  const packageText = (specifier: string): string => {
    packages.add(specifier)
    return `package ${JSON.stringify(specifierOf(specifier))}`
  }
  const list = (nodes: ReadonlyArray<AnyNode | null>) => {
    text += "["
    for (const node of nodes) if (node?.type !== "EmptyStatement" && !(node !== null && leftOut.has(node))) print(node)
    text += "]"
  }
  const key = (node: Extract<AnyNode, { readonly computed: boolean; readonly key: unknown }>) => {
    if (node.computed) {
      text += "computed "
      print(node.key)
    } else if (node.key.type === "PrivateIdentifier") text += local(`#${node.key.name}`)
    else if (!top.pathKeys.has(node)) text += JSON.stringify(node.key.type === "Identifier" ? node.key.name : String((node.key as { value?: unknown }).value))
    text += " "
  }
  const functionParts = (node: FunctionNode) => {
    text += `${node.async ? "async " : ""}${node.generator ? "* " : ""}`
    const outerLabels = labels
    labels = []
    if (node.type !== "ArrowFunctionExpression") functions++
    const statements = bodyStatements(node)
    const params = node.params.flatMap(boundNames)
    const body = () => (node.body.type === "BlockStatement" ? list(statements) : print(node.body))
    within(node.type === "FunctionExpression" && node.id ? [node.id.name] : [], () => {
      if (!hasParameterExpressions(node.params)) {
        within([...params, ...bodyNames(statements)], () => {
          list(node.params)
          body()
        })
      } else {
        within(params, () => {
          list(node.params)
          within(bodyNames(statements), () => {
            // A body's `var` of a parameter's name is another variable that begins with the parameter's value.
            const functionNames = new Set(lexicalNames(statements))
            for (const name of new Set(statements.flatMap(hoistedNames)))
              if (params.includes(name) && !functionNames.has(name)) text += `(copy ${local(name, scopes.length - 2)} ${local(name)})`
            body()
          })
        })
      }
    })
    if (node.type !== "ArrowFunctionExpression") functions--
    labels = outerLabels
  }
  const classParts = (node: Class) => {
    within(node.id ? [node.id.name] : [], () => {
      print(node.superClass ?? null)
      const privateNames = node.body.body.flatMap((member) =>
        member.type !== "StaticBlock" && member.key.type === "PrivateIdentifier" ? [`#${member.key.name}`] : []
      )
      within(privateNames, () => list(node.body.body))
    })
  }

  const print = (node: AnyNode | null | undefined): void => {
    if (node === null || node === undefined) {
      text += "_"
      return
    }
    // A block around one statement that declares nothing is layout.
    if (node.type === "BlockStatement" && node.body.length === 1 && lexicalNames(node.body).length === 0) {
      print(node.body[0])
      return
    }
    if (node.type === "VariableDeclaration") {
      const kind = node.kind === "const" ? "let" : node.kind
      around.push(node)
      for (const declarator of node.declarations) {
        around.push(declarator)
        text += `(${kind} `
        parts(declarator)
        text += ")"
        around.pop()
      }
      around.pop()
      return
    }
    around.push(node)
    text += `(${node.type} `
    parts(node)
    text += ")"
    around.pop()
  }
  const parts = (node: AnyNode): void => {
    switch (node.type) {
      case "Identifier":
        text += identifier(node)
        return
      case "PrivateIdentifier":
        text += local(`#${node.name}`)
        return
      case "Literal":
        if (node.regex) text += `${JSON.stringify(node.regex.pattern)} ${[...node.regex.flags].sort().join("")}`
        else if (typeof node.bigint === "string") text += `${BigInt(node.bigint)}n`
        else text += typeof node.value === "string" ? JSON.stringify(node.value) : String(node.value)
        return
      case "TemplateLiteral":
        for (const quasi of node.quasis) text += `${JSON.stringify(quasi.value.cooked)} `
        list(node.expressions)
        return
      case "TaggedTemplateExpression":
        print(node.tag)
        for (const quasi of node.quasi.quasis) text += `${JSON.stringify(quasi.value.raw)} `
        list(node.quasi.expressions)
        return
      case "MetaProperty":
        text += `${node.meta.name}.${node.property.name}`
        if (node.meta.name === "import") uses.push({ name: "import.meta", node: node.meta, around: [], scopes: [] })
        return
      case "ImportExpression": {
        const { source } = node
        const specifier = source.type === "Literal" && typeof source.value === "string" ? source.value : undefined
        dynamicImports.push({ specifier, start: source.start, end: source.end })
        if (specifier === undefined) print(source)
        else text += packageText(specifier)
        print(node.options ?? null)
        return
      }
      case "MemberExpression": {
        const { property } = node
        print(node.object)
        text += node.optional ? " ?." : " ."
        const name =
          property.type === "Identifier" && !node.computed
            ? property.name
            : property.type === "Literal" && typeof property.value === "string"
              ? property.value
              : undefined
        if (name === undefined) print(property)
        else {
          members.push({ name, start: property.start })
          text += JSON.stringify(name)
        }
        return
      }
      case "Property": {
        if (around.at(-2)?.type === "ObjectPattern" && !node.computed && node.key.type === "Identifier")
          members.push({ name: node.key.name, start: node.key.start })
        text += `${node.kind}${node.method ? " method" : ""} `
        // `{ __proto__ }` makes a property, `{ __proto__: x }` sets the prototype.
        if (node.shorthand && node.key.type === "Identifier" && node.key.name === "__proto__") text += "shorthand "
        key(node)
        print(node.value)
        return
      }
      case "MethodDefinition":
      case "PropertyDefinition":
        text += `${node.type === "MethodDefinition" ? node.kind : "field"}${node.static ? " static" : ""} `
        key(node)
        print(node.value ?? null)
        return
      case "StaticBlock":
        within(bodyNames(node.body), () => list(node.body))
        return
      case "FunctionDeclaration":
        print(node.id)
        functionParts(node)
        return
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        functionParts(node)
        return
      case "ClassDeclaration":
        print(node.id)
        classParts(node)
        return
      case "ClassExpression":
        classParts(node)
        return
      case "BlockStatement":
        within(lexicalNames(node.body), () => list(node.body))
        return
      case "SwitchStatement":
        print(node.discriminant)
        within(lexicalNames(node.cases.flatMap((clause) => clause.consequent)), () => list(node.cases))
        return
      case "ForStatement":
        within(loopNames(node.init), () => {
          for (const part of [node.init, node.test, node.update, node.body]) print(part ?? null)
        })
        return
      case "ForInStatement":
      case "ForOfStatement":
        if (node.type === "ForOfStatement" && node.await) text += "await "
        // The loop's names shadow outer ones already in the expression on the right, where they have no value yet.
        within(loopNames(node.left), () => {
          for (const part of [node.left, node.right, node.body]) print(part)
        })
        return
      case "CatchClause":
        within(node.param ? boundNames(node.param) : [], () => {
          print(node.param ?? null)
          print(node.body)
        })
        return
      case "LabeledStatement":
        labels.push(node.label.name)
        text += `${labels.length - 1} `
        print(node.body)
        labels.pop()
        return
      case "BreakStatement":
      case "ContinueStatement":
        text += node.label ? labels.lastIndexOf(node.label.name) : "_"
        return
      case "VariableDeclarator":
        print(node.id)
        print(node.init ?? null)
        return
      case "ImportDeclaration":
        text += packageText(String(node.source.value))
        return
      default: {
        const fields: ReadonlyArray<string> | undefined = FIELDS[node.type as keyof typeof FIELDS]
        if (fields === undefined) throw new SyntaxError(`no canonical form of ${node.type}`)
        for (const field of fields) {
          const value = (node as unknown as Record<string, unknown>)[field]
          if (Array.isArray(value)) list(value)
          else if (value === null || value === undefined || typeof value === "object") print(value as AnyNode | null)
          else text += `${String(value)} `
        }
      }
    }
  }

  for (const node of declaration.nodes) print(node)
  return { hash: createHash("sha256").update(text).digest("hex"), references, uses, members, packages, dynamicImports }
}

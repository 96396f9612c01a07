import { existsSync, readFileSync, statSync } from "node:fs"
import { resolve } from "node:path"
import { Effect, Option } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { parseDataFile } from "../dag/data-file.ts"
import type { SourceFile } from "../dag/stage.ts"
import { hashOfFile } from "../engine/file-chunks.ts"
import { readContent, SourceReading } from "../engine/source-content.ts"
import { count } from "../engine/wording.ts"
import { CliFailure, usage } from "../workspace/failure.ts"
import { printDocument } from "./document.ts"
import { writeOutput } from "./output-file.ts"

const optional = (name: string, metavar: string, description: string) =>
  Flag.String(name).pipe(Flag.withMetavar(metavar), Flag.withDescription(description), Flag.optional)

/** The dictionary of a study that is laid out as the one of this repository is. */
const usualDictionary = "data/provinces.csv"

const openFile = (path: string): Effect.Effect<SourceFile, CliFailure> =>
  Effect.try({
    try: () => {
      if (statSync(path).isDirectory()) throw new Error("it is a folder; name the files in it")
      const { content } = readContent(path, hashOfFile)
      return new SourceReading(path, content).file
    },
    catch: (error) => {
      const missing = (error as NodeJS.ErrnoException).code === "ENOENT"
      return usage("missing-file", missing ? `there is no file ${path}` : `cannot read ${path}: ${(error as Error).message}`, { file: path })
    }
  })

/** `sediment ingest --preview FILE…`: what a file holds, how it could be described, and what that makes of it. */
export const ingest = () =>
  Command.make(
    "ingest",
    {
      file: Argument.String("file").pipe(Argument.withDescription("tables that are laid out alike: one, or one a year"), Argument.variadic()),
      preview: Flag.Boolean("preview").pipe(
        Flag.withDescription("propose a description of the files, and show what it makes of them"),
        Flag.withDefault(false)
      ),
      description: optional("description", "FILE", "show what this description (YAML or JSON) makes of the files, in place of a proposed one"),
      entities: optional("entities", "FILE", `the dictionary of entities (default: ${usualDictionary} where there is one; "none": take every name)`),
      sheet: optional("sheet", "NAME", "the sheet of a workbook to be described"),
      encoding: optional("encoding", "NAME", "of a text file, where detection is wrong: gb18030, utf-16le, windows-1252, …"),
      delimiter: optional("delimiter", "TEXT", "of a text file, where detection is wrong"),
      quote: optional("quote", "TEXT", 'of a text file: what stands around cells that hold a delimiter, where it is not "'),
      sql: optional("sql", "URL", "take a query's result into a file: postgresql://USER@HOST/DATABASE, sqlite:FILE, or env:NAME of a variable that has it"),
      query: optional("query", "FILE.sql", "with --sql: the file with the query"),
      key: optional("key", "COLUMN,…", "with --sql: the columns that tell rows apart, and order them, where the query has no ORDER BY"),
      output: Flag.String("output").pipe(
        Flag.withAlias("o"),
        Flag.withMetavar("FILE"),
        Flag.withDescription("write the description to a file (.yaml); with --sql, the result (.csv, .parquet, .arrow)"),
        Flag.withDefault("")
      ),
      names: optional(
        "names",
        "FILE.csv",
        "with --preview, where there is no dictionary yet: write one of the names that the files have, a row each, to be looked through"
      ),
      json: Flag.Boolean("json").pipe(Flag.withDescription("one JSON document on stdout, and nothing else there"), Flag.withDefault(false))
    },
    Effect.fn(function* ({ delimiter, description, encoding, entities, file, json, key, names, output, preview, query, quote, sheet, sql }) {
      if (Option.isSome(sql)) {
        if (file.length > 0 || preview) return yield* usage("usage", "--sql takes no files and no --preview: take the snapshot, then look at its file")
        const { ingestSql } = yield* Effect.promise(() => import("./ingest-sql.ts"))
        const columns = Option.match(key, { onNone: () => [], onSome: (text) => text.split(",").map((name) => name.trim()) })
        return yield* ingestSql({ sql: sql.value, query: Option.getOrUndefined(query), key: columns.filter((name) => name !== ""), output, json })
      }
      if (Option.isSome(query) || Option.isSome(key)) return yield* usage("usage", "--query and --key go with --sql URL")
      if (file.length === 0) return yield* usage("usage", "name a file to look into, or take a query's result with --sql URL --query FILE.sql -o FILE")
      if (!preview && Option.isNone(description))
        return yield* usage("usage", "say --preview to have a description of the file proposed, or --description FILE to see what a description makes of it")
      if (output !== "" && !/\.ya?ml$/i.test(output))
        return yield* usage(
          "output",
          `-o takes the description, as YAML: ${output} must end in .yaml; the data themselves are an artifact of the node that ingests the file, which show NODE -o FILE writes`
        )
      const namesFile = Option.getOrUndefined(names)
      if (namesFile !== undefined) {
        if (Option.isSome(entities) && entities.value !== "none")
          return yield* usage("usage", `--names writes a dictionary where there is none yet, and --entities names one: leave ${entities.value} out`)
        if (!/\.csv$/i.test(namesFile)) return yield* usage("output", `--names takes a dictionary of entities, as CSV: ${namesFile} must end in .csv`)
        if (existsSync(namesFile)) return yield* usage("output", `${namesFile} is there already: name another file, or delete it first`)
      }
      const given = Option.getOrUndefined(description)
      const described =
        given === undefined
          ? undefined
          : yield* Effect.try({
              try: () => parseDataFile(given, readFileSync(given, "utf8")) ?? {},
              catch: (error) =>
                usage("description", `${given}: ${(error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (error as Error).message}`, {
                  file: given
                })
            })
      const files = yield* Effect.forEach(file, openFile)
      // What reads tables and proposes is loaded by this command alone.
      const { preview: look } = yield* Effect.promise(() => import("../preview/preview.ts"))
      const { dictionaryText, readDictionary } = yield* Effect.promise(() => import("../preview/dictionary.ts"))
      const dictionaryFile = Option.getOrElse(entities, () => (namesFile === undefined && existsSync(usualDictionary) ? usualDictionary : "none"))
      const dictionary =
        dictionaryFile === "none"
          ? undefined
          : yield* Effect.andThen(
              openFile(dictionaryFile),
              readDictionary(resolve(dictionaryFile), dictionaryFile).pipe(Effect.mapError(({ faults }) => new CliFailure({ exitCode: 2, errors: faults })))
            )
      const seen = yield* look(files, dictionary, {
        sheet: Option.getOrUndefined(sheet),
        encoding: Option.getOrUndefined(encoding),
        delimiter: Option.getOrUndefined(delimiter),
        quote: Option.getOrUndefined(quote),
        description: described
      })
      const faults = [...seen.faults, ...(seen.understood?.faults ?? [])]
      const { previewText } = yield* Effect.promise(() => import("../preview/preview-text.ts"))
      const text = previewText(seen, dictionary?.path)
      if (output !== "" && seen.description !== undefined) {
        // What somebody has corrected by hand is not to be lost to a proposal.
        if (statSync(output, { throwIfNoEntry: false })?.isFile() === true && readFileSync(output, "utf8") !== text)
          return yield* usage("output", `${output} is there already, with something else in it: name another file, or delete it first`)
        yield* writeOutput(output, text)
      }
      if (namesFile !== undefined && seen.names.length > 0) yield* writeOutput(namesFile, dictionaryText(seen.names))
      if (json)
        printDocument({
          ok: faults.length === 0,
          files: seen.files.map(({ sheets, ...one }) => ({ ...one, sheets: sheets.map(({ columns, name, rows }) => ({ name, rows, columns })) })),
          proposed: seen.proposed,
          description: seen.description ?? null,
          remarks: seen.remarks,
          ...(dictionary === undefined ? { names: seen.names } : {}),
          understood: seen.understood ?? null,
          ...(faults.length === 0 ? {} : { errors: faults })
        })
      else if (output === "") process.stdout.write(text)
      else process.stderr.write(`description: ${output}\n`)
      if (namesFile !== undefined && !json)
        process.stderr.write(
          seen.names.length === 0
            ? `no names were found, and ${namesFile} was not written\n`
            : `dictionary: ${namesFile}, of ${count(seen.names.length, "name")}: take out what is no entity, such as a total\n`
        )
      if (faults.length > 0) return yield* new CliFailure({ exitCode: 2, errors: json ? [] : faults })
    })
  ).pipe(
    Command.withDescription(
      "look into a table's file: what it holds, how it is to be described for the stage ingest, and what such a description makes of it; with --sql, take a query's result into a file"
    )
  )

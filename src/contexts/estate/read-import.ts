import type { Models } from '#journal'
import type { InputError, Refusal } from '#kernel'
import type { Estate } from './core/estate.ts'
import { checkTargets, describeMistake, type EstateFile, type Mistake, parseEstate } from './core/files/index.ts'
import { refuse } from './core/refusals.ts'
import { knownNodes } from './projections/known-nodes.ts'
import { neighboursLeftWithout } from './projections/left-without.ts'

export interface ReadImport {
  readonly estate: Estate
  /** One line each: what the files leave open, such as a neighbour that Holdfast does not know yet. */
  readonly warnings: readonly string[]
}

/** Files as one organisation's estate, checked against the neighbours of its world; or a refusal naming every mistake. */
export function readImport(models: Models, organisation: string, files: readonly EstateFile[]): ReadImport | Refusal {
  const parsed = parseEstate(files, { organisation })
  if ('mistakes' in parsed) return wrong(files, parsed.mistakes)
  const foreign = parsed.estates.filter((estate) => estate.organisation !== organisation)
  if (foreign.length > 0) {
    const names = foreign.map((estate) => estate.organisation).join(', ')
    return refuse(
      'estate-file-wrong',
      `These files describe ${names}; this import is for ${organisation}. Import each by itself.`,
    )
  }
  const checked = checkTargets(parsed.estates, knownNodes(models, organisation))
  if (checked.mistakes.length > 0) return wrong(files, checked.mistakes)
  const estate = parsed.estates[0] ?? { organisation, components: [], services: [] }
  const left = [...parsed.warnings, ...checked.warnings].map(describeMistake)
  return { estate, warnings: [...left, ...neighboursLeftWithout(models, estate)] }
}

function wrong(files: readonly EstateFile[], mistakes: readonly Mistake[]): Refusal {
  const errors = mistakes.map((mistake): InputError => {
    const file = files.findIndex(({ name }) => name === mistake.file)
    return { pointer: file < 0 ? '/files' : `/files/${file}/text`, detail: describeMistake(mistake) }
  })
  const more =
    errors.length > 1 ? ` There are ${errors.length} mistakes; nothing was imported.` : ' Nothing was imported.'
  return refuse('estate-file-wrong', `${errors[0]!.detail}.${more}`, errors)
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRefusal, operator } from '../src/kernel/index.ts'
import { type Application, openApplication } from '../src/main/application.ts'
import type { Figure } from './figure.ts'
import { rate } from './house.ts'

const SECONDS = 3
const ORGANISATIONS = 33

/** Whole commands: authorised, checked, decided, appended with their answers, models brought up to date. */
export async function benchCommands(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
  const application = await openApplication({ databaseUrl: null, dataDirectory: directory, postgres: null }, () => {})
  try {
    const give = giver(application)
    const organisations = Array.from({ length: ORGANISATIONS }, (_, i) => `council-${i}`)
    for (const slug of organisations) {
      await give(slug, 'estate.add-organisation', { slug, name: `Invented council ${slug}` })
      await give(slug, 'estate.start-from-template', { template: 'typical-council' })
    }
    const incidents = await Promise.all(
      Array.from({ length: 64 }, (_, caller) =>
        give(organisations[caller % ORGANISATIONS]!, 'incident.declare', { title: 'Bench', summary: 'Invented' }),
      ),
    )
    const record = (caller: number, n: number) =>
      give(organisations[caller % ORGANISATIONS]!, 'incident.record-assumption', {
        incident: incidents[caller]!.incident,
        assumption: `Invented assumption ${n} of a measurement`,
        reviewAt: '2030-01-01T00:00:00Z',
      })
    await rate(64, 2, record)
    const figures: Figure[] = []
    for (const callers of [1, 8, 64])
      figures.push({
        name: `whole commands, ${callers} callers`,
        value: Math.round(await rate(callers, SECONDS, record)),
        unit: 'per second',
        ...(callers === 64 ? { target: '>= 5000' } : {}),
      })
    return figures
  } finally {
    await application.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

function giver({ execute }: Application) {
  return async (organisation: string, command: string, input: object) => {
    const outcome = await execute({ organisation, command, input, caller: operator })
    if (isRefusal(outcome)) throw new Error(outcome.detail)
    return outcome as { incident?: string }
  }
}

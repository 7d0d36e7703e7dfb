import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openScenario } from '#contexts/exercise'
import { instant, type Json, type JsonObject, parseInstant } from '#kernel'
import { estate } from '../src/contexts/estate/room.ts'
import { pointedTo } from '../src/contexts/exercise/core/pointer.ts'
import { fillKept } from '../src/contexts/exercise/core/scenario.ts'
import { incident } from '../src/contexts/incident/room.ts'
import { statements } from '../src/contexts/statements/room.ts'
import { type House, openHouse } from './house.ts'

const FILE = fileURLToPath(new URL('../scenarios/london-2025.yaml', import.meta.url))
const COUNCILS = ['rbkc', 'westminster', 'hammersmith-and-fulham', 'hackney']

export const LONDON = 'london-2025'

/** The four councils of the London exercise as its steps up to `until` have left them, with its clock standing there. */
export async function playLondon(t: TestContext, until: string): Promise<House> {
  const scenario = openScenario(FILE)
  if ('mistakes' in scenario) throw new Error(JSON.stringify(scenario.mistakes[0]))
  const house = await openHouse(t, [estate, incident, statements])
  house.at(scenario.scenario.starts)
  const kept = new Map<string, Json>()
  for (const step of scenario.scenario.steps) {
    if (step.at > parseInstant(until)!) break
    if (step.kind !== 'command' || !COUNCILS.includes(step.organisation)) continue
    house.at(instant(step.at), LONDON)
    const actor = { kind: 'exercise', id: LONDON, ...(step.by ? { by: step.by } : {}) } as const
    const input = fillKept(step.input, kept) as JsonObject
    const answer = await house.give(step.organisation, step.command, input, { role: step.as, actor })
    for (const { name, pointer } of step.keep) kept.set(name, pointedTo(answer as Json, pointer)!)
  }
  house.at(until, LONDON)
  return house
}

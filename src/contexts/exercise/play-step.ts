import { instant, isRefusal, type Json, type JsonObject, type Millis, type Refusal, ROLES } from '#kernel'
import { mismatch } from './core/matchers.ts'
import { pointedTo } from './core/pointer.ts'
import { nameOf, type StepResult } from './core/report.ts'
import { type CommandStep, type ExpectStep, fillKept, type Scenario, type Step } from './core/scenario.ts'
import type { ExercisePorts } from './ports.ts'
import { commandId } from './prepare-play.ts'

interface Playing {
  readonly scenario: Scenario
  readonly ports: ExercisePorts
  /** What the steps so far have kept of their answers. */
  readonly kept: Map<string, Json>
  readonly at: Millis
  /** An earlier play has been here. */
  readonly passed: boolean
}

export async function playStep(step: Step, playing: Playing): Promise<StepResult> {
  const { kind, number, line, organisation } = step
  const { at, passed } = playing
  const late = at > step.at && !passed
  const played = instant(passed ? step.at : at)
  const common = { kind, step: number, line, at: played, organisation, name: nameOf(step), late }
  if (step.kind === 'command') return { ...common, checks: 0, ...(await giveCommand(step, playing)) }
  if (passed) return { ...common, outcome: 'earlier', words: [], entries: 0, checks: 0 }
  const words = await compare(step, playing)
  return { ...common, outcome: words.length > 0 ? 'failed' : 'held', words, entries: 0, checks: step.that.length }
}

/** Given again it is answered as the first time, so that a later play keeps what an earlier one kept. */
async function giveCommand(step: CommandStep, { scenario, ports, kept, passed }: Playing) {
  const { organisation, command, as, by } = step
  const outcome = await ports.execute({
    organisation,
    command,
    input: fillKept(step.input, kept) as JsonObject,
    caller: { actor: { kind: 'exercise', id: scenario.exercise, ...(by ? { by } : {}) }, roles: [as] },
    id: commandId(scenario, step.number),
  })
  if (isRefusal(outcome)) return { outcome: 'refused' as const, words: inWords(outcome), entries: 0 }
  const words: string[] = []
  for (const { name, pointer } of step.keep) {
    const value = pointedTo(outcome as Json, pointer)
    if (value === undefined) words.push(`the answer has nothing at ${pointer} to keep as ${name}`)
    else kept.set(name, value)
  }
  if (words.length > 0) return { outcome: 'refused' as const, words, entries: 0 }
  if (passed) return { outcome: 'earlier' as const, words, entries: 0 }
  return { outcome: 'done' as const, words, entries: outcome.entries.length }
}

async function compare(step: ExpectStep, { scenario, ports, kept }: Playing): Promise<string[]> {
  const answer = await ports.read({
    organisation: step.organisation,
    query: step.read,
    input: fillKept(step.query, kept) as JsonObject,
    caller: { actor: { kind: 'exercise', id: scenario.exercise }, roles: ROLES },
  })
  if (isRefusal(answer)) return inWords(answer)
  // As anybody outside would see it: a time that never comes is null.
  const json = JSON.parse(JSON.stringify(answer)) as Json
  return step.that
    .map((check) => {
      const words = mismatch({ ...check, value: fillKept(check.value, kept) }, json)
      return words === null ? null : `line ${check.line}: ${words}`
    })
    .filter((words) => words !== null)
}

function inWords({ title, detail, errors = [] }: Refusal): string[] {
  // The detail of malformed input repeats the first of its errors.
  return errors.length > 0 ? [title, ...errors.map((one) => `${one.pointer}: ${one.detail}`)] : [`${title}. ${detail}`]
}

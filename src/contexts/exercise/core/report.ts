import { type Instant, instant } from '#kernel'
import type { Scenario, Step } from './scenario.ts'

/**
 * done: the command was taken. refused: it was not, and the play stopped. held, failed: what was expected was so, or was
 * not. earlier: an earlier play has done or compared this.
 */
type StepOutcome = 'done' | 'refused' | 'held' | 'failed' | 'earlier'

export interface StepResult {
  readonly kind: Step['kind']
  readonly step: number
  readonly line: number
  /** Scenario time at which it was played. */
  readonly at: Instant
  readonly organisation: string
  /** The command, or what was read. */
  readonly name: string
  readonly outcome: StepOutcome
  /** The clock had run past the time that the scenario gives. */
  readonly late: boolean
  /** What went wrong, a sentence each. */
  readonly words: readonly string[]
  /** Journal entries of the command, and expectations compared. */
  readonly entries: number
  readonly checks: number
}

interface OrganisationCounts {
  commands: number
  entries: number
  checks: number
  failed: number
}

export interface Report {
  readonly exercise: string
  readonly title: string
  readonly notice: string
  readonly file: string
  /** Every step that was reached was done or held. */
  readonly passed: boolean
  /** A command was refused here; the clocks stand still, and playing again goes on from it. */
  readonly stoppedAt: number | null
  readonly steps: { readonly played: number; readonly all: number }
  readonly commands: { readonly done: number; readonly refused: number; readonly earlier: number }
  /** Expect steps; `checks` are the single comparisons in them. */
  readonly expectations: {
    readonly held: number
    readonly failed: number
    readonly earlier: number
    readonly checks: number
  }
  readonly late: number
  readonly failures: readonly StepResult[]
  readonly organisations: Readonly<Record<string, OrganisationCounts>>
  /** Scenario time at the end, and the speed at which it runs on. */
  readonly until: Instant
  readonly speed: number
  /** Real milliseconds. */
  readonly took: number
}

export function compileReport(
  scenario: Scenario,
  results: readonly StepResult[],
  end: { until: number; speed: number; took: number },
): Report {
  const of = (outcome: StepOutcome) => results.filter((one) => one.outcome === outcome)
  const earlier = (kind: Step['kind']) => of('earlier').filter((one) => one.kind === kind).length
  const organisations: Record<string, OrganisationCounts> = Object.fromEntries(
    scenario.organisations.map((name) => [name, { commands: 0, entries: 0, checks: 0, failed: 0 }]),
  )
  for (const { organisation, outcome, entries, checks, words } of results) {
    const counts = organisations[organisation]!
    if (outcome === 'done') counts.commands += 1
    counts.entries += entries
    counts.checks += checks
    counts.failed += words.length
  }
  const failures = [...of('refused'), ...of('failed')].sort((a, b) => a.step - b.step)
  const { exercise, title, notice, file, steps } = scenario
  return {
    exercise,
    title,
    notice,
    file,
    passed: failures.length === 0,
    stoppedAt: of('refused')[0]?.step ?? null,
    steps: { played: results.length - of('refused').length, all: steps.length },
    commands: { done: of('done').length, refused: of('refused').length, earlier: earlier('command') },
    expectations: {
      held: of('held').length,
      failed: of('failed').length,
      earlier: earlier('expect'),
      checks: results.reduce((sum, { checks }) => sum + checks, 0),
    },
    late: results.filter(({ late }) => late).length,
    failures,
    organisations,
    until: instant(end.until),
    speed: end.speed,
    took: end.took,
  }
}

export function nameOf(step: Step): string {
  return step.kind === 'command' ? step.command : step.read
}

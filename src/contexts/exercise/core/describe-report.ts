import type { Report, StepResult } from './report.ts'

const SAID = {
  done: 'done',
  refused: 'REFUSED',
  held: 'as expected',
  failed: 'NOT AS EXPECTED',
  earlier: 'by an earlier play',
}

/** One step for the command line, with a line for whatever went wrong; every line begins with EXERCISE. */
export function describeStep(result: StepResult): string {
  const { step, line, at, organisation, name, outcome, late, words } = result
  const time = `${at.slice(0, 16).replace('T', ' ')}${late ? ' (late)' : ''}`
  const wrong = words.length > 0 ? ` (step ${step}, line ${line})` : ''
  return marked([
    `${time}  ${organisation}  ${name}  ${SAID[outcome]}${wrong}`,
    ...words.map((one) => `  ${one}`),
  ]).join('\n')
}

/** The report for the command line, line by line; every line begins with EXERCISE. */
export function describeReport(report: Report): string[] {
  const { commands, expectations, steps, failures, organisations, stoppedAt, late } = report
  const checked = Object.entries(organisations)
    .filter(([, counts]) => counts.checks > 0 || counts.failed > 0)
    .map(([name, { commands, entries, checks, failed }]) => {
      const wrong = failed > 0 ? `, ${failed} NOT AS EXPECTED` : ''
      return `  ${name}: ${count(commands, 'command')}, ${count(entries, 'entry', 'entries')}, ${count(checks, 'check')}${wrong}`
    })
  const before = (number: number) => (number > 0 ? `, ${number} by an earlier play` : '')
  return marked([
    `${report.title} (${report.exercise})`,
    report.notice.trim(),
    `Steps ${steps.played} of ${steps.all}; commands: ${commands.done} done, ${commands.refused} refused${before(commands.earlier)}`,
    `Expectations: ${expectations.held} as expected, ${expectations.failed} not${before(expectations.earlier)}; ${count(expectations.checks, 'check')} in them`,
    ...(late > 0 ? [`${count(late, 'step')} played late: the clock had run past the time in the scenario`] : []),
    `Organisations: ${Object.keys(organisations).length}`,
    ...checked,
    ...failures.flatMap(({ step, line, organisation, name, outcome, words }) => [
      `${report.file}:${line}: step ${step}, ${name} at ${organisation}: ${SAID[outcome]}`,
      ...words.map((one) => `  ${one}`),
    ]),
    stoppedAt === null
      ? `The time is ${report.until}; ${report.speed === 0 ? 'the clock stands still' : `it runs on at speed ${report.speed}`}`
      : `Stopped at step ${stoppedAt}: the clock stands still at ${report.until}. Put right what was refused and run it again.`,
    `${report.passed ? 'PASSED' : 'FAILED'} in ${(report.took / 1000).toFixed(1)} s`,
  ])
}

/** Line breaks within words get the mark too. */
function marked(lines: readonly string[]): string[] {
  return lines
    .flatMap((line) => line.split(/[\r\n]+/))
    .map((line) => (line.startsWith('EXERCISE ') ? line : `EXERCISE ${line}`))
}

function count(number: number, one: string, more = `${one}s`): string {
  return `${number} ${number === 1 ? one : more}`
}

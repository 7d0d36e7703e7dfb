import { describeReport, describeStep } from '#contexts/exercise'
import { isRefusal, parseInstant } from '#kernel'
import { play, readScenario } from '../play.ts'
import { complaint, withApplication } from './open.ts'
import { Complaint, place, print, text, UsageError, type Verb } from './verb.ts'

export const exerciseRun: Verb = {
  name: 'exercise run',
  usage: 'FILE [--until TIME] [--speed X] [--data DIR]',
  summary: 'Play a scenario with its checks, up to its now or --until; then its clocks run on at --speed.',
  options: { ...place, until: { type: 'string' }, speed: { type: 'string' } },
  async run(values, [file, ...more]) {
    if (!file || more.length > 0) throw new UsageError('give one scenario file')
    const speed = text(values, 'speed')
    if (speed !== undefined && !/^\d+(\.\d+)?$/.test(speed)) throw new UsageError('--speed is a number, such as 60')
    const scenario = readScenario(file)
    if ('mistakes' in scenario) throw new Complaint(scenario.mistakes.join('\n'))
    const until = untilOf(text(values, 'until'))
    return withApplication(values, async (application) => {
      const report = await play(application, scenario, {
        until,
        speed: speed === undefined ? undefined : Number(speed),
        onStep: (step) => step.outcome !== 'earlier' && print(describeStep(step)),
      })
      if (isRefusal(report)) throw new Complaint(`EXERCISE ${complaint(report)}`)
      print(...describeReport(report))
      return report.passed ? 0 : 1
    })
  },
}

function untilOf(words: string | undefined): number | undefined {
  if (words === undefined) return undefined
  const until = parseInstant(words)
  if (until === null) throw new UsageError('--until needs a time with an offset, such as 2025-11-25T12:00:00Z')
  return until
}

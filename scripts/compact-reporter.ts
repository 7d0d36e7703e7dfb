import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'

interface FileTally {
  passed: number
  failed: number
  millis: number
}

/** One line for each test file, failures in full, and `N passed, N failed` at the end. */
export default async function* compact(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const files = new Map<string, FileTally>()
  const total = { passed: 0, failed: 0, skipped: 0 }
  const failures: string[] = []

  for await (const event of events) {
    if (event.type === 'test:stderr' || event.type === 'test:stdout') yield event.data.message
    if (event.type !== 'test:pass' && event.type !== 'test:fail') {
      if (event.type === 'test:summary' && event.data.file) yield fileLine(event.data.file, files)
      continue
    }
    const { data } = event
    if (data.details.type === 'suite') continue
    const file = data.file ?? data.name
    const tally = files.get(file) ?? { passed: 0, failed: 0, millis: 0 }
    files.set(file, tally)
    if (data.nesting === 0) tally.millis += data.details.duration_ms
    if (data.skip !== undefined || data.todo !== undefined) total.skipped++
    else if (event.type === 'test:pass') {
      total.passed++
      tally.passed++
    } else {
      total.failed++
      tally.failed++
      const failure = `✖ ${place(file)}:${data.line} ${data.name}\n${reason(event.data.details.error)}`
      failures.push(failure)
      yield `${failure}\n`
    }
  }
  if (failures.length > 3) yield `\nFailed:\n${failures.map((failure) => failure.split('\n')[0]).join('\n')}\n`
  const skipped = total.skipped ? `, ${total.skipped} skipped` : ''
  yield `${total.passed} passed, ${total.failed} failed${skipped}\n`
}

function fileLine(file: string, files: Map<string, FileTally>): string {
  const { passed, failed, millis } = files.get(file) ?? { passed: 0, failed: 0, millis: 0 }
  return `${failed ? '✖' : '✔'} ${place(file)}  ${passed} passed${failed ? `, ${failed} failed` : ''}  ${Math.round(millis)} ms\n`
}

const place = (file: string) => relative(process.cwd(), file) || file

/** The wrapper of node:test only repeats what the cause says. */
function reason(error: Error & { cause?: unknown }): string {
  const cause = error.cause ?? error
  const text = cause instanceof Error ? inspect(cause, { depth: 6 }) : String(cause)
  return text.replace(/^/gm, '    ')
}

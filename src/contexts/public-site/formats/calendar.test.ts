import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import ICAL from 'ical.js'
import { randomHistory } from '#test/random-history'
import { nextUpdateCalendar } from './calendar.ts'
import { updatesFeed } from './updates.ts'

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  assert.equal(calendar.name, 'vcalendar')
  const events = calendar.getAllSubcomponents('vevent')
  assert.equal(events.length, 1, 'one event, whatever was typed')
  return { calendar, event: new ICAL.Event(events[0]!), raw: events[0]! }
}

test('a calendar is read back as it was meant: one event, with the promise, its words and the revision', () => {
  fc.assert(
    fc.property(randomHistory('hostile'), ({ facts, issue }) => {
      const { calendar, event, raw } = read(nextUpdateCalendar(facts, issue))
      assert.equal(calendar.getFirstPropertyValue('version'), '2.0')
      assert.ok(calendar.getFirstPropertyValue('prodid'))
      assert.equal(calendar.getFirstPropertyValue('x-holdfast-revision'), String(issue.revision))
      assert.equal(event.sequence, issue.revision)
      const start = facts.nextUpdate?.at ?? Date.parse(facts.changedAt)
      assert.equal(event.startDate.toJSDate().getTime(), Math.floor(start / 1000) * 1000)
      assert.equal(raw.getFirstPropertyValue('status'), facts.nextUpdate ? 'CONFIRMED' : 'CANCELLED')
      const stamp = raw.getFirstPropertyValue('dtstamp') as InstanceType<typeof ICAL.Time>
      assert.equal(stamp.toJSDate().getTime(), Math.floor(issue.madeAt / 1000) * 1000)
      const { subtitle } = updatesFeed(facts, issue, 'updates.atom')
      assert.equal(event.description, subtitle)
      assert.equal(event.summary.startsWith('EXERCISE: '), facts.exercise)
    }),
    { numRuns: 40 },
  )
})

test('no line is longer than 75 octets, each ends in CRLF, and no character is cut in two', () => {
  fc.assert(
    fc.property(randomHistory('hostile'), ({ facts, issue }) => {
      const text = nextUpdateCalendar(facts, issue)
      const bytes = Buffer.from(text)
      assert.ok(text.endsWith('END:VCALENDAR\r\n'))
      for (const line of text.split('\r\n')) {
        assert.ok(Buffer.byteLength(line) <= 75, line)
        assert.doesNotMatch(line, /\p{Cc}/u)
        assert.ok(line.isWellFormed())
      }
      assert.equal(bytes.toString(), text)
    }),
    { numRuns: 40 },
  )
})

test('the event keeps its name while its time moves, and a later revision outweighs an earlier one', () => {
  fc.assert(
    fc.property(randomHistory('plain'), ({ before, issue }) => {
      const events = before.map((facts, position) =>
        read(nextUpdateCalendar(facts, { ...issue, revision: issue.revision + position })),
      )
      assert.equal(new Set(events.map(({ event }) => event.uid)).size <= 1, true)
      for (const [position, { event }] of events.entries())
        if (position > 0) assert.ok(event.sequence > events[position - 1]!.event.sequence)
    }),
    { numRuns: 40 },
  )
})

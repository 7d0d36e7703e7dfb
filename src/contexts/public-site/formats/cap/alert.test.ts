import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { memoryPages, validateXML } from 'xmllint-wasm'
import { type RandomHistory, randomHistory } from '#test/random-history'
import { capAlert } from './alert.ts'
import { type AlertMessage, alertMessages } from './messages.ts'

const schema = readFileSync(new URL('./cap-1.2.xsd', import.meta.url), 'utf8')
const alertsOf = ({ facts, issue }: RandomHistory) =>
  alertMessages(facts).map((message) => ({ message, text: capAlert(facts, message, issue) }))

async function schemaErrors(texts: readonly string[]): Promise<string[]> {
  const xml = texts.map((contents, position) => ({ fileName: `${position}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema, maxMemoryPages: memoryPages.GiB })
  return errors.map(({ rawMessage }) => rawMessage.slice(0, 300))
}

test('every alert fits the standard’s order, counts, values and times, whatever was typed', async () => {
  const texts = fc.sample(randomHistory('hostile'), 150).flatMap((one) => alertsOf(one).map(({ text }) => text))
  assert.ok(texts.length > 10, `${texts.length} alerts`)
  assert.deepEqual(await schemaErrors(texts), [])
  const sound = texts[0]!
  const wrongTimes = ['2025-11-25T06:30:00Z', '2025-11-25T06:30:00.000-00:00', '2025-11-25T06:30:00']
  const spoilt = [
    ...wrongTimes.map((time) => sound.replace(/<sent>[^<]*/, `<sent>${time}`)),
    sound.replace(/(<sender>.*?<\/sender>)(<sent>.*?<\/sent>)/, '$2$1'),
    sound.replace('<severity>', '<severity>Bad '),
    sound.replace(/<areaDesc>.*<\/areaDesc>/, ''),
    sound.replace('<identifier>', '<identifier>a b'),
  ]
  const found = await Promise.all(spoilt.map((text) => schemaErrors([text])))
  for (const [position, errors] of found.entries()) assert.notDeepEqual(errors, [], spoilt[position]!.slice(0, 300))
})

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** The texts of an element, in order. */
function all(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, inside]) =>
    inside!.replace(/&(\w+);/g, (_, entity: string) => ENTITIES[entity]!),
  )
}
const one = (text: string, name: string) => all(text, name)[0] ?? null
const time = (text: string, name: string) => Date.parse(one(text, name)!)

/** Beyond the schema: what validators of alerts ask for. Each says what is wrong with a text, or nothing. */
const RULES: Readonly<Record<string, (text: string, earlier: readonly string[]) => unknown>> = {
  'identifier and sender hold no space, comma, < or &': (text) =>
    /[\s,<&]/.test(`${one(text, 'identifier')}${one(text, 'sender')}`),
  'an identifier is given once': (text, earlier) =>
    earlier.some((other) => one(other, 'identifier') === one(text, 'identifier')),
  'a restriction goes with the scope Restricted only': (text) => text.includes('<restriction>'),
  'addresses go with the scope Private only': (text) => text.includes('<addresses>'),
  'the scope is Public': (text) => one(text, 'scope') !== 'Public',
  'Update and Cancel have references, an Alert has none': (text) =>
    (one(text, 'references') === null) !== (one(text, 'msgType') === 'Alert'),
  'each reference is sender,identifier,sent of an earlier message': (text, earlier) => {
    const known = earlier.map((other) => ['sender', 'identifier', 'sent'].map((name) => one(other, name)).join())
    return (one(text, 'references') ?? '').split(' ').some((reference) => reference && !known.includes(reference))
  },
  'no reference is later than the message': (text) =>
    (one(text, 'references') ?? '')
      .split(' ')
      .some((reference) => reference && Date.parse(reference.split(',')[2]!) > time(text, 'sent')),
  'there is information': (text) => !text.includes('<info>'),
  'the language is British English': (text) => one(text, 'language') !== 'en-GB',
  'a headline has at most 160 characters': (text) => [...(one(text, 'headline') ?? '')].length > 160,
  'headline, description, sender’s name and event are not empty': (text) =>
    ['headline', 'description', 'senderName', 'event'].some((name) => !one(text, name)?.trim()),
  'it expires after it was sent': (text) => time(text, 'expires') <= time(text, 'sent'),
  'it is in effect from when it was sent': (text) => time(text, 'effective') !== time(text, 'sent'),
  'the web address is absolute': (text) => !/^https?:\/\/[^/]+\//.test(one(text, 'web')!),
  'no text holds HTML or entities': (text) =>
    ['headline', 'description', 'instruction', 'senderName', 'event', 'note', 'areaDesc'].some((name) =>
      all(text, name).some((words) => /<[^>]*>|&#?\w+;/.test(words)),
    ),
  'no control characters': (text) => /(?![\n\t])\p{Cc}/u.test(text),
  'one information block, so no two languages say the same': (text) => text.split('<info>').length !== 2,
  'an exercise has the status Exercise and says so in note, event and headline': (text) => {
    const marks = ['note', 'event', 'headline'].map((name) => one(text, name)?.startsWith('EXERCISE') ?? false)
    return one(text, 'status') === 'Exercise' ? marks.includes(false) : marks.includes(true)
  },
}

test('every alert keeps the rules that validators have beyond the schema', () => {
  fc.assert(
    fc.property(randomHistory('hostile'), (history) => {
      const earlier: string[] = []
      for (const { text } of alertsOf(history)) {
        for (const [rule, broken] of Object.entries(RULES)) assert.ok(!broken(text, earlier), `${rule}: ${text}`)
        earlier.push(text)
      }
    }),
    { numRuns: 40 },
  )
})

test('nobody can take computers that are off for danger to life: no severity, urgency or certainty sets off a siren', () => {
  fc.assert(
    fc.property(randomHistory('plain'), (history) => {
      for (const { text, message } of alertsOf(history)) {
        assert.deepEqual(all(text, 'category'), ['Infra'])
        assert.ok(['Minor', 'Moderate'].includes(one(text, 'severity')!))
        assert.ok(['Future', 'Past'].includes(one(text, 'urgency')!))
        assert.equal(one(text, 'certainty'), 'Observed')
        assert.equal(one(text, 'responseType'), message.type === 'Cancel' ? 'AllClear' : 'Monitor')
        assert.deepEqual(all(text, 'valueName'), history.facts.gss ? ['GSS'] : [])
        assert.deepEqual(all(text, 'value'), history.facts.gss ? ['E09000033'] : [])
        if (message.type === 'Alert') assert.equal(one(text, 'severity'), 'Moderate')
      }
    }),
    { numRuns: 60 },
  )
})

/** What somebody who reads every message believes to be in force. */
function believed(messages: readonly AlertMessage[]): AlertMessage[] {
  let active: AlertMessage[] = []
  for (const message of messages) {
    active = active.filter(({ identifier }) => !message.references.some((one) => one.identifier === identifier))
    if (message.type !== 'Cancel') active.push(message)
  }
  return active
}

test('whoever follows the chains believes what still stands: one alert an incident, its last version, none once it is over', () => {
  fc.assert(
    fc.property(randomHistory('plain'), ({ before }) => {
      /** Incidents with a chain that is open, by the plain definition, moment after moment. */
      const begun = new Set<string>()
      for (const [position, facts] of before.entries()) {
        const said = facts.statements.filter(({ audience, incident }) => audience === 'residents' && incident)
        const earlier = position === 0 ? 0 : before[position - 1]!.statements.length
        for (const version of facts.statements.slice(earlier))
          if (version.audience === 'residents' && version.services.some(({ level }) => level === 'stopped'))
            begun.add(version.incident!)
        const over = new Set(facts.incidents.flatMap(({ id, resolvedAt }) => (resolvedAt ? [id] : [])))
        const standing = new Map(
          said.filter(({ withdrawnAt }) => withdrawnAt === null).map((version) => [version.incident!, version]),
        )
        for (const id of begun) if (over.has(id) || !standing.has(id)) begun.delete(id)
        const expected = [...begun].map((id) => standing.get(id)!.entry).sort((a, b) => a - b)
        assert.deepEqual(
          believed(alertMessages(facts))
            .map(({ version }) => version.entry)
            .sort((a, b) => a - b),
          expected,
        )
      }
    }),
    { numRuns: 150 },
  )
})

test('a message that was sent never changes', () => {
  fc.assert(
    fc.property(randomHistory('plain'), ({ facts, issue, before }) => {
      const last = new Map(alertsOf({ facts, issue, before }).map(({ message, text }) => [message.identifier, text]))
      for (const earlier of before)
        for (const { message, text } of alertsOf({ facts: earlier, issue, before }))
          assert.equal(last.get(message.identifier), text)
    }),
    { numRuns: 60 },
  )
})

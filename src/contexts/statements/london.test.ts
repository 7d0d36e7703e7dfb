import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseInstant } from '#kernel'
import type { Read } from '#test/house'
import { LONDON, playLondon } from '#test/london'
import { draft } from './core/draft.ts'
import type { Audience, Wording } from './core/events.ts'
import { everyFact } from './core/fact-keys.ts'
import { PARTS } from './core/sentence.ts'
import { onlyOpenIncident } from './projections/drafts.ts'
import { liveFacts } from './projections/live-facts.ts'

const NOON = '2025-11-25T12:00:00Z'

async function published(house: Read, organisation: string, audience: Audience): Promise<Read[]> {
  const { published: all } = await house.read(organisation, 'statements')
  return all.filter((one: Read) => one.audience === audience)
}
const whole = (wording: Wording) => PARTS.map((part) => wording[part]).join('\n')

/** What the memo to Westminster's staff of 25 November 2025 said, as public reporting has it. */
const MEMO: Record<string, RegExp> = {
  'all networks are shut as a precaution': /disconnected all our networks .*, as a precaution/,
  'systems are unlikely to be back before the end of the week': /unlikely to be available before the end of this week/,
  'Teams works': /These systems work: .*\bTeams\b/,
  'Outlook works': /These systems work: .*\bOutlook\b/,
  'adult social care runs as usual': /These services run as usual: .*\bAdult social care\b/,
  "children's social care runs as usual": /These services run as usual: .*\bChildren's social care\b/,
  'the Emergency Duty Team covers out of hours': /Out of hours, ring \S+ \S+ \S+ \(Emergency Duty Team/,
  'business continuity arrangements are triggered': /Business continuity arrangements have been triggered/,
  'executive directors and senior managers advise':
    /Executive directors and senior managers advise the service areas that are affected/,
  'residents and partners will wait longer': /Residents and partners will wait longer/,
}
/** And what the council said in public on that day. */
const PUBLIC: Record<string, RegExp> = {
  'the contact centre is affected': /These services have stopped: .*\bContact centre\b/,
  'online services such as Report It are affected': /These services have stopped: .*\bReport It\b/,
  'an e-mail address for emergencies only': /For emergencies only, e-mail emergencies@westminster\.example/,
}

test('the London exercise at noon on 25 November 2025', async (t) => {
  const house = await playLondon(t, NOON)
  await t.test(
    "the memo drafted for Westminster's staff says every fact of the real one, and the public statement its own",
    async () => {
      const [memo] = await published(house, 'westminster', 'staff')
      for (const [fact, words] of Object.entries(MEMO)) assert.match(whole(memo.wording), words, fact)
      const [statement] = await published(house, 'westminster', 'residents')
      for (const [fact, words] of Object.entries(PUBLIC)) assert.match(whole(statement.wording), words, fact)
      for (const one of [memo, statement]) assert.match(one.wording.headline, /^EXERCISE: /)
    },
  )

  await t.test(
    'every sentence drafted for any of the four councils stands on a recorded fact, and says no service to be what it is not',
    async () => {
      const { models } = house.journal
      for (const council of ['westminster', 'rbkc', 'hammersmith-and-fulham', 'hackney']) {
        const incident = onlyOpenIncident(models, council)
        const facts = liveFacts(models, council, parseInstant(NOON)!, { incident, promised: null })
        const recorded = everyFact(facts)
        const { drafted, facts: linked } = draft(facts)
        for (const wording of Object.values(drafted))
          for (const part of PARTS)
            for (const { text, facts: on } of wording[part]) {
              assert.ok(on.length > 0, text)
              for (const fact of on)
                assert.ok(recorded.has(fact) && linked.some((one) => one.fact === fact), `${text} ${fact}`)
            }
        // Held against the impact query, which knows nothing of statements.
        const { nodes } = await house.read(council, 'impact')
        const { services } = await house.read(council, 'estate')
        const said = { 'have stopped': 'stopped', 'are limited': 'degraded', 'run as usual': 'normal' }
        let found = 0
        for (const wording of Object.values(drafted))
          for (const { text } of wording.known)
            for (const [words, level] of Object.entries(said))
              if (text.startsWith(`These services ${words}: `))
                for (const { id, name } of services)
                  if (new RegExp(`[:;,] (${name}|.* and ${name})(;|,|\\.$| and )`).test(text)) {
                    found += 1
                    assert.equal(nodes[id].level, level, `${council} ${name}: ${text}`)
                  }
        assert.ok(found > 40 || council === 'hackney', `${council} ${found}`)
      }
    },
  )

  await t.test(
    'what no record says is not said: without routes, lines and estimates, none of their words are there',
    async () => {
      const { models } = house.journal
      const incident = onlyOpenIncident(models, 'westminster')
      const facts = liveFacts(models, 'westminster', parseInstant(NOON)!, { incident, promised: null })
      const bare = {
        ...facts,
        routes: [],
        lines: [],
        nextUpdate: null,
        isolations: facts.isolations.map((one) => ({ ...one, expected: null })),
      }
      for (const wording of Object.values(draft(bare).wordings)) {
        assert.doesNotMatch(
          whole(wording),
          /999|Emergency Duty Team, |triggered|advise|longer|unlikely|chance|Next update|@/,
        )
        assert.match(wording.notKnown, /Nobody can say yet when/)
      }
    },
  )

  await t.test(
    'Kensington and Chelsea says it short at 13:10 and corrects it at 10:51; Hackney warns its staff of phishing',
    async () => {
      const [first, second] = await published(house, 'rbkc', 'residents')
      assert.deepEqual(
        [first.version, first.publishedAt, second.version, second.publishedAt],
        [1, '2025-11-24T13:10:00.000Z', 2, '2025-11-25T10:51:00.000Z'],
      )
      assert.match(first.wording.known, /"a serious IT issue"/)
      assert.match(second.whatChanged, /internet connection/)
      const [memo] = await published(house, 'hackney', 'staff')
      assert.match(memo.wording.advice, /phishing and social engineering/)
      assert.match(memo.wording.doing, /critical/)
      assert.match(memo.wording.known, /All 53 services are running as usual/)
    },
  )

  await t.test('in the exercise too, whoever drafted does not publish', async () => {
    const by = (name: string) =>
      ({ role: 'communications', actor: { kind: 'exercise', id: LONDON, by: name } }) as const
    const { statement } = await house.give('hackney', 'statements.draft', {}, by('one'))
    const refused = await house.refused('hackney', 'statements.publish', { statement }, by('one'))
    assert.equal(refused.refused, 'second-person-needed')
    await house.give('hackney', 'statements.publish', { statement }, by('two'))
  })
})

import type { Frame, PageRequest } from '#command'
import type { Refusal } from '#kernel'
import {
  type BackLinkOptions,
  type ButtonOptions,
  type ErrorSummaryOptions,
  formErrors,
  type TagOptions,
  type TextareaOptions,
  type WarningTextOptions,
} from '#platform/views'
import type { Today } from '../core/decide-publish.ts'
import type { Audience, Wording } from '../core/events.ts'
import { type Broken, brokenOf } from '../core/fact-keys.ts'
import { sayFact, sayNow, sayWas } from '../core/say-broken.ts'
import type { Draft, Statement } from '../core/statement-state.ts'
import type { Deed } from '../projections/drafts.ts'
import type { PublishedVersion } from '../projections/published.ts'
import { factHref } from './fact-href.ts'
import { type Deeds, history } from './history.ts'
import { AUDIENCE_WORDS, sayAt, speaks, statementPath, statementsPath } from './place.ts'
import type { Link } from './records.view.ts'

export interface StatementFacts {
  readonly request: PageRequest
  readonly known: Statement
  readonly versions: readonly PublishedVersion[]
  readonly deeds: readonly Deed[]
  readonly today: Today
  readonly refusal: Refusal | null
  /** What was typed as the reason, where publishing was refused. */
  readonly reason: string
}

interface PublishForm {
  readonly action: string
  readonly seen: string | null
  readonly button: ButtonOptions
}

interface VoiceView {
  readonly id: Audience
  readonly audience: string
  readonly tag: TagOptions
  readonly notes: readonly string[]
  readonly headline: string | null
  readonly parts: readonly { readonly heading: string; readonly lines: readonly string[] }[]
  readonly facts: readonly { readonly text: string; readonly href: string | null; readonly broken: string | null }[]
  readonly publish: PublishForm | null
  readonly links: readonly Link[]
}

export interface StatementView {
  readonly frame: Frame
  readonly title: string
  readonly heading: string
  readonly about: string
  readonly back: BackLinkOptions
  readonly errors: ErrorSummaryOptions | null
  readonly broken: readonly { readonly fact: string; readonly was: string; readonly now: string }[]
  readonly publish:
    | (PublishForm & { readonly warning: WarningTextOptions | null; readonly reason: TextareaOptions | null })
    | null
  readonly voices: readonly VoiceView[]
  readonly withdraw: Link | null
  readonly history: Deeds
}

export function statementView(facts: StatementFacts): StatementView {
  const { request, known, today, refusal } = facts
  const { frame } = request
  const waiting = [...known.voices].flatMap(([, { draft }]) => (draft ? [draft] : []))
  const linked = new Map(waiting.flatMap((draft) => draft.facts.map((one) => [one.fact, one])))
  const broken = brokenOf([...linked.values()], today.facts, today.at)
  const out = [...known.voices.values()].some(({ versions, withdrawn }) => versions > 0 && !withdrawn)
  const heading = `Statement ${known.statement}`
  return {
    frame,
    title: `${refusal ? 'Error: ' : ''}${heading}`,
    heading,
    about: known.incident ? 'About an incident.' : 'About the council as a whole.',
    back: { href: statementsPath(frame), text: 'Back to statements' },
    errors: refusal && formErrors(refusal, {}).summary,
    broken: broken.map((one) => inWords(one, today)),
    publish: waiting.length > 0 && speaks(request) ? publishAll(facts, waiting, broken.length) : null,
    voices: [...known.voices.keys()].map((audience) => voiceView(facts, audience)),
    withdraw:
      speaks(request) && (out || waiting.length > 0)
        ? { href: `${statementPath(frame, known.statement)}/withdraw`, text: 'Withdraw it, or drop the draft' }
        : null,
    history: history(facts.deeds, request),
  }
}

function inWords(one: Broken, { nameOf }: Today) {
  return { fact: sayFact(one.fact, nameOf), was: sayWas(one.fact, one.was), now: sayNow(one) }
}

function isOwn({ request }: StatementFacts, draft: Draft): boolean {
  const me = JSON.stringify(request.reader.caller.actor)
  return [draft.draftedBy, draft.rewordedBy].some((actor) => actor && JSON.stringify(actor) === me)
}

function publishAll(facts: StatementFacts, waiting: readonly Draft[], broken: number): StatementView['publish'] {
  const { request, known, today, reason } = facts
  const own = waiting.some((draft) => isOwn(facts, draft))
  return {
    action: `${statementPath(request.frame, known.statement)}/publish`,
    seen: broken > 0 ? today.digest : null,
    warning:
      broken > 0
        ? {
            text: 'Some of what it stands on no longer holds, as listed above. Reword it, or publish it as it is.',
            iconFallbackText: 'Warning',
          }
        : null,
    reason: own
      ? {
          name: 'reason',
          id: 'reason',
          rows: 2,
          value: reason,
          label: { text: 'If it cannot wait for a second person: why?', classes: 'govuk-label--s' },
          hint: { text: 'You drafted or reworded some of it. The reason is recorded, and shown with the statement.' },
        }
      : null,
    button: {
      text: waiting.length === 1 ? 'Publish it' : `Publish to all ${waiting.length} audiences`,
      preventDoubleClick: true,
      classes: 'govuk-button--warning',
    },
  }
}

const PARTS: readonly (readonly [keyof Wording, string])[] = [
  ['known', 'What we know'],
  ['notKnown', 'What we do not know yet'],
  ['doing', 'What we are doing'],
  ['advice', 'What you should do'],
  ['next', 'When and where you hear more'],
]

function voiceView(facts: StatementFacts, audience: Audience): VoiceView {
  const { request, known, versions, today } = facts
  const { draft, withdrawn } = known.voices.get(audience)!
  const out = versions.findLast((one) => one.audience === audience) ?? null
  const wording = draft ? draft.wording : out?.wording
  const here = statementPath(request.frame, known.statement)
  const broken = new Map(brokenOf(draft?.facts ?? [], today.facts, today.at).map((one) => [one.fact, one]))
  const may = speaks(request)
  const own = draft !== null && isOwn(facts, draft)
  return {
    id: audience,
    audience: AUDIENCE_WORDS[audience],
    tag: tagOf(draft, out, withdrawn),
    notes: notesOf(facts, draft, out),
    headline: wording?.headline ?? (draft || out ? 'The words have been erased.' : null),
    parts: PARTS.flatMap(([part, heading]) => {
      const lines = (wording?.[part] ?? '').split('\n').filter((line) => line.trim() !== '')
      return lines.length > 0 ? [{ heading, lines }] : []
    }),
    facts: (draft?.facts ?? []).map(({ fact }) => {
      const one = broken.get(fact)
      const words = one && inWords(one, today)
      return {
        text: sayFact(fact, today.nameOf),
        href: factHref(fact, request),
        broken: words ? `It ${words.was}; ${words.now}.` : null,
      }
    }),
    publish:
      draft && may && !own && known.voices.size > 1
        ? {
            action: `${here}/publish`,
            seen: broken.size > 0 ? today.digest : null,
            button: {
              text: `Publish to ${AUDIENCE_WORDS[audience].toLowerCase()} only`,
              classes: 'govuk-button--secondary',
              preventDoubleClick: true,
            },
          }
        : null,
    links: may
      ? [
          ...(draft ? [{ href: `${here}/${audience}/reword`, text: 'Reword' }] : []),
          ...(out ? [{ href: `${here}/${audience}/correct`, text: 'Draft a correction' }] : []),
        ]
      : [],
  }
}

function tagOf(draft: Draft | null, out: PublishedVersion | null, withdrawn: boolean): TagOptions {
  if (draft) return { text: out ? 'Correction waits' : 'Draft', classes: 'govuk-tag--blue' }
  if (withdrawn) return { text: 'Withdrawn', classes: 'govuk-tag--grey' }
  return out
    ? { text: `Version ${out.version} is out`, classes: 'govuk-tag--green' }
    : { text: 'Nothing', classes: 'govuk-tag--grey' }
}

function notesOf({ request }: StatementFacts, draft: Draft | null, out: PublishedVersion | null): string[] {
  if (!draft)
    return out
      ? [`Published at ${sayAt(out.publishedAt)}.${out.whatChanged ? ` What changed: ${out.whatChanged}` : ''}`]
      : []
  return [
    `Drafted by ${request.who(draft.draftedBy)}.${draft.rewordedBy ? ` Reworded by ${request.who(draft.rewordedBy)}.` : ''}`,
    ...(draft.whatChanged ? [`What changed: ${draft.whatChanged}`] : []),
  ]
}

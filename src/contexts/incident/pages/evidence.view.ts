import type { Frame, SayWho } from '#command'
import type { Actor } from '#kernel'
import type { BackLinkOptions, SummaryListOptions, TextareaOptions } from '#platform/views'
import { sayTime } from '#platform/words'
import type { Evidence } from './evidence-answer.ts'
import { home } from './place.ts'
import { counted } from './say.ts'

export interface EvidenceFacts {
  readonly frame: Frame
  readonly who: SayWho
  readonly evidence: Evidence
}

export interface EvidenceView {
  readonly frame: Frame
  readonly title: string
  readonly back: BackLinkOptions
  readonly facts: SummaryListOptions
  readonly verbatim: readonly TextareaOptions[]
  readonly size: string
  readonly published: string
}

export function evidenceView({ frame, who, evidence }: EvidenceFacts): EvidenceView {
  const { number, leaf, size, root, checkpoint, proof, keys } = evidence
  const entry = JSON.parse(leaf) as {
    type: string
    occurredAt: string
    reportedAt: string | null
    recordedAt: string
    actor: Actor
    sealed: Record<string, string>
  }
  const row = (key: string, text: string) => ({ key: { text: key }, value: { text } })
  const words = Object.keys(entry.sealed)
  return {
    frame,
    title: `Evidence for journal entry ${number}`,
    back: { href: `${home(frame)}/timeline`, text: 'Timeline' },
    facts: {
      rows: [
        row('Kind', entry.type),
        row('Happened', sayTime(Date.parse(entry.occurredAt))),
        ...(entry.reportedAt ? [row('Reported to us', sayTime(Date.parse(entry.reportedAt)))] : []),
        row('Recorded', `${sayTime(Date.parse(entry.recordedAt))}, by ${who(entry.actor)}`),
        row(
          'Words that people typed',
          words.length > 0 ? `${words.join(', ')}: kept apart, so that they can be erased` : 'None',
        ),
        row('Fingerprint of the journal', root),
      ],
    },
    size: counted(size, 'entry', 'entries'),
    published: `/${frame.organisation.slug}/log/checkpoint`,
    verbatim: [
      area('proof', 'Proof', 'A C2SP tlog-proof file. It ends with the checkpoint.', proof),
      area('checkpoint', 'Checkpoint', 'A signed note, as the log publishes it.', checkpoint),
      area('leaf', 'Leaf', 'The entry as it is hashed: RFC 8785 canonical JSON.', leaf),
      area('log-key', 'Key of this log', 'Take it from whoever runs the log, and not from this page alone.', keys.log),
      area('witness-key', 'Key of this installation as a witness', 'A verifier key.', keys.witness),
    ],
  }
}

/** Text areas keep every line break, and can be selected whole from a keyboard. */
function area(id: string, label: string, hint: string, value: string): TextareaOptions {
  return {
    id,
    name: id,
    value,
    label: { text: label, classes: 'govuk-label--m' },
    hint: { text: hint },
    rows: Math.min(12, value.split('\n').length + Math.floor(value.length / 120)),
    classes: 'hf-fingerprint',
    spellcheck: false,
    attributes: { readonly: 'readonly' },
  }
}

import type { Failure, Reason, State } from './life.ts'

const REASONS: Record<Reason, string> = {
  exercise: 'It belongs to an exercise, and this installation sends nothing of exercises.',
  stopped: 'It was stopped by somebody here.',
  erased: 'The person asked to be forgotten.',
  'too-late': 'It could not be sent for three days, and was given up.',
  restored: 'It waited when the backup was made that was restored here: it may have been sent since.',
}

const ANSWERS: readonly (readonly [RegExp, string])[] = [
  [/^address-malformed$/, 'The address cannot be one.'],
  [/^not-readable$/, 'It can no longer be read here: the key has changed, or its words have been forgotten.'],
  [/^exercise$/, REASONS.exercise],
  [/^nobody-left$/, 'Holdfast ended while it was being handed over.'],
  [/^not-prepared$/, 'It could not be made ready. The log says more.'],
  [/^too-long$/, 'It is too long for this channel.'],
  [/^smtp-5(50|51|53)$/, 'The mail server says that there is no such mailbox, or refuses it.'],
  [/^smtp-552$/, 'The mailbox is full, or the message too large.'],
  [/^smtp-5/, 'The mail server refused it for good.'],
  [/^smtp-EAUTH$/, 'The mail server does not accept our user name and password.'],
  [/^smtp-4/, 'The mail server asked to come back later, again and again.'],
  [/^smtp-/, 'The connection to the mail server broke.'],
  [/^notify-permanent-failure$/, 'GOV.UK Notify: there is no such mailbox or telephone number.'],
  [/^notify-temporary-failure$/, 'GOV.UK Notify: the mailbox is full, or the telephone was off for days.'],
  [/^notify-technical-failure$/, 'GOV.UK Notify could not send it, for a reason of its own.'],
  [/^notify-validation-failed$/, 'GOV.UK Notify: a message cannot be sent to it: a safelist, or an opt-out.'],
  [/^notify-403$/, 'GOV.UK Notify refuses our key, or the clock of this machine is wrong.'],
  [/^notify-429$/, 'GOV.UK Notify: over the limit of messages.'],
  [/^notify-4/, 'GOV.UK Notify refused it: check its template and the address.'],
  [/^notify-absent$/, 'GOV.UK Notify never got it.'],
  [/^notify-/, 'GOV.UK Notify did not answer.'],
  [/^push-(404|410)$/, 'The browser has ended its subscription.'],
  [/^push-address$/, 'The address of the push service is not one that may be called from here.'],
  [/^push-/, 'The push service did not take it.'],
  [/^x-403$/, 'X refused it: a duplicate, or our account may not post.'],
  [/^x-401$/, 'X does not accept our keys.'],
  [/^x-/, 'X did not take it.'],
]

/** Why it stands as it does, in a sentence; null where its state says all. */
export function explain(one: { state: State; reason: Reason | null; failure: Failure | null; answer: string | null }) {
  const { state, reason, answer } = one
  const known = reason
    ? REASONS[reason]
    : answer && (state === 'failed' || state === 'unknown')
      ? (ANSWERS.find(([pattern]) => pattern.test(answer))?.[1] ?? 'It was not taken.')
      : null
  if (state !== 'unknown') return known
  return `It was handed over, and the answer was lost: it may have arrived.${known ? ` ${known}` : ''}`
}

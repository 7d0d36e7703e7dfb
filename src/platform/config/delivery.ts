import { decimal, httpUrl, oneOf, text } from './values.ts'

/** How messages leave: a channel is set up where its variables are. */
export interface DeliveryConfig {
  readonly smtp: { readonly url: string; readonly from: string } | null
  readonly notify: {
    readonly key: string
    readonly url: string
    readonly emailTemplate: string | null
    readonly smsTemplate: string | null
    /** What GOV.UK Notify shows when it calls back with a receipt. */
    readonly callbackToken: string | null
  } | null
  /** Whom a push service writes to when it has trouble with us: `mailto:` or `https:`. */
  readonly pushContact: string | null
  readonly x: { readonly url: string; readonly keys: readonly [string, string, string, string] } | null
  /** Hand-overs a second at most, for the whole installation. */
  readonly rates: { readonly smtp: number; readonly notify: number; readonly push: number }
  /** Hand-overs under way at once at most, for each channel of the whole installation. */
  readonly atOnce: number
  /** How often one delivery is tried before it becomes a dead letter. */
  readonly attempts: number
  /** Whether messages of exercises leave at all. */
  readonly exercises: 'on' | 'off'
}

/** As it is where nothing is set. */
export const NO_DELIVERY: DeliveryConfig = readDelivery(
  (_name, fallback) => fallback,
  () => {},
)

type Take = <T>(name: string, fallback: T, read: (value: string) => T | Error) => T

/** `incomplete` is told what is missing beside what is given. */
export function readDelivery(take: Take, incomplete: (name: string, detail: string) => void): DeliveryConfig {
  const smtpUrl = take<string | null>('HOLDFAST_SMTP_URL', null, smtpAddress)
  const from = take<string | null>('HOLDFAST_MAIL_FROM', null, mailbox)
  const key = take<string | null>('HOLDFAST_NOTIFY_KEY', null, notifyKey)
  const emailTemplate = take<string | null>('HOLDFAST_NOTIFY_EMAIL_TEMPLATE', null, uuid)
  const smsTemplate = take<string | null>('HOLDFAST_NOTIFY_SMS_TEMPLATE', null, uuid)
  const callbackToken = take<string | null>('HOLDFAST_NOTIFY_CALLBACK_TOKEN', null, longSecret)
  const notifyUrl = take('HOLDFAST_NOTIFY_URL', 'https://api.notifications.service.gov.uk', httpUrl)
  const keys = take<readonly [string, string, string, string] | null>('HOLDFAST_X_KEYS', null, fourKeys)
  const xUrl = take('HOLDFAST_X_URL', 'https://api.x.com', httpUrl)
  if (smtpUrl !== null && from === null) incomplete('HOLDFAST_MAIL_FROM', 'must be set beside HOLDFAST_SMTP_URL')
  if (key !== null && emailTemplate === null && smsTemplate === null)
    incomplete(
      'HOLDFAST_NOTIFY_EMAIL_TEMPLATE',
      'or HOLDFAST_NOTIFY_SMS_TEMPLATE must be set beside HOLDFAST_NOTIFY_KEY',
    )
  return {
    smtp: smtpUrl !== null && from !== null ? { url: smtpUrl, from } : null,
    notify: key === null ? null : { key, url: notifyUrl, emailTemplate, smsTemplate, callbackToken },
    pushContact: take<string | null>('HOLDFAST_PUSH_CONTACT', null, contact),
    x: keys && { url: xUrl, keys },
    rates: {
      smtp: take('HOLDFAST_SMTP_RATE', 20, decimal(1, 10_000)),
      notify: take('HOLDFAST_NOTIFY_RATE', 45, decimal(1, 10_000)),
      push: take('HOLDFAST_PUSH_RATE', 50, decimal(1, 10_000)),
    },
    atOnce: take('HOLDFAST_DELIVERIES_AT_ONCE', 10, decimal(1, 200)),
    attempts: take('HOLDFAST_DELIVERY_ATTEMPTS', 8, decimal(1, 50)),
    exercises: take('HOLDFAST_EXERCISE_DELIVERY', 'off', oneOf(['on', 'off'] as const)),
  }
}

/** For people: what is secret is only said to be there. */
export function describeDelivery(config: DeliveryConfig): Record<string, string | number> {
  const { smtp, notify, pushContact, x, rates } = config
  const hidden = (there: unknown) => (there ? '(set)' : '(not set)')
  return {
    smtp: smtp ? smtp.url.replace(/\/\/[^@/]*@/, '//***@') : '(not set)',
    mailFrom: smtp?.from ?? '(not set)',
    notifyKey: hidden(notify),
    notifyUrl: notify?.url ?? '(not set)',
    notifyEmailTemplate: notify?.emailTemplate ?? '(not set)',
    notifySmsTemplate: notify?.smsTemplate ?? '(not set)',
    notifyCallbackToken: hidden(notify?.callbackToken),
    pushContact: pushContact ?? '(not set)',
    xKeys: hidden(x),
    smtpRate: rates.smtp,
    notifyRate: rates.notify,
    pushRate: rates.push,
    deliveriesAtOnce: config.atOnce,
    deliveryAttempts: config.attempts,
    exerciseDelivery: config.exercises,
  }
}

function smtpAddress(value: string): string | Error {
  const url = URL.parse(value)
  return url && /^smtps?:$/.test(url.protocol) && url.hostname !== ''
    ? value
    : new Error('must be an address such as smtps://user:password@mail.example.org')
}

function mailbox(value: string): string | Error {
  return /^(?:[^<>@\p{Cc}]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/u.test(value)
    ? value
    : new Error('must be an e-mail address, such as Example Council <updates@example.gov.uk>')
}

/** A name, then service and secret, both UUIDs; the name tells test keys from live ones. */
function notifyKey(value: string): string | Error {
  return new RegExp(`${UUID}-${UUID}$`).test(value) ? value : new Error('must be an API key of GOV.UK Notify')
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

function uuid(value: string): string | Error {
  return new RegExp(`^${UUID}$`).test(value) ? value : new Error('must be the id of a template, a UUID')
}

function longSecret(value: string): string | Error {
  return /^[\x21-\x7e]{20,200}$/.test(value) ? value : new Error('must be 20 to 200 letters and digits, made at random')
}

function contact(value: string): string | Error {
  return /^mailto:[^\s@]+@[^\s@]+$/.test(value) || (/^https:\/\//.test(value) && URL.canParse(value))
    ? value
    : new Error('must be an address such as mailto:web@example.gov.uk')
}

function fourKeys(value: string): readonly [string, string, string, string] | Error {
  const parts = value.split(':')
  return parts.length === 4 && parts.every((part) => text(part) === part)
    ? (parts as unknown as readonly [string, string, string, string])
    : new Error('must be four parts with colons between: API key, API secret, access token, access secret')
}

/** What is sent, with `{{field}}` where a recipient's own word comes. */
export interface Words {
  readonly subject: string
  readonly text: string
  readonly html?: string
  readonly link?: string
  readonly unsubscribe?: string
}

type Values = Readonly<Record<string, string>>

const FIELD = /\{\{([A-Za-z][A-Za-z0-9_-]{0,63})\}\}/g

/** The fields that a content asks each recipient for. */
export function fieldsOf({ subject, text, html = '', link = '', unsubscribe = '' }: Words): ReadonlySet<string> {
  const all = [subject, text, html, link, unsubscribe].join('\n')
  return new Set([...all.matchAll(FIELD)].map(([, name]) => name!))
}

/** The content as one recipient gets it; what is filled in cannot become markup, a header or another address. */
export function fillIn(content: Words, values: Values): Words {
  const { subject, text, html, link, unsubscribe } = content
  const put = (into: string, shape: (value: string) => string) =>
    into.replace(FIELD, (_all, name: string) => shape(Object.hasOwn(values, name) ? values[name]! : ''))
  const same = (value: string) => value
  return {
    subject: oneLine(put(subject, same)),
    text: put(text, same),
    ...(html === undefined ? {} : { html: put(html, escapeHtml) }),
    ...(link === undefined ? {} : { link: put(link, encodeURIComponent) }),
    ...(unsubscribe === undefined ? {} : { unsubscribe: put(unsubscribe, encodeURIComponent) }),
  }
}

/** Whatever an exercise sends says so first, in every form of it. */
export function markExercise(content: Words): Words {
  const { subject, text, html } = content
  return {
    ...content,
    subject: `EXERCISE: ${subject}`,
    text: `EXERCISE. This is part of an exercise.\n\n${text}`,
    ...(html === undefined
      ? {}
      : {
          html: html.replace(
            /(<body[^>]*>|^(?![\s\S]*<body))/i,
            '$1<p><strong>EXERCISE.</strong> This is part of an exercise.</p>',
          ),
        }),
  }
}

function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what would end a header
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim()
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
}

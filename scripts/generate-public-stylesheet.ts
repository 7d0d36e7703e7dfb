/**
 * Writes src/platform/views/public.css: of govuk-frontend's stylesheet only the rules of the components that public
 * pages use, with our own colours and font stack, then own.css, site.css and print.css; and public-form.css, what public pages with a form need
 * beside it. The typeface and the colours of GOV.UK are not ours to wear.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { COLOURS } from '../src/platform/views/colours.ts'

const source = new URL('../node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css', import.meta.url)
const folder = new URL('../src/platform/views/', import.meta.url)

const USED = [
  'template',
  'template__body',
  'width-container',
  'main-wrapper',
  'skip-link',
  'generic-header',
  'generic-header__logo',
  'generic-header__homepage-link',
  'heading-xl',
  'heading-l',
  'heading-m',
  'body',
  'body-s',
  'link',
  'list',
  'list--bullet',
  'inset-text',
  'back-link',
  'table',
  'table__caption',
  'table__caption--m',
  'table__head',
  'table__header',
  'table__row',
  'table__body',
  'table__cell',
  'table__cell--numeric',
  'table__header--numeric',
  'footer',
  'footer__meta',
  'footer__meta-item',
  'footer__meta-item--grow',
  'visually-hidden',
  'skip-link-focusable-element',
  'summary-list',
  'summary-list__row',
  'summary-list__key',
  'summary-list__value',
]
const USED_BY_FORMS = [
  'heading-s',
  'button',
  'button--secondary',
  'button--warning',
  'checkboxes',
  'checkboxes__item',
  'checkboxes__input',
  'checkboxes__label',
  'checkboxes__hint',
  'checkboxes--small',
  'details',
  'details__summary',
  'details__summary-text',
  'details__text',
  'error-message',
  'error-summary',
  'error-summary__title',
  'error-summary__body',
  'error-summary__list',
  'fieldset',
  'fieldset__legend',
  'fieldset__legend--m',
  'form-group',
  'form-group--error',
  'hint',
  'input',
  'input--error',
  'input--width-20',
  'label',
  'label--s',
  'textarea',
]

interface Block {
  readonly head: string
  readonly body: string
}

function blocks(css: string): Block[] {
  const found: Block[] = []
  let from = 0
  for (let open = css.indexOf('{'); open >= 0; open = css.indexOf('{', from)) {
    let depth = 1
    let end = open + 1
    for (; depth > 0; end++)
      if (css[end] === '{') depth++
      else if (css[end] === '}') depth--
    found.push({ head: css.slice(from, open), body: css.slice(open + 1, end - 1) })
    from = end
  }
  return found
}

function isUsed(selector: string, used: readonly string[]): boolean {
  const classes = selector.match(/\.[\w-]+/g) ?? []
  return classes.length > 0 && classes.every((one) => used.includes(one.replace('.govuk-', '')))
}

function keep(css: string, used: readonly string[]): string {
  return blocks(css)
    .map(({ head, body }) => {
      // Theirs sets another typeface on paper, and prints the path behind each link, of secret links too.
      if (head.startsWith('@font-face') || head === ':root' || head === '@media print') return ''
      if (head.startsWith('@')) {
        const inside = keep(body, used)
        return inside && `${head}{${inside}}`
      }
      const selectors = head.split(/,(?![^(]*\))/).filter((one) => isUsed(one, used))
      return selectors.length > 0 ? `${selectors.join(',')}{${body}}` : ''
    })
    .join('')
}

const css = readFileSync(source, 'utf8')
  .replace(/^@charset[^;]*;/, '')
  .replace(/\/\*[\s\S]*?\*\//g, '')
const root = /:root\{(--govuk-brand-colour[^}]*|[^}]*--govuk-brand-colour[^}]*)\}/.exec(css)![1]!
const FORMS_ONLY = /error|success|input|inverse|hover-colour:#cecece/
const properties = root
  .split(';')
  .filter((line) => /-colour:/.test(line))
  .map((line) =>
    line.replace(/^--govuk-([\w-]+):.*$/, (whole, name: string) =>
      COLOURS[name] ? `--govuk-${name}:${COLOURS[name]}` : whole,
    ),
  )
const own = ['own.css', 'site.css', 'print.css']
  .map((name) =>
    readFileSync(new URL(name, folder), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/\s*\n\s*/g, ''),
  )
  .join('')
write(
  'public.css',
  properties.filter((line) => !FORMS_ONLY.test(line)),
  keep(css, USED),
  own,
)
// What public.css has already need not come twice.
const forms = keep(css, [...USED, ...USED_BY_FORMS])
const already = new Set(rulesOf(keep(css, USED)))
write(
  'public-form.css',
  properties.filter((line) => FORMS_ONLY.test(line)),
  rulesOf(forms)
    .filter((rule) => !already.has(rule))
    .join(''),
  '',
)

function rulesOf(text: string): string[] {
  return blocks(text).map(({ head, body }) => `${head}{${body}}`)
}

function write(file: string, variables: readonly string[], rules: string, after: string): void {
  const text =
    `:root{${variables.join(';')}}` +
    rules
      .replaceAll('GDS Transport,arial,sans-serif', 'arial,sans-serif')
      // A fallback of a custom property that :root always sets is dead weight, and one of GOV.UK's colours.
      .replace(/var\((--govuk-[\w-]+),[^()]*\)/g, 'var($1)')
      .replaceAll('-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale', '')
      .replaceAll('background:#0b0c0c', `background:${COLOURS['brand-colour']}`) +
    after
  for (const left of ['GDS', '#1d70b8', '@font-face', 'crown', '</'])
    if (text.includes(left)) throw new Error(`${file} still has ${left}`)
  writeFileSync(new URL(file, folder), text)
  console.log(`${file}: ${text.length} characters`)
}

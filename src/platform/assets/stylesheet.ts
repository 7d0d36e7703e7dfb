import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { COLOURS } from '../views/colours.ts'

const SOURCE = new URL('govuk-frontend.min.css', import.meta.resolve('govuk-frontend'))
const OWN = ['own.css', 'console.css', 'console-incident.css', 'console-picture.css', 'console-access.css'].map(
  (name) => new URL(`../views/${name}`, import.meta.url),
)

/** govuk-frontend's whole stylesheet in our colours and typeface, then our own rules. */
export function consoleStylesheet(): string {
  let css = readFileSync(fileURLToPath(SOURCE), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/@font-face\{[^}]*\}/g, '')
    .replace(/[^{}]*\{[^{}]*govuk-crest[^{}]*\}/g, '')
    .replace(/\.govuk-footer__crown\{[^}]*\}/g, '')
    .replaceAll('GDS Transport,arial,sans-serif', 'arial,sans-serif')
    .replaceAll('-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale', '')
    // Every custom property is set in :root, so that a fallback is only one more of GOV.UK's colours.
    .replaceAll('background-color:#1d70b8', 'background-color:var(--govuk-brand-colour)')
    .replace(/var\((--govuk-[\w-]+),[^()]*\)/g, 'var($1)')
  for (const [name, colour] of Object.entries(COLOURS))
    css = css.replace(new RegExp(`(--govuk-${name}:)[^;}]*`), `$1${colour}`)
  return css + OWN.map((file) => readFileSync(file, 'utf8')).join('')
}

/** Our own in place of GOV.UK's, by the names of govuk-frontend's custom properties. */
export const COLOURS: Readonly<Record<string, string>> = {
  'brand-colour': '#17494d',
  'link-colour': '#0b5563',
  'link-visited-colour': '#5a3a6e',
  'link-hover-colour': '#062f37',
  'focus-colour': '#ffd34d',
  'focus-text-colour': '#1b1b1b',
  'text-colour': '#1b1b1b',
  'link-active-colour': '#1b1b1b',
  'secondary-text-colour': '#50565a',
  'border-colour': '#b9c0c4',
  'template-background-colour': '#eef3f3',
  'surface-text-colour': '#1b1b1b',
  'surface-background-colour': '#eef3f3',
}

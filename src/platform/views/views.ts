import { fileURLToPath } from 'node:url'
import nunjucks from 'nunjucks'
import { assetPath } from '#platform/assets'
import { sayTime } from '#platform/words'

/** Pairs each template of a room with the type of its view model. */
export interface Views<Templates> {
  /** The page as HTML. Throws where the template is missing or broken. */
  render<Name extends keyof Templates & string>(template: Name, model: Templates[Name]): string
}

const HERE = fileURLToPath(new URL('.', import.meta.url))
const GOVUK = fileURLToPath(new URL('../', import.meta.resolve('govuk-frontend')))

/**
 * Templates in `folders` (first wins), in this folder (`layout.njk`) and govuk-frontend's own
 * (`govuk/components/tag/macro.njk`). `{{ asset('console.css') }}` is the address of a file of the console and
 * `{{ instant | time }}` says a time as people do. What a template prints is escaped unless it is SafeHtml.
 */
export function createViews<Templates>(folders: readonly URL[]): Views<Templates> {
  const paths = [...folders.map((folder) => fileURLToPath(folder)), HERE, GOVUK]
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(paths), {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  })
  environment.addGlobal('asset', assetPath)
  environment.addFilter('time', (at: string) => sayTime(Date.parse(at)))
  const compiled = new Map<string, nunjucks.Template>()
  return {
    render(name, model) {
      let template = compiled.get(name)
      if (!template) {
        template = environment.getTemplate(name, true)
        compiled.set(name, template)
      }
      return compact(template.render(model as object))
    },
  }
}

/** Macros leave half-empty lines behind. What was typed into a text area stays as it was typed, its lines countable. */
function compact(page: string): string {
  if (!page.includes('<textarea')) return dense(page)
  return page
    .split(/(<textarea[^>]*>[\s\S]*?<\/textarea>)/)
    .map((part, odd) => (odd % 2 === 1 ? keepFirstLine(part) : dense(part)))
    .join('')
}

/** Line by line: a regular expression over the whole page takes as long as rendering it. */
function dense(part: string): string {
  const lines = part.split('\n').map(withoutBlanksAtEnd)
  const last = lines.length - 1
  return lines.filter((line, place) => line !== '' || place === 0 || place === last).join('\n')
}

function withoutBlanksAtEnd(line: string): string {
  let end = line.length
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--
  return end === line.length ? line : line.slice(0, end)
}

/** Browsers leave out a line break that stands first in a text area. */
function keepFirstLine(area: string): string {
  return area.replace(/^(<textarea[^>]*>)\n/, '$1\n\n')
}

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
  // Styles inside a page are most of it, and have no such lines.
  const from = page.indexOf('</style>') + 1
  return page.slice(0, from) + compactMarkup(page.slice(from))
}

function compactMarkup(markup: string): string {
  return markup
    .split(/(<textarea[^>]*>[\s\S]*?<\/textarea>)/)
    .map((part, odd) => (odd % 2 === 1 ? keepFirstLine(part) : part.replace(/[ \t]+$/gm, '').replace(/\n{2,}/g, '\n')))
    .join('')
}

/** Browsers leave out a line break that stands first in a text area. */
function keepFirstLine(area: string): string {
  return area.replace(/^(<textarea[^>]*>)\n/, '$1\n\n')
}

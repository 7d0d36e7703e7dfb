import { estateTemplateText } from '#contexts/estate'
import { isSlug } from '#kernel'
import { print, text, UsageError, type Verb } from './verb.ts'

export const estateTemplate: Verb = {
  name: 'estate template',
  usage: '[--organisation SLUG] [--small] > estate.yaml',
  summary: "Print a typical council's estate to correct and import; everything in it is marked as an assumption.",
  options: { organisation: { type: 'string' }, small: { type: 'boolean' } },
  async run(values, more) {
    if (more.length > 0) throw new UsageError('it takes no file: redirect what it prints')
    const organisation = text(values, 'organisation') ?? 'my-council'
    if (!isSlug(organisation)) throw new UsageError(`${organisation} is not a short name such as westminster`)
    print(estateTemplateText(organisation, values.small ? 'small-council' : 'typical-council'))
    return 0
  },
}

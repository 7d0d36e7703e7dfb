import { describeConfig } from '#platform/config'
import { configOf } from './open.ts'
import { place, print, type Verb } from './verb.ts'

export const config: Verb = {
  name: 'config',
  usage: '[--data DIR]',
  summary: 'Print the configuration in force, without secrets.',
  options: { ...place, port: { type: 'string' }, host: { type: 'string' } },
  async run(values) {
    print(describeConfig(configOf(values)))
    return 0
  },
}

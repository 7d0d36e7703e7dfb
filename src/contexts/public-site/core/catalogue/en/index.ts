import { common } from './common.ts'
import { contact } from './contact.ts'
import { embed } from './embed.ts'
import { formats } from './formats.ts'
import { organisation } from './organisation.ts'
import { region } from './region.ts'
import { statements } from './statements.ts'
import { subscriptions } from './subscriptions.ts'
import { themes } from './themes.ts'

/** Every sentence that people outside read, in plain British English. */
export const en = {
  ...common,
  ...themes,
  ...organisation,
  ...statements,
  ...contact,
  ...region,
  ...embed,
  ...formats,
  ...subscriptions,
} as const

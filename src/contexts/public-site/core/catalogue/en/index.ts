import type { Text } from '../text.ts'
import { common } from './common.ts'
import { formats } from './formats.ts'

/** Every sentence that people outside read, in plain British English. */
export const en = { ...common, ...formats } as const satisfies Record<string, Text>

import type { Text } from '../text.ts'
import { common } from './common.ts'

/** Every sentence that people outside read, in plain British English. */
export const en = { ...common } as const satisfies Record<string, Text>

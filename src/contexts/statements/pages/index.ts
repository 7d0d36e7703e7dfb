import type { Page } from '#command'
import { enquiryPages } from './enquiries.ts'
import { linePages } from './lines.ts'
import { listPages } from './list.ts'
import { routePages } from './routes.ts'
import { serviceWordPages } from './service-words.ts'
import { statementPages } from './statement.ts'

export const pages: readonly Page[] = [
  ...listPages,
  ...statementPages,
  ...routePages,
  ...linePages,
  ...serviceWordPages,
  ...enquiryPages,
]

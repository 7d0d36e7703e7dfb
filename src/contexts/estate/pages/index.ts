import type { Page } from '#command'
import { editPages } from './edit.ts'
import { estatePages } from './estate.ts'
import { importPages } from './import.ts'
import { nodePages } from './node.ts'
import { retirePages } from './retire.ts'
import { singlePointsPage } from './single-points.ts'
import { startPages } from './start.ts'

export const pages: readonly Page[] = [
  ...estatePages,
  singlePointsPage,
  ...startPages,
  ...importPages,
  ...nodePages,
  ...editPages,
  ...retirePages,
]

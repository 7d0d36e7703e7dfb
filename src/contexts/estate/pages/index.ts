import type { Page } from '#command'
import { estatePages } from './estate.ts'
import { importPages } from './import.ts'
import { nodePages } from './node.ts'
import { singlePointsPage } from './single-points.ts'
import { startPages } from './start.ts'

export const pages: readonly Page[] = [...estatePages, singlePointsPage, ...startPages, ...importPages, ...nodePages]

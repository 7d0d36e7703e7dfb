import type { Page } from '#command'
import { rolePages } from './command-roles.ts'
import { declarePages } from './declare.ts'
import { incidentPage } from './incident.ts'
import { methanePages } from './methane.ts'
import { recordPages } from './records.ts'
import { situationPage } from './situation.ts'
import { standDownPages } from './stand-down.ts'

export const pages: readonly Page[] = [
  situationPage,
  ...declarePages,
  incidentPage,
  ...methanePages,
  ...rolePages,
  ...recordPages,
  ...standDownPages,
]

import type { Page } from '#command'
import { rolePages } from './command-roles.ts'
import { decisionsPage } from './decisions.ts'
import { declarePages } from './declare.ts'
import { evidencePage } from './evidence.ts'
import { incidentPage } from './incident.ts'
import { isolatePages } from './isolate.ts'
import { methanePages } from './methane.ts'
import { picturePages } from './picture.ts'
import { recordPages } from './records.ts'
import { restorePages } from './restore.ts'
import { sitrepPages } from './sitrep.ts'
import { situationPage } from './situation.ts'
import { standDownPages } from './stand-down.ts'
import { timelinePage } from './timeline.ts'

export const pages: readonly Page[] = [
  situationPage,
  ...declarePages,
  incidentPage,
  ...methanePages,
  ...rolePages,
  ...recordPages,
  ...isolatePages,
  ...restorePages,
  ...sitrepPages,
  ...standDownPages,
  timelinePage,
  decisionsPage,
  evidencePage,
  ...picturePages,
]

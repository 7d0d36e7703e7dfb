import * as conditions from './conditions.ts'
import { declareIncident, standDownIncident, updateIncidentMethane } from './lifecycle.ts'
import { issueASitrep, recordADecision, recordAnAssumption, reviewAnAssumption } from './records.ts'
import { handOverCommandRole, takeCommandRole } from './roles.ts'

export const commands = [
  declareIncident,
  updateIncidentMethane,
  takeCommandRole,
  handOverCommandRole,
  conditions.recordAComponentCondition,
  conditions.isolateComponents,
  conditions.restoreComponents,
  recordADecision,
  recordAnAssumption,
  reviewAnAssumption,
  issueASitrep,
  standDownIncident,
]

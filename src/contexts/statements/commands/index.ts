import { answerAnEnquiry, receiveAnEnquiry } from './enquiries.ts'
import { removeAStandingLine, setAStandingLine } from './lines.ts'
import { checkAContactRoute, removeAContactRoute, setAContactRoute } from './routes.ts'
import { liftAnOverride, overrideAStatus, setServiceAdvice } from './service-words.ts'
import { draftACorrection, draftAStatement, publishAStatement, rewordADraft, withdrawAStatement } from './statements.ts'

export const commands = [
  draftAStatement,
  rewordADraft,
  draftACorrection,
  publishAStatement,
  withdrawAStatement,
  overrideAStatus,
  liftAnOverride,
  setServiceAdvice,
  setAContactRoute,
  checkAContactRoute,
  removeAContactRoute,
  setAStandingLine,
  removeAStandingLine,
  answerAnEnquiry,
]

export const inner = [receiveAnEnquiry]

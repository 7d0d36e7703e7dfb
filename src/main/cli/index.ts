import { backup } from './backup.ts'
import { config } from './config.ts'
import { deliveryList, deliveryResume, deliveryRetry, deliveryStop } from './delivery.ts'
import { estateImport } from './estate-import.ts'
import { estateTemplate } from './estate-template.ts'
import { exerciseRun } from './exercise-run.ts'
import { impact } from './impact.ts'
import { journalErase } from './journal-erase.ts'
import { journalExport } from './journal-export.ts'
import { journalVerify } from './journal-verify.ts'
import { organisationAdd, organisationLanguages } from './organisation-add.ts'
import { personInvite } from './person-invite.ts'
import { publish } from './publish.ts'
import { restore } from './restore.ts'
import { serve } from './serve.ts'
import { subscriptionsErase, subscriptionsExport, subscriptionsImport } from './subscriptions.ts'
import { tokenCreate } from './token-create.ts'
import type { Verb } from './verb.ts'

export const commandLine: readonly Verb[] = [
  serve,
  organisationAdd,
  organisationLanguages,
  estateTemplate,
  estateImport,
  impact,
  exerciseRun,
  personInvite,
  tokenCreate,
  journalVerify,
  journalExport,
  journalErase,
  deliveryList,
  deliveryStop,
  deliveryResume,
  deliveryRetry,
  publish,
  subscriptionsExport,
  subscriptionsImport,
  subscriptionsErase,
  backup,
  restore,
  config,
]

import { createViews, type Views } from '#platform/views'
import type { AccountPage, CodesPage } from './account.view.ts'
import type { AppPage } from './app.view.ts'
import type { EnrolPage } from './enrol.view.ts'
import type { PeoplePage, PersonPage } from './people.view.ts'
import type { LinkPage, PeopleFormPage } from './people-form.view.ts'
import type { SessionsPage } from './sessions.view.ts'
import type { DeadEndPage, RecoveryPage, SignInPage, StepUpPage } from './sign-in.view.ts'

/** Each page of this room with the view model that it takes. */
export interface AccessTemplates {
  readonly 'sign-in.njk': SignInPage
  readonly 'recovery.njk': RecoveryPage
  readonly 'step-up.njk': StepUpPage
  readonly 'enrol.njk': EnrolPage
  readonly 'dead-end.njk': DeadEndPage
  readonly 'app.njk': AppPage
  readonly 'sessions.njk': SessionsPage
  readonly 'account.njk': AccountPage
  readonly 'codes.njk': CodesPage
  readonly 'people.njk': PeoplePage
  readonly 'person.njk': PersonPage
  readonly 'people-form.njk': PeopleFormPage
  readonly 'enrolment-link.njk': LinkPage
}

export const views: Views<AccessTemplates> = createViews<AccessTemplates>([new URL('.', import.meta.url)])

import { accountRoutes } from './account.ts'
import { accountAppRoutes } from './account-app.ts'
import type { ConsoleRoute } from './console-route.ts'
import type { Desk } from './desk.ts'
import { enrolRoutes } from './enrol.ts'
import { signInRoutes } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { stepUpRoutes } from './step-up.ts'

/** The routes by which people get in, and look after how they get in. */
export function accessRoutes(desk: Desk): ConsoleRoute[] {
  return [
    ...signInRoutes(desk),
    ...stepUpRoutes(desk),
    ...enrolRoutes(desk),
    ...accountRoutes(desk),
    ...accountAppRoutes(desk),
    signOut(desk),
  ]
}

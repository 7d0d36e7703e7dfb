import type { ConsoleRoute } from './console-route.ts'
import type { Desk } from './desk.ts'
import { signOut } from './sign-out.ts'

/** The routes by which people get in, and look after how they get in. */
export function accessRoutes(desk: Desk): ConsoleRoute[] {
  return [signOut(desk)]
}

import { ROLES, type Role } from '#kernel'

/** Whoever speaks for the organisation; an administrator stands in on a day when nobody else can sign in. */
export const SPEAKERS: readonly Role[] = ['communications', 'strategic', 'tactical', 'operational', 'admin']
/** Whoever picks up the telephone knows first whether it works. */
export const CHECKERS: readonly Role[] = [...SPEAKERS, 'responder', 'contact-centre']
export const READERS = ROLES

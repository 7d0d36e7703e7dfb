import type { Role } from '#kernel'

/** Whoever commands at any of the three levels; an administrator stands in on a day when nobody else can sign in. */
export const COMMANDERS: readonly Role[] = ['strategic', 'tactical', 'operational', 'admin']
/** Isolation and its end are decided by those who answer for the whole. */
export const DECIDERS: readonly Role[] = ['strategic', 'tactical', 'admin']
export const RESPONDERS: readonly Role[] = [...COMMANDERS, 'responder']
export const READERS: readonly Role[] = [...RESPONDERS, 'viewer', 'communications', 'data-protection', 'contact-centre']

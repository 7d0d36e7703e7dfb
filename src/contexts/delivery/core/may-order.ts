import type { Role } from '#kernel'

/** Who may stop messages and try them again. */
export const MAY_ORDER: readonly Role[] = ['communications', 'strategic', 'tactical', 'operational', 'admin']

import type { Role } from '#kernel'

/** Those who know what stands on what. */
export const KEEPERS: readonly Role[] = ['admin', 'strategic', 'tactical', 'operational']

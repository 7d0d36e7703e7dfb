import { accessSchema } from '#contexts/access'
import { deliverySchema } from '#contexts/delivery'
import { publicSiteSchema } from '#contexts/public-site'
import { journalSchema } from '#journal'
import type { Schema } from '#platform/database'

/** Every PostgreSQL schema of the house. */
export const schemas: readonly Schema[] = [journalSchema, accessSchema, deliverySchema, publicSiteSchema]

export { type Config, type Flags, readConfig } from './config.ts'
export type { DeliveryConfig } from './delivery.ts'
export { describeConfig } from './describe.ts'

export { type Config, type Flags, readConfig } from './config.ts'
export { type DeliveryConfig, NO_DELIVERY } from './delivery.ts'
export { describeConfig } from './describe.ts'
export type { BucketConfig, PublishConfig } from './publish.ts'

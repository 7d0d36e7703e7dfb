export { type Config, type Flags, readConfig } from './config.ts'
export { describeConfig } from './describe.ts'

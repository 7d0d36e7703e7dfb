export { sayClock, sayDate, sayTime } from './times.ts'

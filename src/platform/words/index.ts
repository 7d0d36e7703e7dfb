export { sayClock, sayDate, sayTime, startOfNextDay } from './times.ts'
